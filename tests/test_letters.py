"""Letters larger or wider than usual: what the browser says of them, and the chart that is drawn for it."""

from __future__ import annotations

from itertools import combinations

import pytest

from dashboard import charts, handlers
from dashboard.charts.enlarged import enlarged
from tests.support import views
from tests.support.components import components
from tests.support.drawings import DRAWN, LOOSE, drawings, text_edges, variant, written

QUERY = "theme=drivers&country=DK~SE"
LEAST = 12
"""Pixels of the smallest letters of a chart where none are larger than usual."""


def figure(**screen: object) -> dict:
    """The chart of a page whose browser says this of its screen."""
    state = handlers.update(views.context(QUERY), {}, screen)
    return next(each.figure for each in components(state["content"]) if hasattr(each, "figure"))


def smallest(made: dict) -> float:
    return min(
        size for trace in made["data"] if "textfont" in trace for size in trace["textfont"]["size"]
    )


@pytest.mark.parametrize("scale", [1, 1.25, 1.5, 2])
@pytest.mark.parametrize("chart", DRAWN)
def test_a_chart_grows_with_the_letters_and_nothing_leaves_it(chart: str, scale: float) -> None:
    for wide in (352, 736, 1232):
        for _, usual in drawings(variant(QUERY, chart=chart), wide / scale):
            drawing = enlarged(usual, scale)
            assert drawing.width == pytest.approx(wide, abs=1)
            sizes = [text.size for text in drawing.texts]
            assert sizes == pytest.approx([text.size * scale for text in usual.texts])
            assert not [
                text
                for text, left, right, middle in text_edges(drawing)
                if left < -LOOSE * scale - 1
                or right > wide + LOOSE * scale + 1
                or not 0 <= middle <= drawing.height
            ]


@pytest.mark.parametrize("wide", [160, 176])
@pytest.mark.parametrize("language", ["en", "fi"])
def test_the_narrowest_heat_table_keeps_its_ramps_and_their_names(language: str, wide: int) -> None:
    query = "theme=collaboration&country=DK&sector=all"
    for _, drawing in drawings(variant(query, chart="heat"), wide, language):
        assert all(
            left >= -LOOSE and right <= wide + LOOSE for _, left, right, _ in text_edges(drawing)
        )


@pytest.mark.parametrize("wide", [160, 176])
@pytest.mark.parametrize(
    ("query", "long"),
    [
        ("theme=effects~conditions&country=SE&split=group", "innovoijat"),
        ("theme=innovation&split=field", "varhaiskasvatus"),
    ],
)
def test_the_narrowest_comparison_holds_long_names(query: str, long: str, wide: int) -> None:
    shown = variant(query, chart="compare")
    drawn = [drawing for _, drawing in drawings(shown, wide, "fi")]
    texts = [each for drawing in drawn for each in text_edges(drawing)]
    assert any(long in text for text, *_ in texts)
    assert all(left >= -LOOSE and right <= wide + LOOSE for _, left, right, _ in texts)
    for drawing in drawn:
        for one, two in combinations([area for _, area in written(drawing)], 2):
            assert not one.meets(two)


@pytest.mark.parametrize(
    ("screen", "times"),
    [
        ({"width": 1232, "scale": 1}, 1),
        ({"width": 1232, "scale": 1.25}, 1.25),
        ({"width": 1232, "scale": 2}, 2),
        ({"width": 360, "scale": 2}, 2),
        ({"width": 360, "scale": 4}, 2.25),
        ({"width": 1232, "scale": 0.5}, 1),
        ({"width": 1232, "scale": float("nan")}, 1),
        ({"width": 1232, "scale": "2"}, 1),
        ({"width": 1232, "spread": 1.3}, 1),
    ],
)
def test_type_grows_as_the_browser_says_as_far_as_there_is_room(screen: dict, times: float) -> None:
    made = figure(**screen)
    assert smallest(made) == pytest.approx(LEAST * times)
    assert made["layout"]["width"] == screen["width"]


def test_wider_letters_get_the_room_of_a_chart_for_a_narrower_screen() -> None:
    wide, usual = figure(width=1232, spread=1.3), figure(width=1232)
    [section] = views.show(QUERY).sections
    narrow = charts.drawing(views.show(QUERY), section, views.loc(), 816)
    assert wide["layout"]["height"] == narrow.height != usual["layout"]["height"]
