"""Dots sit on lanes, and pictures of bars and dots give most of their panels to 0 to 100 percent."""

from __future__ import annotations

import pytest

from dashboard import charts
from dashboard.charts.colour import contrast
from dashboard.charts.drawing import Drawing
from dashboard.charts.palette import DARK, LIGHT
from dashboard.charts.roles import GRID, LANE
from dashboard.selection import ARRANGEMENTS
from tests.support import views
from tests.support.drawings import drawings, variant
from tests.support.views import show
from tests.test_layout_rules import lines, marks, plain_bars, texts

SIZES = ("slide", "report", "square", "og")


def pictures(query: str, size: str, language: str = "en") -> list[Drawing]:
    """The pictures of a view."""
    shown, own = show(query), views.store().newest.localizer(language)
    return [
        charts.picture(shown, section, own, "https://x.example/", size).drawing
        for section in shown.sections
    ]


def lanes(drawing: Drawing) -> list[tuple[float, float, float]]:
    """(left, right, y) of each stretch of a lane."""
    return [(rule.x0, rule.x1, rule.y0) for rule in drawing.rules if rule.colour == LANE]


@pytest.mark.parametrize("wide", [336, 920, 1232])
@pytest.mark.parametrize("by", [each for each in ARRANGEMENTS if each != "country"])
def test_each_dot_has_a_lane_that_begins_at_0_percent_and_nothing_else_has_one(by, wide):
    stretches = shortened = 0
    for _, drawing in drawings(variant("theme=drivers", by=by, chart="dots"), wide):
        found, letters = lanes(drawing), texts(drawing)
        for left, right, y in found:
            (mark,) = (
                each
                for each in drawing.marks
                if each.y == y
                and drawing.panels[each.panel].left - 1 <= left
                and right <= drawing.panels[each.panel].right + 1
            )
            assert right <= mark.x + 1
            stretches += 1
        for mark in drawing.marks:
            area = drawing.panels[mark.panel]
            held = [each for each in found if each[2] == mark.y and area.left <= each[0] + 1]
            first = min((left for left, right, _ in held if right <= area.right + 1), default=None)
            named = any(
                area.left <= text.left and text.right <= mark.x and text.top < mark.y < text.bottom
                for text in letters
            )
            if named:
                shortened += 1
            elif mark.x - area.left > 2:
                assert first is not None
                assert first - area.left < 1
            assert all(right - left > 7 for left, right, _ in held) or not named
    assert stretches > max(20, shortened)


def test_bars_have_no_lanes_and_dots_fewer_upright_lines():
    counts = {}
    for chart in ("bars", "dots"):
        _, drawing = next(drawings(variant("theme=drivers", chart=chart, by="sector"), 1232))
        assert bool(lanes(drawing)) == (chart == "dots")
        counts[chart] = {rule.x0 for rule in drawing.rules if rule.colour == GRID}
    panels = len(drawing.panels)
    assert len(counts["dots"]) * 5 == len(counts["bars"]) * 3
    assert len(counts["dots"]) <= 3 * panels


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_lane_is_seen_more_than_the_grid_and_less_than_quiet_text(palette):
    grid, rule, lane, quiet = (
        contrast(each, palette.ground)
        for each in (palette.grid, palette.rule, palette.lane, palette.quiet)
    )
    assert grid < rule < lane < quiet


@pytest.mark.parametrize("language", ["en", "fi"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("chart", ["bars", "dots"])
def test_0_to_100_percent_take_70_percent_of_each_panel_of_a_picture(chart, size, language):
    for query in ("theme=drivers", "theme=collaboration", "theme=effects&by=sector"):
        for drawing in pictures(f"{query}&view={chart}", size, language):
            plots = [area.hundred - area.zero for area in drawing.panels]
            shares = [
                plot / (area.right - area.left)
                for plot, area in zip(plots, drawing.panels, strict=True)
            ]
            assert max(plots) - min(plots) < 0.1, "equal percentages are equally long"
            assert min(shares) >= 0.7


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("chart", ["bars", "dots"])
def test_no_text_of_a_picture_stands_over_a_mark_a_line_or_another(chart, size):
    for query in ("theme=drivers", "theme=collaboration", "theme=effects&by=sector"):
        for drawing in pictures(f"{query}&view={chart}", size, "en"):
            letters, bars = texts(drawing), plain_bars(drawing)
            over = [
                (text.what, ground.what)
                for ground in (*marks(drawing), *lines(drawing))
                for text in letters
                if text.covers(ground) and not (ground in bars and text.names(ground))
            ]
            assert over == []


@pytest.mark.parametrize("language", ["en", "fi"])
def test_the_names_of_rows_leave_the_width_of_a_slide_to_its_panels(language):
    """Up to a quarter of the width, not the third that whole names would need."""
    (drawing,) = pictures("theme=drivers&view=bars", "slide", language)
    assert drawing.panels[0].left / drawing.width < 0.29
