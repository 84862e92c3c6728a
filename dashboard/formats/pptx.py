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
from dashboard.charts.labels import label_parts
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
from dashboard.messages import message
from dashboard.query import Key, Section, Value, View
from dashboard.wording import Words, differences, missing, summary, texts

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


def deck(view: View, words: Words, address: str) -> bytes:
    """The view as a presentation: a slide per theme, more where its rows do not fit one. The same view gives the same bytes.

    ``address`` is the full address of the view.
    """
    show = Presentation()
    show.slide_width, show.slide_height = Pt(SIZE[0]), Pt(SIZE[1])
    day = release_date(words.dataset)
    facts = show.core_properties
    facts.title, facts.subject = (
        _property(remarks.title(words, view)),
        _property(texts.picture_subtitle(words, view.selection)),
    )
    facts.author = facts.last_modified_by = words.t(texts.PRODUCT)
    facts.keywords, facts.comments = (
        words.t("data release {release}").format(release=view.release),
        _property(address),
    )
    facts.created = facts.modified = day
    facts.revision, facts.language = 1, words.language
    layout = show.slide_layouts[_TITLE_ONLY]
    for section in view.sections:
        made = pages(view, section, words, SIZE[1] - _top(view, section, words) - _FOOT_ROOM)
        for page in made:
            _slide(show.slides.add_slide(layout), view, page, words, address)
        if not made:
            lines = [missing.single_editions(words, section), missing.absences(words, section)]
            _bare(
                show.slides.add_slide(layout),
                view,
                texts.picture_title(words, view, section),
                lines,
                words,
                address,
            )
    if not view.sections:
        lines = [missing.emptied(words, found)[0] for found in view.emptied]
        _bare(
            show.slides.add_slide(layout),
            view,
            words.t("No figure in this view"),
            lines,
            words,
            address,
        )
    out = io.BytesIO()
    show.save(out)
    return dated(out.getvalue(), day)


def _property(text: str) -> str:
    return text if len(text) <= _LONGEST_PROPERTY else text[: _LONGEST_PROPERTY - 1] + "…"


def _top(view: View, section: Section, words: Words) -> float:
    """Points that the title and legend of a theme take at most, with the edges of the slide."""
    lines = len(
        wrap(
            f"{texts.picture_title(words, view, section)} (99 of 99)", _TITLE_SIZE, WIDE, bold=True
        )
    )
    return (
        lines * _TITLE_SIZE * LEADING
        + legend_height(_entries(view, section, section.series, words))
        + 60
    )


def _slide(slide: Slide, view: View, page: Page, words: Words, address: str) -> None:
    title = texts.picture_title(words, view, page.section)
    if page.of > 1:
        title = words.t("{title} ({at} of {of})").format(title=title, at=page.at, of=page.of)
    y = _title(slide, title, texts.picture_subtitle(words, view.selection))
    used = {
        slot.series for line in page.lines for slots in line.slots for slot in slots if slot.values
    }
    y = legend(slide.shapes, y, _entries(view, page.section, used, words), words.t("Legend"))
    foot, left_out = _foot(view, page, words, address)
    below = SIZE[1] - 14 - _height(foot)
    _grid(slide, view, page, words, y + 4, below - 4)
    text_box(
        slide.shapes, EDGE, below, WIDE, _height(foot), foot, _FOOT_SIZE, LIGHT.quiet
    ).name = words.t("Notes and sources")
    slide.notes_slide.notes_text_frame.text = "\n\n".join(
        _speaker_notes(view, page, words, address, left_out)
    )


def _bare(
    slide: Slide, view: View, title: str, lines: Sequence[str], words: Words, address: str
) -> None:
    """A slide that has nothing to draw and says why."""
    y = _title(slide, title, texts.picture_subtitle(words, view.selection))
    told_lines = [
        line for line in (*lines, texts.imprint(words, view, _shortened(address))) if line
    ]
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
    view: View, section: Section, used: Collection[Key], words: Words
) -> list[tuple[str, str]]:
    """(colour, name) of everything a colour stands for; nothing where each row has its own name and colour."""
    chart = registry.chart(view.selection.chart)
    return [(LIGHT.colour(role), name) for role, name in chart.slide_legend(words, section, used)]


def _grid(slide: Slide, view: View, page: Page, words: Words, top: float, bottom: float) -> None:
    """The charts side by side, the names of their rows at the left, and every text that stands for a missing bar."""
    panels = page.section.panels
    wide = panel_width(len(panels))
    plot_top = head_height(page.section, words)
    step = min(_TALLEST, (bottom - top - plot_top) / page.height)
    tall = plot_top + step * page.height
    columns, facts_of = _provenance(words)
    for at in range(len(panels)):
        names, bases = heading(page.section, at, words)
        left = EDGE + NAMES + at * (wide + GAP)
        series, plot_wide = _series(view, page, at, words, wide)
        plot = Plot(
            heading=(*names, *bases),
            bold=len(names),
            names=tuple(_slot_names(view, page, at, words)),
            series=series,
            stacked=registry.chart(view.selection.chart).stacks_answers,
            left=left,
            top=top,
            wide=wide,
            tall=tall,
            plot_top=plot_top,
            plot_wide=plot_wide,
            description=_description(page, at, words, " ".join((*names, *bases))),
        )
        draw(slide.shapes, plot, release_date(words.dataset), columns, facts_of)
        _stand_ins(slide.shapes, page, at, words, left, top + plot_top, step, wide)
    _names(slide.shapes, page, words, top + plot_top, step)
    for at, (panel, after) in enumerate(pairwise(panels), start=1):
        if panel.part != after.part:
            x = EDGE + NAMES + at * (wide + GAP) - GAP / 2
            rule(slide.shapes, x, top, x, top + tall, LIGHT.faint)


def _series(
    view: View, page: Page, at: int, words: Words, wide: float
) -> tuple[tuple[Series, ...], float]:
    """Bars of a panel by colour, and how wide 0 to 100 percent may be so that every label has room behind its bar."""
    stacked = registry.chart(view.selection.chart).stacks_answers
    slots = [slot for line in page.lines for slot in line.slots[at]]
    held: dict[Key | str, list[Bar]] = {}
    plot_wide = stack_width(wide)
    if not stacked:
        plot_wide, detailed = _room(
            view, [value for slot in slots for value in slot.values], words, wide
        )
    for number, slot in enumerate(slots):
        for value in slot.values:
            key = value.observation.response if stacked else slot.series
            bar = (
                _segment(number, value, words, wide)
                if stacked
                else _bar(view, number, value, words, detailed)
            )
            held.setdefault(key, []).append(bar)
    if stacked:
        return tuple(
            Series(words.label("response", key), LIGHT.colour(role), tuple(held[key]))
            for key, role in answer_roles(page.whole).items()
            if key in held
        ), plot_wide
    order = [key for key in page.whole.series if key in held]
    return tuple(
        Series(words.key(key), LIGHT.colour(series_role(page.whole, key)), tuple(held[key]))
        for key in order
    ), plot_wide


def _room(view: View, values: Sequence[Value], words: Words, wide: float) -> tuple[float, bool]:
    """(points for 0 to 100 percent, whether n and the like fit behind the figures)."""
    room = stack_width(wide)
    for detailed in (True, False):
        rooms = [
            (wide - 14 - width(_label(view, value, words, detailed), LABEL_SIZE, bold=True))
            / (value.observation.value / 100)
            for value in values
            if value.observation.value > 0
        ]
        room = min([stack_width(wide), *rooms])
        if room >= wide * 0.4:
            return room, detailed
    return max(room, wide * 0.3), False


def _label(view: View, value: Value, words: Words, detailed: bool) -> str:
    main, _ = label_parts(words, value, intervals=False, under=True)
    # Editions of one country share a colour: where nothing else parts them, the period does.
    chart = registry.chart(view.selection.chart)
    unparted = chart.label_tells_period(view.selection, value)
    period = [words.short_period(value.survey)] if unparted else []
    return " · ".join(
        dict.fromkeys(
            [main, *period, *(texts.details(words, value, intervals=False) if detailed else ())]
        )
    )


def _bar(view: View, slot: int, value: Value, words: Words, detailed: bool) -> Bar:
    before, _, after = _label(view, value, words, detailed).partition(
        words.number(value.observation.value)
    )
    return Bar(slot, value, before, after)


def _segment(slot: int, value: Value, words: Words, wide: float) -> Bar:
    before, _, after = segment_label(words, value).partition(words.number(value.observation.value))
    return Bar(slot, value, before, after, labelled=fits(words, value, wide))


def _slot_names(view: View, page: Page, at: int, words: Words) -> Iterator[str]:
    """Names of the slots of a panel in the data sheet: indicator or respondent, and whose answers; blank where no bar is."""
    chart = registry.chart(view.selection.chart)
    for line in page.lines:
        for slot in line.slots[at]:
            yield chart.slot_name(words, line.name, slot) if slot.values else ""


def _provenance(words: Words) -> tuple[tuple[str, ...], Callable[[Value], tuple[str, ...]]]:
    """(headings, function of a value) of what stands beside each number in the data sheet of a chart."""
    t = words.t
    columns = (t("as worded"), t("share of"), t("n"), t("period"), t("status"), t("source"))

    def facts_of(value: Value) -> tuple[str, ...]:
        row = value.observation
        n = words.number(row.n) if row.n is not None else t("not published")
        source = remarks.reference(words, words.dataset.sources[row.source_id])
        return (
            words.value(value),
            words.label("base", row.base),
            n,
            words.period(value.survey),
            words.label("status", row.status),
            source,
        )

    return columns, facts_of


def _description(page: Page, at: int, words: Words, heading: str) -> str:
    """Text alternative of a chart: its heading and every figure."""
    told_values = [
        summary.told(words, value) for row in page.section.rows for value in row.cells[at].values
    ]
    return f"{heading}: {'; '.join(told_values)}"


def _stand_ins(
    shapes: SlideShapes,
    page: Page,
    at: int,
    words: Words,
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
    group.name = words.t("Remarks: {panel}").format(panel=words.key(page.section.panels[at].key))
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


def _names(shapes: SlideShapes, page: Page, words: Words, top: float, step: float) -> None:
    group = shapes.add_group_shape()
    group.name = words.t("Names of the rows")
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


def _foot(view: View, page: Page, words: Words, address: str) -> tuple[list[str], list[str]]:
    """(lines under the charts, notes that have no room there)."""
    section = page.section
    chart = registry.chart(view.selection.chart)
    reading = (
        texts.bases(words, section),
        texts.numbers_of_answers(words, section),
        chart.slide_reading(words, section, view.limits),
        texts.bases_differ(words, section),
        chart.note_on_slide(words),
        remarks.left_out(words, section),
    )
    breaks = [
        texts.broken(words, join)
        for join in page.whole.joins
        if join.broken and join.later in section.values
    ]
    fixed = [
        part
        for part in (
            page.without,
            " ".join(part for part in reading if part),
            texts.source_line(words, section),
        )
        if part
    ]
    notes = [*dict.fromkeys(breaks), *texts.notes(words, section)]
    last = texts.imprint(words, view, _shortened(address))
    shown: list[str] = []
    while notes and _height([*fixed, *shown, notes[0], last]) + _FOOT_SIZE * LEADING <= _FOOT_ROOM:
        shown.append(notes.pop(0))
    more = words.counted(
        "{count} more note in the speaker notes.",
        "{count} more notes in the speaker notes.",
        len(notes),
    )
    return [*fixed, *shown, *([more] if notes else []), last], notes


def _height(lines: Sequence[str]) -> float:
    """Points a foot takes."""
    return sum(len(wrap(line, _FOOT_SIZE, WIDE - 2)) for line in lines) * _FOOT_SIZE * LEADING


def _speaker_notes(
    view: View, page: Page, words: Words, address: str, notes: Sequence[str]
) -> list[str]:
    told_once = list(summary.summary(words, view, page.whole))
    sources = [remarks.reference(words, source) for source in texts.sources(page.section, words)]
    absent = (missing.absences(words, page.whole), missing.single_editions(words, page.whole))
    return [
        " ".join(told_once),
        differences.caveat(words),
        *(part for part in absent if part),
        *notes,
        words.t("Sources: {listed}.").format(listed="\n" + "\n".join(sources)).removesuffix("."),
        remarks.licence(words),
        texts.imprint(words, view, address),
    ]


FORMAT = Format(
    name="pptx",
    path="/slides.pptx",
    media_type="application/vnd.openxmlformats-officedocument.presentationml.presentation",
    summary="A view as slides with editable charts.",
    make=lambda order: deck(order.view, order.words, order.address),
    label=message("Slides (PPTX)"),
    in_toolbar=2,
    compressed=True,
)
