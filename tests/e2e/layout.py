"""Whether pictures are seen whole, and what is above the lower edge of the window."""

from collections.abc import Sequence

from playwright.sync_api import Page

SIZES = ((1400, 900), (1280, 800))

# The lower edges of Play and all charts, and the window's height.
EDGES = """() => ({
    charts: [...document.querySelectorAll('.tf-plot')].map(plot => plot.getBoundingClientRect().bottom),
    play: [...document.querySelectorAll('.tf-stage:not(.tf-bare) .tf-play')]
        .map(button => button.getBoundingClientRect().bottom),
    window: innerHeight,
})"""
WHOLE = f"""charts => {{
    const seen = ({EDGES})();
    const plots = [...document.querySelectorAll('.tf-plot')];
    const drawn = plots.every(plot => {{
        const svg = plot.querySelector('.main-svg')?.getBoundingClientRect();
        return svg?.height > 200 && svg.bottom <= innerHeight;
    }});
    const edges = [...seen.charts, ...seen.play];
    return plots.length >= charts && drawn && edges.every(edge => edge <= seen.window);
}}"""


def whole(page: Page, sizes: Sequence[tuple[int, int]] = SIZES, charts: int = 2) -> None:
    """Wait, in each size of the window, until Play and all charts are seen whole, without scrolling."""
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        try:
            page.wait_for_function(WHOLE, arg=charts, timeout=15_000)
        except Exception as error:
            found = page.evaluate(EDGES)
            raise AssertionError(f"at {width} × {height}: {found}") from error


def bottom(page: Page, selector: str) -> float:
    """The lower edge of an element in the window."""
    edge: float = page.locator(selector).first.evaluate("element => element.getBoundingClientRect().bottom")
    return edge
