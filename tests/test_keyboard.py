"""The main job with a keyboard alone: nothing here clicks, hovers or puts the focus anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browsing import stir

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

VIEW = "/?theme=effects&country=DK~NO"
PHONE = pytest.mark.parametrize(
    "viewport", [{"width": 360, "height": 740}], indirect=True, ids=["360"]
)

WATCH = """() => {
    window.heard = [];
    document.querySelectorAll("[role=status], [role=alert], [aria-live]").forEach((region) => {
        new MutationObserver(() => window.heard.push([region.id, region.textContent]))
            .observe(region, { childList: true, characterData: true, subtree: true });
    });
}"""


def open_view(page: Page, path: str = VIEW) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(path)
    expect(page.locator("#prerendered")).to_have_count(0)
    expect(page.locator("#content section").first).to_be_visible()
    stir(page)
    expect(page.locator(".values:not([role])")).to_have_count(0)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page, selector: str) -> bool:
    return page.evaluate("(selector) => document.activeElement.matches(selector)", selector)


def tab_to_filter(page: Page, name: str, selector: str) -> None:
    """Open a filter by its button and go on to what fits the selector in it."""
    tab_to(page, f"#{name}-filter > summary")
    press(page, "Enter")
    tab_to(page, selector, 20)


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until something that fits the selector has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page, selector):
            return
    pytest.fail(f"{selector} is not reached within {most} steps")


def current(page: Page) -> str:
    """The value in hand, as a screen reader is told it."""
    return page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).textContent"
    )


def eventually(page: Page, colour_scheme: Callable[[], object], expected: object) -> None:
    for _ in range(200):
        if colour_scheme() == expected:
            break
        page.wait_for_timeout(50)
    assert colour_scheme() == expected


def test_the_first_stop_leads_to_the_charts(page: Page) -> None:
    open_view(page)
    press(page, "Tab")
    skip = page.get_by_role("link", name="Skip to the charts")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    press(page, "Enter")
    assert focused(page, "#content")
    press(page, "Tab")
    assert focused(page, "#content *")


def test_a_ticked_filter_is_told_once_and_keeps_the_focus(page: Page) -> None:
    open_view(page)
    page.evaluate(WATCH)
    tab_to_filter(page, "country", "#country input[value='NO']")
    press(page, "Space")
    status = page.locator("#status")
    expect(status).to_have_text(re.compile(r"^Effects: 1 country, \d+ figures$"))
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.heard") == [["status", status.inner_text()]]
    assert focused(page, "#country input[value='NO']")
    press(page, "Shift+Tab", "Shift+Tab", "Shift+Tab")
    tab_to(page, "#country input[value='DK']", 4)
    press(page, "Space")
    expect(status).to_have_text("Choose at least one country")
    page.wait_for_load_state("networkidle")
    assert [region for region, _ in page.evaluate("window.heard")] == ["status", "status"]


def test_several_themes_are_told_in_numbers(page: Page) -> None:
    open_view(page, "/?theme=effects~barriers")
    expect(page.locator("#status")).to_have_text(
        re.compile(r"^2 themes, \d countries, \d+ figures$")
    )


def test_the_focus_is_not_lost_with_what_had_it(page: Page) -> None:
    open_view(page, "/?theme=effects&country=NL")
    tab_to(page, "#content a")
    press(page, "Enter")
    expect(page.locator("section#effects")).to_be_visible()
    eventually(page, lambda: focused(page, "body"), False)
    assert focused(page, "#content, #content *")


def test_values_are_walked_in_the_order_of_reading(page: Page) -> None:
    open_view(page)
    tab_to(page, ".values")
    texts = page.locator(".values [role=option]").all_text_contents()
    figures = int(re.search(r"(\d+) figures", page.locator("#status").inner_text())[1])
    assert len(texts) == figures > 5
    countries = [text.split("; ")[1].split(",")[0] for text in texts]
    # Panel by panel: what both countries have shares of, then what Denmark alone has.
    assert [each for each, _ in groupby(countries)] == ["Denmark", "Norway", "Denmark"]
    at = page.evaluate("window.scrollY")
    walked = [current(page)]
    for _ in texts[1:]:
        press(page, "ArrowDown")
        walked.append(current(page))
    assert walked == texts
    press(page, "ArrowDown")
    assert current(page) == texts[-1]
    press(page, "ArrowUp")
    assert current(page) == texts[-2]
    press(page, "Home")
    assert current(page) == texts[0]
    press(page, "End")
    assert current(page) == texts[-1]
    press(page, "PageUp")
    assert current(page) == texts[max(len(texts) - 11, 0)]
    press(page, "Home", *"more s")
    assert current(page).startswith("More satisfied employees")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("window.scrollY") == at
    # The mark tells itself in the chart and the line under it is seen; both end when the focus leaves.
    hover = page.locator("section#effects .hoverlayer")
    expect(hover).to_contain_text("More satisfied employees")
    expect(page.locator(".values [aria-selected=true]")).to_have_css("clip-path", "none")
    press(page, "Tab")
    expect(hover).to_be_empty()


@pytest.mark.parametrize("chart", ["dots", "scale", "change", "heat"])
def test_every_type_of_chart_lists_its_values(page: Page, chart: str) -> None:
    query = {"scale": "theme=collaboration&country=SE", "change": "theme=drivers&country=DK"}.get(
        chart, "theme=effects"
    )
    open_view(page, f"/?{query}&view={chart}")
    options = page.locator(".values").first.get_by_role("option")
    drawn = page.evaluate(
        "document.querySelector('.js-plotly-plot').data.flatMap((trace) => trace.customdata || []).filter((each) => each !== null).length"
    )
    assert options.count() == drawn > 3
    assert "<" not in "".join(options.all_text_contents())


def test_a_value_opens_its_card_and_the_way_back_leads_to_it(page: Page) -> None:
    open_view(page)
    tab_to(page, ".values")
    press(page, "ArrowDown", "ArrowDown")
    text = current(page)
    for key in ("Enter", "Space"):
        press(page, key)
        card = page.get_by_role("dialog")
        expect(card).to_contain_text("Cite this figure")
        expect(card).to_contain_text(text.partition(";")[0])
        press(page, "Tab", "Tab")
        assert focused(page, "dialog *")
        press(page, "Escape")
        expect(card).to_have_count(0)
        assert focused(page, ".values")
        assert current(page) == text


def test_the_list_follows_the_chart_and_leaves_the_focus_alone(page: Page) -> None:
    open_view(page)
    options = page.locator(".values [role=option]")
    before = options.count()
    tab_to_filter(page, "country", "#country input[value='NO']")
    press(page, "Space")
    eventually(page, lambda: 0 < options.count() < before, True)
    assert focused(page, "#country input[value='NO']")
    # Redrawn for another width while it is in use, the list keeps its place.
    tab_to(page, ".values")
    press(page, "ArrowDown", "ArrowDown")
    text = current(page)
    with page.expect_response(lambda response: "_dash-update-component" in response.url):
        page.set_viewport_size({"width": 1100, "height": 900})
    page.wait_for_load_state("networkidle")
    assert focused(page, ".values")
    assert current(page) == text


def test_the_table_opens_and_closes(page: Page) -> None:
    open_view(page)
    tab_to(page, ".table-of > summary")
    press(page, "Enter")
    expect(page.get_by_role("table")).to_be_visible()
    assert focused(page, ".table-of[open] > summary")
    # The headings that sort come first.
    tab_to(page, ".figure-button", 9)
    press(page, "Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Cite this figure")
    press(page, "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert focused(page, ".figure-button")
    for _ in range(9):
        press(page, "Shift+Tab")
        if focused(page, ".table-of > summary"):
            break
    press(page, "Space")
    assert focused(page, ".table-of:not([open]) > summary")
    expect(page.get_by_role("table")).to_have_count(0)


def test_the_code_to_embed_and_the_file_of_a_theme(page: Page) -> None:
    open_view(page)
    tab_to(page, ".offer.files > summary")
    press(page, "Enter", "Tab")
    with page.expect_download() as waiting:
        press(page, "Enter")
    assert waiting.value.suggested_filename.endswith(".csv")
    # An entry that was taken shuts its menu; so does Escape.
    assert focused(page, ".offer.files:not([open]) > summary")
    press(page, "Enter", "Tab", "Escape")
    assert focused(page, ".offer.files:not([open]) > summary")
    tab_to(page, "[data-embed]")
    press(page, "Enter")
    expect(page.get_by_role("dialog")).to_contain_text("iframe")
    press(page, "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert focused(page, "[data-embed]")


def test_a_popover_opens_and_closes_and_gives_the_focus_back(page: Page) -> None:
    open_view(page)
    for key in ("Enter", "Space"):
        page.evaluate("document.activeElement.blur()")
        tab_to(page, "#country-filter > summary")
        press(page, key)
        expect(page.locator("#country")).to_be_visible()
        press(page, "Tab")
        assert focused(page, "[data-choose='country:all']")
        tab_to(page, "#country input[value='NO']", 8)
        press(page, "Space")
        expect(page.locator("#country-filter > summary")).to_have_text(
            re.compile("^Countries: Denmark" if key == "Enter" else "^Countries: Denmark, Norway")
        )
        assert focused(page, "#country input[value='NO']")
        press(page, "Escape")
        assert focused(page, "#country-filter > summary")
        expect(page.locator("#country")).to_be_hidden()
    # Who goes on by Tab leaves no open panel behind.
    press(page, "Enter")
    tab_to(page, "#sector-filter > summary", 30)
    expect(page.locator(".filter[open]")).to_have_count(0)


def test_stops_come_in_the_order_in_which_they_are_seen(page: Page) -> None:
    open_view(page)
    places = []
    for _ in range(40):
        press(page, "Tab")
        if focused(page, "#content, #content *"):
            break
        places.append(
            page.evaluate(
                "(({ left, top, bottom }) => [Math.floor((top + bottom) / 40), left])(document.activeElement.getBoundingClientRect())"
            )
        )
    assert 12 < len(places) < 40
    assert places[1:] == sorted(places[1:])


@PHONE
def test_a_sheet_of_filters_on_a_phone(page: Page) -> None:
    open_view(page)
    tab_to(page, "#country-filter > summary")
    press(page, "Enter")
    expect(page.locator("#country")).to_be_visible()
    tab_to(page, "#country input[value='NO']", 8)
    press(page, "Space")
    expect(page.locator("#status")).to_have_text(re.compile("^Effects: 1 country"))
    assert focused(page, "#country input[value='NO']")
    tab_to(page, "#country-filter .filters-close", 20)
    press(page, "Enter")
    expect(page.locator("#country")).to_be_hidden()
    assert focused(page, "#country-filter > summary")
    tab_to(page, "#chart-toggle[aria-expanded=false]", 5)
    press(page, "Enter")
    assert focused(page, "#chart-toggle[aria-expanded=true]")
    press(page, "Tab", "ArrowDown")
    assert focused(page, "#chart input:checked")
    press(page, "Escape")
    assert focused(page, "#chart-toggle[aria-expanded=false]")
    expect(page.locator("#chart")).to_be_hidden()


STOP = """() => {
    const element = document.activeElement;
    if (element === document.body) {
        return null;
    }
    const outlined = [element, ...element.querySelectorAll("[aria-selected=true]")].some((part) => {
        const style = getComputedStyle(part);
        return style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2 && !/, 0\\)$/.test(style.outlineColor);
    });
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint((box.left + box.right) / 2, Math.min(box.top + 8, (box.top + box.bottom) / 2));
    return { html: element.outerHTML.slice(0, 150), outlined, seen: Boolean(top) && (element.contains(top) || top.contains(element)) };
}"""


@pytest.mark.parametrize(
    "viewport",
    [{"width": 1280, "height": 900}, {"width": 360, "height": 740}],
    indirect=True,
    ids=["1280", "360"],
)
def test_each_stop_has_a_name_and_is_seen(page: Page) -> None:
    open_view(page)
    tools = page.context.new_cdp_session(page)
    stops = []
    for _ in range(200):
        press(page, "Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        active = tools.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"][
            "objectId"
        ]
        node = tools.send(
            "Accessibility.getPartialAXTree", {"objectId": active, "fetchRelatives": False}
        )["nodes"][0]
        stops.append(stop | {"name": node.get("name", {}).get("value", "")})
    assert len(stops) > 30
    assert [stop["html"] for stop in stops if not stop["name"].strip()] == []
    assert [stop["html"] for stop in stops if not stop["outlined"]] == []
    assert [stop["html"] for stop in stops if not stop["seen"]] == []
