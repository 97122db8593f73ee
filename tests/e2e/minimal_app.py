"""A minimal app with the widgets that the dashboard uses: what axe finds in it is Streamlit's own."""

import streamlit as st

CODE = """def f(x):
    'Words.'
    return x + 0.5 if x is None else True  # words
"""


def page() -> None:
    """Each widget once, as Streamlit makes it; every third thing that a page needs is left out."""
    st.title("Minimal")
    st.markdown("Words.\n\n| a | b |\n| :-- | --: |\n| 1 | 2 |")
    st.code(
        'def f(x):\n    """Words."""\n    return x + 0.5 if x is None else True  # words', wrap_lines=True
    )
    st.latex("y = w x + b")
    st.selectbox("Select", ["a", "b"], help="Help")
    st.slider("Slider", 0.0, 1.0, 0.5, help="Help")
    st.select_slider("Select slider", range(9))
    st.number_input("Number", value=1.0, help="Help")
    st.text_input("Text", "1", help="Help")
    st.segmented_control("Segments", ["a", "b"], default="a", required=True)
    st.segmented_control("Collapsed", ["a", "b"], default="a", label_visibility="collapsed")
    st.multiselect("Several", ["a", "b"], default=["a"])
    st.radio("Radio", ["a", "b"])
    st.toggle("Toggle", help="Help")
    st.checkbox("Checkbox")
    st.caption("A caption.")
    st.button("Button", icon=":material/home:", disabled=True)
    st.download_button("Download", "text", "file.txt")
    st.file_uploader("File", key="file")
    st.text_area("Area", "1")
    st.data_editor({"a": [1.0], "b": [2.0]}, num_rows="dynamic")
    st.dataframe({"a": [1.0], "b": [2.0]})
    st.table({"a": [1.0], "b": [2.0]})
    st.graphviz_chart("digraph { a -> b }", alt="A graph")
    st.page_link(st.Page(other, title="Other", url_path="other"), label="Link")
    st.progress(0.5, "Progress")
    for alert in (st.info, st.success, st.warning, st.error):
        alert("Words", icon=":material/block:")
    with st.expander("Expander"):
        st.write("Words")
    with st.popover("Popover"):
        st.write("Words")
    with st.sidebar:
        st.header("Sidebar")
        st.selectbox("Choice", ["a", "b"])
    if st.button("Dialog"):
        dialog()


def other() -> None:
    """Another page, so that there is a navigation."""


@st.dialog("Dialog", width="large")
def dialog() -> None:
    """A dialog with some of the widgets in it."""
    st.segmented_control("Dialog segments", ["a", "b"], default="a")
    st.text_area("Dialog area", "1")
    st.file_uploader("Dialog file")
    st.data_editor({"a": [1.0], "b": [2.0]}, num_rows="dynamic", key="dialog editor")
    st.button("Close", type="primary")


st.set_page_config(page_title="Minimal", layout="wide")
st.navigation(
    [st.Page(page, title="Page", default=True), st.Page(other, title="Other")], position="top"
).run()
