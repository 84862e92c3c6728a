"""Tables of PxWeb, the software of most Nordic offices, by its API 1 (``…/api/v1/en/…/table.px``) or 2 (``…/api/v2/tables/ID``).

Both tell the codes of a table and how much they give at once and how often; figures come as JSON-stat 2.0, which keeps the symbols.
https://www.pxtools.net/PxWebApi/documentation/user-guide/ and https://www.scb.se/en/services/open-data-api/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from dashboard.intake import cubes
from dashboard.intake.codebook import From
from dashboard.intake.cubes import Cube
from dashboard.intake.faults import Fault, Refused, quoted
from dashboard.intake.web import queries
from dashboard.intake.web.client import Client, Failed
from dashboard.intake.web.queries import Variable, Wanted

EXPECTED = (
    "the address of a table of PxWeb: https://…/api/v1/en/…/table.px or https://…/api/v2/tables/ID"
)
_TABLE_1 = re.compile(r"/v1/.*[^/]$")
_TABLE_2 = re.compile(
    r"(?P<base>.*/v2[^/]*(?:/.*)?)/tables/(?P<table>[^/]+)(?:/(?:metadata|data))?"
)
_OPTIONS_2 = ("lang", "outputFormat")
"""What may stand in an address of a table of PxWeb 2."""
_CELLS = 10_000
"""Cells that are asked for at once of a server that does not tell its limit: what it is where nobody has set it."""
_TOO_MANY = (400, 403, 413)
"""Statuses of a query that is too large."""
_PACE = (10, 10.0)
"""Calls and seconds of such a server."""


@dataclass(frozen=True, slots=True)
class _Table:
    """The addresses of one table and the form of its queries."""

    config: str
    metadata: str
    data: str
    variables: Callable[[Any, str], tuple[Variable, ...]]
    """From what ``metadata`` answers and its address."""
    query: Callable[[Wanted], object]
    cells: tuple[str, ...]
    """Keys of ``config`` for the number of cells: the first that is there."""
    calls: str


def read(
    client: Client,
    origin: From,
    name: str,
    progress: Callable[[Sequence[Any]], Iterable[Any]] = iter,
) -> Cube:
    """The table at an address, or what is selected of it; ``name`` is that of the codebook.

    Asked in parts where the server gives less at once, and in halves of them where it finds those too large too; no oftener than it
    allows. Raises Refused.
    """
    table = _table(origin, name)
    most = _limit(client, table)
    variables = table.variables(client.json(table.metadata), table.metadata)
    whole = queries.wanted(variables, origin.select, name)
    while True:
        parts = queries.parts(whole, most, name)
        client.check_time(table.data, len(parts))
        try:
            return cubes.joined([_part(client, table, part) for part in progress(parts)])
        except Failed as error:
            most = max(map(queries.cells, parts)) // 2
            if not most or not _says_too_many(error):
                raise


def _part(client: Client, table: _Table, asked: Wanted) -> Cube:
    cube = cubes.jsonstat(client.json(table.data, table.query(asked)), name=table.data)
    return queries.answered(cube, asked, table.data)


def _says_too_many(error: Failed) -> bool:
    """Whether the server refuses a query for its size: it may give less than it tells."""
    return error.status in _TOO_MANY and "too many" in str(error).lower()


def _table(origin: From, name: str) -> _Table:
    parts = urlsplit(origin.address)
    place = f"{name}, [from] pxweb"
    second = _TABLE_2.fullmatch(parts.path.rstrip("/"))
    if not second and not _TABLE_1.search(parts.path):
        raise Refused([Fault(place, quoted(origin.address), EXPECTED)])
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = [key for key in options if not (second and key in _OPTIONS_2)]
    if unknown:
        expected = "an address without it; [select] narrows"
        raise Refused([Fault(place, quoted(unknown[0]), expected)])
    at = partial(_at, parts.scheme, parts.netloc)
    if second:
        language = origin.language or options.get("lang", "")
        return _second(at, second["base"], second["table"], {"lang": language} if language else {})
    if origin.language:
        expected = "it only of PxWeb 2; the address of a table of PxWeb 1 has it within"
        raise Refused([Fault(f"{name}, [from] language", "given", expected)])
    return _first(at, parts.path)


def _at(scheme: str, host: str, path: str, query: str = "") -> str:
    return urlunsplit((scheme, host, path, query, ""))


def _first(at: Callable[..., str], path: str) -> _Table:
    cells = ("maxCells", "maxValues")
    return _Table(at(path, "config"), at(path), at(path), _variables_1, _query_1, cells, "maxCalls")


def _second(at: Callable[..., str], base: str, code: str, lang: Mapping[str, str]) -> _Table:
    table = f"{base}/tables/{code}"
    return _Table(
        at(f"{base}/config"),
        at(f"{table}/metadata", urlencode(lang)),
        at(f"{table}/data", urlencode({**lang, "outputFormat": "json-stat2"})),
        _variables_2,
        _query_2,
        ("maxDataCells",),
        "maxCallsPerTimeWindow",
    )


def _limit(client: Client, table: _Table) -> int:
    """Cells that the server gives at once; sets the pace of the client."""
    try:
        config = client.json(table.config, kept=False)
    except Failed:
        config = {}
    told = config if isinstance(config, dict) else {}
    calls, window = _number(told.get(table.calls)), _number(told.get("timeWindow"))
    client.keep_pace(*((calls, float(window)) if calls and window else _PACE))
    return next((cells for key in table.cells if (cells := _number(told.get(key)))), _CELLS)


def _number(value: object) -> int:
    """A whole number above 0; else 0."""
    return value if type(value) is int and value > 0 else 0


def _variables_1(document: Any, address: str) -> tuple[Variable, ...]:
    """``{"title", "variables": [{"code", "text", "values", "valueTexts"}]}``; values are left out where they are very many."""
    try:
        return tuple(
            Variable(str(each["code"]), str(each.get("text", each["code"])), _values_1(each))
            for each in document["variables"]
        )
    except (TypeError, KeyError, AttributeError) as error:
        raise _no_metadata(address) from error


def _values_1(variable: Mapping[str, Any]) -> Mapping[str, str] | None:
    codes = variable.get("values")
    if codes is None:
        return None
    labels = variable.get("valueTexts") or codes
    return {str(code): str(label) for code, label in zip(codes, labels, strict=False)}


def _query_1(asked: Wanted) -> object:
    selections = [
        {"code": code, "selection": {"filter": "item", "values": [*values]}}
        for code, values in asked.items()
    ]
    return {"query": selections, "response": {"format": "json-stat2"}}


def _variables_2(document: Any, address: str) -> tuple[Variable, ...]:
    """A JSON-stat dataset without figures."""
    try:
        return tuple(_variable_2(code, document["dimension"][code]) for code in document["id"])
    except (TypeError, KeyError, AttributeError) as error:
        raise _no_metadata(address) from error


def _variable_2(code: str, dimension: Mapping[str, Any]) -> Variable:
    category = dimension["category"]
    index, labels = category.get("index"), category.get("label", {})
    order = (
        sorted(index, key=lambda each: index[each])
        if isinstance(index, dict)
        else index or [*labels]
    )
    return Variable(
        code,
        str(dimension.get("label", code)),
        {str(each): str(labels.get(each, each)) for each in order},
    )


def _query_2(asked: Wanted) -> object:
    return {
        "selection": [
            {"variableCode": code, "valueCodes": [*values]} for code, values in asked.items()
        ]
    }


def _no_metadata(address: str) -> Refused:
    return Refused([Fault(address, "no description of a table", EXPECTED)])
