"""Answer scale: one stacked bar per series, each answer a segment, what is not printed a visible remainder."""

from __future__ import annotations

from collections import defaultdict

from dashboard.figures.column import Column
from dashboard.figures.grid import Lanes
from dashboard.figures.lanes import percent_head, series_of
from dashboard.figures.palette import Palette
from dashboard.figures.parts import SMALL
from dashboard.figures.sheet import Sheet
from dashboard.query import Cell, Key, Panel, Section, Value
from dashboard.wording import Words, missing, texts

NAME, BAR, GAP = 15, 17, 5
INSIDE, INSIDE_PAD = 11, 3
"""Type of a figure in its segment, and pixels that stay free on both sides of it."""
_FULL = 99
"""Percent; printed answers that add to this much leave no remainder but rounding."""

Segment = tuple[float, float, float, Value | None]
"""Middle of the bar in pixels, start and length in percent, and the figure; None for what is not printed."""


def legend(colours: Palette, section: Section, words: Words) -> list[tuple[str, str]]:
    """(colour, name) of every answer in the section."""
    entries = [
        (colour, words.label("response", answer))
        for answer, colour in colours.answers_of(section).items()
    ]
    return [*entries, (colours.ground, words.t("not printed by the source"))]


class Stacks:
    """Places the stacked bars of a section and draws them when all are placed."""

    def __init__(self, sheet: Sheet, section: Section, words: Words) -> None:
        self._sheet, self._section, self._words = sheet, section, words
        self._name, self._bar, self._gap = (sheet.scale.px(each) for each in (NAME, BAR, GAP))
        self._colours = sheet.colours.answers_of(section)
        self._room = self._hundred = 0.0
        self._held: dict[tuple[str, str], list[Segment]] = defaultdict(list)

    def lanes(self, columns: list[Column]) -> Lanes:
        """How the grid is filled."""
        self._room, self._hundred = (
            columns[0].right - columns[0].left,
            columns[0].hundred - columns[0].left,
        )
        return Lanes(
            self._height,
            self._draw,
            percent_head(self._sheet, self._words),
            self._sheet.scale.px(16),
        )

    def finish(self) -> None:
        """Put all segments on the sheet."""
        for (axis, answer), segments in self._held.items():
            self._sheet.traces.append(self._trace(axis, answer, segments))

    def _stacks(self, cell: Cell) -> dict[Key, list[Value]]:
        stacks: dict[Key, list[Value]] = defaultdict(list)
        order = list(self._colours)
        for value in sorted(cell.values, key=lambda value: order.index(value.observation.response)):
            stacks[series_of(self._section, value)].append(value)
        return {key: stacks[key] for key in self._section.series if key in stacks}

    def _height(self, panel: Panel, cell: Cell) -> float:
        heights = (
            self._caption_height(key, values) + self._bar + self._gap
            for key, values in self._stacks(cell).items()
        )
        return sum(heights) or self._name

    def _caption_height(self, key: Key, values: list[Value]) -> float:
        return self._sheet.measure(
            self._caption(key, values[0]), self._room, SMALL
        ) + self._sheet.scale.px(1)

    def _draw(self, column: Column, panel: Panel, cell: Cell, y: float) -> None:
        if cell.blank:
            self._sheet.text(
                column.left + 2,
                y + self._name / 2,
                missing.blank(self._words, cell.blank),
                11,
                self._sheet.colours.quiet,
            )
        for key, values in self._stacks(cell).items():
            self._sheet.block(
                column.left,
                y,
                self._caption(key, values[0]),
                self._room,
                SMALL,
                self._sheet.colours.quiet,
            )
            y += self._caption_height(key, values)
            self._stack(column.axis, y + self._bar / 2, values)
            y += self._bar + self._gap

    def _caption(self, key: Key, first: Value) -> str:
        words = self._words
        parts = [words.key(key)]
        if first.observation.n is not None:
            parts.append(
                f"{words.n(first.observation.n)} {words.small_base(first.evidence.few)}".rstrip()
            )
        if first.tell_period:
            parts.append(words.period(first.survey))
        if first.tell_base:
            parts.append(words.share(first.observation.base))
        return " · ".join(parts)

    def _stack(self, axis: str, middle: float, values: list[Value]) -> None:
        start = 0.0
        for value in values:
            share = value.observation.value
            self._held[axis, value.observation.response].append((middle, start, share, value))
            start += share
        if start < _FULL:
            self._held[axis, ""].append((middle, start, 100 - start, None))

    def _shown(self, share: float) -> str:
        """The figure in a segment; blank where it would not fit in full size."""
        told = self._words.number(share)
        return (
            told
            if self._hundred * share / 100 >= self._sheet.text_width(told, INSIDE) + 2 * INSIDE_PAD
            else ""
        )

    def _trace(self, axis: str, answer: str, segments: list[Segment]) -> dict:
        words = self._words
        unprinted = words.t("not printed")
        colours = self._sheet.colours
        colour = self._colours[answer] if answer else colours.ground
        return {
            "type": "bar",
            "orientation": "h",
            "name": words.label("response", answer) if answer else unprinted,
            "xaxis": axis,
            "yaxis": "y",
            "x": [share for _, _, share, _ in segments],
            "base": [start for _, start, _, _ in segments],
            "y": [round(y, 1) for y, _, _, _ in segments],
            "width": self._bar,
            "text": [self._shown(share) if value else "" for _, _, share, value in segments],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "textfont": {"size": self._sheet.scale.px(INSIDE), "color": colours.ink_on(colour)},
            "customdata": [value.observation.position if value else None for *_, value in segments],
            "hovertext": [
                texts.spoken(words, value) if value else unprinted for *_, value in segments
            ],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "marker": {
                "color": colour,
                "line": {"color": colours.ground if answer else colours.faint, "width": 1},
                "pattern": {
                    "shape": "" if answer else ".",
                    "fgcolor": colours.faint,
                    "size": 6,
                    "solidity": 0.15,
                },
            },
        }
