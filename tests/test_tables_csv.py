"""The CSV of a view, read by others and served by the site."""

from __future__ import annotations

import csv
import io
import urllib.error
import urllib.request
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.dataset import Observations
from dashboard.formats.csv import view_csv, written
from dashboard.formats.records import COLUMNS
from dashboard.query import View, build_index, view
from dashboard.text import Localizer
from tests.support import views
from tests.support.tables import CODES, KINDS, PICKED, blanks, records
from tests.support.views import only_section, show


def test_the_head_of_a_csv() -> None:
    text = view_csv(show("theme=drivers&country=DK"), views.loc())
    assert text.startswith("\ufefftheme,concept,")
    head, *lines = text.removeprefix("\ufeff").split("\r\n")
    assert tuple(head.split(",")) == COLUMNS
    assert lines[-1] == ""
    assert len(set(COLUMNS)) == len(COLUMNS)


def test_an_empty_view_is_a_head_alone() -> None:
    assert view_csv(show("theme=none"), views.loc()) == "\ufeff" + ",".join(COLUMNS) + "\r\n"


def read_with_pandas(shown: View, **options: object) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(view_csv(shown, views.loc()).encode("utf-8")), **options)


def test_pandas_reads_the_csv_back() -> None:
    shown = show("theme=drivers~collaboration&country=DK~SE")
    frame = read_with_pandas(
        shown, keep_default_na=False, na_values={"value": [""], "interval_low": [""], "n": [""]}
    )
    assert tuple(frame.columns) == COLUMNS
    full = frame[frame["blank"] == ""]
    drawn = [value for section in shown.sections for value in section.values]
    assert sorted(full["value"]) == sorted(value.observation.value for value in drawn)
    assert sorted(full["n"].dropna()) == sorted(
        value.observation.n for value in drawn if value.observation.n is not None
    )
    assert full["interval_low"].notna().sum() == sum(
        value.evidence.interval is not None for value in drawn
    )
    assert set(frame[frame["blank"] != ""]["blank"]) <= set(CODES.values())


def test_pandas_without_options_keeps_the_kinds_of_blank_apart() -> None:
    """What was not asked must not look like a figure in the most common reader of such files."""
    shown = show(KINDS["not_asked"])
    frame = read_with_pandas(shown)
    assert frame["blank"].notna().sum() == sum(
        sum(blanks(section).values()) for section in shown.sections
    )


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("https://example.org","x")'],
)
def test_a_cell_that_a_spreadsheet_would_reckon_with_is_neutralised(text: str) -> None:
    dataset = views.index().dataset
    (row,) = (
        value.observation
        for value in only_section("concept=collab_any&country=SE&sector=state").values
    )
    changed = replace(row, note=text, locator=text)
    sources = {
        **dataset.sources,
        row.source_id: replace(dataset.sources[row.source_id], publisher=text),
    }
    rows = (
        *dataset.observations[: row.position],
        changed,
        *dataset.observations[row.position + 1 :],
    )
    dataset = replace(dataset, observations=Observations.of(rows), sources=sources)
    shown = view(build_index(dataset), views.select("concept=collab_any&country=SE&sector=state"))
    out = view_csv(shown, Localizer(dataset))
    (found,) = csv.DictReader(io.StringIO(out.removeprefix("\ufeff"), newline=""))
    assert (found["note"], found["locator"]) == (f"'{text}", f"'{text}")
    assert found["source"].startswith(f"'{text}")


def test_no_cell_of_the_published_data_starts_like_a_formula() -> None:
    for query in PICKED:
        for row in records(show(query)):
            for name, cell in row.items():
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (name, cell)


def answer(address: str) -> tuple[int, str, str]:
    """(status, kind, text) of an address."""
    try:
        with urllib.request.urlopen(address, timeout=60) as response:
            return (
                response.status,
                response.headers["Content-Type"],
                response.read().decode("utf-8"),
            )
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.headers["Content-Type"], refusal.read().decode("utf-8")


def test_the_site_serves_the_csv_of_a_view(server: str) -> None:
    status, kind, text = answer(f"{server}/data.csv?theme=drivers&country=DK~SE")
    assert (status, kind.partition(";")[0]) == (200, "text/csv")
    assert text == view_csv(show("theme=drivers&country=DK~SE"), views.loc())


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("colour=red", ("colour",)),
        ("country=XX", ("XX", "country")),
        ("theme=drivers&sector=municipal~moon", ("moon", "sector")),
        ("view=pie&nonsense=1", ("pie", "view", "nonsense")),
        ("theme=", ("theme",)),
    ],
)
def test_a_parameter_that_cannot_be_used_is_refused_by_name(
    server: str, query: str, named: tuple[str, ...]
) -> None:
    status, kind, text = answer(f"{server}/data.csv?{query}")
    assert (status, kind.partition(";")[0]) == (400, "text/plain")
    assert all(f"“{name}”" in text for name in named)
    assert "Traceback" not in text


def test_a_spreadsheet_with_a_decimal_comma_reads_numbers_in_columns() -> None:
    shown = show("theme=drivers&country=DK~SE")
    text = view_csv(shown, views.loc(), "comma")
    usual = read_with_pandas(shown)
    frame = pd.read_csv(io.StringIO(text.removeprefix("\ufeff")), sep=";", decimal=",")
    pd.testing.assert_frame_equal(frame, usual)


def test_tenths_stand_behind_a_decimal_comma() -> None:
    assert written(43.8, comma=True) == "43,8"
    assert written(43.8, comma=False) == 43.8
    assert written("=1.5", comma=True) == "'=1.5"


def test_the_site_serves_a_csv_with_a_decimal_comma(server: str) -> None:
    address = f"{server}/data.csv?theme=drivers&lang=da"
    with (
        urllib.request.urlopen(address) as plain,
        urllib.request.urlopen(f"{address}&decimal=comma") as comma,
    ):
        assert plain.read().split(b"\r\n")[0].count(b",") == len(COLUMNS) - 1
        assert comma.read().split(b"\r\n")[0].count(b";") == len(COLUMNS) - 1


def test_no_code_is_true_false_or_missing_to_statistical_software() -> None:
    taken = {
        "t",
        "f",
        "true",
        "false",
        "y",
        "n",
        "yes",
        "no",
        "na",
        "nan",
        "null",
        "none",
        "inf",
        "n/a",
        "nil",
        "#na",
    }
    assert not {code.casefold() for code in CODES.values()} & taken
