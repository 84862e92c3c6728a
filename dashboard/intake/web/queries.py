"""What is asked of a server: categories of each variable of a table, checked before any figure is asked for, in parts if need be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import ceil, prod

from dashboard.intake.cubes import MOST_CELLS, Cube
from dashboard.intake.faults import Fault, Refused, nearest, quoted

Wanted = Mapping[str, tuple[str, ...]]
"""Variable -> codes, both in the order of the table."""
MOST_PARTS = 1000
"""Parts that a table is asked for in."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A dimension of a table, as its server describes it."""

    code: str
    label: str
    values: Mapping[str, str] | None
    """Code -> label; None where the server does not tell them, since there are too many."""


def wanted(variables: Sequence[Variable], select: Mapping[str, Sequence[str]], name: str) -> Wanted:
    """The codes to ask for: those that ``select`` names, else all; ``name`` is that of the codebook.

    Raises Refused with every variable and code that the table has not, and for more cells than are read.
    """
    known = {each.code: each for each in variables}
    faults = [
        Fault(f"{name}, [select]", quoted(code), f"a variable of the table{nearest(code, known)}")
        for code in select
        if code not in known
    ]
    for each in variables:
        faults += _faults(each, select.get(each.code), f"{name}, [select] {each.code}")
    if faults:
        raise Refused(faults)
    found = {each.code: _codes(each, select.get(each.code)) for each in variables}
    if cells(found) > MOST_CELLS:
        expected = f"at most {MOST_CELLS:,}; narrow it"
        raise Refused([Fault(f"{name}, [select]", f"{cells(found):,} cells", expected)])
    return found


def cells(asked: Wanted) -> int:
    """How many cells a query asks for."""
    return prod(map(len, asked.values()))


def parts(whole: Wanted, most: int, name: str) -> tuple[Wanted, ...]:
    """Queries of at most so many cells each that together ask for all: split along the largest variables, in the order of the table.

    Raises Refused where there would be too many.
    """
    sizes = {code: len(codes) for code, codes in whole.items()}
    for code in sorted(sizes, key=lambda each: -sizes[each]):
        others = prod(size for each, size in sizes.items() if each != code)
        if others * sizes[code] > most:
            pieces = ceil(len(whole[code]) / max(most // others, 1))
            sizes[code] = ceil(len(whole[code]) / pieces)
    number = prod(ceil(len(codes) / sizes[code]) for code, codes in whole.items())
    if number > MOST_PARTS:
        found = f"{number:,} queries of the {most:,} cells that the server gives at once"
        expected = f"at most {MOST_PARTS:,}; narrow it"
        raise Refused([Fault(f"{name}, [select]", found, expected)])
    cut = [[*_cut(codes, sizes[code])] for code, codes in whole.items()]
    return tuple(dict(zip(whole, each, strict=True)) for each in product(*cut))


def answered(cube: Cube, asked: Wanted, address: str) -> Cube:
    """An answer in the order of the table, without dimensions that the table has not and of which there is one category.

    Raises Refused where it is about other categories than were asked for.
    """
    held = {each.name: each for each in cube.dimensions}
    faults = [
        Fault(f"{address}, {code}", "other categories than were asked for", _shown(codes))
        for code, codes in asked.items()
        if code not in held or set(held[code].categories) != set(codes)
    ]
    faults += [
        Fault(address, f"one more dimension, {quoted(name)}", "those that were asked for")
        for name, dimension in held.items()
        if name not in asked and len(dimension.categories) > 1
    ]
    if faults:
        raise Refused(faults)
    places = [cube.names.index(code) for code in asked]
    dimensions = (
        replace(held[code], categories={each: held[code].categories[each] for each in codes})
        for code, codes in asked.items()
    )
    ordered = {tuple(key[at] for at in places): cell for key, cell in cube.cells.items()}
    return Cube(tuple(dimensions), ordered)


def _faults(variable: Variable, select: Sequence[str] | None, place: str) -> Iterator[Fault]:
    known = variable.values
    if select is not None and not select:
        yield Fault(place, "no code", "codes of the variable, or no line for all of them")
    elif known is None:
        if select is None:
            yield Fault(place, "missing", "codes by name, since the server does not list them")
    elif not known:
        yield Fault(place, "a variable without codes", "a table with figures")
    else:
        for code in select or ():
            if code not in known:
                yield Fault(place, quoted(code), f"a code of the table{nearest(code, known)}")


def _codes(variable: Variable, select: Sequence[str] | None) -> tuple[str, ...]:
    if variable.values is None:
        return tuple(dict.fromkeys(select or ()))
    chosen = variable.values if select is None else set(select)
    return tuple(code for code in variable.values if code in chosen)


def _cut(codes: tuple[str, ...], size: int) -> Iterator[tuple[str, ...]]:
    return (codes[at : at + size] for at in range(0, len(codes), size))


def _shown(codes: Sequence[str], most: int = 5) -> str:
    more = f" and {len(codes) - most} more" if len(codes) > most else ""
    return ", ".join(codes[:most]) + more
