"""A segment of a run: the epochs that follow one config, and the way back to any of them."""

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from thermofit.config.config import Config
from thermofit.data.preparation import PreparedData
from thermofit.loop.loop import Loop
from thermofit.loop.timeline import Timeline
from thermofit.training.assembly import make_loop


@dataclass(eq=False)
class Segment:
    """From `first_epoch` on, a run follows `config` on `data`, from `start` = [w, b] in scaled units."""

    first_epoch: int
    config: Config
    data: PreparedData
    start: Tensor

    @cached_property
    def timeline(self) -> Timeline:
        """The loop, its learning rates and its checkpoints; made when the first step is needed."""
        return Timeline(make_loop(self.config, self.data, self.start), self.first_epoch)

    def fork(self, epoch: int, config: Config | None = None) -> "Segment":
        """A copy up to this epoch with its own loop, which still has to `return_to` an epoch.

        This segment is not changed, and may go on meanwhile. `config` may be another one that needs the same
        loop.
        """
        config = config or self.config
        segment = Segment(self.first_epoch, config, self.data, self.start)
        segment.timeline = self.timeline.fork(make_loop(config, self.data, self.start), epoch)
        return segment

    def rewound(self, epoch: int, config: Config | None = None) -> "Segment":
        """A fork that stands at this epoch, which must be `first_epoch` or later."""
        segment = self.fork(epoch, config)
        segment.timeline.return_to(epoch)
        return segment

    def loop_at(self, epoch: int) -> Loop:
        """A separate loop in the state of this epoch, which must be `first_epoch` or later."""
        return self.rewound(epoch).timeline.loop


def new_segment(config: Config, data: PreparedData, epoch: int = 0, start: Tensor | None = None) -> Segment:
    """A new segment whose loop has no memory, at `start` = [w, b] or by default at the config's own start."""
    return Segment(epoch, config, data, torch.tensor([config.w0, config.b0]) if start is None else start)
