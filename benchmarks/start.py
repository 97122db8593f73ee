"""The time from `streamlit run` to the first usable picture, and the wait of a second visitor.

    python -m benchmarks.start [--repeats 3]

The peer is the smallest app with the same packages: it imports streamlit, torch and plotly and draws a chart.
Goals: the Lab takes at most 1.25 times as long as the peer from a cold start, and 1.2 times as long for the
second visitor.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.browser import READY, chromium
from benchmarks.report import table
from benchmarks.server import ROOT, Server

MINIMAL = """
import plotly.graph_objects as go
import streamlit as st
import torch

st.plotly_chart(go.Figure(go.Scatter(y=torch.arange(11.0).tolist())))
"""


def visit(page: Page, url: str, ready: str) -> float:
    """The time at which `ready` was on the page, which the browser opens for the first time."""
    page.goto(url)
    page.wait_for_selector(ready)
    return time.perf_counter()


def cold_and_warm(app: Path, ready: str) -> tuple[float, float]:
    """Seconds from the command to the first picture, and those of a second visitor with an empty cache."""
    with chromium() as page:
        start = time.perf_counter()
        with Server(app=app) as server:
            first = visit(page, server.url, ready) - start
            browser = page.context.browser
            assert browser is not None
            other = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
            start = time.perf_counter()
            return first, visit(other, server.url, ready) - start


def compare(repeats: int, peer: Path) -> list[list[str]]:
    """Both apps in turn, so that other work on the machine disturbs both alike."""
    pairs = [
        (cold_and_warm(ROOT / "app.py", READY), cold_and_warm(peer, ".js-plotly-plot .scatterlayer"))
        for _ in range(repeats)
    ]
    rows = []
    for i, name in enumerate(("first visitor, cold", "second visitor")):
        ours, theirs = zip(*((ours[i], theirs[i]) for ours, theirs in pairs), strict=True)
        ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
        rows.append(
            [name, f"{statistics.median(ours):.2f}", f"{statistics.median(theirs):.2f}", f"{ratio:.2f}"]
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeats", type=int, default=3)
    repeats = parser.parse_args().repeats
    with tempfile.TemporaryDirectory() as folder:
        peer = Path(folder) / "minimal.py"
        peer.write_text(MINIMAL)
        print(table(["", "Lab s", "minimal s", "ratio"], compare(repeats, peer)))


if __name__ == "__main__":
    main()
