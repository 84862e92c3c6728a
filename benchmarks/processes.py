"""Processes that a measurement starts: each on a port of its own, waited for, and ended with all it started."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
SECONDS_TO_START = 60
SECONDS_TO_END = 10


class NotStarted(Exception):
    """A server that did not answer; the message ends with the last line that it wrote."""


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server((HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def answers(port: int, path: str) -> bool:
    """Whether a server answers a request for ``path`` with success."""
    connection = http.client.HTTPConnection(HOST, port, timeout=SECONDS_TO_START)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def started(
    command: Sequence[str],
    environ: Mapping[str, str],
    port: int,
    ready: str,
    log: Path,
    look_every: float = 0.05,
) -> Iterator[subprocess.Popen[bytes]]:
    """A server that answers at ``ready``; what it writes goes to ``log``. Raises NotStarted."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        # In a session of its own, so that Ctrl-C reaches this process alone, which ends the others in order.
        process = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=dict(environ), stdout=out, stderr=out, start_new_session=True
        )
    try:
        end = time.monotonic() + SECONDS_TO_START
        while not answers(port, ready):
            if process.poll() is not None or time.monotonic() > end:
                raise NotStarted(_last_line(log))
            time.sleep(look_every)
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it started."""
    for kind in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, kind)
            process.wait(SECONDS_TO_END)
        except ProcessLookupError:
            process.wait()
        except subprocess.TimeoutExpired:
            continue


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return f"did not start: {lines[-1].strip()}" if lines else "did not start and wrote nothing"
