"""Figures in groups: which of them a group has."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.int64]


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

    @cached_property
    def _sorted(self) -> tuple[Labels, Labels]:
        """Positions group by group, and where each group begins among them."""
        order = np.argsort(self.labels, kind="stable")
        starts = np.searchsorted(self.labels[order], np.arange(self.labels.max(initial=-1) + 2))
        return order, starts


def pairs(labels: Labels) -> tuple[Labels, Labels]:
    """All pairs of positions that share a label, as two arrays."""
    order = np.argsort(labels, kind="stable")
    ordered = labels[order]
    first, second = [order[:0]], [order[:0]]
    for apart in range(1, int(np.bincount(labels).max(initial=0))):
        same = ordered[:-apart] == ordered[apart:]
        first.append(order[:-apart][same])
        second.append(order[apart:][same])
    return np.concatenate(first), np.concatenate(second)
