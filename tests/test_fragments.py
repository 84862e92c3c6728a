"""The content of the page as finished HTML: the same in app and first response, few components, tables when they are asked for."""

from __future__ import annotations

import json
import re
from html import escape
from itertools import combinations

import pytest
from dash import html
from plotly.utils import PlotlyJSONEncoder

from dashboard.comparability import unit as unit_of
from dashboard.layout import notes
from dashboard.layout.components import unbroken
from dashboard.layout.fragment import TABLE, fragment
from dashboard.layout.to_html import HTML, to_html
from dashboard.query import Section, View
from dashboard.settings import Settings
from dashboard.text import comparisons, missing, texts
from dashboard.text.lead import lead, unit
from dashboard.text.summary import summary
from dashboard.web import create_app
from tests.support import views
from tests.support.callbacks import change
from tests.support.components import components, said
from tests.support.drawings import drawings
from tests.support.fragments import parsed
from tests.support.page_changes import links, update
from tests.support.server import Site
from tests.support.views import READY_VIEWS, show

HOME = "concept=innovative_workplaces&view=compare"
THREE = "theme=drivers~collaboration~effects"


@pytest.fixture(scope="module")
def client():
    """A client of the whole site."""
    return create_app(Settings(drawings=0)).test_client()


def contents(query: str) -> list:
    return update(f"?{query}")["content"]


def sections(query: str) -> list[tuple[View, Section]]:
    """Every section that the page of an address shows, with its view."""
    return [(view, section) for view in views.context(query).views for section in view.sections]


def fragments(query: str) -> list[str]:
    """The HTML of every fragment of a view."""
    inside = [each for each in tree(contents(query)) if hasattr(each, "data-html")]
    return [getattr(each, "data-html") for each in inside]


def tree(node: object) -> list:
    """The components that Dash is sent, without what stands in finished HTML."""
    if isinstance(node, list | tuple):
        return [each for part in node for each in tree(part)]
    return [node, *tree(getattr(node, "children", None))] if hasattr(node, "to_plotly_json") else []


# --- What is sent ---


@pytest.mark.parametrize(("query", "most"), [(HOME, 32), (f"{HOME}&lang=fi", 32), (THREE, 30)])
def test_content_is_few_components(query: str, most: int) -> None:
    sent = json.dumps(contents(query), cls=PlotlyJSONEncoder)
    assert sent.count('"namespace"') <= most


@pytest.mark.parametrize("query", [HOME, THREE, *READY_VIEWS.values(), "theme=effects&view=table"])
def test_the_first_response_holds_the_bytes_of_every_fragment(client, query: str) -> None:
    page = client.get(f"/?{query}").text
    for finished in fragments(query):
        # The first response has the table in its place already.
        before, _, after = finished.partition("></div></details>")
        assert before in page
        assert after in page


def test_texts_and_attributes_of_a_fragment_are_escaped() -> None:
    made = fragment(html.P("<b>&", title='"><script>'))
    assert getattr(made, "data-html") == ('<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;</p>')
    assert escape(getattr(made, "data-html")) not in to_html(made, HTML)
    assert getattr(made, "data-html") in to_html(made, HTML)


@pytest.mark.parametrize("query", [HOME, THREE, "view=change", "theme=effects&view=table"])
def test_no_fragment_has_a_handler_or_a_style_but_the_colour_of_a_sample(query: str) -> None:
    """The policy of the page would refuse a handler; what a style sheet can say stands in one."""
    for each in components([parsed(finished) for finished in fragments(query)]):
        props = each.to_plotly_json()["props"]
        assert not [name for name in props if name.lower().startswith("on")]
        if "style" in props:
            assert "sample" in props["className"].split()
            assert re.fullmatch(r"color: ?light-dark\(#\w+, #\w+\);?", props["style"])
        assert type(each).__name__ != "Script"


# --- What stands above a chart ---


@pytest.mark.parametrize("language", ["en", "da", "nb", "sv", "fi"])
def test_a_title_leads_the_page_and_each_of_several_themes_has_its_heading(language: str) -> None:
    query = f"{THREE}&lang={language}"
    shown, loc = show(query), views.store().localizer(show(query).selection, language)
    made = contents(query)
    [title] = [each for each in components(made) if type(each).__name__ == "H1"]
    # What unfolds below a title has headings of the next rank, without an id.
    ranked = [each for each in components(made) if type(each).__name__ == "H2"]
    others = [said(each) for each in ranked if getattr(each, "id", "").startswith("heading-")]
    assert said(title) == texts.unbroken(lead(loc, shown, shown.sections[0])[0])
    # Of several themes each has its own heading.
    assert others == [loc.label("theme", section.theme) for section in shown.sections]


@pytest.mark.parametrize("query", [HOME, THREE, *READY_VIEWS.values(), "country=none"])
def test_the_unit_names_base_respondents_and_years(query: str) -> None:
    loc = views.loc()
    for section in show(query).sections:
        line = unit(loc, show(query), section)
        bases = {value.observation.base for value in section.values}
        assert ("% of " in line) == (len(bases) <= 2)
        assert line.startswith("Percentages of different things, each named below") == (
            len(bases) > 2
        )
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
        assert ("answered by" in line) != mixed
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
    assert written.count("the two years before each country's survey") == 1


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
        assert all(part in paper for part in parts)
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
        "Take the whole view away:",
        "Everything (ZIP)",
    ):
        assert phrase in text, phrase


def test_the_whole_view_is_taken_away_below_everything() -> None:
    *others, last = [part for part in contents(THREE) if said(part)]
    assert "Take the whole view away:" in said(last)
    assert "Take the whole view away:" not in said(others)


def test_links_to_views_are_marked_for_the_script_and_files_are_not() -> None:
    for each in components(contents(f"{THREE}&country=DK~SE")):
        if type(each).__name__ == "A" and getattr(each, "target", None) is None:
            assert each.href.startswith("/?") == hasattr(each, "data-view"), each.href


# --- Tables ---


def test_a_table_is_answered_at_an_address_of_its_own(client) -> None:
    for query in (f"{THREE}&country=DK~SE", HOME):
        places = [
            getattr(each, "data-source")
            for each in components(contents(query))
            if hasattr(each, "data-table-of")
        ]
        # Below the home charts open with a few indicators, and their tables with the same.
        for place, (_, section) in zip(places, sections(query), strict=True):
            answer = client.get(place)
            assert answer.status_code == 200
            assert answer.headers["X-Robots-Tag"] == "noindex"
            [frame] = parsed(answer.text)
            rows = [each for each in components(frame) if type(each).__name__ == "Tr"]
            assert len(rows) == 1 + len(section.values)


@pytest.mark.parametrize(
    ("query", "status", "text"),
    [
        ("", 400, "exactly one theme"),
        ("theme=drivers~effects", 400, "exactly one theme"),
        ("theme=astrology", 400, "astrology"),
        ("theme=drivers&opening=0", 400, "from 1 to 12"),
        ("theme=effects&colour=red", 400, "“colour” is not a parameter"),
        ("theme=effects&country=XX", 400, "XX"),
        ("theme=effects&country=none", 404, "No figure fits this selection"),
        ("theme=effects&" + "x" * 5000, 414, ""),
    ],
)
def test_a_table_that_cannot_be_is_refused_with_a_sentence(
    client, query: str, status: int, text: str
) -> None:
    answer = client.get(f"{TABLE}?{query}")
    assert answer.status_code == status
    assert text in answer.text
    assert "Traceback" not in answer.text


def test_crawlers_are_asked_to_leave_tables_alone(client) -> None:
    assert f"Disallow: {TABLE}\n" in client.get("/robots.txt").text + "\n"


# --- A click ---


def counted(web: Site, before: str, after: str) -> tuple[int, int]:
    """(components, outputs) of the answer to a link from one view to another."""
    held = answered(change(web, "search", search=f"?{before}"), web)
    kept = {
        name.replace("-", "_"): value
        for name, props in held.items()
        for prop, value in props.items()
        if prop in ("value", "data")
    }
    found = answered(change(web, "search", **{**kept, "search": f"?{after}"}), web)
    outputs = sum(len(props) for props in found.values())
    return json.dumps(found).count('"namespace"'), outputs


def answered(request: dict, web: Site) -> dict:
    answer = web.update(request)
    assert answer.status == 200
    return json.loads(answer.text)["response"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (HOME, "concept=innovative_workplaces&view=bars"),
        ("concept=innovative_workplaces&view=bars", HOME),
        (HOME, THREE),
        (THREE, f"{THREE}&country=DK~SE"),
        (THREE, f"{THREE}&view=dots"),
    ],
)
def test_a_click_is_answered_with_few_components_and_outputs(
    web: Site, before: str, after: str
) -> None:
    made, outputs = counted(web, before, after)
    assert made <= 80
    assert outputs <= 12


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


# --- One view in place of another ---


def told_apart(before: object, after: object) -> set[str] | None:
    """The ids of the parts of which something is new, as assets/parts.js finds them; None where only what is around can be told."""
    if isinstance(before, list | tuple) and isinstance(after, list | tuple):
        found = [told_apart(*pair) for pair in zip(before, after, strict=False)]
        alike = len(before) == len(after) and None not in found
        return set().union(*filter(None, found)) if alike else None
    if not hasattr(after, "to_plotly_json") or type(before) is not type(after):
        return set() if before == after else None
    old, new = (each.to_plotly_json()["props"] for each in (before, after))
    name = new.get("id")
    below = told_apart(old.pop("children", None), new.pop("children", None))
    if old.get("id") != name:
        return None
    if below is not None and old == new:
        return below
    return None if name is None else {*(below or ()), json.dumps(name)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "country=DK~NO~FI~IS~NL"),
        (THREE, f"{THREE}&country=DK~SE"),
        (THREE, f"{THREE}&view=dots"),
        ("theme=drivers&view=bars", "theme=drivers&view=bars&sector=municipal"),
    ],
)
def test_a_filter_changes_parts_that_can_be_told_by_name(before: str, after: str) -> None:
    """Otherwise a browser builds every chart anew."""
    found = told_apart(contents(before), contents(after))
    assert found
    graphs = {name for name in found if '"graph"' in name}
    assert graphs
    assert not found & {json.dumps(view.selection.themes[0]) for view, _ in sections(after)}
