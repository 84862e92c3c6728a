"""Few threads draw, few requests wait, none for long."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet

import quickjs

from dashboard.images.engine import Engine, rasterised

MAX_PIXELS = 40_000_000
"""Pixels of the largest picture: a Full HD sheet at scale 4 has 33 million."""
THREADS = 2
WAITING = 16
TIMEOUT = 20.0
_RENEWED = 25
"""Pictures after which an engine is replaced by a fresh one: each leaves about 3 MB behind in it."""
_STACK = 32 * 2**20
"""Bytes of stack of a drawing thread; some systems give threads far less than the interpreter may ask for."""


class TooLarge(ValueError):
    """A picture would have more pixels than are drawn; the message names the limit."""


class Busy(RuntimeError):
    """As many pictures as may wait are waiting; ``retry_after`` seconds from now there may be room."""

    retry_after = 5


class TooSlow(RuntimeError):
    """A picture was not ready in time."""


class Failed(RuntimeError):
    """A figure could not be drawn: a fault of ours."""


class Renderer:
    """Draws figures. Safe to call from any number of threads; each drawing thread has an engine of its own.

    ``threads`` draw at a time and ``waiting`` more may wait; a call takes at most ``timeout`` seconds. The threads
    start with the first picture, so that a process may fork before.
    """

    def __init__(
        self,
        threads: int = THREADS,
        waiting: int = WAITING,
        timeout: float = TIMEOUT,
        max_pixels: int = MAX_PIXELS,
    ) -> None:
        self._threads = threads
        self._timeout = timeout
        self._max_pixels = max_pixels
        self._places = threading.BoundedSemaphore(threads + waiting)
        self._starting = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None
        self._own = threading.local()

    def render(
        self,
        figure: dict,
        width: int,
        height: int,
        scale: float = 1,
        format: str = "png",  # noqa: A002
        ground: str = "white",
    ) -> bytes:
        """The picture of a plain figure: ``width`` x ``height`` CSS pixels, drawn ``scale`` times as large.

        The same arguments give the same bytes. ``format`` is png or svg, ``ground`` white, transparent, or dark for a figure
        that was drawn dark.
        Raises TooLarge, Busy, TooSlow, or Failed.
        """
        pixels = round(width * scale) * round(height * scale)
        if pixels > self._max_pixels:
            raise TooLarge(
                f"{pixels:,} pixels are more than the {self._max_pixels:,} that are drawn; ask for a smaller scale"
            )
        grounded = _on(figure, ground)
        return self._in_turn(lambda: self._drawn(grounded, width, height, scale, format))

    def close(self) -> None:
        """Let the threads end; what still waits is not drawn."""
        with self._starting:
            if self._pool:
                self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _in_turn(self, work: Callable[[], bytes]) -> bytes:
        if not self._places.acquire(blocking=False):
            raise Busy("Too many pictures are being drawn just now")
        job = self._started().submit(work)
        job.add_done_callback(lambda _: self._places.release())
        return self._awaited(job)

    def _awaited(self, job: Future[bytes]) -> bytes:
        try:
            return job.result(self._timeout)
        except NotYet:
            job.cancel()
            raise TooSlow(f"The picture was not ready after {self._timeout:g} seconds") from None

    def _drawn(self, figure: dict, width: int, height: int, scale: float, format: str) -> bytes:  # noqa: A002
        try:
            svg = self._engine().svg(figure, width, height, scale, self._timeout)
            return svg.encode() if format == "svg" else rasterised(svg)
        except (quickjs.JSException, ValueError, RuntimeError) as error:
            self._own.engine = None
            raise Failed(
                f"The figure could not be drawn: {str(error).splitlines()[0] if str(error) else error!r}"
            ) from error

    def _engine(self) -> Engine:
        drawn = getattr(self._own, "drawn", 0)
        if getattr(self._own, "engine", None) is None or drawn % _RENEWED == 0:
            self._own.engine = Engine()
        self._own.drawn = drawn + 1
        return self._own.engine

    def _started(self) -> ThreadPoolExecutor:
        """The threads, all started at once with a stack that is large enough."""
        with self._starting:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="picture")
                everyone = threading.Barrier(self._threads + 1)
                usual = threading.stack_size(_STACK)
                try:
                    for _ in range(self._threads):
                        self._pool.submit(everyone.wait)
                finally:
                    threading.stack_size(usual)
                everyone.wait()
            return self._pool


def _on(figure: dict, ground: str) -> dict:
    clear = "rgba(0,0,0,0)"
    grounds = {
        "dark": {},
        "white": {"paper_bgcolor": "#ffffff"},
        "transparent": {"paper_bgcolor": clear, "plot_bgcolor": clear},
    }
    return {"data": figure["data"], "layout": figure["layout"] | grounds[ground]}
