"""What a reader finds by typing: names and synonyms in the reader's language and in English, then in the others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from dashboard.dataset import Dataset
from dashboard.dataset.questions import FINDING
from dashboard.dataset.types import SynonymList
from dashboard.query.destinations import Thing, editions
from dashboard.selection import LANGUAGES
from dashboard.text import choices, letters, matching
from dashboard.text.localizer import Localizer
from dashboard.text.matching import SMALL_WORDS, Entry, Finder, Parts, words

MAX_LETTERS = 80
"""Letters of a query that are read."""
_LOCALIZERS_KEPT = 32


def read(query: str) -> str:
    """A query as it is answered: without control characters and blanks at its ends, cut where it is too long."""
    return "".join(each if each.isprintable() else " " for each in query).strip()[:MAX_LETTERS]


def find(loc: Localizer, query: str) -> tuple[Thing, ...]:
    """Everything that fits a query, the best first."""
    return _finder(loc)(query)


def indicators(loc: Localizer, query: str) -> tuple[str, ...]:
    """Codes of the indicators that fit a query, the best first."""
    return tuple(thing.code for thing in find(loc, query) if thing.list == "concept")


def countries(loc: Localizer, query: str) -> tuple[tuple[str, ...], str]:
    """Codes of the countries that words of a query name, each once, as they stand there; and what it asks of them, blank
    where nothing."""
    named: dict[str, None] = {}
    others = []
    for word in words(query):
        first = () if word in SMALL_WORDS else find(loc, word)[:1]
        codes = [thing.code for thing in first if thing.list == "country"]
        named |= dict.fromkeys(codes)
        others += [] if codes else [word]
    telling = any(word not in SMALL_WORDS for word in others)
    return tuple(named), " ".join(others) if telling else ""


def label(loc: Localizer, thing: Thing) -> str:
    """What a thing is called."""
    dataset = loc.dataset
    if thing.list == "concept":
        return dataset.indicators[thing.code].label
    if thing.list == "question":
        return next(each.title for each in dataset.questions if each.question_id == thing.code)
    if thing.list == "survey":
        survey = dataset.surveys[thing.code]
        name = survey.short_title or choices.edition(loc, survey)
        return letters.begun(name)
    return dataset.label(thing.list, thing.code)


def kind(loc: Localizer, thing: Thing) -> str:
    """What sort of thing it is: "Indicator · Drivers"."""
    t, dataset = loc.t, loc.dataset
    if thing.list == "concept":
        theme = loc.short("theme", dataset.indicators[thing.code].theme)
        return " · ".join((t("Indicator"), theme))
    if thing.list == "question":
        finding = any(
            each.question_id == thing.code and each.kind == FINDING for each in dataset.questions
        )
        return t("Finding") if finding else t("Question")
    names = {
        "theme": t("Theme"),
        "country": t("Country"),
        "sector": t("Sector"),
        "survey": t("Edition"),
    }
    return names[thing.list]


def marked(loc: Localizer, query: str, thing: Thing) -> tuple[Parts, Parts]:
    """Parts of the name of a thing with the words that a query fits marked; where there is none, also those of the synonym
    that has one, else nothing."""
    name = matching.marked(query, label(loc, thing))
    if any(fits for _, fits in name):
        return name, ()
    others = (
        matching.marked(query, loc.t("“{answer}”").format(answer=term))
        for term in _synonyms(loc).get(thing, ())
    )
    best = max(others, key=lambda parts: sum(fits for _, fits in parts), default=())
    return name, best if any(fits for _, fits in best) else ()


@lru_cache(maxsize=_LOCALIZERS_KEPT)
def _synonyms(loc: Localizer) -> dict[Thing, list[str]]:
    """What else readers call each thing, in the reader's language and English, then in others."""
    languages = list(dict.fromkeys((loc.language, *LANGUAGES)))
    found: dict[Thing, list[str]] = defaultdict(list)
    for each in sorted(loc.source.synonyms, key=lambda term: languages.index(term.language)):
        found[Thing(each.list, each.code)].append(each.term)
    return found


@lru_cache(maxsize=_LOCALIZERS_KEPT)
def _finder(loc: Localizer) -> Finder[Thing]:
    """What searches in the reader's language and English, and behind them in the other languages of the site."""
    own = dict.fromkeys((loc.language, LANGUAGES[0]))
    others = [language for language in LANGUAGES if language not in own]
    source = loc.source
    locs = {language: Localizer(source, language) for language in (*own, *others)}
    terms: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for each in source.synonyms:
        terms[each.language, each.list, each.code].append(each.term)

    def synonyms(languages: Iterable[str], name: SynonymList, codes: Sequence[str]) -> list[str]:
        return [term for lang in languages for code in codes for term in terms[lang, name, code]]

    def entry(thing: Thing, codes: Sequence[str]) -> Entry[Thing]:
        name = thing.list
        said = [text for lang in own for code in codes for text in _said(locs[lang], name, code)]
        if name == "concept":
            said += synonyms(own, "theme", [source.indicators[thing.code].theme])
        # What stands in brackets behind an edition is its title, in whatever language.
        names = [label(locs[lang], thing).partition(" (")[0] for lang in own]
        return Entry(
            thing,
            # Each word of a theme names it: "evaluation" is first of all "Spread and evaluation".
            labels=[*names, *(_telling(names) if name == "theme" else ())],
            synonyms=synonyms(own, name, codes),
            foreign=[
                *(label(locs[lang], thing) for lang in others),
                *synonyms(others, name, codes),
            ],
            texts=said,
        )

    return Finder(entry(thing, codes) for thing, codes in _things(source))


def _things(source: Dataset) -> Iterator[tuple[Thing, tuple[str, ...]]]:
    """Each thing with the codes of what it stands for."""
    figures = Counter(row.indicator for row in source.observations)
    questions = sorted(source.questions, key=lambda each: each.kind == FINDING)
    codes: tuple[tuple[SynonymList, Iterable[str]], ...] = (
        ("question", (each.question_id for each in questions)),
        ("theme", source.codes["theme"]),
        ("country", source.codes["country"]),
        ("sector", source.codes["sector"]),
        ("concept", sorted(source.indicators, key=lambda each: -figures[each])),
    )
    for name, listed in codes:
        for code in listed:
            yield Thing(name, code), (code,)
    for first, ids in editions(source).items():
        yield Thing("survey", first), ids


def _telling(names: Iterable[str]) -> list[str]:
    """The words of names that say what is looked for."""
    return [word for name in names for word in words(name) if word not in SMALL_WORDS]


def _said(loc: Localizer, name: SynonymList, code: str) -> Iterator[str]:
    """What is said of a thing beside its name."""
    dataset = loc.dataset
    if name == "concept":
        indicator = dataset.indicators[code]
        yield from (indicator.definition, loc.label("theme", indicator.theme))
    elif name == "survey":
        survey = dataset.surveys[code]
        yield from (survey.title, survey.producer, loc.label("country", survey.country))
    elif name == "question":
        yield from (
            text
            for each in dataset.questions
            if each.question_id == code
            for text in (each.text, each.finding)
        )
    else:
        found = dataset.codes[name][code]
        yield from (found.short, found.description)
