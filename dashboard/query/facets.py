"""Which figures a selection keeps, and how many each choice would keep.

Every choice of every filter is one boolean array over the figures, made once at start; a request only combines them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import reduce
from itertools import combinations

import numpy as np

from dashboard.query.index import DatasetIndex, Mask
from dashboard.selection import ALL_EDITIONS, CHARTS, LATEST, Selection, Vocabulary, default

FILTERS = ("theme", "country", "sector", "concept", "edition", "level", "split", "inferred", "view")


def _of(prepared: DatasetIndex, name: str, choices: tuple[str, ...]) -> Mask:
    mask = np.zeros(prepared.size, dtype=bool)
    for choice in choices:
        # A release need not have every code of another, whose address this may be.
        mask |= prepared.masks.get((name, choice), False)
    return mask


def filters(prepared: DatasetIndex, selection: Selection) -> dict[str, Mask]:
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


def _editions(prepared: DatasetIndex, editions: tuple[str, ...], inferred: bool) -> Mask:
    if editions == LATEST:
        return prepared.latest[inferred]
    return _of(prepared, "edition", editions)


def kept(prepared: DatasetIndex, selection: Selection) -> Mask:
    """The figures that pass every filter, and with the newest figures the older totals of their own edition."""
    masks = filters(prepared, selection)
    return _with_wholes(prepared, selection, _without(masks), _without(masks, "edition"))


def _with_wholes(prepared: DatasetIndex, selection: Selection, mask: Mask, pool: Mask) -> Mask:
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


def compared(prepared: DatasetIndex, selection: Selection, mask: Mask) -> Mask:
    """Of the figures kept those that are drawn: all, or only those that may be compared with another of them."""
    if not selection.comparable:
        return mask
    drawn = prepared.pairs.partnered(mask)
    if selection.chart == "scale":
        # The answers to one question make one mark: all of them stand or fall together.
        drawn |= mask & np.isin(prepared.answers, prepared.answers[drawn])
    return drawn


def drawn_count(prepared: DatasetIndex, selection: Selection, mask: Mask) -> int:
    """Figures that a selection draws of those its filters keep."""
    return int(compared(prepared, selection, mask).sum())


def counts(prepared: DatasetIndex, selection: Selection) -> dict[str, dict[str, int]]:
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
    result["view"] = {chart: _figures(prepared, charted(selection, chart)) for chart in CHARTS}
    others = _without(masks, "edition")
    result["edition"] = {
        "all": drawn_count(prepared, selection, others & prepared.masks["edition", "all"])
    }
    tally = prepared.masks.tally("edition", others)
    for value in vocabulary.surveys if selection.comparable else ():
        if tally[value]:
            mask = others & prepared.masks["edition", value]
            tally[value] = drawn_count(prepared, selection, mask)
    result["edition"] |= tally
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
    """The selection with another chart; a change needs all editions, and leaving it returns to the newest."""
    editions = selection.editions
    if chart == "change" and editions == LATEST:
        editions = ALL_EDITIONS
    elif chart != "change" and selection.chart == "change" and editions == ALL_EDITIONS:
        editions = LATEST
    return replace(selection, chart=chart, editions=editions)


def _figures(prepared: DatasetIndex, selection: Selection) -> int:
    return drawn_count(prepared, selection, kept(prepared, selection))


def _without(masks: dict[str, Mask], *names: str) -> Mask:
    kept: Mask = np.logical_and.reduce([mask for name, mask in masks.items() if name not in names])
    return kept


def lifted(prepared: DatasetIndex, selection: Selection) -> list[Lifted]:
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


def _published_otherwise(prepared: DatasetIndex, selection: Selection) -> list[Lifted]:
    """Splits by which an undivided selection has figures; of a split one the other themes that have them."""
    vocabulary = prepared.vocabulary
    if selection.chart == "change":
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
    "edition": lambda s, v: replace(s, editions=ALL_EDITIONS if s.chart == "change" else LATEST),
    "level": lambda s, v: replace(s, levels=v.levels),
    "sector": lambda s, v: replace(s, sectors=v.sectors),
    "country": lambda s, v: replace(s, countries=v.countries),
    "theme": lambda s, v: replace(s, themes=v.themes if s.concepts else default(v).themes),
    "view": lambda s, v: charted(s, "bars"),
}
"""How each filter is lifted."""
