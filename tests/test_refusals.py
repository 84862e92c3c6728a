"""A refusal is short: whatever is asked for, it names the first of what is allowed and how many more there are."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from dashboard.web import create_app
from tests.support import views

LONGEST = 4_000
"""Bytes of a query that is answered."""


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


def filled(part: str) -> str:
    """A query of as many parts as are answered, each another."""
    parts = [part.format(number) for number in range(LONGEST)]
    query = ""
    for each in parts:
        if len(query) + 1 + len(each) > LONGEST:
            break
        query = f"{query}&{each}" if query else each
    return query


@pytest.mark.parametrize("path", ["/data.csv", "/chart.svg", "/bundle"])
@pytest.mark.parametrize(
    "part",
    [
        "concept=z{}",
        "concept=~{}",
        "country={}",
        "{}=",
        "z{}=z",
        "concept=" + "%F0%9F%98%80" * 60 + "{}",
        "%F0%9F%98%80" * 60 + "{}=",
        "release={}",
        "only={}",
        "figure={}",
    ],
)
def test_a_long_query_gets_a_short_refusal(client: FlaskClient, path: str, part: str) -> None:
    answer = client.get(f"{path}?{filled(part)}", headers={"Accept-Language": "fi"})
    assert answer.status_code in {400, 404}
    assert 0 < len(answer.data) < 20_000


def test_a_refusal_names_the_first_allowed_values_and_counts_the_others(
    client: FlaskClient,
) -> None:
    concepts = views.vocabulary().indicators
    line = client.get("/data.csv?concept=astrology").text.strip()
    assert line == (
        "“astrology” is not a value of “concept”. "
        f"Possible are: {', '.join(concepts[:10])}, and {len(concepts) - 10} more."
    )


def test_few_allowed_values_are_all_named(client: FlaskClient) -> None:
    line = client.get("/data.csv?lang=xx").text.strip()
    assert line.endswith("Possible are: en, da, nb, sv, fi.")


def test_of_many_faults_the_first_are_told_and_the_others_counted(client: FlaskClient) -> None:
    told = client.get("/data.csv?" + "&".join(f"z{n}=1" for n in range(25))).text.splitlines()
    assert [line.partition(" ")[0] for line in told[:-1]] == [f"“z{n}”" for n in range(10)]
    assert told[-1] == "and 15 more."
