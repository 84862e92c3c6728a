"""The selection of a first visit, and the canonical form of any."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboard.selection import filters
from dashboard.selection.model import Selection, Vocabulary
from dashboard.selection.rules import consistent, implied


def default(vocabulary: Vocabulary) -> Selection:
    """The selection of a first visit."""
    usual: dict[str, Any] = {each.name: each.usual(vocabulary) for each in filters.every()}
    named = {each.field: usual.pop(each.name) for each in filters.every() if each.field}
    selection = Selection(**named, further=tuple(usual.items()))
    return replace(selection, **implied(selection, vocabulary))


def normal(selection: Selection, vocabulary: Vocabulary) -> Selection:
    """The same choice in canonical form: vocabulary order, no repetitions, nothing that cannot be drawn."""
    for each in filters.every():
        selection = each.put(selection, each.normal(each.of(selection), vocabulary))
    return consistent(selection)
