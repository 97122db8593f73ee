"""The dashboard in Streamlit. `main.py` draws the frame of every page.

May import everything below it.
"""
