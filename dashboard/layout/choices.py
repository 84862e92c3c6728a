"""Values and choices of the filters, and what a change of them asks for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypedDict
from zlib import crc32

from dashboard.dataset import Dataset, Question
from dashboard.dataset.figure_name import FigureName
from dashboard.dataset.questions import FINDING, QUESTION, figure_names
from dashboard.layout.controls import CHOSEN, Input, mode_of, shortcut, with_shortcuts
from dashboard.layout.controls import inputs as controls_on_page
from dashboard.query import DatasetIndex, View
from dashboard.selection import (
    Selection,
    Vocabulary,
    filters,
    page_search,
    pairs,
    parse,
    search,
)
from dashboard.selection.parameter import Parameter, Value
from dashboard.selection.registered import Registered
from dashboard.selection.rules import consistent
from dashboard.text import Localizer, choices, filter_states
from dashboard.text.findings import answers_of
from dashboard.text.search import indicators as found_indicators

KEPT = 128
"""Lists of choices of which a worker keeps labels and digests: views differ in few of them."""
_LISTED = 60
"""Indicators listed at once, the search narrows further; and editions, of which the choice of countries leaves fewer."""


Link = tuple[str, str, str]
"""(search, title, explanation) of a view."""


class Option(TypedDict):
    """A choice of a control."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Controls:
    """Values and options of every control, as the components take them."""

    values: dict[str, object]
    options: dict[str, list[Option]]


def digests(options: Mapping[str, Sequence[Option]]) -> dict[str, str]:
    """Name of a component -> eight hexadecimal digits that change with its choices."""
    return {
        name: _digest(tuple((each["value"], each["label"]) for each in listed))
        for name, listed in options.items()
    }


@lru_cache(maxsize=KEPT)
def _digest(listed: tuple[tuple[str, str], ...]) -> str:
    return f"{crc32(json.dumps(_options(dict(listed))).encode()):08x}"


def controls(view: View, index: DatasetIndex, loc: Localizer, needle: str) -> Controls:
    """The state of all controls for a view of a release; ``needle`` is what is typed into the indicator search."""
    return Controls(
        values(view.selection),
        {each.name: _offered(each, view, index, loc, needle) for each in controls_on_page()},
    )


def values(selection: Selection) -> dict[str, object]:
    """Name of a control -> its value for a selection."""
    return {each.name: _value(each, selection) for each in controls_on_page()}


def varying(view: View, index: DatasetIndex, loc: Localizer) -> dict[str, str]:
    """Name of a control whose choices may change -> digest of those that it has for a view, with nothing searched for."""
    inputs = (each for each in controls_on_page() if each.varies)
    return digests({each.name: _offered(each, view, index, loc, "") for each in inputs})


def _mode(parameter: Parameter, selection: Selection) -> str:
    """Which of the values that stand alone is chosen, or that others are, one by one."""
    chosen = parameter.of(selection)
    return chosen[0] if len(chosen) == 1 and chosen[0] in parameter.alone else CHOSEN


def _value(control: Input, selection: Selection) -> str | list[str]:
    """The value of a control for a selection."""
    parameter = control.parameter
    if control.mode:
        return _mode(parameter, selection)
    words = parameter.words(parameter.of(selection))
    if control.radios:
        return words[0]
    unticked = (*parameter.alone, parameter.off)
    return [word for word in words if word not in unticked]


def _offered(
    control: Input, view: View, index: DatasetIndex, loc: Localizer, needle: str
) -> list[Option]:
    """The choices of a control."""
    parameter = control.parameter
    if control.mode:
        return _modes(parameter, view.selection, loc)
    if parameter.control_on_page.search:
        return indicators(view, index, loc, needle)
    if parameter.alone and _mode(parameter, view.selection) != CHOSEN:
        return []
    codes = parameter.offered(index.vocabulary)
    if parameter is filters.EDITION and len(codes) > _LISTED:
        codes = _near(codes, view, loc)
    if parameter is filters.BASELINE and len(codes) > _LISTED:
        # What is not shown is no baseline.
        kept = {"", view.selection.baseline, *view.selection.countries}
        codes = tuple(code for code in codes if code in kept)
    return _options(_labels(loc, filters.PARAMETERS, control.name, control.short, codes))


@lru_cache(maxsize=KEPT)
def _labels(
    loc: Localizer,
    registered: Registered,
    name: str,
    short: bool,
    codes: tuple[str, ...],
) -> Mapping[str, str]:
    """Choice of a parameter -> what it is called, in short where there is little room."""
    named = filter_states.name if short else choices.choice
    return MappingProxyType({code: named(loc, registered[name], code) for code in codes})


def _near(codes: Sequence[str], view: View, loc: Localizer) -> tuple[str, ...]:
    """Of more editions than can be listed those that are chosen, and of the chosen countries as many more as there is room for."""
    chosen, countries = set(view.selection.editions), set(view.selection.countries)
    listed = [
        code
        for code in codes
        if code not in chosen and loc.dataset.surveys[code].country in countries
    ]
    more = set(listed[: max(0, _LISTED - len(chosen))])
    return tuple(code for code in codes if code in chosen | more)


def _modes(parameter: Parameter, selection: Selection, loc: Localizer) -> list[Option]:
    codes = [
        code
        for code in parameter.alone
        if parameter.of(consistent(parameter.put(selection, (code,)))) == (code,)
    ]
    return _options({code: choices.choice(loc, parameter, code) for code in (*codes, CHOSEN)})


def _options(labels: Mapping[str, str]) -> list[Option]:
    return [{"value": code, "label": name} for code, name in labels.items()]


def indicators(view: View, index: DatasetIndex, loc: Localizer, needle: str) -> list[Option]:
    """Chosen indicators first, then those of the chosen themes; with a search those of every theme that fit it."""
    selection, counts = view.selection, view.counts[filters.INDICATOR.name]
    indicators = loc.dataset.indicators
    if needle.strip():
        fitting = found_indicators(loc, needle)
    else:
        fitting = tuple(
            code
            for code in index.vocabulary.indicators
            if indicators[code].theme in selection.themes and counts[code] > 0
        )
    listed = [code for code in fitting if code not in selection.indicators]
    listed.sort(key=lambda code: counts[code] == 0)
    chosen = [code for code in selection.indicators if code in indicators]
    shown = [*chosen, *listed[: max(0, _LISTED - len(chosen))]]
    several = len({indicators[code].theme for code in shown}) > 1

    def name(code: str) -> str:
        indicator = indicators[code]
        return (
            f"{indicator.label} ({loc.short('theme', indicator.theme)})"
            if several
            else indicator.label
        )

    return _options({code: name(code) for code in shown})


def shortcuts(selection: Selection, vocabulary: Vocabulary) -> dict[str, str]:
    """What a button beside a control chooses (``controls.shortcut``) -> search of the view that this leads to."""

    def chosen(parameter: Parameter, value: Value) -> Selection:
        after = parameter.put(selection, value)
        return parameter.follow(selection, after, vocabulary) if parameter.follow else after

    return {
        shortcut(name, what): search(chosen(filters.PARAMETERS[name], value), vocabulary)
        for name in with_shortcuts()
        for what, value in (
            ("all", filters.PARAMETERS[name].choices(vocabulary)),
            ("none", ()),
        )
    }


def chosen(
    values: Mapping[str, Any],
    before: Selection,
    vocabulary: Vocabulary,
    dataset: Dataset,
    changed: str,
) -> Selection:
    """The selection that the controls' values stand for; ``changed`` is the control that the reader has just touched."""
    after = before
    for each in controls_on_page():
        if not each.mode:
            value = _chosen_value(each.parameter, values, before, dataset, changed)
            new = value != each.parameter.of(after)
            if new and each.parameter.usable(value, vocabulary):
                after = each.parameter.put(after, value)
    touched = filters.PARAMETERS.get(changed)
    if touched and touched.follow:
        return touched.follow(before, after, vocabulary)
    return after


def _chosen_value(
    parameter: Parameter,
    values: Mapping[str, Any],
    before: Selection,
    dataset: Dataset,
    changed: str,
) -> Value:
    """The value of a parameter that its controls stand for."""
    value, mode = values[parameter.name], values.get(mode_of(parameter), CHOSEN)
    if parameter.kind == "flag":
        return bool(value)
    if parameter.kind == "one":
        text: str = value or ""
        return text
    if mode != CHOSEN:
        return (mode,)
    if changed != mode_of(parameter):
        return tuple(value or ())
    if _mode(parameter, before) == CHOSEN:
        return tuple(parameter.of(before))
    return parameter.opened(before, dataset) if parameter.opened else ()


def ready_views(vocabulary: Vocabulary, loc: Localizer, display: Selection) -> tuple[Link, ...]:
    """(search, title, explanation) of each question, in the language and colour scheme of ``display``."""
    return tuple(
        (_opened(question, vocabulary, display), question.title, question.text)
        for question in loc.dataset.questions
        if question.kind == QUESTION
    )


def question_about(selection: Selection, vocabulary: Vocabulary, loc: Localizer) -> str | None:
    """The search of the question that a view is about: whose theme, indicators, countries ... it has, of several the one with its
    chart; else the first of its theme, whatever the chart. None where there is none, and where the view is a question's own."""
    named = frozenset(pairs(replace(selection, language="", colour_scheme=""), vocabulary))
    asked = _asked(loc)
    if any(named == names for _, _, names in asked):
        return None
    about = [each for each in asked if _but_chart(each[2]) <= named]
    about.sort(key=lambda each: each[1].chart != selection.chart)
    about = about or [each for each in asked if each[1].themes == selection.themes]
    return _opened(about[0][0], vocabulary, selection) if about else None


@lru_cache(maxsize=32)
def _asked(loc: Localizer) -> tuple[tuple[Question, Selection, frozenset[tuple[str, str]]], ...]:
    """Each question, what it opens on, and what its address names."""
    vocabulary = Vocabulary.of(loc.dataset)
    opened = (
        (each, parse(each.query, vocabulary).selection)
        for each in loc.dataset.questions
        if each.kind == QUESTION
    )
    return tuple((each, shown, frozenset(pairs(shown, vocabulary))) for each, shown in opened)


def _but_chart(named: frozenset[tuple[str, str]]) -> set[tuple[str, str]]:
    return {pair for pair in named if pair[0] not in (filters.CHART.name, filters.SORT.name)}


def findings(
    vocabulary: Vocabulary, loc: Localizer, display: Selection, told: Mapping[str, str]
) -> tuple[Link, ...]:
    """(search, title, explanation) of each finding that ``told`` has and whose figures are of countries, sectors and respondents
    that ``display`` has; ``told`` maps an id to the sentence, as ``ReleaseStore.findings``."""
    return tuple(
        (
            _opened(found, vocabulary, display),
            told[found.question_id],
            f"{found.text} ({counts})" if (counts := answers_of(loc, found)) else found.text,
        )
        for found in loc.dataset.questions
        if found.kind == FINDING
        and found.question_id in told
        and all(_is_chosen(each, loc.dataset, display) for each in figure_names(found))
    )


def _is_chosen(figure: FigureName, dataset: Dataset, selection: Selection) -> bool:
    """Whether the filters of a selection let a figure pass that is about another indicator."""
    survey = dataset.surveys.get(figure.survey_id)
    return (
        survey is not None
        and survey.country in selection.countries
        and survey.level in selection.levels
        and figure.sector in selection.sectors
    )


def _opened(question: Question, vocabulary: Vocabulary, display: Selection) -> str:
    """The search of the page that shows a question's view, in the language and colour scheme of ``display``."""
    shown = parse(question.query, vocabulary).selection
    return page_search(
        replace(shown, language=display.language, colour_scheme=display.colour_scheme), vocabulary
    )
