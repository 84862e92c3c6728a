"""The first response: what stands on the page before a script runs, and where none does."""

from __future__ import annotations

import re

import pytest
from dash import html

from dashboard.layout.to_html import to_html
from dashboard.render.widths import WIDTHS
from dashboard.selection import parse
from dashboard.settings import Settings
from dashboard.web import create_app
from dashboard.web.static.build import ASSETS
from tests.support import views
from tests.support.components import EMPTY
from tests.support.html import outline
from tests.support.views import FIRST_VISIT, READY_VIEWS

CSS = ASSETS / "barometer.css"


@pytest.fixture(scope="module")
def web():
    """A client of the whole site."""
    return create_app(Settings(drawings=0)).test_client()


def test_texts_and_attributes_are_escaped():
    assert (
        to_html(html.P("<b>&", title='"><script>'), EMPTY)
        == '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;</p>'
    )


@pytest.mark.parametrize(
    "query",
    [FIRST_VISIT, *READY_VIEWS.values(), "view=scale", "view=heat", "view=table&theme=effects"],
)
def test_the_first_response_holds_title_summaries_charts_and_every_figure(web, query):
    found, shown = outline(web, f"/?{query}"), views.show(query)
    text = " ".join(" ".join(found.texts).split())
    assert len(found.all("h1")) == len(found.all("main")) == 1
    below = [each for view in views.context(query).views for each in view.sections]
    assert [each["id"] for each in found.all("section") if "theme" in each["class"].split()] == [
        section.theme for section in below
    ]
    drawings = [each for each in found.all("svg") if each.get("role") == "img"]
    # Each in every width, of which one is seen.
    charts = 0 if shown.selection.chart == "table" else len(below)
    assert len(drawings) == charts * len(WIDTHS)
    assert all(each["aria-label"] for each in drawings)
    assert len(found.all("table")) == len(below)
    for section in below:
        assert views.loc().label("theme", section.theme) in text
        for value in section.values:
            assert views.loc().value(value) in text


def test_the_filters_are_a_form_that_asks_for_the_same_addresses(web):
    found = outline(web, "/?theme=effects&country=DK~SE&lang=da&look=dark")
    ticked = [
        (each["name"], each["value"])
        for each in found.all("input")
        if "checked" in each and each.get("name")
    ]
    hidden = [
        (each["name"], each["value"]) for each in found.all("input") if each["type"] == "hidden"
    ]
    assert {
        ("country", "DK"),
        ("country", "SE"),
        ("theme", "effects"),
        ("view", "bars"),
        ("split", "none"),
    } <= set(ticked)
    display = [("lang", "da"), ("look", "dark")]
    # The search stands before the filters as a form of its own.
    assert hidden == [*display, *display]
    asked = views.select("&".join(f"{name}={value}" for name, value in [*display, *ticked]))
    assert asked == views.select("theme=effects&country=DK~SE&lang=da&look=dark")


@pytest.mark.parametrize(
    "query",
    [
        "theme=drivers&inferred=hide&interval=hide&more=drivers&release=2026.1",
        "theme=effects&edition=dk-2020~no-municipal-2018&view=dots",
        "edition=all&split=size&only=comparable",
        *READY_VIEWS.values(),
    ],
)
def test_a_form_sent_as_it_stands_leads_back_to_its_view(web, query):
    found = outline(web, f"/?{query}")
    sent = [
        (each["name"], each["value"])
        for each in found.all("input")
        if each.get("name") and ("checked" in each or each["type"] == "hidden")
    ]
    back, asked = (
        parse(text, views.store().vocabulary)
        for text in ("&".join(f"{name}={value}" for name, value in sent), query)
    )
    assert back == asked
    assert asked.ignored == ()


def test_nothing_that_needs_a_script_is_offered(web):
    """A button that needs a script waits for the app unseen; the style sheet hides it by its mark."""
    found = outline(web, f"/?{FIRST_VISIT}")
    waiting = [each for each in found.all("button") if "data-scripted" in each]
    assert {each["type"] for each in found.all("button") if each not in waiting} == {"submit"}
    assert "#prerendered :is([data-scripted], .values) { visibility: hidden; }" in CSS.read_text()
    links = [each["href"] for each in found.all("a")]
    assert not [link for link in links if not re.match(r"(https?:/)?/|#", link)]
    assert any(link.startswith("/view.zip") for link in links)
    assert len(found.all("table")) == len(views.show(FIRST_VISIT).sections)
    slides = [link for link in links if link.startswith("/chart.png?") and "size=slide" in link]
    assert len(slides) == len(views.show(FIRST_VISIT).sections)


def test_every_label_has_its_control_and_every_anchor_its_target(web):
    found = outline(web, "/?lang=fi")
    ids = {each["id"] for _, each in found.tags if each.get("id")}
    assert {each["for"] for each in found.all("label")} <= ids
    assert {link["href"][1:] for link in found.all("a") if link["href"].startswith("#")} <= ids


def test_a_view_that_cannot_be_shown_says_why(web):
    found = outline(web, "/?theme=none&colour=red")
    text = " ".join(found.texts)
    assert "“colour” is not a parameter" in text
    assert "Choose at least one theme" in text
    assert [each["href"] for each in found.all("a") if "btn" in (each.get("class") or "")]


def test_a_chart_stands_there_in_every_width_of_which_the_style_sheet_shows_one(web):
    """Each as a whole picture; the page is the same whoever asks for it."""
    answers = [
        web.get("/?theme=effects", headers={"User-Agent": agent}) for agent in ("Desk", "Mobile")
    ]
    # Each document has its own id for the log.
    first, other = (each.text.partition('<div id="prerendered">')[2] for each in answers)
    assert first.partition("<div hidden>")[0] == other.partition("<div hidden>")[0]
    classes = [f"w{width:g}" for width in WIDTHS]
    assert re.findall(r'<div class="drawn (w\d+)"', answers[0].text) == classes
    shown = re.findall(r"@container \((.*?)\) { #prerendered \.chart \.(w\d+)", CSS.read_text())
    assert [name for _, name in shown] == classes
    # In the reader's letters, which are usually 16 pixels large.
    bounds = [
        16 * float(number) for line, _ in shown for number in re.findall(r"([\d.]+)rem", line)
    ]
    assert sorted(set(bounds)) == list(WIDTHS[1:])


def test_the_look_of_the_address_decides_and_else_the_system(web):
    dark, either = (
        web.get(f"/?theme=effects{colour_scheme}").text for colour_scheme in ("&look=dark", "")
    )
    assert '<html lang="en" data-colour-scheme="dark">' in dark
    assert "prefers-color-scheme" not in dark
    assert "prefers-color-scheme" in either


@pytest.mark.browser
def test_without_scripts_the_page_answers_and_its_form_works(browser, server):
    context = browser.new_context(base_url=server, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto("/?lang=sv")
    assert page.locator("svg[role=img]").locator("visible=true").count() == 4
    page.locator("#country-filter > summary").click()
    assert page.locator("#country-filter .count").first.inner_text().isdigit()
    page.get_by_label("Norge").first.uncheck()
    page.locator("#country-filter").get_by_role("button", name="Visa").click()
    assert "lang=sv" in page.url
    assert "country=NO" not in page.url
    assert "Norge" not in page.locator("#prerendered .chart").first.inner_text()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("blocked", ["**/static/dash-renderer*", "**/static/plotly.min.js*"])
def test_a_blocked_script_leaves_the_page_standing(browser, server, blocked):
    context = browser.new_context(base_url=server, locale="en-GB")
    page = context.new_page()
    page.route(blocked, lambda route: route.abort())
    page.goto("/?theme=effects")
    page.wait_for_timeout(500)
    assert page.locator("#prerendered svg[role=img]").locator("visible=true").count() == 1
    assert page.get_by_role("heading", name="raised efficiency").first.is_visible()
    context.close()


FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.mark.browser
@pytest.mark.parametrize("slower", [1, 6])
@pytest.mark.parametrize("query", ["theme=effects&country=DK", ""])
def test_the_app_takes_over_in_place_and_keeps_the_focus(page, query, slower):
    """Of a reader who has gone on to the last theme, on a fast machine and on a slow one."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    # A place that is still scrolled to cannot be measured.
    page.emulate_media(reduced_motion="reduce")
    held, measured = [], []
    page.route(
        "**/plotly.min.js*", lambda route: route.continue_() if measured else held.append(route)
    )
    # By then the style sheets are there; the app waits for plotly.js.
    page.goto(f"/?{query}", wait_until="domcontentloaded")
    link = page.locator("#prerendered #effects summary", has_text="How to read").first
    link.focus()
    before = link.bounding_box()
    measured.append(True)
    for route in held:
        route.continue_()
    page.wait_for_selector("body:not(.prerendered) .main-svg")
    page.evaluate(FRAMES)
    assert page.locator("#prerendered").count() == 0
    after = page.locator("#effects summary:focus", has_text="How to read").bounding_box()
    assert abs(before["y"] - after["y"]) < 2
