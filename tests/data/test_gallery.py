"""The gallery: its numbers against published statistics, against a second copy, and against its own words."""

import csv
import gzip
import importlib.util
import re
from pathlib import Path

import numpy as np
import pytest
import torch

from thermofit.data.registry import DATASETS
from thermofit.theory.curvature import curvature
from thermofit.theory.least_squares import closed_form, least_squares

# Rows, slope, intercept and R², as textbooks and the manuals of R print them.
PUBLISHED = {
    "anscombe-1": (11, "0.5001", "3.0001", "0.67"),
    "anscombe-2": (11, "0.5000", "3.0009", "0.67"),
    "anscombe-3": (11, "0.4997", "3.0025", "0.67"),
    "anscombe-4": (11, "0.4999", "3.0017", "0.67"),
    "faithful": (272, "10.7296", "33.4744", "0.8115"),
    "hubble": (24, "454.16", "-40.78", "0.6235"),
    "mtcars": (32, "-5.3445", "37.2851", "0.7528"),
    "cars": (50, "3.9324", "-17.5791", "0.6511"),
    "iris": (150, "-0.2234", "6.5262", "0.0138"),
    "galton": (928, "0.6463", "23.9415", "0.2105"),
    "tips": (244, "0.10502", "0.92027", "0.4566"),
    "phones": (24, "5.041", "-260.059", "0.2959"),
    "gapminder": (142, "0.0006371", "59.5657", "0.4606"),
    "forbes": (17, "0.5229", "-81.0637", "0.9944"),
    "norris": (36, "1.00211681802", "-0.262323073774", "0.999993745884"),
}
GALLERY = [data for data in DATASETS.values() if data.name != "thermometer"]


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_line_is_the_published_one(name: str) -> None:
    data, (rows, *printed) = DATASETS[name], PUBLISHED[name]
    fit = least_squares(data.exact_u, data.exact_c)
    found = (*fit.params, fit.r2)
    assert len(data) == rows
    for value, text in zip(found, printed, strict=True):
        assert f"{value:.{len(text.partition('.')[2])}f}" == text


def test_every_set_has_published_figures() -> None:
    assert [*PUBLISHED] and set(PUBLISHED) == {data.name for data in GALLERY} and len(GALLERY) >= 12


@pytest.mark.parametrize("name", DATASETS)
def test_closed_form_against_numpy(name: str) -> None:
    t_u, t_c = DATASETS[name].exact_u.numpy(), DATASETS[name].exact_c.numpy()
    expected = np.linalg.lstsq(np.stack([t_u, np.ones_like(t_u)], axis=1), t_c, rcond=None)[0]
    line = closed_form(DATASETS[name].exact_u, DATASETS[name].exact_c)
    assert (line.slope, line.intercept) == pytest.approx(tuple(expected), rel=1e-10)


def test_twelve_certified_digits() -> None:
    """NIST, Statistical Reference Datasets, Norris: B1 and B0."""
    slope, intercept = least_squares(DATASETS["norris"].exact_u, DATASETS["norris"].exact_c).params
    assert slope == pytest.approx(1.00211681802045, rel=1e-12)
    assert intercept == pytest.approx(-0.262323073774029, rel=1e-12)


def packaged(name: str) -> list[dict[str, str]]:
    """A table that Plotly's package brings along."""
    spec = importlib.util.find_spec("plotly")
    assert spec and spec.origin
    with gzip.open(Path(spec.origin).parent / f"package_data/datasets/{name}.csv.gz", "rt") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("name", "t_u", "t_c", "year"),
    [("tips", "total_bill", "tip", None), ("gapminder", "gdpPercap", "lifeExp", "2007")],
)
def test_numbers_against_a_second_copy(name: str, t_u: str, t_c: str, year: str | None) -> None:
    rows = [(float(row[t_u]), float(row[t_c])) for row in packaged(name) if row.get("year") == year]
    assert np.allclose(rows, torch.stack([DATASETS[name].exact_u, DATASETS[name].exact_c], dim=1), rtol=1e-9)


def test_iris_against_a_second_copy() -> None:
    """In Plotly's copy the 38th flower has another sepal than in Fisher's table: 3.1, not 3.6 cm wide."""
    rows = [(float(row["sepal_width"]), float(row["sepal_length"])) for row in packaged("iris")]
    same = [pair == pytest.approx(row) for pair, row in zip(pairs("iris"), rows, strict=True)]
    assert [number for number, equal in enumerate(same, 1) if not equal] == [38]


def pairs(name: str) -> list[tuple[float, float]]:
    return list(zip(DATASETS[name].exact_u.tolist(), DATASETS[name].exact_c.tolist(), strict=True))


def test_galton_counted_928_children() -> None:
    """The totals of his table's rows, without the fractions of an inch that he added to both margins."""
    totals = {64: 14, 64.5: 23, 65.5: 66, 66.5: 78, 67.5: 211, 68.5: 219, 69.5: 183, 70.5: 68, 71.5: 43}
    found = dict(zip(*np.unique(DATASETS["galton"].exact_u, return_counts=True), strict=True))
    assert {parents: found[parents] for parents in totals} == totals
    assert found[72.5] == 19 and found[73] == 4


def test_the_four_sets_of_anscombe_share_their_bowl() -> None:
    bowls = [curvature(DATASETS[f"anscombe-{number}"].exact_u) for number in (1, 2, 3, 4)]
    assert all(bowl.eigenvalues == pytest.approx(bowls[0].eigenvalues) for bowl in bowls)


@pytest.mark.parametrize("data", GALLERY, ids=lambda data: data.name)
def test_everything_is_said(data) -> None:
    assert all((data.label, data.source, data.licence, data.input_name, data.target_name))
    assert data.question.endswith("?") and data.answer.endswith(".")
    assert data.help.endswith(".") and not re.search(r"\. [A-Z]", data.help)  # one sentence
    assert not any("$" in text for text in vars(data).values() if isinstance(text, str))  # no formula to set


def residuals(name: str) -> tuple[torch.Tensor, torch.Tensor]:
    data = DATASETS[name]
    line = closed_form(data.exact_u, data.exact_c)
    return data.exact_u, data.exact_c - line.slope * data.exact_u - line.intercept


def slope_of(name: str, rows: torch.Tensor) -> float:
    return closed_form(DATASETS[name].exact_u[rows], DATASETS[name].exact_c[rows]).slope


def test_what_the_answers_say() -> None:
    short = DATASETS["faithful"].exact_u < 3
    assert 0.4 < slope_of("faithful", short) / slope_of("faithful", short.new_ones(272)) < 0.6
    assert 0.4 < slope_of("faithful", ~short) / slope_of("faithful", short.new_ones(272)) < 0.6
    species = torch.arange(150) // 50
    assert all(0.65 < slope_of("iris", species == each) < 0.95 for each in range(3))
    year = DATASETS["phones"].exact_u
    assert slope_of("phones", (year < 64) | (year > 69)) == pytest.approx(1.3, abs=0.05)
    boiling, off = residuals("forbes")
    assert boiling[off.abs().argmax()] == 204.6 and off.max() == pytest.approx(0.65, abs=0.005)
    assert off.abs().sort().values[-2] < 0.26
    assert curvature(DATASETS["gapminder"].exact_u).largest_rate == pytest.approx(3.3e-9, rel=0.02)
    assert curvature(DATASETS["forbes"].exact_u).condition ** 0.5 == pytest.approx(7400, rel=0.01)


@pytest.mark.parametrize(("name", "middle"), [("tips", 17.8), ("cars", 15)])
def test_the_scatter_grows(name: str, middle: float) -> None:
    where, off = residuals(name)
    assert off[where > middle].std() > 1.2 * off[where <= middle].std()
