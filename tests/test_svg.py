"""The static drawing of a chart: well-formed, complete, and where the figure's numbers say."""

from __future__ import annotations

import copy
import io
import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

import numpy as np
import pytest
from PIL import Image

from dashboard import figures, raster
from dashboard.figures import svg
from dashboard.figures.pieces import CLEAR, MIDDLE, short
from dashboard.selection import ARRANGEMENTS
from tests import views
from tests.drawings import DRAWN, drawings, marks, pixel, plain, variant
from tests.views import READY_VIEWS

NAMESPACE = "{http://www.w3.org/2000/svg}"
KINDS = {
    "bars": "theme=drivers",
    "dots": "theme=conditions&country=SE&split=group&view=dots",
    "heat": "theme=effects&view=heat",
    "change": "theme=collaboration&country=DK~NO&view=change",
    "scale": "theme=drivers&country=SE&level=central&view=scale",
}
NEAR = 0.11
"""Pixels: positions are written to a tenth."""
BOX = re.compile(r"M([\d.]+) ([\d.]+)H([\d.]+)V([\d.]+)H[\d.]+z")


def first(query: str, wide: float = 960, dark: bool = False) -> dict:
    """The figure of an address's first section."""
    shown = views.show(query)
    return figures.chart(shown, shown.sections[0], views.words(), wide, dark=dark)


def parsed(drawing: str) -> Xml.Element:
    return Xml.fromstring(drawing)  # noqa: S314


def written(drawing: str) -> list[str]:
    """The texts of a drawing, with every space as one ordinary space."""
    return [
        " ".join("".join(text.itertext()).split())
        for text in parsed(drawing).iter(f"{NAMESPACE}text")
    ]


def boxes(drawing: str) -> list[tuple[float, ...]]:
    """(left, top, right, bottom) of every rectangle."""
    found = []
    for path in parsed(drawing).iter(f"{NAMESPACE}path"):
        for left, top, right, bottom in BOX.findall(path.get("d")):
            found.append((float(left), float(top), float(right), float(bottom)))
    return found


def colours_of(part: object) -> Iterator[str]:
    """Every colour a figure names for what it shows."""
    if isinstance(part, dict):
        for each in part.values():
            yield from colours_of(each)
    elif isinstance(part, list):
        for each in part:
            yield from colours_of(each)
    elif isinstance(part, str):
        yield from re.findall(r"(?<!&)#[0-9a-f]{6}\b", part)


def bar_colours(marker: dict) -> Iterator[str]:
    """Colours of bars and of their outlines; where all share one, a pattern has a colour of its own on nothing."""
    line, pattern = marker["line"], marker["pattern"]
    if isinstance(marker["color"], list):
        yield from marker["color"]
        yield from [line["color"]] if any(line["width"]) else []
    else:
        yield from (line["color"], pattern["fgcolor"] if pattern["shape"] else marker["color"])


def seen_colours(figure: dict) -> set[str]:
    """Colours of a figure that a reader sees without a pointer over it."""
    found = {figure["layout"]["paper_bgcolor"]} | set(colours_of([figure["layout"]["annotations"]]))
    for shape in figure["layout"]["shapes"]:
        found |= {shape["fillcolor"]} if "fillcolor" in shape else set()
        found |= {shape["line"]["color"]} if shape["line"]["width"] else set()
    for trace in figure["data"]:
        marker = trace.get("marker", {})
        found |= set(colours_of([trace.get("error_x"), trace.get("line")]))
        if any(trace.get("text", ())) and "textfont" in trace:
            found |= set(colours_of([trace["text"], trace["textfont"]]))
        if trace["type"] == "bar":
            found |= set(bar_colours(marker))
        elif marker.get("color", CLEAR) != CLEAR and marker.get("opacity", 1):
            found |= {marker["color"]}
    return found


@pytest.mark.parametrize("by", ARRANGEMENTS)
@pytest.mark.parametrize("chart", DRAWN)
def test_every_ready_view_can_be_drawn_and_is_well_formed(chart, by):
    for query in ("", *READY_VIEWS.values()):
        for _, figure in drawings(variant(query, chart=chart, by=by), 960):
            root = parsed(svg.drawing(figure, "A chart"))
            size = f"{figure['layout']['width']}", f"{figure['layout']['height']}"
            assert (root.get("width"), root.get("height"), root.get("viewBox")) == (
                *size,
                f"0 0 {' '.join(size)}",
            )
            assert (root.get("role"), root.get("aria-label")) == ("img", "A chart")
            assert "nan" not in Xml.tostring(root, encoding="unicode").replace("inan", "")


@pytest.mark.parametrize("by", ARRANGEMENTS)
@pytest.mark.parametrize("chart", DRAWN)
def test_every_text_of_a_figure_is_in_its_drawing_once(chart, by):
    for query in ("", *READY_VIEWS.values()):
        for _, figure in drawings(variant(query, chart=chart, by=by), 960):
            wanted = [note["text"] for note in figure["layout"]["annotations"]]
            for trace in figure["data"]:
                if trace.get("mode") == "text" or trace.get("textposition") == "inside":
                    wanted += trace["text"]
            assert sorted(written(svg.drawing(figure, ""))) == sorted(
                " ".join(plain(text).split()) for text in wanted if text
            )


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_of_the_view_is_written(kind):
    shown = views.show(KINDS[kind])
    section = shown.sections[0]
    told = " ".join(written(svg.drawing(figures.chart(shown, section, views.words(), 960), "")))
    for value in section.values:
        if value.survey.period_end is not None or kind != "change":
            assert views.words().number(value.observation.value) in told


@pytest.mark.parametrize("kind", ["bars", "scale"])
def test_bars_end_where_the_numbers_say(kind):
    figure = first(KINDS[kind])
    found = set(boxes(svg.drawing(figure, "")))
    bars = [mark for mark in marks(figure) if mark[0]["type"] == "bar"]
    assert len(bars) > 10
    for trace, index, right, y in bars:
        left = pixel(figure, trace, trace.get("base", [0] * len(trace["x"]))[index])
        wanted = (left, y - trace["width"] / 2, right, y + trace["width"] / 2)
        assert any(
            all(abs(a - b) <= NEAR for a, b in zip(box, wanted, strict=True)) for box in found
        ), wanted


@pytest.mark.parametrize("kind", ["dots", "change"])
def test_marks_stand_where_the_numbers_say(kind):
    figure = first(KINDS[kind])
    circles = list(parsed(svg.drawing(figure, "")).iter(f"{NAMESPACE}circle"))
    wanted = sorted(
        (round(x, 1), round(y, 1))
        for trace, _, x, y in marks(figure)
        if "symbol" in trace.get("marker", {})
    )
    found = sorted((float(circle.get("cx")), float(circle.get("cy"))) for circle in circles)
    assert len(found) == len(wanted) > 5
    assert np.abs(np.array(found) - np.array(wanted)).max() <= NEAR
    assert {circle.get("r") for circle in circles} == {short({"dots": 10, "change": 9}[kind] / 2)}


def test_a_management_is_a_diamond():
    figure = first("theme=drivers&country=SE&level=central&view=dots")
    paths = "".join(
        path.get("d") for path in parsed(svg.drawing(figure, "")).iter(f"{NAMESPACE}path")
    )
    for _, _, x, y in (mark for mark in marks(figure) if "symbol" in mark[0].get("marker", {})):
        corners = ((x + 6.5, y), (x, y + 6.5), (x - 6.5, y), (x, y - 6.5))
        assert "L".join(f"{short(across)} {short(down)}" for across, down in corners) in paths


def test_heat_cells_lie_under_their_figures():
    figure = first(KINDS["heat"])
    found = boxes(svg.drawing(figure, ""))
    cells = [(x, y) for _, _, x, y in marks(figure)]
    assert cells
    for x, y in cells:
        assert any(
            abs((left + right) / 2 - x) <= 0.2 and abs((top + bottom) / 2 - y) <= 0.2
            for left, top, right, bottom in found
        )


@pytest.mark.parametrize("kind", ["bars", "dots"])
def test_intervals_reach_from_their_lower_to_their_upper_end(kind):
    figure = first(KINDS[kind])
    drawn = svg.drawing(figure, "")
    seen = 0
    for trace in figure["data"]:
        error = trace.get("error_x", {})
        for x, y, less, more in zip(
            trace["x"],
            trace["y"],
            error.get("arrayminus", ()),
            error.get("array", ()),
            strict=False,
        ):
            if more is not None:
                seen += 1
                assert (
                    f"M{short(pixel(figure, trace, x - less))} {short(y)}H{short(pixel(figure, trace, x + more))}"
                    in drawn
                )
    assert seen > 10


@pytest.mark.parametrize("kind", KINDS)
def test_no_colour_is_lost(kind):
    for dark in (False, True):
        figure = first(KINDS[kind], dark=dark)
        assert set(re.findall(r"#[0-9a-f]{6}", svg.drawing(figure, ""))) == seen_colours(figure)


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_with_a_dark_look_is_the_plain_one_with_names_for_its_colours(kind):
    light, dark = first(KINDS[kind]), first(KINDS[kind], dark=True)
    both = svg.drawing(light, "Both", dark, prefix="k")
    (style,) = re.findall("<style>(.*?)</style>", both)
    sets = re.findall(r"#k\{([^}]*)\}", style)
    assert len(sets) == 3
    assert sets[1] == sets[2]
    for figure, named in ((light, sets[0]), (dark, sets[1])):
        colours = dict(entry.split(":") for entry in named.split(";"))
        replaced = re.sub(
            r"var\((--k-\d+)\)", lambda found, colours=colours: colours[found[1]], both
        )
        # What differs is only how texts and shapes of one colour are gathered.
        assert seen_colours(figure) <= set(re.findall(r"#[0-9a-f]{6}", replaced))
        assert sorted(written(replaced)) == sorted(written(svg.drawing(figure, "Both")))
        a, b = (
            np.asarray(Image.open(io.BytesIO(raster.png(each))).convert("RGB")).astype(int)
            for each in (replaced, svg.drawing(figure, ""))
        )
        assert np.abs(a - b).mean() < 0.05
    assert ":root[data-look=dark] #k" in style
    assert "prefers-color-scheme:dark" in style
    assert ":root:not([data-look=light]) #k" in style
    assert style.count("@media screen") == 2


def test_a_drawing_without_a_label_leaves_its_name_to_others():
    root = parsed(svg.drawing(first("theme=drivers")))
    assert (root.get("role"), root.get("aria-label")) == (None, None)


def test_ids_begin_with_the_prefix_and_are_all_there():
    figure, dark = first("theme=drivers"), first("theme=drivers", dark=True)
    drawn = [svg.drawing(figure, "", dark, prefix=prefix) for prefix in ("a", "b-1")]
    for drawing, prefix in zip(drawn, ("a", "b-1"), strict=True):
        ids = re.findall(r' id="([^"]*)"', drawing)
        assert len(ids) == len(set(ids)) > 1
        assert all(each == prefix or each.startswith(f"{prefix}-") for each in ids)
        assert set(re.findall(r"url\(#([^)]*)\)", drawing)) == set(ids) - {prefix}
    for broken in ("", "1", 'a"', "a b", "é"):
        with pytest.raises(ValueError, match="prefix"):
            svg.drawing(figure, "", prefix=broken)


def test_text_is_escaped_and_its_small_html_read():
    figure = first("concept=driver_legislation&country=DK")
    note = figure["layout"]["annotations"][0]
    note["text"] = (
        'a &lt;b&gt; &amp; "c"\x00<br><b>two</b>  <span style="color:#123456;font-size:9.5px">small</span> end'
    )
    drawing = svg.drawing(figure, 'He said "<&>"\x01')
    root = parsed(drawing)
    assert root.get("aria-label") == 'He said "<&>"\ufffd'
    texts = {"".join(text.itertext()): text for text in root.iter(f"{NAMESPACE}text")}
    upper, lower = texts['a <b> & "c"\ufffd'], texts["two\u00a0 small end"]
    assert float(lower.get("y")) - float(upper.get("y")) == pytest.approx(
        1.3 * note["font"]["size"], abs=NEAR
    )
    middle = (float(lower.get("y")) + float(upper.get("y"))) / 2 - MIDDLE * note["font"]["size"]
    assert middle == pytest.approx(note["y"], abs=NEAR)
    (small,) = (span for span in lower.iter(f"{NAMESPACE}tspan") if span.text == "small")
    assert (small.get("fill"), small.get("font-size"), small.get("font-weight")) == (
        "#123456",
        "9.5",
        "400",
    )


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda figure: figure["data"][0].update(type="pie"), "trace type 'pie'"),
        (lambda figure: figure["data"][0].update(orientation="v"), "direction of bars 'v'"),
        (lambda figure: figure["data"][0]["marker"]["pattern"].update(shape="x"), "pattern 'x'"),
        (lambda figure: figure["data"][-1].update(mode="lines"), "mode 'lines'"),
        (lambda figure: figure["data"][-1].update(textposition="top left"), "'top left'"),
        (lambda figure: figure["layout"]["shapes"][0].update(type="circle"), "shape 'circle'"),
        (lambda figure: figure["layout"]["shapes"][0].update(xref="x"), "'x'"),
        (
            lambda figure: next(
                each for each in figure["layout"]["shapes"] if each["type"] == "line"
            )["line"].update(dash="?"),
            "dash '\\?'",
        ),
        (
            lambda figure: next(
                each for each in figure["layout"]["shapes"] if each["type"] == "path"
            ).update(path="M0,0C1,1"),
            "path",
        ),
        (lambda figure: figure["layout"]["annotations"][0].update(text="<i>x</i>"), "tag '<i>'"),
        (lambda figure: figure["layout"]["annotations"][0].update(xanchor="auto"), "anchor 'auto'"),
        (lambda figure: figure["layout"]["yaxis"].update(range=[0, 1]), "range"),
    ],
)
def test_what_is_not_known_is_named(change, named):
    figure = copy.deepcopy(first("concept=driver_legislation&country=DK"))
    change(figure)
    with pytest.raises(ValueError, match=named):
        svg.drawing(figure, "")


def test_an_unknown_symbol_is_named():
    figure = first(KINDS["dots"])
    figure["data"][0]["marker"]["symbol"][0] = "star"
    with pytest.raises(ValueError, match="symbol 'star'"):
        svg.drawing(figure, "")


def test_two_different_figures_are_not_one_drawing():
    light = first("theme=drivers")
    for other in (first("theme=effects", dark=True), first("theme=drivers", 900, dark=True)):
        with pytest.raises(ValueError, match="not the same figure"):
            svg.drawing(light, "", other)
    missing = first("theme=drivers", dark=True)
    missing["layout"]["annotations"].pop()
    with pytest.raises(ValueError, match="not the same figure"):
        svg.drawing(light, "", missing)


def test_drawing_changes_nothing_and_gives_the_same_text_every_time():
    light, dark = first("theme=drivers"), first("theme=drivers", dark=True)
    before = json.dumps([light, dark])
    assert svg.drawing(light, "x", dark) == svg.drawing(light, "x", dark)
    assert json.dumps([light, dark]) == before


@pytest.mark.parametrize("number", [0, 0.04, -0.04, 0.5, -0.5, 10, 10.25, 100.96, -3.0, 0.96])
def test_short_numbers_are_those_numbers(number):
    assert float(short(number)) == pytest.approx(number, abs=0.051)
    assert not short(number).endswith(".0")


def test_a_drawing_is_much_smaller_than_its_figure():
    for _, figure in drawings(views.show(""), 960):
        assert len(svg.drawing(figure, "").encode()) < len(json.dumps(figure)) / 2
