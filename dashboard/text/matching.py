"""Which entries fit the words that a reader types, the best first.

Case and accents make no difference, and ø may be typed as o or oe, å as a or aa. A word fits those that it begins, and in what
is only said of an entry those that it is, so that "AI" finds no "aim". Every word must fit; small words need not.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice, takewhile
from operator import itemgetter
from typing import Generic, TypeVar

K = TypeVar("K")

LONG = 5
"""Letters of a word from which on it may have one error or an ending."""
BEGINNING = 3
"""Letters from which on a word fits those that it begins."""
_TEXTS_KEPT = 4096
ENDING = 3
"""Letters that an ending has at most."""
_PLAIN = str.maketrans({"ø": "o", "æ": "a", "ð": "d", "þ": "th", "ł": "l"})
_SPELT = str.maketrans({"ø": "oe", "ö": "oe", "æ": "ae", "ä": "ae", "å": "aa", "ð": "d", "þ": "th"})
_WORD = re.compile(r"[^\W_]+")
_SMALL = """
    a an and are as at be by do does for from has have how in is it of on or that the their to was what which who why with
    af at de den der det en er et for fra har hvad hvem hvilke hvor hvordan hvorfor i med og om på som til ved
    av den det eller ett från för hur har med och på som till vad vem vid vilka är
    hva hvilken hvordan
    ja ei että jos kuka kuinka miksi mikä mitkä mitä missä miten on onko ovat sekä tai
"""
SMALL_WORDS = frozenset(_WORD.findall(_SMALL))
"""Words that say nothing of what is looked for, in the languages of the site."""

Forms = tuple[str, ...]
"""A word, or words with one space between them, as they are compared: without accents, and as they are spelt without them."""
Parts = tuple[tuple[str, bool], ...]
"""A text in parts, and of each whether it is marked."""
Hits = frozenset[int]
"""Positions of entries."""


@dataclass(frozen=True, slots=True)
class Entry(Generic[K]):
    """Something that can be found."""

    key: K
    labels: Sequence[str]
    """What it is called."""
    synonyms: Sequence[str] = ()
    """What else readers call it."""
    foreign: Sequence[str] = ()
    """What it is called in languages that the reader may not mean."""
    texts: Sequence[str] = ()
    """What is said of it."""


def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case."""
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def forms(text: str) -> Forms:
    """The ways in which lower-case words are compared."""
    made = (
        "".join(
            each
            for each in unicodedata.normalize("NFD", text.translate(table))
            if not unicodedata.combining(each)
        )
        for table in (_PLAIN, _SPELT)
    )
    return tuple(dict.fromkeys(made))


def has_ending(sought: str, word: str) -> bool:
    """Whether one word is another, long one with an ending."""
    return len(word) >= LONG and sought.startswith(word) and len(sought) - len(word) <= ENDING


def nearly(sought: str, word: str) -> bool:
    """Whether a long word differs by one letter: another, one more, one less or two exchanged."""
    if len(sought) < LONG or abs(len(sought) - len(word)) > 1:
        return False
    pairs = enumerate(zip(sought, word, strict=False))
    at = next((i for i, (one, other) in pairs if one != other), min(len(sought), len(word)))
    one, other = sought[at:], word[at:]
    return (
        one[1:] == other[1:]
        or one[1:] == other
        or one == other[1:]
        or (one[:2] == other[1::-1] and one[2:] == other[2:])
    )


def marked(query: str, text: str) -> Parts:
    """A text in parts, each with whether it is a word that one of the query fits as entries are found by."""
    sought = _telling(words(query))
    if not sought:
        return ((text, False),)
    parts = [
        part
        for between, word, own in _pieces(text)
        for part in ((between, False), (word, any(_fits(each, own) for each in sought)))
    ]
    return tuple(
        ("".join(text for text, _ in members), fits)
        for fits, members in groupby(filter(itemgetter(0), parts), key=itemgetter(1))
    )


@lru_cache(maxsize=_TEXTS_KEPT)
def _pieces(text: str) -> tuple[tuple[str, str, Forms], ...]:
    """(what stands before a word, the word, its forms) for each word of a text, and what stands behind the last."""
    pieces, end = [], 0
    for found in _WORD.finditer(text):
        pieces.append((text[end : found.start()], found[0], forms(found[0].casefold())))
        end = found.end()
    return (*pieces, (text[end:], "", ()))


def _fits(sought: Forms, own: Forms) -> bool:
    """Whether a word is or begins another, has an ending more, or one error."""
    short = len(sought[0]) < BEGINNING
    return any(
        one == other
        or (not short and other.startswith(one))
        or has_ending(one, other)
        or nearly(one, other)
        for one in sought
        for other in own
    )


class Finder(Generic[K]):
    """Entries that can be searched; of those that fit equally well the one that was given first comes first."""

    def __init__(self, entries: Iterable[Entry[K]]) -> None:
        held = tuple(entries)
        self._keys = [each.key for each in held]
        self._labels = [_phrases(each.labels) for each in held]
        self._synonyms = [_phrases(each.synonyms) for each in held]
        self._foreign = [_phrases(each.foreign) for each in held]
        self._in_labels = _Words(each.labels for each in held)
        self._in_synonyms = _Words(each.synonyms for each in held)
        self._in_foreign = _Words(each.foreign for each in held)
        self._in_texts = _Words(each.texts for each in held)

    def __call__(self, query: str) -> tuple[K, ...]:
        """Keys of the entries that fit, the best first; none for a query without a word."""
        sought = words(query)
        if not sought:
            return ()
        rank: dict[int, int] = {}
        for at, hits in enumerate((*self._by_phrase(sought), *self._by_words(sought))):
            for position in hits:
                rank.setdefault(position, at)
        found = rank or dict.fromkeys(self._by_error(sought), 0)
        return tuple(self._keys[at] for at in sorted(found, key=lambda at: (found[at], at)))

    def _by_phrase(self, sought: Sequence[str]) -> Iterator[Hits]:
        """Best first: the whole name; its first words, and beside them what begins alike and has a whole synonym; a whole synonym;
        the beginning of either; a whole name in another language."""
        phrase = forms(" ".join(sought))
        first = tuple(f"{each} " for each in phrase)
        stems = tuple(each[:LONG] for each in phrase if len(each) >= LONG)
        yield _where(self._labels, lambda each: each in phrase)
        begun = _where(self._labels, lambda each: each.startswith(first))
        whole = _where(self._synonyms, lambda each: each in phrase)
        if begun and whole:
            begun |= whole & _where(self._labels, lambda each: each.startswith(stems))
        yield begun
        yield whole
        yield _where(self._labels, lambda each: each.startswith(phrase))
        yield _where(self._synonyms, lambda each: each.startswith(phrase))
        yield _where(self._foreign, lambda each: each in phrase)

    def _by_words(self, sought: Sequence[str]) -> Iterator[Hits]:
        """Best first, each word in a name; in a synonym; with an ending; in another language; in what is said."""
        telling = _telling(sought)
        fitting: list[Hits] = [frozenset() for _ in telling]
        ways: tuple[Callable[[Forms], Hits], ...] = (
            self._in_labels.beginning,
            self._in_synonyms.beginning,
            lambda word: (
                self._in_labels.like(word, has_ending) | self._in_synonyms.like(word, has_ending)
            ),
            self._in_foreign.beginning,
            self._in_texts.being,
        )
        for way in ways:
            fitting = [hits | way(word) for hits, word in zip(fitting, telling, strict=True)]
            yield _all(fitting)

    def _by_error(self, sought: Sequence[str]) -> Hits:
        """Each word in a name or synonym, or nearly."""
        named = (self._in_labels, self._in_synonyms)
        return _all(
            _any(own.beginning(word) | own.like(word, nearly) for own in named)
            for word in _telling(sought)
        )


class _Words:
    """The words of entries, in every form, and in which entries they stand."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        found: dict[str, set[int]] = defaultdict(set)
        for at, of_entry in enumerate(texts):
            for word in {word for text in of_entry for word in words(text)}:
                for form in forms(word):
                    found[form].add(at)
        self._hits = {word: frozenset(hits) for word, hits in found.items()}
        self._sorted = sorted(found)

    def being(self, sought: Forms) -> Hits:
        """Where a word stands."""
        return _any(self._hits.get(form, frozenset()) for form in sought)

    def beginning(self, sought: Forms) -> Hits:
        """Where a word stands that a word begins; a short one must be the whole."""
        if len(sought[0]) < BEGINNING:
            return self.being(sought)
        return _any(self._hits[word] for form in sought for word in self._from(form))

    def like(self, sought: Forms, alike: Callable[[str, str], bool]) -> Hits:
        """Where a word stands that is like it."""
        return _any(
            hits for word, hits in self._hits.items() if any(alike(form, word) for form in sought)
        )

    def _from(self, form: str) -> Iterator[str]:
        at = bisect_left(self._sorted, form)
        return takewhile(lambda word: word.startswith(form), islice(self._sorted, at, None))


def _telling(sought: Sequence[str]) -> list[Forms]:
    return [forms(word) for word in sought if word not in SMALL_WORDS]


def _phrases(texts: Sequence[str]) -> frozenset[str]:
    return frozenset(form for text in texts for form in forms(" ".join(words(text))))


def _where(phrases: Sequence[frozenset[str]], fits: Callable[[str], bool]) -> Hits:
    return frozenset(at for at, own in enumerate(phrases) if any(map(fits, own)))


def _any(hits: Iterable[Hits]) -> Hits:
    return frozenset().union(*hits)


def _all(hits: Iterable[Hits]) -> Hits:
    first, *others = tuple(hits) or (frozenset(),)
    return first.intersection(*others)
