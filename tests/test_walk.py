"""All views of one theme and one or two countries: no verdict, word or summary contradicts another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import combinations, pairwise

import pytest

from dashboard.comparability import CARE, NO, YES, SmallBaseThresholds, verdict
from dashboard.query import BORDERLINE, CLEAR, Section, View
from dashboard.text import differences, verdicts
from dashboard.text.card import card
from dashboard.text.summary import leads, summary
from tests.support import views
from tests.support.views import show

CHARTS = ("bars", "scale", "change", "table")
WIDEST = re.compile(r"; the widest: (.*?)\.(?: |$)")


def countries() -> list[str]:
    known = views.vocabulary().countries
    return [*known, *(f"{one}~{other}" for one, other in combinations(known, 2))]


@cache
def walked(theme: str) -> tuple[tuple[str, View, Section], ...]:
    """(address, view, section) of every view with a figure."""
    return tuple(_walk(theme))


def _walk(theme: str) -> Iterator[tuple[str, View, Section]]:
    for country in countries():
        for chart in CHARTS:
            for more in ("", "&split=group", "&only=comparable"):
                query = f"theme={theme}&country={country}&view={chart}&more={theme}{more}"
                shown = show(query)
                for section in shown.sections:
                    yield query, shown, section


THEMES = (
    "drivers",
    "collaboration",
    "effects",
    "innovation",
    "conditions",
    "activities",
    "diffusion",
    "strategy",
    "barriers",
)


def test_the_walk_is_long():
    assert set(THEMES) == set(views.vocabulary().themes)
    assert sum(len(walked(theme)) for theme in THEMES) > 800


@pytest.mark.parametrize("theme", THEMES)
def test_a_difference_says_the_same_wherever_it_stands(theme):
    said: dict[tuple[int, int], str] = {}
    for query, _, section in walked(theme):
        for each in section.differences:
            line = differences.difference(views.loc(), each)
            pair = (each.first.position, each.second.position)
            assert said.setdefault(pair, line) == line, query


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_told_apart_is_never_called_different(theme):
    """A pair that is tested is comparable, and a row that holds only such pairs names no obstacle."""
    for query, shown, section in walked(theme):
        for each in section.differences:
            assert each.verdict.kind in (YES, CARE), query
            assert each.verdict == verdict(
                views.index().dataset, each.first, each.second, SmallBaseThresholds()
            )
        for row in section.rows:
            kinds = {
                verdict(
                    views.index().dataset,
                    *(value.observation for value in pair),
                    SmallBaseThresholds(),
                ).kind
                for pair in combinations(row.values, 2)
                if pair[0].measure == pair[1].measure
            }
            if shown.selection.chart not in ("change", "scale") and NO not in kinds:
                assert not row.obstacles, query
            if shown.selection.comparable and shown.selection.chart not in ("scale", "change"):
                assert NO not in kinds, query


@pytest.mark.parametrize("theme", THEMES)
def test_the_summary_counts_what_the_list_says(theme):
    loc = views.loc()
    for query, shown, section in walked(theme):
        text = " ".join(summary(loc, shown, section))
        own = [each for each in section.differences if each.test and not each.across_break]
        lines = [differences.difference(loc, each) for each in own]
        clear = sum("a larger gap than chance alone would give" in line for line in lines)
        borderline = sum("borderline (" in line for line in lines)
        assert clear == sum(each.test.outcome == CLEAR for each in own)
        if own:
            assert (
                f"Tested differences: {len(own)}; larger than chance alone would give: {clear}"
                in text
            ), query
            assert (f"; borderline: {borderline}" in text) == bool(borderline), query
        assert borderline == sum(each.test.outcome == BORDERLINE for each in own)
        assert "  " not in text
        assert ": ." not in text
        (led,) = WIDEST.findall(text) or [""]
        if led:
            (each,) = {
                each
                for each in own
                if differences.pair(loc, each) in text.partition("; the widest: ")[2]
            }
            assert each.clear, query
            assert not each.of_unlike_units, query
            assert all(row.n is None or row.n >= 30 for row in (each.first, each.second)), query


@pytest.mark.parametrize("theme", THEMES)
def test_a_sentence_holds_only_what_may_be_compared(theme):
    for query, shown, section in walked(theme):
        for values in leads(views.loc(), shown, section):
            rows = [value.observation for value in values]
            assert len({(row.indicator, row.country, row.response) for row in rows}) == 1, query
            for one, other in combinations(rows, 2):
                # Editions are told one after the other: each with the next.
                if one.survey_id == other.survey_id:
                    assert (
                        verdict(views.index().dataset, one, other, SmallBaseThresholds()).kind != NO
                    ), query
            for one, other in pairwise(rows):
                assert (
                    verdict(views.index().dataset, one, other, SmallBaseThresholds()).kind != NO
                ), query


@pytest.mark.parametrize("theme", THEMES)
def test_the_card_agrees_with_the_list(theme):
    """Wherever two figures meet, the card of either gives the verdict and the words of the list."""
    loc, today = views.loc(), date(2026, 11, 26)
    for query, shown, section in walked(theme):
        if shown.selection.chart != "bars" or shown.selection.comparable:
            continue
        for value in section.values[:3]:
            row = value.observation
            made = card(loc, shown, value.evidence, row, today, "")
            for each in section.differences:
                if (
                    row.position in (each.first.position, each.second.position)
                    and not row.dimension
                ):
                    said = differences.judgement(loc, each)
                    assert any(
                        said.lower() in other.sentence.lower() for other in made.comparisons
                    ), query
            assert verdicts.verdict_title(loc, NO) not in {
                other.sentence for other in made.comparisons
            }
