"""A cube becomes rows of observations.csv, as the codebook of its table says: numbers as they are printed, symbols by what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.intake.cubes import Cell, Cube
from dashboard.intake.faults import Fault, quoted
from dashboard.intake.tables.codebook import Column, Role, TableBook, Target

Key = tuple[str, str, str, str, str]
"""Survey, sector, segment, concept and response of a row."""


@dataclass(slots=True)
class Place:
    """A place of the table that becomes a row, and its numbers."""

    categories: tuple[str, ...]
    """``Sektor K``, for each dimension but that of the measures."""
    label: str
    """What the table calls the question; blank where no dimension of it does."""
    cells: dict[Role, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Places:
    """The rows that a table has."""

    rows: Mapping[Key, Place]
    used: int
    """Cells that belong to a row."""
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Axis:
    """One dimension of the cube, and what the codebook makes of it."""

    name: str
    wanted: tuple[str, ...]
    """Categories that ``[select]`` keeps; blank for all."""
    column: Column | None

    def names(self, code: str) -> str:
        """A category as it is told of."""
        return f"{self.name} {code}"


def places(book: TableBook, cube: Cube) -> Places:
    """The rows of a table whose structure is sound; a fault where two places are one row, or one is of two splits at once."""
    columns = {column.dimension: column for column in book.columns}
    axes = [_Axis(name, book.origin.select.get(name, ()), columns.get(name)) for name in cube.names]
    labels = dict(_labels(book, cube))
    measure = book.measure
    at = cube.names.index(measure.dimension) if measure.dimension else -1
    rows: dict[Key, Place] = {}
    faults: dict[tuple[str, ...], Fault] = {}
    used = 0
    for codes, cell in cube.cells.items():
        role: Role | None = measure.roles.get(codes[at]) if at >= 0 else "value"
        told = _told(axes, codes) if role else None
        if role is None or told is None:
            continue
        categories = tuple(
            axis.names(code)
            for axis, code in zip(axes, codes, strict=True)
            if axis.name != measure.dimension
        )
        if len(told["segment"]) > 1:
            if not measure.crossed:
                faults[categories] = _crossed(book, categories, told["segment"])
            continue
        used += 1
        key = _key(book, told)
        place = rows.setdefault(key, Place(categories, _label(axes, codes, labels)))
        if place.categories != categories:
            faults[categories] = _twice(book, categories, place.categories, key)
        place.cells[role] = cell
    return Places(rows, used, tuple(faults.values()))


def _told(axes: Sequence[_Axis], codes: Sequence[str]) -> Mapping[Target, list[str]] | None:
    """What the categories of a cell are here; None where it is left out."""
    told: dict[Target, list[str]] = {"segment": []}
    for axis, code in zip(axes, codes, strict=True):
        if axis.wanted and code not in axis.wanted:
            return None
        if axis.column is None:
            continue
        target = axis.column.codes.get(code)
        if target is None:
            return None
        if target or axis.column.target != "segment":
            told.setdefault(axis.column.target, []).append(target)
    return told


def _key(book: TableBook, told: Mapping[Target, Sequence[str]]) -> Key:
    def one(target: Target, otherwise: str = "") -> str:
        found = told.get(target)
        return found[0] if found else book.always.get(target, otherwise)

    concept, colon, response = one("concept").partition(":")
    return (
        one("survey", book.survey_id),
        one("sector"),
        one("segment"),
        concept,
        response if colon else one("response"),
    )


def _labels(book: TableBook, cube: Cube) -> Iterator[tuple[str, str]]:
    """Category of the question -> its words in English, where there are any."""
    for column in book.columns:
        if column.target != "concept":
            continue
        if book.source["language"] == "en":
            [dimension] = [each for each in cube.dimensions if each.name == column.dimension]
            yield from (
                (code, label) for code, label in dimension.categories.items() if label != code
            )
        yield from column.labels.items()


def _label(axes: Sequence[_Axis], codes: Sequence[str], labels: Mapping[str, str]) -> str:
    for axis, code in zip(axes, codes, strict=True):
        if axis.column and axis.column.target == "concept":
            return labels.get(code, "")
    return ""


def _crossed(book: TableBook, categories: Sequence[str], segments: Sequence[str]) -> Fault:
    place = f"{book.origin.name}, {', '.join(categories)}"
    expected = 'one split at a time, or [measure] crossed = "left out"'
    return Fault(place, quoted(" and ".join(segments)), expected)


def _twice(book: TableBook, second: Sequence[str], first: Sequence[str], key: Key) -> Fault:
    place = f"{book.origin.name}, {', '.join(second)}"
    row = ", ".join(filter(None, key))
    return Fault(place, f"{row} for the second time", f"another row than {', '.join(first)}")
