"""Questions and findings are rows of the data: one that does not open as meant, or says what does not hold, is a fault."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from dashboard.comparability import COMPILATION, NO, verdict
from dashboard.dataset import Observation
from dashboard.dataset.figure_name import FigureName
from dashboard.dataset.questions import MAX_WORDS, claims, figure_names, placeholders, words
from dashboard.layout.choices import findings, question_about, ready_views
from dashboard.layout.strip import strip
from dashboard.query import View
from dashboard.releases import Release
from dashboard.selection import LANGUAGES, default
from dashboard.text import Localizer, courses
from dashboard.text.findings import beside, finding, title_of
from dashboard.text.lead import lead
from tests.support import page_changes, views
from tests.support.components import said

EVERY = tuple(row["question_id"] for row in views.questions())


def release() -> Release:
    return views.store().newest


def view_of(name: str) -> View:
    return views.show({**views.QUESTIONS, **views.FINDINGS}[name])


# --- What the data hold ---


def test_there_are_six_questions_and_more_than_five_findings() -> None:
    assert list(views.QUESTIONS) == ["who", "drivers", "partners", "effects", "helps", "time"]
    assert len(views.FINDINGS) >= 5
    every = [*views.QUESTIONS.values(), *views.FINDINGS.values()]
    assert len({views.select(query) for query in every}) == len(every)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EVERY)
def test_every_finding_is_true_and_short_in_every_language(name: str, language: str) -> None:
    """Read off the figures again, with none of the code that fills a sentence."""
    loc, shown = release().localizer(language), view_of(name)
    question = next(each for each in loc.dataset.questions if each.question_id == name)
    told = finding(loc, shown, question)
    assert told
    assert words(told) <= MAX_WORDS
    assert told == title_of(loc, shown)
    published, drawn = views.published(), [v.observation for s in shown.sections for v in s.values]
    rows_of_finding: list[Observation] = []
    for text in question.figures.split("~"):
        survey, sector, indicator, *more = text.split(":")
        (row,) = (
            each
            for each in drawn
            if (each.survey_id, each.sector, each.indicator) == (survey, sector, indicator)
            and (f"{each.dimension}={each.segment}" if each.dimension else "") == (more or [""])[0]
            and each.response in ("yes", "high")
        )
        assert float(published[row.position]["value"]) == row.value
        rows_of_finding.append(row)
    for first, second in combinations(rows_of_finding, 2):
        assert verdict(loc.dataset, first, second, shown.thresholds).kind != NO
    differences = [each for section in shown.sections for each in section.differences]
    for larger, smaller in claims(question.claim):
        one, other = rows_of_finding[larger], rows_of_finding[smaller]
        (tested,) = (
            each
            for each in differences
            if {each.first.position, each.second.position} == {one.position, other.position}
        )
        assert tested.clear
        assert not tested.across_break
        assert one.value > other.value
    for number in placeholders(question.finding):
        row = rows_of_finding[number - 1]
        assert courses.figure(loc, row) in told
    assert set(placeholders(question.finding)) == set(range(1, len(rows_of_finding) + 1))
    assert "{" not in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EVERY)
def test_a_title_tells_when_its_figures_are_of_or_the_line_below_does(
    name: str, language: str
) -> None:
    loc, shown = release().localizer(language), view_of(name)
    question = next(each for each in loc.dataset.questions if each.question_id == name)
    title, below = lead(loc, shown, shown.sections[0])
    surveys = [loc.dataset.surveys[text.split(":")[0]] for text in question.figures.split("~")]
    said = title.replace("\u00a0", " ")
    if {loc.period(each) for each in surveys} == {loc.period(surveys[0])} and "(" not in said:
        # Of a comparison that was published as one, the row below says of which years each figure is.
        one, told = surveys[0], f", {loc.period(surveys[0])}"
        if one.kind == COMPILATION:
            told = loc.compilation(one.survey_id)
        assert told.casefold() in below.casefold()
    else:
        assert all(said.count(f"({loc.short_period(each)})") == 1 for each in surveys)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_is_typed_into_a_sentence(language: str) -> None:
    for each in release().localizer(language).dataset.questions:
        bare = each.finding
        for number in placeholders(bare):
            bare = bare.replace(f"{{{number}}}", "")
        assert not any(character.isdigit() for character in bare + each.title + each.text)


def test_the_first_question_is_the_nordic_comparison() -> None:
    shown = view_of("who")
    first = shown.sections[0].rows[0].values
    assert [(v.observation.country, v.observation.value) for v in first] == [
        ("DK", 80),
        ("NO", 77),
        ("SE", 81),
        ("FI", 95),
        ("IS", 78),
    ]
    told = views.store().findings("en")["who"]
    listed = "Denmark 80%, Norway 77%, Sweden 81%, Iceland 78%"
    assert told.replace("\u00a0", " ").endswith(listed)
    # No line ends between a name and its figure.
    assert all(name in told for name in ("Denmark\u00a080%", "Iceland\u00a078%"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_line_below_the_title_names_what_the_title_leaves_out_of_its_row(language: str) -> None:
    """Finland has a figure of its municipalities alone, which stands in the row of the four."""
    loc = release().localizer(language)
    (value,) = (
        each
        for each in view_of("who").sections[0].rows[0].values
        if each.observation.country == "FI"
    )
    told = beside(loc, view_of("who"))
    assert told.startswith(loc.label("country", "FI"))
    assert told.endswith(loc.value(value))
    assert beside(loc, views.show("theme=innovation&view=compare")) == told
    assert not any(beside(loc, view_of(name)) for name in EVERY if name != "who")


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("country=DK~SE&concept=innovative_workplaces&view=compare", ["DK 80", "SE 81"]),
        ("country=DK~NO~IS&theme=innovation&view=compare", ["DK 80", "NO 77", "IS 78"]),
        ("theme=innovation&view=compare", ["DK 80", "NO 77", "SE 81", "IS 78"]),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_that_lists_countries_keeps_to_those_that_are_chosen(
    language: str, query: str, listed: list[str]
) -> None:
    loc = release().localizer(language)
    title = title_of(loc, views.show(query))
    named = [each.split() for each in listed]
    told = [f"{loc.label('country', code)}\u00a0{loc.percent(int(n))}" for code, n in named]
    assert title.partition(": ")[2] == ", ".join(told)


def test_a_title_lists_no_countries_where_fewer_than_two_of_them_are_chosen() -> None:
    shown = views.show("country=DK~FI&concept=innovative_workplaces&view=compare")
    assert title_of(views.loc(), shown) == "Introduced at least one innovation"


# --- Words ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_and_findings_are_told_in_the_language_of_the_page(language: str) -> None:
    dataset, known = views.index().dataset, views.vocabulary()
    loc, usual = Localizer(dataset, language), default(known)
    asked = ready_views(known, loc, usual)
    # The first is where the site opens, whose address is blank.
    queries = ["", *(f"?{query}" for query in list(views.QUESTIONS.values())[1:])]
    assert [search for search, _, _ in asked] == queries
    english = [
        (row["question_en"], row["text_en"])
        for row in views.questions()
        if row["kind"] == "question"
    ]
    assert ([(title, text) for _, title, text in asked] == english) == (language == "en")
    cards = findings(known, loc, usual, views.store().findings(language))
    assert [search for search, _, _ in cards] == [f"?{each}" for each in views.FINDINGS.values()]
    assert all(title and text for _, title, text in cards)


@pytest.mark.parametrize(
    "name", [name for name, query in views.QUESTIONS.items() if "compare" in query]
)
def test_the_first_line_of_a_comparison_holds_the_figures_of_its_title(name: str) -> None:
    asked = next(each for each in views.index().dataset.questions if each.question_id == name)
    (section,) = view_of(name).sections
    named = {
        (row.survey_id, row.sector, row.indicator)
        for row in (value.observation for value in section.rows[0].values)
    }
    assert {tuple(each.split(":")[:3]) for each in asked.figures.split("~")} <= named


def test_no_line_ends_between_a_figure_and_its_years() -> None:
    for language in LANGUAGES:
        told = views.store().findings(language)["evaluation"]
        assert told.count("\u00a0(") == 3
        assert " (" not in told


def test_a_figure_is_worded_as_its_source_does() -> None:
    told = {language: views.store().findings(language)["drivers"] for language in LANGUAGES}
    assert "over\xa050%" in told["en"]
    assert "yli\xa050\xa0%" in told["fi"]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        (
            f"{views.QUESTIONS['helps']}&lang=da&look=dark",
            "Clear ideas and goals: Swedish broad innovators",
        ),
        (
            f"{views.QUESTIONS['helps']}&interval=hide&sort=name",
            "Clear ideas and goals: Swedish broad innovators",
        ),
        (
            f"{views.QUESTIONS['time']}&country=IS~DK",
            "86% (2013–14), 80% (2015–16) and 83% (2021–23) of workplaces in Denmark",
        ),
        (
            "concept=collab_companies",
            "16% (2021–23) of innovations in Denmark and 38% (2019–21) in Iceland had a private company as partner",
        ),
        # Of several themes none speaks for all.
        (
            "concept=collab_companies~driver_employees",
            "Drivers: started or promoted by employees · Collaboration: private companies as partners",
        ),
        ("theme=drivers~effects", "Drivers · Effects"),
        # Every figure is in doubt: what the view is about.
        ("theme=activities&country=SE&split=group", "Innovation activities"),
        ("theme=none", ""),
    ],
)
def test_a_view_is_titled_by_the_finding_of_its_question_else_by_what_it_is_about(
    query: str, title: str
) -> None:
    told = title_of(views.loc(), view_of("who") if not query else views.context(query).view)
    assert told.replace("\u00a0", " ").startswith(title)
    assert bool(told) == bool(title)


def test_a_finding_that_does_not_hold_in_a_view_is_not_told() -> None:
    loc, questions = views.loc(), {q.question_id: q for q in views.index().dataset.questions}
    assert finding(loc, views.show("theme=effects"), questions["competence"]) == ""
    assert finding(loc, view_of("competence"), questions["competence"])
    # Calling the smaller one larger makes the same sentence untrue.
    assert finding(loc, view_of("competence"), replace(questions["competence"], claim="2>1")) == ""
    torn = (
        "se-2018-workplace:all:innovative_workplaces~se-2021-workplace:state:innovative_workplaces"
    )
    apart = replace(questions["regions"], figures=torn, claim="")
    assert finding(loc, views.show("country=SE&concept=innovative_workplaces"), apart) == ""


# --- Names of figures ---


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("dk-2023:all:collab_any", FigureName("dk-2023", "all", "collab_any")),
        (
            "se:all:x:group=others",
            FigureName("se", "all", "x", dimension="group", segment="others"),
        ),
        ("se:all:x:some", FigureName("se", "all", "x", response="some")),
        ("se:all:x:size=500+:no", FigureName("se", "all", "x", "size", "500+", "no")),
    ],
)
def test_a_figure_is_named_by_survey_sector_and_concept(text: str, name: FigureName) -> None:
    assert FigureName.read(text) == name


@pytest.mark.parametrize("text", ["", "a:b", "a::c", "a:b:c:", "a:b:c:no:d=e", "a:b:c:d=e:f:g"])
def test_what_does_not_name_a_figure_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$" if text else "^$"):
        FigureName.read(text)


def test_every_figure_has_one_name() -> None:
    observations = views.index().dataset.observations
    for at in range(0, len(observations), 7):
        row = observations[at]
        split = f":{row.dimension}={row.segment}" if row.dimension else ""
        text = f"{row.survey_id}:{row.sector}:{row.indicator}{split}:{row.response}"
        assert [each.position for each in observations if FigureName.read(text).names(each)] == [at]


@pytest.mark.parametrize(
    ("query", "countries"),
    [
        ("", {"DK", "SE"}),
        ("country=DK~NO", {"DK"}),
        ("country=SE", {"SE"}),
        ("country=NO~FI", set()),
        ("country=DK~SE&sector=municipal", set()),
        ("country=SE&level=central", {"SE"}),
    ],
)
def test_findings_below_the_home_are_about_what_its_filters_keep(
    query: str, countries: set[str]
) -> None:
    known, loc, index = views.vocabulary(), views.loc(), views.index()
    chosen = views.select(query)
    cards = findings(known, loc, chosen, views.store().findings("en"))
    by_title = {each.text: each for each in loc.dataset.questions}
    told = [by_title[text.partition(" (n ")[0]] for _, _, text in cards]
    surveys = {name.survey_id for each in told for name in figure_names(each)}
    assert {index.dataset.surveys[each].country for each in surveys} == countries


@pytest.mark.parametrize(
    ("query", "about"),
    [
        ("theme=drivers", "?theme=drivers&view=compare"),
        ("theme=drivers&country=DK&view=dots&lang=da", "?theme=drivers&view=compare&lang=da"),
        ("concept=innovative_workplaces&view=bars", ""),
        ("theme=drivers&view=compare", None),
        ("theme=effects", "?theme=effects&view=compare"),
        ("theme=effects&view=compare&sort=value", "?theme=effects&view=compare"),
        ("theme=drivers~effects", None),
        ("theme=conditions", "?theme=conditions&country=SE&split=group&view=compare"),
        ("theme=innovation&view=compare", ""),
        ("theme=innovation&view=change", ""),
        (
            "country=DK&concept=innovative_workplaces&view=change",
            "?concept=innovative_workplaces&view=change",
        ),
        ("concept=novelty", ""),
        ("theme=strategy", None),
        ("", None),
    ],
)
def test_a_view_is_about_the_question_whose_filters_or_at_least_theme_it_has(
    query: str, about: str | None
) -> None:
    """The link to a question's own view says so itself."""
    shown = views.select(query)
    assert question_about(shown, views.vocabulary(), views.loc()) == about


@pytest.mark.parametrize("chart", ["compare", "bars"])
def test_groups_are_explained_once_below_the_title(chart: str) -> None:
    query = f"theme=conditions~effects&country=SE&split=group&view={chart}"
    content = page_changes.update(query)["content"]
    (explained,) = [
        each for each in content[0].children if "groups" in getattr(each, "className", "").split()
    ]
    assert said(explained).startswith("Broad innovators carried out at least four of seven")
    view = views.context(query).leading
    under = strip(view, view.sections[0], views.vocabulary(), views.loc(), explained=True)
    assert "Part of every gap to the others lies in how broad innovators are defined." in said(
        under
    )
    assert "Broad innovators" not in said(under)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_period_of_an_only_figure_ends_its_sentence(language: str) -> None:
    for name in ("companies", "employees"):
        told = views.store().findings(language)[name].replace("\u00a0", " ")
        assert told.endswith(" (2021–23)")
        assert told.count("(") == 1
