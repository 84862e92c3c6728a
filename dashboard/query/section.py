"""The figures of one theme -> a Section: panels, rows and cells in reading order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import TypeVar

import numpy as np

from dashboard.comparability import (
    COMPILATION,
    NO,
    VISIBLE_DIFFERENCES,
    breaks_between,
    equivalent_bases,
    verdict,
)
from dashboard.dataset import Dataset, Observation
from dashboard.dataset.types import frozen
from dashboard.query.arrange import measure_of, population_of, position_of, respondents_of, sorter
from dashboard.query.families import Difference
from dashboard.query.index import DatasetIndex
from dashboard.query.missing_reasons import surveys_of, why_blank
from dashboard.query.row_sets import editions_apart, sets_apart
from dashboard.query.types import (
    Cell,
    EditionStep,
    Facts,
    Header,
    Measure,
    MissingCountry,
    MissingReason,
    Panel,
    Population,
    Respondents,
    Row,
    Section,
    Stratum,
    Value,
    respondents_in,
)
from dashboard.selection import LATEST, Selection, chart_type

OPENING_ITEMS = 12
"""Indicators a theme opens with; the rest are one click away."""
_TELLING = ("filtered", "compiled", "drawn", "not_published", "not_collected", "not_asked")
Owner = Respondents | Stratum
Line = TypeVar("Line", Row, Panel)
Slot = tuple[Header, int]
"""A panel or row: what it is about, and which of several that are about it."""
Marks = dict[Slot, dict[Slot, list[tuple[Header, Value]]]]
"""Panel -> row -> (series, value)."""


def section(
    index: DatasetIndex,
    selection: Selection,
    mask: np.ndarray,
    theme: str,
    rows: list[Observation],
) -> Section:
    """Arrange the figures of a theme. ``mask`` marks every figure the selection keeps: it tells hidden from missing."""
    return _Builder(index, selection, mask, theme, rows).build()


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
        self._index, self._selection, self._mask, self._theme = index, selection, mask, theme
        self._chart = chart_type(selection.chart)
        self._joined = self._chart.joins_editions
        self._dataset: Dataset = index.dataset
        self._order = sorter(index.dataset)
        self._single: list[Measure] = []
        if self._joined:
            rows = self._changing(rows)
        self._facts = self._common(rows)
        self._places = list(dict.fromkeys(respondents_in(owner) for owner in self._facts))
        self._placed: Marks = defaultdict(lambda: defaultdict(list))
        lines = self._lines(rows)
        for row in rows:
            value = self._value(row)
            at = position_of(selection, value.respondents, value.population, value.measure)
            # Sets of comparable figures part the indicator, wherever it stands; editions part the rows.
            parted = selection.comparable and isinstance(at.panel, Measure)
            for line in lines.get(row.position, (0,)):
                panel, slot = (
                    ((at.panel, line), (at.row, 0)) if parted else ((at.panel, 0), (at.row, line))
                )
                self._placed[panel][slot].append((at.series, value))

    def _lines(self, rows: list[Observation]) -> Mapping[int, tuple[int, ...]]:
        """Position of a figure -> the lines it stands on, of those that its indicator has; every other stands on the first."""
        if self._selection.comparable:
            return sets_apart(rows, self._item, self._index.may_compare)
        if self._selection.editions == LATEST and not self._joined:
            return editions_apart(
                self._dataset,
                rows,
                lambda row: (
                    respondents_of(row, self._selection),
                    self._item(row),
                    *_parts_of(row),
                ),
            )
        return {}

    def _item(self, row: Observation) -> Measure:
        return measure_of(row, self._selection, self._dataset)

    def _changing(self, rows: list[Observation]) -> list[Observation]:
        """The figures that have one of another edition beside them; notes the indicators that have none."""
        editions: dict[tuple[Measure, Respondents, Population], set[str]] = defaultdict(set)

        def line(row: Observation) -> tuple[Measure, Respondents, Population]:
            return (
                measure_of(row, self._selection, self._dataset),
                respondents_of(row, self._selection),
                population_of(row),
            )

        for row in rows:
            editions[line(row)].add(row.survey_id)
        kept = [row for row in rows if len(editions[line(row)]) > 1]
        drawn = {line(row)[0] for row in kept}
        self._single = sorted({line(row)[0] for row in rows} - drawn, key=self._order)
        return kept

    def build(self) -> Section:
        """The finished section."""
        selection, placed = self._selection, self._placed
        across = self._joined or selection.by == "indicator"
        slots = self._most_shared_panels() if across else self._most_shared_rows()
        items = list(dict.fromkeys(key for key, _ in slots))
        chosen = items if self._theme in selection.expanded else items[:OPENING_ITEMS]
        shown = [slot for slot in slots if slot[0] in chosen]
        panel_slots = (
            shown
            if across
            else self._by_part(
                [panel for panel in placed if any(slot in placed[panel] for slot in shown)]
            )
        )
        row_slots = (
            sorted({row for panel in shown for row in placed[panel]}, key=self._slot_order)
            if across
            else shown
        )
        panels = self._panels(panel_slots, row_slots)
        rows = self._rows(row_slots, panels)
        series = tuple(sorted({key for panel in panels for key in panel.series}, key=self._order))
        return Section(
            theme=self._theme,
            panels=panels,
            rows=rows,
            indicators_total=len(items),
            indicators_shown=len(chosen),
            series=series,
            colour_by=_colour_by(selection, series),
            facts=frozen(self._facts),
            missing_countries=self._absences(),
            edition_steps=self._joins(rows, panels) if self._joined else (),
            differences=self._differences(rows),
            single=tuple(self._single),
            together=self._together(rows, panels),
            countries=tuple(self._dataset.codes["country"]),
            sectors=tuple(self._dataset.codes["sector"]),
            responses=tuple(self._dataset.codes["response"]),
        )

    def _common(self, rows: list[Observation]) -> dict[Owner, Facts]:
        """What most figures of each place share; of equally common editions the newest holds."""
        members: dict[Owner, list[Observation]] = defaultdict(list)
        for row in rows:
            members[_owner(respondents_of(row, self._selection), population_of(row))].append(row)
        surveys = self._dataset.surveys
        facts = {}
        for owner in sorted(members, key=self._order):
            used = Counter(row.survey_id for row in members[owner])
            ordered = sorted(
                used,
                key=lambda survey: (used[survey], surveys[survey].period_end or 0),
                reverse=True,
            )
            graded = sum(row.response == "high" for row in members[owner])
            facts[owner] = Facts(
                surveys=tuple(surveys[survey] for survey in ordered),
                base=Counter(row.base for row in members[owner]).most_common(1)[0][0],
                answer="high" if graded * 2 > len(members[owner]) else "yes",
            )
        return facts

    def _value(self, row: Observation) -> Value:
        respondents, population = respondents_of(row, self._selection), population_of(row)
        survey = self._dataset.surveys[row.survey_id]
        usual = self._facts[_owner(respondents, population)]
        graded = row.response == "high"
        return Value(
            observation=row,
            survey=survey,
            respondents=respondents,
            population=population,
            measure=self._item(row),
            evidence=self._index.evidence[row.position],
            period_differs=survey.reference_period != usual.surveys[0].reference_period,
            base_differs=row.base != usual.base,
            answer_differs=graded != (usual.answer == "high") and not self._chart.stacks_answers,
        )

    def _slot_order(self, slot: Slot) -> tuple[int, ...]:
        return *self._order(slot[0]), slot[1]

    def _most_shared_rows(self) -> list[Slot]:
        """Rows that several panels share, the most shared first; then the rows of one panel only, panel by panel."""
        ordered = self._by_part(list(self._placed))
        panels_of: dict[Header, dict[Slot, None]] = defaultdict(dict)
        for panel in ordered:
            for key, _ in self._placed[panel]:
                panels_of[key][panel] = None
        at = {panel: rank for rank, panel in enumerate(ordered)}

        def rank(slot: Slot) -> tuple[int, int, tuple[int, ...]]:
            panels = list(panels_of[slot[0]])
            of_key = (1, at[panels[0]]) if len(panels) == 1 else (0, -len(panels))
            return of_key[0], of_key[1], self._slot_order(slot)

        return sorted({slot for panel in ordered for slot in self._placed[panel]}, key=rank)

    def _most_shared_panels(self) -> list[Slot]:
        """Indicators as panels, those with most rows first."""
        rows_of: dict[Header, set[Header]] = defaultdict(set)
        for (key, _), rows in self._placed.items():
            rows_of[key] |= {row for row, _ in rows}
        return sorted(
            self._placed, key=lambda panel: (-len(rows_of[panel[0]]), self._slot_order(panel))
        )

    def _part_of(self, panel: Slot) -> tuple[object, ...]:
        """What must be alike for two panels to share a part: the base, the unit, the kind of respondent and the scale."""
        owner = _owning(panel[0])
        if owner is None or owner not in self._facts:
            return ()
        facts, respondents = self._facts[owner], respondents_in(owner)
        return (
            min(equivalent_bases(facts.base)),
            facts.base.endswith("organisations"),
            respondents.level,
            facts.answer,
        )

    def _by_part(self, panels: list[Slot]) -> list[Slot]:
        """Panels in reading order, those of one part beside each other."""
        ordered = sorted(panels, key=self._slot_order)
        parts = list(dict.fromkeys(self._part_of(panel) for panel in ordered))
        return sorted(ordered, key=lambda panel: parts.index(self._part_of(panel)))

    def _panels(self, slots: Sequence[Slot], rows: Sequence[Slot]) -> tuple[Panel, ...]:
        parts = list(dict.fromkeys(self._part_of(slot) for slot in slots))
        lines = Counter(key for key, _ in slots)
        panels = []
        for slot in slots:
            marks = [mark for row in rows for mark in self._placed[slot].get(row, ())]
            series = tuple(sorted({name for name, _ in marks}, key=self._order))
            panel = Panel(
                slot[0],
                series,
                len(marks),
                line=slot[1],
                lines=lines[slot[0]],
                part=parts.index(self._part_of(slot)),
            )
            panels.append(self._judged(panel, [value.observation for _, value in marks]))
        return tuple(panels)

    def _rows(self, slots: Sequence[Slot], panels: tuple[Panel, ...]) -> tuple[Row, ...]:
        lines = Counter(key for key, _ in slots)
        cells = {slot: tuple(self._cell(slot, panel) for panel in panels) for slot in slots}
        filled: dict[Header, set[int]] = defaultdict(set)
        for (key, _), of_row in cells.items():
            filled[key] |= {index for index, cell in enumerate(of_row) if cell.values}
        made = []
        for key, line in slots:
            alone = isinstance(key, Measure) and len(filled[key]) == 1 and len(panels) > 1
            row = Row(
                key,
                cells[key, line],
                min(filled[key]) if alone else None,
                line=line,
                lines=lines[key],
            )
            made.append(self._judged(row, [value.observation for value in row.values]))
        return tuple(made)

    def _judged(self, line: Line, figures: list[Observation]) -> Line:
        """A row or panel that is one indicator, with what forbids comparing its figures."""
        if not isinstance(line.header, Measure) or self._joined:
            return line
        return replace(
            line, obstacles=self._obstacles(figures), bases=_unlike(each.base for each in figures)
        )

    def _obstacles(self, figures: list[Observation]) -> tuple[str, ...]:
        """Kinds of reasons that forbid some comparison within a row, apart from whose answers they are."""
        kinds: dict[str, None] = {}
        for first, second in combinations(figures, 2):
            judged = verdict(self._dataset, first, second, self._index.thresholds)
            if judged.beyond_visible_differences == NO:
                kinds |= dict.fromkeys(
                    each.kind
                    for each in judged.reasons
                    if each.verdict == NO and each.kind not in VISIBLE_DIFFERENCES
                )
        return tuple(kinds)

    def _cell(self, slot: Slot, panel: Panel) -> Cell:
        placed = self._placed[panel.header, panel.line]
        marks = placed.get(slot, [])

        def rank(mark: tuple[Header, Value]) -> tuple[object, ...]:
            value = mark[1]
            answer = Measure(value.measure.indicator, value.observation.response)
            return self._order(mark[0]), value.survey.period_end or 0, self._order(answer)

        values = tuple(value for _, value in sorted(marks, key=rank))
        # What is missing is said once: in the first row of an indicator, and only of what no other row of it has.
        present = {
            series
            for (key, _), members in placed.items()
            if key == slot[0]
            for series, _ in members
        }
        if slot[1] or panel.line or (present and not marks):
            return Cell(values, None, ())
        if not marks:
            return Cell((), self._blank(panel.header, slot[0], None), ())
        absent = [
            series for series in panel.series if series not in present and _belongs(series, slot[0])
        ]
        return Cell(
            values,
            None,
            tuple((series, self._blank(panel.header, slot[0], series)) for series in absent),
        )

    def _blank(self, panel: Header, row: Header, series: Header | None) -> MissingReason:
        """The most telling reason among all places and groups the blank cell could have held."""
        keys = [
            part
            for key in (panel, row, series)
            if key
            for part in (key if isinstance(key, Stratum) else (key,))
        ]
        items = tuple(key for key in keys if isinstance(key, Measure))
        all_respondents = [key for key in keys if isinstance(key, Respondents)][:1] or self._places
        groups = [key for key in keys if isinstance(key, Population)][-1:] or [
            Population(sector) for sector in self._selection.sectors
        ]
        reasons = (
            why_blank(self._index, self._mask, respondents, population, items)
            for respondents in all_respondents
            for population in groups
        )
        return min(
            reasons,
            key=lambda blank: _TELLING.index(blank.kind),
            default=MissingReason("not_collected"),
        )

    def _joins(self, rows: tuple[Row, ...], panels: tuple[Panel, ...]) -> tuple[EditionStep, ...]:
        return tuple(
            EditionStep(
                panel.header,
                earlier,
                later,
                breaks_between(self._dataset, earlier.observation, later.observation),
                panel.line,
            )
            for row in rows
            for panel, cell in zip(panels, row.cells, strict=True)
            if isinstance(panel.header, Measure)
            for earlier, later in pairwise(cell.values)
        )

    def _differences(self, rows: tuple[Row, ...]) -> tuple[Difference, ...]:
        """Those whose two figures are both drawn, in the order of the rows and of the figures."""
        drawn = {value.observation.position: None for row in rows for value in row.values}
        return self._index.differences.among(drawn)

    def _together(
        self, rows: tuple[Row, ...], panels: tuple[Panel, ...]
    ) -> tuple[Observation, ...]:
        """Figures of a compilation on an indicator shown here, where none of them is drawn."""
        if self._selection.split:
            return ()
        values = [value.observation for row in rows for value in row.values]
        shown = {row.indicator for row in values} | {
            key.indicator for key in self._shown_items(rows, panels)
        }
        figures = self._dataset.observations
        compiled = np.flatnonzero(
            figures.having("kind", COMPILATION) & figures.having("indicator", *shown)
        ).tolist()
        drawn = {row.position for row in values}
        return () if drawn.intersection(compiled) else tuple(figures[at] for at in compiled)

    @staticmethod
    def _shown_items(rows: tuple[Row, ...], panels: tuple[Panel, ...]) -> list[Measure]:
        keys = [*(row.header for row in rows), *(panel.header for panel in panels)]
        return [key for key in keys if isinstance(key, Measure)]

    def _absences(self) -> tuple[MissingCountry, ...]:
        """Chosen countries and respondents without a figure in the theme, each with its reason."""
        present = {(respondents.country, respondents.level) for respondents in self._places}
        theme = self._index.masks["theme", self._theme]
        whole = self._index.masks["split", ""]
        held, kept, undivided = map(self._of_whom, (theme, theme & self._mask, theme & whole))
        split = self._of_whom(theme & ~whole)
        wanted = [
            Respondents(country, level)
            for country in self._selection.countries
            for level in self._selection.levels
        ]

        def reason(whose: tuple[str, str]) -> MissingReason:
            if whose in kept:
                return MissingReason("single_edition")
            if whose in split and whose not in undivided and not self._selection.split:
                return MissingReason("split", split[whose].dimension)
            return MissingReason("filtered" if whose in held else "not_collected")

        return tuple(
            MissingCountry(respondents, reason((respondents.country, respondents.level)))
            for respondents in wanted
            if (respondents.country, respondents.level) not in present
            and surveys_of(self._dataset, respondents)
        )

    def _of_whom(self, mask: np.ndarray) -> dict[tuple[str, str], Observation]:
        """(country, respondent) of the figures of a mask -> the first of them."""
        positions = np.flatnonzero(mask)
        _, heads = np.unique(self._index.all_respondents[positions], return_index=True)
        figures = [self._dataset.observations[at] for at in positions[heads].tolist()]
        return {(row.country, row.level): row for row in figures}


def _owner(respondents: Respondents, population: Population) -> Owner:
    """Whose facts a figure is measured against."""
    return (
        Stratum(respondents, Population(population.sector)) if population.dimension else respondents
    )


def _parts_of(row: Observation) -> tuple[str, ...]:
    """Of a figure of a split its sector: each sector's groups have an edition of their own."""
    return (row.sector, row.dimension) if row.dimension else ()


def _owning(key: Header) -> Owner | None:
    """The owner of facts that a panel is about; None for an indicator or a group."""
    return key if isinstance(key, Respondents | Stratum) else None


def _belongs(series: Header, row: Header) -> bool:
    """Whether a row could hold a series: a row of one sector holds the segments of that sector only."""
    return (
        not (isinstance(row, Stratum) and isinstance(series, Population))
        or series.sector == row.population.sector
    )


def _unlike(bases: Iterable[str]) -> tuple[str, ...]:
    """Of bases that are nearly alike only the first, unless there are no others."""
    told = tuple(dict.fromkeys(bases))
    kinds: dict[frozenset[str], str] = {}
    for base in told:
        kinds.setdefault(equivalent_bases(base), base)
    return tuple(kinds.values()) if len(kinds) > 1 else told


def _colour_by(selection: Selection, series: tuple[Header, ...]) -> str:
    if selection.split:
        return "segment"
    if chart_type(selection.chart).joins_editions:
        countries = {key.respondents.country for key in series if isinstance(key, Stratum)}
        return "sector" if len(countries) == 1 else "country"
    return "country" if selection.by == "sector" else "sector"
