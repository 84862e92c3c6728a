"""May two figures be compared? The verdict, with its reasons.

The rules are those of the barometers' own documentation: what a percentage is a percentage of, who answered, on which
scale, in which edition. They look only at what is recorded in the data folder.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from dashboard.dataset import Break, Dataset, Observation

VerdictKind = Literal["yes", "care", "no"]
YES: Final = "yes"
CARE: Final = "care"
NO: Final = "no"
_WEIGHT: dict[VerdictKind, int] = {YES: 0, CARE: 1, NO: 2}

ReasonKind = Literal[
    "same_survey",
    "no_change",
    "definition",
    "definition_unknown",
    "indicator",
    "answer",
    "scale",
    "base",
    "base_near",
    "unit",
    "together",
    "respondent",
    "compilation",
    "country",
    "sector",
    "part",
    "segment",
    "by_construction",
    "break",
    "period",
    "period_unknown",
    "wording",
    "inferred",
    "small_n",
]

EQUIVALENT_BASES = (
    frozenset({"workplaces", "organisations"}),
    frozenset({"innovations", "innovative_workplaces", "innovative_organisations"}),
    frozenset({"collaborating_workplaces", "collaborating_organisations"}),
)
"""Bases that count the same part: of workplaces or of whole organisations, or the latest innovation of each innovative
workplace and the innovative workplaces themselves."""
Unit = Literal["workplace", "organisation", "management"]
WORKPLACE: Final = "workplace"
ORGANISATION: Final = "organisation"
MANAGEMENT: Final = "management"
COMPILATION: Final = "compilation"

ALL = "all"
"""The sector that holds every other, also one that only later data knows."""
PARTS = {"municipal_regional": frozenset({"municipal", "regional"})}
"""Sector -> sectors it holds, where it is not the whole."""
WHOLES = frozenset({ALL, *PARTS})
DISTANT_YEARS = 2
"""Reference periods of two countries that end further apart than this are called distant."""
VISIBLE_DIFFERENCES: tuple[ReasonKind, ...] = ("sector", "part", "answer")
"""Reasons that lie open in a chart, whose colours and labels tell sectors and answers apart: they need no words in each row."""
GRADED = frozenset({"high", "some"})
"""Answers of a graded question."""
BROAD = "group"
"""The split by broad innovators, whom the analysts define by their activities."""


@dataclass(frozen=True, slots=True)
class SmallBaseThresholds:
    """Answers below which a figure rests on very few, or on few."""

    very_small: int = 30
    small: int = 100


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground of a verdict. ``kind`` names it, ``verdict`` is what it comes to alone."""

    kind: ReasonKind
    verdict: VerdictKind
    found: Break | None = None
    """The recorded break, where the ground is one."""


def holds(whole: str, part: str) -> bool:
    """Whether one sector is part of another."""
    return whole != part and (whole == ALL or part in PARTS.get(whole, ()))


def unit(row: Observation) -> Unit:
    """Who a figure is about: workplaces, whole organisations, or managements that speak for theirs."""
    if row.level == "central":
        return MANAGEMENT
    return ORGANISATION if row.base.endswith("organisations") else WORKPLACE


@dataclass(frozen=True, slots=True)
class Verdict:
    """The heaviest of its reasons, which come in falling weight."""

    kind: VerdictKind
    reasons: tuple[Reason, ...]

    @property
    def beyond_visible_differences(self) -> VerdictKind:
        """The verdict apart from whose answers and which answers they are: what remains when the reader tells both apart."""
        return max(
            (r.verdict for r in self.reasons if r.kind not in VISIBLE_DIFFERENCES),
            key=_WEIGHT.__getitem__,
            default=YES,
        )


def verdict(
    dataset: Dataset, first: Observation, second: Observation, thresholds: SmallBaseThresholds
) -> Verdict:
    """Whether two figures may be compared; symmetric in its figures."""
    breaks = breaks_between(dataset, first, second)
    together = published_together(dataset, first, second)
    bridged = together or any(
        found.verdict == CARE and _names(found, first, second) for found in breaks
    )
    reasons = [
        *_definition_reasons(dataset, first, second),
        *_question_reasons(first, second),
        *_base_reasons(first, second, bridged),
        *_population_reasons(first, second, bridged, together),
        *(Reason("break", found.verdict, found) for found in breaks),
        *_period_reasons(dataset, first, second),
        *_quality_reasons(first, second, thresholds),
    ]
    if not reasons:
        reasons = [
            Reason("same_survey" if first.survey_id == second.survey_id else "no_change", YES)
        ]
    ordered = tuple(sorted(dict.fromkeys(reasons), key=lambda reason: -_WEIGHT[reason.verdict]))
    return Verdict(ordered[0].verdict, ordered)


def _names(found: Break, first: Observation, second: Observation) -> bool:
    return {found.from_survey, found.to_survey} == {first.survey_id, second.survey_id}


def population_ground(row: Observation) -> tuple[Hashable, ...]:
    """What figures of two surveys must share to be comparable; that they share it does not yet make them so.

    They describe one sector and segment; figures of compilations may differ in sector.
    """
    sector = "" if row.kind == COMPILATION else row.sector
    return row.kind, sector, row.dimension, row.segment, equivalent_bases(row.base)


STANDING = ("sector", "dimension", "segment", "indicator", "response", "base")
"""Columns that decide, with the standing of its survey, which others a figure may be compared with."""


def survey_standing(dataset: Dataset, survey_id: str) -> tuple[Hashable, ...]:
    """What decides of a survey, which others its figures may be compared with.

    Figures of surveys that stand alike, alike in STANDING themselves, may be compared with the same others of a third
    survey, and within their own. What only asks for care is left out, but for a break that bridges two surveys it names.
    """
    survey = dataset.surveys[survey_id]
    year = survey.period_end or 0
    own = dataset.breaks_of.get(survey.country, ())
    named = any(
        found.verdict == CARE and survey_id in (found.from_survey, found.to_survey) for found in own
    )
    return (
        survey.country,
        *standing_abroad(dataset, survey_id),
        survey_id if named else "",
        *(
            (
                year <= (dataset.surveys[found.from_survey].period_end or 0),
                (dataset.surveys[found.to_survey].period_end or 0) <= year,
            )
            for found in own
        ),
    )


def standing_abroad(dataset: Dataset, survey_id: str) -> tuple[Hashable, ...]:
    """What decides of a survey, which others of another country its figures may be compared with."""
    survey = dataset.surveys[survey_id]
    source = survey.source_id if survey.kind == COMPILATION else ""
    return survey.level, survey.kind, survey.definition, source


def obstacle_ground(dataset: Dataset, row: Observation) -> tuple[Hashable, ...]:
    """What decides what forbids comparing a figure with those of its own survey and of other countries.

    Apart from VISIBLE_DIFFERENCES; with figures of its country's other surveys ``sides_of_breaks`` decide, too.
    """
    survey = dataset.surveys[row.survey_id]
    return (
        row.indicator,
        row.response,
        row.base,
        row.level,
        row.kind,
        row.dimension,
        row.segment,
        survey.source_id if row.kind == COMPILATION else "",
        survey.definition if dataset.indicators[row.indicator].by_definition else "",
    )


def ground_abroad(
    dataset: Dataset, row: Observation, thresholds: SmallBaseThresholds
) -> tuple[Hashable, ...]:
    """All that a verdict on a figure and one of another country asks of it."""
    survey = dataset.surveys[row.survey_id]
    return (
        *obstacle_ground(dataset, row),
        row.sector,
        survey.period_end,
        row.qualifier == "exact",
        row.status == "inferred",
        row.n is not None and row.n < thresholds.very_small,
    )


def sides_of_breaks(
    dataset: Dataset, row: Observation, breaks: Iterable[Break]
) -> tuple[Hashable, ...]:
    """How a figure stands to breaks of its country: all that ``breaks_between`` asks of one of two figures."""
    surveys = dataset.surveys
    year = surveys[row.survey_id].period_end or 0
    return tuple(
        (
            found.break_id,
            row.indicator in found.indicators,
            row.sector == found.sector,
            row.sector in surveys[found.from_survey].sectors,
            row.sector in surveys[found.to_survey].sectors,
            year <= (surveys[found.from_survey].period_end or 0),
            (surveys[found.to_survey].period_end or 0) <= year,
            row.survey_id if row.survey_id in (found.from_survey, found.to_survey) else "",
        )
        for found in breaks
    )


def published_together(dataset: Dataset, first: Observation, second: Observation) -> bool:
    """Whether the institutions themselves put two figures side by side, in one compilation."""
    if first.survey_id == second.survey_id or {first.kind, second.kind} != {COMPILATION}:
        return False
    return dataset.surveys[first.survey_id].source_id == dataset.surveys[second.survey_id].source_id


def _definition_reasons(dataset: Dataset, first: Observation, second: Observation) -> list[Reason]:
    """Figures on who innovates, and on kinds of innovation, count what their survey defines as one."""
    if first.survey_id == second.survey_id:
        return []
    if not all(dataset.indicators[row.indicator].by_definition for row in (first, second)):
        return []
    one, other = (dataset.surveys[row.survey_id].definition for row in (first, second))
    if not one or not other:
        return [Reason("definition_unknown", CARE)]
    return [Reason("definition", NO)] if one != other else []


def _question_reasons(first: Observation, second: Observation) -> list[Reason]:
    if first.indicator != second.indicator:
        return [Reason("indicator", NO)]
    if first.response == second.response:
        return []
    one_scale = (first.response in GRADED) == (second.response in GRADED)
    return [Reason("answer" if one_scale else "scale", NO)]


def equivalent_bases(base: str) -> frozenset[str]:
    """The bases that count the same part as this one, itself among them."""
    return next((bases for bases in EQUIVALENT_BASES if base in bases), frozenset({base}))


def _base_reasons(first: Observation, second: Observation, bridged: bool) -> list[Reason]:
    reasons = []
    sizes = (unit(first) == WORKPLACE) != (unit(second) == WORKPLACE)
    if equivalent_bases(first.base) != equivalent_bases(second.base):
        reasons.append(Reason("base", NO))
    elif first.base != second.base and not sizes:
        reasons.append(Reason("base_near", CARE))
    if sizes:
        reasons.append(
            Reason("unit", CARE if bridged or first.survey_id == second.survey_id else NO)
        )
    return reasons


def _population_reasons(
    first: Observation, second: Observation, bridged: bool, together: bool
) -> list[Reason]:
    reasons = [Reason("together", CARE)] if together else []
    if first.level != second.level:
        reasons.append(Reason("respondent", CARE if bridged else NO))
    if first.kind != second.kind:
        reasons.append(Reason("compilation", NO))
    if first.country != second.country:
        reasons.append(Reason("country", CARE))
    if first.sector != second.sector:
        if first.survey_id != second.survey_id:
            reasons.append(Reason("sector", CARE if together else NO))
        elif holds(first.sector, second.sector) or holds(second.sector, first.sector):
            reasons.append(Reason("part", NO))
    if first.dimension != second.dimension or (
        first.segment != second.segment and first.survey_id != second.survey_id
    ):
        reasons.append(Reason("segment", NO))
    elif first.segment != second.segment and first.dimension == BROAD:
        reasons.append(Reason("by_construction", CARE))
    return reasons


def _period_reasons(dataset: Dataset, first: Observation, second: Observation) -> list[Reason]:
    if first.country == second.country:
        return []
    one, other = (dataset.surveys[row.survey_id].period_end for row in (first, second))
    if one is None or other is None:
        return [Reason("period_unknown", CARE)]
    return [Reason("period", CARE)] if abs(one - other) > DISTANT_YEARS else []


def _quality_reasons(
    first: Observation, second: Observation, thresholds: SmallBaseThresholds
) -> list[Reason]:
    reasons = []
    if first.qualifier != "exact" or second.qualifier != "exact":
        reasons.append(Reason("wording", CARE))
    if "inferred" in (first.status, second.status):
        reasons.append(Reason("inferred", CARE))
    if any(row.n is not None and row.n < thresholds.very_small for row in (first, second)):
        reasons.append(Reason("small_n", CARE))
    return reasons


def breaks_between(dataset: Dataset, first: Observation, second: Observation) -> tuple[Break, ...]:
    """Known breaks between the surveys of two figures that touch them, in either direction of time.

    A break recorded between two editions also parts every edition before it from every edition after it. It touches
    only figures whose sectors both editions of the record cover: a municipal survey says nothing of one of the state.
    """
    if first.survey_id == second.survey_id or first.country != second.country:
        return ()
    surveys = dataset.surveys

    def year(survey_id: str) -> int:
        return surveys[survey_id].period_end or 0

    low, high = sorted((first, second), key=lambda row: year(row.survey_id))
    return tuple(
        found
        for found in dataset.breaks_of.get(first.country, ())
        if (
            not found.indicators
            or first.indicator in found.indicators
            or second.indicator in found.indicators
        )
        and found.sector in ("", first.sector, second.sector)
        and {first.level, second.level}
        <= {surveys[found.from_survey].level, surveys[found.to_survey].level}
        and low.sector in surveys[found.from_survey].sectors
        and high.sector in surveys[found.to_survey].sectors
        and year(low.survey_id)
        <= year(found.from_survey)
        < year(found.to_survey)
        <= year(high.survey_id)
    )
