"""Tables of PxWeb 1 and 2: the same cells in one query as in many, within the limits of the server; unknown codes are told first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake.cubes import Cube, Read
from dashboard.intake.faults import Refused
from dashboard.intake.web import queries
from dashboard.intake.web.client import Limits
from tests.support import misbehaviour as bad
from tests.support.statistics_office import VARIABLES, Office, asked, cell, jsonstat, keys, office

VERSIONS = ("v1", "v2")


def read(server: Office, version: str, **select: Sequence[str]) -> Read:
    return asked("pxweb", getattr(server, version), select=select)


def printed(cube: Cube) -> Mapping[tuple[str, ...], str]:
    """Cells as they are printed."""
    return {
        key: held.status if held.value is None else f"{held.value:.1f}"
        for key, held in cube.cells.items()
    }


def wanted(**select: Sequence[str]) -> Mapping[tuple[str, ...], str]:
    return {key: cell(key) for key in keys(select)}


def refused(server: Office, version: str, **select: Sequence[str]) -> str:
    with pytest.raises(Refused) as error:
        read(server, version, **select)
    return str(error.value)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_whole_table_in_one_query(version: str) -> None:
    with office() as server:
        found = read(server, version)
        assert len(server.data()) == 1
    assert printed(found.cube) == wanted()
    assert found.cube.names == tuple(VARIABLES)
    assert [dict(each.categories) for each in found.cube.dimensions] == [
        dict(values) for _, values in VARIABLES.values()
    ]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("cells", [1, 7, 36, 100, 827, 828])
def test_many_queries_give_the_same_table_as_one(version: str, cells: int) -> None:
    with office(cells=cells) as server:
        found = read(server, version)
        asked = server.data()
    with office() as server:
        whole = read(server, version)
    assert found.cube == whole.cube
    assert [list(each.categories) for each in found.cube.dimensions] == [
        list(values) for _, values in VARIABLES.values()
    ]
    assert len(asked) >= -(-828 // cells)


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_selected_is_asked_for_and_nothing_else(version: str) -> None:
    chosen = {"Region": ["05", "01"], "Tid": ["2022"]}
    with office() as server:
        found = read(server, version, **chosen)
        assert server.data() == [query(version, {"Region": ["01", "05"], "Tid": ["2022"]})]
    assert printed(found.cube) == wanted(Region=["01", "05"], Tid=["2022"])


def query(version: str, select: Mapping[str, Sequence[str]]) -> object:
    """The query as the documentation of each version has it."""
    values = {name: [*select.get(name, codes)] for name, (_, codes) in VARIABLES.items()}
    if version == "v2":
        pairs = [{"variableCode": name, "valueCodes": codes} for name, codes in values.items()]
        return {"selection": pairs}
    items = [
        {"code": name, "selection": {"filter": "item", "values": codes}}
        for name, codes in values.items()
    ]
    return {"query": items, "response": {"format": "json-stat2"}}


@pytest.mark.parametrize("version", VERSIONS)
def test_unknown_codes_are_told_all_at_once_before_figures_are_asked_for(version: str) -> None:
    with office() as server:
        said = refused(server, version, Regionn=["01"], Sektor=["k"], Tid=["2022", "2021"])
        assert server.data() == []
    assert said.splitlines() == [
        'table.toml, [select]: "Regionn" - expected a variable of the table (nearest: "Region")',
        'table.toml, [select] Sektor: "k" - expected a code of the table (nearest: "K")',
        'table.toml, [select] Tid: "2021" - expected a code of the table (nearest: "2022")',
    ]


@pytest.mark.parametrize("version", VERSIONS)
def test_calls_stay_within_the_time_window(version: str) -> None:
    with office(cells=200, calls=4, window=1) as server:
        found = read(server, version)
        assert len(server.data()) == 5
        assert server.refused == 0
    assert printed(found.cube) == wanted()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_server_that_is_asked_too_often_by_others_too_is_waited_for(version: str) -> None:
    with office(calls=3, window=1) as server:
        read(server, version)
        found = read(server, version)
        assert server.refused == 1
    assert printed(found.cube) == wanted()


def test_a_server_without_config_is_asked_little_and_seldom() -> None:
    with office(config=False) as server:
        assert printed(read(server, "v1").cube) == wanted()


def test_a_variable_whose_codes_the_server_does_not_list_is_selected_by_name() -> None:
    with office(listed=10) as server:
        said = refused(server, "v1")
        expected = "codes by name, since the server does not list them"
        assert said == f"table.toml, [select] Region: missing - expected {expected}"
        found = read(server, "v1", Region=["03", "02"])
    assert printed(found.cube) == wanted(Region=["02", "03"])


@pytest.mark.parametrize("version", VERSIONS)
def test_a_server_that_gives_less_than_it_says_is_asked_for_less(version: str) -> None:
    with office(cells=100) as server:
        told = {"maxCells": 1000, "maxDataCells": 1000, "timeWindow": 10}
        limit = json.dumps({**told, "maxCalls": 1000, "maxCallsPerTimeWindow": 1000}).encode()
        server.pages["/api/v2/config"] = bad.reply(limit)
        server.pages[f"{server.v1.removeprefix(server.base)}?config"] = bad.reply(limit)
        found = read(server, version)
    assert printed(found.cube) == wanted()


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ("v1", '403 Forbidden, "Too many values selected"'),
        ("v2", '400 Bad Request, "Too many cells selected"'),
    ],
)
def test_a_server_that_gives_nothing(version: str, told: str) -> None:
    with office(cells=0) as server:
        assert told in refused(server, version, Region=["01"], Svar=["ja"])
        assert len(server.data()) == len([12, 6, 3, 1])


def test_a_table_that_is_not_there() -> None:
    with office() as server:
        with pytest.raises(Refused, match='404 Not Found, "Non-existent table"'):
            asked("pxweb", f"{server.base}/api/v2/tables/TAB999")
        with pytest.raises(Refused, match='400 Bad Request, "Parameter error"'):
            asked("pxweb", server.v1.replace("table.px", "other.px"))


def test_an_answer_about_other_categories() -> None:
    with office() as server:
        path = "/api/v2/tables/TAB001/data"
        body = jsonstat({"Region": ["02"], "Sektor": ["K", "R"]})
        server.pages[path] = bad.reply(json.dumps(body).encode())
        said = refused(server, "v2", Region=["01"], Sektor=["K"])
    where = f"{server.base}{path}?outputFormat=json-stat2"
    assert said.splitlines() == [
        f"{where}, Region: other categories than were asked for - expected 01",
        f"{where}, Sektor: other categories than were asked for - expected K",
    ]


@pytest.mark.parametrize(
    "body", [b"[]", b'{"variables": 1}', b'{"variables": [{}]}', b'{"id": ["a"]}']
)
@pytest.mark.parametrize("version", VERSIONS)
def test_no_description_of_a_table(version: str, body: bytes) -> None:
    with office() as server:
        for path in ("/api/v2/tables/TAB001/metadata", server.v1.removeprefix(server.base)):
            server.pages[path] = bad.reply(body)
        assert "no description of a table - expected the address of a table of PxWeb" in refused(
            server, version
        )


@pytest.mark.parametrize(
    "path",
    [
        "/api/v2/tables/TAB001",
        "/api/v2/tables/TAB001/",
        "/api/v2/tables/TAB001/data?lang=en&outputFormat=px",
        "/api/v2/tables/TAB001/metadata",
    ],
)
def test_the_addresses_that_pxweb_2_shows_of_a_table(path: str) -> None:
    with office() as server:
        asked("pxweb", server.base + path)
        lang = "lang=en&" if "lang" in path else ""
        assert server.asked[-1][1] == f"/api/v2/tables/TAB001/data?{lang}outputFormat=json-stat2"


@pytest.mark.parametrize("path", ["/", "/api/v2/tables", "/statistics/table.px", "/api/v1/"])
def test_an_address_of_something_else(path: str) -> None:
    with office() as server:
        with pytest.raises(
            Refused,
            match=r"^table\.toml, \[from\] pxweb: .* - expected the address of a table of PxWeb",
        ):
            asked("pxweb", server.base + path)
        assert server.asked == []


@pytest.mark.parametrize("query", ["valueCodes[Tid]=2022", "config"])
def test_a_query_in_the_address(query: str) -> None:
    for path in ("/api/v2/tables/TAB001/data", "/PXWeb/api/v1/en/table.px"):
        with pytest.raises(Refused, match=r"\[from\] pxweb: .* - expected an address without it"):
            asked("pxweb", f"https://example.org{path}?{query}")


@pytest.mark.parametrize("version", VERSIONS)
def test_answers_are_kept_in_their_order_and_the_same_each_time(version: str) -> None:
    with office(cells=300) as server:
        first, second = read(server, version), read(server, version)
        assert first == second
        base = getattr(server, version)
    assert len(first.answers) == 1 + len(
        queries.parts({name: tuple(codes) for name, (_, codes) in VARIABLES.items()}, 300, "")
    )
    assert all(each.address.startswith(base) for each in first.answers)
    assert "2022" in first.answers[-1].address


def test_progress_is_shown_by_parts() -> None:
    seen: list[int] = []

    def shown(parts: Sequence[Any]) -> Iterable[Any]:
        seen.append(len(parts))
        return iter(parts)

    with office(cells=100) as server:
        asked("pxweb", server.v1, progress=shown)
        assert seen == [len(server.data())]


def test_a_table_that_takes_longer_than_it_may_is_not_begun() -> None:
    with (
        office(cells=50, calls=3, window=5) as server,
        pytest.raises(Refused, match="not done in the time that a table may take"),
    ):
        asked("pxweb", server.v1, limits=Limits(whole=1))
    assert server.data() == []


def test_a_table_of_too_many_parts() -> None:
    whole = {"a": tuple(map(str, range(2000))), "b": ("x",)}
    with pytest.raises(Refused, match="2,000 queries of the 1 cells that the server gives at once"):
        queries.parts(whole, 1, "table.toml")


sizes = st.lists(st.integers(1, 12), min_size=1, max_size=4)


@given(sizes, st.integers(1, 500))
def test_parts_ask_for_each_cell_once_and_keep_the_limit(sizes: list[int], most: int) -> None:
    whole = {f"v{at}": tuple(map(str, range(size))) for at, size in enumerate(sizes)}
    if prod(sizes) > queries.MOST_PARTS:
        most = max(most, 50)
    parts = queries.parts(whole, most, "table.toml")
    cells = [key for part in parts for key in product(*part.values())]
    assert len(cells) == len(set(cells)) == prod(sizes)
    assert all(prod(map(len, part.values())) <= most for part in parts)
    for name, codes in whole.items():
        assert list(dict.fromkeys(code for part in parts for code in part[name])) == list(codes)
