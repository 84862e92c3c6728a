"""Corrections: every difference between two releases is on record, and told where an old figure is shown.

The release before is the published archive of 2026.1. How archives are read in general is in ``test_archives``.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from plotly.utils import PlotlyJSONEncoder

from dashboard import handlers
from dashboard.comparability import SmallBaseThresholds
from dashboard.content import pages
from dashboard.dataset import (
    DATA_FOLDER,
    Change,
    Dataset,
    Observation,
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
from tests.support import views
from tests.support.folders import Cells, added, cell, copied, line_of, records, version
from tests.support.html import Outline

OLD, NEW = "2026.1", "2026.2"
ARCHIVE = DATA_FOLDER / "releases" / f"{OLD}.zip"
KEY = ("survey_id", "sector", "segment", "concept", "response")
LINES = re.compile(r", lines? [\d, and-]+$")
ALONG = {
    # A figure that is taken from another source brings the label, the place and the note with it.
    "no-municipal-2020~municipal_regional~~innovative_workplaces~yes": {
        "label_in_source_en",
        "locator",
        "note",
    },
    # The reason says what the note adds.
    "fi-municipal-2022~municipal~~collab_public~yes": {"note"},
}
"""Cells that change with those that a row of changes.csv names."""


def archived(file: str) -> list[Cells]:
    with zipfile.ZipFile(ARCHIVE) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(file).decode("utf-8"), newline="")))


def key(row: Cells) -> str:
    return "~".join(row[column] for column in KEY)


CHANGES = [row for row in records(DATA_FOLDER / "changes.csv") if row["release"] == NEW]
OF_FIGURES = [row for row in CHANGES if row["file"] == "observations.csv"]
BEFORE = {key(row): row for row in archived("observations.csv")}
NOW = {key(row): row for row in records(DATA_FOLDER / "observations.csv")}
MOVED = {
    each: each.replace(f"~{row['before']}~", f"~{row['after']}~")
    for row in OF_FIGURES
    if row["columns"] == "concept"
    for each in row["rows"].split()
}
"""Name of a figure before -> now, where that has changed."""


@pytest.fixture(scope="module")
def store() -> ReleaseStore:
    return views.store()


@pytest.fixture(scope="module")
def earlier(store: ReleaseStore) -> Dataset:
    return store.earlier[OLD].index.dataset


# --- The record is whole and true ---


def told(figure: str, column: str, before: str | None, now: str) -> bool:
    """Whether a row of changes.csv names the figure and the column, and what stood there and stands there now."""
    for row in OF_FIGURES:
        columns = row["columns"].split("~")
        if figure not in row["rows"].split() or column not in columns:
            continue
        cells = [
            dict(zip(columns, row[side].split("~"), strict=True)) if row[side] else {}
            for side in ("before", "after")
        ]
        if cells[0].get(column, before) == before and cells[1].get(column, now) == now:
            return True
    return False


def told_of_all(column: str, before: str, now: str) -> bool:
    """Whether a row of changes.csv that names no figure of its own explains it: no line numbers, one source for two."""
    if column == "locator":
        return now == LINES.sub("", before) and any(
            row["columns"] == "locator" and not row["rows"] for row in OF_FIGURES
        )
    merged = [row["rows"].split() for row in CHANGES if row["file"] == "sources.csv"]
    gone = before not in {row["source_id"] for row in records(DATA_FOLDER / "sources.csv")}
    return column == "source_id" and gone and any({before, now} == set(pair) for pair in merged)


def test_every_difference_between_the_figures_of_two_releases_is_on_record() -> None:
    assert (len(BEFORE), len(NOW)) == (579, 597)
    for figure, before in BEFORE.items():
        now = NOW[MOVED.get(figure, figure)]
        for column in before:
            same = before[column] == now[column]
            along = column in ALONG.get(figure, ())
            assert (
                same
                or along
                or told(figure, column, before[column], now[column])
                or told_of_all(column, before[column], now[column])
            ), (
                figure,
                column,
            )
        # Columns of later days: a count is on record, and a doubt that is not that of every scrambled chart.
        assert not now["count"] or told(figure, "count", None, now["count"]), figure
        assert now["doubt"] in ("", "chart_order") or told(figure, "doubt", None, now["doubt"]), (
            figure
        )
        assert now["doubt"] != "chart_order" or before["status"] == "inferred"


def test_what_is_allowed_to_change_along_with_a_cell_on_record_has_changed() -> None:
    for figure, columns in ALONG.items():
        assert [
            column
            for column in columns
            if BEFORE[figure][column] == NOW[MOVED.get(figure, figure)][column]
        ] == []
        assert [row for row in OF_FIGURES if figure in row["rows"].split()]


def test_three_figures_moved_and_eighteen_came_and_none_went(store: ReleaseStore) -> None:
    assert len(MOVED) == 3
    assert {MOVED.get(figure, figure) for figure in BEFORE} <= NOW.keys()
    new = NOW.keys() - {MOVED.get(figure, figure) for figure in BEFORE}
    assert len(new) == 18
    newest, first = store.history("en")
    assert {name(row) for row in newest.added} == new
    assert (newest.release, newest.released, newest.figures) == (NEW, "2026-11-26", 597)
    assert (first.release, first.released, first.figures, first.added, first.changes) == (
        OLD,
        "2026-11-21",
        579,
        (),
        (),
    )


def rows_of_change(row: Cells, table: list[Cells]) -> list[Cells]:
    """Rows that a change names: by their whole key, or by the first columns of it."""
    keys = {
        "observations.csv": KEY,
        "published_tests.csv": ("survey_id", "concept", "sector_a", "sector_b"),
        "codes.csv": ("list", "code"),
        "response_rates.csv": ("survey_id", "sector"),
        "asked.csv": ("survey_id", "concept"),
    }
    columns = keys.get(row["file"]) or (next(iter(table[0])),)
    named = row["rows"].split()
    return [
        each
        for each in table
        if any(
            f"{'~'.join(each[part] for part in columns)}~".startswith(f"{one}~") for one in named
        )
    ]


@pytest.mark.parametrize("change", CHANGES, ids=lambda row: row["change_id"])
def test_every_change_on_record_was_made(change: Cells) -> None:
    file, columns = change["file"], [column for column in change["columns"].split("~") if column]
    after = records(DATA_FOLDER / file)
    before = archived(file) if file in zipfile.ZipFile(ARCHIVE).namelist() else []
    if not change["rows"]:
        assert before != after
        return
    first = rows_of_change(change, before) if before else []
    there = (
        {MOVED.get(one, one) for one in change["rows"].split()}
        if file == "observations.csv"
        else set(change["rows"].split())
    )
    then = rows_of_change(change | {"rows": " ".join(there)}, after)
    assert first or then
    if not columns:
        assert first != then
        return
    for at, column in enumerate(columns):
        stood, stands = ([row.get(column, "") for row in rows] for rows in (first, then))
        assert stood != stands
        if change["before"]:
            assert set(stood) == {change["before"].split("~")[at]}
        if change["after"]:
            parts = change["after"].split("~")
            assert stands == parts if len(columns) == 1 < len(parts) else set(stands) == {parts[at]}


# --- What an old address shows and says ---


def test_a_release_keeps_its_579_figures_cell_by_cell(earlier: Dataset) -> None:
    assert len(earlier.observations) == 579
    for figure, row in zip(earlier.observations, BEFORE.values(), strict=True):
        assert (name(figure), figure.value, figure.qualifier, figure.base, figure.status) == (
            *(key(row), float(row["value"])),
            *(row["qualifier"], row["base"], row["status"]),
        )
        assert (str(figure.n or ""), figure.source_id, figure.locator, figure.note) == (
            row["n"],
            row["source_id"],
            row["locator"],
            row["note"],
        )
        assert figure.label_in_source == row["label_in_source_en"]
    sources = {row["source_id"]: row for row in archived("sources.csv")}
    assert {each: earlier.sources[each].publisher for each in sources} == {
        each: row["publisher"] for each, row in sources.items()
    }


def test_every_old_figure_is_still_shown_at_its_address(
    store: ReleaseStore, earlier: Dataset
) -> None:
    themes, editions = (
        "~".join(store.vocabulary.themes),
        "~".join(dict.fromkeys(row.survey_id for row in earlier.observations)),
    )
    shown: dict[str, float] = {}
    for split in ("", *earlier.codes["dimension"]):
        query = f"theme={themes}&edition={editions}&more={themes}&view=table{split and '&split='}{split}&release={OLD}"
        parsed = parse(query, store.vocabulary)
        assert parsed.ignored == ()
        values = [
            value for section in store.view(parsed.selection).sections for value in section.values
        ]
        shown |= {name(value.observation): value.observation.value for value in values}
    assert shown == {figure: float(row["value"]) for figure, row in BEFORE.items()}


def said(tree: object) -> str:
    return json.dumps(tree, cls=PlotlyJSONEncoder, ensure_ascii=False)


def reasons(store: ReleaseStore, language: str) -> dict[str, str]:
    """Change -> its reason, as the tables have it in a language."""
    translated = store.newest.index.dataset.translations
    if language == "en":
        return {row["change_id"]: row["reason"] for row in CHANGES}
    return {
        row["change_id"]: translated[language]["change", row["change_id"]].description
        for row in CHANGES
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pinned_view_names_the_corrections_and_leads_to_all_of_them(
    store: ReleaseStore, language: str
) -> None:
    query = f"?theme=collaboration&country=DK&edition=dk-2017&release={OLD}&lang={language}"
    messages = said(handlers.update(views.context(query, releases=store), {}, 960)["messages"])
    expected = reasons(store, language)
    for change in ("dk-public-outside", "doubtful-editions"):
        assert said(expected[change]) in messages
    assert said(expected["no-public-outside"]) not in messages
    assert f'"/changes?lang={language}"' in messages
    assert len(set(expected.values()) - set(reasons(store, "en").values())) == (
        0 if language == "en" else len(CHANGES)
    )


@pytest.mark.parametrize(
    "query",
    [
        "theme=collaboration&country=DK&edition=dk-2017",
        f"theme=collaboration&country=DK&edition=dk-2017&release={NEW}",
    ],
)
def test_a_view_of_the_newest_names_no_corrections(store: ReleaseStore, query: str) -> None:
    selection = parse(query, store.vocabulary).selection
    assert store.corrections(selection) == ()
    assert handlers.update(views.context(query, releases=store), {}, 960)["messages"] == []


def card(store: ReleaseStore, figure: Observation, release: str, language: str = "en") -> str:
    split = figure.dimension and f"&split={figure.dimension}"
    query = f"?theme={figure.theme}&concept={figure.indicator}&edition={figure.survey_id}{split}&release={release}&lang={language}"
    made = handlers.card(views.context(query, language, store), figure.position)
    assert made
    return said(made[1])


def test_the_card_of_a_corrected_figure_says_so_and_no_other_does(
    store: ReleaseStore, earlier: Dataset
) -> None:
    corrected = {each for row in OF_FIGURES for each in row["rows"].split()} & BEFORE.keys()
    assert len(corrected) == 55
    label = f"Corrected in release {NEW}"
    for figure in earlier.observations:
        if name(figure) in corrected:
            body = card(store, figure, OLD)
            own = [row["reason"] for row in OF_FIGURES if name(figure) in row["rows"].split()]
            assert body.count(label) == len(own) > 0
            assert all(said(reason)[1:-1] in body for reason in own)
            assert '"/changes?lang=en"' in body
    for figure in (*earlier.observations[:3], *earlier.observations[-3:]):
        assert name(figure) not in corrected
        assert label not in card(store, figure, OLD)
    for figure in store.newest.index.dataset.observations[::60]:
        assert "Corrected in release" not in card(store, figure, NEW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_says_what_stood_there_in_every_language(
    store: ReleaseStore, earlier: Dataset, language: str
) -> None:
    [figure] = [
        each
        for each in earlier.observations
        if name(each) == "no-municipal-2020~municipal_regional~~innovative_workplaces~yes"
    ]
    body = card(store, figure, OLD, language)
    assert said(reasons(store, language)["no-2020-innovative"])[1:-1] in body
    assert "75 → 74; about → exact; no-ks20-innov → no-nfr-2020" in body
    assert (
        store.newest.localizer(language).t("Corrected in release {release}").format(release=NEW)
        in body
    )


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
                for section in store.view(parsed.selection).sections
                for value in section.values
            }
            assert figure in shown, address


def test_a_figure_of_one_answer_is_named_with_it(store: ReleaseStore) -> None:
    assert "Role of technology in the innovation: technology is the solution, <a href=" in page(
        store, "en"
    )


def test_the_page_is_served_in_every_language() -> None:
    client = create_app(Settings()).test_client()
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
            for section in store.view(selection).sections
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
