"""Pinned runs in a link: what is written reads back, and what was not written by us is told."""

import base64
import random
import string
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.config.test_link import configs, query
from thermofit import Config
from thermofit.config.link import Link, read, write
from thermofit.config.packing import DICTIONARY, LONGEST_TEXT, MOST_BYTES, pack
from thermofit.config.pin import LONGEST_NAME, Pin, check_name
from thermofit.config.pins import MOST_PINS, MOST_SEGMENTS, read_pins, write_pins
from thermofit.config.settings import SETTINGS, settings_for
from thermofit.data.own import own_dataset
from thermofit.errors import ConfigError
from thermofit.optim.registry import OPTIMIZERS

NAMES = (
    "Adam, fast",
    "ä",
    "速い勾配降下",
    "مُعدَّل سريع",
    "نیم‌فاصله",
    "ทดสอบ",
    "🚀👩‍🔬",
    "a=b @3 ~\\ <b>",
    "x" * LONGEST_NAME,
)


@st.composite
def pins(draw):
    """Up to five different pins, some of which were changed in mid-run."""
    found = []
    for style in draw(st.lists(st.integers(0, MOST_PINS - 1), max_size=5, unique=True)):
        segments = [(0, draw(configs()))]
        for config in draw(st.lists(configs(segments[0][1].data), max_size=3)):
            first, before = segments[-1]
            if before.epochs > first:
                segments.append((draw(st.integers(first + 1, before.epochs)), config))
        first, last = segments[-1]
        if last.epochs >= first:
            name, shown = draw(st.sampled_from(NAMES)), draw(st.booleans())
            epoch = draw(st.integers(first, last.epochs))
            if all((tuple(segments), epoch) != (pin.segments, pin.epoch) for pin in found):
                found.append(Pin(name, tuple(segments), epoch, style, shown, baseline=not found))
    return tuple(found)


@given(configs(), pins())
def test_pins_read_back_beside_any_settings(base, given_pins):
    assert read_pins(write_pins(given_pins)) == (given_pins, [])
    link = Link(base, pins=given_pins)
    assert read(query(**write(link))) == (link, [])


def test_only_a_link_with_pins_has_their_key():
    assert "pins" not in write(Link())
    assert read(query(pins="")) == (Link(), [])


def realistic(seed):
    """Twenty pins, each with an optimizer, rate, scaling, loss, two hyperparameters and epochs of its own."""
    rng = random.Random(seed)
    for style in range(MOST_PINS):
        optimizer = rng.choice([each for each in OPTIMIZERS.values() if len(each.hyper) > 1])
        hyper = {each.name: _other_value(rng, each) for each in rng.sample(optimizer.hyper, 2)}
        hyper = {name: value for name, value in hyper.items() if name != "nesterov"}
        scaling = rng.choice(SETTINGS["scaling"].choices)
        largest = settings_for("thermometer", scaling)["lr"].maximum
        lr = min(largest, float(f"{10 ** rng.uniform(-4, 0):.3g}"))
        loss, epochs = rng.choice(SETTINGS["loss"].choices), rng.randint(100, 20_000)
        config = Config(
            optimizer=optimizer.name, lr=lr, scaling=scaling, loss=loss, epochs=epochs, hyper=hyper
        )
        name = "".join(rng.choices(string.ascii_letters + string.digits, k=20))
        yield Pin(name, ((0, config),), rng.randint(1, epochs), style)


def _other_value(rng, hyper):
    if hyper.kind == "bool":
        return not hyper.default
    value = rng.uniform(hyper.minimum, hyper.maximum)
    return int(value) if hyper.kind == "int" else max(hyper.minimum, float(f"{value:.3g}"))


@pytest.mark.parametrize("seed", range(20))
def test_twenty_pins_take_at_most_2000_characters(seed):
    twenty = tuple(realistic(seed))
    text = write_pins(twenty)
    assert len(text) <= 2000
    assert read_pins(text) == (twenty, [])
    assert set(text) <= {*string.ascii_letters, *string.digits, "-", "_"}  # nothing that an address escapes


def test_an_old_link_still_reads():
    """The dictionary and the format are a promise to every link that was ever sent."""
    config = Config(optimizer="Adam", lr=0.1, scaling="none", hyper={"beta1": 0.8})
    changed = config.replace(lr=0.02)
    expected = (
        Pin("Adam, fast", ((0, config), (412, changed)), 900, 3, shown=False),
        Pin("速い", ((0, Config(loss="mae", epochs=500)),), 500, 0, baseline=True),
    )
    assert write_pins(expected) == OLD
    assert read_pins(OLD) == (expected, [])


OLD = "1xElgA6nXUUhLLC7htAQKGmegmwXVheJnmB8sOB1MDI2gJhlxvWyY_7ixhRPkCYMkZC_BwhUA"


def test_pins_on_own_readings_go_with_a_link_that_has_these_readings():
    own = Config(data=own_dataset([1.0, 2.0, 4.0], [3.0, 5.0, 6.0], "Load (kg)", "Length (cm)"), lr=0.03)
    other = own.replace(data=own_dataset([1.0, 2.0], [3.0, 5.0], "a", "b"))
    mine, named = Pin("Mine", ((0, own), (9, own.replace(lr=0.01))), 50), Pin("Named", ((0, Config()),), 9, 1)
    link = Link(own.replace(epochs=70), pins=(mine, named))
    assert read(query(**write(link))) == (link, [])
    kept = replace(link, config=other)
    assert read(query(**write(kept))) == (replace(kept, pins=(named,)), [])
    assert read(query(**write(replace(link, config=Config())))) == (Link(pins=(named,)), [])


# ---- what was not written by us ----


def told(*lines):
    """What is said of lines that were packed as ours are."""
    found, problems = read_pins(pack("\n".join(lines)))
    return [pin.name for pin in found], [problem.message for problem in problems]


GOOD = "Good\t100\t0\tlr=0.02", "Better\t200\t1\toptimizer=Adam\t@50\tlr=0.1"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Fast\t9\t2\tlr=99", "lr of pin 3 (Fast) = 99: too large. Allowed: a number from 1e-06 to 10."),
        ("Fast\t9\t2\tlr=x", "lr of pin 3 (Fast) = x: not a number. Allowed: a number from 1e-06 to 10."),
        ("Fast\t9\t2\toptimizer=Adm", "optimizer of pin 3 (Fast) = Adm: unknown name (did you mean Adam?)."),
        ("Fast\t9\t2\tmomentum=2", "momentum of pin 3 (Fast) = 2: too large. Allowed: a number from 0 to 1."),
        ("Fast\t9\t2\tbeta1=.5", "beta1 of pin 3 (Fast) = .5: SGD has no such hyperparameter"),
        ("Fast\t9\t2\tnesterov=1", "nesterov of pin 3 (Fast) = 1: there is no momentum to look along."),
        ("Fast\t9\t2\tnesterov=on", "nesterov of pin 3 (Fast) = on: neither yes nor no. Allowed: 1 or 0."),
        ("Fast\t9\t2\twarmth=1", "warmth of pin 3 (Fast) = 1: SGD has no such hyperparameter."),
        ("Fast\t9\t2\tlr", "lr of pin 3 (Fast): not a number. Allowed: a number from 1e-06 to 10."),
        (
            "Fast\t9\t2\tlr=1\tlr=2",
            "settings of pin 3 (Fast): one of them is given twice. Allowed: each once.",
        ),
        ("Fast\t3001\t2", "epoch of pin 3 (Fast) = 3001: too large. Allowed: a whole number from 0 to 3000."),
        ("Fast\t9\t2\t@10", "epoch of pin 3 (Fast) = 9: too small. Allowed: a whole number from 10 to 3000."),
        ("Fast\t9\t2\t@0", "change of pin 3 (Fast) = 0: too small. Allowed: a whole number from 1 to 3000."),
        ("Fast\tsoon\t2", "epoch of pin 3 (Fast) = soon: not a number."),
        ("Fast\t9\t20", "marks of pin 3 (Fast) = 20: not readable."),
        ("Fast\t9\t1", "marks of pin 3 (Fast): another pin has the same."),
        ("Twice\t100\t2\tlr=0.02", "run of pin 3 (Twice): it is pinned twice. Allowed: each run once."),
        ("\t9\t2", "name of pin 3 (): left empty. Allowed: 1 to 24 characters."),
        (
            "x" * 25 + "\t9\t2",
            "name of pin 3 (xxxxxxxxxxxxxxxxxxxxxxxxx) = xxxxxxxxxxxxxxxxxxxxxxxxx: too long.",
        ),
        ("a\u202eb\t9\t2", "name of pin 3 (ab) = ab: it has characters that can't be seen."),
        ("Fast", "run of pin 3 (Fast): not readable."),
        ("Fast\t9\t2\t" + "\t".join(f"@{i}" for i in range(1, MOST_SEGMENTS + 1)), "changes of pin 3 (Fast)"),
    ],
)
def test_a_bad_pin_is_told_with_its_setting_and_the_good_ones_stay(line, message):
    names, messages = told(*GOOD, line)
    assert names == ["Good", "Better"]
    assert len(messages) == 1 and messages[0].startswith(message), messages


def test_all_that_is_wrong_with_a_pin_is_told():
    _, messages = told("Fast\t9\t2\tlr=99\tloss=mse2")
    assert [message.split(" =")[0] for message in messages] == ["lr of pin 1 (Fast)", "loss of pin 1 (Fast)"]


def test_the_first_twenty_of_too_many_are_used():
    names, messages = told(*(f"Pin {i}\t{i}\t{i % 20}" for i in range(23)))
    assert names == [f"Pin {i}" for i in range(20)]
    assert messages == ["pins = 23: too many, so only the first ones are used. Allowed: at most 20."]


def test_a_link_whose_settings_were_edited_keeps_its_pins():
    link = Link(Config(lr=0.02), pins=(Pin("Slow", ((0, Config(lr=0.02, loss="mae")),), 50),))
    assert read(query(**{**write(link), "lr": "0.5"})) == (replace(link, config=Config(lr=0.5)), [])


def raw(content):
    deflate = zlib.compressobj(9, wbits=-15, zdict=DICTIONARY.encode())
    return "1" + base64.urlsafe_b64encode(
        b"abc" + deflate.compress(content) + deflate.flush()
    ).decode().strip("=")


MISSING = "it can't be read: a part of it is missing or was changed"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2" + OLD[1:], "written by another version of thermofit"),
        ("x", MISSING),
        ("1", MISSING),
        ("1!", MISSING),
        ("1aaaaa", MISSING),
        ("1é", MISSING),
        ("1\x00\ud800", MISSING),
        (OLD[:-5], MISSING),
        (raw(b"x" * (MOST_BYTES + 1)), MISSING),
        (raw(b"x" * 10_000_000), "too long"),
        (raw(b"Fast\t9\t2"), MISSING),
        ("1" + "a" * LONGEST_TEXT, "too long"),
    ],
)
def test_what_was_not_packed_by_us_is_told(text, reason):
    link, (problem,) = read(query(pins=text, lr="0.02"))
    assert link == Link(Config(lr=0.02))
    assert (problem.field, problem.reason) == ("pins", reason)
    assert len(problem.value) <= 40


@given(st.text())
def test_any_text_is_read(text):
    read_pins(text)
    read_pins("1" + text)


@given(st.lists(st.text(st.sampled_from("ab\t\t@=019.-e\u202e☃")) | st.sampled_from(GOOD), max_size=30))
def test_any_lines_are_read(lines):
    found, problems = read_pins(pack("\n".join(lines)))
    assert read_pins(write_pins(found)) == (found, [])
    assert all(problem.message for problem in problems)


@given(st.binary(max_size=300))
def test_any_bytes_are_read(content):
    for text in (raw(content), "1" + base64.urlsafe_b64encode(content).decode()):
        found, problems = read_pins(text)
        assert not found and len(problems) == 1


# ---- names ----


@pytest.mark.parametrize("name", NAMES)
def test_a_name_may_be_of_any_script(name):
    assert check_name(f"  {name} ") == name


@pytest.mark.parametrize("name", ["", "   ", "x" * 25, "a\nb", "\u202eabc", "\ud800", "x" * 10_000])
def test_a_name_is_refused_with_what_is_allowed(name):
    with pytest.raises(ConfigError, match="Allowed: 1 to 24 characters"):
        check_name(name)


def test_pins_of_runs_with_batches_and_schedules_read_back_exactly():
    paced = Config(batch=4, batch_seed=3, schedule="StepLR", schedule_hyper={"gamma": 0.5}, epochs=10)
    segments = ((0, paced), (7, paced.replace(lr=0.02)), (20, paced.replace(batch=0, schedule="none")))
    pins = (Pin("one", ((0, paced),), 30), Pin("other", segments, 21, style=1))
    assert read_pins(write_pins(pins)) == (pins, [])
    beyond, problems = read_pins(write_pins((Pin("one", ((0, paced),), 31),)))
    assert beyond == () and "30" in problems[0].message
