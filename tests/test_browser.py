"""The page in a real browser: what a reader clicks, sees, shares and takes away.

Things are found as a reader finds them: by legend, label, heading and button text. Each test waits for what it expects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.support.pictured import size_of

if TYPE_CHECKING:
    from playwright.sync_api import Download, Locator, Page, Request

pytestmark = pytest.mark.browser

UPDATE = "/_dash-update-component"
MOST_BYTES_OF_A_CHANGE = 25_000
THEMES = ("drivers", "collaboration", "effects")
SMALL = "theme=effects"
"""A view with few figures: tests that can do with it run in half the time."""
WIDTHS = [{"width": width, "height": 900} for width in (360, 768, 1920)]
NARROW = pytest.mark.parametrize("viewport", WIDTHS[:1], indirect=True, ids=["360"])


# --- A reader's hands and eyes ---


def open_view(page: Page, query: str = "") -> None:
    """Open an address and wait until its figures, or the sentence that there are none, are there."""
    page.goto(f"/?{query}" if query else "/")
    # Until the app takes over, everything stands on the page a second time.
    expect(page.locator("#prerendered")).to_have_count(0, timeout=20_000)
    expect(page.locator("#content section").first).to_be_visible(timeout=20_000)
    expect(page.locator("#content .dash-graph--pending")).to_have_count(0)


def group(page: Page, legend: str) -> Locator:
    return page.get_by_role("group", name=legend, exact=True)


def choice(page: Page, legend: str, name: str) -> Locator:
    """A checkbox or radio button, whatever number stands behind its name; a blank legend means any."""
    label = re.compile(rf"^{re.escape(name)}( [\d,]+| none)?$")
    place = group(page, legend) if legend else page.get_by_role("complementary", name="Filters")
    return place.get_by_role("checkbox", name=label).or_(place.get_by_role("radio", name=label))


def chart(page: Page, theme: str) -> Locator:
    return page.locator(f"section#{theme} .js-plotly-plot")


def chart_size(page: Page, theme: str) -> tuple[float, float]:
    """Width and height of a chart; zeros while it is being drawn anew."""
    box = chart(page, theme).locator(".main-svg").first.bounding_box()
    return (box["width"], box["height"]) if box else (0, 0)


def address(page: Page) -> str:
    return urlsplit(page.url).query


def eventually(
    page: Page, colour_scheme: Callable[[], object], expected: object, seconds: float = 15
) -> None:
    """Look until what is seen is what is expected; the site's policy forbids Playwright to look from within the page."""
    for _ in range(int(seconds / 0.05)):
        if colour_scheme() == expected:
            break
        page.wait_for_timeout(50)
    assert colour_scheme() == expected


def expect_query(page: Page, query: str) -> None:
    eventually(page, lambda: address(page), query)


def checked(page: Page) -> dict[str, list[str]]:
    """Filter -> values that are ticked."""
    return page.evaluate(
        """() => Object.fromEntries(Array.from(document.querySelectorAll("fieldset [id]:has(> .form-check)"), (list) => [
            list.id,
            Array.from(list.querySelectorAll("input:checked"), (input) => input.value),
        ]))"""
    )


def drawn(page: Page) -> dict[str, list[str]]:
    """Theme -> headings of its panels: every text in bold, in the order of drawing."""
    return page.evaluate(
        """() => Object.fromEntries(Array.from(document.querySelectorAll("section.theme"), (section) => [
            section.id,
            Array.from(section.querySelectorAll(".textpoint text, .annotation-text"))
                .filter((text) => text.querySelector("tspan[style*='bold']") || text.style.fontWeight === "bold")
                .map((text) => text.textContent),
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


def saved(page: Page, click: Callable[[], None]) -> tuple[Download, Path]:
    with page.expect_download() as waiting:
        click()
    return waiting.value, Path(waiting.value.path())


def no_sideways_scroll(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate(
        "document.documentElement.clientWidth"
    )


# --- A first visit ---


def test_a_first_visit_shows_three_themes_with_charts_and_the_ready_views(page: Page) -> None:
    open_view(page)
    for theme in THEMES:
        expect(chart(page, theme).locator(".main-svg").first).to_be_visible()
        expect(chart(page, theme)).to_contain_text("Denmark, workplaces")
        expect(chart(page, theme)).to_contain_text("%")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("navigation", name="Ready views").get_by_role("link")).to_have_count(6)
    expect(page.locator("#status")).to_have_text(
        re.compile(r"^3 themes, \d countries, [\d,]+ figures$")
    )
    assert address(page) == ""
    assert page.title() != ""


def test_choices_tell_how_many_figures_they_have(page: Page) -> None:
    open_view(page, SMALL)
    for legend in ("Chart", "Countries", "Sectors", "Themes", "Who answered", "Split by"):
        names = group(page, legend).locator(".choice").all_inner_texts()
        assert names
        assert all(re.search(r"(\d|none)$", name) for name in names), f"{legend}: {names}"
    number = int(
        choice(page, "Countries", "Denmark").locator("xpath=..").locator(".count").inner_text()
    )
    assert number > 0
    expect(
        choice(page, "Countries", "Netherlands").locator("xpath=..").locator(".count")
    ).to_have_text("none")
    # A number that is promised is a number that is kept.
    page.goto("/?theme=effects&country=DK&view=table")
    expect(page.locator("section#effects table").first.locator("tbody tr")).to_have_count(number)


# --- Filters ---


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
            "",
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
        ("Answer scale", "scale", bars),
        ("Change over editions", "change", dots),
        ("Heat table", "heat", ".heatmaplayer, .shapelayer path, .barlayer .point"),
        ("Bars", "bars", bars),
    )
    for name, code, mark in kinds:
        choice(page, "Chart", name).click()
        expect_query(page, "theme=drivers" if code == "bars" else f"theme=drivers&view={code}")
        expect(choice(page, "Chart", name)).to_be_checked()
        expect(chart(page, "drivers").locator(mark).first).to_be_attached()
        # Sweden asked about what drives innovation once: no line of it can be drawn, and that is told below.
        place = (
            page.locator("section#drivers figcaption")
            if code == "change"
            else chart(page, "drivers")
        )
        expect(place).to_contain_text(
            "Sweden (management)" if code == "change" else "Sweden, management"
        )
        expect(page.locator("section#drivers figcaption")).to_contain_text("Percentages of")


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
        ("By indicator", "theme=effects&by=indicator", "Higher quality"),
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
    names = group(page, "Indicators").locator(".choice").all_inner_texts()
    assert any("Private companies" in name for name in names)
    group(page, "Indicators").get_by_role(
        "checkbox", name=re.compile("^Private companies")
    ).first.click()
    eventually(page, lambda: "concept=" in address(page), True)
    expect(chart(page, "collaboration")).to_contain_text("Private companies")
    expect(chart(page, "collaboration")).not_to_contain_text("Other public workplaces")
    # A search may reach beyond the chosen themes, and finding nothing is said by an empty list, not by an error.
    group(page, "Indicators").get_by_role("searchbox").fill("zzzz")
    expect(listed).to_have_count(1)
    group(page, "Indicators").get_by_role("link", name="show all indicators").click()
    expect_query(page, "theme=collaboration")
    expect(chart(page, "collaboration")).to_contain_text("Other public workplaces")


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
    group(page, "Countries").get_by_role("link", name="none").click()
    expect_query(page, "theme=effects&country=none")
    expect(page.get_by_role("heading", name="No figure fits this selection")).to_be_visible()
    group(page, "Countries").get_by_role("link", name="all").click()
    expect_query(page, SMALL)
    expect(chart(page, "effects")).to_contain_text("Denmark, workplaces")


# --- The address ---


def test_a_deep_link_restores_filters_and_charts(page: Page) -> None:
    open_view(
        page,
        "theme=drivers&country=DK~SE&sector=municipal~state&level=workplace&inferred=hide&view=dots&by=sector",
    )
    told = {
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
    assert {name: values for name, values in checked(page).items() if name in told} == told
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
    assert drawn(page)["effects"][0] == "Denmark, workplaces"
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
    expect(page.locator("#messages")).to_contain_text(image)
    expect(page.locator("#messages script, #messages img")).to_have_count(0)
    assert asked == []


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
    page.locator("#content").get_by_role("link", name=re.compile("^Show all countries")).click()
    expect(chart(page, "effects")).to_contain_text("Denmark, workplaces")


def test_reset_leads_back_to_the_first_visit(page: Page) -> None:
    open_view(page, "theme=barriers&country=NO&view=dots&by=sector&inferred=hide")
    page.get_by_role("link", name="Reset", exact=True).click()
    expect_query(page, "")
    eventually(page, lambda: list(drawn(page)), list(THEMES))
    expect(choice(page, "Chart", "Bars")).to_be_checked()
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
    expect(chart(page, "effects")).to_contain_text("Norway, workplaces")
    assert list(drawn(page)) == ["effects"]


def test_the_table_of_a_theme_names_base_period_and_source(page: Page) -> None:
    open_view(page, "theme=effects&country=DK")
    expect(page.locator("section#effects").get_by_role("table")).to_have_count(0)
    page.locator("section#effects").get_by_role("button", name="Table of these figures").click()
    table = page.locator("section#effects").get_by_role("table").first
    expect(table).to_be_visible()
    for column in ("Share of", "n", "Period", "Source"):
        expect(
            table.get_by_role("columnheader", name=re.compile(rf"^{column}\b")).first
        ).to_be_visible()
    expect(table.get_by_role("row").nth(1)).to_contain_text("%")
    page.locator("section#effects").get_by_role("button", name="Table of these figures").click()
    expect(page.locator("section#effects").get_by_role("table")).to_have_count(0)


def test_the_numbers_of_a_table_stand_in_its_rows(page: Page) -> None:
    open_view(page, "theme=effects&country=DK&view=table")
    displays = page.locator("section#effects td").evaluate_all(
        "(cells) => cells.map((cell) => getComputedStyle(cell).display)"
    )
    assert set(displays) == {"table-cell"}


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
    download, path = saved(
        page, page.get_by_role("button", name=re.compile(r"^Picture for a slide")).click
    )
    assert re.fullmatch(r"[\w.-]+\.png", download.suggested_filename), download.suggested_filename
    assert theme in download.suggested_filename
    assert ("_dots_" in download.suggested_filename) == ("view=dots" in query)
    assert size_of(path.read_bytes()) == (3200, 1800)


def test_a_picture_as_on_screen_is_saved(page: Page) -> None:
    open_view(page, SMALL)
    box = chart(page, "effects").bounding_box()
    download, path = saved(
        page, page.get_by_role("button", name=re.compile(r"^Picture as on screen")).click
    )
    width, height = size_of(path.read_bytes())
    assert download.suggested_filename.endswith(f"_{width // 2}px.png")
    # As on screen, with a margin, and below it what the page says around the chart.
    assert 2 * box["width"] <= width <= 2 * box["width"] + 200
    assert height >= 2 * box["height"]


def test_the_camera_of_a_chart_saves_the_picture_for_a_slide(page: Page) -> None:
    open_view(page, SMALL)
    by_button, first = saved(
        page, page.get_by_role("button", name=re.compile(r"^Picture for a slide")).click
    )
    chart(page, "effects").hover(position={"x": 300, "y": 200})
    by_camera, second = saved(page, chart(page, "effects").locator(".modebar-btn").click)
    assert by_camera.suggested_filename == by_button.suggested_filename
    assert size_of(second.read_bytes()) == (3200, 1800)
    assert first.read_bytes() == second.read_bytes()


def test_pictures_of_two_themes_in_turn(page: Page) -> None:
    open_view(page, "theme=effects~barriers")
    buttons = page.get_by_role("button", name=re.compile(r"^Picture for a slide"))
    names = [saved(page, buttons.nth(number).click)[0].suggested_filename for number in (0, 1, 0)]
    assert "effects" in names[0]
    assert "barriers" in names[1]
    assert names[2] == names[0]


def test_the_mode_bar_holds_the_camera_and_nothing_that_sends_a_chart_away(page: Page) -> None:
    open_view(page, SMALL)
    buttons = chart(page, "effects").locator(".modebar-btn")
    expect(buttons).to_have_count(1)
    assert "PNG" in buttons.get_attribute("aria-label")
    config = page.evaluate("document.querySelector('.js-plotly-plot')._context")
    assert (config["showSendToCloud"], config["plotlyServerURL"], config["displaylogo"]) == (
        False,
        "",
        False,
    )
    assert "plot.ly" not in page.content()
    assert "chart-studio" not in page.content()


# --- Widths ---


@pytest.mark.parametrize("viewport", WIDTHS, indirect=True, ids=lambda size: str(size["width"]))
def test_no_page_is_wider_than_its_window(page: Page) -> None:
    for query in (
        "",
        "theme=drivers&view=heat",
        "theme=effects&view=table",
        "theme=effects~x" + "x" * 300,
    ):
        open_view(page, query)
        no_sideways_scroll(page)
        frame = page.locator("#content").bounding_box()
        for graph in page.locator("#content .js-plotly-plot .main-svg").all():
            box = graph.bounding_box()
            assert box is None or box["x"] + box["width"] <= frame["x"] + frame["width"] + 1


@NARROW
def test_filters_fold_away_on_a_narrow_screen(page: Page) -> None:
    open_view(page, SMALL)
    expect(page.locator("#country")).to_be_hidden()
    toggle = page.get_by_role("button", name="Filters")
    toggle.click()
    expect(choice(page, "Countries", "Norway")).to_be_visible()
    choice(page, "Countries", "Norway").click()
    expect(chart(page, "effects")).not_to_contain_text("Norway, workplaces")
    expect(choice(page, "Countries", "Denmark")).to_be_visible()
    no_sideways_scroll(page)
    page.keyboard.press("Escape")
    expect(page.locator("#country")).to_be_hidden()


@NARROW
def test_the_filters_button_says_whether_they_are_open(page: Page) -> None:
    open_view(page, SMALL)
    toggle = page.get_by_role("button", name="Filters")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(toggle).to_have_attribute("aria-controls", "filters")
    toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#filters")).to_be_visible()
    page.keyboard.press("Escape")
    expect(toggle).to_have_attribute("aria-expanded", "false")


@NARROW
def test_panels_stand_below_each_other_on_a_narrow_screen(page: Page) -> None:
    open_view(page, SMALL)
    first, second = (
        chart(page, "effects").locator(".textpoint text", has_text=name).first.bounding_box()
        for name in HEADINGS
    )
    assert first["x"] == pytest.approx(second["x"], abs=2)
    assert second["y"] > first["y"] + first["height"]


def test_panels_stand_side_by_side_on_a_wide_screen(page: Page) -> None:
    open_view(page, SMALL)
    first, second = (
        chart(page, "effects").locator(".textpoint text", has_text=name).first.bounding_box()
        for name in HEADINGS
    )
    assert first["y"] == pytest.approx(second["y"], abs=2)
    assert second["x"] > first["x"] + first["width"]


HEADINGS = ("Denmark, workplaces", "Norway, workplaces")


def test_charts_follow_the_width_of_the_window(page: Page) -> None:
    open_view(page, SMALL)
    page.set_viewport_size({"width": 500, "height": 900})
    eventually(page, lambda: 0 < chart_size(page, "effects")[0] <= 500, True)
    no_sideways_scroll(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    eventually(page, lambda: chart_size(page, "effects")[0] > 700, True)
