"""One request as it goes over the line, and what comes back, whatever that is."""

from __future__ import annotations

import http.client
import io
import re
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass

Header = tuple[bytes, bytes]
LONGEST = 64 * 2**20
"""Bytes of an answer that are read."""
PATIENCE = 60
"""Seconds without a word after which a line is given up."""


@dataclass(frozen=True)
class Attempt:
    """A message, and whether it has to be answered: where a request is cut off, the line may just be closed."""

    message: bytes
    whole: bool = True
    documented: frozenset[int] | None = None
    """Statuses that the site's own description names for it; None: any but 5xx."""

    @property
    def method(self) -> str:
        return self.message.partition(b" ")[0].decode("latin-1")

    @property
    def path(self) -> str:
        """What is asked for, without its query; blank for what is no request."""
        target = re.match(rb"[^ ]* ([^? \r\n]*)", self.message)
        return target[1].decode("latin-1") if target else ""


@dataclass(frozen=True)
class Reply:
    """An answer as it came: status 0 for a line that was closed without one, -1 for one on which nothing was heard."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    seconds: float

    def header(self, name: str) -> str:
        return next((value for each, value in self.headers if each.lower() == name), "")


def message(
    method: str, target: bytes, headers: Iterable[Header] = (), body: bytes | None = None
) -> bytes:
    """A whole request; ``headers`` with a Host of their own leave out the usual one."""
    given = tuple(headers)
    names = {name.lower() for name, _ in given}
    usual = {b"Host": b"127.0.0.1", b"Connection": b"close"}
    if body is not None:
        usual[b"Content-Length"] = str(len(body)).encode()
    lines = [(name, value) for name, value in usual.items() if name.lower() not in names]
    head = b"".join(b"%s: %s\r\n" % line for line in (*lines, *given))
    return b"%s %s HTTP/1.1\r\n%s\r\n%s" % (method.encode(), target, head, body or b"")


def send(attempt: Attempt, place: tuple[str, int]) -> Reply:
    """Send a message as it is and read to the end of what comes; after one that is cut off no more is said."""
    began = time.perf_counter()
    received = bytearray()
    try:
        with socket.create_connection(place, timeout=PATIENCE) as line:
            try:
                line.sendall(attempt.message)
                if not attempt.whole:
                    line.shutdown(socket.SHUT_WR)
            except ConnectionError:
                pass  # Refused before all was said; the answer is there to be read.
            while len(received) < LONGEST and (more := line.recv(2**16)):
                received += more
    except TimeoutError:
        return Reply(-1, (), bytes(received), time.perf_counter() - began)
    except ConnectionError:
        pass  # What came before it is the answer.
    return _read(bytes(received), attempt.method, time.perf_counter() - began)


class _Line:
    """What was received, for a reader of answers that wants a line."""

    def __init__(self, received: bytes) -> None:
        self._received = received

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self._received)


def _read(received: bytes, method: str, seconds: float) -> Reply:
    if not received:
        return Reply(0, (), b"", seconds)
    answer = http.client.HTTPResponse(_Line(received), method=method)  # type: ignore[arg-type]
    try:
        answer.begin()
        return Reply(answer.status, tuple(answer.getheaders()), answer.read(), seconds)
    except (http.client.HTTPException, ValueError):
        return Reply(-1, (), received, seconds)
