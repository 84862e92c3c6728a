"""Colours: each code has one, everywhere.

Chosen so that every pair stays apart for readers with protan, deutan or tritan vision and each colour has at least
3:1 against white; ``tests/test_palette.py`` measures both.
"""

from __future__ import annotations

from dashboard.query import Group, Item, Key, Place, Section

INK = "#1f2733"
QUIET = "#586273"
FAINT = "#8a93a1"
RULE = "#d9dee5"
GRID = "#e8ebf0"
GROUND = "#ffffff"

SECTORS = {
    "all": "#3d4451",
    "municipal": "#3553d4",
    "regional": "#f0561a",
    "municipal_regional": "#87569a",
    "state": "#00a07c",
}
COUNTRIES = {
    "DK": "#b61a38",
    "NO": "#396bbf",
    "SE": "#728c00",
    "FI": "#5b3a9a",
    "IS": "#04a395",
    "NL": "#ff4e64",
}
SEGMENTS = ("#23408e", "#f04c04", "#0a8f86", "#87569a", "#c41a39", "#738900", "#3d4451")
ORDERED = ("size",)
"""Splits whose segments are steps of one scale: they share one hue, light to dark."""
_RAMP = ("#6488d6", "#14255c")
ANSWERS = {
    "yes": "#23408e",
    "no": "#c3cbd8",
    "high": "#23408e",
    "some": "#8fa6dd",
    "first_of_its_kind": "#23408e",
    "inspired": "#5f86d6",
    "copied": "#b3c6ef",
    "is_the_solution": "#23408e",
    "important_part": "#5f86d6",
    "minor_part": "#b3c6ef",
    "no_part": "#d7dce5",
    "dont_know": "#eceff3",
}
_DARKER = 0.55
"""Share of a country's colour that is left where its management answers beside its workplaces."""
HEAT = ((0.0, "#f3f6fc"), (0.25, "#c5d4f1"), (0.5, "#86a5e0"), (0.75, "#4468bd"), (1.0, "#1d3577"))


def colour(section: Section, key: Key) -> str:
    """The colour of a series in a section."""
    if isinstance(key, tuple):
        place, group = key
        return COUNTRIES[place.country] if section.colour_by == "country" else SECTORS[group.sector]
    if isinstance(key, Place):
        own = COUNTRIES[key.country]
        return mixed(own, "#000000", _DARKER) if key.level == "central" else own
    if isinstance(key, Group) and key.dimension:
        segments = list(dict.fromkeys(other.segment for other in section.series if isinstance(other, Group)))
        if key.dimension in ORDERED and len(segments) > 1:
            return mixed(_RAMP[1], _RAMP[0], segments.index(key.segment) / (len(segments) - 1))
        return SEGMENTS[segments.index(key.segment) % len(SEGMENTS)]
    if isinstance(key, Item):
        return INK
    return SECTORS[key.sector]


def mixed(first: str, second: str, share: float) -> str:
    """``share`` of the first colour mixed with the second, both #rrggbb."""
    pairs = [(int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def light(name: str) -> str:
    """The tint that fills a mark whose figure is worded about, over or under."""
    return mixed(name, GROUND, 0.16)


def ink_on(ground: str) -> str:
    """White or ink, whichever has at least 4.5:1 on ``ground``; black where neither has."""
    return next((ink for ink in ("#ffffff", INK) if contrast(ground, ink) >= 4.5), "#000000")


def contrast(first: str, second: str) -> float:
    """WCAG 2 contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(name: str) -> float:
    channels = [int(name[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
