"""Every chart is a valid, plain figure that shows exactly the view's values, and nothing of it is cut off."""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import figures
from dashboard.figures.text import escape, width, wrap
from dashboard.query import Section, View, view
from dashboard.selection import ARRANGEMENTS, CHARTS, READY_VIEWS, normal
from tests import views
from tests.views import show

SNAPSHOTS = Path(__file__).resolve().parent / "snapshots"
ADDRESS = "https://barometer.example.org/?theme=drivers~collaboration~effects&country=DK~NO~SE~FI~IS~NL"
WIDTHS = (328, 640, 920, 1240)
DRAWN = tuple(chart for chart in CHARTS if chart != "table")
LOOSE = 0.75
"""Pixels that rounding may move a mark or a text."""
QUERIES = (
    "",
    *READY_VIEWS.values(),
    "theme=innovation~conditions~activities~diffusion~strategy~barriers",
    "theme=drivers~innovation~diffusion&edition=all&more=drivers~innovation~diffusion",
    "split=size&theme=innovation~effects",
    "split=field&theme=collaboration~innovation",
    "theme=collaboration~innovation&edition=dk-2023~no-municipal-2020~nordic-2019-dk~nordic-2019-no",
)


def variant(query: str, **change: object) -> View:
    """The view of an address with another chart type, arrangement ..."""
    return view(views.prepared(), normal(replace(views.select(query), **change), views.vocabulary()))


def drawings(shown: View, wide: float | None) -> Iterator[tuple[Section, dict]]:
    """Each section with its chart; with its slide where ``wide`` is None."""
    for section in shown.sections:
        if wide is None:
            yield section, figures.slide(shown, section, views.words(), ADDRESS).figure
        else:
            yield section, figures.chart(shown, section, views.words(), wide)


def plain(text: str) -> str:
    """What a reader sees of Plotly's small HTML."""
    return html.unescape(re.sub(r"<[^>]*>", "", text))


def text_edges(figure: dict) -> Iterator[tuple[str, float, float, float]]:
    """(text, left, right, middle) of each annotation in pixels of the sheet."""
    layout = figure["layout"]
    margin = layout["margin"]["l"]
    inner = layout["width"] - margin - layout["margin"]["r"]
    for note in layout["annotations"]:
        seen = plain(note["text"])
        long = width(seen, note["font"]["size"], note["text"].startswith("<b>"))
        left = margin + note["x"] * inner - {"left": 0, "center": long / 2, "right": long}[note["xanchor"]]
        yield seen, left, left + long, note["y"]


def axis_of(figure: dict, trace: dict) -> dict:
    """The percent axis of a trace."""
    return figure["layout"][f"xaxis{trace['xaxis'][1:]}"]


def pixel(figure: dict, trace: dict, x: float) -> float:
    """Pixel of a value on the x axis of its trace."""
    layout, axis = figure["layout"], axis_of(figure, trace)
    inner = layout["width"] - layout["margin"]["l"] - layout["margin"]["r"]
    (first, last), (low, high) = axis["domain"], axis["range"]
    return layout["margin"]["l"] + inner * (first + (last - first) * (x - low) / (high - low))


def label_width(trace: dict, text: str) -> float:
    """Width of a mark's label: the figure in bold, the rest in small type."""
    main, _, rest = text.partition("</b>")
    size = trace["textfont"]["size"]
    small = re.search(r"font-size:([\d.]+)px", rest)
    return width(plain(main), size, bold=True) + width(plain(rest), float(small[1]) if small else size)


def marks(figure: dict) -> Iterator[tuple[dict, int, float, float]]:
    """(trace, index, x pixel, y pixel) of each drawn point."""
    for trace in figure["data"]:
        for index, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
            if x is not None and y is not None:
                yield trace, index, pixel(figure, trace, x + trace.get("base", [0] * (index + 1))[index]), y


def drawn_values(figure: dict) -> dict[int, float]:
    """Position in the data -> percent, for every mark that stands for a published figure."""
    found: dict[int, float] = {}
    for trace in figure["data"]:
        shown = trace.get("meta", trace["x"])
        for position, percent in zip(trace.get("customdata", ()), shown, strict=False):
            if position is not None:
                assert position not in found
                found[position] = percent
    return found


def assert_plain(part: object) -> None:
    """Nothing but what JSON knows: no numpy, no dates, no NaN."""
    if type(part) is dict:
        assert all(type(key) is str for key in part)
        part = list(part.values())
    if type(part) in (list, tuple):
        for each in part:
            assert_plain(each)
    else:
        assert part is None or type(part) in (str, int, float, bool), type(part)


@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("by", ARRANGEMENTS)
def test_charts_are_valid_for_plotly(chart, by):
    for query in ("theme=drivers&country=DK~SE", "theme=effects&country=SE&split=group", "theme=innovation&country=DK~NO&edition=all"):
        for _, figure in drawings(variant(query, chart=chart, by=by), 920):
            go.Figure(figure)


@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("query", QUERIES)
def test_a_chart_draws_the_values_of_the_view_and_is_plain_json(query, chart):
    for by in ARRANGEMENTS:
        for section, figure in drawings(variant(query, chart=chart, by=by), 920):
            assert_plain(figure)
            json.dumps(figure, allow_nan=False)
            wanted = {value.observation.position: value.observation.value for value in section.values}
            if chart == "change":  # a figure without any year has no place on the axis of years
                undated = {value.observation.position for value in section.values if value.survey.period_end is None}
                wanted = {position: percent for position, percent in wanted.items() if position not in undated}
            assert drawn_values(figure) == wanted


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
                if left < -LOOSE or right > wide + LOOSE or not 0 <= middle <= figure["layout"]["height"]
            }
    assert outside == {}


@pytest.mark.parametrize("wide", WIDTHS)
@pytest.mark.parametrize("chart", DRAWN)
def test_no_mark_or_label_leaves_the_sheet(chart, wide):
    for query in QUERIES:
        for by in ARRANGEMENTS:
            for _, figure in drawings(variant(query, chart=chart, by=by), wide):
                high = figure["layout"]["height"]
                assert figure["layout"]["yaxis"]["range"] == [high, 0]
                for trace, index, x, y in marks(figure):
                    assert -LOOSE <= x <= wide + LOOSE
                    half = trace.get("width", 0) / 2
                    assert 0 <= y - half <= y + half <= high
                    if trace["type"] == "bar" and trace["textposition"] == "outside":
                        assert x + label_width(trace, trace["text"][index]) <= wide + LOOSE, trace["text"][index]


@pytest.mark.parametrize("chart", DRAWN)
def test_panels_share_one_scale_from_0_to_100(chart):
    for query in QUERIES:
        for by in ARRANGEMENTS:
            for _, figure in drawings(variant(query, chart=chart, by=by), 1240):
                axes = [axis_of(figure, trace) for trace in figure["data"]]
                assert len({tuple(axis["range"]) for axis in axes}) <= 1
                assert len({round(axis["domain"][1] - axis["domain"][0], 3) for axis in axes}) <= 1
                assert chart == "change" or all(axis["range"][0] == 0 and axis["range"][1] >= 100 for axis in axes)


def test_percent_runs_upwards_on_one_scale_in_a_change_over_editions():
    (section,) = show("concept=collab_any~role_companies&country=DK&sector=all&view=change").sections
    for _, figure in drawings(show("concept=collab_any~role_companies&country=DK&sector=all&view=change"), 920):
        heights = {
            percent: y for trace in figure["data"] for percent, y in zip(trace["meta"], trace["y"], strict=True) if percent is not None
        }
        ordered = [heights[percent] for percent in sorted(heights)]
        assert ordered == sorted(ordered, reverse=True)
    assert len(section.panels) == 2


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("concept=innovative_workplaces&country=DK", 1),
        ("theme=effects&country=DK~FI", 2),
        (READY_VIEWS["drivers"], 3),
        ("concept=innovative_workplaces&country=DK~NO~SE~FI", 4),
        ("theme=drivers", 5),
        ("concept=innovative_workplaces&country=DK~NO~SE~IS~NL", 6),
    ],
)
@pytest.mark.parametrize("chart", ["bars", "dots", "heat"])
def test_a_slide_is_1600_by_900_and_holds_its_panels(query, count, chart):
    shown = variant(query, chart=chart)
    (section,) = shown.sections
    assert len(section.panels) == count
    picture = figures.slide(shown, section, views.words(), ADDRESS)
    assert_on_slide(picture)
    told = " ".join(plain(note["text"]) for note in picture.figure["layout"]["annotations"])
    for panel in section.panels:
        assert all(part in told for part in views.words().key(panel.key).split())
    assert shown.release in told
    assert "barometer.example.org" in told
    assert "Sources:" in told
    go.Figure(picture.figure)


@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("by", ARRANGEMENTS)
def test_nothing_is_cut_off_a_slide(chart, by):
    for query in QUERIES:
        shown = variant(query, chart=chart, by=by)
        for section in shown.sections:
            assert_on_slide(figures.slide(shown, section, views.words(), ADDRESS))


def assert_on_slide(picture: figures.Picture) -> None:
    """1600 x 900 pixels, every text and mark inside, and the figure is what its size says."""
    assert (picture.width, picture.height) == figures.SLIDE == (1600, 900)
    layout = picture.figure["layout"]
    assert (layout["width"], layout["height"]) == (1600, 900)
    for text, left, right, middle in text_edges(picture.figure):
        assert -LOOSE <= left, text
        assert right <= 1600 + LOOSE, text
        assert 0 <= middle <= 900, text
    for trace, index, x, y in marks(picture.figure):
        assert 0 <= x <= 1600
        assert 0 <= y <= 900
        if trace["type"] == "bar" and trace["textposition"] == "outside":
            assert x + label_width(trace, trace["text"][index]) <= 1600 + LOOSE


def test_a_slide_without_room_says_how_many_indicators_it_leaves_out():
    shown = show("theme=drivers&more=drivers")
    (section,) = shown.sections
    picture = figures.slide(shown, section, views.words(), ADDRESS)
    told = " ".join(plain(note["text"]) for note in picture.figure["layout"]["annotations"])
    drawn = {views.published()[position]["concept"] for position in drawn_values(picture.figure)}
    left_out = section.items_total - len(drawn)
    assert left_out > 0
    assert f"{left_out} more indicator" in told


def test_a_slide_does_not_call_countries_indicators():
    shown = variant("edition=all&theme=drivers&more=drivers", by="indicator")
    (section,) = shown.sections
    picture = figures.slide(shown, section, views.words(), ADDRESS)
    told = " ".join(plain(note["text"]) for note in picture.figure["layout"]["annotations"])
    drawn = {views.published()[position]["concept"] for position in drawn_values(picture.figure)}
    claimed = re.search(r"(\d+) more indicator", told)
    assert (int(claimed[1]) if claimed else 0) == section.items_total - len(drawn)


@pytest.mark.parametrize("wide", [328, 920])
def test_a_picture_as_on_screen_shows_everything_the_page_shows(wide):
    shown = show(READY_VIEWS["drivers"])
    (section,) = shown.sections
    picture = figures.as_on_screen(shown, section, views.words(), ADDRESS, wide)
    assert (picture.figure["layout"]["width"], picture.figure["layout"]["height"]) == (picture.width, picture.height)
    assert drawn_values(picture.figure) == {value.observation.position: value.observation.value for value in section.values}
    assert re.fullmatch(r"[\w.-]+", picture.name)


def test_nothing_is_sent_anywhere():
    assert figures.CONFIG["showSendToCloud"] is False
    assert figures.CONFIG["plotlyServerURL"] == ""
    assert figures.CONFIG["displaylogo"] is False
    camera = figures.CONFIG["toImageButtonOptions"]
    assert (camera["width"], camera["height"], camera["scale"]) == (1600, 900, 2)


def looks(query: str) -> dict[int, dict]:
    """Position in the data -> how its bar looks."""
    found = {}
    for _, figure in drawings(show(query), 920):
        for trace in figure["data"]:
            if trace["type"] != "bar":
                continue
            marker = trace["marker"]
            for at, position in enumerate(trace["customdata"]):
                found[position] = {
                    "pattern": marker["pattern"]["shape"][at],
                    "outline": marker["line"]["width"][at],
                    "fill": marker["color"][at],
                    "label": plain(trace["text"][at]),
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
        assert (row["qualifier"] in look["label"]) == worded
    assert kinds == {(False, False), (True, False), (False, True)}


def test_worded_and_inferred_dots_are_open():
    for _, figure in drawings(show("view=dots"), 920):
        for trace in figure["data"]:
            for position, symbol in zip(trace.get("customdata", ()), trace["marker"].get("symbol", ()), strict=False):
                row = views.published()[position]
                assert symbol.endswith("-open") == (row["status"] == "inferred" or row["qualifier"] != "exact")
                assert symbol.startswith("diamond") == (views.surveys()[row["survey_id"]]["level"].startswith("central"))


def test_n_stands_beside_a_figure_where_it_is_published():
    for position, look in looks("theme=drivers&country=DK~SE").items():
        n = views.published()[position]["n"]
        assert (f"n {int(n):,}" in look["label"]) if n else ("n " not in look["label"])


def test_a_line_is_interrupted_at_a_break():
    (drawing,) = drawings(show("concept=collab_any&country=DK&sector=all&view=change"), 640)
    (line,) = (trace for trace in drawing[1]["data"] if trace.get("mode", "").startswith("lines"))
    assert line["meta"] == [79, 79, None, 69, 69]
    assert line["y"][2] is None
    assert line["connectgaps"] is False
    assert any("Break between 2015–2016 and 2018–2019" in text for text, *_ in text_edges(drawing[1]))


def test_what_a_scale_does_not_print_stays_a_visible_remainder_and_no_answer():
    (drawing,) = drawings(show("theme=drivers&country=SE&level=central&view=scale"), 920)
    section, figure = drawing
    asked = {row["response"] for row in map(views.published().__getitem__, drawn_values(figure))}
    assert asked == {"high", "some"}
    named = {value.observation.response for value in section.values}
    rest = [trace for trace in figure["data"] if not any(position is not None for position in trace["customdata"])]
    assert rest
    totals: dict[tuple[str, float], float] = {}
    for trace in figure["data"]:
        for y, share in zip(trace["y"], trace["x"], strict=True):
            totals[trace["xaxis"], y] = totals.get((trace["xaxis"], y), 0) + share
    assert all(abs(total - 100) < 2 for total in totals.values())
    for trace in rest:
        assert trace["name"] == "not printed"
        assert trace["name"] not in {views.words().label("response", response) for response in named}
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


@given(st.text(max_size=120), st.floats(8, 30), st.floats(40, 600), st.booleans())
def test_wrapped_lines_fit_their_room_and_lose_nothing(text, size, room, bold):
    lines = wrap(text, size, room, bold)
    assert all(width(line, size, bold) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(text.split())


@given(st.text(max_size=200), st.floats(8, 30), st.floats(40, 600), st.integers(1, 4))
def test_a_text_cut_to_some_lines_fits_and_says_that_it_goes_on(text, size, room, lines):
    cut, whole = wrap(text, size, room, lines=lines), wrap(text, size, room)
    assert len(cut) == min(lines, len(whole))
    assert all(width(line, size) <= room for line in cut)
    assert cut == whole if len(whole) <= lines else cut[-1].endswith("…")


@given(st.text(max_size=80))
def test_escaped_text_holds_no_tags_and_reads_the_same(text):
    assert "<" not in escape(text)
    assert html.unescape(escape("R&D <b>&amp;</b>")) == "R&D <b>&amp;</b>"
