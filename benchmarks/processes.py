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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
                raise NotStarted(_complaint(log))
            time.sleep(look_every)
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[Any]) -> None:
    """End a process and what it started."""
    for kind in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, kind)
            process.wait(SECONDS_TO_END)
        except ProcessLookupError:
            process.wait()
        except subprocess.TimeoutExpired:
            continue


@dataclass(frozen=True)
class Ended:
    """What a program has written, and whether it came to its end in time and without failure."""

    out: str
    err: str
    well: bool


def ended(
    command: Sequence[str], seconds: float, environ: Mapping[str, str] | None = None
) -> Ended:
    """Run a program to its end, or to the end of its time, and end with it all that it started."""
    process = subprocess.Popen(  # noqa: S603
        command,
        cwd=ROOT,
        env=None if environ is None else dict(environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        stop(process)
        out, err = process.communicate()
        return Ended(out, f"{err}\nnot ready after {seconds:.0f} seconds", well=False)
    finally:
        stop(process)
    return Ended(out, err, process.returncode == 0)


def last_line(text: str) -> str:
    """The last line of what was written; blank where nothing was."""
    return next(iter(text.strip().splitlines()[::-1]), "").strip()


def _complaint(log: Path) -> str:
    line = last_line(log.read_text(encoding="utf-8", errors="replace"))
    return f"did not start: {line}" if line else "did not start and wrote nothing"
