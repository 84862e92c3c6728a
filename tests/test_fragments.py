"""The content of the page as finished HTML: what a browser is sent is small, the same in app and first response, and safe to put in."""

from __future__ import annotations

import json
import re
from html import escape

import pytest
from dash import html
from plotly.utils import PlotlyJSONEncoder

from dashboard.layout.fragment import TABLE, fragment
from dashboard.layout.to_html import HTML, to_html
from dashboard.settings import Settings
from dashboard.web import create_app
from tests.support.callbacks import change
from tests.support.components import components
from tests.support.fragments import parsed
from tests.support.page_changes import contents, sections
from tests.support.server import Site
from tests.support.views import READY_VIEWS

HOME = "concept=innovative_workplaces&view=compare"
THREE = "theme=drivers~collaboration~effects"


@pytest.fixture(scope="module")
def client():
    """A client of the whole site."""
    return create_app(Settings(drawings=0)).test_client()


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
