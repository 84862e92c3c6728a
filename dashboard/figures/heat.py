"""Heat table: one coloured cell per series with the figure in it; a blank carries the code of its reason."""

from __future__ import annotations

from collections import defaultdict

from dashboard.figures.column import Column
from dashboard.figures.grid import Lanes
from dashboard.figures.lanes import series_of
from dashboard.figures.parts import SMALL
from dashboard.figures.sheet import LEADING, Sheet
from dashboard.figures.text import escape, wrap
from dashboard.query import Cell, Key, Panel, Section, Value
from dashboard.wording import Words, texts
from dashboard.wording.missing import BLANK_CODES

TALL, WIDEST, HEAD_LINES = 26, 110, 3
_SIGNS = {"exact": "", "about": "≈ ", "over": "> ", "under": "< "}


class Heat:
    """Places the cells of a section; points without colour carry the numbers and the hover text."""

    def __init__(self, sheet: Sheet, section: Section, words: Words) -> None:
        self._sheet, self._section, self._words = sheet, section, words
        self._tall = sheet.scale.px(TALL)
        self._columns: list[Column] = []
        self._held: dict[str, list[tuple[float, float, Value]]] = defaultdict(list)

    def lanes(self, columns: list[Column]) -> Lanes:
        """How the grid is filled."""
        self._columns = columns
        named = (
            wrap(
                self._words.key(key),
                self._sheet.scale.px(SMALL),
                right - left - 4,
                lines=HEAD_LINES,
            )
            for panel in self._section.panels
            for key, left, right in self._slots(columns[0], panel)
        )
        head = self._sheet.scale.px(SMALL * LEADING) * max(
            map(len, named), default=1
        ) + self._sheet.scale.px(4)
        return Lanes(self._height, self._draw, self._head, head, grid=False)

    def finish(self) -> None:
        """Put the points on the sheet."""
        for column in self._columns:
            if self._held[column.axis]:
                self._sheet.traces.append(self._trace(column, self._held[column.axis]))

    def _slots(self, column: Column, panel: Panel) -> list[tuple[Key, float, float]]:
        """(series, left, right) of each cell of a row."""
        wide = min(
            (column.right - column.left) / max(len(panel.series), 1), self._sheet.scale.px(WIDEST)
        )
        return [
            (key, column.left + at * wide, column.left + (at + 1) * wide)
            for at, key in enumerate(panel.series)
        ]

    def _by_series(self, cell: Cell) -> dict[Key, list[Value]]:
        found: dict[Key, list[Value]] = defaultdict(list)
        for value in cell.values:
            found[series_of(self._section, value)].append(value)
        return found

    def _height(self, panel: Panel, cell: Cell) -> float:
        return self._tall * max(
            (len(values) for values in self._by_series(cell).values()), default=1
        )

    def _head(self, column: Column, panel: Panel, y: float) -> None:
        for key, left, right in self._slots(column, panel):
            self._sheet.block(
                left + 2,
                y,
                self._words.key(key),
                right - left - 4,
                SMALL,
                self._sheet.colours.quiet,
                lines=HEAD_LINES,
            )

    def _draw(self, column: Column, panel: Panel, cell: Cell, y: float) -> None:
        found, absent = self._by_series(cell), dict(cell.missing)
        for key, left, right in self._slots(column, panel):
            blank = cell.blank or absent.get(key)
            if blank:
                code = BLANK_CODES[blank.kind]
                self._sheet.text(
                    (left + right) / 2,
                    y + self._tall / 2,
                    code,
                    10,
                    self._sheet.colours.quiet,
                    anchor="center",
                )
            for at, value in enumerate(found.get(key, ())):
                self._cell(column, left, right, y + self._tall * at, value)

    def _cell(self, column: Column, left: float, right: float, top: float, value: Value) -> None:
        row = value.observation
        ground = self._sheet.colours.heat_of(row.value)
        self._sheet.box(
            left + 1,
            top + 1,
            right - 1,
            top + self._tall - 1,
            ground,
            self._sheet.colours.ink if row.qualifier != "exact" else "",
        )
        shown = (
            _SIGNS[row.qualifier]
            + self._words.percent(row.value)
            + (" ?" if row.status == "inferred" else "")
        )
        x, y = (left + right) / 2, top + self._tall / 2
        self._sheet.text(x, y, shown, 11.5, self._sheet.colours.ink_on(ground), anchor="center")
        self._held[column.axis].append((x, y, value))

    def _trace(self, column: Column, members: list[tuple[float, float, Value]]) -> dict:
        per_pixel = 100 / (column.hundred - column.left)
        return {
            "type": "scatter",
            "mode": "markers",
            "name": self._words.t("figures"),
            "xaxis": column.axis,
            "yaxis": "y",
            "x": [round((x - column.left) * per_pixel, 2) for x, _, _ in members],
            "y": [round(y, 1) for _, y, _ in members],
            "meta": [value.observation.value for _, _, value in members],
            "customdata": [value.observation.position for _, _, value in members],
            "text": [escape(self._words.value(value)) for _, _, value in members],
            "hovertext": [texts.spoken(self._words, value) for _, _, value in members],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "marker": {"size": 22, "color": "rgba(0,0,0,0)", "symbol": "square"},
        }
