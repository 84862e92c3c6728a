"""Letters that a reader's browser writes larger, or further apart (WCAG 1.4.4 and 1.4.12): charts follow, nothing is cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browsing import eventually, open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
LARGE = "html { font-size: 200% !important; }"
SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
LEAST = """() => Math.min(...[...document.querySelectorAll(".textpoint text")].map((text) =>
    parseFloat(getComputedStyle(text).fontSize)), 100)"""
CUT = """() => [...document.querySelectorAll("body *")].filter((part) => {
    const style = getComputedStyle(part);
    if (!part.checkVisibility({ visibilityProperty: true }) || part.closest("svg") || style.clipPath !== "none") return false;
    return ["hidden", "clip"].includes(style.overflowX) && part.clientWidth > 1 && part.scrollWidth > part.clientWidth + 1
        || ["hidden", "clip"].includes(style.overflowY) && part.clientHeight > 1 && part.scrollHeight > part.clientHeight + 1;
}).map((part) => part.tagName + "." + part.className + ": " + part.textContent)"""
BEYOND = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
CROWDED = """() => [...document.querySelectorAll(".js-plotly-plot")].flatMap((chart) => {
    const frame = chart.getBoundingClientRect();
    const texts = [...chart.querySelectorAll(".textpoint text")].filter((text) => text.textContent.trim())
        .map((text) => [text.textContent, text.getBoundingClientRect()]);
    const beyond = texts.filter(([, box]) => box.left < frame.left - 2 || box.right > frame.right + 2);
    const over = texts.filter(([, one], at) => texts.slice(at + 1).some(([, two]) =>
        Math.min(one.right, two.right) - Math.max(one.left, two.left) > 2
        && Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top) > 4));
    return [...beyond, ...over].map(([text]) => text);
})"""
WINDOWS = pytest.mark.parametrize(
    "viewport",
    [{"width": 1280, "height": 900}, {"width": 390, "height": 844}],
    indirect=True,
    ids=["1280", "390"],
)


def written(page: Page, rule: str) -> None:
    """The page as a reader sees it who has this rule in a style sheet of theirs."""
    page.evaluate("(rule) => document.styleSheets[0].insertRule(rule)", rule)
    page.evaluate("() => window.dispatchEvent(new Event('resize'))")


def expect_whole(page: Page) -> None:
    eventually(page, lambda: page.evaluate(BEYOND), 0)
    eventually(page, lambda: page.evaluate(CUT), [])
    eventually(page, lambda: page.evaluate(CROWDED), [])


def look_around(page: Page) -> None:
    """The page, what opens from it, a table and a card: nothing is cut off."""
    expect_whole(page)
    for opener in (".popover-country > summary", ".menu > summary", ".offer > summary"):
        page.locator(opener).first.click()
        expect_whole(page)
        page.keyboard.press("Escape")
    page.locator(".table-of > summary").first.click()
    page.locator(".figure-button").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect_whole(page)


@WINDOWS
def test_nothing_is_cut_off_where_letters_stand_further_apart(page: Page) -> None:
    open_view(page, "theme=drivers&country=DK~SE")
    written(page, SPACED)
    look_around(page)


@WINDOWS
def test_charts_grow_with_the_letters_of_the_browser(page: Page) -> None:
    open_view(page, "theme=drivers&country=DK~SE")
    usual = page.evaluate(LEAST)
    written(page, LARGE)
    eventually(page, lambda: 2 * usual <= page.evaluate(LEAST) < 100, expected=True)
    look_around(page)
