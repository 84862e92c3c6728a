"""The figures of one theme -> a Section: panels, rows and cells in reading order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from dashboard.comparability import breaks_between
from dashboard.dataset import Dataset, Observation
from dashboard.dataset.types import frozen
from dashboard.query.alike import Alike, Marks
from dashboard.query.arrange import (
    Position,
    colour_by,
    may_hold,
    measure_of,
    population_of,
    position_of,
    respondents_of,
)
from dashboard.query.blanks import Blanks
from dashboard.query.comparable_first import comparable_first
from dashboard.query.facts import BaseKind, Owner, base_kind, common_facts, value_of
from dashboard.query.index import DatasetIndex
from dashboard.query.leading import largest_first
from dashboard.query.missing_reasons import editions_between
from dashboard.query.obstacles import Line, judged, judged_beside
from dashboard.query.row_sets import bases_apart, editions_apart, sectors_apart, sets_apart
from dashboard.query.slots import ReadingOrder, Slot, indicator_of
from dashboard.query.together import together
from dashboard.query.types import (
    Cell,
    EditionStep,
    Header,
    Measure,
    Panel,
    Row,
    Section,
    Value,
    respondents_in,
)
from dashboard.selection import LATEST, Selection, chart_of
from dashboard.selection.rules import in_order_of_colours

OPENING_INDICATORS = 12
"""Indicators a theme opens with; the rest are one click away."""


def section(
    index: DatasetIndex,
    selection: Selection,
    mask: np.ndarray,
    theme: str,
    rows: list[Observation],
    opening: int = OPENING_INDICATORS,
) -> Section:
    """Arrange the figures of a theme, of ``opening`` indicators where it is not expanded.

    ``mask`` marks every figure the selection keeps: it tells hidden from missing.
    """
    return _Builder(index, selection, mask, theme, rows).build(opening)


class _Builder:
    """Holds what every step needs to know while a section is put together."""

    def __init__(
        self,
        index: DatasetIndex,
        selection: Selection,
        mask: np.ndarray,
        theme: str,
        rows: list[Observation],
    ) -> None:
        self._index, self._selection, self._theme = index, selection, theme
        self._chart = chart_of(selection)
        self._joined = self._chart.joins_editions
        self._dataset: Dataset = index.dataset
        self._header_key = index.order
        self._single: list[Measure] = []
        self._lone: set[Position] = set()
        if self._joined:
            rows = self._changing(rows)
        self._facts = common_facts(self._dataset, selection, rows, self._header_key)
        present = list(dict.fromkeys(respondents_in(owner) for owner in self._facts))
        self._blanks = Blanks(index, selection, mask, present)
        self._marks: dict[Slot, Marks] = defaultdict(lambda: defaultdict(list))
        lines = self._lines(rows)
        # What joins editions joins bases of one kind; else two bases never share a panel.
        exact = base_kind if self._joined else str
        of_many = bases_apart(self._dataset, rows, self._panel_header, exact)
        parted = self._joined or self._chart.parts_bases
        of_owner = of_many if parted else dict.fromkeys(of_many, 0)
        for row in rows:
            value = value_of(index, selection, row, self._facts)
            at = position_of(selection, value.respondents, value.population, value.measure)
            # Sets of comparable figures part the indicator, wherever it stands, else bases part the panels of what several
            # surveys answer; editions part the rows.
            of_indicator = isinstance(at.panel, Measure)
            base = (of_owner if isinstance(at.panel, Owner) else of_many)[row.position]
            for line in lines.get(row.position, (0,)):
                panel, slot = (
                    ((at.panel, line), (at.row, 0))
                    if selection.comparable and of_indicator
                    else ((at.panel, base), (at.row, line))
                )
                self._marks[panel][slot].append((at.series, value))
        self._bases = self._bases_of_panels()
        parting = self._bases if self._chart.parts_bases else {}
        self._order = ReadingOrder(
            self._header_key, self._facts, parting, levels_apart=self._parts_sectors
        )

    def _bases_of_panels(self) -> dict[Slot, str]:
        """What most figures of each panel are shares of, of an only one of its owner what most of theirs are."""
        lines = Counter(header for header, _ in self._marks)
        found: dict[Slot, str] = {}
        for (header, line), rows in self._marks.items():
            held = Counter(value.observation.base for marks in rows.values() for _, value in marks)
            usual = held.most_common(1)[0][0]
            if isinstance(header, Owner) and lines[header] == 1:
                usual = self._facts[header].base
            found[header, line] = usual
        return found

    def _lines(self, rows: list[Observation]) -> Mapping[int, tuple[int, ...]]:
        """Position of a figure -> the lines it stands on, of those that its indicator has; every other stands on the first."""
        if self._selection.comparable:
            return sets_apart(rows, self._measure, self._index.may_compare)
        if self._parts_sectors:
            return sectors_apart(self._dataset, rows, self._measure)
        if self._selection.editions == LATEST and not self._joined:
            return editions_apart(
                self._dataset,
                rows,
                lambda row: (
                    respondents_of(row, self._selection),
                    self._measure(row),
                    *_split_of(row),
                ),
            )
        return {}

    @property
    def _parts_sectors(self) -> bool:
        """Whether each row is of one sector: panels are respondents, and no set of comparable figures is kept together."""
        selection = self._selection
        of_sectors = selection.by == "country" and not selection.split
        return self._chart.parts_sectors and of_sectors and not selection.comparable

    def _measure(self, row: Observation) -> Measure:
        return measure_of(row, self._selection, self._dataset)

    def _position(self, row: Observation) -> Position:
        selection = self._selection
        return position_of(
            selection, respondents_of(row, selection), population_of(row), self._measure(row)
        )

    def _panel_header(self, row: Observation) -> Header:
        return self._position(row).panel

    def _changing(self, rows: list[Observation]) -> list[Observation]:
        """The figures that have one of another edition, and a share of the same thing, beside them.

        Notes where the others would stand, and the indicators that have none.
        """
        editions: dict[tuple[Position, BaseKind], set[str]] = defaultdict(set)

        def line(row: Observation) -> tuple[Position, BaseKind]:
            return self._position(row), base_kind(row.base)

        for row in rows:
            editions[line(row)].add(row.survey_id)
        changing = [row for row in rows if len(editions[line(row)]) > 1]
        self._lone = {self._position(row) for row in rows} - {
            self._position(row) for row in changing
        }
        drawn = {self._measure(row) for row in changing}
        self._single = sorted({self._measure(row) for row in rows} - drawn, key=self._header_key)
        return changing

    def build(self, opening: int) -> Section:
        """The finished section, of ``opening`` indicators where it is not expanded."""
        selection, marks, order = self._selection, self._marks, self._order
        across = selection.by == "indicator"
        slots = order.most_shared_panels(marks) if across else order.most_shared_rows(marks)
        indicators = list(dict.fromkeys(map(indicator_of, slots)))
        chosen = indicators
        if self._theme not in selection.expanded:
            chosen = self._foremost(indicators, opening)
        shown = [slot for slot in slots if indicator_of(slot) in chosen]
        panel_slots = (
            shown
            if across
            else order.by_part(
                panel for panel in marks if any(slot in marks[panel] for slot in shown)
            )
        )
        row_slots = (
            sorted({row for panel in shown for row in marks[panel]}, key=order.key)
            if across
            else shown
        )
        if selection.sort == "value":
            row_slots = order.by_value(row_slots, panel_slots, marks)
        panels = self._panels(panel_slots, row_slots)
        rows = self._rows(row_slots, panels)
        series = tuple(
            sorted({header for panel in panels for header in panel.series}, key=self._header_key)
        )
        return Section(
            theme=self._theme,
            panels=panels,
            rows=rows,
            indicators_total=len(indicators),
            indicators_shown=len(chosen),
            series=series,
            colour_by=colour_by(selection),
            facts=frozen(self._facts),
            missing_countries=self._blanks.countries(self._theme),
            edition_steps=self._edition_steps(rows) if self._joined else (),
            differences=self._index.differences.among(
                {value.observation.position: None for row in rows for value in row.values}
            ),
            single=tuple(self._single),
            together=() if selection.split else together(self._dataset, rows, panels),
            countries=in_order_of_colours(self._index.vocabulary),
            sectors=tuple(self._dataset.codes["sector"]),
            responses=tuple(self._dataset.codes["response"]),
            sectors_apart=self._parts_sectors,
        )

    def _foremost(self, indicators: list[str], opening: int) -> list[str]:
        """As many as are asked for; of fewer than a theme opens with the largest of one country, those of several by which most
        can be set side by side."""
        if opening < min(len(indicators), OPENING_INDICATORS):
            rows = [
                value.observation
                for of_panel in self._marks.values()
                for marks in of_panel.values()
                for _, value in marks
            ]
            indicators = (
                largest_first(self._dataset, indicators, rows)
                if len({row.country for row in rows}) == 1
                else comparable_first(self._dataset, self._index.thresholds, indicators, rows)
            )
        return indicators[:opening]

    def _panels(self, slots: Sequence[Slot], rows: Sequence[Slot]) -> tuple[Panel, ...]:
        parts = self._order.parts(slots)
        lines = Counter(header for header, _ in slots)
        return tuple(self._panel(slot, slots, rows, lines[slot[0]], parts[slot]) for slot in slots)

    def _panel(
        self, slot: Slot, slots: Sequence[Slot], rows: Sequence[Slot], lines: int, part: int
    ) -> Panel:
        marks = [mark for row in rows for mark in self._marks[slot].get(row, ())]
        series = tuple(sorted({header for header, _ in marks}, key=self._header_key))
        panel = Panel(
            slot[0],
            series,
            len(marks),
            line=slot[1],
            lines=lines,
            part=part,
            base=self._bases[slot],
        )
        if not self._is_judged(panel.header):
            return panel
        # Sets of comparable figures are kept apart; bases of one indicator are not, and stand beside each other.
        beside = [slot] if self._selection.comparable else slots
        figures = [
            value.observation
            for each in beside
            if each[0] == panel.header
            for row in rows
            for _, value in self._marks[each].get(row, ())
        ]
        return self._judged(panel, figures)

    def _rows(self, slots: Sequence[Slot], panels: tuple[Panel, ...]) -> tuple[Row, ...]:
        lines = Counter(header for header, _ in slots)
        held: dict[Header, dict[Header, None]] = defaultdict(dict)
        for panel in panels:
            held[panel.header] |= dict.fromkeys(panel.series)
        series = {header: sorted(found, key=self._header_key) for header, found in held.items()}
        cells = {
            slot: tuple(self._cell(slot, panel, series[panel.header]) for panel in panels)
            for slot in slots
        }
        filled: dict[Header, set[int]] = defaultdict(set)
        for (header, _), of_row in cells.items():
            filled[header] |= {at for at, cell in enumerate(of_row) if cell.values}
        rows = []
        for header, line in slots:
            whose = {panels[at].header for at in filled[header]}
            alone = isinstance(header, Measure) and len(whose) == 1 and len(panels) > 1
            row = Row(
                header,
                cells[header, line],
                min(filled[header]) if alone else None,
                line=line,
                lines=lines[header],
            )
            if self._is_judged(header):
                row = self._judged_row(row)
            rows.append(row)
        return tuple(rows)

    def _judged_row(self, row: Row) -> Row:
        if self._parts_sectors:
            return judged_beside(self._dataset, self._index.thresholds, row)
        return self._judged(row, [value.observation for value in row.values])

    def _judged(self, line: Line, figures: Sequence[Observation]) -> Line:
        return judged(self._dataset, self._index.thresholds, line, figures)

    def _is_judged(self, header: Header) -> bool:
        """Whether the figures of a row or panel are of one indicator, to be compared with each other."""
        return isinstance(header, Measure) and not self._joined

    def _cell(self, slot: Slot, panel: Panel, series: Sequence[Header]) -> Cell:
        """``series`` are those of all panels of the header of this one."""
        of_panel = self._marks[panel.header, panel.line]
        marks = of_panel.get(slot, [])

        def rank(mark: tuple[Header, Value]) -> tuple[object, ...]:
            value = mark[1]
            answer = Measure(value.measure.indicator, value.observation.response)
            return (
                self._header_key(mark[0]),
                value.survey.period_end or 0,
                self._header_key(answer),
            )

        values = tuple(value for _, value in sorted(marks, key=rank))
        # What is missing is said once: in the first row and panel of an indicator that have figures of it, and only of what
        # no other row and panel of it has.
        alike = self._alike[panel.header]
        present = alike.series.get(slot[0], ())
        first = alike.first_row.get(slot[0], 0), alike.first_line.get(slot, 0)
        if (slot[1], panel.line) != first:
            return Cell(values, None, ())
        if not marks and (panel.header, slot[0]) in self._lone_cells:
            return Cell((), None, ())
        if not marks:
            return Cell((), self._blanks.reason((panel.header, slot[0])), ())
        return Cell(
            values,
            None,
            tuple(
                (each, self._blanks.reason((panel.header, slot[0], each)))
                for each in series
                if each not in present
                and may_hold(slot[0], each)
                and Position(panel.header, slot[0], each) not in self._lone
            ),
        )

    @cached_property
    def _alike(self) -> Mapping[Header, Alike]:
        """Header of panels -> what all of them hold together."""
        found: defaultdict[Header, dict[int, Marks]] = defaultdict(dict)
        for (header, line), rows in self._marks.items():
            found[header][line] = rows
        return {header: Alike.of(panels) for header, panels in found.items()}

    @cached_property
    def _lone_cells(self) -> set[tuple[Header, Header]]:
        """Panel and row of the figures that have none of another edition beside them."""
        return {(lone.panel, lone.row) for lone in self._lone}

    def _edition_steps(self, rows: tuple[Row, ...]) -> tuple[EditionStep, ...]:
        return tuple(
            EditionStep(
                earlier,
                later,
                breaks_between(self._dataset, earlier.observation, later.observation),
                editions_between(self._dataset, earlier, later),
            )
            for row in rows
            for cell in row.cells
            for line in cell.lines
            for earlier, later in pairwise(line)
        )


def _split_of(row: Observation) -> tuple[str, ...]:
    """Of a figure of a split its sector and dimension: each sector's segments have an edition of their own."""
    return (row.sector, row.dimension) if row.dimension else ()
