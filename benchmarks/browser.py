"""A visit and a click in Chromium: when charts stand, what was sent until then, how long a change of a filter takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, sync_playwright
from playwright.sync_api import Page as Tab

from benchmarks.sides import Page
from tests.support import chromium

LINE = {
    "downloadThroughput": 10e6 / 8,
    "uploadThroughput": 10e6 / 8,
    "latency": 40,
    "offline": False,
}
"""10 Mbit/s both ways, 40 milliseconds a request."""
SCREEN = {"width": 1280, "height": 800}
SECONDS_TO_DRAW = 60
SETTLED = 600
"""Milliseconds left to a page before it is clicked."""
REDRAWS = 5
_SCRIPT = Path(__file__).with_name("in_page.js")
PARTS = {
    "scripts": "ScriptDuration",
    "style": "RecalcStyleDuration",
    "layout": "LayoutDuration",
    "all work": "TaskDuration",
}
"""Part of the work of the page -> Chromium's counter of it, in seconds."""

Figures = dict[str, float]


class NotShown(Exception):
    """A page that did not show what is measured."""


@contextmanager
def opened() -> Iterator[Browser]:
    """A Chromium of its own; raises NotShown where there is none."""
    program = chromium.find()
    if not program:
        raise NotShown("no Chromium on this machine")
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=program, args=list(chromium.FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def _tab(browser: Browser, page: Page) -> Iterator[tuple[Tab, CDPSession]]:
    """A tab with an empty cache that watches out for the charts of a page."""
    context = browser.new_context(viewport=SCREEN, locale="en-GB")  # type: ignore[arg-type]
    context.set_default_timeout(1000 * SECONDS_TO_DRAW)
    try:
        tab = context.new_page()
        script = _SCRIPT.read_text(encoding="utf-8").replace("WATCHED", json.dumps(page.watched))
        tab.add_init_script(script)
        session = context.new_cdp_session(tab)
        session.send("Performance.enable")
        yield tab, session
    finally:
        context.close()


def _until_drawn(tab: Tab) -> Figures:
    """Times of what the page looked out for, once all of it is there."""
    for _ in range(SECONDS_TO_DRAW * 20):
        times: Figures = tab.evaluate("bench.times()")
        if len(times) == 4:
            return times
        tab.wait_for_timeout(50)
    raise NotShown(f"the page did not draw its charts within {SECONDS_TO_DRAW} seconds")


def _work(session: CDPSession) -> Figures:
    """Milliseconds that the page has worked so far, by part."""
    counters = {
        each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]
    }
    return {part: 1000 * counters[name] for part, name in PARTS.items()}


@dataclass
class Traffic:
    """What was sent for a page: (when, bytes) as it came in, and when requests began; seconds of the wall clock."""

    began: list[float] = field(default_factory=list)
    received: list[tuple[float, int]] = field(default_factory=list)
    _offset: float = 0.0

    def listen(self, session: CDPSession) -> None:
        """Count from now on."""
        session.on("Network.requestWillBeSent", self._request)
        session.on("Network.responseReceived", self._headers)
        session.on("Network.dataReceived", self._data)
        session.on("Network.webSocketFrameReceived", self._frame)

    def _request(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("data:"):
            return
        self._offset = event["wallTime"] - event["timestamp"]
        self.began.append(event["wallTime"])

    def _headers(self, event: dict[str, Any]) -> None:
        if not event["response"]["url"].startswith("data:"):
            self._add(event, int(event["response"]["encodedDataLength"]))

    def _data(self, event: dict[str, Any]) -> None:
        self._add(event, int(event["encodedDataLength"]))

    def _frame(self, event: dict[str, Any]) -> None:
        payload = event["response"]["payloadData"]
        binary = event["response"]["opcode"] == 2
        self._add(event, len(payload) * 3 // 4 if binary else len(payload.encode()))

    def _add(self, event: dict[str, Any], size: int) -> None:
        self.received.append((event["timestamp"] + self._offset, size))

    def until(self, moment: float) -> tuple[int, int]:
        """(bytes received, requests begun) until a moment."""
        return (
            sum(size for when, size in self.received if when <= moment),
            sum(when <= moment for when in self.began),
        )


def visit(browser: Browser, address: str, page: Page) -> Figures:
    """Milliseconds, kilobytes and requests of a first visit over LINE."""
    with _tab(browser, page) as (tab, session):
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", LINE)
        traffic = Traffic()
        traffic.listen(session)
        tab.goto(address + page.path, wait_until="commit")
        times = _until_drawn(tab)
        work = _work(session)
        answered = tab.evaluate("performance.getEntriesByType('navigation')[0].responseStart")
        size, requests = traffic.until((times["origin"] + times["first"]) / 1000)
        return {
            "first Plotly chart": times["first"],
            "all Plotly charts": times["every"],
            "first paint with charts": times["painted"],
            "kB to the first Plotly chart": size / 1000,
            "requests to the first Plotly chart": requests,
            "visit: first byte": answered,
            **{f"visit: {part}": value for part, value in work.items()},
        }


def click(browser: Browser, address: str, page: Page) -> Figures:
    """Milliseconds from the pointer that goes down on a filter to the frame that shows the charts it changes."""
    with _tab(browser, page) as (tab, session):
        _open(tab, address, page)
        before = _work(session)
        found = _clicked(tab, page)
        parts = {part: value - before[part] for part, value in _work(session).items()}
        return {
            "click to painted": found["painted"],
            "click: awaited": found["awaited"],
            **{f"click: {part}": value for part, value in parts.items()},
        }


def redraw(browser: Browser, address: str, page: Page) -> list[float]:
    """Milliseconds in which Plotly redraws in place, in that page, the figures between which the same click changes."""
    with _tab(browser, page) as (tab, _):
        _open(tab, address, page)
        tab.evaluate("bench.record()")
        for name in ("after", "before"):
            _clicked(tab, page)
            tab.evaluate(f"bench.{name} = bench.kept()")
        if not tab.evaluate("bench.after.length && bench.before.length"):
            raise NotShown("the page does not draw by window.Plotly")
        times = []
        for _ in range(REDRAWS):
            times.append(tab.evaluate("bench.redrawn(bench.after)"))
            tab.evaluate("bench.redrawn(bench.before)")
        return times


def _open(tab: Tab, address: str, page: Page) -> None:
    """Load a page and bring its filter in sight."""
    tab.goto(address + page.path)
    _until_drawn(tab)
    tab.wait_for_timeout(SETTLED)
    if page.opening:
        tab.locator(page.opening).first.click()
        tab.wait_for_timeout(SETTLED)


def _clicked(tab: Tab, page: Page) -> Figures:
    """Milliseconds of one click that changes charts."""
    box = tab.locator(page.click).first.bounding_box()
    if not box:
        raise NotShown("what is to be clicked is not in sight")
    middle = box["x"] + min(box["width"] / 2, 10), box["y"] + box["height"] / 2
    tab.mouse.move(*middle)
    tab.wait_for_timeout(SETTLED / 2)
    tab.evaluate("bench.arm()")
    tab.mouse.down()
    tab.mouse.up()
    found: dict[str, Any] = tab.evaluate("bench.painted()")
    if "missing" in found:
        raise NotShown(found["missing"])
    return found
