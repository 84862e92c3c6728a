"""What was made last, kept in memory: pictures, pages, whole answers."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_DRAWING = ("resvg-py", "fontpkg-arimo", "python-pptx", "xlsxwriter")


class GivenUp(Exception):
    """Whoever was making it has stopped for a reason of its own; others who wait for it may make it."""


@dataclass(slots=True)
class _Coming:
    """What is being made, and how many others wait for it."""

    made: Future[bytes] = field(default_factory=Future)
    others: int = 0


class Kept:
    """Bytes by name: those used least recently give way once they take more than ``room`` bytes together.

    Who asks for what is being made waits for that; a failure is told to all who wait and forgotten. Where the maker gives
    up (GivenUp), one of those who wait makes it.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._held: OrderedDict[Hashable, bytes] = OrderedDict()
        self._coming: dict[Hashable, _Coming] = {}
        self._lock = threading.Lock()
        self._taken = 0

    @property
    def taken(self) -> int:
        """Bytes held."""
        return self._taken

    def find(self, key: Hashable) -> bytes | None:
        """What is kept under ``key``; None where nothing is."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def keep(self, key: Hashable, made: bytes) -> None:
        """Keep what was made elsewhere."""
        with self._lock:
            self._keep(key, made)

    def coming(self, key: Hashable) -> bool:
        """Whether it is being made."""
        return key in self._coming

    def others(self, key: Hashable) -> int:
        """How many wait for what another is making under ``key``."""
        with self._lock:
            return self._coming[key].others if key in self._coming else 0

    def get(
        self,
        key: Hashable,
        make: Callable[[], bytes],
        wait: Callable[[Future[bytes]], bytes] = Future.result,
    ) -> bytes:
        """What is kept under ``key``, else what ``make`` gives; whatever that raises is raised.

        ``wait`` waits for what another makes, and may raise an error of its own.
        """
        while True:
            with self._lock:
                if key in self._held:
                    self._held.move_to_end(key)
                    return self._held[key]
                coming = self._coming.get(key)
                if mine := coming is None:
                    coming = self._coming[key] = _Coming()
                else:
                    coming.others += 1
            if mine:
                self._make(key, make, coming.made)
                return coming.made.result()
            try:
                return wait(coming.made)
            except GivenUp as error:
                if not (coming.made.done() and coming.made.exception() is error):
                    raise
            finally:
                with self._lock:
                    coming.others -= 1

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
        self._taken -= len(self._held.pop(key, b""))
        self._held[key] = made
        self._taken += len(made)
        while self._taken > self._room:
            _, oldest = self._held.popitem(last=False)
            self._taken -= len(oldest)


def digest(*parts: object) -> str:
    """A short name for what a file is made of: selection, release, size, scale, format, ground ... and the software."""
    return hashlib.sha256(json.dumps([*map(str, parts), software()]).encode()).hexdigest()[:32]


@cache
def software() -> str:
    """Changes with every line of code or of a catalogue that may change a file, and with the packages that make it."""
    found = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in _DRAWING).encode())
    for file in sorted((*_PACKAGE.rglob("*.py"), *_PACKAGE.rglob("*.po"))):
        found.update(file.read_bytes())
    return found.hexdigest()[:16]
