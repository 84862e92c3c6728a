"""Which steps of a change over editions are larger than chance alone would give: those that a test of the view calls clear.

Nothing is said of a step that is borderline, has no test, or leads from or to a figure in doubt.
"""

from __future__ import annotations

from dashboard.query.families import EDITIONS
from dashboard.query.types import Section


def clear_steps(section: Section) -> frozenset[tuple[int, int]]:
    """Positions of the two figures of each such step that has no break."""
    tested = {
        (each.first.position, each.second.position)
        for each in section.differences
        if each.family == EDITIONS and each.clear and not each.across_break
    }
    sure = {
        value.observation.position
        for value in section.values
        if value.observation.status != "inferred"
    }
    return frozenset(
        pair
        for step in section.edition_steps
        if (pair := (step.earlier.observation.position, step.later.observation.position)) in tested
        and sure.issuperset(pair)
        and not step.broken
    )
