"""What was made last, kept in memory: pictures, pages, whole answers."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import cache
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_DRAWING = ("resvg-py", "fontpkg-arimo")


class Kept:
    """Bytes by name: those used least recently give way once they take more than ``room`` bytes together.

    Who asks for what is being made waits for that; a failure is told to all who wait and forgotten.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._held: OrderedDict[Hashable, bytes] = OrderedDict()
        self._coming: dict[Hashable, Future[bytes]] = {}
        self._lock = threading.Lock()
        self._taken = 0

    @property
    def taken(self) -> int:
        """Bytes held."""
        return self._taken

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """What is kept under ``key``, else what ``make`` gives; whatever that raises is raised."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
            coming = self._coming.get(key)
            mine = coming is None
            if coming is None:
                coming = self._coming[key] = Future()
        if mine:
            self._make(key, make, coming)
        return coming.result()

    def text(self, key: Hashable, make: Callable[[], str]) -> str:
        """The same for a text, of which the UTF-8 is kept."""
        return self.get(key, lambda: make().encode()).decode()

    def _make(self, key: Hashable, make: Callable[[], bytes], coming: Future[bytes]) -> None:
        try:
            made = make()
        except BaseException as error:
            with self._lock:
                del self._coming[key]
            coming.set_exception(error)
            return
        with self._lock:
            del self._coming[key]
            self._keep(key, made)
        coming.set_result(made)

    def _keep(self, key: Hashable, made: bytes) -> None:
        if len(made) > self._room:
            return
        self._held[key] = made
        self._taken += len(made)
        while self._taken > self._room:
            _, oldest = self._held.popitem(last=False)
            self._taken -= len(oldest)


def digest(*parts: object) -> str:
    """A short name for what a picture is made of: selection, release, size, scale, format, ground ... and the software."""
    return hashlib.sha256(json.dumps([*map(str, parts), software()]).encode()).hexdigest()[:32]


@cache
def software() -> str:
    """Changes with every line of code or of a catalogue that may change a picture, and with the packages that draw it."""
    found = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in _DRAWING).encode())
    for file in sorted((*_PACKAGE.rglob("*.py"), *_PACKAGE.rglob("*.po"))):
        found.update(file.read_bytes())
    return found.hexdigest()[:16]
