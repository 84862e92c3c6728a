"""The key under a chart: what each mark that occurs means, the same on the page, in a frame and on paper."""

from __future__ import annotations

import pytest

from dashboard import charts
from tests.support import views
from tests.support.server import Site

BARS = "theme=drivers&view=bars"


def said(query: str) -> list[tuple[str, str]]:
    """(sign, words) of the key under the first chart of an address."""
    shown = views.show(query)
    chart = charts.chart(shown.selection.chart)
    loc, section = views.loc(), shown.sections[0]
    entries = chart.key(loc, section, shown.selection, shown.thresholds)
    return [(each.sign, each.words) for each in entries]


def test_every_mark_that_occurs_is_explained_once():
    assert said(BARS) == [
        ("interval", "95% interval / possible range"),
        ("doubt", "in doubt"),
        ("worded", "not exact"),
        ("few", "▲ fewer than 100, ▲▲ fewer than 30 answers"),
        ("blank", "no figure"),
    ]
    assert "interval" not in dict(said(f"{BARS}&interval=hide"))
    assert "doubt" not in dict(said(f"{BARS}&inferred=hide"))


@pytest.mark.parametrize(
    ("query", "signs"),
    [
        ("theme=drivers&country=DK&edition=dk-2023&view=bars", ["interval"]),
        ("theme=drivers&view=heat", ["doubt", "worded", "blank"]),
        ("theme=drivers&view=scale", ["few"]),
        ("theme=drivers&country=NL~FI&view=dots&by=sector", ["worded", "management"]),
    ],
)
def test_what_a_chart_does_not_draw_has_no_entry(query, signs):
    assert [sign for sign, _ in said(query)] == signs


@pytest.mark.parametrize("path", ["/", "/embed", "/paper"])
def test_the_key_stands_on_the_page_in_a_frame_and_on_paper(web: Site, path):
    page = web.ask(f"{path}?{BARS}").text
    (key,) = page.split('<p class="key">')[1:]
    entries = key.split("</p>")[0]
    assert [words for _, words in said(BARS)] == [
        entry.split("</span>")[1] for entry in entries.split("<span><span")[1:]
    ]


def test_the_foot_of_a_picture_says_the_same():
    shown = views.show(f"{BARS}&country=DK&edition=all")
    address = "https://barometer.example/"
    drawn = charts.picture(shown, shown.sections[0], views.loc(), address, "square")
    foot = " ".join(text.content for text in drawn.drawing.texts)
    assert "Line: 95% interval." in foot
