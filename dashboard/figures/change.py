"""Change over editions: one small chart per indicator, years along, percent up, breaks drawn as breaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from dashboard.figures import palette
from dashboard.figures.marks import LABEL
from dashboard.figures.parts import HEAD, SMALL
from dashboard.figures.sheet import Sheet
from dashboard.figures.text import escape
from dashboard.query import Key, Section, Value
from dashboard.wording import Words, texts

ROOM = 290
HEIGHT = 170


def year_of(value: Value) -> float | None:
    """Middle of the reference period, or the one year that is known; None where the publication gives no year."""
    start, end = value.survey.period_start, value.survey.period_end
    if end is None:
        return None
    return (start + end) / 2 if start is not None else float(end)


def draw(sheet: Sheet, y: float, section: Section, words: Words) -> float:
    """Draw every indicator of the section from ``y`` on; returns the y below."""
    years = [year for value in section.values if (year := year_of(value)) is not None]
    if not years:
        return y
    gutter = sheet.scale.px(34)
    per_line = max(1, min(len(section.panels), int((sheet.width + gutter) // sheet.scale.px(ROOM))))
    room = (sheet.width - gutter * (per_line - 1)) / per_line
    span = (min(years) - 0.8, max(years) + 2.2)
    for start in range(0, len(section.panels), per_line):
        line = list(range(start, min(start + per_line, len(section.panels))))
        names = [words.key(section.panels[index].key) for index in line]
        head = max(sheet.measure(name, room, HEAD, bold=True) for name in names)
        notes = [_notes(section, words, index) for index in line]
        foot = max(sum(sheet.measure(note, room, SMALL) for note in each) for each in notes)
        for at, (index, name) in enumerate(zip(line, names, strict=True)):
            left = at * (room + gutter)
            sheet.line(left, y, left + room, y, palette.INK)
            sheet.block(left, y + sheet.scale.px(6), name, room, HEAD, bold=True)
            top = y + head + sheet.scale.px(22)
            _plot(sheet, section, words, index, at, left, room, top, span)
            below = top + sheet.scale.px(HEIGHT + 26)
            for note in notes[at]:
                below = sheet.block(left, below, note, room, SMALL, palette.QUIET)
        y += head + sheet.scale.px(22 + HEIGHT + 26) + foot + sheet.scale.px(22)
    return y


def _notes(section: Section, words: Words, index: int) -> list[str]:
    """Base of the figures and every break between them."""
    values = [value for row in section.rows for value in row.cells[index].values]
    bases = words.some(dict.fromkeys(words.share(value.observation.base) for value in values))
    breaks = [texts.broken(words, join) for join in section.joins if join.item == section.panels[index].key and join.broken]
    undated = [words.value(value) for value in values if year_of(value) is None]
    told = [words.t("Not drawn, since their year is not known: {values}.").format(values=words.some(undated))] if undated else []
    return list(dict.fromkeys([bases, *breaks, *told]))


def _plot(
    sheet: Sheet,
    section: Section,
    words: Words,
    index: int,
    column: int,
    left: float,
    room: float,
    top: float,
    span: tuple[float, float],
) -> None:
    tall = sheet.scale.px(HEIGHT)
    margin = sheet.scale.px(34)
    inner = room - margin

    def across(year: float) -> float:
        return left + margin + (year - span[0]) / (span[1] - span[0]) * inner

    def down(percent: float) -> float:
        return top + tall * (1 - percent / 100)

    for percent in (0, 25, 50, 75, 100):
        sheet.line(left + margin, down(percent), left + room, down(percent), palette.GRID)
        if percent % 50 == 0:
            sheet.text(left + margin - 6, down(percent), words.percent(percent), 10, palette.QUIET, anchor="right")
    axis = sheet.x_axis(column, left + margin, left + room, span)
    ticks: dict[str, float] = {}
    for row in section.rows:
        values = [value for value in row.cells[index].values if year_of(value) is not None]
        ticks |= {words.short_period(value.survey): year_of(value) for value in values}
        if values:
            _line(sheet, section, words, row.key, index, axis, values, down)
    _breaks(sheet, section, words, index, top, across)
    _labels(sheet, words, [value for row in section.rows for value in row.cells[index].values], across, down)
    reached = 0.0
    for name, year in sorted(ticks.items(), key=lambda tick: tick[1]):
        half = sheet.text_width(name, 10) / 2
        if across(year) - half > reached:
            sheet.text(across(year), down(0) + sheet.scale.px(12), name, 10, palette.QUIET, anchor="center")
            reached = across(year) + half + 4


def _breaks(sheet: Sheet, section: Section, words: Words, index: int, top: float, across: Callable[[float], float]) -> None:
    """A dotted upright wherever a line is interrupted."""
    for join in section.joins:
        years = [year for value in (join.earlier, join.later) if (year := year_of(value)) is not None]
        if join.item == section.panels[index].key and join.broken and len(years) == 2:
            x = across(sum(years) / 2)
            bottom = top + sheet.scale.px(HEIGHT)
            sheet.line(x, top, x, bottom, palette.FAINT, dash="dot")
            sheet.text(x + 3, bottom - sheet.scale.px(8), words.t("break"), 10, palette.QUIET)


def _labels(sheet: Sheet, words: Words, values: list[Value], across, down) -> None:
    """The figures beside their marks: above a mark that is alone in its edition, else at the right and kept apart."""
    apart = sheet.scale.px(LABEL + 1)
    by_year: dict[float, list[Value]] = defaultdict(list)
    for value in values:
        if (year := year_of(value)) is not None:
            by_year[year].append(value)
    for year, members in by_year.items():
        if len(members) == 1:
            y = down(members[0].observation.value) - apart
            sheet.text(across(year), y, words.value(members[0]), LABEL - 1, bold=True, anchor="center")
            continue
        reached = float("inf")
        for value in sorted(members, key=lambda value: value.observation.value):
            y = min(down(value.observation.value), reached - apart)
            reached = y
            sheet.text(across(year) + apart * 0.7, y, words.value(value), LABEL - 1, bold=True)


def _line(sheet: Sheet, section: Section, words: Words, key: Key, index: int, axis: str, values: list[Value], down) -> None:
    colour = palette.colour(section, key)
    item = section.panels[index].key
    broken = {join.later.observation.position for join in section.joins if join.item == item and join.broken}
    diamond = values[0].place.level == "central"
    xs: list[float | None] = []
    ys: list[float | None] = []
    marks: list[Value | None] = []
    for value in values:
        if value.observation.position in broken:
            xs.append(None)
            ys.append(None)
            marks.append(None)
        xs.append(year_of(value))
        ys.append(round(down(value.observation.value), 1))
        marks.append(value)

    def symbol(value: Value | None) -> str:
        shape = "diamond" if diamond else "circle"
        plain = value is None or (value.observation.qualifier == "exact" and value.observation.status != "inferred")
        return shape if plain else f"{shape}-open"

    sheet.traces.append(
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": escape(words.key(key)),
            "xaxis": axis,
            "yaxis": "y",
            "x": xs,
            "y": ys,
            "meta": [value.observation.value if value else None for value in marks],
            "connectgaps": False,
            "customdata": [value.observation.position if value else None for value in marks],
            "text": [words.value(value) if value else "" for value in marks],
            "cliponaxis": False,
            "hovertext": [texts.spoken(words, value) if value else "" for value in marks],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "line": {"color": colour, "width": 2},
            "marker": {"color": colour, "size": sheet.scale.px(9), "symbol": [symbol(value) for value in marks]},
        }
    )
