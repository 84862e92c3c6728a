"""The steps of a run: each serves what it measures, stops it again, and says for which figures it answers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Browser

from benchmarks import browser, changes, files, first_answer, lighthouse, memory, profile, service
from benchmarks.peers.registry import PeerUnavailable
from benchmarks.processes import HOST, NotStarted, ended, last_line
from benchmarks.proxy import ProxyUnavailable
from benchmarks.results import AS_IT_COMES, Key, Results
from benchmarks.sides import COMPARISON, PEERS, THEME, Page, Side, run_ours, serve_ours
from benchmarks.tools import NotInstalled

VISIT = (
    "first Plotly chart",
    "all Plotly charts",
    "first paint with charts",
    "kB to the first Plotly chart",
    "requests to the first Plotly chart",
)
CLICK, REDRAW = "click to painted", "the same charts redrawn in place"
FIRST_CLICK = f"{CLICK}, first since start"
NEW, KNOWN, RATE = "filter change, new", "filter change, known", "filter changes a second"
START = "start to first answer"
STARTED, WORN, WORN_AGAIN = (
    "after start",
    f"after {memory.REQUESTS:,} requests",
    f"after {2 * memory.REQUESTS:,} requests",
)
FILES = ("PNG, new", "PNG, known", *files.FILES)
SCORES = tuple(
    f"Lighthouse {category}, {form}"
    for form in lighthouse.FORMS
    for category in (*lighthouse.CATEGORIES, "total blocking time")
)
OWN = (
    browser.NotShown,
    PeerUnavailable,
    ProxyUnavailable,
    NotStarted,
    NotInstalled,
    changes.NotRecorded,
    lighthouse.NotScored,
    profile.NotProfiled,
)
"""Failures whose message is a reason in a reader's words."""
SECONDS_TO_GROW = 300
FEWER, SCORED = 2, 3
"""Repetitions of what takes longest: peers and everything behind nginx; the home in Lighthouse."""
_ONCE = frozenset((THEME, COMPARISON))
"""Pages that are measured as they come only."""
T = TypeVar("T")


@dataclass(frozen=True)
class Step:
    """A part of a run."""

    name: str
    keys: tuple[Key, ...]
    run: Callable[[], None]


@dataclass
class Bench:
    """One run: what it found so far, and how often it repeats."""

    folder: Path
    repetitions: int
    seconds_of_load: int
    requests: int
    copies: int
    """Of the published data, at most."""
    results: Results = field(default_factory=Results)
    stopped: bool = False
    """Whether the run is to end: what fails then is no result."""

    def attempt(self, keys: Iterable[Key], work: Callable[[], T]) -> T | None:
        """What ``work`` returns; where it fails, the reason stands for the figures, and None is returned."""
        try:
            return work()
        except Exception as error:
            if self.stopped:
                raise KeyboardInterrupt from error
            reason = _reason(error)
            self.results.fail(list(keys), reason)
            _say(f"    not measured: {reason}")
            return None

    # Browser

    def pages(self, side: Side, way: str) -> Step:
        """Visits and clicks of each page of a side."""
        pages = [page for page in side.pages if way == AS_IT_COMES or page.side not in _ONCE]
        keys = tuple(key for page in pages for key in _keys(page, way))

        def run() -> None:
            with side.serve(way) as port, browser.opened() as chromium:
                address = f"http://{HOST}:{port}"
                for page in pages:
                    self.attempt(
                        _keys(page, way), partial(self._page, chromium, address, page, way)
                    )

        return Step(f"{side.title} {way}: visits and clicks", keys, run)

    def _page(self, chromium: Browser, address: str, page: Page, way: str) -> None:
        """The first visit and the first click fill whatever is kept, and are told apart."""
        _say(f"    {page.path}")
        often = way == AS_IT_COMES and page.side not in PEERS
        times = self.repetitions if often else min(self.repetitions, FEWER)
        browser.visit(chromium, address, page)
        for _ in range(times):
            self._add(page.side, way, browser.visit(chromium, address, page))
        first = browser.click(chromium, address, page)
        self._add(page.side, way, {FIRST_CLICK: first[CLICK]})
        for _ in range(times):
            self._add(page.side, way, browser.click(chromium, address, page))
        if page.opening:
            key = Key(REDRAW, page.side, way)
            redrawn = self.attempt([key], lambda: browser.redraw(chromium, address, page))
            self.results.add(key, *(redrawn or ()))

    def _add(self, side: str, way: str, found: dict[str, float]) -> None:
        for measure, value in found.items():
            self.results.add(Key(measure, side, way), value)

    def lighthouse(self, side: Side, page: Page, repetitions: int) -> Step:
        """Lighthouse's scores of a page."""
        keys = tuple(Key(score, page.side) for score in SCORES)

        def run() -> None:
            with side.serve(AS_IT_COMES) as port:
                address = f"http://{HOST}:{port}{page.path}"
                for form in lighthouse.FORMS:
                    mine = [key for key in keys if key.measure.endswith(form)]
                    for _ in range(repetitions):
                        found = self.attempt(
                            mine, partial(lighthouse.scores, address, form, self.folder)
                        )
                        for name, value in (found or {}).items():
                            self.results.add(Key(f"Lighthouse {name}, {form}", page.side), value)

        return Step(f"{side.title}: Lighthouse, {page.path}", keys, run)

    # Server

    def server(self) -> Step:
        """Server time, changes a second and memory, which share the requests that are recorded."""
        keys = tuple(Key(name) for name in (NEW, KNOWN, RATE, STARTED, WORN, WORN_AGAIN))

        def run() -> None:
            mixed = self._mix()
            self.results.facts["filter changes"] = (
                f"{len(mixed.common)} common addresses and {len(mixed.tail):,} rare ones"
            )
            self.attempt(keys[:2], lambda: self._times(mixed))
            self.attempt(keys[2:3], lambda: self._rate(mixed))
            self.attempt(keys[3:], lambda: self._memory(mixed))
            self.attempt((), lambda: self._profile(mixed))

        return Step("this site: filter changes at the server, memory", keys, run)

    def _mix(self) -> service.Mix:
        with serve_ours(AS_IT_COMES) as port:
            with browser.opened() as chromium:
                recorded = changes.record(chromium, port)
            _say("    changes are walked through")
            return service.mix(port, recorded, tail=24 * self.requests // 100)

    def _times(self, mixed: service.Mix) -> None:
        _say("    server time")
        with serve_ours(AS_IT_COMES) as port:
            new, known = service.times(port, mixed.tail[:200])
        self.results.add(Key(NEW), *new)
        self.results.add(Key(KNOWN), *known)

    def _rate(self, mixed: service.Mix) -> None:
        _say("    changes a second")
        with serve_ours(AS_IT_COMES) as port:
            found = service.rates(port, mixed, self.folder, self.seconds_of_load)
        self.results.facts["changes a second"] = "; ".join(
            f"{rate.connections} connections: {rate.rate:.0f} a second, 99 of 100 within {rate.p99:.0f} ms"
            for rate in found
        )
        self.results.add(Key(RATE), service.best(found).rate)

    def _memory(self, mixed: service.Mix) -> None:
        with run_ours(AS_IT_COMES) as (port, process):
            with changes.Client(port) as client:
                client.get("/")
            told = [self._held(STARTED, process)]
            for seed, name in enumerate((WORN, WORN_AGAIN)):
                _say(f"    memory {name}")
                asked = list(memory.requests(mixed, self.requests, seed))
                refused = memory.ask(port, asked)
                told.append(f"{self._held(name, process)}, {refused} answers without a figure")
        self.results.facts["memory"] = "; ".join(told)

    def _profile(self, mixed: service.Mix) -> None:
        _say("    profile")
        self.results.shares.update(profile.taken(mixed.tail, self.folder))

    def _held(self, name: str, process: int) -> str:
        held = memory.held(process)
        self.results.add(Key(name), held.resident)
        self.results.add(Key(f"{name}, PSS"), held.proportional)
        return f"{name} {held.resident:.0f} MB (PSS {held.proportional:.0f}, all processes {held.together:.0f})"

    def files(self) -> Step:
        """Pictures and files."""
        keys = tuple(Key(name) for name in FILES)

        def run() -> None:
            with serve_ours(AS_IT_COMES) as port:
                for name, value in files.times(port, self.repetitions):
                    self.results.add(Key(name), value)

        return Step("this site: pictures and files", keys, run)

    def start(self) -> Step:
        """Start to first answer."""

        def run() -> None:
            for _ in range(self.repetitions):
                self.results.add(Key(START), first_answer.seconds())

        return Step("this site: start", (Key(START),), run)

    def growth(self) -> Step:
        """The published data several times over, as benchmarks.growth grows and measures them."""

        def run() -> None:
            command = [sys.executable, "-m", "benchmarks.growth", str(self.copies)]
            done = ended(command, SECONDS_TO_GROW)
            self.results.growth = (
                done.out.strip() if done.well else f"Not measured: {last_line(done.err)}"
            )

        return Step("this site: more data", (), run)


def _keys(page: Page, way: str) -> tuple[Key, ...]:
    """The figures of a page."""
    names = (*VISIT, CLICK, FIRST_CLICK, *((REDRAW,) if page.opening else ()))
    return tuple(Key(name, page.side, way) for name in names)


def _reason(error: Exception) -> str:
    """The first line of what went wrong."""
    line = next(iter(str(error).strip().splitlines()), "")
    return line if isinstance(error, OWN) else f"{type(error).__name__}: {line}".rstrip(": ")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
