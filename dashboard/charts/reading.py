"""How marks that look different are to be read."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.comparability import SmallBaseThresholds
from dashboard.query import Section
from dashboard.text import Localizer, key, verdicts, wording


@dataclass(frozen=True, slots=True)
class Marks:
    """What marks look like, where that must be said."""

    hatches: bool
    """Whether what is in doubt is hatched."""
    one_answer: bool
    """Whether of graded questions one answer is drawn."""
    outlined: bool = True
    """Whether what is not exact is outlined; else it has a sign."""
    worded: bool = True
    """Whether that must be said."""
    small_bases: bool = False
    """Whether a small base has a sign."""
    opens: bool = False
    """Whether what is in doubt is outlined, as what is not exact is."""
    intervals: bool = False
    """Whether intervals are drawn."""


def note(
    loc: Localizer,
    section: Section,
    thresholds: SmallBaseThresholds,
    marks: Marks,
    on_marks: str = "",
) -> str:
    """What must be said of the marks that occur in the section; ``on_marks`` is what only one type of chart says."""
    t, values = loc.t, section.values
    parts = []
    inferred = [value.observation for value in values if value.observation.status == "inferred"]
    if inferred:
        doubts = dict.fromkeys(loc.label("doubt", row.doubt) for row in inferred if row.doubt)
        said = (
            key.hatched(loc, values)
            if marks.hatches
            else t("Outlined with ?: in doubt ({doubts}).")
            if marks.opens
            else t("Marked ?: in doubt ({doubts}).")
        )
        parts.append(said.format(doubts=loc.join(doubts)))
    if marks.worded:
        parts.append(wording.source_says(loc, values, outlined=marks.outlined))
    parts.append(on_marks)
    if marks.one_answer and any(value.observation.response == "high" for value in values):
        parts.append(
            t("Graded questions show the answer “{answer}”.").format(
                answer=loc.lower("response", "high")
            )
        )
    if marks.small_bases:
        parts.append(verdicts.few_legend(loc, section, thresholds.very_small, thresholds.small))
    if marks.intervals:
        parts.append(verdicts.interval_legend(loc, section))
    return " ".join(part for part in parts if part)
