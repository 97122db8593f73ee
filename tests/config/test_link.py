import itertools
import json
import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermofit import Config
from thermofit.config.config import SETTINGS
from thermofit.config.link import MOST_PROBLEMS, SPEEDS, Link, read, write
from thermofit.config.presets import PRESETS
from thermofit.config.view import VIEW, View
from thermofit.errors import ConfigError
from thermofit.loop.mistakes import MISTAKES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES


def query(**values):
    return {key: [value] for key, value in values.items()}


def fields(problems):
    return [problem.field for problem in problems]


def values_of(thing):
    """Any allowed value of a setting or hyperparameter."""
    if thing.kind == "choice":
        return st.sampled_from(thing.choices)
    if thing.kind == "bool":
        return st.booleans()
    if thing.kind == "int":
        return st.integers(int(thing.minimum), int(thing.maximum))
    return st.floats(thing.minimum, thing.maximum)


@st.composite
def configs(draw, data=None):
    settings = {name: draw(values_of(setting)) for name, setting in SETTINGS.items()}
    settings["data"] = data or settings["data"]
    settings["batch"] = draw(st.sampled_from((0, 0, 1, 4, 10_000)))
    if settings["batch"]:
        settings["epochs"] = min(settings["epochs"], 100)
    asked = (settings["gradient"], settings["optimizer"], settings["val"])
    if MISTAKES[settings["mistake"]].refusal(*asked):
        settings["mistake"] = "none"
    hypers = [hyper for hyper in OPTIMIZERS[settings["optimizer"]].hyper if draw(st.booleans())]
    hyper = {h.name: draw(values_of(h)) for h in hypers}
    paced = SCHEDULES[settings["schedule"]].hyper_for(OPTIMIZERS[settings["optimizer"]])
    pace = {h.name: draw(values_of(h)) for h in paced if draw(st.booleans())}
    try:
        return Config(**settings, hyper=hyper, schedule_hyper=pace)
    except ConfigError:  # nesterov without momentum, or too few updates for one cycle
        return Config(**settings)


VIEWS = [View(*choices) for choices in itertools.product(*VIEW.values())]


@st.composite
def links(draw):
    config = draw(configs() | st.sampled_from([preset.config for preset in PRESETS.values()]))
    preset = draw(st.none() | st.sampled_from(list(PRESETS)))
    rest = draw(st.sampled_from(SPEEDS)), draw(st.booleans()), draw(st.integers(0, config.updates))
    return Link(config, preset, *rest, draw(st.sampled_from(VIEWS)))


@given(links())
def test_every_link_reads_back_as_it_was_written(link):
    assert read(query(**write(link))) == (link, [])


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("epoch", [0, 1, 412, 3000])
@pytest.mark.parametrize("play", [False, True])
def test_every_picture_is_a_link_that_names_only_what_is_not_the_default(view, epoch, play):
    link = Link(play=play, epoch=epoch, view=view)
    written = write(link)
    assert read(query(**written)) == (link, [])
    changed = {name for name in VIEW if getattr(view, name) != VIEW[name][0]}
    assert set(written) & {*VIEW, "epoch"} == changed | ({"epoch"} if epoch else set())


def test_the_first_choice_of_a_view_is_the_default():
    assert vars(View()) == {name: choices[0] for name, choices in VIEW.items()}


@pytest.mark.parametrize(("text", "epoch"), [("0", 0), ("5e2", 500), ("600.0", 600), ("700", 700)])
def test_an_epoch_lies_within_the_run(text, epoch):
    assert read(query(epochs="700", epoch=text)) == (Link(Config(epochs=700), epoch=epoch), [])


def test_an_epoch_beyond_the_run_is_told_with_what_is_allowed():
    link, (problem,) = read(query(epochs="700", epoch="701"))
    assert link == Link(Config(epochs=700))
    assert problem.message == "epoch = 701: too large. Allowed: a whole number from 0 to 700."


def test_a_wrong_part_of_the_view_leaves_the_others():
    link, problems = read(query(chart="landscape", units="trainde", shape="cube"))
    assert link.view == View(chart="landscape")
    assert [problem.message for problem in problems] == [
        "units = trainde: unknown name (did you mean trained?). Allowed: one of trained, original.",
        "shape = cube: unknown name. Allowed: one of contours, surface.",
    ]


def test_the_empty_link_is_the_default():
    assert read({}) == (Link(), [])


def test_a_written_link_names_every_setting_in_its_shortest_form():
    written = write(Link(Config(lr=1e-6, hyper={"momentum": 0.9, "nesterov": True}), speed="max", play=True))
    assert {name for name, setting in SETTINGS.items() if not setting.quiet} <= set(written)
    assert not {name for name, setting in SETTINGS.items() if setting.quiet} & set(written)
    assert (written["lr"], written["w0"], written["val"], written["epochs"]) == ("1e-06", "1", "0.2", "3000")
    assert (written["momentum"], written["nesterov"], written["play"]) == ("0.9", "1", "1")
    assert "dampening" not in written and "preset" not in written and "play" not in write(Link())


@pytest.mark.parametrize("key", PRESETS)
def test_a_preset_is_its_config(key):
    link, problems = read(query(preset=key))
    assert (link.config, link.preset, problems) == (PRESETS[key].config, key, [])


def test_a_preset_is_the_base_that_other_keys_change():
    link, problems = read(query(preset="raw-explodes", lr="0.0001"))
    assert link.config == PRESETS["raw-inputs"].config and link.preset is None and not problems


def test_hyperparameters_of_a_preset_follow_the_optimizer():
    link, _ = read(query(preset="momentum", optimizer="Adam"))
    assert (link.config.optimizer, dict(link.config.hyper)) == ("Adam", {})


@pytest.mark.parametrize(
    "key, text, value",
    [
        ("epochs", "5e3", 5000),
        ("epochs", "5000.0", 5000),
        ("lr", "1E-3", 1e-3),
        ("lr", "+.5", 0.5),
        ("b0", "-3.", -3.0),
    ],
)
def test_numbers_may_be_written_as_people_write_them(key, text, value):
    link, problems = read(query(**{key: text}))
    assert getattr(link.config, key) == value and not problems


@pytest.mark.parametrize(
    "key, text, reason",
    [
        ("lr", "fast", "not a number"),
        ("lr", "", "not a number"),
        ("lr", "nan", "not a number"),
        ("lr", "inf", "not a number"),
        ("lr", "1e999", "not a finite number"),
        ("lr", "1_0", "not a number"),
        ("lr", "0x1", "not a number"),
        ("lr", "٣", "not a number"),
        ("lr", "9" * 10_000, "not a number"),
        ("lr", "11", "too large"),
        ("epochs", "0", "too small"),
        ("epochs", "1.5", "not a whole number"),
        ("val", "0.6", "too large"),
        ("gradient", "Manual", "unknown name (did you mean manual?)"),
        ("optimizer", "adam", "unknown name (did you mean Adam?)"),
        ("scaling", "<script>", "unknown name"),
        ("preset", "raw", "unknown name"),
        ("speed", "50", "unknown name"),
        ("play", "yes", "neither yes nor no"),
        ("epoch", "3001", "too large"),
        ("epoch", "-1", "too small"),
        ("epoch", "1.5", "not a whole number"),
        ("epoch", "now", "not a number"),
        ("epoch", "", "not a number"),
        ("chart", "los", "unknown name (did you mean loss?)"),
        ("chart", "", "unknown name"),
        ("units", "Original", "unknown name (did you mean original?)"),
        ("shape", "3-D", "unknown name"),
        ("axis", "epoch", "unknown name (did you mean epochs?)"),
        ("axis", "seconds", "unknown name"),
        ("momentum", "2", "too large"),
        ("nesterov", "on", "neither yes nor no"),
        ("nesterov", "1", "there is no momentum to look along"),
        ("beta1", "0.5", "the optimizer SGD has no such hyperparameter"),
        ("learning_rate", "1", "unknown key"),
    ],
)
def test_a_wrong_part_is_told_and_the_sane_ones_apply(key, text, reason):
    link, (problem,) = read(query(**{key: text, "w0": "7"}))
    assert link == Link(Config(w0=7.0))
    assert problem.field == key and problem.reason.startswith(reason) and problem.allowed
    assert problem.value == text if len(text) <= 40 else len(problem.value) == 40


def test_the_message_is_plain():
    assert read(query(lr="99"))[1][0].message == "lr = 99: too large. Allowed: a number from 1e-06 to 10."


def test_repeated_keys_are_not_applied():
    link, (problem,) = read({"lr": ["0.1", "0.2"], "epochs": ["10"]})
    assert (link.config.lr, link.config.epochs) == (0.01, 10)
    assert (problem.field, problem.value) == ("lr", "0.1, 0.2") and "2 times" in problem.reason


@pytest.mark.parametrize("empty", [[], ()])
def test_a_key_without_value_is_told(empty):
    assert fields(read({"lr": empty, "nonsense": empty})[1]) == ["lr", "nonsense"]


def test_nesterov_may_come_before_its_momentum():
    link, problems = read(query(nesterov="1", momentum="0.9"))
    assert dict(link.config.hyper) == {"momentum": 0.9, "nesterov": True} and not problems


def test_control_characters_are_not_repeated():
    problem = read({"l\nr\u202e": ["\x00a\u202eb\x1b[31m" + "c" * 500]})[1][0]
    assert problem.field == "lr" and problem.value.startswith("ab[31mccc") and len(problem.value) == 40


def test_a_thousand_wrong_keys_are_summed_up():
    problems = read({f"key{i}": ["x"] for i in range(1000)})[1]
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1].message == f"and {1000 - MOST_PROBLEMS} more: not applied."


def hostile(rng):
    keys = [*SETTINGS, "preset", "speed", "play", "momentum", "nesterov", "beta1", "hyper", "", "__class__"]
    keys += ["epoch", *VIEW]
    texts = [
        "",
        "1",
        "0",
        "-1",
        "1e400",
        "nan",
        "9" * 300,
        "Adam",
        "<b>",
        "';--",
        "%00",
        "\ud800",
        "💥" * 50,
        "null",
        "[]",
        "0.1 ",
    ]
    noise = ("".join(rng.choices(string.printable, k=rng.randrange(30))) for _ in range(3))
    pool = [*texts, *noise]
    return {
        rng.choice([*keys, *noise]): rng.choices(pool, k=rng.choice([0, 1, 1, 1, 2, 50]))
        for _ in range(rng.randrange(1, 25))
    }


@pytest.mark.parametrize("seed", range(500))
def test_hostile_links_never_raise(seed):
    given_query = hostile(random.Random(seed))
    link, problems = read(given_query)
    assert read(query(**write(link))) == (link, [])
    assert all(problem.message and len(problem.value) <= 40 for problem in problems)
    json.dumps([problem.message for problem in problems]).encode()
    applied = {key for key, values in given_query.items() if len(values) == 1 and key not in fields(problems)}
    assert len(problems) > MOST_PROBLEMS or applied <= {
        *write(link),
        "preset",
        "play",
        "epoch",
        *(name for name, setting in SETTINGS.items() if setting.quiet),  # without effect, it is not written
        *(h.name for h in OPTIMIZERS[link.config.optimizer].hyper),
    }


@given(st.dictionaries(st.text(), st.text() | st.lists(st.text())))
def test_any_text_makes_a_link(anything):
    read(anything)
