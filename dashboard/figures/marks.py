"""Bars and dots: how one value looks, and the traces that hold them."""

from __future__ import annotations

from collections import defaultdict

from dashboard.figures import palette
from dashboard.figures.sheet import Sheet
from dashboard.figures.text import escape
from dashboard.query import Key, Section, Value
from dashboard.wording import Words, texts

LABEL = 12
DETAIL = 10.5
DOT = 10


def label_parts(words: Words, value: Value) -> tuple[str, str]:
    """(value in its wording, small type behind it)."""
    doubt = " ?" if value.observation.status == "inferred" else ""
    return words.value(value) + doubt, " · ".join(texts.details(words, value))


def label_width(sheet: Sheet, words: Words, value: Value) -> float:
    """Pixels that the label of a value takes, with a space before it."""
    main, small = label_parts(words, value)
    return sheet.text_width(f" {main} ", LABEL, bold=True) + sheet.text_width(f"   {small}", DETAIL) + sheet.scale.px(DOT)


def label(sheet: Sheet, words: Words, value: Value) -> str:
    """The label as Plotly's small HTML."""
    main, small = label_parts(words, value)
    quiet = f'  <span style="color:{palette.QUIET};font-size:{sheet.scale.px(DETAIL)}px">{escape(small)}</span>'
    return f"<b>{escape(main)}</b>" + (quiet if small else "")


class Marks:
    """Gathers values per axis and series, so that each becomes one trace."""

    def __init__(self, sheet: Sheet, section: Section, words: Words, chart: str, thickness: float) -> None:
        self._sheet = sheet
        self._section = section
        self._words = words
        self._chart = chart
        self._thickness = thickness
        self._held: dict[tuple[str, Key], list[tuple[float, Value]]] = defaultdict(list)

    def add(self, axis: str, series: Key, y: float, value: Value) -> None:
        """Place one value at the height ``y`` on a percent axis."""
        self._held[axis, series].append((round(y, 1), value))

    def draw(self) -> None:
        """Put all traces on the sheet."""
        for (axis, series), members in self._held.items():
            colour = palette.colour(self._section, series)
            shape = self._bars if self._chart == "bars" else self._dots
            self._sheet.traces.append({**self._common(axis, series, members), **shape(colour, members)})

    def _common(self, axis: str, series: Key, members: list[tuple[float, Value]]) -> dict:
        return {
            "name": escape(self._words.key(series)),
            "xaxis": axis,
            "yaxis": "y",
            "x": [value.observation.value for _, value in members],
            "y": [y for y, _ in members],
            "text": [label(self._sheet, self._words, value) for _, value in members],
            "customdata": [value.observation.position for _, value in members],
            "hovertext": [texts.spoken(self._words, value) for _, value in members],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "cliponaxis": False,
            "textfont": {"size": self._sheet.scale.px(LABEL), "color": palette.INK},
        }

    def _bars(self, colour: str, members: list[tuple[float, Value]]) -> dict:
        worded = [value.observation.qualifier != "exact" for _, value in members]
        doubtful = [value.observation.status == "inferred" for _, value in members]
        return {
            "type": "bar",
            "orientation": "h",
            "width": self._thickness,
            "textposition": "outside",
            "textangle": 0,
            "constraintext": "none",
            "marker": {
                "color": [palette.light(colour) if each else colour for each in worded],
                "line": {"color": colour, "width": [1.5 if each else 0 for each in worded]},
                "pattern": {
                    "shape": ["/" if each else "" for each in doubtful],
                    "fgcolor": palette.GROUND if not all(worded) else colour,
                    "size": 5,
                    "solidity": 0.35,
                },
            },
        }

    def _dots(self, colour: str, members: list[tuple[float, Value]]) -> dict:
        def symbol(value: Value) -> str:
            shape = "diamond" if value.place.level == "central" else "circle"
            plain = value.observation.qualifier == "exact" and value.observation.status != "inferred"
            return shape if plain else f"{shape}-open"

        return {
            "type": "scatter",
            "mode": "markers+text",
            "textposition": "middle right",
            "marker": {
                "color": colour,
                "size": self._sheet.scale.px(DOT),
                "symbol": [symbol(value) for _, value in members],
                "line": {"color": colour, "width": 2},
            },
        }
