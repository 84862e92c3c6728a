"""The labels of the dots of comparisons: name and figure of each, how much room those of a line need, and where they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.canvas import LEADING, Canvas
from dashboard.charts.context import ChartContext
from dashboard.charts.dot_labels import Placed, height
from dashboard.charts.drawing import Run
from dashboard.charts.labels import NAME, in_lines
from dashboard.charts.roles import QUIET
from dashboard.charts.series import series_of, series_role
from dashboard.charts.spots import Laid, Spot
from dashboard.dataset import Observation
from dashboard.query import Value
from dashboard.text import comparisons

DOT = 12
"""Pixels (at scale 1) of a dot, and of the key of a label in a list."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Measures and draws the labels of a line; ``signed`` with the signs of small bases."""

    context: ChartContext
    signed: bool = False

    @property
    def _canvas(self) -> Canvas:
        return self.context.canvas

    @property
    def lane_height(self) -> float:
        """Pixels of a line of type."""
        return self._canvas.px(NAME * LEADING)

    def baseline(self, values: Sequence[Value]) -> Observation | None:
        """The figure of a line that the others are compared with; None where it has none."""
        rows = (value.observation for value in values)
        return next((row for row in rows if row.country == self.context.selection.baseline), None)

    def label(
        self,
        value: Value,
        name: str,
        values: Sequence[Value],
        *,
        name_first: bool,
        based: bool = True,
    ) -> tuple[Run, ...]:
        """``name`` and figure of one of the ``values`` of a line, ``based`` with what it is a share of where others are shares of
        something else; where there is a baseline, how far from it the figure lies."""
        baseline = self.baseline(values)
        loc = self.context.loc
        doubt = " ?" if value.observation.status == "inferred" else ""
        figure = Run(loc.value(value) + doubt, bold=True)
        few = loc.small_base(value.evidence.few) if self.signed else ""
        apart = f"\u00a0{few}" if few else ""
        if baseline is not None and baseline is not value.observation:
            apart += f"\u00a0({comparisons.points(loc, value.observation, baseline)})"
        share = comparisons.dot_share(loc, values, value) if based else ""
        of = (Run(f"\u00a0{share}", colour=QUIET),) if share else ()
        further = (*((Run(apart),) if apart else ()), *of)
        # As wide either way.
        if name_first:
            return (Run(f"{name}{':' if of else ''}\u00a0"), figure, *further)
        return (figure, *further, Run(f"{',' if of else ''}\u00a0{name}"))

    def listed(self, runs: tuple[Run, ...], left: float) -> list[tuple[Run, ...]]:
        """The lines of a label in a list under the dots whose keys begin at ``left``."""
        room = self._canvas.width - left - self.lane_height
        return in_lines(runs, self._canvas.px(NAME), room)

    def height_above(self, line: Laid) -> float:
        """Pixels from the line up to the end of its highest label."""
        return self._reach(line, max(0, *(place.lane for place in line.places)))

    def height(self, line: Laid) -> float:
        """Pixels of dots and labels, with 2 (at scale 1) above them and below."""
        listed = zip(line.wanted, line.places, strict=True)
        ends = (place.lane - (each.lines - 1) * place.keyed for each, place in listed)
        below = self._reach(line, -min(0, *ends))
        return self.height_above(line) + below + self._canvas.px(4)

    def _reach(self, line: Laid, lanes: int) -> float:
        """Pixels from the line to the end of so many lanes above or below it."""
        moved = max(abs(spot.down) for spot in line.spots)
        return moved + (lanes + 0.5) * self.lane_height

    def _down(self, line: Laid, spot: Spot, place: Placed) -> float:
        """Pixels from the line down to the middle of a label: beside its dot, or in its lane."""
        return height(line.wanted, place.lane, self.lane_height) if place.lane else spot.down

    def draw(self, line: Laid, y: float) -> None:
        """Draw the labels of a line that is at ``y``, in front of its dots."""
        values = [spot.value for spot in line.spots]
        name = comparisons.dot_names(self.context.loc, values)
        for spot, place in zip(line.spots, line.places, strict=True):
            runs = self.label(
                spot.value,
                name(spot.value),
                values,
                name_first=place.anchor != "left" or place.lane != 0,
                based=line.based,
            )
            listed = self.listed(runs, place.x - self.lane_height)
            down = y + self._down(line, spot, place)
            for part in listed if place.keyed else (runs,):
                self._canvas.runs(place.x, down, part, NAME, anchor=place.anchor, inset=0)
                down += self.lane_height

    def draw_leaders(self, line: Laid, y: float) -> None:
        """Draw what leads to the labels of a line that is at ``y``, behind its dots."""
        for spot, place in zip(line.spots, line.places, strict=True):
            self._draw_leader(line, spot, place, y)

    def _draw_leader(self, line: Laid, spot: Spot, place: Placed, y: float) -> None:
        """A thin line from a dot to its label where that is not the nearest, or where another lane lies between."""
        canvas, sign = self._canvas, 1 if place.lane > 0 else -1
        if place.keyed:
            colour = series_role(self.context.section, series_of(self.context.section, spot.value))
            middle, half = y + self._down(line, spot, place), canvas.px(DOT / 2)
            left = place.x - canvas.px(DOT + 5)
            canvas.box(left, middle - half, left + canvas.px(DOT), middle + half, colour)
        if not place.led:
            return
        end = y + self._down(line, spot, place) + sign * canvas.px(NAME / 2 + 1)
        canvas.rule(spot.x, y + spot.down - sign * canvas.px(DOT / 2), spot.x, end, QUIET)
