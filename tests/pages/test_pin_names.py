"""What a pinned run is called at first, in the language of whoever pins it."""

from tests.fake_language import spoken
from thermofit import Config
from thermofit.config.pin import LONGEST_NAME
from thermofit.ui.lab.pins import _name
from thermofit.words import speaking

GERMAN = spoken({"{optimizer}, rate {lr}": "{optimizer}, Lernrate {lr}"})


def test_a_name_is_in_the_language_of_who_pins() -> None:
    assert _name(Config(), []) == "SGD, rate 0.01"
    with speaking(GERMAN):
        assert _name(Config(), []) == "SGD, Lernrate 0,01"


def test_a_long_name_keeps_all_digits_of_its_rate() -> None:
    config = Config(optimizer="SparseAdam", lr=1.23e-4)
    assert _name(config, []) == "SparseAdam, rate 1.23e-4"
    assert _name(config, ["SparseAdam, rate 1.23e-4"]) == "SparseAdam, 1.23e-4 #2"
    with speaking(GERMAN):
        name = _name(config, [])
    assert name == "SparseAdam, 1,23e-4" and len(name) <= LONGEST_NAME
