"""Dots by country: every figure on a line, what may be compared on one, what may not on others; names, pictures and slides of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, groupby, permutations

import pytest
from hypothesis import given, settings

from dashboard import charts
from dashboard.comparability import NO, verdict
from dashboard.formats.records import entries
from dashboard.query import Comparison, Row, Section
from dashboard.query.types import about
from dashboard.selection import LANGUAGES, chart_of, rules
from dashboard.text import comparisons, missing
from tests.support import rich, views
from tests.support.drawings import QUERIES, drawings, variant
from tests.support.sheets import picture
from tests.support.slides import lines, made

THEMES = ("drivers", "innovation", "collaboration", "effects")
by_country = rich.selections_of(lambda each: replace(each, chart="dots", by="country", split=""))


def sections(query: str) -> tuple[Section, ...]:
    return variant(query, chart="dots", by="country").sections


def positions(row: Row) -> set[int]:
    return {value.observation.position for value in row.values}


def may_compare(row: Row) -> bool:
    """Whether every two figures of a line are of different countries, and may be compared."""
    index = views.index()
    return all(
        one.country != other.country
        and verdict(index.dataset, one, other, index.thresholds).kind != NO
        for one, other in combinations((value.observation for value in row.values), 2)
    )


@settings(max_examples=40)
@given(by_country)
def test_what_stands_on_a_line_may_be_compared_and_every_figure_stands_on_one(selection):
    shown = views.of(selection)
    assert chart_of(shown.selection).on_lines
    bars = views.of(replace(selection, chart="bars", baseline=""))
    assert shown.figures == bars.figures
    for section, other in zip(shown.sections, bars.sections, strict=True):
        assert all(map(may_compare, section.rows))
        assert {v.observation.position for v in section.values} == {
            v.observation.position for v in other.values
        }
        assert section.indicators_shown == other.indicators_shown
        assert section.indicators_total == other.indicators_total


@pytest.mark.parametrize("query", QUERIES)
def test_a_line_of_its_own_is_that_of_a_figure_that_may_share_none(query):
    index = views.index()
    for section in sections(query):
        lone = [row for row in section.rows if len(row.values) == 1]
        for row, other in combinations(section.rows, 2):
            if row.header == other.header and (row in lone or other in lone):
                both = replace(row, cells=(*row.cells, *other.cells))
                pairs = [
                    verdict(index.dataset, one.observation, two.observation, index.thresholds)
                    for one in row.values
                    for two in other.values
                    if one.respondents.country != two.respondents.country
                ]
                assert len({v.respondents.country for v in both.values}) == 1 or any(
                    each.kind == NO for each in pairs
                )


@pytest.mark.parametrize("theme", THEMES)
def test_lines_of_an_indicator_follow_each_other_in_a_panel_of_one_base(theme):
    for section in sections(f"theme={theme}"):
        at = [next(n for n, cell in enumerate(row.cells) if cell.values) for row in section.rows]
        assert at == sorted(at)
        runs = [
            run for run, _ in groupby(zip(at, (about(r.header) for r in section.rows), strict=True))
        ]
        assert len(runs) == len(set(runs))


@pytest.mark.parametrize("wide", [358, 1232])
@pytest.mark.parametrize("theme", views.vocabulary().themes)
def test_a_heading_is_true_of_all_below_it(theme, wide):
    loc = views.loc()
    for section, drawing in drawings(variant(f"theme={theme}", chart="dots"), wide):
        written = " ".join(text.content for text in drawing.texts)
        for at, panel in enumerate(section.panels):
            rows = [row for row in section.rows if row.cells[at].values]
            bases = comparisons.bases([value for row in rows for value in row.values])
            for row in rows:
                assert comparisons.bases(row.values) == (panel.header.base,) or len(row.values) > 1
            orders = permutations(loc.label("base", base) for base in bases)
            assert any(f"% of {' / of '.join(each)}" in written for each in orders)
            assert len(bases) == 1 or any(len(comparisons.bases(row.values)) > 1 for row in rows)


def test_under_a_heading_of_two_bases_each_line_says_its_own():
    loc, (section,) = views.loc(), sections("theme=effects")
    (panel,) = (at for at, each in enumerate(section.panels) if each.header.base == "innovations")
    (_, drawing), *_ = drawings(variant("theme=effects", chart="dots"), 1232)
    written = [text.content.replace("\u00a0", " ") for text in drawing.texts]
    plain = [
        row
        for row in section.rows
        if row.cells[panel].values and len(comparisons.bases(row.values)) == 1
    ]
    assert plain
    share = loc.share("innovations")
    assert sum(each.endswith(share) and "/" not in each for each in written) == len(plain)


def test_lines_of_several_countries_come_first_and_large_ones_before_small_ones():
    for section in sections("theme=innovation"):
        for _, rows in groupby(section.rows, key=lambda row: about(row.header)):
            sizes = [
                (len(row.values) == 1, -max(v.observation.value for v in row.values))
                for row in rows
            ]
            assert sizes == sorted(sizes) or len({len(r.cells) for r in section.rows}) > 1


def test_with_a_baseline_every_figure_stays():
    plain, compared = (
        {v.observation.position for v in sections(f"theme=collaboration{more}")[0].values}
        for more in ("", "&baseline=DK")
    )
    assert plain == compared
    shown = variant("theme=collaboration&baseline=DK", chart="dots")
    assert rules.has_baseline(shown.selection)


@pytest.mark.parametrize("arrangement", ["by=sector", "by=indicator", "split=size"])
def test_other_arrangements_are_grids(arrangement):
    shown = views.show(f"theme=drivers&view=dots&{arrangement}")
    assert not chart_of(shown.selection).on_lines
    assert not any(isinstance(row.header, Comparison) for s in shown.sections for row in s.rows)


def test_no_compilation_is_added():
    for section in sections("theme=innovation"):
        assert all(value.survey.kind != "compilation" for value in section.values)
    assert any(
        value.survey.kind == "compilation"
        for section in views.show("theme=innovation&view=compare").sections
        for value in section.values
    )


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_missing_is_counted_once_as_of_bars_and_listed_in_the_table(theme):
    (lines,), (bars,) = (variant(f"theme={theme}", chart=c).sections for c in ("dots", "bars"))
    said = missing.counted(views.loc(), lines)
    assert said == missing.counted(views.loc(), bars)
    blanks = [each for each in entries(lines) if each.blank]
    assert bool(blanks) == bool(said)
    assert all(each.respondents for each in blanks)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wide", [358, 740, 1232])
def test_each_dot_is_named_and_each_indicator_once_a_panel(wide, language):
    loc = views.store().newest.localizer(language)
    for theme in THEMES:
        for section, drawing in drawings(variant(f"theme={theme}", chart="dots"), wide, language):
            assert len(drawing.marks) == sum(len(row.values) for row in section.rows)
            written = [text.content.replace("\u00a0", " ") for text in drawing.texts]
            for value in section.values:
                country = loc.label("country", value.respondents.country)
                figure = loc.value(value).replace("\u00a0", " ")
                assert any(country in each and figure in each for each in written)
            assert drawing.height < 2000 or wide < 1000


def test_lone_lines_are_low():
    for _, drawing in drawings(variant("theme=drivers", chart="dots"), 1232):
        heights = [row.bottom - row.top for band in drawing.bands for row in band.rows]
        assert min(heights) <= 30
        assert sum(heights) / len(heights) < 40


def test_a_chart_of_one_country_says_nothing_of_comparing_countries():
    (alone,), (several,) = sections("theme=drivers&country=SE"), sections("theme=drivers")
    assert comparisons.on_one_line(views.loc(), several) in comparisons.care(views.loc(), several)
    assert comparisons.on_one_line(views.loc(), several)
    assert comparisons.care(views.loc(), alone) == ""


@pytest.mark.parametrize("size", charts.SHEETS)
def test_lines_of_several_countries_stay_longest_in_a_picture(size):
    for theme in ("drivers", "collaboration", "effects"):
        _, whole, made = picture(f"theme={theme}&view=dots", size)
        several = [row for row in whole.rows if len(row.values) > 1]
        drawn = [row for row in made.section.rows if len(row.values) > 1]
        assert drawn
        if len(drawn) < len(several):
            assert len(drawn) >= min(3, len(several)) or size == "og"


def test_slides_of_dots_explain_the_signs_of_small_bases():
    slides = made(views.show("theme=drivers&country=SE&view=dots")).slides
    told = [" ".join(lines(slide.shapes)) for slide in slides]
    explained = [text for text in told if "fewer than 30 answers" in text]
    assert explained
    assert all("answered by management" in text for text in explained)
