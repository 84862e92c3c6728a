"""Everything that is measured of the site, beside others, in one run: ``make bench``.

    .venv/bin/python -m benchmarks            # writes the report into docs/performance.md as well
    .venv/bin/python -m benchmarks --quick    # one repetition, to try; the document stays as it is
    .venv/bin/python -m benchmarks --report   # the report of the last run once more

Results and report lie in .cache/bench. A step that fails leaves dashes with their reason, and the run goes on; what it has
not come to after MINUTES is left out in the same way. Ctrl-C ends it with every process that it has started.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Iterator
from types import FrameType

from benchmarks import machine, report
from benchmarks.processes import ROOT
from benchmarks.results import WAYS, Results
from benchmarks.sides import OUR_PAGES, Side, others, ours
from benchmarks.steps import FEWER, SCORED, Bench, Step
from benchmarks.targets import TARGETS

KEPT = ROOT / ".cache" / "bench"
DOCUMENT = ROOT / "docs" / "performance.md"
MINUTES = 26
"""After which no further step begins."""


def steps(bench: Bench, site: Side, beside: tuple[Side, ...]) -> Iterator[Step]:
    """All steps, what the targets speak of first."""
    floor, *peers = beside
    small, home, *_ = OUR_PAGES
    for way in WAYS:
        for side in (site, floor):
            yield bench.pages(side, way)
    yield bench.start()
    yield bench.files()
    yield bench.server()
    yield bench.lighthouse(site, home, min(bench.repetitions, SCORED))
    yield bench.growth()
    for side in peers:
        for way in WAYS:
            yield bench.pages(side, way)
    yield bench.lighthouse(site, small, 1)
    for side in beside:
        yield bench.lighthouse(side, side.pages[0], 1)


def run(bench: Bench) -> dict[str, str]:
    """Take every figure that can be taken; the titles of the others."""
    site, beside = ours(), others()
    bench.results.facts.update(machine.facts(beside))
    began = time.monotonic()
    planned = list(steps(bench, site, beside))
    for number, step in enumerate(planned, 1):
        minutes = (time.monotonic() - began) / 60
        print(
            f"{minutes:5.1f} min  {number}/{len(planned)}  {step.name}", file=sys.stderr, flush=True
        )
        if minutes > MINUTES:
            bench.results.fail(step.keys, f"left out: the run had taken {MINUTES} minutes")
            continue
        bench.attempt(step.keys, step.run)
        bench.results.write(KEPT / "results.json")
    minutes = (time.monotonic() - began) / 60
    bench.results.facts["run"] = (
        f"{minutes:.0f} minutes, medians of {bench.repetitions} (of peers, and behind nginx, {min(bench.repetitions, FEWER)})"
    )
    bench.results.write(KEPT / "results.json")
    return {side.name: side.title for side in beside}


def main() -> int:
    """Run or read, then report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the site.")
    parser.add_argument("--quick", action="store_true", help="one repetition, to try")
    parser.add_argument("--report", action="store_true", help="report of the last run once more")
    asked = parser.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    bench = Bench(KEPT, 1, 3, 500, 1) if asked.quick else Bench(KEPT, 5, 6, 5000, 100)

    def end(_signal: int, _frame: FrameType | None) -> None:
        bench.stopped = True
        raise KeyboardInterrupt

    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, end)
    if asked.report:
        bench.results = Results.read(KEPT / "results.json")
        titles = {side.name: side.title for side in others()}
    else:
        try:
            titles = run(bench)
        except KeyboardInterrupt:
            print("Stopped; nothing is reported.", file=sys.stderr)
            return 130
    if asked.quick:
        bench.results.facts["note"] = "one repetition and few requests: for trying, not for telling"
    text = report.report(bench.results, TARGETS, titles)
    (KEPT / "report.md").write_text(f"{text}\n", encoding="utf-8")
    if not asked.quick:
        report.put(DOCUMENT, text)
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
