"""Themes after the first, and those below the home, are folded on a telephone and a tablet under what they find; elsewhere, and on paper,
all of them stand open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browsing import THEMES, expect_app, open_view
from tests.support.views import FIRST_VISIT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
TABLET = {"width": 768, "height": 1024}
LONGEST = 4000
"""Pixels of the home on a telephone, at most."""
LONGEST_OF_THREE = 6000
"""The same of three themes, the first of which stands open."""


@pytest.mark.parametrize("viewport", [PHONE], indirect=True)
def test_the_home_of_a_telephone_says_what_each_theme_finds_and_opens_one_at_a_touch(
    page: Page,
) -> None:
    open_view(page, "")
    assert page.evaluate("document.documentElement.scrollHeight") <= LONGEST
    folds = page.locator("#content .later")
    expect(folds).to_have_count(len(THEMES))
    for at, theme in enumerate(THEMES):
        expect(folds.nth(at).locator(".found")).to_contain_text("%")
        expect(page.locator(f"#{theme} .chart")).not_to_be_visible()
    folds.nth(1).locator("> summary").click()
    expect(page.locator("#collaboration .chart .main-svg").first).to_be_visible()
    expect(folds.nth(1).locator(".found")).to_be_visible()
    expect(page.locator("#drivers .chart")).not_to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, TABLET], indirect=True)
def test_the_first_of_several_themes_is_open_and_a_link_to_another_opens_that(page: Page) -> None:
    open_view(page, FIRST_VISIT)
    assert page.evaluate("document.documentElement.scrollHeight") <= LONGEST_OF_THREE
    expect(page.locator("#drivers .chart .main-svg").first).to_be_visible()
    for theme in ("collaboration", "effects"):
        expect(page.locator(f"#{theme} .found")).to_contain_text("%")
        expect(page.locator(f"#{theme} .chart")).not_to_be_visible()
    page.locator("#content h1").get_by_role("link", name="Effects").click()
    expect(page.locator("#effects .chart .main-svg").first).to_be_visible()
    expect(page.locator("#collaboration .chart")).not_to_be_visible()
    page.goto("about:blank")
    page.goto(f"/?{FIRST_VISIT}#collaboration")
    expect_app(page)
    expect(page.locator("#content #collaboration .chart .main-svg").first).to_be_visible()
    expect(page.locator("#content #effects .chart")).not_to_be_visible()
    expect(page.locator("#content #collaboration h2").first).to_be_in_viewport()


@pytest.mark.parametrize("viewport", [DESK], indirect=True)
@pytest.mark.parametrize("view", ["", FIRST_VISIT])
def test_a_desk_and_paper_show_every_theme(page: Page, view: str) -> None:
    open_view(page, view)
    for theme in THEMES:
        expect(page.locator(f"#{theme} .chart")).to_be_visible()
        expect(page.locator(f"#{theme} h2 .found")).to_be_visible()
    page.set_viewport_size(PHONE)
    page.emulate_media(media="print")
    for theme in THEMES:
        expect(page.locator(f"#content #{theme} .chart")).to_be_visible()


def test_a_theme_unfolded_before_the_app_stands_stays_so(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, viewport=PHONE)
    page = context.new_page()
    held, is_held = [], True

    def asked(route: Route) -> None:
        if is_held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/_dash-update-component*", asked)
    page.goto("/")
    page.locator("#prerendered #effects summary").first.click()
    expect(page.locator("#prerendered #effects .chart .drawn:visible")).to_have_count(1)
    is_held = False
    for route in held:
        route.continue_()
    expect_app(page)
    expect(page.locator("#content #effects > .later")).to_have_attribute("open", "")
    expect(page.locator("#content #drivers > .later")).not_to_have_attribute("open", "")
    context.close()


@pytest.mark.parametrize("viewport", [PHONE], indirect=True)
def test_the_title_of_several_themes_leads_to_each(page: Page) -> None:
    open_view(page, FIRST_VISIT)
    for name in ("Drivers", "Collaboration", "Effects"):
        page.locator("#content h1").get_by_role("link", name=name).click()
        heading = page.locator("#content h2", has_text=name).first
        expect(heading).to_be_in_viewport()
    expect(page.locator("#content .chart .main-svg").first).to_be_attached()


@pytest.mark.parametrize("viewport", [PHONE], indirect=True)
def test_a_telephone_leads_to_the_pages_from_its_menu_and_from_its_foot(page: Page) -> None:
    open_view(page, FIRST_VISIT)
    foot = page.locator("footer nav")
    for name in ("Countries", "Sources", "Method"):
        expect(foot.get_by_role("link", name=name)).to_be_visible()
    menu = page.locator("header .menu")
    expect(menu.locator("summary")).to_have_text("Menu", use_inner_text=True)
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="Sources")).to_be_visible()
