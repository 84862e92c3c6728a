"""Few work, few wait, none for long: the bounds on what is costly to make."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LOOK = 0.2
"""Seconds after which who waits looks again whether anybody wants what it waits for."""


class Busy(RuntimeError):
    """As many as may wait are waiting; ``retry_after`` seconds from now there may be room."""

    retry_after = 5


class TooSlow(RuntimeError):
    """What was asked for was not ready in time."""


def always() -> None:
    """Goes on to the end."""


class Turns:
    """``working`` threads work at a time, ``waiting`` more may wait, each for at most ``seconds``; who came first is next."""

    def __init__(self, working: int, waiting: int, seconds: float) -> None:
        self._places = threading.BoundedSemaphore(working + waiting)
        self._seconds = seconds
        self._free = working
        self._line: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place for one who works or waits, for as long as it takes; raises Busy where all are taken."""
        if not self._places.acquire(blocking=False):
            raise Busy("Too many wait already")
        try:
            yield
        finally:
            self._places.release()

    @contextmanager
    def turn(self, go_on: Callable[[], None] = always) -> Iterator[None]:
        """A turn to work, once it has come. Raises TooSlow, or what ``go_on`` raises, which is asked while waiting."""
        self._await(go_on)
        try:
            yield
        finally:
            self._pass_on()

    def _await(self, go_on: Callable[[], None]) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            mine = threading.Event()
            self._line.append(mine)
        until = time.monotonic() + self._seconds
        try:
            while not mine.wait(min(LOOK, max(until - time.monotonic(), 0))):
                go_on()
                if time.monotonic() >= until:
                    raise TooSlow(f"No turn came within {self._seconds:g} seconds")
        except BaseException:
            self._leave(mine)
            raise

    def _leave(self, mine: threading.Event) -> None:
        with self._lock:
            if not mine.is_set():
                self._line.remove(mine)
                return
        # The turn came at that very moment.
        self._pass_on()

    def _pass_on(self) -> None:
        with self._lock:
            if self._line:
                self._line.popleft().set()
            else:
                self._free += 1
