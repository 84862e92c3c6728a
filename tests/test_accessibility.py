"""What readers with other eyes, hands and screens meet: axe-core over every kind of page, sizes of targets, narrow screens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browsing import stir

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

AXE = Path(__file__).resolve().parent.parent / "node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, PHONE, NARROWEST = (1280, 900), (360, 740), (320, 640)
"""Windows in CSS px; the narrowest is also a window of 1280 px at 400 %."""
CHARTS = {
    "bars": "theme=effects",
    "dots": "theme=effects&view=dots",
    "scale": "theme=collaboration&country=SE&view=scale",
    "change": "theme=drivers&country=DK&view=change",
    "heat": "theme=effects&view=heat",
    "table": "theme=effects&country=DK&view=table",
}


def visit(page: Page, path: str, size: tuple[int, int] = WIDE) -> None:
    """Open an address of the site and wait until its charts, where it has any, are drawn and listed."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(path)
    if path.startswith(("/?", "/embed")) or path == "/":
        expect(page.locator("#prerendered")).to_have_count(0)
        expect(page.locator("#content section").first).to_be_visible()
        stir(page)
        expect(page.locator(".values:not([role])")).to_have_count(0)


def table(page: Page) -> None:
    visit(page, "/?theme=effects&country=DK")
    page.locator(".table-of > summary").click()
    expect(page.get_by_role("table")).to_be_visible()


def card(page: Page) -> None:
    visit(page, "/?theme=effects&country=DK")
    page.locator(".values").press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Cite this figure")
    settled(page)


def two_figures(page: Page) -> None:
    visit(page, "/?theme=effects&country=DK&figure=dk-2023:all:collab_any")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Second figure").select_option("dk-2017:all:collab_any")
    expect(dialog.locator(".compare-result h4")).to_be_visible()
    for summary in dialog.locator(".card-fold > summary").all():
        summary.click()
    settled(page)


def found_figures(page: Page) -> None:
    visit(page, "/?theme=effects&country=DK&figure=dk-2023:all:collab_any", PHONE)
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Search all figures").fill("iceland")
    expect(dialog.get_by_label("Second figure")).to_have_attribute("size", "7")
    settled(page)


def embedding(page: Page) -> None:
    visit(page, "/?theme=effects&country=DK")
    page.get_by_role("button", name="Embed and cite").click()
    expect(page.get_by_role("dialog")).to_contain_text("iframe")
    settled(page)


def offer(page: Page) -> None:
    visit(page, "/?theme=effects&country=DK")
    page.locator(".offer.files > summary").click()
    expect(page.locator(".offer.files ul")).to_be_visible()
    settled(page)


def folds(page: Page) -> None:
    visit(page, "/?theme=drivers~collaboration&country=DK~SE")
    for summary in page.locator(".folds summary").all():
        summary.click()
    expect(page.locator(".folds .summary").first).to_be_visible()


def sheet(page: Page) -> None:
    visit(page, "/?theme=effects&country=DK", PHONE)
    page.locator("#country-filter > summary").click()
    expect(page.locator("#country")).to_be_visible()


def popover(page: Page) -> None:
    visit(page, "/?theme=effects&country=DK&only=comparable")
    page.locator("#more-filter > summary").click()
    expect(page.locator("#split")).to_be_visible()


def menu(page: Page) -> None:
    visit(page, "/?theme=effects&country=DK")
    page.locator("#display-filter > summary").click()
    expect(page.locator("#display")).to_be_visible()


def archive(page: Page) -> None:
    """The dialog that tells how far an archive is, held open by an answer that does not come."""
    visit(page, "/?theme=effects&country=DK")
    page.route("**/bundle?*", lambda route: None, times=1)
    page.locator(".tools").get_by_role("link", name="Everything (ZIP)").click()
    expect(page.get_by_role("dialog")).to_contain_text("Making the archive")


def searching(page: Page, typed: str, screen: tuple[int, int] = WIDE) -> None:
    """The list of the search, its second entry the active one."""
    visit(page, "/?theme=effects&country=DK", screen)
    page.keyboard.press("Control+k")
    page.keyboard.type(typed)
    expect(page.get_by_role("listbox", name="Search").get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")


def before_the_app(page: Page) -> None:
    """The first response, of which no script makes anything."""
    scripts = re.compile("/static/dash-renderer|/_dash-component-suites/")
    page.route(scripts, lambda route: route.abort())
    page.goto("/?theme=effects")
    expect(page.locator("#prerendered svg[role=img]").locator("visible=true")).to_have_count(1)
    page.unroute(scripts)


def settled(page: Page) -> None:
    """Wait for what slides or fades in; colours in between are nobody's."""
    page.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished))")


SCENES: dict[str, Callable[[Page], None]] = {
    "opening": lambda page: visit(page, "/"),
    **{name: lambda page, query=query: visit(page, f"/?{query}") for name, query in CHARTS.items()},
    "nothing": lambda page: visit(page, "/?theme=effects&country=NL"),
    "not all usable": lambda page: visit(page, "/?theme=effects&country=DK&colour=red"),
    "table under a chart": table,
    "card": card,
    "two figures": two_figures,
    "found figures": found_figures,
    "embedding": embedding,
    "offer": offer,
    "folds": folds,
    "sheet": sheet,
    "popover": popover,
    "menu": menu,
    "archive": archive,
    "search": lambda page: searching(page, "money"),
    "search in vain": lambda page: searching(page, "xyzzy"),
    "search on a phone": lambda page: searching(page, "money", PHONE),
    "results": lambda page: visit(page, "/search?q=money"),
    "before the app": before_the_app,
    "another language": lambda page: visit(page, "/?theme=effects&lang=fi"),
    "phone": lambda page: visit(page, "/?theme=effects", PHONE),
    "countries": lambda page: visit(page, "/countries"),
    "country": lambda page: visit(page, "/country/dk"),
    "country on a phone": lambda page: visit(page, "/country/se?lang=fi", PHONE),
    "sources": lambda page: visit(page, "/sources"),
    "method": lambda page: visit(page, "/method"),
    "accessibility": lambda page: visit(page, "/accessibility"),
    "embed": lambda page: visit(page, "/embed?theme=effects"),
    "refusal": lambda page: visit(page, "/nowhere"),
}


def opened(browser: Browser, server: str, **prefers: str) -> Iterator[Page]:
    context = browser.new_context(base_url=server, locale="en-GB", timezone_id="UTC", **prefers)
    context.set_default_timeout(20_000)
    context.add_init_script(path=AXE)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module", params=["light", "dark"])
def schemed(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """One page for all scenes of a colour scheme, with the checker in it."""
    yield from opened(browser, server, color_scheme=request.param)


@pytest.fixture
def plain(browser: Browser, server: str) -> Iterator[Page]:
    yield from opened(browser, server)


@pytest.fixture(scope="module")
def narrow(browser: Browser, server: str) -> Iterator[Page]:
    """One page for all addresses that are only looked at."""
    yield from opened(browser, server)


# --- The checker, and what it does not measure ---

SMALL = """() => {
    const inline = (element) => element.matches("a") && getComputedStyle(element).display === "inline";
    const inText = (element) => inline(element) && element.closest("p, li, dd, td, small");
    const box = (element) => (element.labels && element.labels[0] ? element.labels[0] : element).getBoundingClientRect();
    return Array.from(document.querySelectorAll("a[href], button, input, summary, [tabindex='0']"))
        .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest("[inert]") && !inText(element))
        .filter((element) => element.getBoundingClientRect().right > 0 && (box(element).width < 24 || box(element).height < 24))
        .map((element) => [element.outerHTML.slice(0, 120), box(element).width, box(element).height]);
}"""
"""What is clicked and is less than 24 px wide or high."""


def violations(page: Page) -> list[str]:
    """Each broken rule with the first few places where it is."""
    found = page.evaluate(
        "(tags) => axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })",
        TAGS,
    )
    return [
        f"{each['id']}: {node['target']} {node.get('failureSummary', '')}"
        for each in found["violations"]
        for node in each["nodes"][:3]
    ]


@pytest.mark.parametrize("scene", SCENES)
def test_the_checker_finds_nothing_and_targets_are_large_enough(schemed: Page, scene: str) -> None:
    SCENES[scene](schemed)
    assert violations(schemed) == []
    assert schemed.evaluate(SMALL) == []


def test_the_checker_would_find_something(plain: Page) -> None:
    visit(plain, "/sources")
    plain.evaluate("document.querySelector('main p').style.color = '#999'")
    plain.evaluate("document.querySelector('main a').replaceChildren()")
    assert {line.partition(":")[0] for line in violations(plain)} >= {"color-contrast", "link-name"}


# --- Sizes ---


def test_rows_of_filters_suit_a_thumb(browser: Browser, server: str) -> None:
    for page in opened(browser, server, has_touch=True, is_mobile=True):
        sheet(page)
        rows = page.locator(
            "#country .form-check, #country .only, #country-filter :is(.choose, .filters-close), "
            ".filter-row > .filter > :is(summary, button):visible, .questions a"
        )
        heights = rows.evaluate_all(
            "(rows) => rows.map((row) => row.getBoundingClientRect().height)"
        )
        assert len(heights) > 10
        assert min(heights) >= 44


@pytest.mark.parametrize(
    "path",
    [
        "/",
        *(f"/?{query}" for query in CHARTS.values()),
        "/?theme=effects&country=NL",
        "/countries",
        "/country/dk",
        "/sources",
        "/method",
    ],
)
def test_nothing_scrolls_sideways_at_400_percent(narrow: Page, path: str) -> None:
    visit(narrow, path, NARROWEST)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= NARROWEST[0]


def test_the_bar_stays_at_the_bottom_and_its_sheets_fit_the_narrowest_screen(plain: Page) -> None:
    visit(plain, "/?theme=effects&country=DK", NARROWEST)
    plain.mouse.wheel(0, 900)
    plain.wait_for_timeout(300)
    at = plain.evaluate("window.scrollY")
    assert at > 0
    for name in ("country", "more"):
        button = plain.locator(f"#{name}-filter > summary")
        box = button.bounding_box()
        assert (box["y"] + box["height"], box["height"] >= 44) == (NARROWEST[1], True)
        button.click()
        edges = plain.locator(f"#{name}-filter > .panel").bounding_box()
        assert (edges["x"], edges["width"]) == (0, NARROWEST[0])
        assert 0 <= edges["y"] < edges["y"] + edges["height"] <= box["y"] + 1
        assert plain.evaluate("document.documentElement.scrollWidth") <= NARROWEST[0]
    # A click beside the sheet closes it and opens nothing else.
    plain.mouse.click(NARROWEST[0] - 10, 10)
    expect(plain.locator(".filter[open]")).to_have_count(0)
    assert plain.evaluate("window.scrollY") == at


# --- What the system prefers ---


def test_a_sheet_does_not_slide_for_readers_who_want_no_motion(
    browser: Browser, server: str
) -> None:
    for page in opened(browser, server, reduced_motion="reduce"):
        sheet(page)
        assert page.evaluate("document.getAnimations().length") == 0


def test_forced_colours_keep_edges_focus_and_charts(browser: Browser, server: str) -> None:
    style = "(element, name) => getComputedStyle(element)[name]"
    for page in opened(browser, server, forced_colors="active"):
        visit(page, "/?theme=effects&country=DK")
        assert page.locator(".chart").evaluate(style, "forcedColorAdjust") == "none"
        assert page.locator(".chart").evaluate(style, "backgroundColor") == "rgb(255, 255, 255)"
        page.locator("#country-filter > summary").click()
        assert page.locator("#country input").first.evaluate(style, "appearance") == "auto"
        for button in page.locator("button:visible").all():
            if not button.evaluate("(button) => button.closest('.chart') !== null"):
                assert button.evaluate(style, "borderTopStyle") == "solid"
                assert button.evaluate(style, "borderTopWidth") != "0px"
        page.locator(".copy-link").first.focus()
        page.keyboard.press("Tab")
        assert page.locator(":focus").evaluate(style, "outlineStyle") == "solid"


def test_the_page_follows_the_colours_of_the_system_and_the_address(plain: Page) -> None:
    def ground() -> str:
        return plain.evaluate("getComputedStyle(document.body).backgroundColor")

    white, dark = "rgb(255, 255, 255)", "rgb(20, 24, 31)"
    chart = plain.locator(".chart .main-svg").first
    visit(plain, "/?theme=effects&country=DK")
    assert ground() == white
    expect(chart).to_have_css("background-color", white)
    plain.emulate_media(color_scheme="dark")
    assert ground() == dark
    expect(chart).to_have_css("background-color", dark)
    # Dash changes the address without a new page; the look goes with it.
    plain.evaluate("history.pushState({}, '', '/?theme=effects&country=DK&look=light')")
    assert ground() == white
    plain.evaluate("history.back()")
    expect(plain.locator("html:not([data-colour-scheme])")).to_have_count(1)
    assert ground() == dark
    visit(plain, "/?theme=effects&country=DK&look=light")
    assert ground() == white
