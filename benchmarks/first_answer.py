"""From the command that serves the site to the first answer of its home."""

from __future__ import annotations

import os
import time

from benchmarks.processes import HOST, free_port, started
from benchmarks.sides import LOGS, SERVE

LOOK_EVERY = 0.005


def seconds() -> float:
    """Seconds of one start."""
    port = free_port()
    environ = {**os.environ, "HOST": HOST, "PORT": str(port)}
    began = time.perf_counter()
    with started(SERVE, environ, port, "/", LOGS / "start.log", LOOK_EVERY):
        return time.perf_counter() - began
