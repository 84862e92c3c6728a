"""What the page's scripts send, sent by somebody else."""

from __future__ import annotations

import json

import pytest

from tests.support.answers import SCRIPT
from tests.support.callbacks import assert_no_trace, change, other
from tests.support.server import Site

LISTS = (
    "theme",
    "country",
    "sector",
    "level",
    "edition",
    "inferred",
    "interval",
    "only",
    "concept",
)
WORDS = ("edition-mode", "split", "chart", "by")
WRONG = (
    None,
    5,
    True,
    "x",
    {"a": 1},
    [None],
    [5],
    [["x"]],
    [{"a": 1}],
    ["x"],
    [SCRIPT],
    "x" * 100_000,
    ["x" * 100_000],
    ["DK"] * 20_000,
)


def test_a_change_is_answered_with_the_new_address(web: Site) -> None:
    answer = web.update(change(web, "country", country=["DK"]))
    response = json.loads(answer.text)["response"]
    assert response["location"]["search"] == "?theme=effects&country=DK&sector=all&level=workplace"


def known_lists(web: Site, search: str) -> dict:
    """What the page says of the choices that it has, once it has opened an address."""
    answer = web.update(change(web, "search", search=search))
    return json.loads(answer.text)["response"]["lists"]["data"]


@pytest.mark.parametrize("search", ["?theme=effects", "?theme=effects&country=DK~SE"])
def test_the_frame_of_a_change_is_one_text_and_no_component(web: Site, search: str) -> None:
    listed = known_lists(web, search)
    body = change(web, "country", search=search, country=["DK"], lists=listed)
    response = json.loads(web.update(body).text)["response"]
    inputs = {part["id"] for part in body["inputs"]} - {"location", "width"}
    # Only what changed: a control whose choices the page has already is not told of them.
    told_anew = {name: set(told) for name, told in response.items() if name in inputs}
    assert all(told == {"options"} for told in told_anew.values())
    assert all(response["lists"]["data"][name] != listed[name] for name in told_anew)
    assert set(told_anew) <= {"concept"}
    told = json.loads(response["filter-state"]["data-told"])
    assert set(told) == {"counts", "zero", "only", "states", "chips", "display", "here", "about"}
    frame = {name: part for name, part in response.items() if name not in ("content", "messages")}
    assert "namespace" not in json.dumps(frame)
    assert len(response) <= 6 + len(told_anew)


def test_choices_are_sent_again_only_where_they_are_others(web: Site) -> None:
    listed = known_lists(web, "?theme=effects")
    changed = change(web, "theme", theme=["effects", "barriers"], lists=listed)
    response = json.loads(web.update(changed).text)["response"]
    sent = {name for name, told in response.items() if "options" in told}
    assert sent == {"concept"}
    now = response["lists"]["data"]
    assert {name for name in now if now[name] != listed[name]} == {"concept"}


@pytest.mark.parametrize("lists", WRONG)
def test_any_word_on_what_the_page_has_is_met_with_all_choices(web: Site, lists: object) -> None:
    answer = web.update(change(web, "country", lists=lists))
    assert answer.status == 200
    assert_no_trace(answer)
    assert "options" in json.loads(answer.text)["response"]["country"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"1",
        b'"x"',
        b"{}",
        b'{"output": null}',
        b'{"output": "x.y"}',
        b"[" * 5_000,
    ],
)
def test_a_body_that_is_no_callback_gets_no_stack_trace(web: Site, body: bytes) -> None:
    answer = web.update(body)
    assert 400 <= answer.status < 500
    assert_no_trace(answer)


MISSHAPEN = {
    "null": None,
    "list": [],
    "number": 1,
    "text": "x",
    "empty": {},
    "no inputs": {"inputs": ...},
    "inputs no list": {"inputs": {"theme": 1}},
    "inputs of no parts": {"inputs": [5]},
    "inputs without an id": {"inputs": [{"value": 1}]},
    "fewer inputs": {"inputs": []},
    "no outputs": {"outputs": ...},
    "outputs empty": {"outputs": []},
    "outputs a number": {"outputs": 5},
    "changedPropIds a number": {"changedPropIds": 5},
    "no changedPropIds": {"changedPropIds": ...},
    "changedPropIds of no texts": {"changedPropIds": [5]},
    "state no list": {"state": "x"},
    "unknown output": {"output": "nothing.value"},
    "output no text": {"output": 5},
    "no output": {"output": ...},
}
"""What to send, or what to change (``...``: leave out) in a callback of the page."""
BROWSERS = ("width.data", "downloaded.data", "card-seen.data")
"""Outputs of callbacks that run in the browser; the server has no function for them."""


def misshapen(sound: dict, name: str) -> object:
    spoil = MISSHAPEN[name]
    if not isinstance(spoil, dict) or not spoil:
        return spoil
    return {key: value for key, value in (sound | spoil).items() if value is not ...}


@pytest.mark.parametrize("name", MISSHAPEN)
def test_a_misshapen_callback_is_refused(web: Site, name: str) -> None:
    for sound in (
        change(web, "country"),
        other(web, "picture.data", {"theme": "effects"}),
        other(web, "card.is_open", {"figure": 0}),
    ):
        answer = web.update(misshapen(sound, name))
        assert 400 <= answer.status < 500, answer.status
        assert_no_trace(answer)


@pytest.mark.parametrize("output", BROWSERS)
def test_a_callback_of_the_browser_is_refused(web: Site, output: str) -> None:
    callbacks = json.loads(web.ask("/_dash-dependencies").text)
    (callback,) = (each for each in callbacks if each["output"] == output)
    name, prop = output.rsplit(".", 1)
    inputs = [{**part, "value": 1} for part in callback["inputs"]]
    changed = [f"{part['id']}.{part['property']}" for part in inputs]
    sound = {
        "output": output,
        "outputs": {"id": name, "property": prop},
        "inputs": inputs,
        "state": [],
        "changedPropIds": changed,
    }
    answer = web.update(sound)
    assert 400 <= answer.status < 500, answer.status
    assert_no_trace(answer)


@pytest.mark.parametrize("output", ["picture.data", "card.is_open"])
@pytest.mark.parametrize("state", [..., []], ids=["missing", "empty"])
def test_a_callback_without_its_state_is_refused(web: Site, output: str, state: object) -> None:
    sound = other(web, output, {"theme": "effects", "size": "slide", "figure": 0})
    answer = web.update(
        {key: value for key, value in (sound | {"state": state}).items() if value is not ...}
    )
    assert 400 <= answer.status < 500, answer.status
    assert_no_trace(answer)


@pytest.mark.parametrize(
    "spoil",
    [
        {"output": "nothing.value"},
        {"outputs": []},
        {"inputs": []},
        {"inputs": "x"},
        {"inputs": [{"id": "nothing", "property": "value", "value": 1}]},
        {"changedPropIds": 5},
        {"changedPropIds": ["nothing"]},
        {"changedPropIds": ["nothing.value", "country.value"]},
    ],
    ids=str,
)
def test_a_spoilt_callback_gets_no_stack_trace(web: Site, spoil: dict) -> None:
    assert_no_trace(web.update(change(web, "country") | spoil))


@pytest.mark.parametrize("name", [*LISTS, *WORDS, "search", "width", "concept-search"])
def test_a_value_of_a_wrong_kind_is_no_error_of_the_server(web: Site, name: str) -> None:
    failed = []
    for value in WRONG:
        answer = web.update(change(web, name, **{name: value}))
        assert_no_trace(answer)
        if answer.status >= 500:
            failed.append(str(value)[:40])
    assert failed == []


@pytest.mark.parametrize("name", [*LISTS, *WORDS])
def test_an_unknown_code_as_a_filter_value_is_left_out(web: Site, name: str) -> None:
    value = ["astrology"] if name in LISTS else "astrology"
    answer = web.update(change(web, name, **{name: value}))
    assert answer.status == 200, f"{name}={value!r} was answered with status {answer.status}"
    assert "astrology" not in json.loads(answer.text)["response"].get("location", {}).get(
        "search", ""
    )


def test_what_is_typed_into_the_indicator_search_is_answered_with_its_list_alone(web: Site) -> None:
    answer = web.update(other(web, "concept.options@", "artificial"))
    assert answer.status == 200
    assert "Uses artificial intelligence" in answer.text
    assert len(answer.text) < 2_000
    for value in WRONG:
        answer = web.update(other(web, "concept.options@", value))
        assert answer.status < 500
        assert_no_trace(answer)


def test_a_picture_and_a_card_are_answered(web: Site) -> None:
    picture = web.update(other(web, "picture.data", {"theme": "effects", "size": "slide", "at": 1}))
    made = json.loads(picture.text)["response"]["picture"]["data"]
    assert (made["width"], made["height"]) == (1600, 900)
    card = web.update(other(web, "card.is_open", {"figure": 0, "at": 1}))
    assert json.loads(card.text)["response"]["card"]["is_open"] is True


SPOILT = (
    *(
        {"value": value}
        for value in (
            None,
            5,
            "x",
            [],
            {},
            {"theme": "x", "size": "x"},
            {"theme": ["x"], "size": 5},
            {"figure": -1},
        )
    ),
    *({"value": {"figure": value}} for value in (10**9, 1.5, True, "0", None, [0])),
    *(
        {name: value}
        for name in ("search", "href", "width")
        for value in (None, 5, ["x"], {"a": 1}, "x" * 50_000)
    ),
)


@pytest.mark.parametrize("output", ["picture.data", "card.is_open"])
def test_a_spoilt_picture_or_card_is_no_error_of_the_server(web: Site, output: str) -> None:
    sound = {"value": {"theme": "effects", "size": "slide", "figure": 0, "at": 1}}
    failed = []
    for spoil in SPOILT:
        answer = web.update(other(web, output, **(sound | spoil)))
        assert_no_trace(answer)
        if answer.status >= 500:
            failed.append(str(spoil)[:60])
    assert failed == []


def test_a_very_long_address_inside_a_callback_is_answered_with_a_message(web: Site) -> None:
    answer = web.update(change(web, "search", search="?theme=" + "x" * 100_000))
    assert answer.status == 200
    assert "too long" in json.dumps(json.loads(answer.text)["response"]["messages"])
