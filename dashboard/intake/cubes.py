"""A statistical table as a cube: dimensions of categories, and a cell for each combination that the table has; JSON-stat to a cube.

JSON-stat is read as https://json-stat.org/full/ describes 2.0 and https://json-stat.org/format/ 1.x.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from itertools import product
from math import prod
from typing import Any, NamedTuple

from dashboard.intake.faults import Fault, Refused, counted, nearest, quoted

MOST_CELLS = 1_000_000
"""Cells of a table that is read."""
_EXACT = Context(prec=15)
"""Digits that a number of 64 bits holds whatever it is; what lies beyond is noise of the program that wrote it."""
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
_SHOWN = 5
"""Faults of one kind that are told of a document; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension of a table."""

    name: str
    label: str
    categories: Mapping[str, str]
    """Code -> label, in the order of the table."""


class Cell(NamedTuple):
    """One cell: a number, a symbol, or a number with a symbol."""

    value: Decimal | None
    """As it is printed: its decimals are those of the table."""
    status: str = ""
    """The symbol or symbols, joined by ``+``; blank where there is none."""


@dataclass(frozen=True, slots=True)
class Cube:
    """A table."""

    dimensions: tuple[Dimension, ...]
    cells: Mapping[tuple[str, ...], Cell]
    """Codes in the order of ``dimensions`` -> cell; no key where the table has neither number nor symbol."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the dimensions."""
        return tuple(each.name for each in self.dimensions)


@dataclass(frozen=True, slots=True)
class Answer:
    """A file or an answer of a server that a table was read from, as the provenance names it."""

    address: str
    """An address, with what was asked where it was sent along; the name alone of a file."""
    sha256: str
    size: int
    """In bytes."""


@dataclass(frozen=True, slots=True)
class Read:
    """A table and what it was read from, in the order of reading."""

    cube: Cube
    answers: tuple[Answer, ...]


def number(value: str | int | float | Decimal) -> Decimal:
    """A number as it is printed: ``93`` stays 93, ``93.0`` as text stays 93.0, noise behind the 15th digit goes.

    Raises ValueError where it is none, or not finite.
    """
    text = repr(value) if isinstance(value, float) else str(value)
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    found = Decimal(text)
    if len(found.as_tuple().digits) > _EXACT.prec:
        found = plain(_EXACT.plus(found))
    return found


def plain(found: Decimal) -> Decimal:
    """Without zeros behind the last decimal: a number of a program, unlike a printed one, has none that say something."""
    short = found.normalize(_EXACT)
    return Decimal(int(short)) if short == short.to_integral_value() else short


def document(text: str | bytes) -> Any:
    """JSON whose numbers stay as they are written; raises ValueError where it is none."""
    return json.loads(text, parse_float=Decimal)


def jsonstat(document: object, *, named: str = "", name: str = "the answer") -> Cube:
    """The table of a JSON-stat document, 2.0 or 1.x, as ``document`` or ``json.loads`` gives it.

    Of a bundle or a collection the one dataset, or that which is ``named`` (its key, label or address). ``name`` is what faults call
    the document. Raises Refused with every fault: another class, half a table, keys and codes that do not fit each other.
    """
    faults: list[Fault] = []
    dataset = _dataset(document, named, name, faults)
    if not faults:
        cube = _Reader(dataset, name, faults).cube()
        if not faults:
            return cube
    raise Refused(faults)


def joined(cubes: Iterable[Cube]) -> Cube:
    """The parts of a table that was asked for in parts as one; categories in the order in which they come.

    Raises Refused where the parts have other dimensions, or say different things of one cell.
    """
    first, *others = cubes
    categories = [dict(each.categories) for each in first.dimensions]
    cells = dict(first.cells)
    for other in others:
        if other.names != first.names:
            found = ", ".join(other.names)
            expected = f"the dimensions of the first, {', '.join(first.names)}"
            raise Refused([Fault("a part of the table", quoted(found), expected)])
        for known, dimension in zip(categories, other.dimensions, strict=True):
            for code, label in dimension.categories.items():
                known.setdefault(code, label)
        for key, cell in other.cells.items():
            if cells.setdefault(key, cell) != cell:
                expected = "the same in every part"
                raise Refused([Fault(f"cell {', '.join(key)}", "told differently", expected)])
    dimensions = (
        Dimension(each.name, each.label, known)
        for each, known in zip(first.dimensions, categories, strict=True)
    )
    return Cube(tuple(dimensions), cells)


def _dataset(held: object, named: str, name: str, faults: list[Fault]) -> Mapping[str, Any]:
    """The dataset of a document."""
    if not isinstance(held, dict):
        faults.append(Fault(name, quoted(type(held).__name__), "a JSON-stat document, an object"))
        return {}
    kind = held.get("class")
    if kind == "dataset" or (kind is None and "dimension" in held):
        return held
    if kind == "collection":
        datasets = dict(_of_collection(held))
    elif kind is None:
        datasets = {
            key: each
            for key, each in held.items()
            if isinstance(each, dict) and "dimension" in each
        }
    else:
        expected = "dataset, or a collection of datasets"
        faults.append(Fault(f"{name}, class", quoted(kind), expected))
        return {}
    return _one(datasets, named, name, faults)


def _of_collection(held: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    link = held.get("link")
    items = link.get("item") if isinstance(link, dict) else None
    for each in items if isinstance(items, list) else []:
        if isinstance(each, dict) and "dimension" in each:
            yield str(each.get("label") or each.get("href") or ""), each


def _one(
    datasets: Mapping[str, Mapping[str, Any]], named: str, name: str, faults: list[Fault]
) -> Mapping[str, Any]:
    if named in datasets:
        return datasets[named]
    if len(datasets) == 1 and not named:
        return next(iter(datasets.values()))
    if not datasets:
        faults.append(Fault(name, "no dataset within", "a JSON-stat dataset with its values"))
    else:
        found = quoted(named) if named else counted(len(datasets), "dataset")
        expected = f"[from] named, one of {', '.join(datasets)}{nearest(named, datasets)}"
        faults.append(Fault(name, found, expected))
    return {}


class _Reader:
    """Reads one dataset and collects its faults."""

    def __init__(self, held: Mapping[str, Any], name: str, faults: list[Fault]) -> None:
        self._held = held
        self._name = name
        self._faults = faults
        described = held.get("dimension")
        self._described: Mapping[str, Any] = described if isinstance(described, dict) else {}

    def cube(self) -> Cube:
        """The table; of no use where there are faults."""
        names, sizes = self._names(), self._sizes()
        if self._faults:
            return Cube((), {})
        if len(names) != len(sizes):
            expected = f"{counted(len(names), 'number')}, one for each dimension"
            self._fault("size", counted(len(sizes), "number"), expected)
            return Cube((), {})
        pairs = zip(names, sizes, strict=True)
        dimensions = tuple(self._dimension(name, size) for name, size in pairs)
        total = prod(sizes)
        values, states = self._values(total), self._states(total)
        if self._faults:
            return Cube(dimensions, {})
        keys = enumerate(product(*(each.categories for each in dimensions)))
        cells = ((key, _with_state(values.get(at), states(at))) for at, key in keys)
        return Cube(dimensions, {key: cell for key, cell in cells if cell is not None})

    def _fault(self, place: str, found: str, expected: str) -> None:
        self._faults.append(Fault(f"{self._name}, {place}", found, expected))

    def _listed(self, key: str) -> list[Any]:
        """``id`` or ``size``, which stood among the dimensions in 1.x."""
        value = self._held.get(key, self._described.get(key))
        if isinstance(value, list) and value:
            return value
        self._fault(key, "missing" if value is None else quoted(value), "a list")
        return []

    def _names(self) -> list[str]:
        if not self._described:
            self._fault("dimension", "missing", "the dimensions of the table")
            return []
        names = [str(each) for each in self._listed("id")]
        for name in names:
            if not isinstance(self._described.get(name), dict):
                expected = f"one that dimension describes{nearest(name, self._described)}"
                self._fault("id", quoted(name), expected)
        if len(set(names)) < len(names):
            self._fault("id", quoted(", ".join(names)), "each dimension once")
        return names

    def _sizes(self) -> list[int]:
        sizes = self._listed("size") if self._described else []
        for size in sizes:
            if isinstance(size, bool) or not isinstance(size, int) or size < 1:
                self._fault("size", quoted(size), "numbers of categories")
                return []
        if prod(sizes) > MOST_CELLS:
            self._fault("size", f"{prod(sizes)} cells", f"at most {MOST_CELLS}; narrow it")
        return sizes

    def _dimension(self, name: str, size: int) -> Dimension:
        described = self._described[name]
        category = described.get("category")
        category = category if isinstance(category, dict) else {}
        labels = category.get("label")
        labels = labels if isinstance(labels, dict) else {}
        codes = _order(category.get("index"), labels)
        if len(codes) != size:
            expected = f"{size}, as size says"
            self._fault(f"dimension {name}, categories", str(len(codes)), expected)
        elif len(set(codes)) < size:
            self._fault(f"dimension {name}", "a category twice", "each category once")
        return Dimension(
            name,
            str(described.get("label") or name),
            {code: str(labels.get(code, code)) for code in codes},
        )

    def _values(self, total: int) -> Mapping[int, Cell]:
        """Place -> cell without the symbol that ``status`` has for it."""
        held = self._held.get("value")
        if held is None:
            self._fault("value", "missing", counted(total, "value"))
            return {}
        found: dict[int, Cell] = {}
        odd = []
        for at, value in self._places("value", held, total):
            cell = _cell(value)
            if cell is None:
                odd.append(value)
            else:
                found[at] = cell
        for value in odd[:_SHOWN]:
            self._fault("value", quoted(value), "numbers, symbols or null")
        if len(odd) > _SHOWN:
            self._fault("value", f"{len(odd) - _SHOWN} more of this kind", "none")
        return found

    def _states(self, total: int) -> Callable[[int], tuple[str, bool]]:
        """What gives the symbol of a place, and whether it is of that place alone: one that holds for all makes no cell."""
        held = self._held.get("status")
        if isinstance(held, list) and len(held) == 1 and total > 1:
            held = held[0]
        if isinstance(held, str):
            same = held.strip()
            return lambda _: (same, False)
        found = {}
        for at, value in self._places("status", {} if held is None else held, total):
            if isinstance(value, str):
                found[at] = value.strip()
            elif value is not None:
                self._fault("status", quoted(value), "symbols, which are texts")
                break
        return lambda at: (found.get(at, ""), True)

    def _places(self, key: str, held: object, total: int) -> Iterable[tuple[int, object]]:
        """(place, what stands there) of a list, or of an object that names places."""
        if isinstance(held, list):
            if len(held) != total:
                expected = f"{total}, the product of size"
                self._fault(key, counted(len(held), "value"), expected)
                return ()
            return enumerate(held)
        if not isinstance(held, dict):
            self._fault(key, quoted(type(held).__name__), "a list or an object")
            return ()
        unknown = [at for at in held if not (at.isdecimal() and int(at) < total)]
        if unknown:
            found = quoted(unknown[0]) + (f" and {len(unknown) - 1} more" if unknown[1:] else "")
            self._fault(key, found, f"places from 0 to {total - 1}, as size says")
            return ()
        return ((int(at), value) for at, value in held.items())


def _with_state(cell: Cell | None, state: tuple[str, bool]) -> Cell | None:
    symbol, alone = state
    if cell is not None:
        return Cell(cell.value, symbol or cell.status)
    return Cell(None, symbol) if symbol and alone else None


def _order(index: object, labels: Mapping[str, Any]) -> list[str]:
    """The codes of a dimension in their order; a dimension of one category needs no index."""
    if isinstance(index, list):
        return [str(each) for each in index]
    if isinstance(index, dict):
        places = {str(code): at for code, at in index.items() if isinstance(at, int)}
        order = sorted(places, key=lambda code: places[code])
        return order if sorted(places.values()) == list(range(len(index))) else []
    return [str(code) for code in labels]


def _cell(value: object) -> Cell | None:
    """What stands in ``value``; None where it is no number, symbol or null."""
    if value is None:
        return Cell(None)
    if isinstance(value, str):
        return Cell(None, value.strip())
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    try:
        return Cell(plain(number(value)))
    except ValueError:
        return None
