"""The site's sentences in other languages: gettext catalogues, read once from the texts that translators edit."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parents[1] / "translations"
DOMAIN = "messages"


def path(language: str) -> Path:
    """The catalogue of a language, as translators edit it."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def catalogue(language: str) -> NullTranslations:
    """The translations of a language; English, in which the sentences are written, needs none.

    Compiled in memory, so that there is no second file that could be older than the first. Raises FileNotFoundError for a
    language without a catalogue.
    """
    if language == "en":
        return NullTranslations()
    compiled = BytesIO()
    with path(language).open("rb") as texts:
        write_mo(compiled, read_po(texts, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
