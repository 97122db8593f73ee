"""The dashboard: Streamlit on the outside, the core within."""
