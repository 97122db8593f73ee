"""The table that readings are typed into, with a way back from each edit."""

from dataclasses import dataclass, replace

import pandas as pd

MOST_STEPS = 50  # edits that can be taken back


@dataclass(frozen=True, eq=False)
class Typed:
    """The tables after each edit, the present one last. `begun` counts how often the editor was begun anew.

    The editor on the page knows its own edits only as differences from `base`, so it must begin anew, with
    another base, to show anything else.
    """

    start: str
    first: pd.DataFrame
    steps: tuple[pd.DataFrame, ...]
    base: pd.DataFrame
    begun: int = 0

    @classmethod
    def of(cls, start: str, first: pd.DataFrame, begun: int = 0) -> "Typed":
        """Before any edit; `start` stands for the readings of the table `first`."""
        return cls(start, first, (first,), first, begun)

    @property
    def now(self) -> pd.DataFrame:
        """The table as it is."""
        return self.steps[-1]

    def edited(self, frame: pd.DataFrame) -> "Typed":
        """With the table that the editor shows, which may be the one before."""
        frame = frame.reset_index(drop=True).astype(float)
        if frame.equals(self.now):
            return self
        return replace(self, steps=(*self.steps, frame)[-MOST_STEPS - 1 :])

    def undone(self) -> "Typed":
        """One edit back; at the first table it stays."""
        return self._shown(self.steps[:-1] or self.steps)

    def back(self) -> "Typed":
        """The first table again, which is an edit as well."""
        return self._shown(self.edited(self.first).steps)

    def _shown(self, steps: tuple[pd.DataFrame, ...]) -> "Typed":
        return replace(self, steps=steps, base=steps[-1], begun=self.begun + 1)
