"""What holds for the verdict between any two figures, and its sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.comparability import (
    CARE,
    NO,
    YES,
    breaks_between,
    equivalent_bases,
    population_ground,
)
from dashboard.dataset import Observation
from dashboard.query import Measure
from dashboard.text import verdicts
from tests.support import views
from tests.support.figures import figure
from tests.support.verdicts import BROAD, OTHERS, judge, kinds, same_indicator
from tests.support.views import only_section


@pytest.mark.parametrize("by", ["country", "sector", "indicator"])
@pytest.mark.parametrize("chart", ["bars", "heat", "table"])
def test_norwegian_state_and_municipal_indicators_never_share_a_row(by: str, chart: str) -> None:
    section = only_section(
        f"concept=works_with_innovation~innovative_workplaces&country=NO&edition=all&by={by}&view={chart}&more=innovation"
    )
    assert {value.observation.indicator for value in section.values} == {
        "works_with_innovation",
        "innovative_workplaces",
    }
    lines = [
        (row.header, [value for cell in row.cells for value in cell.values]) for row in section.rows
    ]
    lines += [
        (panel.header, [value for row in section.rows for value in row.cells[at].values])
        for at, panel in enumerate(section.panels)
    ]
    of_indicator = [(header, values) for header, values in lines if isinstance(header, Measure)]
    assert of_indicator
    assert all(
        {value.observation.indicator for value in values} == {header.indicator}
        for header, values in of_indicator
    )


def test_a_break_of_the_norwegian_municipal_survey_never_touches_the_state() -> None:
    rows = [row for row in views.index().dataset.observations if row.country == "NO"]
    state = [row for row in rows if row.sector == "state"]
    assert state
    for row in state:
        for other in rows:
            found = breaks_between(views.index().dataset, row, other)
            assert not [each for each in found if each.from_survey.startswith("no-municipal")], (
                row,
                other,
            )


def test_a_break_parts_all_earlier_from_all_later_editions_in_either_direction() -> None:
    rows = [figure(f"dk-{year}", "all", "collab_any") for year in (2015, 2017, 2020, 2023)]
    for at, first in enumerate(rows):
        for other, second in enumerate(rows):
            found = {each.break_id for each in breaks_between(views.index().dataset, first, second)}
            assert found == ({"dk-collab-any-2020"} if (at < 2) != (other < 2) else set())


def test_bases_are_alike_in_both_directions() -> None:
    for base in views.index().dataset.codes["base"]:
        assert base in equivalent_bases(base)
        assert all(
            equivalent_bases(other) == equivalent_bases(base) for other in equivalent_bases(base)
        )
    assert "workplaces" not in equivalent_bases("innovations")
    assert "innovative_workplaces" not in equivalent_bases("workplaces")


def assert_sound(first: Observation, second: Observation) -> None:
    """What holds for the verdict on any two figures."""
    forth, back = judge(first, second), judge(second, first)
    assert (forth.kind, forth.beyond_visible_differences, set(forth.reasons)) == (
        back.kind,
        back.beyond_visible_differences,
        set(back.reasons),
    )
    assert forth.reasons
    assert len(set(forth.reasons)) == len(forth.reasons)
    weights = [(YES, CARE, NO).index(reason.verdict) for reason in forth.reasons]
    assert weights == sorted(weights, reverse=True)
    assert forth.kind == forth.reasons[0].verdict
    assert (forth.kind == YES) == (kinds(forth) <= {"same_survey", "no_change"})
    if first.base != second.base:
        assert forth.kind != YES
    if first.indicator != second.indicator or first.kind != second.kind:
        assert forth.kind == NO


def test_every_two_figures_of_an_indicator_are_judged_alike_in_both_directions() -> None:
    for first, second in same_indicator():
        assert_sound(first, second)


def test_comparable_figures_of_two_surveys_share_a_ground() -> None:
    """A search for partners that only looks on common ground misses none."""
    for first, second in same_indicator():
        if first.survey_id != second.survey_id and judge(first, second).kind != NO:
            assert population_ground(first) == population_ground(second)


def test_an_activity_and_another_theme_are_judged_alike_in_both_directions() -> None:
    first = figure("se-2021-workplace", "state", "innovative_workplaces", segment=BROAD)
    assert_sound(
        first, figure("se-2021-workplace", "state", "act_ideas_with_users", segment=OTHERS)
    )


@settings(max_examples=300)
@given(st.data())
def test_any_two_figures_are_judged_alike_in_both_directions(data: st.DataObject) -> None:
    some = st.sampled_from(views.index().dataset.observations)
    first, second = data.draw(some), data.draw(some)
    changed = st.builds(
        lambda row, n, qualifier, status, sector, response: replace(
            row, n=n, qualifier=qualifier, status=status, sector=sector, response=response
        ),
        st.sampled_from((first, second)),
        st.sampled_from((None, 1, 29, 30, 5000)),
        st.sampled_from(("exact", "about", "over", "under")),
        st.sampled_from(("printed", "ordered", "inferred")),
        st.sampled_from(tuple(views.index().dataset.codes["sector"])),
        st.sampled_from(("yes", "no", "high", "some", "copied")),
    )
    assert_sound(first, second)
    assert_sound(data.draw(changed), data.draw(changed))


def test_every_reason_has_a_sentence() -> None:
    loc = views.loc()
    sentences: dict[str, str] = {}
    other = (figure("dk-2015", "all", "role_citizens"), figure("dk-2015", "all", "collab_citizens"))
    for first, second in [*same_indicator(), other]:
        judged = judge(first, second)
        text = verdicts.reasons(loc, judged, first, second)
        for ground in judged.reasons:
            sentences[ground.kind] = verdicts.reason(loc, ground, first, second)
            assert sentences[ground.kind] in text
            assert sentences[ground.kind].endswith(".")
        assert not set("{}") & set(text)
        assert "  " not in text
        assert verdicts.verdict_title(loc, judged.kind)
    assert set(sentences) == {
        "same_survey", "no_change", "definition", "definition_unknown", "indicator", "scale", "answer", "base", "base_near", "unit",
        "together", "respondent", "compilation", "country", "sector", "part", "segment", "by_construction", "break", "period",
        "period_unknown", "wording", "inferred", "small_n",
    }  # fmt: skip


def test_every_obstacle_has_a_name() -> None:
    loc = views.loc()
    assert verdicts.obstacles(loc, ()) == ""
    both = verdicts.obstacles(loc, ("base", "respondent"))
    assert both == "shares of different things; workplaces / management"
    grounds = {
        kind for first, second in same_indicator() for kind in kinds(judge(first, second), NO)
    } - {"part"}
    assert "base" in grounds
    for kind in grounds:
        assert verdicts.obstacles(loc, (kind,)), kind
