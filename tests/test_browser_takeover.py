"""Between the first response and the app nothing that a reader does is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import expect

from tests.support.browsing import address, eventually, expect_app, stir

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

VIEW = "theme=effects&country=DK&lang=en"


class Held:
    """A page whose app does not stand before it is let go."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.routes: list[Route] = []
        self.is_held = True
        page.route("**/_dash-update-component*", self._asked)

    def _asked(self, route: Route) -> None:
        if self.is_held:
            self.routes.append(route)
        else:
            route.continue_()

    def choose(self, name: str, value: str) -> None:
        box = f"input[name={name}][value={value}]"
        folded = self.page.locator(f"#prerendered details:not([open]):has({box}) > summary")
        if folded.count():
            folded.click()
        self.page.locator(f"#prerendered {box}").click()

    def let_go(self) -> None:
        eventually(self.page, lambda: len(self.routes) > 0, expected=True)
        self.is_held = False
        self.routes[-1].continue_()
        expect_app(self.page)

    def expect_asked(self, **expected: str) -> None:
        eventually(self.page, lambda: dict(parse_qsl(address(self.page))), expected)

    def expect_chosen(self, name: str, values: str) -> None:
        boxes = self.page.locator(f"#{name} input")
        eventually(
            self.page,
            lambda: boxes.evaluate_all(
                "(all) => all.filter((box) => box.checked).map((box) => box.value).join('~')"
            ),
            values,
        )


@pytest.fixture
def held(browser: Browser, server: str) -> Held:
    """A page; its console may say that a script was loaded long before it was needed."""
    return Held(browser.new_context(base_url=server).new_page())


def test_choices_made_before_the_app_stands_are_kept(held: Held) -> None:
    held.page.goto(f"/?{VIEW}")
    held.choose("view", "dots")
    held.choose("country", "NO")
    held.choose("country", "SE")
    held.choose("country", "SE")
    held.choose("sector", "state")
    held.choose("theme", "collaboration")
    held.let_go()
    held.expect_asked(
        theme="collaboration~effects",
        country="DK~NO",
        sector="all~municipal~regional~municipal_regional",
        view="dots",
        lang="en",
    )
    held.expect_chosen("theme", "collaboration~effects")
    held.expect_chosen("country", "DK~NO")
    held.expect_chosen("sector", "all~municipal~regional~municipal_regional")
    held.expect_chosen("chart", "dots")


def test_links_to_the_same_view_and_back_keep_what_was_chosen_before(held: Held) -> None:
    page = held.page
    page.goto("/method?lang=en")
    page.goto(f"/?{VIEW}")
    questions = page.locator("#prerendered .questions a").first
    before = questions.get_attribute("href")
    held.choose("country", "NO")
    assert questions.get_attribute("href") == before, "a question is another view"
    # What a link changes itself is not chosen again.
    countries = page.locator("#prerendered .popover-country a.choose")
    expect(countries.last).to_have_js_property("search", "?theme=effects&country=none&lang=en")
    page.go_back()
    page.wait_for_url("/method?lang=en")
    page.go_forward()
    page.wait_for_url(f"/?{VIEW}")
    dansk = page.locator("#prerendered .menu a[hreflang=da]")
    expect(dansk).to_have_js_property("search", "?theme=effects&country=DK~NO&lang=da")
    page.locator("#prerendered .menu > summary").click()
    dansk.click()
    page.wait_for_url("**lang=da")
    held.let_go()
    held.expect_asked(theme="effects", country="DK~NO", lang="da")
    held.expect_chosen("country", "DK~NO")


_CHARTS = """
    window.seen = [];
    new MutationObserver(() => {
      const charts = Array.from(document.querySelectorAll("body:not(.prerendered) .chart"));
      const stands = (chart) => (chart.querySelector(".standing svg") ? "standing" : "blank");
      const shows = charts.map((chart) => (chart.querySelector(".main-svg") ? "drawn" : stands(chart)));
      if (shows.length) {
        window.seen.push(shows.join(" "));
      }
    }).observe(document, { childList: true, subtree: true });
"""


def test_a_chart_below_stands_as_it_was_until_its_turn(browser: Browser, server: str) -> None:
    page = browser.new_context(base_url=server, locale="en-GB").new_page()
    page.add_init_script(_CHARTS)
    page.goto("/")
    page.wait_for_selector("body:not(.prerendered) .main-svg")
    # Long enough for an idle moment: nobody looks at those below, so nothing is drawn for them.
    page.wait_for_timeout(2000)
    seen: list[str] = page.evaluate("seen")
    assert seen[0].split()[0] == "drawn"
    assert seen[0].split().count("standing") == seen[0].count(" ") > 0
    assert seen[-1] == seen[0]
    stir(page)
    seen = page.evaluate("seen")
    assert set(seen[-1].split()) == {"drawn"}
    assert not any("blank" in each for each in seen)


def test_a_chart_is_drawn_when_it_comes_near(page: Page) -> None:
    """And not only in an idle moment, of which this page has none."""
    page.add_init_script("window.requestIdleCallback = () => 0;")
    page.goto("/")
    page.wait_for_selector("body:not(.prerendered) .main-svg")
    last = page.locator("#content section.theme").last
    expect(last.locator(".standing")).to_have_count(1)
    last.scroll_into_view_if_needed()
    expect(last.locator(".main-svg").first).to_be_visible()
    expect(last.locator(".standing")).to_have_count(0)
