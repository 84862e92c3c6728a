"""What is said of breaks in a change over editions: a letter at each, and by letter why, once under each block of panels.

Breaks that have the same reasons have one letter, wherever they are. A reason of several letters is told once, behind all of them.
In a picture all panels are one block, whose reasons stand behind an amber edge.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts.canvas import LEADING
from dashboard.charts.context import ChartContext
from dashboard.charts.edition_gutter import TYPE
from dashboard.charts.edition_lines import LinePanel, LineSection
from dashboard.charts.edition_rows import groups
from dashboard.charts.roles import CARE, QUIET
from dashboard.charts.years import year_of
from dashboard.text import Localizer, breaks, texts
from dashboard.text.letters import begun

Note = tuple[str, str]
"""Letters, or the slashes of every break, and what they stand for."""
Reasons = tuple[str, ...]
"""Of one break."""
SLASHES = "//"
READABLE = 820
"""Pixels (at scale 1) that a line of a note is wide at most."""
_ASIDE, _BEHIND = 16, 8
"""Pixels (at scale 1) from the left of letters to their reasons at least, and from their right."""
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
    undated: str
    """Which figures have no place on an axis of years; blank for none."""

    @classmethod
    def of(cls, context: ChartContext, found: LineSection) -> EditionNotes:
        """The notes of a section, lettered in the order in which its panels are read."""
        loc = context.loc
        broken = {
            (step.earlier.observation.position, step.later.observation.position): (
                panel.index,
                texts.reasons_of_break(loc, step),
            )
            for panel in found.panels
            for line in panel.lines
            for step in line.steps
            if step and step.broken
        }
        met: dict[Reasons, set[int]] = {}
        for at, reasons in broken.values():
            met.setdefault(reasons, set()).add(at)
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
            sentence.format(values=loc.join(undated)) if undated else "",
        )

    def draw(self, context: ChartContext, y: float) -> float:
        """Write from ``y`` on what stands under all panels; returns the y below."""
        canvas, top = context.canvas, y
        inset = canvas.px(_INSET) if self.shared else 0
        y = write_notes(context, self.shared, inset, y, canvas.width - inset)
        if self.shared:
            canvas.box(0, top + 1, canvas.px(_EDGE), y - canvas.px(_UNDER), CARE)
        if self.undated:
            room = min(canvas.width, canvas.px(READABLE))
            y = canvas.block(0, y, self.undated, room, TYPE, QUIET)
        if y > top:
            canvas.band(top, y)
            y += canvas.px(8)
        return y


def _told(
    loc: Localizer, panels: Sequence[LinePanel], met: Mapping[Reasons, Collection[int]]
) -> tuple[Note, ...]:
    """Each reason for a break in some panels once, behind the letters of all breaks there that it is one of.

    ``met``: the reasons of a letter -> the indices of the panels that have it, in the order of the letters.
    """
    lettered: dict[str, list[str]] = {}
    where: dict[str, set[int]] = {}
    here = {panel.index for panel in panels}
    for number, (reasons, held) in enumerate(met.items()):
        for reason in reasons if here & {*held} else ():
            lettered.setdefault(reason, []).append(_letter(number))
            where.setdefault(reason, set()).update(here & {*held})
    of_letters: dict[tuple[str, ...], list[str]] = {}
    for reason, letters in lettered.items():
        of_letters.setdefault(tuple(letters), []).append(reason)
    return tuple(
        (", ".join(letters), _placed(loc, panels, reasons, where[reasons[0]]))
        for letters, reasons in of_letters.items()
    )


def _placed(
    loc: Localizer, panels: Sequence[LinePanel], reasons: Iterable[str], held: Collection[int]
) -> str:
    """Reasons in one text, behind the country that they are about where the panels are of several."""
    text = " ".join(map(begun, reasons))
    whose, among = (
        {
            line.values[0][1].respondents.country
            for panel in panels
            if panel.index in each
            for line in panel.lines
        }
        for each in (held, {panel.index for panel in panels})
    )
    if len(among) < 2 or len(whose) != 1:
        return text
    return f"{loc.label('country', *whose)}: {text}"


def write_notes(
    context: ChartContext, notes: Sequence[Note], x: float, y: float, room: float
) -> float:
    """Write notes one below the other, ``room`` pixels wide at most; returns the y below."""
    canvas = context.canvas
    signs = (canvas.text_width(letter, TYPE, bold=True) for letter, _ in notes)
    aside = max(canvas.px(_ASIDE), max(signs, default=0.0) + canvas.px(_BEHIND))
    for letter, reason in notes:
        canvas.text(x, y + canvas.px(TYPE * LEADING) / 2, letter, TYPE, bold=True)
        wide = (room if context.in_picture else min(room, canvas.px(READABLE))) - aside
        y = canvas.block(x + aside, y, reason, wide, TYPE, QUIET) + canvas.px(_UNDER)
    return y


def _letter(at: int) -> str:
    """a, b … z, aa, ab …"""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    more, last = divmod(at, len(alphabet))
    return (_letter(more - 1) if more else "") + alphabet[last]
