"""A change of the filters changes what is on the page: nothing that stays is built anew, and what is the same is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browsing import chart, choice, eventually, open_view, stir
from tests.support.server import UPDATE

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MARK = """() => document.querySelectorAll("#content .js-plotly-plot, #content .fragment").forEach(function (part) {
    part.stays = true;
    part.drawings = 0;
    if (part.on) {
        part.on("plotly_afterplot", () => { part.drawings += 1; });
    }
})"""
STAY = """() => Array.from(document.querySelectorAll("#content .js-plotly-plot, #content .fragment"), (part) => Boolean(part.stays))"""
DRAWINGS = """() => Array.from(document.querySelectorAll("#content .js-plotly-plot"), (part) => part.drawings)"""


def test_a_filter_keeps_every_chart_and_draws_each_once(page: Page) -> None:
    open_view(page, "theme=effects~collaboration&country=DK~NO")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if UPDATE in request.url else None)
    page.evaluate(MARK)
    norway = choice(page, "Countries", "Norway")
    norway.click()
    expect(chart(page, "effects")).not_to_contain_text("Norway")
    expect(chart(page, "collaboration")).not_to_contain_text("Norway")
    expect(page.locator("#content")).not_to_have_attribute("aria-busy", "true")
    assert all(page.evaluate(STAY))
    assert page.evaluate(DRAWINGS) == [1, 1]
    assert len(asked) == 1
    expect(norway).to_be_focused()
    page.go_back()
    expect(chart(page, "collaboration")).to_contain_text("Norway")
    expect(norway).to_be_checked()


def test_a_chart_that_a_filter_does_not_change_is_not_drawn_again(page: Page) -> None:
    open_view(page, "")
    page.evaluate(MARK)
    about = [
        int("Sweden" in each)
        for each in page.locator("#content .main-svg:first-child").all_text_contents()
    ]
    assert 0 < sum(about) < len(about)
    choice(page, "Countries", "Sweden").click()
    expect(chart(page, "innovation")).not_to_contain_text("Sweden")
    eventually(page, lambda: page.evaluate(DRAWINGS), about)
    expect(page.locator("#content")).not_to_have_attribute("aria-busy", "true")
    assert page.evaluate(DRAWINGS) == about
    assert all(page.evaluate(STAY))


def test_another_number_of_themes_is_drawn_anew_and_is_changed_in_place_after_that(
    page: Page,
) -> None:
    open_view(page, "theme=effects")
    choice(page, "Themes", "Collaboration").click()
    expect(chart(page, "collaboration").locator(".main-svg").first).to_be_visible()
    stir(page)
    page.evaluate(MARK)
    choice(page, "Countries", "Denmark").click()
    expect(page.locator("#content")).not_to_have_attribute("aria-busy", "true")
    eventually(page, lambda: page.evaluate(DRAWINGS), [1, 1])
    assert all(page.evaluate(STAY))
