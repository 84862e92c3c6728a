"""View -> PPTX: slides with native charts under the finding and its unit, a short foot, and everything else in the speaker notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Pt

from dashboard.charts import care, registry
from dashboard.charts.palette import LIGHT
from dashboard.charts.series import series_of
from dashboard.charts.slots import LEADING, SlideKind
from dashboard.charts.text import balanced, headed, wrap
from dashboard.formats import (
    cell_pages,
    pptx_cells,
    pptx_change,
    pptx_compare,
    pptx_grid,
    pptx_keys,
    pptx_language,
    pptx_sheet,
    remarks,
    slide_grid,
)
from dashboard.formats.deterministic_zip import release_date
from dashboard.formats.pptx_charts import FONT
from dashboard.formats.pptx_container import container
from dashboard.formats.pptx_legend import LEGEND_STEP, legend, legend_height
from dashboard.formats.pptx_notes import (
    FOOT_SIZE,
    Foot,
    foot,
    shortened,
    speaker_notes,
)
from dashboard.formats.pptx_parts import number_parts
from dashboard.formats.pptx_shapes import Type, edge_of_care, fit_groups, indent, text_box, write
from dashboard.formats.pptx_sheet import Provenance
from dashboard.formats.slide_context import SlideContext
from dashboard.formats.slide_layout import EDGE, LINE_BREAK, NO_BREAK, SIZE, WIDE, RoomOf, SlidePage
from dashboard.formats.slide_order import led_by
from dashboard.query import Section, View
from dashboard.query.questions import figures
from dashboard.text import (
    Localizer,
    findings,
    lead,
    missing,
    pictures,
    statements,
    texts,
    unlike,
)
from dashboard.text.standing_alone import standing_alone

TITLE_SIZES, UNIT_SIZE = (28, 26, 24, 22, 20), 14
"""Points; a smaller title where a larger one has more lines than it may."""
_TITLE_LINES = 2
TOP = 24.0
_UNDER_TITLE, _UNDER_UNIT, _OVER_CHARTS, _OVER_FOOT = 3.0, 7.0, 6.0, 8.0
"""White under the title, the unit and the legend, and over the foot."""
_LONGEST_PROPERTY = 255
"""Characters a document property of Office may have."""
_LONGEST_LINK = 2000
"""Characters of an address that Office follows; the speaker notes have a longer one."""
_TITLE_ONLY = 5
"""Index of the layout "Title Only" in python-pptx's own template."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a type of chart stands on slides: the slides of a section with so much room, and what draws one between two heights."""

    pages: Callable[[View, Section, Localizer, RoomOf], tuple[SlidePage, ...]]
    draw: Callable[[SlideContext, tuple[float, float]], None]


_GRID = _Kind(slide_grid.pages, pptx_grid.draw)
_KINDS: Mapping[SlideKind, _Kind] = {
    "bars": _GRID,
    "dots": _GRID,
    "stacks": _GRID,
    "comparisons": _Kind(pptx_compare.pages, pptx_compare.draw),
    "change": _Kind(pptx_change.pages, pptx_change.draw),
    "cells": _Kind(cell_pages.pages, pptx_cells.draw),
}


def deck(
    view: View, loc: Localizer, address: str, go_on: Callable[[], None] = lambda: None
) -> bytes:
    """The view as a presentation: a slide per theme, more where its rows do not fit one. The same view gives the same bytes.

    ``address`` is the full address of the view; ``go_on`` is asked before each section, and ends the work by raising.
    """
    show = Presentation()
    number_parts(show.part.package)
    show.slide_width, show.slide_height = Pt(SIZE[0]), Pt(SIZE[1])
    day = release_date(loc.dataset)
    facts = show.core_properties
    facts.title, facts.subject = (
        _property(findings.title_of(loc, view) if view.sections else remarks.title(loc, view)),
        _property(pictures.selection_line(loc, view.selection)),
    )
    facts.author = facts.last_modified_by = loc.t(texts.PRODUCT)
    facts.keywords, facts.comments = (
        loc.t("data release {release}").format(release=view.release),
        _property(address),
    )
    facts.created = facts.modified = day
    facts.revision, facts.language = 1, loc.language
    layout = show.slide_layouts[_TITLE_ONLY]
    known = pptx_sheet.provenance(loc)
    kind = _KINDS[registry.chart_of(view.selection).on_slides]
    for section in view.sections:
        go_on()
        words = standing_alone(loc, section, pictures.subject(loc, view, section))
        found = _pages(kind, view, section, words, address)
        for page in found:
            led = led_by(page, _told(view, page, words)) if _ranks(view) else page
            _slide(show.slides.add_slide(layout), view, led, words, address, known)
        if not found:
            lines = [missing.single_editions(loc, section), missing.missing_countries(loc, section)]
            title = pictures.subject(loc, view, section)
            _bare(show.slides.add_slide(layout), view, title, lines, loc, address)
    if not view.sections:
        lines = [missing.empty(loc, view.selection)]
        _bare(show.slides.add_slide(layout), view, loc.t(texts.PRODUCT), lines, loc, address)
    pptx_language.mark(show, pptx_language.tag(loc.locale))
    return container(show, day)


def _pages(
    kind: _Kind, view: View, section: Section, loc: Localizer, address: str
) -> tuple[SlidePage, ...]:
    """The slides of a section, with what room is left by the titles of those that stand there together."""

    def room(held: Section, keys: float = SIZE[1]) -> float:
        page = SlidePage(section, held)
        under = foot(view, page, loc, address, _holds(view, page, loc))
        return under.top - _OVER_FOOT - _top(view, page, loc, keys)

    # A slide may need a shorter legend than all of them together.
    found = kind.pages(view, section, loc, lambda held: room(held, LEGEND_STEP))
    if all(0 < page.height <= room(page.section) for page in found):
        return found
    found = kind.pages(view, section, loc, room)
    least = min((room(page.section) for page in found), default=0.0)
    # A part may have a longer title than the whole.
    if any(page.height > room(page.section) for page in found):
        return kind.pages(view, section, loc, lambda held: min(least, room(held)))
    return found


def _property(text: str) -> str:
    return text if len(text) <= _LONGEST_PROPERTY else text[: _LONGEST_PROPERTY - 1] + "…"


def _title_of(view: View, page: SlidePage, loc: Localizer) -> str:
    """What the view or its theme finds, where the slide draws all figures that it names, or asks; else what the slide finds by
    itself, in fewer words where more would take too many lines."""
    drawn = {value.observation.position for value in page.section.values}
    asked = findings.question_of(loc, view) if len(view.sections) == 1 else None
    rows = figures(asked, view) if asked else None
    if asked and all(row.position in drawn for row in rows or ()):
        return findings.title_of(loc, view)
    found = _stated(view, page, loc) or (pictures.subject(loc, view, page.section),)
    fitting = (each for each in found if _title_size(each)[1] <= _TITLE_LINES)
    return next(fitting, found[-1])


def _ranks(view: View) -> bool:
    """Whether rows stand in the order of what is found, and not in one that the reader knows."""
    return view.selection.sort in ("value", "difference")


def _told(view: View, page: SlidePage, loc: Localizer) -> frozenset[int]:
    """Positions of the figures that the title of a slide names; none where it asks."""
    title = _title_of(view, page, loc)
    asked = findings.question_of(loc, view) if len(view.sections) == 1 else None
    rows = figures(asked, view) if asked else None
    if rows and title == findings.title_of(loc, view):
        return frozenset(row.position for row in rows)
    found = (statements.of_section(loc, view, each) for each in (page.whole, page.section))
    told = next((each.values for each in found if title in _worded(each.forms, page, loc)), ())
    return frozenset(value.observation.position for value in told)


def _holds(view: View, page: SlidePage, loc: Localizer) -> str:
    """That the figures of the title may be compared, where not all of the slide may; blank elsewhere."""
    if registry.chart_of(view.selection).on_lines:
        return ""
    own = care.left_by(loc.dataset, view.thresholds, page.section)
    if not unlike.barred(own):
        return ""
    title = _title_of(view, page, loc)
    found = (statements.of_section(loc, view, each) for each in (page.whole, page.section))
    named = (replace(each, naming_all=_worded(each.naming_all, page, loc)) for each in found)
    return next(filter(None, (statements.holds(loc, each, own, title) for each in named)), "")


def _stated(view: View, page: SlidePage, loc: Localizer) -> tuple[str, ...]:
    """What a slide finds, from the most words to the fewest, first in the words of its headings."""
    return _worded(_forms(view, page, loc), page, loc)


def _worded(forms: tuple[str, ...], page: SlidePage, loc: Localizer) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*(_as_headed(each, page, loc) for each in forms), *forms]))


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


def _lines(title: str, size: float) -> list[str]:
    """A title in lines of about one length, broken behind a colon first."""
    return headed(title, size, WIDE)


def _title_size(title: str) -> tuple[int, int]:
    """(points of the type of a title, lines it takes)."""
    sizes = [(size, len(_lines(title, size))) for size in TITLE_SIZES]
    return next((each for each in sizes if each[1] <= _TITLE_LINES), sizes[-1])


def _title_height(title: str) -> float:
    size, lines = _title_size(title)
    return lines * size * LEADING


def _top(view: View, page: SlidePage, loc: Localizer, keys: float) -> float:
    """Points that title, unit and legend of a theme take at most, with the edge of the slide."""
    section = page.section
    titles = (_title_of(view, page, loc), pictures.subject(loc, view, section))
    used = {series_of(section, value) for value in section.values}
    return (
        TOP
        + _UNDER_TITLE
        + max(_title_height(title) for title in titles)
        + len(_unit(view, page, loc, _counted(loc, 99, 99))) * UNIT_SIZE * LEADING
        + min(keys, legend_height(pptx_keys.entries(view, SlidePage(section, section), used, loc)))
        + _UNDER_UNIT
        + _OVER_CHARTS
    )


def _unit(view: View, page: SlidePage, loc: Localizer, counted: str = "") -> list[str]:
    """The lines of what percentages are of, behind what the slide is about where the title does not say it; which of its slides
    one is ends them."""
    unit = lead.unit(loc, view, page.section)
    abouts = [""]
    # A slide stands alone: what it is about is said wherever its title is a sentence on it.
    if _title_of(view, page, loc) in _stated(view, page, loc):
        abouts = [pictures.subject(loc, view, page.section), loc.label("theme", page.section.theme)]
    told = [texts.joined(about, unit, counted) for about in abouts]
    one_line = (each for each in told if len(wrap(each, UNIT_SIZE, WIDE)) == 1)
    return balanced(next(one_line, told[0]), UNIT_SIZE, WIDE)


def _counted(loc: Localizer, at: int, of: int) -> str:
    return loc.t("{at} of {of}").format(at=at, of=of).replace(" ", NO_BREAK)


def _slide(
    slide: Slide, view: View, page: SlidePage, loc: Localizer, address: str, known: Provenance
) -> None:
    counted = _counted(loc, page.at, page.of) if page.of > 1 else ""
    title, unit = _title_of(view, page, loc), _unit(view, page, loc, counted)
    y = _title(slide, title, unit) + _UNDER_UNIT
    used = {
        slot.series
        for block in page.blocks
        for line in block.lines
        for slots in line.slots
        for slot in slots
        if slot.values and slot.series
    }
    entries = pptx_keys.entries(view, page, used, loc)
    y = legend(slide.shapes, y, entries, loc.t("Legend")) + _OVER_CHARTS
    kind = _KINDS[registry.chart_of(view.selection).on_slides]
    under = foot(view, page, loc, address, _holds(view, page, loc))
    own = care.left_by(loc.dataset, view.thresholds, page.section)
    context = SlideContext(slide, view, page, loc, known, unlike.signed(own))
    kind.draw(context, (y, under.top - _OVER_FOOT))
    fit_groups(slide)
    _foot(slide, under, loc, address)
    # The notes of the template have a text field.
    notes = cast("TextFrame", slide.notes_slide.notes_text_frame)
    notes.text = "\n\n".join(filter(None, speaker_notes(view, page, loc, address)))


def _foot(slide: Slide, under: Foot, loc: Localizer, address: str) -> None:
    """What to take care of, and where it comes from, the address a link."""
    lines = [under.care, LINE_BREAK.join(under.origin)]
    look = Type(FOOT_SIZE, LIGHT.quiet)
    if under.warns:
        tall = under.told * FOOT_SIZE * LEADING
        edge_of_care(slide.shapes, EDGE, under.top + 1, tall)
    found = text_box(slide.shapes, EDGE, under.top, WIDE, under.height, lines, look)
    found.name = loc.t("Notes and sources")
    indent(found.text_frame.paragraphs[0], under.inset)
    run = found.text_frame.paragraphs[-1].add_run()
    run.text, run.font.name, run.font.size = under.address, FONT, Pt(FOOT_SIZE)
    if len(address) <= _LONGEST_LINK:
        run.hyperlink.address = address


def _bare(
    slide: Slide, view: View, title: str, lines: Sequence[str], loc: Localizer, address: str
) -> None:
    """A slide that has nothing to draw and says why."""
    y = _title(slide, title, [pictures.selection_line(loc, view.selection)])
    shown = [line for line in (*lines, texts.imprint(loc, view, shortened(address))) if line]
    text_box(slide.shapes, EDGE, y + 20, WIDE, SIZE[1] - y - 40, shown, Type(UNIT_SIZE))


def _title(slide: Slide, title: str, unit: Sequence[str]) -> float:
    """Title in the slide's own title field and the unit under it; returns the y below."""
    tall = _title_height(title)
    shape = cast("Shape", slide.shapes.title)  # The layout of every slide has one.
    shape.left, shape.top, shape.width, shape.height = Pt(EDGE), Pt(TOP), Pt(WIDE), Pt(tall)
    size = _title_size(title)[0]
    write(
        shape.text_frame,
        # Left to itself, a line ends within a period: "2018–" and "19".
        [LINE_BREAK.join(_lines(title, size))],
        Type(size, bold=True, anchor=MSO_ANCHOR.BOTTOM),
    )
    below = TOP + tall + _UNDER_TITLE
    under = max(1, len(unit)) * UNIT_SIZE * LEADING
    text_box(
        slide.shapes,
        EDGE,
        below,
        WIDE,
        under,
        [LINE_BREAK.join(unit)],
        Type(UNIT_SIZE, LIGHT.quiet),
    )
    return below + under
