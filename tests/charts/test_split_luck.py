"""The luck of a split, drawn: the present split is marked in both charts, and no bin is cut off."""

import pytest

from thermofit import Config
from thermofit.charts.split_luck import frequencies, ranked
from thermofit.charts.theme import THEMES
from thermofit.experiments.split_luck import measure
from thermofit.ui.luck.words import arrived

CONFIG = Config(epochs=50)
LIGHT = THEMES["light"]


@pytest.mark.parametrize("seed", [outcome.seed for outcome in measure(CONFIG)][::11])
def test_the_present_split_stands_at_its_own_loss(seed: int) -> None:
    found = arrived(measure(CONFIG))
    own = next(outcome for outcome in found if outcome.seed == seed)
    (line,) = frequencies(found, seed, "°C²", LIGHT).select_traces({"name": "Your split"})
    assert line.x == (own.val_loss, own.val_loss) and line.y[0] == 0
    (column,) = ranked(found, seed, "°C²", True, LIGHT).select_traces({"name": "Your split"})
    assert column.x[0] == found.index(own) + 1


def test_every_split_is_counted_once_and_seen() -> None:
    found = arrived(measure(CONFIG))
    figure = frequencies(found, 58, "°C²", LIGHT)
    for trace in figure.data[:2]:
        assert sum(trace.y) == len(found) == 55
    assert figure.data[2].y[1] == max(max(trace.y) for trace in figure.data[:2])
    kind, end = figure.layout.xaxis.type, figure.layout.xaxis.range
    assert kind == "log" or end[1] > max(outcome.val_loss or 0 for outcome in found)


def test_a_split_on_which_the_run_diverged_has_no_line() -> None:
    found = arrived(measure(CONFIG))
    assert frequencies(found, -1, "°C²", LIGHT).data[2].x == (None, None)


@pytest.mark.parametrize("field", ["train_loss", "val_loss"])
@pytest.mark.parametrize("epochs", [1, 50])
def test_a_bar_offers_the_split_nearest_to_its_middle(epochs: int, field: str) -> None:
    found = arrived(measure(CONFIG.replace(epochs=epochs)))
    figure = frequencies(found, 58, "°C²", LIGHT)
    click = figure.layout.meta["click"]
    steps = figure.data[["train_loss", "val_loss"].index(field)]
    bars, edges = click["series"][["val_loss", "train_loss"].index(field)], click["edges"]
    assert bars["heights"] == list(steps.y[1:-1]) and list(steps.x[1:]) == edges
    losses = [getattr(outcome, field) for outcome in found]
    for low, high, height, column in zip(edges, edges[1:], bars["heights"], bars["offers"], strict=False):
        inside = [loss for loss in losses if low <= loss < high or loss == high == edges[-1]]
        assert len(inside) == height and (column is None) == (height == 0)
        if column is not None:
            distances = [abs(loss - (low + high) / 2) for loss in inside]
            assert abs(losses[column - 1] - (low + high) / 2) == min(distances)
