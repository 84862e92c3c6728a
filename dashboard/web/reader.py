"""Whether whoever sent the present request still waits for the answer."""

from __future__ import annotations

import socket
from collections.abc import Callable

from flask import request

from dashboard.render import GivenUp


class Unwanted(GivenUp):
    """Nobody waits for the file any more."""


def watch() -> Callable[[], bool]:
    """Tells, for the present request and as often as it is asked, whether its reader has gone.

    A line that is closed can be read to its end. Whoever tells nothing of its line, as tests do, stays.
    """
    line: socket.socket | None = request.environ.get("gunicorn.socket")
    return lambda: line is not None and _closed(line)


def _closed(line: socket.socket) -> bool:
    try:
        return not line.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except (OSError, ValueError):
        return True
