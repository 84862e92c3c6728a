"""Verdicts and intervals in words."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.comparability import CARE, COMPILATION, NO, YES, Reason, Verdict
from dashboard.dataset import Observation
from dashboard.query import APPROXIMATE, POSSIBLE, Evidence, Section
from dashboard.wording.words import Words


def verdict_title(words: Words, kind: str) -> str:
    """yes, care or no as a heading."""
    t = words.t
    return {YES: t("Comparable"), CARE: t("Comparable with care"), NO: t("Not comparable")}[kind]


def reason(words: Words, ground: Reason, first: Observation, second: Observation) -> str:
    """One ground of a verdict as a sentence."""
    t = words.t
    if ground.kind == "break":
        return words.broken(ground.found)
    sentences = {
        "same_survey": t("Both come from the same survey, question and base."),
        "no_change": t("No change of question or coverage is recorded."),
        "definition": t(
            "The surveys define an innovation differently: {definition_first}; {definition_second}."
        ),
        "definition_unknown": t("How one of the surveys defines an innovation is not known."),
        "concept": t("They are different questions: {first} and {second}."),
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
        "by_construction": by_construction(words),
        "period": t(
            "The reference periods lie more than two years apart: {period_first} and {period_second}."
        ),
        "period_unknown": t("The reference period of one is not known."),
        "wording": t("At least one is worded about, over or under."),
        "inferred": t("At least one is in doubt: {doubts}."),
        "small_n": t("At least one rests on very few answers."),
    }
    return sentences[ground.kind].format(**_facts(words, first, second))


def _facts(words: Words, first: Observation, second: Observation) -> dict[str, str]:
    facts = {}
    for name, row in (("first", first), ("second", second)):
        facts |= {
            name: words.dataset.concepts[row.concept].label,
            f"base_{name}": words.label("base", row.base),
            f"level_{name}": words.lower("level", row.level),
            f"sector_{name}": words.lower("sector", row.sector),
            f"period_{name}": words.period(words.dataset.surveys[row.survey_id]),
            f"definition_{name}": words.definition(row),
        }
    compiled = [row.survey_id for row in (first, second) if row.kind == COMPILATION]
    doubts = dict.fromkeys(words.label("doubt", row.doubt) for row in (first, second) if row.doubt)
    return facts | {
        "doubts": words.some(doubts),
        "compilation": words.compilation(compiled[0]) if compiled else "",
    }


def by_construction(words: Words) -> str:
    """What holds for every gap between broad innovators and others."""
    return words.t(
        "Broad innovators are defined by what they do, so part of every gap to the others is by construction."
    )


def reasons(words: Words, judged: Verdict, first: Observation, second: Observation) -> str:
    """All grounds of a verdict, the heaviest first."""
    return " ".join(
        dict.fromkeys(reason(words, ground, first, second) for ground in judged.reasons)
    )


def telling(kinds: Iterable[str]) -> tuple[str, ...]:
    """The kinds of obstacles without those that another of them says already."""
    found = tuple(kinds)
    said = {"unit": "respondent", "break": "definition"}
    return tuple(kind for kind in found if said.get(kind) not in found)


def obstacles(words: Words, kinds: tuple[str, ...], bases: tuple[str, ...]) -> str:
    """What a row says of figures that must not be compared; blank where nothing forbids it."""
    t = words.t
    if not kinds:
        return ""
    if "base" in kinds:
        shares = t(" / of ").join(words.short("base", base) for base in bases)
        return t("Not comparable: share of {bases}").format(bases=shares)
    told = {
        "respondent": t("workplaces / management"),
        "scale": t("yes or no / graded answers"),
        "answer": t("different answers"),
        "compilation": t("repeats national figures"),
        "break": t("definition or coverage changed"),
        "definition": t("innovation is defined differently"),
        "unit": t("whole organisations / workplaces"),
        "segment": t("groups cut differently"),
    }
    return t("Not comparable: {what}").format(
        what="; ".join(told[kind] for kind in telling(kinds) if kind in told)
    )


def interval(words: Words, known: Evidence) -> str:
    """The 95 % interval, or why there is none."""
    t = words.t
    if known.interval:
        text = span(words, known.interval.low, known.interval.high)
        if known.interval.kind == APPROXIMATE:
            return t(
                "about {span}, probably wider (n is not published; reckoned with the most that it can be, {n})"
            ).format(span=text, n=words.number(known.interval.n))
        if known.interval.kind == POSSIBLE:
            return t(
                "none, since everybody was asked: {span} is possible, whatever those who did not answer would say"
            ).format(span=text)
        return text
    return {
        "worded": t("none: the source gives no exact figure"),
        "n_unknown": t("none: n is not published"),
    }[known.no_interval]


def span(words: Words, low: float, high: float) -> str:
    """An interval in percent: "38% to 46%"."""
    return words.t("{low} to {high}").format(
        low=words.percent(round(low)), high=words.percent(round(high))
    )


def interval_short(words: Words, known: Evidence) -> str:
    """The 95 % interval for a table cell; the reason in two words where there is none."""
    t = words.t
    if known.interval:
        text = span(words, known.interval.low, known.interval.high)
        told = {APPROXIMATE: t("about {span}"), POSSIBLE: t("possible: {span}")}
        return told.get(known.interval.kind, "{span}").format(span=text)
    return {"worded": t("none (not exact)"), "n_unknown": t("none (n unknown)")}[known.no_interval]


def few_legend(words: Words, section: Section, very_small: int, small: int) -> str:
    """What the signs for small bases mean; only those that occur."""
    t = words.t
    present = {value.evidence.few for value in section.values}
    parts = []
    if "very_few" in present:
        parts.append(t("▲▲ fewer than {n} answers").format(n=words.number(very_small)))
    if "few" in present:
        parts.append(t("▲ fewer than {n} answers").format(n=words.number(small)))
    return ("; ".join(parts) + ".") if parts else ""


def interval_legend(words: Words, section: Section) -> str:
    """How the thin lines are to be read; blank where there are none."""
    t = words.t
    intervals = [value.evidence.interval for value in section.values if value.evidence.interval]
    if not intervals:
        return ""
    kinds = {each.kind for each in intervals}
    sentences = []
    if kinds - {POSSIBLE}:
        sentences.append(
            t("Thin lines: 95% intervals, approximate (simple random sampling assumed).")
        )
    if APPROXIMATE in kinds:
        sentences.append(
            t(
                "n ≤: n is not published; the most that it can be stands in for it, so the interval is probably wider."
            )
        )
    if POSSIBLE in kinds:
        sentences.append(
            t(
                "Where everybody was asked and few answered: thin lines are the range of the possible, "
                "whatever those who did not answer would say."
            )
        )
    return " ".join(sentences)


def weighting(words: Words, section: Section) -> str:
    """Whether the figures shown are weighted, survey by survey; blank where there are none."""
    t = words.t
    told: dict[str, list[str]] = {}
    for survey in dict.fromkeys(value.survey for value in section.values):
        country = words.label("country", survey.country)
        parts = [words.period(survey)] if survey.kind == "national" else []
        if survey.weighted == "no" and survey.response_rate is not None:
            respondents = words.lower("level", survey.level)
            parts.append(
                t("{respondents}: response rate {rate}").format(
                    rate=words.percent(survey.response_rate), respondents=respondents
                )
            )
        told.setdefault(survey.weighted, []).append(
            f"{country} ({', '.join(parts)})" if parts else country
        )
    sentences = {
        "yes": t("Weighted, the weights are not published: {surveys}."),
        "no": t("Unweighted shares of those who answered: {surveys}."),
        "unknown": t("Not known whether weighted: {surveys}."),
    }
    return " ".join(
        sentences[kind].format(surveys=words.some(dict.fromkeys(told[kind])))
        for kind in sentences
        if kind in told
    )
