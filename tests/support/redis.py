"""A Redis of its own for a test; ``python -m tests.support.redis`` installs the server where there is none."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.support.packages import install

NAMES = ("redis-server", "valkey-server")
PACKAGES = {"apt-get": "redis-server", "dnf": "redis", "apk": "redis", "brew": "redis"}
"""Package manager -> the package that brings it."""
ADVICE = """The tests of several machines need a Redis, and it could not be installed here.
Install it so that redis-server is on the PATH, or name the program in the environment variable REDIS_SERVER. Then run `make test` again."""


def find() -> str | None:
    """Path of a Redis server: the one REDIS_SERVER names, else the first on the PATH; None where there is none."""
    named = os.environ.get("REDIS_SERVER")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


class Redis:
    """A server on a port of this machine, which keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        program = find()
        assert program, ADVICE
        options = (
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        )
        self._process = subprocess.Popen(
            [program, *options, "--dir", str(self._folder)], stdout=subprocess.DEVNULL
        )
        for _ in range(400):
            try:
                with closing(socket.create_connection(("127.0.0.1", self.port), timeout=1)):
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the Redis of the test did not start")

    def stop(self) -> None:
        """End it with all that it has."""
        if self._process:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def hang(self) -> None:
        """Have it take connections and answer nothing."""
        self._signal(signal.SIGSTOP)

    def wake(self) -> None:
        """Have it answer again."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process
        self._process.send_signal(number)


@contextmanager
def running(folder: Path) -> Iterator[Redis]:
    """A Redis for as long as it is needed."""
    redis = Redis(folder)
    redis.start()
    try:
        yield redis
    finally:
        redis.stop()


def main() -> int:
    """Print the Redis the tests will use, installing it first where needed; 1 where neither works."""
    if not find() and not os.environ.get("REDIS_SERVER"):
        install("Redis", PACKAGES)
    found = find()
    print(found or ADVICE)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
