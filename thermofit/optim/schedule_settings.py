"""The schedules' own numbers, declared once for all schedules that share them.

Names are torch's keywords, except that MultiStepLR's list of milestones is two numbers here, and that a
choice between two words is a switch. The defaults are torch's where torch has any.
"""

from thermofit.optim.hyperparameters import Hyper, switch
from thermofit.words import mark

LONGEST = 1_000_000  # epochs or updates
SMALLEST = 1e-4  # of a factor, which can't be 0

STEP_SIZE = Hyper(
    "step_size",
    mark("Step size"),
    mark("Epochs between two drops."),
    1000,
    minimum=1,
    maximum=LONGEST,
    kind="int",
)
GAMMA = Hyper(
    "gamma", mark("Gamma"), mark("The rate is multiplied by this at each drop."), 0.1, minimum=SMALLEST
)
MILESTONE1 = Hyper(
    "milestone1",
    mark("First milestone"),
    mark("Epoch of the first drop."),
    1000,
    minimum=1,
    maximum=LONGEST,
    kind="int",
)
MILESTONE2 = Hyper(
    "milestone2", mark("Second milestone"), mark("Epoch of the second drop."), 2000, 1, LONGEST, kind="int"
)
START_FACTOR = Hyper(
    "start_factor",
    mark("Start factor"),
    mark("The share of the learning rate at the start."),
    default=1 / 3,
    minimum=SMALLEST,
)
END_FACTOR = Hyper(
    "end_factor", mark("End factor"), mark("The share of the learning rate at the end."), default=1.0
)
TOTAL_ITERS = Hyper(
    "total_iters",
    mark("Warm-up"),
    mark("Epochs from the first share to the last."),
    5,
    1,
    LONGEST,
    kind="int",
)
T_MAX = Hyper(
    "T_max",
    mark("Half a wave"),
    mark("Epochs from the highest rate to the lowest."),
    3000,
    1,
    LONGEST,
    kind="int",
)
ETA_MIN = Hyper(
    "eta_min", mark("Lowest rate"), mark("The learning rate at the bottom of the wave."), 0.0, maximum=10.0
)
T_0 = Hyper("T_0", mark("First cycle"), mark("Epochs until the first restart."), 500, 1, LONGEST, kind="int")
T_MULT = Hyper(
    "T_mult",
    mark("Cycle growth"),
    mark("Each cycle is so many times as long as the one before."),
    1,
    1,
    10,
    kind="int",
)

# CyclicLR and OneCycleLR.
BASE_LR = Hyper(
    "base_lr", mark("Rate between cycles"), mark("The learning rate between two cycles."), 0.0, maximum=10.0
)
STEP_SIZE_UP = Hyper(
    "step_size_up",
    mark("Updates upwards"),
    mark("Updates from the lowest rate to the highest."),
    2000,
    1,
    LONGEST,
    "int",
)
STEP_SIZE_DOWN = Hyper(
    "step_size_down",
    mark("Updates downwards"),
    mark("Updates back; 0 means as many as upwards."),
    0,
    0,
    LONGEST,
    "int",
)
TRIANGULAR2 = switch(
    "triangular2", mark("Halve each cycle"), mark("Each cycle is half as high as the one before.")
)
PCT_START = Hyper(
    "pct_start", mark("Share upwards"), mark("The part of all updates in which the rate rises."), default=0.3
)
LINEAR = switch(
    "linear", mark("Straight lines"), mark("Change the rate along straight lines instead of a cosine.")
)
DIV_FACTOR = Hyper(
    "div_factor",
    mark("Start divisor"),
    mark("The first rate is the highest divided by this."),
    25.0,
    1.0,
    1e6,
)
FINAL_DIV_FACTOR = Hyper(
    "final_div_factor",
    mark("End divisor"),
    mark("The last rate is the first divided by this."),
    1e4,
    1.0,
    1e9,
)
THREE_PHASE = switch(
    "three_phase", mark("Three phases"), mark("Fall as fast as it rose, and only then to the end.")
)
CYCLE_MOMENTUM = Hyper(
    "cycle_momentum",
    mark("Cycle momentum"),
    mark("Change the momentum, or beta 1, against the rate: low where the rate is high."),
    default=True,
    kind="bool",
)
BASE_MOMENTUM = Hyper(
    "base_momentum",
    mark("Lowest momentum"),
    mark("The momentum where the rate is highest."),
    0.8,
    maximum=0.9999,
)
MAX_MOMENTUM = Hyper(
    "max_momentum",
    mark("Highest momentum"),
    mark("The momentum where the rate is lowest."),
    0.9,
    maximum=0.9999,
)

# ReduceLROnPlateau.
FACTOR = Hyper("factor", mark("Factor"), mark("The rate is multiplied by this."), 0.1, SMALLEST, 0.9999)
PATIENCE = Hyper(
    "patience",
    mark("Patience"),
    mark("Epochs without an improvement that are put up with."),
    10,
    0,
    LONGEST,
    kind="int",
)
THRESHOLD = Hyper(
    "threshold",
    mark("Threshold"),
    mark("An improvement is at least this share of the best loss."),
    default=1e-4,
)
COOLDOWN = Hyper(
    "cooldown", mark("Cooldown"), mark("Epochs of rest after a drop."), 0, 0, LONGEST, kind="int"
)
MIN_LR = Hyper(
    "min_lr", mark("Rate never below"), mark("The rate does not fall below this."), 0.0, maximum=10.0
)
