"""Own readings in a link: what is written reads back exactly, or it is told how far it was rounded."""

import base64
import math
import random
import string
import zlib

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from thermofit.config.number_columns import Reader, pack_column
from thermofit.config.packing import MOST_BYTES, pack, pack_bytes
from thermofit.config.readings_text import (
    FEWEST_DIGITS,
    LONGEST_READINGS,
    MOST_LINKED,
    _rounded,
    _text,
    pack_readings,
    unpack_readings,
)
from thermofit.data.dataset import LARGEST_READING
from thermofit.data.own import own_dataset
from thermofit.data.registry import DATASETS
from thermofit.data.written import digits
from thermofit.errors import ConfigError

LABELS = ("weight (kg)", "length [cm]", "Our rods", "rods.csv")
NUMBERS = st.floats(-LARGEST_READING, LARGEST_READING, width=32)


def same(first, second):
    return (
        torch.equal(first.t_u, second.t_u)
        and torch.equal(first.t_c, second.t_c)
        and (first.input_label, first.target_label, first.label, first.source)
        == (second.input_label, second.target_label, second.label, second.source)
    )


@given(
    st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=60),
    st.lists(st.text(max_size=20), min_size=4, max_size=4),
)
def test_readings_read_back_exactly(pairs, labels):
    data = own_dataset(*zip(*pairs, strict=True), *labels)
    packed = pack_readings(data)
    assert (packed.rounded_to, packed.largest_change, packed.problem) == (None, (0.0, 0.0), None)
    assert same(unpack_readings(packed.text), data)
    assert set(packed.text) <= {*string.ascii_letters, *string.digits, "-", "_"}


@given(st.lists(st.decimals(-(10**6), 10**6, places=3), min_size=1, max_size=60), st.integers(-40, 0))
def test_a_column_reads_back(numbers, exponent):
    texts = [str(number.scaleb(exponent)) for number in numbers]
    reader = Reader(pack_column(texts))
    assert reader.column(len(texts)) == [float(text) for text in texts]
    assert reader.at == len(reader.content)


@pytest.mark.parametrize("name", DATASETS)
def test_every_small_set_that_comes_with_thermofit_can_be_sent_as_own_readings(name):
    if len(DATASETS[name]) <= MOST_LINKED:
        found = unpack_readings(pack_readings(DATASETS[name]).text)
        assert torch.equal(found.t_u, DATASETS[name].t_u) and torch.equal(found.t_c, DATASETS[name].t_c)


def realistic(seed, rows=MOST_LINKED):
    """Readings as a class writes them down: two to four digits each, some in order of the input."""
    rng = random.Random(seed)
    decimals, size = rng.choice([(0, 900), (1, 90), (1, 400), (2, 40)]), rng.choice([1, 10, 100])
    inputs = [round(rng.uniform(0, decimals[1]), decimals[0]) for _ in range(rows)]
    if rng.random() < 0.5:
        inputs.sort()
    targets = [round((0.5 * x - 17) * size / 100 + rng.gauss(0, size / 50), 1) for x in inputs]
    return own_dataset(inputs, targets, *LABELS)


@pytest.mark.parametrize("seed", range(20))
def test_500_readings_take_at_most_3000_characters_unrounded(seed):
    data = realistic(seed)
    packed = pack_readings(data)
    assert packed.rounded_to is None and 0 < len(packed.text) <= LONGEST_READINGS
    assert same(unpack_readings(packed.text), data)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("size", [1e-3, 1.0, 1e5])
def test_rounding_is_told_and_no_more_than_needed(seed, size):
    generator = torch.Generator().manual_seed(seed)
    t_u, t_c = (size * torch.randn(2, MOST_LINKED, generator=generator)).unbind()
    data = own_dataset(t_u.tolist(), t_c.tolist(), *LABELS)
    packed = pack_readings(data)
    kept = packed.rounded_to
    assert kept is not None and kept >= FEWEST_DIGITS and packed.problem is None
    assert len(packed.text) <= LONGEST_READINGS
    found = unpack_readings(packed.text)
    for now, before, told in zip((found.t_u, found.t_c), (t_u, t_c), packed.largest_change, strict=True):
        change = float((now.double() - before.double()).abs().max())
        assert 0 < change <= 0.501 * 10.0 ** (1 - kept + math.floor(math.log10(before.abs().max())))
        assert told == pytest.approx(change, rel=1e-2)
    finer = [_rounded(digits(column), kept + 1) for column in (t_u, t_c)]
    assert len(_text(data, *finer, kept + 1)) > LONGEST_READINGS
    assert found.rounded_to == kept
    again = unpack_readings(pack_readings(found).text)
    assert again == found  # passed on, they are still said to be rounded


def test_readings_of_very_different_size_fit():
    rng = random.Random(1)
    columns = [[10 ** rng.uniform(-37, 6) for _ in range(MOST_LINKED)] for _ in range(2)]
    packed = pack_readings(own_dataset(*columns, *LABELS))
    assert packed.rounded_to and len(packed.text) <= LONGEST_READINGS


def test_what_does_not_fit_even_rounded_is_handed_out_as_a_file():
    rng = random.Random(1)
    labels = ["".join(chr(rng.randrange(0x4E00, 0x9000)) for _ in range(60)) for _ in range(4)]
    columns = [[rng.uniform(-1, 1) for _ in range(MOST_LINKED)] for _ in range(2)]
    packed = pack_readings(own_dataset(*columns, *labels))
    assert packed.text == "" and packed.problem
    assert packed.problem.allowed == "3000 characters; hand them out as a CSV file beside the link"


@pytest.mark.parametrize("count", [MOST_LINKED + 1, 10_000])
def test_more_readings_are_handed_out_as_a_file(count):
    packed = pack_readings(realistic(1, count))
    assert packed.text == "" and packed.problem
    assert packed.problem.message == (
        f"readings = {count}: too many rows for a link. "
        "Allowed: 2 to 500 rows; hand them out as a CSV file beside the link."
    )


# ---- what was not written by us ----

GOOD = pack_readings(realistic(3, 40)).text
HEAD = b"a\tb\tc\td\n"


def raw(content):
    """Any bytes, compressed as ours are, whole and with the right check."""
    return pack_bytes(content)


def reason(text):
    with pytest.raises(ConfigError) as caught:
        unpack_readings(text)
    (problem,) = caught.value.problems
    assert problem.field == "readings" and problem.allowed and len(problem.value) <= 40
    return problem.reason


MISSING = "it can't be read: a part of it is missing or was changed"
TWO = (2).to_bytes(2, "big")


def bomb(size):
    """`size` zero bytes in as few as possible, around the limit of what `pack_bytes` would take."""
    deflate = zlib.compressobj(9, wbits=-15)
    packed = b"abc" + deflate.compress(b"\x00" * size) + deflate.flush()
    return "1" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", MISSING),
        ("1", MISSING),
        ("x", MISSING),
        ("1!", MISSING),
        ("1é\x00\ud800", MISSING),
        ("2" + GOOD[1:], "written by another version of thermofit"),
        (GOOD[:-4], MISSING),
        (GOOD + "a" * LONGEST_READINGS, "too long"),
        (bomb(MOST_BYTES + 1), MISSING),
        (bomb(1_500_000), MISSING),
        (bomb(100_000_000), "too long"),
        (pack("a\tb"), MISSING),
        (raw(b""), MISSING),
        (raw(HEAD), MISSING),
        (raw(HEAD + TWO), MISSING),
        (raw(HEAD + (501).to_bytes(2, "big") + bytes(5000)), MISSING),
        (raw(HEAD + (1).to_bytes(2, "big") + 2 * pack_column(["1"])), MISSING),
        (raw(b"a\tb\tc\n" + TWO + 2 * pack_column(["1", "2"])), MISSING),
        (raw(b"a\tb\tc\td\tx\n" + TWO + 2 * pack_column(["1", "2"])), MISSING),
        (raw(b"a\tb\tc\td\t2\n" + TWO + 2 * pack_column(["1", "2"])), MISSING),
        (raw(b"a\tb\tc\td\t5\t5\n" + TWO + 2 * pack_column(["1", "2"])), MISSING),
        (raw(b"\xff\tb\tc\td\n" + TWO + 2 * pack_column(["1", "2"])), MISSING),
        (raw(HEAD + TWO + 2 * pack_column(["1", "2"]) + b"x"), MISSING),
        (raw(HEAD + TWO + bytes([7]) + bytes(50)), MISSING),
        (raw(HEAD + TWO + bytes([0, 0, 0, 9]) + bytes(50)), MISSING),
        (raw(HEAD + TWO + bytes([0]) + b"\xff" * 50), MISSING),
        (raw(HEAD + TWO + bytes([0, 255, 127, 0, 0]) + bytes(50)), MISSING),
        (raw(b"x" * 50_000), MISSING),
        (raw(HEAD + TWO + 2 * pack_column(["1", "1000001"])), "a number is too large"),
        (raw(HEAD + TWO + 2 * pack_column(["1", "1e50"])), "a number is too large"),
    ],
)
def test_what_was_not_packed_by_us_is_told(text, told):
    assert reason(text) == told


def hostile(seed):
    """A text that was damaged, or bytes that were packed whole but mean nothing, or not what they should."""
    rng = random.Random(seed)
    kind = seed % 4
    if kind == 0:  # letters changed
        letters = list(GOOD)
        for _ in range(rng.randint(1, 4)):
            letters[rng.randrange(1, len(letters))] = rng.choice(string.ascii_letters + "-_")
        return "".join(letters)
    if kind == 1:  # cut, doubled, turned round
        at = rng.randrange(1, len(GOOD) - 1)
        return rng.choice([GOOD[:at], GOOD[at:] + GOOD[:at], GOOD[:at] + GOOD, GOOD[::-1]])
    if kind == 2:  # random bytes behind a good beginning
        return raw(HEAD + rng.choice([TWO, b"\x00\x05"]) + rng.randbytes(rng.randint(0, 200)))
    return "".join(chr(rng.choice([rng.randrange(128), rng.randrange(0x3000)])) for _ in range(40))


@pytest.mark.parametrize("block", range(6))
def test_600_hostile_texts_are_refused_or_are_readings(block):
    for seed in range(100 * block, 100 * block + 100):
        text = hostile(seed)
        try:
            found = unpack_readings(text)
        except ConfigError as error:
            assert all(problem.field == "readings" and problem.message for problem in error.problems)
        else:
            assert text == GOOD or 2 <= len(found) <= MOST_LINKED
            assert found.t_u.isfinite().all() and found.t_c.isfinite().all()


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_are_readings(content):
    for text in (raw(content), raw(HEAD + TWO + content), "1" + base64.urlsafe_b64encode(content).decode()):
        try:
            unpack_readings(text)
        except ConfigError as error:
            assert error.problems[0].field == "readings"


def test_a_link_that_tells_nothing_of_rounding_reads_as_before():
    old = unpack_readings(raw(HEAD + TWO + 2 * pack_column(["1", "2"])))
    assert old.rounded_to is None and old == own_dataset([1, 2], [1, 2], "a", "b", "c", "d")


def test_names_from_a_link_are_plain():
    found = unpack_readings(raw("<b>\ta\u202eb\tc\td\n".encode() + TWO + 2 * pack_column(["1", "2"])))
    assert (found.input_label, found.target_label) == ("‹b›", "ab")
