"""Results as Markdown: the machine, everyone beside each other, our own pages, the targets, the reason of each dash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import browser, steps
from benchmarks.results import AS_IT_COMES, WAYS, Key, Missing, Results, Target, Value, Verdict
from benchmarks.sides import COMPARISON, FLOOR, HOME, OURS, PEERS, THEME

BEGIN, END = (
    "<!-- written by make bench, from here -->",
    "<!-- written by make bench, to here -->",
)
DASH = "–"
TITLES = {OURS: "this site, small job"}
BESIDE = (
    *steps.VISIT,
    steps.CLICK,
    *(name for name in steps.SCORES if "performance" in name or "blocking" in name),
)
REAL = (
    *steps.VISIT,
    steps.CLICK,
    steps.FIRST_CLICK,
    steps.REDRAW,
)
SERVER = (
    steps.NEW,
    steps.KNOWN,
    steps.RATE,
    *(
        f"{name}{kind}"
        for name in (steps.STARTED, steps.WORN, steps.WORN_AGAIN)
        for kind in ("", ", PSS")
    ),
    *steps.FILES,
    steps.START,
)
PARTS = {
    "visit": ("first byte", *browser.PARTS),
    "click": ("awaited", *browser.PARTS),
}
_UNITS = {
    steps.RATE: "",
    steps.START: "s",
    **{
        f"{name}{kind}": "MB"
        for name in (steps.STARTED, steps.WORN, steps.WORN_AGAIN)
        for kind in ("", ", PSS")
    },
}
"""Where it is not milliseconds, nor told by the name."""
_NAMES = {
    name: f"memory of the largest worker {name}"
    for name in (steps.STARTED, steps.WORN, steps.WORN_AGAIN)
}


def unit(measure: str) -> str:
    """What a figure is counted in; blank where its name says it."""
    if measure.startswith(("kB", "requests")):
        return ""
    if measure.startswith("Lighthouse"):
        return "ms" if "blocking" in measure else ""
    return _UNITS.get(measure, "ms")


def number(value: float, measure: str) -> str:
    """A figure as it is printed: seconds and what is below ten with decimals."""
    if measure.startswith("requests") or (measure.startswith("Lighthouse") and not unit(measure)):
        return f"{value:.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:,.0f}"


def report(results: Results, targets: Sequence[Target], others: Mapping[str, str]) -> str:
    """The whole report; ``others`` are the titles of the peers and the floor."""
    reasons: dict[str, int] = {}
    titles = TITLES | dict(others)
    return "\n\n".join(
        [
            _facts(results.facts),
            "### Against the targets",
            _targets(results, targets, titles, reasons),
            *_beside(results, titles, reasons),
            "### Real pages of this site",
            _matrix(results, REAL, (OURS, HOME, THEME, COMPARISON), AS_IT_COMES, titles, reasons),
            "### The server of this site",
            _table(
                ("", "unit", "median"),
                (
                    (_name(name), unit(name), _printed(results.value(Key(name)), name, reasons))
                    for name in SERVER
                ),
            ),
            "### What a visit and a click consist of",
            _parts(results, titles),
            "### What the server works on",
            _table(("", "share of the time"), results.shares.items()),
            "### More data",
            results.growth,
            _reasons(reasons),
        ]
    ).rstrip()


def _facts(facts: Mapping[str, str]) -> str:
    return _table(("", ""), facts.items())


def _name(measure: str) -> str:
    plain, _, kind = measure.partition(", PSS")
    del kind
    return _NAMES.get(plain, plain) + (", PSS" if measure.endswith(", PSS") else "")


def _targets(
    results: Results,
    targets: Sequence[Target],
    titles: Mapping[str, str],
    reasons: dict[str, int],
) -> str:
    def row(target: Target) -> tuple[str, ...]:
        key, verdict = target.key, results.verdict(target)
        where = titles.get(key.side, key.side) if key.measure in (*REAL, *steps.SCORES) else ""
        served = key.way if key.measure in REAL else ""
        return (
            f"{_name(key.measure)}{', ' + unit(key.measure) if unit(key.measure) else ''}",
            ", ".join(filter(None, (where, served))),
            target.text,
            _printed(verdict.value, key.measure, reasons),
            "" if verdict.ratio is None else _printed(verdict.ratio, "", reasons),
            told(verdict),
        )

    return _table(("", "of", "to reach", "measured", "ratio", ""), map(row, targets))


def told(verdict: Verdict) -> str:
    """A verdict in a word."""
    return {True: "met", False: "**missed**", None: DASH}[verdict.met]


def _beside(results: Results, titles: Mapping[str, str], reasons: dict[str, int]) -> Iterator[str]:
    for way in WAYS:
        yield f"### The small job, everyone {way}"
        names = [name for name in BESIDE if way == AS_IT_COMES or "Lighthouse" not in name]
        yield _matrix(results, names, (OURS, FLOOR, *PEERS), way, titles, reasons)


def _matrix(
    results: Results,
    measures: Iterable[str],
    sides: Sequence[str],
    way: str,
    titles: Mapping[str, str],
    reasons: dict[str, int],
) -> str:
    head = ("", "unit", *(titles.get(side, side) for side in sides))
    rows = (
        (
            name,
            unit(name),
            *(_printed(results.value(Key(name, side, way)), name, reasons) for side in sides),
        )
        for name in measures
    )
    return _table(head, rows)


def _parts(results: Results, titles: Mapping[str, str]) -> str:
    """Milliseconds of the work that Chromium counts, page by page."""
    head = ("", "", "until painted", "waiting for the server", *list(browser.PARTS))
    whole = {"visit": steps.VISIT[0], "click": steps.CLICK}
    rows = []
    for job, parts in PARTS.items():
        for side in (OURS, HOME, THEME, COMPARISON, FLOOR, *PEERS):
            values = [results.value(Key(whole[job], side))]
            values += [results.value(Key(f"{job}: {part}", side)) for part in parts]
            if not isinstance(values[0], Missing):
                cells = (DASH if isinstance(v, Missing) else f"{v:,.0f}" for v in values)
                rows.append((job, titles.get(side, side), *cells))
    return _table(head, rows)


def _printed(value: Value, measure: str, reasons: dict[str, int]) -> str:
    """A figure; a dash with the number of its reason where there is none."""
    if isinstance(value, Missing):
        note = reasons.setdefault(value.reason, len(reasons) + 1)
        return f"{DASH} [{note}]"
    return number(value, measure)


def _reasons(reasons: Mapping[str, int]) -> str:
    """What the numbers behind dashes stand for."""
    return "\n".join(f"- [{note}] {reason}" for reason, note in reasons.items())


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(
        f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
        for row in (head, ("---",) * len(head), *rows)
    )


def put(path: Path, text: str) -> None:
    """Write the report between its marks in a document; ValueError where they are not there."""
    before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path} has no place for the report between {BEGIN} and {END}")
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
