"""The head of the page in a real browser: after each change it says what the first response of that address says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browsing import address, chart, choice, eventually, expect_query, open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
DANES = "dk-2023:all:collab_companies"
HEADS = """async () => {
    const told = (page) => [page.title, page.documentElement.lang, ...Array.from(
        page.head.querySelectorAll("meta[name], meta[property], link[hreflang], link[rel=canonical], script[type*=ld]"),
        (tag) => tag.outerHTML).sort()];
    const answer = await fetch(window.location.href);
    const served = new DOMParser().parseFromString(await answer.text(), "text/html");
    return [told(document), told(served)];
}"""


def expect_served(page: Page, query: str) -> None:
    """At this address, the whole head is that of the server's answer there."""
    expect_query(page, query)
    heads: list[list[str]] = []

    def alike() -> bool:
        heads[:] = page.evaluate(HEADS)
        return heads[0] == heads[1]

    eventually(page, alike, expected=True, seconds=8)
    assert sum("hreflang" in tag for tag in heads[0]) == 6


@pytest.mark.parametrize(
    ("language", "countries", "norway"), [("en", "Countries", "Norway"), ("da", "Lande", "Norge")]
)
def test_the_head_follows_each_change_back_and_forward(
    page: Page, language: str, countries: str, norway: str
) -> None:
    start, tail = "theme=effects&country=DK&utm_source=mail", f"lang={language}"
    open_view(page, f"{start}&{tail}")
    expect_served(page, f"{start}&{tail}")
    choice(page, countries, norway).click()
    both = f"theme=effects&country=DK~NO&{tail}"
    expect_served(page, both)
    page.keyboard.press("Escape")
    chart(page, "effects").locator(".barlayer .point").first.click(force=True)
    expect(page.get_by_role("dialog")).to_be_visible()
    card = address(page)
    expect_served(page, card)
    page.keyboard.press("Escape")
    expect_served(page, both)
    page.locator(".questions a:not([aria-current])").first.click()
    expect_served(page, address(page))
    question = address(page)
    page.go_back()
    expect_served(page, both)
    page.go_back()
    expect_served(page, f"{start}&{tail}")
    page.go_forward()
    expect_served(page, both)
    page.go_forward()
    expect_served(page, question)


def test_the_head_of_a_comparison_is_that_of_its_address(page: Page) -> None:
    open_view(page, f"theme=collaboration&country=DK~IS&figure={DANES}")
    card = page.get_by_role("dialog")
    card.get_by_text("Comparable with what?").click()
    card.locator("[data-beside]").first.click()
    expect(card.locator(".compare-result h4")).to_be_visible()
    expect_served(page, address(page))
