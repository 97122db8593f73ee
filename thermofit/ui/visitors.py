"""Who may connect to the server's sockets."""

from streamlit.web.server.starlette import starlette_websocket


def is_allowed(origin: str | None, host: str | None) -> bool:
    """Whether Streamlit's own socket would take a visitor with these Origin and Host headers.

    Streamlit's check is not public, but a copy of its rules could fall behind them; the minor version of
    Streamlit is pinned, and a test compares this with what its socket does.
    """
    return starlette_websocket._is_origin_allowed(origin, host)
