"""A section of the View as a drawing: for the page, and as a picture of a given size with title and sources."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace

from dashboard.charts import registry
from dashboard.charts.canvas import Canvas, Zoom
from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import Drawing
from dashboard.charts.roles import QUIET
from dashboard.query import Header, Measure, Section, View
from dashboard.text import Localizer, missing, texts, verdicts
from dashboard.text.file_names import picture_name

SLIDE = (1600, 900)
_FACTORS = (1.7, 1.55, 1.4, 1.3, 1.2, 1.1, 1.0, 0.95, 0.9)
"""From the largest type a picture is set in to the smallest: 10 px at 0.9, so that no text is below 9 px."""
_OF_SIZE = {SLIDE: (1.8, 1.65, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0, 0.92, 0.85)}
"""Sizes that have factors of their own."""
_EDGE = 40
_ENOUGH = 3
"""Rows that a picture keeps, before panels give way too."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture: its drawing, a file name, and what of the section it draws."""

    drawing: Drawing
    name: str
    section: Section


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around a section in a picture."""

    view: View
    loc: Localizer
    address: str


@dataclass(frozen=True, slots=True)
class _Cut:
    """What of a section a picture draws, and how much it leaves for the page."""

    section: Section
    rows: int = 0
    """Rows left out."""
    panels: tuple[Header, ...] = ()
    """Panels left out."""


def drawing(view: View, section: Section, loc: Localizer, width: float) -> Drawing:
    """The chart of a section for the page, ``width`` CSS pixels wide and as tall as it needs to be."""
    canvas = Canvas(width)
    return canvas.drawing(_body(canvas, 0.0, view, section, loc))


def _body(canvas: Canvas, y: float, view: View, section: Section, loc: Localizer) -> float:
    """Legend and panels; returns the y below."""
    chart = registry.chart(view.selection.chart)
    if not section.panels:
        why = missing.single_editions(loc, section)
        return canvas.block(0, y, why, canvas.width, 12) + canvas.px(8)
    return chart.draw(ChartContext(canvas, section, loc, view.selection), y)


def picture(
    view: View, section: Section, loc: Localizer, address: str, size: tuple[int, int] = SLIDE
) -> Picture:
    """A picture laid out for a size, width and height in CSS pixels: the largest type with which everything fits.

    Where even the smallest type is too large, the last rows give way and then, rather than fewer than three rows, the last
    panels; a line says how many. Only where a single row and panel are too much the picture is taller than asked for.
    """
    wide, tall = size
    frame, factors = _Frame(view, loc, address), _OF_SIZE.get(size, _FACTORS)
    name = picture_name(view, section)
    for factor in factors:
        drawn, height = _framed(frame, _Cut(section), wide, factor)
        if height <= tall:
            return Picture(replace(drawn, height=tall), name, section)

    def fits(cut: _Cut) -> bool:
        return _framed(frame, cut, wide, factors[-1])[1] <= tall

    by_panels = registry.chart(view.selection.chart).joins_editions
    cut = _fewer_panels(section, fits) if by_panels else _reduced(section, fits)
    drawn, _ = _framed(frame, cut, wide, factors[-1])
    return Picture(replace(drawn, height=max(tall, drawn.height)), name, cut.section)


def _fewer_panels(section: Section, fits: Callable[[_Cut], bool]) -> _Cut:
    """The section without the last panels, each with all its lines: rows are no reading order in a change over editions."""
    cuts = (
        _first(section, panels, len(section.rows)) for panels in range(len(section.panels), 0, -1)
    )
    return next((cut for cut in cuts if fits(cut)), _first(section, 1, len(section.rows)))


def _reduced(section: Section, fits: Callable[[_Cut], bool]) -> _Cut:
    """The section without the rows, and if need be without the panels, that a picture has no room for.

    As many panels as leave three rows; where no number of panels does, the cut that shows the most figures.
    """
    best: _Cut | None = None
    for panels in range(len(section.panels), 0, -1):
        shown = _first(section, panels, len(section.rows)).section
        enough = min(_ENOUGH, len(shown.rows))

        def too_much(rows: int, panels: int = panels) -> bool:
            return not fits(_first(section, panels, rows))

        most = bisect_left(range(1, len(shown.rows) + 1), x=True, key=too_much)
        if most:
            cut = _first(section, panels, most)
            if most >= enough:
                return cut
            best = max((best, cut), key=lambda each: len(each.section.values)) if best else cut
    return best or _first(section, 1, 1)


def _first(section: Section, panels: int, rows: int) -> _Cut:
    """The first panels, and of the rows that have a figure in them the first; a panel left without a figure goes too."""
    candidates = tuple(replace(row, cells=row.cells[:panels]) for row in section.rows)
    # Rows that only a panel left out would fill go with it.
    shown = tuple(row for row in candidates if any(cell.values for cell in row.cells))[:rows]
    filled = [at for at in range(panels) if any(row.cells[at].values for row in shown)]
    kept = {section.panels[at].header for at in filled}
    left = tuple(panel.header for panel in section.panels if panel.header not in kept)
    facts = {header: held for header, held in section.facts.items() if header not in left}
    cut = replace(
        section,
        panels=tuple(section.panels[at] for at in filled),
        rows=tuple(replace(row, cells=tuple(row.cells[at] for at in filled)) for row in shown),
        facts=facts,
    )
    return _Cut(cut, len(section.rows) - len(shown), left)


def as_on_screen(
    view: View, section: Section, loc: Localizer, address: str, width: float
) -> Picture:
    """A picture of everything the page shows of the section, as wide as there and as tall as needed."""
    wide = max(round(width) + 2 * _EDGE, 400)
    drawn, _ = _framed(_Frame(view, loc, address), _Cut(section), wide, 1.0)
    return Picture(drawn, f"{picture_name(view, section)}_{wide}px", section)


def _framed(frame: _Frame, cut: _Cut, wide: int, factor: float) -> tuple[Drawing, float]:
    """(title, chart and foot ``wide`` pixels wide, the height they need); bare ground keeps an edge on both sides."""
    view, loc, section = frame.view, frame.loc, cut.section
    canvas = Canvas(wide - 2 * _EDGE, Zoom(factor), left=_EDGE)
    room, y = canvas.width, canvas.px(28)
    y = canvas.block(0, y, texts.picture_title(loc, view, section), room, 20, bold=True)
    y = canvas.block(0, y, texts.picture_subtitle(loc, view.selection), room, 12, QUIET)
    y = _body(canvas, y + canvas.px(10), view, section, loc)
    for line in [*_left_out(cut, loc), *_foot(view, section, loc, frame.address)]:
        y = canvas.block(0, y, line, room, 10.5, QUIET)
    height = y + canvas.px(20)
    return canvas.drawing(height, wide), height


def _left_out(cut: _Cut, loc: Localizer) -> list[str]:
    """What stands on the page and not in the picture: indicators, and rows or panels that are something else."""
    section = cut.section
    of_rows = any(isinstance(row.header, Measure) for row in section.rows)
    of_panels = any(isinstance(panel.header, Measure) for panel in section.panels)
    shown = len({each.header for each in (section.rows if of_rows else section.panels)})
    indicators = section.indicators_total - shown if of_rows or of_panels else 0
    rows = 0 if of_rows else cut.rows
    panels = loc.join(loc.header(header) for header in cut.panels) if not of_panels else ""
    lines = [
        texts.more_indicators(loc, indicators) if indicators > 0 else "",
        loc.count_of(
            "{count} more row at the address below.",
            "{count} more rows at the address below.",
            rows,
        )
        if rows
        else "",
        loc.t("Also at the address below: {panels}.").format(panels=panels) if panels else "",
    ]
    return [" ".join(line for line in lines if line)] if any(lines) else []


def _foot(view: View, section: Section, loc: Localizer, address: str) -> list[str]:
    chart = registry.chart(view.selection.chart)
    return [
        " ".join(
            part
            for part in (
                chart.caution(loc, section),
                texts.bases(loc, section),
                texts.numbers_of_answers(loc, section),
                chart.reading(loc, section, view.selection, view.thresholds),
                texts.bases_differ(loc, section),
                verdicts.apart(loc, section),
                missing.counted(loc, section),
            )
            if part
        ),
        texts.source_line(loc, section),
        texts.imprint(loc, view, address),
    ]
