"""Rules of layout, checked on drawings: sizes of type, texts clear of each other and of marks and lines, plots that fill their panels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.drawing import Bar, Drawing, Hatch, Mark, PanelArea, Rule, Run, Text, Tile
from dashboard.charts.roles import GRID, INK
from dashboard.query import Section
from dashboard.selection import ARRANGEMENTS, LANGUAGES, Selection, normal
from dashboard.text import missing
from tests.support import views
from tests.support.drawings import drawings, text_edges, variant, written
from tests.support.views import READY_VIEWS

SIDE_BY_SIDE = ("bars", "dots", "scale", "heat")
SCREENS = (336, 720, 1232)
PLOT = 0.7
ROUNDING = 0.5
"""Pixels."""
ABSENT = 0.05


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle, and what it is of."""

    what: str
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Area) -> bool:
        """Whether they share more than rounding."""
        # Rows first, in which most differ: this is asked of millions of pairs.
        return (
            self.bottom - other.top > ROUNDING
            and other.bottom - self.top > ROUNDING
            and self.right - other.left > ROUNDING
            and other.right - self.left > ROUNDING
            and all(
                min(each.right - each.left, each.bottom - each.top) > ROUNDING
                for each in (self, other)
            )
        )

    def names(self, bar: Area) -> bool:
        """Whether it is the name of a bar, maybe with a period, and stands wholly within it."""
        across = bar.left <= self.left and self.right <= bar.right
        down = bar.top <= self.top and self.bottom <= bar.bottom
        return across and down and self.what.split(" · ")[0] == bar.what


def texts(drawing: Drawing) -> list[Area]:
    """The letters of each text."""
    return [
        Area(content, area.left, area.top, area.right, area.bottom)
        for content, area in written(drawing)
    ]


def marks(drawing: Drawing) -> Iterator[Area]:
    """The ground that bars and points cover."""
    for mark in drawing.marks:
        if isinstance(mark.shape, Bar):
            half = mark.shape.thickness / 2
            yield Area(mark.series, mark.shape.left, mark.y - half, mark.shape.right, mark.y + half)
        elif isinstance(mark.shape, Tile):
            box = mark.shape.box
            yield Area(mark.series, box.left, box.top, box.right, box.bottom)
        else:
            half = mark.shape.size / 2
            yield Area(mark.series, mark.x - half, mark.y - half, mark.x + half, mark.y + half)


def plain_bars(drawing: Drawing) -> list[Area]:
    """The bars without stripes, in which their names may stand."""
    plain = [each for each in drawing.marks if isinstance(each.shape, Bar) and not each.shape.hatch]
    return list(marks(replace(drawing, marks=tuple(plain))))


def lines(drawing: Drawing) -> Iterator[Area]:
    """Rules and intervals."""
    for rule in drawing.rules:
        yield Area("rule", rule.x0 - 0.3, rule.y0 - 0.3, rule.x1 + 0.3, rule.y1 + 0.3)
    for line in drawing.lines:
        (x0, y0), *_, (x1, y1) = line.points
        yield Area("line", x0 - 0.3, min(y0, y1) - 0.3, x1 + 0.3, max(y0, y1) + 0.3)


def sizes(text: Text) -> list[float]:
    """Every size of type in a text."""
    return [run.size or text.size for run in text.runs]


def faults(drawing: Drawing, chart: str) -> Iterator[str]:
    """What of a drawing for a screen breaks the rules."""
    for text in drawing.texts:
        if min(sizes(text)) < 12 or {*sizes(text)} - {12, 14}:
            yield f"type of {sizes(text)} px: {text.content}"
    for content, left, right, middle in text_edges(drawing):
        if left < -0.75 or right > drawing.width + 0.75 or not 0 <= middle <= drawing.height:
            yield f"cut: {content}"
    letters = texts(drawing)
    for one, other in combinations(letters, 2):
        if one.covers(other):
            yield f"{one.what} over {other.what}"
    # Figures stand inside the parts of a stack and the rectangles of a heat table.
    holds = chart in ("scale", "heat")
    inside = {(text.x, text.y) for text in drawing.texts if holds and text.anchor == "center"}
    beside = [
        area
        for area, text in zip(letters, drawing.texts, strict=True)
        if (text.x, text.y) not in inside
    ]
    bars = plain_bars(drawing) if chart == "bars" else []
    for ground in (*marks(drawing), *lines(drawing)):
        yield from (
            f"{text.what} over a mark or line of {ground.what}"
            for text in beside
            if text.covers(ground) and not (ground in bars and text.names(ground))
        )
    for area in drawing.panels:
        share = (area.hundred - area.zero) / (area.right - area.left)
        if share < PLOT - 0.001:
            yield f"a plot of {share:.0%} of its panel"


def absent(section: Section, drawing: Drawing, language: str) -> float:
    """Share of the texts that speak of absence."""
    loc = views.store().newest.localizer(language)
    reasons = {
        missing.blank(loc, reason)
        for row in section.rows
        for cell in row.cells
        for reason in (*([cell.blank] if cell.blank else []), *(why for _, why in cell.missing))
    }
    words = {*reasons, loc.t("Not comparable")}
    said = [text for text in drawing.texts if any(word in text.content for word in words)]
    return len(said) / len(drawing.texts)


def broken(selection: Selection, wide: int, language: str = "en") -> list[str]:
    """All faults of a view at a width."""
    found = []
    for section, drawing in drawings(views.of(selection), wide, language):
        found += faults(drawing, selection.chart)
        if absent(section, drawing, language) > ABSENT:
            found.append("more than 5% of the texts speak of absence")
    return list(dict.fromkeys(found))


def text_at(x: float, y: float, content: str, size: float = 12) -> Text:
    return Text(x, y, "left", size, INK, (Run(content),))


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"texts": (text_at(10, 20, "small", 11),)}, "type of"),
        ({"texts": (text_at(10, 20, "odd", 13),)}, "type of"),
        ({"texts": (text_at(80, 20, "wide enough to be cut"),)}, "cut"),
        ({"texts": (text_at(10, 20, "one"), text_at(15, 24, "other"))}, "one over other"),
        ({"texts": (text_at(10, 20, "text"),), "rules": (Rule(20, 0, 20, 40, GRID),)}, "of rule"),
        ({"panels": (PanelArea(0, 0, 100, 40, 0, 60),)}, "a plot of 60%"),
    ],
)
def test_what_breaks_a_rule_is_found(parts, fault):
    (found,) = faults(Drawing(100, 40, 12, **parts), "bars")
    assert fault in found
    sound = Drawing(
        *(100, 40, 12),
        texts=(text_at(10, 20, "name", 14), text_at(60, 20, "note")),
        rules=(Rule(55, 0, 55, 40, GRID),),
        panels=(PanelArea(0, 0, 100, 40, 0, 70),),
    )
    assert list(faults(sound, "bars")) == []


@pytest.mark.parametrize(
    ("right", "hatch", "name", "sound"),
    [
        (60, None, "State", True),
        (20, None, "State", False),
        (60, Hatch("stripes", 5, 0.35, INK), "State", False),
        (60, None, "Municipal", False),
    ],
)
def test_a_name_stands_whole_in_its_own_plain_bar(right, hatch, name, sound):
    mark = Mark(1, 50, (), 0, 0, "State", INK, right, 20, Bar(0, right, 14, INK, INK, hatch=hatch))
    drawing = Drawing(100, 40, 12, texts=(text_at(4, 20, name),), marks=(mark,))
    fault = [f"{name} over a mark or line of State"]
    assert list(faults(drawing, "bars")) == ([] if sound else fault)
    assert list(faults(drawing, "dots")) == fault


@pytest.mark.parametrize("wide", SCREENS)
@pytest.mark.parametrize("by", ARRANGEMENTS)
@pytest.mark.parametrize("chart", SIDE_BY_SIDE)
def test_ready_views_keep_the_rules(chart, by, wide):
    for query in ("", *READY_VIEWS.values()):
        assert broken(variant(query, chart=chart, by=by).selection, wide) == [], query


@pytest.mark.parametrize("wide", SCREENS)
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_other_languages_keep_the_rules(language, wide):
    for query in ("theme=drivers~innovation", "theme=conditions&split=group&country=SE"):
        for chart in SIDE_BY_SIDE:
            assert broken(variant(query, chart=chart).selection, wide, language) == [], query


@settings(max_examples=40, deadline=None)
@given(views.any_selections, st.sampled_from(SIDE_BY_SIDE), st.sampled_from(SCREENS))
def test_random_views_keep_the_rules(selection, chart, wide):
    chosen = normal(replace(selection, chart=chart), views.vocabulary())
    assert broken(chosen, wide) == []
