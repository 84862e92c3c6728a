"""A process beside this one that makes pixels: they are made while the interpreter lock is held, for seconds if large."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from weakref import finalize

from dashboard.render import raster
from dashboard.render.turns import LOOK, always


class Gone(RuntimeError):
    """The process ended before it answered."""


class Late(RuntimeError):
    """The process did not answer in time."""


class Helper:
    """One process that draws one picture at a time, for one thread at a time.

    A fresh interpreter that runs one file: a copy of this process would hold its memory and the locks of its threads, and
    ``multiprocessing`` would run the main program once more. It ends when this object or this process does, however that
    ends: the line it reads from is then closed.
    """

    def __init__(self) -> None:
        self._line, theirs = Pipe()
        with theirs:
            # Not by Ctrl-C, which reaches a whole group: the worker ends it once nothing is being drawn. In a session of its own
            # it would get as much of the processors as all workers together, however far it gives way.
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", raster.__file__, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                process_group=0,
            )
        self.end = finalize(self, _end, self.process, self._line)
        """Ends the process, whatever it is doing."""

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self.process.poll() is None

    def draw(
        self, svg: str, scale: float, seconds: float, go_on: Callable[[], None] = always
    ) -> bytes | str:
        """The PNG of an SVG, or why there is none. Raises Gone, Late, or what ``go_on`` raises, which is asked now and then;
        after any of these only ``end`` is of use."""
        until = time.monotonic() + seconds
        try:
            self._line.send((svg, scale))
            while not self._line.poll(min(LOOK, max(until - time.monotonic(), 0))):
                go_on()
                if time.monotonic() >= until:
                    raise Late
            made: bytes | str = self._line.recv()
            return made
        except (EOFError, OSError) as error:
            raise Gone from error


def _end(process: subprocess.Popen[bytes], line: Connection) -> None:
    process.kill()
    process.wait()
    line.close()
