"""A language that nobody speaks: English with every letter accented, so that what was not translated shows at once.

`Everything` stands for the catalogue of Danish. ``reading`` takes apart what a reader gets, and a `Reader` tells the words of
it that are still English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from gettext import NullTranslations
from urllib.parse import urlsplit

import pytest
from babel import Locale

from dashboard.dataset import Dataset, Translation
from dashboard.dataset.translations import code_of
from dashboard.text import collect, localizer
from dashboard.text.missing import BLANK_CODES
from tests.support import views
from tests.support.reading import LANGUAGE

_PLAIN = "abcdefghijklmnopqrstuvwxyz"
_ACCENTED = "áƀçđéƒğħíĵķłɱñöþɋřšţüṽŵẋýž"
_LETTERS = str.maketrans(_PLAIN + _PLAIN.upper(), _ACCENTED + _ACCENTED.upper())
_KEPT = re.compile(r"(\{[^}]*\}|%\(\w+\)\w|https?://[^\s)]*)")
_WORD = re.compile(r"[A-Za-z]{2,}")
_MARKS = re.compile(r"(\d+ )?[a-e]{2}")
"""Letters of notes, behind the number of a line."""
_ADDRESS = r"(?:https?://\S+|localhost(?:/\S*)?)|(?:/\w+(?:\.\w+)?)?\?[\w.~&=%-]+=\S*|%\{\w+\}"


@cache
def pseudo(text: str) -> str:
    """A text in the language; placeholders and addresses stay."""
    return "".join(
        part if _KEPT.fullmatch(part) else part.translate(_LETTERS) for part in _KEPT.split(text)
    )


@cache
def _collected() -> frozenset[str]:
    """Every text that translators are given; of a count its words for one."""
    found = (each.id for each in collect.template() if each.id)
    return frozenset(text if isinstance(text, str) else text[0] for text in found)


class Everything(NullTranslations):
    """A catalogue that translates every text that is collected for translators, and no other."""

    def gettext(self, message: str) -> str:
        return pseudo(message) if message in _collected() else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        text = msgid1 if n == 1 else msgid2
        return pseudo(text) if msgid1 in _collected() else text


def translated(dataset: Dataset) -> Dataset:
    """The dataset with every label and statement in the language."""
    texts = {
        **{
            (name, code): (each.label, each.short, each.description)
            for name, held in dataset.codes.items()
            for code, each in held.items()
        },
        **{
            ("concept", name): (each.label, "", each.definition)
            for name, each in dataset.indicators.items()
        },
        **{
            ("definition", name): (each.label, "", each.definition)
            for name, each in dataset.definitions.items()
        },
        **{("change", each.change_id): ("", "", each.reason) for each in dataset.changes},
        **{("break", each.break_id): ("", "", each.description) for each in dataset.breaks},
        **{
            ("published_test", code_of(each)): ("", "", each.statement)
            for each in dataset.published_tests
        },
        **{
            ("question", each.question_id): (each.title, each.finding, each.text)
            for each in dataset.questions
        },
        **{
            ("survey", name): (
                each.short_title,
                "",
                each.reference_period if each.period_kind == "stated" else "",
            )
            for name, each in dataset.surveys.items()
            if each.short_title or each.period_kind == "stated"
        },
    }
    forgotten = dataset.translations.get(LANGUAGE, {}).keys() - texts.keys()
    assert not forgotten, f"the language lacks what the real one has: {sorted(forgotten)[:5]}"
    made = {
        key: Translation(LANGUAGE, *key, *(pseudo(text) for text in texts_in_english))
        for key, texts_in_english in texts.items()
    }
    return replace(dataset, translations={**dataset.translations, LANGUAGE: made})


@contextmanager
def spoken() -> Iterator[Dataset]:
    """While it lasts Danish is what nobody speaks; the published data in it."""
    usual = localizer.catalogue
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            localizer,
            "catalogue",
            lambda language: Everything() if language == LANGUAGE else usual(language),
        )
        yield translated(views.index().dataset)


class Reader:
    """Reads texts as somebody who knows the language and the names in the data, and stumbles over every other English word."""

    def __init__(self, dataset: Dataset) -> None:
        locale = Locale.parse(LANGUAGE)
        sources, surveys, rows = (
            dataset.sources.values(),
            dataset.surveys.values(),
            dataset.observations,
        )
        names = {
            *(
                text
                for each in sources
                for text in (
                    each.title,
                    each.publisher,
                    each.publisher.removesuffix("."),
                    each.source_id,
                )
            ),
            *(part.strip() for each in sources for part in each.publisher.split(";")),
            *(text for each in surveys for text in (each.title, each.producer, each.survey_id)),
            *filter(None, (urlsplit(each.url).hostname for each in sources)),
            *(
                locale.languages[each.language]
                for each in sources
                if each.language in locale.languages
            ),
            *locale.months["format"]["wide"].values(),
            *(
                locale.languages[LANGUAGE].capitalize(),
                LANGUAGE.upper(),
                "og",
                "eller",
                "PNG",
                "SVG",
                *BLANK_CODES.values(),
                *dataset.codes["country"],
            ),
        }
        quoted = {
            *(text for row in rows for text in (row.note, row.locator, row.label_in_source)),
            *(
                text
                for each in surveys
                for text in (each.population, each.unit, each.reference_period, each.fieldwork)
            ),
            *(each.evidence for each in dataset.asked.values()),
            *(each.locator for each in dataset.published_tests),
        }
        self._read: dict[tuple[str, bool], str] = {}
        self._known = {False: _any(names), True: _any(names | quoted)}
        self._words = {False: _words(names), True: _words(names | quoted)}

    def leaks(self, texts: Iterable[str], english: bool = False) -> list[str]:
        """The texts that still hold English words.

        Names and titles are the same in every language. ``english`` also allows what is quoted (notes, places in
        publications, who was asked), for files, in which no mark-up can tell its language.
        """
        found = {text: self._stumbled(text, english) for text in texts}
        return [each for each in found.values() if each]

    def _stumbled(self, text: str, english: bool) -> str:
        """The English words of a text; blank for none. The same texts stand on many pages."""
        if (text, english) not in self._read:
            words = _WORD.findall(self._known[english].sub(" ", " ".join(text.split())))
            leaked = words and not _MARKS.fullmatch(text.strip())
            said = f"{' '.join(words)[:80]!r} in {text.strip()[:200]!r}" if leaked else ""
            self._read[text, english] = said
        return self._read[text, english]

    def understands(self, texts: Iterable[str], english: bool = False) -> None:
        """Fails with a list of what is still English."""
        found = self.leaks(texts, english)
        assert not found, f"{len(found)} texts are not translated:\n" + "\n".join(found)

    def understands_lines(self, lines: Iterable[str], english: bool = False) -> None:
        """Likewise for texts broken into lines: each word of theirs may be one of a name."""
        whole = (line for line in lines if "://" not in line and "lang=" not in line)
        self.understands(
            re.sub(_WORD, lambda word: "" if word[0] in self._words[english] else word[0], line)
            for line in whole
        )


def _any(texts: Iterable[str]) -> re.Pattern[str]:
    spaced = {" ".join(text.split()) for text in texts}
    return re.compile(
        "|".join(
            [
                _ADDRESS,
                *(
                    rf"(?<!\w){re.escape(text)}(?!\w)"
                    for text in sorted(spaced, key=len, reverse=True)
                    if text
                ),
            ]
        )
    )


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _WORD.findall(text)}
