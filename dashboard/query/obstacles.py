"""What forbids comparing the figures of a row or panel that is one indicator.

What forbids a comparison depends on what two figures are about and on what their surveys have in common. So figures that stand
alike are judged once, by the first two in reading order: the work grows with the figures that are shown, not with their pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, combinations
from typing import TypeVar

from dashboard.comparability import (
    COMPILATION,
    NO,
    VISIBLE_DIFFERENCES,
    ReasonKind,
    SmallBaseThresholds,
    obstacle_ground,
    sides_of_breaks,
    verdict,
)
from dashboard.dataset import Break, Dataset, Observation
from dashboard.query.types import Header, Panel, Row, Section, about

Line = TypeVar("Line", Row, Panel)
Pair = tuple[int, int]


def judged(
    dataset: Dataset, thresholds: SmallBaseThresholds, line: Line, figures: Sequence[Observation]
) -> Line:
    """A row or panel with what forbids comparing its figures."""
    return replace(line, obstacles=obstacles(dataset, thresholds, figures))


def judged_beside(dataset: Dataset, thresholds: SmallBaseThresholds, row: Row) -> Row:
    """A row with what forbids comparing its figures that stand beside each other: shares of one thing, as answered by one kind of
    respondents. Others have panels of their own, elsewhere."""
    figures: defaultdict[tuple[str, str], list[Observation]] = defaultdict(list)
    for value in row.values:
        figures[value.respondents.level, value.observation.base].append(value.observation)
    found = (obstacles(dataset, thresholds, each) for each in figures.values())
    return replace(row, obstacles=tuple(dict.fromkeys(chain.from_iterable(found))))


def by_indicator(dataset: Dataset, thresholds: SmallBaseThresholds, section: Section) -> Section:
    """The section with what forbids comparing any figures of an indicator, though rows keep them apart, at each of its rows."""
    if not section.sectors_apart:
        return section
    figures: defaultdict[Header, list[Observation]] = defaultdict(list)
    for row in section.rows:
        figures[about(row.header)] += (value.observation for value in row.values)
    found = {header: obstacles(dataset, thresholds, held) for header, held in figures.items()}
    rows = tuple(replace(row, obstacles=found[about(row.header)]) for row in section.rows)
    return replace(section, rows=rows)


def obstacles(
    dataset: Dataset, thresholds: SmallBaseThresholds, figures: Sequence[Observation]
) -> tuple[ReasonKind, ...]:
    """Kinds of reasons that forbid some comparison among figures, apart from whose answers they are.

    In the order in which they come up when every figure is held against every later one; that two countries have no sector in
    common, so that none of their figures stands beside one of the same answers, comes last.
    """
    kinds: dict[ReasonKind, None] = {}
    for first, second in _telling_pairs(dataset, figures):
        kinds |= dict.fromkeys(
            reason.kind
            for reason in verdict(dataset, figures[first], figures[second], thresholds).reasons
            if reason.verdict == NO and reason.kind not in VISIBLE_DIFFERENCES
        )
    return (*kinds, "sector") if _without_common_sector(figures, dataset) else tuple(kinds)


def _without_common_sector(figures: Sequence[Observation], dataset: Dataset) -> bool:
    """Whether two countries share no sector; what institutions published together may differ in it."""
    sectors: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in figures:
        sectors[row.country].add(("sector", row.sector))
        if row.kind == COMPILATION:
            sectors[row.country].add(("source", dataset.surveys[row.survey_id].source_id))
    return any(one.isdisjoint(other) for one, other in combinations(sectors.values(), 2))


def _telling_pairs(dataset: Dataset, figures: Sequence[Observation]) -> list[Pair]:
    """Places of pairs, in reading order: of every two kinds of figures the first of one survey, of one country, of two countries."""
    breaks = _breaks(dataset, figures)
    grounds = [obstacle_ground(dataset, row) for row in figures]
    sides = [
        (ground, sides_of_breaks(dataset, row, breaks[row.country]))
        for ground, row in zip(grounds, figures, strict=True)
    ]
    surveys = [row.survey_id for row in figures]
    countries = [row.country for row in figures]
    everywhere = range(len(figures))
    groups = chain(
        _first_pairs(_grouped(everywhere, surveys), grounds, everywhere),
        _first_pairs(_grouped(everywhere, countries), sides, surveys),
        _first_pairs([everywhere], grounds, countries),
    )
    return sorted(set(groups))


def _breaks(dataset: Dataset, figures: Sequence[Observation]) -> dict[str, tuple[Break, ...]]:
    """Country -> its breaks that touch an indicator of the figures."""
    indicators = {row.indicator for row in figures}
    return {
        country: tuple(
            found
            for found in dataset.breaks_of.get(country, ())
            if not found.indicators or not indicators.isdisjoint(found.indicators)
        )
        for country in {row.country for row in figures}
    }


def _first_pairs(
    groups: Iterable[Iterable[int]], kinds: Sequence[Hashable], apart: Sequence[Hashable]
) -> Iterable[Pair]:
    """Of every two kinds the first pair of places that share a group and differ in ``apart``."""
    found: dict[frozenset[Hashable], Pair] = {}
    for group in groups:
        for pair in combinations(_heads(group, kinds, apart), 2):
            first, second = pair
            if apart[first] != apart[second]:
                both = frozenset((kinds[first], kinds[second]))
                found[both] = min(found.get(both, pair), pair)
    return found.values()


def _heads(
    group: Iterable[int], kinds: Sequence[Hashable], apart: Sequence[Hashable]
) -> Iterator[int]:
    """Of each kind in a group the first place, and the first that differs from it in ``apart``; no other comes first in a pair."""
    heads: dict[Hashable, int] = {}
    seconds: set[Hashable] = set()
    for place in group:
        kind = kinds[place]
        if kind not in heads:
            heads[kind] = place
            yield place
        elif kind not in seconds and apart[place] != apart[heads[kind]]:
            seconds.add(kind)
            yield place


def _grouped(places: Iterable[int], keys: Sequence[Hashable]) -> Iterable[list[int]]:
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place in places:
        groups[keys[place]].append(place)
    return groups.values()
