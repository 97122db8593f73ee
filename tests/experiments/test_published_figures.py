"""Every printed figure is reproduced, and a wrong one would be noticed."""

from dataclasses import replace

import pytest

from thermofit.experiments.published_figures import FIGURES, Outcome, reproduce


def test_every_printed_figure_comes_out():
    assert [outcome.figure for outcome in reproduce() if not outcome.passed] == []


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure.run} {figure.what}")
def test_a_figure_that_differs_in_its_digits_does_not_pass(figure):
    wrong = replace(figure, printed=figure.printed + 3 * figure.tolerance)
    assert Outcome(figure, figure.printed).passed
    assert not Outcome(wrong, figure.printed).passed


def test_losses_are_those_before_the_update():
    """As long as the run still moves, the next row would be another number."""
    moving = [figure for figure in FIGURES if figure.run == FIGURES[0].run and "training loss" in figure.what]
    late = [replace(figure, row=figure.row + 1) for figure in moving]
    assert moving
    assert all(a.value > b.value for a, b in zip(reproduce(moving), reproduce(late), strict=True))
