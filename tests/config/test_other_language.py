"""In another language, problems, labels and runners are told in that language; links stay as they are."""

from collections.abc import Iterator

import pytest

from tests.fake_language import spoken
from thermofit.config import link, race
from thermofit.config.config import Config
from thermofit.config.labels import key_label, labelled, value_label
from thermofit.config.lineups import LINEUPS
from thermofit.config.runner_names import names
from thermofit.config.settings import SETTINGS, settings_for
from thermofit.errors import ConfigError, Problem
from thermofit.words import Language, speaking

GERMAN = {
    "Learning rate": "Lernrate",
    "Readings": "Messwerte",
    "Optimizer": "Verfahren",
    "Gradient": "Gradient",
    "Input scaling": "Skalierung",
    "Manual": "Von Hand",
    "Autograd": "Automatisch",
    "Times 0.1": "Mal 0,1",
    "Momentum": "Schwung",
    "not a number": "keine Zahl",
    "too large": "zu groß",
    "unknown name": "unbekannter Name",
    "unknown key": "unbekannter Schlüssel",
    "{reason} (did you mean {name}?)": "{reason} (ist {name} gemeint?)",
    "{field} = {value}: {reason}.": "{field} = {value}: {reason}.",
    "{field}: {reason}.": "{field}: {reason}.",
    "Allowed: {allowed}.": "Erlaubt: {allowed}.",
    "one of {names}": "eines von {names}",
    "“{label}”": "„{label}“",
    "a number from {low} to {high}": "eine Zahl von {low} bis {high}",
    "runner {place} does not start because of {field} = {value}: {reason}": (
        "Läufer {place} startet nicht wegen {field} = {value}: {reason}"
    ),
    "rate {rate}": "Rate {rate}",
    "on": "an",
}


@pytest.fixture
def german() -> Iterator[Language]:
    language = spoken(GERMAN, "de")
    with speaking(language):
        yield language


def problem_of(**query: str) -> Problem:
    (problem,) = link.read(query)[1]
    return labelled(problem)


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"lr": "fast"}, "Lernrate = fast: keine Zahl. Erlaubt: eine Zahl von 1e-06 bis 10."),
        ({"lr": "99"}, "Lernrate = 99: zu groß. Erlaubt: eine Zahl von 1e-06 bis 10."),
        ({"optimiser": "SGD"}, "optimiser = SGD: unbekannter Schlüssel (ist Verfahren gemeint?)."),
        (
            {"gradient": "manuell"},
            "Gradient = manuell: unbekannter Name (ist Von Hand gemeint?). "
            "Erlaubt: eines von „Von Hand“, „Automatisch“.",
        ),
    ],
)
def test_a_problem_names_label_reason_and_allowed_values(query: dict[str, str], told: str) -> None:
    assert problem_of(**query).message == told


def test_a_problem_is_told_in_the_language_of_whoever_reads_it(german: Language) -> None:
    with pytest.raises(ConfigError) as raised:
        Config(lr=99.0)
    assert str(raised.value) == "lr = 99.0: zu groß. Erlaubt: eine Zahl von 1e-06 bis 10."
    with speaking(Language()):
        assert str(raised.value) == "lr = 99.0: too large. Allowed: a number from 1e-06 to 10."


@pytest.mark.usefixtures("german")
def test_a_problem_within_a_problem_is_told_in_the_same_language() -> None:
    problem = labelled(race.read({"runners": ["lr_99~~base"]}, Config())[1][0])
    assert problem.message == (
        "Runners: Läufer 1 startet nicht wegen lr = 99.0: zu groß. Erlaubt: eine Zahl von 1e-06 bis 10."
    )


@pytest.mark.usefixtures("german")
def test_labels_and_runners_are_translated() -> None:
    assert (key_label("lr"), value_label("gradient", "manual")) == ("Lernrate", "Von Hand")
    assert value_label("nesterov", value=True) == "an"
    assert names([Config(lr=0.1), Config(lr=0.01)]) == ["Rate 0,1", "Rate 0,01"]
    fast = race.runner(Config(), hyper={"momentum": 0.9})
    assert names([Config(), fast]) == ["SGD", "SGD, Schwung 0,9"]


@pytest.mark.usefixtures("german")
def test_links_and_tables_stay_as_they_are() -> None:
    config = Config(lr=0.25, scaling="none", gradient="manual", hyper={"momentum": 0.9})
    written = link.write(link.Link(config))
    runners = race.write(LINEUPS["gradients"].race(config)[0])
    with speaking(Language()):
        assert written == link.write(link.Link(config)) and link.read(written)[0].config == config
        assert runners == race.write(LINEUPS["gradients"].race(config)[0])
    assert SETTINGS["lr"].label == settings_for("thermometer", "tenth")["lr"].label == "Learning rate"
