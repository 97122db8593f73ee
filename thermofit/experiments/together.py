"""One config on many splits at once: a row of parameters for each split, one optimizer for all rows.

The numbers are those of a run for each split, as long as the optimizer treats every parameter on its own.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from thermofit.config.config import Config
from thermofit.data.preparation import PreparedData
from thermofit.loop.loop import Loop
from thermofit.model.gradients import Gradient
from thermofit.model.line import design_matrix, lines
from thermofit.model.losses import LOSSES, Loss
from thermofit.optim.registry import OPTIMIZERS
from thermofit.words import mark


def can_train_together(config: Config) -> bool:
    """Whether runs of this config can be trained together.

    A coupled optimizer and a mistake can't, and neither can mini-batches or a schedule.
    """
    if config.batch or config.schedule != "none":
        return False
    return config.mistake == "none" and not OPTIMIZERS[config.optimizer].coupled


def gradients(params: Tensor, design: Tensor, t_c: Tensor, loss: Loss) -> None:
    """The manual gradient of m runs at once: params (m, 2), design (m, n, 2), t_c (m, n).

    dL/d[w, b] = sum dL/dt_p [t, 1] over the n rows of each run, as in `model.gradients.manual`.
    """
    t_p = torch.bmm(design, params.unsqueeze(-1)).squeeze(-1)
    params.grad = torch.bmm(loss.derivative(t_p, t_c).unsqueeze(1), design).squeeze(1)


TOGETHER = Gradient("together", "Together", mark("One row of parameters per run."), False, gradients)


class Together:
    """Runs of one config on m splits with equally many rows, trained in step.

    `last` (m, 6) holds the last row of each run, in the columns of `History`. Like a `Run`, one ends at the
    first short gradient or before the first row that is not finite, whose epoch stands in `diverged_at`
    (m,), which is -1 for the others. ValueError if a loss at the start is too large for float32.
    """

    def __init__(self, config: Config, splits: Sequence[PreparedData]) -> None:
        self.config, self.loss = config, LOSSES[config.loss]
        self.train = _stacked([(data.train_scaled, data.train_targets) for data in splits])
        self.validation = _stacked([(data.val_scaled, data.val_targets) for data in splits])
        start = torch.tensor([[config.w0, config.b0]]).repeat(len(splits), 1)
        self.loop = self._loop(start)
        self.epoch = 0
        self.open = torch.ones(len(splits), dtype=torch.bool)
        self.diverged_at = torch.full((len(splits),), -1)
        self.last = self._evaluated(start.unsqueeze(0))[0]
        if not bool(self.last.isfinite().all()):
            raise ValueError("the loss of the start is too large for float32: use smaller readings")
        self.open &= ~self._calm(self.last)

    def _loop(self, start: Tensor) -> Loop:
        config, (t, t_c) = self.config, self.train
        design = torch.stack([design_matrix(row) for row in t])
        optimizer = OPTIMIZERS[config.optimizer]
        return Loop(TOGETHER, optimizer, self.loss, config.hyper, start, design, t_c, config.lr)

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to do."""
        return self.epoch == self.config.epochs or not bool(self.open.any())

    def advance(self, epochs: int) -> None:
        """Train this many epochs, or up to the end."""
        epochs = min(epochs, self.config.epochs - self.epoch)
        params = torch.empty(epochs, *self.loop.params.shape)
        self.loop.run(params)
        self._take(self._evaluated(params))
        self.epoch += epochs

    def _take(self, rows: Tensor) -> None:
        """Follow each open run through rows (s, m, 6) up to its end."""
        bad = ~rows.isfinite().all(dim=-1)
        stops = bad | self._calm(rows)
        stopped, first = stops.any(dim=0) & self.open, stops.int().argmax(dim=0)
        diverged = bad.gather(0, first.unsqueeze(0))[0] & stopped
        done = torch.where(stopped, first + 1 - diverged.long(), len(rows))  # rows of this slice that count
        took = self.open & (done > 0)
        picked = rows.gather(0, (done - 1).clamp(min=0).view(1, -1, 1).expand(1, -1, rows.size(-1)))[0]
        self.last = torch.where(took.unsqueeze(1), picked, self.last)
        self.diverged_at = torch.where(diverged, self.epoch + 1 + first, self.diverged_at)
        self.open = self.open & ~stopped

    def _calm(self, rows: Tensor) -> Tensor:
        """Which gradients of rows (…, 6) are shorter than the tolerance; a tolerance of 0 is never met."""
        size: Tensor = rows[..., 2:4].norm(dim=-1)
        return size < self.config.tolerance

    def _evaluated(self, params: Tensor) -> Tensor:
        """Rows (s, m, 6) with the gradients and losses of parameters (s, m, 2)."""
        (t, t_c), (t_val, t_c_val) = self.train, self.validation
        t_p = lines(params, t)
        slope = self.loss.derivative(t_p, t_c)
        gradient = torch.stack(((slope * t).sum(-1), slope.sum(-1)), dim=-1)
        losses = torch.stack(
            (self.loss.value(t_p, t_c), self.loss.value(lines(params, t_val), t_c_val)), dim=-1
        )
        return torch.cat((params, gradient, losses), dim=-1)


def _stacked(pairs: Sequence[tuple[Tensor, Tensor]]) -> tuple[Tensor, Tensor]:
    """Readings and targets, each (m, n), from m pairs of columns (n,)."""
    return torch.stack([t for t, _ in pairs]), torch.stack([t_c for _, t_c in pairs])
