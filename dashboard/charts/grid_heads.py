"""The headings of a band of a grid: what percentages are shares of, whose figures these are, and from when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from dashboard.charts.canvas import Canvas
from dashboard.charts.grid_band import Band
from dashboard.charts.headings import (
    band_facts,
    is_headed,
    panel_facts,
    panel_lines,
    panel_name,
    part_share,
)
from dashboard.charts.labels import NAME, NOTE
from dashboard.charts.roles import FAINT, INK
from dashboard.query import Panel, Respondents
from dashboard.text import texts


def draw(band: Band, y: float, *, continued: bool) -> float:
    """Draw them from ``y`` on, without the name that the panel above has where it is ``continued``; returns the y below."""
    of_panels = _of_all if band.stacked else _of_panels
    if not band.has_parts:
        return of_panels(band, y, continued=continued)
    if band.context.section.sectors_apart and band.layout.names:
        # The base of a band that holds shares of one thing stands over the names of its rows.
        return max(_band_head(band, y), of_panels(band, y, continued=continued))
    return of_panels(band, _of_parts(band, y), continued=continued)


def height(band: Band) -> float:
    """Pixels of the headings of a band."""
    canvas = Canvas(band.canvas.width, band.canvas.zoom)
    context = replace(band.context, canvas=canvas)
    return draw(replace(band, context=context), 0.0, continued=False)


def _band_head(band: Band, y: float) -> float:
    """Over the names of the rows what the percentages of all panels are shares of; returns the y below."""
    canvas, room = band.canvas, band.layout.names - band.canvas.px(12)
    canvas.box(band.left, y, band.left + room, y + canvas.px(3), FAINT)
    share = part_share(band.context, [panel for _, panel in band.panels])
    return canvas.block(band.left, y + canvas.px(6), share, room, NOTE, bold=True)


def _of_all(band: Band, y: float, *, continued: bool) -> float:
    """Whose figures the marks of all panels are, which stand below each other, and from when; returns the y below."""
    canvas, room = band.canvas, band.columns[0].room
    canvas.rule(band.left, y, band.left + room, y, FAINT if continued else INK)
    if continued:
        return y
    whose, told = band_facts(band.context, [panel for _, panel in band.panels])
    y = canvas.block(band.left, y + canvas.px(6), whose, room, NAME, bold=True)
    return canvas.block(band.left, y, told, room, NOTE) + canvas.px(4)


def _of_panels(band: Band, y: float, *, continued: bool) -> float:
    """Over each run of panels of one name and base this name, over each panel what else its heading says, if any; returns the y
    below."""
    canvas, context, below = band.canvas, band.context, y
    section = context.section
    if not any(is_headed(context, each, band.cells.of_all(each)) for _, each in band.panels):
        return y
    for _, members in groupby(band.panels, key=lambda pair: (pair[1].header, pair[1].part)):
        run = list(members)
        left, right = run[0][0].left, run[-1][0].right
        end = band.cells.heading_end(*run[-1])
        canvas.rule(left, y, end, y, FAINT if continued else INK)
        name = "" if continued else _name(band, run[0][1], right - left)
        named = y + canvas.px(6)
        if name:
            named = canvas.block(left, named, name, right - left, NAME, bold=True)
        lines = [panel_lines(context, each, band.cells.of_all(each)) for _, each in run]
        if band.indices.start and not section.sectors_apart and _continues(band, lines):
            if band.above:
                return y
            below = max(below, named)
            continue
        if all(each == lines[0] for each in lines):
            below = max(below, panel_facts(canvas, lines[0], left, named, right - left))
            continue
        for (column, _), own in zip(run, lines, strict=True):
            below = max(below, panel_facts(canvas, own, column.left, named, column.room))
    return below + canvas.px(4)


def _name(band: Band, panel: Panel, room: float) -> str:
    """The name of a panel; of one that holds what it has alone with that, of the country alone where it has no room on one line."""
    name, loc = panel_name(band.context, panel), band.context.loc
    if band.indices.start not in band.layout.only:
        return name
    whole, header = texts.more_from(loc, name), panel.header
    fits = band.canvas.text_width(whole, NAME, bold=True) <= room
    # Of one edition the heading says which.
    if fits or not isinstance(header, Respondents) or header.survey_id:
        return whole
    return texts.more_from(loc, loc.label("country", header.country))


def _continues(band: Band, lines: Sequence[Sequence[str]]) -> bool:
    """Whether the panel above, of the same name, has the ``lines`` of the only panel of this band."""
    above = band.context.section.panels[band.indices.start - 1]
    (_, panel), *others = band.panels
    return (
        not others
        and above.header == panel.header
        and panel_lines(band.context, above, band.cells.of_all(above)) == lines[0]
    )


def _of_parts(band: Band, y: float) -> float:
    """Over each run of panels that share a base: what their percentages are shares of; returns the y below."""
    below, canvas = y, band.canvas
    if band.above and band.above.part == band.panels[0][1].part:
        return y
    runs = list[tuple[Panel, tuple[float, float], float]]()
    for _, members in groupby(band.panels, key=lambda pair: pair[1].part):
        run = list(members)
        first = run[0][1]
        part = [each for each in band.context.section.panels if each.part == first.part]
        text = part_share(band.context, part)
        left, right = run[0][0].left, run[-1][0].right
        canvas.box(left, y, right, y + canvas.px(3), FAINT)
        head = canvas.block(left, y + canvas.px(4), text, right - left, NOTE, bold=True)
        below = max(below, head)
        runs.append((first, (left, right), canvas.text_width(text, NOTE, bold=True)))
    return max(
        band.cells.below_base(panel, ends, below, wide) for panel, ends, wide in runs
    ) + canvas.px(1 if band.cells.ruled else 5)
