"""Figures in groups: which others belong to the group of a figure."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Groups:
    """Groups of figures, numbered from 0; a figure numbered -1 belongs to none."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        """For each figure the number of its group."""

    def of(self, group: int) -> list[int]:
        """Positions of the figures of a group, in rising order."""
        order, starts = self._sorted
        members: list[int] = order[starts[group] : starts[group + 1]].tolist()
        return members

    def members(self, position: int) -> list[int]:
        """Positions of the figures in the group of a figure, itself among them; none where it belongs to no group."""
        group = int(self.labels[position])
        return self.of(group) if group >= 0 else []

    def any(self, mask: Mask) -> Mask:
        """The figures of whose group at least one is in a mask; every figure must belong to a group."""
        having = np.zeros(len(self), dtype=bool)
        having[self.labels[mask]] = True
        flags: Mask = having[self.labels]
        return flags

    def __len__(self) -> int:
        return int(self.labels.max(initial=-1)) + 1

    @cached_property
    def _sorted(self) -> tuple[Labels, Labels]:
        """Positions group by group, and where each group begins among them."""
        order = np.argsort(self.labels, kind="stable")
        starts = np.searchsorted(self.labels[order], np.arange(len(self) + 1))
        return order, starts
