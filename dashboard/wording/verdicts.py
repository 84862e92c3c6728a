"""Verdicts, intervals and differences in words."""

from __future__ import annotations

from dashboard.comparability import CARE, NO, YES, Reason, Verdict
from dashboard.dataset import Observation
from dashboard.query import Difference, Evidence, Group, Place, Section
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
        "same_question": t("Both editions asked the same question of the same kind of respondent."),
        "concept": t("They are different questions: {first} and {second}."),
        "scale": t("One is a yes-or-no answer, the other one step of a graded answer."),
        "answer": t("They are different answers to the question."),
        "base": t("One is a share of {base_first}, the other a share of {base_second}."),
        "base_near": t("One is a share of {base_first}, the other of {base_second}: nearly the same, but not quite."),
        "respondent": t("Different respondents: {level_first} in one, {level_second} in the other."),
        "compilation": t("One only repeats national headlines in a comparison of 2019."),
        "country": t("Two national surveys with wordings, samples and weights of their own."),
        "sector": t("They cover different sectors: {sector_first} and {sector_second}."),
        "part": t("One group is part of the other: {sector_first} and {sector_second}."),
        "segment": t("The groups are cut differently."),
        "by_construction": t("Broad innovators are defined by these activities, so part of the gap is by construction."),
        "period": t("The reference periods lie more than two years apart: {period_first} and {period_second}."),
        "period_unknown": t("The reference period of one is not known."),
        "wording": t("At least one is worded about, over or under."),
        "inferred": t("At least one was read from an ambiguous chart."),
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
        }
    return facts


def reasons(words: Words, judged: Verdict, first: Observation, second: Observation) -> str:
    """All grounds of a verdict, the heaviest first."""
    return " ".join(dict.fromkeys(reason(words, ground, first, second) for ground in judged.reasons))


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
        "segment": t("groups cut differently"),
    }
    return t("Not comparable: {what}").format(what="; ".join(told[kind] for kind in kinds if kind in told))


def interval(words: Words, known: Evidence) -> str:
    """The 95 % interval, or why there is none."""
    t = words.t
    if known.interval:
        text = span(words, known.interval.low, known.interval.high)
        if known.interval.approximate:
            return t("about {span} or wider (n is not published; reckoned with all {n} innovations of the edition)").format(
                span=text, n=words.number(known.interval.n)
            )
        return text
    return {"worded": t("none: the source gives no exact figure"), "n_unknown": t("none: n is not published")}[known.no_interval]


def span(words: Words, low: float, high: float) -> str:
    """An interval in percent: "38% to 46%"."""
    return words.t("{low} to {high}").format(low=words.percent(round(low)), high=words.percent(round(high)))


def interval_short(words: Words, known: Evidence) -> str:
    """The 95 % interval for a table cell; the reason in two words where there is none."""
    t = words.t
    if known.interval:
        text = span(words, known.interval.low, known.interval.high)
        return t("about {span}").format(span=text) if known.interval.approximate else text
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
    text = t("Thin lines: 95% intervals, approximate (simple random sampling assumed; design and weights unknown).")
    if any(each.approximate for each in intervals):
        text += " " + t(
            "n ≤: n is not published; the edition's number of innovations stands in for it, so the interval is at least this wide."
        )
    return text


def who(words: Words, row: Observation) -> str:
    """Whose answers a figure counts, short: sector or segment."""
    return words.group(Group(row.sector, row.dimension, row.segment))


def difference(words: Words, found: Difference) -> str:
    """A difference as a sentence: the figures, then what can be said of the gap."""
    parts = [f"{pair(words, found)}: {judgement(words, found)}"]
    if found.published:
        parts.append(words.stated(found.published))
    if found.verdict.kind == CARE:
        parts.append(words.t("With care: {reasons}").format(reasons=reasons(words, found.verdict, found.first, found.second)))
    return " ".join(parts)


def pair(words: Words, found: Difference) -> str:
    """The two figures of a difference, each with whose it is: "State (65%) and municipal (42%)"."""
    second = _told(words, found, found.second)
    return words.t("{who_first} ({first}) and {who_second} ({second})").format(
        who_first=_told(words, found, found.first),
        first=words.percent(found.first.value),
        who_second=second if found.first.country != found.second.country else second[:1].lower() + second[1:],
        second=words.percent(found.second.value),
    )


def judgement(words: Words, found: Difference) -> str:
    """What can be said of a gap, with its interval where there is one."""
    t = words.t
    if found.published:
        told = {"different": t("different, as published."), "not_different": t("no significant difference, as published.")}
        return told[found.published.result]
    text = t("a larger gap than chance alone would give") if found.clear else t("within the margin of error")
    return f"{text} ({points(words, found)})."


def points(words: Words, found: Difference) -> str:
    """The difference in percentage points with its 95 % interval."""
    # A bound close to 0 keeps a decimal: that a clear difference begins at 0 would contradict itself.
    places = 1 if 0 in (round(found.low), round(found.high)) else None
    return words.t("{points} points, 95% interval {low} to {high}").format(
        points=words.number(round(found.points)), low=words.number(round(found.low, places)), high=words.number(round(found.high, places))
    )


def _told(words: Words, found: Difference, row: Observation) -> str:
    """Who a figure of a difference is about: only what tells it from the other."""
    other = found.second if row is found.first else found.first
    parts = []
    if row.country != other.country or row.level != other.level:
        parts.append(words.place(Place(row.country, row.level, row.kind == "compilation")))
    if (row.sector, row.segment) != (other.sector, other.segment) or not parts:
        parts.append(who(words, row))
    if row.survey_id != other.survey_id and row.country == other.country:
        parts.append(words.period(words.dataset.surveys[row.survey_id]))
    if row.dimension and row.sector != other.sector:
        parts.append(words.lower("sector", row.sector))
    return ", ".join(parts)


def caveat(words: Words) -> str:
    """What must be said wherever our own tests are shown."""
    return words.t(
        "Tests are approximate: they assume simple random samples, since design and weights are not published; "
        "p-values are adjusted (Holm) for the pairs compared on each indicator."
    )
