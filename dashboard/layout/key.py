"""The key of a chart, under it or over it: a sample of each mark that nobody would guess, and what it means."""

from __future__ import annotations

from dashboard import charts
from dashboard.charts.chart import Chart
from dashboard.charts.palette import DARK, LIGHT
from dashboard.charts.roles import Role
from dashboard.charts.text import width, wrap
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
    "range": 23,
    "covered": 0,
    "doubt": 12,
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


EXACT = 1.032
"""Charts leave texts that much more room than their typeface takes, whose letters stand closer in pairs; a browser does not."""
NEAR = 0.5
"""Pixels by which a text may be wider in a browser: a frame that is too tall by a line shows all, one that is too low does not."""
_LETTERS = 18
"""Pixels of a line of an entry that has several."""


def height(view: View, section: Section, loc: Localizer, room: float) -> float:
    """Pixels that the key takes in ``room`` pixels, laid out as in assets/keys.css; 0 where there is none."""
    chart = charts.chart_of(view.selection)
    if chart.is_table:
        return 0.0
    found = [
        (_sample(chart, entry.sign), entry.words)
        for entry in chart.key(loc, section, view.selection, view.thresholds)
        if room >= _WIDE or entry.sign != "blank" or chart.sample == "tile"
        if room >= entry.least and not (entry.slim and room >= _WIDE)
    ]
    found = [*((_SERIES, each.name) for each in chart.shapes(loc, section)), *found]
    if not found:
        return 0.0
    lines, x, further = 1, 0.0, 0
    for sample, words in found:
        wide = sample + width(words, 12) / EXACT
        if x and x + wide > room - NEAR:
            lines, x = lines + 1, 0.0
        x += wide + _GAP
        if wide > room:
            further += len(wrap(words, 12, (room - sample) * EXACT)) - 1
    return lines * _LINE + further * _LETTERS + _BELOW


def _sample(chart: Chart, sign: Sign) -> float:
    """Pixels of a sample and the ground behind it: of what is in doubt a question mark, behind a bar or an open mark; an outlined
    dot is narrower than an outlined bar or tile."""
    if sign == "worded" and chart.sample == "dot":
        return _SAMPLES[sign] - 8
    if sign != "doubt" or not (chart.sample == "bar" or chart.opens_doubts):
        return _SAMPLES[sign]
    return _SAMPLES[sign] + (22 if chart.sample == "bar" else 14)
