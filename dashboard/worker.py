"""A worker of gunicorn that can say that it is alive while all its threads are at work, and a log that names no reader."""

from __future__ import annotations

import re
import time
from concurrent.futures import Future
from functools import partial
from selectors import EVENT_READ
from socket import MSG_PEEK
from typing import Any

from gunicorn.glogging import Logger
from gunicorn.workers.gthread import TConn, ThreadWorker

_ASKED = re.compile(rb"(?:GET|HEAD) (?:/[\w.~/-]*)?/healthz[ ?]")
"""The beginning of a request for a sign of life, below whatever path."""
_ALIVE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 8\r\nCache-Control: no-store\r\n"
    b"Connection: close\r\n\r\nok busy\n"
)
_LONGEST = 8192


_NO_HTTP = "Invalid request from ip="
"""How gunicorn begins to tell what it could not read."""


class Log(Logger):  # type: ignore[misc]
    """The server's own log: of what is no HTTP it counts a line, without who sent it and without what was sent."""

    def warning(self, msg: str, *args: Any, **more: Any) -> None:
        """Log a warning."""
        super().warning("Invalid request" if msg.startswith(_NO_HTTP) else msg, *args, **more)


class Worker(ThreadWorker):  # type: ignore[misc]
    """With threads to spare it is the one of gunicorn. Without, the loop that takes connections looks at each before it waits for a
    thread: a sign of life is given at once, and who has not said anything yet takes no place among those that wait."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._at_work = 0

    def enqueue_req(self, conn: TConn) -> None:
        """Hand a connection to a thread, unless there is none and none is needed."""
        if self._at_work >= self.cfg.threads and not conn.initialized:
            conn.sock.setblocking(False)
            try:
                said = conn.sock.recv(_LONGEST, MSG_PEEK)
            except BlockingIOError:
                self._await(conn)
                return
            if _ASKED.match(said):
                self._say_alive(conn)
                return
        self._at_work += 1
        super().enqueue_req(conn)

    def finish_request(self, conn: TConn, fs: Future[Any]) -> None:
        """The thread is free again."""
        self._at_work -= 1
        super().finish_request(conn, fs)

    def _await(self, conn: TConn) -> None:
        """Come back to a connection when it says something."""
        conn.timeout = time.monotonic() + self.cfg.keepalive
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def _say_alive(self, conn: TConn) -> None:
        conn.sock.recv(_LONGEST)
        conn.sock.send(_ALIVE)
        self.nr_conns -= 1
        conn.close(graceful=True)
