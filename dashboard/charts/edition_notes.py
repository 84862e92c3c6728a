"""What is said under the panels of a change over editions: of its breaks, which have a letter each, by letter why, once a block.

Breaks that have the same reasons have one letter, wherever they are. A reason of several letters is told once, behind all of them.
In a picture all panels are one block, whose reasons stand behind an amber edge.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts.canvas import LEADING, Canvas
from dashboard.charts.context import ChartContext
from dashboard.charts.edition_gutter import TYPE
from dashboard.charts.edition_lines import LinePanel, LineSection
from dashboard.charts.edition_rows import groups, respondents
from dashboard.charts.edition_strokes import CLEAR
from dashboard.charts.roles import CARE, QUIET
from dashboard.charts.text import wrap
from dashboard.charts.years import year_of
from dashboard.query.clear_steps import clear_steps
from dashboard.text import Localizer, breaks, texts
from dashboard.text.key import larger_than_chance
from dashboard.text.letters import begun

Note = tuple[str, str]
"""Letters, or the slashes of every break, and what they stand for."""
Reasons = tuple[str, ...]
"""Of one break."""
Place = tuple[int, str]
"""Index of a panel, and the country of a line in it."""
SLASHES = "//"
READABLE = 820
"""Pixels (at scale 1) that a line of a note is wide at most."""
_ASIDE, _BEHIND = 16, 8
"""Pixels (at scale 1) from the left of letters to their reasons at least, and from their right."""
_SAMPLE, _BETWEEN = 24, 24
"""Pixels (at scale 1) of a sample of a line, and of the ground before one that stands beside a reason."""
_UNDER = 3
"""Pixels (at scale 1) of white under a reason."""
_EDGE, _INSET = 3, 9
"""Pixels (at scale 1) of the amber edge of reasons that stand under all panels, and from its left to them."""


@dataclass(frozen=True, slots=True)
class EditionNotes:
    """The notes of a section."""

    letters: Mapping[tuple[int, int], str]
    """Positions of two neighbouring figures -> the letter of the reasons for the break between them; blank where one sentence holds
    for all."""
    blocks: Mapping[int, tuple[Note, ...]]
    """Index of the last panel of a block -> what stands under it, in the order of the letters; empty in a picture."""
    shared: tuple[Note, ...]
    """What stands under all panels of a picture."""
    thick: str
    """What a thick line says, under the panels of a picture, which has no key over them; blank where there is none."""
    undated: str
    """Which figures have no place on an axis of years; blank for none."""

    @classmethod
    def of(cls, context: ChartContext, found: LineSection) -> EditionNotes:
        """The notes of a section, lettered in the order in which its panels are read."""
        loc = context.loc
        broken = {
            (step.earlier.observation.position, step.later.observation.position): (
                (panel.index, step.later.respondents.country),
                texts.reasons_of_break(loc, step),
            )
            for panel in found.panels
            for line in panel.lines
            for step in line.steps
            if step and step.broken
        }
        met: dict[Reasons, set[Place]] = {}
        for place, reasons in broken.values():
            met.setdefault(reasons, set()).add(place)
        letter = {reasons: _letter(number) for number, reasons in enumerate(met)}
        letters = {pair: letter[reasons] for pair, (_, reasons) in broken.items()}
        shared, blocks = tuple[Note, ...](), dict[int, tuple[Note, ...]]()
        if context.brief and letters:
            letters = dict.fromkeys(letters, "")
            steps = (
                step
                for panel in found.panels
                for line in panel.lines
                for step in line.steps
                if step
            )
            shared = ((SLASHES, breaks.in_brief(loc, steps)),)
        elif context.in_picture:
            shared = _told(loc, found.panels, met)
        else:
            blocks = {block[-1].index: _told(loc, block, met) for block in groups(found.panels)}
        undated = [loc.value(value) for value in context.section.values if year_of(value) is None]
        sentence = loc.t("Not drawn, since their year is not known: {values}.")
        return cls(
            letters,
            blocks,
            shared,
            larger_than_chance(loc) if context.in_picture and clear_steps(context.section) else "",
            sentence.format(values=loc.join(undated)) if undated else "",
        )

    def draw(self, context: ChartContext, y: float) -> float:
        """Write from ``y`` on what stands under all panels; returns the y below."""
        canvas, top = context.canvas, y
        inset = canvas.px(_INSET) if self.shared else 0
        y = write_notes(context, self.shared, inset, y, canvas.width - inset)
        if self.shared:
            canvas.box(0, top + 1, canvas.px(_EDGE), y - canvas.px(_UNDER), CARE)
        if self.thick:
            self._write_thick(canvas, inset, y)
        if self.undated:
            room = min(canvas.width, canvas.px(READABLE))
            y = canvas.block(0, y, self.undated, room, TYPE, QUIET)
        if y > top:
            canvas.band(top, y)
            y += canvas.px(8)
        return y

    def _write_thick(self, canvas: Canvas, inset: float, y: float) -> None:
        """Write what a thick line says behind one, behind the last reason, which ends at ``y``; where there is none, or its last line has
        no room for it, the sheet says it."""
        canvas.has_thick = True
        if not self.shared:
            return
        begin, sample = inset + _aside(canvas, self.shared), canvas.px(_SAMPLE)
        *_, last = wrap(self.shared[-1][1], canvas.px(TYPE), canvas.width - begin)
        x = begin + canvas.text_width(last, TYPE) + canvas.px(_BETWEEN)
        words = x + sample + canvas.px(_BEHIND)
        if words + canvas.text_width(self.thick, TYPE) > canvas.width:
            return
        middle = y - canvas.px(_UNDER + TYPE * LEADING / 2)
        canvas.line(((x, middle), (x + sample, middle)), QUIET, CLEAR)
        canvas.text(words, middle, self.thick, TYPE, QUIET)
        canvas.has_thick = False


def _told(
    loc: Localizer, panels: Sequence[LinePanel], met: Mapping[Reasons, Collection[Place]]
) -> tuple[Note, ...]:
    """Each reason for a break in some panels once, behind the letters of all breaks there that it is one of, and where the panels are of
    several countries behind the one that it is about.

    ``met``: the reasons of a letter -> where it stands, in the order of the letters.
    """
    here = {panel.index for panel in panels}
    lettered: dict[str, list[str]] = {}
    whose: dict[str, set[str]] = {}
    for number, (reasons, places) in enumerate(met.items()):
        countries = {country for index, country in places if index in here}
        for reason in reasons if countries else ():
            lettered.setdefault(reason, []).append(_letter(number))
            whose.setdefault(reason, set()).update(countries)
    of_letters: dict[tuple[str, ...], list[str]] = {}
    for reason, letters in lettered.items():
        of_letters.setdefault(tuple(letters), []).append(reason)
    among = {who.country for panel in panels for who in respondents(panel)}
    found = list[Note]()
    for signs, told in of_letters.items():
        text, about = " ".join(map(begun, told)), whose[told[0]]
        if len(among) > 1 == len(about):
            text = f"{loc.label('country', *about)}: {text}"
        found.append((", ".join(signs), text))
    return tuple(found)


def write_notes(
    context: ChartContext, notes: Sequence[Note], x: float, y: float, room: float
) -> float:
    """Write notes one below the other, ``room`` pixels wide at most; returns the y below."""
    canvas = context.canvas
    aside = _aside(canvas, notes)
    for letter, reason in notes:
        canvas.text(x, y + canvas.px(TYPE * LEADING) / 2, letter, TYPE, bold=True)
        wide = (room if context.in_picture else min(room, canvas.px(READABLE))) - aside
        y = canvas.block(x + aside, y, reason, wide, TYPE, QUIET) + canvas.px(_UNDER)
    return y


def _aside(canvas: Canvas, notes: Sequence[Note]) -> float:
    """Pixels from the left of letters to their reasons."""
    signs = (canvas.text_width(letter, TYPE, bold=True) for letter, _ in notes)
    return max(canvas.px(_ASIDE), max(signs, default=0.0) + canvas.px(_BEHIND))


def _letter(at: int) -> str:
    """a, b … z, aa, ab …"""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    more, last = divmod(at, len(alphabet))
    return (_letter(more - 1) if more else "") + alphabet[last]
