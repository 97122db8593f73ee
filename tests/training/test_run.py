import pytest
import torch

from thermofit import Config, Run, Status, train
from thermofit.data.dataset import Dataset
from thermofit.model.line import lines
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.training.history import COLUMNS

QUICK = Config(gradient="manual", optimizer="by-hand", epochs=500)

SMALL = {"LBFGS": {"max_iter": 3, "history_size": 5}}  # its defaults take twenty times as long per epoch


def everything(run):
    """All recorded numbers, comparable bit for bit."""
    return run.history.rows(columns=COLUMNS).nan_to_num(nan=-1.0)


def test_the_start_is_there_before_training():
    run = Run(QUICK)
    assert (run.epoch, run.status, len(run.history), run.ended) == (0, Status.READY, 1, False)
    assert (run.history.row(0)["w"], run.history.row(0)["b"]) == (1.0, 0.0)


def test_a_run_goes_from_ready_to_finished():
    run = Run(QUICK)
    assert run.advance(epochs=1) is Status.RUNNING
    assert run.advance(epochs=498) is Status.RUNNING and run.epoch == 499
    assert run.advance(epochs=10) is Status.FINISHED
    assert (run.epoch, run.ended, run.diverged_at, len(run.history)) == (500, True, None, 501)
    assert run.advance(epochs=10) is Status.FINISHED and run.epoch == 500


def test_rows_hold_the_losses_of_their_own_parameters():
    run = Run(QUICK)
    run.advance(epochs=500)
    rows, value = run.history.rows(columns=COLUMNS), LOSSES["mse"].value
    assert torch.equal(rows[:, 4], value(lines(rows[:, :2], run.data.train_scaled), run.data.train_targets))
    assert torch.equal(rows[:, 5], value(lines(rows[:, :2], run.data.val_scaled), run.data.val_targets))
    assert torch.allclose(rows[1:, :2], rows[:-1, :2] - 0.01 * rows[:-1, 2:4], rtol=1e-5)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_slicing_changes_no_digit(optimizer):
    config = Config(optimizer=optimizer, epochs=300, hyper=SMALL.get(optimizer, {}))
    whole, sliced = Run(config), Run(config)
    whole.advance(epochs=300)
    for epochs in (1, 2, 3, 125, 1, 100, 68):
        sliced.advance(epochs=epochs)
    assert torch.equal(everything(whole), everything(sliced))


def test_time_slices_change_no_digit():
    whole, sliced = Run(QUICK), Run(QUICK)
    whole.advance(epochs=500)
    steps = 0
    while sliced.advance(seconds=0.0) is Status.RUNNING:
        steps += 1
    assert steps == 499  # at least one epoch each time, and no more than asked for
    assert torch.equal(everything(whole), everything(sliced))


def test_a_long_time_slice_ends_with_the_run():
    run = Run(QUICK)
    assert run.advance(seconds=60.0) is Status.FINISHED


def test_epochs_and_seconds_end_with_the_first_of_them():
    run = Run(QUICK)
    run.advance(epochs=7, seconds=60.0)
    assert run.epoch == 7
    run.advance(epochs=400, seconds=0.0)
    assert run.epoch == 8


@pytest.mark.parametrize("amount", [{}, {"epochs": -1}, {"seconds": -0.1}])
def test_impossible_amounts_are_refused(amount):
    with pytest.raises(ValueError):
        Run(QUICK).advance(**amount)


def test_training_uses_train_rows_only():
    run = Run(QUICK)
    moved = run.t_c.clone()
    moved[run.split.validation] += 100
    other = Run(QUICK.replace(data=Dataset("moved", run.t_u, moved)))
    run.advance(epochs=500), other.advance(epochs=500)
    assert torch.equal(everything(run)[:, :5], everything(other)[:, :5])
    assert not torch.equal(everything(run)[:, 5], everything(other)[:, 5])


def test_validation_has_no_graph():
    run = Run(Config(epochs=5))
    run.advance(epochs=5)
    assert not run.history.rows().requires_grad


@pytest.mark.parametrize("scaling", ["none", "tenth", "standardize", "min-max"])
def test_the_line_in_original_units_gives_the_same_loss(scaling):
    run = Run(Config(scaling=scaling, lr=1e-4, epochs=50))
    run.advance(epochs=50)
    slope, intercept = run.original()
    t_p = slope * run.data.train_inputs + intercept
    assert LOSSES["mse"].value(t_p, run.data.train_targets).item() == pytest.approx(
        run.history.row(50)["train_loss"], rel=1e-4
    )


@pytest.mark.parametrize("optimizer", ["by-hand", "SGD", "LBFGS"])
@pytest.mark.parametrize("val", [0.0, 0.2])
def test_divergence_is_a_value(optimizer, val):
    run = Run(
        Config(
            optimizer=optimizer,
            scaling="none",
            lr=10.0 if optimizer == "LBFGS" else 0.01,
            val=val,
            epochs=2000,
        )
    )
    assert run.advance(epochs=2000) is Status.DIVERGED
    assert run.diverged_at == run.epoch + 1 == len(run.history)
    assert run.ended
    assert everything(run).isfinite().all()
    assert run.loop.params.tolist() == [run.history.row(run.epoch)[name] for name in ("w", "b")]
    assert run.advance(epochs=100) is Status.DIVERGED and run.epoch == run.diverged_at - 1


def test_divergence_does_not_depend_on_slicing():
    config = Config(scaling="none", lr=0.01, epochs=2000)
    whole, single = Run(config), Run(config)
    whole.advance(epochs=2000)
    while single.advance(epochs=1) is Status.RUNNING:
        pass
    assert single.diverged_at == whole.diverged_at
    assert torch.equal(everything(single), everything(whole))


def test_a_diverged_run_goes_on_after_a_rewind_and_a_smaller_rate():
    run = Run(Config(gradient="manual", optimizer="by-hand", scaling="none", lr=0.01, epochs=300))
    run.advance(epochs=300)
    run.rewind(2)
    assert run.status is Status.RUNNING and run.diverged_at is None
    run.change_rate(1e-4)
    assert run.advance(epochs=300) is Status.FINISHED
    assert run.history.row(300)["train_loss"] < run.history.row(2)["train_loss"]


def test_a_tolerance_stops_at_the_first_short_gradient():
    config = Config(scaling="standardize", lr=0.1, tolerance=1e-3, epochs=5000)
    run = Run(config)
    assert run.advance(epochs=5000) is Status.CONVERGED
    norms = run.history.rows(columns=("grad_w", "grad_b")).norm(dim=1)
    assert norms[-1] < 1e-3 and (norms[:-1] >= 1e-3).all()
    assert run.ended and run.epoch < 5000
    assert run.loop.params.tolist() == [run.history.row(run.epoch)["w"], run.history.row(run.epoch)["b"]]
    assert run.advance(epochs=1) is Status.CONVERGED
    assert len(train(config)) == run.epoch + 1


def test_a_start_at_the_minimum_has_converged():
    best = Config(scaling="standardize", lr=0.4, val=0.0, epochs=100)
    row = train(best).row(100)
    run = Run(best.replace(w0=row["w"], b0=row["b"], tolerance=0.1))
    assert (run.status, run.epoch) == (Status.CONVERGED, 0)


def test_a_changed_rate_holds_from_the_present_epoch_on():
    plain, changed = Run(QUICK), Run(QUICK)
    plain.advance(epochs=200), changed.advance(epochs=100)
    changed.change_rate(0.02)
    changed.advance(epochs=100)
    assert changed.lr == 0.02
    assert torch.equal(everything(plain)[:101], everything(changed)[:101])
    rows = everything(changed)
    assert torch.allclose(rows[101, :2], rows[100, :2] - 0.02 * rows[100, 2:4], rtol=1e-5)


@pytest.mark.parametrize("lr", [0, -1, 11, float("nan"), "0.1", True])
def test_an_impossible_rate_is_refused_and_changes_nothing(lr):
    run = Run(QUICK)
    with pytest.raises(ValueError, match="lr"):
        run.change_rate(lr)
    assert run.lr == 0.01


def test_other_data():
    t_u = torch.linspace(-1, 1, 40)
    run = Run(Config(data=Dataset("line", t_u, 2 * t_u + 3), scaling="none", lr=0.3, epochs=300))
    run.advance(epochs=300)
    assert run.original() == (pytest.approx(2, rel=1e-4), pytest.approx(3, rel=1e-4))


def test_one_row_is_enough():
    one = Dataset("one", torch.tensor([5.0]), torch.tensor([7.0]))
    history = train(Config(data=one, epochs=50, scaling="standardize"))
    assert history.row(50)["train_loss"] < history.row(0)["train_loss"]


def test_a_start_that_leaves_float32_is_refused():
    huge = Dataset("huge", torch.tensor([2e-38, 5e-38, 1e6, 1e6]), torch.zeros(4))
    for seed in range(20):
        config = Config(data=huge, scaling="min-max", val=0.5, w0=1000.0, split_seed=seed)
        try:
            Run(config)
        except ValueError as error:
            assert "float32" in str(error)
            return
    pytest.fail("no split put the two tiny readings into the train rows")
