"""What a reader reads: labels for every code, numbers as printed, periods, and sentences that say what they must."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard import charts
from dashboard.query import Measure, MissingReason, Population, Relaxation, Respondents
from dashboard.selection import Ignored, chart_names
from dashboard.tables import section_table
from dashboard.text import Localizer, choices, missing, texts, verdicts
from tests.support import views
from tests.support.drawings import in_full
from tests.support.views import only_section, show


@pytest.fixture(scope="module")
def loc() -> Localizer:
    return views.loc()


def test_every_code_in_the_data_has_a_label(loc):
    for row in loc.dataset.observations:
        named = [
            loc.label("theme", row.theme),
            loc.label("country", row.country),
            loc.label("level", row.level),
            loc.label("sector", row.sector),
            loc.label("response", row.response),
            loc.label("base", row.base),
            loc.label("qualifier", row.qualifier),
            loc.label("status", row.status),
            loc.status(row),
            loc.unit_of(row),
            loc.unit_and_segment(row),
            loc.measure(Measure(row.indicator)),
            loc.population(Population(row.sector, row.dimension, row.segment)),
        ]
        if row.dimension:
            named.append(loc.label("dimension", row.dimension))
            assert loc.unit_and_segment(row) == f"{loc.unit_of(row)} ({loc.segment(row)})"
        if row.doubt:
            named.append(loc.label("doubt", row.doubt))
            assert (
                loc.status(row)
                == f"{loc.label('status', row.status)}: {loc.label('doubt', row.doubt)}"
            )
        assert all(isinstance(name, str) and name.strip() for name in named)
        assert all("_" not in name for name in named)


def test_names_of_one_list_differ(loc):
    for codes in loc.dataset.codes.values():
        assert len({code.label for code in codes.values()}) == len(codes)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0%"),
        (9, "9%"),
        (28.0, "28%"),
        (100, "100%"),
        (6.5, "6.5%"),
        (0.4, "0.4%"),
        (99.9, "99.9%"),
    ],
)
def test_percentages_are_written_as_printed(loc, value, text):
    assert loc.percent(value) == text


def test_no_percentage_of_the_data_is_rounded(loc):
    for row in views.published():
        assert float(loc.percent(float(row["value"])).removesuffix("%")) == float(row["value"])


@pytest.mark.parametrize(
    ("qualifier", "text"),
    [("exact", "40%"), ("about", "about 40%"), ("over", "over 40%"), ("under", "under 40%")],
)
def test_a_figure_is_worded_as_its_source_words_it(loc, qualifier, text):
    assert loc.figure(40, qualifier) == text


def test_numbers_lists_and_counts(loc):
    assert loc.number(1222) == "1,222"
    assert loc.n(1222) == "n 1,222"
    assert loc.join(["Denmark"]) == "Denmark"
    assert loc.join(["Denmark", "Norway"]) == "Denmark and Norway"
    assert loc.count_of("{count} figure", "{count} figures", 1) == "1 figure"
    assert loc.count_of("{count} figure", "{count} figures", 1093) == "1,093 figures"
    assert loc.language == "en"


@pytest.mark.parametrize(
    ("survey", "period"),
    [
        ("dk-2015", "2013–2014"),
        ("dk-2023", "2021–2023"),
        ("se-2021-workplace", "2019–2020"),
        ("dk-2017-central", "2016"),
        ("fi-municipal-2018", "two years to 2018"),
        ("is-state-2024", "two years to 2023"),
        ("no-state-2018-workplace", "two years to 2018"),
        ("no-municipal-2020-political", "surveyed 2019"),
        ("no-municipal-2018-central", "period not stated"),
        ("no-municipal-2024-workplace", "last two years"),
        ("nordic-2019-dk", "two years before each national survey"),
    ],
)
def test_periods(loc, survey, period):
    assert loc.period(loc.dataset.surveys[survey]) == period


def test_a_period_in_words_is_told_in_the_language_of_the_page(loc):
    danish, survey = (
        Localizer(loc.dataset, "da"),
        loc.dataset.surveys["no-municipal-2024-workplace"],
    )
    assert danish.period(survey) == "de seneste to år"
    assert danish.dataset.surveys[survey.survey_id].reference_period == "last two years"


def test_a_compilation_bears_its_own_name(loc):
    surveys = dict(loc.dataset.surveys)
    for survey in ("nordic-2019-fi", "nordic-2019-is"):
        surveys[survey] = replace(surveys[survey], short_title="the atlas of 2031")
    told = Localizer(replace(loc.dataset, surveys=surveys))
    assert (
        told.respondents(Respondents("FI", "workplace", compilation=True))
        == "Finland, in the atlas of 2031"
    )
    assert (
        missing.blank(told, MissingReason("compiled", "nordic-2019-is"))
        == "only in the atlas of 2031"
    )
    assert "Nordic" in missing.blank(told, MissingReason("compiled", "nordic-2019-dk"))
    both = "published only in the Nordic comparison of 2019 and the atlas of 2031"
    assert dict(missing.blank_legend(told))["CP"] == both
    without = {key: each for key, each in surveys.items() if each.kind != "compilation"}
    alone = Localizer(replace(loc.dataset, surveys=without))
    assert dict(missing.blank_legend(alone))["CP"] == "published only in a compilation"


def test_names_of_places_groups_and_indicators(loc):
    assert loc.respondents(Respondents("SE", "workplace")) == "Sweden, workplaces"
    assert loc.respondents(Respondents("SE", "central")) == "Sweden, management"
    assert (
        loc.respondents(Respondents("DK", "workplace", survey_id="dk-2015"))
        == "Denmark, workplaces 2013–2014"
    )
    assert (
        loc.respondents(Respondents("NO", "workplace", compilation=True))
        == "Norway, in the Nordic comparison of 2019"
    )
    assert loc.population(Population("municipal_regional")) == "Municipal and regional"
    assert loc.population(Population("state", "group", "broad-innovators")) == "Broad innovators"
    assert loc.measure(Measure("driver_legislation")) == "New legislation or regulation"
    assert (
        loc.measure(Measure("novelty", "copied"))
        == "Where the innovation comes from: copied from others"
    )
    assert (
        loc.header((Respondents("SE", "workplace"), Population("state")))
        == "Sweden, workplaces, state"
    )
    assert loc.share("innovations") == "% of innovations"


def test_editions_in_the_filter_have_names_of_their_own(loc):
    names = [
        choices.edition(loc, loc.dataset.surveys[survey]) for survey in views.vocabulary().surveys
    ]
    assert len(set(names)) == len(names)
    assert (
        choices.edition(loc, loc.dataset.surveys["se-2021-central"])
        == "Sweden 2019–2020, management"
    )


def test_every_chart_has_a_name(loc):
    assert len({loc.t(chart.label) for chart in charts.every()}) == len(chart_names())


def test_blanks_say_why(loc):
    assert {kind: missing.blank(loc, MissingReason(kind)) for kind in missing.BLANK_CODES} == {
        "not_asked": "not asked",
        "not_published": "not published",
        "not_collected": "not collected",
        "filtered": "hidden by filters",
        "drawn": "drawn without values",
        "compiled": "only in the Nordic comparison of 2019",
    }
    legend = dict(missing.blank_legend(loc))
    assert set(legend) == set(missing.BLANK_CODES.values())


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (Ignored("", "", "too-long"), ("4,000",)),
        (
            Ignored("colour", "red", "unknown-parameter", ("theme", "country")),
            ("colour", "theme, country"),
        ),
        (Ignored("country", "XX", "unknown-value", ("DK", "NO")), ("XX", "country", "DK, NO")),
        (Ignored("view", "", "blank"), ("view",)),
        (Ignored("view", "dots", "repeated"), ("view", "dots")),
        (Ignored("edition", "latest", "mixed"), ("latest",)),
    ],
)
def test_what_was_ignored_is_said(loc, part, said):
    sentence = texts.ignored(loc, part)
    assert sentence.endswith(".")
    for each in said:
        assert each in sentence


def test_messages_are_plain_strings_that_neither_read_nor_escape_what_was_typed(loc):
    for typed in (
        "<script>alert(1)</script>",
        "{name}",
        "{0.__class__}",
        "%(value)s",
        "\ud800",
        '"&',
    ):
        for reason in ("unknown-parameter", "unknown-value", "repeated", "mixed", "blank"):
            sentence = texts.ignored(loc, Ignored(typed, typed, reason, ("DK",)))
            assert type(sentence) is str
            assert typed in sentence
    assert len(texts.ignored(loc, Ignored("country", "x" * 3_000, "unknown-value"))) < 300


@pytest.mark.parametrize(
    "parameter",
    ["concept", "inferred", "split", "edition", "level", "sector", "country", "theme", "view"],
)
def test_an_emptying_filter_is_named_with_its_way_out(loc, parameter):
    sentence, button = missing.relaxations(loc, Relaxation((parameter,), 12, views.select("")))
    assert sentence.endswith(".")
    assert button.endswith("(12 figures)")


def test_bases_and_numbers_of_answers_are_said_under_a_chart(loc):
    section = only_section("theme=drivers&country=DK~SE")
    assert texts.bases(loc, section) == (
        "Percentages of: innovations (Denmark); workplaces with innovation activities (Sweden); "
        "organisations working systematically with innovation (Sweden)."
    )
    assert texts.bases_differ(loc, section)
    assert "n (answers behind a figure): 11–1,942" in texts.numbers_of_answers(loc, section)
    assert texts.bases_differ(loc, only_section("concept=driver_legislation&country=DK")) == ""


def test_marks_that_look_different_are_explained_where_they_occur(loc):
    inferred, worded, graded = "Hatched", "Outlined", "to a high or fairly high degree"
    told = {
        query: charts.chart("bars").reading(
            loc, only_section(query), views.select(query), show(query).thresholds
        )
        for query in (
            "concept=promoted_technology",
            "theme=effects&country=IS&edition=all",
            "concept=driver_users",
            "concept=collab_any&country=DK",
        )
    }
    assert "in doubt (the order of the chart)." in told["concept=promoted_technology"]
    seen = {
        query: [sign in text for sign in (inferred, worded, graded)] for query, text in told.items()
    }
    assert list(seen.values()) == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
        [False, False, False],
    ]


def test_a_value_is_told_in_full(loc):
    (section,) = show(
        "concept=driver_legislation&country=SE&sector=regional&level=central"
    ).sections
    (value,) = section.values
    spoken = in_full(loc, value)
    for part in (
        "New legislation or regulation",
        "Sweden, management",
        "managements of regions",
        "9%",
        "n 11",
        "2019–2020",
    ):
        assert part in spoken
    (section,) = show("concept=driver_legislation&country=DK&sector=state").sections
    assert "n not published" in in_full(loc, section.values[0])
    (section,) = show("concept=promoted_technology&country=DK&sector=regional").sections
    assert in_full(loc, section.values[0]).endswith("\nInferred: the order of the chart")


def test_who_a_figure_is_about_is_told_by_its_unit_and_sector(loc):
    told = {
        loc.unit_of(row) for row in loc.dataset.observations if row.survey_id.startswith("se-2021")
    }
    assert told == {
        *(
            "municipal workplaces",
            "regional workplaces",
            "municipal and regional workplaces",
            "agencies",
        ),
        *("managements of agencies", "managements of regions", "managements of municipalities"),
    }
    finnish = next(row for row in loc.dataset.observations if row.survey_id == "nordic-2019-fi")
    assert loc.unit_of(finnish) == "municipalities"


def test_what_a_survey_counts_as_an_innovation_has_a_short_name(loc):
    by_survey = {row.survey_id: loc.definition(row) for row in loc.dataset.observations}
    assert (
        by_survey["dk-2015"]
        == by_survey["nordic-2019-se"]
        == "Four kinds of innovation, new to the workplace"
    )
    assert by_survey["se-2021-workplace"] == "Product and process innovations (Statistics Sweden)"
    assert by_survey["is-2021"] == "not known"


def test_what_holds_for_every_gap_of_a_split_stands_under_its_chart(loc):
    told = "Broad innovators are defined by what they do, so part of every gap to the others is by construction."
    for query, expected in (
        ("theme=effects&country=SE&split=group", True),
        ("theme=collaboration&country=SE", False),
    ):
        shown = show(query)
        assert (
            told
            in charts.chart("bars").reading(
                loc, shown.sections[0], shown.selection, shown.thresholds
            )
        ) == expected


def test_weights_are_told_survey_by_survey(loc):
    sweden = verdicts.weighting(loc, only_section("theme=innovation&country=SE"))
    assert sweden.startswith("Unweighted shares of those who answered: Sweden (2019–2020")
    assert "29%" in sweden
    denmark = verdicts.weighting(
        loc, only_section("concept=innovative_workplaces&country=DK&sector=all")
    )
    assert denmark == "Weighted, the weights are not published: Denmark (2021–2023)."


def test_response_rates_stand_edition_by_edition_in_the_order_of_time(loc):
    section = only_section("concept=innovative_workplaces&country=DK&sector=all&view=change")
    assert texts.response_rates(loc, section) == (
        "Response rates: Denmark 35% (2013–2014), 50% (2015–2016), 50% (2018–2019), 36% (2021–2023)."
    )


def test_figures_published_together_make_the_title_of_their_picture(loc):
    editions = "~".join(f"nordic-2019-{country}" for country in ("dk", "no", "se", "fi", "is"))
    shown = show(f"concept=innovative_workplaces&edition={editions}")
    told = (
        "Introduced at least one innovation, as the institutions published it together in 2019: "
        "Denmark 80%, Norway 77%, Sweden 81%, Iceland 78%; Finland's municipalities 95%"
    )
    assert texts.picture_title(loc, shown, shown.sections[0]) == told
    rows = [value.observation for value in shown.sections[0].values]
    assert texts.together(loc, rows) == told
    national = only_section("concept=innovative_workplaces&country=DK").values[0].observation
    assert texts.together(loc, [*rows, national]) == ""
    assert texts.together(loc, []) == ""


def test_the_table_holds_every_figure_with_its_facts(loc):
    section = only_section("theme=drivers&country=DK~SE&view=table")
    table = section_table(section, loc)
    listed = [line.position for line in table.lines if line.position is not None]
    assert listed == [value.observation.position for value in section.values]
    by_position = {line.position: line for line in table.lines}
    line = by_position[
        next(v.observation.position for v in section.values if v.observation.value == 38)
    ]
    assert (line.indicator, line.place, line.group, line.figure) == (
        "New legislation or regulation",
        "Denmark, workplaces",
        "State",
        "38%",
    )
    assert (line.base, line.n, line.period, line.answer) == (
        "innovations",
        "not published",
        "2013–2014",
        "Yes",
    )
    assert line.source
    assert line.locator


def test_a_picture_says_what_was_chosen(loc):
    shown = show("theme=effects&country=SE&sector=state&level=workplace&split=group&inferred=hide")
    (section,) = shown.sections
    assert "Sweden" in texts.picture_title(loc, shown, section)
    subtitle = texts.picture_subtitle(loc, shown.selection)
    for part in ("newest figure", "state", "workplaces", "split by", "without inferred"):
        assert part in subtitle
