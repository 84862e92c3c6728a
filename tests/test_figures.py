"""A drawing as a Plotly figure: valid, plain, with everything that is drawn, and few traces."""

from __future__ import annotations

import html
import json
import os
import re
from itertools import pairwise
from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.drawing import Bar, Point
from dashboard.charts.palette import DARK, LIGHT
from dashboard.render import plotly
from dashboard.render.keyboard import reading_order
from dashboard.selection import ARRANGEMENTS
from tests.support import views
from tests.support.drawings import (
    DRAWN,
    QUERIES,
    WIDTHS,
    assert_plain,
    drawings,
    first,
    said,
    variant,
)
from tests.support.views import show

SNAPSHOTS = Path(__file__).resolve().parent / "snapshots"


@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("by", ARRANGEMENTS)
def test_charts_are_valid_for_plotly(chart, by):
    for query in (
        "theme=drivers&country=DK~SE",
        "theme=effects&country=SE&split=group",
        "theme=innovation&country=DK~NO&edition=all",
    ):
        for _, drawing in drawings(variant(query, chart=chart, by=by), 920):
            go.Figure(plotly.figure(drawing))


@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("query", QUERIES)
def test_a_figure_is_plain_json_and_holds_every_mark_where_it_is_drawn(query, chart):
    for by in ARRANGEMENTS:
        for _, drawing in drawings(variant(query, chart=chart, by=by), 920):
            figure = plotly.figure(drawing)
            assert_plain(figure)
            json.dumps(figure, allow_nan=False)
            found = {
                (position, round(trace.get("base", [0] * len(trace["x"]))[at] + x, 2), y)
                for trace in figure["data"]
                for at, (x, y, position) in enumerate(
                    zip(trace["x"], trace["y"], trace.get("customdata", ()), strict=False)
                )
            }
            assert found == {
                (
                    mark.position,
                    round(mark.shape.right if isinstance(mark.shape, Bar) else mark.x, 2),
                    mark.y,
                )
                for mark in drawing.marks
            }


@settings(max_examples=60)
@given(views.selections, st.sampled_from(WIDTHS))
def test_any_view_can_be_drawn(selection, wide):
    for section, drawing in drawings(views.of(selection), wide):
        json.dumps(plotly.figure(drawing), allow_nan=False)
        assert drawing.positions <= {value.observation.position for value in section.values}


@pytest.mark.parametrize("chart", DRAWN)
def test_the_axes_count_the_pixels_of_the_drawing(chart):
    for _, drawing in drawings(variant("", chart=chart), 920):
        layout = plotly.figure(drawing)["layout"]
        assert (layout["width"], layout["height"]) == (drawing.width, drawing.height)
        assert layout["xaxis"]["range"] == [0, drawing.width]
        assert layout["yaxis"]["range"] == [drawing.height, 0]
        assert set(layout["margin"].values()) == {0}


@pytest.mark.parametrize("chart", DRAWN)
def test_texts_are_one_trace_and_no_annotations(chart):
    for _, drawing in drawings(variant("", chart=chart), 920):
        figure = plotly.figure(drawing)
        (texts,) = (trace for trace in figure["data"] if trace.get("mode") == "text")
        assert len(texts["text"]) == len(drawing.texts)
        assert texts["hoverinfo"] == "skip"
        assert "annotations" not in figure["layout"]


def test_a_series_has_one_trace_and_rules_of_one_look_one_shape():
    drawing = first("")
    figure = plotly.figure(drawing)
    series = {(mark.series, mark.colour) for mark in drawing.marks}
    assert len([trace for trace in figure["data"] if trace["type"] == "bar"]) == len(series)
    colour_schemes = {(rule.colour, rule.dash) for rule in drawing.rules}
    boxes = {(box.fill, box.outline) for box in drawing.boxes}
    assert len(figure["layout"]["shapes"]) <= len(colour_schemes) + len(boxes) < len(drawing.rules)


def test_nothing_is_sent_anywhere():
    assert plotly.CONFIG["showSendToCloud"] is False
    assert plotly.CONFIG["plotlyServerURL"] == ""
    assert plotly.CONFIG["displaylogo"] is False
    assert plotly.CONFIG["displayModeBar"] is False


@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("by", ARRANGEMENTS)
def test_the_figures_are_listed_in_the_order_of_reading(chart, by):
    for _, drawing in drawings(variant("", chart=chart, by=by), 640):
        figure = plotly.figure(drawing)
        order = [drawing.marks[at] for at in reading_order(drawing)]
        figures = [mark for mark in drawing.marks if mark.position is not None]
        # Panels in each other's place are read as one.
        place = [drawing.panels.index(area) for area in drawing.panels]
        tops: dict[tuple[int, int], float] = {}
        for mark in figures:
            row = place[mark.panel], mark.row
            tops[row] = min(mark.y, tops.get(row, mark.y))
        assert len({(panel, top) for (panel, _), top in tops.items()}) == len(tops)
        ranks = [(place[mark.panel], tops[place[mark.panel], mark.row]) for mark in order]
        assert ranks == sorted(ranks)
        assert sorted(mark.position for mark in order) == sorted(each.position for each in figures)
        listed = figure["layout"]["meta"]["values"]
        assert [figure["data"][trace]["customdata"][point] for trace, point in listed] == [
            mark.position for mark in order
        ]
        # Within a row from top to bottom, or line by line along the years.
        for one, other in pairwise(order):
            if (one.panel, one.row) == (other.panel, other.row):
                assert (
                    other.x >= one.x or (chart == "change" and other.series != one.series)
                    if chart in ("change", "compare") or (chart, by) == ("dots", "country")
                    else (other.y, other.x) > (one.y, one.x)
                )


def test_what_a_pointer_brings_up_stands_in_short_lines_and_says_all():
    drawing = first("concept=innovative_workplaces&view=change&country=NO")
    told = [text for trace in plotly.figure(drawing)["data"] for text in trace.get("hovertext", ())]
    lines = [re.sub("<[^>]*>", "", line) for text in told for line in re.split("<br ?>", text)]
    assert max(map(len, lines)) <= 66
    whole = {re.sub("<[^>]*>", "", text.replace("<br>", "\n")) for text in told}
    assert whole == {html.escape(said(mark.spoken), quote=False) for mark in drawing.marks}


def test_what_looks_like_a_tag_is_shown_and_not_read():
    drawing = first("concept=driver_legislation&country=DK")
    assert plotly._escaped("R&D <b>") == "R&amp;D &lt;b&gt;"
    texts = json.dumps(plotly.figure(drawing)["data"])
    assert said(drawing.marks[0].spoken).split("\n")[0] in texts


@pytest.mark.parametrize("chart", DRAWN)
def test_a_palette_changes_nothing_but_colours(chart):
    for _, drawing in drawings(variant("", chart=chart), 920):
        light, dark = (plotly.figure(drawing, palette) for palette in (LIGHT, DARK))
        assert light["layout"]["paper_bgcolor"] == LIGHT.ground
        assert dark["layout"]["paper_bgcolor"] == DARK.ground
        assert [trace["x"] for trace in light["data"]] == [trace["x"] for trace in dark["data"]]
        points = [mark for mark in drawing.marks if isinstance(mark.shape, Point)]
        assert bool(points) == (chart in ("compare", "dots", "change"))


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("bars", "concept=driver_legislation&country=DK"),
        ("change", "concept=collab_any&country=DK&sector=all&view=change"),
        ("scale", "concept=novelty&country=DK&view=scale"),
    ],
)
def test_small_figures_look_as_before(name, query):
    """Rebuilt on purpose only: ``UPDATE_SNAPSHOTS=1 make test``, then look at the difference."""
    (drawing,) = drawings(show(query), 640)
    text = (
        json.dumps(plotly.figure(drawing[1]), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    )
    path = SNAPSHOTS / f"{name}.json"
    if os.environ.get("UPDATE_SNAPSHOTS") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(text)
