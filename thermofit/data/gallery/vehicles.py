"""Cars: what they weigh and burn, and how long they take to stop."""

from thermofit.data.dataset import Dataset
from thermofit.data.gallery.numbers import column
from thermofit.words import mark

MTCARS = Dataset(
    name="mtcars",
    t_u=column(
        """
        2.62 2.875 2.32 3.215 3.44 3.46 3.57 3.19 3.15 3.44 3.44 4.07 3.73 3.78 5.25 5.424 5.345 2.2 1.615
        1.835 2.465 3.52 3.435 3.84 3.845 1.935 2.14 1.513 3.17 2.77 3.57 2.78
        """
    ),
    t_c=column(
        """
        21 21 22.8 21.4 18.7 18.1 14.3 24.4 22.8 19.2 17.8 16.4 17.3 15.2 10.4 10.4 14.7 32.4 30.4 33.9 21.5
        15.5 15.2 13.3 19.2 27.3 26 30.4 15.8 19.7 15 21.4
        """
    ),
    input_name=mark("Weight"),
    input_unit="1000 lb",
    target_name=mark("Miles per gallon"),
    target_unit="mpg",
    source="Motor Trend, 1974; H. V. Henderson and P. F. Velleman, Biometrics 37 (1981)",
    licence=mark("Numbers as published; facts carry no copyright"),
    label=mark("Weight and mileage"),
    help=mark("32 cars of 1973 and 1974: the heavier, the fewer miles per gallon."),
    question=mark("Where does the line miss the cars, and why?"),
    answer=mark(
        "It is too low at both ends: miles per gallon fall along a curve, not along a line, and at 7000 "
        "lb the line would promise less than nothing. A line fits gallons per mile better."
    ),
)

CARS = Dataset(
    name="cars",
    t_u=column(
        """
        4 4 7 7 8 9 10 10 10 11 11 12 12 12 12 13 13 13 13 14 14 14 14 15 15 15 16 16 17 17 17 18 18 18 18
        19 19 19 20 20 20 20 20 22 23 24 24 24 24 25
        """
    ),
    t_c=column(
        """
        2 10 4 22 16 10 18 26 34 17 28 14 20 24 28 26 34 34 46 26 36 60 80 20 26 54 32 40 32 40 50 42 56 76
        84 36 46 68 32 48 52 56 64 66 54 70 92 93 120 85
        """
    ),
    input_name=mark("Speed"),
    input_unit="mph",
    target_name=mark("Stopping distance"),
    target_unit="ft",
    source="M. Ezekiel, “Methods of Correlation Analysis”, Wiley 1930",
    licence=mark("Numbers as published; facts carry no copyright"),
    label=mark("Stopping distance"),
    help=mark("50 cars of the 1920s: the speed, and the distance in which they stopped."),
    question=mark("What does the line say about a car that stands still?"),
    answer=mark(
        "It would stop after −18 ft. A line is a forecast only where there are readings; the true "
        "relation bends upward, and fast cars scatter more than slow ones."
    ),
)
