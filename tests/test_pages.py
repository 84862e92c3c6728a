"""The pages on sources, method and changes: sound, linked, and whole."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from dashboard.content import pages
from dashboard.content.survey_entries import indicator_tables, survey_entries
from dashboard.content.urls import ViewUrls
from dashboard.dataset import Dataset
from dashboard.query import DatasetIndex
from dashboard.query.view import view
from dashboard.selection import format as written
from dashboard.selection import parse
from dashboard.text import Localizer
from tests.support.html import Outline
from tests.support.text_pages import LIMITS, LINKS, figures_of
from tests.support.views import store

NAMES = ["sources", "method", "changes"]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_a_sound_document(documents: dict[str, Outline], name: str) -> None:
    page = documents[name]
    ids = Counter(attrs["id"] for _, attrs in page.tags if attrs.get("id"))
    assert [each for each, count in ids.items() if count > 1] == []
    assert page.all("html") == [{"lang": "en"}]
    assert [len(page.all(tag)) for tag in ("h1", "header", "main", "footer", "title")] == [1] * 5
    assert page.all("a")[0] == {"class": "skip", "href": "#content"}
    current = [
        (attrs["aria-current"], attrs["href"], attrs.get("hreflang"))
        for attrs in page.all("a")
        if "aria-current" in attrs
    ]
    assert sorted(current, key=str) == [
        ("page", f"/{name}", None),
        ("true", f"/{name}", None),
        ("true", f"/{name}?lang=en", "en"),
    ]
    assert all(
        attrs.get("aria-label") or attrs.get("aria-labelledby") in ids for attrs in page.all("nav")
    )
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert len(page.all("table")) == len(page.all("caption"))
    assert page.all("table") or name == "changes"
    assert all(attrs.get("scope") in {"row", "col"} for attrs in page.all("th"))


@pytest.mark.parametrize("name", NAMES)
def test_the_page_obeys_the_policy_and_loads_nothing_foreign(
    documents: dict[str, Outline], name: str
) -> None:
    page = documents[name]
    assert not {"script", "style", "img", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert not [
        attrs
        for _, attrs in page.tags
        if "style" in attrs or any(key.startswith("on") for key in attrs)
    ]
    loaded = [
        attrs["href"]
        for attrs in page.all("link")
        if attrs["rel"] not in ("alternate", "canonical")
    ]
    assert loaded == ["/assets/favicon.ico", *LINKS.stylesheets]
    assert all(re.match(r"#|/|https?://", attrs["href"]) for attrs in page.all("a"))


@pytest.mark.parametrize("name", NAMES)
def test_links_within_the_pages_have_an_end(documents: dict[str, Outline], name: str) -> None:
    for href in (attrs["href"] for attrs in documents[name].all("a")):
        address, _, anchor = href.partition("#")
        path = address.partition("?")[0]
        if path in ("", *(f"/{page}" for page in NAMES)) and anchor:
            assert anchor in documents[path.strip("/") or name].parts, href


@pytest.mark.parametrize("name", NAMES)
def test_links_to_views_are_canonical_and_show_figures(
    documents: dict[str, Outline], index: DatasetIndex, name: str
) -> None:
    addresses = {
        attrs["href"] for attrs in documents[name].all("a") if attrs["href"].startswith("/?")
    }
    assert len(addresses) > 10
    for address in addresses:
        query = urlsplit(address).query
        parsed = parse(query, index.vocabulary)
        assert parsed.ignored == ()
        assert written(parsed.selection, index.vocabulary) == query
        assert view(index, parsed.selection).figures > 0, address


def test_links_stand_behind_the_base(loc: Localizer) -> None:
    links = pages.PageUrls(stylesheets=(), base="/barometer")
    for text in (
        pages.sources(loc, links),
        pages.method(loc, links, LIMITS),
        pages.changes(loc, links, store().history("en")),
    ):
        assert {href.split("/")[1] for href in re.findall(r'<a href="(/[^"]*)"', text)} == {
            "barometer"
        }


def test_every_survey_indicator_and_publication_is_on_the_page(
    documents: dict[str, Outline], dataset: Dataset
) -> None:
    page = documents["sources"]
    for survey in dataset.surveys.values():
        assert page.text(survey.survey_id) == " ".join(survey.title.split())
    for indicator in dataset.indicators.values():
        row = page.text(f"concept-{indicator.indicator}")
        assert row.startswith(indicator.label)
        assert indicator.definition in row
    for source in dataset.sources.values():
        assert " ".join(source.title.split()) in page.text(f"source-{source.source_id}")
    for name in ("base", "status", "qualifier"):
        for code in dataset.codes[name].values():
            assert code.description in page.text(f"{name}-{code.code}")
    every = page.text("content")
    assert every.count("Not collected yet.") == sum(
        not survey.has_figures for survey in dataset.surveys.values()
    )
    for text in (
        *(found.description for found in dataset.breaks),
        *(test.statement for test in dataset.published_tests),
    ):
        assert " ".join(text.split()) in every
    for record in dataset.asked.values():
        assert record.evidence in every


def test_the_views_of_a_survey_hold_all_its_figures(loc: Localizer, index: DatasetIndex) -> None:
    views = ViewUrls(loc.dataset, LINKS)
    for entry in survey_entries(loc, views):
        if entry.figures:
            assert {row.survey_id for row in figures_of(entry.charts, index)} <= {
                entry.survey.survey_id
            }
            whole = [
                row
                for row in figures_of(entry.table, index)
                if row.survey_id == entry.survey.survey_id
            ]
            assert len(whole) == entry.undivided
            counts = [len(figures_of(address, index)) for _, address, _ in entry.splits]
            assert counts == [number for _, _, number in entry.splits]
            assert entry.undivided + sum(counts) == entry.figures
    tables = indicator_tables(loc, views)
    for indicator in loc.dataset.indicators:
        for _, address, number in tables(indicator):
            assert len(figures_of(address, index)) == number, address


def test_a_break_is_told_at_every_edition_that_it_parts(loc: Localizer) -> None:
    entries = {
        entry.survey.survey_id: entry for entry in survey_entries(loc, ViewUrls(loc.dataset, LINKS))
    }
    editions = {
        survey
        for survey, entry in entries.items()
        if "dk-collab-any-2020" in {found.break_id for found in entry.breaks}
    }
    assert editions == {"dk-2015", "dk-2017", "dk-2020", "dk-2023"}


def test_changes_tell_every_correction_once_and_every_figure_that_was_added(
    documents: dict[str, Outline], dataset: Dataset
) -> None:
    page = documents["changes"]
    steps = store().history("en")
    headings = [attrs["id"] for attrs in page.all("h2")]
    assert headings == [f"release-{step.release}" for step in steps]
    assert steps[0].release == dataset.release
    changes_listed = [change for step in steps for change in step.changes]
    assert [change.change_id for change in changes_listed] == [
        change.change_id for change in dataset.changes
    ]
    for change in changes_listed:
        text = page.text(change.change_id)
        assert text.startswith(" ".join(change.reason.split()))
        for before, after in zip(change.before, change.after, strict=True):
            assert f"{before or '–'} → {after or '–'}" in text
    assert "collab_public → collab_public_outside" in page.text("dk-public-outside")
    added = {row.indicator for row in steps[0].added}
    assert "initiated_political_leadership" in added
    assert page.text("content").count("figures.") == len(steps)
