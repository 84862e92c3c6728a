"""The pages of sources and of method: complete, well formed, and true to the data."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from dashboard import pages, statistics
from dashboard.comparability import CARE, NO, YES, Limits
from dashboard.dataset import Dataset, Observation
from dashboard.examples import Views
from dashboard.query import prepare
from dashboard.query.facets import Prepared
from dashboard.query.view import view
from dashboard.selection import format as written
from dashboard.selection import parse
from dashboard.wording import Words
from dashboard.wording.texts import blank_legend

LINKS = pages.PageLinks(stylesheets=("/static/bootstrap.min.css?v=1", "/assets/barometer.css"))
LIMITS = Limits()
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SECTIONS = [
    *("base", "respondents", "interval", "approximate", "no-interval", "small-n", "differences"),
    *("verdicts", "status", "wording", "blanks", "change", "broad", "release"),
]


class Document(HTMLParser):
    """A page taken apart; fails where tags are not balanced."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.parts: dict[str, str] = {}
        self._within: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag not in VOID:
            self.open.append(tag)
            self._within.append(found.get("id") or "")
        if found.get("id"):
            self.parts.setdefault(found["id"], "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag
        self._within.pop()

    def handle_data(self, data: str) -> None:
        for name in filter(None, self._within):
            self.parts[name] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    def text(self, name: str) -> str:
        """All text within the element of this id, with single spaces."""
        return " ".join(self.parts[name].split())


@pytest.fixture(scope="module")
def words(dataset: Dataset) -> Words:
    return Words(dataset)


@pytest.fixture(scope="module")
def prepared(dataset: Dataset) -> Prepared:
    return prepare(dataset)


@pytest.fixture(scope="module")
def both(words: Words) -> dict[str, Document]:
    return {"sources": Document(pages.sources(words, LINKS)), "method": Document(pages.method(words, LINKS, LIMITS))}


@pytest.fixture(scope="module")
def examples(dataset: Dataset) -> pages.Examples:
    return pages.Examples(dataset, LINKS, LIMITS)


def _figures(address: str, prepared: Prepared) -> list[Observation]:
    """Every figure of the view at an address, all of them shown."""
    parsed = parse(urlsplit(address).query, prepared.vocabulary)
    found = view(prepared, replace(parsed.selection, expanded=parsed.selection.themes))
    return [value.observation for section in found.sections for value in section.values]


@pytest.mark.parametrize("name", ["sources", "method"])
def test_the_page_is_a_sound_document(both: dict[str, Document], name: str) -> None:
    page = both[name]
    ids = Counter(attrs["id"] for _, attrs in page.tags if attrs.get("id"))
    assert [each for each, count in ids.items() if count > 1] == []
    assert page.all("html") == [{"lang": "en"}]
    assert [len(page.all(tag)) for tag in ("h1", "header", "main", "footer", "title")] == [1] * 5
    assert page.all("a")[0] == {"class": "skip", "href": "#content"}
    current = [(attrs["aria-current"], attrs["href"], attrs.get("hreflang")) for attrs in page.all("a") if "aria-current" in attrs]
    assert current == [("true", f"/{name}?lang=en", "en"), ("true", f"/{name}", None), ("page", f"/{name}", None)]
    assert all(attrs.get("aria-label") or attrs.get("aria-labelledby") in ids for attrs in page.all("nav"))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert len(page.all("table")) == len(page.all("caption")) > 0
    assert all(attrs.get("scope") in {"row", "col"} for attrs in page.all("th"))


@pytest.mark.parametrize("name", ["sources", "method"])
def test_the_page_obeys_the_policy_and_loads_nothing_foreign(both: dict[str, Document], name: str) -> None:
    page = both[name]
    assert not {"script", "style", "img", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert not [attrs for _, attrs in page.tags if "style" in attrs or any(key.startswith("on") for key in attrs)]
    loaded = [attrs["href"] for attrs in page.all("link") if attrs["rel"] != "alternate"]
    assert loaded == ["/assets/favicon.ico", *LINKS.stylesheets]
    assert all(re.match(r"#|/|https?://", attrs["href"]) for attrs in page.all("a"))


@pytest.mark.parametrize("name", ["sources", "method"])
def test_links_within_the_pages_have_an_end(both: dict[str, Document], name: str) -> None:
    for href in (attrs["href"] for attrs in both[name].all("a")):
        address, _, anchor = href.partition("#")
        path = address.partition("?")[0]
        if path in ("", "/sources", "/method") and anchor:
            assert anchor in both[path.strip("/") or name].parts, href


@pytest.mark.parametrize("name", ["sources", "method"])
def test_links_to_views_are_canonical_and_show_figures(both: dict[str, Document], prepared: Prepared, name: str) -> None:
    addresses = {attrs["href"] for attrs in both[name].all("a") if attrs["href"].startswith("/?")}
    assert len(addresses) > 10
    for address in addresses:
        query = urlsplit(address).query
        parsed = parse(query, prepared.vocabulary)
        assert parsed.ignored == ()
        assert written(parsed.selection, prepared.vocabulary) == query
        assert view(prepared, parsed.selection).figures > 0, address


def test_links_stand_behind_the_base(words: Words) -> None:
    links = pages.PageLinks(stylesheets=(), base="/barometer")
    for text in (pages.sources(words, links), pages.method(words, links, LIMITS)):
        assert {href.split("/")[1] for href in re.findall(r'<a href="(/[^"]*)"', text)} == {"barometer"}


def test_every_survey_indicator_and_publication_is_on_the_page(both: dict[str, Document], dataset: Dataset) -> None:
    page = both["sources"]
    for survey in dataset.surveys.values():
        assert page.text(survey.survey_id) == " ".join(survey.title.split())
    for concept in dataset.concepts.values():
        row = page.text(f"concept-{concept.concept}")
        assert row.startswith(concept.label)
        assert concept.definition in row
    for source in dataset.sources.values():
        assert " ".join(source.title.split()) in page.text(f"source-{source.source_id}")
    for name in ("base", "status", "qualifier"):
        for code in dataset.codes[name].values():
            assert code.description in page.text(f"{name}-{code.code}")
    every = page.text("content")
    assert every.count("Not collected yet.") == sum(not survey.has_figures for survey in dataset.surveys.values())
    for text in (*(found.description for found in dataset.breaks), *(test.statement for test in dataset.published_tests)):
        assert " ".join(text.split()) in every
    for record in dataset.asked.values():
        assert record.evidence in every


def test_the_views_of_a_survey_hold_all_its_figures(words: Words, prepared: Prepared) -> None:
    views = Views(words.dataset, LINKS)
    for entry in pages._entries(words, views):
        if entry.figures:
            assert {row.survey_id for row in _figures(entry.charts, prepared)} <= {entry.survey.survey_id}
            whole = [row for row in _figures(entry.table, prepared) if row.survey_id == entry.survey.survey_id]
            assert len(whole) == entry.undivided
            counts = [len(_figures(address, prepared)) for _, address, _ in entry.splits]
            assert counts == [number for _, _, number in entry.splits]
            assert entry.undivided + sum(counts) == entry.figures
    tables = pages._concept_tables(words, views)
    for concept in words.dataset.concepts:
        for _, address, number in tables(concept):
            assert len(_figures(address, prepared)) == number, address


def test_a_break_is_told_at_every_edition_that_it_parts(words: Words) -> None:
    entries = {entry.survey.survey_id: entry for entry in pages._entries(words, Views(words.dataset, LINKS))}
    told = {survey for survey, entry in entries.items() if "dk-collab-any-2020" in {found.break_id for found in entry.breaks}}
    assert told == {"dk-2015", "dk-2017", "dk-2020", "dk-2023"}


def test_method_has_a_worked_example_in_every_section(both: dict[str, Document]) -> None:
    page = both["method"]
    headings = [attrs["id"] for attrs in page.all("h2")]
    assert headings == ["contents", *SECTIONS]
    assert [name for name in SECTIONS if f"{name}-example" not in page.parts] == []


def test_worked_numbers_are_those_of_the_data(both: dict[str, Document], examples: pages.Examples, words: Words) -> None:
    page = both["method"]

    def value(*key: str, **split: str) -> str:
        return words.percent(examples.figure(*key, **split).value)

    denmark = value("dk-2015", "all", "collab_any")
    sweden = value("se-2021-workplace", "municipal", "collab_any")
    assert (denmark, sweden) == ("79%", "42%")
    assert f"In Denmark, {denmark} of innovations" in page.text("base-example")
    assert f"In Sweden, {sweden} of municipal workplaces" in page.text("base-example")

    regions = examples.figure("se-2021-central", "regional", "driver_users", "high")
    low, high = statistics.wilson(regions.value, regions.n)
    assert low < 50 < high
    assert f"73% say that users drive it to a high degree. Behind this stand few answers (n {regions.n})" in page.text("interval-example")
    assert f"the interval runs from {round(low)}% to {round(high)}%." in page.text("interval-example")
    assert f"{regions.n} Swedish regional managements" in page.text("small-n-example")
    assert f"by {round(100 / regions.n)} percentage points" in page.text("small-n-example")

    survey = words.dataset.surveys["dk-2015"]
    assert examples.figure("dk-2015", "all", "collab_any").n is None
    low, high = statistics.wilson(79, survey.innovations_n)
    assert f"would run from {round(low)}% to {round(high)}%" in page.text("approximate-example")
    assert words.number(survey.innovations_n) in page.text("approximate-example")
    assert examples.figure("dk-2015", "state", "collab_companies").n is None

    assert "about 40%" in page.text("wording-example")
    assert "over 70%" in page.text("wording-example")
    assert "under 30%" in page.text("wording-example")
    assert re.findall(r"\d\d%", page.text("change-example").partition("The question")[0]) == ["79%", "79%", "69%", "69%"]
    broad, others = (
        value("se-2021-workplace", "municipal_regional", "act_needs_analysis", segment=segment)
        for segment in ("broad-innovators", "others")
    )
    assert f"{broad} of broad innovators and {others} of the others" in page.text("broad-example")
    assert "at least four of the seven" in words.dataset.concepts["broad_innovators"].definition
    assert words.dataset.release in page.text("release-example")


def test_worked_differences_are_computed(both: dict[str, Document], examples: pages.Examples) -> None:
    rows = [examples.figure("se-2021-workplace", sector, "collab_any") for sector in ("municipal", "state", "regional")]
    gaps = examples.gaps(*rows)
    pairs = [(65, 164, 51, 274), (65, 164, 42, 1222), (51, 274, 42, 1222)]
    assert [(gap.first.value, gap.first.n, gap.second.value, gap.second.n) for gap in gaps] == pairs
    assert [(gap.points, gap.low, gap.high) for gap in gaps] == [pytest.approx(statistics.newcombe(*pair)) for pair in pairs]
    assert [gap.p for gap in gaps] == pytest.approx(statistics.holm([statistics.two_sided_p(*pair) for pair in pairs]))
    text = both["method"].text("differences-example")
    for gap in gaps:
        assert f"{round(gap.points)}{round(gap.low)} to {round(gap.high)}" in text
    assert text.count("a larger gap than chance alone would give") == sum(gap.p < 0.05 for gap in gaps) == 3


def test_verdicts_of_the_examples(examples: pages.Examples) -> None:
    kinds = {name: pair.verdict.kind for name, pair in examples.pairs.items()}
    assert kinds == {
        "base": NO,
        "question": CARE,
        "respondent": NO,
        "different": YES,
        "not_different": YES,
        "units": CARE,
        "concept": NO,
        "coverage": NO,
        "fields": CARE,
    }


def test_the_view_of_a_pair_shows_both_figures(examples: pages.Examples, prepared: Prepared) -> None:
    for pair in examples.pairs.values():
        shown = _figures(pair.address, prepared)
        assert pair.first in shown
        assert pair.second in shown


def test_examples_of_blanks_show_their_kind(both: dict[str, Document], prepared: Prepared, words: Words) -> None:
    page = both["method"]
    hrefs = [attrs["href"] for attrs in page.all("a")]
    start = next(at for at, href in enumerate(hrefs) if href.startswith("/?") and "works_with_innovation" in href)
    kinds = ("not_asked", "not_published", "", "filtered")
    for kind, href in zip(kinds, hrefs[start : start + 4], strict=True):
        if kind:
            found = view(prepared, parse(urlsplit(href).query, prepared.vocabulary).selection)
            blanks = [blank.kind for section in found.sections for row in section.rows for cell in row.cells for _, blank in cell.missing]
            assert kind in blanks, href
        else:
            assert href == "/sources#se-2023"
    for code, meaning in blank_legend(words):
        assert f"{code}{meaning}" in page.text("blanks-example")


def test_limits_come_from_the_caller(words: Words) -> None:
    text = pages.method(words, LINKS, Limits(very_small=17, small=1234))
    assert "fewer than 17 answers" in text
    assert "fewer than 1,234 as" in text


def test_a_missing_figure_fails_loudly(dataset: Dataset) -> None:
    rows = tuple(row for row in dataset.observations if (row.survey_id, row.concept) != ("se-2021-workplace", "collab_any"))
    with pytest.raises(pages.ExampleError, match="se-2021-workplace, municipal, collab_any"):
        pages.method(Words(replace(dataset, observations=rows)), LINKS, LIMITS)
    examples = pages.Examples(dataset, LINKS, LIMITS)
    for call in (
        lambda: examples.blank("dk-2015", "all", "collab_any"),
        lambda: examples.uncollected("dk-2015"),
        lambda: examples.not_asked("dk-2015", "initiated_employees"),
        lambda: examples.survey("dk-1066"),
        lambda: examples.recorded_break("none"),
    ):
        with pytest.raises(pages.ExampleError):
            call()


def test_texts_of_the_data_are_escaped(dataset: Dataset) -> None:
    bad = "<script>alert('x')</script> & \"more\""
    surveys = {**dataset.surveys, "dk-2015": replace(dataset.surveys["dk-2015"], title=bad)}
    sources = {**dataset.sources, "dst-2019": replace(dataset.sources["dst-2019"], title=bad, url="javascript:alert(1)")}
    concepts = {**dataset.concepts, "collab_any": replace(dataset.concepts["collab_any"], label=bad)}
    words = Words(replace(dataset, surveys=surveys, sources=sources, concepts=concepts))
    for text in (pages.sources(words, LINKS), pages.method(words, LINKS, LIMITS)):
        page = Document(text)
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
def test_times_in_words(words: Words, text: str, expected: str) -> None:
    assert pages._stretch(words, text) == expected
