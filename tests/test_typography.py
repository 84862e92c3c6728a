"""Words of the site are set with the signs of print, each language with its own quotation marks; the search asks for none."""

from __future__ import annotations

import re

import pytest

from dashboard.dataset import DATA_FOLDER
from dashboard.selection import LANGUAGES
from dashboard.text import search
from dashboard.text.catalogues import path
from dashboard.text.collect import template
from tests.support import views
from tests.support.inputs import read
from tests.support.typography import WORDS, typographic

QUOTES = {"en": "“”", "da": "”", "nb": "«»", "sv": "”", "fi": "”"}


def catalogue(language: str) -> list[str]:
    """Translations of the site's texts; the texts themselves in English."""
    if language == "en":
        ids = [message.id for message in template() if message.id]
        return [text for each in ids for text in ([each] if isinstance(each, str) else each)]
    written = path(language).read_text(encoding="utf-8")
    return re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', written.partition("\n\n")[2], re.MULTILINE)


def of_tables(language: str) -> list[str]:
    """What the tables say in a language."""
    own = {
        (file, column): [
            row[column] for row in read(DATA_FOLDER / file) if row.get("language", "en") == language
        ]
        for file, columns in WORDS.items()
        for column in columns
    }
    return [cell for cells in own.values() for cell in cells]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_set_with_the_signs_of_print(language: str) -> None:
    written = [*catalogue(language), *of_tables(language)]
    assert len(written) > 1000
    assert [text for text in written if typographic(text) != text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_its_own_quotation_marks(language: str) -> None:
    used = {sign for text in catalogue(language) for sign in re.findall(r"[“”«»„]", text)}
    assert used == set(QUOTES[language])


@pytest.mark.parametrize("typed", ["citizens' influence", "citizens’ influence"])
def test_the_search_finds_with_any_apostrophe(typed: str) -> None:
    assert search.indicators(views.loc(), typed)[0] == "effect_citizen_involvement"
