"""Two figures that a reader puts side by side: whether they may be compared, why, and what the difference is."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.comparability import NO, VerdictKind, verdict
from dashboard.dataset import Observation
from dashboard.query import DatasetIndex, Difference
from dashboard.query.gap import gap
from dashboard.text import differences, letters, verdicts
from dashboard.text.localizer import Localizer
from dashboard.text.quotation import headline, where


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures and what can be said of them together."""

    kind: VerdictKind
    figures: tuple[tuple[str, str], tuple[str, str]]
    """Of each what it says, and where and when."""
    difference: str
    """Size, interval, and test or publication; blank where the two may not be compared."""
    reasons: str
    caveat: str
    """What must be said of a test; blank where none is told."""


def pair(loc: Localizer, index: DatasetIndex, first: Observation, second: Observation) -> Pair:
    """What can be said of two figures of a release, which ``loc`` speaks of."""
    judged = verdict(index.dataset, first, second, index.thresholds)
    tested = None if judged.kind == NO else _tested(index, first, second)
    told = "" if judged.kind == NO else _difference(loc, index, tested, first, second)
    return Pair(
        judged.kind,
        (_named(loc, first), _named(loc, second)),
        told,
        verdicts.reasons(loc, judged, first, second),
        differences.caveat(loc) if tested and tested.test else "",
    )


def _named(loc: Localizer, row: Observation) -> tuple[str, str]:
    return headline(loc, row), where(loc, row)


def _tested(index: DatasetIndex, first: Observation, second: Observation) -> Difference | None:
    """The pair as one of a family, or as the publication speaks of it; None where neither."""
    return next(iter(index.differences.among((first.position, second.position))), None)


def _difference(
    loc: Localizer,
    index: DatasetIndex,
    tested: Difference | None,
    first: Observation,
    second: Observation,
) -> str:
    if tested:
        stated = [loc.statement(tested.published)] if tested.published else []
        judged = differences.judgement(loc, tested)
        apart = differences.approximate(loc, tested)
        return " ".join(filter(None, [letters.begun(judged), *stated, apart]))
    larger, smaller = (first, second) if first.value >= second.value else (second, first)
    found = gap(index.dataset, larger, smaller)
    size = round(found.points)
    if found.interval:
        return loc.t("Difference: {gap}. This pair is not tested.").format(
            gap=differences.gap(loc, size, *found.interval)
        )
    points = loc.count_of("{count} point", "{count} points", size)
    return loc.t(
        "Difference: {gap}. No interval: n or the exact figure of at least one is not known."
    ).format(gap=points)
