"""What explains the charts of a slide: the lines of its foot, and the speaker notes that have everything."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts import registry
from dashboard.charts.slots import LEADING
from dashboard.charts.text import wrap
from dashboard.formats import remarks
from dashboard.formats.slide_layout import WIDE, SlidePage
from dashboard.query import View
from dashboard.text import Localizer, differences, licence, missing, summary, texts

FOOT_SIZE = 7.5
"""Points of the type of a foot."""
FOOT_ROOM = 112.0
"""Points that a foot may take at most."""
_LONGEST_ADDRESS = 400
"""Characters of an address that a slide shows; the speaker notes have it whole."""


def foot(view: View, page: SlidePage, loc: Localizer, address: str) -> tuple[list[str], list[str]]:
    """(lines under the charts, notes that have no room there)."""
    section = page.section
    chart = registry.chart(view.selection.chart)
    reading = (
        chart.caution(loc, section),
        texts.bases(loc, section),
        texts.numbers_of_answers(loc, section),
        chart.slide_reading(loc, section, view.thresholds),
        texts.bases_differ(loc, section),
        chart.note_on_slide(loc),
        remarks.left_out(loc, section),
    )
    breaks = [
        texts.broken(loc, step)
        for step in page.whole.edition_steps
        if step.broken and step.later in section.values
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
    last = texts.imprint(loc, view, shortened(address))
    shown: list[str] = []
    while notes and height([*fixed, *shown, notes[0], last]) + FOOT_SIZE * LEADING <= FOOT_ROOM:
        shown.append(notes.pop(0))
    more = loc.count_of(
        "{count} more note in the speaker notes.",
        "{count} more notes in the speaker notes.",
        len(notes),
    )
    return [*fixed, *shown, *([more] if notes else []), last], notes


def height(lines: Sequence[str]) -> float:
    """Points a foot takes."""
    return sum(len(wrap(line, FOOT_SIZE, WIDE - 2)) for line in lines) * FOOT_SIZE * LEADING


def speaker_notes(
    view: View, page: SlidePage, loc: Localizer, address: str, notes: Sequence[str]
) -> list[str]:
    """Paragraphs of the speaker notes; ``notes`` are those that had no room in the foot."""
    sources = [remarks.reference(loc, source) for source in texts.sources(page.section, loc)]
    absent = (missing.missing_countries(loc, page.whole), missing.single_editions(loc, page.whole))
    return [
        " ".join(summary.summary(loc, view, page.whole)),
        differences.caveat(loc),
        *(part for part in absent if part),
        *notes,
        loc.t("Sources: {listed}.").format(listed="\n" + "\n".join(sources)).removesuffix("."),
        licence.of_file(loc),
        texts.imprint(loc, view, address),
    ]


def shortened(address: str) -> str:
    """An address as far as a slide has room for it."""
    return address if len(address) <= _LONGEST_ADDRESS else address[:_LONGEST_ADDRESS] + "…"
