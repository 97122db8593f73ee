"""The gate: one at a time, and each the more briefly the more they are."""

import threading

import pytest

from thermofit.ui import gate
from thermofit.ui.gate import Gate


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still unless the test moves it."""
    now = [100.0]
    monkeypatch.setattr(gate.time, "monotonic", lambda: now[0])
    return now


@pytest.mark.usefixtures("clock")
def test_few_get_a_whole_slice_and_a_class_shares_a_round() -> None:
    some = Gate()
    few = int(gate.ROUND / gate.SLICE)
    assert few > 1
    assert [some.share(who) for who in range(few)] == [gate.SLICE] * few
    for who in range(60):
        part = some.share(who)
    assert part == pytest.approx(gate.ROUND / 60)
    assert some.share(7) == part  # asking twice does not make two of one


def test_who_left_is_not_counted(clock: list[float]) -> None:
    some = Gate()
    for who in range(1000):
        some.share(who)
    assert some.share(0) == gate.SHORTEST
    clock[0] += gate.RECENT
    assert some.share("new") == gate.SLICE


def test_one_at_a_time() -> None:
    some, inside, most = Gate(), [], []

    def work() -> None:
        with some:
            inside.append(1)
            most.append(len(inside))
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1 and len(most) == 20
