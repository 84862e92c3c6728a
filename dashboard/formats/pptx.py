"""View -> PPTX: slides with native charts, what explains them on the slide, and the summary in the speaker notes."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.shapes.shapetree import SlideShapes
from pptx.slide import Slide
from pptx.util import Pt

from dashboard.charts import registry
from dashboard.charts.labels import figure
from dashboard.charts.palette import LIGHT
from dashboard.charts.series import answer_roles, series_role
from dashboard.charts.slots import (
    LABEL_SIZE,
    LEADING,
    SMALL_SIZE,
    fits,
    segment_label,
    stack_width,
)
from dashboard.charts.text import width, wrap
from dashboard.formats import remarks
from dashboard.formats.deterministic_zip import dated, release_date
from dashboard.formats.format import Format
from dashboard.formats.pptx_charts import Bar, Plot, Series, draw
from dashboard.formats.pptx_shapes import (
    EDGE,
    legend,
    legend_height,
    paragraph,
    rule,
    text_box,
    write,
)
from dashboard.formats.slide_layout import (
    GAP,
    NAME_SIZE,
    NAMES,
    QUIET_SIZE,
    WIDE,
    Page,
    head_height,
    heading,
    pages,
    panel_width,
)
from dashboard.messages import gettext_noop
from dashboard.query import Header, Section, Value, View
from dashboard.text import Localizer, differences, missing, summary, texts

SIZE = (960.0, 540.0)
"""Points; 16:9."""
_FOOT_SIZE = 7.5
_FOOT_ROOM = 112.0
_TALLEST = 22.0
"""Height of a slot above which bars look clumsy."""
_TITLE_SIZE = 20
_LONGEST_PROPERTY = 255
"""Characters a document property of Office may have."""
_LONGEST_ADDRESS = 400
"""Characters of an address that a slide shows; the speaker notes have it whole."""
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
        _property(texts.picture_subtitle(loc, view.selection)),
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
        made = pages(view, section, loc, SIZE[1] - _top(view, section, loc) - _FOOT_ROOM)
        for page in made:
            _slide(show.slides.add_slide(layout), view, page, loc, address)
        if not made:
            lines = [missing.single_editions(loc, section), missing.missing_countries(loc, section)]
            _bare(
                show.slides.add_slide(layout),
                view,
                texts.picture_title(loc, view, section),
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
        wrap(f"{texts.picture_title(loc, view, section)} (99 of 99)", _TITLE_SIZE, WIDE, bold=True)
    )
    return (
        lines * _TITLE_SIZE * LEADING
        + legend_height(_entries(view, section, section.series, loc))
        + 60
    )


def _slide(slide: Slide, view: View, page: Page, loc: Localizer, address: str) -> None:
    title = texts.picture_title(loc, view, page.section)
    if page.of > 1:
        title = loc.t("{title} ({at} of {of})").format(title=title, at=page.at, of=page.of)
    y = _title(slide, title, texts.picture_subtitle(loc, view.selection))
    used = {
        slot.series for line in page.lines for slots in line.slots for slot in slots if slot.values
    }
    y = legend(slide.shapes, y, _entries(view, page.section, used, loc), loc.t("Legend"))
    foot, left_out = _foot(view, page, loc, address)
    below = SIZE[1] - 14 - _height(foot)
    _grid(slide, view, page, loc, y + 4, below - 4)
    text_box(
        slide.shapes, EDGE, below, WIDE, _height(foot), foot, _FOOT_SIZE, LIGHT.quiet
    ).name = loc.t("Notes and sources")
    slide.notes_slide.notes_text_frame.text = "\n\n".join(
        _speaker_notes(view, page, loc, address, left_out)
    )


def _bare(
    slide: Slide, view: View, title: str, lines: Sequence[str], loc: Localizer, address: str
) -> None:
    """A slide that has nothing to draw and says why."""
    y = _title(slide, title, texts.picture_subtitle(loc, view.selection))
    told_lines = [line for line in (*lines, texts.imprint(loc, view, _shortened(address))) if line]
    text_box(slide.shapes, EDGE, y + 20, WIDE, SIZE[1] - y - 40, told_lines, 12, LIGHT.ink)


def _shortened(address: str) -> str:
    """An address as far as a slide has room for it."""
    return address if len(address) <= _LONGEST_ADDRESS else address[:_LONGEST_ADDRESS] + "…"


def _title(slide: Slide, title: str, subtitle: str) -> float:
    """Title in the slide's own title field and the selection under it; returns the y below."""
    tall = len(wrap(title, _TITLE_SIZE, WIDE, bold=True)) * _TITLE_SIZE * LEADING
    shape = slide.shapes.title
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


def _grid(slide: Slide, view: View, page: Page, loc: Localizer, top: float, bottom: float) -> None:
    """The charts side by side, the names of their rows at the left, and every text that stands for a missing bar."""
    panels = page.section.panels
    wide = panel_width(len(panels))
    plot_top = head_height(page.section, loc)
    step = min(_TALLEST, (bottom - top - plot_top) / page.height)
    tall = plot_top + step * page.height
    columns, facts_of = _provenance(loc)
    for at in range(len(panels)):
        names, bases = heading(page.section, at, loc)
        left = EDGE + NAMES + at * (wide + GAP)
        series, plot_wide = _series(view, page, at, loc, wide)
        plot = Plot(
            heading=(*names, *bases),
            bold=len(names),
            names=tuple(_slot_names(view, page, at, loc)),
            series=series,
            stacked=registry.chart(view.selection.chart).stacks_answers,
            left=left,
            top=top,
            wide=wide,
            tall=tall,
            plot_top=plot_top,
            plot_wide=plot_wide,
            description=_description(page, at, loc, " ".join((*names, *bases))),
        )
        draw(slide.shapes, plot, release_date(loc.dataset), columns, facts_of)
        _stand_ins(slide.shapes, page, at, loc, left, top + plot_top, step, wide)
    _names(slide.shapes, page, loc, top + plot_top, step)
    for at, (panel, after) in enumerate(pairwise(panels), start=1):
        if panel.part != after.part:
            x = EDGE + NAMES + at * (wide + GAP) - GAP / 2
            rule(slide.shapes, x, top, x, top + tall, LIGHT.faint)


def _series(
    view: View, page: Page, at: int, loc: Localizer, wide: float
) -> tuple[tuple[Series, ...], float]:
    """Bars of a panel by colour, and how wide 0 to 100 percent may be so that every label has room behind its bar."""
    stacked = registry.chart(view.selection.chart).stacks_answers
    slots = [slot for line in page.lines for slot in line.slots[at]]
    held: dict[Header | str, list[Bar]] = {}
    plot_wide = stack_width(wide)
    if not stacked:
        plot_wide, detailed = _room(
            view, [value for slot in slots for value in slot.values], loc, wide
        )
    for number, slot in enumerate(slots):
        for value in slot.values:
            key = value.observation.response if stacked else slot.series
            bar = (
                _segment(number, value, loc, wide)
                if stacked
                else _bar(view, number, value, loc, detailed)
            )
            held.setdefault(key, []).append(bar)
    if stacked:
        return tuple(
            Series(loc.label("response", key), LIGHT.colour(role), tuple(held[key]))
            for key, role in answer_roles(page.whole).items()
            if key in held
        ), plot_wide
    order = [key for key in page.whole.series if key in held]
    return tuple(
        Series(loc.header(key), LIGHT.colour(series_role(page.whole, key)), tuple(held[key]))
        for key in order
    ), plot_wide


def _room(view: View, values: Sequence[Value], loc: Localizer, wide: float) -> tuple[float, bool]:
    """(points for 0 to 100 percent, whether n and the like fit behind the figures)."""
    room = stack_width(wide)
    for detailed in (True, False):
        rooms = [
            (wide - 14 - width(_label(view, value, loc, detailed), LABEL_SIZE, bold=True))
            / (value.observation.value / 100)
            for value in values
            if value.observation.value > 0
        ]
        room = min([stack_width(wide), *rooms])
        if room >= wide * 0.4:
            return room, detailed
    return max(room, wide * 0.3), False


def _label(view: View, value: Value, loc: Localizer, detailed: bool) -> str:
    main = figure(loc, value)
    # Editions of one country share a colour: where nothing else parts them, the period does.
    chart = registry.chart(view.selection.chart)
    unparted = chart.label_tells_period(view.selection, value)
    period = [loc.short_period(value.survey)] if unparted else []
    return " · ".join(
        dict.fromkeys(
            [main, *period, *(texts.details(loc, value, intervals=False) if detailed else ())]
        )
    )


def _bar(view: View, slot: int, value: Value, loc: Localizer, detailed: bool) -> Bar:
    before, _, after = _label(view, value, loc, detailed).partition(
        loc.number(value.observation.value)
    )
    return Bar(slot, value, before, after)


def _segment(slot: int, value: Value, loc: Localizer, wide: float) -> Bar:
    before, _, after = segment_label(loc, value).partition(loc.number(value.observation.value))
    return Bar(slot, value, before, after, labelled=fits(loc, value, wide))


def _slot_names(view: View, page: Page, at: int, loc: Localizer) -> Iterator[str]:
    """Names of the slots of a panel in the data sheet: indicator or respondent, and whose answers; blank where no bar is."""
    chart = registry.chart(view.selection.chart)
    for line in page.lines:
        for slot in line.slots[at]:
            yield chart.slot_name(loc, line.name, slot) if slot.values else ""


def _provenance(loc: Localizer) -> tuple[tuple[str, ...], Callable[[Value], tuple[str, ...]]]:
    """(headings, function of a value) of what stands beside each number in the data sheet of a chart."""
    t = loc.t
    columns = (t("as worded"), t("share of"), t("n"), t("period"), t("status"), t("source"))

    def facts_of(value: Value) -> tuple[str, ...]:
        row = value.observation
        n = loc.number(row.n) if row.n is not None else t("not published")
        source = remarks.reference(loc, loc.dataset.sources[row.source_id])
        return (
            loc.value(value),
            loc.label("base", row.base),
            n,
            loc.period(value.survey),
            loc.label("status", row.status),
            source,
        )

    return columns, facts_of


def _description(page: Page, at: int, loc: Localizer, heading: str) -> str:
    """Text alternative of a chart: its heading and every figure."""
    told_values = [
        summary.named_value(loc, value)
        for row in page.section.rows
        for value in row.cells[at].values
    ]
    return f"{heading}: {'; '.join(told_values)}"


def _stand_ins(
    shapes: SlideShapes,
    page: Page,
    at: int,
    loc: Localizer,
    left: float,
    top: float,
    step: float,
    wide: float,
) -> None:
    """Texts where no bar is: the base of what follows, or why there is no figure."""
    slots = [slot for line in page.lines for slot in line.slots[at]]
    spoken = [(number, slot) for number, slot in enumerate(slots) if slot.text]
    if not spoken:
        return
    group = shapes.add_group_shape()
    group.name = loc.t("Remarks: {panel}").format(panel=loc.header(page.section.panels[at].header))
    for number, slot in spoken:
        y, tall = top + number * step, step * slot.span
        text_box(
            group.shapes,
            left + 8,
            y,
            wide - 10,
            tall,
            [slot.text],
            SMALL_SIZE,
            LIGHT.quiet,
            anchor=MSO_ANCHOR.MIDDLE,
        )


def _names(shapes: SlideShapes, page: Page, loc: Localizer, top: float, step: float) -> None:
    group = shapes.add_group_shape()
    group.name = loc.t("Names of the rows")
    y = top
    for line in page.lines:
        rule(group.shapes, EDGE, y, EDGE + WIDE, y, LIGHT.rule)
        box = text_box(
            group.shapes,
            EDGE,
            y + 1,
            NAMES - 6,
            step * line.height - 1,
            [line.name],
            NAME_SIZE,
            LIGHT.ink,
        )
        if line.quiet:
            paragraph(box.text_frame, line.quiet, QUIET_SIZE, LIGHT.quiet)
        y += step * line.height


def _foot(view: View, page: Page, loc: Localizer, address: str) -> tuple[list[str], list[str]]:
    """(lines under the charts, notes that have no room there)."""
    section = page.section
    chart = registry.chart(view.selection.chart)
    reading = (
        texts.bases(loc, section),
        texts.numbers_of_answers(loc, section),
        chart.slide_reading(loc, section, view.thresholds),
        texts.bases_differ(loc, section),
        chart.note_on_slide(loc),
        remarks.left_out(loc, section),
    )
    breaks = [
        texts.broken(loc, join)
        for join in page.whole.edition_steps
        if join.broken and join.later in section.values
    ]
    fixed = [
        part
        for part in (
            page.without,
            " ".join(part for part in reading if part),
            texts.source_line(loc, section),
        )
        if part
    ]
    notes = [*dict.fromkeys(breaks), *texts.notes(loc, section)]
    last = texts.imprint(loc, view, _shortened(address))
    shown: list[str] = []
    while notes and _height([*fixed, *shown, notes[0], last]) + _FOOT_SIZE * LEADING <= _FOOT_ROOM:
        shown.append(notes.pop(0))
    more = loc.count_of(
        "{count} more note in the speaker notes.",
        "{count} more notes in the speaker notes.",
        len(notes),
    )
    return [*fixed, *shown, *([more] if notes else []), last], notes


def _height(lines: Sequence[str]) -> float:
    """Points a foot takes."""
    return sum(len(wrap(line, _FOOT_SIZE, WIDE - 2)) for line in lines) * _FOOT_SIZE * LEADING


def _speaker_notes(
    view: View, page: Page, loc: Localizer, address: str, notes: Sequence[str]
) -> list[str]:
    told_once = list(summary.summary(loc, view, page.whole))
    sources = [remarks.reference(loc, source) for source in texts.sources(page.section, loc)]
    absent = (missing.missing_countries(loc, page.whole), missing.single_editions(loc, page.whole))
    return [
        " ".join(told_once),
        differences.caveat(loc),
        *(part for part in absent if part),
        *notes,
        loc.t("Sources: {listed}.").format(listed="\n" + "\n".join(sources)).removesuffix("."),
        remarks.licence(loc),
        texts.imprint(loc, view, address),
    ]


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
