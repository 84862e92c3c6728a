"""How the C library hands out memory, for a process that answers with many threads for months."""

from __future__ import annotations

import ctypes
import os

ARENAS = 2
"""Pools that threads take memory from. The usual eight a core each keep what was once needed at the same time."""
AT_ONCE = 128 * 1024
"""Bytes from which a piece of memory is the system's again once it is not needed: pages, pictures, files."""

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""As ``malloc.h`` of glibc numbers them."""
_SET = ((_ARENA_MAX, ARENAS), (_TRIM_THRESHOLD, AT_ONCE), (_MMAP_THRESHOLD, AT_ONCE))


def give_back() -> None:
    """Have memory that is not needed given back to the system; to be called before there are threads, holds for forks.

    Does nothing where the C library is not glibc, nor where the environment sets it (``MALLOC_ARENA_MAX``, ``MALLOC_..._``).
    """
    if any(name.startswith("MALLOC_") for name in os.environ):
        return
    try:
        mallopt = ctypes.CDLL(None).mallopt
        ctypes.CDLL(None).gnu_get_libc_version  # noqa: B018 -- others number the settings differently, if they have any
    except (AttributeError, OSError, TypeError):
        return
    for setting, value in _SET:
        mallopt(setting, value)
