"""A view on paper: where charts are cut, and what Chromium's print to PDF makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader

from dashboard import charts
from dashboard.charts.colour import READ, contrast
from dashboard.charts.drawing import Bar, Drawing
from dashboard.layout.print_view import WIDTH, print_view
from dashboard.render.print import blocks
from tests.support import views
from tests.support.browsing import eventually
from tests.support.drawings import DRAWN, QUERIES, variant
from tests.support.drawings import parts as parts_of

A4 = (596, 843)
"""Points, as Chromium rounds them."""
WHITE = "#ffffff"

LEAST_TYPE = 7
"""Points of the smallest letters of a chart that was drawn for a wide window."""
SEEN = """() => [document.querySelector(".js-plotly-plot").layout.width,
    ...[...document.querySelectorAll(".main-svg [style]")].map((part) => part.style.fill + part.style.stroke)]"""
READ_ON_WHITE = 7
"""WCAG contrast of texts on the sheet itself; within bars they have ``colour.READ``."""

RUNS = """() => {
    const chart = document.querySelector(".js-plotly-plot"), from = chart.getBoundingClientRect();
    // A dash is a thin line between two rows of pixels.
    return [...chart.querySelectorAll(".textpoint text")].flatMap((text) => {
        const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT), found = [];
        while (walker.nextNode()) { found.push(walker.currentNode); }
        return found;
    }).filter((node) => /[\\p{L}\\p{N}]/u.test(node.data)).map((node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        return [node.data, getComputedStyle(node.parentElement).fill.match(/\\d+/g).map(Number),
            [box.left - from.left, box.top - from.top, box.right - from.left, box.bottom - from.top]];
    });
}"""
"""Each text of the first chart that looks the same all along, its colour, and its box in pixels of the chart."""


def _texts(drawing: Drawing) -> list[tuple[float, float]]:
    """(top, bottom) of the letters of each text; a line is a little higher than they are."""
    return [(text.y - text.size * 0.4, text.y + text.size * 0.4) for text in drawing.texts]


def _behind(seen: Image.Image, box: Sequence[float]) -> str:
    """The colour that most of a box has: what is behind its letters."""
    colours = seen.crop(tuple(map(round, box))).getcolors(seen.width * seen.height)
    return "#" + bytes(max(colours)[1]).hex()


@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("query", QUERIES)
def test_no_text_and_no_mark_is_cut_through(query: str, chart: str) -> None:
    shown = variant(query, chart=chart)
    for section in shown.sections:
        drawing = charts.drawing(shown, section, views.loc(), WIDTH)
        parts = parts_of(drawing)
        assert parts[0].top == 0
        assert parts[-1].bottom == drawing.height
        assert all(one.bottom == other.top for one, other in pairwise(parts))
        cuts = [part.bottom for part in parts[:-1]]
        bars = [
            (mark.y - mark.shape.thickness / 2, mark.y + mark.shape.thickness / 2)
            for mark in drawing.marks
            if isinstance(mark.shape, Bar)
        ]
        assert not [
            (cut, span)
            for cut in cuts
            for span in (*_texts(drawing), *bars)
            if span[0] < cut < span[1]
        ]


def test_a_chart_of_several_bands_comes_apart_between_its_rows() -> None:
    shown = views.show("theme=drivers")
    parts = parts_of(charts.drawing(shown, shown.sections[0], views.loc(), WIDTH))
    # Rows of one indicator stay together, in each band.
    assert len(parts) > len({row.header for row in shown.sections[0].rows})
    assert max(part.bottom - part.top for part in parts) < 320


def test_the_heading_of_each_band_can_stand_again_above_its_rows() -> None:
    shown = views.show("theme=drivers")
    drawing = charts.drawing(shown, shown.sections[0], views.loc(), WIDTH)
    found = blocks(drawing)
    assert [len(block.parts) for block in found] == [len(band.rows) for band in drawing.bands]
    names = [text for text in drawing.texts if text.content == "Denmark, workplaces"]
    assert names
    for text in names:
        assert any(block.heading.top < text.y < block.heading.bottom for block in found)


def test_blocks_side_by_side_keep_their_headings_and_lend_them_to_no_other_row() -> None:
    shown = views.show("theme=drivers~innovation&edition=all&by=indicator")
    for section in shown.sections:
        drawing = charts.drawing(shown, section, views.loc(), WIDTH)
        found = blocks(drawing)
        assert len(found) == len(drawing.bands) > 3
        assert not any(block.heading for block in found)
        heights = [part.bottom - part.top for block in found for part in block.parts]
        assert max(heights) < 1000  # an upright page
        for panel in drawing.panels:
            # Its percentages stand with its first mark.
            inside = [mark.y for mark in drawing.marks if panel.left <= mark.x <= panel.right]
            first_mark = min(y for y in inside if panel.top < y < panel.bottom)
            (part,) = (
                each
                for block in found
                for each in block.parts
                if each.top < panel.top < each.bottom
            )
            assert first_mark < part.bottom


def test_where_sheets_come_from_is_said_at_their_head_and_not_alone_on_the_last() -> None:
    address = "https://barometer.example/?theme=drivers"
    header, *rest = print_view(views.show("theme=drivers"), views.loc(), address)
    assert address in str(header)
    assert address not in str(rest[-1])


@given(views.selections)
def test_any_view_can_be_cut(selection) -> None:
    shown = views.of(selection)
    for section in shown.sections[:1]:
        drawing = charts.drawing(shown, section, views.loc(), WIDTH)
        parts = parts_of(drawing)
        assert all(part.top < part.bottom for part in parts)
        assert sum(part.bottom - part.top for part in parts) == pytest.approx(drawing.height)


@pytest.mark.browser
@pytest.mark.parametrize("colour_scheme", ["light", "dark"])
@pytest.mark.parametrize("landscape", [False, True], ids=["portrait", "landscape"])
def test_a_printed_view_has_everything_and_no_controls(
    page, landscape: bool, colour_scheme: str
) -> None:
    page.emulate_media(color_scheme=colour_scheme)
    page.goto("/?theme=effects&country=DK~NO&lang=da")
    page.wait_for_selector("body:not(.prerendered) .main-svg")
    pdf = PdfReader(BytesIO(page.pdf(format="A4", landscape=landscape, print_background=True)))
    sizes = {
        (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height)))
        for sheet in pdf.pages
    }
    assert sizes == {A4[::-1] if landscape else A4}
    text = " ".join("".join(sheet.extract_text() for sheet in pdf.pages).split())
    shown = views.show("theme=effects&country=DK~NO")
    loc = views.store().newest.localizer("da")
    assert "Effekter: Danmark og Norge" in text
    assert loc.t("Notes") in text
    assert "theme=effects&country=DK~NO" in text.replace(" ", "")
    for value in shown.sections[0].values:
        assert loc.percent(value.observation.value).replace("\xa0", " ") in text
    assert loc.t("Copy link") not in text
    assert loc.t("Choose") not in text
    assert page.locator("#paper").count() == 0


@pytest.mark.browser
def test_paper_is_white_and_holds_the_whole_width(page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("/?theme=drivers&lang=fi")
    page.wait_for_selector("body:not(.prerendered) .main-svg")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 703, "height": 1000})
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 703
    assert not page.locator("#react-entry-point").is_visible()
    charts = page.locator("#paper .chart svg[viewBox]")
    assert charts.count() > 5
    assert all(
        box["x"] >= 0 and box["x"] + box["width"] <= 704
        for box in (chart.bounding_box() for chart in charts.all())
    )


@pytest.mark.browser
def test_a_dark_page_is_dark_on_white_where_paper_cannot_be_fetched(page) -> None:
    page.route("**/paper*", lambda route: route.abort())
    page.emulate_media(color_scheme="dark")
    page.goto("/?theme=drivers&country=DK~NO~SE&by=indicator")
    page.wait_for_selector("body:not(.prerendered) .main-svg")
    expect(page.locator("#content .textpoint text").first).to_be_visible()
    page.emulate_media(media="print", color_scheme="dark")
    seen = Image.open(BytesIO(page.locator(".js-plotly-plot").first.screenshot())).convert("RGB")
    assert _behind(seen, (0, seen.height - 4, 4, seen.height)) == WHITE
    runs = page.evaluate(RUNS)
    found = [(text, _behind(seen, box), "#" + bytes(ink).hex()) for text, ink, box in runs]
    assert len(found) > 50
    assert {text for text, ground, _ in found if ground != WHITE} > {"Municipal", "Regional"}
    assert not [
        (text, ground, ink)
        for text, ground, ink in found
        if contrast(ground, ink) < (READ_ON_WHITE if ground == WHITE else READ)
    ]
    page.set_viewport_size({"width": 703, "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth") <= 703
    content = page.locator("#content").bounding_box()
    assert max(box[2] for _, _, box in page.evaluate(RUNS)) <= content["width"] + 1


@pytest.mark.browser
def test_letters_stay_letters_on_a_sheet_that_takes_them_where_paper_cannot_be_fetched(
    page,
) -> None:
    page.route("**/paper*", lambda route: route.fulfill(body="<html>"))
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 1920, "height": 900})
    page.goto("/?theme=effects&country=DK~NO")
    page.wait_for_selector("body:not(.prerendered) .main-svg")
    before = page.evaluate(SEEN)
    pdf = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    box = pdf.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == A4[::-1]
    sizes: list[float] = []

    def look(text: str, at: list[float], own: list[float], _: object, size: float) -> None:
        if "%" in text:
            sizes.append(size * abs(own[3] * at[3]))

    text = "".join(sheet.extract_text(visitor_text=look) for sheet in pdf.pages)
    for value in views.show("theme=effects&country=DK~NO").sections[0].values:
        assert views.loc().percent(value.observation.value) in text
    assert min(sizes) >= LEAST_TYPE
    eventually(page, lambda: page.evaluate(SEEN), before)
