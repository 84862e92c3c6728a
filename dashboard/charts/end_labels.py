"""The labels at the ends of lines: in a gutter at the right, moved clear of each other, in the order of their lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EndLabel:
    """A label: the pixel where the middle of its first line of type would stand if there were no others, and its lines of type."""

    wanted: float
    lines: int = 1


def moved_apart(
    labels: Sequence[EndLabel], leading: float, top: float, bottom: float
) -> list[float]:
    """The middle of the first line of each label, given from the highest to the lowest; a line is ``leading`` pixels high.

    Labels stay in this order and clear of each other, between ``top`` and ``bottom`` where they fit, and move as little as they
    can: least squares under an order, by pooling adjacent violators (Ayer and others 1955).
    """
    if not labels:
        return []
    offsets = [0.0]
    for label in labels[:-1]:
        offsets.append(offsets[-1] + label.lines * leading)
    blocks: list[tuple[float, int]] = []
    for label, offset in zip(labels, offsets, strict=True):
        mean, count = label.wanted - offset, 1
        while blocks and blocks[-1][0] > mean:
            before, members = blocks.pop()
            mean = (mean * count + before * members) / (count + members)
            count += members
        blocks.append((mean, count))
    half = leading / 2
    lowest = max(top + half, bottom - offsets[-1] - labels[-1].lines * leading + half)
    means = [min(max(mean, top + half), lowest) for mean, count in blocks for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]
