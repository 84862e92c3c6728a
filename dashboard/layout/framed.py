"""A view in a frame on another page: the way to its own page, and how tall it is."""

from __future__ import annotations

import re
from dataclasses import replace
from math import ceil

from dashboard import charts
from dashboard.charts.text import width, wrap
from dashboard.context import RequestContext
from dashboard.layout import key, messages, table_height
from dashboard.layout.elements import html
from dashboard.layout.notes import care, cautions
from dashboard.query import Section, View
from dashboard.render.widths import laid_out
from dashboard.selection import Vocabulary, one_theme, search
from dashboard.tables import section_table
from dashboard.text import Localizer, findings, texts
from dashboard.text.lead import heading, lead

_PADDING, _BETWEEN = (8, 12), 24
"""CSS pixels around a view (above and below, at the sides) and between its themes, as assets/embed.css has them; so are the
sizes of type, heights of lines and margins below."""
_BROADER, _BOLD = frozenset("bcdfghijklmnopqrstuvwxyöABJKL:!’"), 0.0555
"""Letters that are wider in bold, and by how much of the size of type (Adobe's published metrics of Helvetica and its bold face)."""
_EMPTY, _NARROW, _EMPTY_NARROW = 220, 600, 350
"""Pixels of a view without figures, sentences and the ways out, at most; below this width they stand under each other."""
_ROUNDING = 2
"""Pixels that the heights of charts and lines may add up to more in a browser: less would make the frame scroll."""
_PROSE = 960.0
"""Pixels that sentences above a heading take at most."""
_SLACK = 4
"""Pixels by which the two texts of the way back may be wider in a browser than their letters add up to."""
_STEP = 8
"""The browser says the width of a chart in such steps of pixels."""


def way_back(
    view: View, section: Section, vocabulary: Vocabulary, loc: Localizer, site: str
) -> html.P:
    """A link to a theme on the site, and the release of its data; its address as text too, for frames from which nothing can be
    opened."""
    name, release, address = _way_back(view, section, vocabulary, loc, site)
    link, shown = html.A(name, href=address), html.Span(address, className="address")
    return html.P([link, f" · {release} ", shown], className="fine")


def _way_back(
    view: View, section: Section, vocabulary: Vocabulary, loc: Localizer, site: str
) -> tuple[str, str, str]:
    """(what the link says, how many indicators of the theme there are where the frame shows fewer; release; full address)."""
    name = loc.t("Explore this on {product}").format(product=loc.t(texts.PRODUCT))
    if section.indicators_total > section.indicators_shown:
        total = loc.number(section.indicators_total)
        more = loc.t("Show all {count} indicators").format(count=total)
        name = f"{name} · {more}"
    release = loc.t("data release {release}").format(release=view.release)
    return name, release, f"{site}/{search(one_theme(view.selection, section.theme), vocabulary)}"


def height(context: RequestContext, wide: int) -> int:
    """CSS pixels that a view in a frame takes which is ``wide`` pixels wide, at the usual size of type.

    Type of another size, or a typeface that runs wider, makes it taller by some lines: the frame tells its host what it takes.
    """
    context = replace(context, framed=True)
    view, loc = context.leading, context.loc
    if not view.sections:
        return _EMPTY if wide >= _NARROW else _EMPTY_NARROW
    around, beside = _PADDING
    room = float(max(wide, charts.NARROWEST) - 2 * beside)
    why = messages.why_bars(context.bars, loc)
    told = _lines(why, 14, min(room, _PROSE), 21) + 4 if why else 0
    themes = [
        _theme(view, section, context.vocabulary, loc, context.public_url, room, leads=not at)
        for at, section in enumerate(view.sections)
    ]
    return ceil(2 * around + told + sum(themes) + _BETWEEN * (len(themes) - 1)) + _ROUNDING


def _theme(
    view: View,
    section: Section,
    vocabulary: Vocabulary,
    loc: Localizer,
    site: str,
    room: float,
    *,
    leads: bool,
) -> float:
    """Pixels of one theme: heading, unit, chart and key or table, the first caution, sources, the way back."""
    above = _above(view, section, loc, room, leads=leads)
    if charts.chart_of(view.selection).is_table:
        rates = charts.chart_of(view.selection).joins_editions
        made = section_table(section, loc, view.thresholds, rates=rates)
        main, sources = table_height.height(made, section, loc, room), 0.0
    else:
        main = _chart(view, section, loc, room)
        sources = _lines(texts.source_line(loc, section), 13, room, 19.5) + 4.8
    caution = cautions(view, section, loc, place="picture")[:1]
    edge = 10 if care(view, section, loc) else 0
    strip = 16 + _lines(caution[0], 13, room - edge, 19.5) if caution else 0.0
    signs = key.height(view, section, loc, room)
    # The margins between a key, or a table, and what to take care of are one.
    key_under = signs and not charts.chart_of(view.selection).key_leads
    joint = 8 if strip and (key_under or not sources) else 0
    way = _way(*_way_back(view, section, vocabulary, loc, site), room)
    return above + 8 + main + signs + strip - joint + sources + way


def _above(view: View, section: Section, loc: Localizer, room: float, *, leads: bool) -> float:
    """Pixels of what stands above a chart or table; as in ``theme``, several themes have a small name each and a larger sentence."""
    title, shares = lead(loc, view, section) if leads else ("", "")
    if leads and len(view.sections) == 1:
        return _lines(title, 20, room, 24, bold=True) + 4 + _lines(shares, 15, room, 21)
    told = heading(loc, view, section)
    named = _lines(told.name, 14, room, 20, bold=True) if told.found else 0
    above = named + _lines(told.found or told.name, 20, room, 24, bold=True)
    if leads:
        above += _names(view, title, loc, room) + 8
    return above + 4 + _lines(told.unit, 15, room, 21)


def _names(view: View, title: str, loc: Localizer, room: float) -> float:
    """Pixels of the title of several themes, which is small where it is their names."""
    if title == findings.names(loc, view):
        return _lines(title, 16, room, 24, bold=True)
    return _lines(title, 20, room, 24, bold=True)


def _lines(text: str, size: float, room: float, line: float, *, bold: bool = False) -> float:
    """Pixels of a paragraph: its lines, each ``line`` pixels high."""
    lines = (
        _bold_lines(text, size, room)
        if bold
        else len(wrap(text, size, room * key.EXACT - key.NEAR))
    )
    return lines * line


def _bold_lines(text: str, size: float, room: float) -> int:
    """Lines of a bold text, whose figures are no wider than usual."""
    space, x, lines = _bold_width(" ", size), 0.0, 1
    for word in text.split(" "):
        wide = _bold_width(word, size)
        if x and x + space + wide > room - key.NEAR:
            lines, x = lines + 1, wide
        else:
            x += wide + (space if x else 0.0)
    return lines


def _bold_width(text: str, size: float) -> float:
    """Pixels of a bold text as a browser sets it."""
    return width(text, size) / key.EXACT + size * _BOLD * sum(map(_BROADER.__contains__, text))


def _way(name: str, release: str, address: str, room: float) -> float:
    """Pixels of the way back: the address stands behind link and release, or below them where it has no room in one line with them."""
    told = f"{name} · {release}"
    if width(f"{told} ", 13) + width(address, 12) <= room * key.EXACT - _SLACK:
        return 19.5
    # Browsers break an address behind these signs.
    broken = re.sub("(?<=[/?-])(?=[a-z])", " ", address)
    return _lines(told, 13, room, 19.5) + max(19.5, _lines(broken, 12, room, 18) + 0.5)


def _chart(view: View, section: Section, loc: Localizer, room: float) -> float:
    said = max(room // _STEP * _STEP, charts.NARROWEST)
    return charts.drawing(view, section, loc, laid_out(said)).height
