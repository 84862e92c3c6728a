"""A page that waits for an answer looks like it, and no longer than it waits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browsing import SMALL, chart, choice, open_view
from tests.support.server import UPDATE

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

DIM = re.compile(r"\bwaiting\b")


def _held(page: Page) -> list[Route]:
    """The answers that are asked for from now on, none of which comes before it is let go."""
    held: list[Route] = []
    page.route(f"**{UPDATE}*", lambda route: held.append(route))
    return held


def _let_go(page: Page, held: list[Route]) -> None:
    for route in held:
        route.continue_()
    page.unroute(f"**{UPDATE}*")


def test_charts_are_dimmed_while_an_answer_is_awaited(page: Page) -> None:
    open_view(page, SMALL)
    content, theme = page.locator("#content"), page.locator("section#effects")
    norway = choice(page, "Countries", "Norway")
    expect(content).not_to_have_attribute("aria-busy", "true")
    box = theme.bounding_box()
    held = _held(page)
    norway.click()
    expect(content).to_have_attribute("aria-busy", "true", timeout=300)
    expect(content).to_have_class(DIM, timeout=400)
    expect(theme).to_have_css("opacity", "0.45", timeout=500)
    page.wait_for_timeout(1500)
    expect(theme).to_have_css("opacity", "0.45")
    assert theme.bounding_box() == box, "nothing moves"
    _let_go(page, held)
    expect(content).not_to_have_class(DIM)
    expect(content).not_to_have_attribute("aria-busy", "true")
    expect(chart(page, "effects")).not_to_contain_text("Norway, workplaces")
    held = _held(page)
    page.go_back()
    expect(content).to_have_class(DIM, timeout=1000)
    _let_go(page, held)
    expect(content).not_to_have_class(DIM)
    expect(chart(page, "effects")).to_contain_text("Norway, workplaces")


def test_a_search_for_indicators_dims_nothing(page: Page) -> None:
    open_view(page, SMALL)
    page.locator("#more-filter > summary").click()
    held = _held(page)
    with page.expect_request(f"**{UPDATE}*"):
        page.locator("#more-filter input[type=text], #more-filter input[type=search]").first.fill(
            "q"
        )
    page.wait_for_timeout(300)
    expect(page.locator("#content")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#content")).not_to_have_class(DIM)
    _let_go(page, held)
