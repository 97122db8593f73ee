"""Anscombe's four sets: the same line, the same bowl of the loss, four different stories.

The 44 numbers are those that he published in 1973.
"""

from thermofit.data.dataset import Dataset
from thermofit.data.gallery.numbers import column
from thermofit.words import mark

ANSCOMBE_1 = Dataset(
    name="anscombe-1",
    t_u=column(
        """
        10 8 13 9 11 14 6 4 12 7 5
        """
    ),
    t_c=column(
        """
        8.04 6.95 7.58 8.81 8.33 9.96 7.24 4.26 10.84 4.82 5.68
        """
    ),
    input_name="x",
    target_name="y",
    source="F. J. Anscombe, “Graphs in Statistical Analysis”, The American Statistician 27 (1973)",
    licence=mark("Numbers as published; facts carry no copyright"),
    label=mark("Anscombe I"),
    help=mark("Anscombe's first set: a line with noise, as a fit expects it."),
    question=mark("What do the four sets of Anscombe have in common?"),
    answer=mark(
        "Almost everything that a fit reports: the same line (y = 3 + 0.5 x), the same R² (0.67) and the "
        "same valley of the loss. Only a picture tells them apart, and only this one is a noisy line."
    ),
)

ANSCOMBE_2 = Dataset(
    name="anscombe-2",
    t_u=column(
        """
        10 8 13 9 11 14 6 4 12 7 5
        """
    ),
    t_c=column(
        """
        9.14 8.14 8.74 8.77 9.26 8.1 6.13 3.1 9.13 7.26 4.74
        """
    ),
    input_name="x",
    target_name="y",
    source="F. J. Anscombe, “Graphs in Statistical Analysis”, The American Statistician 27 (1973)",
    licence=mark("Numbers as published; facts carry no copyright"),
    label=mark("Anscombe II"),
    help=mark("Anscombe's second set: a smooth curve, through which a line is drawn all the same."),
    question=mark("Would more epochs make this fit better?"),
    answer=mark(
        "No. Training ends at the best line there is; the rest of the loss is the bend, which no straight"
        " line can follow. The residuals show it: negative at both ends, positive in the middle."
    ),
)

ANSCOMBE_3 = Dataset(
    name="anscombe-3",
    t_u=column(
        """
        10 8 13 9 11 14 6 4 12 7 5
        """
    ),
    t_c=column(
        """
        7.46 6.77 12.74 7.11 7.81 8.84 6.08 5.39 8.15 6.42 5.73
        """
    ),
    input_name="x",
    target_name="y",
    source="F. J. Anscombe, “Graphs in Statistical Analysis”, The American Statistician 27 (1973)",
    licence=mark("Numbers as published; facts carry no copyright"),
    label=mark("Anscombe III"),
    help=mark("Anscombe's third set: ten points on a line, and one far above it."),
    question=mark("Which loss finds the line that ten of the eleven points lie on?"),
    answer=mark(
        "The mean absolute error: it weighs the outlier by its distance and not by its square, and ends "
        "near y = 4 + 0.35 x. The squared error tilts the line towards the one point."
    ),
)

ANSCOMBE_4 = Dataset(
    name="anscombe-4",
    t_u=column(
        """
        8 8 8 8 8 8 8 19 8 8 8
        """
    ),
    t_c=column(
        """
        6.58 5.76 7.71 8.84 8.47 7.04 5.25 12.5 5.56 7.91 6.89
        """
    ),
    input_name="x",
    target_name="y",
    source="F. J. Anscombe, “Graphs in Statistical Analysis”, The American Statistician 27 (1973)",
    licence=mark("Numbers as published; facts carry no copyright"),
    label=mark("Anscombe IV"),
    help=mark("Anscombe's fourth set: ten points share one x, the eleventh alone decides the slope."),
    question=mark("What happens if the one point on the right is held back for validation?"),
    answer=mark(
        "The other ten have the same x, so any slope fits them equally well: the valley of the loss has a"
        " level floor, and w stays where the start left it along that floor. Try other split seeds."
    ),
)
