"""Breaks in the lines of a change over editions: a gap with two slashes, and a letter that a note explains.

No line leads from one side of a break towards the other: each figure has a short level stub.

A letter stands clear of marks, lines, labels and the level lines that percentages are read by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, product
from math import hypot

from dashboard.charts.canvas import Canvas
from dashboard.charts.clearance import Area, Clearance, Spot, Stroke, by_rank
from dashboard.charts.drawing import Dash
from dashboard.charts.edition_gutter import LETTERS, MARK, TYPE
from dashboard.charts.roles import Role
from dashboard.charts.years import year_of_survey
from dashboard.dataset import Survey
from dashboard.query import EditionStep

STROKE = 2.5
"""Pixels of a line."""
_STUB = 7
"""Pixels (at scale 1) that a stub is long beside its mark."""
_SLASH = (10.0, 12.0)
"""Pixels (at scale 1) that two slashes are wide and high."""
_THIN = 1.5
"""Pixels of a slash."""
_BESIDE = 4
"""Pixels (at scale 1) from a letter to a text beside it."""
_TOGETHER = 32
"""Pixels (at scale 1) between breaks of several lines that one letter stands for."""
_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
"""Where on the way from one figure to the next slashes may stand."""
_MIDWAY = 0.58
"""Where they stand best between two neighbouring editions, so that both figures have a stub."""
_NEAR = (*product((0,), (-13.5, 13.5)), *product((1, -1), (-8.0, 8.0, -11.0, 11.0)))
_FURTHER = (*product((0,), (-16.0, 16.0)), *product((1, -1), (-14.0, 14.0, -18.0, 18.0)))
"""Where a letter may stand: over or under its slashes (0), right (1) or left of them; pixels (at scale 1) below their middle."""


def share_of_break(
    surveys: Mapping[str, Survey], step: EditionStep | None, first: float, last: float
) -> float:
    """Share of the way from the year ``first`` to the year ``last`` after which the edition stands that something changed with; of what
    changed with none between them, 1."""
    changed = (year_of_survey(surveys[each.to_survey]) for each in (step.breaks if step else ()))
    years = [year for year in changed if year is not None and first < year < last]
    return (min(years) - first) / (last - first) if years else 1.0


@dataclass(frozen=True, slots=True)
class Step:
    """The way from one figure of a line to the next."""

    start: Spot
    end: Spot
    letter: str
    """Of the notes on the break between them; blank where there is none, and where one note holds for every break."""
    dash: Dash
    broken_at: float = 1.0
    """Share of the way after which the edition with the break stands."""
    broken: bool = False
    """Whether there is a break between them."""
    clear: bool = False
    """Whether it is larger than chance alone would give."""

    @property
    def stroke(self) -> Stroke:
        """The straight line from one to the other."""
        return self.start, self.end

    @property
    def length(self) -> float:
        """Pixels from one figure to the next."""
        (x0, y0), (x1, y1) = self.start, self.end
        return hypot(x1 - x0, y1 - y0)

    def on_way(self, share: float) -> Spot:
        """The spot after a share of the way."""
        (x0, y0), (x1, y1) = self.start, self.end
        return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share

    def off_break(self, share: float) -> tuple[bool, float]:
        """How far off its place slashes stand after a share of the way: their place is right before the edition with the break, and
        a little behind midway where none lies between."""
        wanted = _MIDWAY if self.broken_at == 1 and self.dash == "solid" else self.broken_at
        return share > self.broken_at, abs(wanted - share)

    def outside(self, mark: float, plain_start: bool, plain_end: bool) -> tuple[Spot, Spot]:
        """Where it starts and ends: at the edge of a mark of so many pixels that is open, else in its middle."""
        share = min(mark / 2 / self.length, 0.5) if self.length else 0.0
        return (
            self.start if plain_start else self.on_way(share),
            self.end if plain_end else self.on_way(1 - share),
        )


@dataclass(slots=True)
class Breaks:
    """The breaks of a panel."""

    canvas: Canvas
    room: Clearance
    """What stands in the plot already; breaks and their letters are added to it."""
    levels: Sequence[Stroke]
    """The level lines that percentages are read by."""
    labels: Sequence[Area] = ()
    """Where lines that end early have their labels best: letters leave that to them where they have another place."""
    _shares: dict[Step, float] = field(default_factory=dict)
    """Which share of its way each break stands at."""

    _told: list[tuple[str, Spot]] = field(default_factory=list)
    """Letters, and the middles of the breaks that they are of."""

    def place(self, steps: Iterable[Step]) -> None:
        """Decide where each break stands: right before the edition that something changed with, where all of the panel are clear of
        everything else there, else where each is clear and has room for its letter, if there is such a place."""
        held, stood = list(steps), len(self.room.areas)
        found = [self._place(step, sorted(_SHARES, key=step.off_break)) for step in held]
        if not all(found):
            del self.room.areas[stood:]
            for step in held:
                self._place(step, _SHARES)

    def _place(self, step: Step, shares: Sequence[float]) -> bool:
        """Decide where a break stands, the first of ``shares`` if it can; whether it is clear of everything else."""
        wide, tall = (self.canvas.px(each) for each in _SLASH)
        own = step.stroke
        others = replace(
            self.room, strokes=[stroke for stroke in self.room.strokes if stroke != own]
        )
        places = {share: Area.around(*step.on_way(share), wide, tall) for share in shares}
        free = [share for share in shares if others.is_free(places[share])]
        lettered = (
            share
            for ways in (_NEAR, _FURTHER)
            for share in (*free, *shares)
            if any(self._for_letter(step, share, ways))
        )
        share = next(chain(lettered, free), shares[0])
        self._shares[step] = share
        self.room.areas.append(places[share])
        return share in free

    def spot(self, step: Step) -> Spot:
        """The middle of the slashes of a break, once it is placed."""
        return step.on_way(self._shares[step])

    def ground(self, step: Step) -> Area:
        """What the slashes of a break cover, but for their ends, once it is placed."""
        wide, tall = (self.canvas.px(each) * 0.88 for each in _SLASH)
        return Area.around(*step.on_way(self._shares[step]), wide, tall)

    def stubs(self, step: Step) -> tuple[Stroke, ...]:
        """The level stubs from the middles of the marks on both sides of a break, once it is placed; none where it is too near."""
        canvas, (x, _) = self.canvas, step.on_way(self._shares[step])
        reach, apart = canvas.px(MARK / 2 + _STUB), canvas.px(_SLASH[0] / 2 + 3)
        found = list[Stroke]()
        for (mark, level), side in ((step.start, 1), (step.end, -1)):
            long = min(reach, abs(x - mark) - apart)
            if long > canvas.px(MARK / 2 + 2):
                found.append(((mark, level), (mark + side * long, level)))
        return tuple(found)

    def draw(self, step: Step, colour: Role, plain_start: bool, plain_end: bool) -> None:
        """A stub beside each of its marks, from the edge of one that is not plain, and two slashes in the gap between them."""
        wide, tall = (self.canvas.px(each) for each in _SLASH)
        edge = self.canvas.px(MARK / 2)
        for (x, level), (end, _) in self.stubs(step):
            open_mark = not (plain_start if end > x else plain_end)
            begin = x + (edge if end > x else -edge) * open_mark
            self.canvas.line(((begin, level), (end, level)), colour, STROKE)
        x, y = step.on_way(self._shares[step])
        lean, half = wide * 0.2, tall / 2
        for middle in (x - wide * 0.22, x + wide * 0.22):
            ends = ((middle - lean, y + half), (middle + lean, y - half))
            self.canvas.line(ends, colour, _THIN)

    def write_letter(self, step: Step) -> bool:
        """Write the letter of a break that has one, unless it stands at one nearby already; whether there was room."""
        x, y = self.spot(step)
        near = self.canvas.px(_TOGETHER)
        told = any(
            letter == step.letter and hypot(x - across, y - down) < near
            for letter, (across, down) in self._told
        )
        self._told.append((step.letter, (x, y)))
        if told or not step.letter:
            return True
        ways = (*_NEAR, *_FURTHER)
        found = self.room.first_free(self._for_letter(step, self._shares[step], ways))
        if found:
            # A name beside it is no part of a word with it.
            aside = self.canvas.px(_BESIDE)
            self.room.areas.append(
                found._replace(left=found.left - aside, right=found.right + aside)
            )
            self.canvas.text(*found.middle, step.letter, TYPE, anchor="center")
        return found is not None

    def _for_letter(
        self, step: Step, share: float, ways: Iterable[tuple[int, float]]
    ) -> Iterator[Area]:
        """Free places of the letter of a break in the order of ``ways``, first those with no level line on the way there."""
        canvas, (x, y) = self.canvas, step.on_way(share)
        letter, high = canvas.text_width(step.letter, TYPE), canvas.px(TYPE * LETTERS)
        aside = (canvas.px(_SLASH[0]) + letter) / 2 + canvas.px(2)
        places = (
            Area.around(x + side * aside, y + canvas.px(down), letter, high) for side, down in ways
        )

        def across(place: Area) -> int:
            way = Area(x - 1, min(y, place.top), x + 1, max(y, place.bottom))
            return 2 * any(place.meets(label) for label in self.labels) + self._on_level(way)

        for place in by_rank(places, across):
            if self.room.is_free(place) and not self._on_level(place.grown(canvas.px(2))):
                yield place

    def _on_level(self, area: Area) -> bool:
        return any(area.crossed_by(*level) for level in self.levels)
