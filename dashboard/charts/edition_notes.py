"""What is said of breaks in a change over editions: a letter at each, and by letter why, where the reader meets it.

Breaks that have the same reasons have one letter, wherever they are. What it stands for is told in every row of panels that has
it: under its panel, or under the row where several of it share it. In a picture all stand under all panels, where that takes the
least room, and of a letter whose reasons include that of another it is told what is added.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product

from dashboard.charts.canvas import LEADING
from dashboard.charts.context import ChartContext
from dashboard.charts.edition_gutter import TYPE
from dashboard.charts.edition_lines import LineSection
from dashboard.charts.edition_rows import rows_of
from dashboard.charts.roles import CARE, QUIET
from dashboard.charts.years import year_of
from dashboard.text import breaks, texts
from dashboard.text.letters import begun

Note = tuple[str, str]
"""A letter, or the slashes of every break, and the reason that it stands for."""
Reasons = tuple[str, ...]
"""Of one break."""
SLASHES = "//"
READABLE = 820
"""Pixels (at scale 1) that a line of a note is wide at most."""
_ASIDE = 16
"""Pixels (at scale 1) from a letter to its reason."""
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
    panels: Mapping[int, tuple[Note, ...]]
    """Index of a panel -> what stands under it."""
    rows: Mapping[int, tuple[tuple[int, Note], ...]]
    """Index of the first panel of a row -> what stands under that row, each with the place in it of the first panel that it is of."""
    shared: tuple[Note, ...]
    """What stands under all of them."""
    undated: str
    """Which figures have no place on an axis of years; blank for none."""

    @classmethod
    def of(cls, context: ChartContext, found: LineSection, columns: int) -> EditionNotes:
        """The notes of a section whose panels stand in so many columns, lettered in the order in which these are read."""
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
        own = {panel.index: list[Note]() for panel in found.panels}
        rows = dict[int, list[tuple[int, Note]]]()
        shared = tuple(
            (letter[reasons], _placed(context, found, _added(context, reasons, letter), held))
            for reasons, held in met.items()
        )
        in_rows = chain.from_iterable(rows_of(found.panels, columns))
        for row, reasons in product(in_rows, met):
            held = [at for at, each in enumerate(row) if each.index in met[reasons]]
            note = letter[reasons], _in_one(reasons)
            if len(held) == 1:
                own[row[held[0]].index].append(note)
            elif held:
                rows.setdefault(row[0].index, []).append((held[0], note))
        if context.in_picture:
            own, rows = {key: list[Note]() for key in own}, {}
        else:
            shared = ()
        if context.brief and letters:
            letters = dict.fromkeys(letters, "")
            own, rows = {key: list[Note]() for key in own}, {}
            steps = (
                step
                for panel in found.panels
                for line in panel.lines
                for step in line.steps
                if step
            )
            shared = ((SLASHES, breaks.in_brief(loc, steps)),)
        undated = [loc.value(value) for value in context.section.values if year_of(value) is None]
        sentence = loc.t("Not drawn, since their year is not known: {values}.")
        return cls(
            letters,
            {at: tuple(notes) for at, notes in own.items()},
            {at: tuple(notes) for at, notes in rows.items()},
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


def _in_one(reasons: Iterable[str]) -> str:
    return " ".join(map(begun, reasons))


def _added(context: ChartContext, reasons: Reasons, letter: Mapping[Reasons, str]) -> str:
    """Reasons in one text; instead of the first its letter where it has one of its own that comes before."""
    first, *more = reasons
    order = list(letter)
    if (first,) not in letter or order.index((first,)) >= order.index(reasons):
        return _in_one(reasons)
    sentence = context.loc.t("As {letter}. {reason}")
    return sentence.format(letter=letter[first,], reason=_in_one(more))


def _placed(context: ChartContext, found: LineSection, reason: str, held: Collection[int]) -> str:
    """A reason that stands under all panels, behind the country it is about where they are of several."""
    lines = (line for panel in found.panels if panel.index in held for line in panel.lines)
    values = [value for line in lines for _, value in line.values]
    whose, among = (
        {value.respondents.country for value in each} for each in (values, context.section.values)
    )
    if len(among) < 2 or len(whose) != 1:
        return begun(reason)
    return f"{context.loc.label('country', *whose)}: {reason}"


def write_notes(
    context: ChartContext, notes: Sequence[Note], x: float, y: float, room: float
) -> float:
    """Write notes one below the other, ``room`` pixels wide at most; returns the y below."""
    canvas = context.canvas
    aside = canvas.px(_ASIDE)
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
