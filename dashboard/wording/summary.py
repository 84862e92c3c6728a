"""Each theme in two or three sentences, computed from the View; also the chart's text alternative."""

from __future__ import annotations

from dashboard.query import PRIMARY, Section, Value, View
from dashboard.wording import verdicts
from dashboard.wording.words import Words

_BASES = 2
"""Kinds of shares whose largest and smallest figure are told; a summary is not a table."""


def summary(words: Words, view: View, section: Section) -> tuple[str, ...]:
    """Sentences on a section: largest and smallest, clear differences, what may not be compared."""
    found = (_extremes(words, section), _differences(words, section), _not_comparable(words, section))
    return tuple(sentence for sentence in found if sentence)


def _extremes(words: Words, section: Section) -> str:
    """Smallest and largest figure of each of the most used bases: figures of one base may at least be ranked in size."""
    by_base: dict[tuple[str, str], list[Value]] = {}
    for value in section.values:
        by_base.setdefault((value.observation.base, value.observation.response), []).append(value)
    ranked = sorted(by_base.items(), key=lambda entry: -len(entry[1]))
    spans = [_span(words, base, response, values) for (base, response), values in ranked if response in PRIMARY]
    if not spans:
        return ""
    sentence = words.t("; ").join(spans[:_BASES])
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _span(words: Words, base: str, response: str, values: list[Value]) -> str:
    t = words.t
    largest = max(values, key=lambda value: value.observation.value)
    smallest = min(values, key=lambda value: value.observation.value)
    share = t("among shares of {base}").format(base=words.label("base", base))
    if response == "high":
        share += f" ({words.lower('response', response)})"
    if largest.observation.value > smallest.observation.value:
        return t("{share}, the figures run from {smallest} to {largest}").format(
            share=share, smallest=told(words, smallest), largest=told(words, largest)
        )
    if len(values) == 1:
        return t("{share}, the only figure is {figure}").format(share=share, figure=told(words, largest))
    return t("{share}, all {count} figures are {value}").format(
        share=share, count=words.number(len(values)), value=words.percent(largest.observation.value)
    )


def told(words: Words, value: Value) -> str:
    """A figure with its indicator, country and sector: "93% (Employees; Denmark, all sectors)"."""
    country = words.label("country", value.place.country)
    return f"{words.value(value)} ({words.item(value.item)}; {country}, {words.lower_group(value.group)})"


def _differences(words: Words, section: Section) -> str:
    """How many gaps are larger than chance alone would give; gaps across a break say nothing and are left out."""
    t = words.t
    tested = [found for found in section.differences if not found.across_break]
    if section.differences and not tested:
        return t("What can be tested here lies across a break, so that a gap may come from the change of the survey.")
    if not tested:
        return t("No two figures here can be tested against each other.") if len(section.values) > 1 else ""
    clear = [found for found in tested if found.clear]
    if not clear:
        return words.counted(
            "The one tested difference is within the margin of error.",
            "All {count} tested differences are within the margin of error.",
            len(tested),
        )
    largest = max(clear, key=lambda found: found.points)
    sentence = words.plural(
        "{count} of {all} tested differences is larger than chance alone would give, on {indicator}: {pair}.",
        "{count} of {all} tested differences are larger than chance alone would give, the widest on {indicator}: {pair}.",
        len(clear),
    )
    return sentence.format(
        count=words.number(len(clear)),
        all=words.number(len(tested)),
        indicator=words.dataset.concepts[largest.first.concept].label,
        pair=verdicts.pair(words, largest),
    )


def _not_comparable(words: Words, section: Section) -> str:
    """Which countries and respondents stand here that must not be compared."""
    t = words.t
    kinds = {kind for row in section.rows for kind in row.obstacles} | {kind for panel in section.panels for kind in panel.obstacles}
    if not kinds:
        return ""
    grounds = {
        "base": t("their percentages are shares of different things"),
        "respondent": t("workplaces and management answered"),
        "scale": t("some answers are graded, others yes or no"),
        "break": t("definition or coverage changed"),
        "compilation": t("one repeats national figures"),
        "answer": t("they are different answers"),
        "segment": t("the groups are cut differently"),
    }
    names = words.some(grounds[kind] for kind in grounds if kind in kinds)
    return t("Not all figures of an indicator may be compared: {grounds}.").format(grounds=names)
