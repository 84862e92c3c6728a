"""Narrow and wide windows in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browsing import SMALL, chart, chart_size, choice, eventually, open_view

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
def test_filters_fold_away_on_a_narrow_screen(page: Page) -> None:
    open_view(page, SMALL)
    expect(page.locator("#country")).to_be_hidden()
    toggle = page.get_by_role("button", name="Filters")
    toggle.click()
    expect(choice(page, "Countries", "Norway")).to_be_visible()
    choice(page, "Countries", "Norway").click()
    expect(chart(page, "effects")).not_to_contain_text("Norway, workplaces")
    expect(choice(page, "Countries", "Denmark")).to_be_visible()
    no_sideways_scroll(page)
    page.keyboard.press("Escape")
    expect(page.locator("#country")).to_be_hidden()


@NARROW
def test_the_filters_button_says_whether_they_are_open(page: Page) -> None:
    open_view(page, SMALL)
    toggle = page.get_by_role("button", name="Filters")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(toggle).to_have_attribute("aria-controls", "filters")
    toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#filters")).to_be_visible()
    page.keyboard.press("Escape")
    expect(toggle).to_have_attribute("aria-expanded", "false")


@NARROW
def test_panels_stand_below_each_other_on_a_narrow_screen(page: Page) -> None:
    open_view(page, SMALL)
    first, second = (
        chart(page, "effects").locator(".textpoint text", has_text=name).first.bounding_box()
        for name in HEADINGS
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
