"""The figures of one theme -> a Section: panels, rows and cells in reading order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import TypeVar

import numpy as np

from dashboard.comparability import NO, TOLD_APART, alike, breaks_between, verdict
from dashboard.dataset import Dataset, Observation
from dashboard.dataset.types import frozen
from dashboard.query.arrange import group_of, item_of, place_of, position_of, sorter
from dashboard.query.blanks import surveys_of, why_blank
from dashboard.query.evidence import Difference, differences
from dashboard.query.facets import Prepared
from dashboard.query.types import Absence, Blank, Cell, Facts, Group, Item, Join, Key, Panel, Place, Row, Section, Value
from dashboard.selection import Selection

OPENING_ITEMS = 12
"""Indicators a theme opens with; the rest are one click away."""
_TELLING = ("filtered", "not_published", "not_collected", "not_asked")
Owner = Place | tuple[Place, Group]
Line = TypeVar("Line", Row, Panel)
Marks = dict[Key, dict[Key, list[tuple[Key, Value]]]]
"""Panel -> row -> (series, value)."""


def section(prepared: Prepared, selection: Selection, mask: np.ndarray, theme: str, rows: list[Observation]) -> Section:
    """Arrange the figures of a theme. ``mask`` marks every figure the selection keeps: it tells hidden from missing."""
    return _Builder(prepared, selection, mask, theme, rows).build()


class _Builder:
    """Holds what every step needs to know while a section is put together."""

    def __init__(self, prepared: Prepared, selection: Selection, mask: np.ndarray, theme: str, rows: list[Observation]) -> None:
        self._prepared, self._selection, self._mask, self._theme = prepared, selection, mask, theme
        self._dataset: Dataset = prepared.dataset
        self._order = sorter(prepared.dataset)
        self._single: list[Key] = []
        if selection.chart == "change":
            rows = self._changing(rows)
        self._facts = self._common(rows)
        self._places = list(dict.fromkeys(key[0] if isinstance(key, tuple) else key for key in self._facts))
        self._placed: Marks = defaultdict(lambda: defaultdict(list))
        for row in rows:
            value = self._value(row)
            at = position_of(selection, value.place, value.group, value.item)
            self._placed[at.panel][at.row].append((at.series, value))

    def _changing(self, rows: list[Observation]) -> list[Observation]:
        """The figures that have one of another edition beside them; notes the indicators that have none."""
        editions: dict[tuple, set[str]] = defaultdict(set)

        def line(row: Observation) -> tuple:
            return item_of(row, self._selection, self._dataset), place_of(row, self._selection), group_of(row)

        for row in rows:
            editions[line(row)].add(row.survey_id)
        kept = [row for row in rows if len(editions[line(row)]) > 1]
        drawn = {line(row)[0] for row in kept}
        self._single = sorted({line(row)[0] for row in rows} - drawn, key=self._order)
        return kept

    def build(self) -> Section:
        """The finished section."""
        selection, placed = self._selection, self._placed
        across = selection.chart == "change" or selection.by == "indicator"
        items = self._most_shared_panels() if across else self._most_shared_rows()
        shown = items if self._theme in selection.expanded else items[:OPENING_ITEMS]
        panel_keys = shown if across else self._by_part([panel for panel in placed if any(item in placed[panel] for item in shown)])
        row_keys = sorted({row for panel in shown for row in placed[panel]}, key=self._order) if across else shown
        panels = self._panels(panel_keys, row_keys)
        rows = tuple(self._row(key, panels) for key in row_keys)
        series = tuple(sorted({key for panel in panels for key in panel.series}, key=self._order))
        return Section(
            theme=self._theme,
            panels=panels,
            rows=rows,
            items_total=len(items),
            items_shown=len(shown),
            series=series,
            colour_by=_colour_by(selection, series),
            facts=frozen(self._facts),
            absences=self._absences(),
            joins=self._joins(rows, panels) if selection.chart == "change" else (),
            differences=self._differences(rows, panels, across),
            single=tuple(self._single),
        )

    def _common(self, rows: list[Observation]) -> dict[Owner, Facts]:
        """What most figures of each place share; of equally common editions the newest holds."""
        members: dict[Owner, list[Observation]] = defaultdict(list)
        for row in rows:
            members[_owner(place_of(row, self._selection), group_of(row))].append(row)
        surveys = self._dataset.surveys
        facts = {}
        for owner in sorted(members, key=self._order):
            used = Counter(row.survey_id for row in members[owner])
            ordered = sorted(used, key=lambda survey: (used[survey], surveys[survey].period_end or 0), reverse=True)
            graded = sum(row.response == "high" for row in members[owner])
            facts[owner] = Facts(
                surveys=tuple(surveys[survey] for survey in ordered),
                base=Counter(row.base for row in members[owner]).most_common(1)[0][0],
                answer="high" if graded * 2 > len(members[owner]) else "yes",
            )
        return facts

    def _value(self, row: Observation) -> Value:
        place, group = place_of(row, self._selection), group_of(row)
        survey = self._dataset.surveys[row.survey_id]
        usual = self._facts[_owner(place, group)]
        graded = row.response == "high"
        return Value(
            observation=row,
            survey=survey,
            place=place,
            group=group,
            item=item_of(row, self._selection, self._dataset),
            evidence=self._prepared.evidence[row.position],
            tell_period=survey.reference_period != usual.surveys[0].reference_period,
            tell_base=row.base != usual.base,
            tell_answer=graded != (usual.answer == "high") and self._selection.chart != "scale",
        )

    def _most_shared_rows(self) -> list[Key]:
        """Rows that several panels share, the most shared first; then the rows of one panel only, panel by panel."""
        panels_of: dict[Key, list[Key]] = defaultdict(list)
        for panel in self._by_part(list(self._placed)):
            for row in self._placed[panel]:
                panels_of[row].append(panel)
        at = {panel: rank for rank, panel in enumerate(self._by_part(list(self._placed)))}

        def rank(row: Key) -> tuple:
            panels = panels_of[row]
            return (1, at[panels[0]], self._order(row)) if len(panels) == 1 else (0, -len(panels), self._order(row))

        return sorted(panels_of, key=rank)

    def _most_shared_panels(self) -> list[Key]:
        """Indicators as panels, those with most rows first."""
        return sorted(self._placed, key=lambda panel: (-len(self._placed[panel]), self._order(panel)))

    def _part_of(self, panel: Key) -> tuple[str, ...]:
        """What must be alike for two panels to share a part: the base, the kind of respondent and the scale."""
        facts = self._facts.get(panel)
        if facts is None:
            return ()
        place = panel[0] if isinstance(panel, tuple) else panel
        return (min(alike(facts.base)), place.level, facts.answer)

    def _by_part(self, panels: list[Key]) -> list[Key]:
        """Panels in reading order, those of one part beside each other."""
        ordered = sorted(panels, key=self._order)
        parts = list(dict.fromkeys(self._part_of(panel) for panel in ordered))
        return sorted(ordered, key=lambda panel: parts.index(self._part_of(panel)))

    def _panels(self, keys: Sequence[Key], rows: Sequence[Key]) -> tuple[Panel, ...]:
        parts = list(dict.fromkeys(self._part_of(key) for key in keys))
        panels = []
        for key in keys:
            marks = [mark for row in rows for mark in self._placed[key].get(row, ())]
            series = tuple(sorted({name for name, _ in marks}, key=self._order))
            panel = Panel(key, series, len(marks), parts.index(self._part_of(key)))
            panels.append(self._judged(panel, [value.observation for _, value in marks]))
        return tuple(panels)

    def _row(self, key: Key, panels: tuple[Panel, ...]) -> Row:
        cells = tuple(self._cell(key, panel) for panel in panels)
        filled = [index for index, cell in enumerate(cells) if cell.values]
        alone = isinstance(key, Item) and len(filled) == 1 and len(panels) > 1
        row = Row(key, cells, filled[0] if alone else None)
        return self._judged(row, [value.observation for cell in cells for value in cell.values])

    def _judged(self, line: Line, figures: list[Observation]) -> Line:
        """A row or panel that is one indicator, with what forbids comparing its figures."""
        if not isinstance(line.key, Item) or self._selection.chart == "change":
            return line
        return replace(line, obstacles=self._obstacles(figures), bases=_unlike(each.base for each in figures))

    def _obstacles(self, figures: list[Observation]) -> tuple[str, ...]:
        """Kinds of reasons that forbid some comparison within a row, apart from whose answers they are."""
        kinds: dict[str, None] = {}
        for first, second in combinations(figures, 2):
            judged = verdict(self._dataset, first, second, self._prepared.limits)
            if judged.in_kind == NO:
                kinds |= dict.fromkeys(each.kind for each in judged.reasons if each.verdict == NO and each.kind not in TOLD_APART)
        return tuple(kinds)

    def _cell(self, row_key: Key, panel: Panel) -> Cell:
        marks = self._placed[panel.key].get(row_key, [])

        def rank(mark: tuple[Key, Value]) -> tuple:
            value = mark[1]
            answer = Item(value.item.concept, value.observation.response)
            return self._order(mark[0]), value.survey.period_end or 0, self._order(answer)

        if not marks:
            return Cell((), self._blank(panel.key, row_key, None), ())
        present = {series for series, _ in marks}
        absent = [series for series in panel.series if series not in present and _belongs(series, row_key)]
        missing = tuple((series, self._blank(panel.key, row_key, series)) for series in absent)
        return Cell(tuple(value for _, value in sorted(marks, key=rank)), None, missing)

    def _blank(self, panel: Key, row: Key, series: Key | None) -> Blank:
        """The most telling reason among all places and groups the blank cell could have held."""
        keys = [part for key in (panel, row, series) if key for part in (key if isinstance(key, tuple) else (key,))]
        items = tuple(key for key in keys if isinstance(key, Item))
        places = [key for key in keys if isinstance(key, Place)][:1] or self._places
        groups = [key for key in keys if isinstance(key, Group)][-1:] or [Group(sector) for sector in self._selection.sectors]
        reasons = (why_blank(self._prepared, self._mask, place, group, items) for place in places for group in groups)
        return min(reasons, key=lambda blank: _TELLING.index(blank.kind), default=Blank("not_collected"))

    def _joins(self, rows: tuple[Row, ...], panels: tuple[Panel, ...]) -> tuple[Join, ...]:
        return tuple(
            Join(panel.key, earlier, later, breaks_between(self._dataset, earlier.observation, later.observation))
            for row in rows
            for panel, cell in zip(panels, row.cells, strict=True)
            for earlier, later in pairwise(cell.values)
        )

    def _differences(self, rows: tuple[Row, ...], panels: tuple[Panel, ...], across: bool) -> tuple[Difference, ...]:
        """Within an indicator, whether it is a row or a panel."""
        if across:
            lines = [[value.observation for row in rows for value in row.cells[at].values] for at in range(len(panels))]
        else:
            lines = [[value.observation for cell in row.cells for value in cell.values] for row in rows]
        return differences(self._dataset, lines, self._prepared.limits)

    def _absences(self) -> tuple[Absence, ...]:
        """Chosen countries and respondents without a figure in the theme, each with its reason."""
        present = {(place.country, place.level) for place in self._places}
        theme = [row for row in self._dataset.observations if row.theme == self._theme]
        held = {(row.country, row.level) for row in theme}
        kept = {(row.country, row.level) for row in theme if self._mask[row.position]}
        wanted = [Place(country, level) for country in self._selection.countries for level in self._selection.levels]

        def reason(whose: tuple[str, str]) -> str:
            if whose in kept:
                return "single_edition"
            return "filtered" if whose in held else "not_collected"

        return tuple(
            Absence(place, Blank(reason((place.country, place.level))))
            for place in wanted
            if (place.country, place.level) not in present and surveys_of(self._dataset, place)
        )


def _owner(place: Place, group: Group) -> Owner:
    """Whose facts a figure is measured against."""
    return (place, Group(group.sector)) if group.dimension else place


def _belongs(series: Key, row: Key) -> bool:
    """Whether a row could hold a series: a row of one sector holds the segments of that sector only."""
    return not (isinstance(row, tuple) and isinstance(series, Group)) or series.sector == row[1].sector


def _unlike(bases: Iterable[str]) -> tuple[str, ...]:
    """Of bases that are nearly alike only the first, unless there are no others."""
    told = tuple(dict.fromkeys(bases))
    kinds: dict[frozenset[str], str] = {}
    for base in told:
        kinds.setdefault(alike(base), base)
    return tuple(kinds.values()) if len(kinds) > 1 else told


def _colour_by(selection: Selection, series: tuple[Key, ...]) -> str:
    if selection.split:
        return "segment"
    if selection.chart == "change":
        one_country = len({key[0].country for key in series}) == 1
        return "sector" if one_country else "country"
    return "country" if selection.by == "sector" else "sector"
