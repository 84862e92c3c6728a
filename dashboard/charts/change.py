"""Change over editions: panels side by side, years along, percent up, a line each that may be read along.

A panel is what "Side by side" says: a country (the usual), a sector or an indicator, and one thing that its percentages are
shares of. Its lines are everything else that has figures of two editions. Percentages are alike in every panel; the years of a
panel are those of its countries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.canvas import INSET, LEADING
from dashboard.charts.chart import Chart
from dashboard.charts.context import ChartContext
from dashboard.charts.edition_axes import inset, write_periods
from dashboard.charts.edition_gutter import LEADER, MARK, NEAR, SPACE, TYPE, Gutter
from dashboard.charts.edition_lines import EditionLine, LinePanel, LineSection, line_section
from dashboard.charts.edition_notes import EditionNotes, write_notes
from dashboard.charts.edition_panel import PanelDrawing
from dashboard.charts.labels import NAME, brief
from dashboard.charts.roles import INK, QUIET, RULE
from dashboard.charts.text import wrap
from dashboard.charts.years import Plot, Timeline
from dashboard.messages import gettext_noop
from dashboard.query import Section
from dashboard.text import Localizer, texts

MOST = 4
"""Panels beside each other, at most."""
GAP = 32
"""Pixels (at scale 1) between panels."""
SHARE = 0.7
"""Of a panel that its plot takes at least."""
FIRST, FURTHER = 240, 200
"""Pixels (at scale 1) that a plot takes at most where it is alone on the page, and more for each edition after the first."""
PLOT, NARROW = 176, 164
"""Pixels (at scale 1) that a plot is wide at least, and on a narrow screen with names beside it."""
NAMES = 120
"""Pixels (at scale 1) that a name has in a line, where that does not cost a column of panels."""
STEEP = 0.5
"""Height of a plot over its width, within these bounds:"""
LOWEST, EACH = 60, 26
"""pixels (at scale 1) that a plot is high at least without lines, and more for each line;"""
HIGHER, HIGHER_ALONE = 30, 90
"""how many more it is high at most, and where it is alone;"""
LEAST, MOST_HIGH = 120, 340
"""and whatever its lines."""


class Change(Chart):
    """Lines over the editions."""

    name = "change"
    label = gettext_noop("Change over editions")
    joins_editions = True
    signs_small_bases = False
    sample = "dot"
    on_slides = "change"

    def draw(self, context: ChartContext, y: float) -> float:
        """What all lines share, the panels row by row, and the notes; returns the y below."""
        found = line_section(context)
        canvas = context.canvas
        if found.shared:
            top = y
            y = canvas.block(0, y, found.shared, canvas.width - 2 * INSET, NAME, bold=True)
            y += canvas.px(8)
            canvas.band(top, y)
        notes = EditionNotes.of(context, found)
        y = _Grid.of(context, found, notes).draw(y)
        return notes.draw(context, y)

    def note_on_marks(self, loc: Localizer, section: Section) -> str:
        """What is not drawn, and what a dashed line passes over."""
        if not section.values:
            return ""
        sentences = [loc.t("Only figures with a second edition to compare with are drawn.")]
        if any(step.skipped for step in section.edition_steps):
            sentences.append(loc.t("A dashed line passes over an edition without a figure."))
        return " ".join(sentences)

    def note_on_surveys(self, loc: Localizer, section: Section) -> str:
        """How many of those asked answered."""
        return texts.response_rates(loc, section)


@dataclass(frozen=True, slots=True)
class _Labels:
    """What the labels beside a plot need: pixels without names, for the widest name and for the widest word of one."""

    bare: float
    widest: float
    word: float
    number: float
    """For a number in place of a name."""
    space: float
    """Between a figure and its name."""

    @classmethod
    def of(
        cls, context: ChartContext, lines: Sequence[EditionLine], notes: EditionNotes
    ) -> _Labels:
        """Measured from the lines of a panel."""
        canvas, loc = context.canvas, context.loc
        figures = (brief(loc, line.values[-1][1]) for line in lines)
        words = (each for line in lines for each in line.name.split())
        widest = max((canvas.text_width(line.name, TYPE) for line in lines), default=0.0)
        word = max((canvas.text_width(each, TYPE) for each in words), default=0.0)
        digits = "0" * len(str(len(lines)))
        number = f"{digits} aa" if notes.letters else digits
        figure = max((canvas.text_width(each, TYPE, bold=True) for each in figures), default=0.0)
        return cls(
            canvas.px(LEADER if len(lines) > 1 else NEAR) + figure,
            widest + canvas.px(2) if widest else 0.0,
            word + canvas.px(2) if word else 0.0,
            canvas.text_width(number, TYPE) + canvas.px(4),
            canvas.px(SPACE),
        )

    def beside(self, name: float) -> float:
        """Pixels of a panel beside its plot, with names so wide where it has any."""
        return self.bare + (self.space + name if self.widest else 0.0)

    def left_for_names(self, beside: float) -> float:
        """Pixels for names in so many beside a plot."""
        return max(0.0, beside - self.bare - self.space) if self.widest else 0.0


@dataclass(frozen=True, slots=True)
class _Grid:
    """Panels in rows, those of one row of one size."""

    context: ChartContext
    found: LineSection
    notes: EditionNotes
    timelines: tuple[Timeline, ...]
    """Of each panel."""
    columns: int

    @classmethod
    def of(cls, context: ChartContext, found: LineSection, notes: EditionNotes) -> _Grid:
        """The grid that fits the canvas: with names beside the plots, else with numbers."""
        canvas = context.canvas
        labels = [_Labels.of(context, panel.lines, notes) for panel in found.panels]
        panels, gap = len(found.panels), canvas.px(GAP)

        def fitting(plot: float, names: Iterable[float]) -> int:
            beside = max(each.beside(name) for each, name in zip(labels, names, strict=True))
            need = max(beside + canvas.px(plot), beside / (1 - SHARE))
            return min(panels, MOST, int((canvas.width + gap) // (need + gap)))

        whole = fitting(
            PLOT, (max(each.word, min(each.widest, canvas.px(NAMES))) for each in labels)
        )
        # Names are broken into words, and these give way to numbers, before panels stand below each other.
        words = fitting(NARROW, (each.word for each in labels))
        numbers = fitting(PLOT, (each.number for each in labels))
        beside = (whole if whole > 1 else words) or max(1, numbers)
        # As few rows as can be, and these as evenly filled as can be.
        columns = -(-panels // -(-panels // beside))
        timelines = tuple(_timeline(context.section, panel) for panel in found.panels)
        return cls(context, found, notes, timelines, columns)

    def draw(self, y: float) -> float:
        """Draw the panels from ``y`` on; returns the y below."""
        starts = range(0, len(self.found.panels), self.columns)
        rows = [_Row.of(self, start, start + self.columns) for start in starts]
        tallest = max((row.needed for row in rows), default=0.0)
        for row in rows:
            # Where none stands beside another, each is as high as it needs to be.
            y = replace(row, tall=row.needed if self.columns == 1 else tallest).draw(y)
        return y


def _timeline(section: Section, panel: LinePanel) -> Timeline:
    """The years in which the countries of a panel have figures in the section."""
    values = [value for line in panel.lines for _, value in line.values]
    countries = {value.respondents.country for value in values}
    return Timeline.over(
        value for value in section.values if value.respondents.country in countries
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """Panels beside each other, whose plots are alike."""

    context: ChartContext
    grid: _Grid
    first: int
    """Index of its first panel."""
    panels: tuple[LinePanel, ...]
    labels: tuple[_Labels, ...]
    """Of each panel."""
    numbered: tuple[bool, ...]
    """Of each panel, whether numbers stand for names, which are listed under it."""
    wide: float
    """Pixels from the left to the right edge of a plot."""
    beside: float
    """Pixels beside a plot."""
    tall: float = 0.0
    """Pixels from 0 to 100 percent."""

    @classmethod
    def of(cls, grid: _Grid, start: int, end: int) -> _Row:
        """Laid out: with names beside the plots where they neither narrow these nor make them higher, else with numbers."""
        named = cls._laid_out(grid, start, end, (False,) * len(grid.found.panels[start:end]))
        crowded = tuple(named._is_crowded(at) for at, _ in enumerate(named.panels))
        return cls._laid_out(grid, start, end, crowded) if any(crowded) else named

    @classmethod
    def _laid_out(cls, grid: _Grid, start: int, end: int, numbered: tuple[bool, ...]) -> _Row:
        context, canvas = grid.context, grid.context.canvas
        panels = grid.found.panels[start:end]
        labels = tuple(_Labels.of(context, panel.lines, grid.notes) for panel in panels)
        room = (canvas.width - canvas.px(GAP) * (grid.columns - 1)) / grid.columns
        wanted = max(
            each.beside(each.number if by_number else each.widest)
            for each, by_number in zip(labels, numbered, strict=True)
        )
        wide = max(room - wanted, SHARE * room)
        if len(grid.found.panels) == 1 and not context.in_picture:
            editions = max(len(line.values) for line in panels[0].lines)
            wide = min(wide, canvas.px(FIRST + FURTHER * (editions - 1)))
        beside = min(wanted, wide * (1 / SHARE - 1))
        return cls(context, grid, start, panels, labels, numbered, wide, beside)

    def _is_crowded(self, at: int) -> bool:
        """Whether a word of a name is too wide, or all labels of a panel together are higher than a plot."""
        # Rounding of a sum is no want of room.
        wide = self.labels[at].beside(self.labels[at].word) > self.beside + 0.01
        return wide or self._labels_high(at) > self._usual

    @property
    def _room(self) -> float:
        """Pixels that a panel is wide."""
        return self.wide + self.beside

    @property
    def _usual(self) -> float:
        """Pixels from 0 to 100 percent that so many lines take."""
        px = self.context.canvas.px
        low = LOWEST + EACH * max(len(panel.lines) for panel in self.panels)
        high = low + (HIGHER if len(self.grid.found.panels) > 1 else HIGHER_ALONE)
        usual = min(max(self.wide * STEEP, px(low)), px(high))
        return min(max(usual, px(LEAST)), px(MOST_HIGH))

    @property
    def needed(self) -> float:
        """Pixels from 0 to 100 percent that are enough for the lines and the labels of every panel."""
        labels = (self._labels_high(at) for at, _ in enumerate(self.panels))
        return max(self.context.canvas.zoom.air * self._usual, *labels)

    def _labels_high(self, at: int) -> float:
        """Pixels of the labels beside a plot, one below the other."""
        return self._lines_of_type(at) * self.context.canvas.px(TYPE * LEADING)

    def _gutter(self, at: int) -> Gutter:
        name = self.labels[at].left_for_names(self.beside)
        return Gutter(self.beside, name, self.numbered[at])

    def _lines_of_type(self, at: int) -> int:
        """Of the labels of a panel, one below the other."""
        panel, timeline = self.panels[at], self.grid.timelines[self.first + at]
        gutter = self._gutter(at)
        return sum(self._lines_of_label(line, timeline, gutter) for line in panel.lines)

    def _lines_of_label(self, line: EditionLine, timeline: Timeline, gutter: Gutter) -> int:
        if gutter.numbered or not line.name:
            return 1
        # Letters of breaks that found no room stand behind the name.
        period = " (2000–00)" if timeline.goes_on_after(line.values[-1][0]) else ""
        letters = " aa" if any(step and step.broken for step in line.steps) else ""
        name = f"{line.name}{period}{letters}"
        return len(wrap(name, self.context.canvas.px(TYPE), gutter.name))

    def _heads(self, panel: LinePanel) -> Iterator[tuple[str, float, bool]]:
        """(text, size, whether bold) of what stands above a plot."""
        yield panel.name, NAME, True
        yield panel.unit, TYPE, False

    def draw(self, y: float) -> float:
        """Draw it from ``y`` on; returns the y below."""
        canvas = self.context.canvas
        room = self._room - 2 * INSET
        heads = [
            sum(canvas.measure(text, room, size, bold) for text, size, bold in self._heads(panel))
            for panel in self.panels
        ]
        top = y + canvas.px(6) + max(heads) + canvas.px(22)
        below = top + self.tall
        for at, panel in enumerate(self.panels):
            left = at * (self._room + canvas.px(GAP))
            canvas.rule(left, y, left + self._room, y, RULE)
            down = y + canvas.px(6)
            for text, size, bold in self._heads(panel):
                down = canvas.block(left, down, text, room, size, INK if bold else QUIET, bold)
            below = max(below, self._draw_panel(at, left, top))
        canvas.band(y, below)
        return below + canvas.px(18)

    def _draw_panel(self, at: int, left: float, top: float) -> float:
        """Draw the plot of a panel and what stands under it; returns the y below."""
        context, canvas, notes = self.context, self.context.canvas, self.grid.notes
        panel, right, gutter = self.panels[at], left + self._room, self._gutter(at)
        plot = Plot(
            self.grid.timelines[self.first + at],
            left,
            left + self.wide,
            top,
            self.tall,
            inset(context),
            canvas.px(MARK / 2 + 2),
        )
        ordered = PanelDrawing(context, panel, plot, gutter, notes.letters).draw()
        y = write_periods(context, panel, plot, right)
        if gutter.numbered:
            y = self._list_names(ordered, left, y + canvas.px(4))
        reasons = notes.panels[self.first + at]
        return write_notes(context, reasons, left, y + canvas.px(4), self._room)

    def _list_names(self, names: list[str], left: float, y: float) -> float:
        """Under a panel the names that numbers stand for; returns the y below."""
        canvas, aside = self.context.canvas, self.context.canvas.px(20)
        for number, name in enumerate(names, start=1):
            if name:
                canvas.text(left, y + canvas.px(TYPE * LEADING) / 2, str(number), TYPE, QUIET)
                y = canvas.block(left + aside, y, name, self._room - aside - 2 * INSET, TYPE)
        return y
