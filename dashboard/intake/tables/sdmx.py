"""SDMX-CSV 1.0 and 2.0 as a cube: columns by their header, the value in ``OBS_VALUE``, what is said of it in ``OBS_STATUS``
and ``CONF_STATUS``.

Source: https://github.com/sdmx-twg/sdmx-csv (data message, field guide), and what Eurostat writes (``LAST UPDATE``, ``OBS_FLAG``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dashboard.intake.codebook import From
from dashboard.intake.cubes import Cell, Cube, Dimension
from dashboard.intake.faults import Fault, Refused, quoted
from dashboard.intake.tables.sheets import Row, cell_of, labelled

VALUE = "OBS_VALUE"
CONFIDENTIALITY = "CONF_STATUS"
_STATUSES = ("OBS_STATUS", "OBS_FLAG")
_ORDINARY = {"OBS_STATUS": "A", "OBS_FLAG": "A", CONFIDENTIALITY: "F"}
"""Codes of an observation of which nothing is to be said: normal, free to be published."""
_NO_DIMENSION = (
    *("DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION"),
    *("SERIES_KEY", "OBS_KEY", "LAST UPDATE", VALUE, *_STATUSES, CONFIDENTIALITY),
)
_DELETED = "D"
"""Code of ``ACTION`` of a row that takes an observation back."""


def cube(origin: From, rows: Sequence[Row], keys: Collection[str], skip: Collection[str]) -> Cube:
    """The cube of the rows of a file.

    Dimensions are the columns before ``OBS_VALUE`` and those that ``keys`` names, without those that ``skip`` names. Raises Refused with
    every fault: no ``OBS_VALUE``, rows that take observations back, rows with the same categories.
    """
    header = [labelled(str(cell).partition("[")[0]) for cell in (rows[0][1] if rows else ())]
    codes = [code for code, _ in header]
    upper = [code.upper() for code in codes]
    if VALUE not in upper or len(rows) < 2:
        found = "no row below the header" if VALUE in upper else f"no column {VALUE}"
        raise Refused([Fault(origin.name, found, "SDMX-CSV 1.0 or 2.0")])
    value = upper.index(VALUE)
    places = [
        at
        for at, code in enumerate(codes)
        if (at < value or code in keys) and upper[at] not in _NO_DIMENSION and code not in skip
    ]
    categories: list[dict[str, str]] = [{} for _ in places]
    cells: dict[tuple[str, ...], Cell] = {}
    faults: list[Fault] = []
    for line, row in rows[1:]:
        key = []
        for known, at in zip(categories, places, strict=True):
            both = header[at][0] != header[at][1]
            code, label = labelled(str(row[at])) if both else (str(row[at]), str(row[at]))
            known.setdefault(code, label)
            key.append(code)
        place = f"{origin.name}, line {line}"
        if "ACTION" in upper and row[upper.index("ACTION")] == _DELETED:
            faults.append(Fault(f"{place}, column ACTION", quoted(_DELETED), "observations alone"))
        if tuple(key) in cells:
            faults.append(Fault(place, quoted(", ".join(key)), "each observation once"))
        cells[tuple(key)] = _cell(upper, row, value)
    if faults:
        raise Refused(faults)
    dimensions = (
        Dimension(*header[at], known) for at, known in zip(places, categories, strict=True)
    )
    return Cube(tuple(dimensions), cells)


def _cell(header: Sequence[str], row: Sequence[object], value: int) -> Cell:
    found = Cell(None) if row[value] in ("", "NaN") else cell_of(str(row[value]))
    said = [found.status]
    for name in (*_STATUSES, CONFIDENTIALITY):
        code = labelled(str(row[header.index(name)]))[0] if name in header else ""
        if code and code != _ORDINARY[name]:
            said.append(f"{name}={code}" if name == CONFIDENTIALITY else code)
    return Cell(found.value, "+".join(filter(None, said)))
