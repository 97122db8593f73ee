"""Going on with changed settings: at the epoch that the browser shows, once, with correct rows around it."""

from itertools import product
from typing import Any

import pytest
import torch

from tests.live.test_live_run import SMALL, ask, scene
from thermofit import Config, Run, Status
from thermofit.data.scaling import SCALINGS
from thermofit.live import shared_runs
from thermofit.live.live_run import NOBODY, LiveRun
from thermofit.live.setting_change import SEVERAL, How
from thermofit.model.line import lines
from thermofit.model.losses import LOSSES
from thermofit.training.branch import branch
from thermofit.training.history import COLUMNS

CHANGES: list[dict[str, Any]] = [
    {"optimizer": "Adam"},
    {"gradient": "manual"},
    {"hyper": {"momentum": 0.9}},
    {"mistake": "no-zero-grad"},
    {"scaling": "standardize"},
    {"loss": "mae"},
    {"val": 0.4},
    {"split_seed": 3},
    {"epochs": 300},
    {"tolerance": 0.01},
    {"scaling": "min-max", "loss": "huber", "lr": 0.05},
]
AT = 42


@pytest.fixture(autouse=True)
def unshared() -> None:
    """No test shares a run with an earlier one."""
    shared_runs.forget()


def started(config: Config = SMALL) -> LiveRun:
    """A run of which the browser has 100 epochs."""
    live = LiveRun(config)
    reach(live, 100)
    return live


def reach(live: LiveRun, epoch: int) -> None:
    """Ask until the run has reached this epoch or ended: a busy machine may need several slices."""
    while live.run.epoch < epoch and not live.ended:
        ask(live, newest_row=4, at=0, speed="1000", target_epoch=epoch)


def continued(
    live: LiveRun, config: Config, at: int = AT, **parts: Any
) -> tuple[dict[str, Any], dict[int, Any]]:
    """The answer when the browser says that it shows epoch `at`."""
    live.configure(config, How.GO_ON)
    header, _ = ask(live, newest_row=100, at=at, speed="100")
    return ask(live, newest_row=100, at=at, change=header["change"], speed="100", target_epoch=60, **parts)


def worth(run: Run, epoch: int) -> float:
    """The training loss of a recorded epoch under the run's present loss and split."""
    params = run.history.rows(epoch, epoch + 1, columns=("w", "b"))
    return float(LOSSES[run.config.loss].value(lines(params, run.data.train_scaled), run.data.train_targets))


@pytest.mark.parametrize("changes", CHANGES)
def test_rows_before_and_after_are_those_of_the_branch(changes: dict[str, Any]) -> None:
    live, config = started(), SMALL.replace(**changes)
    old = live.id
    header, rows = continued(live, config)
    assert (header["parent"], header["base"], header["change"]) == (old, AT, None)
    assert header["sceneId"] == scene(config).id and header["changed"]
    assert f"changed from epoch {AT} on." in header["note"]
    assert sorted(rows) == list(range(header["kept"] + 1, max(rows) + 1)) and AT < max(rows) <= 60
    before = Run(SMALL)
    before.advance(epochs=100)
    expected = branch(before, AT, config)
    expected.advance(epochs=60)
    for epoch, row in rows.items():
        recorded = expected.history.row(epoch)
        assert (row["w"], row["b"]) == (recorded["w"], recorded["b"])
        assert row["train_loss"] == pytest.approx(worth(expected, epoch), rel=1e-6)


@pytest.mark.parametrize("old, new", list(product(SCALINGS, repeat=2)))
def test_what_the_browser_keeps_of_the_abandoned_future_reads_as_the_same_lines(old: str, new: str) -> None:
    config = Config(scaling=old, lr=1e-4, epochs=500)
    live = started(config)
    before = live.run
    header, _ = continued(live, config.replace(scaling=new, gradient="manual"))
    left = before.history.rows(AT, 101, columns=COLUMNS).double()
    columns = dict(zip(COLUMNS, left.unbind(1), strict=True))
    converted = columns | {
        name: sum(factor * columns[column] for column, factor in terms.items())
        for name, terms in header["unit_conversion"].items()
    }
    assert header["kept"] == (AT if old == new else -1)
    there, here = (
        before.scale.original(columns["w"], columns["b"]),
        live.run.scale.original(converted["w"], converted["b"]),
    )
    assert all(torch.allclose(a, b, atol=1e-9) for a, b in zip(there, here, strict=True))


def test_losses_that_cannot_be_converted_are_dropped() -> None:
    header, _ = continued(started(), SMALL.replace(loss="mae"))
    assert {name for name, terms in header["unit_conversion"].items() if terms is None} == set(COLUMNS[2:])


def test_until_the_browser_says_which_epoch_it_shows_nothing_changes() -> None:
    live = started()
    live.configure(SMALL.replace(scaling="none"), How.GO_ON)
    header, rows = ask(live, newest_row=100, at=30, speed="100", target_epoch=110)
    assert header["change"] and header["parent"] == NOBODY
    assert header["sceneId"] == scene(SMALL).id
    assert min(rows) == 101


def test_a_change_that_is_asked_for_twice_is_made_once() -> None:
    live = started()
    live.configure(SMALL.replace(optimizer="Adam"), How.GO_ON)
    change = ask(live, newest_row=100, at=AT)[0]["change"]
    parts: dict[str, Any] = {
        "run": live.id,
        "newest_row": 100,
        "change": change,
        "speed": "100",
        "target_epoch": 60,
    }
    first, rows = ask(live, at=AT, **parts)
    again, same = ask(live, at=AT + 5, **parts)  # the answer was lost, or the question came late
    assert (again["run"], again["base"]) == (first["run"], AT)
    assert rows.items() <= same.items()


def test_a_change_that_is_taken_back_is_not_made() -> None:
    live = started()
    live.configure(SMALL.replace(optimizer="Adam"), How.GO_ON)
    live.configure(SMALL, How.GO_ON)
    header, _ = ask(live, newest_row=100, at=AT)
    assert header["change"] is None and not header["changed"]


def test_of_two_changes_the_last_one_counts() -> None:
    live = started()
    live.configure(SMALL.replace(optimizer="Adam"), How.GO_ON)
    stale = ask(live, newest_row=100, at=AT)[0]["change"]
    live.configure(SMALL.replace(optimizer="Adam", lr=0.1), How.GO_ON)
    header, _ = ask(live, newest_row=100, at=AT, change=stale)
    assert header["parent"] == NOBODY
    header, _ = ask(live, newest_row=100, at=AT, change=header["change"])
    assert live.config == live.run.config == SMALL.replace(optimizer="Adam", lr=0.1)


@pytest.mark.parametrize(
    "changes, at, why",
    [
        ({"w0": 2.0}, AT, "another start"),
        ({"b0": 2.0, "optimizer": "Adam"}, AT, "another start"),
        ({"epochs": AT}, AT, "was the last one"),
        ({"optimizer": "Adam"}, 0, "optimizer changed"),
    ],
)
def test_where_it_can_not_go_on_a_new_run_starts_and_says_why(
    changes: dict[str, Any], at: int, why: str
) -> None:
    live = started()
    header, rows = continued(live, SMALL.replace(**changes), at)
    assert header["parent"] == NOBODY and not header["changed"]
    assert header["note"].startswith("New run") and why in header["note"]
    assert min(rows) == 0


def test_a_finished_run_goes_on_when_it_gets_more_epochs() -> None:
    live = started(Config(epochs=100))
    header, _ = continued(live, Config(epochs=200), at=100)
    assert header["base"] == 100 and header["end"] is None
    reach(live, 200)
    straight = Run(Config(epochs=200))
    straight.advance(epochs=200)
    assert torch.equal(live.run.history.rows(), straight.history.rows())


def test_a_diverged_run_goes_on_from_before() -> None:
    config = Config(scaling="none", lr=0.01, val=0.0)
    live = started(config)
    assert live.run.status is Status.DIVERGED
    header, _ = continued(live, config.replace(scaling="standardize"), at=5)
    assert header["base"] == 5 and header["end"] is None


# A little above the stable rate: it takes a while to explode.
SLOWLY = Config(scaling="none", lr=3.6e-4, val=0.0)


@pytest.mark.parametrize("left", [0, 5])  # epochs before the end
def test_from_an_exploded_line_it_goes_on_from_the_last_sane_epoch(left: int) -> None:
    live = started(SLOWLY)
    reach(live, 10_000)
    at = live.run.epoch - left
    losses = live.run.history.rows(columns=("train_loss",))[:, 0]
    assert losses[at] > 1e30
    header, _ = continued(live, SLOWLY.replace(scaling="standardize"), at=at)
    assert 0 < header["base"] < at and "exploded" in header["note"]
    assert losses[header["base"]] <= 10 * losses[0] < losses[header["base"] + 1]


def test_where_no_epoch_is_sane_but_the_first_it_is_a_new_run() -> None:
    config = Config(scaling="none", lr=0.01, val=0.0)
    live = started(config)
    header, _ = continued(live, config.replace(scaling="standardize"), at=live.run.epoch)
    assert header["parent"] == NOBODY and "exploded" in header["note"]
    assert live.run.first_epoch == 0


def test_changes_are_remembered_until_the_run_is_left() -> None:
    live = started()
    continued(live, SMALL.replace(optimizer="Adam"), at=40)
    continued(live, SMALL.replace(optimizer="Adam", mistake="no-zero-grad"), at=50)
    assert live.changes == ((40, "Optimizer"), (50, "Mistake"))
    assert live.mistakes == ["none", "none", "no-zero-grad"]
    continued(live, SMALL.replace(optimizer="Adam", lr=0.5), at=45)
    assert live.changes == ((40, "Optimizer"), (45, "Learning rate"))
    continued(live, SMALL.replace(gradient="manual", optimizer="Adam"), at=30)
    assert live.changes == ((30, SEVERAL),)  # there, two settings differ
    continued(live, SMALL, at=20)
    assert live.changes == () and live.note.startswith("As before") and live.mistakes == ["none"]
    ask(live, restart=True)
    assert live.changes == () and live.mistakes == ["none"]


def test_without_being_asked_only_a_new_rate_goes_on() -> None:
    live = started()
    live.configure(SMALL.replace(lr=0.02))
    assert live.pending
    live.configure(SMALL.replace(optimizer="Adam"))
    assert not live.pending and live.run.first_epoch == 0 and live.run.config.optimizer == "Adam"


def test_a_new_rate_that_arrives_before_the_end_is_known_to_be_shown_is_a_new_run() -> None:
    """The browser says only with the change that it shows the explosion."""
    live = LiveRun(Config(scaling="none", lr=0.01, val=0.0))
    while not live.ended:
        ask(live, newest_row=4, at=0, speed="max", target_epoch="max")
    last, before = live.run.epoch, live.id
    live.configure(live.config.replace(lr=1e-4))
    assert live.pending
    ask(live, run=before, at=last, newest_row=last, change=live.pending.number)
    assert live.id != before and live.parent == NOBODY
    assert live.note == "New run with learning rate 0.0001. Press Play."
