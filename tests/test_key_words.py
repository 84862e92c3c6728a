"""What is said below a chart of possible ranges and of an n that is not published, where these stand."""

from __future__ import annotations

import re

import pytest

from dashboard import charts
from dashboard.render.widths import WIDTHS
from tests.support import views


def test_the_foot_of_a_picture_tells_a_possible_range_from_an_interval():
    shown = views.show("theme=drivers&country=SE&view=bars")
    drawn = charts.picture(shown, shown.sections[0], views.loc(), "https://x.example/", "report")
    foot = " ".join(text.content for text in drawn.drawing.texts)
    assert "Line: approximate 95% interval. Dotted line: possible range." in foot
    assert "dot" in {line.dash for line in drawn.drawing.lines}


@pytest.mark.parametrize(
    "query",
    [
        "theme=drivers&view=bars",
        "theme=collaboration&view=dots&by=sector",
        "theme=innovation&view=bars&by=sector",
    ],
)
def test_the_most_that_an_n_can_be_is_explained_below_the_chart_where_it_stands(query):
    shown = views.show(query)
    (section,) = shown.sections
    found = set()
    for width in WIDTHS:
        drawn = charts.drawing(shown, section, views.loc(), width)
        texts = [text.content for text in drawn.texts]
        stands = any(re.fullmatch(r"≤ [\d,]+", each) for each in texts)
        assert ("n ≤: unpublished, at most this" in texts) == stands
        found.add(stands)
    assert True in found


def test_the_foot_of_a_picture_says_what_the_most_of_an_n_is_where_it_stands():
    told = set()
    for country in ("DK", "DK~NO", "SE"):
        for size in ("slide", "report", "square", "og"):
            shown = views.show(f"theme=collaboration&view=bars&country={country}")
            (section,) = shown.sections
            drawn = charts.picture(shown, section, views.loc(), "https://x.example/", size)
            texts = [text.content for text in drawn.drawing.texts]
            stands = any(re.fullmatch(r"≤ [\d,]+", each) for each in texts)
            assert ("n ≤: unpublished, at most this." in " ".join(texts)) == stands
            told.add(stands)
    assert told == {True, False}
