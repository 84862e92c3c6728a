"""What a section offers in a real browser: all its indicators, its link, its table, its cards and its pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browsing import (
    SMALL,
    chart,
    chart_size,
    drawn,
    eventually,
    expect_query,
    menu_item,
    open_view,
    saved,
)
from tests.support.pictured import size_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


# --- A section ---


def test_all_indicators_of_a_theme_are_one_click_away(page: Page) -> None:
    open_view(page, "theme=drivers&country=DK")
    more = page.locator("section#drivers").get_by_role(
        "link", name=re.compile(r"^Show all \d+ indicators$")
    )
    _, height = chart_size(page, "drivers")
    more.click()
    expect_query(page, "theme=drivers&country=DK&more=drivers")
    fewer = page.locator("section#drivers").get_by_role("link", name="Show fewer indicators")
    expect(fewer).to_be_visible()
    eventually(page, lambda: chart_size(page, "drivers")[1] > height, True)
    fewer.click()
    expect_query(page, "theme=drivers&country=DK")
    eventually(page, lambda: chart_size(page, "drivers")[1], height)


def test_the_link_of_a_theme_is_copied(page: Page, server: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_view(page, "theme=effects~barriers&country=DK~NO&view=dots")
    button = page.get_by_role("button", name=re.compile("^Copy link: Effects"))
    expect(button).to_have_text("Copy link")
    button.click()
    expect(button).to_have_text("Link copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    # The fragment leads to the section, where there is one.
    assert copied.split("#")[0] == f"{server}/?theme=effects&country=DK~NO&view=dots"
    page.goto(copied)
    expect(chart(page, "effects")).to_contain_text("Norway over 70%")
    assert list(drawn(page)) == ["effects"]


def test_the_table_of_a_theme_names_base_period_and_source(page: Page) -> None:
    open_view(page, "theme=effects&country=DK")
    expect(page.locator("section#effects").get_by_role("table")).to_have_count(0)
    toggle = page.locator("section#effects .table-of > summary")
    toggle.click()
    table = page.locator("section#effects").get_by_role("table")
    expect(table).to_be_visible()
    for column in ("Indicator", "Where", "Figure", "Period", "Approximate 95% interval", "Source"):
        expect(table.get_by_role("columnheader", name=column, exact=True)).to_be_visible()
    expect(table.get_by_role("row").nth(1)).to_contain_text("%")
    expect(table.get_by_role("columnheader", name="% of", exact=True)).to_be_visible()
    notes = page.locator("section#effects .table-notes")
    expect(notes.get_by_role("link").first).to_have_attribute("href", re.compile("^https?://"))
    toggle.click()
    expect(page.locator("section#effects").get_by_role("table")).to_have_count(0)


def test_a_table_is_sorted_by_its_headings_and_opens_cards(page: Page) -> None:
    open_view(page, "theme=drivers&view=table")
    table = page.locator("section#drivers").get_by_role("table")
    heading = table.get_by_role("columnheader", name="Figure")

    def figures() -> list[float]:
        texts = table.locator("tbody .percent").all_inner_texts()
        return [float(re.search(r"[\d.]+", text)[0]) for text in texts]

    published = figures()
    expect(heading).not_to_have_attribute("aria-sort", re.compile("."))
    for order, expected in (
        ("descending", sorted(published, reverse=True)),
        ("ascending", sorted(published)),
    ):
        heading.get_by_role("button").click()
        expect(heading).to_have_attribute("aria-sort", order)
        assert figures() == expected
    # What stands alone shows its name again.
    expect(table.locator("tbody th").nth(1)).not_to_have_class("again")
    unsaid = page.evaluate(
        "[...document.querySelectorAll('section#drivers tbody tr')].filter((row, at, rows) =>"
        " row.querySelector('.of').classList.contains('again') !== (at > 0 && [0, 3].every("
        "(each) => row.cells[each].textContent === rows[at - 1].cells[each].textContent))).length"
    )
    assert unsaid == 0, "what percentages are of is seen where it changes"
    heading.get_by_role("button").click()
    expect(heading).not_to_have_attribute("aria-sort", re.compile("."))
    assert figures() == published
    sample = table.get_by_role("columnheader", name="n", exact=True)
    sample.get_by_role("button").click()
    column = table.locator("tbody .n").all_inner_texts()
    known = [text for text in column if re.match(r"\d", text)]
    assert known
    assert column[: len(known)] == known, "figures without an n stand last"
    table.get_by_role("button", name="93%").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("93%")


@pytest.mark.parametrize("viewport", [{"width": 390, "height": 844}], indirect=True)
def test_on_a_phone_a_table_is_sorted_by_one_list_that_the_keyboard_reaches(page: Page) -> None:
    open_view(page, "theme=drivers&view=table")
    section = page.locator("section#drivers")
    chosen = section.get_by_label("Order of rows")
    box = chosen.bounding_box()
    assert box["height"] >= 44
    assert section.locator("tbody tr").first.bounding_box()["y"] - box["y"] < 100

    def figures() -> list[float]:
        texts = section.locator("tbody .percent").all_inner_texts()
        return [float(re.search(r"[\d.]+", text)[0]) for text in texts]

    published = figures()
    assert chosen.locator("option").first.inner_text() == "By indicator"
    chosen.select_option(label="Figure: rising")
    assert figures() == sorted(published)
    heading = section.get_by_role("columnheader", name="Figure", exact=True)
    expect(heading).to_have_attribute("aria-sort", "ascending")
    chosen.focus()
    page.keyboard.press("Tab")
    expect(section.locator(".figure-button").first).to_be_focused()
    chosen.select_option(label="By indicator")
    assert figures() == published
    expect(heading).not_to_have_attribute("aria-sort", re.compile("."))


@pytest.mark.parametrize(
    ("viewport", "tall"),
    [({"width": 1280, "height": 800}, 37), ({"width": 390, "height": 844}, 110)],
    indirect=["viewport"],
    ids=["1280", "390"],
)
def test_every_figure_of_a_table_is_seen_without_scrolling_sideways(page: Page, tall: int) -> None:
    open_view(page, "theme=drivers&view=table")
    boxes = [each.bounding_box() for each in page.locator(".figure-button").all()]
    window = page.viewport_size["width"]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= window for box in boxes)
    assert page.evaluate("document.documentElement.scrollWidth") == window
    rows = [each.bounding_box()["height"] for each in page.locator("#content tbody tr").all()]
    assert max(rows) <= tall


def test_a_click_on_a_value_opens_its_card(page: Page) -> None:
    open_view(page, "theme=effects&country=DK")
    chart(page, "effects").locator(".barlayer .point").first.click(force=True)
    card = page.get_by_role("dialog")
    expect(card).to_be_visible()
    for text in ("Denmark", "%", "Source"):
        expect(card).to_contain_text(text)
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


# --- Pictures ---


@pytest.mark.parametrize(
    ("theme", "query"),
    [("drivers", "theme=drivers"), ("effects", "theme=effects&country=DK&view=dots")],
)
def test_a_picture_for_a_slide_is_saved(page: Page, theme: str, query: str) -> None:
    open_view(page, query)
    download, path = saved(page, menu_item(page, "Picture", "Slide (PNG)").click)
    assert re.fullmatch(r"[\w.-]+\.png", download.suggested_filename), download.suggested_filename
    assert theme in download.suggested_filename
    assert ("_dots_" in download.suggested_filename) == ("view=dots" in query)
    assert size_of(path.read_bytes()) == (3200, 1800)


def test_a_picture_as_on_screen_is_saved(page: Page) -> None:
    open_view(page, SMALL)
    box = chart(page, "effects").bounding_box()
    download, path = saved(page, menu_item(page, "Picture", "As on screen (PNG)").click)
    width, height = size_of(path.read_bytes())
    assert download.suggested_filename.endswith("_screen.png")
    # As on screen, with a margin, and below it what the page says around the chart.
    assert 2 * box["width"] <= width <= 2 * box["width"] + 200
    assert height >= 2 * box["height"]


def test_pictures_of_two_themes_in_turn(page: Page) -> None:
    open_view(page, "theme=effects~barriers")
    names = [
        saved(page, menu_item(page, "Picture", "Slide (PNG)", theme).click)[0].suggested_filename
        for theme in ("effects", "barriers", "effects")
    ]
    assert "effects" in names[0]
    assert "barriers" in names[1]
    assert names[2] == names[0]


def test_no_mode_bar_lies_on_a_chart_and_nothing_sends_it_away(page: Page) -> None:
    open_view(page, SMALL)
    chart(page, "effects").hover(position={"x": 300, "y": 200})
    expect(chart(page, "effects").locator(".modebar-btn")).to_have_count(0)
    config = page.evaluate("document.querySelector('.js-plotly-plot')._context")
    assert (config["showSendToCloud"], config["plotlyServerURL"], config["displaylogo"]) == (
        False,
        "",
        False,
    )
    assert "plot.ly" not in page.content()
    assert "chart-studio" not in page.content()


def test_marks_of_others_fade_while_one_is_pointed_at(page: Page) -> None:
    open_view(page, "concept=innovative_workplaces&view=compare")
    faded = chart(page, "innovation").locator("g.trace.muted")
    expect(faded).to_have_count(0)
    chart(page, "innovation").locator(".point").first.hover(force=True)
    expect(faded).not_to_have_count(0)
    page.mouse.move(2, 2)
    expect(faded).to_have_count(0)
