"""The schedules' own numbers, declared once for all schedules that share them.

Names are torch's keywords, except that MultiStepLR's list of milestones is two numbers here, and that a
choice between two words is a switch. The defaults are torch's where torch has any.
"""

from thermofit.optim.hyperparameters import Hyper, switch

LONGEST = 1_000_000  # epochs or updates
SMALLEST = 1e-4  # of a factor, which can't be 0

STEP_SIZE = Hyper(
    "step_size", "Step size", "Epochs between two drops.", 1000, minimum=1, maximum=LONGEST, kind="int"
)
GAMMA = Hyper("gamma", "Gamma", "The rate is multiplied by this at each drop.", 0.1, minimum=SMALLEST)
MILESTONE1 = Hyper(
    "milestone1", "First milestone", "Epoch of the first drop.", 1000, minimum=1, maximum=LONGEST, kind="int"
)
MILESTONE2 = Hyper(
    "milestone2", "Second milestone", "Epoch of the second drop.", 2000, 1, LONGEST, kind="int"
)
START_FACTOR = Hyper(
    "start_factor",
    "Start factor",
    "The share of the learning rate at the start.",
    default=1 / 3,
    minimum=SMALLEST,
)
END_FACTOR = Hyper("end_factor", "End factor", "The share of the learning rate at the end.", default=1.0)
TOTAL_ITERS = Hyper(
    "total_iters", "Warm-up", "Epochs from the first share to the last.", 5, 1, LONGEST, kind="int"
)
T_MAX = Hyper(
    "T_max", "Half a wave", "Epochs from the highest rate to the lowest.", 3000, 1, LONGEST, kind="int"
)
ETA_MIN = Hyper("eta_min", "Lowest rate", "The learning rate at the bottom of the wave.", 0.0, maximum=10.0)
T_0 = Hyper("T_0", "First cycle", "Epochs until the first restart.", 500, 1, LONGEST, kind="int")
T_MULT = Hyper(
    "T_mult", "Cycle growth", "Each cycle is so many times as long as the one before.", 1, 1, 10, kind="int"
)

# CyclicLR and OneCycleLR.
BASE_LR = Hyper("base_lr", "Rate between cycles", "The learning rate between two cycles.", 0.0, maximum=10.0)
STEP_SIZE_UP = Hyper(
    "step_size_up", "Updates upwards", "Updates from the lowest rate to the highest.", 2000, 1, LONGEST, "int"
)
STEP_SIZE_DOWN = Hyper(
    "step_size_down", "Updates downwards", "Updates back; 0 means as many as upwards.", 0, 0, LONGEST, "int"
)
TRIANGULAR2 = switch("triangular2", "Halve each cycle", "Each cycle is half as high as the one before.")
PCT_START = Hyper(
    "pct_start", "Share upwards", "The part of all updates in which the rate rises.", default=0.3
)
LINEAR = switch("linear", "Straight lines", "Change the rate along straight lines instead of a cosine.")
DIV_FACTOR = Hyper(
    "div_factor", "Start divisor", "The first rate is the highest divided by this.", 25.0, 1.0, 1e6
)
FINAL_DIV_FACTOR = Hyper(
    "final_div_factor", "End divisor", "The last rate is the first divided by this.", 1e4, 1.0, 1e9
)
THREE_PHASE = switch("three_phase", "Three phases", "Fall as fast as it rose, and only then to the end.")
CYCLE_MOMENTUM = Hyper(
    "cycle_momentum",
    "Cycle momentum",
    "Change the momentum, or beta 1, against the rate: low where the rate is high.",
    default=True,
    kind="bool",
)
BASE_MOMENTUM = Hyper(
    "base_momentum", "Lowest momentum", "The momentum where the rate is highest.", 0.8, maximum=0.9999
)
MAX_MOMENTUM = Hyper(
    "max_momentum", "Highest momentum", "The momentum where the rate is lowest.", 0.9, maximum=0.9999
)

# ReduceLROnPlateau.
FACTOR = Hyper("factor", "Factor", "The rate is multiplied by this.", 0.1, SMALLEST, 0.9999)
PATIENCE = Hyper(
    "patience", "Patience", "Epochs without an improvement that are put up with.", 10, 0, LONGEST, kind="int"
)
THRESHOLD = Hyper(
    "threshold", "Threshold", "An improvement is at least this share of the best loss.", default=1e-4
)
COOLDOWN = Hyper("cooldown", "Cooldown", "Epochs of rest after a drop.", 0, 0, LONGEST, kind="int")
MIN_LR = Hyper("min_lr", "Rate never below", "The rate does not fall below this.", 0.0, maximum=10.0)
