"""The concepts and answers of a data folder whose words are nearest to those of a question: told to whoever finishes a draft."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.intake import vocabulary
from dashboard.intake.vocabulary import Vocabulary

SHOWN = 3
"""Codes that are told for one text."""
_STEM = 6
"""Letters by which words are alike."""
_LEAST = 4
"""Letters of a word that says something."""
_WORD = re.compile(r"\w+")
_NEAR = 0.5
"""Least weight of a code that is told: a word that stands in the texts of two codes weighs a half."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Texts of codes, by the words that they hold."""

    whole: Mapping[str, str]
    """Text -> its code."""
    codes: Mapping[str, frozenset[str]]
    """Stem of a word -> the codes in whose texts it stands."""

    def same(self, text: str) -> tuple[str, ...]:
        """The code of just this text; none where there is none."""
        code = self.whole.get(_plain(text))
        return (code,) if code else ()

    def nearest(self, text: str) -> tuple[str, ...]:
        """The codes whose texts are nearest, the nearest first: of the same text, else with its rarest words."""
        if same := self.same(text):
            return same
        found: defaultdict[str, float] = defaultdict(float)
        for stem in sorted(set(_stems(text))):
            codes = self.codes.get(stem, frozenset())
            for code in codes:
                found[code] += 1 / len(codes)
        ranked = sorted(found.items(), key=lambda each: (-each[1], each[0]))[:SHOWN]
        return tuple(code for code, weight in ranked if weight >= _NEAR)


@dataclass(frozen=True, slots=True)
class Hints:
    """What a data folder calls things, in every language that it has."""

    known: Vocabulary
    concepts: _Words
    responses: _Words


def of(folder: Path) -> Hints:
    """The hints of a sound data folder."""
    known = vocabulary.of(folder)
    concepts = [(code, row["label_en"]) for code, row in known.concepts.items()]
    responses = [*known.codes.get("response", {}).items()]
    with (folder / "translations.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["list"] == "concept":
                concepts.append((row["code"], row["label"]))
            elif row["list"] == "response":
                responses.append((row["code"], row["label"]))
    return Hints(known, _words(concepts), _words(responses))


def _words(texts: Iterable[tuple[str, str]]) -> _Words:
    whole: dict[str, str] = {}
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for code, text in texts:
        whole.setdefault(_plain(text), code)
        for stem in _stems(text):
            codes[stem].add(code)
    return _Words(whole, {stem: frozenset(named) for stem, named in codes.items()})


def _stems(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.casefold()):
        if len(word) >= _LEAST:
            yield word[:_STEM]


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold().replace("’", "'")))
