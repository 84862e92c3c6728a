"""Readers who ask a site for pages, changes and files, at their own pace or at a given one, and note how each was answered."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, combinations, product

from benchmarks.changes import Change
from benchmarks.memory import COUNTRIES, FILES, LANGUAGES, THEMES, VIEWS, requests
from benchmarks.processes import HOST
from benchmarks.service import COMMON, Mix

UPDATE = "/_dash-update-component"
SECONDS = 70
"""That one answer is waited for: longer than any proxy waits."""
COSTLY = ("/chart.png", "/chart.svg", *FILES)
"""Of these an answer may say that too many wait."""
SEED = 20261127
DRAWN, CHARTS = ("drivers", "effects", "innovation", "conditions"), ("bars", "dots", "heat")
TOGETHER = tuple("~".join(each) for each in combinations(("DK", "NO", "SE", "FI", "IS"), 3))
"""Themes, types of charts and countries of pictures: each together with each has figures."""
_HEADERS = {"Accept-Encoding": "gzip, deflate, br", "Accept-Language": "en-GB"}

Wish = Change | str
"""A change of the page, or the address of a page or file."""


@dataclass(frozen=True, slots=True)
class Reply:
    """How one wish was answered."""

    path: str
    status: int
    """0 where no whole answer came."""
    seconds: float
    """From when it was due to be asked to the end of the answer."""
    body: bytes = b""
    """Kept where the crowd was told to."""

    @property
    def costly(self) -> bool:
        """Whether it is of a file whose making is bounded."""
        return self.path.startswith(COSTLY)

    @property
    def failed(self) -> bool:
        """Whether a reader was let down: no answer, a fault of the server's, or a page that is refused."""
        if self.costly:
            return self.status == 0 or (self.status >= 500 and self.status != 503)
        return self.status not in (200, 204)

    @property
    def refused(self) -> bool:
        """Whether a costly file was not made, for lack of room or of figures."""
        return self.costly and not self.failed and self.status != 200


class Asking:
    """One connection that stays open, and is opened again where it was closed."""

    def __init__(self, port: int, keep: bool = False) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=SECONDS)
        self._keep = keep
        # What is to be read is asked for as it is.
        self._headers = {"Accept-Language": "en-GB"} if keep else _HEADERS

    def ask(self, wish: Wish, due: float) -> Reply:
        """The answer to one wish that was due at ``due`` (``time.monotonic``)."""
        path, status, body = wish if isinstance(wish, str) else wish.path, 0, b""
        try:
            if isinstance(wish, str):
                self._connection.request("GET", path, headers=self._headers)
            else:
                sent = {**self._headers, "Content-Type": "application/json"}
                self._connection.request("POST", path, wish.body.encode(), sent)
            answer = self._connection.getresponse()
            body = answer.read()
            status = answer.status
        except (OSError, http.client.HTTPException):
            self._connection.close()
        return Reply(path, status, time.monotonic() - due, body if self._keep else b"")

    def close(self) -> None:
        """End the connection."""
        self._connection.close()


class Crowd:
    """Readers who ask at the same time until they are told to stop; ``replies`` grows meanwhile."""

    def __init__(
        self,
        port: int,
        wishes: Iterable[Wish],
        readers: int,
        rate: float | None = None,
        keep: bool = False,
    ) -> None:
        """``rate`` is how many wishes a second are due, whatever has become of those before; None: each reader asks again at
        once. ``keep`` keeps bodies."""
        self.replies: list[Reply] = []
        self._port, self._wishes, self._rate, self._keep = port, iter(wishes), rate, keep
        self._lock, self._stopped = threading.Lock(), threading.Event()
        self._began, self._number = time.monotonic(), 0
        self._threads = [threading.Thread(target=self._read, daemon=True) for _ in range(readers)]

    def start(self) -> None:
        """Have all begin."""
        self._began = time.monotonic()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Wait until each has its last answer."""
        self._stopped.set()
        for thread in self._threads:
            thread.join(SECONDS + 5)

    def _next(self) -> tuple[Wish, float] | None:
        with self._lock:
            wish = next(self._wishes, None)
            number, self._number = self._number, self._number + 1
        if wish is None:
            return None
        now = time.monotonic()
        return wish, now if self._rate is None else self._began + number / self._rate

    def _read(self) -> None:
        asking = Asking(self._port, self._keep)
        while not self._stopped.is_set() and (told := self._next()):
            wish, due = told
            if self._stopped.wait(max(due - time.monotonic(), 0)):
                break
            self.replies.append(asking.ask(wish, due))
        asking.close()


@contextmanager
def asking(
    port: int,
    wishes: Iterable[Wish],
    readers: int,
    rate: float | None = None,
    keep: bool = False,
) -> Iterator[list[Reply]]:
    """What a crowd was answered while the block lasted; whole once it has ended."""
    crowd = Crowd(port, wishes, readers, rate, keep)
    crowd.start()
    try:
        yield crowd.replies
    finally:
        crowd.stop()


def mix(port: int) -> Mix:
    """Changes that many ask for and those that hardly anyone does, in the words in which the page asks for the view of its address."""
    connection = http.client.HTTPConnection(HOST, port, timeout=SECONDS)
    connection.request("GET", "/_dash-dependencies")
    known = json.loads(connection.getresponse().read())
    connection.close()
    callback = next(each for each in known if "content.children" in each["output"])
    chance = random.Random(SEED)  # noqa: S311 -- repeatable
    queries = list(map(_query, product(THEMES, VIEWS[:-1], COUNTRIES, LANGUAGES)))
    chance.shuffle(queries)
    changes = tuple(Change(UPDATE, (), _body(callback, query)) for query in queries)
    return Mix(changes[:COMMON], changes[COMMON:])


def mixed(changes: Mix, seed: int = SEED) -> Iterator[Wish]:
    """Wishes of every kind without an end."""
    return chain.from_iterable(requests(changes, 1000, seed + turn) for turn in range(10_000))


def pages(seed: int = SEED) -> Iterator[str]:
    """Addresses of pages without an end, ones that many open."""
    chance = random.Random(seed)  # noqa: S311 -- repeatable
    while True:
        yield chance.choice(("/", "/countries", f"/?theme={chance.choice(THEMES)}"))


def new_pages(seed: int = SEED) -> Iterator[str]:
    """Addresses of views, each of them once."""
    chance = random.Random(seed)  # noqa: S311 -- repeatable
    queries = list(map(_query, product(THEMES, VIEWS[:-1], COUNTRIES, LANGUAGES)))
    chance.shuffle(queries)
    return (f"/{query}" for query in queries)


def pictures(scale: int = 1, seed: int = SEED) -> Iterator[str]:
    """Addresses of pictures that nobody has asked for before, without an end."""
    chance = random.Random(seed)  # noqa: S311 -- repeatable
    sheet = "size=wide" if scale > 1 else "size=screen"
    while True:
        where = _query([chance.choice(each) for each in (DRAWN, CHARTS, TOGETHER, LANGUAGES)])
        wide = "" if scale > 1 else f"&width={chance.randrange(400, 1600)}"
        yield f"/chart.png?{where[1:]}&{sheet}&scale={scale}{wide}"


def _query(parts: Sequence[str]) -> str:
    theme, view, country, language = parts
    return f"?theme={theme}&view={view}&country={country}&lang={language}"


def _body(callback: dict[str, object], search: str) -> str:
    """The request of a page that stands at ``search`` and has not been touched; ``callback`` as Dash lists it."""
    output = str(callback["output"])
    outputs = [
        dict(zip(("id", "property"), part.rsplit(".", 1), strict=True))
        for part in output.strip(".").split("...")
    ]

    def filled(parts: object) -> list[dict[str, object]]:
        given = {"search": search, "data": 900}
        return [
            {**part, "value": given.get(part["property"])}
            for part in (parts if isinstance(parts, list) else [])
        ]

    body = {
        "output": output,
        "outputs": outputs,
        "inputs": filled(callback["inputs"]),
        "state": filled(callback["state"]),
        "changedPropIds": ["location.search"],
    }
    return json.dumps(body, separators=(",", ":"))
