"""Numbers of one training step as Markdown tables, with enough digits to compare."""

import math
from collections.abc import Iterable, Sequence
from itertools import islice

from thermofit.experiments.published_figures import Outcome
from thermofit.inspection.report import Pair, bracketed
from thermofit.inspection.step import StepReport, ValidationCost
from thermofit.numbers import MINUS, formatted, significant
from thermofit.words import local, mark, tr

# Dense, so that a step by hand fits its column; on a phone a table scrolls instead of being cut off.
STYLE = """<style>
.stMain .stMarkdown table { display: block; overflow-x: auto; max-width: 100%; }
.stMain .stMarkdown :is(th, td) { padding: .3rem .45rem; }
</style>"""
LISTED = 40  # readings whose step is told one by one
TOO_LARGE = mark("too large")  # shown for a number that float32 can't hold


def number(value: float, digits: int = 7) -> str:
    """A number in significant digits, or the words that it is too large for one."""
    return significant(value, digits) if math.isfinite(value) else tr(TOO_LARGE)


def pair(values: Pair) -> str:
    """[w's, b's] in seven digits."""
    return bracketed(map(number, values))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table: the first column aligned left, the others right."""
    lines = [head, [":--", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def by_hand(report: StepReport) -> str:
    """Forward and backward for every training reading, with the sums that are the gradient."""
    # As in the code beside it; a set formula would leave the head empty for a screen reader.
    head = ("`t`", "`t_c`", "`t_p`", "`dL/dt_p`", "`× dt_p/dw`", "`× dt_p/db`")
    columns = (
        report.t,
        report.t_c,
        report.t_p,
        report.dloss_dt_p,
        report.products_w,
        report.products_b,
    )
    rows = [[number(value, 5) for value in row] for row in islice(zip(*columns, strict=True), LISTED)]
    more = len(report.t) - LISTED
    if more > 0:
        rows.append([tr("… {n} more", n=more), *[""] * 5])
    sums = [tr("**Sum**"), "", "", "", *(f"**{number(value)}**" for value in report.grad_by_hand)]
    return table(head, [*rows, sums])


def memory(report: StepReport) -> str:
    """What the optimizer remembers, before and after the step; a sentence if it remembers nothing."""
    if not report.memory:
        return tr("It remembers nothing from one step to the next.")
    lines = [
        tr("- `{name}` ({what}): {values}", name=each.name, what=each.words, values=" → ".join(each.shown))
        for each in report.memory
    ]
    return "\n".join([tr("Its memory, before → after the step:"), "", *lines])


def differences(report: StepReport) -> str:
    """How far apart the three results are."""
    rows = [(tr(name), number(value, 3)) for name, value in report.differences.items()]
    return table((tr("Compared"), tr("Largest difference over w and b")), rows)


def cost(measured: ValidationCost) -> str:
    """Validation with and without a graph."""
    rows = [
        (tr("with a graph"), f"`{measured.requires_grad_with_graph}`", _micro(measured.seconds_with_graph)),
        (tr("under `no_grad`"), f"`{measured.requires_grad_without}`", _micro(measured.seconds_without)),
    ]
    return table((tr("Validation"), "`val_loss.requires_grad`", tr("one pass")), rows)


def cost_in_words(measured: ValidationCost) -> str:
    """How many times as long it takes with a graph, or that this can't be told from noise."""
    ratio, low, high = (number(value, 3) for value in (measured.ratio, measured.low, measured.high))
    if measured.is_noise:
        return tr(
            "Measured just now: {low} to {high} times as long with a graph. The computer is busy with other "
            "things, and that noise hides what the graph of so small a model costs.",
            low=low,
            high=high,
        )
    return tr("With a graph it takes {ratio} times as long, measured just now.", ratio=ratio)


def _micro(seconds: float) -> str:
    micro = formatted(1e6 * seconds, ".1f")
    return f"{micro} µs"


def printed(outcomes: Iterable[Outcome]) -> str:
    """Published figures beside those of the run, each with a mark."""
    rows = [
        (
            tr(each.figure.run),
            tr(each.figure.what),
            local(each.figure.expected.replace("-", MINUS)),
            local(each.got.replace("-", MINUS)),
            tr("✓ same") if each.passed else tr("✕ differs"),
        )
        for each in outcomes
    ]
    # Translators: the head of a column of numbers that are printed in the literature.
    figure = tr("figure")
    # Translators: the head of a column that says whether our number is the printed one.
    verdict = tr("mark")
    return table((tr("run"), figure, tr("expected"), tr("got"), verdict), rows)
