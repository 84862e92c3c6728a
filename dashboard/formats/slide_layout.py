"""Where things stand on a slide, and how the rows of a section are shared out among slides.

Type has fixed sizes; how many rows a slide holds follows from them. Sizes are points (1/72 inch).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from math import inf

from dashboard.charts.slots import LEADING, Slot
from dashboard.charts.text import balanced, parted, width, wrap
from dashboard.query import (
    Base,
    Header,
    Panel,
    Respondents,
    Row,
    Section,
    Stratum,
    respondents_in,
)
from dashboard.text import Localizer, texts, unlike

RoomOf = Callable[[Section], float]
"""Points that the charts of a slide have between what stands above them and the foot, by what of a section stands there."""
LINE_BREAK = "\v"
"""Within a paragraph."""
NO_BREAK = "\u00a0"
SIZE = (960.0, 540.0)
"""16:9."""
EDGE = 36.0
"""White at the left and right of a slide."""
WIDE = SIZE[0] - 2 * EDGE
NAMES = 256.0
"""Room for the names of the rows at the left."""
BESIDE_NAMES = 8.0
"""White between names and the charts."""
LEADS = NAMES - 5.0
"""Room for names over the marks of their rows."""
GAP = 22.0
"""White between panels side by side."""
APART = 14.0
"""White between blocks, one under the other."""
NAME_SIZE, QUIET_SIZE, HEAD_SIZE, TICK_SIZE = 15, 14, 15, 14
TALLEST = 48.0
"""Points that a slot of rows may be high whose names stand over their marks."""
TICKS = 24.0
"""Room over the marks, where the percentages of the axis stand clear of the heading."""
PADDING = 4.0
"""White over and under the name of a row."""
_SHORT = 0.3
"""Of a line that the last of several takes at least."""
_BASES = 2
"""Things that percentages are of which the heading of a panel names, of more the usual one."""


@dataclass(frozen=True, slots=True)
class SlideRow:
    """A row of a slide: its name with a quiet second line, and the slots of each panel, equally many in each."""

    row: Row
    name: str
    """With the sign of figures that must not be compared, where the slide has any that it holds for."""
    quiet: str
    slots: tuple[tuple[Slot, ...], ...] = ()
    lined: bool = False
    """Whether the second line stands beside its marks."""
    lead: int = 0
    """Of such a row: slots over the marks for its name."""
    again: bool = False
    """Whether the row above has its name, which does not stand here."""
    asides: tuple[tuple[int, str], ...] = ()
    """Of such a row of stacks: (slot, what each is of)."""

    @property
    def height(self) -> int:
        """Slots it is high."""
        return len(self.slots[0])

    def signed_in(self, signed: Collection[Header]) -> SlideRow:
        """The row with its sign only where it is among those ``signed``."""
        (name, _), (quiet, _) = unlike.parted(self.name), unlike.parted(self.quiet)
        kept = self.row.header in signed
        return self if kept else replace(self, name=name, quiet=quiet)


@dataclass(frozen=True, slots=True)
class Block:
    """Panels side by side and the rows that they share; ``section`` holds only what stands in it."""

    section: Section
    lines: tuple[SlideRow, ...]
    head: float
    """Points of the tallest heading of a panel."""
    step: float
    """Points of a slot."""
    only: bool = False
    """Whether it holds what its panel has alone of those that stand beside each other."""
    tallest: float = inf
    """Points that a slot may be high."""
    between: int = 0
    """Slots of white between two rows, whose rule stands in their middle; half as many reach over the first row and under the last."""

    @property
    def slots(self) -> int:
        """Slots of all rows, with those between them."""
        return sum(line.height for line in self.lines) + self.between * (len(self.lines) - 1)

    @property
    def reach(self) -> float:
        """Slots from the upper end of its charts to its lower end; the white over the first row lies beside the percentages."""
        return self.slots + self.between / 2

    @property
    def height(self) -> float:
        """Points it takes."""
        return self.head + TICKS + self.reach * self.step


@dataclass(frozen=True, slots=True)
class SlidePage:
    """One slide. ``section`` holds only what stands on it; ``at`` counts from 1 to ``of`` within the theme."""

    whole: Section
    section: Section
    blocks: tuple[Block, ...] = ()
    """Of a grid: its parts from above."""
    table: float = 0.0
    """Of a table or of lines: points that they are high."""
    hundred: float = 0.0
    """Of a grid: points for 0 to 100 percent; 0 for as many as its labels leave."""
    tall: float = inf
    """Of a table: points of a line of cells at most, as on the fullest slide of its deck."""
    at: int = 1
    of: int = 1

    @property
    def beside(self) -> int:
        """Panels of a grid beside each other."""
        return len(self.blocks[0].section.panels)

    @property
    def height(self) -> float:
        """Points that its table or its lines take, or its blocks with the white between them."""
        return self.table or sum(block.height for block in self.blocks) + APART * (
            len(self.blocks) - 1
        )


def numbered(pages: Sequence[SlidePage]) -> tuple[SlidePage, ...]:
    """The slides of a theme with their numbers."""
    return tuple(replace(page, at=at, of=len(pages)) for at, page in enumerate(pages, start=1))


def cut(section: Section, panels: Sequence[int], rows: Sequence[Row] | None = None) -> Section:
    """The section with only some of its panels, by index, and of ``rows`` (all without them) those with a figure there."""
    kept = tuple(
        replace(row, cells=tuple(row.cells[at] for at in panels))
        for row in (section.rows if rows is None else rows)
        if any(row.cells[at].values for at in panels)
    )
    shown = tuple(section.panels[at] for at in panels)
    respondents = {value.respondents for row in kept for value in row.values}
    if section.sectors_apart:
        # A panel without a figure there stands beside the others.
        owners = (each.header for each in shown)
        respondents |= {
            respondents_in(each) for each in owners if isinstance(each, Respondents | Stratum)
        }
    facts = {
        owner: facts
        for owner, facts in section.facts.items()
        if respondents_in(owner) in respondents
    }
    return replace(section, panels=shown, rows=kept, facts=facts)


def joined(parts: Sequence[Section]) -> Section:
    """What several cuts of one section hold together, each row with the cells of its own cut."""
    facts = {owner: held for part in parts for owner, held in part.facts.items()}
    return replace(
        parts[0],
        panels=tuple(panel for part in parts for panel in part.panels),
        rows=tuple(row for part in parts for row in part.rows),
        facts=facts,
    )


def panel_width(count: int) -> float:
    """Points each of ``count`` panels beside each other is wide."""
    return (WIDE - NAMES - GAP * (count - 1)) / count


def evenly(heights: Sequence[float], most: float) -> list[range]:
    """Indices of rows slide by slide, as few slides as can be and these as evenly filled as can be.

    A row higher than ``most`` has a slide to itself.
    """
    return in_parts(heights, len(_filled(heights, most)), most)


def in_parts(heights: Sequence[float], count: int, most: float) -> list[range]:
    """Indices of rows in so many parts, of which none is higher than ``most`` where it has several rows; the fullest as little
    filled as can be, and the others as alike as can be."""
    sums = list(accumulate(heights, initial=0.0))

    @cache
    def best(at: int, left: int) -> tuple[float, float, tuple[range, ...]]:
        """(fullest, sum of squares, parts) of the rows from ``at`` on in ``left`` parts."""
        if not left:
            return (0.0, 0.0, ()) if at == len(heights) else (inf, inf, ())
        found = []
        for end in range(at + 1, len(heights) - left + 2):
            own = sums[end] - sums[at]
            if end > at + 1 and own > most:
                break
            full, squares, parts = best(end, left - 1)
            found.append((max(own, full), squares + own**2, (range(at, end), *parts)))
        # Of two ways alike, the one with more rows at first.
        return min(reversed(found), key=lambda each: each[:2], default=(inf, inf, ()))

    return list(best(0, count)[2])


def _filled(heights: Sequence[float], most: float) -> list[range]:
    parts: list[range] = []
    start, used = 0, 0.0
    for at, height in enumerate(heights):
        if at > start and used + height > most:
            parts.append(range(start, at))
            start, used = at, 0.0
        used += height
    return [*parts, range(start, len(heights))] if heights else []


def evened(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """A text in lines that have ``room``, a little shorter where the last would be a word or two."""
    first = found = wrap(text, size, room, bold)
    least = _SHORT * room
    while len(found) > 1 and width(found[-1], size, bold) < least:
        room -= size
        found = wrap(text, size, room, bold)
        if len(found) > len(first):
            return balanced(text, size, room + size, bold)
    return found


def quiet_lines(quiet: str, inset: float = 0.0) -> list[str]:
    """The quiet line under the name of a row, broken where it has room: left to itself, one ends within a period."""
    room = NAMES - BESIDE_NAMES - inset
    found = parted(quiet, QUIET_SIZE, room)
    # Parts that are kept together may be too long for a line.
    broken = any(line.endswith("–") for line in found)
    return wrap(quiet, QUIET_SIZE, room) if broken else found


def name_height(name: str, quiet: str, *, bold: bool = False, inset: float = 0.0) -> float:
    """Points of the name of a row with its quiet line, ``inset`` points from the edge."""
    room = NAMES - BESIDE_NAMES - inset
    lines = len(wrap(name, NAME_SIZE, room, bold)) * NAME_SIZE
    return (lines + len(quiet_lines(quiet, inset)) * QUIET_SIZE) * LEADING + 2 * PADDING


def heading(
    section: Section,
    at: int,
    loc: Localizer,
    room: float,
    signed: Collection[Header] | None = None,
    *,
    only: bool = False,
) -> tuple[list[str], list[str]]:
    """(lines of a panel's name and quiet lines under it), broken to ``room`` points; ``signed`` as of ``panel_name``, without them all
    that are barred, ``only`` as of a block.

    The second names the reference period, what percentages are of where the slide has several, and of graded questions the answer.
    """
    panel = section.panels[at]
    name = panel_name(panel, loc, unlike.barred(section) if signed is None else signed)
    if only:
        name = texts.more_from(loc, loc.header(panel.header))
    every = bases(section, at)
    told = panel_share(section, at, loc, every if len(every) <= _BASES else ())
    quiet = texts.joined(panel_period(section, at, loc), told)
    return balanced(name, HEAD_SIZE, room, bold=True), balanced(quiet, QUIET_SIZE, room)


def panel_name(panel: Panel, loc: Localizer, signed: Collection[Header]) -> str:
    """Whose figures a panel holds, or what of; blank where that is said as what percentages are of. With the sign of figures that must
    not be compared where it is among those ``signed``."""
    name = "" if isinstance(panel.header, Base) else loc.header(panel.header)
    return unlike.with_sign(name, panel, signed)


def panel_period(section: Section, at: int, loc: Localizer) -> str:
    """The reference period of a country's panel; blank where its name says it."""
    header = section.panels[at].header
    respondents = header.respondents if isinstance(header, Stratum) else header
    one_edition = isinstance(respondents, Respondents) and respondents.survey_id
    return periods(section, at, loc) if section.facts_of(header) and not one_edition else ""


def panel_share(section: Section, at: int, loc: Localizer, found: Sequence[str] = ()) -> str:
    """What percentages of a panel are of, the bases that are ``found`` or the usual one, and of graded questions the answer."""
    facts = section.facts_of(section.panels[at].header)
    answer = loc.answering() if facts and facts.answer == "high" else ""
    return texts.joined(shares(loc, found or _headed_bases(section, at)), answer)


def head_height(section: Section, loc: Localizer, wide: float, *, only: bool = False) -> float:
    """Points of the tallest heading of panels ``wide`` points wide; ``only`` as of a block."""
    heads = (heading(section, at, loc, wide, only=only) for at in range(len(section.panels)))
    return max((len(name) * HEAD_SIZE + len(quiet) * QUIET_SIZE) * LEADING for name, quiet in heads)


def _headed_bases(section: Section, at: int) -> tuple[str, ...]:
    """What the heading of a panel says of bases: of a country the usual one, since its rows say what differs; else all."""
    if not section.facts_of(section.panels[at].header):
        return bases(section, at)
    usual = dict.fromkeys(
        value.observation.base
        for row in section.rows
        for value in row.cells[at].values
        if not value.base_differs
    )
    return tuple(usual) or bases(section, at) or (section.panels[at].base,)


def periods(section: Section, at: int, loc: Localizer) -> str:
    """The period that the figures of a country's panel share, else from the first year to the last."""
    values = [value for row in section.rows for value in row.cells[at].values]
    return loc.span({value.survey.survey_id: value.survey for value in values}.values())


def rebased(section: Section) -> Section:
    """The section with every figure of a country's panel saying whether its base differs from the most usual one there, which the
    panel has."""
    usual: dict[int, str] = {}
    for at, panel in enumerate(section.panels):
        found = [value.observation.base for row in section.rows for value in row.cells[at].values]
        if section.facts_of(panel.header) and found:
            usual[at] = max(dict.fromkeys(found), key=found.count)
    rows = tuple(
        replace(
            row,
            cells=tuple(
                replace(
                    cell,
                    values=tuple(
                        replace(value, base_differs=value.observation.base != usual[at])
                        for value in cell.values
                    ),
                )
                if at in usual
                else cell
                for at, cell in enumerate(row.cells)
            ),
        )
        for row in section.rows
    )
    panels = tuple(
        replace(panel, base=usual.get(at, panel.base)) for at, panel in enumerate(section.panels)
    )
    return replace(section, panels=panels, rows=rows)


def bases(section: Section, at: int) -> tuple[str, ...]:
    """Every base among the figures of a panel, in order of appearance."""
    return tuple(
        dict.fromkeys(
            value.observation.base for row in section.rows for value in row.cells[at].values
        )
    )


def shares(loc: Localizer, found: Sequence[str]) -> str:
    """Every base of the marks of a panel; which mark has which stands at the mark, its row or its colour."""
    names = [
        loc.label("base", base) if len(found) == 1 else loc.short("base", base) for base in found
    ]
    return loc.t("% of {base}").format(base=loc.t(" / of ").join(names))
