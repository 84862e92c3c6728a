"""Where the panels of a heat table stand: each as wide as its rectangles, which are equal in all, and no narrower than its
heading, so that as many as can be stand beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from dashboard.charts.context import ChartContext
from dashboard.charts.grid_layout import GUTTER, Column, Layout
from dashboard.charts.headings import panel_name, row_label, says_base
from dashboard.charts.labels import NAME, NOTE
from dashboard.query import Panel

HEADING, HEADING_WHOLE, HEADING_BROKEN = 150, 190, 100
"""Pixels (at scale 1) that a panel has for its heading at most, before a longer one is broken, where that costs no line of panels, and
in a picture where that spares one or keeps panels of one base together."""
RAMPED, RAMPED_SHEET = 116, 108
"""Pixels (at scale 1) of a page and of a picture that a panel has for a ramp of its own at least, between its ends."""
NAMES, LEAST_NAMES = 300, 84
"""Pixels (at scale 1) of the names of the rows: on a wide canvas such that what stands below a name keeps to a line where the
rectangles leave that, on a narrow one at least, before they stand above the rectangles."""
AMPLE_NAMES, AMPLE = 160, 88
"""Pixels (at scale 1) that names beside the rectangles of a narrow canvas have before those become wider, up to so many pixels."""
ROOMY, SLIM = 1.2, 56
"""A rectangle leaves room to the names once it is so many times its least width (the least where headings are broken), and on a narrow
canvas so many pixels wide."""


Placing = tuple[Layout, tuple[Column, ...], float]
"""The layout of a heat table, the column of each panel, and the pixels of a rectangle."""


class Needed(NamedTuple):
    """What a panel needs: so many rectangles, and pixels for its heading."""

    rectangles: int
    heading: float

    def across(self, wide: float) -> float:
        """Its pixels, where a rectangle has ``wide``."""
        return max(self.rectangles * wide, self.heading)


def placed(context: ChartContext, of: Layout, least: float, most: float) -> Placing:
    """The layout ``of`` a wide canvas with the bands of a heat table, the column of each panel, and the pixels of a rectangle,
    ``least`` to ``most``; on a narrow one each panel keeps the line it has."""
    panels, canvas = context.section.panels, context.canvas
    gutter = canvas.px(GUTTER)
    if not of.names:
        return _under_each_other(context, of, least)
    room = canvas.width - of.names
    alike = [len(list(run)) for _, run in groupby(panel.header for panel in panels)]
    # The name of panels of one name and base after each other stands once, over all of them.
    named = groupby(panels, key=lambda panel: (panel.header, panel.part))
    shares = (len(run) for _, members in named for run in [list(members)] for _ in run)
    shared = list(zip(panels, shares, strict=True))

    def needing(most_name: float) -> list[Needed]:
        return [
            Needed(
                max(len(panel.series), 1),
                max(_name_room(context, panel, most_name) / share, _longest_word(context, panel)),
            )
            for panel, share in shared
        ]

    def banded(needed: Sequence[Needed]) -> tuple[range, ...]:
        return _bands([each.across(least) for each in needed], alike, room, gutter)

    needed, whole, broken = map(needing, (HEADING, HEADING_WHOLE, HEADING_BROKEN))
    bands = banded(needed)
    if banded(whole) == bands:
        needed = whole
    roomy = least * ROOMY
    if context.in_picture and parted(panels, banded(broken)) < parted(panels, bands):
        needed, bands, roomy = broken, banded(broken), least
    taken = max(
        sum(needed[at].across(roomy) for at in band) + gutter * (len(band) - 1) for band in bands
    )
    names = max(of.names, min(canvas.width - taken, _longest_name(context)))
    of = replace(of, bands=bands, names=names)
    room = canvas.width - of.names
    wide = min(
        most,
        *(
            filling(needed[band.start : band.stop], room - gutter * (len(band) - 1))
            for band in of.bands
        ),
    )
    columns = list[Column]()
    for band in of.bands:
        left = of.names
        for each in needed[band.start : band.stop]:
            right = left + each.across(wide)
            columns.append(Column(left, right, left, right, right))
            left = right + gutter
    return of, tuple(columns), wide


def parted(panels: Sequence[Panel], bands: Sequence[range]) -> tuple[int, int]:
    """How many bands there are, and how often a base begins in one."""
    return len(bands), sum(len({panels[at].part for at in band}) for band in bands)


def _name_room(context: ChartContext, panel: Panel, most: float) -> float:
    """Pixels of the name of a panel, at most so many (at scale 1)."""
    canvas = context.canvas
    wide = canvas.text_width(panel_name(context, panel), NAME, bold=True) + canvas.px(4)
    return min(wide, canvas.px(most))


def _longest_word(context: ChartContext, panel: Panel) -> float:
    """Pixels in which no word of the base is broken that stands over a panel, and its ramp is seen; 0 where none stands there."""
    canvas, section = context.canvas, context.section
    ramped = len({each.part for each in section.panels}) > 1
    if not (ramped or says_base(panel)):
        return 0.0
    words = context.loc.label("base", panel.base).split()
    longest = max(canvas.text_width(word, NOTE, bold=ramped) for word in words) + canvas.px(4)
    return max(longest, canvas.px(RAMPED_SHEET if context.in_picture else RAMPED) * ramped)


def _longest_name(context: ChartContext) -> float:
    """Pixels with which no name of a row is broken, nor what stands below it, as a rule."""
    canvas, loc = context.canvas, context.loc
    section = context.section
    names = (canvas.text_width(row_label(loc, section, row), NAME) for row in section.rows)
    return max(canvas.px(NAMES), *names) + canvas.px(16)


def _under_each_other(context: ChartContext, of: Layout, least: float) -> Placing:
    """The panels of a narrow canvas: as wide as that, the names of the rows beside the rectangles where each panel has room for
    both, else over them in all."""
    canvas, panels = context.canvas, context.section.panels
    most = max(len(panel.series) for panel in panels)
    end, gap = canvas.width, canvas.px(LEAST_NAMES)
    roomy = min((end - canvas.px(AMPLE_NAMES)) / most, canvas.px(AMPLE))
    wide = min(max(least, canvas.px(SLIM), roomy), end / most)
    beside = end - most * wide >= gap
    zeros = (end - len(panel.series) * wide if beside else 0.0 for panel in panels)
    return of, tuple(Column(0.0, end, zero, end, end) for zero in zeros), wide


def filling(needed: Sequence[Needed], room: float) -> float:
    """Pixels of a rectangle with which panels beside each other fill ``room`` pixels, each no narrower than its heading."""
    ordered = sorted(needed, key=lambda each: each.heading / each.rectangles)
    for count in range(len(ordered), 0, -1):
        headed = sum(each.heading for each in ordered[count:])
        wide = (room - headed) / sum(each.rectangles for each in ordered[:count])
        if ordered[count - 1].rectangles * wide >= ordered[count - 1].heading:
            return wide
    return min(each.heading / each.rectangles for each in needed)


def _bands(
    widths: Sequence[float], alike: Sequence[int], room: float, gutter: float
) -> tuple[range, ...]:
    """Panels beside each other as far as they have ``room``; so many of one name after each other stay together if they can."""
    bands, start, end = list[range](), 0, 0

    def fits(stop: int) -> bool:
        return sum(widths[start:stop]) + gutter * (stop - start - 1) <= room

    for size in alike:
        if end > start and not fits(end + size):
            bands.append(range(start, end))
            start = end
        for _ in range(size):
            if end > start and not fits(end + 1):
                bands.append(range(start, end))
                start = end
            end += 1
    return (*bands, range(start, end)) if end > start else tuple(bands)
