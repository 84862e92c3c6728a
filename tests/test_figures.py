"""Every chart is a valid, plain figure that shows exactly the view's values, and nothing of it is cut off."""

from __future__ import annotations

import itertools
import json
import os
import re
from dataclasses import replace
from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import figures
from dashboard.figures import palette
from dashboard.query import view
from dashboard.selection import ARRANGEMENTS, LANGUAGES
from tests import views
from tests.drawings import (
    DRAWN,
    LOOSE,
    QUERIES,
    WIDTHS,
    assert_plain,
    axis_of,
    drawings,
    drawn_values,
    labels,
    marks,
    text_edges,
    variant,
)
from tests.views import READY_VIEWS, show

SNAPSHOTS = Path(__file__).resolve().parent / "snapshots"


@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("by", ARRANGEMENTS)
def test_charts_are_valid_for_plotly(chart, by):
    for query in (
        "theme=drivers&country=DK~SE",
        "theme=effects&country=SE&split=group",
        "theme=innovation&country=DK~NO&edition=all",
    ):
        for _, figure in drawings(variant(query, chart=chart, by=by), 920):
            go.Figure(figure)


@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("query", QUERIES)
def test_a_chart_draws_the_values_of_the_view_and_is_plain_json(query, chart):
    for by in ARRANGEMENTS:
        for section, figure in drawings(variant(query, chart=chart, by=by), 920):
            assert_plain(figure)
            json.dumps(figure, allow_nan=False)
            wanted = {
                value.observation.position: value.observation.value for value in section.values
            }
            if chart == "change":  # a figure without any year has no place on the axis of years
                undated = {
                    value.observation.position
                    for value in section.values
                    if value.survey.period_end is None
                }
                wanted = {
                    position: percent
                    for position, percent in wanted.items()
                    if position not in undated
                }
            assert drawn_values(figure) == wanted


def test_an_unknown_type_of_chart_is_an_error_and_never_bars() -> None:
    shown = views.show("theme=drivers&country=DK")
    odd = replace(shown, selection=replace(shown.selection, chart="pie"))
    with pytest.raises(ValueError, match="pie"):
        figures.chart(odd, odd.sections[0], views.words(), 920)


@settings(max_examples=60)
@given(views.selections, st.sampled_from(WIDTHS))
def test_any_view_can_be_drawn(selection, wide):
    for section, figure in drawings(view(views.prepared(), selection), wide):
        json.dumps(figure, allow_nan=False)
        assert set(drawn_values(figure)) <= {value.observation.position for value in section.values}


@pytest.mark.parametrize("wide", WIDTHS)
@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("by", ARRANGEMENTS)
def test_no_text_leaves_the_sheet(chart, by, wide):
    outside = {}
    for query in QUERIES:
        for section, figure in drawings(variant(query, chart=chart, by=by), wide):
            assert figure["layout"]["width"] == wide
            outside |= {
                (query, section.theme, text): (round(left, 1), round(right, 1))
                for text, left, right, middle in text_edges(figure)
                if left < -LOOSE
                or right > wide + LOOSE
                or not 0 <= middle <= figure["layout"]["height"]
            }
    assert outside == {}


@pytest.mark.parametrize("wide", [328, 920])
@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_text_in_another_language_leaves_the_sheet(language, chart, wide):
    for query in ("theme=drivers~collaboration~effects~conditions~strategy", *READY_VIEWS.values()):
        for _, figure in drawings(variant(query, chart=chart), wide, language):
            high = figure["layout"]["height"]
            edges = [
                *text_edges(figure),
                *((text, left, right, y) for _, text, left, right, y in labels(figure)),
            ]
            assert not [
                edge
                for edge in edges
                if edge[1] < -LOOSE or edge[2] > wide + LOOSE or not 0 <= edge[3] <= high
            ], query


@pytest.mark.parametrize("wide", WIDTHS)
@pytest.mark.parametrize("chart", DRAWN)
def test_no_mark_or_label_leaves_the_sheet(chart, wide):
    for query in QUERIES:
        for by in ARRANGEMENTS:
            for _, figure in drawings(variant(query, chart=chart, by=by), wide):
                high = figure["layout"]["height"]
                assert figure["layout"]["yaxis"]["range"] == [high, 0]
                for trace, _, x, y in marks(figure):
                    assert -LOOSE <= x <= wide + LOOSE
                    half = trace.get("width", 0) / 2
                    assert 0 <= y - half <= y + half <= high
                beyond = {
                    text: round(right, 1)
                    for _, text, _, right, _ in labels(figure)
                    if right > wide + LOOSE
                }
                assert beyond == {}, (query, by)


@pytest.mark.parametrize("chart", DRAWN)
def test_panels_share_one_scale_from_0_to_100(chart):
    for query in QUERIES:
        for by in ARRANGEMENTS:
            for _, figure in drawings(variant(query, chart=chart, by=by), 1240):
                axes = [axis_of(figure, trace) for trace in figure["data"]]
                assert len({tuple(axis["range"]) for axis in axes}) <= 1
                # A panel of many lines has the width of the sheet to itself.
                wide = {round(axis["domain"][1] - axis["domain"][0], 3) for axis in axes}
                assert len({each for each in wide if chart != "change" or each < 0.9}) <= 1
                assert chart == "change" or all(
                    axis["range"][0] == 0 and axis["range"][1] >= 100 for axis in axes
                )


def test_percent_runs_upwards_on_one_scale_in_a_change_over_editions():
    (section,) = show(
        "concept=collab_any~role_companies&country=DK&sector=all&view=change"
    ).sections
    for _, figure in drawings(
        show("concept=collab_any~role_companies&country=DK&sector=all&view=change"), 920
    ):
        heights = {
            percent: y
            for trace in figure["data"]
            for percent, y in zip(trace["meta"], trace["y"], strict=True)
            if percent is not None
        }
        ordered = [heights[percent] for percent in sorted(heights)]
        assert ordered == sorted(ordered, reverse=True)
    assert len(section.panels) == 2


def test_nothing_is_sent_anywhere():
    assert figures.CONFIG["showSendToCloud"] is False
    assert figures.CONFIG["plotlyServerURL"] == ""
    assert figures.CONFIG["displaylogo"] is False
    camera = figures.CONFIG["toImageButtonOptions"]
    assert (camera["width"], camera["height"], camera["scale"]) == (1600, 900, 2)


def looks(query: str) -> dict[int, dict]:
    """Position in the data -> how its bar looks and what stands beside it."""
    found = {}
    for _, figure in drawings(show(query), 920):
        beside = {(axis, middle): text for axis, text, _, _, middle in labels(figure)}
        for trace in figure["data"]:
            if trace["type"] != "bar":
                continue
            marker = trace["marker"]
            for at, position in enumerate(trace["customdata"]):
                found[position] = {
                    "pattern": marker["pattern"]["shape"][at],
                    "outline": marker["line"]["width"][at],
                    "label": beside[trace["xaxis"], trace["y"][at]],
                }
    return found


def test_inferred_bars_are_hatched_and_worded_ones_outlined():
    seen = looks("theme=drivers~collaboration~effects&more=drivers~collaboration~effects")
    kinds = set()
    for position, look in seen.items():
        row = views.published()[position]
        inferred, worded = row["status"] == "inferred", row["qualifier"] != "exact"
        kinds |= {(inferred, worded)}
        assert bool(look["pattern"]) == inferred
        assert bool(look["outline"]) == worded
        assert any(word in look["label"] for word in ("about", "over", "under")) == worded
    assert kinds == {(False, False), (True, False), (False, True)}


def test_worded_and_inferred_dots_are_open():
    seen = set()
    for _, figure in drawings(show("view=dots"), 920):
        for trace in (each for each in figure["data"] if "symbol" in each.get("marker", {})):
            for position, symbol in zip(
                trace["customdata"], trace["marker"]["symbol"], strict=True
            ):
                row = views.published()[position]
                seen.add(symbol)
                assert symbol.endswith("-open") == (
                    row["status"] == "inferred" or row["qualifier"] != "exact"
                )
                assert symbol.startswith("diamond") == views.surveys()[row["survey_id"]][
                    "level"
                ].startswith("central")
    assert (
        seen
        == {"circle", "circle-open", "diamond", "diamond-open"} & seen
        > {"circle", "circle-open"}
    )


def test_n_stands_beside_a_figure_where_it_is_published():
    for position, look in looks("theme=drivers&country=DK~SE").items():
        n = views.published()[position]["n"]
        assert bool(re.search(r"\bn \d", look["label"])) == bool(n)
        assert not n or f"n {int(n):,}" in look["label"]


def test_a_line_is_interrupted_at_a_break():
    (drawing,) = drawings(show("concept=collab_any&country=DK&sector=all&view=change"), 640)
    (line,) = (trace for trace in drawing[1]["data"] if trace.get("mode", "").startswith("lines"))
    assert line["meta"] == [79, 79, None, 69, 69]
    assert line["y"][2] is None
    assert line["connectgaps"] is False
    assert any(
        "Break between 2015–2016 and 2018–2019" in text for text, *_ in text_edges(drawing[1])
    )


@pytest.mark.parametrize("wide", WIDTHS)
@pytest.mark.parametrize("query", QUERIES)
def test_labels_of_a_change_over_editions_do_not_cover_each_other(query, wide):
    for _, figure in drawings(variant(query, chart="change", by="country"), wide):
        beside = [
            note
            for note in figure["layout"]["annotations"]
            if note["text"].startswith("<b>") and "%" in note["text"]
        ]
        edges = list(text_edges(figure | {"layout": figure["layout"] | {"annotations": beside}}))
        for (one, left, right, middle), (other, start, end, y) in itertools.combinations(edges, 2):
            apart = right <= start + LOOSE or end <= left + LOOSE or abs(middle - y) >= 11 - LOOSE
            assert apart, (one, other)


def test_the_ends_of_a_few_lines_tell_whose_they_are():
    texts = {
        text
        for _, figure in drawings(show("concept=driver_employees&view=change"), 640)
        for text, *_ in text_edges(figure)
    }
    assert {"93% DK all sectors", "86% NO municipal and regional"} <= texts
    alone = {
        text
        for _, figure in drawings(show("concept=collab_any&country=DK&sector=all&view=change"), 640)
        for text, *_ in text_edges(figure)
    }
    assert "69%" in alone
    assert not any("DK" in text for text in alone)


@pytest.mark.parametrize("query", ["concept=driver_legislation&country=DK~SE", "theme=drivers"])
def test_an_interval_on_a_bar_has_ink_over_a_light_edge(query):
    for section, figure in drawings(show(query), 920):
        halos, whiskers = {}, {}
        for trace in figure["data"]:
            if "error_x" not in trace:
                continue
            found = halos if trace["type"] == "bar" else whiskers
            assert found is halos or (trace["name"], trace["marker"]["opacity"]) == (
                "95% intervals",
                0,
            )
            bounds = (trace["error_x"]["arrayminus"], trace["error_x"]["array"])
            for x, y, low, high in zip(trace["x"], trace["y"], *bounds, strict=True):
                if high is not None:
                    found[trace["xaxis"], y] = (
                        x,
                        low,
                        high,
                        trace["error_x"]["color"],
                        trace["error_x"]["thickness"],
                    )
        assert {place: bounds[:3] for place, bounds in halos.items()} == {
            place: bounds[:3] for place, bounds in whiskers.items()
        }
        assert len(halos) == sum(value.evidence.interval is not None for value in section.values)
        assert {bounds[3] for bounds in halos.values()} == {palette.GROUND}
        assert {bounds[3] for bounds in whiskers.values()} == {palette.INK}
        assert all(halos[place][4] > whiskers[place][4] for place in halos)


def test_what_a_scale_does_not_print_stays_a_visible_remainder_and_no_answer():
    (drawing,) = drawings(show("theme=drivers&country=SE&level=central&view=scale"), 920)
    section, figure = drawing
    asked = {row["response"] for row in map(views.published().__getitem__, drawn_values(figure))}
    assert asked == {"high", "some"}
    named = {value.observation.response for value in section.values}
    rest = [
        trace
        for trace in figure["data"]
        if not any(position is not None for position in trace["customdata"])
    ]
    assert rest
    totals: dict[tuple[str, float], float] = {}
    for trace in figure["data"]:
        for y, share in zip(trace["y"], trace["x"], strict=True):
            totals[trace["xaxis"], y] = totals.get((trace["xaxis"], y), 0) + share
    assert all(abs(total - 100) < 2 for total in totals.values())
    for trace in rest:
        assert trace["name"] == "not printed"
        assert trace["name"] not in {
            views.words().label("response", response) for response in named
        }
        assert not any(trace["text"])
        assert trace["marker"]["pattern"]["shape"]


def test_the_same_sector_has_the_same_colour_in_every_chart():
    colours: dict[str, set[str]] = {}
    for _, figure in drawings(show("view=dots"), 920):
        for trace in figure["data"]:
            if "customdata" in trace:
                colours.setdefault(trace["name"], set()).add(trace["marker"]["color"])
    assert len(colours) > 3
    assert all(len(each) == 1 for each in colours.values())
    assert len(set.union(*colours.values())) == len(colours)


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
    text = json.dumps(drawing[1], indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    path = SNAPSHOTS / f"{name}.json"
    if os.environ.get("UPDATE_SNAPSHOTS") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(text)
