"""Clients that say nothing, or send a header or a body byte by byte."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle

from benchmarks.processes import HOST

BEGINNINGS = (
    b"",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    b"POST /_dash-update-component HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b"Content-Length: 100000\r\n\r\n",
)
"""What each third of them begins with; the first third sends nothing more either."""
SOURCES = [f"127.0.0.{number}" for number in range(2, 10)]
"""Addresses of this machine that they come from: nginx bounds the connections of one."""


class _Slow:
    """One such client, who comes again when it is let go."""

    def __init__(self, port: int, source: str, beginning: bytes) -> None:
        self._port, self._source, self._beginning = port, source, beginning
        self.connect()

    def connect(self) -> None:
        self.line = socket.create_connection(
            (HOST, self._port), timeout=5, source_address=(self._source, 0)
        )
        self.line.sendall(self._beginning)
        self.line.setblocking(False)

    def go_on(self) -> bool:
        """Send one more byte; whether the server still holds the line."""
        try:
            if self._beginning:
                self.line.send(b"a")
            return self.line.recv(1) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False


@contextmanager
def slow_clients(port: int, number: int) -> Iterator[list[int]]:
    """``number`` of them while the block lasts; holds how many were let go so far, each of whom came again."""
    stopped, let_go = threading.Event(), [0]
    kinds = zip(cycle(BEGINNINGS), cycle(SOURCES), strict=False)
    clients = [
        _Slow(port, source, beginning)
        for (beginning, source), _ in zip(kinds, range(number), strict=False)
    ]

    def drag() -> None:
        while not stopped.wait(1):
            for client in clients:
                if not client.go_on():
                    let_go[0] += 1
                    client.line.close()
                    client.connect()

    thread = threading.Thread(target=drag, daemon=True)
    thread.start()
    try:
        yield let_go
    finally:
        stopped.set()
        thread.join(30)
        for client in clients:
            client.line.close()
