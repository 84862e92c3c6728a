"""Answers that are kept: the same as fresh ones, one for all who ask alike, bounded in bytes, of one site and release."""

from __future__ import annotations

import json
from dataclasses import dataclass

import brotli
import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from dashboard.layout import ids
from dashboard.selection import LANGUAGES, Selection, page_search
from dashboard.settings import Settings
from dashboard.web import app
from dashboard.web.answers import Answers
from dashboard.web.build_id import CALLBACK
from tests.support import views

SITE = "https://barometer.example"
SCREEN = {"width": 816, "dark": False, "scale": 1, "spread": 1}
ROOM = 2**20


@dataclass
class Page:
    """A page of a site, and the callback that shows its views."""

    client: FlaskClient
    callback: dict

    def ask(
        self,
        search: str = "",
        *,
        host: str = SITE,
        language: str = "en",
        touched: str = "",
        coding: str = "br",
        **told: object,
    ) -> TestResponse:
        """What is answered to a page at ``search``; ``told`` by the id of what tells it; ``touched`` is the id of a control."""
        given = {"search": search, "href": f"{SITE}/{search}", ids.WIDTH: SCREEN} | told

        def filled(part: dict) -> dict:
            return {**part, "value": given.get(part["id"], given.get(part["property"]))}

        names = self.callback["output"].strip(".").split("...")
        body = {
            "output": self.callback["output"],
            "outputs": [
                dict(zip(("id", "property"), each.rsplit(".", 1), strict=True)) for each in names
            ],
            "inputs": [filled(part) for part in self.callback["inputs"]],
            "state": [filled(part) for part in self.callback["state"]],
            "changedPropIds": [f"{touched}.value" if touched else f"{ids.LOCATION}.search"],
        }
        wanted = {"Accept-Language": language, "Accept-Encoding": coding}
        answer = self.client.post(CALLBACK, json=body, headers=wanted, base_url=host)
        assert answer.status_code == 200
        return answer


@dataclass
class Kept:
    """A page whose answers are kept, and how many were made."""

    page: Page
    answers: Answers
    made: list[int]


def unkept() -> app.Build:
    """The site without what keeps its answers, before anybody asked it for anything."""
    build = app.begin(app.read_site(Settings(), views.index().dataset))
    for step in app.STEPS:
        if step not in (app.keep_answers, app.warm_up):
            step(build)
    return build


def page_of(build: app.Build) -> Page:
    client = build.flask.test_client()
    callbacks = client.get("/_dash-dependencies").json
    return Page(client, next(each for each in callbacks if "content.children" in each["output"]))


def keeping(room: int = ROOM) -> Kept:
    """A page of a site that has ``room`` bytes for its answers."""
    build, made = unkept(), []
    rules = build.flask.url_map.iter_rules()
    endpoint = next(each.endpoint for each in rules if each.rule == CALLBACK)
    dash = build.flask.view_functions[endpoint]

    def counted() -> object:
        made.append(1)
        return dash()

    build.flask.view_functions[endpoint] = counted
    return Kept(page_of(build), app.keep_answers(build, room), made)


def said(answer: TestResponse) -> object:
    """An answer as the page reads it."""
    coded = answer.headers.get("Content-Encoding") == "br"
    return json.loads(brotli.decompress(answer.data) if coded else answer.data)


def headers(answer: TestResponse) -> dict[str, object]:
    """The headers of an answer; what may be listed in any order as a set. The name of a request is told where it was slow."""
    return {
        name: {part.strip() for part in value.split(",")} if name == "Vary" else value
        for name, value in answer.headers
        if name not in {"Content-Length", "X-Request-ID"}
    }


@pytest.fixture(scope="module")
def fresh() -> Page:
    """A page for which nothing is kept."""
    return page_of(unkept())


@pytest.fixture(scope="module")
def whole() -> Page:
    """A page of a site that keeps what it has answered all these tests."""
    return keeping().page


@settings(max_examples=60)
@given(
    selection=views.selections,
    language=st.sampled_from(LANGUAGES),
    dark=st.booleans(),
    width=st.sampled_from([328, 816, 1200]),
    path=st.sampled_from(["/", "/embed"]),
    touched=st.sampled_from(["", "country", "chart"]),
    has=st.sampled_from([{}, {"country": ["DK", "SE"], "chart": "dots", "by": "country"}]),
)
def test_a_kept_answer_is_a_fresh_one(
    fresh: Page,
    whole: Page,
    selection: Selection,
    language: str,
    dark: bool,
    width: int,
    path: str,
    touched: str,
    has: dict,
) -> None:
    search = page_search(selection, views.store().vocabulary)
    told = {
        "href": f"{SITE}{path}{search}",
        "language": language,
        "touched": touched,
        ids.WIDTH: {"width": width, "dark": dark},
        **has,
    }
    expected = fresh.ask(search, **told)
    for _ in range(2):
        answer = whole.ask(search, **told)
        assert said(answer) == said(expected)
        assert headers(answer) == headers(expected)


def test_what_is_asked_again_is_not_made_again() -> None:
    kept = keeping()
    first = kept.page.ask("?theme=drivers")
    assert kept.page.ask("?theme=drivers").data == first.data
    assert len(kept.made) == 1


def test_what_is_sent_again_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, read = keeping(), []
    whole = app.Change.read
    monkeypatch.setattr(app.Change, "read", lambda *asked: (read.append(1), whole(*asked))[1])
    first = kept.page.ask("?theme=drivers")
    again = kept.page.ask("?theme=drivers")
    assert (again.data, headers(again)) == (first.data, headers(first))
    # Dash reads it once more for what is made.
    assert len(read) == 2
    # What else an answer may depend on is no part of the body.
    for told in ({"language": "da"}, {"coding": "gzip"}, {"host": "https://other.example"}):
        kept.page.ask("?theme=drivers", **told)
    assert len(read) == 8


def test_what_gave_way_is_made_again_for_what_was_sent_before() -> None:
    kept = keeping(room=20_000)
    first = kept.page.ask("?theme=drivers").data
    for theme in ("effects", "barriers", "collaboration"):
        kept.page.ask(f"?theme={theme}")
    assert kept.page.ask("?theme=drivers").data == first
    assert kept.answers.taken <= 20_000


def test_a_page_gets_what_it_lacks() -> None:
    kept = keeping()
    first = said(kept.page.ask("?theme=drivers"))["response"]
    has = {name: told["value"] for name, told in first.items() if "value" in told}
    has[ids.LISTS] = first[ids.LISTS]["data"]
    second = said(kept.page.ask("?theme=drivers", **has))["response"]
    assert len(kept.made) == 2
    assert first.keys() - second.keys() >= {"country", "sector", "by", ids.LISTS}
    assert not [name for name, told in second.items() if {"value", "options"} & told.keys()]


def test_a_change_of_a_filter_and_its_address_show_the_same_view() -> None:
    kept = keeping()
    opened = said(kept.page.ask("?theme=drivers"))["response"]
    has = {name: told["value"] for name, told in opened.items() if "value" in told}
    moved = said(kept.page.ask("?theme=drivers", touched="by", **has | {"by": "indicator"}))
    there = said(kept.page.ask("?theme=drivers&by=indicator"))["response"]
    assert moved["response"]["location"] == {"search": "?theme=drivers&by=indicator"}
    assert "location" not in there
    assert moved["response"]["content"] == there["content"]


@pytest.mark.parametrize(
    "variant",
    [
        {"href": "https://elsewhere.example/?x=1"},
        {ids.LISTS: {"country-of-mine": "00000000", "concept": 7}},
        {ids.WIDTH: {"width": 816, "colour": "red"}},
        {"language": "en-GB,fr;q=0.3"},
    ],
)
def test_what_changes_nothing_makes_no_second_answer(variant: dict) -> None:
    kept = keeping()
    kept.page.ask("?theme=drivers")
    taken = kept.answers.taken
    kept.page.ask("?theme=drivers", **variant)
    assert (len(kept.made), kept.answers.taken) == (1, taken)


@pytest.mark.parametrize(
    ("search", "told"),
    [
        ("?view=bars&theme=drivers", {}),
        ("?theme=drivers&utm_source=letter", {}),
        ("?theme=drivers&colour=red", {}),
        ("?theme=drivers&theme=nonsense", {}),
        ("?theme=drivers&figure=dk-2023:all:collab_any", {}),
        ("?theme=drivers", {ids.search("concept"): "users"}),
    ],
)
def test_what_anyone_may_word_as_they_like_takes_no_room(search: str, told: dict) -> None:
    kept = keeping()
    kept.page.ask("?theme=drivers")
    taken = kept.answers.taken
    kept.page.ask(search, **told)
    assert (len(kept.made), kept.answers.taken) == (2, taken)


def test_there_is_no_more_room_than_is_given() -> None:
    kept = keeping(room=30_000)
    searches = [f"?theme=drivers&country={country}" for country in ("DK", "NO", "SE", "FI", "IS")]
    for search in searches * 2:
        kept.page.ask(search)
        assert 0 < kept.answers.taken <= 30_000
    assert len(kept.made) == 10


@pytest.mark.parametrize(
    "other",
    [
        {"host": "https://other.example"},
        {"language": "da"},
        {"coding": "gzip"},
        {ids.WIDTH: SCREEN | {"dark": True}},
        {ids.WIDTH: SCREEN | {"width": 328}},
        {ids.WIDTH: SCREEN | {"scale": 1.5}},
        {"href": f"{SITE}/embed?theme=drivers"},
    ],
)
def test_each_gets_an_answer_of_its_own(other: dict) -> None:
    kept = keeping()
    mine = kept.page.ask("?theme=drivers")
    theirs = kept.page.ask("?theme=drivers", **other)
    assert len(kept.made) == 2
    assert theirs.data != mine.data
    assert kept.page.ask("?theme=drivers").data == mine.data


def test_an_earlier_release_has_its_own_answers(fresh: Page) -> None:
    kept = keeping()
    release = next(iter(views.store().earlier))
    pinned = f"?theme=drivers&release={release}"
    assert said(kept.page.ask("?theme=drivers")) != said(kept.page.ask(pinned))
    assert said(kept.page.ask(pinned)) == said(fresh.ask(pinned))
    assert len(kept.made) == 2
