"""Has the browser fetch the stage's files while Streamlit's own still load, before anything is drawn."""

import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from thermofit.stage import assets

STREAMLIT = Path(streamlit.__file__).parent / "static"
KINDS = ("BidiComponent", "Html")  # the page's style is there before the stage, whose width depends on it
IMPORT = re.compile(r'(?:from|import)\s*"\./([^"/]+\.js)"')  # in a module that a bundler wrote


class Preload:
    """Middleware that names the stage's files in the header of each page.

    Without it, as where a host starts `main.py` directly, the stage fetches them once it is mounted.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request as the app does, and add the header to a page."""

        async def send_with_header(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("link", _links())
            await send(message)

        await self.app(scope, receive, send_with_header if scope["type"] == "http" else send)


@cache
def _links() -> str:
    """The header's value; addresses are relative, so that they hold below any path."""
    folder = assets.publish()
    ours = [_link(f"app/static/{folder}/{file.name}", _how(file)) for file in assets.SOURCES]
    theirs = [_link(f"static/js/{name}", "modulepreload") for name in _component_modules(STREAMLIT)]
    return ", ".join(theirs + ours)


def _link(address: str, how: str) -> str:
    return f"<./{address}>; rel={how}"


def _how(file: Path) -> str:
    """How the stage will ask for the file; a file that is asked for in another way is fetched twice."""
    if file == assets.PLOTLY:
        return "preload; as=script; fetchpriority=low"  # 4.8 MB, which must not hold up the page itself
    return "preload; as=style" if file.suffix == ".css" else "modulepreload"


def _component_modules(streamlit_files: Path) -> list[str]:
    """Streamlit's own modules that style the page and mount a component; it asks for them late, one by one.

    Their names change with each version, so they are looked up; without them the stage is mounted later.
    """
    folder, page = streamlit_files / "static" / "js", streamlit_files / "index.html"
    known = page.read_text() if page.is_file() else ""  # fetched anyhow
    found: list[str] = []
    waiting = [file.name for kind in KINDS for file in sorted(folder.glob(f"{kind}.*.js"))]
    while waiting:
        name = waiting.pop()
        if name not in known and name not in found and (folder / name).is_file():
            found.append(name)
            waiting += IMPORT.findall((folder / name).read_text())
    return found
