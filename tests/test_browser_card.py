"""The card of a figure in a real browser: its address, the way back, a sentence to copy, a second figure by the keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browsing import chart, choice, open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
VIEW = "theme=effects&country=DK"
DANES = "dk-2023:all:collab_companies"


def opened(page: Page) -> str:
    """The figures that the address opens."""
    return page.evaluate("new URLSearchParams(window.location.search).get('figure') || ''")


def test_an_opened_card_has_an_address_and_back_closes_it(page: Page) -> None:
    open_view(page, VIEW)
    before, card = page.url, page.get_by_role("dialog")
    chart(page, "effects").locator(".barlayer .point").first.click(force=True)
    expect(card).to_be_visible()
    expect(page).to_have_url(re.compile("&figure=dk-"))
    figure = opened(page)
    assert page.url == f"{before}&figure={figure}"
    page.go_back()
    expect(card).to_have_count(0)
    expect(page).to_have_url(before)
    page.go_forward()
    expect(card).to_be_visible()
    assert opened(page) == figure
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(page).to_have_url(before)


def test_the_address_of_a_figure_opens_its_card_and_closing_leaves_the_view(page: Page) -> None:
    open_view(page, f"{VIEW}&figure={DANES}")
    card = page.get_by_role("dialog")
    expect(card.get_by_role("heading", level=2)).to_have_text("Private companies as partners")
    expect(card).to_contain_text(
        "“Private companies as partners” was reported for 16% of innovations"
    )
    card.get_by_role("button", name="Close").click()
    expect(card).to_have_count(0)
    expect(page).to_have_url(re.compile(rf"/\?{VIEW}$"))
    choice(page, "Countries", "Sweden").click()
    expect(page).to_have_url(re.compile(r"country=DK~SE$"))
    expect(card).to_have_count(0)
    page.go_back()
    expect(page).to_have_url(re.compile(rf"/\?{VIEW}$"))
    expect(card).to_have_count(0)


def test_a_second_figure_is_found_and_compared_by_the_keyboard(page: Page) -> None:
    open_view(page, f"{VIEW}&figure={DANES}")
    card = page.get_by_role("dialog")
    card.get_by_label("Search all figures").focus()
    page.keyboard.type("companies denmark 2013")
    choices = card.get_by_label("Second figure")
    expect(choices).to_have_attribute("size", "7")
    expect(choices.get_by_role("option").first).to_contain_text("Choose a figure")
    choices.focus()
    page.keyboard.press("ArrowDown")
    expect(card.locator(".compare-result")).to_contain_text("Denmark, ")
    expect(page).to_have_url(re.compile(f"{DANES}~dk-2015"))
    second = opened(page).split("~")[1]
    page.reload()
    expect(page.locator("body:not(.prerendered) .main-svg").first).to_be_visible()
    expect(card.locator(".compare-result h4")).to_be_visible()
    assert opened(page) == f"{DANES}~{second}"


def test_a_figure_listed_as_comparable_is_compared_in_place(page: Page) -> None:
    open_view(page, f"theme=collaboration&country=DK~IS&figure={DANES}")
    card = page.get_by_role("dialog")
    card.get_by_text("Comparable with what?").click()
    link = card.locator("[data-beside]").first
    name = link.get_attribute("data-beside")
    link.click()
    expect(card.locator(".compare-result h4")).to_be_visible()
    expect(page).to_have_url(re.compile(f"figure={DANES}~{name}$"))
    expect(card.get_by_label("Second figure")).to_have_value(name)


def test_a_figure_that_is_gone_is_told_and_its_address_stays(page: Page) -> None:
    open_view(page, f"{VIEW}&figure=dk-2017:municipal:collab_public")
    expect(page.locator("#messages")).to_contain_text("is not in data release")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name="Show it in release 2026.1").click()
    expect(page.get_by_role("dialog")).to_contain_text("Corrected in release 2026.2")
