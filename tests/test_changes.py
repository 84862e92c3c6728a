"""Changes between data releases: the record is whole and true, and old addresses say what was corrected."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest
from plotly.utils import PlotlyJSONEncoder

from dashboard import cards, handlers
from dashboard.dataset import (
    DATA_FOLDER,
    Dataset,
    Observation,
)
from dashboard.dataset.changes import name
from dashboard.releases import ReleaseStore
from dashboard.selection import LANGUAGES, parse
from tests.support import views
from tests.support.changes import CHANGES, MOVED, NEW, OF_FIGURES, OLD, reasons
from tests.support.folders import Cells, records
from tests.support.notes import for_readers
from tests.support.typography import WORDS, typographic

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


def printed(file: str, row: Cells) -> Cells:
    """A row of the earlier release whose words have the signs of print that they have today: that is no change of what they say."""
    words = WORDS.get(file, ())
    return {name: typographic(cell) if name in words else cell for name, cell in row.items()}


def key(row: Cells) -> str:
    return "~".join(row[column] for column in KEY)


BEFORE = {key(row): row for row in archived("observations.csv")}
NOW = {key(row): row for row in records(DATA_FOLDER / "observations.csv")}


@pytest.fixture(scope="module")
def earlier(store: ReleaseStore) -> Dataset:
    return store.earlier[OLD].index.dataset


# --- The record is whole and true ---


def on_record(figure: str, column: str, before: str | None, now: str) -> bool:
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


def on_record_for_all(column: str, before: str, now: str) -> bool:
    """Whether a row of changes.csv that names no figure of its own explains it: no line numbers, plain notes, one source for two."""
    if column == "locator":
        return now == LINES.sub("", before) and any(
            row["columns"] == "locator" and not row["rows"] for row in OF_FIGURES
        )
    if column == "note":
        plain = not for_readers(before) and for_readers(now)
        return plain and any(row["columns"] == "note" and not row["rows"] for row in OF_FIGURES)
    merged = [row["rows"].split() for row in CHANGES if row["file"] == "sources.csv"]
    gone = before not in {row["source_id"] for row in records(DATA_FOLDER / "sources.csv")}
    return column == "source_id" and gone and any({before, now} == set(pair) for pair in merged)


def test_every_difference_between_the_figures_of_two_releases_is_on_record() -> None:
    assert (len(BEFORE), len(NOW)) == (579, 597)
    for figure, row in BEFORE.items():
        before, now = printed("observations.csv", row), NOW[MOVED.get(figure, figure)]
        for column in before:
            same = before[column] == now[column]
            along = column in ALONG.get(figure, ())
            assert (
                same
                or along
                or on_record(figure, column, before[column], now[column])
                or on_record_for_all(column, before[column], now[column])
            ), (
                figure,
                column,
            )
        # Columns of later days: a count is on record, and a doubt that is not that of every scrambled chart.
        assert not now["count"] or on_record(figure, "count", None, now["count"]), figure
        assert now["doubt"] in ("", "chart_order") or on_record(
            figure, "doubt", None, now["doubt"]
        ), figure
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
    earlier = archived(file) if file in zipfile.ZipFile(ARCHIVE).namelist() else []
    before = [printed(file, row) for row in earlier]
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
            value
            for section in views.context(query, releases=store).view.sections
            for value in section.values
        ]
        shown |= {name(value.observation): value.observation.value for value in values}
    assert shown == {figure: float(row["value"]) for figure, row in BEFORE.items()}


def said(tree: object) -> str:
    return json.dumps(tree, cls=PlotlyJSONEncoder, ensure_ascii=False)


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
    made = cards.card(views.context(query, language, store), figure.position)
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
