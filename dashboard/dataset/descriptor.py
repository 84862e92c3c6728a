"""Reads ``datapackage.json``, the single description of the tables: columns, types, constraints, keys.

Properties that begin with ``barometer:`` are additions to the Frictionless standard; the descriptor explains them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.dataset.columns import Columns, columns_of, described, known_codes
from dashboard.dataset.computed import Estimate
from dashboard.dataset.faults import Fault
from dashboard.dataset.types import (
    Asked,
    Break,
    Change,
    Code,
    Definition,
    Indicator,
    Observation,
    PublishedTest,
    Question,
    ResponseRate,
    Source,
    Survey,
    Synonym,
    Translation,
)

DESCRIPTOR = "datapackage.json"

COLUMNS: Mapping[str, Columns] = {
    "observations": columns_of(Observation),
    "surveys": columns_of(Survey),
    "response_rates": columns_of(ResponseRate),
    "concepts": columns_of(Indicator),
    "definitions": columns_of(Definition),
    "containments": described("wider narrower"),
    "sources": columns_of(Source),
    "codes": columns_of(Code),
    "asked": columns_of(Asked),
    "breaks": columns_of(Break),
    "published_tests": columns_of(PublishedTest),
}
"""The tables and columns the records are made of."""

KNOWN_CODES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "observations": known_codes(Observation),
    "surveys": known_codes(Survey),
    "concepts": known_codes(Indicator),
    "breaks": known_codes(Break),
    "published_tests": known_codes(PublishedTest),
    "synonyms": known_codes(Synonym),
}
"""Table -> column -> the codes that the rules of comparison, charts and texts are written for, whatever a list of codes adds."""

OPTIONAL: Mapping[str, Columns] = {
    "estimates": {**described("survey_id sector segment concept response"), **columns_of(Estimate)},
    "translations": columns_of(Translation),
    "changes": columns_of(Change),
    "questions": columns_of(Question),
    "synonyms": columns_of(Synonym),
}
"""Tables that a package may leave out: one of printed figures, in English only, its own first release, without questions or words
of the search."""

MAY_BE_EMPTY = frozenset(
    {"response_rates", "containments", "asked", "breaks", "published_tests", *OPTIONAL}
)
"""Tables that may hold no row: of what has not happened there is nothing to record."""

ARCHIVED: Mapping[str, Columns] = {
    "observations": described(
        "survey_id sector segment theme concept response value:number qualifier n:integer base status"
        " label_in_source_en source_id locator note"
    ),
    "surveys": described(
        "survey_id country title producer reference_period fieldwork population unit level kind invited:integer"
        " respondents:integer response_rate:number innovations_n:integer weighted has_figures:boolean source_id"
        " period_start:integer period_end:integer sectors"
    ),
    "concepts": described("concept theme label_en definition_en scale"),
    "sources": described("source_id title publisher url document language published"),
    "codes": described("list code label_en short_en description_en"),
}
"""What every release must have to be read as an earlier one: the tables and columns of the first."""

LINKS = {
    "survey_id": "surveys",
    "concept": "concepts",
    "source_id": "sources",
    "definition": "definitions",
}
"""Columns that must refer to the table named wherever else they stand."""

_TYPES = ("string", "integer", "number", "boolean")


@dataclass(frozen=True, slots=True)
class Field:
    """One column, as the descriptor describes it."""

    name: str
    type: str
    unit: str
    required: bool
    unique: bool
    minimum: float | None
    maximum: float | None
    enum: tuple[str, ...]
    pattern: re.Pattern[str] | None
    pattern_words: str
    code_list: str
    separator: str
    """Between several codes in one cell; blank where the cell holds one."""
    split: tuple[str, str, str] | None
    """(separator, list of the part before it, beginning of the name of the list of the part behind it)."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key of one column."""

    column: str
    table: str
    target: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table, as the descriptor describes it."""

    name: str
    file: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Descriptor:
    """The whole description of a data folder."""

    release: str
    released: str
    """ISO date."""
    tables: Mapping[str, Table]


def read_descriptor(
    folder: Path, columns: Mapping[str, Columns] = COLUMNS
) -> tuple[Descriptor | None, tuple[Fault, ...]]:
    """The descriptor of ``folder``, or None and the faults that make it unusable.

    ``columns`` names the tables and columns that must be described.
    """
    document, faults = _read_json(folder / DESCRIPTOR)
    if faults:
        return None, faults
    reader = _Reader(columns)
    descriptor = reader.descriptor(document)
    return (None if reader.faults else descriptor), tuple(reader.faults)


def _read_json(path: Path) -> tuple[Any, tuple[Fault, ...]]:
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig")), ()
    except FileNotFoundError:
        return None, (Fault(DESCRIPTOR, None, "", None, "the description of the data package"),)
    except OSError as error:
        return None, (
            Fault(DESCRIPTOR, None, "", error.strerror or "unreadable", "a file that can be read"),
        )
    except UnicodeDecodeError as error:
        return None, (encoding_fault(DESCRIPTOR, error),)
    except json.JSONDecodeError as error:
        return None, (Fault(DESCRIPTOR, error.lineno, "", error.msg, "valid JSON"),)
    except (RecursionError, ValueError):  # too deep, or a number too long to be read
        return None, (
            Fault(DESCRIPTOR, None, "", "too deep or too long", "valid JSON of a usual size"),
        )


def encoding_fault(file: str, error: UnicodeDecodeError) -> Fault:
    """The fault for the first byte of ``file`` that is not UTF-8, with its line and its position from 0."""
    line = error.object[: error.start].count(b"\n") + 1
    found = f"byte 0x{error.object[error.start]:02X} at position {error.start}"
    return Fault(file, line, "", found, "text in UTF-8")


class _Reader:
    """Walks the document once, collecting every fault with its location in it."""

    def __init__(self, columns: Mapping[str, Columns]) -> None:
        self.faults: list[Fault] = []
        self._columns = columns

    def fault(self, location: str, found: object, expected: str) -> None:
        value = None if found is None else found if isinstance(found, str) else json.dumps(found)
        self.faults.append(Fault(DESCRIPTOR, None, location, value, expected))

    def take(
        self,
        parent: Any,
        location: str,
        name: str,
        kind: type | tuple[type, ...],
        default: Any = None,
    ) -> Any:
        """Property ``name`` of ``parent``; ``default`` where it is absent, a fault where it is absent without one."""
        found = parent.get(name) if isinstance(parent, dict) else None
        if found is None and default is not None:
            return default
        kinds = kind if isinstance(kind, tuple) else (kind,)
        # bool is an int in Python, but "minimum": true is a slip.
        if isinstance(found, kinds) and (bool in kinds or not isinstance(found, bool)):
            return found
        names_of_kinds = {
            str: "a text",
            list: "a list",
            dict: "an object",
            bool: "true or false",
            int: "a number",
        }
        self.fault(f"{location}.{name}".lstrip("."), found, names_of_kinds[kinds[0]])
        return kinds[0]()

    def descriptor(self, document: Any) -> Descriptor:
        release = self.take(document, "", "version", str)
        if release and not re.fullmatch(r"\d{4}\.\d{1,3}", release):
            self.fault("version", release, "year and number, such as 2026.1")
        released = self.take(document, "", "created", str)
        if released and not re.fullmatch(r"\d{4}-\d\d-\d\d(T\S*)?", released):
            self.fault("created", released, "a date and time, such as 2026-11-21T00:00:00Z")
        tables: dict[str, Table] = {}
        for i, resource in enumerate(self.take(document, "", "resources", list)):
            table = self.table(resource, f"resources[{i}]")
            if table.name in tables:
                self.fault(f"resources[{i}].name", table.name, "a name used once")
            tables[table.name] = table
        for name, columns in self._columns.items():
            self.needed(tables.get(name), name, columns)
        for name, columns in OPTIONAL.items():
            if name in tables:
                self.needed(tables[name], name, columns)
        for table in tables.values():
            self.targets(table, tables)
        return Descriptor(release, released[:10], tables)

    def needed(self, table: Table | None, name: str, columns: Columns) -> None:
        """The tables and columns that the program reads must be described."""
        if table is None:
            self.fault("resources", None, f"a resource named {name}")
            return
        found = {field.name: field.type for field in table.fields}
        for wanted, kind in columns.items():
            if wanted not in found:
                self.fault(f"{name}.schema.fields", None, f"a field named {wanted}")
            elif found[wanted] != kind:
                self.fault(f"{name}.{wanted}.type", found[wanted], kind)
            elif LINKS.get(wanted, name) not in (
                name,
                *(link.table for link in table.references if link.column == wanted),
            ):
                self.fault(
                    f"{name}.schema.foreignKeys",
                    None,
                    f"a foreign key from {wanted} to {LINKS[wanted]}",
                )

    def targets(self, table: Table, tables: Mapping[str, Table]) -> None:
        """Keys and references must name columns that are described."""
        own = {field.name for field in table.fields}
        for column in (*table.key, *(reference.column for reference in table.references)):
            if column not in own:
                self.fault(f"{table.name}.schema", column, "a field of this table")
        for reference in table.references:
            target = tables.get(reference.table)
            if target is None or reference.target not in {field.name for field in target.fields}:
                found = f"{reference.table}.{reference.target}"
                self.fault(
                    f"{table.name}.schema.foreignKeys", found, "a field of a table of the package"
                )

    def table(self, resource: Any, location: str) -> Table:
        name = self.take(resource, location, "name", str)
        path = self.take(resource, location, "path", str)
        if path and not re.fullmatch(r"[A-Za-z0-9_-]+\.csv", path):
            self.fault(f"{location}.path", path, "the name of a .csv file in the same folder")
        schema = self.take(resource, location, "schema", dict)
        location = f"{location}.schema"
        fields = tuple(
            self.field(field, f"{location}.fields[{i}]")
            for i, field in enumerate(self.take(schema, location, "fields", list))
        )
        key = self.columns(schema, location, "primaryKey", default=[])
        references = [
            self.reference(member, f"{location}.foreignKeys[{i}]")
            for i, member in enumerate(self.take(schema, location, "foreignKeys", list, []))
        ]
        return Table(
            name, path, fields, key, tuple(reference for reference in references if reference)
        )

    def columns(
        self, parent: Any, location: str, name: str, default: list[str] | None = None
    ) -> tuple[str, ...]:
        """One or several column names, which the standard writes as a text or a list of texts."""
        found = self.take(parent, location, name, (str, list), default)
        names = (found,) if isinstance(found, str) else tuple(found)
        if all(isinstance(column, str) for column in names):
            return names
        self.fault(f"{location}.{name}", found, "names of fields")
        return ()

    def reference(self, member: Any, location: str) -> Reference | None:
        own = self.columns(member, location, "fields")
        target = self.take(member, location, "reference", dict)
        table = self.take(target, f"{location}.reference", "resource", str)
        theirs = self.columns(target, f"{location}.reference", "fields")
        if len(own) == len(theirs) == 1:
            return Reference(own[0], table, theirs[0])
        self.fault(location, [*own, *theirs], "one field that refers to one field")
        return None

    def field(self, member: Any, location: str) -> Field:
        kind = self.take(member, location, "type", str)
        if kind and kind not in _TYPES:
            self.fault(f"{location}.type", kind, f"one of {', '.join(_TYPES)}")
        constraints = self.take(member, location, "constraints", dict, {})
        inside = f"{location}.constraints"
        enum = tuple(self.take(constraints, inside, "enum", list, []))
        if not all(isinstance(code, str) for code in enum):
            self.fault(f"{inside}.enum", list(enum), "a list of texts")
            enum = ()
        return Field(
            name=self.take(member, location, "name", str),
            type=kind,
            unit=self.take(member, location, "unit", str, ""),
            required=self.take(constraints, inside, "required", bool, False),
            unique=self.take(constraints, inside, "unique", bool, False),
            minimum=self.bound(constraints, inside, "minimum"),
            maximum=self.bound(constraints, inside, "maximum"),
            enum=enum,
            pattern=self.pattern(constraints, inside),
            pattern_words=self.take(member, location, "barometer:patternWords", str, ""),
            code_list=self.take(member, location, "barometer:codeList", str, ""),
            separator=self.take(member, location, "barometer:separator", str, ""),
            split=self.split(member, location),
        )

    def bound(self, constraints: dict[str, Any], location: str, name: str) -> float | None:
        return self.take(constraints, location, name, (int, float)) if name in constraints else None

    def pattern(self, constraints: dict[str, Any], location: str) -> re.Pattern[str] | None:
        text = self.take(constraints, location, "pattern", str, "")
        try:
            return re.compile(text) if text else None
        except (re.error, RecursionError, OverflowError):
            self.fault(f"{location}.pattern", text, "a regular expression")
            return None

    def split(self, member: Any, location: str) -> tuple[str, str, str] | None:
        if not isinstance(member, dict) or "barometer:split" not in member:
            return None
        parts = self.take(member, location, "barometer:split", dict)
        inside = f"{location}.barometer:split"
        separator, first, second = (
            self.take(parts, inside, name, str) for name in ("separator", "codeList", "valueList")
        )
        if not separator:
            self.fault(f"{inside}.separator", separator, "a sign between the two parts")
        return separator, first, second
