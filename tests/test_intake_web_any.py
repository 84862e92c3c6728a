"""Whatever a server sends, an import has a table or says in lines what is wrong; nothing else is ever raised."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.intake.faults import Fault, Refused
from dashboard.intake.web.client import Client
from tests.support import misbehaviour as bad
from tests.support.statistics_office import Office, asked, jsonstat, office

MANY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

lines = st.sampled_from(
    (
        b"HTTP/1.1 200 OK\nHTTP/1.0 200\nHTTP/1.1 302 -\nHTTP/1.1 503 -\nHTTP/1.1 403 -\nHTTP/1.1 204 -\n"
        b"HTTP/1.1 999 \xff\nHTTP/9 200 OK\nHTTP/1.1 100 Continue\n"
    ).split(b"\n")
)
values = st.sampled_from(
    (
        b"\ngzip\nchunked\n5\n-1\n1e9\napplication/json\ntext/html\n0\n/\nhttps://[\nhttp://127.0.0.1/\n"
        b"Mon, 99 Foo 2020 99:99:99 GMT\n\xe9\x00\n" + b"9" * 40
    ).split(b"\n")
)
names = st.sampled_from(
    (
        b"Content-Length\nContent-Type\nContent-Encoding\nTransfer-Encoding\nLocation\nRetry-After\nX\n"
    ).split(b"\n")
)
headers = st.lists(st.tuples(names, values).map(b": ".join), max_size=4).map(b"\r\n".join)
bodies = st.one_of(
    st.sampled_from([b"{}", b"[1]", b"5\r\n[1]\n\n\r\n0\r\n\r\n", b"\x1f\x8b", b"zz\r\n"]),
    st.binary(max_size=40),
)
answers = st.one_of(
    st.tuples(lines, headers, st.just(b""), bodies).map(b"\r\n".join), st.binary(max_size=60)
)


@pytest.fixture(scope="module")
def server() -> Iterator[Office]:
    with office() as held:
        yield held


def raw(answer: bytes) -> bad.Page:
    """These bytes in the place of an answer."""

    def page(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(answer)
        handler.close_connection = True

    return page


def told(ask: Callable[[], object]) -> None:
    """Asks, and holds that what is refused is told in lines."""
    faults: tuple[Fault, ...] = ()
    try:
        ask()
    except Refused as error:
        faults = error.faults or (Fault("", "", ""),)
    for fault in faults:
        said = str(fault)
        assert fault.where
        assert fault.expected
        assert said.isprintable()
        assert len(said) < 2000


@MANY
@given(answers, st.booleans())
def test_any_answer(server: Office, answer: bytes, with_query: bool) -> None:
    server.pages["/any"] = raw(answer)
    told(lambda: Client(bad.SOON).json(f"{server.base}/any", {"a": 1} if with_query else None))


Change = tuple[int, Any]
changes = st.tuples(
    st.integers(0, 10_000),
    st.sampled_from([None, 0, -1, 1, 2.5, "", "x", "01", [], {}, [1], {"x": 0}, True, "delete"]),
)


def changed(document: Any, change: Change) -> Any:
    """A document of which one part is another, or gone."""
    made = copy.deepcopy(document)
    places = [*_places(made)]
    holder, key = places[change[0] % len(places)]
    if change[1] == "delete":
        del holder[key]
    else:
        holder[key] = change[1]
    return made


def _places(held: Any) -> Iterator[tuple[Any, Any]]:
    for key, each in held.items() if isinstance(held, dict) else enumerate(held):
        yield held, key
        if isinstance(each, dict | list):
            yield from _places(each)


SELECT = {"Region": ("01", "02"), "Sektor": ("K", "T")}
METADATA = {
    "title": "Innovation",
    "variables": [
        {"code": "Region", "text": "region", "values": ["01", "02"], "valueTexts": ["A", "B"]},
        {"code": "Sektor", "text": "sector", "values": ["K", "T"], "valueTexts": ["M", "All"]},
        {"code": "Svar", "text": "answer", "values": ["ja", "nej", "vet"]},
        {"code": "Tid", "text": "year", "values": ["2018", "2020", "2022"], "time": True},
    ],
}
CONFIG = {"maxValues": 100, "maxCells": 1000, "maxCalls": 30, "timeWindow": 1}
CONFIG_2 = {"maxDataCells": 1000, "maxCallsPerTimeWindow": 30, "timeWindow": 1}
INFO = {
    "variables": [
        {"id": code, "text": code, "values": [{"id": each, "text": each} for each in codes]}
        for code, codes in {**SELECT, "Svar": ("ja", "nej"), "Tid": ("2022",)}.items()
    ]
}
V1 = "/PXWeb/api/v1/en/barometer/innovation/table.px"
V2 = "/api/v2/tables/TAB001"
PAGES: list[tuple[str, Any]] = [
    (f"{V1}?config", CONFIG),
    (V1, METADATA),
    (V1, jsonstat(SELECT)),
    ("/api/v2/config", CONFIG_2),
    (f"{V2}/metadata", jsonstat(SELECT, figures=False)),
    (f"{V2}/data", jsonstat(SELECT)),
    ("/v1/tableinfo", INFO),
]


@MANY
@given(st.sampled_from(PAGES), st.lists(changes, min_size=1, max_size=2))
def test_any_document(server: Office, page: tuple[str, Any], change: list[Change]) -> None:
    path, document = page
    for each in change:
        if document:
            document = changed(document, each)
    server.pages.clear()
    server.times.clear()
    server.pages[path] = bad.reply(json.dumps(document).encode())
    if path.startswith(V1):
        told(lambda: asked("pxweb", server.v1, select=SELECT, limits=bad.SOON))
    elif path.startswith("/api/v2"):
        told(lambda: asked("pxweb", server.v2, select=SELECT, limits=bad.SOON))
    else:
        told(lambda: asked("statbank", server.statbank, limits=bad.SOON))


@MANY
@given(st.text(max_size=60), st.lists(st.text(max_size=12), max_size=8))
def test_any_csv(server: Office, anything: str, cells: list[str]) -> None:
    server.pages.clear()
    header = "REGION;SEKTOR;SVAR;TID;INDHOLD\n"
    rows = [anything, header + anything, header + ";".join(cells)]
    for text in rows:
        body = text.encode("utf-8", "surrogatepass")
        server.pages["/v1/data"] = bad.reply(body, headers={"Content-Type": "text/csv"})
        told(lambda: asked("statbank", server.statbank, limits=bad.SOON))
