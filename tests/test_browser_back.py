"""Back on a phone: it closes what lies over the page first, and leaves the address alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browsing import choice, eventually, expect_query, menu_item, open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE = pytest.mark.parametrize("viewport", [{"width": 390, "height": 844}], indirect=True)
pytestmark = pytest.mark.browser
VIEW = "theme=effects&country=DK"
BOTH = f"{VIEW}~NO"
OPEN = ".filter[open], .switch.opened, .search.opened, .offer[open], dialog[open], .modal"


def expect_open(page: Page, count: int) -> None:
    expect(page.locator(OPEN)).to_have_count(count)


def embed(page: Page) -> None:
    page.locator("[data-embed]").first.evaluate("(button) => button.click()")
    expect(page.get_by_role("dialog")).to_be_visible()


OPENERS: dict[str, Callable[[Page], None]] = {
    "countries": lambda page: page.locator(".popover-country > summary").click(),
    "others": lambda page: page.locator(".popover-more > summary").click(),
    "types of charts": lambda page: page.locator("#chart-toggle").click(),
    "languages": lambda page: page.locator(".menu > summary").click(),
    "search": lambda page: page.locator(".search-open").click(),
    "menu": lambda page: page.locator(".offer > summary").first.click(),
    "dialog": embed,
}


@PHONE
def test_back_closes_whatever_lies_over_the_page_and_then_leaves(page: Page) -> None:
    page.goto("/accessibility")
    open_view(page, VIEW)
    before = page.evaluate("window.history.length")
    for opened in OPENERS.values():
        opened(page)
        expect_open(page, 1)
        page.go_back()
        expect_open(page, 0)
        expect_query(page, VIEW)
        opened(page)
        expect_open(page, 1)
        page.keyboard.press("Escape")
        expect_open(page, 0)
    assert page.evaluate("window.history.length") == before + 1
    page.go_back()
    expect(page).to_have_url("/accessibility")
    page.go_forward()
    expect_query(page, VIEW)


@PHONE
def test_a_choice_in_an_open_sheet_is_kept_when_back_closes_it(page: Page) -> None:
    open_view(page, VIEW)
    choice(page, "Countries", "Norway").click()
    expect_query(page, BOTH)
    page.go_back()
    expect_open(page, 0)
    expect_query(page, BOTH)
    page.go_back()
    expect_query(page, VIEW)
    expect(page.locator("section#effects .main-svg").first).to_be_visible()
    page.go_forward()
    expect_query(page, BOTH)
    # The address is there before its view.
    expect(choice(page, "Countries", "Norway")).to_be_checked()
    choice(page, "Countries", "Sweden").click()
    expect_query(page, f"{BOTH}~SE")
    page.locator(".popover-country .filters-close").click()
    expect_open(page, 0)
    page.go_back()
    expect_query(page, BOTH)


def test_with_a_pointer_back_leaves_from_an_open_menu_but_closes_a_dialog(page: Page) -> None:
    page.goto("/accessibility")
    open_view(page, VIEW)
    embed(page)
    page.go_back()
    expect_open(page, 0)
    expect_query(page, VIEW)
    menu_item(page, "Picture", "PNG").first.wait_for()
    page.go_back()
    eventually(page, lambda: page.url.endswith("/accessibility"), expected=True)
