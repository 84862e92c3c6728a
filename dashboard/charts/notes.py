"""What the figures of one row say under its name because they differ from the headings of their panels or series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.headings import one_period, says_base
from dashboard.query import Header, Section, Value
from dashboard.text import Localizer, texts


@dataclass(frozen=True, slots=True)
class Differing:
    """What differs of a figure of a panel and series; blank where nothing does."""

    panel: Header
    series: Header
    note: str


def differing(loc: Localizer, section: Section, band: Sequence[int], row: int, value: Value) -> str:
    """What of a figure differs from the headings of its panel and row; blank for nothing.

    ``band`` are the indices of the panels side by side: a row of respondents says the period that its figures there share,
    and panels of indicators say the base.
    """
    line = section.rows[row]
    if not section.facts_of(line.header):
        differs = value.base_differs and not says_base(section.panels[band[0]])
        share = loc.share(value.observation.base, short=True) if differs else ""
        told = line.lines > 1 and one_period(loc, line.values)
        rest = texts.differing_answer(loc, value) if told else texts.differing(loc, value)
        return ", ".join(part for part in (share, *rest) if part)
    shown = one_period(loc, [each for at in band for each in line.cells[at].values])
    period = "" if shown else loc.short_period(value.survey)
    return ", ".join(part for part in (*texts.differing_answer(loc, value), period) if part)


def said(loc: Localizer, row: Sequence[Differing]) -> str:
    """All notes of a row, each once with whose figures it holds for, as far as it does not hold for all; blank for none."""
    notes = dict.fromkeys(each.note for each in row if each.note)
    return " · ".join(_one(loc, row, note) for note in notes)


def _one(loc: Localizer, row: Sequence[Differing], note: str) -> str:
    held = [each for each in row if each.note == note]
    if len(held) == len(row):
        return note
    panels = list(dict.fromkeys(each.panel for each in held))
    series = list(dict.fromkeys(each.series for each in held))
    one_panel = len({each.panel for each in row}) == 1
    if not one_panel and all(each in held for each in row if each.panel in panels):
        who = [loc.inline_name(panel) for panel in panels]
    elif one_panel or all(each in held for each in row if each.series in series):
        who = [loc.inline_name(each) for each in series]
    else:
        who = [f"{loc.inline_name(each.panel)}, {loc.inline_name(each.series)}" for each in held]
    return f"{'; '.join(dict.fromkeys(who))}: {note}"
