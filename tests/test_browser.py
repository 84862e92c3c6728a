"""A visit in a real browser: the opening view, the parts of a section, the choices of a theme."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browsing import SMALL, THEMES, address, chart, choice, group, open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_first_visit_shows_who_innovates_and_the_questions(page: Page) -> None:
    open_view(page, "")
    expect(chart(page, "innovation").locator(".main-svg").first).to_be_visible()
    expect(chart(page, "innovation")).to_contain_text("Denmark")
    expect(page.get_by_role("navigation", name="Ready views").get_by_role("link")).to_have_count(6)
    expect(page.locator("#messages")).to_be_empty()
    assert address(page) == ""


def test_three_themes_have_a_chart_each(page: Page) -> None:
    open_view(page)
    for theme in THEMES:
        expect(chart(page, theme).locator(".main-svg").first).to_be_visible()
        expect(chart(page, theme)).to_contain_text("Denmark, workplaces")
        expect(chart(page, theme)).to_contain_text("%")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.locator("#status")).to_have_text(
        re.compile(r"^3 themes, \d countries, [\d,]+ figures$")
    )
    assert page.title() != ""


def test_choices_tell_how_many_figures_they_have(page: Page) -> None:
    open_view(page, SMALL)
    for legend in ("Countries", "Sectors", "Themes", "Who answered", "Split by"):
        names = group(page, legend).locator(".form-check-label").all_inner_texts()
        assert names
        assert all(re.search(r"\d$", name) for name in names), f"{legend}: {names}"
    number = int(
        choice(page, "Countries", "Denmark").locator("xpath=..").locator(".count").inner_text()
    )
    assert number > 0
    expect(
        choice(page, "Countries", "Netherlands").locator("xpath=..").locator(".count")
    ).to_have_text("0")
    # A number that is promised is a number that is kept.
    page.goto("/?theme=effects&country=DK&view=table")
    expect(page.locator("section#effects table").first.locator("tbody tr")).to_have_count(number)
