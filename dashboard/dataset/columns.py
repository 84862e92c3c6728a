"""The columns of the tables, read off the records that are made of them: they are described once, in ``types``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Literal, get_args, get_origin, get_type_hints

from dashboard.dataset.types import (
    Asked,
    Break,
    Code,
    Definition,
    Indicator,
    Observation,
    PublishedTest,
    ReadyView,
)

Columns = Mapping[str, str]
"""Column -> its type in the descriptor."""

_TYPES = {"int": "integer", "float": "number", "bool": "boolean"}
_NAMED: Mapping[type, Mapping[str, str]] = {
    Observation: {"label_in_source": "label_in_source_en", "indicator": "concept"},
    Indicator: {"indicator": "concept", "label": "label_en", "definition": "definition_en"},
    Asked: {"indicator": "concept"},
    Break: {"indicators": "concepts"},
    PublishedTest: {"indicator": "concept"},
    Definition: {"label": "label_en", "definition": "definition_en"},
    Code: {"label": "label_en", "short": "short_en", "description": "description_en"},
    ReadyView: {"title": "title_en", "text": "text_en"},
}
"""Record -> field -> its column, where that has another name; ``concept`` is the published name of an indicator."""
_WORKED_OUT: Mapping[type, frozenset[str]] = {
    Observation: frozenset({"position", "dimension", "country", "level", "kind"}),
    Code: frozenset({"order"}),
    ReadyView: frozenset({"line"}),
}
"""Record -> fields that stand in no column of the table."""


def column_of(record: type[Any], name: str) -> str:
    """The column that a field of a record is read from."""
    return _NAMED.get(record, {}).get(name, name)


def columns_of(record: type[Any]) -> Columns:
    """The columns of the table whose rows become a record."""
    return {
        column_of(record, field.name): _TYPES.get(str(field.type).partition(" |")[0], "string")
        for field in fields(record)
        if field.name not in _WORKED_OUT.get(record, ())
    }


def known_codes(record: type[Any]) -> Mapping[str, tuple[str, ...]]:
    """Column -> the only codes it may hold, of each field of a record whose type lists them."""
    return {
        column_of(record, name): get_args(type_)
        for name, type_ in get_type_hints(record).items()
        if get_origin(type_) is Literal and name not in _WORKED_OUT.get(record, ())
    }


def described(text: str) -> Columns:
    """Columns written in one line, with their types where that is not string: ``sector value:number``."""
    pairs = (column.partition(":") for column in text.split())
    return {name: kind or "string" for name, _, kind in pairs}
