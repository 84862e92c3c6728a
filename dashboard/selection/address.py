"""Selection <-> query string: one function writes it, one reads it.

``~`` stands between values, the order is fixed and what equals the default is left out, so that equal selections have
equal addresses. Whatever an address holds that cannot be used is dropped and reported, never raised.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote

from dashboard.selection import filters, spelling
from dashboard.selection.canonical import KEPT, Registered, default, normal, registered
from dashboard.selection.migrations import Pairs, migrated
from dashboard.selection.model import Selection, Vocabulary
from dashboard.selection.parameter import Parameter, Value
from dashboard.selection.rules import implied
from dashboard.selection.tracking import is_tracking

SEPARATOR = "~"
_SAFE = f"{SEPARATOR}:="
"""What stands in a value as it is."""
NOTHING = "none"
"""Written for a filter in which nothing is chosen, since a blank value would read as a slip."""
DISPLAY = (filters.LANGUAGE.name, filters.COLOUR_SCHEME.name)
"""Parameters that say how a view is read, not which it is."""
BESIDE = (*DISPLAY, filters.FIGURE.name)
"""Those, and what is opened above a view: alone they name none."""
MAX_QUERY = 4_000
"""Characters; a longer query is refused whole."""
OFTEN = 200
"""Characters of a query up to which what it says is kept: a page asks many times about where it stands."""


UNKNOWN = "unknown-parameter"
_AROUND = re.compile(r"^\W+|[^\w+]+$")
"""What may stand around a value; a group such as ``500+`` ends with its sign."""


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
    """Read a query string, with or without its leading ``?``; never raises. What only tells where a reader came from is left out."""
    query = query.removeprefix("?")
    if len(query) > MAX_QUERY:
        return Parsed(default(vocabulary), (Ignored("", "", "too-long"),))
    read = _read_anew if len(query) > OFTEN else _read_once
    return read(query, vocabulary, registered())


def _read_anew(query: str, vocabulary: Vocabulary, _: Registered) -> Parsed:
    ignored: list[Ignored] = []
    given: dict[str, list[str]] = {}
    for written, text in migrated(spelling.pairs(query)):
        name = spelling.spelt(written, filters.PARAMETERS) or written
        parameter = filters.PARAMETERS.get(name)
        if parameter is None and is_tracking(name):
            continue
        if parameter is None:
            ignored.append(Ignored(name, text, UNKNOWN, tuple(filters.PARAMETERS)))
        elif not text.strip(SEPARATOR):
            ignored.append(Ignored(name, text, "blank"))
        elif name in given and parameter.kind != "many":
            ignored.append(Ignored(name, text, "repeated"))
        else:
            given.setdefault(name, []).extend(_values(parameter, text, vocabulary))
    selection, read = default(vocabulary), set[str]()
    for name, values in given.items():
        parameter = filters.PARAMETERS[name]
        value = _read(parameter, values, vocabulary, ignored)
        if value is not None:
            selection = parameter.put(selection, value)
            read.add(parameter.field)
    following = implied(selection, vocabulary).items()
    selection = replace(selection, **{name: value for name, value in following if name not in read})
    return Parsed(normal(selection, vocabulary), tuple(ignored))


_read_once = lru_cache(maxsize=KEPT)(_read_anew)


def _values(parameter: Parameter, text: str, vocabulary: Vocabulary) -> list[str]:
    """What is given for a parameter, each allowed value as it is written here."""
    if parameter.form:
        return [_formed(parameter, part, vocabulary) for part in text.split(SEPARATOR) if part]
    allowed = (*parameter.choices(vocabulary), *((NOTHING,) if parameter.may_be_empty else ()))
    if parameter.kind == "many":
        return spelling.several(text, SEPARATOR, allowed)
    one = spelling.spelt(text, allowed) or parameter.meant(text)
    words = [one] if one in allowed else spelling.several(text, SEPARATOR, allowed)
    return words if sum(word in allowed for word in words) == 1 else [text]


def _formed(parameter: Parameter, part: str, vocabulary: Vocabulary) -> str:
    """A value that is known by its form, without what stands around it and in the case in which surveys are written."""
    inner = _AROUND.sub("", part)
    survey = inner.partition(":")[0]
    if survey not in vocabulary.surveys and survey.casefold() in vocabulary.surveys:
        inner = inner.casefold()
    return inner if parameter.allows(inner, vocabulary) else part


def _read(
    parameter: Parameter, values: list[str], vocabulary: Vocabulary, ignored: list[Ignored]
) -> Value | None:
    """The parameter's value, or None where nothing usable was given."""
    allowed = parameter.allowed(vocabulary)
    known = [value for value in values if parameter.allows(value, vocabulary)]
    empty = parameter.may_be_empty and values == [NOTHING]
    if not empty:
        named = dict.fromkeys(value for value in values if value not in known)
        ignored.extend(Ignored(parameter.name, value, "unknown-value", allowed) for value in named)
    if empty:
        return () if parameter.kind == "many" else ""
    if not known:
        return None
    if parameter.kind == "many":
        return _several(parameter, known, ignored)
    return known[0] == parameter.on if parameter.kind == "flag" else known[0]


def _several(parameter: Parameter, known: list[str], ignored: list[Ignored]) -> tuple[str, ...]:
    """What stands alone (``latest``, ``all``) is dropped beside named values, since the names say more."""
    alone = [value for value in known if value in parameter.alone]
    named = [value for value in known if value not in parameter.alone]
    chosen = tuple(dict.fromkeys(named)) or (alone[0],)
    if parameter.most:
        alone, chosen = [*alone, *chosen[parameter.most :]], chosen[: parameter.most]
    mixed = (word for word in dict.fromkeys(alone) if word not in chosen)
    ignored.extend(Ignored(parameter.name, word, "mixed") for word in mixed)
    return chosen


def pairs(selection: Selection, vocabulary: Vocabulary, always: Collection[str] = ()) -> Pairs:
    """(name, value) of what the canonical address of a selection holds, in its order.

    Parameters named in ``always`` are there also where they have their usual value.
    """
    return list(_pairs(selection, vocabulary, tuple(always), registered()))


@lru_cache(maxsize=KEPT)
def _pairs(
    selection: Selection, vocabulary: Vocabulary, always: tuple[str, ...], _: Registered
) -> tuple[tuple[str, str], ...]:
    bare = replace(selection, language="", colour_scheme="", figures=())
    if bare != selection:
        # The same view is written in every language and colour: what stands beside it follows from nothing and nothing from it.
        beside = {
            each.name: text
            for name in BESIDE
            for each in (filters.PARAMETERS[name],)
            if (text := _written(each, each.normal(each.of(selection), vocabulary)))
        }
        written = {**dict(pairs(bare, vocabulary, always)), **beside}
        return tuple((name, written[name]) for name in filters.PARAMETERS if name in written)
    selection = normal(selection, vocabulary)
    first, following = default(vocabulary), implied(selection, vocabulary)
    return tuple(
        (each.name, _written(each, value) or NOTHING)
        for each in filters.every()
        if (value := each.of(selection)) != following.get(each.field, each.of(first))
        or each.name in always
    )


def _written(parameter: Parameter, value: Value) -> str:
    """A value as it stands in an address; blank for nothing."""
    return SEPARATOR.join(word for word in parameter.words(value) if word)


def format(selection: Selection, vocabulary: Vocabulary, always: Collection[str] = ()) -> str:
    """The canonical query string of a selection, without ``?``. ``always``: see ``pairs``.

    It is never blank, and never only what stands beside a view, which a page takes for its home: where everything else
    has its usual value, the themes stand in it.
    """
    return _format(selection, vocabulary, tuple(always), registered())


@lru_cache(maxsize=KEPT)
def _format(
    selection: Selection, vocabulary: Vocabulary, always: tuple[str, ...], _: Registered
) -> str:
    written = pairs(selection, vocabulary, always)
    if all(name in BESIDE for name, _ in written):
        written = pairs(selection, vocabulary, (filters.THEME.name, *always))
    return as_query(written)


def as_query(written: Pairs) -> str:
    """Names and values as a query, without ``?``."""
    return "&".join(f"{name}={quote(value, safe=_SAFE)}" for name, value in written)


def search(selection: Selection, vocabulary: Vocabulary) -> str:
    """The canonical query with its ``?``: whatever path it stands behind, it names the view."""
    return f"?{format(selection, vocabulary)}"


def narrowed(selection: Selection, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The filters that a reader has set: names of parameters that differ from those of a first visit; at home none."""
    bare = replace(selection, language="", colour_scheme="", figures=())
    if vocabulary.home and format(bare, vocabulary) == vocabulary.home:
        return ()
    given = {name for name, _ in pairs(selection, vocabulary)}
    return tuple(each.name for each in filters.filters() if each.narrows and each.name in given)
