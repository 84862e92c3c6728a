"""Whether a table has the dimensions and categories that its codebook names, and no others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dashboard.intake.cubes import Cube
from dashboard.intake.faults import Fault, nearest, quoted
from dashboard.intake.tables.codebook import Column, TableBook

_SHOWN = 20
"""Categories of one dimension that are told of; the rest is counted."""


def faults(book: TableBook, cube: Cube) -> Iterator[Fault]:
    """What the codebook names and the table has not, and the other way round."""
    names = cube.names
    known = {each.name: each for each in cube.dimensions}
    columns = {column.dimension: column for column in book.columns}
    measure = book.measure.dimension
    named = {
        **{name: f"[columns.{name}]" for name in columns},
        **{name: f"[select] {name}" for name in book.origin.select},
        **({measure: "[measure] dimension"} if measure else {}),
    }
    for name, place in named.items():
        if name not in known:
            expected = f"a dimension of {book.origin.name}, one of {', '.join(names)}"
            yield Fault(f"{book.name}, {place}", quoted(name), expected + nearest(name, names))
    for name in names:
        if name not in named:
            expected = f"[columns.{name}], or one of its categories in [select]"
            yield Fault(f"{book.origin.name}, dimension {name}", "not in the codebook", expected)
        elif name not in columns and name != measure and len(book.origin.select[name]) != 1:
            found = f"{len(book.origin.select[name])} categories"
            expected = f"one, or [columns.{name}] for them"
            yield Fault(f"{book.name}, [select] {name}", found, expected)
    for dimension in cube.dimensions:
        yield from _categories(
            book, dimension.name, dimension.categories, columns.get(dimension.name)
        )


def _categories(
    book: TableBook, name: str, categories: Mapping[str, str], column: Column | None
) -> Iterator[Fault]:
    """Codes that the table has not, and categories of it that nothing names."""
    select = book.origin.select.get(name, ())
    is_measure = name == book.measure.dimension
    places: dict[str, tuple[str, ...]] = {}
    if column:
        places[f"[columns.{name}] codes"] = tuple(column.codes)
        places[f"[columns.{name}] skip"] = column.skip
    if is_measure:
        places |= {f"[measure] {role}": (code,) for code, role in book.measure.roles.items()}
        places["[measure] skip"] = book.measure.skip
    told = {code for codes in places.values() for code in codes}
    for place, codes in {f"[select] {name}": select, **places}.items():
        for code in codes:
            if code not in categories:
                expected = f"a category of {name}{nearest(code, categories)}"
                yield Fault(f"{book.name}, {place}", quoted(code), expected)
    if places:
        left = [code for code in categories if code not in told and (not select or code in select)]
        where = "[measure]" if is_measure else f"[columns.{name}]"
        yield from _left(f"{book.origin.name}, dimension {name}", left, categories, where)


def _left(
    place: str, left: Sequence[str], categories: Mapping[str, str], where: str
) -> Iterator[Fault]:
    for code in left[:_SHOWN]:
        label = f" ({categories[code]})" if categories[code] != code else ""
        found = f"{quoted(code)}{label} not in the codebook"
        yield Fault(place, found, f"it among what {where} names, or in its skip")
    if len(left) > _SHOWN:
        found = f"{len(left) - _SHOWN} more categories not in the codebook"
        yield Fault(place, found, f"them in {where}")
