"""The key of a chart, under it or over it: a sample of each mark that nobody would guess, and what it means."""

from __future__ import annotations

from dashboard import charts
from dashboard.charts.palette import DARK, LIGHT
from dashboard.charts.roles import Role
from dashboard.charts.text import width
from dashboard.layout.components import aria
from dashboard.layout.elements import html
from dashboard.query import Section, View
from dashboard.text import Localizer
from dashboard.text.key import Sign


def key(view: View, section: Section, loc: Localizer) -> html.P | None:
    """One line of samples, drawn by assets/keys.css, each before its words; None where no mark needs it."""
    chart = charts.chart_of(view.selection)
    if chart.is_table:
        return None
    series = [
        html.Span(
            [
                html.Span(
                    className=f"sample series {each.symbol or 'bar'}",
                    style=_style(each.colour),
                    **aria(hidden="true"),
                ),
                each.name,
            ]
        )
        for each in chart.shapes(loc, section)
    ]
    entries = [
        html.Span(
            [
                html.Span(
                    className=chart.sample_classes(section, entry),
                    style=_style(chart.sample_colour(section, entry.sign)),
                    **aria(hidden="true"),
                ),
                entry.words,
            ]
        )
        for entry in chart.key(loc, section, view.selection, view.thresholds)
    ]
    return html.P([*series, *entries], className="key") if series or entries else None


def _style(colour: Role | None) -> dict[str, str] | None:
    """The colour of a sample; None for ink."""
    if not colour:
        return None
    return {"color": f"light-dark({LIGHT.colour(colour)}, {DARK.colour(colour)})"}


_SAMPLES: dict[Sign, float] = {
    "interval": 23,
    "covered": 0,
    "doubt": 34,
    "worded": 23,
    "bound": 27,
    "management": 15,
    "few": 0,
    "blank": 17,
    "skipped": 29,
    "clear": 29,
    "broken": 33,
    "aside": 21,
    "over": 0,
    "care": 9,
    "wall": 8,
}
_SERIES = 17
"""Pixels of a sample and the ground behind it; at most, since those of dots and tiles are narrower."""
_GAP, _LINE, _BELOW, _WIDE = 12, 20, 6, 816
"""Pixels between entries, from line to line, and below; the width from which on a chart has dashes, but for tiles."""


def height(view: View, section: Section, loc: Localizer, room: float) -> float:
    """Pixels that the key takes in ``room`` pixels, laid out as in assets/keys.css; 0 where there is none."""
    chart = charts.chart_of(view.selection)
    if chart.is_table:
        return 0.0
    found = [
        (_SAMPLES[entry.sign], entry.words)
        for entry in chart.key(loc, section, view.selection, view.thresholds)
        if room >= _WIDE or entry.sign != "blank" or chart.sample == "tile"
        if room >= entry.least and not (entry.slim and room >= _WIDE)
    ]
    found = [*((_SERIES, each.name) for each in chart.shapes(loc, section)), *found]
    if not found:
        return 0.0
    lines, x = 1, 0.0
    for sample, words in found:
        wide = sample + width(words, 12)
        if x and x + wide > room:
            lines, x = lines + 1, 0.0
        x += wide + _GAP
    return lines * _LINE + _BELOW
