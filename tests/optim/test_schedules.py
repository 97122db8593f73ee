"""Every schedule takes torch's settings, and every optimizer's momentum is found where torch finds it."""

import inspect
from itertools import product

import pytest

from thermofit import Config
from thermofit.config.caveats import caveats
from thermofit.config.link import Link, read, write
from thermofit.errors import ConfigError
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedule import knob_of
from thermofit.optim.schedules import SCHEDULES

OWN = [(schedule, hyper) for schedule in SCHEDULES.values() for hyper in schedule.hyper]
IDS = [f"{schedule.name} {hyper.name}" for schedule, hyper in OWN]
OURS = {"milestone1", "milestone2", "triangular2", "linear"}  # torch has a list, or two words


@pytest.mark.parametrize(("schedule", "hyper"), OWN, ids=IDS)
def test_a_setting_has_torchs_name_and_default_where_torch_has_one(schedule, hyper):
    parameters = inspect.signature(schedule.kind).parameters
    if hyper.name in OURS:
        assert hyper.name not in parameters
        return
    default = parameters[hyper.name].default
    assert default in (inspect.Parameter.empty, None, hyper.default)
    assert hyper.label and hyper.help.endswith(".") and hyper.check(hyper.default) == hyper.default


@pytest.mark.parametrize(("schedule", "hyper"), OWN, ids=IDS)
def test_torch_accepts_both_ends_of_every_range(schedule, hyper):
    ends = (False, True) if hyper.kind == "bool" else (hyper.minimum, hyper.maximum)
    for end in ends:
        value = int(end) if hyper.kind == "int" else end
        knob = "momentum" if schedule.cycles_momentum else ""
        assert schedule.build(0.01, {hyper.name: value}, knob, 100)


@pytest.mark.parametrize(("schedule", "hyper"), OWN, ids=IDS)
def test_a_setting_is_a_key_of_the_link(schedule, hyper):
    value = not hyper.default if hyper.kind == "bool" else hyper.maximum
    value = int(value) if hyper.kind == "int" else value
    value = hyper.minimum if value == hyper.default else value
    config = Config(schedule=schedule.name, schedule_hyper={hyper.name: value})
    written = write(Link(config))
    assert hyper.name in written and read({key: [text] for key, text in written.items()}) == (
        Link(config),
        [],
    )


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_momentum_is_found_where_torch_finds_it(name):
    stepper = OPTIMIZERS[name].build(__import__("torch").zeros(2), 0.01)
    defaults = getattr(stepper, "defaults", {})
    assert knob_of(OPTIMIZERS[name]) == next((key for key in ("momentum", "betas") if key in defaults), "")


@pytest.mark.parametrize(("name", "schedule"), list(product(OPTIMIZERS, ("CyclicLR", "OneCycleLR"))))
def test_a_momentum_is_cycled_only_where_there_is_one(name, schedule):
    wish = {"cycle_momentum": True, "max_momentum": 0.5}
    if knob_of(OPTIMIZERS[name]):
        assert dict(Config(optimizer=name, schedule=schedule, schedule_hyper=wish).schedule_hyper) == {
            "max_momentum": 0.5
        }
        return
    with pytest.raises(ConfigError) as raised:
        Config(optimizer=name, schedule=schedule, schedule_hyper=wish)
    assert raised.value.problems[0].field == "cycle_momentum"
    idle = {"cycle_momentum": False, "max_momentum": 0.5}
    assert Config(optimizer=name, schedule=schedule, schedule_hyper=idle) == Config(
        optimizer=name, schedule=schedule
    )


def test_an_unknown_setting_is_refused_with_the_known_ones():
    with pytest.raises(ConfigError) as raised:
        Config(schedule="StepLR", schedule_hyper={"gama": 0.5, "step_size": 0})
    assert [problem.field for problem in raised.value.problems] == ["gama", "step_size"]
    (problem,) = read({"schedule": ["ExponentialLR"], "step_size": ["5"]})[1]
    assert problem.message == (
        "step_size = 5: the schedule ExponentialLR has no such setting. Allowed: one of gamma."
    )


def test_another_schedule_begins_with_its_own_defaults():
    config = Config(schedule="StepLR", schedule_hyper={"gamma": 0.5})
    assert dict(config.replace(schedule="ExponentialLR").schedule_hyper) == {}
    assert config.replace(lr=0.1).schedule_hyper == config.schedule_hyper


def test_too_many_updates_name_batch_and_epochs():
    with pytest.raises(ConfigError) as raised:
        Config(batch=1, epochs=200_000)
    (problem,) = raised.value.problems
    assert problem.field == "epochs" and "batch = 1" in problem.reason and "111111" in problem.allowed


def test_what_does_not_fit_together_is_told():
    assert not set(caveats(Config(optimizer="LBFGS"))) & {OPTIMIZERS["LBFGS"].on_batches}
    assert OPTIMIZERS["LBFGS"].on_batches in caveats(Config(optimizer="LBFGS", batch=4))
    assert OPTIMIZERS["Rprop"].after_start in caveats(Config(optimizer="Rprop", schedule="StepLR"))
