"""Connections that end: each is cut at a moment that is set before, however slowly the other side sends, and moves on within bounds."""

from __future__ import annotations

import http.client
import socket
import time
from contextlib import suppress
from functools import partial
from threading import Timer
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from dashboard.intake.faults import quoted
from dashboard.intake.web import addresses

MOST_MOVES = 5
"""Times that a server may send the reader on."""
MOVES = (301, 302, 303, 307, 308)
"""Statuses that send the reader on."""
_SAME_QUERY = (307, 308)
"""Those that send a query on as it is."""


class Moved(Exception):
    """A server sends the reader where he does not go; its text says where and why."""


def opener(address: str, clock: Clock) -> OpenerDirector:
    """What opens an address: https and http alone, no cookies, no moving on, cut by a clock.

    The proxies of the environment serve, but for this machine.
    """
    host = urlsplit(address).hostname or ""
    made = OpenerDirector()
    for handler in (
        ProxyHandler({} if addresses.is_this_machine(host) else None),
        UnknownHandler(),
        _Http(clock),
        _Https(clock),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
    ):
        made.add_handler(handler)
    return made


def moved(request: Request, error: HTTPError) -> Request:
    """What to ask where an answer sends the reader on: https, or the same server in the same way.

    A query goes where its status sends it on as it is. Raises Moved for every other place.
    """
    location = error.headers.get("Location") or ""
    try:
        to = urljoin(request.full_url, location)
        there, here = urlsplit(to), urlsplit(request.full_url)
    except ValueError as wrong:
        raise Moved(f"moved on to {quoted(location)}, which is no address") from wrong
    same = (there.scheme, there.netloc) == (here.scheme, here.netloc)
    if there.scheme != "https" and not same:
        raise Moved(f"moved on to {quoted(to)}, which is neither https nor the same server")
    if request.data is not None and error.code not in _SAME_QUERY:
        raise Moved(f"moved on to {quoted(to)} without the query")
    return Request(addresses.checked(to), request.data, dict(request.header_items()))  # noqa: S310 - looked at above


class Clock:
    """Cuts what is connected while it runs at ``ends``, of ``time.monotonic``: whoever reads from it then reads no further."""

    def __init__(self, ends: float) -> None:
        self._sockets: list[socket.socket] = []
        self._timer = Timer(max(ends - time.monotonic(), 0), self._ring)
        self._timer.daemon = True

    def __enter__(self) -> Clock:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def watch(self, connected: socket.socket) -> None:
        """One more to be cut."""
        self._sockets.append(connected)

    def _ring(self) -> None:
        for each in self._sockets:
            # Not the method of a TLS socket, which would let go of its keys beside the thread that reads.
            with suppress(OSError):
                socket.socket.shutdown(each, socket.SHUT_RDWR)


class _Watched(http.client.HTTPConnection):
    def __init__(self, *args: Any, clock: Clock, **options: Any) -> None:
        super().__init__(*args, **options)
        self._clock = clock

    def connect(self) -> None:
        super().connect()
        self._clock.watch(self.sock)


class _WatchedSafely(_Watched, http.client.HTTPSConnection):
    """Over TLS, with the certificates that the machine trusts."""


class _Http(HTTPHandler):
    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._made = partial(_Watched, clock=clock)

    def http_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(self._made, req)


class _Https(HTTPSHandler):
    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._made = partial(_WatchedSafely, clock=clock)

    def https_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(self._made, req)
