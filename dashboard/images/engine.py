"""plotly.js in a small JavaScript interpreter: a plain figure in, SVG out; and SVG to PNG with our own typeface.

The JavaScript sees nothing of the host: text is measured by a table of widths, random numbers start from the figure
itself, and no font of the host is looked at. So the same figure gives the same bytes on every machine.
"""

from __future__ import annotations

import json
import os
import re
from zlib import crc32

import quickjs
import resvg_py
from mirage.engine import MirageEngine

from dashboard.images import type as typeface

STACK = 6 * 2**20
"""Bytes of stack the interpreter may use; the threads that hold one have more (see ``renderer``)."""
_MEMORY = 512 * 2**20
"""Bytes one interpreter may take; a picture takes some 100 million."""
_PRELUDE = """
(function (regular, bold, ascent, descent) {
    globalThis._measureTextRaw = function (text, family, size, weight) {
        var table = weight === 'bold' || Number(weight) >= 600 ? bold : regular;
        var units = 0, pixels = parseFloat(size) || 12;
        for (var character of text) units += table[character] === undefined ? 600 : table[character];
        var up = Math.round(ascent * pixels), down = Math.round(descent * pixels);
        return [units * pixels / 1000, up + down, up, down].join(',');
    };
    // plotly.js keeps the box of a text under its style; without one, text of another size would get the same box.
    var element = document.createElement('div');
    while (!Object.prototype.hasOwnProperty.call(element, 'getAttribute')) element = Object.getPrototypeOf(element);
    var attribute = element.getAttribute;
    element.getAttribute = function (name) {
        return name === 'style' && this.style ? this.style.cssText() : attribute.call(this, name);
    };
    globalThis._startFrom = function (state) {
        Math.random = function () {
            state = state + 0x6D2B79F5 | 0;
            var mixed = Math.imul(state ^ state >>> 15, 1 | state);
            mixed = mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed;
            return ((mixed ^ mixed >>> 14) >>> 0) / 4294967296;
        };
    };
})(%s, %s, %s, %s);
"""
_ROOT = re.compile(r'<svg class="main-svg"([^>]*?) width="[^"]*" height="[^"]*"')


class Engine:
    """One interpreter with plotly.js in it; used by one thread at a time."""

    def __init__(self) -> None:
        self._mirage = MirageEngine()
        self._mirage.context.set_max_stack_size(STACK)
        self._mirage.context.set_memory_limit(_MEMORY)
        widths = (
            json.dumps(typeface.advances(weight)) for weight in (typeface.REGULAR, typeface.BOLD)
        )
        self._mirage.context.eval(_PRELUDE % (*widths, typeface.ASCENT, typeface.DESCENT))

    def svg(self, figure: dict, width: int, height: int, scale: float, seconds: float) -> str:
        """Draw a figure of plain lists and numbers; raises quickjs.JSException after ``seconds`` of this process's time."""
        # The interpreter's clock counts what all threads of the process do together.
        self._mirage.context.set_time_limit(seconds * (os.cpu_count() or 1))
        self._mirage.context.eval(
            f"_startFrom({crc32(json.dumps(figure, sort_keys=True).encode())});"
        )
        drawn = self._mirage.render_svg(figure["data"], figure["layout"], width, height)
        sized, found = _ROOT.subn(
            rf'<svg class="main-svg"\1 width="{width * scale:g}" height="{height * scale:g}" viewBox="0 0 {width} {height}"',
            drawn,
            count=1,
        )
        if not found:
            raise quickjs.JSException("The drawing has no size")
        return sized


def rasterised(svg: str) -> bytes:
    """The PNG of an SVG at the size its root names, with no other typeface than our own."""
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=True,
        font_files=list(typeface.FILES),
        font_family=typeface.FAMILY,
        sans_serif_family=typeface.FAMILY,
    )
