"""What the server works on: shares of its time by room of the code and by package, for each kind of answer.

The site is made and asked in a process of its own under Python's profiler, which makes code of many small calls look
slower than it is: the shares tell where time goes, not how much there is.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import sys
import sysconfig
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import files
from benchmarks.changes import Change
from benchmarks.processes import ROOT, ended, last_line

if TYPE_CHECKING:
    from flask.testing import FlaskClient

CHANGES = 30
TOLD = 6
"""Largest shares that are told of one job."""
SECONDS = 180
START = "start to first answer"
_SITE = (sysconfig.get_paths()["purelib"], sysconfig.get_paths()["platlib"])
_LIBRARY = sysconfig.get_paths()["stdlib"]


class NotProfiled(Exception):
    """A profile that could not be taken."""


def room(path: str) -> str:
    """What a file of code belongs to: a room of ours, a package, a module of Python's."""
    if path.startswith("<frozen importlib"):
        return "imports"
    for base, kind in (
        (str(ROOT / "dashboard"), "dashboard."),
        *((site, "") for site in _SITE),
        (_LIBRARY, ""),
    ):
        if path.startswith(base + "/"):
            return kind + Path(path).relative_to(base).parts[0].removesuffix(".py")
    return "Python"


def shares(profile: cProfile.Profile) -> dict[str, float]:
    """Room -> percent of the time, the largest first; what is built into Python counts for who calls it."""
    found: Counter[str] = Counter()
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    for (path, _, _), (_, _, own, _, callers) in stats.items():
        if path == "~" and callers:
            for (caller, _, _), (_, _, spent, _) in callers.items():
                found[room(caller)] += spent
        else:
            found[room(path)] += own
    whole = sum(found.values()) or 1.0
    return {name: 100 * spent / whole for name, spent in found.most_common(TOLD)}


def taken(changes: Sequence[Change], folder: Path) -> dict[str, str]:
    """Job -> its largest shares in words; NotProfiled where there is none."""
    plan = folder / "profile.json"
    kept = [[each.path, dict(each.headers), each.body] for each in changes[:CHANGES]]
    plan.write_text(json.dumps(kept), encoding="utf-8")
    done = ended([sys.executable, "-m", "benchmarks.profile", str(plan)], SECONDS)
    told = dict(json.loads(line) for line in done.out.splitlines())
    if not told:
        raise NotProfiled(last_line(done.err))
    return {job: worded(found) for job, found in told.items()}


def worded(found: dict[str, float]) -> str:
    """Shares in words, those below one percent left out."""
    return ", ".join(f"{name} {share:.0f} %" for name, share in found.items() if share >= 1)


def _profiled(work: Callable[[], object]) -> dict[str, float]:
    profile = cProfile.Profile()
    profile.runcall(work)
    return shares(profile)


def _made() -> FlaskClient:
    """The site and its first answer, imports included."""
    from dashboard.web import create_app

    client: FlaskClient = create_app().test_client()
    client.get("/")
    return client


def _jobs(
    client: FlaskClient, asked: list[tuple[str, dict[str, str], str]]
) -> Iterator[tuple[str, Callable[[], object]]]:
    def post() -> None:
        for path, headers, body in asked:
            client.post(path, headers=headers, data=body)

    def get(path: str) -> None:
        for language in files.LANGUAGES[:2]:
            client.get(f"{path}lang={language}").get_data()

    yield "filter change, new", post
    yield "filter change, known", post
    for name, path in {"PNG, new": f"{files.PICTURE}&", **files.FILES}.items():
        client.get(f"{path}lang={files.WARM}").get_data()
        yield name, partial(get, path)


def main() -> None:
    """Print each job with its shares, a line of JSON each, as they are taken."""
    asked = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    made: list[FlaskClient] = []
    _print(START, _profiled(lambda: made.append(_made())))
    for job, work in _jobs(made[0], asked):
        _print(job, _profiled(work))


def _print(job: str, found: dict[str, float]) -> None:
    print(json.dumps((job, found)), flush=True)


if __name__ == "__main__":
    main()
