"""The address in a real browser: deep links, back and forward, what cannot be used, ways out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.support.browsing import (
    SMALL,
    THEMES,
    address,
    chart,
    choice,
    drawn,
    eventually,
    expect_query,
    open_view,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

pytestmark = pytest.mark.browser
UPDATE = "/_dash-update-component"
MOST_BYTES_OF_A_CHANGE = 25_000


def checked(page: Page) -> dict[str, list[str]]:
    """Filter -> values that are ticked."""
    return page.evaluate(
        """() => Object.fromEntries(Array.from(document.querySelectorAll("fieldset [id]:has(> .form-check)"), (list) => [
            list.id,
            Array.from(list.querySelectorAll("input:checked"), (input) => input.value),
        ]))"""
    )


def state(page: Page) -> tuple[str, dict, dict]:
    return address(page), checked(page), drawn(page)


@contextmanager
def updates(page: Page) -> Iterator[list[str]]:
    """Collects the requests for changes: the outputs that each asked for."""
    seen: list[str] = []

    def note(request: Request) -> None:
        if urlsplit(request.url).path == UPDATE:
            seen.append(request.post_data_json["output"])

    page.on("request", note)
    yield seen
    page.wait_for_load_state("networkidle")
    page.remove_listener("request", note)


def test_a_deep_link_restores_filters_and_charts(page: Page) -> None:
    open_view(
        page,
        "theme=drivers&country=DK~SE&sector=municipal~state&level=workplace&inferred=hide&view=dots&by=sector",
    )
    expected = {
        "chart": ["dots"],
        "by": ["sector"],
        "country": ["DK", "SE"],
        "sector": ["municipal", "state"],
        "theme": ["drivers"],
        "edition-mode": ["latest"],
        "level": ["workplace"],
        "split": [""],
        "inferred": [],
    }
    assert {name: values for name, values in checked(page).items() if name in expected} == expected
    assert list(drawn(page)) == ["drivers"]
    expect(chart(page, "drivers")).to_contain_text("Municipal")
    expect(chart(page, "drivers")).not_to_contain_text("Norway")
    was = state(page)
    page.reload()
    eventually(page, lambda: state(page), was)


def test_back_and_forward_restore_each_view_exactly(page: Page) -> None:
    open_view(page, SMALL)
    visited = [state(page)]
    for legend, name in (
        ("Countries", "Norway"),
        ("Side by side", "By indicator"),
        ("Chart", "Dots"),
    ):
        choice(page, legend, name).click()
        eventually(page, lambda: address(page) != visited[-1][0], True)
        page.wait_for_load_state("networkidle")
        # A change of the marks leaves the headings alone, a change of the panels does not.
        if legend != "Chart":
            eventually(page, lambda: drawn(page) != visited[-1][2], True)
        visited.append(state(page))
    assert len({seen[0] for seen in visited}) == 4
    for seen in reversed(visited[:-1]):
        page.go_back()
        eventually(page, lambda: state(page), seen)
    for seen in visited[1:]:
        page.go_forward()
        eventually(page, lambda: state(page), seen)


def test_a_change_draws_once_and_never_goes_in_circles(page: Page) -> None:
    open_view(page, SMALL)
    page.wait_for_load_state("networkidle")
    for step in (
        lambda: choice(page, "Countries", "Norway").click(),
        lambda: choice(page, "Chart", "Dots").click(),
        page.go_back,
        page.go_forward,
        lambda: page.get_by_role("link", name="Reset", exact=True).click(),
    ):
        was = address(page)
        with updates(page) as seen:
            step()
            eventually(page, lambda: address(page) != was and len(seen) > 0, True)  # noqa: B023
        assert len([output for output in seen if "content.children" in output]) == 1, seen


def test_a_change_asks_the_server_once(page: Page) -> None:
    open_view(page, SMALL)
    page.wait_for_load_state("networkidle")
    with updates(page) as seen:
        choice(page, "Countries", "Norway").click()
        expect(chart(page, "effects")).not_to_contain_text("Norway, workplaces")
    assert len(seen) == 1, seen


def test_a_first_visit_asks_for_its_figures_once(page: Page) -> None:
    with updates(page) as seen:
        open_view(page, SMALL)
    assert len([output for output in seen if "content.children" in output]) == 1, seen


def test_a_change_stays_within_the_budget(page: Page) -> None:
    open_view(page)
    page.wait_for_load_state("networkidle")
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    choice(page, "Countries", "Iceland").click()
    expect(chart(page, "effects")).not_to_contain_text("Iceland, workplaces")
    page.wait_for_load_state("networkidle")
    assert sizes
    assert sum(sizes) <= MOST_BYTES_OF_A_CHANGE, sizes


def test_unknown_values_are_named_and_the_page_works(page: Page) -> None:
    open_view(page, "theme=effects~astrology&country=DK~XX&view=pie&colour=red&by=")
    messages = page.locator("#messages")
    for text in (
        "“astrology” is not a value of “theme”",
        "“XX”",
        "“pie”",
        "“colour” is not a parameter",
        "“by” has no value",
    ):
        expect(messages).to_contain_text(text)
    assert "Denmark, workplaces" in drawn(page)["effects"]
    choice(page, "Countries", "Norway").click()
    expect(chart(page, "effects")).to_contain_text("Norway, workplaces")
    expect_query(page, "theme=effects&country=DK~NO")
    expect(messages).to_be_empty()


def test_script_text_in_the_address_is_shown_as_text(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    script, image = "<script>alert(1)</script>", "<img src=x onerror=alert(2)>"
    open_view(page, f"theme=effects~{quote(script)}&{quote(image)}=1")
    expect(page.locator("#messages")).to_contain_text(script)
    # What stands before the first sign of equality is a name.
    expect(page.locator("#messages")).to_contain_text(image.partition("=")[0])
    expect(page.locator("#messages script, #messages img")).to_have_count(0)
    assert asked == []


def test_what_other_sites_add_to_a_link_is_no_view(page: Page) -> None:
    open_view(page, "utm_source=letter&fbclid=x")
    assert list(drawn(page)) == ["innovation", *THEMES]
    expect(page.locator("#messages")).to_be_empty()


def test_a_frame_without_a_view_keeps_the_three_themes(page: Page) -> None:
    page.goto("/embed")
    expect(page.locator("#prerendered")).to_have_count(0, timeout=20_000)
    expect(page.locator("#content section").first).to_be_visible(timeout=20_000)
    assert list(drawn(page)) == list(THEMES)


def test_an_address_with_nothing_usable_shows_the_opening_view(page: Page) -> None:
    open_view(page, "theme=~~&country=&view=&%ff=%fe")
    expect(page.locator("#messages")).to_contain_text("“theme” has no value")
    assert list(drawn(page)) == list(THEMES)


def test_a_selection_that_matches_nothing_says_why_and_offers_a_way_out(page: Page) -> None:
    open_view(page, "theme=effects&country=NL")
    expect(page.get_by_role("heading", name="No figure fits this selection")).to_be_visible()
    expect(page.locator("#content")).to_contain_text("The chosen countries have no figure here.")
    expect(page.locator("#content .js-plotly-plot")).to_have_count(0)
    way = page.locator("#content").get_by_role(
        "link", name=re.compile(r"^Show all countries \(\d+ figures\)$")
    )
    number = re.search(r"\d+", way.inner_text())[0]
    way.click()
    expect(chart(page, "effects")).to_contain_text("Denmark, workplaces")
    expect_query(page, SMALL)
    expect(choice(page, "Countries", "Denmark")).to_be_checked()
    expect(page.locator("#status")).to_have_text(
        re.compile(r"^Effects: \d countr(y|ies), \d+ figures?$")
    )
    assert int(number) > 0


def test_the_last_tick_taken_away_is_no_dead_end(page: Page) -> None:
    open_view(page, "theme=effects&country=DK")
    choice(page, "Countries", "Denmark").click()
    expect_query(page, "theme=effects&country=none")
    # The list of choices lies over the page until it is closed.
    page.keyboard.press("Escape")
    page.locator("#content").get_by_role("link", name=re.compile("^Show all countries")).click()
    expect(chart(page, "effects")).to_contain_text("Denmark, workplaces")


def test_reset_leads_home(page: Page) -> None:
    open_view(page, "theme=barriers&country=NO&view=dots&by=sector&inferred=hide")
    page.get_by_role("link", name="Reset", exact=True).click()
    expect_query(page, "")
    eventually(page, lambda: list(drawn(page)), ["innovation", *THEMES])
    expect(choice(page, "Chart", "Compare")).to_be_checked()
    expect(choice(page, "Countries", "Denmark")).to_be_checked()


def test_each_ready_view_opens_by_a_click_and_holds_charts(page: Page) -> None:
    open_view(page, SMALL)
    ready = page.get_by_role("navigation", name="Ready views").get_by_role("link")
    for link in ready.all():
        query = urlsplit(link.get_attribute("href")).query
        link.click()
        expect_query(page, query)
        page.wait_for_load_state("networkidle")
        expect(page.locator("#content .js-plotly-plot .main-svg").first).to_be_visible()
        expect(page.locator("#messages")).to_be_empty()
        expect(page.locator("#content .empty")).to_have_count(0)
