"""A race as a link: whatever it holds comes back, and whatever is wrong in it is told."""

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.config.test_link import configs
from thermofit import Config, Run
from thermofit.config import race
from thermofit.config.lineups import LINEUPS
from thermofit.config.link import MOST_PROBLEMS
from thermofit.config.presets import PRESETS
from thermofit.config.race import MOST_RUNNERS, VARIED, Race
from thermofit.config.runner_names import names
from thermofit.data.scaling import SCALINGS
from thermofit.errors import ConfigError, Problem
from thermofit.model.gradients import GRADIENTS
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES

BASES = {key: preset.config for key, preset in PRESETS.items()}


def given_text(text: str, base: Config | None = None) -> tuple[Race | None, list[Problem]]:
    return race.read({"runners": [text]}, base or Config())


def only(text: str, base: Config | None = None) -> Config:
    """The one runner that this text describes without a problem."""
    found, problems = given_text(text, base)
    assert found is not None and not problems
    (config,) = found.runners
    return config


def refused(text: str) -> Problem:
    found, (problem,) = given_text(text)
    assert found is None
    return problem


# ---- line-ups ----


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("key", LINEUPS)
def test_every_line_up_comes_back_from_its_link(key: str, base: str) -> None:
    found, _ = LINEUPS[key].race(BASES[base])
    assert race.read({"runners": [race.write(found)]}, found.base) == (found, [])
    assert 1 <= len(found.runners) <= MOST_RUNNERS
    assert len(set(names(found.runners))) == len(found.runners)


@pytest.mark.parametrize(
    ("key", "count"),
    [
        ("own-rates", len(OPTIMIZERS)),
        ("same-rate", len(OPTIMIZERS)),
        ("seven-rates", 7),
        ("scalings", len(SCALINGS)),
        ("losses", len(LOSSES)),
        ("gradients", len(GRADIENTS)),
        ("batch-sizes", 3),
        ("schedules", len(SCHEDULES)),
    ],
)
def test_who_runs(key: str, count: int) -> None:
    found, problems = LINEUPS[key].race(Config())
    assert len(found.runners) == count and not problems
    assert LINEUPS[key].has(found)


def test_a_line_up_is_known_by_its_runners() -> None:

    def known(race: Race) -> list[str]:
        return [key for key, lineup in LINEUPS.items() if lineup.has(race)]

    for key in LINEUPS.keys() - {"own-rates", "same-rate"}:
        assert known(LINEUPS[key].race(Config())[0]) == [key]
    rates = Race(
        Config(), tuple(runner.replace(lr=0.3) for runner in LINEUPS["own-rates"].race(Config())[0].runners)
    )
    assert known(rates)[0] == "own-rates"
    assert not known(Race(Config(), (Config(),)))


@pytest.mark.parametrize("lr", [1e-6, 1e-4, 0.01, 1.0, 10.0])
def test_seven_rates_are_seven_and_allowed(lr: float) -> None:
    rates = [runner.lr for runner in LINEUPS["seven-rates"].race(Config(lr=lr))[0].runners]
    assert len(set(rates)) == 7 and rates == sorted(rates)
    assert rates[-1] / rates[0] == pytest.approx(100, rel=0.1)


def test_the_usual_rate_is_among_the_seven() -> None:
    assert Config().lr in [runner.lr for runner in LINEUPS["seven-rates"].race(Config())[0].runners]


@pytest.mark.parametrize("base", BASES)
def test_every_scaling_starts_at_the_same_line(base: str) -> None:
    found, problems = LINEUPS["scalings"].race(BASES[base].replace(w0=-3.0, b0=20.0))
    assert not problems
    lines = [Run(runner).original() for runner in found.runners]
    for line in lines:
        assert line == pytest.approx(lines[0], rel=1e-5, abs=1e-4)


def test_a_start_that_another_scaling_does_not_allow_is_told() -> None:
    found, problems = LINEUPS["scalings"].race(Config(scaling="none", w0=900.0))
    assert "none" in {runner.scaling for runner in found.runners}
    assert problems and all("does not start because of" in problem.message for problem in problems)


def test_runners_are_named_by_their_batches_and_schedules() -> None:
    sizes, paces = (LINEUPS[key].race(Config())[0].runners for key in ("batch-sizes", "schedules"))
    assert names(sizes) == ["all readings", "batches of 4", "single readings"]
    assert names(paces) == ["no schedule", *(each.label for each in list(SCHEDULES.values())[1:])]


# ---- links ----


@given(configs(), st.data())
def test_every_race_comes_back_from_its_link(base: Config, data: st.DataObject) -> None:
    makers = []
    for other in data.draw(st.lists(configs(), min_size=1, max_size=5)):
        varying = data.draw(st.sets(st.sampled_from(VARIED)))
        changes = {name: getattr(other, name) for name in varying}
        if "optimizer" in varying:
            changes["hyper"] = dict(other.hyper)
        makers.append(lambda changes=changes: race.runner(base, **changes))
    runners, _ = race.assembled(base, makers)
    found = Race(base, runners) if runners else None
    if found:
        assert race.read({"runners": [race.write(found)]}, base) == (found, [])


def test_only_what_differs_is_written() -> None:
    base = Config(hyper={"momentum": 0.9})
    runners = (
        base,
        race.runner(base, hyper={}),
        race.runner(base, lr=0.02),
        race.runner(base, optimizer="Adam", lr=0.3),
        race.runner(base, optimizer="Adam", hyper={"beta1": 0.5, "amsgrad": True}),
        race.runner(base, scaling="none"),
    )
    assert race.write(Race(base, runners)).split(race.NEXT) == [
        "base",
        "momentum_0",
        "lr_0.02",
        "optimizer_Adam~lr_0.3",
        "optimizer_Adam~beta1_0.5~amsgrad_1",
        "scaling_none",
    ]


def test_a_whole_race_is_a_short_link() -> None:
    assert len(race.write(LINEUPS["own-rates"].race(Config())[0])) < 500


def test_an_optimizer_that_is_named_starts_with_its_own_defaults() -> None:
    base = Config(optimizer="RMSprop", hyper={"momentum": 0.9})
    assert only("optimizer_SGD", base).hyper == {}
    assert only("lr_0.1", base).hyper == {"momentum": 0.9}
    assert only("momentum_0", base).hyper == {}


def test_a_rate_is_read_exactly() -> None:
    assert only("lr_0.10000000000000002").lr == 0.10000000000000002
    assert only("lr_1e-06").lr == 1e-6


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("lr_fast", "runner 1 does not start because of lr = fast: not a number"),
        ("lr_99", "runner 1 does not start because of lr = 99"),
        ("lr_", "runner 1 does not start because of lr = "),
        ("optimizer_adam", "unknown name (did you mean Adam?)"),
        ("optimizer_Adam~momentum_0.9", "there is no such setting of a runner"),
        ("nesterov_1", "there is no momentum to look along"),
        ("momentum_2", "too large"),
        ("nesterov_yes", "neither yes nor no"),
        ("epochs_5", "there is no such setting of a runner"),
        ("w0_5", "there is no such setting of a runner"),
        ("lr_0.1~lr_0.2", "a setting is named twice"),
        ("", "there is no such setting of a runner"),
        ("~lr_0.1", "there is no such setting of a runner"),
        ("lr", "there is no such setting of a runner"),
        ("scaling_<script>", "unknown name"),
        ("loss_mse~scaling_tenths", "did you mean tenth?"),
    ],
)
def test_a_runner_with_a_wrong_part_does_not_start(text: str, why: str) -> None:
    _, problems = given_text(text)
    assert any(why in problem.message for problem in problems), [each.message for each in problems]
    assert all(problem.field == "runners" and problem.allowed for problem in problems)
    found, problems = given_text(f"lr_0.5~~{text}~~lr_0.7")
    assert found and {0.5, 0.7} <= {config.lr for config in found.runners} and problems


def test_the_message_says_which_runner_and_what_is_allowed() -> None:
    _, (problem,) = given_text("lr_0.1~~lr_-1")
    assert problem.message == (
        "runners: runner 2 does not start because of lr = -1.0: too small. "
        "Allowed: a number from 1e-06 to 10."
    )


def test_no_two_runners_are_the_same() -> None:
    found, (problem,) = given_text("lr_0.1~~base~~lr_1e-1")
    assert found and len(found.runners) == 2
    assert problem.message == "runners: runner 3 is the same as runner 1. Allowed: different runners."


def test_at_most_sixteen_run() -> None:
    found, (problem,) = given_text("~~".join(f"lr_0.{number:03}" for number in range(1, 41)))
    assert found and len(found.runners) == MOST_RUNNERS
    assert problem.message == "runners: there are 40 runners. Allowed: at most 16."


def test_without_the_parameter_there_is_no_race_of_ones_own() -> None:
    assert race.read({}, Config()) == (None, [])
    assert race.read({"lr": ["1"]}, Config()) == (None, [])


def test_a_repeated_parameter_is_not_applied() -> None:
    found, (problem,) = race.read({"runners": ["lr_0.1", "lr_0.2"]}, Config())
    assert found is None and "2 times" in problem.reason


@pytest.mark.parametrize("seed", range(300))
def test_hostile_runners_never_raise(seed: int) -> None:
    rng = random.Random(seed)
    words = [
        *VARIED,
        "momentum",
        "hyper",
        "",
        "__class__",
        "base",
        "w0",
        "SGD",
        "Adam",
        "none",
        "1",
        "1e400",
        "nan",
    ]
    words += ["9" * 300, "\ud800", "💥" * 20, "<b>", "%00", "".join(rng.choices(string.printable, k=20))]
    text = "".join(rng.choice([*words, "_", "_", "~", "~~"]) for _ in range(rng.randrange(60)))
    found, problems = given_text(text * rng.choice([1, 1, 100]))
    assert found is None or race.read({"runners": [race.write(found)]}, Config()) == (found, [])
    assert found or problems
    assert len(problems) <= MOST_PROBLEMS + 1
    assert all(problem.message and len(problem.value) <= 40 for problem in problems)


@given(st.text() | st.lists(st.text()))
def test_any_text_is_read(anything: str | list[str]) -> None:
    race.read({"runners": anything}, Config())


# ---- another base ----


@pytest.mark.parametrize("key", LINEUPS)
def test_what_varies_stays_and_the_rest_follows_the_base(key: str) -> None:
    before = LINEUPS[key].race(Config())[0]
    after, problems = race.rebased(before, Config(epochs=77, val=0.0, w0=2.0))
    assert not problems
    assert {runner.epochs for runner in after.runners} == {77}
    assert [names(each.runners) for each in (after, before)] == [names(before.runners)] * 2
    assert race.rebased(after, before.base) == (before, [])


def test_an_optimizer_stays_what_it_is_when_the_base_has_another() -> None:
    before = LINEUPS["same-rate"].race(Config())[0]
    after, problems = race.rebased(before, Config(optimizer="Adam", hyper={"beta1": 0.5}))
    assert not problems and after.runners[2].optimizer == "Adam"
    assert [(each.optimizer, each.hyper) for each in after.runners] == [
        (each.optimizer, each.hyper) for each in before.runners
    ]


# ---- names ----


def test_runners_are_named_by_what_sets_them_apart() -> None:
    base = Config()
    assert names([base]) == ["SGD"]
    assert names([base, race.runner(base, hyper={"momentum": 0.9})]) == ["SGD", "SGD, momentum 0.9"]
    assert names(LINEUPS["gradients"].race(base)[0].runners) == ["Manual", "Autograd"]
    assert names([race.runner(base, optimizer="Adam", lr=0.3), base]) == ["Adam", "SGD"]
    twice = [race.runner(base, lr=0.1), race.runner(base, optimizer="Adam", lr=0.1), base]
    assert names(twice) == ["SGD, rate 0.1", "Adam", "SGD, rate 0.01"]
    assert names([twice[0], base]) == ["rate 0.1", "rate 0.01"]


def test_what_all_runners_share_is_not_told() -> None:
    heavy = Config(hyper={"momentum": 0.9})
    assert names([heavy, heavy.replace(lr=0.02)]) == ["rate 0.01", "rate 0.02"]
    ahead = heavy.replace(hyper={"momentum": 0.9, "nesterov": True})
    assert names([heavy, ahead]) == ["SGD, momentum 0.9", "SGD, momentum 0.9, Nesterov"]


def test_what_most_runners_share_is_told_of_the_others_only() -> None:
    base = Config()
    made = [base, race.runner(base, optimizer="Adam"), race.runner(base, gradient="manual")]
    assert names(made) == ["SGD", "Adam", "SGD, Manual"]
    assert names(made[1:]) == ["Adam, Autograd", "SGD, Manual"]


def test_names_are_different_even_where_rates_look_the_same() -> None:
    found = names([Config(lr=0.1), Config(lr=0.10000001)])
    assert len(set(found)) == 2


def test_a_runner_refuses_what_the_base_refuses() -> None:
    with pytest.raises(ConfigError):
        race.runner(Config(), scaling="cubed")
    with pytest.raises(ConfigError):
        race.runner(Config(), optimizer="Adam", hyper={"momentum": 0.5})
