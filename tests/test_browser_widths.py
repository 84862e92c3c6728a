"""Narrow and wide windows in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dashboard.selection import LANGUAGES
from tests.support.browsing import (
    SMALL,
    chart,
    chart_size,
    choice,
    eventually,
    expect_query,
    open_view,
    popover,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
WIDTHS = [{"width": width, "height": 900} for width in (360, 768, 1920)]
NARROW = pytest.mark.parametrize("viewport", WIDTHS[:1], indirect=True, ids=["360"])


def no_sideways_scroll(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate(
        "document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("viewport", WIDTHS, indirect=True, ids=lambda size: str(size["width"]))
def test_no_page_is_wider_than_its_window(page: Page) -> None:
    for query in (
        "",
        "theme=drivers&view=heat",
        "theme=effects&view=table",
        "theme=effects~x" + "x" * 300,
    ):
        open_view(page, query)
        no_sideways_scroll(page)
        frame = page.locator("#content").bounding_box()
        for graph in page.locator("#content .js-plotly-plot .main-svg").all():
            box = graph.bounding_box()
            assert box is None or box["x"] + box["width"] <= frame["x"] + frame["width"] + 1


@NARROW
def test_filters_are_a_bar_at_the_bottom_of_a_narrow_screen(page: Page) -> None:
    open_view(page, SMALL)
    bar = page.locator("#filters > .filter > :is(summary, button):visible")
    assert [each.partition("\n")[0] for each in bar.all_inner_texts()] == [
        "Countries",
        "Sectors",
        "Themes",
        "More",
        "Chart",
    ]
    boxes = [each.bounding_box() for each in bar.all()]
    assert {round(box["y"] + box["height"]) for box in boxes} == {900}
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44
    expect(page.locator("#country")).to_be_hidden()
    choice(page, "Countries", "Norway").click()
    expect(chart(page, "effects")).not_to_contain_text("Norway, workplaces")
    expect(choice(page, "Countries", "Denmark")).to_be_visible()
    sheet = popover(page, "Countries").locator(".panel").bounding_box()
    assert (sheet["x"], sheet["width"], sheet["y"] + sheet["height"]) == (0, 360, 844)
    no_sideways_scroll(page)
    page.keyboard.press("Escape")
    expect(page.locator("#country")).to_be_hidden()


@NARROW
def test_every_filter_is_reached_on_a_narrow_screen(page: Page) -> None:
    open_view(page, SMALL)
    choice(page, "Chart", "Dots").click()
    expect_query(page, "theme=effects&view=dots")
    popover(page, "Indicators").locator("summary").click()
    expect(choice(page, "Comparable", "Only comparable")).to_be_visible()
    choice(page, "Comparable", "Only comparable").click()
    expect_query(page, "theme=effects&view=dots&only=comparable")
    choice(page, "Edition", "All editions").click()
    expect_query(page, "theme=effects&edition=all&view=dots&only=comparable")


@pytest.mark.parametrize(
    "viewport",
    [{"width": width, "height": 800} for width in (320, 768, 1024, 1280, 1920)],
    indirect=True,
    ids=lambda size: str(size["width"]),
)
def test_nothing_that_opens_leaves_the_window(page: Page) -> None:
    open_view(page, SMALL)
    window = page.viewport_size
    for name in ("display", "country", "sector", "theme", "edition", "more"):
        button = page.locator(f"#{name}-filter > summary")
        if not button.is_visible():
            assert (name, window["width"]) == ("edition", 320)
            continue
        button.click()
        box = page.locator(f"#{name}-filter > .panel").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= window["width"]
        assert box["y"] + box["height"] <= window["height"]
        expect(page.locator(".filter[open]")).to_have_count(1)
    no_sideways_scroll(page)
    page.mouse.click(4, 76)
    expect(page.locator(".filter[open], .filter.opened")).to_have_count(0)


@pytest.mark.parametrize(
    ("viewport", "top"),
    [({"width": 1280, "height": 800}, 200), ({"width": 390, "height": 844}, 190)],
    indirect=["viewport"],
    ids=["1280", "390"],
)
@pytest.mark.parametrize("query", ["", "theme=effects&country=DK~SE", "theme=effects&lang=fi"])
def test_the_content_begins_high_on_the_page(page: Page, top: int, query: str) -> None:
    open_view(page, query)
    assert page.locator("header.top").bounding_box()["height"] <= 52
    assert page.locator("#content").bounding_box()["y"] <= top
    words = page.evaluate(WORDS)
    assert 20 < len(words) <= 120, words


WORDS = r"""() => {
    const content = document.getElementById("content");
    const walker = document.createTreeWalker(document.querySelector(".page"), NodeFilter.SHOW_TEXT);
    const seen = [];
    for (let node = walker.nextNode(); node && !content.contains(node); node = walker.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        if (box.width > 2 && box.height > 2 && node.parentElement.checkVisibility({ visibilityProperty: true })) {
            seen.push(...node.textContent.split(/\s+/).filter((word) => word));
        }
    }
    return seen;
}"""


@NARROW
def test_figures_of_countries_stand_below_each_other_on_a_narrow_screen(page: Page) -> None:
    open_view(page, SMALL)
    first, second = (
        chart(page, "effects")
        .locator(".textpoint text", has_text=f"{name} · ")
        .first.bounding_box()
        for name in ("Denmark", "Norway")
    )
    assert first["x"] == pytest.approx(second["x"], abs=2)
    assert second["y"] > first["y"] + first["height"]


def test_panels_stand_side_by_side_on_a_wide_screen(page: Page) -> None:
    open_view(page, SMALL)
    first, second = (
        chart(page, "effects").locator(".textpoint text", has_text=name).first.bounding_box()
        for name in HEADINGS
    )
    assert first["y"] == pytest.approx(second["y"], abs=2)
    assert second["x"] > first["x"] + first["width"]


HEADINGS = ("Denmark, workplaces", "Norway, workplaces")


def test_charts_follow_the_width_of_the_window(page: Page) -> None:
    open_view(page, SMALL)
    page.set_viewport_size({"width": 500, "height": 900})
    eventually(page, lambda: 0 < chart_size(page, "effects")[0] <= 500, True)
    no_sideways_scroll(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    eventually(page, lambda: chart_size(page, "effects")[0] > 700, True)


@pytest.mark.parametrize(
    "viewport",
    [{"width": width, "height": 800} for width in (360, 1200, 1280)],
    indirect=True,
    ids=lambda size: str(size["width"]),
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_keeps_to_the_window_in_every_language(page: Page, language: str) -> None:
    for theme in ("drivers", "innovation"):
        open_view(page, f"theme={theme}&view=table&lang={language}")
        no_sideways_scroll(page)
