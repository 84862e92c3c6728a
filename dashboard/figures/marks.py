"""Bars and dots: how one value looks, and the traces that hold them."""

from __future__ import annotations

from collections import defaultdict

from dashboard.figures.column import Column
from dashboard.figures.sheet import Sheet
from dashboard.figures.text import escape
from dashboard.query import Key, Section, Value
from dashboard.selection import Selection
from dashboard.wording import Words, texts

LABEL = 12
DETAIL = 10.5
DOT = 10
SPACE = 3
"""Pixels (at scale 1) between a mark and its label."""


def reach(value: Value, intervals: bool) -> float:
    """Percent at which a mark ends: at its interval where that is drawn."""
    known = value.evidence.interval
    return known.high if intervals and known else value.observation.value


def detail(words: Words, value: Value, intervals: bool) -> str:
    """What stands in small type at a value; blank where there is nothing."""
    return " · ".join(texts.details(words, value, intervals))


def label_parts(words: Words, value: Value, intervals: bool, under: bool) -> tuple[str, str]:
    """(value in its wording, small type behind it); with ``under`` the small type stands elsewhere."""
    doubt = " ?" if value.observation.status == "inferred" else ""
    return words.value(value) + doubt, "" if under else detail(words, value, intervals)


def label_width(sheet: Sheet, words: Words, value: Value, intervals: bool, under: bool) -> float:
    """Pixels that the label of a value takes, with a space before it."""
    main, small = label_parts(words, value, intervals, under)
    return (
        sheet.text_width(f" {main} ", LABEL, bold=True)
        + sheet.text_width(f"   {small}", DETAIL)
        + sheet.scale.px(DOT)
    )


def label(sheet: Sheet, words: Words, value: Value, intervals: bool, under: bool) -> str:
    """The label as Plotly's small HTML."""
    main, small = label_parts(words, value, intervals, under)
    quiet = f'  <span style="color:{sheet.colours.quiet};font-size:{sheet.scale.px(DETAIL)}px">{escape(small)}</span>'
    return f"<b>{escape(main)}</b>" + (quiet if small else "")


class Marks:
    """Gathers values per axis and series, so that each becomes one trace; their labels become one more per axis."""

    def __init__(
        self, sheet: Sheet, section: Section, words: Words, selection: Selection, thickness: float
    ) -> None:
        self._sheet = sheet
        self._section = section
        self._words = words
        self._chart = selection.chart
        self._intervals = selection.intervals
        self._thickness = thickness
        self.under = False
        """Whether the small type stands under the marks, not behind their labels."""
        self._held: dict[tuple[str, Key], list[tuple[float, Value]]] = defaultdict(list)
        self._percent_per_pixel: dict[str, float] = {}

    def add(self, column: Column, series: Key, y: float, value: Value) -> None:
        """Place one value at the height ``y`` in a column."""
        self._held[column.axis, series].append((round(y, 1), value))
        self._percent_per_pixel[column.axis] = 100 / (column.hundred - column.left)

    def draw(self) -> None:
        """Put all traces on the sheet."""
        for (axis, series), members in self._held.items():
            colour = self._sheet.colours.colour(self._section, series)
            shape = self._bars if self._chart == "bars" else self._dots
            self._sheet.traces.append(
                self._common(axis, series, members, colour) | shape(colour, members)
            )
        for axis in dict.fromkeys(axis for axis, _ in self._held):
            whiskers = self._whiskers(axis)
            self._sheet.traces += [*([whiskers] if whiskers else []), self._labels(axis)]

    def _common(
        self, axis: str, series: Key, members: list[tuple[float, Value]], colour: str
    ) -> dict:
        trace = {
            "name": escape(self._words.key(series)),
            "xaxis": axis,
            "yaxis": "y",
            "x": [value.observation.value for _, value in members],
            "y": [y for y, _ in members],
            "customdata": [value.observation.position for _, value in members],
            "hovertext": [texts.spoken(self._words, value) for _, value in members],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "cliponaxis": False,
        }
        if self._intervals and any(value.evidence.interval for _, value in members):
            # On a bar the interval needs a light edge: half of it lies on the bar's own colour.
            halo = self._chart == "bars"
            trace["error_x"] = self._errors(
                members, self._sheet.colours.ground if halo else colour, 3.2 if halo else 1.2
            )
            if halo:
                # Plotly draws the caps of an interval that is not there, too: without caps nothing is left of it.
                trace["error_x"]["width"] = 0
        return trace

    def _errors(self, members: list[tuple[float, Value]], colour: str, thickness: float) -> dict:
        """The intervals of values as Plotly's error bars; None where there is none."""
        known = [(value.observation.value, value.evidence.interval) for _, value in members]
        return {
            "type": "data",
            "symmetric": False,
            "array": [round(each.high - at, 2) if each else None for at, each in known],
            "arrayminus": [round(at - each.low, 2) if each else None for at, each in known],
            "color": colour,
            "thickness": thickness,
            "width": self._sheet.scale.px(2.5),
        }

    def _whiskers(self, axis: str) -> dict | None:
        """The intervals of the bars of an axis, drawn over their light edges; None where there are none."""
        members = [
            member
            for (held, _), each in self._held.items()
            if held == axis
            for member in each
            if member[1].evidence.interval is not None
        ]
        if not members or not self._intervals or self._chart != "bars":
            return None
        return {
            "type": "scatter",
            "mode": "markers",
            "name": self._words.t("95% intervals"),
            "xaxis": axis,
            "yaxis": "y",
            "x": [value.observation.value for _, value in members],
            "y": [y for y, _ in members],
            "marker": {"size": 1, "color": self._sheet.colours.ink, "opacity": 0},
            "error_x": self._errors(members, self._sheet.colours.ink, 1.2),
            "hoverinfo": "skip",
            "cliponaxis": False,
        }

    def _end(self, value: Value, per_pixel: float) -> float:
        """Percent at which the label of a value starts: clear of its mark and of its interval."""
        mark = value.observation.value + (
            self._sheet.scale.px(DOT / 2 + 1) * per_pixel if self._chart == "dots" else 0
        )
        return max(mark, reach(value, self._intervals)) + self._sheet.scale.px(SPACE) * per_pixel

    def _labels(self, axis: str) -> dict:
        """The figures as text, right of the marks and of their intervals."""
        members = [
            member for (held, _), each in self._held.items() if held == axis for member in each
        ]
        per_pixel = self._percent_per_pixel[axis]
        return {
            "type": "scatter",
            "mode": "text",
            "name": self._words.t("figures"),
            "xaxis": axis,
            "yaxis": "y",
            "x": [round(self._end(value, per_pixel), 2) for _, value in members],
            "y": [y for y, _ in members],
            "text": [
                label(self._sheet, self._words, value, self._intervals, self.under)
                for _, value in members
            ],
            "textposition": "middle right",
            "textfont": {"size": self._sheet.scale.px(LABEL), "color": self._sheet.colours.ink},
            "hoverinfo": "skip",
            "cliponaxis": False,
        }

    def _bars(self, colour: str, members: list[tuple[float, Value]]) -> dict:
        worded = [value.observation.qualifier != "exact" for _, value in members]
        doubtful = [value.observation.status == "inferred" for _, value in members]
        return {
            "type": "bar",
            "orientation": "h",
            "width": self._thickness,
            "marker": {
                "color": [self._sheet.colours.light(colour) if each else colour for each in worded],
                "line": {"color": colour, "width": [1.5 if each else 0 for each in worded]},
                "pattern": {
                    "shape": ["/" if each else "" for each in doubtful],
                    "fgcolor": self._sheet.colours.ground if not all(worded) else colour,
                    "size": 5,
                    "solidity": 0.35,
                },
            },
        }

    def _dots(self, colour: str, members: list[tuple[float, Value]]) -> dict:
        def symbol(value: Value) -> str:
            shape = "diamond" if value.place.level == "central" else "circle"
            plain = (
                value.observation.qualifier == "exact" and value.observation.status != "inferred"
            )
            return shape if plain else f"{shape}-open"

        return {
            "type": "scatter",
            "mode": "markers",
            "marker": {
                "color": colour,
                "size": self._sheet.scale.px(DOT),
                "symbol": [symbol(value) for _, value in members],
                "line": {"color": colour, "width": 2},
            },
        }
