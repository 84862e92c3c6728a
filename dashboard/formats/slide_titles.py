"""The title of a slide: what it says, which figures that names, and its lines in the one size of type that all titles have."""

from __future__ import annotations

from dataclasses import replace

from dashboard.charts import care, registry
from dashboard.charts.slots import LEADING
from dashboard.charts.text import headed
from dashboard.formats.slide_layout import WIDE, SlidePage
from dashboard.query import View
from dashboard.query.questions import figures
from dashboard.text import Localizer, findings, pictures, statements, unlike

SIZE = 24
"""Points, on every slide of every deck: a title that would have more lines than it may says it in fewer words."""
_LINES = 2


def title_of(view: View, page: SlidePage, loc: Localizer) -> str:
    """What the view or its theme finds, where the slide draws all figures that it names, or asks; else what the slide finds by
    itself, in fewer words where more would take too many lines, or its subject."""
    drawn = {value.observation.position for value in page.section.values}
    asked = findings.question_of(loc, view) if len(view.sections) == 1 else None
    rows = figures(asked, view) if asked else None
    if asked and all(row.position in drawn for row in rows or ()):
        return findings.title_of(loc, view)
    found = (*stated(view, page, loc), pictures.subject(loc, view, page.section))
    fitting = (each for each in found if len(lines_of(each)) <= _LINES)
    return next(fitting, found[-1])


def told(view: View, page: SlidePage, loc: Localizer) -> frozenset[int]:
    """Positions of the figures that the title of a slide names; none where it asks."""
    title = title_of(view, page, loc)
    asked = findings.question_of(loc, view) if len(view.sections) == 1 else None
    rows = figures(asked, view) if asked else None
    if rows and title == findings.title_of(loc, view):
        return frozenset(row.position for row in rows)
    found = (statements.of_section(loc, view, each) for each in (page.whole, page.section))
    named = next((each.values for each in found if title in _worded(each.forms, page, loc)), ())
    return frozenset(value.observation.position for value in named)


def holds(view: View, page: SlidePage, loc: Localizer) -> str:
    """That the figures of the title may be compared, where not all of the slide may; blank elsewhere."""
    if registry.chart_of(view.selection).on_lines:
        return ""
    own = care.left_by(loc.dataset, view.thresholds, page.section)
    if not unlike.barred(own):
        return ""
    title = title_of(view, page, loc)
    found = (statements.of_section(loc, view, each) for each in (page.whole, page.section))
    named = (replace(each, naming_all=_worded(each.naming_all, page, loc)) for each in found)
    return next(filter(None, (statements.holds(loc, each, own, title) for each in named)), "")


def stated(view: View, page: SlidePage, loc: Localizer) -> tuple[str, ...]:
    """What a slide finds, from the most words to the fewest, each first in the words of its headings."""
    return _worded(_forms(view, page, loc), page, loc)


def _worded(forms: tuple[str, ...], page: SlidePage, loc: Localizer) -> tuple[str, ...]:
    headed = ((_as_headed(each, page, loc), each) for each in forms)
    return tuple(dict.fromkeys(text for both in headed for text in both))


def _as_headed(text: str, page: SlidePage, loc: Localizer) -> str:
    """A text in which what percentages are of has the name that headings have."""
    for base in dict.fromkeys(value.observation.base for value in page.section.values):
        short, name = loc.short("base", base), loc.label("base", base)
        if short not in name:
            text = text.replace(f" {short} ", f" {name} ")
    return text


def _forms(view: View, page: SlidePage, loc: Localizer) -> tuple[str, ...]:
    """What the theme of a slide finds, else what the slide does by itself, of lines that are all interrupted a newest figure."""
    drawn = {value.observation.position for value in page.section.values}
    theme = statements.of_section(loc, view, page.whole)
    if theme.forms and all(value.observation.position in drawn for value in theme.values):
        return theme.forms
    own = pictures.titles(loc, view, page.section)
    if own != (pictures.subject(loc, view, page.section),):
        return own
    along = registry.chart_of(view.selection).joins_editions
    return statements.of_newest(loc, view, page.section).forms if along else ()


def lines_of(title: str) -> list[str]:
    """A title in lines of about one length, broken behind a colon first."""
    return headed(title, SIZE, WIDE)


def height_of(title: str) -> float:
    """Points that a title takes."""
    return len(lines_of(title)) * SIZE * LEADING
