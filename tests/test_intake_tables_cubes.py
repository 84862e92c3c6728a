"""JSON-stat of every version and shape becomes the same cube; half a table and what is none is refused."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyjstat import pyjstat

from dashboard.intake.cubes import Cell, Cube, Dimension, document, joined, jsonstat, number, plain
from dashboard.intake.faults import Refused
from tests.support.official import earlier

SMALL: dict[str, Any] = {
    "version": "2.0",
    "class": "dataset",
    "label": "Small",
    "id": ["a", "b"],
    "size": [1, 3],
    "dimension": {
        "a": {"label": "First", "category": {"index": {"x": 0}, "label": {"x": "Only"}}},
        "b": {"category": {"index": ["p", "q", "r"], "label": {"q": "Second"}}},
    },
    "value": [46.5, None, 93],
    "status": [None, ":", "e"],
}
CUBE = Cube(
    (
        Dimension("a", "First", {"x": "Only"}),
        Dimension("b", "b", {"p": "p", "q": "Second", "r": "r"}),
    ),
    {
        ("x", "p"): Cell(Decimal("46.5")),
        ("x", "q"): Cell(None, ":"),
        ("x", "r"): Cell(Decimal(93), "e"),
    },
)


def changed(**changes: Any) -> dict[str, Any]:
    return SMALL | changes


def dimension(name: str, **category: Any) -> dict[str, Any]:
    return {**SMALL["dimension"], name: {"label": "First", "category": category}}


SHAPES: dict[str, Any] = {
    "as it is": SMALL,
    "without class and version": {
        name: each for name, each in SMALL.items() if name not in ("class", "version")
    },
    "status by place": changed(status={"1": ":", "2": "e"}),
    "sparse": changed(value={"0": 46.5, "2": 93}, status={"1": ":", "2": "e"}),
    "symbol in the place of a value": changed(value=[46.5, ":", 93.0], status={"2": "e"}),
    "one category without index": changed(dimension=dimension("a", label={"x": "Only"})),
    "index as a list": changed(dimension=dimension("a", index=["x"], label={"x": "Only"})),
    "roles, notes and units": changed(role={"metric": ["b"]}, note=["n"], extension={"any": 1}),
    "version 1": earlier(SMALL),
    "a bundle of one": {"zz": earlier(SMALL)["dataset"]},
    "a collection with its dataset": {
        "class": "collection",
        "link": {"item": [{"class": "dimension"}, SMALL]},
    },
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_every_shape_gives_the_same_cube(shape: Any) -> None:
    assert jsonstat(shape) == CUBE
    assert jsonstat(document(json.dumps(shape))) == CUBE


def test_of_several_datasets_that_which_is_named() -> None:
    other = earlier(changed(value=[1, 2, 3], status=None))["dataset"]
    bundle = {"one": earlier(SMALL)["dataset"], "two": other}
    assert jsonstat(bundle, named="one") == CUBE
    assert jsonstat(bundle, named="two") != CUBE
    assert told(bundle) == [
        "the answer: 2 datasets - expected [from] named, one of one, two",
    ]
    assert told(bundle, named="twoo") == [
        'the answer: "twoo" - expected [from] named, one of one, two (nearest: "two")'
    ]
    items = [SMALL, changed(label="Other", value=[1, 2, 3])]
    collection = {"class": "collection", "link": {"item": items}}
    assert jsonstat(collection, named="Small") == CUBE


def test_a_symbol_for_all_makes_no_cell() -> None:
    same = jsonstat(changed(value={"0": 1}, status="e"))
    assert same.cells == {("x", "p"): Cell(Decimal(1), "e")}
    assert jsonstat(changed(value={"0": 1}, status=["e"])) == same


def test_a_place_with_neither_is_told_apart_from_one_that_is_not_there() -> None:
    assert jsonstat(changed(status=None)).cells[("x", "q")] == Cell(None, "")
    assert ("x", "q") not in jsonstat(changed(value={"0": 1}, status=None)).cells


def told(shape: Any, named: str = "") -> list[str]:
    with pytest.raises(Refused) as error:
        jsonstat(shape, named=named)
    return str(error.value).splitlines()


BAD: dict[str, tuple[Any, list[str]]] = {
    "no object": ([1], ['the answer: "list" - expected a JSON-stat document, an object']),
    "another class": (
        {"class": "dimension", "category": {}},
        ['the answer, class: "dimension" - expected dataset, or a collection of datasets'],
    ),
    "addresses alone": (
        {"class": "collection", "link": {"item": [{"class": "dataset", "href": "https://x"}]}},
        ["the answer: no dataset within - expected a JSON-stat dataset with its values"],
    ),
    "a message": (
        {"error": "too many cells"},
        ["the answer: no dataset within - expected a JSON-stat dataset with its values"],
    ),
    "half a table": (
        changed(value=[46.5, None]),
        ["the answer, value: 2 values - expected 3, the product of size"],
    ),
    "too many values": (
        changed(value=[1, 2, 3, 4]),
        ["the answer, value: 4 values - expected 3, the product of size"],
    ),
    "half of the symbols": (
        changed(status=[":", ":"]),
        ["the answer, status: 2 values - expected 3, the product of size"],
    ),
    "places that there are not": (
        changed(value={"0": 1, "3": 2, "x": 3}),
        ['the answer, value: "3" and 1 more - expected places from 0 to 2, as size says'],
    ),
    "no values": (
        {name: each for name, each in SMALL.items() if name != "value"},
        ["the answer, value: missing - expected 3 values"],
    ),
    "values of another kind": (
        changed(value=[True, [1], {}]),
        [
            'the answer, value: "True" - expected numbers, symbols or null',
            'the answer, value: "[1]" - expected numbers, symbols or null',
            'the answer, value: "{}" - expected numbers, symbols or null',
        ],
    ),
    "symbols of another kind": (
        changed(status={"0": 4}),
        ['the answer, status: "4" - expected symbols, which are texts'],
    ),
    "size of another dimension": (
        changed(size=[1, 2]),
        [
            "the answer, dimension b, categories: 3 - expected 2, as size says",
            "the answer, value: 3 values - expected 2, the product of size",
            "the answer, status: 3 values - expected 2, the product of size",
        ],
    ),
    "sizes that are none": (
        changed(size=[1, "3"]),
        ['the answer, size: "3" - expected numbers of categories'],
    ),
    "too few sizes": (
        changed(size=[3]),
        ["the answer, size: 1 number - expected 2 numbers, one for each dimension"],
    ),
    "more cells than memory": (
        changed(size=[1, 10**9]),
        ["the answer, size: 1000000000 cells - expected at most 1000000; narrow it"],
    ),
    "a dimension that is not described": (
        changed(id=["a", "bb"]),
        ['the answer, id: "bb" - expected one that dimension describes (nearest: "b")'],
    ),
    "a dimension twice": (
        changed(id=["a", "a"], size=[1, 1], value=[1], status=None),
        ['the answer, id: "a, a" - expected each dimension once'],
    ),
    "an index with a gap": (
        changed(dimension=dimension("a", index={"x": 1})),
        ["the answer, dimension a, categories: 0 - expected 1, as size says"],
    ),
    "nothing": ({}, ["the answer: no dataset within - expected a JSON-stat dataset with its values"]),
    "no dimensions": (
        {"class": "dataset", "value": []},
        ["the answer, dimension: missing - expected the dimensions of the table"],
    ),
    "a list of dimensions": (
        {"class": "dataset", "dimension": [], "value": [1]},
        ["the answer, dimension: missing - expected the dimensions of the table"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("shape", "expected"), BAD.values(), ids=BAD)
def test_a_document_that_is_no_whole_table_is_refused(shape: Any, expected: list[str]) -> None:
    assert told(shape) == expected


@pytest.mark.parametrize(
    ("given", "shown"),
    [("93", "93"), ("93.0", "93.0"), ("46.50", "46.50"), (93, "93"), (46.5, "46.5"), ("007", "7")],
)
def test_a_number_stays_as_it_is_printed(given: str | float, shown: str) -> None:
    assert f"{number(given):f}" == shown


@pytest.mark.parametrize(
    ("given", "shown"), [("93.0", "93"), ("100", "100"), ("0.10", "0.1"), ("0.00", "0")]
)
def test_a_number_of_a_program_has_no_zeros_that_say_nothing(given: str, shown: str) -> None:
    assert f"{plain(number(given)):f}" == shown


@pytest.mark.parametrize(
    "noise", [0.1 + 0.2, "0.30000000000000004", Decimal("0.30000000000000004")]
)
def test_noise_behind_the_fifteenth_digit_goes(noise: str | float | Decimal) -> None:
    assert plain(number(noise)) == Decimal("0.3")


@pytest.mark.parametrize(
    "given", ["", ":", "1 000", "1_000", "nan", "Infinity", "1,5", "0x1", float("inf"), "٣"]
)
def test_what_is_no_number_is_none(given: str | float) -> None:
    with pytest.raises(ValueError, match=r"^"):
        number(given)


# --- parts ---


def part(**cells: int) -> Cube:
    return Cube(
        (Dimension("b", "B", {code: code.upper() for code in cells}),),
        {(code,): Cell(Decimal(value)) for code, value in cells.items()},
    )


def test_parts_become_one_table_in_their_order() -> None:
    assert joined([part(p=1, q=2), part(r=3)]) == part(p=1, q=2, r=3)
    assert joined([part(p=1)]) == part(p=1)
    assert joined([part(p=1), part(p=1, q=2)]) == part(p=1, q=2)


def test_parts_that_do_not_fit_are_refused() -> None:
    other = Cube((Dimension("c", "C", {"p": "P"}),), {})
    with pytest.raises(Refused, match='"c" - expected the dimensions of the first, b'):
        joined([part(p=1), other])
    with pytest.raises(Refused, match="cell p: told differently - expected the same in every part"):
        joined([part(p=1), part(p=2)])


# --- a second reader ---


@st.composite
def documents(draw: Callable[..., Any]) -> dict[str, Any]:
    """Datasets of one to three dimensions with values, nulls and symbols."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    total = 1
    for size in sizes:
        total *= size
    values = draw(
        st.lists(
            st.one_of(st.none(), st.integers(0, 100), st.decimals(0, 100, places=1).map(float)),
            min_size=total,
            max_size=total,
        )
    )
    names = [f"d{at}" for at in range(len(sizes))]
    return {
        "version": "2.0",
        "class": "dataset",
        "id": names,
        "size": sizes,
        "dimension": {
            name: {
                "label": name.upper(),
                "category": {
                    "index": {f"{name}c{at}": at for at in draw(st.permutations(range(size)))},
                    "label": {f"{name}c{at}": f"Label {at}" for at in range(size)},
                },
            }
            for name, size in zip(names, sizes, strict=True)
        },
        "value": values,
        "status": {str(at): ":" for at, value in enumerate(values) if value is None},
    }


@settings(max_examples=60, deadline=None)
@given(documents(), st.sampled_from(["2", "1", "sparse"]))
def test_pyjstat_reads_the_same_figures(held: dict[str, Any], shape: str) -> None:
    with warnings.catch_warnings():
        # Its own write() calls a function of its own that it deprecates.
        warnings.filterwarnings(
            "ignore", message="Shouldn't use this function", category=DeprecationWarning
        )
        theirs = pyjstat.Dataset.read(json.dumps(held)).write("dataframe", naming="id")
    given = held
    if shape == "1":
        given = earlier(held)
    if shape == "sparse":
        given = held | {
            "value": {str(at): each for at, each in enumerate(held["value"]) if each is not None}
        }
    ours = jsonstat(document(json.dumps(given)))
    columns = [theirs[name].tolist() for name in held["id"]]
    read = dict(zip(zip(*columns, strict=True), theirs["value"].tolist(), strict=True))
    assert read.keys() == {*product(*(each.categories for each in ours.dimensions))}
    for key, value in read.items():
        cell = ours.cells[key]
        if value is None or value != value:
            assert cell == Cell(None, ":")
        else:
            assert (float(cell.value or 0), cell.status) == (value, "")
