"""Words of labels, numbers, periods, names, blanks and messages."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from dashboard import charts
from dashboard.query import Measure, MissingReason, Population, Relaxation, Respondents, Stratum
from dashboard.selection import Ignored, chart_names
from dashboard.text import Localizer, choices, missing, texts
from tests.support import views


def test_surveys_of_one_known_year_are_of_that_year_not_from_it_to_it(loc):
    surveys = loc.dataset.surveys.values()
    spans = [loc.span(pair) for pair in combinations(surveys, 2)]
    assert "2019" in spans
    for first, dash, last in (span.partition("–") for span in spans):
        assert not dash or first != last


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
                == f"{loc.label('status', row.status)}; in doubt: {loc.label('doubt', row.doubt)}"
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
        ("nordic-2019-dk", "the two years before each country’s survey"),
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
    loc_of_2031 = Localizer(replace(loc.dataset, surveys=surveys))
    assert (
        loc_of_2031.respondents(Respondents("FI", "workplace", compilation=True))
        == "Finland, in the atlas of 2031"
    )
    assert (
        missing.blank(loc_of_2031, MissingReason("compiled", "nordic-2019-is"))
        == "only in the atlas of 2031"
    )
    assert "Nordic" in missing.blank(loc_of_2031, MissingReason("compiled", "nordic-2019-dk"))
    both = "published only in the Nordic comparison of 2019 and the atlas of 2031"
    assert dict(missing.blank_legend(loc_of_2031))["CP"] == both
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
    assert loc.measure(Measure("driver_legislation")) == "Driven by new laws or rules"
    assert (
        loc.measure(Measure("novelty", "copied"))
        == "Where the innovation comes from: copied from others"
    )
    assert (
        loc.header(Stratum(Respondents("SE", "workplace"), Population("state")))
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
        "suppressed": "withheld: too few answers",
        "filtered": "hidden by filters",
        "drawn": "drawn without values",
        "compiled": "only in the Nordic comparison of 2019",
        "unscaled": "published without an answer scale",
    }
    # The published data withhold nothing, so no reader is told of it.
    assert set(dict(missing.blank_legend(loc))) == set(missing.BLANK_CODES.values()) - {"S"}


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
