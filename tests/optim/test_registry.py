import inspect
from itertools import product

import pytest
import torch

from thermofit import Config, train
from thermofit.errors import ConfigError
from thermofit.model.gradients import GRADIENTS
from thermofit.optim.registry import OPTIMIZERS, UNUSABLE, ByHand, set_rate, unwrapped_step

TORCHS = [name for name in OPTIMIZERS if name != "by-hand"]
LR = {"Adadelta": 1.0, "Adagrad": 1.0, "LBFGS": 1.0}


def quadratic(params):
    return (params * torch.tensor([1.0, 3.0])).square().sum()


def test_every_optimizer_of_torch_is_usable_or_explained():
    offered = {
        name
        for name, thing in vars(torch.optim).items()
        if inspect.isclass(thing)
        and issubclass(thing, torch.optim.Optimizer)
        and thing is not torch.optim.Optimizer
    }
    assert offered == (set(OPTIMIZERS) | set(UNUSABLE)) - {"by-hand"}
    assert not set(OPTIMIZERS) & set(UNUSABLE)
    assert all(UNUSABLE.values())


@pytest.mark.parametrize("name", TORCHS)
def test_the_optimizer_is_torchs_own(name):
    stepper = OPTIMIZERS[name].build(torch.zeros(2), 0.5)
    assert type(stepper) is getattr(torch.optim, name)
    assert stepper.param_groups[0]["lr"] == 0.5


@pytest.mark.parametrize("name", TORCHS)
def test_defaults_are_torchs_own(name):
    ours = OPTIMIZERS[name].build(torch.zeros(2), 0.5).defaults
    theirs = getattr(torch.optim, name)([torch.zeros(2)], lr=0.5).defaults
    assert {k: v for k, v in ours.items() if k != "foreach"} == {
        k: v for k, v in theirs.items() if k != "foreach"
    }


@pytest.mark.parametrize("name", TORCHS)
def test_every_hyperparameter_reaches_torch(name):
    entry = OPTIMIZERS[name]
    before = entry.build(torch.zeros(2), 0.5).defaults
    for hyper in entry.hyper:
        value = hyper.maximum if hyper.default != hyper.maximum else hyper.minimum
        value = True if hyper.kind == "bool" else int(value) if hyper.kind == "int" else value
        company = {"momentum": 0.9} if hyper.name == "nesterov" else {}
        after = entry.build(torch.zeros(2), 0.5, {hyper.name: value} | company).defaults
        assert after != before, hyper.name


@pytest.mark.parametrize("name", TORCHS)
@pytest.mark.parametrize("end", ["minimum", "maximum"])
def test_torch_accepts_the_whole_range(name, end):
    for hyper in OPTIMIZERS[name].hyper:
        if hyper.kind != "bool":
            kind = int if hyper.kind == "int" else float
            OPTIMIZERS[name].build(torch.zeros(2), 0.5, {hyper.name: kind(getattr(hyper, end))})


@pytest.mark.parametrize("name", [name for name in TORCHS if not OPTIMIZERS[name].closure])
def test_the_bare_step_is_the_whole_step(name):
    """Against torch's documented use: zero_grad, backward, step."""
    entry, lr = OPTIMIZERS[name], LR.get(name, 0.05)
    ours, theirs = torch.tensor([3.0, -2.0]), torch.tensor([3.0, -2.0], requires_grad=True)
    step = unwrapped_step(stepper := entry.build(ours, lr))
    peer = getattr(torch.optim, name)([theirs], lr=lr)
    for _ in range(20):
        peer.zero_grad()
        quadratic(theirs).backward()
        ours.grad = theirs.grad.clone().to_sparse() if entry.sparse else theirs.grad.clone()
        theirs.grad = theirs.grad.to_sparse() if entry.sparse else theirs.grad
        peer.step()
        with torch.no_grad():
            step()
    assert torch.equal(ours, theirs.detach())
    assert stepper.state_dict()["state"].keys() == peer.state_dict()["state"].keys()


def test_by_hand_is_the_formula():
    params = torch.tensor([1.0, 2.0])
    params.grad = torch.tensor([10.0, -4.0])
    stepper = ByHand(params, lr=0.5)
    stepper.step()
    assert params.tolist() == [-4.0, 4.0]
    set_rate(stepper, 0.25)
    stepper.step()
    assert params.tolist() == [-6.5, 5.0]


@pytest.mark.parametrize("gradient, optimizer", list(product(GRADIENTS, OPTIMIZERS)))
@pytest.mark.parametrize("scaling", ["tenth", "standardize", "min-max"])
def test_every_pair_lowers_the_loss(gradient, optimizer, scaling):
    lr = LR.get(optimizer, 0.01)
    history = train(Config(gradient=gradient, optimizer=optimizer, scaling=scaling, lr=lr, epochs=60))
    assert len(history) == 61
    assert history.row(60)["train_loss"] < history.row(0)["train_loss"]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_manual_and_autograd_train_alike(optimizer):
    manual, autograd = (
        train(Config(gradient=gradient, optimizer=optimizer, lr=LR.get(optimizer, 0.01), epochs=100)).rows()
        for gradient in ("manual", "autograd")
    )
    assert torch.allclose(manual, autograd, rtol=1e-3)


@pytest.mark.parametrize("company", [{}, {"momentum": 0.0}, {"momentum": 0.9, "dampening": 0.5}])
def test_nesterov_needs_momentum_and_no_dampening(company):
    with pytest.raises(ConfigError, match=r"nesterov.*momentum above 0, dampening 0"):
        OPTIMIZERS["SGD"].check({"nesterov": True} | company)


def test_nesterov_with_momentum_trains():
    history = train(Config(hyper={"nesterov": True, "momentum": 0.9}, epochs=200))
    assert history.row(200)["train_loss"] < 4


@pytest.mark.parametrize(
    "hyper",
    [{"rho": 0.5}, {"momentum": 2.0}, {"momentum": "0.9"}, {"nesterov": 1}, {"momentum": float("nan")}],
)
def test_wrong_hyperparameters_are_refused(hyper):
    with pytest.raises(ConfigError):
        OPTIMIZERS["SGD"].build(torch.zeros(2), 0.1, hyper)


def test_all_wrong_hyperparameters_are_told_at_once():
    with pytest.raises(ConfigError) as raised:
        OPTIMIZERS["Adam"].check({"beta1": 2, "beta3": 0.5})
    assert [problem.field for problem in raised.value.problems] == ["beta1", "beta3"]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_entry_explains_itself(name):
    entry = OPTIMIZERS[name]
    assert entry.name == name and entry.label and entry.help.endswith(".")
    assert all(h.label and h.help.endswith(".") and h.check(h.default) == h.default for h in entry.hyper)
