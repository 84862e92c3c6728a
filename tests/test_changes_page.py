"""The page on changes, and the releases to come."""

from __future__ import annotations

import csv
import html
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dashboard.comparability import SmallBaseThresholds
from dashboard.content import pages
from dashboard.dataset import (
    DATA_FOLDER,
    Change,
    archive_release,
    archives,
    check,
    load,
)
from dashboard.dataset.changes import name
from dashboard.releases import ReleaseStore
from dashboard.selection import LANGUAGES, parse
from dashboard.selection import format as query_of
from dashboard.settings import Settings
from dashboard.web.app import create_app
from tests.support.changes import CHANGES, MOVED, NEW, OF_FIGURES, OLD, reasons
from tests.support.folders import added, cell, copied, line_of, version
from tests.support.html import Outline

# --- The page ---


def page(store: ReleaseStore, language: str) -> str:
    links = pages.PageUrls(stylesheets=("/assets/pages.css",), language=language)
    return pages.changes(store.newest.localizer(language), links, store.history(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_lists_every_release_with_what_it_corrected_and_added(
    store: ReleaseStore, language: str
) -> None:
    text, loc = page(store, language), store.newest.localizer(language)
    found = Outline(text)
    assert [attrs["id"] for attrs in found.all("h2")] == [f"release-{NEW}", f"release-{OLD}"]
    assert len([attrs for _, attrs in found.tags if attrs.get("id")]) == len(found.parts), (
        "each id once"
    )
    expected = reasons(store, language)
    for change in CHANGES:
        assert found.text(change["change_id"]).startswith(
            " ".join(expected[change["change_id"]].split())
        )
    newest, first = text.split('<h2 id="release-')[1:]
    assert all(f'id="{change["change_id"]}"' in newest for change in CHANGES)
    assert first.count("<li") == first.count("<h3>") == 0
    assert newest.count("<h3>") == 2
    # Cells of the tables are codes and English texts.
    marks = [attrs for tag, attrs in found.tags if tag == "span" and attrs.get("class") == "fine"]
    assert marks
    assert {attrs.get("lang") for attrs in marks} == {None if language == "en" else "en"}
    assert "concept: collab_public → collab_public_outside" in found.text("dk-public-outside")
    assert "n: 1600 → –" in found.text("se-2018-innovative")
    assert "respondents: – → 1222; – → 274" in found.text("se-2021-answers")
    assert " ".join(loc.percent(74).split()) in found.text("no-2020-innovative")


def test_every_figure_that_is_named_leads_to_a_view_that_shows_it(store: ReleaseStore) -> None:
    corrected, _, new = (
        page(store, "en").partition("<h3>Corrected</h3>")[2].partition("<h3>Added</h3>")
    )
    for part, expected in (
        (corrected, [MOVED.get(each, each) for row in OF_FIGURES for each in row["rows"].split()]),
        (new, [name(row) for row in store.history("en")[0].added]),
    ):
        addresses = [html.unescape(found) for found in re.findall(r'<a href="(/\?[^"]*)"', part)]
        assert len(addresses) == len(expected)
        for address, figure in zip(addresses, expected, strict=True):
            query = urlsplit(address).query
            parsed = parse(query, store.vocabulary)
            assert (parsed.ignored, query_of(parsed.selection, store.vocabulary)) == ((), query)
            shown = {
                name(value.observation)
                for section in store.of(parsed.selection).view(parsed.selection).sections
                for value in section.values
            }
            assert figure in shown, address


def test_a_figure_of_one_answer_is_named_with_it(store: ReleaseStore) -> None:
    assert "Role of technology in the innovation: technology is the solution, <a href=" in page(
        store, "en"
    )


def test_the_page_is_served_in_every_language() -> None:
    client = create_app(Settings(drawings=0)).test_client()
    for language in LANGUAGES:
        answer = client.get(f"/changes?lang={language}")
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in answer.text
        assert 'id="dk-public-outside"' in answer.text
    old = client.get(
        f"/data.csv?theme=collaboration&country=DK&edition=dk-2017&release={OLD}&lang=en"
    )
    assert "collab_public," in old.text
    assert "collab_public_outside" not in old.text


# --- The releases to come ---


def changed(folder: Path, row: str) -> None:
    """One more row of changes.csv, with its translations."""
    added("changes.csv", row)(folder)
    change = next(csv.reader([row]))[0]
    for language in LANGUAGES:
        if language != "en":
            added("translations.csv", f"{language},change,{change},,,Because ({language}).")(folder)


def test_a_figure_is_followed_through_several_releases(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    shutil.copytree(DATA_FOLDER / "releases", folder / "releases")
    archive_release(folder)
    line = line_of(survey_id="dk-2017", concept="collab_public_outside", sector="municipal")
    cell("observations.csv", line, "concept", "collab_foundations")(folder)
    cell("observations.csv", line, "value", "21")(folder)
    # Two changes of one release name the figure as it was called before; that of a later one as it was called since.
    changed(
        folder,
        "refiled,2026.3,observations.csv,dk-2017~municipal~~collab_public_outside~yes,concept,collab_public_outside,collab_foundations,Why.",
    )
    changed(
        folder,
        "raised,2026.3,observations.csv,dk-2017~municipal~~collab_public_outside~yes,value,20,21,Why.",
    )
    version(folder, "2026.3")
    assert check(folder).faults == ()
    archive_release(folder)
    cell("observations.csv", line, "value", "22")(folder)
    changed(
        folder,
        "raised-again,2026.10,observations.csv,dk-2017~municipal~~collab_foundations~yes,value,21,22,Why.",
    )
    version(folder, "2026.10")
    assert check(folder).faults == ()

    store = ReleaseStore.of_dataset(load(folder), archives(folder), SmallBaseThresholds())
    assert [step.release for step in store.history("en")] == [
        "2026.10",
        "2026.3",
        "2026.2",
        "2026.1",
    ]
    assert [len(step.added) for step in store.history("en")] == [0, 0, 18, 0]
    assert [len(step.changes) for step in store.history("en")] == [1, 2, len(CHANGES), 0]
    for release, indicator, value, expected in (
        (
            "2026.1",
            "collab_public",
            20,
            ["dk-public-outside", "doubtful-editions", "refiled", "raised", "raised-again"],
        ),
        ("2026.2", "collab_public_outside", 20, ["refiled", "raised", "raised-again"]),
        ("2026.3", "collab_foundations", 21, ["raised-again"]),
        ("2026.10", "collab_foundations", 22, []),
    ):
        selection = parse(
            f"edition=dk-2017&concept={indicator}&release={release}", store.vocabulary
        ).selection
        [figure] = [
            value.observation
            for section in store.of(selection).view(selection).sections
            for value in section.values
            if value.observation.sector == "municipal"
        ]
        # Release 2026.1 has no column of doubts, and of a figure that has changed since there is nothing to add.
        assert (figure.value, figure.doubt) == (value, "" if release == "2026.1" else "edition")
        assert [
            change.change_id for change in store.corrected(selection, figure.position)
        ] == expected
        assert {change.change_id for change in store.corrections(selection)} >= set(expected)


def test_a_change_of_cells_that_were_blank_says_so(store: ReleaseStore) -> None:
    found: dict[str, Change] = {
        change.change_id: change for change in store.newest.index.dataset.changes
    }
    assert (found["se-2018-innovative"].before, found["se-2018-innovative"].after) == (
        ("exact", "1600"),
        ("about", ""),
    )
    assert (found["se-2021-answers"].before, found["se-2021-answers"].after) == (
        ("", ""),
        ("1222", "274"),
    )
    assert (found["is-2019-rates"].before, found["is-2019-rates"].after) == ((), ())
