"""What a server may do that it should not: each a page of ``statistics_office``."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler

import pytest

from dashboard.intake.faults import Refused
from dashboard.intake.web.client import Client, Limits
from tests.support.statistics_office import Office, jsonstat

Page = Callable[[BaseHTTPRequestHandler], None]

WHOLE = json.dumps(jsonstat({"Region": ["01"], "Sektor": ["K"]})).encode()
JSON = {"Content-Type": "application/json"}
SOON = Limits(silence=0.3, whole=0.6, size=100_000, attempts=3, patience=2)


def reply(
    body: bytes, status: int = 200, headers: Mapping[str, str] = JSON, *, length: int | None = None
) -> Page:
    """An answer, with a length of its own if there is one, then the end of the connection."""

    def page(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return page


def until_closed(body: bytes, headers: Mapping[str, str] = JSON) -> Page:
    """An answer that tells no length: it ends with the connection."""

    def page(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        for name, value in {**headers, "Connection": "close"}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return page


def chunked(body: bytes, *, end: bool) -> Page:
    """An answer in one chunk, with or without the one that ends it."""

    def page(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(body), body))
        if end:
            handler.wfile.write(b"0\r\n\r\n")
        handler.close_connection = True

    return page


def moved(to: str, status: int = 302) -> Page:
    """An answer that sends the reader on."""
    return reply(b"", status, {"Location": to})


def cut(handler: BaseHTTPRequestHandler) -> None:
    """No answer at all."""
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def no_http(handler: BaseHTTPRequestHandler) -> None:
    """Another protocol."""
    handler.wfile.write(b"220 mail.example ESMTP\r\n")
    handler.close_connection = True


def silent(office: Office) -> Page:
    """Nothing, until the test is over."""
    return lambda _: held(office)


def held(office: Office) -> None:
    """Waits for the end of the test."""
    office.stopped.wait(30)


def dripping(office: Office, first: bytes, drop: bytes, every: float = 0.02) -> Page:
    """A little at a time, for as long as the reader stays."""

    def page(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        try:
            handler.wfile.write(first)
            while not office.stopped.wait(every):
                handler.wfile.write(drop)
        except OSError:
            return

    return page


def endless(handler: BaseHTTPRequestHandler) -> None:
    """As much as the reader takes."""
    handler.close_connection = True
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[")
        while True:
            handler.wfile.write(b"1," * 50_000)
    except OSError:
        return


def packed(body: bytes) -> Page:
    """An answer packed as gzip."""
    return reply(gzip.compress(body), headers={**JSON, "Content-Encoding": "gzip"})


def refused(server: Office, page: Page | None = None, limits: Limits = SOON) -> str:
    """What is said of a page, on one line."""
    if page:
        server.pages["/table"] = page
    with pytest.raises(Refused) as error:
        Client(limits).json(f"{server.base}/table")
    assert len(error.value.faults) == 1
    return str(error.value)
