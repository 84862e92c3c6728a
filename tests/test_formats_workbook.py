"""The workbook and the JSON-stat cube of a view, read back."""

from __future__ import annotations

import io
import json
import math
import warnings
import zipfile
from collections import Counter

import pandas as pd
import pytest
from pyjstat import pyjstat

from dashboard.formats.json import jsonstat, records
from dashboard.formats.records import COLUMNS
from dashboard.formats.xlsx import workbook
from dashboard.text import missing
from tests.support.reports import ADDRESS, VIEWS, figures, hostile, lines, opened
from tests.support.views import loc, show

NOTES = (
    '=HYPERLINK("https://evil.example","æøåäö")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\x01=1",
    "{=1+1}",
    "https://a b",
    "javascript:alert(1)",
)
"""What a spreadsheet might take for a formula or a link."""


def table(sheet) -> list[dict[str, object]]:
    heads, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, line, strict=True)) for line in rest]


@pytest.mark.parametrize("query", VIEWS)
def test_the_workbook_holds_the_lines_of_the_csv(query: str) -> None:
    shown = show(query)
    found = table(opened(workbook(shown, loc(), ADDRESS))["figures"])
    expected = lines(shown)
    assert len(found) == len(expected)
    for line, record in zip(found, expected, strict=True):
        for name, text in record.items():
            held = line.get(name, line.get(f"{name} (%)"))
            assert ("" if held is None else str(held)) == text or float(held) == float(text)


def test_figures_are_typed_numbers_under_headings_that_name_the_unit() -> None:
    sheet = opened(workbook(show("theme=drivers&country=DK~SE"), loc(), ADDRESS))["figures"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    assert {"value (%)", "interval_low (%)", "interval_high (%)", "blank", "base", "n"} <= set(
        heads
    )
    assert len(heads) == len(COLUMNS)
    values = [sheet.cell(at, heads["value (%)"]) for at in range(2, sheet.max_row + 1)]
    numbers = [cell for cell in values if cell.value is not None]
    assert numbers
    assert {type(cell.value) for cell in numbers} <= {int, float}
    assert {cell.number_format for cell in numbers} <= {"0", "0.0"}
    n = [sheet.cell(at, heads["n"]) for at in range(2, sheet.max_row + 1)]
    assert {cell.number_format for cell in n if cell.value is not None} == {"#,##0"}
    blanks = [sheet.cell(cell.row, heads["blank"]).value for cell in values if cell.value is None]
    assert set(blanks) <= set(missing.BLANK_CODES.values())
    thresholds = [
        sheet.cell(at, heads["interval_low (%)"]).value for at in range(2, sheet.max_row + 1)
    ]
    assert {type(limit) for limit in thresholds} == {int, type(None)}


def test_printed_counts_stand_beside_their_percentages() -> None:
    book = opened(workbook(show("concept=broad_innovators&country=SE"), loc(), ADDRESS))
    found = [line for line in table(book["figures"]) if line["response"] == "yes"]
    assert {line["sector"]: (line["value (%)"], line["count"], line["n"]) for line in found} == {
        "municipal": (13, 156, 1222),
        "regional": (18, 50, 274),
        "state": (46, 76, 164),
    }


def test_sheets_have_a_bold_frozen_header_and_a_filter() -> None:
    book = opened(workbook(show(""), loc(), ADDRESS))
    assert book.sheetnames == ["figures", "notes", "sources", "definitions"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert (
            sheet.auto_filter.ref == f"A1:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
        )
        assert all(cell.font.bold for cell in sheet[1])


def test_the_workbook_explains_itself() -> None:
    shown = show("theme=drivers&country=DK~SE")
    book = opened(workbook(shown, loc(), ADDRESS))
    assert book.properties.title == "Drivers: Denmark and Sweden"
    assert book.properties.description == ADDRESS
    assert shown.release in book.properties.keywords
    assert book.properties.created.date().isoformat() == loc().dataset.released[:10]
    notes = [line["note"] for line in table(book["notes"])]
    assert ADDRESS in notes
    assert any("Percentages of" in note for note in notes)
    (weights,) = (line["note"] for line in table(book["notes"]) if line["kind"] == "Weights")
    assert weights.startswith("Weighted, the weights are not published: Denmark")
    assert "Unweighted shares of those who answered: Sweden" in weights
    legend = {line["kind"]: line["note"] for line in table(book["notes"])}
    assert legend["No figure: NP"] == "asked, but not published for this group"
    assert legend["No figure: DV"] == "drawn in the publication without values"
    assert legend["No figure: CP"] == "published only in the Nordic comparison of 2019"
    used = {value.observation.source_id for section in shown.sections for value in section.values}
    assert {line["source_id"] for line in table(book["sources"])} == used
    meanings = {
        (line["column"], line["code"]): line["meaning"] for line in table(book["definitions"])
    }
    for section in shown.sections:
        for value in section.values:
            row = value.observation
            assert ("base", row.base) in meanings
            assert not row.doubt or ("doubt", row.doubt) in meanings
            assert (
                meanings["concept", row.indicator]
                == loc().dataset.indicators[row.indicator].definition
            )


def test_sources_are_links_with_their_address_as_text() -> None:
    sheet = opened(workbook(show(""), loc(), ADDRESS))["sources"]
    column = [cell.value for cell in sheet[1]].index("address") + 1
    links = [sheet.cell(at, column) for at in range(2, sheet.max_row + 1)]
    linked = [cell for cell in links if cell.value]
    assert linked
    for cell in linked:
        target = cell.hyperlink.target + (
            f"#{cell.hyperlink.location}" if cell.hyperlink.location else ""
        )
        assert target == cell.value


@pytest.mark.parametrize("note", NOTES)
def test_no_text_becomes_a_formula_or_a_link(note: str) -> None:
    shown, spoilt = hostile("theme=drivers&country=DK", note)
    content = workbook(shown, spoilt, ADDRESS)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [
            parts.read(name).decode()
            for name in parts.namelist()
            if name.startswith("xl/worksheets/sheet")
        ]
    assert not any("<f>" in sheet or "<f " in sheet for sheet in sheets)
    sheet = opened(content)["figures"]
    column = [cell.value for cell in sheet[1]].index("note") + 1
    cells = [sheet.cell(at, column) for at in range(2, sheet.max_row + 1)]
    held = [cell for cell in cells if cell.value is not None]
    assert held
    assert {cell.data_type for cell in held} == {"s"}
    assert not any(cell.hyperlink for cell in held)
    if note.startswith(("=", "+", "-", "@", "\t", "\r")):
        assert all(cell.quotePrefix for cell in held)


def test_letters_of_the_north_survive() -> None:
    shown, spoilt = hostile("theme=drivers&country=DK", "æøåäöÆØÅÄÖðþ – “x”")
    held = {line["note"] for line in table(opened(workbook(shown, spoilt, ADDRESS))["figures"])}
    assert held - {None} == {"æøåäöÆØÅÄÖðþ – “x”"}
    assert (
        json.loads(json.dumps(records(shown, spoilt, ADDRESS)))["records"][0]["note"]
        == "æøåäöÆØÅÄÖðþ – “x”"
    )


def frame(cube: dict, naming: str = "id") -> pd.DataFrame:
    """The cube as pyjstat reads it."""
    with warnings.catch_warnings():
        # Its own write() calls a function of its own that it deprecates.
        warnings.filterwarnings(
            "ignore", message="Shouldn't use this function", category=DeprecationWarning
        )
        return pyjstat.Dataset.read(json.dumps(cube)).write("dataframe", naming=naming)


@pytest.mark.parametrize("query", VIEWS[:-1])
def test_pyjstat_reads_every_figure_where_it_belongs(query: str) -> None:
    shown = show(query)
    found = frame(jsonstat(shown, loc(), ADDRESS))
    held = found[found["value"].notna()]
    assert sorted(held["value"]) == figures(shown)
    read = {tuple(line[:-1]): line[-1] for line in held.itertuples(index=False)}
    for section in shown.sections:
        for value in section.values:
            row = value.observation
            segment = f"{row.dimension}={row.segment}" if row.dimension else "total"
            who = f"{row.country}-{row.level}" + ("-compiled" if row.kind == "compilation" else "")
            assert (
                read[row.indicator, row.response, who, row.sector, segment, row.survey_id]
                == row.value
            )


@pytest.mark.parametrize("query", VIEWS)
def test_the_cube_is_well_formed(query: str) -> None:
    shown = show(query)
    cube = jsonstat(shown, loc(), ADDRESS)
    assert (cube["version"], cube["class"], cube["href"]) == ("2.0", "dataset", ADDRESS)
    assert cube["updated"] == loc().dataset.released[:10]
    assert cube["id"] == list(cube["dimension"])
    assert cube["size"] == [
        len(dimension["category"]["index"]) for dimension in cube["dimension"].values()
    ]
    for dimension in cube["dimension"].values():
        category = dimension["category"]
        assert list(category["index"].values()) == list(range(len(category["index"])))
        assert set(category["label"]) == set(category["index"])
        assert all(category["label"].values())
    assert {name for names in cube["role"].values() for name in names} <= set(cube["id"])
    keys = [*cube["value"], *cube["status"], *cube["extension"]["figures"]]
    assert all(key == str(int(key)) and 0 <= int(key) < math.prod(cube["size"]) for key in keys)
    assert set(cube["value"]) == set(cube["extension"]["figures"])
    codes = {part for code in cube["status"].values() for part in code.split("+")}
    assert codes <= set(cube["extension"]["status"]["label"])
    assert set(cube["dimension"]["indicator"]["category"]["unit"]) == set(
        cube["dimension"]["indicator"]["category"]["index"]
    )
    assert {
        unit["label"] for unit in cube["dimension"]["indicator"]["category"]["unit"].values()
    } <= {"%"}


def test_each_figure_and_blank_has_a_cell_of_its_own_with_its_status() -> None:
    shown = show("theme=drivers~effects~collaboration")
    cube = jsonstat(shown, loc(), ADDRESS)
    found = lines(shown)
    assert len(set(cube["value"]) | set(cube["status"])) == len(found)
    blanks = sorted(line["blank"] for line in found if line["blank"])
    assert (
        sorted(code for key, code in cube["status"].items() if key not in cube["value"]) == blanks
    )
    worded = [line for line in found if line["qualifier"] not in ("", "exact")]
    assert worded
    assert sum(
        "about" in code or "over" in code or "under" in code for code in cube["status"].values()
    ) == len(worded)
    doubtful = [line for line in found if line["status"] == "inferred"]
    assert sum("inferred" in code for code in cube["status"].values()) == len(doubtful) > 0
    bases = sorted(each["base"] for each in cube["extension"]["figures"].values())
    assert bases == sorted(line["base"] for line in found if line["base"])


def test_a_figure_of_two_sets_is_written_once_and_a_compiled_one_has_its_code() -> None:
    shown = show("theme=innovation&only=comparable&edition=all")
    drawn_in = Counter(
        value.observation.position
        for section in shown.sections
        for row in section.rows
        for value in row.values
    )
    assert max(drawn_in.values()) > 1
    names = ("survey_id", "sector", "segment", "concept", "response")
    figures = [tuple(line[name] for name in names) for line in lines(shown) if line["value"]]
    assert len(figures) == len(set(figures)) == len(drawn_in)
    cube = jsonstat(
        show("concept=innovative_workplaces&country=NO~DK&by=indicator"), loc(), ADDRESS
    )
    assert "CP" in cube["status"].values()
    assert (
        cube["extension"]["status"]["label"]["CP"]
        == "published only in the Nordic comparison of 2019"
    )


def test_each_sheet_is_printed_on_its_side_one_page_wide_with_its_headings_on_every_page() -> None:
    for sheet in opened(workbook(show("theme=drivers&country=DK~SE"), loc(), ADDRESS)):
        assert sheet.page_setup.orientation == "landscape"
        # One is the usual width, which is not written.
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
