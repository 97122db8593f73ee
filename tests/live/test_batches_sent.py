"""What a stage is sent of a run with mini-batches or a schedule, and what is written of its moments."""

import json
from fractions import Fraction
from math import ceil
from pathlib import Path

import numpy as np
import pytest
import torch

from thermofit import Config, Run
from thermofit.config.clock import Clock, Span
from thermofit.live.companion import Companion
from thermofit.live.dealt import MOST, NOBODY, dealt
from thermofit.live.judged_race import JudgedRace
from thermofit.live.lead import LEAD, wanted_epoch
from thermofit.live.live_race import LiveRace
from thermofit.live.live_run import LiveRun
from thermofit.live.outcome import ending
from thermofit.live.protocol import Question
from thermofit.live.recorded import RATE, recorded
from thermofit.live.row_blocks import Block
from thermofit.live.setting_change import continue_note
from thermofit.training.history import BATCH

EXAMPLES = json.loads((Path(__file__).parents[1] / "clock_examples.json").read_text())
BATCHES = Config(batch=4, batch_seed=7, epochs=30, schedule="StepLR", schedule_hyper={"step_size": 5})


def trained(config: Config) -> Run:
    run = Run(config)
    run.advance(epochs=config.epochs)
    return run


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["spans"]))
def test_moments_are_written_as_in_the_browser(example: dict[str, list[list[int]]]) -> None:
    spans = [Span(first, _fraction(epoch), each) for first, epoch, each in example["spans"]]
    clock = Clock(tuple(spans))
    assert [[row, clock.told(row)] for row, _ in example["told"]] == example["told"]


def _fraction(epoch: float) -> Fraction:
    return Fraction(epoch).limit_denominator(1000)


def test_the_present_batch_is_that_of_the_step_which_follows() -> None:
    run = trained(BATCHES)
    found = dealt(run, 5)
    assert found and found.start == 5 and len(found.numbers) == run.update + 1 - 5
    loss = run.history.rows(columns=(BATCH,))[:, 0]
    for row, numbers in enumerate(found.numbers[:-1].tolist(), 5):
        batch = [number for number in numbers if number != NOBODY]
        w, b = run.history.row(row)["w"], run.history.row(row)["b"]
        errors = w * run.scale.apply(run.t_u[batch]) + b - run.t_c[batch]
        assert (errors**2).mean().item() == pytest.approx(loss[row + 1].item(), rel=1e-4)
    assert set(found.numbers[-1].tolist()) == {NOBODY}  # no step follows


def test_nothing_is_dealt_without_batches_nor_beyond_the_newest_row() -> None:
    run = Run(BATCHES)
    assert dealt(Run(Config()), 0) is None
    assert [dealt(run, row) for row in (-1, 1)] == [None, None]
    first = dealt(run, 0)
    assert first and first.numbers.shape == (1, 4)  # before anything is trained


def test_an_answer_holds_no_more_batches_however_long_the_run_is() -> None:
    run = trained(BATCHES.replace(epochs=4000, schedule="none"))
    found = dealt(run, 3)
    assert found and found.numbers.size <= MOST and len(found.pack()) % 4 == 0
    assert np.array_equal(found.numbers[100], dealt(run, 103).numbers[0])  # type: ignore[union-attr]


def test_batch_loss_and_rate_are_columns_of_their_own() -> None:
    run = trained(BATCHES)
    block = Block(3, 2, 20)
    rows = recorded(run, block, ("w", RATE, BATCH, "evaluations"))
    numbers = range(3, 43, 2)
    assert torch.equal(rows[:, 1], torch.tensor(run.rates(numbers)))
    assert torch.equal(rows[:, 2], run.history.rows(3, 43, 2, (BATCH,))[:, 0])
    assert torch.equal(rows[:, [0]], run.history.rows(3, 43, 2, ("w",)))


def test_a_pin_sends_what_it_keeps_and_tells_updates_in_its_table() -> None:
    companion = Companion(trained(BATCHES))
    parts = companion.parts("pin", ["w", RATE, BATCH])
    assert [block.columns for block, _ in parts] == [("w", BATCH)]
    assert parts[0][0].as_json()["clock"] == [[0, 0.0, 3]]
    table = companion.table()
    assert table["update"][:4] == [0, 1, 2, 3] and table["epoch"][3] == 1 and BATCH in table
    plain = Companion(trained(Config(epochs=3)))
    assert "update" not in plain.table() and BATCH not in plain.table()
    assert "clock" not in plain.parts("pin", ["w"])[0][0].as_json()


def test_the_server_trains_ahead_by_epochs() -> None:
    question = Question(speed="100", target_epoch=10**6)
    assert wanted_epoch(question, 30, 0, per_epoch=3) == 30 + 3 * LEAD * 100
    live = LiveRun(BATCHES)
    live.handle(Question(run=live.id, speed="10", target_epoch=10**6))
    assert live.run.update == 3 * LEAD * 10


def test_the_end_of_a_run_and_a_change_tell_epoch_and_update() -> None:
    assert ending(trained(BATCHES)) == ("good", "Finished: 30 epochs, 90 updates.")
    assert ending(trained(BATCHES.replace(epochs=1)))[1] == "Finished: 1 epoch, 3 updates."
    wild = trained(BATCHES.replace(lr=10.0, schedule="none", scaling="none"))
    clock = wild.history.clock
    assert f"Diverged at {clock.told(wild.update + 1)}: " in ending(wild)[1]
    assert f"(shown: {clock.told(wild.update)})" in ending(wild)[1] and "update" in ending(wild)[1]
    note = continue_note(BATCHES, BATCHES.replace(lr=0.02), 37, Clock.of(3))
    begun = "StepLR goes on as if it had begun at this rate."
    assert note == f"Learning rate 0.02 from epoch 12.3, update 37 on: {begun}"


SIZES = {"all": 0, "four": 4, "one": 1}


def test_runners_with_other_batches_keep_step_by_epochs() -> None:
    base = Config(epochs=40, lr=0.001)
    race = LiveRace({name: base.replace(batch=size) for name, size in SIZES.items()})
    newest, seen = -1, dict.fromkeys(SIZES, -1)
    for target in (7, 50, 120, 360):
        question = Question(run=race.id, newest_row=newest, speed="1000", target_epoch=target, seek=True)
        while race.runners.update < target:
            race.handle(question)
        for block in race.respond(question):
            if block.track == "run":
                assert block.clock == Clock.of(9)  # that of the most updates
                newest = block.stop - 1
            else:
                assert block.start <= seen[block.track] + 1  # no gap
                seen[block.track] = max(seen[block.track], block.stop - 1)
        done = Clock.of(9).exact(newest)
        for name, run in race.runners.runs.items():
            assert seen[name] == ceil(done * run.updates_per_epoch)
    assert race.ended and seen == {"all": 40, "four": 120, "one": 360}


def test_the_ranks_of_a_race_of_batch_sizes_count_epochs() -> None:
    base = Config(epochs=400, lr=0.03, scaling="standardize", val=0.0)
    race = JudgedRace({name: base.replace(batch=size) for name, size in SIZES.items()}, "mse")
    race.runners.advance(updates=base.replace(batch=1).updates)
    for track, finish in zip(SIZES, race.finishes({name: name for name in SIZES}), strict=True):
        row = race.results()[track]["reached_epoch"]
        per_epoch = race.runners.runs[track].config.updates_per_epoch
        assert finish.reached == (None if row is None else pytest.approx(row / per_epoch))
    assert any(finish.arrived for finish in race.finishes({name: name for name in SIZES}))
