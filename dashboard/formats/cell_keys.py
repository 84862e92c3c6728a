"""The key of a heat table on a slide: the colours of each ramp, and what dashes and signs stand for."""

from __future__ import annotations

from dashboard.charts.palette import LIGHT
from dashboard.charts.ramps import ramps
from dashboard.charts.roles import Heat
from dashboard.formats.cell_bounds import is_bounded
from dashboard.formats.cell_plan import ramped_bases
from dashboard.formats.cell_rows import blanks
from dashboard.formats.pptx_legend import Entry, legend_lines, no_figure
from dashboard.query import Section
from dashboard.text import Localizer, missing
from dashboard.text.key import walls
from dashboard.text.wording import signed

_LINES = 2
"""Lines that the names of ramps take at most."""


def keys(section: Section, loc: Localizer, *, coloured: bool = True) -> list[Entry]:
    """(colours of 0, 50 and 100 percent, what they are percent of) of each ramp that stands over no column, in the order of the columns,
    of several once that the columns say it, where figures are ``coloured``; what dashes and signs stand for."""
    parted = walls(loc, section)
    wall = [Entry((), ": ".join((loc.t("Dashed line"), parted)))] if parted else []
    signs = [*_signs(section, loc), *_worded(section, loc, coloured=coloured), *wall]
    return [*_ramps(section, loc), *signs] if coloured else signs


def _worded(section: Section, loc: Localizer, *, coloured: bool) -> list[Entry]:
    """What the signs of figures stand for that are not exact; of those over or under something ``coloured`` what their colours are."""
    bounded = [value for value in section.values if coloured and is_bounded(value)]
    others = [value for value in section.values if value not in bounded]
    told = [signed(loc, others)]
    if bounded:
        told.append(loc.t("{signs}: all colours it may have").format(signs=signed(loc, bounded)))
    return [Entry((), text) for text in told if text]


def _ramps(section: Section, loc: Localizer) -> list[Entry]:
    """The ramps of the figures of a slide that stand over no column."""
    of_base = ramps(loc)
    by_column = (value for panel in section.panels for value in section.values_of(panel))
    bases = dict.fromkeys(value.observation.base for value in by_column)
    found = [base for base in bases if base not in ramped_bases(section)]
    ends = f"0–{loc.percent(100).removesuffix('%')}"
    held = [_ramp(of_base[base], f"{ends}{loc.share(base)}") for base in found]
    if legend_lines(held) > _LINES and not ramped_bases(section):
        told = loc.t("%: the heading of each column says of what")
        held = [_ramp(of_base[base], "") for base in found]
        held[-1] = held[-1]._replace(name=f"{ends}{told}")
    return held


def _signs(section: Section, loc: Localizer) -> list[Entry]:
    """What dashes and signs stand for."""
    signs = [no_figure(loc)] if any(blanks(section)) else []
    if section.withheld_count:
        signs.append(Entry((), missing.withheld_sign(loc)))
    if any(value.observation.status == "inferred" for value in section.values):
        signs.append(Entry((), "? " + loc.t("in doubt")))
    return signs


def _ramp(ramp: int, name: str) -> Entry:
    """The colours of a ramp and what they stand for."""
    return Entry(tuple(LIGHT.colour(Heat(percent, ramp)) for percent in (0, 50, 100)), name)
