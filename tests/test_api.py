"""The description of the addresses, what schemathesis finds when it believes it, and what each address refuses."""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import quote

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    positive_data_acceptance,
    status_code_conformance,
)

from dashboard import render
from dashboard.selection import filters
from dashboard.web import files
from tests.support import views
from tests.support.server import Answer, Site

SMALL = "theme=effects&country=DK"
ALL = tuple(file.path for file in files.offered())
PICTURES = ("/chart.png", "/chart.svg")
ADDRESSES = (Path(__file__).resolve().parent.parent / "docs" / "addresses.md").read_text(
    encoding="utf-8"
)
AS_DOCUMENTED = [not_a_server_error, status_code_conformance, content_type_conformance]


@pytest.fixture(scope="module")
def described(server: str) -> schemathesis.BaseSchema:
    """The description as schemathesis reads it."""
    return schemathesis.openapi.from_url(f"{server}/api")


# --- The description ---


def test_the_description_is_openapi_3_1(described: schemathesis.BaseSchema, server: str) -> None:
    assert described.raw_schema["openapi"] == "3.1.0"
    described.validate()
    assert described.raw_schema["servers"] == [{"url": server}]
    assert all(operation.ok() for operation in described.get_all_operations())


def test_every_file_and_every_parameter_is_described(described: schemathesis.BaseSchema) -> None:
    assert set(ALL) <= set(described.raw_schema["paths"])
    for file in files.offered():
        names = [parameter.name for parameter in described[file.path]["GET"].query]
        assert sorted(names) == sorted(
            [
                *(parameter.name for parameter in filters.every()),
                *(extra.name for extra in file.extras),
            ]
        )


@pytest.mark.parametrize("parameter", filters.every(), ids=lambda parameter: parameter.name)
def test_each_value_of_a_parameter_is_described(
    described: schemathesis.BaseSchema, parameter
) -> None:
    schema = described.raw_schema["components"]["parameters"][parameter.name]["schema"]
    valid = jsonschema_rs.validator_for(schema)
    choices = parameter.choices(views.vocabulary())
    assert all(valid.is_valid(choice) for choice in choices)
    together = [
        choice
        for choice in choices
        if choice not in ("latest", "all") or parameter.name != "edition"
    ][:2]
    assert valid.is_valid("~".join(together)) == (parameter.kind == "many" or len(together) == 1)
    assert valid.is_valid("none") == (parameter.may_be_empty or "none" in choices)
    wrong = ("", "astrology", f"{choices[0]}~", f"{choices[0]} ")
    assert not any(valid.is_valid(text) for text in wrong)
    # Where only the form of a value is described, another of that form may be one.
    assert valid.is_valid(f"x{choices[0]}") == bool(parameter.form)


@pytest.mark.parametrize("path", PICTURES)
def test_a_picture_is_described_as_taking_one_theme(
    described: schemathesis.BaseSchema, path: str
) -> None:
    (theme,) = (
        parameter.definition
        for parameter in described[path]["GET"].query
        if parameter.name == "theme"
    )
    assert theme["required"] is False
    valid = jsonschema_rs.validator_for(theme["schema"])
    assert valid.is_valid("drivers")
    assert not valid.is_valid("drivers~effects")
    assert not valid.is_valid("none")


@pytest.mark.parametrize("path", re.findall(r"^\| `(/[^`]*)` \|", ADDRESSES, re.MULTILINE))
def test_each_address_of_the_documentation_is_described(
    described: schemathesis.BaseSchema, path: str
) -> None:
    assert path == "/api" or path in described.raw_schema["paths"]


def test_each_parameter_and_file_has_its_place_in_the_documentation() -> None:
    headings = set(re.findall(r"^## (.+)$", ADDRESSES, re.MULTILINE))
    assert {parameter.name for parameter in filters.every()} - headings == set()
    for path in (*ALL, "/embed", "/oembed", "/api"):
        assert f"`{path}`" in ADDRESSES
    for extra in {extra.name for file in files.offered() for extra in file.extras}:
        assert re.search(rf"`{extra}\b", ADDRESSES)


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize("mode", GenerationMode, ids=str)
def test_the_description_keeps_its_word(
    described: schemathesis.BaseSchema, path: str, mode: GenerationMode
) -> None:
    operation = described[path]["GET"]
    # Nearly every list of themes is refused for a picture, and makes an archive that takes seconds to draw.
    drawn = {"theme": "effects"} if path in (*PICTURES, "/view.zip") else {}

    @settings(max_examples=6, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode, query=drawn or None))
    def keeps_its_word(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=AS_DOCUMENTED)

    keeps_its_word()


@pytest.mark.parametrize("path", ["/data.csv", "/data.json"])
def test_what_fits_the_description_is_answered(
    described: schemathesis.BaseSchema, path: str
) -> None:
    @settings(max_examples=15, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=described[path]["GET"].as_strategy())
    def is_answered(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=[positive_data_acceptance])

    is_answered()


def refused(answer: Answer, *said: str) -> None:
    """A plain sentence with status 400 that says all of it."""
    assert (answer.status, answer.headers.get_content_type()) == (400, "text/plain")
    assert all(line.endswith((".", "…")) for line in answer.text.splitlines())
    for text in said:
        assert text in answer.text


# --- Refusals ---


@pytest.mark.parametrize("path", PICTURES)
@pytest.mark.parametrize(
    "query",
    ["theme=drivers~effects", "theme=drivers&theme=effects", "country=DK"],
)
def test_a_picture_shows_exactly_one_theme(web: Site, path: str, query: str) -> None:
    refused(web.ask(f"{path}?{query}"), "“theme”", "exactly one", "drivers", "effects")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("size=huge", ("“huge”", "“size”", "slide, report, square, og, wide, tall, print, screen")),
        ("size=", ("“size”", "slide")),
        ("size=og&size=og", ("“size”", "once")),
        ("scale=0", ("“scale”", "1 to 4")),
        ("scale=5", ("“scale”", "1 to 4")),
        ("scale=1.5", ("“scale”", "1 to 4")),
        ("scale=-1", ("“scale”", "1 to 4")),
        ("scale=%C2%B2", ("“scale”", "1 to 4")),
        ("scale=99999999999999999999", ("“scale”", "1 to 4")),
        ("ground=pink", ("“pink”", "“ground”", "white, transparent")),
        ("scale=1&scale=2", ("“scale”", "once")),
    ],
)
def test_what_a_picture_cannot_be_is_refused_with_what_it_can(
    web: Site, query: str, said: tuple[str, ...]
) -> None:
    refused(web.ask(f"/chart.png?{SMALL}&{query}"), *said)


@pytest.mark.parametrize(
    "path",
    ["/data.csv", "/data.json", "/slides.pptx", "/bundle", "/view.zip", "/data.xlsx", "/chart.svg"],
)
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("theme=astrology", ("“astrology”", "“theme”", "drivers, collaboration")),
        ("theme=effects&country=XX", ("“XX”", "“country”", "DK, NO, SE")),
        ("theme=effects&view=pie", ("“pie”", "“view”", "bars, dots")),
        ("theme=effects&view=bars&view=dots", ("“view”", "more than once")),
        ("theme=effects&release=1999.1", ("“1999.1”", "“release”", "2026.1")),
        ("theme=effects&country=", ("“country”", "no value")),
        ("theme=effects&colour=red", ("“colour”", "not a parameter")),
    ],
)
def test_files_refuse_what_a_page_drops(
    web: Site, path: str, query: str, said: tuple[str, ...]
) -> None:
    refused(web.ask(f"{path}?{query}"), *said)


@pytest.mark.parametrize(
    "query", ["colour=red", "theme=astrology", "view=bars&view=dots", "country="]
)
def test_a_refusal_does_not_claim_that_something_was_left_out_or_holds(
    web: Site, query: str
) -> None:
    answer = web.ask(f"/data.csv?{query}")
    refused(answer)
    assert "left out" not in answer.text
    assert "holds" not in answer.text
    assert "this page" not in answer.text


def test_an_unknown_parameter_is_refused_with_all_that_the_file_knows(web: Site) -> None:
    refused(
        web.ask(f"/chart.png?{SMALL}&colour=red"),
        *(parameter.name for parameter in filters.every()),
        "size",
        "scale",
        "ground",
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("format=xml", ("“xml”", "“format”", "jsonstat, records")),
        ("format=records&format=records", ("“format”", "once")),
    ],
)
def test_only_known_shapes_of_json(web: Site, query: str, said: tuple[str, ...]) -> None:
    refused(web.ask(f"/data.json?{SMALL}&{query}"), *said)


@pytest.mark.parametrize(
    "path",
    [*PICTURES, "/data.csv", "/data.xlsx", "/data.json", "/slides.pptx", "/view.zip", "/bundle"],
)
def test_an_empty_view_has_no_files(web: Site, path: str) -> None:
    answer = web.ask(f"{path}?theme=effects&country=NL")
    assert (answer.status, answer.headers.get_content_type()) == (404, "text/plain")
    assert answer.text == "No figure fits this selection.\n"


# --- Whatever is asked ---


def empty_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return out.getvalue()


PNG = empty_picture()


def pairs() -> st.SearchStrategy[str]:
    known = [
        choice for parameter in filters.every() for choice in parameter.choices(views.vocabulary())
    ]
    own = [
        *render.SIZES,
        "1",
        "4",
        "white",
        "records",
        "none",
        "latest",
        "",
        "http://localhost/?theme=effects",
    ]
    names = st.sampled_from(
        [parameter.name for parameter in filters.every()]
        + ["size", "scale", "ground", "format", "url", "maxwidth"]
    )
    values = st.lists(
        st.sampled_from(known + own) | st.text(max_size=8), min_size=1, max_size=3
    ).map("~".join)
    pair = st.tuples(names | st.text(max_size=5), values).map(
        lambda both: "=".join(quote(each, safe="~") for each in both)
    )
    return st.lists(pair | st.binary(max_size=8).map(quote), max_size=5).map("&".join)


@settings(max_examples=70)
@given(path=st.sampled_from([*ALL, "/bundle", "/oembed", "/api"]), query=pairs())
def test_no_query_is_an_error_of_the_server(web: Site, path: str, query: str) -> None:
    answer = web.ask(f"{path}?{query}")
    assert answer.status in {200, 400, 404, 501, 503}
    if answer.status >= 400:
        assert answer.headers.get_content_type() == "text/plain"
        assert "Traceback" not in answer.text


@settings(max_examples=60)
@given(body=st.binary(max_size=300) | st.binary(max_size=300).map(lambda rest: PNG[:33] + rest))
def test_no_body_is_an_error_of_the_server(web: Site, body: bytes) -> None:
    assert web.ask("/picture", "POST", body).status == 400
