"""Inside a step: the report matches what the run does, and looking changes nothing."""

from itertools import product

import pytest
import torch

from thermofit import Config, Run, Status
from thermofit.inspection import validation_cost as validation_cost_module
from thermofit.inspection.autograd_graph import WORDS, dot, walk, words
from thermofit.inspection.step import Memory, graph, graph_nodes, inspect_step, validation_cost
from thermofit.inspection.validation_cost import _summed_up
from thermofit.loop.checkpoints import SPACING
from thermofit.loop.mistakes import MISTAKES
from thermofit.model.gradients import GRADIENTS
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.training.history import COLUMNS
from thermofit.ui.inspector.step_tables import LISTED, by_hand, cost_in_words

EPOCHS = SPACING + 30
SMALL = {"LBFGS": {"max_iter": 3, "history_size": 5}}


def trained(epochs=EPOCHS, **settings):
    hyper = settings.pop("hyper", SMALL.get(settings.get("optimizer"), {}))
    run = Run(Config(epochs=EPOCHS + 50, hyper=hyper, **settings))
    run.advance(epochs=epochs)
    return run


def everything(run):
    return run.history.rows(columns=COLUMNS)


@pytest.mark.parametrize("gradient, optimizer", list(product(GRADIENTS, OPTIMIZERS)))
@pytest.mark.parametrize("epoch", [0, SPACING + 7, EPOCHS])
def test_the_optimizers_update_is_the_runs_own(gradient, optimizer, epoch):
    run = trained(gradient=gradient, optimizer=optimizer)
    report = inspect_step(run, epoch)
    run.advance(epochs=1)
    rows = run.history.rows(epoch, epoch + 2, columns=("w", "b"))
    assert report.params == tuple(rows[0].tolist())
    assert report.update_optimizer == tuple((rows[1] - rows[0]).tolist())


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_looking_changes_nothing(optimizer):
    run, unseen = trained(optimizer=optimizer), trained(optimizer=optimizer)
    for epoch in (3, EPOCHS, SPACING):
        inspect_step(run, epoch), graph(run, epoch), validation_cost(run, passes=1, rounds=2, most=2)
    run.advance(epochs=5), unseen.advance(epochs=5)
    run.rewind(SPACING + 2), unseen.rewind(SPACING + 2)
    run.advance(epochs=40), unseen.advance(epochs=40)
    assert torch.equal(everything(run), everything(unseen))


@pytest.mark.parametrize("gradient, loss", list(product(GRADIENTS, LOSSES)))
def test_by_hand_is_what_autograd_says_step_by_step(gradient, loss):
    run = trained(gradient=gradient, loss=loss)
    report = inspect_step(run, 20)
    t_p = torch.tensor(report.t_p, requires_grad=True)
    value = LOSSES[loss].value(t_p, torch.tensor(report.t_c))
    value.backward()
    assert report.loss == pytest.approx(value.item(), rel=1e-6)
    assert report.dloss_dt_p == pytest.approx(t_p.grad.tolist(), rel=1e-5, abs=1e-7)
    w, b = report.params
    assert report.t_p == pytest.approx([w * t + b for t in report.t], rel=1e-5)
    assert report.dt_p_dw == report.t and set(report.dt_p_db) == {1.0}
    assert report.products_w == pytest.approx(
        [d * t for d, t in zip(report.dloss_dt_p, report.t, strict=True)], rel=1e-6
    )
    assert report.grad_by_hand == pytest.approx(
        (sum(report.products_w), sum(report.products_b)), rel=1e-5, abs=1e-5
    )
    row = run.history.row(20)
    assert report.grad_autograd == pytest.approx((row["grad_w"], row["grad_b"]), rel=1e-5, abs=1e-5)


def test_plain_gradient_descent_is_the_same_three_times():
    report = inspect_step(trained(optimizer="SGD"), 10)
    assert len(report.differences) == 4 and max(report.differences.values()) < 1e-5
    assert report.update_by_hand == pytest.approx([-0.01 * grad for grad in report.grad_by_hand], rel=1e-6)


def test_differences_are_reported_if_there_are_any():
    differences = inspect_step(trained(optimizer="Adam"), 10).differences
    assert differences["gradient: by hand and autograd"] < 1e-4
    assert differences["update: by hand and optimizer"] > 1e-3


def memory(report):
    return {entry.name: entry for entry in report.memory}


def test_the_optimizers_memory_before_and_after():
    run = trained(optimizer="Adam")
    first, later = memory(inspect_step(run, 0)), memory(inspect_step(run, 9))
    assert {"step", "exp_avg", "exp_avg_sq"} <= set(first)
    assert (first["step"].before, first["step"].after) == (None, 1.0)
    assert (later["step"].before, later["step"].after) == (9.0, 10.0)
    grad = inspect_step(run, 9).grad_autograd
    pairs = zip(later["exp_avg"].before, grad, strict=True)
    assert later["exp_avg"].after == pytest.approx([0.9 * old + 0.1 * new for old, new in pairs], rel=1e-5)
    assert inspect_step(trained(optimizer="by-hand"), 9).memory == ()


def test_a_momentum_buffer_is_memory():
    buffer = memory(inspect_step(trained(hyper={"momentum": 0.9}), 5))["momentum_buffer"]
    assert len(buffer.before) == len(buffer.after) == 2 and buffer.before != buffer.after


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_memory_is_plain_and_short_to_show(optimizer):
    for entry in inspect_step(trained(optimizer=optimizer), 7).memory:
        assert "tensor" not in repr(entry) and all(len(text) <= 40 for text in entry.shown)


def test_what_is_not_there_yet_is_shown_as_a_dash():
    assert Memory("step", None, 1.0).shown == ("–", "1")
    assert Memory("old_dirs", ((1.0, 2.0),), (None, (1.0, 2.0), (3.0, 4.0))).shown == (
        "1 entry",
        "2 entries",
    )


def test_a_pile_of_gradients_is_seen():
    run = trained(mistake="no-zero-grad", lr=1e-3)
    report = inspect_step(run, 4)
    rows = run.history.rows(0, 5, columns=("grad_w", "grad_b"))
    assert report.pile == pytest.approx(rows[:4].sum(0).tolist(), rel=1e-4)
    assert report.applied == pytest.approx(rows.sum(0).tolist(), rel=1e-4)
    assert inspect_step(run, 0).pile == (0.0, 0.0) == inspect_step(trained(), 4).pile
    assert report.differences["gradient: autograd and applied"] > 1


def test_a_leak_is_seen():
    report = inspect_step(trained(mistake="validation-leak"), 4)
    assert report.differences["gradient: autograd and applied"] > 1


@pytest.mark.parametrize("optimizer", ["by-hand", "SGD", "Adam"])
def test_what_leaks_is_the_gradient_of_the_validation_loss(optimizer):
    run = trained(mistake="validation-leak", optimizer=optimizer)
    report = inspect_step(run, 4)
    both = torch.tensor(report.grad_autograd) + torch.tensor(report.leaked)
    assert report.applied == pytest.approx(both.tolist(), rel=1e-5)
    params = torch.tensor(report.params, requires_grad=True)
    w, b = params
    ((w * run.data.val_scaled + b - run.data.val_targets) ** 2).mean().backward()
    assert report.leaked == pytest.approx(params.grad.tolist(), rel=1e-5)


@pytest.mark.parametrize("mistake", [name for name in MISTAKES if name != "validation-leak"])
def test_nothing_else_leaks(mistake):
    optimizer = MISTAKES[mistake].needs.get("optimizer", "SGD")
    assert inspect_step(trained(epochs=3, mistake=mistake, optimizer=optimizer), 0).leaked is None


VARIANTS = [("SGD", {"momentum": 0.9}), ("Adam", {"amsgrad": True})]
VARIANTS += [("RMSprop", {"centered": True, "momentum": 0.5})]


@pytest.mark.parametrize("optimizer, hyper", [*((name, {}) for name in OPTIMIZERS), *VARIANTS])
def test_everything_remembered_has_words(optimizer, hyper):
    for entry in inspect_step(trained(epochs=9, optimizer=optimizer, hyper=hyper), 7).memory:
        assert entry.words, entry.name


def test_a_refused_step_is_a_value():
    run = trained(optimizer="by-hand", mistake="no-no_grad")
    report = inspect_step(run, 0)
    assert run.status is Status.FAILED and report.refused == run.error
    assert report.update_optimizer == (0.0, 0.0) and report.update_by_hand != (0.0, 0.0)


def test_a_changed_rate_is_the_one_inspected():
    run = trained(epochs=20)
    run.change_rate(0.02)
    run.advance(epochs=20)
    assert [inspect_step(run, epoch).lr for epoch in (19, 20, 30, 40)] == [0.01, 0.02, 0.02, 0.02]
    assert run.lr == 0.02


@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_mistake_can_be_inspected(mistake):
    optimizer = MISTAKES[mistake].needs.get("optimizer", "SGD")
    run = trained(mistake=mistake, optimizer=optimizer, lr=1e-3)
    assert inspect_step(run, run.epoch).epoch == run.epoch


@pytest.mark.parametrize("epoch", [-1, 11])
def test_an_epoch_that_is_not_recorded_is_refused(epoch):
    with pytest.raises(ValueError, match="0 to 10"):
        inspect_step(trained(epochs=10), epoch)


@pytest.mark.parametrize("gradient, loss", list(product(GRADIENTS, LOSSES)))
def test_the_graph_leads_from_the_loss_to_the_parameters(gradient, loss):
    run = trained(gradient=gradient, loss=loss)
    text, nodes = graph(run, 5), graph_nodes(run, 5)
    assert text.startswith("digraph") and text.count("params [w, b]\\n") == 1 and text.endswith("}")
    assert f"{run.history.row(5)['train_loss']:.5g}"[:4] in text
    assert nodes[-1][0] == "AccumulateGrad" and {name for name, _ in nodes} <= set(WORDS)
    assert all(f'label="{name}"' in text for name, _ in nodes)


def test_every_node_is_visited_once_and_every_way_is_drawn():
    x, y = torch.tensor(2.0, requires_grad=True), torch.tensor(3.0, requires_grad=True)
    shared = x * y
    nodes = walk((shared + shared).exp())
    assert [node.name for node in nodes][:2] == ["ExpBackward0", "AddBackward0"]
    assert [len(node.feeds) for node in nodes] == [1, 2, 2, 0, 0]
    assert sum(node.leaf for node in nodes) == 2
    assert dot(nodes, 'a "loss" <b>', "leaf").count("->") == 1 + 5 + 2


def test_a_node_without_words_of_its_own_has_some():
    assert "“Exp”" in words("ExpBackward0") and words("MvBackward0") == WORDS["MvBackward0"]


def test_what_validation_costs_is_measured():
    cost = validation_cost(trained(epochs=3), passes=5, rounds=3)
    assert (cost.requires_grad_with_graph, cost.requires_grad_without) == (True, False)
    assert cost.ratio == cost.seconds_with_graph / cost.seconds_without > 0
    assert cost.low <= cost.high
    assert validation_cost(trained(epochs=3, val=0.0)) is None


@pytest.mark.parametrize(
    "seconds, noise",
    [
        ([(1.2, 1.0)] * 8, False),
        ([(0.98, 1.0)] * 8, True),  # slower without a graph: that can't be
        ([(0.5, 1.0), (2.2, 1.0)] * 4, True),
    ],
)
def test_a_cost_that_drowns_in_noise_is_known(seconds, noise):
    cost = _summed_up(seconds, True, False)
    assert cost.is_noise is noise
    assert ("noise" in cost_in_words(cost)) is noise


def test_a_noisy_measurement_goes_on_up_to_a_limit(monkeypatch):
    rounds = []
    monkeypatch.setattr(validation_cost_module, "_round", lambda *_: (0.9, rounds.append(1) or 1.0))
    cost = validation_cost(trained(epochs=3), passes=1, rounds=4, most=12)
    assert cost.is_noise and len(rounds) == 12


def test_a_step_on_many_readings_is_told_by_the_first_ones():
    run = Run(Config(data="galton", scaling="standardize", gradient="manual", optimizer="by-hand"))
    rows = by_hand(inspect_step(run, 0)).splitlines()
    assert len(rows) == 2 + LISTED + 2 and rows[-2].startswith(f"| … {len(run.split.train) - LISTED} more |")
