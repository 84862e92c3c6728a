"""The sentence to quote: every figure, in every language."""

from __future__ import annotations

import re

import pytest

from dashboard.dataset.figure_name import FigureName
from dashboard.query import known_count
from dashboard.selection import LANGUAGES
from dashboard.text.quotation import quotation
from tests.support import views
from tests.support.figures import figure


def sentence(*key: str) -> str:
    row = figure(*key)
    return quotation(views.loc(), views.index().evidence[row.position], row)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            ("dk-2023", "all", "collab_companies"),
            "Denmark, workplaces: “Private companies as partners” was reported for 16% of innovations (2021–2023; n 1,352; "
            "approximate 95% interval 14% to 18%). Source: CO-PI, “Offentlig-privat samarbejde om innovation”.",
        ),
        (
            ("se-2021-workplace", "state", "collab_any"),
            "Sweden, agencies: “Partner outside the workplace” was reported for 65% of organisations "
            "(2019–2020; n 164; approximate 95% interval 57% to 72%). Source: Vinnova, SCB, Ramboll 2022.",
        ),
        (
            ("se-2021-central", "regional", "driver_users", "high"),
            "Sweden, managements of regions: “Driven by users’ needs, to a high or fairly high "
            "degree” was reported for 73% of organisations working systematically with innovation (2019–2020; 8 of 11 answers; "
            "possible range 47% to 82%). Source: Vinnova, SCB, Ramboll 2022.",
        ),
        (
            ("dk-2015-central", "municipal", "strategy_written"),
            "Denmark, managements of municipalities: “Has a written innovation strategy” was reported for about 50% of organisations "
            "(2014; n not published). Source: COI 2015.",
        ),
        (
            ("nordic-2019-dk", "all", "innovative_workplaces"),
            "Denmark: 80% of workplaces introduced at least one innovation (the two years before each country’s survey; "
            "n not published). Source: Direktoratet for forvaltning og IKT (Difi) 2019 (the Nordic comparison of 2019).",
        ),
        (
            ("se-2021-workplace", "municipal", "innovative_workplaces"),
            "Sweden, municipal workplaces: 54% of workplaces introduced at least one innovation (2019–2020; n 1,222; "
            "approximate 95% interval 51% to 57%). Source: Vinnova, SCB, Ramboll 2022.",
        ),
        (
            ("se-2021-workplace", "municipal", "innovative_workplaces", "no"),
            "Sweden, municipal workplaces: “Introduced at least one innovation, no” was reported for 46% of workplaces (2019–2020; "
            "n 1,222; approximate 95% interval 43% to 49%). Source: Vinnova, SCB, Ramboll 2022.",
        ),
    ],
)
def test_a_figure_in_a_sentence(key: tuple[str, ...], expected: str) -> None:
    assert sentence(*key) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_value_base_place_period_and_answers_in_every_language(
    language: str,
) -> None:
    index, loc = views.index(), views.store().newest.localizer(language)
    for row in index.dataset.observations:
        said = quotation(loc, index.evidence[row.position], row)
        survey = loc.dataset.surveys[row.survey_id]
        for part in (
            loc.figure(row.value, row.qualifier),
            loc.label("base", row.base),
            loc.dataset.indicators[row.indicator].label[1:],
            loc.label("country", row.country),
            loc.period(survey),
            loc.number(row.n)
            if row.n is not None
            else loc.answers(None, index.evidence[row.position].most_answers),
        ):
            assert part in said
        # Of all workplaces or organisations the share itself says who they are.
        of_all = row.sector == "all" and row.base.endswith(("workplaces", "organisations"))
        if not of_all or row.level == "central":
            assert loc.unit_of(row) in said
        if row.dimension:
            assert loc.segment(row) in said
        if row.response != "yes":
            assert re.search(rf", {re.escape(loc.lower('response', row.response))}[”»]", said)
        assert said.endswith(".")
        assert not re.search(r"[.,;:–] ?[.,;:]|\( |\s\)|  |[{}]", said.replace("m.fl.", "")), said
        assert said.count("(") == said.count(")")


def test_a_count_is_said_only_where_no_other_fits() -> None:
    """65 % of 164 answers are 106 or 107."""
    index = views.index()
    agencies = figure("se-2021-workplace", "state", "collab_any")
    assert known_count(agencies, index.evidence[agencies.position]) is None
    for row in index.dataset.observations:
        count = known_count(row, index.evidence[row.position])
        if count is not None and row.count is None:
            fitting = [k for k in range(row.n + 1) if abs(100 * k / row.n - row.value) <= 0.5]
            assert fitting == [count]
        if row.count is not None:
            assert count == row.count


def test_every_figure_has_a_name_of_its_own_that_finds_it() -> None:
    rows = tuple(views.index().dataset.observations)
    names = [str(FigureName.of(row)) for row in rows]
    assert len(set(names)) == len(rows)
    for row, name in zip(rows, names, strict=True):
        assert FigureName.read(name).names(row)


def test_a_sentence_names_the_indicator_without_its_theme() -> None:
    said = sentence("dk-2023", "all", "promoted_employees")
    assert "“Promoted by employee participation” was reported for " in said
