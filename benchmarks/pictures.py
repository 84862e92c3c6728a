"""Pictures measured: renderers side by side, what a PNG's time goes into, and ways to write its pixels.

    python -m benchmarks.pictures

Each renderer runs in a process of its own; one that is not installed is left out. ``docs/pictures.md`` holds a run's tables
and says how to install the others beside the dependencies.
"""

from __future__ import annotations

import io
import json
import operator
import os
import re
import statistics
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from importlib import metadata
from pathlib import Path

from dashboard.charts.drawing import Drawing, Run
from dashboard.render import PictureFormat, plotly

ROOT = Path(__file__).resolve().parent.parent
VIEWS = {"all countries": "theme=drivers", "DK and SE": "theme=drivers&country=DK~SE"}
WARM = 10
TOGETHER = 16
LIMIT = 600
"""Seconds a renderer may take in all; one that hangs is ended."""

Draw = Callable[[Drawing, int, int, int, PictureFormat], bytes]


def slides() -> dict[str, Drawing]:
    """The slides of theme "drivers" that are drawn."""
    from dashboard import charts
    from dashboard.comparability import SmallBaseThresholds
    from dashboard.dataset import load
    from dashboard.query import build_index, view
    from dashboard.selection import parse
    from dashboard.text import Localizer

    dataset = load(ROOT / "data")
    index, loc = build_index(dataset, SmallBaseThresholds(30, 100)), Localizer(dataset)
    drawn = {}
    for name, query in VIEWS.items():
        shown = view(index, parse(query, index.vocabulary).selection)
        drawn[name] = charts.picture(
            shown, shown.sections[0], loc, f"https://barometer.example/?{query}"
        ).drawing
    return drawn


def ours() -> Draw:
    """This site: its own SVG, two helper processes."""
    from dashboard.render import Renderer

    renderer = Renderer(timeout=LIMIT)
    return lambda drawing, width, height, scale, kind: renderer.render(drawing, scale, kind)


def mirage() -> Draw:
    """plotly-mirage as it comes."""
    import mirage as package

    return lambda drawing, width, height, scale, kind: package.to_image(
        plotly.figure(drawing), kind, scale=scale
    )


def kaleido() -> Draw:
    """Kaleido with its warm server and the Chromium of the host."""
    import kaleido as package

    package.start_sync_server(page_generator=package.PageGenerator(mathjax=False))

    def draw(drawing: Drawing, width: int, height: int, scale: int, kind: PictureFormat) -> bytes:
        made: bytes = package.calc_fig_sync(
            plotly.figure(drawing),
            opts={"format": kind, "width": width, "height": height, "scale": scale},
        )
        return made

    return draw


RENDERERS: dict[str, tuple[str, Callable[[], Draw]]] = {
    "this site, resvg-py": ("resvg-py", ours),
    "plotly-mirage": ("plotly-mirage", mirage),
    "Kaleido + Chromium": ("kaleido", kaleido),
}


def measured(name: str) -> dict[str, object]:
    """One renderer's figures; seconds, megabytes and counts."""
    drawings = slides()
    started = time.perf_counter()
    draw = RENDERERS[name][1]()
    draw(drawings["all countries"], 1600, 900, 1, "png")
    result: dict[str, object] = {"cold": time.perf_counter() - started}
    for view, drawing in drawings.items():
        for scale in (1, 2):
            result[f"{view}, scale {scale}"] = statistics.median(
                _timed(draw, drawing, scale) for _ in range(WARM)
            )
    asked = [_titled(drawings["DK and SE"], f"Title {number:02}") for number in range(TOGETHER)]
    started = time.perf_counter()
    with ThreadPoolExecutor(TOGETHER) as pool:
        drawn = list(pool.map(lambda drawing: draw(drawing, 1600, 900, 1, "png"), asked))
    result["16 together"] = time.perf_counter() - started
    alone = [draw(drawing, 1600, 900, 1, "png") for drawing in asked]
    result["not as drawn alone, of 16"] = sum(map(operator.ne, drawn, alone))
    result["another thread waits at most"] = _longest_wait(draw, drawings["all countries"])
    result["memory"] = sum(map(_proportional, _family(os.getpid()))) / 1e6
    return result


def _longest_wait(draw: Draw, drawing: Drawing) -> float:
    """Seconds for which a thread that only counts stands still while a picture of scale 2 is drawn."""
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(draw, drawing, 1600, 900, 2, "png")
        longest, last = 0.0, time.perf_counter()
        while not job.done():
            time.sleep(0.001)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now
    return longest


def _timed(draw: Draw, drawing: Drawing, scale: int) -> float:
    started = time.perf_counter()
    draw(drawing, 1600, 900, scale, "png")
    return time.perf_counter() - started


def _titled(drawing: Drawing, title: str) -> Drawing:
    first, *others = drawing.texts
    return replace(drawing, texts=(replace(first, runs=(Run(title, bold=True),)), *others))


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
    shared = re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)
    return int(shared[1]) * 1024 if shared else 0


def _clocked(work: Callable[[], object]) -> float:
    """Milliseconds, the median of five."""
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken) * 1000


def steps() -> list[tuple[str, str, str]]:
    """What a PNG of scale 2 takes its time for: milliseconds and bytes of each part that can be had alone."""
    from dashboard.render import raster
    from dashboard.render.svg import svg

    slide = slides()["all countries"]
    drawn = svg(slide)
    root = drawn[: drawn.index(">") + 1]
    small = '<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5">'
    sheets = {
        "one letter on 10 x 10 pixels": f'{small}<text y="5" font-size="5">a</text></svg>',
        "the sheet without anything on it": f"{root}</svg>",
        "the whole slide": drawn,
    }
    found = [("the SVG is written", f"{_clocked(lambda: svg(slide)):.0f}", f"{len(drawn):,}")]
    for name, sheet in sheets.items():
        taken = _clocked(partial(raster.png, sheet, 2))
        found.append((name, f"{taken:.1f}", f"{len(raster.png(sheet, 2)):,}"))
    return found


def encodings() -> list[tuple[str, str, str, str]]:
    """Ways to write the pixels of the slide at scale 2: milliseconds beyond drawing, bytes, the largest change of a colour."""
    import numpy as np
    from PIL import Image

    from dashboard.render import raster
    from dashboard.render.svg import svg

    made = raster.png(svg(slides()["all countries"]), 2)

    def read() -> Image.Image:
        return Image.open(io.BytesIO(made)).convert("RGB")

    def pillow(picture: Image.Image, level: int) -> bytes:
        out = io.BytesIO()
        picture.save(out, "PNG", compress_level=level)
        return out.getvalue()

    def unfiltered(picture: Image.Image, level: int) -> bytes:
        pixels = np.asarray(picture)
        rows = np.zeros((pixels.shape[0], pixels.shape[1] * 3 + 1), np.uint8)
        rows[:, 1:] = pixels.reshape(pixels.shape[0], -1)
        return zlib.compress(rows.tobytes(), level)

    def written(write: Callable[[Image.Image, int], bytes], level: int) -> bytes:
        return write(read(), level)

    def reduced(method: Image.Quantize) -> bytes:
        return pillow(palette(read(), method), 6)

    def palette(picture: Image.Image, method: Image.Quantize) -> Image.Image:
        return picture.quantize(256, method=method, dither=Image.Dither.NONE)

    true = np.asarray(read()).astype(int)
    found = [("as resvg writes it", "0", f"{len(made):,}", "0")]
    for name, level in (("fastest", 1), ("usual", 6)):
        for way, write in (("filters of Pillow", pillow), ("no filter", unfiltered)):
            taken = _clocked(partial(written, write, level))
            size = len(written(write, level))
            found.append((f"three colours, {way}, zlib {name}", f"{taken:.0f}", f"{size:,}", "0"))
    for name, method in (
        ("median cut", Image.Quantize.MEDIANCUT),
        ("octree", Image.Quantize.FASTOCTREE),
    ):
        taken = _clocked(partial(reduced, method))
        picture = palette(read(), method)
        change = abs(np.asarray(picture.convert("RGB")).astype(int) - true)
        found.append(
            (
                f"palette of 256, {name}, zlib usual",
                f"{taken:.0f}",
                f"{len(pillow(picture, 6)):,}",
                f"{change.max()} (mean {change.mean():.3f})",
            )
        )
    return found


def main() -> None:
    """Print the tables."""
    _printed(("part, at scale 2", "ms", "bytes"), steps())
    _printed(("pixels written", "ms more", "bytes", "largest change of 255"), encodings())
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
    _printed(
        ("", *(name for name, _ in rows)),
        [
            (
                column,
                *(
                    f"{row[column]:.2f}" if isinstance(row[column], float) else str(row[column])
                    for _, row in rows
                ),
            )
            for column in columns
        ],
    )


def _printed(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    for row in (head, ("---",) * len(head), *rows):
        print(f"| {' | '.join(row)} |")
    print()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measured(sys.argv[1])))
    else:
        main()
