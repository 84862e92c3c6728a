"""Memory that is not needed any more goes back to the system, however many threads have needed it."""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import sys

import pytest

from dashboard.allocator import ARENAS

PROGRAM = """
import ctypes, sys, threading
from dashboard.allocator import give_back
if "given back" in sys.argv:
    give_back()
ready = threading.Barrier(8)
def work():
    ready.wait()
    held = [bytes(5000) for _ in range(200)]
    ready.wait()
threads = [threading.Thread(target=work) for _ in range(8)]
[each.start() for each in threads], [each.join() for each in threads]
libc = ctypes.CDLL(None)
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""
"""Threads that all take memory at the same time, then what glibc tells of its pools."""


def pools(*arguments: str, **environ: str) -> int:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        env=kept | environ,
        capture_output=True,
        text=True,
        check=True,
    )
    return len(re.findall("<heap nr=", done.stdout))


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="no glibc")
def test_threads_share_few_pools_of_memory_unless_the_environment_says_otherwise() -> None:
    assert pools() > ARENAS
    assert pools("given back") == ARENAS
    assert pools("given back", MALLOC_ARENA_MAX="4") == 4
