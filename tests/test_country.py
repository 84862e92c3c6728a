"""A country at a glance: its page stands for every country of the data, says what the charts say, and needs no script."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html import unescape
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from dashboard.content import country as at_glance
from dashboard.content import country_pages
from dashboard.content.urls import ViewUrls
from dashboard.dataset import Observation
from dashboard.query import DONT_KNOW
from dashboard.query.leading import key_figures, standing
from dashboard.query.view import view
from dashboard.render.widths import WIDTHS
from dashboard.selection import format as written
from dashboard.selection import parse
from dashboard.settings import Settings
from dashboard.text import findings
from dashboard.web import create_app
from tests.support import views
from tests.support.html import Outline
from tests.support.text_pages import COUNTRIES, LINKS, addresses, figures_of

URL = "https://barometer.example"
PRIMARY = ("yes", "high")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(url=URL)).test_client()


@pytest.fixture(scope="module")
def pages(client: FlaskClient) -> dict[str, Outline]:
    """Country -> its page in English, taken apart."""
    return {
        code: Outline(client.get(f"/country/{code.lower()}?lang=en").text) for code in COUNTRIES
    }


# --- What stands on the page ---


@pytest.mark.parametrize("code", COUNTRIES)
def test_the_page_is_a_sound_document_without_scripts(pages: dict[str, Outline], code: str) -> None:
    page = pages[code]
    ids = Counter(attrs["id"] for _, attrs in page.tags if attrs.get("id"))
    assert [each for each, count in ids.items() if count > 1] == []
    assert [len(page.all(tag)) for tag in ("h1", "main", "script", "img", "iframe")] == [
        1,
        1,
        0,
        0,
        0,
    ]
    assert page.title.startswith(views.loc().label("country", code))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    for href in addresses(page):
        assert re.match(r"#|/|https?://", href)
        assert not href.startswith("#") or href[1:] in ids


@pytest.mark.parametrize("code", COUNTRIES)
def test_a_key_figure_is_the_newest_that_was_published(code: str) -> None:
    found = at_glance.figures_of(views.store().newest, code)
    assert found
    assert len({key.row.indicator for key in found}) == len(found) <= 6
    surveys = views.surveys()
    for key in found:
        alike = [
            row
            for row in views.published()
            if row["concept"] == key.row.indicator
            and row["response"] in PRIMARY
            and not row["segment"]
            and surveys[row["survey_id"]]["country"] == code
            and surveys[row["survey_id"]]["kind"] == "national"
        ]
        newest = max(int(surveys[row["survey_id"]]["period_end"] or 0) for row in alike)
        own = views.published()[key.row.position]
        assert own in alike
        assert int(surveys[own["survey_id"]]["period_end"] or 0) == newest
        of_edition = {row["sector"] for row in alike if row["survey_id"] == own["survey_id"]}
        assert own["sector"] == "all" or "all" not in of_edition
        assert float(own["value"]) == key.row.value


def test_key_figures_lead_their_themes() -> None:
    release = views.store().newest
    found = [key.row for key in at_glance.figures_of(release, "DK")]
    # The site opens on who innovates; then each theme comes once.
    assert found[0].indicator == "innovative_workplaces"
    assert len({row.theme for row in found}) == len(found) == 6
    # Two themes only: their second indicators follow.
    themes = [key.row.theme for key in at_glance.figures_of(release, "NL")]
    assert themes == ["innovation", "drivers", "innovation", "drivers"]
    assert len(key_figures(release.index, at_glance.selection_of(release, "DK"), most=2)) == 2


def test_a_key_figure_of_a_part_names_the_other_parts() -> None:
    loc, release = views.loc(), views.store().newest
    first = at_glance.figures_of(release, "SE", most=1)[0]
    tile = country_pages.tile(loc, ViewUrls(loc.dataset, LINKS), first)
    assert (tile.figure, tile.who) == ("54%", "municipal workplaces")
    assert tile.beside == "regional workplaces 65%, agencies 64%"
    whole = at_glance.figures_of(release, "DK", most=1)[0]
    assert country_pages.tile(loc, ViewUrls(loc.dataset, LINKS), whole).beside == ""


def test_a_key_figure_says_its_theme_and_the_most_answers_that_it_can_have() -> None:
    loc, release = views.loc(), views.store().newest
    tiles = [
        country_pages.tile(loc, ViewUrls(loc.dataset, LINKS), key)
        for key in at_glance.figures_of(release, "DK")
    ]
    assert [tile.label for tile in tiles[:3]] == [
        "Introduced at least one innovation",
        "Drivers: started or promoted by employees",
        "Collaboration: partner outside the workplace",
    ]
    assert "n not published, at most 1,611" in tiles[0].details
    assert "n 1,352" in tiles[1].details


@pytest.mark.parametrize("code", COUNTRIES)
def test_key_figures_stand_in_the_view_that_they_open(pages: dict[str, Outline], code: str) -> None:
    loc, release = views.loc(), views.store().newest
    text = pages[code].text("content")
    for key in at_glance.figures_of(release, code):
        tile = country_pages.tile(loc, ViewUrls(loc.dataset, LINKS), key)
        assert f"{tile.figure} {tile.label}" in text
        assert key.row in figures_of(tile.address, release.index)


@pytest.mark.parametrize("code", COUNTRIES)
def test_a_chart_shows_what_its_view_shows(pages: dict[str, Outline], code: str) -> None:
    loc, release = views.loc(), views.store().newest
    charts = at_glance.theme_charts(loc, release, code)
    themes = {row["theme"] for row in views.published() if _country(row) == code and _plain(row)}
    assert {each.theme for each in charts} == themes
    hrefs = addresses(pages[code])
    for each in charts:
        query = f"theme={each.theme}&country={code}&lang=en"
        assert f"/?{query}" in hrefs
        (section,) = view(release.index, views.select(query), at_glance.MOST).sections
        assert {value.respondents.country for value in section.values} == {code}
        drawn = Outline("".join(each.drawn))
        # A chart for each thing that percentages are shares of, each in all widths.
        assert len(each.drawn) == len({value.observation.base for value in section.values})
        widths = sum("w" in attrs.get("class", "") for attrs in drawn.all("div")) // len(each.drawn)
        figures = Counter(loc.percent(value.observation.value) for value in section.values)
        for figure, count in figures.items():
            assert "".join(drawn.texts).count(figure) >= widths * count
        assert each.in_words in pages[code].text(f"{each.theme}-words")
        # Where the chart shows only some indicators, a link leads to all.
        cut = section.indicators_total > section.indicators_shown
        assert each.all_indicators == (section.indicators_total if cut else 0)
        further = f"/?theme={each.theme}&country={code}&more={each.theme}&lang=en"
        assert (further in hrefs) == cut


def test_a_theme_shows_the_largest_figures_of_a_country_and_the_page_says_so(
    pages: dict[str, Outline],
) -> None:
    """Of 22 drivers in Denmark those of 93, 90, 82, 65 and 60 percent."""
    release = views.store().newest
    shown = release.view(at_glance.selection_of(release, "DK"), at_glance.MOST)
    (drivers,) = (each for each in shown.sections if each.theme == "drivers")
    found: dict[str, list[Observation]] = {}
    for value in drivers.values:
        found.setdefault(value.measure.indicator, []).append(value.observation)
    dataset = release.index.dataset
    largest = [standing(dataset, rows).value for rows in found.values()]
    assert sorted(largest, reverse=True) == [93, 90, 82, 65, 60]
    assert drivers.indicators_total == 22
    said = "the 5 of 22 indicators with the largest figures, each with all its answers"
    assert said in pages["DK"].text("drivers")
    assert said not in pages["DK"].text("collaboration")
    # In Finland every theme shows all that it has.
    assert "indicators with the largest figures" not in pages["FI"].text("content")


def test_each_row_says_its_sector_and_period_and_no_bar_does() -> None:
    told = at_glance.theme_charts(views.loc(), views.store().newest, "DK")
    (drivers,) = (each for each in told if each.theme == "drivers")
    drawn = Outline("".join(drivers.drawn))
    sectors = [each for each in drawn.texts if each.startswith(("All sectors", "Municipal"))]
    assert sectors.count("All sectors · 2021–23") >= 3 * len(
        [width for width in WIDTHS if width <= at_glance.COLUMN]
    )
    assert not {"All sectors", "Municipal"} & set(sectors)


def test_a_theme_says_what_its_view_finds(pages: dict[str, Outline]) -> None:
    release, loc = views.store().newest, views.loc()
    for code in COUNTRIES:
        told = at_glance.theme_charts(loc, release, code)
        for each in told:
            own = release.view(views.select(f"theme={each.theme}&country={code}&lang=en"))
            assert each.found == findings.title_of(loc, own)
            name = loc.label("theme", each.theme)
            heading = pages[code].text(f"{each.theme}-name").replace("\u2060", "")
            assert heading.split() == f"{name} {each.found}".split()


def test_a_theme_without_a_finding_has_its_name_for_a_heading() -> None:
    release, loc = views.store().newest, views.loc()
    first, *others = at_glance.theme_charts(loc, release, "DK")
    told = country_pages.Told((replace(first, found=""), *others), at_glance.comparable(release))
    page = Outline(country_pages.country(loc, LINKS, release, told, "DK"))
    assert page.text(f"{first.theme}-name") == loc.label("theme", first.theme)
    assert others[0].found.split()[0] in page.text(f"{others[0].theme}-name").split()
    assert [attrs for attrs in page.all("span") if attrs.get("class") == "found"] == [
        {"class": "found"} for each in others if each.found
    ]


def test_an_indicator_has_a_row_for_each_of_its_answers_where_the_page_says_so(
    pages: dict[str, Outline],
) -> None:
    release = views.store().newest
    shown = release.view(at_glance.selection_of(release, "DK"), at_glance.MOST)
    (section,) = (part for part in shown.sections if part.theme == "innovation")
    assert "each with all its answers" in pages["DK"].text("innovation")
    published = {
        row["response"]
        for row in views.published()
        if (row["survey_id"], row["concept"]) == ("dk-2023", "novelty")
    }
    assert len(published) > 2
    drawn = [
        value.measure
        for row in section.rows
        for value in row.values
        if value.measure.indicator == "novelty"
    ]
    assert Counter(each.response for each in drawn) == Counter(published - {DONT_KNOW})


def test_what_comes_late_is_folded(
    pages: dict[str, Outline],
) -> None:
    for code in COUNTRIES:
        told = at_glance.theme_charts(views.loc(), views.store().newest, code)
        folds = [attrs for attrs in pages[code].all("details") if "class" not in attrs]
        # One a theme, and the surveys.
        assert ["open" in attrs for attrs in folds] == [
            *(at < country_pages.UNFOLDED for at in range(len(told))),
            False,
        ]


def _country(row: dict[str, str]) -> str:
    return views.surveys()[row["survey_id"]]["country"]


def _plain(row: dict[str, str]) -> bool:
    """Whether a figure is of a national survey, of no group, and a primary answer."""
    national = views.surveys()[row["survey_id"]]["kind"] == "national"
    return national and not row["segment"] and row["response"] in PRIMARY


@pytest.mark.parametrize("code", COUNTRIES)
def test_links_to_views_are_canonical_and_show_figures(
    pages: dict[str, Outline], code: str
) -> None:
    index = views.index()
    found = [
        href for href in addresses(pages[code]) if href.startswith("/?") and href != "/?lang=en"
    ]
    assert len(found) > 5
    for href in found:
        query = urlsplit(href).query
        parsed = parse(query, index.vocabulary)
        assert parsed.ignored == ()
        assert (written(parsed.selection, index.vocabulary), parsed.selection.language) == (
            query,
            "en",
        )
        assert view(index, parsed.selection).figures > 0, href


def test_countries_are_comparable_on_what_their_comparison_draws(
    pages: dict[str, Outline],
) -> None:
    loc, release = views.loc(), views.store().newest
    shared = at_glance.comparable(release)
    listed = 0
    for code in COUNTRIES:
        for other in at_glance.partners(ViewUrls(loc.dataset, LINKS), shared, code):
            drawn = figures_of(other.address, release.index)
            assert {row.country for row in drawn} == {code, other.country}
            assert {row.indicator for row in drawn} == set(other.indicators)
            assert shared[other.country][code] == other.indicators
            name = loc.label("country", other.country)
            assert f"{name}: {len(other.indicators)} indicator" in pages[code].text("content")
            listed += 1
    assert listed > 10
    # A country that no other may be compared with says so.
    alone = [code for code in COUNTRIES if code not in shared]
    assert alone
    for code in alone:
        assert "No figure may be compared" in pages[code].text("content")


def test_a_country_in_short_tells_who_answered_its_own_surveys_and_the_newest_period() -> None:
    loc = views.loc()
    told = {
        code: country_pages.in_short(loc, at_glance.survey_lines(loc.dataset, code))
        for code in COUNTRIES
    }
    # The comparison published together counts as a survey, but not for who answered and when.
    assert told["FI"] == "4 surveys · answered by management · newest figures: 2020–2021"
    assert told["DK"].endswith("answered by workplaces and management · newest figures: 2021–2023")


def test_surveys_breaks_and_definitions_are_told(pages: dict[str, Outline]) -> None:
    dataset = views.index().dataset
    for code in COUNTRIES:
        text = pages[code].text("content")
        hrefs = addresses(pages[code])
        for survey in dataset.surveys.values():
            assert (f"/sources?lang=en#{survey.survey_id}" in hrefs) == (survey.country == code)
        for found in dataset.breaks:
            own = dataset.surveys[found.from_survey].country == code
            assert (" ".join(found.description.split()) in text) == own
    assert "Four kinds of innovation" in pages["DK"].text("content")
    assert "Four kinds of innovation" not in pages["NL"].text("content")


def test_the_list_has_every_country_with_its_surveys_and_who_innovates(client: FlaskClient) -> None:
    page = Outline(client.get("/countries?lang=en").text)
    text, hrefs = page.text("content"), addresses(page)
    for code in COUNTRIES:
        assert f"/country/{code.lower()}?lang=en" in hrefs
    for survey in views.surveys().values():
        assert " ".join(survey["title"].split()) in text
        assert f"/sources?lang=en#{survey['survey_id']}" in hrefs
    assert text.count("Introduced at least one innovation") == len(COUNTRIES)
    assert "83% Introduced at least one innovation % of workplaces" in text


def test_the_most_that_an_n_can_be_is_explained_under_each_chart_that_has_one(
    client: FlaskClient,
) -> None:
    told = set()
    for country in ("dk", "se"):
        page = unescape(client.get(f"/country/{country}?lang=en").text)
        for theme in re.split(r"<section[ >]", page)[1:]:
            stands = bool(re.search(r">≤ [\d,]+<", theme))
            assert ("n ≤: unpublished, at most this" in theme) == stands
            told.add(stands)
    assert told == {True, False}
