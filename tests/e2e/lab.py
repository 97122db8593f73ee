"""What people see and do in the Lab."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from thermofit.numbers import MINUS

BOTH = pytest.mark.parametrize("lab", ["lane", "page"], indirect=True)  # the ways that rows come

# Delays messages of the server by this many ms.
FAR_AWAY = """(delay => {
    const later = listen => event => setTimeout(() => listen(event), delay);
    window.WebSocket = class extends WebSocket {
        addEventListener(name, listen, options) {
            super.addEventListener(name, name === "message" ? later(listen) : listen, options);
        }
        set onmessage(listen) { super.onmessage = later(listen); }
    };
})"""


class Lab:
    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, **query: object) -> "Lab":
        self.page.goto(f"{self.url}/?{urlencode(query)}")
        self.page.wait_for_selector(".tf-stage .js-plotly-plot .scatterlayer")
        expect(self.page.locator(".tf-status")).not_to_have_text("Loading the charts …")
        return self

    def far_away(self, delay: int) -> None:
        """Delay the server's messages by `delay` ms; call this before the page is opened."""
        self.page.add_init_script(f"{FAR_AWAY}({delay})")

    # ---- reading ----

    def cell(self, label: str) -> Locator:
        cell = self.page.locator(".tf-cell", has=self.page.get_by_text(label, exact=True))
        return cell.locator(".tf-value")

    def readout(self, label: str) -> str:
        return self.cell(label).inner_text()

    def number(self, label: str) -> float:
        return float(self.readout(label).replace(MINUS, "-"))

    @property
    def epoch(self) -> int:
        return int(self.readout("Epoch"))

    @property
    def status(self) -> str:
        return self.page.locator(".tf-status").inner_text()

    def probe(self, script: str) -> Any:
        """A value of the running stage, called `stage` in the script."""
        stage = "document.querySelector('.tf-stage').parentElement.stage"
        return self.page.evaluate(f"(stage => {script})({stage})")

    # ---- waiting ----

    def wait_for_epoch(self, epoch: int, timeout: float = 60_000) -> None:
        self.page.wait_for_function(
            "epoch => Number(document.querySelector('.tf-cell .tf-value')?.innerText) === epoch",
            arg=epoch,
            timeout=timeout,
        )

    def wait_past(self, epoch: int) -> None:
        self.page.wait_for_function(
            "epoch => Number(document.querySelector('.tf-cell .tf-value')?.innerText) > epoch", arg=epoch
        )

    def wait_for_status(self, text: str) -> None:
        """Wait until the stage says this; while one gives way to the next, both may be there for a moment."""
        self.page.wait_for_function(
            """text => {
                const lines = document.querySelectorAll('.tf-status');
                return lines.length === 1 && lines[0].innerText.includes(text);
            }""",
            arg=text,
            timeout=60_000,
        )

    def wait_for_field(self, label: str, value: str) -> None:
        """Wait until exactly one field has this label, and shows this value.

        While the page is redrawn, the field before and the one after may both be there for a moment.
        """
        self.page.wait_for_function(
            """([label, value]) => {
                const fields = document.querySelectorAll(`input[aria-label="${label}"]`);
                return fields.length === 1 && fields[0].value === value;
            }""",
            arg=[label, value],
        )

    def wait_until_quiet(self) -> None:
        """Wait until the stage is paused, the server knows it, and no answer is pending."""
        self.page.wait_for_function(
            "(({questions, playing, run, epoch}) =>"
            " !playing && questions.settled === `${run} ${epoch}` && !questions.inFlight)"
            "(document.querySelector('.tf-stage').parentElement.stage)"
        )

    def frames(self, count: int = 3) -> None:
        """Wait until this many pictures have been drawn."""
        self.page.evaluate(
            """count => new Promise(done => {
                const next = () => count-- ? requestAnimationFrame(next) : done();
                next();
            })""",
            count,
        )

    # ---- doing ----

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def speed(self, label: str) -> None:
        self.page.locator(".tf-speeds label", has_text=label).filter(
            has=self.page.get_by_text(label, exact=True)
        ).click()

    def drag_timeline(self, epoch: int) -> None:
        self.page.get_by_label("Timeline").fill(str(epoch))

    def finger(self) -> Callable[..., object]:
        """What touches the page: `touch("touchMove", (x, y))`, with a place for each finger."""
        session = self.page.context.new_cdp_session(self.page)

        def touch(kind: str, *places: tuple[float, float]) -> object:
            points = [{"x": x, "y": y} for x, y in places]
            return session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        return touch

    def type(self, label: str, value: str) -> None:
        field = self.page.get_by_label(label, exact=True)
        field.fill(value)
        field.press("Enter")
