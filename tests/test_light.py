"""The tree that Dash is sent: what stands still is finished HTML, and says what it said."""

from __future__ import annotations

import json

from dash import dcc, html
from plotly.utils import PlotlyJSONEncoder

from dashboard.layout import ids
from dashboard.layout.light import light
from dashboard.layout.to_html import HTML, to_html
from tests.support.server import Site


def test_an_element_without_anything_of_dash_holds_its_children_as_html() -> None:
    tree = html.Nav(html.Ul([html.Li("<a>"), html.Li(html.B("b"))]), className="row")
    made = light(tree)
    assert getattr(made, "data-html") == "<ul><li>&lt;a&gt;</li><li><b>b</b></li></ul>"
    assert made.className == "row"
    assert not hasattr(made, "children")
    assert (
        to_html(tree, HTML) == '<nav class="row"><ul><li>&lt;a&gt;</li><li><b>b</b></li></ul></nav>'
    )


def test_what_dash_changes_stays_a_component_and_so_does_all_around_it() -> None:
    for changed in (html.Div(id=ids.STATUS), dcc.Store(id="store"), html.P(html.P(id=ids.CONTENT))):
        made = light(html.Div([html.P([html.B("a"), "b"]), changed]))
        still, live = made.children
        assert getattr(still, "data-html") == "<b>a</b>b"
        assert type(live) is type(changed)
        assert not hasattr(live, "data-html")


def test_texts_and_the_tree_itself_are_left_as_they_are() -> None:
    tree = html.Div([html.P("a"), dcc.Store(id="store")])
    made = light(tree)
    assert made.children[0].children == "a"
    assert tree.children[0].to_plotly_json()["props"] == {"children": "a"}


def test_no_element_counts_clicks() -> None:
    sent = json.dumps(light(html.Div([html.P("a"), dcc.Store(id="b")])), cls=PlotlyJSONEncoder)
    assert sent.count('"disable_n_clicks": true') == 2


def test_the_page_begins_with_few_components(web: Site) -> None:
    """Each is asked, with every change of any, whether it has changed."""
    assert web.ask("/_dash-layout").text.count('"namespace"') <= 125
