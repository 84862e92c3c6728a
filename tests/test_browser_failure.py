"""What cannot be fetched is said, and can be asked for again; the page agrees with itself all the while."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browsing import (
    choice,
    eventually,
    expect_app,
    expect_query,
    menu_item,
    open_view,
)
from tests.support.server import UPDATE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Route

pytestmark = pytest.mark.browser

VIEW = "theme=drivers&country=DK~SE"
UPDATES = f"**{UPDATE}*"
FAILED = "This could not be fetched; the page shows what it did before."
TOLD_BY_BROWSER = re.compile(r"^(Failed to load resource: |Event$)")
"""An event is what Dash writes of a script that did not come."""


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A page on whose console only the browser speaks, of requests that failed."""
    context = browser.new_context(
        base_url=server, locale="en-GB", viewport={"width": 1280, "height": 900}
    )
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    yield opened
    context.close()
    assert [each for each in complaints if not TOLD_BY_BROWSER.match(each)] == []


@dataclass(frozen=True)
class Shown:
    """What the page says of its view in each place that says it."""

    ticked: str
    figures: int
    status: str
    query: str
    copied: str

    @classmethod
    def of(cls, page: Page) -> Shown:
        return cls(
            **page.evaluate(
                """() => ({
                    ticked: Array.from(document.querySelectorAll("#country input:checked"), (box) => box.value).join("~"),
                    figures: document.querySelectorAll("#content .point").length,
                    status: document.getElementById("status").textContent,
                    query: location.search.slice(1),
                    copied: document.querySelector(".copy-link").dataset.address.replace(/^[/][?]/, ""),
                })"""
            )
        )


def drivers(countries: str, figures: int) -> Shown:
    query = f"theme=drivers&country={countries}"
    number = len(countries.split("~"))
    return Shown(
        countries, figures, f"Drivers: {number} countries, {figures} figures", query, query
    )


TWO = drivers("DK~SE", 37)
THREE = drivers("DK~NO~SE", 46)


def expect_shown(page: Page, shown: Shown) -> None:
    eventually(page, lambda: Shown.of(page), shown)
    expect(page.locator("#content")).not_to_have_attribute("aria-busy", "true")


def alert(page: Page) -> Locator:
    return page.locator("#failure").get_by_role("alert")


def try_again(page: Page) -> None:
    page.get_by_role("button", name="Try again").click()


def fulfilled(**answer: object) -> Callable[[Route], None]:
    return lambda route: route.fulfill(**answer)  # type: ignore[arg-type]


HTML = "<!doctype html><title>Sign in</title>"
INSTEAD = {
    "no line": lambda route: route.abort("connectionreset"),
    "a fault": fulfilled(status=500, body="fault"),
    "a proxy's page": fulfilled(status=502, body=HTML, content_type="text/html"),
    "too many": fulfilled(status=429, headers={"Retry-After": "5"}),
    "too large": fulfilled(status=413),
    "a portal's page": fulfilled(status=200, body=HTML, content_type="text/html"),
    "a redirect": fulfilled(status=302, headers={"Location": "/sources"}),
    "nothing": fulfilled(status=204),
    "a blank": fulfilled(status=200, body="", content_type="application/json"),
    "cut off": fulfilled(status=200, body='{"multi":true,"respon', content_type="application/json"),
    "another's JSON": fulfilled(status=200, json={"error": "busy"}),
}


def test_whatever_comes_instead_of_an_answer_the_page_agrees_with_itself(page: Page) -> None:
    open_view(page, VIEW)
    norway = choice(page, "Countries", "Norway")
    for name, instead in INSTEAD.items():
        page.route(UPDATES, instead)
        norway.click()
        expect(alert(page), name).to_contain_text(FAILED)
        expect_shown(page, TWO)
        page.unroute(UPDATES)
    try_again(page)
    expect_shown(page, THREE)
    expect(alert(page)).to_have_count(0)


def test_back_online_the_page_asks_by_itself(page: Page) -> None:
    open_view(page, VIEW)
    page.context.set_offline(True)
    page.locator(".table-of > summary").click()
    expect(page.locator(".table-place").get_by_role("alert")).to_contain_text(
        "The table could not be fetched."
    )
    choice(page, "Countries", "Norway").click()
    expect(alert(page)).to_contain_text(FAILED)
    expect_shown(page, TWO)
    page.context.set_offline(False)
    expect_shown(page, THREE)
    expect(alert(page)).to_have_count(0)
    expect(page.locator(".table-place table")).to_be_visible()


def test_the_latest_of_quick_clicks_counts(page: Page) -> None:
    open_view(page, VIEW)
    norway, finland = (choice(page, "Countries", name) for name in ("Norway", "Finland"))
    held: list[Route] = []
    page.route(UPDATES, lambda route: route.continue_() if held else held.append(route))
    norway.click()
    eventually(page, lambda: len(held), 1)
    finland.click()
    expect_shown(page, drivers("DK~NO~SE~FI", 50))
    expect(alert(page)).to_have_count(0)


def test_a_choice_while_back_is_awaited_is_made_there(page: Page) -> None:
    open_view(page, VIEW)
    choice(page, "Countries", "Norway").click()
    expect_shown(page, THREE)
    finland = choice(page, "Countries", "Finland")
    held: list[Route] = []
    page.route(UPDATES, lambda route: route.continue_() if held else held.append(route))
    page.go_back()
    eventually(page, lambda: len(held), 1)
    finland.click()
    expect_shown(page, drivers("DK~NO~SE~FI", 50))


def test_clicks_on_two_filters_that_both_fail_are_both_asked_for_again(page: Page) -> None:
    open_view(page, VIEW)
    held: list[Route] = []
    page.route(UPDATES, lambda route: held.append(route))
    choice(page, "Countries", "Norway").click()
    eventually(page, lambda: len(held), 1)
    page.route(UPDATES, INSTEAD["a fault"])
    page.locator("#only input").click()
    expect(alert(page)).to_contain_text(FAILED)
    expect_shown(page, TWO)
    expect(page.locator("#only input")).not_to_be_checked()
    page.unroute_all()
    try_again(page)
    eventually(page, lambda: Shown.of(page).query, "theme=drivers&country=DK~NO~SE&only=comparable")
    expect(page.locator("#only input")).to_be_checked()


def test_back_and_links_that_fail_leave_the_view_and_its_address(page: Page) -> None:
    open_view(page, VIEW)
    choice(page, "Countries", "Norway").click()
    expect_shown(page, THREE)
    page.route(UPDATES, INSTEAD["no line"])
    page.go_back()
    expect(alert(page)).to_contain_text(FAILED)
    expect_shown(page, THREE)
    page.unroute(UPDATES)
    page.go_back()
    expect_shown(page, TWO)
    expect(alert(page)).to_have_count(0)
    page.route(UPDATES, INSTEAD["no line"])
    before = page.evaluate("history.length")
    page.get_by_role("link", name="With whom?").click()
    expect(alert(page)).to_contain_text(FAILED)
    expect_shown(page, TWO)
    page.unroute(UPDATES)
    try_again(page)
    expect(page.locator("section#collaboration")).to_be_visible()
    assert Shown.of(page).query == Shown.of(page).copied == "theme=collaboration&view=compare"
    assert page.evaluate("history.length") == before
    page.go_back()
    expect_shown(page, TWO)


@pytest.mark.parametrize(
    "of_another_build",
    [
        fulfilled(status=404, body="no such callback"),
        fulfilled(status=500, headers={"X-Build": "other"}),
        fulfilled(status=200, headers={"X-Build": "other"}, json={"multi": True, "response": {}}),
    ],
)
def test_a_page_of_an_earlier_release_is_loaded_anew_with_what_was_asked_for(
    page: Page, of_another_build: Callable[[Route], None]
) -> None:
    open_view(page, VIEW)
    page.route(UPDATES, of_another_build)
    choice(page, "Countries", "Norway").click()
    expect(alert(page)).to_contain_text("This page is of an earlier release of the site.")
    expect_shown(page, TWO)
    page.unroute(UPDATES)
    # Until the new page is there, the old one would answer for it.
    with page.expect_navigation():
        page.get_by_role("link", name="Reload the page").click()
    expect_app(page)
    expect_shown(page, THREE)


def test_an_answer_that_never_comes_has_failed_after_a_while(page: Page) -> None:
    page.clock.install()
    open_view(page, VIEW)
    page.route(UPDATES, lambda route: None)
    choice(page, "Countries", "Norway").click()
    expect(page.locator("#content")).to_have_attribute("aria-busy", "true")
    page.clock.fast_forward(21_000)
    expect(alert(page)).to_contain_text(FAILED)
    expect_shown(page, TWO)


def test_a_card_and_what_it_compares_can_be_asked_for_again(page: Page) -> None:
    open_view(page, VIEW)
    page.locator(".table-of > summary").click()
    figure = page.locator(".figure-button").first
    expect(figure).to_be_visible()
    held: list[Route] = []
    page.route(UPDATES, lambda route: held.append(route))
    figure.click()
    expect(page.locator("main[aria-busy=true]")).to_have_count(1, timeout=1000)
    eventually(page, lambda: len(held), 1)
    held[0].abort()
    expect(alert(page)).to_contain_text(FAILED)
    assert Shown.of(page) == TWO
    page.unroute(UPDATES)
    try_again(page)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(alert(page)).to_have_count(0)
    opened = page.url
    page.route("**/fragment/comparison*", INSTEAD["a portal's page"])
    second = dialog.get_by_label("Second figure")
    second.select_option(index=1)
    expect(dialog.get_by_role("alert")).to_contain_text("The comparison could not be fetched.")
    assert (second.input_value(), page.url) == ("", opened)
    page.unroute("**/fragment/comparison*")
    try_again(page)
    expect(dialog.locator(".compare-result")).not_to_be_empty()
    expect(dialog.get_by_role("alert")).to_have_count(0)
    assert page.url == f"{opened}~{second.input_value()}"
    page.route(UPDATES, INSTEAD["a fault"])
    page.set_viewport_size({"width": 1000, "height": 900})
    expect(dialog.get_by_role("alert")).to_contain_text(FAILED)
    dialog.get_by_role("button", name="Close").click()
    expect(alert(page)).to_contain_text(FAILED)
    page.unroute(UPDATES)
    try_again(page)
    expect_shown(page, TWO)
    expect(alert(page)).to_have_count(0)


def test_a_script_that_cannot_be_fetched_is_said(page: Page) -> None:
    page.route("**/*plotly*", INSTEAD["no line"])
    open_view(page, "theme=effects&view=table")
    choice(page, "Chart", "Bars").click()
    expect_query(page, "theme=effects")
    expect(alert(page)).to_contain_text(FAILED)
    page.unroute_all()
    with page.expect_navigation():
        try_again(page)
    expect_app(page)
    expect(page.locator("#content .main-svg").first).to_be_visible(timeout=20_000)


def test_a_picture_and_an_archive_can_be_asked_for_again(page: Page) -> None:
    open_view(page, "theme=effects&country=NO")
    page.route(UPDATES, INSTEAD["a fault"])
    menu_item(page, "Picture", "As on screen (PNG)").click()
    expect(alert(page)).to_contain_text(FAILED)
    page.unroute(UPDATES)
    with page.expect_download():
        try_again(page)
    page.route("**/bundle*", fulfilled(status=200, body='{"name": "figures.csv", "done": 1'))
    page.locator(".tools").get_by_role("link", name="Everything (ZIP)").click()
    dialog = page.locator("#bundle-dialog")
    expect(dialog.get_by_role("alert")).to_contain_text("The archive could not be made.")
    page.unroute("**/bundle*")
    with page.expect_download():
        try_again(page)
    expect(dialog).to_be_hidden()


def test_an_archive_that_the_site_puts_off_is_put_off_in_its_words(page: Page) -> None:
    open_view(page, VIEW)
    said = "Too many files are being made just now; please try again in a moment."
    for status, kind, shown in (
        (503, "text/plain; charset=utf-8", said),
        (503, "text/html", "The archive could not be made."),
        (429, "text/plain; charset=utf-8", said),
    ):
        answer = fulfilled(status=status, content_type=kind, body=f"{said}\n")
        page.route("**/bundle*", answer)
        page.locator(".tools").get_by_role("link", name="Everything (ZIP)").click()
        dialog = page.locator("#bundle-dialog")
        expect(dialog.get_by_role("alert")).to_contain_text(shown)
        page.unroute("**/bundle*")
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()


def test_the_first_response_waits_for_nothing_until_the_app_can_start(page: Page) -> None:
    failing = [True]
    page.route(
        UPDATES, lambda route: route.fulfill(status=503) if failing[0] else route.continue_()
    )
    with page.expect_response(lambda response: response.status == 503):
        page.goto(f"/?{VIEW}")
    page.wait_for_timeout(500)
    assert page.locator("#prerendered [aria-busy=true]").count() == 0
    assert page.get_by_role("alert").filter(has_text=FAILED).count() == 0
    failing[0] = False
    expect(page.locator("#prerendered")).to_have_count(0, timeout=20_000)
    expect_shown(page, TWO)
