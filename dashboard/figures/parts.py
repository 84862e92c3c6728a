"""Parts that every chart of the page shares: the legend, the head of a panel, the label of a row."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.figures.sheet import Sheet
from dashboard.figures.text import wrap
from dashboard.query import Facts, Key, Panel, Place, Row, Section
from dashboard.wording import Words, texts, verdicts

SMALL = 10.5
HEAD = 13


def facts_line(words: Words, facts: Facts, period: str = "") -> str:
    """Reference period, base and answer of a place: "2019–2020 · % of workplaces"."""
    parts = [period or words.period(facts.surveys[0]), words.share(facts.base)]
    if facts.answer == "high":
        parts.append(words.t("“{answer}”").format(answer=words.lower("response", "high")))
    return " · ".join(parts)


def legend(sheet: Sheet, y: float, section: Section, words: Words) -> float:
    """One entry per series, side by side and wrapped; returns the y below."""
    entries = [
        (sheet.colours.colour(section, key), _entry(section, key, words)) for key in section.series
    ]
    return swatches(sheet, y, entries)


def _entry(section: Section, key: Key, words: Words) -> str:
    if isinstance(key, Place):
        return f"{words.place(key)} ({facts_line(words, section.facts[key])})"
    return words.key(key)


def swatches(sheet: Sheet, y: float, entries: Sequence[tuple[str, str]]) -> float:
    """Coloured squares with their names, side by side; a name wider than the sheet is wrapped."""
    side, space, gap, step = (sheet.scale.px(each) for each in (11, 6, 18, 20))
    x, below = 0.0, y
    for colour, name in dict.fromkeys(entries):
        lines = wrap(name, sheet.scale.px(12), sheet.width - side - space)
        wide = side + space + max(sheet.text_width(line, 12) for line in lines)
        if x and x + wide > sheet.width:
            x, y = 0.0, below
        sheet.box(
            x,
            y + (step - side) / 2,
            x + side,
            y + (step + side) / 2,
            colour,
            sheet.colours.outline(colour),
        )
        for at, line in enumerate(lines):
            sheet.text(x + side + space, y + step * (at + 0.5), line, 12)
        below = max(below, y + step * len(lines))
        x += wide + gap
    return below + sheet.scale.px(8)


def panel_head(
    sheet: Sheet | None,
    measure: Sheet,
    x: float,
    y: float,
    room: float,
    panel: Panel,
    section: Section,
    words: Words,
) -> float:
    """Heading of a panel: its name, and for a country the reference period, the survey and the base.

    With ``sheet`` None nothing is drawn; either way the height is returned.
    """
    lines: list[tuple[str, float, str, bool, int]] = [
        (words.key(panel.key), HEAD, measure.colours.ink, True, 0)
    ]
    if panel.lines > 1:
        lines.append(
            (
                texts.line(words, section.values_of(panel), panel.line),
                11.5,
                measure.colours.ink,
                False,
                0,
            )
        )
    facts = section.facts.get(panel.key)
    if facts:
        title = facts.surveys[0].title
        others = len(facts.surveys) - 1
        if not (isinstance(panel.key, Place) and panel.key.survey_id):
            lines.append((words.period(facts.surveys[0]), 11.5, measure.colours.ink, False, 0))
        lines.append((words.share(facts.base), 11.5, measure.colours.ink, False, 0))
        if facts.answer == "high":
            lines.append((words.answering(), 11.5, measure.colours.ink, False, 0))
        if others:
            title = words.t("{title}, and {count} more").format(title=title, count=others)
        lines.append((title, SMALL, measure.colours.quiet, False, 3))
    apart = verdicts.obstacles(words, panel.obstacles, panel.bases)
    if apart:
        lines.append((apart, SMALL, measure.colours.quiet, False, 0))
    top = y
    for content, size, colour, bold, limit in lines:
        if sheet is None:
            y += measure.measure(content, room, size, bold, limit)
        else:
            y = sheet.block(x, y, content, room, size, colour, bold, limit)
    return y - top


def row_name(words: Words, section: Section, row: Row) -> tuple[str, str]:
    """(label, quiet line under it) of a row."""
    facts = section.facts.get(row.key)
    if facts:
        # The rows of one country: each edition with its period, where the row has one alone.
        periods = {words.period(value.survey) for value in row.values} if row.lines > 1 else set()
        return words.key(row.key), facts_line(
            words, facts, periods.pop() if len(periods) == 1 else ""
        )
    line = texts.line(words, row.values, row.line) if row.lines > 1 else ""
    apart = verdicts.obstacles(words, row.obstacles, row.bases)
    return words.key(row.key), " · ".join(part for part in (line, apart) if part)
