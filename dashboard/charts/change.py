"""Change over editions: panels side by side whose axes are alike, years along, percent up, a line each that may be read along.

A panel is what "Side by side" says: a country (the usual), a sector or an indicator, and one thing that its percentages are
shares of. Its lines are everything else that has figures of two editions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dashboard.charts.canvas import INSET, LEADING
from dashboard.charts.chart import Chart
from dashboard.charts.context import ChartContext
from dashboard.charts.edition_axes import write_periods
from dashboard.charts.edition_gutter import LEADER, MARK, SPACE, TYPE, Gutter
from dashboard.charts.edition_lines import EditionLine, LinePanel, LineSection, line_section
from dashboard.charts.edition_panel import PanelDrawing
from dashboard.charts.labels import NAME, brief
from dashboard.charts.roles import INK, QUIET, RULE
from dashboard.charts.text import wrap
from dashboard.charts.years import Plot, Timeline, year_of
from dashboard.messages import gettext_noop
from dashboard.query import Section
from dashboard.text import Localizer, texts

MOST = 4
"""Panels beside each other, at most."""
GAP = 32
"""Pixels (at scale 1) between panels."""
WIDEST, READABLE = 560, 820
"""Pixels (at scale 1) that a plot on the page is wide at most, and a line of a note."""
PLOT, NARROW = 160, 150
"""Pixels (at scale 1) that a plot is wide at least, and on a narrow screen with names beside it."""
CLOSE = 26
"""Pixels (at scale 1) between first figures below which there is room for them left of their marks too."""
NAMES = 180
"""Pixels (at scale 1) at which a name goes on in the next line, where there is no more room."""
LOWEST, HIGHEST, ALONE = 170, 240, 340
"""Pixels (at scale 1) that a plot is high, at most where it is alone, apart from room that many labels need."""
STEEP = 0.55
"""Height of a plot over its width, within these bounds."""
UNDER = 40
"""Pixels (at scale 1) for two lines of periods."""


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
        notes = _Notes.of(context, found)
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
class _Notes:
    """What is said of breaks, each once, by letters; and which figures have no place on the axis of years."""

    letters: dict[tuple[int, int], str]
    breaks: tuple[str, ...]
    undated: str

    @classmethod
    def of(cls, context: ChartContext, found: LineSection) -> _Notes:
        """The notes of a section, in the order in which its panels are read."""
        loc = context.loc
        reasons: dict[str, dict[str, None]] = {}
        letters: dict[tuple[int, int], str] = {}
        for step in (step for panel in found.panels for line in panel.lines for step in line.steps):
            if step and step.broken:
                between = step.earlier.observation.position, step.later.observation.position
                for reason, sentence in texts.reasons_of_break(loc, step):
                    reasons.setdefault(reason, {})[sentence] = None
                letters[between] = "".join(
                    _letter(list(reasons).index(reason))
                    for reason, _ in texts.reasons_of_break(loc, step)
                )
        # What parts several pairs of editions is said without the periods of one of them.
        said = [
            next(iter(sentences)) if len(sentences) == 1 else reason
            for reason, sentences in reasons.items()
        ]
        if context.brief and said:
            letters = dict.fromkeys(letters, _letter(0))
            said = [loc.t("Break: definition, question or coverage changed.")]
        undated = [loc.value(value) for value in context.section.values if year_of(value) is None]
        sentence = loc.t("Not drawn, since their year is not known: {values}.")
        return cls(
            letters, tuple(said), sentence.format(values=loc.join(undated)) if undated else ""
        )

    def draw(self, context: ChartContext, y: float) -> float:
        """Write them from ``y`` on; returns the y below."""
        canvas, top = context.canvas, y
        room = min(canvas.width, canvas.px(READABLE)) - 2 * INSET
        aside = canvas.px(16)
        for at, note in enumerate(self.breaks):
            canvas.text(0, y + canvas.px(TYPE * LEADING) / 2, _letter(at), TYPE, bold=True)
            y = canvas.block(aside, y, note, room - aside, TYPE, QUIET) + canvas.px(3)
        if self.undated:
            y = canvas.block(0, y, self.undated, room, TYPE, QUIET)
        if y > top:
            canvas.band(top, y)
        return y + canvas.px(8)


def _letter(at: int) -> str:
    """a, b … z, aa, ab …"""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    more, last = divmod(at, len(alphabet))
    return (_letter(more - 1) if more else "") + alphabet[last]


@dataclass(frozen=True, slots=True)
class _Labels:
    """What labels of a row of panels need: pixels for figures, for names at most and at least, for percentages."""

    figure: float
    widest: float
    least: float
    margin: float

    @classmethod
    def of(cls, context: ChartContext, panels: Sequence[LinePanel]) -> _Labels:
        """Measured from their lines."""
        canvas, loc = context.canvas, context.loc
        lines = [line for panel in panels for line in panel.lines]
        figures = (brief(loc, line.values[-1][1]) for line in lines)
        words = (word for line in lines for word in line.name.split())
        widest = max((canvas.text_width(line.name, TYPE) for line in lines), default=0.0)
        least = max((canvas.text_width(word, TYPE) for word in words), default=0.0)
        return cls(
            max((canvas.text_width(each, TYPE, bold=True) for each in figures), default=0.0),
            widest + canvas.px(2) if widest else 0.0,
            max(least, min(widest, canvas.px(NAMES))) + canvas.px(2) if widest else 0.0,
            canvas.text_width(loc.percent(100), TYPE) + canvas.px(6),
        )

    def beside(self, context: ChartContext, name: float) -> float:
        """Pixels of a panel beside its plot, with names so wide."""
        spaced = context.canvas.px(SPACE) + name if name else 0.0
        return self.margin + context.canvas.px(LEADER) + self.figure + spaced


@dataclass(frozen=True, slots=True)
class _Grid:
    """Panels in rows, those of one row of one size."""

    context: ChartContext
    found: LineSection
    notes: _Notes
    timeline: Timeline
    number: float
    """Pixels for the number that stands for a name; 0 where names stand in the gutters."""
    columns: int

    @classmethod
    def of(cls, context: ChartContext, found: LineSection, notes: _Notes) -> _Grid:
        """The grid that fits the canvas: with names in the gutters, else with numbers."""
        canvas = context.canvas
        labels, gap = _Labels.of(context, found.panels), canvas.px(GAP)
        panels = len(found.panels)
        most = max((len(panel.lines) for panel in found.panels), default=0)
        digits = "0" * len(str(most))
        widest = f"{digits} aa" if notes.letters else digits
        number = canvas.text_width(widest, TYPE) + canvas.px(4)

        def fitting(name: float, plot: float) -> int:
            need = labels.beside(context, name) + canvas.px(plot)
            return min(panels, MOST, int((canvas.width + gap) // (need + gap)))

        named = fitting(labels.least, PLOT) or fitting(labels.least, NARROW)
        numbered = bool(labels.least) and (
            not named or (named == 1 < panels and fitting(number, PLOT) > 1)
        )
        beside = max(1, fitting(number, PLOT) if numbered else named)
        # As few rows as can be, and these as evenly filled as can be.
        columns = -(-panels // -(-panels // beside))
        timeline = Timeline.over(context.section.values)
        return cls(context, found, notes, timeline, number if numbered else 0.0, columns)

    def draw(self, y: float) -> float:
        """Draw the panels from ``y`` on; returns the y below."""
        panels = self.found.panels
        starts = range(0, len(panels), self.columns)
        rows = [_Row.of(self, panels[start : start + self.columns]) for start in starts]
        tall = max((row.needed for row in rows), default=0.0)
        for row in rows:
            y = replace(row, tall=tall).draw(y)
        return y


@dataclass(frozen=True, slots=True)
class _Row:
    """Panels beside each other, whose plots are alike."""

    context: ChartContext
    grid: _Grid
    panels: tuple[LinePanel, ...]
    gutter: Gutter
    margin: float
    """Pixels for the percentages left of a plot."""
    wide: float
    """Pixels from the left to the right edge of a plot."""
    tall: float = 0.0
    """Pixels from 0 to 100 percent, the same in every row."""

    @classmethod
    def of(cls, grid: _Grid, panels: tuple[LinePanel, ...]) -> _Row:
        """Laid out: names take what a plot of twice its least width leaves over."""
        context, canvas = grid.context, grid.context.canvas
        labels = _Labels.of(context, panels)
        room = (canvas.width - canvas.px(GAP) * (grid.columns - 1)) / grid.columns
        if grid.number:
            name = grid.number if labels.widest else 0.0
        else:
            left_over = room - labels.beside(context, 0) - canvas.px(SPACE + 2 * PLOT)
            name = min(labels.widest, max(labels.least, left_over))
        wide = room - labels.beside(context, name)
        if not context.in_picture:
            wide = min(wide, canvas.px(WIDEST))
        gutter = Gutter(labels.figure, name, bool(grid.number))
        return cls(context, grid, panels, gutter, labels.margin, wide)

    @property
    def _room(self) -> float:
        """Pixels that a panel is wide."""
        canvas = self.context.canvas
        beside = canvas.px(LEADER) + self.gutter.wide(canvas.px(SPACE))
        return self.margin + self.wide + beside

    @property
    def _inset(self) -> float:
        """Pixels left of the first year: room for first figures that stand too close to be written above each other."""
        canvas, apart = self.context.canvas, self.tall / 100
        firsts = [
            sorted(line.values[0][1].observation.value * apart for line in panel.lines)
            for panel in self.panels
        ]
        close = any(
            high - low < canvas.px(CLOSE) for each in firsts for low, high in pairwise(each)
        )
        wide = canvas.text_width(self.context.loc.percent(88), TYPE, bold=True) if close else 0.0
        return canvas.px(MARK + 8) + max(0.0, wide - canvas.px(MARK))

    @property
    def needed(self) -> float:
        """Pixels from 0 to 100 percent that are enough for the labels of every panel."""
        canvas, panels = self.context.canvas, self.grid.found.panels
        most = max(sum(map(self._lines_of_type, panel.lines)) for panel in self.panels)
        highest = HIGHEST if len(panels) > 1 else ALONE
        usual = min(max(self.wide * STEEP, canvas.px(LOWEST)), canvas.px(highest))
        return max(canvas.zoom.air * usual, most * canvas.px(TYPE * LEADING))

    def _lines_of_type(self, line: EditionLine) -> int:
        if self.gutter.numbered or not line.name:
            return 1
        # Letters of breaks that found no room stand behind the name.
        name = f"{line.name} (2000–00) aa"
        return len(wrap(name, self.context.canvas.px(TYPE), self.gutter.name))

    def _heads(self, panel: LinePanel) -> Iterator[tuple[str, float, bool]]:
        """(text, size, whether bold) of what stands above a plot."""
        yield panel.name, NAME, True
        yield panel.unit, TYPE, False

    def draw(self, y: float) -> float:
        """Draw it from ``y`` on; returns the y below."""
        context, canvas = self.context, self.context.canvas
        room = self._room - 2 * INSET
        heads = [
            sum(canvas.measure(text, room, size, bold) for text, size, bold in self._heads(panel))
            for panel in self.panels
        ]
        top = y + canvas.px(6) + max(heads) + canvas.px(18)
        bottom = top + self.tall
        below = bottom
        for at, panel in enumerate(self.panels):
            left = at * (self._room + canvas.px(GAP))
            canvas.rule(left, y, left + self._room, y, RULE)
            down = y + canvas.px(6)
            for text, size, bold in self._heads(panel):
                down = canvas.block(left, down, text, room, size, INK if bold else QUIET, bold)
            start = left + self.margin
            inset, outset = self._inset, canvas.px(MARK / 2 + 2)
            plot = Plot(self.grid.timeline, start, start + self.wide, top, self.tall, inset, outset)
            drawing = PanelDrawing(context, panel, plot, self.gutter, self.grid.notes.letters)
            ordered = drawing.draw()
            below = max(below, write_periods(context, panel, plot))
            if self.gutter.numbered:
                below = max(below, self._list_names(ordered, left, bottom + canvas.px(UNDER)))
        canvas.band(y, below)
        return below + canvas.px(18)

    def _list_names(self, names: list[str], left: float, y: float) -> float:
        """Under a panel the names that numbers stand for; returns the y below."""
        canvas, aside = self.context.canvas, self.context.canvas.px(20)
        for number, name in enumerate(names, start=1):
            if name:
                canvas.text(left, y + canvas.px(TYPE * LEADING) / 2, str(number), TYPE, QUIET)
                y = canvas.block(left + aside, y, name, self._room - aside - 2 * INSET, TYPE)
        return y
