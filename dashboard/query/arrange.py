"""Where a figure stands: its panel, row and series under each arrangement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.dataset import PRIMARY, Dataset, Observation
from dashboard.query.types import Group, Item, Key, Place
from dashboard.selection import LATEST, Selection, chart_type

QUESTION = ("survey_id", "sector", "dimension", "segment", "concept")
"""Columns that tell one question of one group in one survey: the answers to it are one mark where they are stacked."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where one figure stands."""

    panel: Key
    row: Key
    series: Key


def place_of(row: Observation, selection: Selection) -> Place:
    """Country and respondent; each edition is a place of its own where editions stand side by side."""
    apart = selection.editions != LATEST and not chart_type(selection.chart).joins_editions
    return Place(row.country, row.level, row.kind == "compilation", row.survey_id if apart else "")


def group_of(row: Observation) -> Group:
    """Sector and segment."""
    return Group(row.sector, row.dimension, row.segment)


def item_of(row: Observation, selection: Selection, dataset: Dataset) -> Item:
    """The indicator; one answer of it where answers cannot share a row."""
    if chart_type(selection.chart).stacks_answers:
        return Item(row.concept)
    if dataset.concepts[row.concept].scale == "single" or row.response not in PRIMARY:
        return Item(row.concept, row.response)
    return Item(row.concept)


def position_of(selection: Selection, place: Place, group: Group, item: Item) -> Position:
    """Panel, row and series of a figure."""
    if chart_type(selection.chart).joins_editions:
        return Position(item, (place, group), (place, group))
    if group.dimension:
        whose = (place, Group(group.sector))
        if selection.by == "indicator":
            return Position(item, whose, group)
        return Position(whose, item, group)
    if selection.by == "sector":
        return Position(group, item, place)
    if selection.by == "indicator":
        return Position(item, place, group)
    return Position(place, item, group)


def sorter(dataset: Dataset) -> Callable[[Key], tuple[int, ...]]:
    """A sort key that puts panels, rows and series into reading order."""
    rank = {
        name: {code: at for at, code in enumerate(codes)} for name, codes in dataset.codes.items()
    }
    concepts = {concept: at for at, concept in enumerate(dataset.concepts)}
    surveys = {survey: at for at, survey in enumerate(dataset.surveys)}

    def key(of: Key) -> tuple[int, ...]:
        if isinstance(of, tuple):
            return tuple(part for each in of for part in key(each))
        if isinstance(of, Place):
            survey = dataset.surveys.get(of.survey_id)
            period = (survey.period_end or 0) if survey else 0
            at = surveys.get(of.survey_id, 0)
            return of.compilation, rank["country"][of.country], rank["level"][of.level], period, at
        if isinstance(of, Group):
            segments = rank.get(f"segment:{of.dimension}", {})
            return rank["sector"][of.sector], segments.get(of.segment, -1)
        return concepts[of.concept], rank["response"].get(of.response, -1)

    return key
