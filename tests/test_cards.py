"""One figure, or two, by their names: what an address opens, what is said where it cannot, and the parts that a script asks for."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from dashboard import cards, handlers
from dashboard.comparability import NO, verdict
from dashboard.dataset.figure_name import FigureName
from dashboard.selection import LANGUAGES
from dashboard.settings import Settings
from dashboard.text import figure_choices
from dashboard.text.pair import pair
from dashboard.web import create_app
from tests.support import views
from tests.support.components import components, said
from tests.support.figures import figure

DANES = "dk-2023:all:collab_companies"
ICELANDERS = "is-2021:all:collab_companies"
RENAMED = "dk-2017:municipal:collab_public"
"""A figure that release 2026.1 has under this name."""


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(contact="mailto:errors@example.org")).test_client()


def page(client: FlaskClient, query: str) -> str:
    return unescape(client.get(f"/?{query}").text)


# --- The address of a figure ---


@pytest.mark.parametrize("written", [DANES, f"{DANES}:yes", f"{DANES}~{ICELANDERS}"])
def test_a_name_opens_the_card_of_its_figure(written: str) -> None:
    context = views.context(f"theme=effects&figure={written}")
    opened = cards.of_address(context)
    assert opened
    assert opened.title == "Private companies as partners"
    assert opened.search == f"?theme=effects&figure={written.removesuffix(':yes')}"
    assert ("Difference: 22 points" in said(opened.body, " ")) == (ICELANDERS in written)


def test_every_figure_is_found_by_its_name() -> None:
    release = views.store().newest
    for row in release.index.dataset.observations:
        assert release.figure(str(FigureName.of(row))) == row
    for name in ("", "x", "a:b:c", f"{DANES}:no", f"{DANES}:high"):
        assert release.figure(name) is None


def test_an_opened_figure_changes_nothing_else() -> None:
    bare, opened = (views.context(f"theme=effects{more}") for more in ("", f"&figure={DANES}"))
    assert opened.view is bare.view
    for one, other in ((bare.url(), opened.url()), (bare.page_url, opened.page_url)):
        assert one == other
    state = handlers.update(opened, {}, 960)
    assert (state["messages"], state["search"]) == ([], "?theme=effects")


def test_a_figure_of_another_release_is_told_with_the_way_there() -> None:
    context = views.context(f"theme=collaboration&figure={RENAMED}")
    assert cards.of_address(context) is None
    message = handlers.update(context, {}, 960)["messages"]
    assert f"The figure {RENAMED} is not in data release 2026.2. Show it in release 2026.1" in said(
        message, " "
    )
    [link] = [each.href for each in components(message) if type(each).__name__ == "A"]
    assert link == f"/?theme=collaboration&release=2026.1&figure={RENAMED}"
    there = views.context(link.removeprefix("/?"))
    assert cards.of_address(there)
    assert cards.gone(there) == []


def test_a_figure_of_no_release_is_told() -> None:
    message = cards.gone(views.context("figure=dk-1999:all:collab_any"))
    assert said(message, " ").count("dk-1999:all:collab_any") == 1
    assert not [each for each in components(message) if type(each).__name__ == "A"]


# --- The first response ---


def test_without_scripts_the_card_stands_on_the_page(client: FlaskClient) -> None:
    text = page(client, f"figure={DANES}~{ICELANDERS}&lang=en")
    shown = re.search(r'<section class="card-on-page".*?</section>', text, re.DOTALL)
    assert shown
    for part in ("16%", "CO-PI", "Comparable with care", "Difference: 22 points"):
        assert part in shown[0]
    assert not re.search("<(button|select|input)", shown[0])
    assert "mailto:errors@example.org?subject=Error%20in%20a%20figure&body=http%3A" in shown[0]
    assert "card-on-page" not in page(client, "theme=effects")


def test_title_and_description_are_the_figures_and_the_canonical_address_is_the_views(
    client: FlaskClient,
) -> None:
    text = page(client, f"theme=effects&figure={DANES}&lang=en")
    title = "Private companies as partners: 16% of innovations (Denmark, workplaces, 2021–2023)"
    assert f"<title>{title} – " in text
    said = (
        "Denmark, workplaces: “Private companies as partners” was reported for 16% of innovations"
    )
    assert f'<meta name="description" content="{said} (2021–2023; n 1,352' in text
    assert (
        f'<meta property="og:url" content="http://localhost/?theme=effects&lang=en&figure={DANES}">'
        in text
    )
    assert '<link rel="canonical" href="http://localhost/?theme=effects&lang=en">' in text


@pytest.mark.parametrize("path", ["/data.csv", "/embed"])
def test_files_and_frames_leave_a_figure_aside(client: FlaskClient, path: str) -> None:
    bare, opened = (
        client.get(f"{path}?theme=effects&lang=en{more}").text for more in ("", f"&figure={DANES}")
    )
    # What follows are Dash's own scripts, with an id of each answer.
    assert bare.partition("<div hidden>")[0] == opened.partition("<div hidden>")[0] != ""


# --- Two figures ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_two_figures_have_a_verdict_and_a_difference_only_where_they_may_be_compared(
    language: str,
) -> None:
    index, loc = views.index(), views.store().newest.localizer(language)
    rows = tuple(index.dataset.observations)
    for first, second in zip(rows[::7], rows[3::7], strict=False):
        found, turned = pair(loc, index, first, second), pair(loc, index, second, first)
        judged = verdict(index.dataset, first, second, index.thresholds)
        assert found.kind == turned.kind == judged.kind
        assert bool(found.difference) == (judged.kind != NO)
        assert found.difference == turned.difference
        assert found.reasons
        assert not set("{}") & set(found.difference + found.reasons)


def test_a_tested_pair_is_told_as_elsewhere_and_another_by_its_interval_alone() -> None:
    loc, index = views.loc(), views.index()
    one, other = (
        figure("se-2021-workplace", sector, "collab_any") for sector in ("regional", "municipal")
    )
    tested = pair(loc, index, one, other)
    assert tested.difference.startswith("A larger gap than chance alone would give (9 points")
    assert "Holm" in tested.caveat
    one, other = (
        figure("dk-2015", "all", "effect_quality"),
        figure("dk-2020", "all", "effect_quality"),
    )
    assert pair(loc, index, one, other).caveat == ""


@pytest.mark.parametrize(
    "row",
    [figure(*DANES.split(":")), figure("se-2021-central", "regional", "driver_users", "high")],
)
def test_the_figures_of_the_same_indicator_are_offered_first(row) -> None:
    offered = figure_choices.alike(views.loc(), row)
    names = [each.name for _, figures in offered.groups for each in figures]
    expected = [
        each for each in views.index().dataset.observations if each.indicator == row.indicator
    ]
    assert sorted(names) == sorted(str(FigureName.of(each)) for each in expected if each != row)
    headings = [heading for heading, _ in offered.groups]
    assert len(set(headings)) == len(headings)


def test_words_find_any_figure_and_the_rest_is_counted() -> None:
    row = figure(*DANES.split(":"))
    found = figure_choices.fitting(views.loc(), row, "iceland companies")
    labels = [each.label for _, figures in found.groups for each in figures]
    assert labels
    assert all("Iceland" in label for label in labels)
    assert figure_choices.fitting(views.loc(), row, "astrology").groups == ()
    many = figure_choices.fitting(views.loc(), row, "workplaces")
    assert sum(len(figures) for _, figures in many.groups) == figure_choices.LISTED
    assert many.more > 0


# --- The parts that a script asks for ---


def test_a_comparison_is_finished_html(client: FlaskClient) -> None:
    answer = client.get(
        f"/fragment/comparison?theme=effects&lang=da&first={DANES}&second={ICELANDERS}"
    )
    assert answer.status_code == 200
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Kan sammenlignes med forbehold" in answer.text
    assert f"/?theme=effects&lang=da&figure={DANES}~{ICELANDERS}" in unescape(answer.text)


def test_the_figures_to_choose_are_options(client: FlaskClient) -> None:
    listed = client.get(f"/fragment/figures?first={DANES}&lang=en").text
    found = client.get(f"/fragment/figures?first={DANES}&lang=en&find=iceland+2021").text
    assert f'<option value="{ICELANDERS}">' in listed
    assert "Private companies" in found
    assert "Denmark" not in found


@pytest.mark.parametrize(
    ("path", "status", "part"),
    [
        (f"comparison?first={DANES}", 400, "“second” is missing"),
        ("comparison?second=x", 400, "“first” is missing"),
        (f"comparison?first={DANES}&second={DANES}", 404, "two different ones"),
        (f"comparison?first={DANES}&second=<b>", 404, "“second” must name"),
        ("figures?first=x", 404, "must name figures of data release"),
        (f"figures?first={DANES}&colour=red", 400, "“colour” is not a parameter"),
    ],
)
def test_what_names_no_figure_is_told(
    client: FlaskClient, path: str, status: int, part: str
) -> None:
    answer = client.get(f"/fragment/{path}&lang=en")
    assert (answer.status_code, answer.mimetype) == (status, "text/plain")
    assert part in answer.text


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("", ""),
        (
            "mailto:a@b.example",
            "mailto:a@b.example?subject=Error&body=http%3A%2F%2Fx%2F%3Fa%3Db%26c",
        ),
        (
            "https://b.example/new?kind=bug#top",
            "https://b.example/new?kind=bug&about=http%3A%2F%2Fx%2F%3Fa%3Db%26c#top",
        ),
    ],
)
def test_an_error_is_reported_with_the_address_of_the_figure(contact: str, expected: str) -> None:
    assert cards.report(contact, "Error", "http://x/?a=b&c") == expected
