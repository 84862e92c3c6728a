"""The home of the site: the address of a page that names no view, where files mean the view of a first visit.

Two writers and two readers, each pair each other's inverse: ``address.format`` and ``address.parse`` for files, frames and
whatever must mean the same for ever; ``page_query`` and ``parse_page`` for the page, whose home is written blank.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from urllib.parse import parse_qsl

from dashboard.selection import filters, spelling
from dashboard.selection.address import BESIDE, MAX_QUERY, Parsed, as_query, format, pairs, parse
from dashboard.selection.canonical import KEPT, Registered, default, normal, registered
from dashboard.selection.model import Selection, Vocabulary
from dashboard.selection.rules import opening_themes, switched
from dashboard.selection.tracking import is_tracking


def home(vocabulary: Vocabulary) -> Selection:
    """The selection on which the site opens: its first question, where the data has one, else that of a first visit."""
    return _home(vocabulary, registered())


@lru_cache(maxsize=16)
def _home(vocabulary: Vocabulary, _: Registered) -> Selection:
    if not vocabulary.home:
        return default(vocabulary)
    return parse(vocabulary.home, vocabulary).selection


def as_home(reader: Selection, vocabulary: Vocabulary) -> Selection:
    """The home in the language and colour scheme of a selection."""
    return _read_as(home(vocabulary), reader)


def is_home(selection: Selection, vocabulary: Vocabulary) -> bool:
    """Whether a selection asks what the home asks, of whomever: its filters may differ."""
    asked = {each.name for each in (filters.THEME, filters.INDICATOR, filters.SPLIT, filters.CHART)}
    of_home = {pair for pair in parse_qsl(vocabulary.home) if pair[0] in asked}
    return bool(of_home) and of_home == {
        pair for pair in pairs(selection, vocabulary) if pair[0] in asked
    }


def below_home(selection: Selection, vocabulary: Vocabulary) -> Selection:
    """What stands below the home: under the same filters the themes of a first visit, drawn as then."""
    themes = tuple(each for each in opening_themes(vocabulary) if each not in selection.themes)
    drawn = switched(selection, default(vocabulary).chart)
    return normal(replace(drawn, themes=themes, indicators=()), vocabulary)


def names_view(query: str) -> bool:
    """Whether a query says anything beside language, colour scheme, an opened figure and where the reader came from."""
    query = query.removeprefix("?")
    return len(query) > MAX_QUERY or any(
        name not in BESIDE and not is_tracking(name)
        for written, _ in spelling.pairs(query)
        if (name := spelling.spelt(written, BESIDE) or written)
    )


def parse_page(query: str, vocabulary: Vocabulary) -> Parsed:
    """Read the query of a page, with or without its ``?``: as ``parse`` does, but that it is home where it names no view."""
    parsed = parse(query, vocabulary)
    if names_view(query):
        return parsed
    return replace(parsed, selection=as_home(parsed.selection, vocabulary))


def page_query(selection: Selection, vocabulary: Vocabulary) -> str:
    """The query of a page, without ``?``: the canonical one, but for the home only what stands beside its view."""
    return _page_query(selection, vocabulary, registered())


@lru_cache(maxsize=KEPT)
def _page_query(selection: Selection, vocabulary: Vocabulary, _: Registered) -> str:
    display = as_query([pair for pair in pairs(selection, vocabulary) if pair[0] in BESIDE])
    query = format(selection, vocabulary)
    of_home = vocabulary.home or format(default(vocabulary), vocabulary)
    return display if query == "&".join(filter(None, (of_home, display))) else query


def page_search(selection: Selection, vocabulary: Vocabulary) -> str:
    """What stands behind the path of the page's address: ``?`` and its query, or nothing."""
    query = page_query(selection, vocabulary)
    return f"?{query}" if query else ""


def display_query(selection: Selection, vocabulary: Vocabulary) -> str:
    """The search that keeps what an address says of language and colour scheme, and nothing else: for links home."""
    reader = replace(selection, figures=())
    return page_search(_read_as(home(vocabulary), reader), vocabulary)


def restored(query: str, vocabulary: Vocabulary) -> str:
    """The search of the page that shows what a canonical query stands for, also one written when that could be blank."""
    if names_view(query):
        return f"?{query}"
    return page_search(parse(query, vocabulary).selection, vocabulary)


def _read_as(selection: Selection, reader: Selection) -> Selection:
    """A selection with what stands beside another: language, colour scheme, opened figures."""
    return replace(
        selection,
        language=reader.language,
        colour_scheme=reader.colour_scheme,
        figures=reader.figures,
    )
