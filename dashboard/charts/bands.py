"""Which panels stand beside each other where all are equally wide, and between which of their rows a page may end."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.drawing import RowArea


def bands_of(alike: Sequence[int], most: int) -> tuple[range, ...]:
    """Panels, so many under one name after each other, in as few bands of at most ``most`` as keep those of a name together,
    and these as evenly filled as can be."""
    least, fewest = min(max(alike, default=1), most), len(_filled(alike, most))
    found = (_filled(alike, each) for each in range(least, most + 1))
    return next(bands for bands in found if len(bands) == fewest)


def _filled(alike: Sequence[int], most: int) -> tuple[range, ...]:
    """Bands, each filled before the next; only more panels of a name than fit in one are parted."""
    bands: list[range] = []
    start, end = 0, 0
    for size in alike:
        if end > start and end + size - start > most:
            bands.append(range(start, end))
            start = end
        end += size
        while end - start > most:
            bands.append(range(start, start + most))
            start += most
    return (*bands, range(start, end)) if end > start else tuple(bands)


def unbroken(rows: Sequence[RowArea]) -> list[RowArea]:
    """What no page may part of rows side by side: those that overlap are one."""
    found: list[RowArea] = []
    for row in sorted(rows, key=lambda row: row.top):
        if found and row.top < found[-1].bottom:
            above = found.pop()
            row = RowArea(above.top, max(above.bottom, row.bottom), (*above.panels, *row.panels))
        found.append(row)
    return found
