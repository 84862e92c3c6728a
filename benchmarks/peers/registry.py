"""Who does the small job beside us, and how each is installed, started, clicked and seen to be painted.

A peer is started from the root of the checkout with ``command(port, python)``, where ``python`` is what ``prepare`` returned,
and ``environment()``; it answers ``ready`` once it is up and shows the job at ``page``. All of them are measured alike: the
charts of a page stand painted when ``COUNT_BARS`` returns the counts of bars that ``SmallJob.counts`` tells for the choice.

Pins are renewed with what a peer's own documentation installs, for the oldest Python of the project:

    printf 'vizro\\ngunicorn\\n' | .venv/bin/uv pip compile --python-version 3.11 --no-annotate --no-header - \\
        --output-file benchmarks/peers/vizro/requirements.txt
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks import small_job
from benchmarks.peers.static import app as static

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
KEPT = ROOT / ".cache" / "bench"
"""What is installed and written for the peers."""
JOB = KEPT / "small_job.json"
SECONDS_TO_INSTALL = 600

COUNT_BARS = """() => {
    const inside = root => [...root.querySelectorAll("*")].flatMap(each => [
        ...(each.matches(".js-plotly-plot") ? [each] : []),
        ...(each.shadowRoot ? inside(each.shadowRoot) : []),
    ]);
    return inside(document).map(chart => chart.querySelectorAll(".bars .point path").length);
}"""
"""A function for the page: bars painted in each chart, in the order of the document, shadow trees included."""


class PeerUnavailable(Exception):
    """A peer cannot be measured here; the message names it and the cause."""


@dataclass(frozen=True)
class Peer:
    """One tool that does the small job."""

    name: str
    """Its folder beside this file, and its environment below ``KEPT``."""
    title: str
    """What a table calls it."""
    package: str
    """The package whose version is told."""
    module: str
    """What follows ``python -m``, with the port as ``{port}`` and paths from the root of the checkout."""
    click: str = "label:has-text('Municipal')"
    """Playwright's selector of what is clicked for the second choice of the sector."""
    page: str = "/"
    ready: str = "/"
    settings: tuple[tuple[str, str], ...] = ()
    """Environment variables beside those of every peer."""
    chart: str = ".js-plotly-plot .cartesianlayer"
    """Selector of a drawn chart; Playwright's own looks into shadow trees as well."""
    charts: int = len(small_job.COUNTRIES)
    note: str = ""
    """What a reader of the table must know."""

    @property
    def requirements(self) -> Path:
        """Every package of its environment, pinned."""
        return FOLDER / self.name / "requirements.txt"

    @property
    def version(self) -> str:
        """The version that is measured, as it is pinned."""
        if self.name == STATIC.name:
            browser = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
            return str(browser["dependencies"][self.package])
        return pins(self.requirements)[self.package]

    def command(self, port: int, python: Path) -> list[str]:
        """How it is started on 127.0.0.1, in one process, from the root of the checkout."""
        return [str(python), "-m", *self.module.format(port=port).split()]

    def environment(self) -> dict[str, str]:
        """Environment of its process."""
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SMALL_JOB": str(JOB),
            **dict(self.settings),
        }


def pins(requirements: Path) -> dict[str, str]:
    """Package -> the one version that a requirements file allows; ``ValueError`` for a line that pins none."""
    found = {}
    for line in requirements.read_text(encoding="utf-8").splitlines():
        pinned = re.fullmatch(r"([a-z0-9-]+)==([0-9][^ ;]*)", line.strip())
        if not pinned:
            raise ValueError(f"{requirements}: {line!r} is no exact pin (package==version)")
        found[pinned[1]] = pinned[2]
    return found


def prepare(peer: Peer) -> Path:
    """Write the small job, install the peer unless its pins are installed already, and return its Python.

    ``PeerUnavailable`` where that fails.
    """
    job = small_job.write(JOB)
    folder = KEPT / peer.name
    if peer.name == STATIC.name:
        try:
            static.write(job, folder)
        except OSError as error:
            raise PeerUnavailable(f"{peer.title} could not be written: {error}") from error
        return Path(sys.executable)
    return _installed(peer, folder)


def _installed(peer: Peer, folder: Path) -> Path:
    """The Python of an environment with what the peer pins, made unless it stands already."""
    python = folder / "bin" / "python"
    stamp = folder / "requirements.sha256"
    wanted = hashlib.sha256(peer.requirements.read_bytes()).hexdigest()
    if python.is_file() and stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    uv = str(Path(sys.executable).with_name("uv"))
    _run(peer, [uv, "venv", "--quiet", "--python", sys.executable, str(folder)])
    into = ["--python", str(python), "--requirements", str(peer.requirements)]
    _run(peer, [uv, "pip", "install", "--quiet", *into])
    stamp.write_text(wanted, encoding="ascii")
    return python


def _run(peer: Peer, command: list[str]) -> None:
    try:
        subprocess.run(  # noqa: S603
            command, check=True, capture_output=True, text=True, timeout=SECONDS_TO_INSTALL
        )
    except subprocess.CalledProcessError as error:
        said = [line.strip() for line in error.stderr.splitlines()]
        causes = [line for line in said if line and not line.startswith("hint:")]
        reason = "; ".join(causes) or f"exit status {error.returncode}"
        raise PeerUnavailable(f"{peer.title} could not be installed: {reason}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PeerUnavailable(f"{peer.title} could not be installed: {error}") from error


GUNICORN = "gunicorn --bind=127.0.0.1:{port} --workers=1 --threads=12 --keep-alive=65"
"""One worker that keeps connections open, as ours do."""
DASH = Peer(
    name="dash",
    title="Dash",
    package="dash",
    module=f"{GUNICORN} benchmarks.peers.dash.app:server",
    note="as its tutorial builds it: plotly.express, dcc.Graph, dcc.RadioItems, one callback",
)
VIZRO = Peer(
    name="vizro",
    title="Vizro",
    package="vizro",
    module=f"{GUNICORN} benchmarks.peers.vizro.app:server",
    note="a page with six graphs of plotly.express and a filter with radio items",
)
STREAMLIT = Peer(
    name="streamlit",
    title="Streamlit",
    package="streamlit",
    module="streamlit run benchmarks/peers/streamlit/app.py --server.address=127.0.0.1 --server.port={port}"
    " --server.headless=true --browser.gatherUsageStats=false",
    ready="/_stcore/health",
    note="st.radio and st.plotly_chart; its statistics of use are off, which would ask a host of its maker's",
)
PANEL = Peer(
    name="panel",
    title="Panel",
    package="panel",
    module="panel serve benchmarks/peers/panel/app.py --address=127.0.0.1 --port={port}"
    " --allow-websocket-origin=*",
    page="/app",
    ready="/app",
    note="a column without a template, panes bound to a radio; the newest version for Python 3.11",
)
STATIC = Peer(
    name="static",
    title="Floor",
    package="plotly.js-basic-dist-min",
    module="http.server {port} --bind=127.0.0.1 --protocol=HTTP/1.1 --directory=.cache/bench/static",
    note="one static page with the charts inline; a click redraws from data in the browser",
)
PEERS = (VIZRO, STREAMLIT, PANEL, DASH, STATIC)
