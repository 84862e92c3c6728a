"""The panels of a change over editions in rows: how many stand beside each other, how wide and how high their plots are.

Names of lines stand in the plot, at the ends of their lines, if all of them find room there; else in a gutter at its right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from dashboard.charts.canvas import INSET, LEADING, Canvas
from dashboard.charts.context import ChartContext
from dashboard.charts.edition_axes import Periods, inset, name_periods, outset, write_periods
from dashboard.charts.edition_end_room import EndRoom
from dashboard.charts.edition_gutter import LETTERS, MARK, TYPE, Gutter
from dashboard.charts.edition_heads import GROUP, head_height, write_head
from dashboard.charts.edition_lines import (
    ASPECTS,
    Aspect,
    EditionLine,
    LinePanel,
    LineSection,
    line_section,
)
from dashboard.charts.edition_marks import asides
from dashboard.charts.edition_notes import EditionNotes, write_notes
from dashboard.charts.edition_panel import PanelDrawing
from dashboard.charts.edition_rows import groups, rows_of, timelines
from dashboard.charts.roles import RULE
from dashboard.charts.text import wrap
from dashboard.charts.years import SAME, Plot

MOST, MOST_IN_PICTURE = 3, 4
"""Panels beside each other at most, on a page and in a picture."""
GAP = 32
"""Pixels (at scale 1) between panels."""
AFTER_NOTES = 18
"""Pixels (at scale 1) under the reasons for breaks of a block."""
SHARE = 0.7
"""Of a panel that its plot takes at least."""
PLOT, NARROW = 176, 164
"""Pixels (at scale 1) that a plot is wide at least, and on a narrow screen with names beside it."""
NAMES = 120
"""Pixels (at scale 1) that a name has in a line, where that does not cost a column of panels."""
OVER, BARE, TOP = 20, 14, 17
"""Pixels (at scale 1) from the heading of a panel to its highest level, where a figure may stand over it and where none does, and
from the top of one without a heading."""
_FIGURE = MARK / 2 + 9 + TYPE * LETTERS
"""Pixels (at scale 1) from a mark to the top of the highest place of its figure."""
STEEP = 0.5
"""Height of a plot over its width, within these bounds:"""
LOWEST, EACH = 60, 26
"""pixels (at scale 1) that a plot is high at least without lines, and more for each line;"""
HIGHER, HIGHER_ON_PAGE, HIGHER_ALONE = 30, 60, 150
"""how many more it is high at most, on a page that goes on below it, and where it is alone;"""
SHARES = (0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.9, 1.0)
"""Of the usual height, which a plot may take for its labels."""
LOWER, LOW_LEAST = (0.7, 0.8, 0.9), 100
"""Of that height, which plots beside others take on a page where all labels have room, and pixels (at scale 1) of these at least."""
LEAST, MOST_HIGH = 120, 340
"""and whatever its lines."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of drawing a plot: whether every name and whether every figure found room, and the figures of lines that lie on
    another."""

    named: bool
    figured: bool
    crowded: frozenset[int]


@dataclass(frozen=True, slots=True)
class Grid:
    """Panels in rows, all of one size."""

    context: ChartContext
    found: LineSection
    notes: EditionNotes
    labels: tuple[EndRoom, ...]
    """Of each panel."""
    columns: int
    wide: float
    """Pixels from the left to the right edge of a plot."""
    beside: float
    """Pixels of a panel right of its plot."""
    names_inside: bool
    """Whether the names of lines stand in the plots."""
    tall: float = 0.0
    """Pixels from 0 to 100 percent."""
    _tried: dict[tuple[int, float], Trial] = field(default_factory=dict, compare=False)
    """(index of a panel, pixels from 0 to 100 percent) -> what came of its plot; shared by grids that differ in height alone."""

    @classmethod
    def readable(cls, context: ChartContext) -> Grid:
        """The grid whose lines can be told apart, on one axis of years as far as that costs no line and no figure its place."""
        grid = cls._told_apart(context, apart=False)
        if not any(grid.wants) or len(set(timelines(grid.found.panels, apart=True))) == 1:
            return grid
        other = cls._told_apart(context, apart=True)
        is_better = other.wants < grid.wants and other.columns >= grid.columns
        return other if is_better else grid

    @classmethod
    def _told_apart(cls, context: ChartContext, *, apart: bool) -> Grid:
        """An indicator a panel, and further panels where that leaves too many lines; an axis ``apart`` for each of the respondents."""
        parts: dict[int, Sequence[Aspect]] = {
            index: ASPECTS[:1] for index, _ in enumerate(context.section.panels)
        }
        grid = cls.fitting(context, line_section(context, parts), apart=apart)
        while further := {
            index: ASPECTS[: len(parts[index]) + 1]
            for index in grid.crowded
            if parts[index] != ASPECTS
        }:
            parts.update(further)
            found = line_section(context, parts)
            grid = grid if found == grid.found else cls.fitting(context, found, apart=apart)
        return grid

    @classmethod
    def fitting(cls, context: ChartContext, found: LineSection, *, apart: bool) -> Grid:
        """The grid that fits the canvas, with names in the plots if there is room for all of them."""
        grid = cls.of(context, found, apart=apart, names_inside=True)
        for share in () if context.in_picture or len(found.panels) == 1 else LOWER:
            tall = max(share * grid.tall, grid._labels_least, context.canvas.px(LOW_LEAST))
            if grid.has_room(tall, figures=True, untangled=True):
                return replace(grid, tall=tall)
        # A picture has as many panels as it has room for: what says nothing in itself gives way before one does.
        for figures in (False,) if context.in_picture else (True, False):
            higher = (share * grid.usual for share in SHARES)
            for tall in (grid.tall, *(each for each in higher if each > grid.tall)):
                if grid.has_room(tall, figures=figures):
                    return replace(grid, tall=tall)
        return cls.of(context, found, apart=apart, names_inside=False)

    @classmethod
    def of(
        cls, context: ChartContext, found: LineSection, *, apart: bool, names_inside: bool
    ) -> Grid:
        """The grid that fits the canvas."""
        canvas, panels = context.canvas, found.panels

        labels = tuple(
            EndRoom.of(context, panel, timeline, named=not names_inside)
            for panel, timeline in zip(panels, timelines(panels, apart=apart), strict=True)
        )
        gap, edges = canvas.px(GAP), inset(context) + outset(context)

        def fitting(plot: float, names: Iterable[float]) -> int:
            beside = max(
                each.wide(name) - each.after * (canvas.px(plot) - edges)
                for each, name in zip(labels, names, strict=True)
            )
            need = max(beside + canvas.px(plot), beside / (1 - SHARE))
            return min(
                MOST_IN_PICTURE if context.in_picture else MOST,
                int((canvas.width + gap) // (need + gap)),
            )

        most = max(len(group) for group in groups(panels))
        usual = [max(each.word, min(each.widest, canvas.px(NAMES))) for each in labels]
        whole, words = fitting(PLOT, usual), fitting(NARROW, [each.word for each in labels])
        # Names are broken into words before panels stand below each other.
        beside = words if whole < 2 or (context.in_picture and most <= words) else whole
        beside = max(1, beside)
        # As few rows as can be, and these as evenly filled as can be.
        columns = -(-most // -(-most // beside))
        room = (canvas.width - gap * (columns - 1)) / columns
        wanted = max(
            (each.wide(each.widest) - each.after * (room - edges)) / (1 - each.after)
            for each in labels
        )
        wide = max(room - wanted, SHARE * room)
        notes = EditionNotes.of(context, found)
        beside_plot = min(wanted, wide * (1 / SHARE - 1))
        grid = cls(context, found, notes, labels, columns, wide, beside_plot, names_inside)
        return replace(grid, tall=grid.least_tall)

    def has_room(self, tall: float, *, figures: bool, untangled: bool = False) -> bool:
        """Whether every name, and with ``figures`` every figure, finds room in plots so high, and with ``untangled`` no break lies on
        another line."""
        tried = (self._try(panel, tall) for panel in self.found.panels)
        return all(
            trial.named and (trial.figured or not figures) and not (untangled and trial.crowded)
            for trial in tried
        )

    def _try(self, panel: LinePanel, tall: float) -> Trial:
        """What comes of the plot of a panel so high, drawn on a canvas of its own."""
        key = panel.index, tall
        if key not in self._tried:
            canvas = Canvas(self.context.canvas.width, self.context.canvas.zoom)
            named, figured = PanelDrawing(
                replace(self.context, canvas=canvas),
                panel,
                self._plot(panel, (0.0, 0.0), tall),
                self._gutter(panel.index),
                self.notes.letters,
                self.names_inside,
            ).draw()
            self._tried[key] = Trial(named, figured, frozenset(canvas.crowded))
        return self._tried[key]

    @property
    def wants(self) -> tuple[int, int, int]:
        """How many panels are only there to tell lines apart, figures lie on another line, and panels lack a figure."""
        panels = self.found.panels
        tried = [self._try(panel, self.tall) for panel in panels]
        return (
            len(panels) - len({(panel.part_of, panel.measure) for panel in panels}),
            len(frozenset[int]().union(*(trial.crowded for trial in tried))),
            sum(not trial.figured for trial in tried),
        )

    @property
    def crowded(self) -> set[int]:
        """Panels of the section with a word too wide, labels higher than a plot or a break of a line that lies on another."""
        return {
            panel.part_of
            for panel, labels in zip(self.found.panels, self.labels, strict=True)
            # Rounding of a sum is no want of room.
            if labels.wide(labels.word) > self._gutter(panel.index).wide + 0.01
            or (len(panel.lines) > 1 and self._labels_high(panel.index) > self.usual)
            or (
                len(panel.lines) > 1
                and not self.context.fixed
                and self._try(panel, self.tall).crowded
            )
        }

    @property
    def has_asides(self) -> bool:
        """Whether a mark stands beside its year, as another would cover it."""
        size = self.context.canvas.px(MARK)
        return any(asides(panel, plot, size) for panel, plot in self._plots)

    @property
    def _plots(self) -> list[tuple[LinePanel, Plot]]:
        """Each panel with its plot, as if it stood at the left edge."""
        return [(panel, self._plot(panel, (0.0, 0.0), self.tall)) for panel in self.found.panels]

    @property
    def _room(self) -> float:
        """Pixels that a panel is wide."""
        return self.wide + self.beside

    @property
    def usual(self) -> float:
        """Pixels from 0 to 100 percent that so many lines take."""
        px, panels = self.context.canvas.px, self.found.panels
        lines = max(len(panel.lines) for panel in panels)
        # A picture of several panels keeps its plots high where a line gives way.
        low = LOWEST + EACH * (max(lines, 2) if self.context.fixed and len(panels) > 1 else lines)
        beside = HIGHER if self.context.in_picture else HIGHER_ON_PAGE
        high = low + (beside if len(panels) > 1 else HIGHER_ALONE)
        usual = min(max(self.wide * STEEP, px(low)), px(high))
        return min(max(usual, px(LEAST)), px(MOST_HIGH))

    @property
    def least_tall(self) -> float:
        """Pixels from 0 to 100 percent, enough for the labels of every panel."""
        return max(self.context.canvas.zoom.air * self.usual, self._labels_least)

    @property
    def _labels_least(self) -> float:
        """Pixels of the labels of the panel that has most."""
        return max(self._labels_high(at) for at, _ in enumerate(self.found.panels))

    def _labels_high(self, at: int) -> float:
        """Pixels of the labels of a panel, one below the other."""
        panel, gutter = self.found.panels[at], self._gutter(at)
        lines = sum(self._lines_of_label(line, gutter, panel.last) for line in panel.lines)
        return lines * self.context.canvas.px(TYPE * LEADING)

    @property
    def _periods(self) -> Periods:
        """How the periods are written under every panel."""
        return name_periods(self.context, self._plots, self._room)

    def _gutter(self, at: int) -> Gutter:
        labels, edges = self.labels[at], inset(self.context) + outset(self.context)
        wide = self.beside + labels.after * (self.wide - edges)
        return Gutter(wide, labels.left_for_names(wide))

    def _lines_of_label(self, line: EditionLine, gutter: Gutter, last: float) -> int:
        if not line.name or self.names_inside:
            return 1
        # Letters of breaks that found no room stand behind the name.
        period = " (2000–00)" if line.values[-1][0] < last - SAME else ""
        letters = " aa" if any(step and step.broken for step in line.steps) else ""
        name = f"{line.name}{period}{letters}"
        return len(wrap(name, self.context.canvas.px(TYPE), gutter.name))

    def draw(self, y: float) -> float:
        """Draw the panels from ``y`` on; returns the y below."""
        for group in rows_of(self.found.panels, self.columns):
            for at, row in enumerate(group):
                y = self._draw_row(row, row[0].whole if not at else ("", ""), y)
            y = self._draw_notes(group[-1][-1], y)
        return y

    def _draw_row(self, panels: Sequence[LinePanel], above: tuple[str, str], y: float) -> float:
        """Draw panels beside each other, under the heading of what they are parts of; returns the y below."""
        canvas, room, first = self.context.canvas, self._room - 2 * INSET, y
        if any(above):
            y = write_head(canvas, above, 0, y, canvas.width - 2 * INSET, GROUP) + canvas.px(10)
        heads = [head_height(canvas, (panel.name, panel.unit), room) for panel in panels]
        headed = max(heads) > 0
        top = y + (canvas.px(6 + self._over(panels)) + max(heads) if headed else canvas.px(TOP))
        below = top + self.tall
        for at, panel in enumerate(panels):
            left = at * (self._room + canvas.px(GAP))
            if headed:
                canvas.rule(left, y, left + self._room, y, RULE)
            write_head(canvas, (panel.name, panel.unit), left, y + canvas.px(6), room)
            below = max(below, self._draw_panel(panel, left, top))
        canvas.band(first, below)
        return below + canvas.px(6 if self.context.in_picture else 18)

    def _over(self, panels: Sequence[LinePanel]) -> int:
        """Pixels (at scale 1) from the headings of panels to their highest level."""
        values = (value for panel in panels for line in panel.lines for _, value in line.values)
        highest = max((value.observation.value for value in values), default=0.0)
        clear = self.tall * (1 - highest / 100) >= self.context.canvas.px(_FIGURE)
        return BARE if clear else OVER

    def _draw_panel(self, panel: LinePanel, left: float, top: float) -> float:
        """Draw the plot of a panel and what stands under it; returns the y below."""
        context, letters = self.context, self.notes.letters
        plot = self._plot(panel, (left, top), self.tall)
        gutter = self._gutter(panel.index)
        PanelDrawing(context, panel, plot, gutter, letters, self.names_inside).draw()
        below = write_periods(context, panel, plot, left + self._room, self._periods)
        return below + context.canvas.px(4)

    def _draw_notes(self, last: LinePanel, y: float) -> float:
        """Write why lines of a block, that ends with panel ``last``, are broken; returns the y below."""
        canvas, notes = self.context.canvas, self.notes.blocks.get(last.index, ())
        if not notes:
            return y
        below = write_notes(self.context, notes, 0, y, canvas.width)
        canvas.band(y, below)
        return below + canvas.px(AFTER_NOTES)

    def _plot(self, panel: LinePanel, at: tuple[float, float], tall: float) -> Plot:
        left, top = at
        edges = inset(self.context), outset(self.context)
        timeline = self.labels[panel.index].timeline
        return Plot(timeline, left, left + self.wide, top, tall, *edges)
