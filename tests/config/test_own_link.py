"""Readings of one's own in a link, beside the settings."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.config.test_link import configs, query
from thermofit import Config
from thermofit.config.link import Link, read, write
from thermofit.config.readings_text import pack_readings
from thermofit.data.own import own_dataset

OWN = own_dataset([0.5, 1.0, 2.0], [20.1, 20.9, 22.4], "load (kg)", "length (cm)")
LARGE = own_dataset(range(600), range(600), "x", "y")


def random_own(rows: int):
    """Readings with so many digits that a link has to round them."""
    generator = torch.Generator().manual_seed(1)
    columns = torch.randn(2, rows, generator=generator, dtype=torch.float64).tolist()
    return own_dataset(*columns, "x", "y")


@given(configs(), st.lists(st.tuples(*[st.floats(-1e3, 1e3, width=32)] * 2), min_size=2, max_size=20))
def test_a_link_with_readings_reads_back(config, pairs):
    own = own_dataset(*zip(*pairs, strict=True), "load (kg)", "length (cm)")
    link = Link(Config(data=own, scaling=config.scaling, optimizer=config.optimizer, hyper=config.hyper))
    assert read(query(**write(link))) == (link, [])


def test_only_own_readings_are_written():
    assert "readings" not in write(Link()) and write(Link(Config(data=OWN)))["data"] == "own"
    assert "readings" not in write(Link(Config(data=LARGE)))


def test_the_data_key_may_be_left_out():
    link, problems = read({"readings": [pack_readings(OWN).text]})
    assert link.config.data == OWN and problems == []


def told(known=None, **keys):
    link, problems = read(query(**keys), known)
    return link.config.data, [(each.field, each.reason) for each in problems]


def test_a_link_without_its_readings_says_so_and_keeps_the_usual_ones():
    assert told(data="own") == ("thermometer", [("data", "the link does not hold the readings")])


def test_readings_beside_another_data_set_are_not_used():
    text = pack_readings(OWN).text
    data, problems = told(data="hubble", readings=text)
    assert (data, problems) == ("hubble", [("readings", "not used, since the link names another data set")])


@pytest.mark.parametrize("keys", [{"data": "own"}, {}])
@pytest.mark.parametrize("text", ["", "x", "1abc", "1" + "a" * 5_000, "9x"])
def test_broken_readings_are_told_once(keys, text):
    data, problems = told(readings=text, **keys)
    assert data == "thermometer" and [field for field, _ in problems] == ["readings"]


def test_the_other_settings_are_read_beside_broken_readings():
    link, problems = read(query(data="own", readings="x", lr="0.02", scaling="standardize"))
    assert (link.config.lr, link.config.scaling) == (0.02, "standardize")
    assert len(problems) == 1


def test_readings_given_twice_are_not_used():
    text = pack_readings(OWN).text
    link, problems = read({"readings": [text, text], "data": ["own"]})
    assert link.config.data == "thermometer" and [each.field for each in problems] == ["readings"]


def test_readings_that_are_known_need_not_be_in_the_link():
    assert told(LARGE, data="own") == (LARGE, [])
    assert told(LARGE, data="hubble") == ("hubble", [])
    assert told(LARGE) == ("thermometer", [])


def test_known_readings_are_not_rounded_by_their_own_link():
    exact = random_own(500)
    packed = pack_readings(exact)
    assert packed.rounded_to
    assert told(None, data="own", readings=packed.text)[0] != exact
    assert told(exact, data="own", readings=packed.text)[0] == exact
    assert told(OWN, data="own", readings=packed.text)[0] not in (exact, OWN)


def test_the_usual_rate_follows_the_readings():
    heavy = own_dataset([5e4, 6e4, 7e4], [1.0, 2.0, 3.0], "x", "y")
    link, problems = read(query(data="own", readings=pack_readings(heavy).text))
    assert problems == [] and link.config.lr < 0.01
