"""Instruments: boiling water as a barometer, and an ozone monitor beside its standard."""

from thermofit.data.dataset import Dataset
from thermofit.data.gallery.numbers import column
from thermofit.words import mark

FORBES = Dataset(
    name="forbes",
    t_u=column(
        """
        194.5 194.3 197.9 198.4 199.4 199.9 200.9 201.1 201.4 201.3 203.6 204.6 209.5 208.6 210.7 211.9
        212.2
        """
    ),
    t_c=column(
        """
        20.79 20.79 22.4 22.67 23.15 23.35 23.89 23.99 24.02 24.01 25.14 26.57 28.49 27.76 29.04 29.88 30.06
        """
    ),
    input_name=mark("Boiling point"),
    input_unit="°F",
    target_name=mark("Air pressure"),
    target_unit="inHg",
    source="J. D. Forbes, Trans. Royal Society of Edinburgh 21 (1857); 17 places in the Alps and in Scotland",
    licence=mark("Numbers as published; facts carry no copyright"),
    label=mark("Forbes 1857"),
    help=mark("Water boils earlier where the air is thin: boiling point and pressure at 17 places."),
    question=mark("One of the 17 readings does not belong. Which one, and what does it do to the line?"),
    answer=mark(
        "The one at 204.6 °F lies 0.65 inHg above the line; all others within 0.26. And the others are "
        "not straight either: low in the middle, high at both ends. The boiling points lie far from 0, so"
        " the raw valley is about 7400 times as long as wide."
    ),
)

NORRIS = Dataset(
    name="norris",
    t_u=column(
        """
        0.2 337.4 118.2 884.6 10.1 226.5 666.3 996.3 448.6 777 558.2 0.4 0.6 775.5 666.9 338 447.5 11.6 556
        228.1 995.8 887.6 120.2 0.3 0.3 556.8 339.1 887.2 999 779 11.1 118.3 229.2 669.1 448.9 0.5
        """
    ),
    t_c=column(
        """
        0.1 338.8 118.1 888 9.2 228.1 668.5 998.5 449.1 778.9 559.2 0.3 0.1 778.1 668.8 339.3 448.9 10.8
        557.7 228.3 998 888.8 119.6 0.3 0.6 557.6 339.3 888 998.5 778.9 10.2 117.6 228.9 668.4 449.2 0.2
        """
    ),
    input_name=mark("Ozone, standard"),
    target_name=mark("Ozone, monitor"),
    source="J. Norris, NIST: calibration of ozone monitors; Statistical Reference Datasets (StRD), linear "
    "regression",
    licence=mark("Public domain, NIST"),
    label=mark("NIST Norris"),
    help=mark("36 readings of an ozone monitor beside a standard, with certified digits of the line."),
    question=mark("How many digits does gradient descent get right?"),
    answer=mark(
        "NIST certifies a slope of 1.00211681802045 and an intercept of -0.262323073774029. The closed "
        "form in float64 gets twelve digits of both. Training in float32 holds only seven at best, and "
        "fewer of the intercept."
    ),
)
