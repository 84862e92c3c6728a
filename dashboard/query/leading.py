"""The few figures that stand for a country: of each theme its main indicator, in its newest edition."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

import numpy as np

from dashboard.comparability import holds
from dashboard.dataset import PRIMARY, Dataset, Observation
from dashboard.query.filtering import filter_mask
from dashboard.query.index import DatasetIndex
from dashboard.selection import Selection, home

KEY_FIGURES = 6


def ordered_themes(index: DatasetIndex) -> tuple[str, ...]:
    """Every theme in the order in which a country is told: what the site opens on first, then as the data has them."""
    first = home(index.vocabulary) if index.vocabulary.home else None
    leading = first.themes if first else ()
    return tuple(dict.fromkeys((*leading, *index.vocabulary.themes)))


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure that stands for a country, and those of the same answers to the same question that it does not hold."""

    row: Observation
    beside: tuple[Observation, ...]
    most_answers: int | None = None
    """Where n is not published the most that it can be, if that is known."""


def key_figures(
    index: DatasetIndex, selection: Selection, most: int = KEY_FIGURES
) -> tuple[KeyFigure, ...]:
    """At most ``most`` figures of a selection, one an indicator: the leading indicator of each theme, then the second ones.

    An indicator leads its theme where the site opens on it, else where it is the first that countries share, else where most
    countries have it, else as the data has it. Of its figures the one from the newest edition stands for it, there the one for
    the widest group.
    """
    dataset, figures = index.dataset, index.dataset.observations
    found: dict[str, list[Observation]] = defaultdict(list)
    for position in np.flatnonzero(filter_mask(index, selection)).tolist():
        row = figures[position]
        if row.response in PRIMARY:
            found[row.indicator].append(row)
    by_theme: dict[str, list[str]] = defaultdict(list)
    for indicator in _by_rank(index):
        if indicator in found:
            by_theme[dataset.indicators[indicator].theme].append(indicator)
    rounds = zip_longest(*(by_theme[theme] for theme in ordered_themes(index)))
    leading = (indicator for indicator in chain.from_iterable(rounds) if indicator)
    return tuple(_key_figure(index, found[indicator]) for indicator in islice(leading, most))


def leading_indicator(index: DatasetIndex, indicators: Collection[str]) -> str:
    """Of some indicators that which leads the others; raises StopIteration for none."""
    return next(each for each in _by_rank(index) if each in indicators)


def _by_rank(index: DatasetIndex) -> Iterator[str]:
    """Indicators, those that lead their themes first."""
    vocabulary = index.vocabulary
    opening = home(vocabulary).indicators if vocabulary.home else ()
    pairs = index.dataset.observations.counts("indicator", "country")
    countries = Counter(indicator for indicator, _ in pairs)
    main: dict[str, str] = {}
    for indicator in vocabulary.indicators:
        if countries[indicator] > 1:
            main.setdefault(index.dataset.indicators[indicator].theme, indicator)
    leading = main.values()
    yield from sorted(
        vocabulary.indicators,
        key=lambda each: (each not in opening, each not in leading, -countries[each]),
    )


def _key_figure(index: DatasetIndex, rows: Sequence[Observation]) -> KeyFigure:
    row = standing(index.dataset, rows)
    alike = (
        other
        for other in rows
        if (other.survey_id, other.response) == (row.survey_id, row.response)
        and other.sector != row.sector
        and not holds(row.sector, other.sector)
        and not holds(other.sector, row.sector)
    )
    return KeyFigure(row, tuple(alike), index.evidence[row.position].most_answers)


def largest_first(
    dataset: Dataset, indicators: Sequence[str], rows: Iterable[Observation]
) -> list[str]:
    """Indicators by the largest of the figures that stand for each among ``rows``, one an answer; of equal ones in the order given."""
    figures: dict[str, dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        figures[row.indicator][row.response].append(row)

    def largest(indicator: str) -> float:
        answers = figures[indicator].values()
        return max(standing(dataset, held).value for held in answers)

    return sorted(indicators, key=largest, reverse=True)


def standing(dataset: Dataset, rows: Sequence[Observation]) -> Observation:
    """The figure of the newest edition for the widest group; of equally wide ones that of most answers, else the first."""
    sectors, levels = list(dataset.codes["sector"]), list(dataset.codes["level"])

    def rank(row: Observation) -> tuple[int, ...]:
        return (
            dataset.surveys[row.survey_id].period_end or 0,
            sum(holds(row.sector, part) for part in sectors),
            row.n or 0,
            -levels.index(row.level),
            -sectors.index(row.sector),
        )

    return max(rows, key=rank)
