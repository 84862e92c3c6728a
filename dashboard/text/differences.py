"""Tested and published differences in words: whose figures, which answer, when, and what can be said of the gap."""

from __future__ import annotations

from dashboard.comparability import CARE
from dashboard.dataset import PublishedResult
from dashboard.query import BORDERLINE, CLEAR, COUNTRIES, EDITIONS, PARTS, Because, Difference, Test
from dashboard.query.independence import drawn_apart
from dashboard.text import verdicts
from dashboard.text.localizer import Localizer


def difference(loc: Localizer, found: Difference) -> str:
    """A difference as a line of its own under the name of its indicator."""
    parts = [f"{pair(loc, found)}: {judgement(loc, found)}"]
    if found.published:
        parts.append(loc.statement(found.published))
    if found.family == EDITIONS:
        parts.append(_rates(loc, found))
    if found.verdict.kind == CARE:
        grounds = verdicts.reasons(loc, found.verdict, found.first, found.second)
        parts.append(loc.t("With care: {reasons}").format(reasons=grounds))
    parts.append(approximate(loc, found))
    return " ".join(part for part in parts if part)


def approximate(loc: Localizer, found: Difference) -> str:
    """That two groups of a computed survey are no strata of its sample, so that their test is approximate; blank elsewhere."""
    if not found.test or drawn_apart(loc.dataset, found.first, found.second):
        return ""
    return loc.t("Approximate, since the two groups were not drawn separately.")


def pair(loc: Localizer, found: Difference) -> str:
    """The two figures with country, respondents, answer and period, each at least once.

    "Sweden 2019–2020, “Yes”: agencies (80%) and municipal workplaces (18%)".
    """
    t, first, second = loc.t, found.first, found.second
    country, answer = loc.label("country", first.country), loc.label("response", first.response)
    who = {"first": loc.unit_and_segment(first), "second": loc.unit_and_segment(second)}
    period = {
        name: loc.period(loc.dataset.surveys[row.survey_id])
        for name, row in (("first", first), ("second", second))
    }
    value = {"first": loc.percent(first.value), "second": loc.percent(second.value)}
    if found.family == EDITIONS:
        pattern = t(
            "{country}, {who}, “{answer}”: from {first} ({period_first}) to {second} ({period_second})"
        )
        return pattern.format(
            country=country,
            who=who["first"],
            answer=answer,
            **value,
            period_first=period["first"],
            period_second=period["second"],
        )
    if found.family == COUNTRIES:
        of = {
            name: loc.label("country", row.country)
            for name, row in (("first", first), ("second", second))
        }
        names = {name: f"{of[name]}, {who[name]}, {period[name]}" for name in of}
        pattern = t("“{answer}”: {who_first} ({first}) and {who_second} ({second})")
        return pattern.format(
            answer=answer, who_first=names["first"], who_second=names["second"], **value
        )
    if found.family == PARTS:
        groups = {name: loc.segment(row) for name, row in (("first", first), ("second", second))}
        pattern = t(
            "{country} {period}, {who}, “{answer}”: {group_first} ({first}) and {group_second} ({second})"
        )
        return pattern.format(
            country=country,
            period=period["first"],
            who=loc.unit_of(first),
            answer=answer,
            group_first=groups["first"],
            group_second=groups["second"],
            **value,
        )
    pattern = t("{country} {period}, “{answer}”: {who_first} ({first}) and {who_second} ({second})")
    return pattern.format(
        country=country,
        period=period["first"],
        answer=answer,
        who_first=who["first"],
        who_second=who["second"],
        **value,
    )


def judgement(loc: Localizer, found: Difference) -> str:
    """What can be said of a gap, with its interval where there is one."""
    t = loc.t
    if found.published:
        statements: dict[PublishedResult, str] = {
            "different": t("different, as published."),
            "not_different": t("no significant difference, as published."),
            "same_level": t("the same level, as published; no test is reported."),
        }
        return statements[found.published.result]
    if not found.test:
        raise ValueError("a difference is tested or published")
    return _judged(loc, found, found.test)


def _judged(loc: Localizer, found: Difference, test: Test) -> str:
    """What our own test says of a gap."""
    t, gap = loc.t, points(loc, found, test)
    if test.outcome == CLEAR:
        return t("a larger gap than chance alone would give ({gap}).").format(gap=gap)
    if test.outcome == BORDERLINE:
        because: dict[Because, str] = {
            "rounding": t(
                "borderline ({gap}): it depends on how the published percentages were rounded."
            ),
            "design": t(
                "borderline ({gap}): clear only if every answer counts in full, which weights and design may not allow."
            ),
            "interval": t("borderline ({gap}): test and interval do not agree."),
        }
        return because[test.because].format(gap=gap)
    if test.alone:
        together = loc.plural(
            "not clear ({gap}): its own interval leaves out 0, but the test of {count} pair is not clear.",
            "not clear ({gap}): its own interval leaves out 0, but of {count} pairs tested together this one is not clear.",
            test.pairs,
        )
        return together.format(gap=gap, count=loc.number(test.pairs))
    return t("within the margin of error ({gap}).").format(gap=gap)


def points(loc: Localizer, found: Difference, test: Test) -> str:
    """The difference in percentage points with the 95 % interval of the pair alone."""
    low, high = (-test.high, -test.low) if found.family == EDITIONS else (test.low, test.high)
    return gap(loc, round(found.points), low, high)


def gap(loc: Localizer, size: int, low: float, high: float) -> str:
    """A difference of whole points with its 95 % interval."""
    # A bound close to 0 keeps a decimal: that a clear difference begins at 0 would contradict itself.
    decimals = 1 if 0 in (round(low), round(high)) else None
    text = loc.plural(
        "{points} point, 95% interval {low} to {high}",
        "{points} points, 95% interval {low} to {high}",
        abs(size),
    )
    return text.format(
        points=loc.number(size),
        low=loc.number(round(low, decimals)),
        high=loc.number(round(high, decimals)),
    )


def _rates(loc: Localizer, found: Difference) -> str:
    """The response rates of two editions, since a change may come from who answered."""
    rates = [
        loc.dataset.surveys[row.survey_id].response_rate for row in (found.first, found.second)
    ]
    known = [loc.percent(rate) for rate in rates if rate is not None]
    if len(known) < len(rates):
        return ""
    first, second = known
    return loc.t("Of those asked {first} answered, then {second}.").format(
        first=first, second=second
    )


def caveat(loc: Localizer) -> str:
    """What must be said wherever our own tests are shown."""
    computed = loc.t(
        "For figures computed from answers tests use the effective number of answers that weights and design leave; groups of one survey "
        "are tested as if they were strata of its sample."
    )
    said = loc.t(
        "Tests are approximate: they assume simple random samples. One answer of each question is tested. p-values are adjusted (Holm) "
        "for all pairs of a family, whatever is shown: the sectors of one survey, the groups of one split, consecutive editions, "
        "the countries within one sector."
    )
    return f"{said} {computed}" if loc.dataset.estimates else said
