"""Every chapter runs, shows the numbers of its own run, and leads to the Lab with exactly its set-up."""

import ast
import math
import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import torch
from streamlit.testing.v1 import AppTest

from thermofit import Config, Run, train
from thermofit.config.config import SETTINGS
from thermofit.config.link import read
from thermofit.data.scaling import SCALINGS
from thermofit.experiments.published_figures import FIGURES
from thermofit.inspection.autograd_graph import described
from thermofit.optim.registry import OPTIMIZERS
from thermofit.theory.curvature import curvature
from thermofit.theory.least_squares import least_squares
from thermofit.ui import navigation
from thermofit.ui.inspector.step_tables import TOO_LARGE, number, pair
from thermofit.ui.lesson import shown_code
from thermofit.ui.lesson.chapters import CHAPTERS, optimizers

ROOT = Path(__file__).parents[2]
WRONG = re.compile(r"\b(nan|inf|tensor\()|[=:] None")  # but a scaling is called None


def open_chapter(key: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "thermofit" / "ui" / "main.py"), default_timeout=60).run()
    app.switch_page(str(navigation.LESSON.file))
    app.query_params["chapter"] = key
    return app.run()


def words(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


@pytest.mark.parametrize("key", CHAPTERS)
def test_chapter(key: str) -> None:
    app, chapter = open_chapter(key), CHAPTERS[key]
    assert not app.exception
    assert not app.error
    text, run = words(app), Run(chapter.config)
    for part in (chapter.text(run), chapter.question(run), chapter.answer(run)):
        assert part in text
        assert not WRONG.search(part)
    assert app.latex[0].value.strip("$\n ") == chapter.formula(chapter.config)
    assert app.code[0].value == chapter.code(chapter.config)
    assert len(app.get("bidi_component")) == 1


@pytest.mark.parametrize("key", CHAPTERS)
def test_code_can_be_read_by_python(key: str) -> None:
    assert ast.parse(CHAPTERS[key].code(CHAPTERS[key].config)).body


@pytest.mark.parametrize("key", CHAPTERS)
def test_the_lab_opens_with_the_set_up(key: str) -> None:
    (link,) = open_chapter(key).get("page_link")
    read_back, problems = read(parse_qs(link.proto.query_string))
    assert read_back.config == CHAPTERS[key].config
    assert problems == []


@pytest.mark.parametrize("key", CHAPTERS)
def test_words_follow_every_choice(key: str) -> None:
    """Whatever a control says, nothing fails or shows nan, inf or None."""
    chapter = CHAPTERS[key]
    for control in chapter.controls:
        setting = SETTINGS[control.name]
        ends = (control.low, control.high) if setting.kind != "choice" else ()
        for value in control.options or setting.choices or ends:
            run = Run(chapter.config.replace(**{control.name: value}))
            said = [chapter.text(run), chapter.question(run), chapter.answer(run), chapter.code(run.config)]
            assert all(said)
            assert not any(WRONG.search(part) for part in said[:3])


def test_controls_change_the_run_the_words_and_the_link() -> None:
    app = open_chapter("model")
    app.slider(key="model w0").set_value(0.5).run()
    assert "With $w$ = 0.5" in words(app)
    (link,) = app.get("page_link")
    assert "w0=0.5" in link.proto.query_string


def test_a_mistake_marks_the_page() -> None:
    app = open_chapter("autograd")
    app.button_group(key="autograd mistake").set_value("no-zero-grad").run()
    assert "This run contains a mistake: **Forget zero_grad**" in app.warning[0].value
    app.button_group(key="autograd gradient").set_value("manual").run()
    assert "can't be made" in app.error[0].value  # reported, and the run goes on without it
    assert not app.warning


def test_next_and_previous() -> None:
    app = open_chapter("model")
    for key in list(CHAPTERS)[1:]:
        next(button for button in app.button if button.label == "Next chapter").click().run()
        assert CHAPTERS[key].title in words(app)
        assert key in app.query_params["chapter"]
    next(button for button in app.button if button.label == "Previous chapter").click().run()
    assert list(CHAPTERS.values())[-2].title in words(app)


def test_an_unknown_chapter_is_the_first() -> None:
    assert "1. The model" in words(open_chapter("nonsense"))


def test_the_printed_figures() -> None:
    app = open_chapter("validation")
    next(button for button in app.button if button.label.startswith("Reproduce")).click().run()
    text = words(app)
    assert f"**{len(FIGURES)} of {len(FIGURES)} are the same.**" in text
    assert text.count("✓ same") == len(FIGURES)
    assert all(figure.expected.lstrip("-") in text for figure in FIGURES)


def test_the_answer_about_the_largest_rate_is_true() -> None:
    """Just below the limit it converges; just above, as the answer says, it grows."""
    config = CHAPTERS["loop"].config
    limit = curvature(Run(config).data.train_scaled).largest_rate
    start = train(config).row(0)["train_loss"]
    assert train(config.replace(lr=0.99 * limit)).row(100)["train_loss"] < start / 10
    assert train(config.replace(lr=1.1 * limit)).row(100)["train_loss"] > start


def plain(text: str) -> float:
    return float(text.replace("\u2212", "-"))


def test_the_losses_of_the_answer_are_those_of_the_rates_that_it_prints() -> None:
    config = CHAPTERS["loop"].config
    answer = CHAPTERS["loop"].answer(Run(config))
    found = re.search(r"at (\S+) the loss is (\S+); at (\S+) it has grown to (\S+)\.", answer)
    assert found
    offered = next(control.options for control in CHAPTERS["loop"].controls)
    for lr, loss in (found.group(1, 2), found.group(3, 4)):
        assert float(lr) in offered
        row = train(config.replace(lr=float(lr))).row(config.epochs)
        assert row["train_loss"] == pytest.approx(plain(loss), rel=5e-3)


def test_the_rates_to_choose_from_stand_close_around_the_limit() -> None:
    config = CHAPTERS["loop"].config
    limit = curvature(Run(config).data.train_scaled).largest_rate
    rates = [float(lr) for lr in CHAPTERS["loop"].controls[0].options]
    below, above = max(lr for lr in rates if lr < limit), min(lr for lr in rates if lr > limit)
    assert above / below < 1.05
    assert rates == sorted(set(rates))


def test_the_best_weight_can_be_set_and_has_the_loss_that_is_told() -> None:
    chapter = CHAPTERS["loss"]
    found = re.search(r"Down to (\S+) °C², at \$w\$ = (\S+)\.", chapter.answer(Run(chapter.config)))
    assert found
    control, w = chapter.controls[0], plain(found[2])
    steps = (w - control.low) / control.step
    assert steps == pytest.approx(round(steps), abs=1e-6)
    losses = [
        Run(chapter.config.replace(w0=w + step)).history.row(0)["train_loss"]
        for step in (-control.step, 0.0, control.step)
    ]
    assert losses[1] == pytest.approx(plain(found[1]), rel=1e-3)
    assert losses[1] < min(losses[0], losses[2])


def test_the_fastest_rate_is_told_from_the_largest_stable_one() -> None:
    rows = re.findall(r"^\| .* \| (\S+) \| (\S+) \|$", _answer("scaling"), re.MULTILINE)
    told = [(float(largest), float(fastest)) for largest, fastest in rows if "-:" not in largest]
    assert len(told) == len(SCALINGS)
    assert all(fastest < largest for largest, fastest in told)


def _answer(key: str) -> str:
    return CHAPTERS[key].answer(Run(CHAPTERS[key].config))


def _outcomes(text: str) -> list[tuple[str, ...]]:
    """The rows of chapter 7's table: optimizer, epoch or words, lowest loss, last loss."""
    found = re.findall(r"^\| (.+?) \| (.+?) \| (.*?) ?\| (.*?) ?\|$", text, re.MULTILINE)
    return [row for row in found if row[1] not in ("within 1 % at epoch", "--:")]


def test_optimizers_are_ranked_by_their_arrival_then_by_their_lowest_loss() -> None:
    rows = _outcomes(_answer("optimizers"))
    assert {name for name, *_ in rows} == {entry.label for entry in OPTIMIZERS.values()}
    arrived = [int(epoch) for _, epoch, *_ in rows if epoch.isdigit()]
    on_their_way = [float(lowest) for _, epoch, lowest, _ in rows if epoch == "not yet"]
    assert arrived == sorted(arrived)
    assert on_their_way == sorted(on_their_way)
    kinds = [0 if epoch.isdigit() else 1 if epoch == "not yet" else 2 for _, epoch, *_ in rows]
    assert kinds == sorted(kinds)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_what_the_table_says_of_an_optimizer_is_what_its_run_did(name: str) -> None:
    config = CHAPTERS["optimizers"].config.replace(optimizer=name, epochs=300)
    history = train(config)
    losses = history.rows(columns=("train_loss",))[:, 0].tolist()
    bound = 1.01 * least_squares(Run(config).t_u, Run(config).t_c).mse
    reached = next((epoch for epoch, loss in enumerate(losses) if loss <= bound), None)
    (row,) = (row for row in _outcomes(_answer("optimizers")) if row[0] == OPTIMIZERS[name].label)
    if not math.isfinite(losses[-1]) or len(losses) < 301:
        assert row[1:] == (f"diverged at epoch {len(losses)}", "", "")
        return
    assert plain(row[3]) == pytest.approx(losses[-1], rel=1e-3)
    if losses[-1] > 1000 * losses[0]:
        assert row[1] == "explodes"
    else:
        assert row[1] == ("not yet" if reached is None else str(reached))
        assert plain(row[2]) == pytest.approx(min(losses), rel=1e-3)


def test_what_hops_is_named_and_an_explosion_is_none_of_it() -> None:
    answer = _answer("optimizers")
    hopping = re.search(r"some of them: (.*?) \*\*hop", answer)
    assert hopping
    rows = [row for row in _outcomes(answer) if row[3] and row[1] != "explodes"]
    assert hopping[1].split(", ") == [name for name, _, low, last in rows if plain(last) > 1.1 * plain(low)]


def test_an_answer_that_takes_long_is_told_bit_by_bit() -> None:
    chapter = CHAPTERS["optimizers"]
    optimizers._outcome.cache_clear()
    run = Run(chapter.config)
    first, *_, last = chapter.answers(run)
    assert len(_outcomes(first)) == 1
    assert f"1 of {len(OPTIMIZERS)} optimizers" in first
    assert last == chapter.answer(run)
    assert list(chapter.answers(run)) == [last]  # now all is known


def test_the_pile_is_the_sum_of_the_gradients() -> None:
    history = train(CHAPTERS["autograd"].config.replace(mistake="no-zero-grad", epochs=3))
    rows = [history.row(epoch) for epoch in range(2)]
    piled = tuple(sum(row[name] for row in rows) for name in ("grad_w", "grad_b"))
    answer = CHAPTERS["autograd"].answer(Run(CHAPTERS["autograd"].config))
    found = [float(text.replace("\u2212", "-")) for text in re.findall(r"\[(.*?), (.*?)\]", answer)[0]]
    assert found == pytest.approx(piled, rel=1e-5)


@pytest.mark.parametrize("mistake", ["none", "no-zero-grad"])
def test_the_page_shows_what_the_question_about_grad_asks_for(mistake: str) -> None:
    app = open_chapter("autograd")
    app.button_group(key="autograd mistake").set_value(mistake).run()
    rows = re.findall(r"^\| (\d) \| \[(.*?)\] \| \[(.*?)\] \| \[(.*?)\] \|$", words(app), re.MULTILINE)
    assert [number for number, *_ in rows] == ["1", "2", "3"]
    history = train(CHAPTERS["autograd"].config.replace(mistake=mistake, epochs=3))
    piled = torch.zeros(2)
    for epoch, cells in enumerate(rows):
        before, gradient, after = ([plain(text) for text in cell.split(", ")] for cell in cells[1:])
        row = history.row(epoch)
        expected = torch.tensor([row["grad_w"], row["grad_b"]])
        assert before == pytest.approx(piled.tolist(), rel=1e-5)
        assert gradient == pytest.approx(expected.tolist(), rel=1e-5)
        assert after == pytest.approx((piled + expected).tolist(), rel=1e-5)
        piled = piled + expected if mistake == "no-zero-grad" else torch.zeros(2)


@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("val", [0.0, 0.2])
def test_the_graph_is_that_of_the_code_beside_it(scaling: str, val: float) -> None:
    """`model(t, *params)` with `w * t + b`, run here as it is exported."""
    config = CHAPTERS["autograd"].config.replace(scaling=scaling, val=val)
    loss, params = shown_code.first_loss(config)
    names = [name for name, _ in described(loss)]
    assert {"MulBackward0", "AddBackward0", "UnbindBackward0", "AccumulateGrad"} <= set(names)
    assert "MvBackward0" not in names
    loss.backward()
    row = Run(config).history.row(0)
    assert params.grad is not None
    assert loss.item() == pytest.approx(row["train_loss"], rel=1e-5)
    assert params.grad.tolist() == pytest.approx([row["grad_w"], row["grad_b"]], rel=1e-5, abs=1e-5)


def test_the_functions_shown_are_right() -> None:
    params = torch.tensor([2.0, 1.0], requires_grad=True)
    design, t_c = torch.tensor([[1.0, 1.0], [2.0, 1.0]]), torch.tensor([3.0, 6.0])
    assert shown_code.forward(params, design, t_c, is_train=True).requires_grad
    assert not shown_code.forward(params, design, t_c, is_train=False).requires_grad
    assert shown_code.validate(params, design, t_c).item() == 0.5  # errors 0 and -1


def test_numbers_for_people() -> None:
    assert number(1763.88477) == "1763.885"
    assert pair((-0.5, 2.0)) == "[\u22120.5, 2]"
    assert {number(float(value)) for value in ("inf", "-inf", "nan")} == {TOO_LARGE}


def test_the_default_set_up_is_the_one_of_the_last_chapter() -> None:
    assert list(CHAPTERS.values())[-1].config == Config()


def test_a_wrong_chapter_is_told_until_another_is_chosen() -> None:
    app = open_chapter("modle")
    assert "**Chapter**" in app.warning[0].value
    assert "did you mean model" in words(app).replace("\\", "")
    next(button for button in app.button if button.label == "Next chapter").click().run()
    assert not app.warning


def test_the_slider_of_rates_writes_them_as_the_words_do() -> None:
    (slider,) = open_chapter("loop").select_slider
    assert {"1.0e-4", "3.4e-4", "0.001"} <= set(slider.options)
