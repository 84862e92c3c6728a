"""The site in a process of its own, and requests over HTTP exactly as a test words them."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
UPDATE = "/_dash-update-component"
JSON = {"Content-Type": "application/json"}
SERVE = (sys.executable, "-m", "dashboard", "serve")
"""The command that serves the site in production."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


class Site:
    """Sends exactly what it is told to, unlike clients that tidy an address up first."""

    def __init__(self, address: str) -> None:
        self.netloc = urlsplit(address).netloc

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        connection = http.client.HTTPConnection(self.netloc, timeout=60)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def update(self, payload: object) -> Answer:
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode("utf-8")
        return self.ask(UPDATE, "POST", body, JSON)


def run(*command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """What a command says that is expected to end."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def free_port() -> int:
    """A port of this machine that nobody listens to."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def started(log: Path, **environ: str) -> Iterator[tuple[str, int]]:
    """(address, process id) of a server with one worker, once it answers; what it writes goes to ``log``, and ``environ`` are
    further settings."""
    port = free_port()
    settings = {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
        # Tests ask for more files a minute than a reader may.
        "BAROMETER_DRAWINGS": "0",
        **environ,
    }
    with (
        log.open("wb") as out,
        subprocess.Popen(
            SERVE, cwd=ROOT, env={**os.environ, **settings}, stdout=out, stderr=out
        ) as process,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process, log)
            yield f"http://127.0.0.1:{port}", process.pid
        finally:
            process.terminate()


def wait_for(
    address: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 60
) -> None:
    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(
        f"The server did not answer at {address}:\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}"
    )
