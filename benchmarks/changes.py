"""Requests of filter changes as the page sends them: one is recorded of a real click, others follow from what is answered.

A walk changes one control after another as a reader does: each answer tells the next request its address, the values of the
controls and what the page has of their choices.
"""

from __future__ import annotations

import http.client
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import brotli
from playwright.sync_api import Browser, Request

from benchmarks.processes import HOST

SECONDS = 60
FILTER, VALUE = "#country", "DK"
OPENING = "#country-filter > summary"
STEPS = 8
"""Changes that one reader makes before the next begins at home."""
_HEADERS = ("content-type", "accept", "accept-language", "user-agent")
_CHOICES = """names => Object.fromEntries(names.map(name => [
    name, Array.from(document.querySelectorAll(`#${CSS.escape(name)} input`), input => [input.type, input.value]),
]))"""


@dataclass(frozen=True)
class Change:
    """One request of the page after a change of a filter."""

    path: str
    headers: tuple[tuple[str, str], ...]
    body: str

    def with_state(self, body: dict[str, Any]) -> Change:
        """The same with another body."""
        return replace(self, body=json.dumps(body, ensure_ascii=False, separators=(",", ":")))


@dataclass(frozen=True)
class Recorded:
    """A click at home as it was sent, and the controls of the page."""

    change: Change
    controls: dict[str, list[tuple[str, str]]]
    """Id -> (type of its boxes, value of each)."""


class NotRecorded(Exception):
    """A click that sent no request to be repeated."""


def record(browser: Browser, port: int) -> Recorded:
    """What a click on a filter of the home sends."""
    context = browser.new_context(locale="en-GB")
    try:
        page = context.new_page()
        sent: list[Request] = []
        page.on("request", lambda request: sent.append(request) if request.post_data else None)
        page.goto(f"http://{HOST}:{port}/")
        page.wait_for_selector("body:not(.prerendered) .main-svg")
        page.wait_for_load_state("networkidle")
        page.click(OPENING)
        sent.clear()
        page.click(f"{FILTER} input[value='{VALUE}']")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(500)
        for request in sent:
            body = request.post_data_json
            if isinstance(body, dict) and "inputs" in body:
                names = [each["id"] for each in body["inputs"] if each["property"] == "value"]
                address = urlsplit(request.url)
                path = address.path + (f"?{address.query}" if address.query else "")
                kept = tuple(
                    (name, value) for name, value in request.headers.items() if name in _HEADERS
                )
                headers = (*kept, ("accept-encoding", "gzip, deflate, br"))
                change = Change(path, headers, str(request.post_data))
                return Recorded(change, page.evaluate(_CHOICES, names))
    finally:
        context.close()
    raise NotRecorded("a click sent no request of the kind that Dash sends")


class Client:
    """One connection that stays open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=SECONDS)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def post(self, change: Change) -> bytes:
        """The body of the answer, as it was sent; NotRecorded where it is refused."""
        self._connection.request("POST", change.path, change.body.encode(), dict(change.headers))
        return self._answer()

    def get(self, path: str) -> bytes:
        """The body of a page or file, as it was sent; NotRecorded where it is refused."""
        headers = {"Accept-Encoding": "gzip, deflate, br", "Accept-Language": "en-GB"}
        self._connection.request("GET", path, headers=headers)
        return self._answer()

    def _answer(self) -> bytes:
        answer = self._connection.getresponse()
        body = answer.read()
        self.encoding = answer.getheader("Content-Encoding", "")
        if answer.status not in (200, 204):
            raise NotRecorded(f"answered with status {answer.status}: {body[:200]!r}")
        return body

    def told(self, change: Change) -> dict[str, Any]:
        """What an answer tells each component: id -> property -> value."""
        body = self.post(change)
        text = brotli.decompress(body) if self.encoding == "br" else body
        told: dict[str, Any] = json.loads(text)["response"] if text else {}
        return told


def walk(client: Client, recorded: Recorded, chance: random.Random) -> Iterator[Change]:
    """Changes as they are asked for and answered, without an end."""
    while True:
        body = _at_home(client, recorded)
        for _ in range(STEPS):
            _touch(body, recorded, chance)
            change = recorded.change.with_state(body)
            _apply(body, client.told(change))
            yield change


def first_changes(client: Client, recorded: Recorded) -> Iterator[Change]:
    """Every single change of the home, in the order of its controls."""
    home = json.dumps(_at_home(client, recorded))
    for name, boxes in recorded.controls.items():
        for kind, value in boxes:
            body = json.loads(home)
            _set(body, name, kind, value)
            yield recorded.change.with_state(body)


def _at_home(client: Client, recorded: Recorded) -> dict[str, Any]:
    """The body of a page that shows the home: the recorded one, its change taken back."""
    body: dict[str, Any] = json.loads(recorded.change.body)
    for each in body["inputs"]:
        if each["property"] == "search":
            each["value"] = ""
    body["changedPropIds"] = ["location.search"]
    body["parsedChangedPropsIds"] = body["changedPropIds"]
    _apply(body, client.told(recorded.change.with_state(body)))
    return body


def _touch(body: dict[str, Any], recorded: Recorded, chance: random.Random) -> None:
    """Choose or take back one choice of one control."""
    name = chance.choice([name for name, boxes in recorded.controls.items() if boxes])
    kind, value = chance.choice(recorded.controls[name])
    _set(body, name, kind, value)


def _set(body: dict[str, Any], name: str, kind: str, value: str) -> None:
    for each in body["inputs"]:
        if each["id"] == name and each["property"] == "value":
            before = each.get("value")
            if kind == "radio":
                each["value"] = value
            else:
                chosen = before if isinstance(before, list) else []
                each["value"] = (
                    [other for other in chosen if other != value]
                    if value in chosen
                    else [*chosen, value]
                )
    body["changedPropIds"] = [f"{name}.value"]
    body["parsedChangedPropsIds"] = body["changedPropIds"]


def _apply(body: dict[str, Any], told: dict[str, Any]) -> None:
    """What the page holds once an answer has come."""
    for each in (*body["inputs"], *body.get("state", ())):
        news = told.get(each["id"], {})
        if each["property"] in news:
            each["value"] = news[each["property"]]
