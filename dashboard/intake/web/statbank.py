"""Tables of StatBank, the API of Statistics Denmark: ``tableinfo`` tells the codes, ``data`` gives the figures.

As CSV in its format BULK: it has no limit of cells, and a symbol ("..", ":", ".") stands where a figure would, while the
JSON-stat of this server leaves them blank. https://www.dst.dk/en/Statistik/hjaelp-til-statistikbanken/api.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from dashboard.intake.codebook import From
from dashboard.intake.cubes import Cell, Cube, Dimension
from dashboard.intake.faults import Fault, Refused, quoted
from dashboard.intake.web import queries
from dashboard.intake.web.client import Client
from dashboard.intake.web.queries import Variable, Wanted

OFFICIAL = "https://api.statbank.dk/v1"
EXPECTED = f"a table (FOLK1A), or its address ({OFFICIAL}/tableinfo/FOLK1A)"
_TABLE = re.compile(r"[A-Za-z0-9_]+")
_ADDRESS = re.compile(r"(?P<base>.*/v\d+(?:/\w+)?)/(?:tableinfo|data)/(?P<table>[A-Za-z0-9_]+)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_LANGUAGE = "en"
"""In which decimals follow a point; in Danish they follow a comma."""


def read(client: Client, origin: From, name: str) -> Cube:
    """A table, by its code or address, or what is selected of it; ``name`` is that of the codebook. Raises Refused."""
    base, table = _place(origin.address, name)
    described = client.json(
        f"{base}/tableinfo",
        {"table": table, "lang": origin.language or _LANGUAGE, "format": "JSON"},
    )
    variables = _variables(described, f"{base}/tableinfo")
    whole = queries.wanted(variables, origin.select, name)
    answer = client.csv(f"{base}/data", _query(table, whole))
    return _cube(answer, variables, whole, f"{base}/data")


def _query(table: str, asked: Wanted) -> object:
    return {
        "table": table,
        "lang": _LANGUAGE,
        "format": "BULK",
        "valuePresentation": "Code",
        "delimiter": "Semicolon",
        "variables": [{"code": each, "values": [*codes]} for each, codes in asked.items()],
    }


def _place(table: str, name: str) -> tuple[str, str]:
    """The address of the API and the code of the table."""
    if _TABLE.fullmatch(table):
        return OFFICIAL, table
    parts = urlsplit(table)
    found = _ADDRESS.fullmatch(parts.path)
    if not found or not parts.scheme or parts.query:
        raise Refused([Fault(f"{name}, [from] statbank", quoted(table), EXPECTED)])
    return f"{parts.scheme}://{parts.netloc}{found['base']}", found["table"]


def _variables(document: Any, address: str) -> tuple[Variable, ...]:
    """``{"variables": [{"id", "text", "values": [{"id", "text"}]}]}``."""
    try:
        return tuple(
            Variable(
                str(each["id"]),
                str(each.get("text", each["id"])),
                {str(value["id"]): str(value["text"]) for value in each["values"]},
            )
            for each in document["variables"]
        )
    except (TypeError, KeyError, AttributeError) as error:
        expected = "what tableinfo tells of a table"
        raise Refused([Fault(address, "no description of a table", expected)]) from error


def _cube(answer: str, variables: Sequence[Variable], asked: Wanted, address: str) -> Cube:
    """The rows of BULK: a column for each variable, its name in capitals at times, and the last for the figure.

    A cell without a row is one that the table has not.
    """
    try:
        rows = [*csv.reader(io.StringIO(answer, newline=""), delimiter=";", strict=True)]
    except csv.Error as error:
        found = f"no CSV: {quoted(str(error))}"
        raise Refused([Fault(address, found, "CSV with semicolons")]) from error
    header = rows[0] if rows else []
    order = _order(header, asked, address)
    cells: dict[tuple[str, ...], Cell] = {}
    for at, row in enumerate(rows[1:], 2):
        if row:
            key = _key(row, order, asked, f"{address}, line {at}")
            if key in cells:
                raise Refused([Fault(f"{address}, line {at}", "a cell twice", "each cell once")])
            cells[key] = _cell(row[-1])
    if not cells:
        raise Refused([Fault(address, "no row below the header", "figures")])
    return Cube(tuple(_dimension(each, asked[each.code]) for each in variables), cells)


def _order(header: Sequence[str], asked: Wanted, address: str) -> tuple[int, ...]:
    """Where the variables stand in a row, in the order in which they were asked for."""
    columns = [column.strip().casefold() for column in header]
    order = tuple(columns.index(code.casefold()) for code in asked if code.casefold() in columns)
    if len(order) != len(asked) or sorted(order) != list(range(len(columns) - 1)):
        expected = f"a column for each of {', '.join(asked)}, then one for the figure"
        raise Refused([Fault(address, quoted(";".join(header)), expected)])
    return order


def _key(row: Sequence[str], order: Sequence[int], asked: Wanted, place: str) -> tuple[str, ...]:
    if len(row) != len(order) + 1:
        found = f"{len(row)} cells"
        raise Refused([Fault(place, found, f"{len(order) + 1}, as the header has")])
    key = tuple(row[at].strip() for at in order)
    for (code, codes), held in zip(asked.items(), key, strict=True):
        if held not in codes:
            raise Refused([Fault(f"{place}, {code}", quoted(held), "a code that was asked for")])
    return key


def _cell(text: str) -> Cell:
    """A number as it is printed, or a symbol."""
    held = text.strip()
    return Cell(Decimal(held)) if _NUMBER.fullmatch(held) else Cell(None, held)


def _dimension(variable: Variable, codes: Sequence[str]) -> Dimension:
    labels = variable.values or {}
    return Dimension(variable.code, variable.label, {code: labels[code] for code in codes})
