"""What the site says of a figure or a pair: verdict, summary, card."""

from __future__ import annotations

from datetime import date
from functools import cache

from dashboard.comparability import SmallBaseThresholds, verdict
from dashboard.dataset import Dataset, Observation
from dashboard.query import Section
from dashboard.text import Localizer, differences
from dashboard.text.card import card
from dashboard.text.summary import summary
from tests.support import cards, views
from tests.support.views import show


@cache
def data() -> Dataset:
    return views.index().dataset


@cache
def loc(language: str = "en") -> Localizer:
    return Localizer(data(), language)


def judged(first: Observation, second: Observation) -> tuple[str, list[str]]:
    """(verdict, kinds of its reasons in order)."""
    found = verdict(data(), first, second, SmallBaseThresholds())
    return found.kind, [reason.kind for reason in found.reasons]


def summary_of(query: str, language: str = "en") -> str:
    """The summary of the one theme of a view."""
    shown = show(query)
    return " ".join(summary(loc(language), shown, shown.sections[0]))


def lines(section: Section, language: str = "en") -> list[str]:
    return [differences.difference(loc(language), each) for each in section.differences]


def facts(row: Observation, query: str = "") -> dict[str, str]:
    made = card(
        loc(),
        show(query),
        views.index().evidence[row.position],
        row,
        date(2026, 11, 26),
        "https://example.org/",
    )
    return cards.facts(made)
