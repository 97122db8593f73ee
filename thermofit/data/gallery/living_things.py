"""Living things: iris flowers and families.

The heights of Galton's families are his table of counts (1886): midparent, child, how many.
"""

from thermofit.data.dataset import Dataset
from thermofit.data.gallery.numbers import column, expanded
from thermofit.words import mark

MIDPARENTS, CHILDREN = expanded(
    """
    64 61.7 1, 64 63.2 2, 64 64.2 4, 64 65.2 1, 64 66.2 2, 64 67.2 2, 64 68.2 1, 64 69.2 1, 64.5 61.7 1,
    64.5 62.2 1, 64.5 63.2 4, 64.5 64.2 4, 64.5 65.2 1, 64.5 66.2 5, 64.5 67.2 5, 64.5 69.2 2,
    65.5 61.7 1, 65.5 63.2 9, 65.5 64.2 5, 65.5 65.2 7, 65.5 66.2 11, 65.5 67.2 11, 65.5 68.2 7,
    65.5 69.2 7, 65.5 70.2 5, 65.5 71.2 2, 65.5 72.2 1, 66.5 62.2 3, 66.5 63.2 3, 66.5 64.2 5,
    66.5 65.2 2, 66.5 66.2 17, 66.5 67.2 17, 66.5 68.2 14, 66.5 69.2 13, 66.5 70.2 4, 67.5 62.2 3,
    67.5 63.2 5, 67.5 64.2 14, 67.5 65.2 15, 67.5 66.2 36, 67.5 67.2 38, 67.5 68.2 28, 67.5 69.2 38,
    67.5 70.2 19, 67.5 71.2 11, 67.5 72.2 4, 68.5 61.7 1, 68.5 63.2 7, 68.5 64.2 11, 68.5 65.2 16,
    68.5 66.2 25, 68.5 67.2 31, 68.5 68.2 34, 68.5 69.2 48, 68.5 70.2 21, 68.5 71.2 18, 68.5 72.2 4,
    68.5 73.2 3, 69.5 63.2 1, 69.5 64.2 16, 69.5 65.2 4, 69.5 66.2 17, 69.5 67.2 27, 69.5 68.2 20,
    69.5 69.2 33, 69.5 70.2 25, 69.5 71.2 20, 69.5 72.2 11, 69.5 73.2 4, 69.5 73.7 5, 70.5 61.7 1,
    70.5 63.2 1, 70.5 65.2 1, 70.5 66.2 1, 70.5 67.2 3, 70.5 68.2 12, 70.5 69.2 18, 70.5 70.2 14,
    70.5 71.2 7, 70.5 72.2 4, 70.5 73.2 3, 70.5 73.7 3, 71.5 65.2 1, 71.5 66.2 3, 71.5 67.2 4,
    71.5 68.2 3, 71.5 69.2 5, 71.5 70.2 10, 71.5 71.2 4, 71.5 72.2 9, 71.5 73.2 2, 71.5 73.7 2,
    72.5 68.2 1, 72.5 69.2 2, 72.5 70.2 1, 72.5 71.2 2, 72.5 72.2 7, 72.5 73.2 2, 72.5 73.7 4,
    73 72.2 1, 73 73.2 3,
    """
)

IRIS = Dataset(
    name="iris",
    t_u=column(
        """
        3.5 3 3.2 3.1 3.6 3.9 3.4 3.4 2.9 3.1 3.7 3.4 3 3 4 4.4 3.9 3.5 3.8 3.8 3.4 3.7 3.6 3.3 3.4 3 3.4
        3.5 3.4 3.2 3.1 3.4 4.1 4.2 3.1 3.2 3.5 3.6 3 3.4 3.5 2.3 3.2 3.5 3.8 3 3.8 3.2 3.7 3.3 3.2 3.2 3.1
        2.3 2.8 2.8 3.3 2.4 2.9 2.7 2 3 2.2 2.9 2.9 3.1 3 2.7 2.2 2.5 3.2 2.8 2.5 2.8 2.9 3 2.8 3 2.9 2.6
        2.4 2.4 2.7 2.7 3 3.4 3.1 2.3 3 2.5 2.6 3 2.6 2.3 2.7 3 2.9 2.9 2.5 2.8 3.3 2.7 3 2.9 3 3 2.5 2.9
        2.5 3.6 3.2 2.7 3 2.5 2.8 3.2 3 3.8 2.6 2.2 3.2 2.8 2.8 2.7 3.3 3.2 2.8 3 2.8 3 2.8 3.8 2.8 2.8 2.6
        3 3.4 3.1 3 3.1 3.1 3.1 2.7 3.2 3.3 3 2.5 3 3.4 3
        """
    ),
    t_c=column(
        """
        5.1 4.9 4.7 4.6 5 5.4 4.6 5 4.4 4.9 5.4 4.8 4.8 4.3 5.8 5.7 5.4 5.1 5.7 5.1 5.4 5.1 4.6 5.1 4.8 5 5
        5.2 5.2 4.7 4.8 5.4 5.2 5.5 4.9 5 5.5 4.9 4.4 5.1 5 4.5 4.4 5 5.1 4.8 5.1 4.6 5.3 5 7 6.4 6.9 5.5
        6.5 5.7 6.3 4.9 6.6 5.2 5 5.9 6 6.1 5.6 6.7 5.6 5.8 6.2 5.6 5.9 6.1 6.3 6.1 6.4 6.6 6.8 6.7 6 5.7
        5.5 5.5 5.8 6 5.4 6 6.7 6.3 5.6 5.5 5.5 6.1 5.8 5 5.6 5.7 5.7 6.2 5.1 5.7 6.3 5.8 7.1 6.3 6.5 7.6
        4.9 7.3 6.7 7.2 6.5 6.4 6.8 5.7 5.8 6.4 6.5 7.7 7.7 6 6.9 5.6 7.7 6.3 6.7 7.2 6.2 6.1 6.4 7.2 7.4
        7.9 6.4 6.3 6.1 7.7 6.3 6.4 6 6.9 6.7 6.9 5.8 6.8 6.7 6.7 6.3 6.5 6.2 5.9
        """
    ),
    input_name=mark("Sepal width"),
    input_unit="cm",
    target_name=mark("Sepal length"),
    target_unit="cm",
    source="E. Anderson's irises of the Gaspé Peninsula (1935), published by R. A. Fisher, Annals of "
    "Eugenics 7 (1936)",
    licence=mark("Numbers as published; facts carry no copyright"),
    label=mark("Iris sepals"),
    help=mark("Width and length of the sepals of 150 flowers, 50 of each of three species."),
    question=mark("The line falls: are wide sepals short?"),
    answer=mark(
        "Only across species. Within each of the three the slope is positive (0.7 to 0.9): setosa has "
        "short, wide sepals, and mixing the species turns the sign. That is Simpson's paradox, and no "
        "optimizer can see it."
    ),
)

GALTON = Dataset(
    name="galton",
    t_u=MIDPARENTS,
    t_c=CHILDREN,
    input_name=mark("Height of the parents"),
    input_unit="in",
    target_name=mark("Height of the child"),
    target_unit="in",
    source="F. Galton, “Regression towards mediocrity in hereditary stature”, J. Anthropological Institute "
    "15 (1886), table 1",
    licence=mark("Numbers as published; facts carry no copyright"),
    label=mark("Galton's families"),
    help=mark(
        "928 grown children and the mean height of their parents; women's heights are multiplied by 1.08."
    ),
    question=mark("Do the children of tall parents become as tall as their parents?"),
    answer=mark(
        "Not on average: the slope is 0.65, so children of parents 3 inches above the mean are about 2 "
        "inches above it. Galton called it regression towards the mean, and fitting a line is called "
        "regression ever since."
    ),
)
