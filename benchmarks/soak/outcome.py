"""What came of a scene, and the table of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.soak.readers import Reply

DASH = "–"
HEADINGS = (
    "scene",
    "asked",
    "failed",
    "refused",
    "p95 ms",
    "worst ms",
    "largest worker MB",
    "what was seen",
    "promises",
)


@dataclass(frozen=True)
class Outcome:
    """A scene as it went."""

    scene: str
    replies: Sequence[Reply]
    """Of the readers that the promises speak of."""
    seen: str
    broken: tuple[str, ...] = ()
    """Promises that did not hold, a sentence each."""
    megabytes: float | None = None
    """Of the largest worker at its largest."""
    left_out: str = ""
    """Why it was not played; blank where it was."""


def percentile(seconds: Sequence[float], part: float) -> float:
    """Milliseconds within which ``part`` of all were answered; 0 where none were."""
    ordered = sorted(seconds)
    return 1000 * ordered[min(int(part * len(ordered)), len(ordered) - 1)] if ordered else 0.0


def quick(replies: Iterable[Reply]) -> list[float]:
    """Seconds that pages, texts and changes took: what is bounded in the number at a time may wait for its turn."""
    return [each.seconds for each in replies if not each.costly]


def promised(holds: bool, sentence: str) -> tuple[str, ...]:
    """The sentence of a promise that does not hold."""
    return () if holds else (sentence,)


def none_failed(replies: Iterable[Reply]) -> tuple[str, ...]:
    """That every reader was served; of those who were not, the first addresses."""
    failed = [f"{each.path} ({each.status})" for each in replies if each.failed]
    return promised(not failed, f"{len(failed)} readers were let down: {', '.join(failed[:3])}")


def table(outcomes: Iterable[Outcome]) -> str:
    """All scenes as Markdown."""
    lines = [HEADINGS, ("---",) * len(HEADINGS), *map(_line, outcomes)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _line(outcome: Outcome) -> tuple[str, ...]:
    if outcome.left_out:
        return (outcome.scene, *(DASH,) * 6, f"not played: {outcome.left_out}", DASH)
    seconds = quick(outcome.replies)
    return (
        outcome.scene,
        f"{len(outcome.replies):,}",
        f"{sum(each.failed for each in outcome.replies):,}",
        f"{sum(each.refused for each in outcome.replies):,}",
        f"{percentile(seconds, 0.95):,.0f}" if seconds else DASH,
        f"{1000 * max(seconds):,.0f}" if seconds else DASH,
        f"{outcome.megabytes:.0f}" if outcome.megabytes else DASH,
        outcome.seen,
        f"**broken**: {' '.join(outcome.broken)}" if outcome.broken else "kept",
    )
