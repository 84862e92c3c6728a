"""Scenes of what a site stands on: its data are replaced under it, once by faulty ones; its disk is full."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from itertools import cycle, islice
from pathlib import Path

from benchmarks.processes import ROOT, NotStarted, free_port, started
from benchmarks.soak.outcome import Outcome, none_failed, promised
from benchmarks.soak.place import SERVE, WORKERS, Copy, Place, settings, until
from benchmarks.soak.readers import Reply, asking, new_pages

VIEW = "theme=effects&country=DK"
FIGURE = ("dk-2020", "effect_quality")
"""Edition and indicator of a figure of the view, the first of their rows in observations.csv."""
AFTER = {"2026.3": "60", "2026.4": "61"}
"""Release that comes -> value of that figure in it."""
PACE = 8.0
"""Answers a second that are read."""
RELOAD = 60
"""Seconds within which a copy answers from new data."""
FULL = "mount -t tmpfs -o size=64k tmpfs {folder} && {{ cat /dev/zero > {folder}/full 2>/dev/null || true; }} && exec {serve}"


def data_replaced(place: Place) -> Outcome:
    """New data twice by ``HUP``, faulty ones between; a worker that is lost meanwhile comes back with those before."""
    values = {_version(place.data): _value(place.data), **AFTER}
    wishes = cycle((f"/?{VIEW}&lang=en", f"/data.json?{VIEW}&lang=en&sort=value"))
    first, second = AFTER
    broken: tuple[str, ...] = ()
    with asking(place.port, wishes, 4, PACE, keep=True) as replies:
        _release(place.data, first)
        broken += promised(_reload(place, first), f"Not every copy came to {first}.")
        broken += _faulty(place, first)
        _release(place.data, second)
        broken += promised(_reload(place, second), f"Not every copy came to {second}.")
        time.sleep(2)
    pairs = [pair for each in replies if (pair := told(each))]
    mixed = [pair for pair in pairs if values.get(pair[0]) != pair[1]]
    broken += (
        *none_failed(replies),
        *promised(not mixed, f"{len(mixed)} answers have figures of another release: {mixed[:3]}."),
        *promised({pair[0] for pair in pairs} >= set(AFTER), "Not every release was seen."),
    )
    seen = f"releases {', '.join(sorted({pair[0] for pair in pairs}))} in {len(pairs):,} answers, {len(mixed)} mixed"
    return Outcome("data replaced twice, once broken", replies, seen, broken)


def told(reply: Reply) -> tuple[str, str] | None:
    """The release that an answer names and the value of ``FIGURE`` in it; None for an answer that is not whole."""
    text = reply.body.decode("utf-8", errors="replace") if reply.status == 200 else ""
    release = re.search(r"release:? (\d{4}\.\d+)[ .]", text)
    value = re.search(r"Higher quality.{0,400}?(\d\d)\s?%", text, re.DOTALL)
    return (release[1], value[1]) if release and value else None


def _faulty(place: Place, standing: str) -> tuple[str, ...]:
    """Have every copy read faulty data, and lose a worker; the promises that do not hold. The data are whole again afterwards."""
    table = place.data / "observations.csv"
    whole = table.read_bytes()
    table.write_bytes(whole + whole.splitlines(keepends=True)[-1])
    _version_up(place.data, "2026.9")
    for copy in place.copies:
        os.kill(copy.process, signal.SIGHUP)
    named = until(lambda: all("observations.csv" in copy.said() for copy in place.copies), RELOAD)
    os.kill(place.copies[0].workers()[0], signal.SIGKILL)
    until(lambda: len(place.copies[0].workers()) == WORKERS, 30)
    time.sleep(2)
    stayed = {copy.ready() for copy in place.copies for _ in range(8)}
    table.write_bytes(whole)
    _version_up(place.data, standing)
    return (
        *promised(named, "A copy did not say what is wrong with the faulty data."),
        *promised(stayed == {standing}, f"With faulty data copies answered from {stayed}."),
    )


def _reload(place: Place, release: str) -> bool:
    """Have one copy after the other take the data in; whether all answer from the release in time."""
    for copy in place.copies:
        os.kill(copy.process, signal.SIGHUP)
        if not until(lambda copy=copy: _all_ready(copy, release), RELOAD):  # type: ignore[misc]
            return False
    return True


def _all_ready(copy: Copy, release: str) -> bool:
    return {copy.ready() for _ in range(6)} == {release}


def _release(data: Path, name: str) -> None:
    """Keep the present release of a folder and make the next one of it."""
    subprocess.run(  # noqa: S603
        [sys.executable, "-m", "dashboard", "release", str(data)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    table = data / "observations.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    number, line = _line(lines)
    lines[number] = line.replace(f",{_cell(lines, line)},", f",{AFTER[name]},", 1)
    table.write_text("".join(lines), encoding="utf-8")
    _version_up(data, name)


def _version_up(data: Path, name: str) -> None:
    path = data / "datapackage.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**told, "version": name}, ensure_ascii=False), encoding="utf-8")


def _version(data: Path) -> str:
    return str(json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["version"])


def _value(data: Path) -> str:
    lines = (data / "observations.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    return _cell(lines, _line(lines)[1])


def _line(lines: list[str]) -> tuple[int, str]:
    return next(
        (number, line) for number, line in enumerate(lines) if all(each in line for each in FIGURE)
    )


def _cell(lines: list[str], line: str) -> str:
    return line.split(",")[lines[0].rstrip().split(",").index("value")]


def full_disk(place: Place) -> Outcome:
    """A copy whose folder for temporary files has no room left makes every kind of page and file, and ends well."""
    folder = place.folder / "full"
    folder.mkdir()
    port, log = free_port(), place.folder / "full.log"
    inside = FULL.format(folder=folder, serve=" ".join(SERVE))
    own = [] if os.geteuid() == 0 else ["--map-root-user", "--user"]
    command = ["unshare", "--mount", *own, "sh", "-c", inside]
    files = ("/chart.png", "/chart.svg", "/data.csv", "/data.xlsx", "/slides.pptx", "/view.zip")
    wishes = [*islice(new_pages(), 20), *(f"{path}?{VIEW}" for path in files), "/readyz"]
    try:
        given = settings(PORT=str(port), TMPDIR=str(folder))
        with started(command, given, port, "/healthz", log) as process:
            with asking(port, wishes, 4) as replies:
                until(lambda: len(replies) == len(wishes), RELOAD)
            process.send_signal(signal.SIGTERM)
            status = process.wait(35)
    except (NotStarted, OSError) as error:
        return Outcome("full disk", (), "", left_out=f"no small disk can be mounted here ({error})")
    unmade = [f"{each.path} ({each.status})" for each in replies if each.status != 200]
    broken = (
        *promised(not unmade, f"Not made: {', '.join(unmade)}."),
        *promised(len(replies) == len(wishes), "Not everything was answered."),
        *promised(status == 0, f"It ended with status {status}."),
    )
    return Outcome("full disk", replies, f"64 kB, full; the end has status {status}", broken)
