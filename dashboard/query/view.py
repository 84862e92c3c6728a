"""Dataset and Selection -> View."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from dashboard.comparability import breaks_between
from dashboard.dataset import Dataset, Observation
from dashboard.dataset.types import frozen
from dashboard.query.arrange import group_of, item_of, place_of, position_of, sorter
from dashboard.query.blanks import surveys_of, why_blank
from dashboard.query.facets import Prepared, counts, kept, lifted
from dashboard.query.types import (
    Absence,
    Blank,
    Cell,
    Emptied,
    Facts,
    Group,
    Item,
    Join,
    Key,
    Panel,
    Place,
    Row,
    Section,
    Value,
    View,
)
from dashboard.selection import Selection

OPENING_ITEMS = 12
"""Indicators a theme opens with; the rest are one click away."""
_TELLING = ("filtered", "not_published", "not_collected", "not_asked")


def view(prepared: Prepared, selection: Selection) -> View:
    """The finished View of a normal selection (see ``selection.normal``)."""
    mask = kept(prepared, selection)
    rows = [prepared.dataset.observations[position] for position in np.flatnonzero(mask)]
    by_theme: dict[str, list[Observation]] = defaultdict(list)
    for row in rows:
        by_theme[row.theme].append(row)
    sections = tuple(_section(prepared, selection, mask, theme, by_theme[theme]) for theme in selection.themes if by_theme[theme])
    emptied = () if rows else tuple(Emptied(*found) for found in lifted(prepared, selection))
    return View(
        selection=selection,
        sections=sections,
        counts=frozen(counts(prepared, selection)),
        figures=len(rows),
        emptied=emptied,
        release=prepared.dataset.release,
    )


def _section(prepared: Prepared, selection: Selection, mask: np.ndarray, theme: str, rows: list[Observation]) -> Section:
    dataset = prepared.dataset
    order = sorter(dataset)
    facts = _facts(prepared, selection, rows)
    placed: dict[Key, dict[Key, list[tuple[Key, Value]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        value = _value(prepared, selection, row, facts)
        at = position_of(selection, value.place, value.group, value.item)
        placed[at.panel][at.row].append((at.series, value))

    across = selection.chart == "change" or selection.by == "indicator"
    items_of = _shared_first(placed, order) if not across else _panels_first(placed, order, selection)
    limit = None if theme in selection.expanded else OPENING_ITEMS
    items = items_of[:limit]
    if across:
        panel_keys = items
        row_keys = sorted({row for panel in items for row in placed[panel]}, key=order)
    else:
        row_keys = items
        panel_keys = sorted((panel for panel in placed if any(item in placed[panel] for item in items)), key=order)
    places = list(dict.fromkeys(key[0] if isinstance(key, tuple) else key for key in facts))
    panels = tuple(_panel(key, placed[key], row_keys, order) for key in panel_keys)
    section_rows = tuple(_row(prepared, selection, mask, theme, key, panels, placed, places, order) for key in row_keys)
    if across:
        section_rows = tuple(row for row in section_rows if any(cell.values for cell in row.cells))
    series = tuple(sorted({key for panel in panels for key in panel.series}, key=order))
    single = tuple(sorted((key for key in placed if key not in items_of), key=order)) if selection.chart == "change" else ()
    return Section(
        theme=theme,
        panels=panels,
        rows=section_rows,
        items_total=len(items_of),
        items_shown=len(items),
        series=series,
        colour_by=_colour_by(selection, series),
        facts=frozen(facts),
        absences=_absences(prepared, selection, theme, places),
        joins=_joins(dataset, section_rows, panels) if selection.chart == "change" else (),
        single=single,
    )


def _owner(place: Place, group: Group) -> Place | tuple[Place, Group]:
    """Whose facts a figure is measured against."""
    return (place, Group(group.sector)) if group.dimension else place


def _facts(prepared: Prepared, selection: Selection, rows: list[Observation]) -> dict[Place | tuple[Place, Group], Facts]:
    """What most figures of each place share; of equally common periods the newest holds."""
    members: dict[Place | tuple[Place, Group], list[Observation]] = defaultdict(list)
    for row in rows:
        members[_owner(place_of(row, selection), group_of(row))].append(row)
    surveys = prepared.dataset.surveys
    order = sorter(prepared.dataset)
    facts = {}
    for owner in sorted(members, key=order):
        used = Counter(row.survey_id for row in members[owner])
        ordered = sorted(used, key=lambda survey: (used[survey], surveys[survey].period_end or 0), reverse=True)
        graded = sum(row.response == "high" for row in members[owner])
        facts[owner] = Facts(
            surveys=tuple(surveys[survey] for survey in ordered),
            base=Counter(row.base for row in members[owner]).most_common(1)[0][0],
            answer="high" if graded * 2 > len(members[owner]) else "yes",
        )
    return facts


def _value(prepared: Prepared, selection: Selection, row: Observation, facts: dict) -> Value:
    place, group = place_of(row, selection), group_of(row)
    survey = prepared.dataset.surveys[row.survey_id]
    usual = facts[_owner(place, group)]
    graded = row.response == "high"
    return Value(
        observation=row,
        survey=survey,
        place=place,
        group=group,
        item=item_of(row, selection, prepared.dataset),
        tell_period=survey.reference_period != usual.surveys[0].reference_period,
        tell_base=row.base != usual.base,
        tell_answer=graded != (usual.answer == "high") and selection.chart != "scale",
    )


def _shared_first(placed: dict, order) -> list[Key]:
    """Rows that several panels share, the most shared first; then the rows of one panel only, panel by panel."""
    panels_of: dict[Key, list[Key]] = defaultdict(list)
    for panel in sorted(placed, key=order):
        for row in placed[panel]:
            panels_of[row].append(panel)

    def rank(row: Key) -> tuple:
        panels = panels_of[row]
        alone = len(panels) == 1
        return alone, order(panels[0]) if alone else (-len(panels),), order(row)

    return sorted(panels_of, key=rank)


def _panels_first(placed: dict, order, selection: Selection) -> list[Key]:
    """Indicators as panels, those with most rows first; of a change only those with a figure to compare with."""

    def editions(panel: Key) -> int:
        return max(len({value.survey.survey_id for _, value in marks}) for marks in placed[panel].values())

    panels = [panel for panel in placed if selection.chart != "change" or editions(panel) > 1]
    return sorted(panels, key=lambda panel: (-len(placed[panel]), order(panel)))


def _panel(key: Key, rows: dict[Key, list[tuple[Key, Value]]], shown: Iterable[Key], order) -> Panel:
    marks = [mark for row in shown for mark in rows.get(row, ())]
    return Panel(key, tuple(sorted({series for series, _ in marks}, key=order)), len(marks))


def _row(prepared, selection, mask, theme, key, panels, placed, places, order) -> Row:
    cells = tuple(_cell(prepared, selection, mask, theme, key, panel, placed[panel.key].get(key, []), places, order) for panel in panels)
    filled = [index for index, cell in enumerate(cells) if cell.values]
    alone = isinstance(key, Item) and len(filled) == 1 and len(panels) > 1
    return Row(key, cells, filled[0] if alone else None)


def _cell(prepared, selection, mask, theme, row_key, panel, marks, places, order) -> Cell:
    def rank(mark: tuple[Key, Value]) -> tuple:
        value = mark[1]
        period = value.survey.period_end or 0
        return order(mark[0]), period, order(Item(value.item.concept, value.observation.response))

    values = tuple(value for _, value in sorted(marks, key=rank))
    present = {series for series, _ in marks}
    if not values:
        whose = _whose(selection, panel.key, row_key, None, places)
        reasons = [why_blank(prepared, mask, *each) for each in whose]
        return Cell((), _most_telling(reasons), ())
    missing = tuple(
        (series, _most_telling([why_blank(prepared, mask, *each) for each in whose]))
        for series in panel.series
        if series not in present and (whose := _whose(selection, panel.key, row_key, series, places))
    )
    return Cell(values, None, missing)


def _whose(selection, panel_key, row_key, series, places) -> list[tuple[Place, Group, tuple[str, ...]]]:
    """Every (place, group, concepts) a blank cell could have held; of one series where it is named."""
    parts = [part for key in (panel_key, row_key, series) if key for part in (key if isinstance(key, tuple) else (key,))]
    concepts = tuple(part.concept for part in parts if isinstance(part, Item))
    named = [part for part in parts if isinstance(part, Place)]
    segments = [part for part in parts if isinstance(part, Group)]
    groups = segments[-1:] or [Group(sector) for sector in selection.sectors]
    return [(place, group, concepts) for place in (named[:1] or places) for group in groups]


def _most_telling(reasons: list[Blank]) -> Blank:
    return min(reasons, key=lambda blank: _TELLING.index(blank.kind), default=Blank("not_collected"))


def _joins(dataset: Dataset, rows: tuple[Row, ...], panels: tuple[Panel, ...]) -> tuple[Join, ...]:
    return tuple(
        Join(panel.key, earlier, later, breaks_between(dataset, earlier.observation, later.observation))
        for row in rows
        for panel, cell in zip(panels, row.cells, strict=True)
        for earlier, later in pairwise(cell.values)
    )


def _colour_by(selection: Selection, series: tuple[Key, ...]) -> str:
    if selection.split:
        return "segment"
    if selection.chart == "change":
        sectors = {key[1].sector for key in series}
        return "sector" if len(sectors) > 1 and len({key[0].country for key in series}) == 1 else "country"
    return "country" if selection.by == "sector" else "sector"


def _absences(prepared, selection: Selection, theme: str, places: list[Place]) -> tuple[Absence, ...]:
    """Chosen countries and respondents without a figure in the theme, each with its reason."""
    dataset = prepared.dataset
    present = {(place.country, place.level) for place in places}
    held = {(row.country, row.level) for row in dataset.observations if row.theme == theme}
    found = []
    for country in selection.countries:
        for level in selection.levels:
            place = Place(country, level)
            if (country, level) in present or not surveys_of(dataset, place):
                continue
            kind = "filtered" if (country, level) in held else "not_collected"
            found.append(Absence(place, Blank(kind)))
    return tuple(found)
