"""The static drawing of a chart: well-formed, complete, and where the figure's numbers say."""

from __future__ import annotations

import io
import json
import re
from xml.etree import ElementTree as Xml

import numpy as np
import pytest
from PIL import Image

from dashboard import charts
from dashboard.charts.drawing import Bar, Drawing, Run, Text
from dashboard.charts.labels import DOT
from dashboard.charts.palette import DARK, LIGHT, Palette
from dashboard.charts.roles import INK, QUIET
from dashboard.render import plotly, raster
from dashboard.render.shapes import MIDDLE, short
from dashboard.render.svg import svg
from dashboard.selection import ARRANGEMENTS
from tests.support import views
from tests.support.drawings import DRAWN, drawings, first, variant
from tests.support.views import READY_VIEWS

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


def seen_colours(drawing: Drawing, palette: Palette) -> set[str]:
    """Colours of a drawing that a reader sees without a pointer over it."""
    roles = {each.colour for each in (*drawing.rules, *drawing.lines, *drawing.texts)}
    roles |= {run.colour for text in drawing.texts for run in text.runs}
    boxes = [mark.shape.box for mark in drawing.marks if hasattr(mark.shape, "box")]
    for box in (*drawing.boxes, *boxes):
        roles |= {box.fill, box.outline}
    for mark in drawing.marks:
        if isinstance(mark.shape, Bar):
            bar = mark.shape
            roles |= {bar.hatch.colour if bar.hatch else bar.fill}
            roles |= {bar.edge} if bar.edge_width else set()
        elif not hasattr(mark.shape, "box"):
            roles |= {mark.colour}
    return {palette.ground} | {palette.colour(role) for role in roles if role} - {""}


@pytest.mark.parametrize("by", ARRANGEMENTS)
@pytest.mark.parametrize("chart", DRAWN)
def test_every_ready_view_can_be_drawn_and_is_well_formed(chart, by):
    for query in ("", *READY_VIEWS.values()):
        for _, drawing in drawings(variant(query, chart=chart, by=by), 960):
            root = parsed(svg(drawing, "A chart"))
            size = f"{drawing.width}", f"{drawing.height}"
            assert (root.get("width"), root.get("height"), root.get("viewBox")) == (
                *size,
                f"0 0 {' '.join(size)}",
            )
            assert (root.get("role"), root.get("aria-label")) == ("img", "A chart")
            assert "nan" not in Xml.tostring(root, encoding="unicode").replace("inan", "")


@pytest.mark.parametrize("by", ARRANGEMENTS)
@pytest.mark.parametrize("chart", DRAWN)
def test_every_text_of_a_drawing_is_written_once(chart, by):
    for query in ("", *READY_VIEWS.values()):
        for _, drawing in drawings(variant(query, chart=chart, by=by), 960):
            wanted = [" ".join(text.content.split()) for text in drawing.texts]
            assert sorted(written(svg(drawing))) == sorted(wanted)


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_of_the_view_is_written(kind):
    shown = views.show(KINDS[kind])
    section = shown.sections[0]
    text = " ".join(written(svg(first(KINDS[kind]))))
    for value in section.values:
        if value.survey.period_end is not None or kind != "change":
            assert views.loc().number(value.observation.value) in text


@pytest.mark.parametrize("kind", ["bars", "scale"])
def test_bars_end_where_the_drawing_says(kind):
    drawing = first(KINDS[kind])
    found = set(boxes(svg(drawing)))
    assert len(drawing.marks) > 10
    for mark in drawing.marks:
        bar, half = mark.shape, mark.shape.thickness / 2
        wanted = (bar.left, mark.y - half, bar.right, mark.y + half)
        assert any(
            all(abs(a - b) <= NEAR for a, b in zip(box, wanted, strict=True)) for box in found
        ), wanted


@pytest.mark.parametrize("kind", ["dots", "change"])
def test_marks_stand_where_the_drawing_says(kind):
    drawing = first(KINDS[kind])
    circles = list(parsed(svg(drawing)).iter(f"{NAMESPACE}circle"))
    round_marks = [mark for mark in drawing.marks if mark.shape.symbol == "circle"]
    wanted = sorted((round(mark.x, 1), round(mark.y, 1)) for mark in round_marks)
    found = sorted((float(circle.get("cx")), float(circle.get("cy"))) for circle in circles)
    assert len(found) == len(wanted) > 5
    assert np.abs(np.array(found) - np.array(wanted)).max() <= NEAR
    assert {circle.get("r") for circle in circles} == {short({"dots": 10, "change": 9}[kind] / 2)}


def test_a_management_is_a_diamond():
    drawing = first("theme=drivers&country=SE&level=central&view=dots&by=sector")
    paths = "".join(path.get("d") for path in parsed(svg(drawing)).iter(f"{NAMESPACE}path"))
    for mark in drawing.marks:
        x, y = mark.x, mark.y
        corners = ((x + 6.5, y), (x, y + 6.5), (x - 6.5, y), (x, y - 6.5))
        assert "L".join(f"{short(across)} {short(down)}" for across, down in corners) in paths


def test_heat_cells_lie_under_their_figures():
    drawing = first(KINDS["heat"])
    found = boxes(svg(drawing))
    assert drawing.marks
    for mark in drawing.marks:
        assert any(
            abs((left + right) / 2 - mark.x) <= 0.2 and abs((top + bottom) / 2 - mark.y) <= 0.2
            for left, top, right, bottom in found
        )


@pytest.mark.parametrize("kind", ["bars", "dots"])
def test_intervals_reach_from_their_lower_to_their_upper_end(kind):
    drawing = first(KINDS[kind])
    drawn, shown = svg(drawing), views.show(KINDS[kind])
    ends = {
        value.observation.position: value.evidence.interval for value in shown.sections[0].values
    }
    seen = 0
    for mark in drawing.marks:
        area, known = drawing.panels[mark.panel], ends[mark.position]
        if known:
            low, high = (
                area.zero + (area.hundred - area.zero) * end / 100
                for end in (known.low, known.high)
            )
            if kind == "dots" and high - low <= DOT:
                continue  # Its dot covers it.
            seen += 1
            found = re.findall(rf"M([\d.]+) {re.escape(short(mark.y))}H([\d.]+)M", drawn + "M")
            found += re.findall(rf"M([\d.]+) {re.escape(short(mark.y))}H([\d.]+)\"", drawn)
            # On a bar and beside it the line has two colours: the next piece begins where one ends.
            pieces = sorted((float(left), float(right)) for left, right in found)
            reached = low
            for left, right in pieces:
                reached = right if abs(left - reached) <= NEAR else reached
            assert abs(reached - high) <= NEAR
    assert seen > 10


@pytest.mark.parametrize("kind", KINDS)
def test_no_colour_is_lost(kind):
    drawing = first(KINDS[kind])
    for palette in (LIGHT, DARK):
        found = set(re.findall(r"#[0-9a-f]{6}", svg(drawing, palette=palette)))
        wanted = {colour for colour in seen_colours(drawing, palette) if colour.startswith("#")}
        assert found == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_with_a_dark_look_is_the_plain_one_with_names_for_its_colours(kind):
    drawing = first(KINDS[kind])
    both = svg(drawing, "Both", dark=DARK, prefix="k")
    (style,) = re.findall("<style>(.*?)</style>", both)
    sets = re.findall(r"#k\{([^}]*)\}", style)
    assert len(sets) == 3
    assert sets[1] == sets[2]
    for palette, named in ((LIGHT, sets[0]), (DARK, sets[1])):
        colours = dict(entry.split(":") for entry in named.split(";"))
        replaced = re.sub(
            r"var\((--k-\d+)\)", lambda found, colours=colours: colours[found[1]], both
        )
        # What differs is only how texts and shapes of one colour are gathered.
        assert sorted(written(replaced)) == sorted(written(svg(drawing, "Both")))
        a, b = (
            np.asarray(Image.open(io.BytesIO(raster.png(each))).convert("RGB")).astype(int)
            for each in (replaced, svg(drawing, palette=palette))
        )
        assert np.abs(a - b).mean() < 0.05
    assert ":root[data-colour-scheme=dark] #k" in style
    assert "prefers-color-scheme:dark" in style
    assert ":root:not([data-colour-scheme=light]) #k" in style
    assert style.count("@media screen") == 2


def test_a_drawing_without_a_label_leaves_its_name_to_others():
    root = parsed(svg(first("theme=drivers")))
    assert (root.get("role"), root.get("aria-label")) == (None, None)


def test_a_drawing_without_a_ground_has_none():
    with_ground, without = (svg(SMALL), svg(SMALL, ground=None))
    assert "M0 0h300v100H0z" in with_ground
    assert "M0 0h300v100H0z" not in without


def test_ids_begin_with_the_prefix_and_are_all_there():
    drawing = first("theme=drivers")
    for prefix in ("a", "b-1"):
        drawn = svg(drawing, dark=DARK, prefix=prefix)
        ids = re.findall(r' id="([^"]*)"', drawn)
        assert len(ids) == len(set(ids)) > 1
        assert all(each == prefix or each.startswith(f"{prefix}-") for each in ids)
        assert set(re.findall(r"url\(#([^)]*)\)", drawn)) == set(ids) - {prefix}
    for broken in ("", "1", 'a"', "a b", "é"):
        with pytest.raises(ValueError, match="prefix"):
            svg(drawing, prefix=broken)


RUNS = (Run('a <b> & "c"\x00  ', bold=True), Run("small", size=9.5, colour=QUIET), Run(" end"))
SMALL = Drawing(300, 100, 12, texts=(Text(20, 50, "left", 12, INK, RUNS),))


def test_text_is_escaped_and_each_run_looks_as_it_should():
    root = parsed(svg(SMALL, 'He said "<&>"\x01'))
    assert root.get("aria-label") == 'He said "<&>"\ufffd'
    (text,) = root.iter(f"{NAMESPACE}text")
    assert "".join(text.itertext()) == 'a <b> & "c"\ufffd\u00a0\u00a0small\u00a0end'
    assert float(text.get("y")) == pytest.approx(50 + MIDDLE * 12, abs=NEAR)
    small, end = text.iter(f"{NAMESPACE}tspan")
    assert (small.text, small.get("fill"), small.get("font-size"), small.get("font-weight")) == (
        "small",
        LIGHT.quiet,
        "9.5",
        "400",
    )
    assert (end.get("fill"), end.get("font-size"), end.get("font-weight")) == (None, None, "400")


def test_the_same_drawing_gives_the_same_text_every_time():
    drawing = first("theme=drivers")
    assert svg(drawing, "x", dark=DARK) == svg(first("theme=drivers"), "x", dark=DARK)


@pytest.mark.parametrize("number", [0, 0.04, -0.04, 0.5, -0.5, 10, 10.25, 100.96, -3.0, 0.96])
def test_short_numbers_are_those_numbers(number):
    assert float(short(number)) == pytest.approx(number, abs=0.051)
    assert not short(number).endswith(".0")


def test_a_drawing_is_much_smaller_than_its_figure():
    for _, drawing in drawings(views.show(""), 960):
        assert len(svg(drawing).encode()) < len(json.dumps(plotly.figure(drawing))) * 0.75


@pytest.mark.parametrize("query", READY_VIEWS.values())
def test_no_space_of_a_text_needs_to_be_kept_by_a_program(query):
    """Inkscape and others drop spaces at the ends of a run, and take several for one."""
    shown = views.show(query)
    for section in shown.sections:
        written = svg(charts.drawing(shown, section, views.loc(), 800))
        runs = re.findall(r">([^<]+)<", written)
        assert runs
        assert not [run for run in runs if run != run.strip(" ") or "  " in run]
