"""What is measured, as values: figures with the reason where there is none, targets, verdicts."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

AS_IT_COMES, BEHIND_NGINX = "as it comes", "behind nginx"
WAYS = (AS_IT_COMES, BEHIND_NGINX)


@dataclass(frozen=True)
class Missing:
    """A figure that could not be taken."""

    reason: str


Value = float | Missing


@dataclass(frozen=True, order=True)
class Key:
    """Which figure: what is measured, of which side, in which way it is served."""

    measure: str
    side: str = "ours"
    way: str = AS_IT_COMES


@dataclass(frozen=True)
class Target:
    """What a figure of ours is to reach: at most ``limit``, or at least; times the best figure of other sides where those are named."""

    key: Key
    text: str
    limit: float
    others: tuple[str, ...] = ()
    other_measure: str = ""
    """Measure of the others, where it is another."""
    least: bool = False


@dataclass(frozen=True)
class Verdict:
    """A target beside what was measured: in its unit, and as a ratio where the target is one."""

    value: Value
    ratio: Value | None
    met: bool | None
    """None where it cannot be told."""


def median(samples: Sequence[float]) -> Value:
    """The middle one; Missing where there are none."""
    return statistics.median(samples) if samples else Missing("nothing was measured")


@dataclass
class Results:
    """Samples and reasons by key, as they are measured."""

    samples: dict[Key, list[float]] = field(default_factory=dict)
    missing: dict[Key, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    """Name -> sentence: the machine, versions, what a figure consists of."""
    shares: dict[str, str] = field(default_factory=dict)
    """What the server does -> what it works on then, by share."""
    growth: str = "Not measured."
    """Table of benchmarks.growth, or why there is none."""

    def add(self, key: Key, *values: float) -> None:
        """One or more samples more of a figure."""
        self.samples.setdefault(key, []).extend(values)

    def fail(self, keys: Sequence[Key], reason: str) -> None:
        """Say why figures are not there; those that are stay."""
        for key in keys:
            if key not in self.samples:
                self.missing.setdefault(key, reason)

    def value(self, key: Key) -> Value:
        """The median of a figure, or why there is none."""
        if key in self.samples:
            return median(self.samples[key])
        return Missing(self.missing.get(key, "not measured"))

    def best(self, keys: Sequence[Key]) -> Value:
        """The least of several figures; Missing where none of them is there."""
        found = [value for value in map(self.value, keys) if not isinstance(value, Missing)]
        if found:
            return min(found)
        reasons = [value.reason for value in map(self.value, keys) if isinstance(value, Missing)]
        return Missing(reasons[0] if reasons else "nothing to compare with")

    def verdict(self, target: Target) -> Verdict:
        """Whether a target is met."""
        value = self.value(target.key)
        if isinstance(value, Missing):
            return Verdict(value, None, None)
        if not target.others:
            met = value >= target.limit if target.least else value <= target.limit
            return Verdict(value, None, met)
        measure = target.other_measure or target.key.measure
        best = self.best([Key(measure, side, target.key.way) for side in target.others])
        if isinstance(best, Missing):
            return Verdict(value, best, None)
        return Verdict(value, value / best, value / best <= target.limit)

    def write(self, path: Path) -> None:
        """Keep everything, so that the table can be made again."""
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = {
            "samples": [[*_parts(key), values] for key, values in self.samples.items()],
            "missing": [[*_parts(key), reason] for key, reason in self.missing.items()],
            "facts": self.facts,
            "shares": self.shares,
            "growth": self.growth,
        }
        path.write_text(json.dumps(kept, indent=1, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Results:
        """What ``write`` has kept."""
        kept = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            {Key(*parts): values for *parts, values in kept["samples"]},
            {Key(*parts): reason for *parts, reason in kept["missing"]},
            kept["facts"],
            kept.get("shares", {}),
            kept.get("growth", cls.growth),
        )


def _parts(key: Key) -> tuple[str, str, str]:
    return key.measure, key.side, key.way
