"""The site as it is put up: two copies with two workers each behind the nginx of ``deploy/``, with one Redis and data of their own."""

from __future__ import annotations

import http.client
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import proxy
from benchmarks.memory import children, megabytes
from benchmarks.processes import HOST, ROOT, free_port, started
from benchmarks.shipped import configured
from tests.support.redis import Redis
from tests.support.redis import running as redis_running

COPIES, WORKERS = 2, 2
SERVE = (sys.executable, "-m", "dashboard", "serve")
CONNECTIONS = 4096
"""That nginx holds, as ``deploy/nginx/barometer.conf`` asks for."""


@dataclass(frozen=True)
class Copy:
    """A copy of the site that runs."""

    port: int
    process: int
    """Number of the server's process, whose children are the workers."""
    log: Path

    def workers(self) -> list[int]:
        """Process numbers of the workers that live."""
        return children(self.process)

    def helpers(self) -> list[int]:
        """Process numbers of those that make pixels."""
        return [helper for worker in self.workers() for helper in children(worker)]

    def said(self) -> str:
        """What it has written to its log so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def ready(self) -> str:
        """Release from which it answers; blank where it is not ready."""
        return asked(self.port, "/readyz").removeprefix("ready ").strip()


@dataclass(frozen=True)
class Place:
    """Copies of the site as readers reach them, on ``port``."""

    port: int
    copies: tuple[Copy, ...]
    redis: Redis
    data: Path
    folder: Path
    """For what a scene needs."""

    def workers(self) -> list[int]:
        """Of all copies."""
        return [worker for copy in self.copies for worker in copy.workers()]


def asked(port: int, path: str) -> str:
    """The text that a server answers with success; blank where it does not."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()
    return body.decode("utf-8") if answer.status == http.HTTPStatus.OK else ""


def until(holds: Callable[[], bool], seconds: float) -> bool:
    """Whether something comes to hold in time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def settings(**more: str) -> Mapping[str, str]:
    """The environment of a site that counts nobody's drawings: one machine asks for all."""
    return {
        **os.environ,
        "HOST": HOST,
        "WEB_CONCURRENCY": str(WORKERS),
        "BAROMETER_DRAWINGS": "0",
        **more,
    }


@contextmanager
def put_up() -> Iterator[Place]:
    """A place of its own for as long as the block lasts. Raises NotStarted, ProxyUnavailable."""
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        data = shutil.copytree(ROOT / "data", folder / "data")
        redis = held.enter_context(redis_running(folder))
        port = free_port()
        copies = []
        for number in range(COPIES):
            own, log = free_port(), folder / f"copy{number}.log"
            given = settings(
                PORT=str(own),
                BAROMETER_URL=f"http://{HOST}:{port}",
                BAROMETER_PROXIES="1",
                BAROMETER_REDIS_URL=redis.url,
                BAROMETER_DATA=str(data),
            )
            process = held.enter_context(started(SERVE, given, own, "/healthz", log))
            copies.append(Copy(own, process.pid, log))
        ports = [copy.port for copy in copies]
        held.enter_context(
            proxy.running(
                lambda inside: configured(port, ports, inside, connections=CONNECTIONS), port
            )
        )
        yield Place(port, tuple(copies), redis, data, folder)


@dataclass
class Samples:
    """Memory of each worker while a scene lasted, in the order of looking."""

    resident: dict[int, list[float]] = field(default_factory=dict)
    """Process number -> megabytes."""

    @property
    def largest(self) -> float:
        """Megabytes of the largest worker at its largest."""
        return max((max(each) for each in self.resident.values()), default=0.0)

    def grown(self) -> float:
        """By how much the later half of a worker's samples is above the earlier one, as a part of that; the greatest of all."""
        return max((_grown(each) for each in self.resident.values() if len(each) > 3), default=0.0)


def _grown(values: list[float]) -> float:
    half = len(values) // 2
    before, after = values[:half], values[half:]
    return (sum(after) / len(after)) / (sum(before) / len(before)) - 1


@contextmanager
def sampled(place: Place, every: float) -> Iterator[Samples]:
    """Memory of the workers while the block lasts, looked at ``every`` so many seconds."""
    samples, stopped = Samples(), threading.Event()

    def look() -> None:
        while not stopped.wait(every):
            for worker in place.workers():
                try:
                    samples.resident.setdefault(worker, []).append(megabytes(worker, "Rss"))
                except OSError:
                    continue

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield samples
    finally:
        stopped.set()
        thread.join(10)
