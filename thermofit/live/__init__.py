"""Runs as browsers see them: shared, trained in turns, sent in messages.

May import `training` and what is below it; neither Streamlit nor Plotly.
"""
