"""A block of lines of percentages: on each the figures that may be compared, as dots that a line joins, each with its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.charts import ladder
from dashboard.charts.canvas import INSET, LEADING, Canvas
from dashboard.charts.compare_labels import DOT, Labels
from dashboard.charts.context import ChartContext
from dashboard.charts.dot_labels import Room, Wanted, placed
from dashboard.charts.drawing import Dash, Mark, Point, RowArea
from dashboard.charts.labels import NAME, NOTE, is_exact, spoken, symbol_of
from dashboard.charts.roles import CARE, INK, QUIET, RULE, Role
from dashboard.charts.series import series_of, series_role
from dashboard.charts.spots import Laid, Spot, spots, touches
from dashboard.charts.text import headed, parted
from dashboard.query import POSSIBLE, Row, Value
from dashboard.query.types import about
from dashboard.text import comparisons, findings, texts

NARROW, NARROW_SHEET = 600, 500
"""Pixels (at scale 1) of a page and of a picture below which the names stand above their lines."""
NAMES, NAMES_SHEET = 0.24, 0.28
"""Share of the width of a page and of a picture that names take beside their lines, within ``NAMES_LEAST`` and ``NAMES_MOST`` pixels."""
NAMES_LEAST, NAMES_LEAST_SHEET, NAMES_MOST = 208, 170, 320
EDGE = 10
"""Pixels (at scale 1) left of the names, where the edge of care stands."""
HALF_TICK = 20
"""Pixels (at scale 1) that half of "100%" takes right of its place."""
JOIN, WHISKER = 4, 1.6
"""Pixels (at scale 1) of the line that joins dots, of an interval."""
EDGED, RING = 2.0, 1.5
"""Pixels of the edge of a dot, half of it around the dot, and of the ring that parts it from one that it touches."""
LEAST = 4
"""Pixels (at scale 1) by which an interval is wider than its dot, at least: a shorter one would be a fin."""
PADDING, LOW_PADDING = 8, 1
"""Pixels (at scale 1) above and below what a line holds, and what one holds that is as low as can be."""
HEAD_AIR = 4
"""Pixels (at scale 1) over an indicator that stands over its lines, and under the last of the one before."""
FEW = 2
"""Dots of a line whose labels stand over and under it before they leave out what figures are shares of."""
FEW_TICKS = 420
"""Pixels (at scale 1) of a plot below which only 0, 50 and 100 percent are named."""
CROWD, HEAP, TOUCHES = 60, 600, 2
"""Pixels (at scale 1) in which the names of crowded dots would stand nearer to others, of a plot on a page below which dots that cover
each other stand one below the other, and of the ground between two of a picture with less than which they do."""


@dataclass(frozen=True, slots=True)
class _Text:
    """Lines of type."""

    lines: tuple[str, ...]
    size: float
    colour: Role
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one panel under their percentages."""

    context: ChartContext
    panel: int
    low: bool = False
    """Whether lines are as low as can be: the indicator stands over its lines, and beside each what else it is about."""

    @property
    def _canvas(self) -> Canvas:
        return self.context.canvas

    @property
    def _labels(self) -> Labels:
        return Labels(self.context, signed=self.low)

    @property
    def _narrow(self) -> bool:
        least = NARROW_SHEET if self.context.in_picture else NARROW
        return self._canvas.width < self._canvas.px(least)

    @property
    def _names(self) -> float:
        """Pixels from the left edge to 0 percent."""
        canvas = self._canvas
        if self._narrow:
            return canvas.px(EDGE)
        in_picture = self.context.in_picture
        share = NAMES_SHEET if in_picture else NAMES
        least = NAMES_LEAST_SHEET if in_picture else NAMES_LEAST
        return min(max(canvas.width * share, canvas.px(least)), canvas.px(NAMES_MOST))

    def _room(self, *, over: bool) -> float:
        """Pixels for what a line is about, ``over`` it or beside it."""
        canvas = self._canvas
        wide = canvas.width if over else self._names - canvas.px(12)
        return wide - canvas.px(EDGE) - 2 * INSET

    @property
    def _padding(self) -> float:
        return self._canvas.space(LOW_PADDING if self.low else PADDING)

    @property
    def _hundred(self) -> float:
        return self._canvas.width - self._canvas.px(HALF_TICK)

    def _at(self, percent: float) -> float:
        return self._names + (self._hundred - self._names) * percent / 100

    def draw(self, y: float) -> float:
        """Draw the block from ``y`` on; returns the y below."""
        canvas, section, start = self._canvas, self.context.section, y
        indicator = comparisons.one_indicator(section, self.panel)
        y = self._head(indicator, y)
        held = [(at, row) for at, row in enumerate(section.rows) if row.cells[self.panel].values]
        leads = set(map(about, self.context.leads))
        held.sort(key=lambda line: about(line[1].header) not in leads)
        # What the title of a picture of one line says is the name of that, where nothing else tells it.
        named = bool(indicator) and not (
            not self.low
            and self.context.in_picture
            and len(held) == 1
            and comparisons.shared_among(section)
        )
        several = [row for _, row in held if len(row.values) > 1]
        joined = not all(self._is_near([spot.x for spot in self._spots(row)]) for row in several)
        lines = self._named_once(
            [self._laid(at, row, named=named, joined=joined) for at, row in held]
        )
        top = y
        areas = []
        for line in lines:
            below = y + self._height(line)
            areas.append(RowArea(y, below, (self.panel,)))
            y = below
        for line, area in zip(lines, areas, strict=True):
            self._draw_line(line, area)
        ticks = [self._at(percent) for percent in self._ticks]
        for line, area in zip(lines, areas, strict=True):
            canvas.uprights(ticks, self._plot_top(line, area), area.bottom)
        canvas.rule(0, y, canvas.width, y)
        canvas.panel(self._names, top, canvas.width, y, self._at(0), self._at(100))
        canvas.band(start, y, areas)
        return y + canvas.px(18)

    def _named_once(self, lines: list[Laid]) -> list[Laid]:
        """The lines; one of the name of the line above has only what it is about besides."""
        above = [(), *(line.name for line in lines)]
        return [
            replace(line, name=()) if line.note and line.name == before else line
            for line, before in zip(lines, above, strict=False)
        ]

    @property
    def _values(self) -> list[Value]:
        rows = self.context.section.rows
        return [value for row in rows for value in row.cells[self.panel].values]

    @property
    def _bases(self) -> list[str]:
        """What the figures of the panel are shares of, what most are of first."""
        found = Counter(value.observation.base for value in self._values)
        return [base for base, _ in found.most_common()]

    @property
    def _ticks(self) -> tuple[int, ...]:
        few = self._hundred - self._names < self._canvas.px(FEW_TICKS)
        return (0, 50, 100) if few else (0, 20, 40, 60, 80, 100)

    def _head(self, indicator: str, y: float) -> float:
        """The indicator where all lines share it, what percentages are of, and percentages; returns the y below."""
        canvas, loc = self._canvas, self.context.loc
        values = self._values
        shares = loc.t("% of {base}").format(
            base=loc.t(" / of ").join(loc.label("base", base) for base in self._bases)
        )
        if self.context.in_picture and len(self.context.section.panels) == 1:
            # The line under the title says it.
            shares = ""
        if self.low and all(value.observation.response == "high" for value in values):
            shares = texts.joined(shares, loc.answering())
        label = loc.dataset.indicators[indicator].label if indicator else ""
        if label and not self._is_in_title(label):
            y = canvas.block(0, y, label, canvas.width - 2 * INSET, NAME, bold=True)
        tall = canvas.px(NOTE * LEADING)
        beside = canvas.text_width(shares, NOTE, bold=self.low) < self._names - canvas.px(HALF_TICK)
        heads = self.low and not label
        colour = INK if self.low else QUIET
        if not beside:
            y = canvas.block(0, y, shares, canvas.width - 2 * INSET, NOTE, colour, heads)
        else:
            canvas.text(0, y + tall / 2, shares, NOTE, colour, heads)
        for percent in self._ticks:
            first = self._narrow and not percent
            canvas.text(
                self._at(percent) if not first else 0,
                y + tall / 2,
                loc.percent(percent),
                NOTE,
                QUIET,
                anchor="left" if first else "center",
            )
        return y + tall + canvas.px(4)

    def _is_in_title(self, label: str) -> bool:
        """Whether the title says the indicator: that of a picture of one or with its name does, of a page where it tells no finding."""
        selection = self.context.selection
        told = findings.names_indicator(self.context.loc, selection)
        pictured = len(selection.indicators) == 1 or label in self.context.title
        return told or (self.context.in_picture and pictured)

    def _spots(self, row: Row) -> list[Spot]:
        values = sorted(row.cells[self.panel].values, key=lambda value: value.observation.value)
        intervals = self.context.selection.intervals
        overlap, dot = not self.context.in_picture, self._canvas.px(DOT)
        return spots(values, self._at, dot, intervals=intervals, overlap=overlap)

    def _laid(self, index: int, row: Row, *, named: bool, joined: bool) -> Laid:
        """A line laid out; ``joined`` where another of the block has its dots side by side."""
        canvas, laid = self._canvas, self._spots(row)
        left = canvas.px(EDGE) + INSET if self._narrow else self._names + canvas.px(2)
        room_for = Room(left, canvas.width, canvas.px(6), self._labels.lane_height)
        wanted, based, rungs = self._wanted(laid, left), True, None
        if self._is_heaped(laid, joined=joined):
            rungs = ladder.ladder(wanted, room_for)
            if not rungs and len(laid) > FEW:
                # What a figure is a share of stands under the name of the line then.
                rungs = ladder.ladder(self._wanted(laid, left, based=False), room_for)
                based = not rungs
        if rungs:
            wanted, places = rungs
            laid = [replace(spot, down=each.down) for spot, each in zip(laid, wanted, strict=True)]
        else:
            places = placed(wanted, room_for)
        name, note = self._told(row, named=named, based=based)
        return Laid(
            index,
            row,
            tuple(laid),
            tuple(wanted),
            tuple(places),
            tuple(headed(name, canvas.px(NAME), self._room(over=self._narrow or self.low))),
            tuple(parted(note, canvas.px(NOTE), self._room(over=self._narrow))),
            stepped=bool(rungs),
            based=based,
        )

    def _told(self, row: Row, *, named: bool, based: bool) -> tuple[str, str]:
        """(name of a line, what it is about besides and when); ``named`` and ``based`` as of ``comparisons.line_name``."""
        loc, section = self.context.loc, self.context.section
        if not self.low:
            return comparisons.line_name(loc, row, named=named, beside=section, based=based)
        # Under a heading of several bases each line says its own.
        base = self._bases[0] if len(self._bases) == 1 else ""
        note = comparisons.line_about(loc, row, section, base, based=based)
        return "" if named else loc.header(about(row.header)), note

    def _wanted(self, laid: Sequence[Spot], left: float, *, based: bool = True) -> list[Wanted]:
        """The dots of a line and their labels, ``based`` with what each is a share of where they differ in that; lists begin at
        ``left``."""
        canvas, labels, values = self._canvas, self._labels, [spot.value for spot in laid]
        wanted, dot = list[Wanted](), comparisons.dot_names(self.context.loc, values)
        for spot in laid:
            label = labels.label(spot.value, dot(spot.value), values, name_first=True, based=based)
            wide, lines = canvas.runs_width(label, NAME), len(labels.listed(label, left))
            wanted.append(Wanted(spot.x, spot.low, spot.high, wide, spot.down, lines))
        return wanted

    def _is_heaped(self, laid: Sequence[Spot], *, joined: bool) -> bool:
        """Whether dots of a line stand one below the other: those that hide each other do in pictures and where a page is narrow,
        those that touch where so many stand together that their names would stand at each other's; in pictures any that touch, but no
        two of a block where others are ``joined``."""
        covers, canvas = any(spot.down for spot in laid), self._canvas
        places = [spot.x for spot in laid]
        if not self.context.in_picture:
            narrow = self._hundred - self._names < canvas.px(HEAP)
            crowded = self._is_near(places) and ladder.is_crowded(places, canvas.px(CROWD))
            return crowded or (covers and narrow)
        return covers or (self._is_near(places) and not (joined and len(laid) == 2))

    def _is_near(self, places: Sequence[float]) -> bool:
        """Whether dots cover each other or touch."""
        return ladder.is_near(places, self._canvas.px(DOT + TOUCHES))

    def _over(self, line: Laid) -> list[_Text]:
        """What stands over the dots of a line."""
        over = self._texts(line) if self._narrow else self._texts(line)[: int(self.low)]
        return [each for each in over if each.lines]

    def _beside(self, line: Laid) -> list[_Text]:
        """What stands left of them."""
        return [] if self._narrow else self._texts(line)[int(self.low) :]

    def _texts(self, line: Laid) -> list[_Text]:
        return [_Text(line.name, NAME, INK, bold=True), _Text(line.note, NOTE, QUIET)]

    def _tall(self, texts: Sequence[_Text]) -> float:
        return sum(len(each.lines) * self._canvas.px(each.size * LEADING) for each in texts)

    def _top(self, line: Laid) -> float:
        """Pixels from the top of a line to its dots and what stands beside these."""
        # A new indicator keeps clear of the lines of the one before.
        air = self._canvas.space(HEAD_AIR) if self.low and line.name else 0.0
        return air + self._padding + self._tall(self._over(line))

    def _within(self, line: Laid) -> float:
        """Pixels of dots and what stands beside them."""
        return max(self._tall(self._beside(line)), self._labels.height(line))

    def _height(self, line: Laid) -> float:
        return self._top(line) + self._within(line) + self._padding

    def _plot_top(self, line: Laid, area: RowArea) -> float:
        """Where the lines of percentages of a line begin: under what stands over its dots."""
        return area.top + self._top(line) if self._over(line) else area.top

    def _draw_line(self, line: Laid, area: RowArea) -> None:
        canvas = self._canvas
        if not self.low or line.name:
            canvas.rule(0, area.top, canvas.width, area.top)
        if line.row.cautions and comparisons.has_edges(self.context.section):
            edge = self._plot_top(line, area) if self.low else area.top + 1
            canvas.box(0, edge, canvas.px(4), area.bottom, CARE)
        over, beside = self._over(line), self._beside(line)
        top, within = area.top + self._top(line), self._within(line)
        self._write(over, top - self._tall(over))
        self._write(beside, top + (within - self._tall(beside)) / 2)
        dots = self._labels.height(line)
        first = top + (within - dots) / 2
        self._draw_dots(line, first + canvas.px(2) + self._labels.height_above(line))

    def _write(self, texts: Sequence[_Text], y: float) -> None:
        """Draw texts from ``y`` on."""
        canvas = self._canvas
        for each in texts:
            step = canvas.px(each.size * LEADING)
            for text in each.lines:
                canvas.text(canvas.px(EDGE), y + step / 2, text, each.size, each.colour, each.bold)
                y += step

    def _draw_dots(self, line: Laid, y: float) -> None:
        context, canvas, section = self.context, self._canvas, self.context.section
        selection, loc = context.selection, context.loc
        self._join(line, comparisons.alike([spot.value for spot in line.spots]), y)
        for spot in line.spots:
            of_baseline = spot.value.observation.country == selection.baseline
            if of_baseline and len(line.spots) > 1:
                colour = series_role(section, series_of(section, spot.value))
                half = self._labels.lane_height / 2 if line.stepped else canvas.px(DOT)
                canvas.line(((spot.x, y - half), (spot.x, y + half)), colour, canvas.px(2))
        self._draw_intervals(line, y)
        self._labels.draw_leaders(line, y)
        for spot in line.spots:
            value, row = spot.value, spot.value.observation
            header = series_of(section, value)
            canvas.mark(
                Mark(
                    position=row.position,
                    percent=row.value,
                    spoken=spoken(loc, value),
                    panel=self.panel,
                    row=line.index,
                    series=loc.header(header),
                    colour=series_role(section, header),
                    x=spot.x,
                    y=y + spot.down,
                    shape=self._shape(line, spot),
                )
            )
        self._labels.draw(line, y)

    def _shape(self, line: Laid, spot: Spot) -> Point:
        """A dot, open where its figure is not exact; a whole one that touches another has a ring of the ground."""
        size, hollow = self._canvas.px(DOT), not is_exact(spot.value)
        ringed = not hollow and touches(line.spots, spot, size)
        edge = RING if ringed else EDGED
        size += EDGED + RING if ringed else 0.0
        return Point(symbol_of(spot.value), size, hollow, edge, ringed)

    def _draw_intervals(self, line: Laid, y: float) -> None:
        """Those of the figures of a line, behind all dots; one that its dot covers is not drawn."""
        canvas, section = self._canvas, self.context.section
        for spot in line.spots:
            known = spot.value.evidence.interval
            low, high = (self._at(known.low), self._at(known.high)) if known else (0.0, 0.0)
            if self.context.selection.intervals and high - low > canvas.px(DOT + LEAST):
                colour = series_role(section, series_of(section, spot.value))
                dash: Dash = "dot" if known and known.kind == POSSIBLE else "solid"
                canvas.interval(low, high, y + spot.down, colour, canvas.px(WHISKER), dash=dash)

    def _join(self, line: Laid, values: Sequence[Value], y: float) -> None:
        """What joins figures of one population; nothing where they stand one below the other, where it would look like a course."""
        joined = [spot for spot in line.spots if spot.value in values]
        if line.stepped or len(joined) < 2:
            return
        half = self._canvas.px(JOIN) / 2
        self._canvas.box(joined[0].x, y - half, joined[-1].x, y + half, RULE)
