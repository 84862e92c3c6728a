"""The Selection: what a reader has chosen, as one frozen value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from typing import Any, Literal

from dashboard.dataset import Dataset, Level
from dashboard.dataset.questions import QUESTION

Arrangement = Literal["country", "sector", "indicator"]
"""What each panel or row is about."""
ARRANGEMENTS: tuple[Arrangement, ...] = ("country", "sector", "indicator")
Sort = Literal["published", "difference", "value", "name"]
"""Order of the rows of a chart."""
SORTS: tuple[Sort, ...] = ("published", "difference", "value", "name")
LANGUAGES = ("en", "da", "nb", "sv", "fi")
"""Languages of the site, the source language first."""
ColourScheme = Literal["", "light", "dark"]
"""Blank for what the reader's system prefers."""
COLOUR_SCHEMES: tuple[ColourScheme, ...] = ("light", "dark")
LATEST = ("latest",)
ALL_EDITIONS = ("all",)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The codes a selection may use, each list in reading order."""

    themes: tuple[str, ...]
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    levels: tuple[Level, ...]
    dimensions: tuple[str, ...]
    indicators: tuple[str, ...]
    surveys: tuple[str, ...]
    theme_of: Mapping[str, str] = field(default_factory=dict)
    releases: tuple[str, ...] = ()
    """Data releases an address may name, oldest first."""
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Every list of codes in the data -> its codes."""
    foremost: tuple[str, ...] = ()
    """Countries by how many indicators they have figures of, the most first."""
    home: str = ""
    """Query of the first question of the data; blank where it has none."""

    def __hash__(self) -> int:
        """Of a few fields, so that it takes no longer for long lists; equal vocabularies have these alike."""
        return hash((self.releases, self.home, len(self.indicators), len(self.surveys)))

    @classmethod
    def of(cls, dataset: Dataset) -> Vocabulary:
        """The vocabulary of a data release; only surveys with figures can be chosen as editions."""
        theme_order = {code: rank for rank, code in enumerate(dataset.codes["theme"])}
        indicators = sorted(dataset.indicators.values(), key=lambda c: theme_order[c.theme])
        country_order = {code: rank for rank, code in enumerate(dataset.codes["country"])}
        surveys = sorted(
            (survey for survey in dataset.surveys.values() if survey.has_figures),
            key=lambda s: (
                s.kind == "compilation",
                country_order[s.country],
                s.period_end or 0,
                s.survey_id,
            ),
        )
        return cls(
            themes=tuple(dataset.codes["theme"]),
            countries=tuple(dataset.codes["country"]),
            sectors=tuple(dataset.codes["sector"]),
            levels=dataset.levels,
            dimensions=tuple(dataset.codes["dimension"]),
            indicators=tuple(indicator.indicator for indicator in indicators),
            surveys=tuple(survey.survey_id for survey in surveys),
            theme_of={indicator.indicator: indicator.theme for indicator in indicators},
            releases=(dataset.release,),
            codes={name: tuple(codes) for name, codes in dataset.codes.items()},
            foremost=_foremost(dataset),
            home=next((each.query for each in dataset.questions if each.kind == QUESTION), ""),
        )

    def joined(self, other: Vocabulary) -> Vocabulary:
        """This vocabulary with the codes of another behind its own; all that describes a release stays its own."""

        def both(own: tuple[str, ...], further: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(dict.fromkeys((*own, *further)))

        lists: dict[str, Any] = {
            each.name: both(getattr(self, each.name), getattr(other, each.name))
            for each in fields(self)
            if each.name not in ("theme_of", "releases", "codes", "foremost", "home")
        }
        codes = {
            name: both(self.codes.get(name, ()), other.codes.get(name, ()))
            for name in {**self.codes, **other.codes}
        }
        return replace(self, **lists, codes=codes, theme_of={**other.theme_of, **self.theme_of})


def _foremost(dataset: Dataset) -> tuple[str, ...]:
    """Countries by how many indicators they have figures of; of equally many in reading order."""
    held = Counter(country for country, _ in dataset.observations.counts("country", "indicator"))
    return tuple(sorted(dataset.codes["country"], key=lambda country: -held[country]))


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen. Every tuple is in the vocabulary's order and free of repetitions.

    ``indicators`` empty means every indicator of the themes; any other empty tuple means that nothing is chosen there.
    ``editions`` is ``("latest",)``, ``("all",)`` or survey ids.
    """

    themes: tuple[str, ...]
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    indicators: tuple[str, ...] = ()
    editions: tuple[str, ...] = LATEST
    levels: tuple[Level, ...] = ()
    split: str = ""
    inferred: bool = True
    chart: str = "bars"
    by: Arrangement = "country"
    sort: Sort = "value"
    """Order of the rows."""
    baseline: str = ""
    """The country that the others are compared with; blank for none."""
    intervals: bool = True
    comparable: bool = False
    expanded: tuple[str, ...] = ()
    """Themes of which all indicators are shown, not just the most shared."""
    release: str = ""
    """The data release an address is pinned to; blank for the newest there is."""
    language: str = ""
    """The language an address asks for; blank for that of whoever opens it."""
    colour_scheme: ColourScheme = ""
    """Where an address asks for one; blank for what the reader's system prefers."""
    figures: tuple[str, ...] = ()
    """Name of the figure whose card is open, and of one that it is compared with."""
    further: tuple[tuple[str, tuple[str, ...] | str | bool], ...] = ()
    """(name, value) of every parameter that has no field of its own."""
    _hash: int = field(default=0, init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        """Of all that is chosen; worked out once, since what follows from a selection is looked up often."""
        if not self._hash:
            object.__setattr__(self, "_hash", hash(_CHOSEN(self)))
        return self._hash


_CHOSEN = attrgetter(*(each.name for each in fields(Selection) if each.compare))
