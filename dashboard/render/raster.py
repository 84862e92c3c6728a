"""SVG to PNG with our own typeface, and the program of a helper process that does nothing else.

It imports nothing of the site, so that a helper starts at once and takes little memory.
"""

from __future__ import annotations

import os
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

import fontpkg_arimo
import resvg_py

_FAMILY = fontpkg_arimo.FAMILY
"""Arimo, which shares its metrics with Arial and Helvetica, by which the charts are laid out."""
_FILES = tuple(str(file) for file in sorted(Path(fontpkg_arimo.ROOT, "files").glob("*.ttf")))

LARGE = 2
"""Scale above which a picture is more than a screen shows: it takes seconds, and comes after all else."""
USUAL, LAST = 5, 15
"""How far a helper gives way, and how far with such a picture: pages go first where there are too few processors for both, and what
comes last still comes on."""


def png(svg: str, scale: float = 1) -> bytes:
    """The PNG of an SVG, ``scale`` times as large as its root says. Raises ValueError for what is no SVG.

    No typeface of the host is looked at: the same SVG gives the same bytes everywhere.
    """
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=scale,
        skip_system_fonts=True,
        font_files=list(_FILES),
        font_family=_FAMILY,
        sans_serif_family=_FAMILY,
    )


def serve(line: Connection) -> None:
    """Answer each (SVG, scale) on the line with a PNG, or with why there is none; end when the other side is gone."""
    try:
        while True:
            line.send(_answer(*line.recv()))
    except (EOFError, OSError):
        return


def _answer(svg: str, scale: float) -> bytes | str:
    if scale <= LARGE:
        return _drawn(svg, scale)
    # Linux counts by thread how far one gives way, and nobody may take that back: a thread of its own, which ends with the drawing.
    answers: list[bytes | str] = []

    def give_way() -> None:
        os.nice(LAST - USUAL)
        answers.append(_drawn(svg, scale))

    thread = Thread(target=give_way)
    thread.start()
    thread.join()
    return answers[0]


def _drawn(svg: str, scale: float) -> bytes | str:
    try:
        return png(svg, scale)
    except ValueError as error:
        return str(error)


if __name__ == "__main__":
    os.nice(USUAL)
    serve(Connection(int(sys.argv[1])))
