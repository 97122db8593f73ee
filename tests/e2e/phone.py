"""A phone: a small touch screen, and a finger on it."""

from playwright.sync_api import Locator, Page

from tests.e2e.lab import Lab

MAIN = "document.querySelector('[data-testid=stMain]')"


class Phone(Lab):
    """The Lab under a finger."""

    def __init__(self, page: Page, url: str) -> None:
        super().__init__(page, url)
        self.finger = page.context.new_cdp_session(page)

    def visit(self, page: str) -> None:
        """Open one of the pages and wait for its pictures."""
        self.page.goto(f"{self.url}/{page}")
        self.page.wait_for_selector(".tf-stage .js-plotly-plot .scatterlayer", state="attached")

    @property
    def scrolled(self) -> float:
        """How far the page is scrolled, in pixels."""
        return float(self.page.evaluate(f"{MAIN}.scrollTop"))

    def touch(self, kind: str, *places: tuple[float, float]) -> None:
        """Send `kind` (touchStart, touchMove, touchEnd) of fingers at these places."""
        points = [{"x": x, "y": y} for x, y in places]
        self.finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def swipe(self, start: tuple[float, float], dx: float, dy: float) -> None:
        """Move a finger from `start` by so many pixels, in steps as a hand does."""
        self.touch("touchStart", start)
        for share in range(1, 13):
            self.touch("touchMove", (start[0] + dx * share / 12, start[1] + dy * share / 12))
            self.frames(1)
        self.touch("touchEnd")

    def middle(self, place: Locator) -> tuple[float, float]:
        """The middle of an element, which is scrolled to the middle of the screen first."""
        place.evaluate("element => element.scrollIntoView({block: 'center'})")
        box = place.bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def wait_for_scroll(self, before: float) -> None:
        """Wait until the page has moved from there, by more than a finger's tremble."""
        self.page.wait_for_function(f"before => Math.abs({MAIN}.scrollTop - before) > 50", arg=before)
