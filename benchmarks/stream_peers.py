"""Peers of the stream: the same run drawn with `st.plotly_chart`, in a loop and in a fragment on a timer."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.browser import chromium
from benchmarks.server import ROOT, Server

EPOCHS = 20_000
SECONDS = 10

COMMON = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
import plotly.graph_objects as go
import streamlit as st
import torch
from thermofit import Config, Run

torch.set_num_threads(1)

def pictures(run):
    rows = run.history.rows(0, None, max(1, run.epoch // 300))
    t = [20.0, 85.0]
    w, b = rows[-1, 0].item() * run.scale.factor, rows[-1, 1].item()
    line, loss = go.Scatter(x=t, y=[w * x + b for x in t]), go.Scatter(y=rows[:, 2].tolist())
    return go.Figure(line), go.Figure(loss)
"""
LOOP = """
left, right = (column.empty() for column in st.columns(2))
run, i = Run(Config(epochs=EPOCHS)), 0
while not run.ended:
    run.advance(seconds=0.05)
    i += 1
    for place, figure, name in zip((left, right), pictures(run), "ab"):
        place.plotly_chart(figure, key=f"{name}{i}")
st.write("done")
"""
TIMER = """
run = st.session_state.setdefault("run", Run(Config(epochs=EPOCHS)))

@st.fragment(run_every=0.05)
def draw():
    if not run.ended:
        run.advance(seconds=0.05)
    for place, figure, name in zip(st.columns(2), pictures(run), "ab"):
        place.plotly_chart(figure, key=name)
draw()
"""
APPS = {"st.plotly_chart in a loop": LOOP, "st.plotly_chart in a run_every fragment": TIMER}
HEADER = [f"peers, {SECONDS} s of {EPOCHS:,} epochs", "pictures per second", "plots rebuilt"]

# A picture is a drawn change of the left chart; a rebuilt plot is a new .main-svg in the page.
WATCH = """() => { window.drawn = 0; window.built = 0; let last = '';
    const look = () => { const line = document.querySelector('.js-plotly-plot .js-line');
        const now = line ? line.getAttribute('d') : last; if (now !== last) { drawn += 1; last = now; }
        requestAnimationFrame(look); }; requestAnimationFrame(look);
    new MutationObserver((changes) => { for (const change of changes) for (const node of change.addedNodes)
        if (node.nodeType === 1 && (node.matches('.plot-container') || node.querySelector('.plot-container')))
            built += 1; }).observe(document.body, { childList: true, subtree: true }); }"""


def measure(page: Page, app: str) -> list[str]:
    """Pictures per second and rebuilt plots of one app."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "peer.py"
        path.write_text(COMMON + app.replace("EPOCHS", str(EPOCHS)))
        with Server("--runner.postScriptGC=false", app=path) as server:
            page.goto(server.url)
            page.wait_for_selector(".js-plotly-plot .scatterlayer")
            page.evaluate(WATCH)
            page.wait_for_timeout(1000 * SECONDS)
            drawn, built = page.evaluate("[drawn, built]")
    return [f"{drawn / SECONDS:.1f}", f"{built}"]


def rows() -> list[list[str]]:
    """One line for each peer."""
    lines = []
    for name, app in APPS.items():
        with chromium() as page:
            lines.append([name, *measure(page, app)])
    return lines
