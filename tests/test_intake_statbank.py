"""Tables of StatBank: figures and symbols as its format BULK prints them; codes are checked before figures are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from dashboard.intake.cubes import Cell, Read
from dashboard.intake.faults import Refused
from dashboard.intake.web import statbank
from tests.support import misbehaviour as bad
from tests.support.statistics_office import VARIABLES, Office, asked, cell, keys, office

CSV = {"Content-Type": "text/csv; charset=utf-8"}
HEADER = "REGION;SEKTOR;SVAR;TID;INDHOLD"


def read(server: Office, **select: Sequence[str]) -> Read:
    return asked("statbank", server.statbank, select=select)


def refused(server: Office, rows: str, *, page: bad.Page | None = None) -> str:
    """What is said of an answer to a query for one cell."""
    server.pages["/v1/data"] = page or bad.reply(rows.encode(), headers=CSV)
    with pytest.raises(Refused) as error:
        read(server, Region=["01"], Sektor=["K"], Svar=["ja", "nej"], Tid=["2022"])
    return str(error.value).removeprefix(f"{server.base}/v1/data")


def test_the_whole_table_with_its_symbols() -> None:
    with office() as server:
        found = read(server)
        assert len(server.asked) == 2
    assert found.cube.names == tuple(VARIABLES)
    assert [dict(each.categories) for each in found.cube.dimensions] == [
        dict(values) for _, values in VARIABLES.values()
    ]
    printed = {
        key: held.status if held.value is None else str(held.value)
        for key, held in found.cube.cells.items()
    }
    assert printed == {key: cell(key) for key in keys()}
    assert {"..", ":", "."} <= set(printed.values())


def test_what_is_asked_for() -> None:
    with office() as server:
        read(server, Region=["05", "01"])
        (_, info_path, info), (_, data_path, data) = server.asked
    assert (info_path, info) == (
        "/v1/tableinfo",
        {"table": "INNOV1", "lang": "en", "format": "JSON"},
    )
    assert data_path == "/v1/data"
    assert data["format"] == "BULK"
    assert data["variables"][0] == {"code": "Region", "values": ["01", "05"]}
    assert [each["code"] for each in data["variables"]] == list(VARIABLES)


def test_decimals_stay_as_they_are_printed() -> None:
    with office() as server:
        rows = f"{HEADER}\n01;K;ja;2022;93\n01;K;nej;2022;93.0\n"
        server.pages["/v1/data"] = bad.reply(rows.encode("utf-8-sig"), headers=CSV)
        found = read(server, Region=["01"], Sektor=["K"], Svar=["ja", "nej"], Tid=["2022"])
    assert [str(each.value) for each in found.cube.cells.values()] == ["93", "93.0"]


def test_columns_in_another_order_and_cells_that_are_not_there() -> None:
    with office() as server:
        rows = "TID;REGION;SEKTOR;SVAR;INDHOLD\r\n2022;01;K;nej;12\r\n"
        server.pages["/v1/data"] = bad.reply(rows.encode(), headers=CSV)
        found = read(server, Region=["01"], Sektor=["K"], Svar=["ja", "nej"], Tid=["2022"])
    assert found.cube.cells == {("01", "K", "nej", "2022"): Cell(Decimal(12))}


def test_a_comma_is_no_decimal_point() -> None:
    with office() as server:
        rows = f"{HEADER}\n01;K;ja;2022;1,5\n"
        server.pages["/v1/data"] = bad.reply(rows.encode(), headers=CSV)
        found = read(server, Region=["01"], Sektor=["K"], Svar=["ja"], Tid=["2022"])
    assert found.cube.cells == {("01", "K", "ja", "2022"): Cell(None, "1,5")}


def test_unknown_codes_are_told_before_figures_are_asked_for() -> None:
    with office() as server:
        with pytest.raises(Refused) as error:
            read(server, region=["01"], Svar=["Ja"])
        assert len(server.asked) == 1
    assert str(error.value).splitlines() == [
        'table.toml, [select]: "region" - expected a variable of the table (nearest: "Region")',
        'table.toml, [select] Svar: "Ja" - expected a code of the table (nearest: "ja")',
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            "",
            ': "" - expected a column for each of Region, Sektor, Svar, Tid, then one for the figure',
        ),
        (HEADER, ": no row below the header - expected figures"),
        (f"{HEADER}\n01;K;ja;2022\n", ", line 2: 4 cells - expected 5, as the header has"),
        (
            f"{HEADER}\n01;Z;ja;2022;1\n",
            ', line 2, Sektor: "Z" - expected a code that was asked for',
        ),
        (
            f"{HEADER}\n01;K;ja;2022;1\n01;K;ja;2022;1\n",
            ", line 3: a cell twice - expected each cell once",
        ),
        (
            "REGION;SEKTOR;INDHOLD\n01;K;1\n",
            ': "REGION;SEKTOR;INDHOLD" - expected a column for each of Region, Sektor, Svar, Tid, then one for the figure',
        ),
        (
            f'{HEADER}\n01;"K;ja;2022;1\n',
            ': no CSV: "unexpected end of data" - expected CSV with semicolons',
        ),
    ],
)
def test_what_is_no_answer(rows: str, told: str) -> None:
    with office() as server:
        assert refused(server, rows) == told


def test_an_answer_that_tells_no_end() -> None:
    with office() as server:
        page = bad.until_closed(f"{HEADER}\n01;K;ja;2022;1\n".encode(), CSV)
        said = refused(server, "", page=page)
    assert said == ": an answer that tells no end - expected its length, or chunks"


def test_another_encoding() -> None:
    with office() as server:
        page = bad.reply(f"{HEADER}\n01;K;ja;2022;1æ\n".encode("latin-1"), headers=CSV)
        assert refused(server, "", page=page) == ": another encoding - expected CSV in UTF-8"


def test_a_table_that_is_not_there() -> None:
    with office() as server, pytest.raises(Refused, match='400 Bad Request, "Table was not found"'):
        asked("statbank", f"{server.base}/v1/tableinfo/FOLK1A")


@pytest.mark.parametrize("body", [b"[]", b'{"variables": [{"id": 1}]}', b'{"variables": 3}'])
def test_no_description_of_a_table(body: bytes) -> None:
    with office() as server:
        server.pages["/v1/tableinfo"] = bad.reply(body)
        with pytest.raises(
            Refused, match="no description of a table - expected what tableinfo tells"
        ):
            read(server)


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ("FOLK1A", ("https://api.statbank.dk/v1", "FOLK1A")),
        ("https://api.statbank.dk/v1/tableinfo/FOLK1A", ("https://api.statbank.dk/v1", "FOLK1A")),
        (
            "https://api.statbank.dk/v1/s30/data/FRKM126",
            ("https://api.statbank.dk/v1/s30", "FRKM126"),
        ),
    ],
)
def test_where_a_table_is(table: str, place: tuple[str, str]) -> None:
    assert statbank._place(table, "table.toml") == place


@pytest.mark.parametrize(
    "table",
    [
        "FOLK 1",
        "https://api.statbank.dk/v1/FOLK1A/x",
        "https://www.dst.dk/",
        "https://api.statbank.dk/v1/data/FOLK1A?Tid=*",
    ],
)
def test_what_is_no_table(table: str) -> None:
    with pytest.raises(
        Refused, match=r"^table\.toml, \[from\] statbank: .* - expected a table \(FOLK1A\)"
    ):
        asked("statbank", table)
