"""The browser's files, served by the app itself so that it works in a classroom without internet.

Plotly.js comes from the installed plotly package. Files are copied once at start-up into `static/`
beside the main script, in a folder named after their content, so that browsers never mix two versions.
"""

import hashlib
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

import plotly

FRONTEND = Path(__file__).parent / "frontend"
STATIC = Path(__file__).parents[1] / "ui" / "static"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
SOURCES = (*sorted(FRONTEND.glob("*.js")), *sorted(FRONTEND.glob("*.css")), PLOTLY)


@cache
def folder() -> str:
    """The name of the folder in `static/`, which changes when any of the files does."""
    digest = hashlib.sha256()
    for source in SOURCES:
        digest.update(source.name.encode())
        digest.update(source.read_bytes())
    return f"stage-{digest.hexdigest()[:12]}"


def publish_text(name: str, content: bytes) -> str:
    """Write a file beside the folder, its name completed by its content, and return this name."""
    digest, (stem, _, ending) = hashlib.sha256(content).hexdigest()[:12], name.rpartition(".")
    target = STATIC / f"{stem}-{digest}.{ending}"
    if not target.exists():
        STATIC.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=STATIC, prefix=".draft-", delete=False) as draft:
            draft.write(content)
        Path(draft.name).chmod(0o644)
        os.replace(draft.name, target)
    return target.name


@cache
def publish() -> str:
    """Copy all files to where Streamlit serves them, atomically, and return the folder's name."""
    target = STATIC / folder()
    if not target.exists():
        STATIC.mkdir(exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=STATIC, prefix=".draft-"))
        for source in SOURCES:
            shutil.copyfile(source, draft / source.name)
        draft.chmod(0o755)
        try:
            os.replace(draft, target)
        except OSError:  # another process was faster; its copy is the same
            shutil.rmtree(draft, ignore_errors=True)
    return target.name
