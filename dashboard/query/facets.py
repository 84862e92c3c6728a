"""Which figures a selection keeps, and how many each choice would keep.

Every choice of every filter is one boolean array over the figures, made once at start; a request only combines them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache, reduce
from itertools import combinations

import numpy as np

from dashboard.comparability import NO, WHOLES, Limits, holds, verdict
from dashboard.dataset import Dataset, Observation
from dashboard.dataset.types import frozen
from dashboard.query.arrange import question_of
from dashboard.query.evidence import Evidence, evidence
from dashboard.query.families import Difference, by_figure, differences
from dashboard.selection import (
    ALL_EDITIONS,
    LATEST,
    Selection,
    Vocabulary,
    chart_names,
    chart_type,
    default,
    default_editions,
)

Mask = np.ndarray
FILTERS = ("theme", "country", "sector", "concept", "edition", "level", "split", "inferred", "view")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A dataset with everything that can be worked out before the first request."""

    dataset: Dataset
    vocabulary: Vocabulary
    masks: Mapping[tuple[str, str], Mask]
    """(filter, choice) -> figures that fit the choice."""
    latest: Mapping[bool, Mask]
    """Newest edition per cell, with inferred figures (True) or without (False)."""
    wholes: Mapping[bool, Mapping[int, tuple[int, ...]]]
    """Published total of an older edition -> the newest figures of its sectors that come from that edition."""
    printed: frozenset[tuple[str, str]]
    """(survey, indicator) pairs with at least one figure: questions the survey certainly asked."""
    evidence: tuple[Evidence, ...]
    """Interval and size class of every figure."""
    differences: Mapping[int, tuple[Difference, ...]]
    """Position of a figure -> every tested or published difference it has a part in."""
    limits: Limits
    may_compare: Callable[[int, int], bool]
    """Whether the figures at two positions may be compared (yes or with care); remembers its answers."""
    partners: Callable[[str, str], tuple[np.ndarray, np.ndarray]]
    """(indicator, answer) -> the pairs of figures that may be compared, as two arrays of positions."""
    size: int


def prepare(dataset: Dataset, limits: Limits | None = None) -> Prepared:
    """Work out the masks of every filter choice and the evidence of every figure."""
    limits = limits or Limits()
    vocabulary = Vocabulary.of(dataset)
    rows = dataset.observations
    masks: dict[tuple[str, str], Mask] = {}

    def add(name: str, choices: tuple[str, ...], value: list[str]) -> None:
        column = np.array(value, dtype=object)
        for choice in choices:
            masks[name, choice] = column == choice

    add("theme", vocabulary.themes, [row.theme for row in rows])
    add("country", vocabulary.countries, [row.country for row in rows])
    add("sector", vocabulary.sectors, [row.sector for row in rows])
    add("concept", vocabulary.concepts, [row.concept for row in rows])
    add("edition", vocabulary.surveys, [row.survey_id for row in rows])
    add("level", vocabulary.levels, [row.level for row in rows])
    add("split", ("", *vocabulary.dimensions), [row.dimension for row in rows])
    national = np.array([row.kind == "national" for row in rows], dtype=bool)
    sure = np.array([row.status != "inferred" for row in rows], dtype=bool)
    masks["edition", "all"] = national
    masks["inferred", "hide"] = sure
    masks["inferred", "show"] = np.ones(len(rows), dtype=bool)
    for chart in chart_names():
        masks["view", chart] = np.array(chart_type(chart).takes(dataset), dtype=bool)
    latest = {True: _latest(dataset, national), False: _latest(dataset, national & sure)}
    may_compare = _judge(dataset, limits)
    printed = frozenset((row.survey_id, row.concept) for row in rows)
    return Prepared(
        dataset=dataset,
        vocabulary=vocabulary,
        masks=frozen(masks),
        latest=frozen(latest),
        wholes=frozen(
            {
                True: _wholes(dataset, latest[True], national),
                False: _wholes(dataset, latest[False], national & sure),
            }
        ),
        printed=printed,
        evidence=evidence(dataset, limits),
        limits=limits,
        differences=frozen(by_figure(differences(dataset, limits))),
        may_compare=may_compare,
        partners=_partners(rows, may_compare),
        size=len(rows),
    )


def _judge(dataset: Dataset, limits: Limits) -> Callable[[int, int], bool]:
    rows = dataset.observations

    @lru_cache(maxsize=200_000)
    def may_compare(first: int, second: int) -> bool:
        return verdict(dataset, rows[first], rows[second], limits).kind != NO

    return lambda first, second: may_compare(min(first, second), max(first, second))


def _partners(
    rows: tuple[Observation, ...], may_compare: Callable[[int, int], bool]
) -> Callable[[str, str], tuple[np.ndarray, np.ndarray]]:
    """Different questions and different answers are never comparable, so that only pairs of one of each are judged."""
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        members[row.concept, row.response].append(row.position)

    @cache
    def partners(concept: str, response: str) -> tuple[np.ndarray, np.ndarray]:
        pairs = [pair for pair in combinations(members[concept, response], 2) if may_compare(*pair)]
        first, second = np.array(pairs, dtype=int).reshape(-1, 2).T
        return first, second

    return partners


def _latest(dataset: Dataset, among: Mask) -> Mask:
    """For each country, respondent, sector, segment and indicator: the figures of the newest edition that has any."""
    order = {survey: rank for rank, survey in enumerate(dataset.surveys)}

    def age(survey_id: str) -> tuple[int, int]:
        return dataset.surveys[survey_id].period_end or 0, order[survey_id]

    newest: dict[tuple[str, ...], str] = {}
    for row in dataset.observations:
        if among[row.position]:
            key = _cell_key(row)
            if key not in newest or age(row.survey_id) > age(newest[key]):
                newest[key] = row.survey_id
    return np.array(
        [
            bool(among[row.position]) and newest[_cell_key(row)] == row.survey_id
            for row in dataset.observations
        ],
        dtype=bool,
    )


def _wholes(dataset: Dataset, latest: Mask, among: Mask) -> Mapping[int, tuple[int, ...]]:
    """Totals that are not the newest themselves, but whose sectors are: they may stand beside their own parts."""
    newest: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for position in np.flatnonzero(latest):
        row = dataset.observations[position]
        newest[row.survey_id, row.sector, row.dimension, row.segment, row.concept].append(
            int(position)
        )
    found = {}
    for row in dataset.observations:
        if row.sector in WHOLES and among[row.position] and not latest[row.position]:
            parts = [
                position
                for sector in dataset.codes["sector"]
                if holds(row.sector, sector)
                for position in newest.get(
                    (row.survey_id, sector, row.dimension, row.segment, row.concept), ()
                )
            ]
            if parts:
                found[row.position] = tuple(parts)
    return frozen(found)


def _cell_key(row: Observation) -> tuple[str, ...]:
    return row.country, row.level, row.sector, row.dimension, row.segment, row.concept


def _of(prepared: Prepared, name: str, choices: tuple[str, ...]) -> Mask:
    mask = np.zeros(prepared.size, dtype=bool)
    for choice in choices:
        # A release need not have every code of another, whose address this may be.
        mask |= prepared.masks.get((name, choice), False)
    return mask


def filters(prepared: Prepared, selection: Selection) -> dict[str, Mask]:
    """Filter -> figures it keeps, for each of FILTERS."""
    everything = np.ones(prepared.size, dtype=bool)
    return {
        "theme": _of(prepared, "theme", selection.themes),
        "country": _of(prepared, "country", selection.countries),
        "sector": _of(prepared, "sector", selection.sectors),
        "concept": _of(prepared, "concept", selection.concepts)
        if selection.concepts
        else everything,
        "edition": _editions(prepared, selection.editions, selection.inferred),
        "level": _of(prepared, "level", selection.levels),
        "split": prepared.masks["split", selection.split],
        "inferred": prepared.masks["inferred", "show" if selection.inferred else "hide"],
        "view": prepared.masks["view", selection.chart],
    }


def _editions(prepared: Prepared, editions: tuple[str, ...], inferred: bool) -> Mask:
    if editions == LATEST:
        return prepared.latest[inferred]
    return _of(prepared, "edition", editions)


def kept(prepared: Prepared, selection: Selection) -> Mask:
    """The figures that pass every filter, and with the newest figures the older totals of their own edition."""
    masks = filters(prepared, selection)
    return _with_wholes(prepared, selection, _without(masks), _without(masks, "edition"))


def _with_wholes(prepared: Prepared, selection: Selection, mask: Mask, pool: Mask) -> Mask:
    """The figures of ``mask`` and every older total in ``pool``, where newest figures are asked for, whose parts it holds."""
    if selection.editions != LATEST or selection.comparable:
        return mask  # A total and its own parts may not be compared.
    joining = [
        whole
        for whole, parts in prepared.wholes[selection.inferred].items()
        if pool[whole] and mask[list(parts)].any()
    ]
    if joining:
        mask = mask.copy()
        mask[joining] = True
    return mask


def compared(prepared: Prepared, selection: Selection, mask: Mask) -> Mask:
    """Of the figures kept those that are drawn: all, or only those that may be compared with another of them."""
    if not selection.comparable:
        return mask
    rows = prepared.dataset.observations
    drawn = np.zeros(prepared.size, dtype=bool)
    for concept, response in {
        (rows[position].concept, rows[position].response) for position in np.flatnonzero(mask)
    }:
        first, second = prepared.partners(concept, response)
        both = mask[first] & mask[second]
        drawn[first[both]] = drawn[second[both]] = True
    if chart_type(selection.chart).stacks_answers:
        # The answers to one question make one mark: all of them stand or fall together.
        cells = {question_of(rows[position]) for position in np.flatnonzero(drawn)}
        whole = [
            position for position in np.flatnonzero(mask) if question_of(rows[position]) in cells
        ]
        drawn[whole] = True
    return drawn


def drawn_count(prepared: Prepared, selection: Selection, mask: Mask) -> int:
    """Figures that a selection draws of those its filters keep."""
    return int(compared(prepared, selection, mask).sum())


def counts(prepared: Prepared, selection: Selection) -> dict[str, dict[str, int]]:
    """Filter -> choice -> figures the choice has with all the other filters as they are."""
    masks = filters(prepared, selection)
    vocabulary = prepared.vocabulary
    choices = {
        "theme": vocabulary.themes,
        "country": vocabulary.countries,
        "sector": vocabulary.sectors,
        "level": vocabulary.levels,
        "split": ("", *vocabulary.dimensions),
        "concept": vocabulary.concepts,
    }
    result = {}
    for name, values in choices.items():
        lifted_too = ("theme",) if name == "concept" else ()
        others, pool = (
            _without(masks, name, *lifted_too),
            _without(masks, name, "edition", *lifted_too),
        )
        result[name] = {
            value: drawn_count(
                prepared,
                selection,
                _with_wholes(
                    prepared,
                    selection,
                    others & prepared.masks[name, value],
                    pool & prepared.masks[name, value],
                ),
            )
            for value in values
        }
    result["view"] = {
        chart: _figures(prepared, charted(selection, chart)) for chart in chart_names()
    }
    others = _without(masks, "edition")
    editions = {value: prepared.masks["edition", value] for value in ("all", *vocabulary.surveys)}
    result["edition"] = {
        value: drawn_count(prepared, selection, others & mask) for value, mask in editions.items()
    }
    newest = others & prepared.latest[selection.inferred]
    result["edition"]["latest"] = drawn_count(
        prepared,
        selection,
        _with_wholes(prepared, replace(selection, editions=LATEST), newest, others),
    )
    shown = kept(prepared, replace(selection, inferred=True))
    result["inferred"] = {"show": int((shown & ~prepared.masks["inferred", "hide"]).sum())}
    return result


def charted(selection: Selection, chart: str) -> Selection:
    """The selection with another chart; one that joins editions needs them all, and leaving it returns to the newest."""
    editions = selection.editions
    joins, joined = (chart_type(name).joins_editions for name in (chart, selection.chart))
    if joins and editions == LATEST:
        editions = ALL_EDITIONS
    elif joined and not joins and editions == ALL_EDITIONS:
        editions = LATEST
    return replace(selection, chart=chart, editions=editions)


def _figures(prepared: Prepared, selection: Selection) -> int:
    return drawn_count(prepared, selection, kept(prepared, selection))


def _without(masks: dict[str, Mask], *names: str) -> Mask:
    kept: Mask = np.logical_and.reduce([mask for name, mask in masks.items() if name not in names])
    return kept


def lifted(prepared: Prepared, selection: Selection) -> list[Lifted]:
    """The fewest filters whose lifting brings figures back: each that does so alone, else the pairs that do, and so on.

    An empty view points both ways: first to the split by which the chosen themes are published, or to the themes that are
    published by the chosen split.
    """
    published = _published_otherwise(prepared, selection)

    def without(names: tuple[str, ...]) -> Selection:
        return reduce(
            lambda candidate, name: _LIFT[name](candidate, prepared.vocabulary), names, selection
        )

    tight = [name for name in _LIFT if without((name,)) != selection]
    for together in range(1, len(tight) + 1):
        ways = [
            (names, _figures(prepared, without(names)), without(names))
            for names in combinations(tight, together)
        ]
        found = [way for way in ways if way[1]]
        if found:
            return [*published, *found][:_WAYS_OUT]
    return published


def _published_otherwise(prepared: Prepared, selection: Selection) -> list[Lifted]:
    """Splits by which an undivided selection has figures; of a split one the other themes that have them."""
    vocabulary = prepared.vocabulary
    if chart_type(selection.chart).joins_editions:
        selection = charted(
            selection, "bars"
        )  # what is published otherwise need not have a second edition
    if not selection.split:
        wanted = [
            (("split",), replace(selection, split=dimension)) for dimension in vocabulary.dimensions
        ]
    else:
        themes = [
            theme
            for theme in vocabulary.themes
            if _figures(prepared, replace(selection, themes=(theme,), concepts=()))
        ]
        wanted = (
            [(("theme",), replace(selection, themes=tuple(themes), concepts=()))] if themes else []
        )
    ways = [(names, _figures(prepared, candidate), candidate) for names, candidate in wanted]
    return sorted((way for way in ways if way[1]), key=lambda way: -way[1])


Lifted = tuple[tuple[str, ...], int, Selection]
"""(parameters of the filters, figures, the selection without them)."""
_WAYS_OUT = 6
"""More ways out of an empty view than these would only confuse."""
_LIFT: Mapping[str, Callable[[Selection, Vocabulary], Selection]] = {
    "only": lambda s, v: replace(s, comparable=False),
    "concept": lambda s, v: replace(s, concepts=()),
    "inferred": lambda s, v: replace(s, inferred=True),
    "split": lambda s, v: replace(s, split=""),
    "edition": lambda s, v: replace(s, editions=default_editions(s.chart)),
    "level": lambda s, v: replace(s, levels=v.levels),
    "sector": lambda s, v: replace(s, sectors=v.sectors),
    "country": lambda s, v: replace(s, countries=v.countries),
    "theme": lambda s, v: replace(s, themes=v.themes if s.concepts else default(v).themes),
    "view": lambda s, v: charted(s, "bars"),
}
"""How each filter is lifted."""
