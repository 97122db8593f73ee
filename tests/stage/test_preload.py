"""Which files the header of a page names, for the browser to fetch while Streamlit still loads."""

import contextlib
import re
from pathlib import Path

import streamlit
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Message

from thermofit.stage import assets
from thermofit.stage.preload import STREAMLIT, Preload, _component_modules

SCOPE = {"type": "http", "method": "GET", "path": "/", "headers": []}


def links(response: Response) -> dict[str, str]:
    """Address → how it is to be fetched, as the header of this answer says."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    with contextlib.suppress(StopIteration):  # nothing in it waits, so it needs no event loop
        Preload(response)(SCOPE, receive, send).send(None)
    assert sent[-1]["body"] == response.body
    text = dict(sent[0]["headers"]).get(b"link", b"").decode()
    return dict(re.findall(r"<\./([^>]+)>; rel=([^,]+)", text))


def test_a_page_names_every_file_of_the_stage() -> None:
    found = links(HTMLResponse("<html></html>"))
    folder = f"app/static/{assets.publish()}"
    assert {f"{folder}/{file.name}" for file in assets.SOURCES} <= set(found)
    assert found[f"{folder}/stage.js"] == "modulepreload"
    assert found[f"{folder}/stage.css"] == "preload; as=style"
    assert found[f"{folder}/plotly.min.js"].startswith("preload; as=script")


def test_every_file_that_is_named_exists() -> None:
    ours, theirs = assets.STATIC, Path(streamlit.__file__).parent / "static"
    for address in links(HTMLResponse("")):
        inside = address.removeprefix("app/static/")
        assert (ours / inside if inside != address else theirs / address).is_file()


def test_only_pages_have_the_header() -> None:
    assert links(JSONResponse({})) == {}


def test_streamlit_s_own_component_is_found_with_what_only_it_needs(tmp_path: Path) -> None:
    folder = tmp_path / "static" / "js"
    folder.mkdir(parents=True)
    (tmp_path / "index.html").write_text('<script type="module" src="./static/js/index.1.js"></script>')
    (folder / "BidiComponent.1.js").write_text('import{a}from"./index.1.js";import"./arrow.1.js";')
    (folder / "arrow.1.js").write_text('import{b}from"./BidiComponent.1.js";')
    (folder / "index.1.js").write_text('import"./rest.1.js"')
    assert _component_modules(tmp_path) == ["BidiComponent.1.js", "arrow.1.js"]
    assert _component_modules(tmp_path / "elsewhere") == []
    assert 1 <= len(_component_modules(STREAMLIT)) < 20
