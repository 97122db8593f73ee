import copy
import pickle

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from thermofit import Config
from thermofit.config.config import SETTINGS
from thermofit.data.dataset import Dataset
from thermofit.data.registry import DATASETS
from thermofit.errors import ConfigError
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES

NUMBERS = [name for name, setting in SETTINGS.items() if setting.kind in ("int", "float")]
CHOICES = [name for name, setting in SETTINGS.items() if setting.kind == "choice"]
BOTH = pytest.mark.parametrize("name", NUMBERS)


def problems(**settings):
    with pytest.raises(ConfigError) as raised:
        Config(**settings)
    return raised.value.problems


def test_settings_and_fields_are_the_same():
    assert set(Config.model_fields) == {*SETTINGS, "hyper", "schedule_hyper"}
    assert all(getattr(Config(), name) == setting.default for name, setting in SETTINGS.items())


def test_defaults_are_the_books_validated_run():
    config = Config()
    assert (config.gradient, config.optimizer, config.lr, config.scaling) == (
        "autograd",
        "SGD",
        0.01,
        "tenth",
    )
    assert (config.val, config.split_seed, config.epochs, config.w0, config.b0) == (0.2, 58, 3000, 1.0, 0.0)
    assert (config.loss, config.tolerance, dict(config.hyper)) == ("mse", 0.0, {})


@BOTH
def test_the_ends_of_a_range_are_allowed_and_what_lies_beyond_is_not(name):
    setting = SETTINGS[name]
    kind, step = (int, 1) if setting.kind == "int" else (float, 1e-9)
    for end, beyond in ((setting.minimum, -step), (setting.maximum, step)):
        base = {"batch": 4} if name == "batch_seed" else {}  # without batches it would have no effect
        kept = min(end, 9) if name == "batch" else end  # there are nine rows to train on
        assert getattr(Config(**{**base, name: kind(end)}), name) == kept
        (problem,) = problems(**{name: kind(end) + beyond * max(1, abs(kind(end)))})
        assert problem.field == name and problem.reason in ("too small", "too large")
        assert problem.allowed == setting.allowed


@BOTH
@pytest.mark.parametrize("value", ["0.1", True, None, [1], 1j, float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_refused(name, value):
    (problem,) = problems(**{name: value})
    assert problem.field == name and problem.reason and len(problem.value) <= 40


def test_an_integer_too_long_to_write_out_is_refused():
    assert problems(epochs=10**5000)[0].value == "a huge int"


@pytest.mark.parametrize("name", [name for name in NUMBERS if SETTINGS[name].kind == "int"])
def test_fractions_are_no_whole_numbers(name):
    assert problems(**{name: 1.5})[0].reason == "not a whole number"
    assert type(getattr(Config(**{"batch": 4, name: 7.0}), name)) is int


def test_numpys_numbers_are_numbers():
    config = Config(lr=np.float32(0.5), epochs=np.int64(7), w0=3)
    assert (config.lr, config.epochs, config.w0) == (0.5, 7, 3.0)
    assert (type(config.lr), type(config.epochs), type(config.w0)) == (float, int, float)


@pytest.mark.parametrize("name", CHOICES)
@pytest.mark.parametrize("value", ["", "nonsense", 3, None, True, ["mse"]])
def test_unknown_names_are_refused_with_the_known_ones(name, value):
    (problem,) = problems(**{name: value})
    assert problem.field == name and all(choice in problem.allowed for choice in SETTINGS[name].choices)


def test_the_closest_name_is_suggested():
    assert "did you mean Adam?" in problems(optimizer="adm")[0].reason
    assert "did you mean optimizer?" in problems(optimiser="Adam")[0].reason


def test_all_problems_are_told_at_once_in_plain_words():
    found = problems(lr="fast", epochs=0, colour="red", hyper={"momentum": 9})
    assert {problem.field for problem in found} == {"lr", "epochs", "colour", "momentum"}
    assert found[0].message == "lr = fast: not a number. Allowed: a number from 1e-06 to 10."


@pytest.mark.parametrize("hyper", [3, "momentum", [("momentum", 0.9)]])
def test_hyper_must_be_a_mapping(hyper):
    assert problems(hyper=hyper)[0].field == "hyper"


def test_hyperparameters_at_their_default_are_left_out():
    assert Config(hyper={"momentum": 0.0}) == Config()
    assert dict(Config(hyper={"momentum": 0.9, "dampening": 0}).hyper) == {"momentum": 0.9}


def test_a_config_cannot_change():
    config = Config(hyper={"momentum": 0.9})
    with pytest.raises(ValueError):
        config.lr = 1.0
    with pytest.raises(TypeError):
        config.hyper["momentum"] = 0.1


def test_equal_configs_are_one_key():
    a, b = (
        Config(hyper={"momentum": 0.9, "weight_decay": 0.1}),
        Config(hyper={"weight_decay": 0.1, "momentum": 0.9}),
    )
    assert a == b and hash(a) == hash(b) and len({a, b, Config()}) == 2


@pytest.mark.parametrize(
    "again", [copy.deepcopy, lambda c: pickle.loads(pickle.dumps(c)), lambda c: Config(**c.model_dump())]
)
def test_a_config_survives_copying(again):
    config = Config(optimizer="Adam", lr=0.5, hyper={"beta1": 0.5})
    assert again(config) == config


def test_replace_validates():
    assert Config().replace(lr=0.5).lr == 0.5
    with pytest.raises(ConfigError):
        Config().replace(lr=50)
    with pytest.raises(ConfigError):
        Config().replace(optimizer="Adamm")


def test_replace_drops_what_a_new_optimizer_does_not_know():
    config = Config(hyper={"momentum": 0.9, "nesterov": True, "weight_decay": 0.1})
    assert dict(config.replace(optimizer="RMSprop").hyper) == {"momentum": 0.9, "weight_decay": 0.1}
    assert dict(config.replace(optimizer="by-hand").hyper) == {}
    assert config.replace(lr=0.5).hyper == config.hyper


@given(
    st.dictionaries(
        st.sampled_from([*SETTINGS, "hyper", "x"]),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    )
)
def test_any_values_make_a_config_or_a_config_error(values):
    try:
        Config(**values)
    except ConfigError as error:
        assert error.problems and str(error)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_explains_itself(name):
    setting = SETTINGS[name]
    assert setting.name == name and setting.label and setting.help.endswith(".")
    assert setting.check(setting.default) == setting.default


def test_no_hyperparameter_bears_the_name_of_a_setting():
    """Both are keys of the same link."""
    hypers = {hyper.name for entry in OPTIMIZERS.values() for hyper in entry.hyper}
    paces = {hyper.name for entry in SCHEDULES.values() for hyper in entry.hyper}
    assert not hypers & paces
    assert not (hypers | paces) & {*SETTINGS, "hyper", "schedule_hyper", "preset", "speed", "play"}


# ---- readings of one's own ---------------------------------------------------------------------------------


def own(shift=0.0, **told):
    """Three readings."""
    return Dataset("own", torch.tensor([1.0, 2.0, 4.0]) + shift, torch.tensor([3.0, 5.0, 9.0]), **told)


def test_equal_readings_make_equal_configs():
    assert Config(data=own()) == Config(data=own()) and hash(Config(data=own())) == hash(Config(data=own()))
    assert Config(data=own()) != Config(data=own(1.0)) and Config(data=own()) != Config()
    assert Config(data=own()) != Config(data=own(target_unit="m"))


def test_readings_are_kept_by_copies_and_dumps():
    config = Config(data=own(), lr=0.1)
    assert config.replace(lr=0.2).dataset == own() and Config(**config.model_dump()) == config
    assert pickle.loads(pickle.dumps(config)) == config


@pytest.mark.parametrize("name", DATASETS)
def test_a_set_that_comes_with_thermofit_is_told_by_its_name(name):
    config = Config(data=DATASETS[name])
    assert config.data == name and config.dataset is DATASETS[name]
    assert config == Config(data=name) and config.model_dump()["data"] == name


def test_other_readings_under_a_known_name_stay_what_they_are():
    data = Dataset("thermometer", torch.tensor([1.0, 2.0]), torch.tensor([3.0, 5.0]))
    assert Config(data=data).dataset is data


@pytest.mark.parametrize("name", [name for name in SETTINGS if name != "data"])
def test_readings_stand_for_no_other_setting(name):
    assert [problem.field for problem in problems(**{name: own()})] == [name]
