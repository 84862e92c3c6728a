"""Reads the codebook of an official table: TOML to ``TableBook``, or every fault that it has by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from dashboard.intake import descriptions, sections
from dashboard.intake.codebook import From, Origin
from dashboard.intake.faults import Fault, Refused, nearest, quoted
from dashboard.intake.parsing import KINDS
from dashboard.intake.sections import Section
from dashboard.intake.tables.codebook import (
    MEASURE,
    Column,
    Meaning,
    Measure,
    Role,
    Symbol,
    TableBook,
    Target,
)

FORMATS: Mapping[str, str] = {
    ".json": "jsonstat",
    ".jsonstat": "jsonstat",
    ".csv": "csv",
    ".xlsx": "xlsx",
}
"""Ending of a file -> how it is read where the codebook does not say; SDMX-CSV has no ending of its own."""
SHEETS = ("csv", "xlsx")
"""Formats whose columns are told apart by their header."""
_ORIGINS: tuple[Origin, ...] = get_args(Origin)
_TARGETS: tuple[Target, ...] = get_args(Target)
_ROLES: tuple[Role, ...] = get_args(Role)
_MEANINGS: tuple[Meaning, ...] = get_args(Meaning)
_ONLY_OF: Mapping[str, tuple[str, ...]] = {
    "named": ("jsonstat",),
    "encoding": ("csv", "sdmx-csv"),
    "separator": ("csv", "sdmx-csv"),
    "decimal": SHEETS,
    "sheet": ("xlsx",),
    "range": ("xlsx",),
    "wide": SHEETS,
    "language": ("pxweb", "statbank"),
}
"""Key of ``[from]`` -> formats, or kinds of addresses, that have it."""
_TABLES = ("source", "from", "measure")
_MAPPINGS = ("select", "columns", "always", "symbols")
_LISTS = ("code", "concept")


def read(path: Path, held: Mapping[str, Any]) -> TableBook:
    """The codebook that a file, ``held``, is.

    Raises Refused with every fault of the file by itself.
    """
    faults: list[Fault] = []
    top = Section(held, path.name, "", faults)
    top.choice("kind", KINDS)
    parts = {name: sections.one(held, name, path.name, faults) for name in _TABLES}
    maps = {name: _mapping(held, name, path.name, faults) for name in _MAPPINGS}
    lists = {name: sections.several(held, name, path.name, faults) for name in _LISTS}
    for name in ("survey", *_TABLES, *_MAPPINGS, *_LISTS):
        top.known(name)
    top.rest()
    surveys = _surveys(held, path.name, faults)
    source = descriptions.source(parts["source"])
    origin = _from(parts["from"], maps["select"], path.parent)
    book = TableBook(
        path=path,
        survey=surveys[0][0] | {"source_id": source["source_id"]},
        source=source,
        synthetic=any(made_up for _, made_up in surveys),
        codes=tuple(descriptions.code(each) for each in lists["code"]),
        concepts=tuple(descriptions.concept(each) for each in lists["concept"]),
        surveys=tuple(each | {"source_id": source["source_id"]} for each, _ in surveys),
        origin=origin,
        columns=tuple(_columns(maps["columns"], path.name, faults)),
        always=_always(maps["always"]),
        measure=_measure(parts["measure"], origin),
        symbols=_symbols(maps["symbols"]),
    )
    for part in (*parts.values(), *(each for listed in lists.values() for each in listed)):
        part.rest()
    if len(book.columns) == len(maps["columns"].keys):
        faults += (fault for rule in _RULES for fault in rule(book))
    if faults:
        raise Refused(faults)
    return book


class _Mapping(Section):
    """A table whose keys are names of the table that is read."""

    def __init__(self, held: Mapping[str, Any], file: str, name: str, faults: list[Fault]) -> None:
        super().__init__(held, file, name, faults)
        self.keys = tuple(held)
        self.held = held


def _mapping(held: Mapping[str, Any], key: str, file: str, faults: list[Fault]) -> _Mapping:
    """The table ``[key]``, which may be left out."""
    value = held.get(key, {})
    if not isinstance(value, dict):
        faults.append(Fault(f"{file}, [{key}]", quoted(value), "a table of this name"))
        value = {}
    return _Mapping(value, file, f"[{key}]", faults)


def _surveys(
    held: Mapping[str, Any], file: str, faults: list[Fault]
) -> list[tuple[dict[str, str], bool]]:
    """Columns of surveys.csv, and whether the figures are made up, of ``[survey]`` or each ``[[survey]]``."""
    listed = isinstance(held.get("survey"), list) and held["survey"]
    parts = (
        [*sections.several(held, "survey", file, faults)]
        if listed
        else [sections.one(held, "survey", file, faults)]
    )
    found = []
    for part in parts or [Section({}, file, "[[survey]]", [])]:
        survey, synthetic = descriptions.survey(part)
        survey["weighted"] = part.choice("weighted", ("yes", "no", "unknown"), "unknown")
        survey["sectors"] = "~".join(part.names("sectors"))
        part.rest()
        found.append((survey, synthetic))
    return found


def _from(section: Section, select: _Mapping, folder: Path) -> From:
    kinds = [kind for kind in _ORIGINS if kind in section]
    for kind in _ORIGINS:
        section.known(kind)
    if len(kinds) != 1:
        found = ", ".join(kinds) or "missing"
        section.fault("file", found, f"one of {', '.join(_ORIGINS)}")
    kind = kinds[0] if kinds else "file"
    place = section.text(kind) if kinds else ""
    of_file = kind == "file"
    form = _format(section, place) if of_file else ""
    for key, having in _ONLY_OF.items():
        if key in section and (form or kind) not in having:
            section.known(key)
            section.fault(key, "given", f"it only with {' or '.join(having)}")
    return From(
        kind=kind,
        path=folder / place if of_file else None,
        address="" if of_file else place,
        format=form,
        select={name: select.names(name) for name in select.keys},
        language=section.text("language", required=False),
        named=section.text("named", required=False),
        encoding=section.text("encoding", required=False) or "utf-8",
        separator=section.text("separator", required=False, strip=False) or ",",
        decimal=section.choice("decimal", (".", ","), "."),
        sheet=section.text("sheet", required=False),
        range=section.text("range", required=False),
        wide=section.text("wide", required=False),
    )


def _format(section: Section, place: str) -> str:
    ending = Path(place).suffix.lower()
    formats = (*dict.fromkeys(FORMATS.values()), "sdmx-csv")
    if "format" not in section and place and ending not in FORMATS:
        section.known("format")
        expected = f"one of {', '.join(formats)}, since {quoted(ending)} does not say it"
        section.fault("format", "missing", expected)
        return formats[0]
    return section.choice("format", formats, FORMATS.get(ending, formats[0]))


def _columns(held: _Mapping, file: str, faults: list[Fault]) -> Iterator[Column]:
    """The columns of which it is clear what they are."""
    for name in held.keys:
        value = held.held[name]
        if not isinstance(value, dict):
            held.fault(name, quoted(value), f"a table, [columns.{name}]")
            continue
        section = Section(value, file, f"[columns.{name}]", faults)
        section.choice("is", _TARGETS)
        split = section.text("dimension", required=False)
        codes, skip = _targets(section, split), section.names("skip")
        labels = section.codes("labels", required=False)
        target = next((each for each in _TARGETS if each == value.get("is")), None)
        if split and target not in ("segment", None):
            section.fault("dimension", "given", "it only of a segment")
        section.rest()
        if target:
            yield Column(name, target, codes, skip, labels)


def _targets(section: Section, split: str) -> Mapping[str, str]:
    """``codes``: a table, or a list of categories that have the same codes here; segments with their dimension."""
    if section.is_list("codes"):
        listed = section.names("codes")
        codes = dict(zip(listed, listed, strict=True))
    else:
        codes = dict(section.codes("codes", blank=True))
    if split:
        codes = {name: f"{split}={code}" if code else "" for name, code in codes.items()}
    return codes


def _always(held: _Mapping) -> Mapping[Target, str]:
    found = {target: held.text(target) for target in _TARGETS if target in held}
    for target in _TARGETS:
        held.known(target)
    held.rest()
    return found


def _measure(section: Section, origin: From) -> Measure:
    roles: dict[str, Role] = {}
    for role in _ROLES:
        category = section.text(role, required=False)
        if category in roles and category:
            section.fault(role, quoted(category), f"another than of {roles[category]}")
        elif category:
            roles[category] = role
    default = MEASURE if origin.format in SHEETS and not origin.wide else ""
    dimension = section.text("dimension", required=False) or default
    if dimension and "value" not in roles.values():
        section.fault("value", "missing", f"the category of {dimension} that is the percentage")
    if roles and not dimension:
        section.fault("dimension", "missing", "the dimension whose categories are the measures")
    bases = section.codes("base") if section.is_table("base") else {}
    for key in ("unit", "decimals"):
        section.known(key)
    return Measure(
        dimension=dimension,
        roles=roles,
        skip=section.names("skip"),
        unit=section.choice("unit", ("percent", "share")) if "unit" in section else "",
        decimals=section.whole("decimals", 0, 6, 0) if "decimals" in section else None,
        base="" if bases else section.text("base"),
        bases=bases,
        note=section.text("note", required=False),
        crossed=_left_out(section),
    )


def _left_out(section: Section) -> bool:
    words = ("left out", "a fault")
    return section.choice("crossed", words, words[1]) == words[0]


def _symbols(held: _Mapping) -> Mapping[str, Symbol]:
    found = {}
    for symbol in held.keys:
        value = held.held[symbol]
        note = ""
        if isinstance(value, dict):
            note = str(value.get("note", ""))
            odd = value.keys() - {"is", "note"}
            value = value.get("is") if not odd else value
        meaning = next((each for each in _MEANINGS if each == value), None)
        if meaning is None:
            expected = f"one of {', '.join(_MEANINGS)}{nearest(str(value), _MEANINGS)}, or {{ is = …, note = … }}"
            held.fault(quoted(symbol), quoted(value), expected)
        else:
            found[symbol] = Symbol(meaning, note)
    return found


def _each_row_is_named(book: TableBook) -> Iterator[Fault]:
    """Concept, answer and sector are told of every figure, each in one place."""
    named = Counter[Target](column.target for column in book.columns if column.target != "segment")
    named.update(book.always.keys())
    if any(column.with_response for column in book.columns):
        named["response"] += 1
    for target, number in named.items():
        if number > 1:
            expected = "one dimension of the table, or [always]"
            yield Fault(f"{book.name}, [columns] {target}", f"told {number} times", expected)
    for target in ("sector", "concept", "response"):
        if not named[target]:
            expected = f"a dimension that is = {quoted(target)}, or [always] {target}"
            yield Fault(f"{book.name}, [columns]", f"no {target}", expected)


def _surveys_are_told_apart(book: TableBook) -> Iterator[Fault]:
    ids = book.survey_ids
    for survey, number in Counter(ids).items():
        if number > 1:
            yield Fault(f"{book.name}, [[survey]] {survey}", f"{number} times", "each survey once")
    columns = [column for column in book.columns if column.target == "survey"]
    if len(ids) > 1 and not columns:
        expected = 'a dimension that is = "survey", since there are several'
        yield Fault(f"{book.name}, [columns]", "no survey", expected)
    if "survey" in book.always:
        expected = "no such key, since [survey] says it"
        yield Fault(f"{book.name}, [always] survey", "given", expected)
    for column in columns:
        for code in column.codes.values():
            if code not in ids:
                expected = f"a survey_id of [survey] or [[survey]]{nearest(code, ids)}"
                yield Fault(f"{book.name}, [columns.{column.dimension}]", quoted(code), expected)


def _dimensions_are_read_once(book: TableBook) -> Iterator[Fault]:
    for column in book.columns:
        if column.dimension == book.measure.dimension:
            expected = "either [columns] or [measure] dimension"
            yield Fault(f"{book.name}, [columns.{column.dimension}]", "given", expected)
        for code in column.skip:
            if code in column.codes:
                expected = "a category that is not among the codes"
                place = f"{book.name}, [columns.{column.dimension}] skip"
                yield Fault(place, quoted(code), expected)
        for code in column.labels:
            if code not in column.codes:
                expected = f"a category among the codes{nearest(code, column.codes)}"
                place = f"{book.name}, [columns.{column.dimension}] labels"
                yield Fault(place, quoted(code), expected)


def _segments_have_dimensions(book: TableBook) -> Iterator[Fault]:
    named = [
        (f"[columns.{column.dimension}]", code)
        for column in book.columns
        if column.target == "segment"
        for code in column.codes.values()
    ]
    named += [("[always] segment", book.always["segment"])] if "segment" in book.always else []
    for place, code in named:
        if code and not all(code.partition("=")):
            expected = "a segment with its dimension, such as size=0-10, or a key dimension"
            yield Fault(f"{book.name}, {place}", quoted(code), expected)


def _every_concept_has_a_base(book: TableBook) -> Iterator[Fault]:
    if book.measure.base:
        return
    named = [
        code
        for column in book.columns
        if column.target == "concept"
        for code in column.codes.values()
    ]
    named += [book.always["concept"]] if "concept" in book.always else []
    concepts = dict.fromkeys(code.partition(":")[0] for code in named)
    for concept in concepts:
        if concept not in book.measure.bases:
            expected = "a base of every concept, or one text for all"
            yield Fault(f"{book.name}, [measure] base", f"no {quoted(concept)}", expected)
    for concept in book.measure.bases:
        if concept not in concepts:
            expected = f"a concept of the table{nearest(concept, concepts)}"
            yield Fault(f"{book.name}, [measure] base", quoted(concept), expected)


_RULES: tuple[Callable[[TableBook], Iterator[Fault]], ...] = (
    _each_row_is_named,
    _surveys_are_told_apart,
    _dimensions_are_read_once,
    _segments_have_dimensions,
    _every_concept_has_a_base,
)
