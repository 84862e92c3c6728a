"""A page that waits for an answer looks like it, and no longer than it waits."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browsing import SMALL, chart, choice, open_view
from tests.support.server import UPDATE

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

LATE = 1.5
"""Seconds by which answers are late."""
DIM = re.compile(r"\bwaiting\b")


def _late(route: Route) -> None:
    answer = route.fetch()
    time.sleep(LATE)
    route.fulfill(response=answer)


def test_charts_are_dimmed_while_an_answer_is_awaited(page: Page) -> None:
    open_view(page, SMALL)
    content, theme = page.locator("#content"), page.locator("section#effects")
    expect(content).not_to_have_attribute("aria-busy", "true")
    box = theme.bounding_box()
    page.route(f"**{UPDATE}*", _late)
    choice(page, "Countries", "Norway").click()
    expect(content).to_have_attribute("aria-busy", "true", timeout=300)
    expect(content).to_have_class(DIM, timeout=400)
    expect(theme).to_have_css("opacity", "0.45", timeout=500)
    assert theme.bounding_box() == box, "nothing moves"
    expect(content).not_to_have_class(DIM)
    expect(content).not_to_have_attribute("aria-busy", "true")
    expect(chart(page, "effects")).not_to_contain_text("Norway, workplaces")
    page.go_back()
    expect(content).to_have_class(DIM, timeout=1000)
    expect(content).not_to_have_class(DIM)
    expect(chart(page, "effects")).to_contain_text("Norway, workplaces")
    page.unroute(f"**{UPDATE}*")


def test_a_search_for_indicators_dims_nothing(page: Page) -> None:
    open_view(page, SMALL)
    page.locator("#more-filter > summary").click()
    page.route(f"**{UPDATE}*", _late)
    with page.expect_request(f"**{UPDATE}*"):
        page.locator("#more-filter input[type=text], #more-filter input[type=search]").first.fill(
            "q"
        )
    expect(page.locator("#content")).not_to_have_attribute("aria-busy", "true")
    page.wait_for_timeout(300)
    expect(page.locator("#content")).not_to_have_class(DIM)
    page.unroute_all(behavior="wait")
