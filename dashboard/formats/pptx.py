"""View -> PPTX: slides with native charts under the finding and its unit, a short foot, and everything else in the speaker notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
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
from dashboard.charts.text import balanced, wrap
from dashboard.charts.told import title_first
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
    slide_titles,
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
from dashboard.formats.slide_layout import (
    EDGE,
    LINE_BREAK,
    NO_BREAK,
    SIZE,
    WIDE,
    RoomOf,
    SlidePage,
    numbered,
)
from dashboard.formats.slide_order import led_by
from dashboard.query import Measure, Section, View
from dashboard.text import (
    Localizer,
    comparisons,
    findings,
    lead,
    missing,
    pictures,
    texts,
    unlike,
)

UNIT_SIZE = 14
"""Points."""
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
    exact: bool = False
    """Whether it asks for the room of each slide, and not of several together."""


_GRID = _Kind(slide_grid.pages, pptx_grid.draw, exact=True)
_CELLS = _Kind(cell_pages.pages, pptx_cells.draw)
_KINDS: Mapping[SlideKind, _Kind] = {
    "bars": _GRID,
    "dots": _GRID,
    "stacks": _GRID,
    "comparisons": _Kind(pptx_compare.pages, pptx_compare.draw, exact=True),
    "change": _Kind(pptx_change.pages, pptx_change.draw),
    "cells": _CELLS,
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
    planned = list[_Planned]()
    for section in view.sections:
        go_on()
        planned.append(_planned(kind, view, section, loc, address))
    if kind is _GRID:
        planned = _on_one_scale(view, planned, loc)
    elif kind is _CELLS:
        planned = _on_one_height(view, planned, loc, address)
    for each in planned:
        go_on()
        for page, title in zip(each.pages, each.titles, strict=True):
            led = led_by(page, slide_titles.told(view, page, loc)) if _ranks(view) else page
            slide = show.slides.add_slide(layout)
            _slide(slide, view, led, loc, address, known, title)
        if not each.pages:
            section = each.section
            lines = [missing.single_editions(loc, section), missing.missing_countries(loc, section)]
            title = pictures.subject(loc, view, section)
            _bare(show.slides.add_slide(layout), view, title, lines, loc, address)
    if not view.sections:
        lines = [missing.empty(loc, view.selection)]
        _bare(show.slides.add_slide(layout), view, loc.t(texts.PRODUCT), lines, loc, address)
    pptx_language.mark(show, pptx_language.tag(loc.locale))
    return container(show, day)


@dataclass(frozen=True, slots=True)
class _Planned:
    """A section, and its slides with the title of each."""

    section: Section
    pages: tuple[SlidePage, ...]
    titles: tuple[str, ...]


def _planned(kind: _Kind, view: View, section: Section, loc: Localizer, address: str) -> _Planned:
    """A section shared out among slides, the row that the title of the view tells on the first."""
    named = slide_titles.told(view, SlidePage(section, section), loc)
    ranks = _ranks(view)
    led = title_first(section, named) if ranks and section.sectors_apart else section
    pages = tuple(replace(page, whole=section) for page in _pages(kind, view, led, loc, address))
    if ranks and registry.chart_of(view.selection).on_slides == "cells":
        pages = numbered(sorted(pages, key=lambda page: not _holds_all(page.section, named)))
    titles = tuple(slide_titles.title_of(view, page, loc) for page in pages)
    return _Planned(section, pages, titles)


def _on_one_scale(view: View, planned: Sequence[_Planned], loc: Localizer) -> list[_Planned]:
    """Slides of which those with equally many panels side by side have equally long percentages."""
    least: dict[int, float] = {}
    for each in planned:
        for page in each.pages:
            found = pptx_grid.hundred_of(view, page, loc)
            least[page.beside] = min(found, least.get(page.beside, found))
    return [
        replace(each, pages=tuple(replace(page, hundred=least[page.beside]) for page in each.pages))
        for each in planned
    ]


def _on_one_height(
    view: View, planned: Sequence[_Planned], loc: Localizer, address: str
) -> list[_Planned]:
    """Slides of tables whose rows are equally high on all of them, as far as all have room for what the highest needs."""
    found = [
        pptx_cells.line_heights(
            view, page, loc, _room(view, page, loc, address), _signed(view, page, loc)
        )
        for each in planned
        for page in each.pages
    ]
    tall = pptx_cells.one_height(found)
    return [
        replace(each, pages=tuple(replace(page, tall=tall) for page in each.pages))
        for each in planned
    ]


def _holds_all(held: Section, named: Set[int]) -> bool:
    return named <= {value.observation.position for value in held.values}


def _pages(
    kind: _Kind, view: View, section: Section, loc: Localizer, address: str
) -> tuple[SlidePage, ...]:
    """The slides of a section, with what room is left by the titles of those that stand there together."""

    def room(held: Section, keys: float = SIZE[1]) -> float:
        return _room(view, SlidePage(section, held), loc, address, keys)

    # A slide may need a shorter legend than all of them together.
    if not kind.exact:
        found = kind.pages(view, section, loc, lambda held: room(held, LEGEND_STEP))
        if all(0 < page.height <= room(page.section) for page in found):
            return found
    found = kind.pages(view, section, loc, room)
    least = min((room(page.section) for page in found), default=0.0)
    # A part may have a longer title than the whole.
    if any(page.height > room(page.section) for page in found):
        return kind.pages(view, section, loc, lambda held: min(least, room(held)))
    return found


def _room(
    view: View, page: SlidePage, loc: Localizer, address: str, keys: float = SIZE[1]
) -> float:
    """Points that charts have on a slide, with a legend of ``keys`` points at most."""
    under = foot(view, page, loc, address, slide_titles.holds(view, page, loc))
    return under.top - _OVER_FOOT - _top(view, page, loc, keys)


def _property(text: str) -> str:
    return text if len(text) <= _LONGEST_PROPERTY else text[: _LONGEST_PROPERTY - 1] + "…"


def _ranks(view: View) -> bool:
    """Whether rows stand in the order of what is found, and not in one that the reader knows."""
    return view.selection.sort in ("value", "difference")


def _top(view: View, page: SlidePage, loc: Localizer, keys: float) -> float:
    """Points that title, unit and legend of a theme take at most, with the edge of the slide."""
    section = page.section
    titles = (slide_titles.title_of(view, page, loc), pictures.subject(loc, view, section))
    used = {series_of(section, value) for value in section.values}
    return (
        TOP
        + _UNDER_TITLE
        + max(slide_titles.height_of(title) for title in titles)
        + len(_unit(view, page, loc, _counted(loc, 99, 99))) * UNIT_SIZE * LEADING
        + min(keys, legend_height(pptx_keys.entries(view, SlidePage(section, section), used, loc)))
        + _UNDER_UNIT
        + _OVER_CHARTS
    )


def _heads_bases(view: View, held: Section) -> bool:
    """Whether what percentages are of stands over the marks of a slide, since they are of several things."""
    kind = registry.chart_of(view.selection).on_slides
    apart = len({value.observation.base for value in held.values}) > 1
    if kind == "cells":
        return apart and len({panel.part for panel in held.panels}) > 1
    return apart and _KINDS[kind] is _GRID


def _unit(view: View, page: SlidePage, loc: Localizer, counted: str = "") -> list[str]:
    """The lines of what percentages are of, behind what the slide is about where the title does not say it; which of its slides
    one is ends them."""
    unit = lead.unit(loc, view, page.section, shares=not _heads_bases(view, page.section))
    abouts = [""]
    # A slide stands alone: what it is about is said wherever its title is a sentence on it.
    if slide_titles.title_of(view, page, loc) in slide_titles.stated(view, page, loc):
        abouts = [pictures.subject(loc, view, page.section), loc.label("theme", page.section.theme)]
    place = comparisons.place(loc, page.section)
    told = [texts.joined(about, _besides(unit, place, about), counted) for about in abouts]
    one_line = (each for each in told if len(wrap(each, UNIT_SIZE, WIDE)) == 1)
    return balanced(next(one_line, told[0]), UNIT_SIZE, WIDE)


def _besides(unit: str, place: str, about: str) -> str:
    """The line of what percentages are of without the ``place`` at its end, where what it stands behind ends in that."""
    return unit.removesuffix(f" · {place}") if place and about.endswith(place) else unit


def _counted(loc: Localizer, at: int, of: int) -> str:
    return loc.t("{at} of {of}").format(at=at, of=of).replace(" ", NO_BREAK)


def _slide(
    slide: Slide,
    view: View,
    page: SlidePage,
    loc: Localizer,
    address: str,
    known: Provenance,
    title: str,
) -> None:
    """Draw a slide under its title."""
    counted = _counted(loc, page.at, page.of) if page.of > 1 else ""
    y = _title(slide, title, _unit(view, page, loc, counted)) + _UNDER_UNIT
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
    under = foot(view, page, loc, address, slide_titles.holds(view, page, loc))
    context = SlideContext(slide, view, page, loc, known, _signed(view, page, loc))
    kind.draw(context, (y, under.top - _OVER_FOOT))
    fit_groups(slide)
    _foot(slide, under, loc, address)
    # The notes of the template have a text field.
    notes = cast("TextFrame", slide.notes_slide.notes_text_frame)
    notes.text = "\n\n".join(filter(None, speaker_notes(view, page, loc, address)))


def _signed(view: View, page: SlidePage, loc: Localizer) -> frozenset[Measure]:
    """The indicators of a slide whose names carry the sign of figures that must not be compared."""
    return unlike.signed(care.left_by(loc.dataset, view.thresholds, page.section))


def _foot(slide: Slide, under: Foot, loc: Localizer, address: str) -> None:
    """What to take care of, and where it comes from, the address a link."""
    lines = [LINE_BREAK.join(under.care_lines), LINE_BREAK.join(under.origin)]
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
    tall = slide_titles.height_of(title)
    shape = cast("Shape", slide.shapes.title)  # The layout of every slide has one.
    shape.left, shape.top, shape.width, shape.height = Pt(EDGE), Pt(TOP), Pt(WIDE), Pt(tall)
    write(
        shape.text_frame,
        # Left to itself, a line ends within a period: "2018–" and "19".
        [LINE_BREAK.join(slide_titles.lines_of(title))],
        Type(slide_titles.SIZE, bold=True, anchor=MSO_ANCHOR.BOTTOM),
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
