"""Differences in words: whose figures, which answer, when, and what can be said of the gap."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from dashboard.comparability import CARE, verdict
from dashboard.dataset import Observation
from dashboard.query import (
    CLEAR,
    COUNTRIES,
    EDITIONS,
    PARTS,
    SECTORS,
    UNCLEAR,
    Difference,
    families,
)
from dashboard.text import differences
from tests.support import views
from tests.support.views import only_section

GAP = re.compile(r"\((−?[\d.]+) points?, 95% interval (−?[\d.]+) to (−?[\d.]+)\)")


@cache
def known() -> tuple[Difference, ...]:
    """Every tested or published difference of the data."""
    return views.every_difference(views.index().differences)


def found(
    indicator: str, first: tuple[str, str], second: tuple[str, str], segment: str = ""
) -> Difference:
    """The difference of two figures, each named by its survey and sector, in the order in which it is told."""
    (one,) = (
        each
        for each in known()
        if each.first.indicator == indicator
        and (each.first.survey_id, each.first.sector) == first
        and (each.second.survey_id, each.second.sector) == second
        and each.first.segment == segment
    )
    return one


def sentence(each: Difference) -> str:
    return differences.difference(views.loc(), each)


def judged(each: Difference, **test: object) -> str:
    """What is said of a gap whose test came out otherwise."""
    return differences.judgement(views.loc(), replace(each, test=replace(each.test, **test)))


def printed(row: Observation) -> str:
    return f"{float(views.published()[row.position]['value']):g}%"


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def period(row: Observation) -> str:
    return views.loc().period(views.index().dataset.surveys[row.survey_id])


FIRST, OTHER = ("se-2021-workplace", "regional"), ("se-2021-workplace", "municipal")


def test_every_difference_names_country_respondents_answer_and_period() -> None:
    loc = views.loc()
    assert {each.family for each in known()} == {SECTORS, PARTS, EDITIONS}
    for each in known():
        text = differences.pair(loc, each)
        assert not set("{}") & set(text)
        assert "  " not in sentence(each)
        assert f"“{loc.label('response', each.first.response)}”" in text
        assert each.first.response in ("yes", "high")
        for row in (each.first, each.second):
            assert printed(row) in text
            assert loc.label("country", row.country) in text
            assert loc.unit_of(row) in text
            assert period(row) in text
            assert not row.dimension or loc.segment(row) in text


def test_editions_stand_in_the_order_of_time_with_the_change_between_them() -> None:
    each = found("innovative_workplaces", ("dk-2015", "all"), ("dk-2017", "all"))
    assert sentence(each).startswith(
        "Denmark, workplaces, “Yes”: from 86% (2013–2014) to 80% (2015–2016): "
    )
    assert "(−6 points, 95% interval −8 to −3)" in sentence(each)
    surveys = views.surveys()
    for each in known():
        if each.family == EDITIONS:
            assert int(surveys[each.first.survey_id]["period_end"]) < int(
                surveys[each.second.survey_id]["period_end"]
            )
            assert each.points == pytest.approx(each.second.value - each.first.value)
        else:
            assert each.points >= 0


def test_editions_tell_how_many_of_those_asked_answered() -> None:
    each = found("innovative_workplaces", ("dk-2015", "all"), ("dk-2017", "all"))
    assert sentence(each).endswith(
        "(−6 points, 95% interval −8 to −3). Of those asked 35% answered, then 50%."
    )
    dataset = views.index().dataset
    unknown = dict(dataset.surveys) | {
        "dk-2015": replace(dataset.surveys["dk-2015"], response_rate=None)
    }
    assert "Of those asked" not in differences.difference(
        type(views.loc())(replace(dataset, surveys=unknown)), each
    )
    assert all(
        "Of those asked" not in sentence(each) for each in known() if each.family != EDITIONS
    )


def test_sectors_and_groups_of_one_survey_share_country_and_period() -> None:
    assert differences.pair(views.loc(), found("collab_any", FIRST, OTHER)) == (
        "Sweden 2019–2020, “Yes”: regional workplaces (51%) and municipal workplaces (42%)"
    )
    joint = ("se-2021-workplace", "municipal_regional")
    assert differences.pair(
        views.loc(), found("effect_quality", joint, joint, "broad-innovators")
    ) == (
        "Sweden 2019–2020, municipal and regional workplaces, “To a high or fairly high degree”: broad innovators (80%) and others (60%)"
    )


def test_countries_have_a_period_each() -> None:
    """None is tested as long as no two countries publish how many answered; the words are there."""
    rows = {
        row.survey_id: row
        for row in views.index().dataset.observations
        if row.indicator == "innovative_workplaces"
    }
    first, second = (replace(rows[survey], sector="all") for survey in ("dk-2020", "is-2021"))
    dataset = views.index().dataset
    each = Difference(
        first,
        second,
        COUNTRIES,
        verdict(dataset, first, second, views.index().thresholds),
        None,
        families.Test(2, 14, 0.01, 1, CLEAR),
    )
    assert differences.pair(views.loc(), each) == (
        f"“Yes”: Denmark, workplaces, 2018–2019 ({first.value:g}%) and Iceland, workplaces, two years to 2021 ({second.value:g}%)"
    )
    assert "Two national surveys with wordings, samples and weights of their own." in sentence(each)


def test_a_verdict_with_care_is_told_with_its_reasons() -> None:
    for each in known():
        assert ("With care: " in sentence(each)) == (each.verdict.kind == CARE)
    unlike = sentence(found("collab_any", ("se-2021-workplace", "state"), OTHER))
    assert "With care: A whole agency or other organisation is larger than one workplace" in unlike
    across = sentence(found("collab_companies", ("dk-2015", "all"), ("dk-2023", "all")))
    assert "With care: The question on collaboration changed between 2015–16 and 2018–19" in across


def test_words_and_interval_never_contradict_each_other() -> None:
    said = set()
    for each in known():
        text = differences.judgement(views.loc(), each)
        assert text.endswith(".")
        if each.published:
            assert each.test is None
            continue
        (points, low, high) = map(number, GAP.search(text).groups())
        assert low <= points <= high
        assert points == round(each.points)
        said.add(text.partition(" (")[0])
        if text.startswith("within the margin of error"):
            assert low <= 0 <= high
        elif text.startswith(("a larger gap", "not clear")):
            assert low > 0 or high < 0
    assert said == {
        "a larger gap than chance alone would give",
        "within the margin of error",
        "borderline",
    }


def test_points_have_their_singular_and_plural() -> None:
    each = found("collab_any", FIRST, OTHER)
    for other, text in (
        (each.first.value - 1, "1 point"),
        (each.first.value, "0 points"),
        (each.first.value - 2, "2 points"),
    ):
        near = replace(
            each,
            second=replace(each.second, value=other, count=None),
            first=replace(each.first, count=None),
        )
        assert differences.points(views.loc(), near, near.test).startswith(f"{text}, ")
    fallen = found("innovative_workplaces", ("dk-2015", "all"), ("dk-2017", "all"))
    by_one = replace(fallen, second=replace(fallen.second, value=fallen.first.value - 1))
    assert differences.points(views.loc(), by_one, by_one.test).startswith("−1 point, ")
    for each in known():
        if each.test:
            assert ("points, " in sentence(each)) == (abs(round(each.points)) != 1)


def test_nothing_can_be_said_of_a_pair_neither_tested_nor_published() -> None:
    bare = replace(found("collab_any", FIRST, OTHER), test=None, published=None)
    with pytest.raises(ValueError, match="tested or published"):
        differences.judgement(views.loc(), bare)


def test_a_bound_close_to_0_keeps_a_decimal() -> None:
    each = found("collab_any", FIRST, OTHER)
    assert "95% interval 0.4 to 19.4" in judged(each, low=0.4, high=19.4)
    assert "95% interval 2 to 19" in judged(each, low=1.6, high=19.4)


def test_a_pair_that_is_clear_only_by_itself_says_so() -> None:
    each = found("collab_any", FIRST, OTHER)
    assert judged(each, outcome=UNCLEAR, low=4.2, high=28, pairs=4) == (
        "not clear (9 points, 95% interval 4 to 28): its own interval leaves out 0, but of 4 pairs tested together this one is not clear."
    )
    assert judged(each, outcome=UNCLEAR, low=4.2, high=28, pairs=1).endswith(
        "but the test of 1 pair is not clear."
    )
    assert (
        judged(each, outcome=UNCLEAR, low=-1.2, high=28, pairs=4)
        == "within the margin of error (9 points, 95% interval −1 to 28)."
    )


@pytest.mark.parametrize(
    ("because", "said"),
    [
        ("rounding", "it depends on how the published percentages were rounded."),
        (
            "design",
            "clear only if every answer counts in full, which weights and design may not allow.",
        ),
        ("interval", "test and interval do not agree."),
    ],
)
def test_a_borderline_gap_says_what_it_hangs_on(because: str, said: str) -> None:
    each = found("collab_any", FIRST, OTHER)
    assert (
        judged(each, outcome="borderline", because=because)
        == f"borderline (9 points, 95% interval 2 to 15): {said}"
    )


def test_borderline_gaps_of_the_data_hang_on_rounding() -> None:
    each = found("type_process", ("se-2021-workplace", "state"), FIRST)
    assert sentence(each).startswith(
        "Sweden 2019–2020, “Yes”: agencies (52%) and regional workplaces (42%): borderline (10 points, 95% interval 0.4 to 19.4): "
        "it depends on how the published percentages were rounded. With care: "
    )
    assert not each.clear


def test_what_a_publication_says_stands_in_place_of_a_test() -> None:
    state, municipal = ("dk-2015", "state"), ("dk-2015", "municipal")
    different = sentence(found("collab_companies", state, municipal))
    assert different.startswith(
        "Denmark 2013–2014, “Yes”: state workplaces (34%) and municipal workplaces (20%): different, as published. "
    )
    assert different.endswith("more often than municipal ones.")
    assert ": no significant difference, as published. " in sentence(
        found("collab_companies", state, ("dk-2015", "regional"))
    )
    same = sentence(found("promoted_employees", municipal, state))
    assert ": the same level, as published; no test is reported. " in same
    assert same.endswith("it reports no test.")
    assert "significant" not in same


def test_a_gap_within_the_margin_is_not_called_clear() -> None:
    section = only_section("theme=drivers&country=SE&level=central")
    said = {
        each.clear: differences.judgement(views.loc(), each)
        for each in section.differences
        if not each.published
    }
    assert said[True].startswith("a larger gap than chance alone would give (")
    assert said[False].startswith("within the margin of error (")


def test_one_pair_has_one_verdict_in_every_chart_and_arrangement() -> None:
    """Neither yes and no nor the chart makes a family larger."""
    said: dict[tuple[int, int], set[str]] = {}
    for chart in ("bars", "dots", "heat", "scale", "table"):
        for arrangement in ("", "&by=indicator", "&by=sector", "&sector=state~municipal"):
            for each in only_section(
                f"theme=innovation&country=SE&view={chart}{arrangement}"
            ).differences:
                said.setdefault((each.first.position, each.second.position), set()).add(
                    sentence(each)
                )
    assert len(said) >= 9
    assert {len(texts) for texts in said.values()} == {1}


def test_the_caveat_says_what_is_tested_together() -> None:
    text = differences.caveat(views.loc())
    for part in (
        "approximate",
        "One answer of each question is tested",
        "Holm",
        "the sectors of one survey",
        "whatever is shown",
    ):
        assert part in text
