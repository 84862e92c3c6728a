"""What the buttons and chips of the filters say of a selection: "all 6", "Denmark, Sweden", "3 of 9"."""

from __future__ import annotations

from dashboard.selection import Selection, Vocabulary, filters
from dashboard.selection.parameter import Parameter
from dashboard.text import choices
from dashboard.text.localizer import Localizer

ROOM = 24
"""Characters that names may take on a broad screen; where they take more, a number stands for them."""
_LITTLE_ROOM = 11
"""The same on a narrow one; as the widths in assets/filters.css, themes have more."""
_OF_THEMES = 13
_NAMED_BY_DATA = frozenset(("survey", "concept"))
"""Lists whose codes have no short label."""


def name(loc: Localizer, parameter: Parameter, word: str) -> str:
    """A choice where there is little room."""
    if parameter.control and word in parameter.control.short:
        return loc.t(parameter.control.short[word])
    if word in parameter.names or not parameter.labels or parameter.labels in _NAMED_BY_DATA:
        return choices.choice(loc, parameter, word)
    return loc.short(parameter.labels, word) or choices.choice(loc, parameter, word)


def little_room(parameter: Parameter) -> int:
    """Characters that names of a filter may take on a narrow screen."""
    return _OF_THEMES if parameter is filters.THEME else _LITTLE_ROOM


def state(
    loc: Localizer,
    parameter: Parameter,
    selection: Selection,
    vocabulary: Vocabulary,
    room: int = ROOM,
) -> str:
    """What is chosen, in a few words; ``vocabulary`` is that of the release in which it is chosen."""
    words = parameter.words(parameter.of(selection))
    if parameter.kind != "many" or (len(words) == 1 and words[0] in parameter.alone):
        return name(loc, parameter, words[0])
    offered = parameter.offered(vocabulary)
    chosen = [word for word in offered if word in words]
    if not chosen:
        return loc.t("none")
    if len(chosen) == len(offered) and parameter.control:
        return loc.t(parameter.control.everything).format(count=loc.number(len(offered)))
    named = ", ".join(name(loc, parameter, word) for word in chosen)
    if len(named) <= room:
        return named
    return loc.t("{count} of {total}").format(
        count=loc.number(len(chosen)), total=loc.number(len(offered))
    )


def said(loc: Localizer, parameter: Parameter, selection: Selection, vocabulary: Vocabulary) -> str:
    """A filter with what is chosen in it: "Countries: Denmark, Sweden"; of a flag what it does."""
    chosen = state(loc, parameter, selection, vocabulary)
    if parameter.kind == "flag":
        return chosen
    return loc.t("{filter}: {chosen}").format(filter=choices.legend(loc, parameter), chosen=chosen)
