"""A server of statistics on this machine that answers as PxWeb 1 and 2 and StatBank are documented to, and holds their limits.

The shapes of answers and errors are those of PCAxis.Api (SSDHandler, RequestLimiter), of PxTools/PxWebApi (TablesApiController,
ProblemUtility, ConfigurationApiController) and of https://www.dst.dk/en/Statistik/hjaelp-til-statistikbanken/api.
"""

from __future__ import annotations

import gzip
import json
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from math import prod
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from dashboard.intake import web
from dashboard.intake.codebook import From, Origin
from dashboard.intake.cubes import Read
from dashboard.intake.outcome import Progress
from dashboard.intake.web.client import Limits

Reply = tuple[int, Mapping[str, str], bytes]

VARIABLES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "Region": ("region", {f"{at:02d}": f"Region {at}" for at in range(1, 24)}),
    "Sektor": ("sector", {"K": "Municipal", "R": "Regional", "S": "State", "T": "All"}),
    "Svar": ("answer", {"ja": "Yes", "nej": "No", "vet": "Don't know"}),
    "Tid": ("year", {"2018": "2018", "2020": "2020", "2022": "2022"}),
}
"""Variable -> label, and codes -> labels, in the order of the table: 23 x 4 x 3 x 3 = 828 cells."""
SYMBOLS = ("..", ":", ".")
"""What every seventh cell holds in place of a number, in turn."""


def cell(key: Sequence[str]) -> str:
    """What the table prints in a cell: a percentage with a decimal, or a symbol."""
    codes = [list(values) for _, values in VARIABLES.values()]
    place = 0
    for known, code in zip(codes, key, strict=True):
        place = place * len(known) + known.index(code)
    region, sector, answer, year = map(list[str].index, codes, key)
    if place % 7 == 6:
        return SYMBOLS[(region + sector) % len(SYMBOLS)]
    # All sectors together lie between the least and the greatest of them.
    yes = 300 + 12 * region + 3 * (0, 1, 3, 2)[sector] + year
    unsure = 50 + region
    return f"{(yes, 1000 - yes - unsure, unsure)[answer] / 10:.1f}"


def keys(select: Mapping[str, Sequence[str]] | None = None) -> Iterator[tuple[str, ...]]:
    """The cells of the table, or those of some codes."""
    chosen = select or {}
    return product(*(chosen.get(name, tuple(values)) for name, (_, values) in VARIABLES.items()))


@dataclass
class Office:
    """What the server allows, and what it was asked."""

    base: str = ""
    certificate: Path | None = None
    """With its key; None for plain http."""
    cells: int = 100_000
    calls: int = 1000
    window: float = 10
    retry_after: str | None = None
    """In place of the window, in the answers to those who ask too often."""
    listed: int = 1000
    """Codes of a variable that PxWeb 1 lists."""
    config: bool = True
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    """Method, path with query, and what was sent."""
    headers: list[Mapping[str, str]] = field(default_factory=list)
    refused: int = 0
    """Times that it was asked too often."""
    pages: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    """Path, with or without its query, -> a behaviour of its own."""
    times: list[float] = field(default_factory=list)
    stopped: Event = field(default_factory=Event)

    @property
    def v1(self) -> str:
        """The table under PxWeb 1."""
        return f"{self.base}/PXWeb/api/v1/en/barometer/innovation/table.px"

    @property
    def v2(self) -> str:
        """The table under PxWeb 2."""
        return f"{self.base}/api/v2/tables/TAB001"

    @property
    def statbank(self) -> str:
        """The table under StatBank."""
        return f"{self.base}/v1/tableinfo/INNOV1"

    def data(self) -> list[Any]:
        """The queries for figures, in their order."""
        return [sent for method, path, sent in self.asked if sent and "tableinfo" not in path]


def jsonstat(select: Mapping[str, Sequence[str]], *, figures: bool = True) -> dict[str, Any]:
    """A JSON-stat 2.0 dataset as PxWeb writes it: symbols under ``status``, null in their place."""
    chosen = {
        name: [code for code in values if name not in select or code in select[name]]
        for name, (_, values) in VARIABLES.items()
    }
    printed = [cell(key) for key in keys({k: tuple(v) for k, v in chosen.items()})]
    document: dict[str, Any] = {
        "version": "2.0",
        "class": "dataset",
        "label": "Innovation by region, sector, answer and year",
        "source": "The office",
        "updated": "2025-01-15T08:00:00Z",
        "id": list(chosen),
        "size": [len(codes) for codes in chosen.values()],
        "dimension": {
            name: {
                "label": VARIABLES[name][0],
                "category": {
                    "index": {code: at for at, code in enumerate(codes)},
                    "label": {code: VARIABLES[name][1][code] for code in codes},
                },
                "extension": {"elimination": False, "show": "value"},
            }
            for name, codes in chosen.items()
        },
        "role": {"time": ["Tid"]},
    }
    if figures:
        document["value"] = [None if each in SYMBOLS else float(each) for each in printed]
        document["status"] = {str(at): each for at, each in enumerate(printed) if each in SYMBOLS}
    return document


def _json(document: object, status: int = 200, kind: str = "application/json") -> Reply:
    body = json.dumps(document, ensure_ascii=False).encode()
    return status, {"Content-Type": f"{kind}; charset=utf-8"}, body


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    office: Office

    def log_message(self, *_: object) -> None:
        """Nothing is written."""

    def do_GET(self) -> None:
        self._answer(None)

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(json.loads(sent))

    def _answer(self, sent: Any) -> None:
        office = self.office
        office.asked.append((self.command, self.path, sent))
        office.headers.append(dict(self.headers))
        path = unquote(urlsplit(self.path).path)
        page = office.pages.get(unquote(self.path), office.pages.get(path))
        if page:
            page(self)
            return
        status, headers, body = self._limited() or self._reply(path, sent)
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body, headers = gzip.compress(body), {**headers, "Content-Encoding": "gzip"}
        self.send(status, headers, body)

    def send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """An answer that is whole."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _limited(self) -> Reply | None:
        """As RequestLimiter does: a call that is refused counts as one."""
        office, now = self.office, time.monotonic()
        office.times = [each for each in office.times if each > now - office.window] + [now]
        if len(office.times) <= office.calls:
            return None
        office.refused += 1
        told = "429 - Too many requests in too short timeframe. Please try again later."
        status, headers, body = _json({"error": told}, 429)
        after = office.retry_after or str(max(round(office.window), 1))
        return status, {**headers, **({"Retry-After": after} if after != "none" else {})}, body

    def _reply(self, path: str, sent: Any) -> Reply:
        if path.startswith("/PXWeb/api/v1/"):
            return self._v1(path, sent)
        if path.startswith("/api/v2/"):
            return self._v2(path.removeprefix("/api/v2"), sent)
        if path.startswith("/v1/"):
            return self._statbank(path, sent)
        return 404, {"Content-Type": "text/html"}, b"<html><title>Not found</title></html>"

    def _v1(self, path: str, sent: Any) -> Reply:
        office = self.office
        if urlsplit(self.path).query == "config":
            limits = {"maxValues": office.listed, "maxCells": office.cells}
            rates = {"maxCalls": office.calls, "timeWindow": office.window, "CORS": True}
            return _json({**limits, **rates}) if office.config else _json({"error": "-"}, 400)
        if not office.v1.endswith(path):
            return _json({"error": "Parameter error"}, 400)
        if sent is None:
            return _json({"title": "Innovation", "variables": [*self._described()]})
        select = {each["code"]: each["selection"]["values"] for each in sent["query"]}
        if not _known(select):
            return _json({"error": "Parameter error"}, 400)
        if prod(map(len, select.values())) > office.cells:
            return _json({"error": "Too many values selected"}, 403)
        return _json(jsonstat(select))

    def _described(self) -> Iterator[Mapping[str, Any]]:
        for name, (label, values) in VARIABLES.items():
            long = len(values) > self.office.listed
            yield {
                "code": name,
                "text": label,
                "values": None if long else list(values),
                "valueTexts": None if long else list(values.values()),
                **({"time": True} if name == "Tid" else {}),
            }

    def _v2(self, path: str, sent: Any) -> Reply:
        office = self.office
        if path == "/config":
            limits = {"maxDataCells": office.cells, "maxCallsPerTimeWindow": office.calls}
            rest = {"timeWindow": office.window, "defaultDataFormat": "json-stat2"}
            return _json({"apiVersion": "2.0.0", "defaultLanguage": "en", **limits, **rest})
        if not path.startswith("/tables/TAB001/"):
            return _problem("Non-existent table", 404)
        if path.endswith("/metadata"):
            return _json(jsonstat({}, figures=False))
        query = parse_qs(urlsplit(self.path).query)
        if query.get("outputFormat") != ["json-stat2"]:
            return _problem("Unsupported output format", 400)
        select = {each["variableCode"]: each["valueCodes"] for each in sent["selection"]}
        if not _known(select):
            return _problem("Non-existent value", 400)
        if prod(map(len, select.values())) > office.cells:
            return _problem("Too many cells selected", 400)
        return _json(jsonstat(select))

    def _statbank(self, path: str, sent: Any) -> Reply:
        if sent.get("table") != "INNOV1":
            return _json(
                {"errorTypeCode": "EXTRACT-NOTFOUND", "message": "Table was not found"}, 400
            )
        if path.endswith("/tableinfo"):
            variables = [
                {
                    "id": name,
                    "text": label,
                    "elimination": False,
                    "time": name == "Tid",
                    "values": [{"id": code, "text": text} for code, text in values.items()],
                }
                for name, (label, values) in VARIABLES.items()
            ]
            return _json(
                {"id": "INNOV1", "text": "Innovation", "variables": variables}, kind="text/json"
            )
        select = {each["code"]: each["values"] for each in sent.get("variables", ())}
        missing = [name for name in VARIABLES if name not in select]
        if missing:
            told = f"Values must be selected for variable: {missing[0]}"
            return _json({"errorTypeCode": "EXTRACT-NOTALLOWED", "message": told}, 400)
        if not _known(select) or sent["format"] != "BULK" or sent["valuePresentation"] != "Code":
            return _json({"errorTypeCode": "REQUEST-MISSING", "message": "Format not valid"}, 400)
        rows = [";".join([*(name.upper() for name in VARIABLES), "INDHOLD"])]
        rows += [";".join([*key, cell(key)]) for key in keys(select)]
        body = "".join(f"{row}\r\n" for row in rows).encode()
        return 200, {"Content-Type": "text/csv; charset=utf-8"}, body


def _problem(title: str, status: int) -> Reply:
    document = {"type": "Parameter error", "title": title, "status": status}
    return _json(document, status, "application/problem+json")


def _known(select: Mapping[str, Sequence[str]]) -> bool:
    return set(select) == set(VARIABLES) and all(
        set(codes) <= set(VARIABLES[name][1]) for name, codes in select.items()
    )


def asked(
    kind: Origin,
    address: str,
    *,
    select: Mapping[str, Sequence[str]] | None = None,
    progress: Progress = iter,
    limits: Limits | None = None,
    language: str = "",
) -> Read:
    """The table at an address, as the codebook ``table.toml`` has it read."""
    codes = {name: tuple(each) for name, each in (select or {}).items()}
    origin = From(kind, None, address, "", codes, language)
    return web.read(origin, "table.toml", progress, limits)


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Readers that go are no fault of the server."""


@contextmanager
def office(**settings: Any) -> Iterator[Office]:
    """A server for the time of a test."""
    held = Office(**settings)
    handler = type("Handler", (_Handler,), {"office": held})
    with _Server(("127.0.0.1", 0), handler) as server:
        scheme = "http"
        if held.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(held.certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
            scheme = "https"
        held.base = f"{scheme}://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield held
        finally:
            held.stopped.set()
            server.shutdown()
            thread.join()
