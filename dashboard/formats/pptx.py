"""View -> PPTX: slides with native charts, what explains them on the slide, and the summary in the speaker notes."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from typing import cast

from pptx import Presentation
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Pt

from dashboard.charts import registry
from dashboard.charts.palette import LIGHT
from dashboard.charts.slots import LEADING
from dashboard.charts.text import wrap
from dashboard.formats import remarks
from dashboard.formats.deterministic_zip import dated, release_date
from dashboard.formats.format import Format
from dashboard.formats.pptx_notes import (
    FOOT_ROOM,
    FOOT_SIZE,
    foot,
    height,
    shortened,
    speaker_notes,
)
from dashboard.formats.pptx_panels import draw_panels
from dashboard.formats.pptx_shapes import EDGE, legend, legend_height, text_box, write
from dashboard.formats.slide_layout import WIDE, SlidePage, pages
from dashboard.messages import gettext_noop
from dashboard.query import Header, Section, View
from dashboard.text import Localizer, missing, pictures, texts

SIZE = (960.0, 540.0)
"""Points; 16:9."""
_TITLE_SIZE = 20
_LONGEST_PROPERTY = 255
"""Characters a document property of Office may have."""
_TITLE_ONLY = 5
"""Index of the layout "Title Only" in python-pptx's own template."""


def deck(view: View, loc: Localizer, address: str) -> bytes:
    """The view as a presentation: a slide per theme, more where its rows do not fit one. The same view gives the same bytes.

    ``address`` is the full address of the view.
    """
    show = Presentation()
    show.slide_width, show.slide_height = Pt(SIZE[0]), Pt(SIZE[1])
    day = release_date(loc.dataset)
    facts = show.core_properties
    facts.title, facts.subject = (
        _property(remarks.title(loc, view)),
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
    for section in view.sections:
        section_pages = pages(view, section, loc, SIZE[1] - _top(view, section, loc) - FOOT_ROOM)
        for page in section_pages:
            _slide(show.slides.add_slide(layout), view, page, loc, address)
        if not section_pages:
            lines = [missing.single_editions(loc, section), missing.missing_countries(loc, section)]
            _bare(
                show.slides.add_slide(layout),
                view,
                pictures.subject(loc, view, section),
                lines,
                loc,
                address,
            )
    if not view.sections:
        lines = [missing.relaxations(loc, found)[0] for found in view.relaxations]
        _bare(
            show.slides.add_slide(layout),
            view,
            loc.t("No figure in this view"),
            lines,
            loc,
            address,
        )
    out = io.BytesIO()
    show.save(out)
    return dated(out.getvalue(), day)


def _property(text: str) -> str:
    return text if len(text) <= _LONGEST_PROPERTY else text[: _LONGEST_PROPERTY - 1] + "…"


def _top(view: View, section: Section, loc: Localizer) -> float:
    """Points that the title and legend of a theme take at most, with the edges of the slide."""
    lines = len(
        wrap(f"{pictures.subject(loc, view, section)} (99 of 99)", _TITLE_SIZE, WIDE, bold=True)
    )
    return (
        lines * _TITLE_SIZE * LEADING
        + legend_height(_entries(view, section, section.series, loc))
        + 60
    )


def _slide(slide: Slide, view: View, page: SlidePage, loc: Localizer, address: str) -> None:
    title = pictures.subject(loc, view, page.section)
    if page.of > 1:
        title = loc.t("{title} ({at} of {of})").format(title=title, at=page.at, of=page.of)
    y = _title(slide, title, pictures.selection_line(loc, view.selection))
    used = {
        slot.series
        for line in page.lines
        for slots in line.slots
        for slot in slots
        if slot.values and slot.series
    }
    y = legend(slide.shapes, y, _entries(view, page.section, used, loc), loc.t("Legend"))
    lines, left_out = foot(view, page, loc, address)
    below = SIZE[1] - 14 - height(lines)
    draw_panels(slide, view, page, loc, y + 4, below - 4)
    text_box(
        slide.shapes, EDGE, below, WIDE, height(lines), lines, FOOT_SIZE, LIGHT.quiet
    ).name = loc.t("Notes and sources")
    # The notes of the template have a text field.
    notes = cast("TextFrame", slide.notes_slide.notes_text_frame)
    notes.text = "\n\n".join(speaker_notes(view, page, loc, address, left_out))


def _bare(
    slide: Slide, view: View, title: str, lines: Sequence[str], loc: Localizer, address: str
) -> None:
    """A slide that has nothing to draw and says why."""
    y = _title(slide, title, pictures.selection_line(loc, view.selection))
    shown = [line for line in (*lines, texts.imprint(loc, view, shortened(address))) if line]
    text_box(slide.shapes, EDGE, y + 20, WIDE, SIZE[1] - y - 40, shown, 12, LIGHT.ink)


def _title(slide: Slide, title: str, subtitle: str) -> float:
    """Title in the slide's own title field and the selection under it; returns the y below."""
    tall = len(wrap(title, _TITLE_SIZE, WIDE, bold=True)) * _TITLE_SIZE * LEADING
    shape = cast("Shape", slide.shapes.title)  # The layout of every slide has one.
    shape.left, shape.top, shape.width, shape.height = Pt(EDGE), Pt(16), Pt(WIDE), Pt(tall)
    write(shape.text_frame, [title], _TITLE_SIZE, LIGHT.ink, bold=True)
    text_box(slide.shapes, EDGE, 16 + tall, WIDE, 16, [subtitle], 11, LIGHT.quiet)
    return 16 + tall + 20


def _entries(
    view: View, section: Section, used: Collection[Header], loc: Localizer
) -> list[tuple[str, str]]:
    """(colour, name) of everything a colour stands for; nothing where each row has its own name and colour."""
    chart = registry.chart(view.selection.chart)
    return [(LIGHT.colour(role), name) for role, name in chart.slide_legend(loc, section, used)]


FORMAT = Format(
    name="pptx",
    path="/slides.pptx",
    media_type="application/vnd.openxmlformats-officedocument.presentationml.presentation",
    summary="A view as slides with editable charts.",
    make=lambda order: deck(order.view, order.loc, order.address),
    label=gettext_noop("Slides (PPTX)"),
    in_toolbar=2,
    compressed=True,
)
