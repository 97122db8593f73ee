"""A whole race as a stage gets it: every runner's digits, one loss for all, and the ranks of the library."""

import random
from typing import Any

import numpy as np
import pytest

from tests.live.record_protocol import SmallScene
from tests.live.test_live_run import alone  # noqa: F401
from tests.messages import Rows, unpack_tracks
from tests.training.test_rewind import SMALL
from thermofit import Config, Run, train
from thermofit.experiments import race
from thermofit.experiments.standing import ranking, winners
from thermofit.live.exchange import exchange
from thermofit.live.judged_race import JudgedRace
from thermofit.live.protocol import Question
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.training.history import COLUMNS

START = Config(epochs=150, scaling="standardize", lr=0.1)
EVERYBODY = {
    name: START.replace(optimizer=name, hyper=SMALL.get(name, {}), epochs=30 if name == "LBFGS" else 150)
    for name in OPTIMIZERS
}


def ask(live: JudgedRace, columns: tuple[str, ...], **parts: Any) -> tuple[dict[str, Any], dict[str, Rows]]:
    scene = SmallScene(list(columns))
    question = Question(**({"run": live.id, "scene": scene.id, "theme": "light"} | parts))
    return unpack_tracks(exchange(live, lambda _: scene, question).pack())


def played(live: JudgedRace, columns: tuple[str, ...] = COLUMNS, seed: int = 0) -> dict[str, Rows]:
    """All rows, asked for in slices of any length, some of them twice."""
    rng, seen, newest, end = random.Random(seed), dict[str, Rows](), -1, None
    while end is None or newest < end["epoch"]:
        wanted = newest + rng.randrange(1, 40)
        have = rng.choice([newest, newest, max(-1, newest - 7)])
        header, tracks = ask(live, columns, newest_row=have, target_epoch=wanted, seek=True)
        for track, rows in tracks.items():
            seen.setdefault(track, {}).update(rows)
        newest, end = max(seen["run"]), header["end"]
    return seen


def test_every_optimizer_has_the_digits_of_its_own_single_run_in_every_row() -> None:
    seen = played(JudgedRace(EVERYBODY, START.loss))
    for name, config in EVERYBODY.items():
        history = train(config)
        assert sorted(seen[name]) == list(range(len(history)))
        sent = np.array([[seen[name][epoch][column] for column in COLUMNS] for epoch in sorted(seen[name])])
        single = history.rows(columns=COLUMNS).double().numpy()
        assert np.array_equal(sent, single, equal_nan=True), name


@pytest.mark.parametrize("judge", LOSSES)
def test_whatever_they_descend_all_losses_are_those_of_the_judge(judge: str) -> None:
    runners = {loss: START.replace(loss=loss, epochs=40) for loss in LOSSES}
    seen = played(JudgedRace(runners, judge))
    for loss, config in runners.items():
        data, plain = Run(config).data, train(config)
        for epoch, row in seen[loss].items():
            line = row["w"] * data.train_scaled + row["b"]
            expected = LOSSES[judge].value(line, data.train_targets).item()
            assert row["train_loss"] == pytest.approx(expected, rel=1e-5)
            assert row["w"] == plain.row(epoch)["w"]


def test_another_judge_begins_anew_and_the_same_one_does_not() -> None:
    live = JudgedRace({"a": START}, "mse")
    before = live.id
    live.judged_by("mse")
    assert live.id == before
    live.judged_by("huber")
    assert live.id != before and live.runners.update <= START.epochs


def test_its_ranks_are_those_of_the_library() -> None:
    configs = EVERYBODY | {"wild": START.replace(lr=9.0), "wilder": START.replace(lr=10.0)}
    configs = dict(list(configs.items())[-16:])
    live = JudgedRace(configs, "mse")
    played(live, ("w", "b"))
    finishes = live.finishes({track: track for track in configs})
    table = race(configs)
    assert ranking(finishes) == list(table["rank"])
    first = table[table["rank"] == 1]["name"].tolist()
    assert [each.name for each in winners(finishes)] == first
    out = {each.name: each.out_at for each in finishes if each.out_at}
    assert out == table.set_index("name")["diverged_at"].dropna().to_dict() and "wilder" in out
