"""What explains the charts of a slide: a foot that names every publisher, and the speaker notes that have everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from dashboard.charts import care, registry
from dashboard.charts.slots import LEADING
from dashboard.charts.text import width, wrap
from dashboard.formats import change_keys, pptx_grid, remarks
from dashboard.formats.pptx_shapes import CARE_INSET
from dashboard.formats.slide_layout import SIZE, WIDE, SlidePage, evened
from dashboard.query import View
from dashboard.text import (
    Localizer,
    comparisons,
    differences,
    key,
    letters,
    licence,
    missing,
    summary,
    texts,
    verdicts,
)

FOOT_SIZE = 12
"""Points of the type of a foot."""
_ADDRESS_SHARES = (0.42, 0.24)
"""Of the width of a foot that the address takes at most, and where no publisher has room beside it."""
_DOT = " · "
_USUAL_LINES, _CAUTION_LINES, _SOURCE_LINES = 3, 2, 2
"""Lines of a foot, where it needs no more, and those that what to take care of and the publishers may take."""
_UNDER = 10.0
"""Points of white under a foot."""


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands under the charts of a slide."""

    care: str
    """What to take care of and what is left out."""
    origin: tuple[str, ...]
    """Publishers, site and release, line by line; the address goes on behind the last."""
    address: str
    """As it is shown."""
    warns: bool = False
    """Whether what is said first is a reason for care, beside which an amber edge stands."""

    @property
    def inset(self) -> float:
        """Points from the edge of the slide to what is to be taken care of."""
        return CARE_INSET if self.warns else 0.0

    @property
    def told(self) -> int:
        """Lines of what is to be taken care of."""
        return max(1, len(self.care_lines))

    @property
    def care_lines(self) -> list[str]:
        """That in lines: left to itself, a program that sets type a little narrower would need fewer."""
        return evened(self.care, FOOT_SIZE, _care_room(warns=self.warns))

    @property
    def lines(self) -> int:
        """Lines it has room for."""
        return max(_USUAL_LINES, self.told + len(self.origin))

    @property
    def height(self) -> float:
        """Points it takes."""
        return self.lines * FOOT_SIZE * LEADING + 4

    @property
    def top(self) -> float:
        """Points from the top of the slide to it."""
        return SIZE[1] - _UNDER - self.height


def foot(view: View, page: SlidePage, loc: Localizer, address: str, holds: str = "") -> Foot:
    """The foot of a slide; a longer one begins higher. ``holds`` says what may be compared though not all can, blank for nothing."""
    warnings = _warnings(view, page, loc)
    warns = any(warnings)
    told = _cautions(view, page, loc, warnings, holds)
    lines = len(wrap(told, FOOT_SIZE, _care_room(warns=warns)))
    listed, shown = origin(view, page, loc, address, lines)
    return Foot(told, tuple(listed), shown, warns)


def _care_room(*, warns: bool) -> float:
    """Points of a line of what is to be taken care of."""
    return WIDE - (CARE_INSET if warns else 0.0)


def _warnings(view: View, page: SlidePage, loc: Localizer) -> tuple[str, str]:
    """(what to take care of in all of a slide, why its figures cannot all be compared); blank for nothing."""
    section, chart = page.section, registry.chart_of(view.selection)
    own = care.left_by(loc.dataset, view.thresholds, section)
    differ = texts.bases_differ(loc, section, across_lines=True)
    off_lines = comparisons.off_lines(loc, page.whole) if chart.compares else ""
    caution = _fitting(chart.caution(loc, section), chart.short_caution(loc, section), off_lines)
    brief = verdicts.apart_in_brief(loc, own) or (verdicts.shares_differ(loc) if differ else "")
    unlike = differ if chart.on_lines else care.unlike(loc, chart, own)
    return caution, _fitting(unlike, brief, caution)


def _cautions(
    view: View,
    page: SlidePage,
    loc: Localizer,
    warnings: tuple[str, str],
    holds: str,
) -> str:
    """What to take care of and what is left out, as many sentences as two lines hold, the most needed first."""
    section, chart = page.section, registry.chart_of(view.selection)
    differ, (_, unlike) = texts.bases_differ(loc, section, across_lines=True), warnings
    drawn = chart.draws_intervals and view.selection.intervals
    possible = verdicts.possible_in_brief(loc, section) if drawn else ""
    # Reasons why one indicator's figures are apart do not say it of figures on others.
    ways = differ, verdicts.shares_differ(loc), verdicts.obstacles(loc, ["base"])
    said = not differ or any(each in unlike for each in ways)
    found = [
        "" if said else verdicts.shares_differ(loc),
        chart.note_on_slide(loc, section),
        # The key says what an outline means.
        chart.slide_reading(loc, section, view.thresholds, worded=False),
    ]
    room = _care_room(warns=any(warnings))
    off_lines = comparisons.off_lines(loc, page.whole) if chart.compares else ""
    # Where no room is left to say that not all can be compared, none are said to be.
    holds = holds if unlike not in ("", *ways) else ""
    covered = _covered(view, page, loc)
    counted = in_view(page, loc) if page.at == 1 else ""
    needed = [*warnings, holds, off_lines, possible, covered, counted]
    told = _as_many("", needed, _CAUTION_LINES, room)
    return _as_many(told, found, max(1, len(wrap(told, FOOT_SIZE, room))), room)


def _covered(view: View, page: SlidePage, loc: Localizer) -> str:
    """That the marks of a change or the dots of a slide cover all its intervals; blank where they are not drawn or some are seen."""
    chart, values = registry.chart_of(view.selection), page.section.values
    if not view.selection.intervals:
        return ""
    if chart.on_slides == "change":
        return change_keys.covered(page.section, loc)
    known = [each for each in values if each.evidence.interval]
    seen = [each for each in known if pptx_grid.drawn_interval(view, page, loc, each)]
    # Of rows that are not yet shared out nobody knows how wide they will be drawn.
    if chart.on_slides != "dots" or not known or (page.blocks and seen):
        return ""
    words = key.intervals(loc, (each.evidence.interval for each in known if each.evidence.interval))
    return f"{letters.begun(key.narrower(loc, words, values))}."


def in_view(page: SlidePage, loc: Localizer) -> str:
    """How many indicators of a theme a view shows; blank where it shows all."""
    whole = page.whole
    if whole.indicators_shown >= whole.indicators_total:
        return ""
    told = loc.plural(
        "{count} of the {total} indicators of this theme is in this view.",
        "{count} of the {total} indicators of this theme are in this view.",
        whole.indicators_shown,
    )
    count, total = map(loc.number, (whole.indicators_shown, whole.indicators_total))
    return told.format(count=count, total=total)


def _on_slide(page: SlidePage, loc: Localizer) -> str:
    """The same, and how many of them stand on a slide, of several."""
    whole = page.whole
    if page.of == 1 or not in_view(page, loc):
        return in_view(page, loc)
    told = loc.plural(
        "{count} of the {total} indicators of this theme is in this view, {here} of them on this slide.",
        "{count} of the {total} indicators of this theme are in this view, {here} of them on this slide.",
        whole.indicators_shown,
    )
    here = len({value.observation.indicator for value in page.section.values})
    counts = (whole.indicators_shown, whole.indicators_total, here)
    count, total, on_slide = map(loc.number, counts)
    return told.format(count=count, total=total, here=on_slide)


def _as_many(told: str, found: list[str], lines: int, room: float) -> str:
    """A text with as many more sentences as so many lines of ``room`` points hold."""
    for text in filter(None, found):
        longer = f"{told} {text}".lstrip()
        if len(wrap(longer, FOOT_SIZE, room)) <= lines:
            told = longer
    return told


def _fitting(text: str, shorter: str, before: str = "") -> str:
    """A text, or the same in fewer words where a foot has no room for it behind what stands ``before`` it."""
    whole, room = f"{before} {text}".lstrip(), _care_room(warns=True)
    return text if len(wrap(whole, FOOT_SIZE, room)) <= _CAUTION_LINES else shorter


def _breaks(page: SlidePage, loc: Localizer) -> list[str]:
    """Why lines of the slide are interrupted, each reason once."""
    return list(
        dict.fromkeys(
            texts.broken(loc, step)
            for step in page.whole.edition_steps
            if step.broken and step.later in page.section.values
        )
    )


def origin(
    view: View, page: SlidePage, loc: Localizer, address: str, told: int
) -> tuple[list[str], str]:
    """(lines of publishers, site and release; address behind the last of them), in one line where that holds every publisher.

    Under ``told`` lines of care, two are many, the address gives way before a further line begins.
    """
    site = loc.t("{product} · data release {release} · {address}").format(
        product=loc.t(texts.PRODUCT), release=view.release, address=""
    )
    publishers = texts.publishers(loc, texts.sources(page.section, loc))
    listed = _listed(loc, publishers)
    for share in (1.0, *(_ADDRESS_SHARES if told >= _CAUTION_LINES else ())):
        shown = shortened(address, share)
        if width(f"{listed}{site}{shown}", FOOT_SIZE) <= WIDE - 4:
            return [f"{listed}{site}"], shown
    left = 1 - (width(site, FOOT_SIZE) + 4) / WIDE
    named = wrap(listed.removesuffix(_DOT), FOOT_SIZE, WIDE - 4)
    kept = list(publishers)
    while len(named) > _SOURCE_LINES:
        kept.pop()
        named = wrap(_listed(loc, [*kept, "…"]).removesuffix(_DOT), FOOT_SIZE, WIDE - 4)
    return [*named, site], shortened(address, left)


def _listed(loc: Localizer, publishers: Sequence[str]) -> str:
    """Publishers before the name of the site; blank without any."""
    if not publishers:
        return ""
    listed = loc.t("Sources: {listed}.").format(listed=", ".join(publishers))
    return f"{listed.removesuffix('.')}{_DOT}"


def shortened(address: str, share: float = _ADDRESS_SHARES[0]) -> str:
    """An address without its scheme, as far as a foot has room for it; the speaker notes have it whole."""
    parts = urlsplit(address)
    text = f"{parts.netloc}{parts.path}{'?' + parts.query if parts.query else ''}"
    room = WIDE * share
    if width(text, FOOT_SIZE) <= room:
        return text
    while width(f"{text}…", FOOT_SIZE) > room:
        text = text[:-1]
    return f"{text}…"


def speaker_notes(view: View, page: SlidePage, loc: Localizer, address: str) -> list[str]:
    """Paragraphs of the speaker notes: what the slide shows in words, how it is read, and all remarks, sources and addresses in full."""
    section, whole, chart = page.section, page.whole, registry.chart_of(view.selection)
    reading = (
        chart.caution(loc, section),
        texts.bases(loc, section),
        texts.numbers_of_answers(loc, section),
        chart.slide_reading(loc, section, view.thresholds),
        chart.note_on_slide(loc, section),
        verdicts.interval_legend(loc, section)
        if chart.draws_intervals and view.selection.intervals
        else "",
        texts.bases_differ(loc, section, across_lines=True),
        chart.note_on_surveys(loc, section),
    )
    absent = (
        missing.missing_countries(loc, whole),
        missing.single_editions(loc, whole),
        missing.counted(loc, whole),
        _on_slide(page, loc),
        comparisons.off_lines(loc, whole) if chart.compares else "",
    )
    # The figures are those of the slide; what may not be compared holds for its theme.
    own, (_, *rest) = (summary.summary(loc, view, each) or ("",) for each in (section, whole))
    sources = [remarks.reference(loc, source) for source in texts.sources(section, loc)]
    return [
        " ".join(dict.fromkeys((*own[:1], *rest))),
        " ".join(part for part in reading if part),
        differences.caveat(loc),
        " ".join(part for part in absent if part),
        *_breaks(page, loc),
        *texts.notes(loc, section),
        loc.t("Sources: {listed}.").format(listed="\n" + "\n".join(sources)).removesuffix("."),
        licence.of_file(loc),
        texts.imprint(loc, view, address),
    ]
