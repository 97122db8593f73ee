"""thermofit: watch a straight line learn to read an old thermometer.

>>> from thermofit import Config, Run, train
>>> train(Config(optimizer="Adam", epochs=100)).to_frame()
"""

from thermofit.config.config import Config
from thermofit.training.history import History
from thermofit.training.run import Run, Status, train

__all__ = ["Config", "History", "Run", "Status", "train"]
