"""What a newcomer sees before anything is scrolled: few words, then a chart with figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.selection import LANGUAGES
from tests.support.browsing import stir
from tests.support.views import FIRST_VISIT, QUESTIONS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SCREENS = ((1280, 800), (390, 844))
LOWEST = 300
"""Pixels from the top of the window at which the first chart begins at most."""
LOWEST_TURNED = 200
"""The same of a phone on its side."""
WORDS = 120
"""Words that stand before it at most."""
MARKS = 5

_FIRST_SCREEN = """() => {
  const chart = document.querySelector("#content .chart");
  const before = document.createTreeWalker(document.querySelector("#react-entry-point"), NodeFilter.SHOW_TEXT);
  let words = 0;
  while (before.nextNode() && !chart.contains(before.currentNode)) {
    const element = before.currentNode.parentElement;
    if (element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && element.getClientRects().length) {
      const box = element.getBoundingClientRect();
      words += box.width > 1 && box.height > 1 ? before.currentNode.data.split(/\\s+/).filter(Boolean).length : 0;
    }
  }
  const marks = Array.from(chart.querySelectorAll(".point, .points path"), (mark) => mark.getBoundingClientRect());
  return {
    top: chart.getBoundingClientRect().top,
    words,
    marks: marks.filter((box) => box.bottom < window.innerHeight).length,
    wide: document.documentElement.scrollWidth
  };
}"""


def _first_screen(page: Page, address: str) -> dict[str, float]:
    page.goto(address)
    page.wait_for_selector("body:not(.prerendered) #content .main-svg")
    found: dict[str, float] = page.evaluate(_FIRST_SCREEN)
    return found


@pytest.mark.parametrize("screen", SCREENS, ids=["desk", "phone"])
def test_the_home_shows_figures_before_anything_is_scrolled(
    browser: Browser, server: str, screen: tuple[int, int]
) -> None:
    wide, high = screen
    context = browser.new_context(base_url=server, viewport={"width": wide, "height": high})
    page = context.new_page()
    for language in LANGUAGES:
        found = _first_screen(page, f"/?lang={language}")
        assert found["marks"] >= MARKS, language
        assert found["words"] <= WORDS, language
        assert found["top"] <= LOWEST, language
        assert found["wide"] == wide
    if wide < high:
        page.set_viewport_size({"width": high, "height": wide})
        turned: dict[str, float] = page.evaluate(_FIRST_SCREEN)
        assert turned["top"] <= LOWEST_TURNED
    context.close()


@pytest.mark.parametrize("screen", SCREENS, ids=["desk", "phone"])
def test_the_chart_of_every_question_and_of_several_themes_begins_near_the_top(
    browser: Browser, server: str, screen: tuple[int, int]
) -> None:
    wide, high = screen
    context = browser.new_context(
        base_url=server, viewport={"width": wide, "height": high}, locale="en-GB"
    )
    page = context.new_page()
    for query in (*QUESTIONS.values(), *(f"{FIRST_VISIT}&lang={each}" for each in LANGUAGES)):
        found = _first_screen(page, f"/?{query}")
        assert found["top"] <= LOWEST, query
        assert found["words"] <= WORDS, query
    context.close()


WIDTHS = (360, 390, 600, 768, 1024, 1280, 1600, 1920)
VIEWS = ("", "theme=effects&view=table")
FURTHER = (FIRST_VISIT, "theme=drivers", "concept=innovative_workplaces&country=DK&view=change")
STEP = 8
"""Pixels by which the page may grow or shrink when the app takes over."""


def test_the_page_keeps_its_height_when_the_app_takes_over(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, locale="en-GB")
    still, running = context.new_page(), context.new_page()
    # The first response, as long as no script has come.
    still.route(
        "**/*",
        lambda route: (
            route.abort() if route.request.resource_type == "script" else route.continue_()
        ),
    )
    apart = {}
    for query, widths in [
        *((query, WIDTHS) for query in VIEWS),
        *((query, (390, 1280)) for query in FURTHER),
    ]:
        address = f"/?{query}" if query else "/"
        # The style sheet alone lays it out for each width.
        still.goto(address)
        for wide in widths:
            for page in (still, running):
                page.set_viewport_size({"width": wide, "height": 900})
            running.goto(address)
            running.wait_for_selector("body:not(.prerendered) #content :is(.main-svg, .figures)")
            stir(running)
            before, after = (page.evaluate(_HEIGHT) for page in (still, running))
            if abs(before - after) > STEP:
                apart[wide, query] = (before, after)
    context.close()
    assert apart == {}


_HEIGHT = "document.documentElement.scrollHeight"
