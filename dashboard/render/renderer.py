"""Few helpers draw, none of them for long."""

from __future__ import annotations

import os
from collections.abc import Callable
from queue import LifoQueue
from typing import Literal

from dashboard.charts.drawing import Drawing
from dashboard.charts.palette import DARK, LIGHT
from dashboard.charts.roles import GROUND
from dashboard.render.helper import Gone, Helper, Late
from dashboard.render.svg import svg
from dashboard.render.turns import TooSlow, Turns, always

PictureFormat = Literal["png", "svg"]
MAX_PIXELS = 40_000_000
"""Pixels of the largest picture: a Full HD sheet at scale 4 has 33 million."""
HELPERS = 2
TIMEOUT = 20.0
"""Seconds that a drawing may take where each helper has a processor; the largest takes two to four."""


class TooLarge(ValueError):
    """A picture would have more pixels than are drawn; the message names the limit."""


class Failed(RuntimeError):
    """A picture could not be drawn: a fault of ours."""


def processors() -> int:
    """Processors that this process may use: those of its container, where that has fewer than its host."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Renderer:
    """Draws pictures. Safe to call from any number of threads; how many may ask at a time is for the caller to say.

    An SVG is written at once, by the thread that asks. Pixels are made by ``helpers`` processes; who finds none idle waits
    for one. A drawing that takes longer than ``timeout`` seconds is ended, or as many times that as there are helpers to a
    processor. A process starts with the first picture that finds none idle, so that one that draws nothing costs nothing
    and may fork.
    """

    def __init__(
        self,
        helpers: int = HELPERS,
        timeout: float = TIMEOUT,
        max_pixels: int = MAX_PIXELS,
    ) -> None:
        self._timeout = timeout * max(1.0, helpers / processors())
        self._max_pixels = max_pixels
        # Who drew last draws next: a further one starts only when all that run are at work. None stands for one to be started.
        self._idle: LifoQueue[Helper | None] = LifoQueue()
        self._turns = Turns(helpers, 0, self._timeout)
        for _ in range(helpers):
            self._idle.put(None)

    def render(
        self,
        drawing: Drawing,
        scale: float = 1,
        format: PictureFormat = "png",  # noqa: A002
        ground: str = "white",
        go_on: Callable[[], None] = always,
    ) -> bytes:
        """The picture of a drawing, ``scale`` times as large as it is.

        The same arguments give the same bytes. ``format`` is png or svg, ``ground`` white, transparent, or dark.
        Raises TooLarge, TooSlow, Failed, or what ``go_on`` raises, which is asked while pixels are made.
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
        if format == "svg":
            return drawn.encode()
        with self._turns.turn(go_on):
            return self._helped(drawn, scale, go_on)

    def close(self) -> None:
        """End the idle helpers; those at work end with this process."""
        for _ in range(self._idle.qsize()):
            helper = self._idle.get()
            if helper:
                helper.end()
            self._idle.put(None)

    def _helped(self, drawn: str, scale: float, go_on: Callable[[], None]) -> bytes:
        helper = self._idle.get()
        reusable = None
        try:
            # One that ended while it had nothing to do is nobody's failure.
            helper = helper if helper and helper.alive else Helper()
            made = helper.draw(drawn, scale, self._timeout, go_on)
            reusable = helper
        except Late:
            raise TooSlow(f"The picture was not ready after {self._timeout:g} seconds") from None
        except (Gone, OSError) as error:
            raise Failed("The process that drew the picture ended") from error
        finally:
            if helper and not reusable:
                helper.end()
            self._idle.put(reusable)
        if isinstance(made, str):
            raise Failed(f"The picture could not be drawn: {made}")
        return made
