"""A thousand broken tables: each gives good rows and named bad ones, or is refused with a plain message."""

import random
import unicodedata

import pytest

from benchmarks.broken_files import WORDS, broken
from thermofit.data.own import dataset_of
from thermofit.data.table import DELIMITERS, read_table, rows
from thermofit.data.table.limits import MOST_REFUSED
from thermofit.errors import ConfigError

MANY, BLOCK = 1_000, 100


def told(content):
    """Every message that a person would see, and how the table ended."""
    try:
        found = rows(read_table(content))
    except ConfigError as error:
        return "refused", [problem.message for problem in error.problems]
    assert len(found.inputs) == len(found.targets) == len(found.lines)
    assert min(found.refused_count, MOST_REFUSED) == len(found.refused)
    assert list(found.lines) == sorted(set(found.lines))
    messages = [each.message for each in found.refused]
    assert all(each.reason and each.allowed for each in found.refused)
    try:
        data = dataset_of(found)
    except ConfigError as error:
        return "too few", messages + [problem.message for problem in error.problems]
    assert 2 <= len(data) == len(found) and data.t_u.isfinite().all() and data.t_c.isfinite().all()
    return "good", messages


def plain(message):
    """Whether the message is short, on one line, and of characters that can be seen."""
    unseen = [c for c in message if unicodedata.category(c).startswith("C")]
    return 0 < len(message) < 400 and not unseen and "Traceback" not in message and "Allowed: " in message


@pytest.mark.parametrize("first", range(0, MANY, BLOCK))
def test_a_broken_table_gets_a_plain_answer(first):
    for seed in range(first, first + BLOCK):
        outcome, messages = told(broken(seed))
        assert outcome == "good" or messages, seed
        assert [message for message in messages if not plain(message)] == [], seed


def spoiled(seed):
    """A table of which some cells are no numbers: its bytes, the good rows, and the lines of the others."""
    rng = random.Random(seed)
    delimiter = rng.choice(list(DELIMITERS))
    decimal = "." if delimiter == "," else rng.choice(".,")
    lines, good, bad = [delimiter.join(["t_u", "t_c"])], [], []
    for line in range(2, rng.randint(12, 40)):
        pair = [rng.uniform(-99, 99) for _ in range(2)]
        cells = [f"{value:.2f}".replace(".", decimal) for value in pair]
        if rng.random() < 0.3:
            words = [word for word in WORDS if delimiter != " " or (word and " " not in word)]
            cells[rng.randrange(2)] = rng.choice(words)
            bad.append(line)
        else:
            good.append((line, *(float(f"{value:.2f}") for value in pair)))
        lines.append(delimiter.join(cells))
    encoding = rng.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    return "\n".join(lines).encode(encoding), good, bad


def test_good_rows_are_kept_exactly_and_bad_ones_named():
    for seed in range(300):
        content, good, bad = spoiled(seed)
        found = rows(read_table(content))
        assert list(zip(found.lines, found.inputs, found.targets, strict=True)) == good, seed
        assert [each.line for each in found.refused] == bad, seed


def test_the_thousand_are_of_all_kinds_and_end_in_all_ways():
    outcomes = [told(broken(seed)) for seed in range(0, MANY, 4)]
    assert {outcome for outcome, _ in outcomes} == {"good", "too few", "refused"}
    assert sum(outcome == "good" for outcome, _ in outcomes) > 20
    reasons = {message.split(". Allowed")[0] for _, messages in outcomes for message in messages}
    assert len(reasons) > 100


def test_a_seed_always_makes_the_same_table():
    assert [broken(seed) for seed in range(100)] == [broken(seed) for seed in range(100)]
