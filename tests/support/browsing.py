"""What a reader does and sees in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.support.views import FIRST_VISIT

if TYPE_CHECKING:
    from playwright.sync_api import Download, Frame, Locator, Page

THEMES = ("drivers", "collaboration", "effects")
SMALL = "theme=effects"
"""A view with few figures: tests that can do with it run in half the time."""


def open_view(page: Page, query: str = FIRST_VISIT) -> None:
    """Open an address and wait until its figures, or the sentence that there are none, are there."""
    page.goto(f"/?{query}" if query else "/")
    expect_app(page)


def expect_app(page: Page) -> None:
    """Wait until the app has taken a loaded page over and its figures, or the sentence that there are none, are there."""
    # Until the app takes over, everything stands on the page a second time.
    expect(page.locator("#prerendered")).to_have_count(0, timeout=20_000)
    expect(page.locator("#content section").first).to_be_visible(timeout=20_000)
    stir(page)


def stir(page: Page | Frame) -> None:
    """Let the reader stir, and wait until the charts out of sight, which wait for it, are drawn too."""
    page.evaluate("window.dispatchEvent(new PointerEvent('pointermove'))")
    expect(page.locator("#content .dash-graph--pending")).to_have_count(0, timeout=20_000)


def popover(page: Page, legend: str) -> Locator:
    """What holds the filter with a legend and opens from a button."""
    heading = page.locator("legend", has_text=re.compile(rf"^{re.escape(legend)}$"))
    return page.locator("#filters > .filter").filter(has=heading)


def reveal(page: Page, legend: str) -> None:
    """Open what holds the filter with a legend, where it is not open or needs no opening."""
    if not popover(page, legend).locator("legend, input").last.is_visible():
        popover(page, legend).locator("summary, > button").click()


def group(page: Page, legend: str) -> Locator:
    """The filter with a legend, in sight."""
    reveal(page, legend)
    return page.get_by_role("group", name=legend, exact=True)


def choice(page: Page, legend: str, name: str) -> Locator:
    """A checkbox or radio button in sight, whatever number stands behind its name."""
    label = re.compile(rf"^{re.escape(name)}( [\d,]+( figures?)?| none)?$")
    container = group(page, legend)
    return container.get_by_role("checkbox", name=label).or_(
        container.get_by_role("radio", name=label)
    )


def chart(page: Page, theme: str) -> Locator:
    return page.locator(f"section#{theme} .js-plotly-plot")


def chart_size(page: Page, theme: str) -> tuple[float, float]:
    """Width and height of a chart; zeros while it is being drawn anew."""
    box = chart(page, theme).locator(".main-svg").first.bounding_box()
    return (box["width"], box["height"]) if box else (0, 0)


def address(page: Page) -> str:
    return urlsplit(page.url).query


def eventually(
    page: Page, look: Callable[[], object], expected: object, seconds: float = 15
) -> None:
    """Look until what is seen is what is expected; the site's policy forbids Playwright to look from within the page."""
    seen = look()
    for _ in range(int(seconds / 0.05)):
        if seen == expected:
            return
        page.wait_for_timeout(50)
        seen = look()
    assert seen == expected


def expect_query(page: Page, query: str) -> None:
    eventually(page, lambda: address(page), query)


def drawn(page: Page) -> dict[str, list[str]]:
    """Theme -> headings of its panels: every text in bold, in the order of drawing."""
    return page.evaluate(
        """() => Object.fromEntries(Array.from(document.querySelectorAll("section.theme"), (section) => [
            section.id,
            Array.from(section.querySelectorAll(".textpoint text, .annotation-text"))
                .filter((text) => text.querySelector("tspan[style*='bold']") || text.style.fontWeight === "bold")
                .map((text) => text.textContent),
        ]))"""
    )


def menu_item(page: Page, menu: str, name: str, theme: str = "") -> Locator:
    """An entry of a menu under the chart of a theme, else of the first; the menu is opened for it."""
    section = page.locator(f"section#{theme}" if theme else "section.theme").first
    opener = section.locator("details.offer > summary", has_text=menu)
    if not opener.evaluate("(summary) => summary.parentNode.open"):
        opener.click()
    return section.locator(".offer[open] li > *", has_text=name)


def saved(page: Page, click: Callable[[], None]) -> tuple[Download, Path]:
    with page.expect_download() as waiting:
        click()
    return waiting.value, Path(waiting.value.path())
