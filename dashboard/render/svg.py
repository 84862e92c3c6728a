"""A drawing as a static SVG, in a few milliseconds and without a browser.

It is what the first response shows before scripts run, what stays where they are blocked, what is printed, and what
pictures are made of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape
from math import ceil

from dashboard.charts.drawing import Drawing
from dashboard.charts.palette import LIGHT, Palette
from dashboard.charts.roles import GROUND, Role
from dashboard.charts.text import FAMILY, NOT_XML
from dashboard.render.shapes import (
    Dot,
    Letters,
    Path,
    Pattern,
    Shape,
    Style,
    Writing,
    shapes,
    short,
)

USUAL = 16.0
"""Pixels of the letters around a drawing on the page, where its reader has set none."""
_PREFIX = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
_KEPT = re.compile(r"^ +| +$| {2,}")
"""Spaces that programs take for one or for none."""
_SHARED = ("fill", "stroke", "stroke-width", "stroke-dasharray")


@dataclass(frozen=True, slots=True)
class Content:
    """What stands inside the root of an SVG, and the attributes that its texts and shapes inherit."""

    inside: str
    inherited: str
    named: str
    """The id of the root, where its style sheet needs one."""


def svg(
    drawing: Drawing,
    label: str = "",
    palette: Palette = LIGHT,
    dark: Palette | None = None,
    prefix: str = "chart",
    ground: Role | None = GROUND,
) -> str:
    """The SVG of a drawing, as large as it is; ``label`` is what a screen reader says.

    Without a label whoever writes the drawing into a file or a page names it there. ``ground`` lies under everything;
    without one there is none. ``dark``, ``prefix`` and errors as in ``content``.
    """
    inner = content(drawing, palette, dark, prefix, ground)
    wide, tall = short(drawing.width), short(drawing.height)
    said = f'role="img" aria-label="{escaped(label)}" ' if label else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{inner.named} viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}" '
        f"{said}{inner.inherited}>{inner.inside}</svg>"
    )


def fluid(
    drawing: Drawing,
    label: str,
    palette: Palette = LIGHT,
    dark: Palette | None = None,
    prefix: str = "chart",
) -> str:
    """The SVG of a drawing as wide as its place: places stretch along it, heights, type and points stay as they are.

    It must not stand where it is narrower than its drawing. All else as in ``svg``.
    """
    stretch = _Stretch(drawing.width, drawing.height)
    inner = content(drawing, palette, dark, prefix, stretch=stretch)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{inner.named} width="100%" height="{stretch.y(drawing.height)}" '
        f'role="img" aria-label="{escaped(label)}" {inner.inherited}>{inner.inside}</svg>'
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """How places and sizes of a drawing are written: in pixels."""

    def x(self, pixels: float) -> str:
        """A place from left to right."""
        return short(pixels)

    def y(self, pixels: float, _: float = 0) -> str:
        """A place from the top; what is written there is that many pixels large."""
        return short(pixels)

    def size(self, pixels: float, _: float = 0) -> str:
        """A size of letters, within others of that many pixels."""
        return f"{pixels:g}"

    def paths(self, written: str) -> str:
        """Paths, whose data are in pixels."""
        return written


@dataclass(frozen=True, slots=True)
class _Stretch(_Place):
    """Places of a drawing ``width`` and ``height`` pixels large: along it as shares of the width there is, down and of letters in
    shares of the letters around, so that it grows with them."""

    width: float
    height: float

    def x(self, pixels: float) -> str:
        """A place from left to right, to a hundredth of a percent."""
        return f"{100 * pixels / self.width:.2f}".rstrip("0").rstrip(".") + "%"

    def y(self, pixels: float, letters: float = USUAL) -> str:
        """A place from the top, to a thousandth of the letters' size."""
        return f"{pixels / letters:.3f}".rstrip("0").rstrip(".") + "em"

    def size(self, pixels: float, letters: float = USUAL) -> str:
        """A size, likewise, and never less."""
        return f"{ceil(1e4 * pixels / letters) / 1e4:g}em"

    def paths(self, written: str) -> str:
        """Paths in a frame that stretches, whose strokes keep their width."""
        wide, tall = short(self.width), short(self.height)
        kept = written.replace("<path", '<path vector-effect="non-scaling-stroke"')
        return f'<svg viewBox="0 0 {wide} {tall}" preserveAspectRatio="none" width="100%" height="{self.y(self.height)}">{kept}</svg>'


_FIXED = _Place()


def content(
    drawing: Drawing,
    palette: Palette = LIGHT,
    dark: Palette | None = None,
    prefix: str = "chart",
    ground: Role | None = GROUND,
    stretch: _Place = _FIXED,
) -> Content:
    """What stands inside the SVG of a drawing.

    With a palette for a ``dark`` ground each colour that differs becomes a custom property, dark where the reader's system or
    ``data-colour-scheme="dark"`` on the root element asks for it, and light on paper in any case. ``prefix`` begins all ids; on one
    page it must be another one for each drawing. Raises ValueError for a prefix that cannot begin an id.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"The prefix {prefix!r} cannot begin an id")
    paints, patterns = _Paints(prefix, palette, dark), _Patterns(prefix)
    body = "".join(_grouped(shapes(drawing, paints.paint, ground), patterns, stretch))
    return Content(
        f"{paints.style()}{patterns.definitions()}{body}",
        f'font-family="{escape(FAMILY, quote=False)}" fill="none"',
        f' id="{prefix}"' if paints.names else "",
    )


@dataclass(slots=True)
class _Paints:
    """Roles as colours, and as custom properties where two palettes differ; lives as long as one drawing is written."""

    prefix: str
    light: Palette
    dark: Palette | None
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    known: dict[Role, str] = field(default_factory=dict)

    def paint(self, role: Role) -> str:
        """The colour where both palettes have the same, else the property that has both."""
        if role not in self.known:
            light = self.light.colour(role)
            dark = self.dark.colour(role) if self.dark else light
            self.known[role] = light if light == dark else self._property(light, dark)
        return self.known[role]

    def _property(self, light: str, dark: str) -> str:
        pair = light or "none", dark or "none"
        return f"var({self.names.setdefault(pair, f'--{self.prefix}-{len(self.names)}')})"

    def style(self) -> str:
        """The style sheet that sets the properties; empty where there are none."""
        if not self.names:
            return ""
        light, dark = (
            ";".join(f"{name}:{pair[at]}" for pair, name in self.names.items()) for at in (0, 1)
        )
        here = f"#{self.prefix}"
        return (
            f"<style>{here}{{{light}}}@media screen{{:root[data-colour-scheme=dark] {here}{{{dark}}}}}"
            f"@media screen and (prefers-color-scheme:dark){{:root:not([data-colour-scheme=light]) {here}{{{dark}}}}}</style>"
        )


@dataclass(slots=True)
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
    side = pattern.size if pattern.kind == "dots" else pattern.size * 2**0.5
    if pattern.kind == "dots":
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


def _grouped(drawn: Iterable[Shape], patterns: _Patterns, place: _Place) -> Iterable[str]:
    """Shapes of one style together, as long as nothing that lies over another comes under it: each layer in its order.

    A layer is what stands between two changes of kind: shapes do not cover each other, neither do bars, marks or texts.
    """
    layer: dict[object, list[Shape]] = {}
    kind: object = None
    for shape in drawn:
        if (now := _kind(shape)) != kind:
            yield from _layer(layer, patterns, place)
            layer, kind = {}, now
        layer.setdefault(_key(shape), []).append(shape)
    yield from _layer(layer, patterns, place)


def _kind(shape: Shape) -> object:
    """Texts lie over everything and never on each other; strokes lie over the fills they cross."""
    if isinstance(shape, Writing):
        return "text"
    if isinstance(shape, Dot) or shape.style.fill:
        return "fill"
    return "line", shape.style.thick


def _key(shape: Shape) -> object:
    if isinstance(shape, Writing):
        first = shape.letters[0]
        return shape.anchor, first.bold, first.colour, first.size
    return type(shape), shape.style


def _layer(layer: dict[object, list[Shape]], patterns: _Patterns, place: _Place) -> Iterable[str]:
    """One element for each style: its texts, its circles, its paths."""
    for members in layer.values():
        if texts := [each for each in members if isinstance(each, Writing)]:
            yield _texts(texts, place)
        if dots := [each for each in members if isinstance(each, Dot)]:
            drawn = "".join(
                f'<circle cx="{place.x(dot.x)}" cy="{place.y(dot.y)}" r="{place.y(dot.radius)}"/>'
                for dot in dots
            )
            yield f"<g{_attributes(dots[0].style, patterns)}>{drawn}</g>"
        if paths := [each for each in members if isinstance(each, Path)]:
            data = "".join(path.data for path in paths)
            yield place.paths(f'<path{_attributes(paths[0].style, patterns)} d="{data}"/>')


def _attributes(style: Style, patterns: _Patterns) -> str:
    fill = patterns.name(style.fill) if isinstance(style.fill, Pattern) else style.fill
    values = (
        fill,
        style.stroke,
        f"{style.thick:g}" if style.stroke and style.thick != 1 else "",
        " ".join(map(short, style.dash)),
    )
    return "".join(
        f' {name}="{value}"' for name, value in zip(_SHARED, values, strict=True) if value
    )


def _texts(members: list[Writing], place: _Place) -> str:
    first = members[0].letters[0]
    anchor = f' text-anchor="{members[0].anchor}"' if members[0].anchor != "start" else ""
    weight = ' font-weight="700"' if first.bold else ""
    inside = "".join(
        f'<text x="{place.x(text.x)}" y="{place.y(text.y, first.size)}">{_runs(text.letters, first, place)}</text>'
        for text in members
    )
    return f'<g font-size="{place.size(first.size)}" fill="{first.colour}"{weight}{anchor}>{inside}</g>'


def _runs(runs: tuple[Letters, ...], group: Letters, place: _Place) -> str:
    written = []
    differs: tuple[tuple[str, Callable[[Letters], str]], ...] = (
        ("font-weight", lambda run: "700" if run.bold else "400"),
        ("font-size", lambda run: place.size(run.size, group.size)),
        ("fill", lambda run: run.colour),
    )
    for run in runs:
        attributes = "".join(f' {name}="{of(run)}"' for name, of in differs if of(run) != of(group))
        text = _KEPT.sub(lambda found: "\u00a0" * len(found.group()), escaped(run.text))
        written.append(
            f"<tspan{attributes}>{text}</tspan>" if attributes and text.strip() else text
        )
    return "".join(written)


def escaped(text: str) -> str:
    """Text for an SVG: escaped, without what no XML can hold."""
    return escape(NOT_XML.sub("\ufffd", text))
