"""How bars, dots, answer scales and heat tables fill the cells of the grid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from dashboard.figures import palette
from dashboard.figures.grid import Column, Lanes
from dashboard.figures.marks import Marks, label_width
from dashboard.figures.parts import SMALL
from dashboard.figures.sheet import LEADING, Sheet
from dashboard.figures.text import escape, wrap
from dashboard.query import Cell, Key, Panel, Section, Value
from dashboard.wording import Words, texts

BAR, DOT = 18.0, 18.0
_UNPRINTED = "unprinted"


def series_of(section: Section, value: Value) -> Key:
    """The series of the section a value belongs to."""
    for key in (value.group, value.place, (value.place, value.group)):
        if key in section.series:
            return key
    raise KeyError(value)


def _own(value: Value) -> Key:
    return value.group if value.place.survey_id == "" else value.place


def cell_notes(words: Words, cell: Cell) -> list[str]:
    """What must be said under the marks of a cell: another base, and series that have no figure here."""
    notes = []
    for base in dict.fromkeys(value.observation.base for value in cell.values if value.tell_base):
        whose = [value for value in cell.values if value.observation.base == base]
        names = "" if len(whose) == len(cell.values) else f"{words.some(words.inside(_own(value)) for value in whose)}: "
        notes.append(names + words.share(base))
    reasons: dict[str, list[str]] = defaultdict(list)
    for key, blank in cell.missing:
        reasons[texts.blank(words, blank)].append(words.inside(key))
    return notes + [f"{words.some(names)}: {reason}" for reason, names in reasons.items()]


def fitted(sheet: Sheet, section: Section, words: Words) -> Callable[[float], float]:
    """Width of a panel -> pixels for 0 to 100 percent with which every label fits right of its mark."""
    margin = sheet.scale.px(10)
    labels = [(label_width(sheet, words, value) + margin, value.observation.value / 100) for value in section.values]

    def fit(room: float) -> float:
        return min(((room - label) / share for label, share in labels if share > 0), default=room)

    return fit


def full(room: float) -> float:
    """The whole width: nothing stands right of the marks."""
    return room


def mark_lanes(sheet: Sheet, section: Section, words: Words, chart: str) -> tuple[Lanes, Marks]:
    """Bars or dots, one lane a value."""
    lane = sheet.scale.px(BAR if chart == "bars" else DOT)
    marks = Marks(sheet, section, words, chart, lane * 0.78)
    note_step = sheet.scale.px(SMALL * LEADING)
    room = 0.0

    def notes(cell: Cell) -> list[str]:
        return [line for note in cell_notes(words, cell) for line in _wrapped(sheet, note, room)]

    def height(panel: Panel, cell: Cell) -> float:
        if not cell.values:
            return note_step
        return len(cell.values) * lane + len(notes(cell)) * note_step

    def draw(column: Column, panel: Panel, cell: Cell, y: float) -> None:
        if cell.blank:
            sheet.text(column.left + 2, y + lane / 2, texts.blank(words, cell.blank), 11, palette.QUIET)
            return
        for value in cell.values:
            marks.add(column.axis, series_of(section, value), y + lane / 2, value)
            y += lane
        for line in notes(cell):
            sheet.text(column.left + 2, y + note_step / 2, line, SMALL, palette.QUIET)
            y += note_step

    def set_room(columns: list[Column]) -> Lanes:
        nonlocal room
        room = columns[0].right - columns[0].left
        return Lanes(height, draw, _percent_head(sheet, words), sheet.scale.px(16))

    return set_room, marks


def _wrapped(sheet: Sheet, content: str, room: float) -> list[str]:

    return wrap(content, sheet.scale.px(SMALL), room)


def _percent_head(sheet: Sheet, words: Words):
    def head(column: Column, panel: Panel, y: float) -> None:
        middle = y + sheet.scale.px(7)
        for percent in (0, 50, 100):
            anchor = "center" if percent else "left"
            sheet.text(column.at(percent), middle, words.percent(percent), 10, palette.QUIET, anchor=anchor)

    return head


def answers_of(section: Section) -> list[str]:
    """Answers drawn in a section of answer scales, in the order of the palette."""
    present = {value.observation.response for value in section.values}
    return [answer for answer in palette.ANSWERS if answer in present]


def scale_lanes(sheet: Sheet, section: Section, words: Words):
    """One stacked bar per series: each answer a segment, what is not printed a visible remainder."""
    name_step, bar, gap = sheet.scale.px(15), sheet.scale.px(17), sheet.scale.px(5)
    held: dict[tuple[str, str], list[tuple[float, float, float, Value | None]]] = defaultdict(list)

    def stacks(cell: Cell) -> list[tuple[Key, list[Value]]]:
        grouped: dict[Key, list[Value]] = defaultdict(list)
        for value in cell.values:
            grouped[series_of(section, value)].append(value)
        order = list(palette.ANSWERS)
        return [(key, sorted(v, key=lambda x: order.index(x.observation.response))) for key, v in grouped.items()]

    def height(panel: Panel, cell: Cell) -> float:
        return len(stacks(cell)) * (name_step + bar + gap) if cell.values else name_step

    def draw(column: Column, panel: Panel, cell: Cell, y: float) -> None:
        if cell.blank:
            sheet.text(column.left + 2, y + name_step / 2, texts.blank(words, cell.blank), 11, palette.QUIET)
            return
        for key, values in stacks(cell):
            first = values[0]
            n = f" · {words.n(first.observation.n)}" if first.observation.n is not None else ""
            base = f" · {words.share(first.observation.base)}" if first.tell_base else ""
            period = f" · {words.period(first.survey)}" if first.tell_period else ""
            sheet.text(column.left, y + name_step / 2, words.key(key) + n + period + base, SMALL, palette.QUIET)
            middle, start = y + name_step + bar / 2, 0.0
            for value in values:
                held[column.axis, value.observation.response].append((middle, start, value.observation.value, value))
                start += value.observation.value
            if start < 99:
                held[column.axis, _UNPRINTED].append((middle, start, 100 - start, None))
            y += name_step + bar + gap

    def finish() -> None:
        for (axis, answer), members in held.items():
            sheet.traces.append(_stack_trace(sheet, words, axis, answer, members, bar))

    def lanes(columns: list[Column]) -> Lanes:
        return Lanes(height, draw, _percent_head(sheet, words), sheet.scale.px(16))

    return lanes, finish


def _stack_trace(sheet: Sheet, words: Words, axis: str, answer: str, members: list, bar: float) -> dict:
    unprinted = answer == _UNPRINTED
    colour = palette.GROUND if unprinted else palette.ANSWERS[answer]
    return {
        "type": "bar",
        "orientation": "h",
        "name": words.t("not printed") if unprinted else words.label("response", answer),
        "xaxis": axis,
        "yaxis": "y",
        "x": [share for _, _, share, _ in members],
        "base": [start for _, start, _, _ in members],
        "y": [round(y, 1) for y, _, _, _ in members],
        "width": bar,
        "text": [words.number(value.observation.value) if value else "" for _, _, _, value in members],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": sheet.scale.px(11), "color": palette.ink_on(colour)},
        "customdata": [value.observation.position if value else None for _, _, _, value in members],
        "hovertext": [texts.spoken(words, value) if value else words.t("not printed") for _, _, _, value in members],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "color": colour,
            "line": {"color": palette.FAINT if unprinted else palette.GROUND, "width": 1},
            "pattern": {"shape": "." if unprinted else "", "fgcolor": palette.FAINT, "size": 6, "solidity": 0.15},
        },
    }


def scale_legend(section: Section, words: Words) -> list[tuple[str, str]]:
    """(colour, name) of every answer in the section."""
    entries = [(palette.ANSWERS[answer], words.label("response", answer)) for answer in answers_of(section)]
    return [*entries, (palette.GROUND, words.t("not printed by the source"))]


def heat_lanes(sheet: Sheet, section: Section, words: Words):
    """One coloured cell per series, the figure in it; blanks carry their code."""
    tall = sheet.scale.px(26)
    held: dict[str, list[tuple[float, float, Value]]] = defaultdict(list)
    head_lines = 3

    def slots(column: Column, panel: Panel) -> list[tuple[float, float]]:
        wide = min((column.right - column.left) / max(len(panel.series), 1), sheet.scale.px(110))
        return [(column.left + at * wide, column.left + (at + 1) * wide) for at in range(len(panel.series))]

    def editions(cell: Cell) -> int:
        counted: dict[Key, int] = defaultdict(int)
        for value in cell.values:
            counted[series_of(section, value)] += 1
        return max(counted.values(), default=1)

    def height(panel: Panel, cell: Cell) -> float:
        return tall * editions(cell)

    def draw(column: Column, panel: Panel, cell: Cell, y: float) -> None:
        missing = dict(cell.missing)
        for key, (left, right) in zip(panel.series, slots(column, panel), strict=True):
            values = [value for value in cell.values if series_of(section, value) == key]
            for at, value in enumerate(values):
                held[column.axis].append(((left + right) / 2, y + tall * (at + 0.5), value))
                _heat_cell(sheet, words, left, right, y + tall * at, tall, value)
            blank = cell.blank or missing.get(key)
            if not values and blank:
                code = texts.BLANK_CODES[blank.kind]
                sheet.text((left + right) / 2, y + tall / 2, code, 10, palette.QUIET, anchor="center")

    def head(column: Column, panel: Panel, y: float) -> None:
        for key, (left, right) in zip(panel.series, slots(column, panel), strict=True):
            sheet.block(left + 2, y, words.key(key), right - left - 4, SMALL, palette.QUIET, lines=head_lines)

    def finish(columns: list[Column]) -> None:
        for column in columns:
            if held[column.axis]:
                sheet.traces.append(_heat_trace(words, column, held[column.axis]))

    def lanes(columns: list[Column]) -> Lanes:
        return Lanes(height, draw, head, sheet.scale.px(SMALL * LEADING) * head_lines + sheet.scale.px(4), grid=False)

    return lanes, finish


def heat_colour(percent: float) -> str:
    """The colour of a percentage in a heat table: one hue, light to dark."""
    for (low, light), (high, dark) in zip(palette.HEAT, palette.HEAT[1:], strict=False):
        if percent / 100 <= high:
            return palette.mixed(dark, light, (percent / 100 - low) / (high - low))
    return palette.HEAT[-1][1]


def _heat_cell(sheet: Sheet, words: Words, left: float, right: float, top: float, tall: float, value: Value) -> None:
    ground = heat_colour(value.observation.value)
    worded = value.observation.qualifier != "exact"
    sheet.box(left + 1, top + 1, right - 1, top + tall - 1, ground, palette.INK if worded else "")
    signs = {"exact": "", "about": "≈ ", "over": "> ", "under": "< "}
    doubt = " ?" if value.observation.status == "inferred" else ""
    shown = signs[value.observation.qualifier] + words.percent(value.observation.value) + doubt
    sheet.text((left + right) / 2, top + tall / 2, shown, 11.5, palette.ink_on(ground), anchor="center")


def _heat_trace(words: Words, column: Column, members: list[tuple[float, float, Value]]) -> dict:
    """Invisible points over the cells: they carry the numbers, the hover text and the identity of each figure."""
    per_pixel = 100 / (column.hundred - column.left)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": words.t("figures"),
        "xaxis": column.axis,
        "yaxis": "y",
        "x": [round((x - column.left) * per_pixel, 2) for x, _, _ in members],
        "y": [round(y, 1) for _, y, _ in members],
        "meta": [value.observation.value for _, _, value in members],
        "customdata": [value.observation.position for _, _, value in members],
        "hovertext": [texts.spoken(words, value) for _, _, value in members],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"size": 22, "color": "rgba(0,0,0,0)", "symbol": "square"},
        "text": [escape(words.value(value)) for _, _, value in members],
    }
