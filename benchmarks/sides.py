"""Who is measured: our pages, the peers and the floor, as they come or behind nginx."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial

from benchmarks import small_job
from benchmarks.peers import registry
from benchmarks.processes import HOST, ROOT, free_port, started
from benchmarks.proxy import start_nginx
from benchmarks.results import BEHIND_NGINX

OURS, HOME, THEME, COMPARISON = "ours", "home", "a theme", "a comparison"
FLOOR = registry.STATIC.name
PEERS = tuple(peer.name for peer in registry.PEERS if peer.name != FLOOR)
LOGS = ROOT / ".cache" / "bench" / "logs"
SERVE = (sys.executable, "-m", "dashboard", "serve")
"""What `make run` does once all is prepared."""
_MARKED = ".js-plotly-plot:has(.point path, .textpoint text)"
"""A chart with something drawn in it."""
_TAKEN_OVER = f"body:not(.prerendered) {_MARKED}"


@dataclass(frozen=True)
class Page:
    """A page that is measured in the browser."""

    side: str
    path: str
    click: str
    """Playwright's selector of the change of a filter that is timed."""
    opening: str = ""
    """Selector of what is clicked before, to bring the filter in sight."""
    chart: str = _MARKED
    charts: int = 1
    painted: str = _MARKED
    """Selector of a chart in whatever way it is painted first."""

    @property
    def watched(self) -> dict[str, tuple[str, int]]:
        """What the page looks out for: name -> (selector, how many)."""
        return {
            "painted": (self.painted, 1),
            "first": (self.chart, 1),
            "every": (self.chart, self.charts),
        }


def _ours(side: str, path: str, filter_: str, value: str) -> Page:
    return Page(
        side,
        path,
        click=f"#{filter_} input[value='{value}']",
        opening=f"#{filter_}-filter > summary",
        chart=_TAKEN_OVER,
        painted=f"#prerendered svg[id^='chart-'], {_TAKEN_OVER}",
    )


OUR_PAGES = (
    _ours(OURS, f"/?{small_job.ADDRESSES['All sectors']}", "sector", "municipal"),
    _ours(HOME, "/", "country", "DK"),
    _ours(THEME, "/?theme=drivers", "sector", "municipal"),
    _ours(COMPARISON, "/?view=compare&theme=collaboration", "sector", "municipal"),
)


@dataclass(frozen=True)
class Side:
    """A server and the pages of it that are measured."""

    name: str
    title: str
    version: str
    pages: tuple[Page, ...]
    serve: Callable[[str], AbstractContextManager[int]]
    """(way) -> its port, while it runs."""


@contextmanager
def run_ours(way: str) -> Iterator[tuple[int, int]]:
    """Our site as `make run` serves it: the port to ask, and the process number of the server."""
    port = free_port()
    # The bench asks for more files a minute than a reader may.
    environ = {**os.environ, "HOST": HOST, "PORT": str(port), "BAROMETER_DRAWINGS": "0"}
    with (
        started(SERVE, environ, port, "/healthz", LOGS / "ours.log") as process,
        _fronted(way, port) as asked,
    ):
        yield asked, process.pid


@contextmanager
def serve_ours(way: str) -> Iterator[int]:
    """Our site as `make run` serves it; the port to ask."""
    with run_ours(way) as (port, _):
        yield port


@contextmanager
def serve_peer(peer: registry.Peer, way: str) -> Iterator[int]:
    """A peer, installed where it is not yet; the port to ask."""
    python = registry.prepare(peer)
    port = free_port()
    command = peer.command(port, python)
    log = LOGS / f"{peer.name}.log"
    with (
        started(command, peer.environment(), port, peer.ready, log),
        _fronted(way, port) as asked,
    ):
        yield asked


@contextmanager
def _fronted(way: str, port: int) -> Iterator[int]:
    """The port behind which a server answers: its own, or that of nginx before it."""
    if way != BEHIND_NGINX:
        yield port
        return
    front = free_port()
    with start_nginx(port, front):
        yield front


def ours() -> Side:
    """Our site: the small job and real pages."""
    return Side(OURS, "this site", "", OUR_PAGES, serve_ours)


def others() -> tuple[Side, ...]:
    """The floor and the peers, with the small job."""
    drawn = sum(count > 0 for count in small_job.write(registry.JOB).counts("All sectors"))
    return tuple(
        Side(
            peer.name,
            peer.title,
            peer.version,
            (Page(peer.name, peer.page, peer.click, charts=drawn),),
            partial(serve_peer, peer),
        )
        for peer in sorted(registry.PEERS, key=lambda peer: peer.name != FLOOR)
    )
