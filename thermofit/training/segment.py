"""A segment of a run: the epochs that follow one config, and the way back to any of them."""

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from thermofit.config.config import Config
from thermofit.data.batches import Batches
from thermofit.data.preparation import PreparedData
from thermofit.loop.loop import Loop
from thermofit.loop.timeline import Timeline
from thermofit.training.assembly import batching, make_loop


@dataclass(eq=False)
class Segment:
    """From `first_epoch` on, a run follows `config` on `data`, from `start` = [w, b] in scaled units.

    Where epochs have several updates, it and all other epochs here are updates. `total` is how many of them
    are to be done, by default those of a whole run.
    """

    first_epoch: int
    config: Config
    data: PreparedData
    start: Tensor
    total: int | None = None

    @cached_property
    def timeline(self) -> Timeline:
        """The loop, its learning rates and its checkpoints; made when the first step is needed."""
        return Timeline(self._loop(self.config), self.first_epoch)

    def fork(self, epoch: int, config: Config | None = None) -> "Segment":
        """A copy up to this epoch with its own loop, which still has to `return_to` an epoch.

        This segment is not changed, and may go on meanwhile. `config` may be another one that needs the same
        loop.
        """
        config = config or self.config
        segment = Segment(self.first_epoch, config, self.data, self.start, self.total)
        segment.timeline = self.timeline.fork(self._loop(config), epoch)
        return segment

    def _loop(self, config: Config) -> Loop:
        return make_loop(config, self.data, self.start, self.total)

    def rewound(self, epoch: int, config: Config | None = None) -> "Segment":
        """A fork that stands at this epoch, which must be `first_epoch` or later."""
        segment = self.fork(epoch, config)
        segment.timeline.return_to(epoch)
        return segment

    def batches(self, start: int, stop: int) -> list[Tensor | None]:
        """The rows of the data set, as numbers (k,), that the steps after rows start … stop - 1 see.

        None for a step that sees all training rows.
        """
        found = batching(self.config, self.data)
        if found is None:
            return [None] * (stop - start)
        dealt = Batches(found, self.data.split.train)
        saved, snapshot = self.timeline.checkpoints.before(start)
        assert snapshot.batches is not None
        dealt.restore(snapshot.batches)
        for _ in range(saved, start):
            dealt.take()
        return [dealt.take()[0] for _ in range(start, stop)]

    def loop_at(self, epoch: int) -> Loop:
        """A separate loop in the state of this epoch, which must be `first_epoch` or later."""
        return self.rewound(epoch).timeline.loop


def new_segment(
    config: Config, data: PreparedData, epoch: int = 0, start: Tensor | None = None, total: int | None = None
) -> Segment:
    """A new segment whose loop has no memory, at `start` = [w, b] or by default at the config's own start."""
    start = torch.tensor([config.w0, config.b0]) if start is None else start
    return Segment(epoch, config, data, start, total)
