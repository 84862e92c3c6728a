"""A view in a frame elsewhere: title, unit, chart, one line of caution, sources and one link; nothing scrolls inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "viewport",
    [{"width": width, "height": 300} for width in (360, 600, 800)],
    indirect=True,
    ids=lambda size: str(size["width"]),
)
def test_a_framed_view_stands_alone(page: Page, viewport: dict[str, int]) -> None:
    page.goto("/embed?concept=innovative_workplaces&view=compare")
    expect(page.locator("#prerendered")).to_have_count(0)
    expect(page.locator("#content .main-svg").first).to_be_visible()
    for seen in ("h1", ".unit", ".strip", ".sources"):
        expect(page.locator(f"#content {seen}")).to_be_visible()
    links = [each for each in page.locator("a, button, summary").all() if each.is_visible()]
    assert [each.inner_text() for each in links] == [
        "Explore this on Innovation barometers side by side"
    ]
    expect(page.locator("#content .further:visible")).to_have_count(0)
    size = page.evaluate(
        "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
    )
    assert size[1] == viewport["width"]
    page.set_viewport_size({"width": viewport["width"], "height": size[0]})
    page.wait_for_timeout(500)
    after = page.evaluate(
        "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
    )
    assert after == [size[0], viewport["width"]], "a frame as tall as the view does not scroll"
