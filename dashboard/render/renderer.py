"""Few helpers draw, few requests wait, none for long."""

from __future__ import annotations

import threading
import time
from queue import Empty, LifoQueue
from typing import Literal

from dashboard.charts.drawing import Drawing
from dashboard.charts.palette import DARK, LIGHT
from dashboard.charts.roles import GROUND
from dashboard.render.helper import Gone, Helper, Late
from dashboard.render.svg import svg

PictureFormat = Literal["png", "svg"]
MAX_PIXELS = 40_000_000
"""Pixels of the largest picture: a Full HD sheet at scale 4 has 33 million."""
HELPERS = 2
WAITING = 16
TIMEOUT = 20.0


class TooLarge(ValueError):
    """A picture would have more pixels than are drawn; the message names the limit."""


class Busy(RuntimeError):
    """As many pictures as may wait are waiting; ``retry_after`` seconds from now there may be room."""

    retry_after = 5


class TooSlow(RuntimeError):
    """A picture was not ready in time."""


class Failed(RuntimeError):
    """A picture could not be drawn: a fault of ours."""


class Renderer:
    """Draws pictures. Safe to call from any number of threads.

    An SVG is written at once, by the thread that asks. Pixels are made by ``helpers`` processes; ``waiting`` more pictures
    may wait for them, each for at most ``timeout`` seconds in all. A process starts with the first picture that finds none
    idle, so that one that draws nothing costs nothing and may fork.
    """

    def __init__(
        self,
        helpers: int = HELPERS,
        waiting: int = WAITING,
        timeout: float = TIMEOUT,
        max_pixels: int = MAX_PIXELS,
    ) -> None:
        self._timeout = timeout
        self._max_pixels = max_pixels
        self._capacity = threading.BoundedSemaphore(helpers + waiting)
        # Who drew last draws next: a further one starts only when all that run are at work. None stands for one to be started.
        self._idle: LifoQueue[Helper | None] = LifoQueue()
        for _ in range(helpers):
            self._idle.put(None)

    def render(
        self,
        drawing: Drawing,
        scale: float = 1,
        format: PictureFormat = "png",  # noqa: A002
        ground: str = "white",
    ) -> bytes:
        """The picture of a drawing, ``scale`` times as large as it is.

        The same arguments give the same bytes. ``format`` is png or svg, ``ground`` white, transparent, or dark.
        Raises TooLarge, Busy, TooSlow, or Failed.
        """
        wide, tall = (round(side * scale) for side in (drawing.width, drawing.height))
        if wide * tall > self._max_pixels:
            raise TooLarge(
                f"{wide * tall:,} pixels are more than the {self._max_pixels:,} that are drawn; ask for a smaller scale"
            )
        drawn = svg(
            drawing,
            palette=DARK if ground == "dark" else LIGHT,
            ground=None if ground == "transparent" else GROUND,
        )
        return drawn.encode() if format == "svg" else self._in_turn(drawn, scale)

    def close(self) -> None:
        """End the idle helpers; those at work end with this process."""
        for _ in range(self._idle.qsize()):
            helper = self._idle.get()
            if helper:
                helper.end()
            self._idle.put(None)

    def _in_turn(self, drawn: str, scale: float) -> bytes:
        if not self._capacity.acquire(blocking=False):
            raise Busy("Too many pictures are being drawn just now")
        try:
            return self._helped(drawn, scale, time.monotonic() + self._timeout)
        finally:
            self._capacity.release()

    def _helped(self, drawn: str, scale: float, until: float) -> bytes:
        late = f"The picture was not ready after {self._timeout:g} seconds"
        try:
            helper = self._idle.get(timeout=self._timeout)
        except Empty:
            raise TooSlow(late) from None
        reusable = None
        try:
            # One that ended while it had nothing to do is nobody's failure.
            helper = helper if helper and helper.alive else Helper()
            made = helper.draw(drawn, scale, until - time.monotonic())
            reusable = helper
        except Late:
            raise TooSlow(late) from None
        except (Gone, OSError) as error:
            raise Failed("The process that drew the picture ended") from error
        finally:
            if helper and not reusable:
                helper.end()
            self._idle.put(reusable)
        if isinstance(made, str):
            raise Failed(f"The picture could not be drawn: {made}")
        return made
