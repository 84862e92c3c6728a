"""Verdicts and intervals in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from dashboard.comparability import (
    BROAD,
    CARE,
    COMPILATION,
    NO,
    YES,
    Reason,
    ReasonKind,
    Verdict,
    VerdictKind,
)
from dashboard.dataset import Observation
from dashboard.query import (
    APPROXIMATE,
    DESIGN,
    POSSIBLE,
    Evidence,
    IntervalKind,
    Measure,
    NoInterval,
    Section,
)
from dashboard.text import letters, unlike
from dashboard.text.localizer import Localizer

Place = Literal["page", "picture", ""]
"""Where reasons stand: the page, which names further ones under a heading that unfolds, a picture, whose address does, or where there
is room for all."""
_SHOWN = 2
"""Reasons that stand beside a chart; the others are counted."""


def verdict_title(loc: Localizer, kind: VerdictKind) -> str:
    """A verdict as a heading."""
    t = loc.t
    titles: dict[VerdictKind, str] = {
        YES: t("Comparable"),
        CARE: t("Comparable with care"),
        NO: t("Not comparable"),
    }
    return titles[kind]


def reason(loc: Localizer, ground: Reason, first: Observation, second: Observation) -> str:
    """One ground of a verdict as a sentence."""
    t = loc.t
    if ground.found:
        return loc.broken(ground.found)
    sentences: dict[ReasonKind, str] = {
        "same_survey": t("Both come from the same survey, question and base."),
        "no_change": t("No change of question or coverage is recorded."),
        "definition": t(
            "The surveys define an innovation differently: {definition_first}; {definition_second}."
        ),
        "definition_unknown": t("How one of the surveys defines an innovation is not known."),
        "indicator": t("They are different questions: {first} and {second}."),
        "scale": t("One is a yes-or-no answer, the other one step of a graded answer."),
        "answer": t("They are different answers to the question."),
        "base": t("One is a share of {base_first}, the other a share of {base_second}."),
        "base_near": t(
            "One is a share of {base_first}, the other of {base_second}: nearly the same, but not quite."
        ),
        "unit": t(
            "A whole agency or other organisation is larger than one workplace and more easily has at least one; "
            "part of the gap comes from size."
        ),
        "together": t("Published together by the institutions."),
        "respondent": t(
            "Different respondents: {level_first} in one, {level_second} in the other."
        ),
        "compilation": t("One only repeats national headlines, in {compilation}."),
        "country": t("Two national surveys with wordings, samples and weights of their own."),
        "sector": t("They cover different sectors: {sector_first} and {sector_second}."),
        "part": t("One group is part of the other: {sector_first} and {sector_second}."),
        "segment": t("The groups are cut differently."),
        "by_construction": by_construction(loc),
        "period": t(
            "The reference periods lie more than two years apart: {period_first} and {period_second}."
        ),
        "period_unknown": t("The source of one does not state its exact years."),
        "wording": t("At least one is worded “about”, “over” or “under”."),
        "inferred": t("At least one is in doubt: {doubts}."),
        "small_n": t("At least one rests on very few answers."),
    }
    return sentences[ground.kind].format(**_facts(loc, first, second))


def _facts(loc: Localizer, first: Observation, second: Observation) -> dict[str, str]:
    facts: dict[str, str] = {}
    for name, row in (("first", first), ("second", second)):
        facts |= {
            name: loc.dataset.indicators[row.indicator].label,
            f"base_{name}": loc.label("base", row.base),
            f"level_{name}": loc.lower("level", row.level),
            f"sector_{name}": loc.lower("sector", row.sector),
            f"period_{name}": loc.period(loc.dataset.surveys[row.survey_id]),
            f"definition_{name}": loc.definition(row),
        }
    compiled = [row.survey_id for row in (first, second) if row.kind == COMPILATION]
    doubts = dict.fromkeys(loc.label("doubt", row.doubt) for row in (first, second) if row.doubt)
    return facts | {
        "doubts": loc.join(doubts),
        "compilation": loc.compilation(compiled[0]) if compiled else "",
    }


def by_construction(loc: Localizer, *, explained: bool = False) -> str:
    """What holds for every gap between broad innovators and others; shorter where it is ``explained`` who they are."""
    if explained:
        return loc.t("Part of every gap to the others lies in how broad innovators are defined.")
    return loc.t(
        "Broad innovators are defined by what they do, so part of every gap to the others is by construction."
    )


def constructed(loc: Localizer, section: Section, *, explained: bool = False) -> str:
    """That gaps of a section are partly by construction; blank where it shows no broad innovators."""
    broad = any(value.population.dimension == BROAD for value in section.values)
    return by_construction(loc, explained=explained) if broad else ""


def reasons(loc: Localizer, judged: Verdict, first: Observation, second: Observation) -> str:
    """All grounds of a verdict, the heaviest first."""
    return " ".join(dict.fromkeys(reason(loc, ground, first, second) for ground in judged.reasons))


def telling(kinds: Iterable[ReasonKind]) -> tuple[ReasonKind, ...]:
    """The kinds of obstacles without those that another of them says already."""
    found = tuple(kinds)
    said: dict[ReasonKind, ReasonKind] = {"unit": "respondent", "break": "definition"}
    return tuple(kind for kind in found if said.get(kind) not in found)


def apart(loc: Localizer, section: Section, place: Place = "", *, signed: bool = True) -> str:
    """That figures of a section must not be compared, and why, the first reasons where a ``place`` has no room for all; blank where
    all may. Of some indicators among others it explains the sign that their names carry where they are ``signed``."""
    if unlike.in_columns(section):
        sign = apart_in_brief(loc, section) if signed else ""
        return " ".join(filter(None, (_apart(loc, section, place, signed=False), sign)))
    return _apart(loc, section, place, signed=signed)


def _apart(loc: Localizer, section: Section, place: Place, *, signed: bool) -> str:
    t = loc.t
    lines = unlike.indicators(section)
    if not unlike.barred(section):
        return ""
    kinds = telling(_most_frequent_first(lines))
    what = some(loc, [text for kind in kinds if (text := obstacles(loc, [kind]))], place)
    if unlike.some(section):
        said = unlike.in_words(loc)
        begun = f"{unlike.SIGN}: {said}" if signed else letters.begun(said)
        return f"{begun} ({what})."
    if len({measure for measure, _ in lines}) == 1:
        return t("Not comparable: {what}").format(what=what) + "."
    told = t("For none of these indicators can all figures be compared: {what}.")
    return told.format(what=what)


def apart_in_brief(loc: Localizer, section: Section) -> str:
    """What the sign says that names carry, with reasons where columns say the others; blank where none does."""
    if not unlike.signed(section):
        return ""
    reasons = obstacles(loc, sorted(unlike.hidden(section))) if unlike.in_columns(section) else ""
    return f"{unlike.SIGN}: {reasons or unlike.in_words(loc)}."


def bars_all(section: Section) -> bool:
    """Whether each of several indicators of a section has figures that must not be compared."""
    every = {measure for measure, _ in unlike.indicators(section)}
    return len(every) > 1 and every == unlike.barred(section)


def some(loc: Localizer, reasons: Sequence[str], place: Place) -> str:
    """Reasons in a list, of many the first ones and where the others stand, how many there are."""
    if not place or len(reasons) <= _SHOWN + 1:
        return "; ".join(reasons)
    more = len(reasons) - _SHOWN
    pattern = (
        loc.plural(
            "{reasons}; {count} more reason under “{heading}”",
            "{reasons}; {count} more reasons under “{heading}”",
            more,
        )
        if place == "page"
        else loc.plural(
            "{reasons}; {count} more reason on the web page",
            "{reasons}; {count} more reasons on the web page",
            more,
        )
    )
    return pattern.format(
        reasons="; ".join(reasons[:_SHOWN]), count=loc.number(more), heading=loc.t("How to read")
    )


def _most_frequent_first(
    lines: Iterable[tuple[Measure, tuple[ReasonKind, ...]]],
) -> list[ReasonKind]:
    """The kinds of obstacles of indicators, those of most indicators first, else in the order of ``ReasonKind``."""
    held = dict.fromkeys((measure, kind) for measure, found in lines for kind in found)
    count = Counter(kind for _, kind in held)
    kinds: tuple[ReasonKind, ...] = get_args(ReasonKind)
    return sorted((kind for kind in kinds if count[kind]), key=lambda kind: -count[kind])


def shares_differ(loc: Localizer) -> str:
    """That some figures are not to be compared because they are shares of different things, in few words."""
    return loc.t("Not all are shares of the same thing.")


def obstacles(loc: Localizer, kinds: Iterable[ReasonKind]) -> str:
    """What keeps figures apart, in few words."""
    t = loc.t
    labels: dict[ReasonKind, str] = {
        "base": t("shares of different things"),
        "respondent": t("workplaces / management"),
        "scale": t("yes or no / graded answers"),
        "answer": t("different answers"),
        "compilation": t("repeats national figures"),
        "break": t("definition or coverage changed"),
        "definition": t("innovation is defined differently"),
        "unit": t("whole organisations / workplaces"),
        "segment": t("groups cut differently"),
        "sector": t("different sectors"),
    }
    return "; ".join(labels[kind] for kind in telling(kinds) if kind in labels)


def interval(loc: Localizer, known: Evidence) -> str:
    """The 95 % interval, or why there is none."""
    t = loc.t
    if known.interval:
        text = span(loc, known.interval.low, known.interval.high)
        if known.interval.kind == APPROXIMATE:
            return t("{span}, probably wider (reckoned with the most that n can be)").format(
                span=text
            )
        if known.interval.kind == POSSIBLE:
            return t(
                "{span}, whatever those who did not answer would say (everybody was asked)"
            ).format(span=text)
        return text
    reasons: dict[NoInterval, str] = {
        "worded": t("none: the source gives no exact figure"),
        "n_unknown": t("none: n is not published"),
    }
    return reasons[known.no_interval]


def interval_name(loc: Localizer, kind: IntervalKind) -> str:
    """What an interval is called: approximate where simple random sampling is assumed, else 95 % interval or possible range."""
    names: dict[IntervalKind, str] = {
        DESIGN: loc.t("95% interval"),
        POSSIBLE: loc.t("possible range"),
    }
    return names.get(kind) or loc.t("approximate 95% interval")


def interval_heading(loc: Localizer, known: Evidence) -> str:
    """The same as a heading, of a figure whose interval may not be known."""
    if not known.interval:
        return loc.t("95% interval")
    name = interval_name(loc, known.interval.kind)
    return letters.begun(name)


def span(loc: Localizer, low: float, high: float) -> str:
    """An interval in percent: "38% to 46%"."""
    return loc.t("{low} to {high}").format(
        low=loc.percent(round(low)), high=loc.percent(round(high))
    )


def interval_short(loc: Localizer, known: Evidence) -> str:
    """The 95 % interval for a table cell; the reason in two words where there is none."""
    t = loc.t
    if known.interval:
        text = span(loc, known.interval.low, known.interval.high)
        templates: dict[IntervalKind, str] = {
            APPROXIMATE: t("{span}, probably wider"),
            POSSIBLE: t("possible range {span}"),
        }
        return templates.get(known.interval.kind, "{span}").format(span=text)
    reasons: dict[NoInterval, str] = {
        "worded": t("figure not exact"),
        "n_unknown": t("n unknown"),
    }
    return reasons[known.no_interval]


def few_legend(loc: Localizer, section: Section, very_small: int, small: int) -> str:
    """What the signs for small bases mean; only those that occur."""
    t = loc.t
    present = {value.evidence.few for value in section.values} - {""}
    if not present:
        return ""
    both = t("† fewer than {small}, †† fewer than {very_small} answers")
    one = t("† fewer than {n} answers") if "few" in present else t("†† fewer than {n} answers")
    limits = {"n": loc.number(small if "few" in present else very_small)}
    limits |= {"small": loc.number(small), "very_small": loc.number(very_small)}
    return (both if len(present) > 1 else one).format(**limits) + "."


def possible_in_brief(loc: Localizer, section: Section) -> str:
    """What a possible range is; blank where there is none."""
    found = (value.evidence.interval for value in section.values)
    if not any(each and each.kind == POSSIBLE for each in found):
        return ""
    return loc.t("Possible range: whatever those who did not answer would say.")


def interval_legend(loc: Localizer, section: Section) -> str:
    """How the thin lines are to be read; blank where there are none."""
    t = loc.t
    intervals = [value.evidence.interval for value in section.values if value.evidence.interval]
    if not intervals:
        return ""
    kinds = {each.kind for each in intervals}
    sentences = []
    if kinds - {POSSIBLE, DESIGN}:
        sentences.append(
            t("Thin lines: approximate 95% intervals (simple random sampling assumed).")
        )
    if DESIGN in kinds:
        sentences.append(
            t(
                "Where figures were computed from answers: 95% intervals by the design of the survey."
            )
        )
    if APPROXIMATE in kinds:
        sentences.append(
            t(
                "n ≤: n is not published; the interval is reckoned with the most that it can be, so it is probably wider."
            )
        )
    if POSSIBLE in kinds:
        sentences.append(
            t(
                "Where everybody was asked and few answered: thin lines are the possible range, "
                "whatever those who did not answer would say."
            )
        )
    return " ".join(sentences)


def weighting(loc: Localizer, section: Section) -> str:
    """Whether the figures shown are weighted, survey by survey; blank where there are none."""
    t = loc.t
    by_kind: dict[str, list[str]] = {}
    for survey in dict.fromkeys(value.survey for value in section.values):
        country = loc.label("country", survey.country)
        parts = [loc.period(survey)] if survey.kind == "national" else []
        if survey.weighted == "no" and survey.response_rate is not None:
            respondents = loc.lower("level", survey.level)
            parts.append(
                t("{respondents}: response rate {rate}").format(
                    rate=loc.percent(survey.response_rate), respondents=respondents
                )
            )
        found = loc.dataset.imports.get(survey.survey_id)
        computed = survey.weighted == "yes" and found is not None and found.kind == "microdata"
        by_kind.setdefault("computed" if computed else survey.weighted, []).append(
            f"{country} ({', '.join(parts)})" if parts else country
        )
    sentences = {
        "computed": t("Weighted, computed from the answers: {surveys}."),
        "yes": t("Weighted, the weights are not published: {surveys}."),
        "no": t("Unweighted shares of those who answered: {surveys}."),
        "unknown": t("Not known whether weighted: {surveys}."),
    }
    return " ".join(
        sentences[kind].format(surveys=loc.join(dict.fromkeys(by_kind[kind])))
        for kind in sentences
        if kind in by_kind
    )
