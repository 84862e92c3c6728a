"""Renderers of pictures measured side by side: cold start, warm time, memory, and whose title a picture carries.

    python -m benchmarks.pictures

Each renderer runs in a process of its own; one that is not installed is left out. ``docs/pictures.md`` holds a run's table
and says how to install the others beside the dependencies.
"""

from __future__ import annotations

import copy
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VIEWS = {"all countries": "theme=drivers", "DK and SE": "theme=drivers&country=DK~SE"}
WARM = 10
TOGETHER = 16
LIMIT = 600
"""Seconds a renderer may take in all; one that hangs is ended."""

Draw = Callable[[dict, int, int, int, str], bytes]


def slides() -> dict[str, dict]:
    """The slides of theme "drivers" that are drawn, as plain figures."""
    from dashboard import figures
    from dashboard.comparability import Limits
    from dashboard.dataset import load
    from dashboard.query import prepare, view
    from dashboard.selection import parse
    from dashboard.wording import Words

    dataset = load(ROOT / "data")
    prepared, words = prepare(dataset, Limits(30, 100)), Words(dataset)
    drawn = {}
    for name, query in VIEWS.items():
        shown = view(prepared, parse(query, prepared.vocabulary).selection)
        drawn[name] = figures.slide(
            shown, shown.sections[0], words, f"https://barometer.example/?{query}"
        ).figure
    return drawn


def ours() -> Draw:
    """plotly-mirage as this site uses it: two threads, own typeface, drawn at the size wanted."""
    from dashboard.images import Renderer

    renderer = Renderer(timeout=LIMIT)
    return lambda figure, width, height, scale, kind: renderer.render(
        figure, width, height, scale, kind
    )


def mirage() -> Draw:
    """plotly-mirage as it comes."""
    import mirage as package

    return lambda figure, width, height, scale, kind: package.to_image(figure, kind, scale=scale)


def plotly_print() -> Draw:
    """plotly-print as it comes."""
    import plotly_print as package

    return lambda figure, width, height, scale, kind: package.to_image(figure, kind, scale=scale)


def kaleido() -> Draw:
    """Kaleido with its warm server and the Chromium of the host."""
    import kaleido as package

    package.start_sync_server(page_generator=package.PageGenerator(mathjax=False))

    def draw(figure: dict, width: int, height: int, scale: int, kind: str) -> bytes:
        return package.calc_fig_sync(
            figure, opts={"format": kind, "width": width, "height": height, "scale": scale}
        )

    return draw


RENDERERS: dict[str, tuple[str, Callable[[], Draw]]] = {
    "this site (plotly-mirage)": ("plotly-mirage", ours),
    "plotly-mirage": ("plotly-mirage", mirage),
    "plotly-print": ("plotly-print", plotly_print),
    "Kaleido + Chromium": ("kaleido", kaleido),
}


def measured(name: str) -> dict[str, object]:
    """One renderer's figures; seconds, megabytes and counts."""
    figures = slides()
    started = time.perf_counter()
    draw = RENDERERS[name][1]()
    draw(figures["all countries"], 1600, 900, 1, "png")
    result: dict[str, object] = {"cold": time.perf_counter() - started}
    for view, figure in figures.items():
        for scale in (1, 2):
            result[f"{view}, scale {scale}"] = statistics.median(
                _timed(draw, figure, scale) for _ in range(WARM)
            )
    result["same bytes"] = (
        len({draw(figures["DK and SE"], 1600, 900, 1, "svg") for _ in range(3)}) == 1
    )
    asked = [_titled(figures["DK and SE"], f"Title {number:02}") for number in range(TOGETHER)]
    started = time.perf_counter()
    with ThreadPoolExecutor(TOGETHER) as pool:
        drawn = list(pool.map(lambda figure: draw(figure, 1600, 900, 1, "svg"), asked))
    result["16 together"] = time.perf_counter() - started
    titles = [re.findall(r"Title \d\d", svg.decode()) for svg in drawn]
    result["wrong titles"] = sum(
        found != [f"Title {number:02}"] for number, found in enumerate(titles)
    )
    result["memory"] = sum(map(_proportional, _family(os.getpid()))) / 1e6
    return result


def _timed(draw: Draw, figure: dict, scale: int) -> float:
    started = time.perf_counter()
    draw(figure, 1600, 900, scale, "png")
    return time.perf_counter() - started


def _titled(figure: dict, title: str) -> dict:
    other = copy.deepcopy(figure)
    other["layout"]["annotations"][0]["text"] = title
    return other


def _family(process: int) -> list[int]:
    """A process and everything it started."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int(
                folder.joinpath("stat").read_text().rpartition(")")[2].split()[1]
            )
        except OSError:
            continue
    family = [process]
    for member in family:
        family.extend(child for child, parent in parents.items() if parent == member)
    return family


def _proportional(process: int) -> int:
    """Bytes of memory, shared pages counted in part."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1]) * 1024


def main() -> None:
    """Print the table."""
    rows = []
    for name, (package, _) in RENDERERS.items():
        try:
            version = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
        try:
            done = subprocess.run(  # noqa: S603
                [sys.executable, "-m", "benchmarks.pictures", name],
                cwd=ROOT,
                capture_output=True,
                text=True,
                timeout=LIMIT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            print(f"{name}: not ready after {LIMIT} seconds", file=sys.stderr)
            continue
        if done.returncode:
            print(f"{name}: {done.stderr[-2000:]}", file=sys.stderr)
            continue
        rows.append((f"{name} {version}", json.loads(done.stdout.splitlines()[-1])))
    columns = list(rows[0][1])
    print("| | " + " | ".join(name for name, _ in rows) + " |")
    print("|---" * (len(rows) + 1) + "|")
    for column in columns:
        cells = (
            f"{row[column]:.2f}" if isinstance(row[column], float) else str(row[column])
            for _, row in rows
        )
        print(f"| {column} | {' | '.join(cells)} |")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measured(sys.argv[1])))
    else:
        main()
