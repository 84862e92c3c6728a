"""What stands above and under the chart of a theme: what its percentages are of, what to take care of, and the way to everything else."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest
from dash import html

from dashboard import charts, handlers
from dashboard.comparability import unit as unit_of
from dashboard.layout import notes
from dashboard.layout.components import unbroken
from dashboard.layout.to_html import HTML, to_html
from dashboard.text import comparisons, missing, published_twice, texts
from dashboard.text.findings import title_of
from dashboard.text.lead import lead, unit
from dashboard.text.statements import of_section
from dashboard.text.summary import summary
from tests.support import views
from tests.support.components import components, said
from tests.support.drawings import drawings
from tests.support.page_changes import contents, links, sections, update
from tests.support.views import READY_VIEWS, show

HOME = "concept=innovative_workplaces&view=compare"
THREE = "theme=drivers~collaboration~effects"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (
            HOME,
            "Sweden: 81% stands in the Nordic comparison of 2019, about 81% in the country’s own survey (2016–18).",
        ),
        ("concept=innovative_workplaces&country=DK~NO&view=compare", ""),
        ("theme=effects&view=compare", ""),
    ],
)
def test_a_percentage_that_two_publications_have_says_which_is_whose(query: str, told: str) -> None:
    (section,) = show(query).sections
    assert published_twice.told(views.loc(), section) == told
    folded = " ".join(notes.in_full(show(query), section, views.loc()))
    assert folded.count("own survey (") == bool(told)
    assert told in folded


# --- What stands above a chart ---


@pytest.mark.parametrize("language", ["en", "da", "nb", "sv", "fi"])
def test_names_lead_the_page_of_several_themes_and_each_is_headed_by_what_it_finds(
    language: str,
) -> None:
    query = f"{THREE}&lang={language}"
    shown, loc = show(query), views.store().localizer(show(query).selection, language)
    made = contents(query)
    [title] = [each for each in components(made) if type(each).__name__ == "H1"]
    # What unfolds below a title has headings of the next rank, without an id.
    ranked = [each for each in components(made) if type(each).__name__ == "H2"]
    others = [said(each) for each in ranked if getattr(each, "id", "").startswith("heading-")]
    assert said(title) == texts.unbroken(lead(loc, shown, shown.sections[0])[0])
    alone = [replace(shown.selection, themes=(section.theme,)) for section in shown.sections]
    titles = [title_of(loc, views.context(query).at(each).view) for each in alone]
    names = [loc.label("theme", section.theme) for section in shown.sections]
    assert others == [texts.unbroken(f"{n} {t}") for n, t in zip(names, titles, strict=True)]
    assert all("%" in told for told in others)


@pytest.mark.parametrize("query", [f"{THREE}&view=change", f"{THREE}&view=change&country=FI~NL"])
def test_a_theme_that_finds_nothing_is_headed_by_its_name(query: str) -> None:
    shown, loc = show(query), views.loc()
    silent = [each for each in shown.sections if not of_section(loc, shown, each).text]
    assert silent
    headings = {str(getattr(each, "id", "")): each for each in components(contents(query))}
    for section in silent:
        assert said(headings[f"heading-{section.theme}"]) == loc.label("theme", section.theme)


def test_several_themes_say_which_figures_may_be_compared_where_each_names_two() -> None:
    loc, shown = views.loc(), show(f"{THREE}&view=bars")
    told = "The two of the title can be compared, with care."
    assert [notes.care(shown, each, loc).count(told) for each in shown.sections] == [1, 1, 1]
    one = show(f"{THREE}&view=bars&country=DK")
    assert not any(told in notes.care(one, each, loc) for each in one.sections)


def test_all_but_the_first_of_several_themes_fold_and_in_a_frame_none() -> None:
    def folding(made: list) -> list[str]:
        return [each.id for each in made if getattr(each.children[0], "className", "") == "later"]

    themes = [part for part in contents(THREE) if getattr(part, "className", "") == "theme"]
    assert folding(themes) == ["collaboration", "effects"]
    framed = handlers.update(replace(views.context(THREE), framed=True), {}, 960)["content"]
    themes = [part for part in framed if getattr(part, "className", "") == "theme"]
    assert len(themes) == 3
    assert folding(themes) == []


@pytest.mark.parametrize("query", [HOME, THREE, *READY_VIEWS.values(), "country=none"])
def test_the_unit_names_base_respondents_and_years(query: str) -> None:
    loc = views.loc()
    for section in show(query).sections:
        line = unit(loc, show(query), section)
        bases = {value.observation.base for value in section.values}
        assert ("% of " in line) == (len(bases) <= 2)
        assert line[:1] == line[:1].upper()
        assert len(bases) > 2 or all(loc.label("base", base) in line for base in bases)
        # A municipality that answers for itself is no workplace: beside workplaces of another country neither is said to answer.
        mixed = any(
            one.measure == other.measure
            and one.observation.country != other.observation.country
            and {unit_of(one.observation), unit_of(other.observation)}
            == {"workplace", "organisation"}
            for one, other in combinations(section.values, 2)
            if one.respondents.level == other.respondents.level == "workplace"
        )
        assert ("answered by" in line.lower()) != mixed
        assert len(line) <= 130


def test_no_line_above_a_chart_ends_within_a_period() -> None:
    [told] = [
        said(each)
        for each in components(contents("theme=collaboration&view=change"))
        if getattr(each, "className", "") == "unit"
    ]
    assert told.endswith("2013–\u20602023")


def test_no_line_of_a_finding_below_the_home_ends_within_a_period() -> None:
    companies = to_html(html.Strong(unbroken("16% (2021–23) of Danish innovations")), HTML)
    assert companies == (
        '<strong>16% (<span class="unbroken">2021–23</span>) of Danish innovations</strong>'
    )


def test_the_unit_names_the_compilation_that_the_title_speaks_of() -> None:
    """When that was stands in its row; said twice, it would push the chart of a Danish phone below its place."""
    loc, section = views.loc(), show(HOME).sections[0]
    assert unit(loc, show(HOME), section) == (
        "The Nordic comparison of 2019: % of workplaces and organisations"
    )
    ((_, drawing),) = drawings(show(HOME), 358)
    written = " ".join(text.content for text in drawing.texts)
    assert written.count("the two years before each country’s survey") == 1


@pytest.mark.parametrize(
    ("query", "care"), [(HOME, True), ("theme=collaboration&view=change", False)]
)
def test_a_strip_stands_out_only_where_it_says_what_to_take_care_of(query: str, care: bool) -> None:
    classes = [str(getattr(each, "className", "")).split() for each in components(contents(query))]
    assert ("plain" in next(names for names in classes if "strip" in names)) != care


# --- What stands under it ---


def test_what_stands_on_no_line_is_counted_with_the_way_to_it() -> None:
    section = show(HOME).sections[0]
    strip = next(
        each for each in components(contents(HOME)) if getattr(each, "className", "") == "strip"
    )
    assert comparisons.off_lines(views.loc(), section) in said(strip)
    assert comparisons.surveys_differ(views.loc(), section) in said(strip)
    apart = links(strip)["Show them apart"]
    assert views.select(apart).chart == "bars"
    assert views.select(apart).indicators == ("innovative_workplaces",)


@pytest.mark.parametrize(
    "query",
    [HOME, THREE, "theme=effects", "theme=innovation&view=change", "theme=drivers&view=scale"],
)
def test_a_strip_has_two_sentences_and_what_it_leaves_to_the_fold_stands_on_paper(
    query: str,
) -> None:
    shown = show(query)
    for section in shown.sections:
        cautions = notes.cautions(shown, section, views.loc())
        assert len(cautions) <= 2
        paper = said(notes.explained(shown, section, views.loc()))
        counted = r"; \d+ more reasons? under “How to read”\."
        parts = [part for line in cautions for part in re.split(counted, line)]
        # On paper no title names figures.
        held = " The two of the title can be compared, with care."
        assert held not in paper
        assert all(part.replace(held, "") in paper for part in parts)
        for further in (
            missing.missing_countries(views.loc(), section),
            texts.response_rates(views.loc(), section) if "change" in query else "",
        ):
            assert further in paper
            assert not further or further not in " ".join(cautions)


@pytest.mark.parametrize("query", [HOME, THREE, "theme=effects&view=table"])
def test_the_sentences_in_words_describe_the_figure_though_they_are_folded(query: str) -> None:
    made = list(components(contents(query)))
    by_id = {each.id: each for each in made if isinstance(getattr(each, "id", None), str)}
    figures = [each for each in made if type(each).__name__ == "Figure"]
    for (view, section), figure in zip(sections(query), figures, strict=True):
        told = by_id[getattr(figure, "aria-describedby")]
        assert said(told) == " ".join(summary(views.loc(), view, section))
        assert getattr(figure, "aria-labelledby") in by_id


def test_nothing_that_explains_a_chart_is_lost() -> None:
    text = said(contents(THREE), " ")
    for phrase in (
        "How to read",
        "In words",
        "Differences in words (",
        "Notes (",
        "Percentages of: ",
        "n (answers behind a figure)",
        "weight",
        "Sources: ",
        "Slide (PNG)",
        "Report (PNG)",
        "Square (PNG)",
        "As on screen (PNG)",
        "SVG",
        "Slides (PPTX)",
        "Copy link",
        "Data (CSV)",
        "Embed and cite",
        "Table",
        "This theme alone",
        "Save or share the whole view:",
        "Everything (ZIP)",
    ):
        assert phrase in text, phrase


def test_the_whole_view_is_taken_away_below_everything() -> None:
    *others, last = [part for part in contents(THREE) if said(part)]
    assert "Save or share the whole view:" in said(last)
    assert "Save or share the whole view:" not in said(others)


def test_links_to_views_are_marked_for_the_script_and_files_are_not() -> None:
    for each in components(contents(f"{THREE}&country=DK~SE")):
        if type(each).__name__ == "A" and getattr(each, "target", None) is None:
            assert each.href.startswith("/?") == hasattr(each, "data-view"), each.href


def test_where_a_decimal_comma_is_written_a_csv_with_it_is_offered_first() -> None:
    for language, first in (("da", "decimal=comma"), ("fi", "decimal=comma"), ("en", "")):
        state = update(f"theme=drivers&lang={language}")
        offered = [
            link for link in links(state["content"]).values() if link.startswith("/data.csv")
        ]
        assert [("decimal=comma" in each) for each in offered[:2]] == [bool(first), False][
            : len(offered)
        ]


def test_one_institution_has_one_name_in_all_lines_of_sources() -> None:
    sources = views.loc().dataset.sources
    found = [sources[each] for each in ("dk4-sektor", "dk3-frivillige", "dk2-norske")]
    assert [each.publisher for each in found] == [
        "CO-PI",
        "COI",
        "Center for Offentlig Innovation (COI)",
    ]
    for line in (found, found[:2]):
        told = texts.publishers(views.loc(), line)
        assert told == ("CO-PI", "Center for Offentlig Innovation (COI)")


def test_each_survey_of_a_chart_is_named_below_it_with_its_years() -> None:
    loc, section = views.loc(), views.only_section("theme=drivers&view=bars")
    listed = [
        text for each in notes.listed_notes(section, loc) for text in said(each, "\n").split("\n")
    ]
    drawn = {value.survey.survey_id: value.survey for value in section.values}
    assert len(drawn) > 9
    for survey in drawn.values():
        name = f"{loc.label('country', survey.country)}"
        (told,) = (each for each in listed if each.endswith(f": {survey.title}") and name in each)
        assert loc.period(survey) in told


@pytest.mark.parametrize(
    "query",
    [
        "theme=drivers&view=bars",
        "theme=drivers&view=dots&by=sector",
        "theme=innovation&view=scale",
        "theme=effects&view=heat",
    ],
)
def test_no_heading_of_a_chart_names_a_survey(query: str) -> None:
    shown = views.show(query)
    (section,) = shown.sections
    titles = {value.survey.title.split(" (")[0].split(",")[0] for value in section.values}
    assert titles
    for width in (328, 1136):
        drawn = charts.drawing(shown, section, views.loc(), width)
        texts = ["".join(run.text for run in text.runs) for text in drawn.texts]
        assert not [text for text in texts if any(title in text for title in titles)]
