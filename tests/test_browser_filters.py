"""Filters, types of charts and arrangements by clicks in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dashboard.text import unlike
from tests.support.browsing import (
    SMALL,
    address,
    chart,
    choice,
    drawn,
    eventually,
    expect_query,
    group,
    open_view,
    popover,
)
from tests.support.views import QUESTIONS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("before", "legend", "name", "after", "theme", "there", "gone"),
    [
        (
            SMALL,
            "Countries",
            "Norway",
            "theme=effects&country=DK~SE~FI~IS~NL",
            "effects",
            ["Denmark, workplaces"],
            ["Norway, workplaces"],
        ),
        (
            "theme=drivers&country=SE",
            "Sectors",
            "Regional",
            None,
            "drivers",
            ["Municipal"],
            ["Regional"],
        ),
        (SMALL, "Themes", "Barriers", "theme=effects~barriers", "barriers", ["%"], []),
        (
            "theme=drivers&country=SE",
            "Who answered",
            "Management",
            None,
            "drivers",
            ["Sweden, workplaces"],
            ["Sweden, management"],
        ),
        (
            "theme=effects&country=SE~DK",
            "Split by",
            "Type of innovation",
            None,
            "effects",
            ["Denmark, workplaces"],
            [],
        ),
        (
            "theme=drivers",
            "Trust",
            "Show inferred figures (hatched)",
            "theme=drivers&inferred=hide",
            "drivers",
            ["Denmark"],
            ["?"],
        ),
        (
            "theme=drivers&country=DK",
            "Edition",
            "All editions",
            "theme=drivers&country=DK&edition=all",
            "drivers",
            ["2015"],
            [],
        ),
    ],
    ids=["country", "sector", "theme", "respondent", "split", "inferred", "all editions"],
)
def test_a_click_on_a_filter_changes_the_charts_and_the_address(
    page: Page,
    before: str,
    legend: str,
    name: str,
    after: str | None,
    theme: str,
    there: list[str],
    gone: list[str],
) -> None:
    open_view(page, before)
    for text in gone:
        expect(chart(page, theme)).to_contain_text(text)
    ticked = choice(page, legend, name).is_checked()
    choice(page, legend, name).click()
    for text in there:
        expect(chart(page, theme)).to_contain_text(text)
    for text in gone:
        expect(chart(page, theme)).not_to_contain_text(text)
    expect(choice(page, legend, name)).to_be_checked(checked=not ticked)
    eventually(page, lambda: address(page) != before, True)
    if after is not None:
        expect_query(page, after)


def test_each_type_of_chart_by_a_click(page: Page) -> None:
    open_view(page, "theme=drivers")
    bars, dots = ".barlayer .point", ".scatterlayer .point"
    kinds = (
        ("Dots", "dots", dots),
        ("Answers", "scale", bars),
        ("Change", "change", dots),
        ("Heat", "heat", ".heatmaplayer, .shapelayer path, .barlayer .point"),
        ("Bars", "bars", bars),
    )
    for name, code, mark in kinds:
        choice(page, "Chart", name).click()
        expect_query(page, "theme=drivers" if code == "bars" else f"theme=drivers&view={code}")
        expect(choice(page, "Chart", name)).to_be_checked()
        expect(chart(page, "drivers").locator(mark).first).to_be_attached()
        # Sweden asked about what drives innovation once: no line of it can be drawn, and that is told below.
        container = page.locator("#under-drivers") if code == "change" else chart(page, "drivers")
        # A dot on a line has the name of its country, and a shape that says who answered.
        said = {"change": "Sweden (management)", "dots": "Sweden 82%"}
        expect(container).to_contain_text(said.get(code, "Sweden, management"))
        expect(page.locator("#under-drivers")).to_contain_text("Percentages of")


def test_the_table_instead_of_a_chart_by_a_click(page: Page) -> None:
    open_view(page, SMALL)
    choice(page, "Chart", "Table").click()
    expect_query(page, "theme=effects&view=table")
    expect(page.locator("section#effects figure table tbody tr").first).to_be_visible()
    expect(chart(page, "effects")).to_have_count(0)


def test_each_arrangement_by_a_click(page: Page) -> None:
    open_view(page, SMALL)
    for name, query, heading in (
        ("By sector", "theme=effects&by=sector", "All sectors"),
        ("By indicator", "theme=effects&by=indicator", f"Higher quality{unlike.SIGNED}"),
        ("By country", SMALL, "Denmark, workplaces"),
    ):
        assert heading not in drawn(page)["effects"]
        choice(page, "Side by side", name).click()
        expect_query(page, query)
        eventually(page, lambda: heading in drawn(page).get("effects", []), True)  # noqa: B023
        expect(choice(page, "Side by side", name)).to_be_checked()


def test_an_indicator_is_found_by_search_and_alone_drawn(page: Page) -> None:
    open_view(page, "theme=collaboration")
    listed = group(page, "Indicators").get_by_role("checkbox")
    before = listed.count()
    group(page, "Indicators").get_by_role("searchbox").fill("companies")
    eventually(page, lambda: 0 < listed.count() < before, True)
    names = group(page, "Indicators").locator(".form-check-label").all_inner_texts()
    assert any("Private companies" in name for name in names)
    group(page, "Indicators").get_by_role(
        "checkbox", name=re.compile("^Private companies")
    ).first.click()
    eventually(page, lambda: "concept=" in address(page), True)
    expect(chart(page, "collaboration")).to_contain_text("Private companies")
    expect(chart(page, "collaboration")).not_to_contain_text("Public partner, any organisation")
    # A search may reach beyond the chosen themes, and finding nothing is said by an empty list, not by an error.
    group(page, "Indicators").get_by_role("searchbox").fill("zzzz")
    expect(listed).to_have_count(1)
    group(page, "Indicators").get_by_role("button", name="show all indicators").click()
    expect_query(page, "theme=collaboration")
    expect(chart(page, "collaboration")).to_contain_text("Public partner, any organisation")


def test_editions_can_be_chosen_one_by_one(page: Page) -> None:
    open_view(page, "theme=drivers&country=DK")
    choice(page, "Edition", "Chosen editions").click()
    boxes = group(page, "Edition").get_by_role("checkbox")
    expect(boxes.first).to_be_visible()
    eventually(
        page, lambda: group(page, "Edition").get_by_role("checkbox", checked=True).count() > 1, True
    )
    chosen = dict(part.split("=") for part in address(page).split("&"))["edition"].split("~")
    for box in (
        group(page, "Edition")
        .get_by_role("checkbox", name=re.compile("^Denmark"), checked=True)
        .all()[1:]
    ):
        box_id = box.get_attribute("id")
        page.locator(f"[id='{box_id}']").click()
        expect(page.locator(f"[id='{box_id}']")).not_to_be_checked()
        break
    eventually(
        page,
        lambda: len(
            dict(part.split("=") for part in address(page).split("&"))["edition"].split("~")
        ),
        len(chosen) - 1,
    )
    expect(
        page.locator("section").filter(has_text=re.compile("drives|No figure")).first
    ).to_be_visible()


def test_all_and_none_beside_a_filter(page: Page) -> None:
    open_view(page, SMALL)
    group(page, "Countries").get_by_role("button", name="none").click()
    expect_query(page, "theme=effects&country=none")
    expect(page.get_by_role("heading", name="Choose at least one country")).to_be_visible()
    group(page, "Countries").get_by_role("button", name="all").click()
    expect_query(page, SMALL)
    expect(chart(page, "effects")).to_contain_text("Denmark, workplaces")


@pytest.mark.parametrize(
    ("legend", "name", "query"),
    [
        ("Countries", "Iceland", "theme=effects&country=IS"),
        ("Sectors", "State", "theme=effects&sector=state"),
        ("Themes", "Barriers", "theme=barriers"),
    ],
)
def test_only_one_is_chosen_by_the_button_beside_it(
    page: Page, legend: str, name: str, query: str
) -> None:
    open_view(page, SMALL)
    only = group(page, legend).get_by_role("button", name=f"only {name}", exact=True)
    only.click()
    expect_query(page, query)
    expect(group(page, legend).get_by_role("checkbox", checked=True)).to_have_count(1)
    expect(choice(page, legend, name)).to_be_checked()
    expect(only).to_be_focused()
    expect(popover(page, legend).locator("summary")).to_have_text(re.compile(rf"^{legend}: {name}"))


def test_a_chip_lifts_what_it_says(page: Page) -> None:
    open_view(page, "theme=effects&country=DK~SE&only=comparable")
    page.get_by_role("link", name="Remove Countries: Denmark, Sweden").click()
    expect_query(page, "theme=effects&only=comparable")
    expect(choice(page, "Countries", "Norway")).to_be_checked()
    page.get_by_role("link", name="Remove Only comparable").press("Enter")
    expect_query(page, SMALL)
    # The focus goes on to what is there yet.
    expect(page.locator("#chips a").first).to_be_focused()


def test_the_present_question_is_marked(page: Page) -> None:
    open_view(page, QUESTIONS["effects"])
    marked = page.locator(".questions [aria-current=page]")
    expect(marked).to_have_text("What comes of it?")
    choice(page, "Countries", "Norway").click()
    expect(marked).to_have_count(0)
    page.go_back()
    expect(marked).to_have_text("What comes of it?")


@pytest.mark.parametrize("viewport", [{"width": 390, "height": 844}], indirect=True)
def test_on_a_phone_a_question_opens_where_it_stands_and_the_marked_one_is_in_sight(
    page: Page,
) -> None:
    open_view(page, "")
    box = page.get_by_role("link", name="With whom?").bounding_box()
    assert box
    # At its place: a click by its name would first bring it into sight.
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".questions [aria-current=page]")).to_have_text("With whom?")
    open_view(page, SMALL)
    marked = page.locator(".questions [aria-current=true]")
    expect(marked).to_have_text("What comes of it?")
    expect(marked).to_be_in_viewport(ratio=1)
