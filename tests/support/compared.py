"""Addresses of comparisons, and what is shown there."""

from __future__ import annotations

from dashboard.query import Section, View, view
from dashboard.selection import LANGUAGES, parse
from dashboard.text import Localizer
from tests.support.views import index, vocabulary

INDEX, VOCABULARY = index(), vocabulary()
LOCS = {language: Localizer(INDEX.dataset, language) for language in LANGUAGES}
WHO = "concept=innovative_workplaces&view=compare"
EVERY = "theme=" + "~".join(VOCABULARY.themes) + "&view=compare"
HELPS = "theme=conditions&country=SE&split=group&view=compare"
QUERIES = (
    WHO,
    EVERY,
    f"{EVERY}&edition=all",
    f"{EVERY}&by=sector",
    f"{EVERY}&by=sector&edition=all",
    f"{EVERY}&split=group",
    f"{EVERY}&split=size",
    f"{WHO}&baseline=IS&edition=all",
)


def compared(query: str) -> View:
    parsed = parse(query, VOCABULARY)
    assert not parsed.ignored
    return view(INDEX, parsed.selection)


def sections(query: str) -> tuple[Section, ...]:
    return compared(query).sections
