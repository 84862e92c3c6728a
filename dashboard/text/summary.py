"""Each theme in a few sentences, computed from the View; also the chart's text alternative."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from dashboard.comparability import NO, WHOLES, ReasonKind, breaks_between, unit, verdict
from dashboard.dataset import PRIMARY, Observation
from dashboard.query import BORDERLINE, Difference, Measure, Panel, Row, Section, Value, View
from dashboard.query.obstacles import by_indicator
from dashboard.selection import chart_of
from dashboard.text import comparisons, differences, texts, unlike, verdicts
from dashboard.text.localizer import Localizer

_RANGES = 3
"""Ranges that are told; a summary is not a table."""
_BRIEF = 2
"""Sentences where there is room for little."""
_FEWEST = 30
"""Answers below which a figure leads no sentence."""


def summary(loc: Localizer, view: View, section: Section) -> tuple[str, ...]:
    """Sentences on a section: ranges, what differs, what may not be compared."""
    if chart_of(view.selection).compares:
        return (comparisons.lines_in_words(loc, section),)
    compiled = texts.together(loc, [value.observation for value in section.values])
    found = (
        f"{compiled}." if compiled else _ranges(loc, view, section),
        _differences(loc, section),
        _not_comparable(loc, by_indicator(loc.dataset, view.thresholds, section)),
    )
    return tuple(sentence for sentence in found if sentence)


def brief(loc: Localizer, view: View, section: Section) -> tuple[str, ...]:
    """The first of a section's figures in two sentences at most; none where it has no such figures."""
    if chart_of(view.selection).compares:
        return (comparisons.lines_in_words(loc, section, most=1),)
    compiled = texts.together(loc, [value.observation for value in section.values])
    if compiled:
        return (f"{compiled}.",)
    told: dict[str, list[str]] = {}
    for values in islice(leads(loc, view, section), _BRIEF):
        measure = loc.measure(Measure.of(values[0].observation))
        editions = len({value.survey.survey_id for value in values}) > 1
        figures = _series(loc, values) if editions else _range(loc, values)
        told.setdefault(measure, []).append(figures)
    return tuple(
        figures if at else f"{measure}: {figures}"
        for measure, sentences in told.items()
        for at, figures in enumerate(sentences)
    )


def _ranges(loc: Localizer, view: View, section: Section) -> str:
    """What the first indicators show, each within one country, answer and kind of unit."""
    by_head: dict[str, list[str]] = {}
    for lead in islice(leads(loc, view, section), _RANGES):
        row = lead[0].observation
        head = loc.t("{indicator}, “{answer}”.").format(
            indicator=loc.dataset.indicators[row.indicator].label,
            answer=loc.label("response", row.response),
        )
        editions = len({value.survey.survey_id for value in lead}) > 1
        by_head.setdefault(head, []).append(_series(loc, lead) if editions else _range(loc, lead))
    return " ".join(" ".join((head, *ranges)) for head, ranges in by_head.items())


def leads(loc: Localizer, view: View, section: Section) -> Iterator[list[Value]]:
    """Figures that may share a sentence, indicator by indicator: editions of one group, else the groups of the newest edition.

    Indicators that several countries share come as the rows come; a figure of few answers is left out.
    """
    groups: dict[tuple[str, ...], list[Value]] = {}
    for value in section.values:
        row = value.observation
        if row.response in PRIMARY and (row.n is None or row.n >= _FEWEST):
            groups.setdefault((row.indicator, row.country, row.level), []).append(value)
    for values in groups.values():
        series = max(_in_time(loc, view, values), key=len)
        yield series if len(series) > 1 else max(_by_population(values), key=_newest_and_most)


def _in_time(loc: Localizer, view: View, values: list[Value]) -> list[list[Value]]:
    """The editions of each sector and group that may be compared one after the other, in the order of time."""
    found: list[list[Value]] = []
    lines: dict[tuple[str, ...], list[Value]] = {}
    for value in sorted(values, key=lambda value: value.survey.period_end or 0):
        row = value.observation
        line = lines.setdefault((row.sector, row.dimension, row.segment, row.response), [])
        if line and verdict(loc.dataset, line[-1].observation, row, view.thresholds).kind == NO:
            lines[row.sector, row.dimension, row.segment, row.response] = line = []
        if not line:
            found.append(line)
        line.append(value)
    return found


def _by_population(values: list[Value]) -> list[list[Value]]:
    """Sets of figures of one survey and indicator that differ in sector or group alone; no whole with its parts."""
    sets: dict[tuple[object, ...], list[Value]] = {}
    for value in values:
        row = value.observation
        whole = row.sector if row.sector in WHOLES else ""
        of_split = (row.sector, row.dimension) if row.dimension else ()
        sets.setdefault(
            (row.survey_id, row.base, unit(row), row.response, whole, of_split), []
        ).append(value)
    return list(sets.values())


def _newest_and_most(values: list[Value]) -> tuple[int, int]:
    return values[0].survey.period_end or 0, len(values)


def _range(loc: Localizer, values: list[Value]) -> str:
    t = loc.t
    largest = max(values, key=lambda value: value.observation.value)
    smallest = min(values, key=lambda value: value.observation.value)
    row = largest.observation
    head = t("{country}, {period}").format(
        country=loc.label("country", row.country), period=loc.period(largest.survey)
    )
    if row.value > smallest.observation.value:
        text = t("{head}: from {smallest} to {largest}.").format(
            head=head, smallest=named_value(loc, smallest), largest=named_value(loc, largest)
        )
    elif len(values) > 1:
        text = t("{head}: {value} each of {names}.").format(
            head=head,
            value=loc.value(largest),
            names=loc.join(_who(loc, value.observation) for value in values),
        )
    else:
        text = t("{head}: {figure}.").format(head=head, figure=named_value(loc, largest))
    return text


def _series(loc: Localizer, values: list[Value]) -> str:
    """The editions of one country and group, in the order of time."""
    row = values[0].observation
    runs: list[list[str]] = [[]]
    for before, value in zip([None, *values[:-1]], values, strict=True):
        if before and breaks_between(loc.dataset, before.observation, value.observation):
            runs.append([])
        runs[-1].append(f"{loc.value(value)} ({loc.period(value.survey)})")
    figures = loc.t("; after a change of the survey: ").join(loc.join(run) for run in runs)
    return loc.t("{country}, {who}: {figures}.").format(
        country=loc.label("country", row.country), who=_who(loc, row), figures=figures
    )


def named_value(loc: Localizer, value: Value) -> str:
    """A figure with whose it is: "54% (municipal workplaces)"."""
    return f"{loc.value(value)} ({_who(loc, value.observation)})"


def _who(loc: Localizer, row: Observation) -> str:
    return f"{loc.segment(row)}, {loc.unit_of(row)}" if row.dimension else loc.unit_of(row)


def _differences(loc: Localizer, section: Section) -> str:
    """What was tested and what is published, counted apart; gaps across a break say nothing and are only counted."""
    t = loc.t
    tested = [found for found in section.differences if found.test and not found.across_break]
    parts = [_tested(loc, tested)] if tested else []
    across = sum(1 for found in section.differences if found.test and found.across_break)
    if tested and across:
        parts.append(
            loc.count_of(
                "{count} more lies across a break and is not counted.",
                "{count} more lie across a break and are not counted.",
                across,
            )
        )
    elif across:
        parts.append(
            t(
                "Every pair that can be tested here lies across a break: its gap may come from the change of the survey."
            )
        )
    parts += _published(loc, section)
    if not parts and len(section.values) > 1:
        parts.append(t("No two figures here can be tested against each other."))
    return " ".join(parts)


def _tested(loc: Localizer, tested: list[Difference]) -> str:
    clear = [found for found in tested if found.clear]
    borderline = [found for found in tested if found.test and found.test.outcome == BORDERLINE]
    text = loc.t(
        "Tested differences: {count}; larger than chance alone would give: {clear}"
    ).format(count=loc.number(len(tested)), clear=loc.number(len(clear)))
    if borderline:
        text += loc.t("; borderline: {count}").format(count=loc.number(len(borderline)))
    # Part of a gap between a whole organisation and a workplace is their size; few answers lead nothing.
    leading = [found for found in clear if not found.of_unlike_units and not _few(found)]
    if not leading:
        return f"{text}."
    widest = max(leading, key=lambda found: abs(found.points))
    return loc.t("{text}; the widest: {indicator}, {pair}.").format(
        text=text,
        indicator=loc.dataset.indicators[widest.first.indicator].label,
        pair=differences.pair(loc, widest),
    )


def _few(found: Difference) -> bool:
    return any(row.n is not None and row.n < _FEWEST for row in (found.first, found.second))


def _published(loc: Localizer, section: Section) -> list[str]:
    """What publications themselves say, tests and headings apart."""
    results = [found.published.result for found in section.differences if found.published]
    different, not_different, same = (
        results.count(each) for each in ("different", "not_different", "same_level")
    )
    sentences = []
    if different or not_different:
        sentences.append(
            loc.t("As published: {different} significant, {not_different} not.").format(
                different=loc.number(different), not_different=loc.number(not_different)
            )
        )
    if same:
        sentences.append(
            loc.count_of(
                "For {count} pair the publication calls the level the same, without a test.",
                "For {count} pairs the publication calls the level the same, without a test.",
                same,
            )
        )
    return sentences


def _not_comparable(loc: Localizer, section: Section) -> str:
    """Which countries and respondents stand here that must not be compared."""
    t = loc.t
    lines: list[Row | Panel] = [*section.rows, *section.panels]
    kinds = {kind for line in lines for kind in verdicts.telling(line.obstacles)}
    if not kinds:
        return ""
    grounds: dict[ReasonKind, str] = {
        "base": t("their percentages are shares of different things"),
        "respondent": t("workplaces and management answered"),
        "scale": t("some answers are graded, others yes or no"),
        "break": t("definition or coverage changed"),
        "definition": t("innovation is defined differently"),
        "unit": t("whole organisations stand beside workplaces"),
        "compilation": t("one repeats national figures"),
        "answer": t("they are different answers"),
        "segment": t("the groups are cut differently"),
        "sector": t("countries without a common sector stand beside each other"),
    }
    names = loc.join(grounds[kind] for kind in grounds if kind in kinds)
    said = t("Not all figures of an indicator may be compared: {grounds}.").format(grounds=names)
    which = [
        t("“{answer}”").format(answer=name)
        for name in unlike.names(loc, lines, unlike.some(section))
    ]
    held = t("This holds for {indicators}.").format(indicators=loc.join(which))
    return f"{said} {held}" if which else said
