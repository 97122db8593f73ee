from thermofit.loop.learning_rate import Rates


def test_rates_hold_from_their_epoch_on():
    rates = Rates(0.1)
    rates.set(10, 0.2)
    rates.set(20, 0.3)
    assert [rates.at(epoch) for epoch in (0, 9, 10, 19, 20, 99)] == [0.1, 0.1, 0.2, 0.2, 0.3, 0.3]
    assert rates.spans(5, 25) == [(5, 0.1), (10, 0.2), (5, 0.3)]
    assert rates.spans(10, 20) == [(10, 0.2)]


def test_a_change_forgets_what_was_planned_later():
    rates = Rates(0.1)
    rates.set(20, 0.3)
    rates.set(10, 0.2)
    assert rates.at(99) == 0.2


def test_truncating_keeps_a_change_made_at_that_epoch():
    rates = Rates(0.1)
    rates.set(10, 0.2)
    rates.truncate(10)
    assert rates.at(10) == 0.2
    rates.truncate(9)
    assert rates.at(10) == 0.1
