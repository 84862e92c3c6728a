"""Rows of one sector each on slides: which panels stand beside each other, and which rows of theirs one alone has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from dashboard.charts.band_rows import BandRow, of_band, runs
from dashboard.charts.bands import bands_of
from dashboard.formats.slide_layout import cut
from dashboard.query import Section


@dataclass(frozen=True, slots=True)
class BandPart:
    """Panels beside each other with rows that several of them have, or one with those that it has alone."""

    section: Section
    """Only what stands in it."""
    only: bool = False
    """Whether its panel is one of several beside each other, and has its rows alone."""


def parts_of(section: Section, most: int, *, by_value: bool) -> Iterator[BandPart]:
    """The bands of a section of at most ``most`` panels: of each the rows that several panels have, then those of each alone; the
    bands of several panels first, as they are read."""
    for run in runs(section):
        headers = (panel.header for panel in section.panels[run.start : run.stop])
        alike = [len(list(same)) for _, same in groupby(headers)]
        for part in bands_of(alike, most):
            yield from _parts(
                section, range(run.start + part.start, run.start + part.stop), by_value
            )


def _parts(section: Section, band: range, by_value: bool) -> Iterator[BandPart]:
    def alone(each: BandRow) -> int | None:
        return each.alone

    for at, members in groupby(of_band(section, band, by_value=by_value), key=alone):
        rows = [section.rows[each.at] for each in members]
        if at is None:
            yield BandPart(cut(section, band, rows))
        else:
            yield BandPart(cut(section, [at], rows), only=True)
