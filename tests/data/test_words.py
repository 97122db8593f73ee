"""A set that comes with thermofit is told in the reader's language; somebody's own words stay as they are."""

from gettext import NullTranslations

import pytest

from thermofit.data.dataset import labelled
from thermofit.data.edit import Edit, edited
from thermofit.data.own import own_dataset
from thermofit.data.registry import DATASETS, THERMOMETER
from thermofit.data.table import read_table, rows
from thermofit.data.written import write_csv
from thermofit.errors import ConfigError
from thermofit.words import Language, speaking

WEIGHT = DATASETS["mtcars"]


class Capitals(NullTranslations):
    """Translates every text into capitals, except for its places, and takes 1 for the only singular."""

    def gettext(self, message):
        return "".join(part if part.startswith("{") else part.upper() for part in _parts(message))

    def ngettext(self, one, many, n):
        return self.gettext(one if n == 1 else many)


def _parts(message):
    return message.replace("{", "\0{").replace("}", "}\0").split("\0")


@pytest.fixture
def loud():
    with speaking(Language("xx", Capitals(), ",")) as language:
        yield language


def own(label="Weight (1000 lb)"):
    return own_dataset([1.0, 2.0], [3.0, 4.0], label, "Miles per gallon (mpg)")


def test_the_axes_of_the_gallery_are_translated(loud):
    assert WEIGHT.input_label == "WEIGHT (1000 LB)"
    assert THERMOMETER.input_label == "READING T_U (UNKNOWN UNIT)"


def test_the_same_words_of_somebody_are_not(loud):
    mine = own()
    assert (mine.input_name, mine.input_unit) == (WEIGHT.input_name, WEIGHT.input_unit)
    assert (mine.input_label, mine.target_label) == WEIGHT.header
    assert mine.shown("Thermometer") == "Thermometer"


def test_the_unit_of_a_slope_is_a_sentence_of_its_own(loud):
    assert own().slope_unit == own().short_slope_unit == "mpg PER 1000 lb"
    assert own("Reading").slope_unit == "mpg PER UNIT OF T_U"
    assert own("Reading").short_slope_unit == "mpg PER UNIT"
    assert own().scaled_slope_unit == "mpg PER SCALED UNIT"


def test_what_is_compared_sent_and_saved_is_the_same_in_every_language(loud):
    found = WEIGHT.fingerprint, WEIGHT.header, write_csv(WEIGHT)
    with speaking(Language()):
        assert found == (WEIGHT.fingerprint, WEIGHT.header, write_csv(WEIGHT))
    assert WEIGHT.header[0] == labelled("Weight", "1000 lb")


def test_a_changed_set_of_the_gallery_keeps_the_words_that_were_read(loud):
    after = edited(WEIGHT, Edit("remove"))
    assert after.label == f"{WEIGHT.shown(WEIGHT.label)}, CHANGED"
    with speaking(Language()):
        assert after.input_label == "WEIGHT (1000 LB)"


def test_refusals_are_translated(loud):
    found = rows(read_table("a;b\n1;2\n3;4\n5;x\n"))
    assert [(each.reason, each.allowed) for each in found.refused] == [
        ("NOT A NUMBER", "A NUMBER SUCH AS 12.5")
    ]
    with pytest.raises(ConfigError, match="IT IS A PICTURE, NOT A CSV FILE"):
        read_table(b"\x89PNG")
    with pytest.raises(ConfigError, match="7,5 MB"):
        read_table("1;2\n" * 1_875_000)
