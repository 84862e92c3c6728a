"""Why lines of a change over editions are interrupted, in the fewest words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dashboard.dataset import BreakKind
from dashboard.messages import gettext_noop
from dashboard.query import EditionStep
from dashboard.text.localizer import Localizer

_WORDS: Mapping[BreakKind, str] = {
    "definition": gettext_noop("definition"),
    "question": gettext_noop("question"),
    "coverage": gettext_noop("coverage"),
    "base": gettext_noop("what percentages are of"),
}


def in_brief(loc: Localizer, steps: Iterable[EditionStep]) -> str:
    """What changed at the breaks of some steps, each once, in one sentence; blank where none is broken."""
    found: set[BreakKind] = set()
    for step in steps:
        if step.broken:
            found |= {each.changed for each in step.breaks} or {"base"}
    named = [loc.t(word) for kind, word in _WORDS.items() if kind in found]
    return (
        loc.t("Break: {what} changed; how is said at the address below.").format(
            what=loc.join(named)
        )
        if named
        else ""
    )
