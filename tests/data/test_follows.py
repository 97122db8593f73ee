"""Everything that depends on the size of the readings follows them, for every set under every scaling."""

import itertools

import pytest

from thermofit import Config, Run, Status, train
from thermofit.config.lineups import LINEUPS
from thermofit.config.link import read
from thermofit.config.settings import settings_for
from thermofit.data.registry import DATASETS
from thermofit.data.scaling import SCALINGS
from thermofit.experiments.lr_range import measure
from thermofit.landscape.landmarks import landmarks
from thermofit.theory.curvature import curvature
from thermofit.theory.least_squares import least_squares
from thermofit.training.assembly import prepared

PRODUCT = pytest.mark.parametrize(("data", "scaling"), list(itertools.product(DATASETS, SCALINGS)))
EPOCHS = 60


def along_the_steep_side(data: str, scaling: str, share: float) -> tuple[float, float]:
    """The loss above the smallest one, at the start and in the end, at a share of the predicted limit.

    The run starts beside the minimum, in the direction in which the loss bends most.
    """
    base = Config(data=data, scaling=scaling, val=0.0, epochs=EPOCHS, gradient="manual", optimizer="by-hand")
    rows = prepared(base)
    fit, bowl = least_squares(rows.train_scaled, rows.train_targets), curvature(rows.train_scaled)
    aside = 30 * (fit.mse / bowl.eigenvalues[0]) ** 0.5  # the start's loss is well above the smallest one
    w0, b0 = (best + aside * part for best, part in zip(fit.params, bowl.directions[0], strict=True))
    run = Run(base.replace(lr=share * bowl.largest_rate, w0=w0, b0=b0))
    run.advance(epochs=EPOCHS)
    assert run.status is Status.FINISHED
    return tuple(run.history.row(epoch)["train_loss"] - fit.mse for epoch in (0, EPOCHS))


@PRODUCT
def test_just_below_the_predicted_limit_converges_and_just_above_diverges(data: str, scaling: str) -> None:
    """Each step multiplies the error by 1 - 2 share: 0.96 or 1.04 in size, and the loss by its square."""
    for share in (0.98, 1.02):
        before, after = along_the_steep_side(data, scaling, share)
        assert after / before == pytest.approx((1 - 2 * share) ** (2 * EPOCHS), rel=0.05)


@PRODUCT
def test_the_default_rate_is_stable_and_not_slow(data: str, scaling: str) -> None:
    setting = settings_for(data, scaling)["lr"]
    config = Config(data=data, scaling=scaling)
    largest = curvature(prepared(config).train_scaled).largest_rate
    assert config.lr == setting.default and setting.minimum <= 0.01 * largest
    if data == "thermometer":
        assert config.lr == 0.01  # the book's, which explodes on the readings as they are
    else:
        assert 0.05 * largest < config.lr < largest


def efficient(data: str, scaling: str) -> Config:
    """A set-up that arrives in few epochs."""
    config = Config(data=data, scaling=scaling, val=0.0, gradient="manual")
    if (data, scaling) == ("forbes", "none"):
        # A condition number of fifty million leaves float32 gradients little to go by: signs, from nearby.
        return config.replace(optimizer="Rprop", lr=0.1, epochs=1000, w0=0.5, b0=-80.0)
    return config.replace(optimizer="LBFGS", lr=1.0, epochs=5, hyper={"strong_wolfe": scaling != "none"})


@PRODUCT
def test_every_scaling_trains_to_the_closed_form(data: str, scaling: str) -> None:
    run = Run(efficient(data, scaling))
    run.advance(epochs=run.config.epochs)
    best, targets = least_squares(run.data.train_scaled, run.data.train_targets), run.data.train_targets
    assert 1 - run.history.row(run.epoch)["train_loss"] / targets.var(correction=0) > best.r2 - 1e-3


@PRODUCT
def test_the_frame_shows_start_and_minimum(data: str, scaling: str) -> None:
    config = Config(data=data, scaling=scaling)
    for units in ("trained", "original"):
        here = landmarks(prepared(config), (config.w0, config.b0), units, config.dataset.truth)
        assert here.frame.holds(*here.start) and here.frame.holds(*here.best)
        assert (here.truth is None) == (data != "thermometer")


@pytest.mark.parametrize("data", DATASETS)
def test_the_range_test_reaches_below_and_above_the_limit(data: str) -> None:
    trials = measure(Config(data=data, scaling="none", optimizer="by-hand", gradient="manual"), epochs=200)
    assert trials[0].loss is not None and trials[-1].loss is None


def test_a_link_that_names_no_rate_has_the_usual_one() -> None:
    link, problems = read({"data": ["gapminder"], "scaling": ["none"]})
    assert not problems and link.config == Config(data="gapminder", scaling="none")
    kept, _ = read({"data": ["gapminder"], "lr": ["0.01"]})
    assert kept.config.lr == 0.01
    assert read({"scaling": ["none"]})[0].config == Config(scaling="none")
    history = train(link.config.replace(epochs=50))
    assert history.row(50)["train_loss"] < 1e-4 * history.row(0)["train_loss"]


@PRODUCT
def test_start_weight_and_bias_reach_the_minimum(data: str, scaling: str) -> None:
    config = Config(data=data, scaling=scaling)
    rows, settings = prepared(config), settings_for(data, scaling)
    best = least_squares(rows.train_scaled, rows.train_targets).params
    for name, value in zip(("w0", "b0"), best, strict=True):
        assert settings[name].minimum < value < settings[name].maximum


@pytest.mark.parametrize("lineup", LINEUPS)
@pytest.mark.parametrize("data", DATASETS)
def test_every_line_up_starts_on_every_set(data: str, lineup: str) -> None:
    """From the usual start, which is the same line under every scaling."""
    for scaling in SCALINGS:
        _, problems = LINEUPS[lineup].race(Config(data=data, scaling=scaling))
        # The small rates that raw incomes bear are below what other scalings allow, and that is told.
        told = (data, lineup) == ("gapminder", "scalings") and scaling in ("none", "tenth")
        assert len(problems) == (2 if told else 0)
