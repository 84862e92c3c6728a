"""Which figures a selection keeps, and how many each choice would keep.

Every choice of every filter is one boolean array over the figures, made once at start; a request only combines them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from dashboard.comparability import Limits
from dashboard.dataset import Dataset, Observation
from dashboard.dataset.types import frozen
from dashboard.query.evidence import Evidence, evidence
from dashboard.query.types import PRIMARY, UNSURE
from dashboard.selection import ALL_EDITIONS, LATEST, Selection, Vocabulary, default

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
    printed: frozenset[tuple[str, str]]
    """(survey, indicator) pairs with at least one figure: questions the survey certainly asked."""
    evidence: tuple[Evidence, ...]
    """Interval and size class of every figure."""
    limits: Limits
    size: int


def prepare(dataset: Dataset, limits: Limits | None = None) -> Prepared:
    """Work out the masks of every filter choice and the evidence of every figure."""
    limits = limits or Limits()
    vocabulary = Vocabulary.of(dataset)
    rows = dataset.observations
    stackable = _stackable(rows, dataset)
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
    primary = np.array([_drawn(row, dataset) for row in rows], dtype=bool)
    masks["edition", "all"] = national
    masks["inferred", "hide"] = sure
    masks["inferred", "show"] = np.ones(len(rows), dtype=bool)
    for chart in ("bars", "dots", "heat", "change"):
        masks["view", chart] = primary
    masks["view", "scale"] = np.array(stackable, dtype=bool)
    masks["view", "table"] = np.ones(len(rows), dtype=bool)
    latest = {True: _latest(dataset, national), False: _latest(dataset, national & sure)}
    printed = frozenset((row.survey_id, row.concept) for row in rows)
    return Prepared(dataset, vocabulary, frozen(masks), frozen(latest), printed, evidence(dataset, limits), limits, len(rows))


def _drawn(row: Observation, dataset: Dataset) -> bool:
    if dataset.concepts[row.concept].scale == "single":
        return row.response != UNSURE
    return row.response in PRIMARY


def _stackable(rows: tuple[Observation, ...], dataset: Dataset) -> list[bool]:
    """Figures of questions with one answer of several, at least two of which are printed."""
    answers: dict[tuple, int] = {}
    for row in rows:
        key = (row.survey_id, row.sector, row.dimension, row.segment, row.concept)
        answers[key] = answers.get(key, 0) + 1
    return [
        answers[row.survey_id, row.sector, row.dimension, row.segment, row.concept] > 1 or dataset.concepts[row.concept].scale == "single"
        for row in rows
    ]


def _latest(dataset: Dataset, among: Mask) -> Mask:
    """For each country, respondent, sector, segment and indicator: the figures of the newest edition that has any."""
    order = {survey: rank for rank, survey in enumerate(dataset.surveys)}

    def age(survey_id: str) -> tuple[int, int]:
        return dataset.surveys[survey_id].period_end or 0, order[survey_id]

    newest: dict[tuple, str] = {}
    for row in dataset.observations:
        if among[row.position]:
            key = _cell_key(row)
            if key not in newest or age(row.survey_id) > age(newest[key]):
                newest[key] = row.survey_id
    return np.array(
        [bool(among[row.position]) and newest[_cell_key(row)] == row.survey_id for row in dataset.observations],
        dtype=bool,
    )


def _cell_key(row: Observation) -> tuple[str, ...]:
    return row.country, row.level, row.sector, row.dimension, row.segment, row.concept


def _of(prepared: Prepared, name: str, choices: tuple[str, ...]) -> Mask:
    mask = np.zeros(prepared.size, dtype=bool)
    for choice in choices:
        mask |= prepared.masks[name, choice]
    return mask


def filters(prepared: Prepared, selection: Selection) -> dict[str, Mask]:
    """Filter -> figures it keeps, for each of FILTERS."""
    everything = np.ones(prepared.size, dtype=bool)
    return {
        "theme": _of(prepared, "theme", selection.themes),
        "country": _of(prepared, "country", selection.countries),
        "sector": _of(prepared, "sector", selection.sectors),
        "concept": _of(prepared, "concept", selection.concepts) if selection.concepts else everything,
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
    """The figures that pass every filter."""
    return np.logical_and.reduce(list(filters(prepared, selection).values()))


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
        "view": ("bars", "dots", "scale", "change", "heat", "table"),
        "concept": vocabulary.concepts,
    }
    result = {}
    for name, values in choices.items():
        others = _without(masks, name, *(("theme",) if name == "concept" else ()))
        result[name] = {value: int((others & prepared.masks[name, value]).sum()) for value in values}
    others = _without(masks, "edition")
    result["edition"] = {
        "latest": int((others & prepared.latest[selection.inferred]).sum()),
        **{value: int((others & prepared.masks["edition", value]).sum()) for value in ("all", *vocabulary.surveys)},
    }
    others = _without(masks, "inferred", "edition")
    shown = others & _editions(prepared, selection.editions, True)
    result["inferred"] = {"show": int((shown & ~prepared.masks["inferred", "hide"]).sum())}
    return result


def _without(masks: dict[str, Mask], *names: str) -> Mask:
    return np.logical_and.reduce([mask for name, mask in masks.items() if name not in names])


def lifted(prepared: Prepared, selection: Selection) -> list[tuple[str, int, Selection]]:
    """Filters whose lifting alone brings figures back: (parameter, figures, the selection without it)."""
    usual = default(prepared.vocabulary)
    loosened = {
        "only": replace(selection, comparable=False),
        "concept": replace(selection, concepts=()),
        "inferred": replace(selection, inferred=True),
        "split": replace(selection, split=""),
        "edition": replace(selection, editions=ALL_EDITIONS if selection.chart == "change" else LATEST),
        "level": replace(selection, levels=usual.levels),
        "sector": replace(selection, sectors=usual.sectors),
        "country": replace(selection, countries=usual.countries),
        "theme": replace(selection, themes=usual.themes if not selection.concepts else prepared.vocabulary.themes),
        "view": replace(selection, chart="bars"),
    }
    found = []
    for name, candidate in loosened.items():
        if candidate != selection:
            figures = int(kept(prepared, candidate).sum())
            if figures:
                found.append((name, figures, candidate))
    return found
