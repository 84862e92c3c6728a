"""The figures that one may be put beside: those of the same indicator, or whatever fits some words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from dashboard.comparability import GRADED
from dashboard.dataset import PRIMARY, Observation
from dashboard.dataset.figure_name import FigureName
from dashboard.text.localizer import Localizer
from dashboard.text.quotation import where

LISTED = 80
"""Figures that are listed at once; further words narrow them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A figure to choose."""

    name: str
    """As addresses have it."""
    label: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Figures under their headings, and how many more there are."""

    groups: tuple[tuple[str, tuple[Choice, ...]], ...]
    more: int = 0


def alike(loc: Localizer, row: Observation) -> Choices:
    """The other figures of the same indicator, country by country, the newest of each first; of very many the first."""
    observations = loc.dataset.observations
    rows = [
        observations[at]
        for at in observations.having("indicator", row.indicator).nonzero()[0].tolist()
        if at != row.position
    ]
    countries = {code: rank for rank, code in enumerate(loc.dataset.codes["country"])}

    def order(each: Observation) -> tuple[int, int]:
        return countries[each.country], -(loc.dataset.surveys[each.survey_id].period_end or 0)

    listed = sorted(rows, key=order)[:LISTED]
    groups = tuple(
        (
            loc.label("country", country),
            tuple(Choice(str(FigureName.of(each)), _said(loc, each)) for each in group),
        )
        for country, group in groupby(listed, key=lambda each: each.country)
    )
    return Choices(groups, len(rows) - len(listed))


def fitting(loc: Localizer, row: Observation, text: str) -> Choices:
    """The other figures that every word of a text fits, indicator by indicator."""
    words = text.casefold().split()
    observations = loc.dataset.observations
    found = [
        at
        for at, said in enumerate(_words(loc))
        if at != row.position and all(word in said for word in words)
    ]
    return Choices(
        _by_indicator(loc, map(observations.__getitem__, found[:LISTED])),
        max(0, len(found) - LISTED),
    )


def _by_indicator(
    loc: Localizer, rows: Iterable[Observation]
) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    groups: dict[str, list[Choice]] = {}
    for row in rows:
        groups.setdefault(loc.dataset.indicators[row.indicator].label, []).append(
            Choice(str(FigureName.of(row)), _said(loc, row))
        )
    return tuple((heading, tuple(choices)) for heading, choices in groups.items())


@lru_cache(maxsize=16)
def _words(loc: Localizer) -> tuple[str, ...]:
    """Of each figure the words by which it is found."""
    return tuple(
        f"{loc.label('theme', row.theme)} {loc.dataset.indicators[row.indicator].label} {_said(loc, row)}".casefold()
        for row in loc.dataset.observations
    )


def _said(loc: Localizer, row: Observation) -> str:
    """Value, answer where it is not a plain yes, whose, and when."""
    plain = row.response in PRIMARY and row.response not in GRADED
    answer = [] if plain else [loc.lower("response", row.response)]
    return " · ".join([loc.figure(row.value, row.qualifier), *answer, where(loc, row)])
