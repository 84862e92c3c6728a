"""Change over editions: one small chart per indicator, years along, percent up, breaks drawn as breaks."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.figures.marks import LABEL
from dashboard.figures.parts import HEAD, SMALL
from dashboard.figures.sheet import Sheet
from dashboard.figures.text import escape
from dashboard.query import Key, Panel, Section, Value
from dashboard.wording import Words, texts

ROOM = 290
NAMED = 4
"""Lines up to which a panel names each at its end; more would not be told apart."""
CROWDED = 6
"""Lines above which a panel has the width to itself and tells the last figure of each; card and table have the others."""
_DASHES = {
    "all": "solid",
    "municipal": "dot",
    "regional": "dashdot",
    "municipal_regional": "dot",
    "state": "solid",
}
"""Where the colour is the country, the line helps to tell the sector; no long gaps, which would look like breaks."""
_OTHER_DASH = "dot"
"""Of any other sector."""
LONGEST = 24
"""Letters of the name of a sector at the end of a line; a longer one is told in its short form."""
UNDER = 36
"""Pixels (at scale 1) for two lines of periods."""
Across = Callable[[float], float]
"""Year or percent -> pixel."""
Mark = tuple[Value, Key | None]
"""A figure, and whose line it ends."""
Box = tuple[float, float, float]
"""Left, right and middle of a label."""
HEIGHT, HIGHER = 170, 260
"""Pixels (at scale 1) of a plot, and of one with many lines."""


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
    span = (min(years) - 0.8, max(years) + 3.2)
    for line in _rows(section, per_line):
        many = len(_lines(section, line[0])) > CROWDED
        room = sheet.width if many else (sheet.width - gutter * (per_line - 1)) / per_line
        tall = HIGHER if many else HEIGHT
        names = [_name(section, words, section.panels[index]) for index in line]
        head = max(sheet.measure(name, room, HEAD, bold=True) for name in names)
        notes = [_notes(section, words, index) for index in line]
        foot = max(sum(sheet.measure(note, room, SMALL) for note in each) for each in notes)
        for at, (index, name) in enumerate(zip(line, names, strict=True)):
            left = at * (room + gutter)
            sheet.line(left, y, left + room, y, sheet.colours.ink)
            sheet.block(left, y + sheet.scale.px(6), name, room, HEAD, bold=True)
            top = y + head + sheet.scale.px(22)
            axis = sheet.x_axis(
                per_line if many else at, left + _margin(sheet, words), left + room, span
            )
            _plot(sheet, section, words, index, axis, left, room, top, sheet.scale.px(tall), span)
            below = top + sheet.scale.px(tall + UNDER)
            for note in notes[at]:
                below = sheet.block(left, below, note, room, SMALL, sheet.colours.quiet)
        y += head + sheet.scale.px(22 + tall + UNDER) + foot + sheet.scale.px(22)
    return y


def _rows(section: Section, per_line: int) -> list[list[int]]:
    """Indices of the panels that stand side by side: those with many lines alone, the others as many as fit."""
    rows: list[list[int]] = []
    for index in range(len(section.panels)):
        alone = len(_lines(section, index)) > CROWDED
        before = rows[-1] if rows else []
        if (
            alone
            or not before
            or len(before) == per_line
            or len(_lines(section, before[0])) > CROWDED
        ):
            rows.append([index])
        else:
            before.append(index)
    return rows


def _name(section: Section, words: Words, panel: Panel) -> str:
    """The indicator, and which of several sets of comparable figures a panel holds."""
    name = words.key(panel.key)
    if panel.lines == 1:
        return name
    return f"{name} ({texts.line(words, section.values_of(panel), panel.line)})"


def _lines(section: Section, index: int) -> list[tuple[Key, list[Value]]]:
    """(whose line, its figures with a year) of a panel."""
    rows = (
        (row.key, [value for value in row.cells[index].values if year_of(value) is not None])
        for row in section.rows
    )
    return [(key, dated) for key, dated in rows if dated]


def _margin(sheet: Sheet, words: Words) -> float:
    """Pixels that the labels of the percent axis take at the left of a plot."""
    return sheet.text_width(words.percent(100), 10) + 8


def _notes(section: Section, words: Words, index: int) -> list[str]:
    """Base of the figures and every break between them."""
    values = [value for row in section.rows for value in row.cells[index].values]
    bases = words.some(dict.fromkeys(words.share(value.observation.base) for value in values))
    breaks = [texts.broken(words, join) for join in section.broken_in(section.panels[index])]
    undated = [words.value(value) for value in values if year_of(value) is None]
    told = (
        [
            words.t("Not drawn, since their year is not known: {values}.").format(
                values=words.some(undated)
            )
        ]
        if undated
        else []
    )
    return list(dict.fromkeys([bases, *breaks, *told]))


def _plot(
    sheet: Sheet,
    section: Section,
    words: Words,
    index: int,
    axis: str,
    left: float,
    room: float,
    top: float,
    tall: float,
    span: tuple[float, float],
) -> None:
    margin = _margin(sheet, words)
    inner = room - margin

    def across(year: float) -> float:
        return left + margin + (year - span[0]) / (span[1] - span[0]) * inner

    def down(percent: float) -> float:
        return top + tall * (1 - percent / 100)

    for percent in (0, 25, 50, 75, 100):
        sheet.line(left + margin, down(percent), left + room, down(percent), sheet.colours.grid)
        if percent % 50 == 0:
            sheet.text(
                left + margin - 6,
                down(percent),
                words.percent(percent),
                10,
                sheet.colours.quiet,
                anchor="right",
            )
    ticks: dict[str, float] = {}
    for key, values in _lines(section, index):
        ticks |= {words.short_period(value.survey): year_of(value) for value in values}
        _line(sheet, section, words, key, index, axis, values, down)
    _breaks(sheet, section, words, index, top, top + tall, across)
    _labels(sheet, section, words, index, across, down, left + room)
    # Periods that stand close together are told on two lines.
    reached = [0.0, 0.0]
    for name, year in sorted(ticks.items(), key=lambda tick: tick[1]):
        half = sheet.text_width(name, 10) / 2
        level = next((at for at, end in enumerate(reached) if across(year) - half > end), None)
        if level is not None:
            sheet.text(
                across(year),
                down(0) + sheet.scale.px(12 + 12 * level),
                name,
                10,
                sheet.colours.quiet,
                anchor="center",
            )
            reached[level] = across(year) + half + 4


def _breaks(
    sheet: Sheet,
    section: Section,
    words: Words,
    index: int,
    top: float,
    bottom: float,
    across: Across,
) -> None:
    """A dotted upright wherever a line is interrupted, named where there is room for the word."""
    joins = section.broken_in(section.panels[index])
    years = [(year_of(join.earlier), year_of(join.later)) for join in joins]
    reached = float("-inf")
    for x in sorted(
        {
            across((earlier + later) / 2)
            for earlier, later in years
            if earlier is not None and later is not None
        }
    ):
        sheet.line(x, top, x, bottom, sheet.colours.faint, dash="dot")
        if x > reached:
            sheet.text(x + 3, bottom - sheet.scale.px(8), words.t("break"), 10, sheet.colours.quiet)
            reached = x + sheet.text_width(words.t("break"), 10) + 6


def _labels(
    sheet: Sheet,
    section: Section,
    words: Words,
    index: int,
    across: Across,
    down: Across,
    right: float,
) -> None:
    """The figures beside their marks: above a mark that stands alone, else at the right, moved clear of each other.

    Where a panel has a few lines, or the width to itself, the last mark of each also tells whose it is.
    """
    lines = _lines(section, index)
    many = len(lines) > CROWDED
    named = 1 < len(lines) <= NAMED or many
    marks = [
        (value, key if named and value is dated[-1] else None)
        for key, dated in lines
        for value in dated
    ]
    if many:
        marks = [(value, key) for value, key in marks if key]
    apart = sheet.scale.px(LABEL + 1)
    clusters = _clusters(marks, across, sheet.scale.px(38))
    alone = {
        cluster[0][0].observation.position
        for cluster in clusters
        if len(cluster) == 1 and cluster[0][1] is None
    }
    told: list[tuple[Value, str, str]] = []
    wanted: list[Box] = []
    for value, key in sorted(marks, key=lambda mark: mark[0].observation.value):
        name = f" {_short(words, key)}" if key else ""
        x, y = across(year_of(value)), down(value.observation.value)
        long = sheet.text_width(words.value(value) + name, LABEL - 1, bold=True)
        # A label that would pass the edge of the panel ends there, above its mark; below it where another mark is above.
        beside = "left" if x + apart * 0.7 + long <= right else "right"
        anchor = "center" if value.observation.position in alone else beside
        start = {"center": x - long / 2, "left": x + apart * 0.7, "right": right - long}[anchor]
        told.append((value, name, anchor))
        higher = any(
            across(year_of(other)) == x and other.observation.value > value.observation.value
            for other, _ in marks
        )
        beyond = apart if anchor == "right" and higher else -apart
        wanted.append((start, start + long, y if anchor == "left" else y + beyond))
    for (value, name, anchor), (start, end, y) in zip(
        told, _apart(wanted, apart, down(100) - apart / 2), strict=True
    ):
        _label(
            sheet,
            words,
            value,
            name,
            {"center": (start + end) / 2, "left": start, "right": end}[anchor],
            y,
            anchor,
        )


def _label(
    sheet: Sheet, words: Words, value: Value, name: str, x: float, y: float, anchor: str
) -> None:
    small = f"color:{sheet.colours.quiet};font-size:{sheet.scale.px(9.5)}px"
    told = f' <span style="{small}">{escape(name.strip())}</span>' if name else ""
    sheet.text(
        x,
        y,
        f"<b>{escape(words.value(value))}</b>{told}",
        LABEL - 1,
        anchor=anchor,
        raw=True,
        veiled=True,
    )


def _apart(wanted: list[Box], apart: float, ceiling: float) -> list[Box]:
    """Labels from the lowest figure to the highest, moved as little as keeps them clear of each other and in this order.

    Each moves up clear of those below that it would touch; where one passes the ceiling, it and those below move down.
    """
    placed: list[Box] = []
    for left, right, y in wanted:
        placed.append(
            (
                left,
                right,
                min([y, *(other[2] - apart for other in placed if _meet(other, (left, right, y)))]),
            )
        )
    for at in range(len(placed) - 1, -1, -1):
        left, right, y = placed[at]
        placed[at] = (
            left,
            right,
            max(
                [
                    y,
                    ceiling,
                    *(other[2] + apart for other in placed[at + 1 :] if _meet(other, placed[at])),
                ]
            ),
        )
    return placed


def _meet(one: Box, other: Box) -> bool:
    """Whether two labels share an upright line."""
    return one[0] < other[1] and other[0] < one[1]


def _clusters(marks: list[Mark], across: Across, near: float) -> list[list[Mark]]:
    """Marks whose labels could touch: those of one edition, joined with the next where the two stand close together."""
    clusters: list[list[Mark]] = []
    reached = float("-inf")
    for mark in sorted(marks, key=lambda mark: year_of(mark[0])):
        x = across(year_of(mark[0]))
        crowded = bool(clusters) and (len(clusters[-1]) > 1 or x == reached)
        if clusters and (x == reached or (crowded and x - reached < near)):
            clusters[-1].append(mark)
        else:
            clusters.append([mark])
        reached = x
    return clusters


def _short(words: Words, key: Key) -> str:
    """Whose line it is, short: country code and sector."""
    place, group = key
    name = words.lower_group(group)
    if len(name) > LONGEST and not group.dimension:
        name = words.short("sector", group.sector)
    return f"{place.country} {name[:1].lower()}{name[1:]}"


def _line(
    sheet: Sheet,
    section: Section,
    words: Words,
    key: Key,
    index: int,
    axis: str,
    values: list[Value],
    down,
) -> None:
    colour = sheet.colours.colour(section, key)
    broken = {join.later.observation.position for join in section.broken_in(section.panels[index])}
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
        plain = value is None or (
            value.observation.qualifier == "exact" and value.observation.status != "inferred"
        )
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
            "line": {
                "color": colour,
                "width": 2,
                "dash": _DASHES.get(key[1].sector, _OTHER_DASH)
                if section.colour_by == "country"
                else "solid",
            },
            "marker": {
                "color": colour,
                "size": sheet.scale.px(9),
                "symbol": [symbol(value) for value in marks],
            },
        }
    )
