"""Between the first response and the app nothing that a reader does is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser


@pytest.fixture
def slow(browser: Browser, server: str) -> Page:
    """A page; its console may say that a script was loaded long before it was needed."""
    return browser.new_context(base_url=server).new_page()


@pytest.mark.parametrize(
    ("view", "name", "value", "meant"),
    [
        ("theme=drivers&country=DK~SE", "country", "NO", "DK~NO~SE"),
        (
            "theme=effects&country=DK",
            "sector",
            "state",
            "all~municipal~regional~municipal_regional",
        ),
        ("theme=effects&country=DK", "theme", "collaboration", "collaboration~effects"),
    ],
)
def test_a_choice_made_before_the_app_stands_is_kept(
    slow: Page, view: str, name: str, value: str, meant: str
) -> None:
    held: list[Route] = []
    slow.route("**/_dash-layout*", lambda route: held.append(route))
    slow.goto(f"/?{view}&lang=en")
    box = f"input[name={name}][value={value}]"
    slow.locator(f"#prerendered details:has({box}) > summary").click()
    slow.locator(f"#prerendered {box}").click()
    while not held:
        slow.wait_for_timeout(50)
    for route in held:
        route.continue_()
    slow.wait_for_selector("body:not(.prerendered) #content .main-svg")
    slow.wait_for_function("meant => location.search.includes(meant)", arg=f"{name}={meant}")
    assert parse_qs(slow.evaluate("location.search.slice(1)"))["lang"] == ["en"]
    chosen = slow.locator(f"#{name} input[value={value}]")
    expect(chosen).to_be_checked(checked=value in meant.split("~"))
