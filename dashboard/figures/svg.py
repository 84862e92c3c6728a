"""A finished figure as a static SVG, in a few milliseconds and without a browser.

It is what the first response shows before scripts run, what stays where they are blocked, what is printed, and what
pictures are made of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from html import escape
from itertools import zip_longest

from dashboard.figures.markup import Run
from dashboard.figures.pieces import Dot, Look, Pattern, Piece, Text, pieces, short
from dashboard.figures.text import FAMILY, NOT_XML

_PREFIX = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
_SHARED = ("fill", "stroke", "stroke-width", "stroke-dasharray")


def drawing(figure: dict, label: str = "", dark: dict | None = None, prefix: str = "chart") -> str:
    """The SVG of a figure that ``figures.chart`` made, as large as its sheet; ``label`` is what a screen reader says.

    Without a label whoever writes the drawing into a file or a page names it there.

    ``dark`` is the same figure drawn for a dark ground: each colour that differs becomes a custom property, dark where
    the reader's system or ``data-look="dark"`` on the root element asks for it, and light on paper in any case.
    ``prefix`` begins all ids; on one page it must be another one for each drawing.
    Raises ValueError for a part of a figure that is not known, for two figures that differ in more than colours, and
    for a prefix that cannot begin an id.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"The prefix {prefix!r} cannot begin an id")
    paints = _Paints(prefix)
    drawn = (
        list(pieces(figure))
        if dark is None
        else [_both(paints, *pair) for pair in zip_longest(pieces(figure), pieces(dark))]
    )
    patterns = _Patterns(prefix)
    body = "".join(_grouped(drawn, patterns))
    wide, tall = short(figure["layout"]["width"]), short(figure["layout"]["height"])
    named = f' id="{prefix}"' if paints.names else ""
    told = f'role="img" aria-label="{_told(label)}" ' if label else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{named} viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}" '
        f'{told}font-family="{escape(FAMILY, quote=False)}" fill="none">'
        f"{paints.style()}{patterns.definitions()}{body}</svg>"
    )


@dataclass
class _Paints:
    """Custom properties for pairs of a light and a dark colour; lives as long as one drawing is written."""

    prefix: str
    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def paint(self, light: str, dark: str) -> str:
        """The colour itself where both are the same, else the property that has both."""
        if light == dark:
            return light
        name = self.names.setdefault((light, dark), f"--{self.prefix}-{len(self.names)}")
        return f"var({name})"

    def style(self) -> str:
        """The style sheet that sets the properties; empty where there are none."""
        if not self.names:
            return ""
        light, dark = (
            ";".join(f"{name}:{pair[at]}" for pair, name in self.names.items()) for at in (0, 1)
        )
        here = f"#{self.prefix}"
        return (
            f"<style>{here}{{{light}}}@media screen{{:root[data-look=dark] {here}{{{dark}}}}}"
            f"@media screen and (prefers-color-scheme:dark){{:root:not([data-look=light]) {here}{{{dark}}}}}</style>"
        )


def _both(paints: _Paints, light: Piece | None, dark: Piece | None) -> Piece:
    """One piece with the colours of both; raises ValueError where they differ in anything else."""
    if _form(light) != _form(dark):
        raise ValueError(
            f"The dark figure is not the same figure: {dark!r} stands where {light!r} does"
        )
    if not isinstance(light, Text):
        return replace(light, look=_look(paints, light.look, dark.look))
    pairs = zip(light.runs, dark.runs, strict=True)
    return Text(
        light.x,
        light.y,
        light.anchor,
        tuple(
            Run(run.text, run.bold, paints.paint(run.colour, other.colour), run.size)
            for run, other in pairs
        ),
    )


def _form(piece: Piece | None) -> tuple:
    """What a piece is but for its colours."""
    if isinstance(piece, Text):
        return (
            piece.x,
            piece.y,
            piece.anchor,
            tuple((run.text, run.bold, run.size) for run in piece.runs),
        )
    if piece is None:
        return ()
    fill = piece.look.fill
    hatched = (fill.shape, fill.size, fill.solidity) if isinstance(fill, Pattern) else bool(fill)
    place = (piece.x, piece.y, piece.radius) if isinstance(piece, Dot) else piece.data
    return type(piece), place, hatched, bool(piece.look.stroke), piece.look.thick, piece.look.dash


def _look(paints: _Paints, light: Look, dark: Look) -> Look:
    fill: str | Pattern
    if isinstance(light.fill, Pattern):
        fill = replace(light.fill, colour=paints.paint(light.fill.colour, dark.fill.colour))
    else:
        fill = paints.paint(light.fill, dark.fill)
    return Look(fill, paints.paint(light.stroke, dark.stroke), light.thick, light.dash)


@dataclass
class _Patterns:
    """The patterns of one drawing and their ids."""

    prefix: str
    names: dict[Pattern, str] = field(default_factory=dict)

    def name(self, pattern: Pattern) -> str:
        """The reference to a pattern."""
        return f"url(#{self.names.setdefault(pattern, f'{self.prefix}-p{len(self.names)}')})"

    def definitions(self) -> str:
        """The patterns; empty where there are none."""
        drawn = "".join(_pattern(name, pattern) for pattern, name in self.names.items())
        return f"<defs>{drawn}</defs>" if drawn else ""


def _pattern(name: str, pattern: Pattern) -> str:
    side = pattern.size if pattern.shape == "." else pattern.size * 2**0.5
    if pattern.shape == ".":
        radius = pattern.size * (pattern.solidity / 3.14159) ** 0.5
        inside = f'<circle cx="{side / 2:g}" cy="{side / 2:g}" r="{radius:.2f}" fill="{pattern.colour}"/>'
    else:
        # The stripe and its neighbours, whose corners reach into the tile.
        quarter = side / 4
        path = (
            f"M{-quarter:.2f} {quarter:.2f}L{quarter:.2f} {-quarter:.2f}M0 {side:.2f}L{side:.2f} 0"
            f"M{3 * quarter:.2f} {5 * quarter:.2f}L{5 * quarter:.2f} {3 * quarter:.2f}"
        )
        inside = f'<path d="{path}" stroke="{pattern.colour}" stroke-width="{pattern.size * pattern.solidity:.2f}"/>'
    return f'<pattern id="{name}" width="{side:.2f}" height="{side:.2f}" patternUnits="userSpaceOnUse">{inside}</pattern>'


def _grouped(drawn: Iterable[Piece], patterns: _Patterns) -> Iterable[str]:
    """Pieces of one look together, as long as nothing that lies over another comes under it: each layer in its order.

    A layer is what stands between two changes of kind: shapes do not cover each other, neither do bars, marks or texts.
    """
    layer: dict[tuple, list[Piece]] = {}
    kind: object = None
    for piece in drawn:
        if (now := _kind(piece)) != kind:
            yield from _layer(layer, patterns)
            layer, kind = {}, now
        layer.setdefault(_key(piece), []).append(piece)
    yield from _layer(layer, patterns)


def _kind(piece: Piece) -> object:
    """Texts lie over everything and never on each other; strokes lie over the fills they cross."""
    if isinstance(piece, Text):
        return "text"
    if isinstance(piece, Dot) or piece.look.fill:
        return "fill"
    return "line", piece.look.thick


def _key(piece: Piece) -> tuple:
    if isinstance(piece, Text):
        first = piece.runs[0]
        return piece.anchor, first.bold, first.colour, first.size
    return type(piece), piece.look


def _layer(layer: dict[tuple, list[Piece]], patterns: _Patterns) -> Iterable[str]:
    for members in layer.values():
        first = members[0]
        if isinstance(first, Text):
            yield _texts(members)
        elif isinstance(first, Dot):
            dots = "".join(
                f'<circle cx="{short(dot.x)}" cy="{short(dot.y)}" r="{short(dot.radius)}"/>'
                for dot in members
            )
            yield f"<g{_attributes(first.look, patterns)}>{dots}</g>"
        else:
            yield f'<path{_attributes(first.look, patterns)} d="{"".join(path.data for path in members)}"/>'


def _attributes(look: Look, patterns: _Patterns) -> str:
    fill = patterns.name(look.fill) if isinstance(look.fill, Pattern) else look.fill
    values = (
        fill,
        look.stroke,
        f"{look.thick:g}" if look.stroke and look.thick != 1 else "",
        " ".join(map(short, look.dash)),
    )
    return "".join(
        f' {name}="{value}"' for name, value in zip(_SHARED, values, strict=True) if value
    )


def _texts(members: list[Text]) -> str:
    first = members[0].runs[0]
    anchor = f' text-anchor="{members[0].anchor}"' if members[0].anchor != "start" else ""
    weight = ' font-weight="700"' if first.bold else ""
    inside = "".join(
        f'<text x="{short(text.x)}" y="{short(text.y)}">{_runs(text.runs, first)}</text>'
        for text in members
    )
    return f'<g font-size="{first.size:g}" fill="{first.colour}"{weight}{anchor}>{inside}</g>'


def _runs(runs: tuple[Run, ...], group: Run) -> str:
    written = []
    differs: tuple[tuple[str, Callable[[Run], str]], ...] = (
        ("font-weight", lambda run: "700" if run.bold else "400"),
        ("font-size", lambda run: f"{run.size:g}"),
        ("fill", lambda run: run.colour),
    )
    for run in runs:
        look = "".join(f' {name}="{of(run)}"' for name, of in differs if of(run) != of(group))
        # Several spaces would be read as one.
        text = _told(run.text).replace("  ", "\u00a0 ")
        written.append(f"<tspan{look}>{text}</tspan>" if look and text.strip() else text)
    return "".join(written)


def _told(text: str) -> str:
    return escape(NOT_XML.sub("\ufffd", text))
