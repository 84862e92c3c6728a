"""What the site is to reach, as ratios within one run where others are measured beside it."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import steps
from benchmarks.results import WAYS, Key, Target
from benchmarks.sides import FLOOR, HOME, OURS, PEERS

CLICK, REDRAW = steps.CLICK, steps.REDRAW
FIRST, _, PAINT, BYTES, REQUESTS = steps.VISIT


def _browser(way: str) -> Iterator[Target]:
    yield Target(Key(FIRST, OURS, way), "≤ 1.4 × floor", 1.4, (FLOOR,))
    yield Target(Key(FIRST, HOME, way), "≤ 1.7 × floor", 1.7, (FLOOR,))
    yield Target(Key(PAINT, OURS, way), "≤ 0.35 × best peer's first chart", 0.35, PEERS, FIRST)
    for side in (OURS, HOME):
        yield Target(Key(BYTES, side, way), "≤ 560", 560)
        yield Target(Key(REQUESTS, side, way), "≤ 14", 14)
    yield Target(Key(CLICK, OURS, way), "≤ 1.15 × floor's", 1.15, (FLOOR,))
    yield Target(Key(CLICK, OURS, way), "≤ 0.6 × best peer's", 0.6, PEERS)
    yield Target(Key(CLICK, HOME, way), "≤ 1.6 × the same redrawn", 1.6, (HOME,), REDRAW)


def _lighthouse() -> Iterator[Target]:
    for form, performance, blocked in (("desktop", 97, 70), ("mobile", 90, 400)):
        key = Key(f"Lighthouse performance, {form}", HOME)
        yield Target(key, f"≥ {performance}", performance, least=True)
        for name in ("accessibility", "best-practices", "seo"):
            yield Target(Key(f"Lighthouse {name}, {form}", HOME), "≥ 100", 100, least=True)
        key = Key(f"Lighthouse total blocking time, {form}", HOME)
        yield Target(key, f"≤ {blocked}", blocked)


TARGETS = (
    *(target for way in WAYS for target in _browser(way)),
    Target(Key(steps.NEW), "≤ 5", 5),
    Target(Key(steps.KNOWN), "≤ 1", 1),
    Target(Key(steps.RATE), "≥ 400", 400, least=True),
    Target(Key(steps.STARTED), "≤ 130", 130),
    Target(Key(steps.WORN), "≤ 170", 170),
    Target(Key(steps.WORN_AGAIN), "≤ 1.03 × before", 1.03, (OURS,), steps.WORN),
    Target(Key("PNG, new"), "≤ 250", 250),
    Target(Key("PNG, known"), "≤ 5", 5),
    Target(Key("PPTX"), "≤ 400", 400),
    Target(Key("XLSX"), "≤ 300", 300),
    Target(Key("ZIP"), "≤ 2,000", 2000),
    Target(Key(steps.START), "≤ 1.0", 1.0),
    *_lighthouse(),
)
