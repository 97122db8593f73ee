"""Own readings in a browser: from the paste to the first picture of their run, and a point that is dragged.

    python -m benchmarks.own_readings [--rows 50] [--seconds 10]

Goals: at most 1 s from a paste to the first row of its run, without the time that a person takes to press the
button; while a point is dragged, 60 moves a second, everything that follows it at most 50 ms behind, nothing
sent, and at most a quarter of a core for the server.
"""

import argparse
import statistics
import time
from collections.abc import Sequence

from playwright.sync_api import Page, WebSocket

from benchmarks.browser import chromium, open_lab, press, stage
from benchmarks.report import table
from benchmarks.server import Server

REPEATS = 5
MOVES = 60  # a second
RUN = "document.querySelector('.tf-stage').parentElement.stage.run"
DRAWN = f"""before => {{
    const stage = document.querySelector('.tf-stage').parentElement.stage;
    return {RUN} !== before && stage.rows.length > 0 && stage.shown >= 0 && stage.charts.isReady;
}}"""

# For each picture in which something follows the point: ms since the pointer was where it is drawn.
WATCH = """() => {
    const { charts } = document.querySelector('.tf-stage').parentElement.stage;
    const follow = charts.follow.bind(charts);
    window.behind = [];
    let moved = null;
    document.addEventListener('pointermove', () => { moved ??= performance.now(); }, true);
    charts.follow = (edits) => {
        follow(edits);
        if (moved !== null) window.behind.push(performance.now() - moved);
        moved = null;
    };
}"""


# Moves of the mouse that holds the point, as often as a screen asks for them, whatever else the machine does.
MOVE = """([x, y, perSecond]) => {
    const handle = document.activeElement;
    window.moves = 0;
    window.moving = setInterval(() => {
        const place = { clientX: x - 10 - (window.moves % 60), clientY: y + 10 + (window.moves % 90) };
        handle.dispatchEvent(new PointerEvent('pointermove', { pointerId: 1, bubbles: true, ...place }));
        window.moves++;
    }, 1000 / perSecond);
}"""


def text(rows: int, seed: int) -> str:
    """A line with some scatter, as it comes from a spreadsheet."""
    body = [f"{0.5 * row:.1f}\t{20 + 0.9 * row + (row * seed) % 7 / 10:.2f}" for row in range(1, rows + 1)]
    return "\n".join(["load (kg)\tlength (cm)", *body])


def paste(page: Page, rows: int, seed: int) -> tuple[float, float]:
    """Seconds from a paste until the readings can be used, and from the button until their run is drawn."""
    press(page, "Bring your own readings")
    dialog = page.get_by_role("dialog")
    field = dialog.locator("textarea")
    field.wait_for()
    page.wait_for_timeout(1500)  # what was given before is drawn as well
    field.fill(text(rows, seed))
    use = dialog.get_by_role("button", name="Use these readings")
    begun = time.perf_counter()
    field.press("Control+Enter")
    use.wait_for()
    offered = time.perf_counter()
    before = page.evaluate(RUN)
    page.wait_for_timeout(1500)  # a person looks at them
    pressed = time.perf_counter()
    use.click()
    page.wait_for_function(DRAWN, arg=before)
    drawn = time.perf_counter()
    page.wait_for_timeout(2000)
    return offered - begun, drawn - pressed


def drag(page: Page, server: Server, seconds: float) -> tuple[Sequence[float], float, int, float]:
    """Milliseconds behind, the server's share of a core, messages sent, and moves a second."""
    sent: list[object] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: sent.append(frame))

    page.on("websocket", listen)
    open_lab(page, f"{server.url}/?chart=landscape")
    page.get_by_label("Edit points").check()
    page.wait_for_timeout(1000)
    page.evaluate(WATCH)
    handle = page.get_by_role("slider", name="Point 4", exact=True).bounding_box()
    assert handle
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 9, y + 9)
    page.wait_for_timeout(500)
    sent.clear()
    cpu, begun = server.cpu(), time.perf_counter()
    page.evaluate(MOVE, [x, y, MOVES])
    page.wait_for_timeout(1000 * seconds)
    moves = page.evaluate("(clearInterval(window.moving), window.moves)")
    took = time.perf_counter() - begun
    share, count = (server.cpu() - cpu) / took, len(sent)
    behind = stage(page, "window.behind")
    page.mouse.up()
    return sorted(behind), share, count, moves / took


def measure(rows: int, seconds: float) -> list[list[str]]:
    """The rows of the table."""
    with Server() as server, chromium() as page:
        open_lab(page, f"{server.url}/?epochs=2000")
        paste(page, rows, 1)  # the first one loads files
        offered, drawn = zip(*(paste(page, rows, seed) for seed in range(2, 2 + REPEATS)), strict=True)
        behind, share, count, rate = drag(page, server, seconds)
        both = [one + other for one, other in zip(offered, drawn, strict=True)]
        last = behind[int(0.95 * len(behind))]
        return [
            ["s from a paste until it can be used", f"{statistics.median(offered):.2f}", ""],
            ["s from the button to the first row drawn", f"{statistics.median(drawn):.2f}", ""],
            ["s from a paste to the first row, both together", f"{statistics.median(both):.2f}", "1"],
            ["moves of a point per second", f"{rate:.0f}", "60"],
            [
                "ms that line, numbers and contours are behind, median / 95 %",
                f"{statistics.median(behind):.0f} / {last:.0f}",
                "50",
            ],
            ["share of a core that the server takes meanwhile", f"{share:.3f}", "0.25"],
            ["messages sent meanwhile", f"{count}", "0"],
        ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=10.0)
    options = parser.parse_args()
    head = f"{options.rows} readings pasted; one of 11 points dragged for {options.seconds:g} s"
    print(table([head, "measured", "to reach"], measure(options.rows, options.seconds)), flush=True)


if __name__ == "__main__":
    main()
