"""Take every picture of README and docs anew, from the running app: `python -m tools.pictures [NAME …]`.

Needs Chromium (Debian: apt-get install chromium). Pictures go to docs/pictures, as PNGs with a palette: the
app has few colours, and a reader's browser has less to load.
"""

import argparse
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, Page

from benchmarks.browser import READY, chromium, press
from benchmarks.server import Server
from thermofit import Config
from thermofit.config.link import Link, write
from thermofit.config.pin import Pin

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
COLOURS = 200
SETTLE = 2500  # ms after which nothing moves any more: Streamlit fades in what it draws

Size = tuple[int, int]
DESK, PHONE = (1400, 900), (390, 844)


def ended(page: Page) -> None:
    """Wait for the end of the run that the link started."""
    page.wait_for_selector('.tf-status[data-kind="good"], .tf-status[data-kind="bad"]')


def beside_the_landscape(page: Page) -> None:
    page.locator('[class*="st-key-set-chart"]').get_by_text("Landscape", exact=True).click()
    ended(page)


def exploded(page: Page) -> None:
    """With the words beneath the charts that say why."""
    ended(page)
    page.get_by_role("button", name="Use ").scroll_into_view_if_needed()


def inside_a_step(page: Page) -> None:
    """Epoch 1 to 2, scrolled to what stands beneath the charts, but not under the page's head."""
    press(page, "Step")
    toggle = page.get_by_text("Look inside this step", exact=True)
    toggle.click()
    page.get_by_text("The graph that backward() goes through").wait_for()
    toggle.evaluate("element => { element.style.scrollMarginTop = '80px'; element.scrollIntoView(); }")
    page.mouse.move(DESK[0] / 2, 5)


def raced(page: Page) -> None:
    """A race from its start to its end, with its board."""
    press(page, "Play")
    page.wait_for_function(
        """(() => { const { stage } = document.querySelector('.tf-stage').parentElement;
        return stage.end && stage.epoch === stage.end.epoch; })()""",
        timeout=120_000,
    )
    page.mouse.move(DESK[0] / 2, 5)


def as_opened(page: Page) -> None:
    """Nothing is done."""
    page.mouse.move(DESK[0] / 2, 5)


def played(page: Page) -> None:
    """A lesson's run from its start to its end."""
    press(page, "Play")
    ended(page)


@dataclass(frozen=True)
class Picture:
    """One picture: the address, what is done there, and how the window looks (width and height in pixels)."""

    address: str
    act: Callable[[Page], None]
    size: Size = DESK
    dark: bool = False


def with_pins() -> str:
    """The Lab with two pinned runs, and one of another optimizer that plays over them."""
    base = Config(epochs=1000)
    pins = [
        Pin(f"Rate {lr:g}", ((0, base.replace(lr=lr)),), base.epochs, style, baseline=not style)
        for style, lr in enumerate((0.01, 0.001))
    ]
    link = Link(base.replace(optimizer="Adam", lr=0.5), speed="max", play=True, pins=tuple(pins))
    return f"/?{urlencode(write(link))}"


FINISHED = "/?speed=max&play=1"

PICTURES = {
    "lab": Picture(FINISHED, ended),
    "lab-dark": Picture(FINISHED, ended, dark=True),
    "lab-landscape": Picture("/?preset=momentum&speed=max&play=1", beside_the_landscape),
    "exploding": Picture("/?preset=raw-explodes&speed=10&play=1", exploded, size=(1400, 1010)),
    "landscape": Picture("/landscape?lr=0.032&val=0&epochs=2000&speed=max&play=1", ended),
    "lesson": Picture("/lesson?chapter=loop", played),
    "inside-a-step": Picture("/", inside_a_step, size=(1400, 1060)),
    "race": Picture("/race?speed=max", raced, size=(1400, 1300)),
    "pins": Picture(with_pins(), ended, size=(1400, 1230)),
    "luck": Picture("/luck", as_opened, size=(1400, 740)),
    "phone": Picture(FINISHED, ended, size=PHONE),
}


def take(browser: Browser, url: str, picture: Picture) -> bytes:
    """The picture as Chromium's PNG; playwright's TimeoutError if the page never gets that far."""
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if picture.dark else "light"
    )
    page = context.new_page()
    page.goto(url + picture.address)
    page.wait_for_selector(READY)
    page.wait_for_timeout(SETTLE)
    picture.act(page)
    page.wait_for_timeout(SETTLE)
    shot = page.screenshot()
    context.close()
    return shot


def save(shot: bytes, path: Path) -> None:
    """The same picture with a palette."""
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def take_all(names: Sequence[str]) -> None:
    """Take these pictures from a server of their own, and tell how large each file has become."""
    with Server() as server, chromium() as page:
        browser = page.context.browser
        assert browser
        for name in names:
            path = FOLDER / f"{name}.png"
            save(take(browser, server.url, PICTURES[name]), path)
            print(f"{path.name}: {path.stat().st_size // 1000} KB")


def main() -> None:
    parser = argparse.ArgumentParser(description="Take the pictures of README and docs anew.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(PICTURES)}; all if none")
    names = parser.parse_args().names or list(PICTURES)
    unknown = [name for name in names if name not in PICTURES]
    if unknown:
        parser.error(f"there is no picture called {', '.join(unknown)}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    take_all(names)


if __name__ == "__main__":
    main()
