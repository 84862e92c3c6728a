"""The key of a slide of changes: what intervals, slashes and dashed lines are, and why marks stand side by side."""

from __future__ import annotations

from dashboard.charts import years
from dashboard.charts.palette import LIGHT
from dashboard.formats.change_labels import SLASHES
from dashboard.formats.pptx_legend import Entry
from dashboard.query import Section
from dashboard.query.clear_steps import clear_steps
from dashboard.query.evidence import Interval
from dashboard.text import Localizer, key, letters

_NEAR = 6.0
"""Percentage points that marks of one year are apart of which neither covers the other in the lowest plot of a slide."""
SEEN = 3.0
"""Percentage points that an interval reaches at least, up or down, to be drawn."""


def keys(section: Section, loc: Localizer, *, intervals: bool) -> list[Entry]:
    """An entry for each that occurs on a slide, of intervals where they are drawn."""
    drawn = [step for step in section.edition_steps if step.later in section.values]
    found = _intervals(section, loc) if intervals else []
    if skips := [step for step in drawn if step.skipped and not step.broken]:
        found.append(Entry((LIGHT.quiet,), key.passed(loc, skips), "dashed"))
    if clear_steps(section):
        found.append(Entry((LIGHT.quiet,), key.larger_than_chance(loc), "thick"))
    if any(step.broken for step in drawn):
        apart = loc.t("Not comparable")
        found.append(Entry((), f"{SLASHES} {apart[:1].lower()}{apart[1:]}"))
    if years.near_together(section, _NEAR):
        found.append(Entry((LIGHT.quiet, LIGHT.quiet), key.side_by_side(loc), "beside"))
    return found


def is_seen(interval: Interval, value: float) -> bool:
    """Whether an interval reaches so far from its figure that it is drawn: less of it would only misshape the mark."""
    return max(interval.high - value, value - interval.low) >= SEEN


def covered(section: Section, loc: Localizer) -> str:
    """That no interval of a slide is drawn, as each is narrow; blank where one is, or none is known."""
    known = [(each.evidence.interval, each.observation.value) for each in section.values]
    held = [(each, is_seen(each, at)) for each, at in known if each]
    words = key.intervals(loc, (each for each, _ in held))
    if not words or any(seen for _, seen in held):
        return ""
    narrow = loc.t("{interval}, where known, less than {points} points each way")
    return f"{letters.begun(narrow.format(interval=words, points=loc.number(SEEN)))}."


def _intervals(section: Section, loc: Localizer) -> list[Entry]:
    """What intervals are and which are drawn; none where none is."""
    known = [(each.evidence.interval, each.observation.value) for each in section.values]
    held = [(each, is_seen(each, at)) for each, at in known if each]
    seen = [each for each, drawn in held if drawn]
    words = key.intervals(loc, seen)
    if not seen:
        return []
    if len(seen) < len(known):
        wide = loc.t("{interval}, where {points} points or more one way")
        words = wide.format(interval=words, points=loc.number(SEEN))
    return [Entry((LIGHT.quiet,), words, "upright")]
