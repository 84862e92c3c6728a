"""Selection <-> query string: one function writes it, one reads it.

``~`` stands between values, the order is fixed and what equals the default is left out, so that equal selections have
equal addresses. Whatever an address holds that cannot be used is dropped and reported, never raised.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, quote

from dashboard.selection.chart_types import chart_names
from dashboard.selection.migrations import migrated
from dashboard.selection.model import (
    ALL_EDITIONS,
    ARRANGEMENTS,
    LANGUAGES,
    LATEST,
    LOOKS,
    Selection,
    Vocabulary,
    default,
    default_editions,
    default_themes,
    normal,
)

SEPARATOR = "~"
NOTHING = "none"
"""Written for a filter in which nothing is chosen, since a blank value would read as a slip."""
MAX_QUERY = 4_000
"""Characters; a longer query is refused whole."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of the address: its name, the field it fills and the values it may take."""

    name: str
    field: str
    many: bool
    choices: Callable[[Vocabulary], tuple[str, ...]]
    may_be_empty: bool = False
    alone: tuple[str, ...] = ()
    """Values that cannot be combined with others."""


PARAMETERS = (
    Parameter("theme", "themes", True, lambda v: v.themes, may_be_empty=True),
    Parameter("country", "countries", True, lambda v: v.countries, may_be_empty=True),
    Parameter("sector", "sectors", True, lambda v: v.sectors, may_be_empty=True),
    Parameter("concept", "concepts", True, lambda v: v.concepts),
    Parameter(
        "edition",
        "editions",
        True,
        lambda v: (*LATEST, *ALL_EDITIONS, *v.surveys),
        may_be_empty=True,
        alone=(*LATEST, *ALL_EDITIONS),
    ),
    Parameter("level", "levels", True, lambda v: v.levels, may_be_empty=True),
    Parameter("split", "split", False, lambda v: v.dimensions, may_be_empty=True),
    Parameter("inferred", "inferred", False, lambda v: ("show", "hide")),
    Parameter("view", "chart", False, lambda v: chart_names()),
    Parameter("by", "by", False, lambda v: ARRANGEMENTS),
    Parameter("interval", "intervals", False, lambda v: ("show", "hide")),
    Parameter("only", "comparable", False, lambda v: ("everything", "comparable")),
    Parameter("more", "expanded", True, lambda v: v.themes),
    Parameter("release", "release", False, lambda v: v.releases),
    Parameter("lang", "language", False, lambda v: LANGUAGES),
    Parameter("look", "look", False, lambda v: LOOKS),
)
_WORDS = {"inferred": {"show": True, "hide": False}, "interval": {"show": True, "hide": False}}
_WORDS["only"] = {"everything": False, "comparable": True}
_BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}


@dataclass(frozen=True, slots=True)
class Ignored:
    """A part of an address that was not used. ``reason``: unknown-parameter, unknown-value, blank, repeated, mixed or
    too-long."""

    parameter: str
    value: str
    reason: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """The selection an address stands for, and what of the address was ignored."""

    selection: Selection
    ignored: tuple[Ignored, ...] = ()


def parse(query: str, vocabulary: Vocabulary) -> Parsed:
    """Read a query string, with or without its leading ``?``; never raises."""
    query = query.removeprefix("?")
    if len(query) > MAX_QUERY:
        return Parsed(default(vocabulary), (Ignored("", "", "too-long"),))
    ignored: list[Ignored] = []
    given: dict[str, list[str]] = {}
    for name, text in migrated(parse_qsl(query, keep_blank_values=True, errors="replace")):
        parameter = _BY_NAME.get(name)
        if parameter is None:
            ignored.append(Ignored(name, text, "unknown-parameter", tuple(_BY_NAME)))
        elif not text.strip(SEPARATOR):
            ignored.append(Ignored(name, text, "blank"))
        elif name in given and not parameter.many:
            ignored.append(Ignored(name, text, "repeated"))
        else:
            values = text.split(SEPARATOR) if parameter.many else [text]
            given.setdefault(name, []).extend(value for value in values if value)
    chosen: dict[str, Any] = {}
    for name, values in given.items():
        value = _read(_BY_NAME[name], values, vocabulary, ignored)
        if value is not None:
            chosen[_BY_NAME[name].field] = value
    selection = replace(default(vocabulary), **chosen)
    if "editions" not in chosen:
        selection = replace(selection, editions=default_editions(selection.chart))
    if "themes" not in chosen:
        selection = replace(selection, themes=default_themes(selection.concepts, vocabulary))
    return Parsed(normal(selection, vocabulary), tuple(ignored))


def _read(
    parameter: Parameter, values: list[str], vocabulary: Vocabulary, ignored: list[Ignored]
) -> object | None:
    """The field's value, or None where nothing usable was given."""
    allowed = parameter.choices(vocabulary)
    known = [value for value in values if value in allowed]
    empty = parameter.may_be_empty and values == [NOTHING]
    if not empty:
        named = dict.fromkeys(value for value in values if value not in allowed)
        ignored.extend(Ignored(parameter.name, value, "unknown-value", allowed) for value in named)
    if empty:
        return () if parameter.many else ""
    if not known:
        return None
    if not parameter.many:
        return _WORDS.get(parameter.name, {}).get(known[0], known[0])
    if parameter.name == "edition":
        return _editions(known, ignored)
    return tuple(known)


def _editions(known: list[str], ignored: list[Ignored]) -> tuple[str, ...]:
    """``latest`` and ``all`` stand alone; beside named editions they are dropped, since the names say more."""
    words = [value for value in known if (value,) in (LATEST, ALL_EDITIONS)]
    named = [value for value in known if value not in words]
    if named:
        ignored.extend(Ignored("edition", word, "mixed") for word in dict.fromkeys(words))
        return tuple(named)
    ignored.extend(
        Ignored("edition", word, "mixed") for word in dict.fromkeys(words) if word != words[0]
    )
    return (words[0],)


def format(selection: Selection, vocabulary: Vocabulary) -> str:
    """The canonical query string of a selection, without ``?``; blank for a first visit."""
    selection = normal(selection, vocabulary)
    usual = replace(
        default(vocabulary),
        themes=default_themes(selection.concepts, vocabulary),
        editions=default_editions(selection.chart),
    )
    parts = []
    for parameter in PARAMETERS:
        value = getattr(selection, parameter.field)
        if value != getattr(usual, parameter.field):
            parts.append(f"{parameter.name}={_written(parameter, value)}")
    return "&".join(parts)


def _written(parameter: Parameter, value: Any) -> str:
    if parameter.many:
        return SEPARATOR.join(quote(item, safe="") for item in value) or NOTHING
    words = {code: word for word, code in _WORDS.get(parameter.name, {}).items()}
    return quote(words.get(value, value), safe="")


def search(selection: Selection, vocabulary: Vocabulary) -> str:
    """What stands behind the path of the page's address: ``?`` and the query, or nothing."""
    query = format(selection, vocabulary)
    return f"?{query}" if query else ""


def dress(selection: Selection, vocabulary: Vocabulary) -> str:
    """The search that keeps what an address says of language and look, and nothing else: for links to the first page."""
    return search(
        replace(default(vocabulary), language=selection.language, look=selection.look), vocabulary
    )


_NARROWING = (
    "theme",
    "country",
    "sector",
    "concept",
    "edition",
    "level",
    "split",
    "inferred",
    "only",
)


def narrowed(selection: Selection, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The filters that a reader has set: names of parameters that differ from those of a first visit."""
    given = [part.partition("=")[0] for part in format(selection, vocabulary).split("&")]
    return tuple(name for name in _NARROWING if name in given)
