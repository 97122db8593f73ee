"""Own readings in the Lab: taken over from the dialog, in the link, and chosen again later."""

import torch
from streamlit.testing.v1 import AppTest

from tests.pages.test_lab import assert_calm, control, lab, param
from thermofit import Config
from thermofit.config.readings_text import pack_readings
from thermofit.data.own import own_dataset
from thermofit.ui.controls.own_readings import with_readings
from thermofit.ui.state import keys

OWN = own_dataset([0.5, 1.0, 2.0, 3.0], [20.1, 20.9, 22.4, 24.0], "load (kg)", "length (cm)", "Rods")
TEXT = pack_readings(OWN).text


def test_a_link_opens_own_readings() -> None:
    at = lab(data="own", readings=TEXT, val="0")
    assert_calm(at)
    assert at.session_state["live runs"]["lab"].config.data == OWN
    assert (param(at, "data"), param(at, "readings")) == ("own", TEXT)
    assert control(at, "data").options[-1] == "Your own: Rods"


def test_own_readings_can_be_left_and_chosen_again() -> None:
    at = lab(data="own", readings=TEXT)
    control(at, "data").set_value("hubble").run()
    assert_calm(at)
    assert param(at, "data") == "hubble" and "readings" not in at.query_params
    control(at, "data").set_value(OWN).run()
    assert_calm(at)
    assert at.session_state["live runs"]["lab"].config.data == OWN and param(at, "readings") == TEXT


def captions(text: str) -> list[str]:
    return [found.value for found in lab(data="own", readings=text).sidebar.caption]


def test_readings_that_a_link_rounded_are_said_to_be_rounded() -> None:
    columns = torch.randn(2, 500, generator=torch.Generator().manual_seed(1)).tolist()
    packed = pack_readings(own_dataset(*columns, "x", "y"))
    said = f"had to round them to {packed.rounded_to} digits"
    assert packed.rounded_to and any(said in caption for caption in captions(packed.text))
    assert not any("round them" in caption for caption in captions(TEXT))


def test_readings_that_no_link_holds_are_offered_as_a_file() -> None:
    def offered(at: AppTest) -> list[str]:
        return [each.proto.label for each in at.get("download_button") if "readings" in each.proto.label]

    at = lab(data="own", readings=TEXT)
    assert offered(at) == []
    many = own_dataset(range(501), range(501), "x", "y")
    at.session_state[keys.OWN_READINGS] = many
    at.run()
    control(at, "data").set_value("hubble").run()
    control(at, "data").set_value(many).run()
    assert_calm(at)
    assert offered(at) == ["Save the readings as CSV"]
    assert any("does not hold these readings" in caption.value for caption in at.sidebar.caption)


def test_the_rate_follows_the_readings_if_it_was_the_usual_one() -> None:
    heavy = own_dataset([5e4, 6e4, 7e4], [1.0, 2.0, 3.0], "x", "y")
    assert with_readings(Config(), heavy).lr < 0.01
    assert with_readings(Config(lr=0.02), heavy).lr == 0.02


def test_a_start_out_of_range_goes_back_to_the_usual_one() -> None:
    tall = own_dataset([1.0, 2.0, 3.0], [1e5, 2e5, 3e5], "x", "y")
    start = Config(data=tall, b0=50_000.0, scaling="standardize")
    found = with_readings(start, OWN)
    assert (found.data, found.b0, found.scaling) == (OWN, 0.0, "standardize")
