"""What axe-core finds on a page, and where: so it is told apart from what Streamlit does by itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# A plot is one image with a description; within it there is no text. A toast is Streamlit's own.
CONTEXT = {"exclude": [[".svg-container"], [".stToast"]]}
WIDE, NARROW = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
OURS = ".tf-stage, .tf-skip, .tf-keys"

# Whether the page has given the focus to what scrolls sideways, which it does twice a second.
REACHED = """() => [...document.querySelectorAll('.stMarkdown table, .katex-display')]
    .every(box => box.scrollWidth <= box.clientWidth + 1 || box.tabIndex === 0)"""

# The nearest named element of Streamlit around each target, "" where there is none; "ours" within ours.
AROUND = """([targets, ours]) => targets.map(target => {
    const element = document.querySelector(target);
    if (element?.closest(ours)) return 'ours';
    return element?.closest('[data-testid]:not([data-testid=stMarkdownContainer])')?.dataset.testid ?? '';
})"""


@dataclass(frozen=True)
class Violation:
    """A rule that an element breaks; `around` names what of Streamlit it stands in."""

    rule: str
    around: str
    target: str
    html: str

    @property
    def name(self) -> tuple[str, str]:
        """By what it is compared with those of another app."""
        return self.rule, self.around


def found(page: Page) -> list[Violation]:
    """Everything that axe finds on the page as it stands."""
    page.wait_for_function(REACHED)
    options = {"runOnly": {"type": "tag", "values": list(TAGS)}, "resultTypes": ["violations"]}
    violations = Axe().run(page, context=CONTEXT, options=options).response["violations"]
    nodes = list(_nodes(violations))
    around = page.evaluate(AROUND, [[target for _, target, _ in nodes], OURS])
    return [
        Violation(rule, place, target, html)
        for (rule, target, html), place in zip(nodes, around, strict=True)
    ]


def _nodes(violations: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for violation in violations:
        for node in violation["nodes"]:
            yield violation["id"], str(node["target"][0]), node["html"][:160]


def everywhere(page: Page) -> list[Violation]:
    """The same wide in light and narrow in dark, without loading the page again.

    What depends on the theme, the contrasts, does not depend on the width.
    """
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    in_theme(page, "light")
    seen = found(page)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    in_theme(page, "dark")
    seen += found(page)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    return seen


def in_theme(page: Page, theme: Any) -> None:
    """Have the page in this theme, and the stage drawn in its colours."""
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(
        """theme => [...document.querySelectorAll('.tf-stage')].every(
            box => box.dataset.theme === theme && box.parentElement.stage.scene?.theme === theme)""",
        arg=theme,
    )
    page.wait_for_function(STILL)


# What fades in has its colours in the end; what turns for ever is not waited for.
STILL = """() => document.getAnimations().every(({ playState, effect }) =>
    playState !== 'running' || effect.getComputedTiming().endTime === Infinity)"""
