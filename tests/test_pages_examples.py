"""The worked examples of the page on method, looked up in the data."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from dashboard import statistics
from dashboard.comparability import CARE, NO, YES, SmallBaseThresholds
from dashboard.content import pages
from dashboard.content.rendering import period_in_words
from dashboard.dataset import Dataset, Observations
from dashboard.query import DatasetIndex
from dashboard.query.view import view
from dashboard.selection import parse
from dashboard.text import Localizer
from dashboard.text.missing import blank_legend
from tests.support.html import Outline
from tests.support.text_pages import LIMITS, LINKS, figures_of

SECTIONS = [
    *(
        "base",
        "definition",
        "respondents",
        "interval",
        "census",
        "approximate",
        "no-interval",
        "small-n",
        "differences",
    ),
    *("verdicts", "status", "wording", "blanks", "change", "broad", "release"),
]


@pytest.fixture(scope="module")
def examples(dataset: Dataset) -> pages.Examples:
    return pages.Examples(dataset, LINKS, LIMITS)


def test_method_has_a_worked_example_in_every_section(documents: dict[str, Outline]) -> None:
    page = documents["method"]
    headings = [attrs["id"] for attrs in page.all("h2")]
    assert headings == ["contents", *SECTIONS]
    assert [name for name in SECTIONS if f"{name}-example" not in page.parts] == []


def test_worked_numbers_are_those_of_the_data(
    documents: dict[str, Outline], examples: pages.Examples, loc: Localizer
) -> None:
    page = documents["method"]

    def value(*key: str, **split: str) -> str:
        return loc.percent(examples.figure(*key, **split).value)

    denmark = value("dk-2015", "all", "collab_any")
    sweden = value("se-2021-workplace", "municipal", "collab_any")
    assert (denmark, sweden) == ("79%", "42%")
    assert f"In Denmark, {denmark} of innovations" in page.text("base-example")
    assert f"In Sweden, {sweden} of municipal workplaces" in page.text("base-example")

    regions = examples.figure("se-2021-workplace", "regional", "collab_any")
    low, high = statistics.wilson(regions.value, regions.n)
    assert low < 50 < high
    assert (
        f"{regions.value:g}% collaborated with someone on innovation (n {regions.n})"
        in page.text("interval-example")
    )
    assert f"the interval runs from {round(low)}% to {round(high)}%." in page.text(
        "interval-example"
    )
    assert "it is more than half of them" in page.text("interval-example")

    regions = examples.figure("se-2021-central", "regional", "driver_users", "high")
    assert (regions.value, regions.n, round(100 * 8 / 11), round(100 * 14 / 20)) == (73, 11, 73, 70)
    assert (
        "73% say that users drive it to a high or fairly high degree: 8 of 11. 14 of 20 regions answered."
        in page.text("census-example")
    )
    low, high = 100 * 8 / (11 + 20 - 14), 100 * (8 + 20 - 14) / (11 + 20 - 14)
    assert f"the share is anywhere from {round(low)}% to {round(high)}%" in page.text(
        "census-example"
    )
    assert "said “to a high or fairly high degree” (n 69" in page.text("respondents-example")
    assert "said “yes” (n" in page.text("respondents-example")
    assert f"{regions.n} Swedish regional managements" in page.text("small-n-example")
    assert f"by {round(100 / regions.n)} percentage points" in page.text("small-n-example")

    survey = loc.dataset.surveys["dk-2015"]
    assert examples.figure("dk-2015", "all", "collab_any").n is None
    low, high = statistics.wilson(79, survey.innovations_n)
    assert f"would run from {round(low)}% to {round(high)}%" in page.text("approximate-example")
    assert loc.number(survey.innovations_n) in page.text("approximate-example")
    assert "the true one is probably wider" in page.text("approximate-example")
    assert examples.figure("dk-2015", "state", "collab_companies").n is None

    assert "about 40%" in page.text("wording-example")
    assert "over 70%" in page.text("wording-example")
    assert "under 30%" in page.text("wording-example")
    assert re.findall(r"\d\d%", page.text("change-example").partition("The question")[0]) == [
        "79%",
        "79%",
        "69%",
        "69%",
    ]
    broad, others = (
        value("se-2021-workplace", "municipal_regional", "act_needs_analysis", segment=segment)
        for segment in ("broad-innovators", "others")
    )
    assert f"{broad} of broad innovators and {others} of the others" in page.text("broad-example")
    assert "at least four of the seven" in loc.dataset.indicators["broad_innovators"].definition
    assert loc.dataset.release in page.text("release-example")


def test_worked_differences_are_computed(
    documents: dict[str, Outline], examples: pages.Examples
) -> None:
    rows = [
        examples.figure("se-2021-workplace", sector, "collab_any")
        for sector in ("municipal", "state", "regional")
    ]
    gaps = examples.gaps(*rows)
    pairs = [(65, 164, 51, 274), (65, 164, 42, 1222), (51, 274, 42, 1222)]
    assert [(gap.first.value, gap.first.n, gap.second.value, gap.second.n) for gap in gaps] == pairs
    found = [(gap.points, gap.test.low, gap.test.high) for gap in gaps]
    assert found == [pytest.approx(statistics.newcombe(*pair)) for pair in pairs]
    assert [gap.test.p for gap in gaps] == pytest.approx(
        statistics.holm([statistics.two_sided_p(*pair) for pair in pairs])
    )
    assert {gap.test.pairs for gap in gaps} == {3}
    text = documents["method"].text("differences-example")
    for gap in gaps:
        assert f"{round(gap.points)}{round(gap.test.low)} to {round(gap.test.high)}" in text
    assert (
        text.count("a larger gap than chance alone would give")
        == sum(gap.test.p < 0.05 for gap in gaps)
        == 3
    )
    for pair in (
        "agencies / regional workplaces",
        "agencies / municipal workplaces",
        "regional workplaces / municipal workplaces",
    ):
        assert pair in text


def test_verdicts_of_the_examples(examples: pages.Examples) -> None:
    kinds = {name: pair.verdict.kind for name, pair in examples.pairs.items()}
    assert kinds == {
        "base": NO,
        "question": CARE,
        "respondent": NO,
        "different": YES,
        "not_different": YES,
        "units": CARE,
        "indicator": NO,
        "coverage": NO,
        "fields": CARE,
    }


def test_the_view_of_a_pair_shows_both_figures(
    examples: pages.Examples, index: DatasetIndex
) -> None:
    for pair in examples.pairs.values():
        shown = figures_of(pair.address, index)
        assert pair.first in shown
        assert pair.second in shown


def test_examples_of_blanks_show_their_kind(
    documents: dict[str, Outline], index: DatasetIndex, loc: Localizer
) -> None:
    page = documents["method"]
    hrefs = [attrs["href"] for attrs in page.all("a")]
    start = next(at for at, href in enumerate(hrefs) if href.startswith("/?") and "ai_used" in href)
    asked, published, collected, drawn, compiled, filtered = hrefs[start : start + 6]
    for kind, href in (("not_asked", asked), ("not_published", published), ("filtered", filtered)):
        found = view(index, parse(urlsplit(href).query, index.vocabulary).selection)
        cells = [cell for section in found.sections for row in section.rows for cell in row.cells]
        blanks = [blank.kind for cell in cells for _, blank in cell.missing] + [
            cell.blank.kind for cell in cells if cell.blank
        ]
        assert kind in blanks, href
    assert collected == "/sources#se-2023"
    assert {row.dimension for row in figures_of(drawn, index)} == {"group"}
    assert loc.dataset.asked["se-2021-workplace", "cond_funding"].drawn
    assert not [
        row
        for row in loc.dataset.observations
        if row.indicator == "cond_funding" and not row.dimension
    ]
    assert {row.country: row.value for row in figures_of(compiled, index)} == {
        "DK": 80,
        "NO": 77,
        "SE": 81,
        "FI": 95,
        "IS": 78,
    }
    assert [code for code, _ in blank_legend(loc)] == ["NQ", "NP", "NC", "DV", "CP", "HF", "NS"]
    for code, meaning in blank_legend(loc):
        assert f"{code}{meaning}" in page.text("blanks-example")


def test_limits_come_from_the_caller(loc: Localizer) -> None:
    text = pages.method(loc, LINKS, SmallBaseThresholds(very_small=17, small=1234))
    assert "fewer than 17 answers" in text
    assert "fewer than 1,234 as" in text


def test_a_section_without_its_figures_stands_without_the_example(dataset: Dataset) -> None:
    rows = tuple(
        row
        for row in dataset.observations
        if (row.survey_id, row.indicator) != ("se-2021-workplace", "collab_any")
    )
    page = Outline(
        pages.method(Localizer(replace(dataset, observations=Observations.of(rows))), LINKS, LIMITS)
    )
    assert [attrs["id"] for attrs in page.all("h2")] == ["contents", *SECTIONS]
    gone = {"base", "interval", "differences", "status"}
    assert {name for name in SECTIONS if f"{name}-example" not in page.parts} == gone


def test_without_any_of_its_figures_the_page_names_no_country(dataset: Dataset) -> None:
    none = replace(
        dataset,
        observations=Observations.of(()),
        surveys={},
        asked={},
        breaks=(),
        definitions={},
    )
    page = Outline(pages.method(Localizer(none), LINKS, LIMITS))
    assert [attrs["id"] for attrs in page.all("h2")] == [
        "contents",
        *(name for name in SECTIONS if name != "broad"),
    ]
    assert not re.search("Denmark|Danish|Swed|Norw|Iceland|Nordic", page.text("content"))


def test_an_example_is_never_made_of_other_figures(dataset: Dataset) -> None:
    examples = pages.Examples(dataset, LINKS, LIMITS)
    for call in (
        lambda: examples.blank("dk-2015", "all", "collab_any"),
        lambda: examples.uncollected("dk-2015"),
        lambda: examples.not_asked("dk-2015", "initiated_employees"),
        lambda: examples.drawn("dk-2015", "initiated_employees"),
        lambda: examples.census(examples.figure("se-2021-workplace", "municipal", "collab_any")),
        lambda: examples.gaps(
            *(
                examples.figure("dk-2015", sector, "collab_companies")
                for sector in ("municipal", "state")
            )
        ),
        lambda: examples.survey("dk-1066"),
        lambda: examples.recorded_break("none"),
        lambda: examples.named("none"),
        lambda: examples.view(indicators=("unheard",)),
        lambda: examples.figure("dk-2015", "all", "unheard"),
    ):
        with pytest.raises(pages.ExampleError):
            call()


def test_texts_of_the_data_are_escaped(dataset: Dataset) -> None:
    bad = "<script>alert('x')</script> & \"more\""
    surveys = {**dataset.surveys, "dk-2015": replace(dataset.surveys["dk-2015"], title=bad)}
    sources = {
        **dataset.sources,
        "dst-2019": replace(dataset.sources["dst-2019"], title=bad, url="javascript:alert(1)"),
    }
    indicators = {
        **dataset.indicators,
        "collab_any": replace(dataset.indicators["collab_any"], label=bad),
    }
    loc = Localizer(replace(dataset, surveys=surveys, sources=sources, indicators=indicators))
    for text in (pages.sources(loc, LINKS), pages.method(loc, LINKS, LIMITS)):
        page = Outline(text)
        assert not page.all("script")
        assert "javascript:" not in text
        assert "&lt;script&gt;" in text
        assert bad in page.text("content")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-2020", "2019–2020"),
        ("/2021-08-31", "until 31 August 2021"),
        ("2017-09-12/2017-10-30", "12 September 2017 to 30 October 2017"),
        ("2021-01/2021-03", "January 2021 to March 2021"),
        ("2018-10/", "from October 2018"),
        ("2023-11", "November 2023"),
        ("2018-11-21 (changed 2020-01-14)", "21 November 2018 (changed 14 January 2020)"),
        ("2018 autumn", "2018 autumn"),
        ("", ""),
    ],
)
def test_times_in_words(loc: Localizer, text: str, expected: str) -> None:
    assert period_in_words(loc, text) == expected
