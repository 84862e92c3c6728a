"""Lines of figures that may be compared, laid out for a slide: name, dots and labels of each, and what room it takes. Points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dashboard.charts import chart_of, ladder
from dashboard.charts.dot_labels import Placed, Room, Wanted, placed
from dashboard.charts.drawing import Run
from dashboard.charts.slots import LABEL_SIZE, LEADING
from dashboard.charts.text import balanced, width
from dashboard.formats.pptx_charts import MARGIN, Interval
from dashboard.formats.pptx_grid import interval_of
from dashboard.formats.slide_layout import (
    BESIDE_NAMES,
    HEAD_SIZE,
    NAME_SIZE,
    NAMES,
    QUIET_SIZE,
    TICKS,
    WIDE,
    name_height,
    quiet_lines,
)
from dashboard.query import Row, Section, Value, View
from dashboard.query.types import about
from dashboard.text import Localizer, comparisons, texts

DOT = 14.0
"""Points of a dot."""
LANE = LABEL_SIZE * LEADING
"""Points between two lanes of labels."""
GAP = 5.0
"""Points between a dot and its label."""
INSET = 10.0
"""White left of the names, where the edge of care stands."""
_SEEN = 4.0
"""Points by which an interval is wider than its dot, at least: a shorter one would be a fin."""
_LEAST, STRETCHED, LOW_STRETCHED = 34.0, 1.9, 2.4
"""Points of a line at least, and at most times this; times how much at most where lines are as low as can be."""
_AIR, _LOW_AIR = 10.0, 3.0
"""Points over and under what a line holds together, and of one that is as low as can be."""
HEAD_ROOM, _OVER_HEAD = NAMES - INSET - BESIDE_NAMES, 6.0
"""Points that the name of an indicator over its lines may be wide, and white over it."""
HUNDRED = WIDE - NAMES - MARGIN
"""Points for 0 to 100 percent."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its name and note, its figures from the least up, their labels and the places of these."""

    row: Row
    name: str
    note: str
    values: tuple[Value, ...]
    labels: tuple[tuple[Run, ...], ...]
    places: tuple[Placed, ...]
    moved: tuple[float, ...]
    """Points that each dot is moved down from where the line runs."""
    stepped: bool
    """Whether its dots stand one below the other."""
    of: str = ""
    """The indicator of a line that is as low as can be; blank where its name says it."""
    share: str = ""
    """What all lines of its indicator are shares of, where those of others are of something else."""
    headed: bool = False
    """Whether these two stand over it."""

    @property
    def title(self) -> str:
        """Its name and its note."""
        return texts.joined(self.of, self.name, self.note, self.share)

    @property
    def of_lines(self) -> list[str]:
        """The name of its indicator, which ends before the charts begin."""
        return balanced(self.of, NAME_SIZE, HEAD_ROOM, bold=True)

    @property
    def share_lines(self) -> list[str]:
        """What stands under that."""
        return balanced(self.share, QUIET_SIZE, HEAD_ROOM) if self.share else []

    @property
    def head(self) -> float:
        """Points of what stands over it."""
        if not self.headed:
            return 0.0
        quiet = len(self.share_lines) * QUIET_SIZE
        return (len(self.of_lines) * NAME_SIZE + quiet) * LEADING + _OVER_HEAD

    @property
    def lanes(self) -> tuple[int, int]:
        """Lanes of labels over the dots, and under them."""
        return max(0, *(each.lane for each in self.places)), max(
            0, *(-each.lane for each in self.places)
        )

    @property
    def spread(self) -> float:
        """Points that its dots reach up and down from where one alone would stand."""
        return max(map(abs, self.moved), default=0.0)

    @property
    def height(self) -> float:
        """Points it takes at least."""
        above, below = self.lanes
        air, least = (_LOW_AIR, 0.0) if self.of else (_AIR, _LEAST)
        dots = (above + below + 1) * LANE + air + 2 * self.spread
        return self.head + max(least, dots, self.name_height + (_LOW_AIR if self.of else 0.0))

    @property
    def name_height(self) -> float:
        """Points of its name; of one that is as low as can be that of its note alone."""
        if self.of:
            return len(quiet_lines(self.note, INSET)) * QUIET_SIZE * LEADING
        return name_height(self.name, self.note, bold=True, inset=INSET)


def head_height(view: View, held: Section) -> float:
    return TICKS + (HEAD_SIZE * LEADING + 6 if shared_indicator(view, held) else 0)


def shared_indicator(view: View, held: Section) -> str:
    """What all lines are about, where several indicators are chosen; of one alone the title says it."""
    alone = len(view.selection.indicators) == 1
    return "" if alone else _one_indicator(held)


def _one_indicator(held: Section) -> str:
    """The indicator that all lines share; blank where there are several."""
    found = {comparisons.one_indicator(held, at) for at in range(len(held.panels))}
    return next(iter(found)) if len(found) == 1 else ""


def height_of(view: View, held: Section, loc: Localizer) -> float:
    """Points that the lines of a slide take at least, with the percentages and what stands over these."""
    return head_height(view, held) + sum(line.height for line in lines_of(view, held, loc))


def lines_of(view: View, held: Section, loc: Localizer) -> list[Line]:
    named = bool(_one_indicator(held))
    lines = [_line(view, held, row, loc, named=named) for row in held.rows]
    if not held.sectors_apart:
        return lines
    before = ["", *(line.of for line in lines)]
    return [
        replace(line, headed=not named and line.of != above)
        for line, above in zip(lines, before, strict=False)
    ]


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of a line: its name, its note, its indicator where it is as low as can be, and what all lines of that share."""

    name: str
    note: str
    of: str = ""
    share: str = ""


def _told(held: Section, row: Row, loc: Localizer, *, named: bool) -> _Told:
    if not held.sectors_apart:
        return _Told(*comparisons.line_name(loc, row, named=named, beside=held))
    own = comparisons.bases(_of_indicator(held, row))
    apart = len(comparisons.bases(held.values)) > 1 and not named
    base = own[0] if len(own) == 1 else ""
    note = comparisons.line_about(loc, row, held, base)
    share = loc.share(base) if base and apart else ""
    return _Told("", note, loc.header(about(row.header)), share)


def _of_indicator(held: Section, row: Row) -> list[Value]:
    """The figures of all lines that are about what a line is about."""
    found = (each.values for each in held.rows if about(each.header) == about(row.header))
    return [value for values in found for value in values]


def _line(view: View, held: Section, row: Row, loc: Localizer, *, named: bool) -> Line:
    values = tuple(sorted(row.values, key=lambda value: value.observation.value))
    moved, wanted = tuple(_moved(values)), list[Wanted]()
    for value, down in zip(values, moved, strict=True):
        x = at_percent(value.observation.value)
        interval = seen_interval(view, value)
        low, high = (
            (x - at_percent(interval.minus), x + at_percent(interval.plus)) if interval else (x, x)
        )
        wide = width_of(_label(view, loc, values, value, name_first=True))
        wanted.append(Wanted(x, min(low, x - DOT / 2), max(high, x + DOT / 2), wide, down))
    room = Room(-4, HUNDRED + MARGIN, GAP, LANE)
    rungs = ladder.ladder(wanted, room) if any(moved) else None
    if rungs:
        moved = tuple(each.down for each in rungs[0])
    places = tuple(rungs[1] if rungs else placed(wanted, room))
    labels = tuple(
        _label(view, loc, values, value, name_first=place.anchor != "left" or place.lane != 0)
        for value, place in zip(values, places, strict=True)
    )
    told = _told(held, row, loc, named=named)
    return Line(
        row,
        told.name,
        told.note,
        values,
        labels,
        places,
        moved,
        bool(rungs),
        told.of,
        told.share,
    )


def seen_interval(view: View, value: Value) -> Interval | None:
    """The interval of a figure, where it is so much wider than the dot that it is seen."""
    found = interval_of(view, value)
    seen = found and at_percent(found.minus + found.plus) > DOT + _SEEN
    return found if seen else None


def at_percent(percent: float) -> float:
    """Points right of 0 percent."""
    return HUNDRED * percent / 100


def _label(
    view: View, loc: Localizer, values: Sequence[Value], value: Value, *, name_first: bool
) -> tuple[Run, ...]:
    """Name and figure; where there is a baseline, how far from it the figure lies."""
    name = comparisons.dot_name(loc, values, value)
    doubt = " ?" if value.observation.status == "inferred" else ""
    figure = Run(loc.value(value) + doubt, bold=True)
    base = next(
        (each for each in values if each.observation.country == view.selection.baseline), None
    )
    few = loc.small_base(value.evidence.few) if chart_of(view.selection).signs_small_bases else ""
    apart = f"\u00a0{few}" if few else ""
    if base is not None and base is not value:
        apart += f"\u00a0({comparisons.points(loc, value.observation, base.observation)})"
    share = comparisons.dot_share(loc, values, value)
    beside = f"{apart}\u00a0{share}" if share else apart
    if name_first:
        colon = ":" if share else ""
        return (Run(f"{name}{colon}\u00a0"), figure, *((Run(beside),) if beside else ()))
    return (figure, Run(f"{beside}{',' if share else ''}\u00a0{name}"))


def width_of(runs: Sequence[Run]) -> float:
    return sum(width(each.text, LABEL_SIZE, each.bold) for each in runs)


def _moved(values: Sequence[Value]) -> list[float]:
    """Points that each dot is moved down, so that of dots at one place each is seen."""
    moved = [0.0] * len(values)
    gaps = [
        at_percent(after.observation.value - each.observation.value)
        for each, after in pairwise(values)
    ]
    # As little as keeps the two that stand closest from covering each other.
    far = math.sqrt(max(0.0, DOT**2 - min(gaps, default=DOT) ** 2)) / 2
    for at, gap in enumerate(gaps, start=1):
        if gap < DOT:
            moved[at] = -moved[at - 1] or far
            moved[at - 1] = moved[at - 1] or -far
    return moved
