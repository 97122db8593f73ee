"""The data as the loop sees them: split, then scaled by what the train rows say."""

from dataclasses import dataclass

from torch import Tensor

from thermofit.data.dataset import Dataset
from thermofit.data.scaling import Scale, Scaling
from thermofit.data.split import Split, split


@dataclass(frozen=True, eq=False)
class PreparedData:
    """Train and validation rows in shuffled order: inputs as read, inputs as scaled, targets."""

    split: Split
    scale: Scale
    train_inputs: Tensor
    train_scaled: Tensor
    train_targets: Tensor
    val_inputs: Tensor
    val_scaled: Tensor
    val_targets: Tensor


def prepare(dataset: Dataset, share: float, seed: int, scaling: Scaling) -> PreparedData:
    """Split by share and seed, fit the scaling on the train rows only, and apply it to all rows."""
    parts = split(len(dataset), share, seed)
    train, val = dataset.t_u[parts.train], dataset.t_u[parts.validation]
    scale = scaling.fit(train)
    return PreparedData(
        split=parts,
        scale=scale,
        train_inputs=train,
        train_scaled=scale.apply(train),
        train_targets=dataset.t_c[parts.train],
        val_inputs=val,
        val_scaled=scale.apply(val),
        val_targets=dataset.t_c[parts.validation],
    )
