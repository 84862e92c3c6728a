"""Costly files: made few at a time, shared by those who ask together, and given up when their reader has gone."""

from __future__ import annotations

import io
import json
import socket
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest
from flask import Flask

from dashboard.charts.drawing import Drawing
from dashboard.context import RequestContext
from dashboard.settings import Settings
from dashboard.web import files
from dashboard.web.file_answers import GONE
from dashboard.web.site import Site
from dashboard.web.workshop import WAITING, WORKING
from tests.support import views
from tests.support.files import SMALL, Pen
from tests.support.server import Site as Web
from tests.support.server import started
from tests.support.waiting import until
from tests.test_picture_helpers import gone

COSTLY = ("/chart.png", "/chart.svg", "/slides.pptx", "/data.xlsx", "/view.zip")
WIDE = "theme=drivers~effects~innovation"


@pytest.fixture
def line() -> Iterator[tuple[socket.socket, socket.socket]]:
    """The two ends of a connection: the server's and the reader's."""
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


class Leaver(Pen):
    """Its reader leaves while the first picture is drawn."""

    def __init__(self, theirs: socket.socket) -> None:
        super().__init__()
        self._theirs = theirs

    def render(self, drawing: Drawing, *asked: object) -> bytes:
        self._theirs.close()
        return super().render(drawing, *asked)


def desk(pen: object, settings: Settings | None = None) -> tuple[Flask, Site]:
    site = Site(settings or Settings(), views.store(), renderer=pen)
    flask = Flask("desk")
    site.limits.install(flask)
    flask.register_blueprint(files.blueprint(site))
    return flask, site


@pytest.mark.parametrize("path", COSTLY)
def test_a_costly_file_is_made_once_and_known_by_its_tag(path: str) -> None:
    pen = Pen()
    flask, _ = desk(pen)
    client = flask.test_client()
    first = client.get(f"{path}?{SMALL}")
    drawn = len(pen.asked)
    again = client.get(f"{path}?country=DK&theme=effects")
    assert (first.status_code, again.data, len(pen.asked)) == (200, first.data, drawn)
    tag = {"If-None-Match": first.headers["ETag"]}
    known = client.get(f"{path}?{SMALL}", headers=tag)
    assert (known.status_code, known.data) == (304, b"")
    fresh, _ = desk(Pen())
    other = fresh.test_client().get(f"{path}?{SMALL}&lang=da", headers=tag)
    assert other.status_code == 200
    assert other.headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("path", COSTLY)
def test_nothing_is_made_for_a_reader_who_has_gone(
    path: str, line: tuple[socket.socket, socket.socket]
) -> None:
    ours, theirs = line
    theirs.close()
    pen = Pen()
    flask, site = desk(pen)
    answer = flask.test_client().get(f"{path}?{SMALL}", environ_overrides={"gunicorn.socket": ours})
    assert (answer.status_code, pen.asked, site.files.kept.taken) == (GONE, [], 0)
    assert flask.test_client().get(f"{path}?{SMALL}").status_code == 200


@pytest.mark.parametrize("path", ["/view.zip", "/bundle"])
def test_an_archive_ends_with_the_picture_during_which_its_reader_leaves(
    path: str, line: tuple[socket.socket, socket.socket]
) -> None:
    ours, theirs = line
    pen = Leaver(theirs)
    flask, site = desk(pen)
    answer = flask.test_client().get(f"{path}?{WIDE}", environ_overrides={"gunicorn.socket": ours})
    assert b"PK" not in answer.data
    assert len(pen.asked) == 1
    assert site.files.kept.taken == 0
    # Its places are free again.
    for _ in range(12):
        assert flask.test_client().get(f"{path}?{SMALL}").status_code == 200


def test_a_reader_who_sends_more_or_nothing_is_still_there(
    line: tuple[socket.socket, socket.socket],
) -> None:
    ours, theirs = line
    flask, _ = desk(Pen())
    for sent in (b"", b"GET /next"):
        theirs.send(sent)
        answer = flask.test_client().get(
            f"/chart.png?{SMALL}&scale={len(sent) % 4 + 1}",
            environ_overrides={"gunicorn.socket": ours},
        )
        assert answer.status_code == 200


def test_what_another_waits_for_is_made_to_the_end(
    line: tuple[socket.socket, socket.socket],
) -> None:
    ours, theirs = line

    class Patient(Pen):
        def render(self, drawing: Drawing, *asked: object) -> bytes:
            theirs.close()
            while not any(self.site.pictures.kept.others(key) for key in self.coming()):
                time.sleep(0.005)
            asked[-1]()  # goes on, though the reader for whom it is drawn has gone
            return super().render(drawing, *asked)

        def coming(self) -> list[str]:
            return list(self.site.pictures.kept._coming)

    pen = Patient()
    flask, pen.site = desk(pen)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(
            flask.test_client().get,
            f"/chart.png?{SMALL}",
            environ_overrides={"gunicorn.socket": ours},
        )
        while not pen.coming():
            time.sleep(0.005)
        second = pool.submit(flask.test_client().get, f"/chart.png?{SMALL}")
        assert (first.result(60).status_code, second.result(60).status_code) == (200, 200)
    assert len(pen.asked) == 1


def test_a_kept_archive_comes_without_steps() -> None:
    flask, _ = desk(Pen())
    whole = flask.test_client().get(f"/view.zip?{SMALL}").data
    head, _, body = flask.test_client().get(f"/bundle?{SMALL}").data.partition(b"\n")
    assert json.loads(head)["size"] == len(whole)
    assert body == whole
    assert zipfile.ZipFile(io.BytesIO(body)).testzip() is None


# --- With real processes ---


@pytest.fixture(scope="module")
def lone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Web, int]]:
    """A server that draws for this file alone, and its worker."""
    with started(tmp_path_factory.mktemp("lone") / "log.txt") as (address, process):
        yield Web(address), children(process)[0]


def children(process: int) -> list[int]:
    """The processes that one has started."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return [int(each) for task in tasks for each in (task / "children").read_text().split()]


def test_a_class_that_asks_for_one_slide_gets_it_from_one_making(lone: tuple[Web, int]) -> None:
    web, _ = lone
    with ThreadPoolExecutor(30) as pupils:
        answers = list(pupils.map(lambda _: web.ask(f"/slides.pptx?{SMALL}&lang=fi"), range(30)))
    assert {(answer.status, answer.body) for answer in answers} == {(200, answers[0].body)}


def test_a_helper_is_ended_when_the_reader_leaves(lone: tuple[Web, int]) -> None:
    web, worker = lone
    before = running(worker)
    helper = left_during_work(lone, f"/chart.png?{SMALL}&size=wide&scale=4")
    assert gone(helper)
    assert web.ask(f"/chart.png?{SMALL}&size=og").status == 200
    # One that was ended has another in its place, and only one.
    assert len(running(worker)) <= max(len(before), 1)


def test_an_archive_ends_when_its_reader_leaves(lone: tuple[Web, int]) -> None:
    """At most with the picture at which a helper is then: a small one may be done before anybody sees that it is for nobody."""
    _, worker = lone
    left_during_work(lone, f"/bundle?theme={'~'.join(views.vocabulary().themes)}")
    assert until(lambda: not busy(worker))
    assert not until(lambda: bool(busy(worker)), 3)


def left_during_work(lone: tuple[Web, int], path: str) -> int:
    """The helper that makes pixels for a request whose reader has just left."""
    web, worker = lone
    connection = HTTPConnection(web.netloc, timeout=60)
    connection.request("GET", path)
    found = list[int]()
    assert until(lambda: bool(found.extend(busy(worker)) or found)), "no helper went to work"
    connection.sock.close()
    connection.close()
    return found[0]


def busy(worker: int) -> list[int]:
    """The helpers that make pixels just now."""
    return [helper for helper in children(worker) if state(helper) == "R"]


def running(worker: int) -> list[int]:
    """The helpers of a worker, without one that has ended and has not been waited for yet."""
    return [helper for helper in children(worker) if state(helper) not in ("Z", "")]


def state(process: int) -> str:
    """The letter of a process's state; none where it is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def test_pages_are_answered_while_thirty_ask_for_the_largest_pictures(
    lone: tuple[Web, int],
) -> None:
    web, _ = lone
    sectors = ("all", "municipal", "regional", "state")
    asked = [
        f"/chart.png?theme={theme}&country={country}&sector={sector}&size=wide&scale=4"
        for theme in ("drivers", "effects", "innovation")
        for country in ("DK", "NO", "SE")
        for sector in sectors
    ][:30]
    with ThreadPoolExecutor(30) as crowd:
        jobs = [crowd.submit(web.ask, path) for path in asked]
        pages = [web.ask(path) for path in ("/", "/?theme=effects", "/healthz", "/sources") * 3]
        assert not all(job.done() for job in jobs)
        answers = [job.result(120) for job in jobs]
    assert {page.status for page in pages} == {200}
    assert {answer.status for answer in answers} <= {200, 404, 503}
    busy = [answer for answer in answers if answer.status == 503]
    assert busy
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in busy)
    told = {answer.text for answer in busy}
    # On a slow machine who waits may wait too long.
    assert told - {"The file was not ready in time; please try again in a moment.\n"} == {
        "Too many files are being made just now; please try again in a moment.\n"
    }


def test_a_refusal_works_out_no_view(monkeypatch: pytest.MonkeyPatch) -> None:
    flask, site = desk(Pen(), Settings(drawings=2))
    client = flask.test_client()
    kept = client.get(f"/chart.svg?{SMALL}")
    asked: list[object] = []
    monkeypatch.setattr(RequestContext, "view", property(asked.append))
    with ExitStack() as full:
        for _ in range(WORKING + WAITING):
            full.enter_context(site.pictures.turns.place())
        for path in COSTLY:
            assert client.get(f"{path}?theme=effects&country=SE").status_code == 503
    assert asked == []
    monkeypatch.undo()
    assert client.get("/chart.svg?theme=drivers&country=DK").status_code == 200
    assert client.get("/chart.svg?theme=innovation&country=DK").status_code == 429
    monkeypatch.setattr(RequestContext, "view", property(asked.append))
    for path in COSTLY:
        assert client.get(f"{path}?theme=effects&country=SE").status_code == 429
    assert asked == []
    monkeypatch.undo()
    assert client.get(f"/chart.svg?{SMALL}").data == kept.data
