"""Plotly figures whose traces say what moves them.

May import the library below it; no Streamlit.
"""
