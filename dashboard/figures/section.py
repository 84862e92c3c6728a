"""A section of the View as a Plotly figure: for the page, and as a picture with title and sources."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.figures import change, grid, heat, lanes, palette, scale
from dashboard.figures.parts import legend, swatches
from dashboard.figures.sheet import Scale, Sheet
from dashboard.query import Row, Section, View
from dashboard.wording import Words, texts

SLIDE = (1600, 900)
_FACTORS = (1.4, 1.3, 1.2, 1.1, 1.0, 0.92, 0.85)
_EDGE = 40


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture: its figure, its size in CSS pixels and a file name."""

    figure: dict
    width: int
    height: int
    name: str


def chart(view: View, section: Section, words: Words, width: float) -> dict:
    """The chart of a section for the page, ``width`` CSS pixels wide and as tall as it needs to be."""
    sheet = Sheet(width, Scale(1.0))
    return sheet.figure(_body(sheet, 0.0, view, section, words, section.rows))


def _body(sheet: Sheet, y: float, view: View, section: Section, words: Words, rows: tuple[Row, ...]) -> float:
    """Legend and panels; returns the y below."""
    kind = view.selection.chart
    if kind == "change":
        y = legend(sheet, y, section, words)
        return change.draw(sheet, y, section, words)
    if kind == "scale":
        y = swatches(sheet, y, scale.legend(section, words))
        stacks = scale.Stacks(sheet, section, words)
        y = grid.draw(sheet, y, section, words, stacks.lanes, lanes.full, rows)
        stacks.finish()
        return y
    if kind in ("heat", "table"):
        cells = heat.Heat(sheet, section, words)
        y = grid.draw(sheet, y, section, words, cells.lanes, lanes.full, rows)
        cells.finish()
        codes = " · ".join(f"{code}: {meaning}" for code, meaning in texts.blank_legend(words))
        return sheet.block(0, y, codes, sheet.width, 10.5, palette.QUIET) + sheet.scale.px(8)
    y = legend(sheet, y, section, words)
    marks = lanes.MarkLanes(sheet, section, words, view.selection)
    y = grid.draw(sheet, y, section, words, marks.lanes, lanes.fitted(sheet, section, words, view.selection.intervals), rows)
    marks.finish()
    return y


def slide(view: View, section: Section, words: Words, address: str) -> Picture:
    """A picture of 1600 x 900 CSS pixels: the largest type with which everything fits.

    Where even the smallest does not, the last indicators give way and a line says how many.
    """
    for factor in _FACTORS:
        figure, height = _framed(view, section, words, address, SLIDE[0], factor, section.rows)
        if height <= SLIDE[1]:
            return Picture(_sized(figure, SLIDE[1]), *SLIDE, _name(view, section))
    rows = section.rows
    while len(rows) > 1:
        rows = rows[:-1]
        figure, height = _framed(view, section, words, address, SLIDE[0], _FACTORS[-1], rows)
        if height <= SLIDE[1]:
            break
    return Picture(_sized(figure, max(SLIDE[1], height)), SLIDE[0], round(max(SLIDE[1], height)), _name(view, section))


def as_on_screen(view: View, section: Section, words: Words, address: str, width: float) -> Picture:
    """A picture of everything the page shows of the section, as wide as there and as tall as needed."""
    wide = max(round(width) + 2 * _EDGE, 400)
    figure, height = _framed(view, section, words, address, wide, 1.0, section.rows)
    return Picture(_sized(figure, height), wide, round(height), _name(view, section))


def _name(view: View, section: Section) -> str:
    """File name: theme, countries and data release."""
    countries = "-".join(dict.fromkeys(place.country for place in section.places)).lower()
    return f"innovation-barometer_{section.theme}_{countries}_{view.selection.chart}_{view.release}"


def _framed(
    view: View, section: Section, words: Words, address: str, wide: int, factor: float, rows: tuple[Row, ...]
) -> tuple[dict, float]:
    """Title, chart and foot on a sheet of ``wide`` pixels; the chart keeps an edge of white on both sides."""
    inner = Sheet(wide - 2 * _EDGE, Scale(factor))
    y = inner.scale.px(28)
    y = inner.block(0, y, texts.picture_title(words, view, section), inner.width, 20, bold=True)
    y = inner.block(0, y, texts.picture_subtitle(words, view.selection), inner.width, 12, palette.QUIET)
    y = _body(inner, y + inner.scale.px(10), view, section, words, rows)
    left_out = section.items_total - section.items_shown + len(section.rows) - len(rows)
    for line in _foot(view, section, words, address, left_out):
        y = inner.block(0, y, line, inner.width, 10.5, palette.QUIET)
    height = y + inner.scale.px(20)
    return _moved(inner.figure(height), wide), height


def _foot(view: View, section: Section, words: Words, address: str, left_out: int) -> list[str]:
    lines = [texts.more_items(words, left_out)] if left_out > 0 else []
    lines += [
        " ".join(
            part
            for part in (
                texts.bases(words, section),
                texts.numbers_of_answers(words, section),
                texts.chart_reading(words, section, view.selection, view.limits),
                texts.bases_differ(words, section),
            )
            if part
        ),
        texts.source_line(words, section),
        texts.imprint(words, view, address),
    ]
    return lines


def _moved(figure: dict, wide: int) -> dict:
    layout = figure["layout"]
    layout["width"] = wide
    layout["margin"] = {"l": _EDGE, "r": _EDGE, "t": 0, "b": 0, "pad": 0}
    return figure


def _sized(figure: dict, height: float) -> dict:
    layout = figure["layout"]
    layout["height"] = round(height)
    layout["yaxis"]["range"] = [round(height), 0]
    return figure
