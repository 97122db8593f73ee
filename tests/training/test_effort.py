"""What a run has cost: evaluations as somebody else counts them, and time that only grows."""

import time
from itertools import count, pairwise

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.test_rewind import SMALL
from thermofit import Config, Run, Status
from thermofit.loop.checkpoints import SPACING
from thermofit.model.line import design_matrix, model
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.training.branch import branch
from thermofit.training.effort import Effort

EPOCHS = SPACING + 40
LBFGS = Config(optimizer="LBFGS", hyper=SMALL["LBFGS"], lr=0.01, epochs=EPOCHS)


def config_of(optimizer, **changes):
    return Config(optimizer=optimizer, hyper=SMALL.get(optimizer, {}), epochs=EPOCHS, lr=0.01, **changes)


def evaluations(run):
    return run.history.rows(columns=("evaluations",))[:, 0].tolist()


def seconds(run):
    return run.history.rows(columns=("seconds",))[:, 0].tolist()


def counted_by_hand(config, epochs):
    """Evaluations up to each epoch of a plain loop of torch, counted in its own closure."""
    run = Run(config)
    params = torch.tensor([config.w0, config.b0], requires_grad=True)
    stepper = OPTIMIZERS[config.optimizer].build(params, config.lr, config.hyper)
    design, t_c, loss = design_matrix(run.data.train_scaled), run.data.train_targets, LOSSES[config.loss]
    calls = [0]

    def closure():
        calls[0] += 1
        params.grad = None
        value = loss.value(model(params, design), t_c)
        value.backward()
        if OPTIMIZERS[config.optimizer].sparse:
            params.grad = params.grad.to_sparse()
        return value

    found = [0]
    for _ in range(epochs):
        if config.optimizer == "by-hand":
            closure()
            with torch.no_grad():
                stepper.step()
        else:
            stepper.step(closure)
        found.append(calls[0])
    return found


@pytest.mark.parametrize("gradient", ["manual", "autograd"])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_evaluations_are_those_that_a_closure_counts(optimizer, gradient):
    run = Run(config_of(optimizer, gradient=gradient))
    run.advance(epochs=3), run.advance(epochs=EPOCHS)
    assert evaluations(run) == counted_by_hand(run.config, EPOCHS)


@pytest.mark.parametrize("hyper", [{}, {"strong_wolfe": True}, {"max_iter": 1}, {"max_iter": 2}])
def test_evaluations_of_lbfgs_are_those_that_torch_counts(hyper):
    run = Run(Config(optimizer="LBFGS", hyper=hyper, lr=0.01, epochs=20))
    for epoch in range(1, 21):
        run.advance(epochs=1)
        (state,) = run.loop.stepper.state.values()
        assert run.history.effort.evaluations(torch.tensor([epoch])).item() == state["func_evals"]


def test_a_mistake_does_not_stop_the_count():
    run = Run(LBFGS.replace(mistake="no-zero-grad"))
    run.advance(epochs=30)
    (state,) = run.loop.stepper.state.values()
    assert evaluations(run)[-1] == state["func_evals"]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("epoch", [0, 1, SPACING - 1, SPACING + 1])
def test_after_a_rewind_the_count_is_that_of_never_having_stopped(optimizer, epoch):
    run, straight = Run(config_of(optimizer)), Run(config_of(optimizer))
    run.advance(epochs=EPOCHS), straight.advance(epochs=EPOCHS)
    run.rewind(epoch)
    assert evaluations(run) == evaluations(straight)[: epoch + 1]
    run.advance(epochs=EPOCHS)
    assert evaluations(run) == evaluations(straight)


moves = st.tuples(st.just("advance"), st.integers(1, 90)) | st.tuples(
    st.sampled_from(["rewind", *("SGD", "Adam", "LBFGS")]), st.floats(0, 1)
)


@settings(max_examples=25)
@given(st.lists(moves, max_size=8))
def test_any_walk_counts_each_epoch_by_the_optimizer_that_trained_it(walk):
    """Plain optimizers add one evaluation per epoch, whatever came before; what was counted stays."""
    run, costs = Run(LBFGS.replace(epochs=2000)), []
    for move, amount in walk:
        if move == "advance":
            before = evaluations(run)[-1]
            run.advance(epochs=amount)
            if run.config.optimizer != "LBFGS":
                assert evaluations(run)[-1] == before + amount
        elif move == "rewind":
            run.rewind(run.first_epoch + int(amount * (run.epoch - run.first_epoch)))
        else:
            run = branch(run, int(amount * run.epoch), config_of(move).replace(epochs=2000))
        found = evaluations(run)
        assert found[: len(costs)] == costs[: len(found)]
        assert len(found) == run.epoch + 1 and all(b > a for a, b in pairwise(found))
        costs = found


def test_a_branch_goes_on_counting_where_it_left():
    first = Run(LBFGS)
    first.advance(epochs=EPOCHS)
    known = evaluations(first)
    second = branch(first, 30, LBFGS.replace(optimizer="Adam", hyper={}))
    second.advance(epochs=50)
    assert evaluations(second) == known[:31] + [known[30] + more for more in range(1, 51)]
    third = branch(second, 60, LBFGS)
    third.advance(epochs=1)
    assert evaluations(third)[:61] == evaluations(second)[:61]
    assert evaluations(third)[61] == evaluations(second)[60] + third.loop.counts[0]
    assert evaluations(first) == known


def test_a_run_that_diverges_counts_no_epoch_beyond_its_end():
    run = Run(Config(optimizer="LBFGS", lr=10.0, scaling="none", hyper={"max_iter": 1}, epochs=500))
    while run.advance(epochs=50) is Status.RUNNING:
        pass
    assert run.status is Status.DIVERGED
    assert evaluations(run) == [*range(run.epoch + 1)]
    run.change_rate(1e-6)
    run.advance(epochs=5)
    assert evaluations(run) == [*range(run.epoch + 1)]


# ---- time ----


@pytest.fixture
def clock(monkeypatch):
    """Each reading of the clock is one second after the one before."""
    ticks = count()
    monkeypatch.setattr(time, "thread_time", lambda: float(next(ticks)))


def test_time_grows_evenly_within_a_slice(clock):
    run = Run(Config(epochs=100))
    run.advance(epochs=50), run.advance(epochs=20)  # slices of 16, 16, 18 and 20 epochs
    found = seconds(run)
    assert [found[epoch] for epoch in (0, 8, 16, 32, 50, 60, 70)] == [0, 0.5, 1, 2, 3, 3.5, 4]


def test_time_goes_on_after_a_rewind_and_replays_do_not_count(clock):
    run = Run(Config(epochs=100))
    run.advance(epochs=16), run.advance(epochs=16)
    run.rewind(24)
    assert seconds(run)[-1] == 1.5
    run.advance(epochs=16)
    assert seconds(run)[-1] == 2.5


def test_a_branch_begins_with_the_time_of_its_past(clock):
    first = Run(Config(epochs=100))
    first.advance(epochs=16)
    second = branch(first, 8, Config(optimizer="Adam", epochs=300))
    assert seconds(second) == seconds(first)[:9]
    second.advance(epochs=16)
    assert (seconds(second)[-1], seconds(first)[-1]) == (1.5, 1)


def test_the_epochs_beyond_a_divergence_cost_no_time(clock):
    run = Run(Config(scaling="none", epochs=100))
    run.advance(epochs=16)
    assert run.status is Status.DIVERGED
    assert seconds(run)[-1] == pytest.approx(run.epoch / 16)


def test_what_was_told_of_time_stays_however_short_the_slices_are(clock):
    run = Run(Config(epochs=100))
    for epochs in (1, 1, 20, 3, 1, 17):
        before = seconds(run)
        run.advance(epochs=epochs)
        assert seconds(run)[: len(before)] == before
        assert all(later > earlier for earlier, later in pairwise(seconds(run)))


def test_short_epochs_add_up():
    effort = Effort(10_001)
    for epoch in range(0, 10_000, 10):
        effort.add(epoch, 10, 1e-4)
    assert effort.seconds(torch.tensor([0, 5000, 10_000])).tolist() == pytest.approx([0, 0.05, 0.1])


lengths = st.tuples(st.integers(1, 1000), st.floats(-7, 0), st.booleans())


@settings(max_examples=50)
@given(st.lists(lengths, max_size=12), st.floats(0, 1e5))
def test_time_never_runs_backwards_however_long_a_run_has_taken(slices, before):
    effort, epoch = Effort(12_002), 1
    effort.add(0, 1, before)
    for epochs, power, back in slices:
        effort.add(epoch, epochs, epochs * 10**power)
        epoch += epochs
        if back:
            epoch = 1 + epoch // 2
            effort.truncate(epoch)
    assert (effort.seconds(torch.arange(epoch + 1)).diff() >= 0).all()


def test_plain_training_stores_no_evaluations():
    run = Run(Config(epochs=1_000_000))
    run.advance(epochs=500)
    assert run.history.effort._surplus is None


def test_columns_come_in_the_order_asked_for_and_with_strides():
    run = Run(LBFGS)
    run.advance(epochs=50)
    rows = run.history.rows(3, 40, 4, ("evaluations", "w", "seconds", "b"))
    assert rows[:, 0].tolist() == evaluations(run)[3:40:4]
    assert torch.equal(rows[:, [1, 3]], run.history.rows(3, 40, 4, ("w", "b")))
    assert rows[:, 2].tolist() == seconds(run)[3:40:4]
    assert run.history.rows(60, columns=("evaluations",)).shape == (0, 1)


def test_to_truncate_beyond_the_end_forgets_nothing():
    run = Run(LBFGS)
    run.advance(epochs=20)
    before = evaluations(run), seconds(run)
    run.history.truncate(50)
    run.advance(epochs=5)
    assert (evaluations(run)[:21], seconds(run)[:21]) == before
    assert seconds(run)[21] > seconds(run)[20]
