"""The search of the top bar in a real browser: a combobox by the pattern of the WAI-ARIA practices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browsing import SMALL, address, eventually, expect_query, open_view, reveal

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Route

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


def combobox(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search", exact=True)


def found(page: Page) -> Locator:
    """The options of the list."""
    return page.get_by_role("listbox", name="Search").get_by_role("option")


def search_for(page: Page, text: str) -> Locator:
    """Types into the search, which Ctrl+K brings to hand; gives the options that come."""
    page.keyboard.press("Control+k")
    page.keyboard.type(text)
    options = found(page)
    expect(options.first).to_be_visible()
    return options


def selected(page: Page) -> str:
    """The text of the option that is told as the active one."""
    name = combobox(page).get_attribute("aria-activedescendant")
    return page.locator(f"#{name} > span").inner_text() if name else ""


def test_a_word_of_everyday_finds_a_view_which_opens_in_place(page: Page) -> None:
    open_view(page, SMALL)
    page.evaluate("window.stays = true")
    options = search_for(page, "save money")
    expect(options).to_have_count(3)
    expect(options.nth(1)).to_contain_text("Driven by savings and efficiency")
    expect(options.nth(1)).to_contain_text("Indicator · Drivers · 5 figures")
    expect(page.get_by_role("search").get_by_role("status")).to_have_text("3 results")
    options.nth(1).click()
    expect_query(page, "concept=driver_savings")
    expect(page.locator("section#drivers")).to_be_visible()
    expect(combobox(page)).to_have_value("")
    expect(combobox(page)).to_have_attribute("aria-expanded", "false")
    assert page.evaluate("window.stays")


def test_the_list_is_walked_by_keys(page: Page) -> None:
    open_view(page, SMALL)
    options = search_for(page, "money")
    box = combobox(page)
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(options).to_have_count(9)  # Eight results, and the way to all.
    assert box.get_attribute("aria-controls") == options.first.evaluate(
        "(own) => own.parentNode.id"
    )
    assert selected(page) == ""
    for key, expected in (
        ("ArrowDown", "Do savings drive innovation?"),
        ("ArrowDown", "Driven by savings and efficiency"),
        ("End", "All results"),
        ("ArrowDown", "Do savings drive innovation?"),
        ("ArrowUp", "All results"),
        ("Home", "Do savings drive innovation?"),
    ):
        page.keyboard.press(key)
        assert selected(page) == expected
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("money")
    page.keyboard.press("Alt+ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert selected(page) == ""
    page.keyboard.press("Alt+ArrowUp")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    search_for(page, "AI")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect_query(page, "concept=ai_used")


def test_enter_without_a_choice_asks_for_the_page_of_all_results(page: Page) -> None:
    open_view(page, f"{SMALL}&lang=da")
    page.keyboard.press("Control+k")
    page.keyboard.type("borgere")
    page.keyboard.press("Enter")
    eventually(page, lambda: address(page), "lang=da&q=borgere")
    expect(page.get_by_role("heading", level=1)).to_have_text("Søg")
    page.get_by_role("link", name="Borgere som partnere", exact=True).click()
    expect_query(page, "concept=collab_citizens&view=compare&lang=da")


def test_where_nothing_fits_themes_are_suggested(page: Page) -> None:
    open_view(page, SMALL)
    options = search_for(page, "xyzzy")
    expect(page.locator(".search-panel")).to_contain_text(
        "Nothing found for “xyzzy”. Try one of these:"
    )
    expect(page.get_by_role("search").get_by_role("status")).to_have_text(
        "Nothing found for “xyzzy”."
    )
    expect(options).to_have_count(4)
    expect(options.last).to_have_text("All indicators")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect_query(page, "theme=drivers")


def test_a_search_that_fails_can_be_tried_again(browser: Browser, server: str) -> None:
    """Not with the page that allows no word on the console: the browser itself tells of the failure there."""
    context = browser.new_context(base_url=server, locale="en-GB")
    page = context.new_page()
    failing = [True]

    def answer(route: Route) -> None:
        route.abort() if failing[0] else route.continue_()

    page.route("**/search.json*", answer)
    open_view(page, SMALL)
    page.keyboard.press("Control+k")
    page.keyboard.type("citizens")
    again = page.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    expect(page.get_by_role("search").get_by_role("alert")).to_contain_text(
        "The search could not be reached."
    )
    failing[0] = False
    again.click()
    expect(found(page).first).to_contain_text("Citizens")
    expect(combobox(page)).to_be_focused()
    context.close()


def test_only_the_last_of_several_quick_words_is_answered(page: Page) -> None:
    open_view(page, SMALL)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    options = search_for(page, "companies")
    expect(options.first).to_contain_text("Companies and innovation")
    assert sum("search.json" in url for url in asked) < len("companies")
    assert asked[-1].endswith("q=companies")


@pytest.mark.parametrize("viewport", [PHONE], indirect=True)
def test_on_a_narrow_screen_a_button_opens_the_search_over_the_bar(page: Page) -> None:
    open_view(page, SMALL)
    expect(page.locator("#react-entry-point .search-form")).to_be_hidden()
    opener = page.locator("#react-entry-point .search-open")
    opener.click()
    expect(combobox(page)).to_be_focused()
    page.keyboard.type("barriers")
    expect(found(page).first).to_be_visible()
    box = page.locator(".search-panel").bounding_box()
    assert box
    assert (box["x"], box["width"]) == (0, PHONE["width"])
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(combobox(page)).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    page.keyboard.type("barriers")
    found(page).first.click()
    expect_query(page, "theme=barriers")
    expect(page.locator("#react-entry-point .search-form")).to_be_hidden()


def test_the_search_among_indicators_finds_words_and_says_when_none_fits(page: Page) -> None:
    open_view(page, SMALL)
    reveal(page, "Indicators")
    field = page.locator("#concept-search")
    field.fill("zzzz")
    expect(page.get_by_text("No indicator fits.")).to_be_visible()
    field.fill("AI")
    expect(page.locator("#concept label").first).to_contain_text("Uses artificial intelligence")
    expect(page.get_by_text("No indicator fits.")).to_be_hidden()


def test_without_scripts_the_search_is_a_form(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False, locale="sv-SE")
    page = context.new_page()
    page.goto(f"/?{SMALL}")
    page.locator("#prerendered .search input[name=q]").fill("medborgare")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sök")
    page.get_by_role("link", name="Medborgare som partner", exact=True).click()
    assert address(page) == "concept=collab_citizens&view=compare"
    context.close()
