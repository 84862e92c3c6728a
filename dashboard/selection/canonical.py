"""The selection of a first visit, and the canonical form of any."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from dashboard.selection import filters
from dashboard.selection.chart_types import chart_names
from dashboard.selection.model import Selection, Vocabulary
from dashboard.selection.rules import consistent, implied

KEPT = 256
"""Selections of which a worker keeps what follows from them alone: the links of a page name a few dozen, of many pages the same."""
Registered = tuple[str, ...]
"""Names of all that is registered; what is worked out is kept for these."""


def registered() -> Registered:
    """Names of all parameters and types of charts that there are now."""
    return (*filters.PARAMETERS, *chart_names())


def default(vocabulary: Vocabulary) -> Selection:
    """The selection of a first visit."""
    return _default(vocabulary, registered())


@lru_cache(maxsize=16)
def _default(vocabulary: Vocabulary, _: Registered) -> Selection:
    usual: dict[str, Any] = {each.name: each.usual(vocabulary) for each in filters.every()}
    selection = _of_values(usual)
    return replace(selection, **implied(selection, vocabulary))


def normal(selection: Selection, vocabulary: Vocabulary) -> Selection:
    """The same choice in canonical form: vocabulary order, no repetitions, nothing that cannot be drawn."""
    return _normal(selection, vocabulary, registered())


@lru_cache(maxsize=KEPT)
def _normal(selection: Selection, vocabulary: Vocabulary, _: Registered) -> Selection:
    values = {each.name: each.normal(each.of(selection), vocabulary) for each in filters.every()}
    return consistent(_of_values(values))


def _of_values(values: dict[str, Any]) -> Selection:
    """The selection in which each parameter, by its name, has its value."""
    named = {each.field: values[each.name] for each in filters.every() if each.field}
    further = tuple((each.name, values[each.name]) for each in filters.every() if not each.field)
    return Selection(**named, further=further)
