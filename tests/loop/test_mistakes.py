"""Mistakes change the real loop exactly as described; the correct loop is not affected by them."""

from itertools import product
from pathlib import Path

import pytest
import torch

from thermofit import Config, Run, Status, train
from thermofit.config.link import Link, read, write
from thermofit.config.settings import SETTINGS
from thermofit.errors import ConfigError
from thermofit.loop.checkpoints import SPACING
from thermofit.loop.mistakes import MISTAKES
from thermofit.model.line import design_matrix, lines, model
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.training.history import COLUMNS

EPOCHS = SPACING + 40
SMALL = {"LBFGS": {"max_iter": 3, "history_size": 5}}
RUNNABLE = [
    pair
    for pair in product(MISTAKES, OPTIMIZERS)
    if pair[0] not in ("none", "no-no_grad") and not MISTAKES[pair[0]].refusal("autograd", pair[1], 0.2)
]


def everything(run):
    return run.history.rows(columns=COLUMNS)


def gradient_by_hand(params, t, t_c):
    """An independent gradient of the mean squared error, (2,)."""
    residual = params[0] * t + params[1] - t_c
    return 2 * torch.stack([(residual * t).mean(), residual.mean()])


def follow(config, step):
    """Parameters after each epoch when step(run, params, memory) makes the update."""
    run, memory = Run(config), {}
    params = torch.tensor([config.w0, config.b0])
    rows = [params]
    for _ in range(config.epochs):
        params = params - config.lr * step(run.data, params, memory)
        rows.append(params)
    return torch.stack(rows)


def piled(data, params, memory):
    memory["grad"] = memory.get("grad", 0) + gradient_by_hand(params, data.train_scaled, data.train_targets)
    return memory["grad"]


def leaked(data, params, memory):
    return gradient_by_hand(params, data.train_scaled, data.train_targets) + gradient_by_hand(
        params, data.val_scaled, data.val_targets
    )


@pytest.mark.parametrize("mistake, step", [("no-zero-grad", piled), ("validation-leak", leaked)])
@pytest.mark.parametrize("optimizer", ["by-hand", "SGD"])
def test_the_mistake_is_what_it_says(mistake, step, optimizer):
    config = Config(mistake=mistake, optimizer=optimizer, lr=1e-3, epochs=40)
    rows = train(config).rows(columns=("w", "b"))
    assert torch.allclose(rows, follow(config, step), rtol=1e-4, atol=1e-4)
    assert not torch.allclose(rows, train(config.replace(mistake="none")).rows(columns=("w", "b")), rtol=1e-2)


def test_a_leak_lowers_the_validation_loss():
    right = train(Config()).row(3000)
    leaky = train(Config(mistake="validation-leak")).row(3000)
    assert leaky["val_loss"] < right["val_loss"] and leaky["train_loss"] > right["train_loss"]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_tracking_changes_no_number(optimizer):
    config = Config(optimizer=optimizer, epochs=50, hyper=SMALL.get(optimizer, {}))
    right, tracked = Run(config), Run(config.replace(mistake="track-validation"))
    right.advance(epochs=50), tracked.advance(epochs=50)
    assert torch.equal(everything(right), everything(tracked))


@pytest.mark.parametrize("mistake, optimizer", RUNNABLE)
def test_rows_hold_what_they_are_documented_to_hold(mistake, optimizer):
    """The gradient at these parameters, whatever is in .grad."""
    run = Run(Config(mistake=mistake, optimizer=optimizer, epochs=20, hyper=SMALL.get(optimizer, {})))
    run.advance(epochs=20)
    rows, data = everything(run), run.data
    params = rows[-1, :2].clone().requires_grad_()
    LOSSES["mse"].value(model(params, design_matrix(data.train_scaled)), data.train_targets).backward()
    assert torch.allclose(rows[-1, 2:4], params.grad, rtol=1e-4, atol=1e-4)
    losses = LOSSES["mse"].value(lines(rows[:, :2], data.train_scaled), data.train_targets)
    assert torch.equal(rows[:, 4], losses)


@pytest.mark.parametrize("mistake, optimizer", RUNNABLE)
@pytest.mark.parametrize("epoch", [1, SPACING + 3])
def test_rewind_is_exact_for_mistakes_too(mistake, optimizer, epoch):
    config = Config(
        mistake=mistake, optimizer=optimizer, lr=1e-3, epochs=EPOCHS, hyper=SMALL.get(optimizer, {})
    )
    run, straight = Run(config), Run(config)
    run.advance(epochs=EPOCHS), straight.advance(epochs=EPOCHS)
    run.rewind(min(epoch, run.epoch))
    run.advance(epochs=EPOCHS)
    assert run.status is straight.status
    assert torch.equal(everything(run), everything(straight))


def test_torch_refuses_an_update_that_autograd_watches():
    run = Run(Config(mistake="no-no_grad", optimizer="by-hand"))
    assert run.advance(epochs=10) is Status.FAILED
    assert (run.epoch, run.diverged_at, len(run.history), run.ended) == (0, None, 1, True)
    params = torch.tensor([1.0, 0.0], requires_grad=True)
    with pytest.raises(RuntimeError) as torchs:
        params -= params.detach()
    assert run.error == str(torchs.value)
    run.rewind(0)
    run.change_rate(1e-4)
    assert run.advance(seconds=0.0) is Status.FAILED and run.loop.params.tolist() == [1.0, 0.0]


@pytest.mark.parametrize(
    "mistake, others, needed",
    [
        *((name, {"gradient": "manual"}, "autograd") for name in MISTAKES if name != "none"),
        ("no-no_grad", {"optimizer": "SGD"}, "by-hand"),
        ("validation-leak", {"val": 0}, "above 0"),
        ("track-validation", {"val": 0.0}, "above 0"),
    ],
)
def test_a_mistake_that_cannot_be_made_is_refused(mistake, others, needed):
    with pytest.raises(ConfigError) as raised:
        Config(**{"optimizer": "by-hand", "mistake": mistake} | others)
    (problem,) = raised.value.problems
    assert problem.field == "mistake" and problem.value == mistake and needed in problem.allowed


def test_a_change_that_makes_the_mistake_impossible_drops_it():
    config = Config(mistake="validation-leak")
    assert config.replace(lr=0.02).mistake == "validation-leak"
    assert config.replace(val=0.0).mistake == config.replace(gradient="manual").mistake == "none"
    with pytest.raises(ConfigError):
        config.replace(val=0.0, mistake="validation-leak")


def test_too_few_readings_to_hold_one_back_leave_nothing_to_leak():
    config = Config(val=0.05, epochs=20)
    right, leaky = train(config), train(config.replace(mistake="validation-leak"))
    assert torch.equal(right.rows(columns=("w", "b")), leaky.rows(columns=("w", "b")))


def test_a_link_carries_the_mistake():
    link = Link(Config(mistake="no-zero-grad"))
    assert write(link)["mistake"] == "no-zero-grad"
    assert read({key: [value] for key, value in write(link).items()}) == (link, [])
    refused, (problem,) = read({"mistake": ["no-zero-grad"], "gradient": ["manual"]})
    assert refused.config.mistake == "none" and problem.field == "mistake"


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_every_mistake_explains_itself(mistake):
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert f"| `{mistake.name}` | {mistake.label} | {mistake.help} |" in readme
    assert mistake.help.endswith(".") and (mistake.name == "none") == (not mistake.explanation)
    assert all(value in SETTINGS[name].choices for name, value in mistake.needs.items())
