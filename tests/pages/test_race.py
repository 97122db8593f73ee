"""The race's page without a browser: line-ups, links, runners of one's own, the bet."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.messages import unpack
from tests.pages.test_lab import control, param
from thermofit import Config, experiments
from thermofit.charts.x_axis import AXES
from thermofit.config import race as races
from thermofit.config.lineups import LINEUPS
from thermofit.config.runner_names import names
from thermofit.config.view import Axis
from thermofit.live.protocol import Question
from thermofit.optim.registry import OPTIMIZERS
from thermofit.ui import navigation
from thermofit.ui.state import keys

APP = Path(__file__).parents[2] / "thermofit" / "ui" / "main.py"


def race(**query: str) -> AppTest:
    """The page as a link opens it."""
    at = AppTest.from_file(APP, default_timeout=60).run().switch_page(str(navigation.RACE.file))
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def header(at: AppTest) -> dict[str, Any]:
    assert not at.exception
    (stage,) = at.get("bidi_component")
    return unpack(stage.proto.bytes)[0]


def runners(at: AppTest) -> list[str]:
    return [row["name"] for row in header(at)["scene"]["board"]["rows"]]


def shown(at: AppTest) -> list[str]:
    """What is chosen in the menu of bets."""
    return list(control(at, "bet").options)


@pytest.mark.parametrize("key", LINEUPS)
def test_every_line_up_opens(key: str) -> None:
    at = race(lineup=key, epochs="40")
    assert runners(at) == names(LINEUPS[key].race(Config(epochs=40))[0].runners)
    assert shown(at)[1:] == runners(at)
    assert param(at, "lineup") == key


def test_all_optimizers_run_at_first() -> None:
    at = race()
    assert len(runners(at)) == len(OPTIMIZERS)
    scene = header(at)["scene"]
    assert set(scene["tracks"]) == {row["track"] for row in scene["board"]["rows"]}
    assert len(scene["figures"]) == 2 and not at.warning


def test_another_line_up_is_chosen_and_written() -> None:
    at = race(epochs="40")
    control(at, "lineup").set_value("scalings").run()
    assert runners(at) == ["As they are", "Times 0.1", "Standardize", "Min-max"]
    assert param(at, "lineup") == "scalings" and "runners" not in at.query_params
    control(at, "units").set_value("original").run()
    assert header(at)["scene"]["figures"][1]["layout"]["xaxis"]["title"]["text"].startswith("Slope")


def test_runners_of_ones_own_come_from_the_link() -> None:
    given = "lr_0.02~~lr_0.03~~optimizer_Adam~lr_0.5~~scaling_standardize~loss_huber"
    at = race(runners=given, epochs="40")
    assert runners(at) == ["SGD, rate 0.02", "SGD, rate 0.03", "Adam", "SGD, Standardize, Huber (delta 1)"]
    assert control(at, "lineup").value == "own" and not at.warning
    assert at.session_state[keys.WRITTEN]["runners"] == [given] and param(at, "runners") == given


def test_the_written_link_opens_the_same_race_with_the_same_ranks() -> None:
    """As in another browser: what one session has written, another one reads, and writes again."""
    given = "lr_0.02~~lr_0.1~~optimizer_Rprop~~optimizer_LBFGS~lr_1~max_iter_4"
    at = race(runners=given, epochs="900", val="0")
    control(at, "units").set_value("original").run()
    control(at, "rank by").set_value("evaluations").run()
    written = at.session_state[keys.WRITTEN]
    again = race(**{name: value for name, (value,) in written.items()})
    assert again.session_state[keys.WRITTEN] == written and not again.warning
    first, second = header(at), header(again)
    assert first["setup"] == second["setup"] and first["scene"] == second["scene"]
    assert ended(at, 900) == ended(again, 900)
    assert header(at)["results"] == header(again)["results"]
    assert sum(each["out_at"] is not None for each in header(at)["results"].values()) == 1


def test_wrong_parts_are_told_and_the_others_run() -> None:
    at = race(lineup="slowest", runners="lr_0.01~~lr_fast~~lr_0.03")
    assert len(at.warning) == 1
    (text,) = (each.value.replace("\\", "") for each in at.markdown if "slowest" in each.value)
    assert "Line-up = slowest: unknown name" in text
    assert "runner 2 does not start because of lr = fast: not a number" in text
    assert runners(at) == ["rate 0.01", "rate 0.03"]


def test_the_base_set_up_counts_for_all() -> None:
    at = race(lineup="gradients", epochs="40")
    control(at, "epochs").set_value(70.0).run()
    assert header(at)["scene"]["epochs"] == 70
    assert runners(at) == ["Manual", "Autograd"]
    control(at, "optimizer").set_value("Adam").run()
    assert runners(at) == ["Manual", "Autograd"]
    assert param(at, "lineup") == "gradients"


def test_optimizers_are_ticked() -> None:
    at = race(lineup="gradients", epochs="40")
    control(at, "who runs").set_value(["SGD", "Adam", "Rprop"]).run()
    assert runners(at) == ["SGD, Manual", "SGD", "Adam", "Rprop"]
    control(at, "who runs").set_value(["Adam", "Rprop"]).run()
    assert runners(at) == ["Adam", "Rprop"]
    assert param(at, "runners") == "optimizer_Adam~~optimizer_Rprop"


def apply(at: AppTest) -> AppTest:
    next(button for button in at.button if button.label == "Apply").click()
    return at.run()


def field(at: AppTest, kind: str, label: str) -> Any:
    expander = at.expander[0]
    return next(widget for widget in getattr(expander, kind) if widget.label == label)


def test_one_runner_gets_another_rate_and_momentum() -> None:
    at = race(runners="base~~optimizer_Adam", epochs="40")
    field(at, "text_input", "Learning rate").set_value("0,03")
    field(at, "number_input", "Momentum").set_value(0.9)
    assert runners(apply(at)) == ["SGD, momentum 0.9", "Adam"]
    assert param(at, "runners") == "lr_0.03~momentum_0.9~~optimizer_Adam"


def test_a_rate_that_is_refused_is_told() -> None:
    at = race(runners="base~~optimizer_Adam", epochs="40")
    field(at, "text_input", "Learning rate").set_value("fast")
    apply(at)
    assert "not a number" in at.error[0].value.replace("\\", "")
    assert runners(at) == ["SGD", "Adam"] and not at.exception


def test_no_two_runners_become_the_same() -> None:
    at = race(runners="lr_0.02~~lr_0.03", epochs="40")
    field(at, "text_input", "Learning rate").set_value("0.03")
    apply(at)
    assert "is the same as" in at.error[0].value.replace("\\", "")
    assert len(runners(at)) == 2


def test_good_rates_are_found_and_written_out() -> None:
    at = race(runners="base~~optimizer_Rprop", epochs="40")
    next(button for button in at.button if button.label.startswith("Find")).click().run()
    found, problems = races.read({"runners": [param(at, "runners")]}, Config(epochs=40))
    assert found and not problems
    rates = [runner.lr for runner in found.runners]
    assert rates[0] == pytest.approx(0.032, rel=0.1) and rates[1] != Config().lr


def test_a_line_up_of_own_rates_finds_them_as_soon_as_it_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    two = replace(LINEUPS["own-rates"], changes=lambda _: [{"optimizer": name} for name in ("SGD", "Rprop")])
    monkeypatch.setitem(LINEUPS, "own-rates", two)
    at = race(epochs="40", lineup="gradients")
    control(at, "lineup").set_value("own-rates").run()
    assert param(at, "lineup") == "own-rates" and not at.exception
    found, problems = races.read({"runners": [param(at, "runners")]}, Config(epochs=40))
    assert found and not problems and len({runner.lr for runner in found.runners}) > 1
    assert not [button for button in at.main.button if button.label.startswith("Find")][1:]


def ended(at: AppTest, epoch: int) -> str:
    """What the stage says once it has been played to its end, in as many slices as that takes."""
    first = header(at)
    question = Question(seq=1, run=first["run"], at=epoch, newest_row=epoch, target_epoch=epoch, seek=True)
    end = None
    while end is None:
        end = ask(at, question)["end"]
    assert end["epoch"] == epoch
    return str(end["text"])


def ask(at: AppTest, question: Question) -> dict[str, Any]:
    at.session_state[keys.question(keys.RACE_STAGE)] = question
    return header(at.run())


def test_the_bet_is_revealed_at_the_end() -> None:
    at = race(runners="base~~lr_0.03~~lr_0.09", epochs="2000")
    assert header(at)["end"] is None
    control(at, "bet").set_value("rate 0.01").run()
    said = ended(at, 2000)
    assert "rate 0.03 was " in said and "times as fast as rate 0.01" in said
    assert "You bet on rate 0.01 and lost: it came" in said
    control(at, "bet").set_value("rate 0.03").run()
    assert header(at)["end"]["text"].endswith("You bet on rate 0.03 and won.")


def places(at: AppTest) -> dict[str, int | None]:
    """The rank of each runner that has arrived, by the results that the stage has."""
    board, results = header(at)["scene"]["board"], header(at)["results"]
    reached = {row["name"]: results[row["track"]][board["ranked_by"]] for row in board["rows"]}
    known = [value for value in reached.values() if value]
    return {name: value and 1 + sum(other < value for other in known) for name, value in reached.items()}


def test_a_race_is_ranked_by_evaluations_on_request_and_so_is_its_link() -> None:
    query = {"runners": "base~~optimizer_LBFGS~lr_1", "epochs": "2000"}
    at = race(**query)
    said = ended(at, 2000)
    assert said.startswith("LBFGS was ") and "after 1 epoch," in said
    control(at, "rank by").set_value("evaluations").run()
    assert param(at, "rank_by") == "evaluations"
    board = header(at)["scene"]["board"]
    assert board["ranked_by"] == "reached_evaluations"
    base = Config(epochs=2000)
    table = experiments.race([base, base.replace(optimizer="LBFGS", lr=1.0)], "evaluations")
    assert list(places(at).values()) == list(table["rank"])
    again = race(**query, rank_by="evaluations")
    assert control(again, "rank by").value == "evaluations" and param(again, "rank_by") == "evaluations"
    assert "gradient evaluations" in ended(again, 2000)
    wrong = race(rank_by="time", epochs="40")
    assert "**Rank by**" in wrong.warning[0].value
    assert control(wrong, "rank by").value == "epochs" and "rank_by" not in wrong.session_state[keys.WRITTEN]


def test_the_lab_knows_nothing_of_the_race_and_the_race_comes_back() -> None:
    at = race(lineup="losses", epochs="40")
    at.switch_page(str(navigation.LAB.file)).run()
    assert not at.exception and not at.warning
    at.switch_page(str(navigation.RACE.file)).run()
    assert runners(at) == ["Mean squared error", "Mean absolute error", "Huber (delta 1)"]


@pytest.mark.parametrize("axis", AXES)
def test_another_axis_moves_every_runner_and_changes_no_run(axis: Axis) -> None:
    at = race(epochs="40", axis="time" if axis == "epochs" else "epochs")
    before = header(at)
    control(at, "axis").set_value(axis).run()
    after = header(at)
    losses, paths = after["scene"]["figures"]
    assert {trace["meta"]["x"] for trace in losses["data"]} == {AXES[axis].column}
    assert paths == before["scene"]["figures"][1]
    assert all(after[name] == before[name] for name in ("run", "setup"))
    drawn = [AXES[axis].column] if axis != "epochs" else []
    assert after["scene"]["columns"] == ["w", "b", "train_loss", *drawn]
    assert ("axis" in at.query_params) == (axis != "epochs")
