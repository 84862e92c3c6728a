"""Where costly files are made: few at a time, kept, counted for each client, and only while somebody waits for them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from dataclasses import dataclass, field

from dashboard.formats.format import T, Work
from dashboard.render import Busy, Kept, Turns
from dashboard.render.turns import LOOK
from dashboard.web.limits import Limits
from dashboard.web.reader import Unwanted, watch
from dashboard.web.shared import Shared

Make = Callable[[Work], bytes]
"""Makes a file, with the work that it is part of."""
WORKING = 1
"""Files that are laid out or written at a time in one worker: two would keep its pages from the interpreter for twice as long."""
WAITING = 7
"""Those that may wait for a turn or have pixels made by a helper; whoever comes after them is asked to try again."""
SECONDS = 20.0
"""How long one may wait for a turn."""
SHARING = 32
"""Requests of a worker that may wait for what another one is having made: a class that is told to open the same slides."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """The costly files of one worker. What is kept goes out at once and counts for nobody."""

    kept: Kept
    limits: Limits
    shared: Shared
    turns: Turns = field(default_factory=lambda: Turns(WORKING, WAITING, SECONDS))
    sharing: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(SHARING)
    )

    def get(self, key: str, weight: int, make: Make) -> bytes:
        """The file of a key: the kept one, else what ``make`` gives for the present request.

        Raises Busy, TooSlow, Limited, Unwanted, or what ``make`` raises.
        """
        gone = watch()

        def go_on() -> None:
            if gone() and not self.kept.others(key):
                raise Unwanted

        def made() -> bytes:
            found = self.shared.find(key)
            if found is None:
                with self.work(weight, go_on) as work:
                    found = make(work)
                self.shared.keep(key, found)
            return found

        return self.kept.get(key, made, lambda coming: self._share(coming, gone))

    def require(self, key: str) -> None:
        """Raise Busy or Limited where the present request could not have the file made: many are refused, so that must cost little."""
        if self.kept.coming(key) or self.find(key) is not None:
            return
        self.limits.require()
        with self.turns.place():
            pass

    def part(self, key: str, make: Make, whole: Work) -> bytes:
        """The same for a part of a file, which has been counted with that."""

        def go_on() -> None:
            if not self.kept.others(key):
                whole.go_on()

        def made() -> bytes:
            found = self.shared.find(key)
            if found is None:
                found = make(_Turned(self.turns, go_on))
                self.shared.keep(key, found)
            return found

        return self.kept.get(key, made, lambda coming: _awaited(coming, whole.go_on))

    def find(self, key: str) -> bytes | None:
        """What is kept, here or by all together."""
        found = self.kept.find(key)
        return self.shared.find(key) if found is None else found

    def keep(self, key: str, made: bytes) -> None:
        """Keep what was made with ``work``."""
        self.kept.keep(key, made)
        self.shared.keep(key, made)

    @contextmanager
    def work(self, weight: int, go_on: Callable[[], None] | None = None) -> Iterator[Work]:
        """A place in which a file can be made, counted for the client of the present request; by default only while it waits."""
        gone = watch()

        def while_here() -> None:
            if gone():
                raise Unwanted

        with self.turns.place():
            self.limits.spend(weight)
            yield _Turned(self.turns, go_on or while_here)

    def _share(self, coming: Future[bytes], gone: Callable[[], bool]) -> bytes:
        def go_on() -> None:
            if gone():
                raise Unwanted

        if not self.sharing.acquire(blocking=False):
            raise Busy("Too many wait for the same file")
        try:
            return _awaited(coming, go_on)
        finally:
            self.sharing.release()


class _Turned(Work):
    """Work whose costly parts take turns with those of others."""

    def __init__(self, turns: Turns, go_on: Callable[[], None]) -> None:
        self._turns, self._go_on = turns, go_on

    def go_on(self) -> None:
        self._go_on()

    def in_turn(self, make: Callable[[], T]) -> T:
        with self._turns.turn(self._go_on):
            self._go_on()
            return make()


def _awaited(coming: Future[bytes], go_on: Callable[[], None]) -> bytes:
    """What another makes; raises what ``go_on`` raises, which is asked now and then."""
    while True:
        try:
            return coming.result(LOOK)
        except NotYet:
            if coming.done():
                raise
            go_on()
