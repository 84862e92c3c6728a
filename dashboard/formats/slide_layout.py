"""A section of the View as slides: which panels and rows stand on each, and what stands in each slot of a row.

Every slide is a grid of at most `PANELS` panels whose rows are aligned. A row is a whole number of slots high; a slot holds
one bar, or a line of text where there is no bar. Sizes are points (1/72 inch).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dashboard.charts import registry, slots
from dashboard.charts.headings import row_name
from dashboard.charts.slots import LEADING, LEAST, Slot, SlotContext
from dashboard.charts.text import wrap
from dashboard.query import (
    Base,
    Cell,
    Measure,
    Panel,
    Respondents,
    Row,
    Section,
    Stratum,
    View,
    respondents_in,
)
from dashboard.text import Localizer, missing, verdicts

PANELS = 5
"""Panels that fit beside each other."""
NAMES = 160.0
"""Room for the names of the rows at the left."""
WIDE = 900.0
GAP = 14.0
NAME_SIZE, QUIET_SIZE, HEAD_SIZE = 9.5, 7.5, 9
HEAD_SHARE = 0.76
"""Of a chart's width its title may take; LibreOffice breaks lines at 0.8, and draws them all as bold as the first."""
TICKS = 20.0
"""Room between a chart's title and its bars, where 0, 50 and 100 percent stand."""


@dataclass(frozen=True, slots=True)
class SlideRow:
    """A row of a slide: its name with a quiet second line, and the slots of each panel, equally many in each."""

    row: Row
    name: str
    quiet: str
    slots: tuple[tuple[Slot, ...], ...]

    @property
    def height(self) -> int:
        """Slots it is high."""
        return len(self.slots[0])


@dataclass(frozen=True, slots=True)
class SlidePage:
    """One slide. ``section`` holds only what stands on it; ``at`` counts from 1 to ``of`` within the theme."""

    whole: Section
    section: Section
    lines: tuple[SlideRow, ...]
    without: str
    """Rows and panels of the theme that have no figure on this slide, by reason; blank where there are none."""
    at: int = 1
    of: int = 1

    @property
    def height(self) -> int:
        """Slots of all rows."""
        return sum(line.height for line in self.lines)


def pages(view: View, section: Section, loc: Localizer, room: float) -> tuple[SlidePage, ...]:
    """The slides of a section whose charts with their headings may be ``room`` points high."""
    made: list[SlidePage] = []
    for band in _bands(len(section.panels)):
        cut = _cut(section, band)
        most = max(1, int((room - head_height(cut, loc)) // LEAST))
        shown = [row for row in cut.rows if any(cell.values for cell in row.cells)]
        absent = _without(
            loc, ((loc.header(row.header), row.cells) for row in cut.rows if row not in shown)
        )
        lines = [_line(view, section, row, loc, cut) for row in shown]
        made += [_page(view, section, cut, part, absent, loc) for part in _parted(lines, most)]
    return tuple(replace(page, at=at, of=len(made)) for at, page in enumerate(made, start=1))


def _page(
    view: View, whole: Section, cut: Section, part: Sequence[SlideRow], absent: str, loc: Localizer
) -> SlidePage:
    """A slide of some rows; a panel that has none of their figures gives its room to the others."""
    rows = tuple(line.row for line in part)
    shown = [at for at in range(len(cut.panels)) if any(row.cells[at].values for row in rows)]
    missing = (
        (loc.header(panel.header), [row.cells[at] for row in rows])
        for at, panel in enumerate(cut.panels)
        if at not in shown
    )
    section = _cut(replace(cut, rows=rows), shown)
    lines = tuple(_line(view, whole, row, loc, section) for row in section.rows)
    without = " ".join(text for text in (absent, _without(loc, missing)) if text)
    return SlidePage(whole, section, lines, without)


def panel_width(count: int) -> float:
    """Points each of ``count`` panels beside each other is wide."""
    return (WIDE - NAMES - GAP * (count - 1)) / count


def _bands(count: int) -> list[range]:
    """Indices of the panels of each slide, evenly filled."""
    slides = -(-count // PANELS)
    each = -(-count // slides) if slides else 1
    return [range(start, min(start + each, count)) for start in range(0, count, each)]


def _cut(section: Section, shown: Sequence[int]) -> Section:
    """The section with only some of its panels, by index."""
    rows = tuple(replace(row, cells=tuple(row.cells[at] for at in shown)) for row in section.rows)
    respondents = {value.respondents for row in rows for cell in row.cells for value in cell.values}
    facts = {
        owner: facts
        for owner, facts in section.facts.items()
        if respondents_in(owner) in respondents
    }
    return replace(
        section, panels=tuple(section.panels[at] for at in shown), rows=rows, facts=facts
    )


def _parted(lines: Sequence[SlideRow], most: int) -> list[list[SlideRow]]:
    """Rows slide by slide, as few slides as can be and these as evenly filled as can be."""
    fewest = len(_filled(lines, most))
    return next(
        parts for capacity in range(1, most + 1) if len(parts := _filled(lines, capacity)) == fewest
    )


def _filled(lines: Sequence[SlideRow], capacity: int) -> list[list[SlideRow]]:
    parts: list[list[SlideRow]] = []
    used = 0
    for line in lines:
        if not parts or used + line.height > capacity:
            parts.append([])
            used = 0
        parts[-1].append(line)
        used += line.height
    return parts


def _line(view: View, whole: Section, row: Row, loc: Localizer, cut: Section) -> SlideRow:
    wide = panel_width(len(cut.panels))
    name, quiet = row_name(loc, whole, row)
    apart = verdicts.obstacles(loc, row.obstacles, row.bases)
    quiet = " · ".join(part for part in (quiet, apart) if part)
    tall = (
        len(wrap(name, NAME_SIZE, NAMES - 8)) * NAME_SIZE
        + len(wrap(quiet, QUIET_SIZE, NAMES - 8)) * QUIET_SIZE
    )
    cells = [
        _slots(
            view,
            SlotContext(
                whole, loc, wide, isinstance(row.header, Measure) and len(_bases(cut, at)) > 1
            ),
            panel,
            cell,
        )
        for at, (panel, cell) in enumerate(zip(cut.panels, row.cells, strict=True))
    ]
    height = max([math.ceil((tall * LEADING + 2) / LEAST), *(len(each) for each in cells)])
    return SlideRow(
        row, name, quiet, tuple(tuple(each) + (Slot(),) * (height - len(each)) for each in cells)
    )


def _bases(section: Section, at: int) -> tuple[str, ...]:
    """Every base among the figures of a panel, in order of appearance."""
    return tuple(
        dict.fromkeys(
            value.observation.base for row in section.rows for value in row.cells[at].values
        )
    )


def _slots(view: View, context: SlotContext, panel: Panel, cell: Cell) -> list[Slot]:
    """The slots of a cell: its figures, or why there are none."""
    if cell.blank:
        return slots.text(missing.blank(context.loc, cell.blank), context.wide)
    return registry.chart(view.selection.chart).slots(context, panel, cell)


def _without(loc: Localizer, absent: Iterable[tuple[str, Sequence[Cell]]]) -> str:
    """What has no figure on a slide, by reason, from pairs of a name and its blank cells."""
    reasons: dict[str, list[str]] = {}
    for name, cells in absent:
        for reason in dict.fromkeys(missing.blank(loc, cell.blank) for cell in cells if cell.blank):
            reasons.setdefault(reason, []).append(name)
    if not reasons:
        return ""
    listed = "; ".join(f"{'; '.join(names)} ({reason})" for reason, names in reasons.items())
    return loc.t("Without a figure beside these: {listed}.").format(listed=listed)


def heading(section: Section, at: int, loc: Localizer) -> tuple[list[str], list[str]]:
    """(lines of a panel's name, lines of what its percentages are of), broken to the width of its chart.

    The second names the reference period, every base among its bars and, of graded questions, the answer.
    """
    panel = section.panels[at]
    facts, header = section.facts_of(panel.header), panel.header
    respondents = header.respondents if isinstance(header, Stratum) else header
    one_edition = isinstance(respondents, Respondents) and respondents.survey_id
    parts = [loc.period(facts.surveys[0])] if facts and not one_edition else []
    parts.append(_shares(loc, _bases(section, at)))
    if facts and facts.answer == "high":
        parts.append(loc.answering())
    room = panel_width(len(section.panels)) * HEAD_SHARE
    name = "" if isinstance(panel.header, Base) else loc.header(panel.header)
    return wrap(name, HEAD_SIZE, room, bold=True), wrap(
        " · ".join(parts), HEAD_SIZE, room, bold=True
    )


def head_height(section: Section, loc: Localizer) -> float:
    """Points from the top of the charts to their first bar: the tallest heading, and the line with 0, 50 and 100 percent."""
    lines = max(sum(map(len, heading(section, at, loc))) for at in range(len(section.panels)))
    return lines * HEAD_SIZE * LEADING + TICKS


def _shares(loc: Localizer, bases: Sequence[str]) -> str:
    """Every base of the bars of a panel; which bar has which stands at the bar, its row or its colour."""
    names = [
        loc.label("base", base) if len(bases) == 1 else loc.short("base", base) for base in bases
    ]
    return loc.t("% of {base}").format(base=loc.t(" / of ").join(names))
