"""Elements that are made fast: Dash's own, with its own checks."""

from __future__ import annotations

import dash.html
import pytest

from dashboard.layout.elements import html, props


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ((), {}),
        (("text",), {}),
        ((None,), {"id": "x"}),
        ((["a", "b"],), {"className": "c", "data-at": "1", "aria-label": "l"}),
        ((), {"children": "text", "title": "t"}),
    ],
)
def test_an_element_is_that_of_dash(given: tuple, named: dict) -> None:
    expected = dash.html.Div(*given, **named)
    for made in (html.Div(*given, **named), html.Div(*given, **named)):
        assert type(made) is dash.html.Div
        assert made.to_plotly_json() == expected.to_plotly_json()
        assert props(made) == expected.to_plotly_json()["props"]


def test_attributes_keep_the_order_in_which_they_are_given() -> None:
    """Dash's own constructor takes that of a set, which is another in every process."""
    named = {"data-b": "1", "data-a": "2", "aria-label": "3", "data-c": "4"}
    for _ in range(2):
        assert list(props(html.Div("text", **named))) == ["children", *named]


def test_elements_of_one_kind_share_nothing() -> None:
    first, second = html.Span("one", className="a"), html.Span("two", className="b")
    first.children = "other"
    assert (second.children, second.className) == ("two", "b")


def test_a_name_that_an_element_has_not_is_refused() -> None:
    for _ in range(2):
        with pytest.raises(TypeError, match="colour"):
            html.Div("text", colour="red")
