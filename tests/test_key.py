"""The key under a chart: what each mark that occurs means, the same on the page, in a frame and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

import pytest

from dashboard import charts
from dashboard.charts.chart import BROAD
from dashboard.charts.drawing import Drawing
from dashboard.charts.years import near_together, year_of
from dashboard.query import APPROXIMATE, POSSIBLE, Value
from dashboard.query.evidence import WILSON
from dashboard.selection import ARRANGEMENTS
from dashboard.text import wording
from dashboard.text.key import Entry, Signs, entries, intervals, narrower
from tests.support import views
from tests.support.drawings import first
from tests.support.server import Site

BARS = "theme=drivers&view=bars"
FEW = "concept=promoted_employees~driver_technology~initiated_employees&view=bars"
"""As few indicators as a frame opens with."""


def said(query: str) -> list[tuple[str, str]]:
    """(sign, words) of the key under the first chart of an address."""
    return [(each.sign, each.words) for each in keyed(query)]


def keyed(query: str) -> tuple[Entry, ...]:
    """The key under the first chart of an address."""
    shown = views.show(query)
    chart = charts.chart(shown.selection.chart)
    return chart.key(views.loc(), shown.sections[0], shown.selection, shown.thresholds)


def test_every_mark_that_occurs_is_explained_once():
    assert said(BARS) == [
        ("interval", "approximate 95% interval, where known"),
        ("range", "possible range"),
        ("doubt", "in doubt (which label the number belongs to)"),
        ("worded", "not exact (about or ≈, over or >)"),
        ("few", "† fewer than 100, †† fewer than 30 answers"),
        ("blank", "no figure in any sector"),
    ]
    assert "interval" not in dict(said(f"{BARS}&interval=hide"))
    assert "doubt" not in dict(said(f"{BARS}&inferred=hide"))


@pytest.mark.parametrize(
    ("query", "signs"),
    [
        ("theme=drivers&country=DK&edition=dk-2023&view=bars", ["interval"]),
        ("theme=drivers&view=heat", ["doubt", "worded", "bound", "blank", "wall"]),
        ("theme=drivers&view=scale", ["few"]),
        ("theme=drivers&country=NL~FI&view=dots&by=sector", ["worded", "management"]),
    ],
)
def test_what_a_chart_does_not_draw_has_no_entry(query, signs):
    assert [sign for sign, _ in said(query)] == signs


@pytest.mark.parametrize("path", ["/", "/embed", "/paper"])
def test_the_key_stands_on_the_page_in_a_frame_and_on_paper(web: Site, path):
    query = FEW if path == "/embed" else BARS
    page = web.ask(f"{path}?{query}").text
    (key,) = page.split('<p class="key">')[1:]
    assert key.count("color: light-dark(#") == len(sectors(query))
    entries = unescape(key.split("</p>")[0])
    assert [*sectors(query), *(words for _, words in said(query))] == [
        entry.split("</span>")[1] for entry in entries.split("<span><span")[1:]
    ]


@pytest.mark.parametrize("path", ["/", "/embed", "/paper"])
def test_the_key_of_a_change_stands_over_its_panels(web: Site, path):
    """They are many, one below the other; that of any other chart stands under it."""
    for query, leads in (("theme=innovation&view=change", True), (BARS, False)):
        page = web.ask(f"{path}?{query}").text
        assert page.count('<p class="key">') == 1
        assert (page.index('<p class="key">') < page.index("<svg", page.index("<figure"))) == leads


def sectors(query: str) -> list[str]:
    """The sectors that the key under the first chart of an address names."""
    shown = views.show(query)
    chart = charts.chart(shown.selection.chart)
    return [each.name for each in chart.shapes(views.loc(), shown.sections[0])]


@pytest.mark.parametrize("chart", ["bars", "dots"])
def test_the_key_names_the_sectors_that_occur_where_there_are_several(chart):
    assert sectors(f"theme=drivers&view={chart}&by=indicator") == [
        "All sectors",
        "Municipal",
        "Regional",
        "Municipal and regional",
        "State",
    ]
    assert sectors(f"theme=drivers&view={chart}&by=indicator&sector=municipal") == []
    # Rows say their sector.
    assert sectors(f"theme=drivers&view={chart}") == []
    assert sectors(f"theme=drivers&view={chart}&by=sector") == []


def test_each_sector_has_its_own_shape_and_all_the_same_colour_among_dots():
    shown = views.show("theme=drivers&view=dots&by=indicator")
    shapes = charts.chart("dots").shapes(views.loc(), shown.sections[0])
    assert len({each.symbol for each in shapes}) == len(shapes) == 5
    assert len({each.colour for each in shapes}) == 1


def test_an_interval_within_its_dot_has_no_entry():
    shown = views.show("theme=drivers&view=dots")
    values = shown.sections[0].values
    found = [
        max(known.high - value.observation.value, value.observation.value - known.low)
        for value in values
        if (known := value.evidence.interval)
    ]
    for reach, seen in ((max(found), False), (max(found) - 0.1, True)):
        signs = Signs(intervals=True, reach=reach)
        made = entries(views.loc(), shown.sections[0], shown.thresholds, signs)
        # The widest is a possible range.
        assert ("range" in [each.sign for each in made]) is seen
        assert seen or "interval" not in [each.sign for each in made]


def test_the_foot_of_a_picture_says_the_same():
    shown = views.show(f"{BARS}&country=DK&edition=all")
    address = "https://barometer.example/"
    drawn = charts.picture(shown, shown.sections[0], views.loc(), address, "square")
    foot = " ".join(text.content for text in drawn.drawing.texts)
    # Of some figures n is not known.
    assert "Line: approximate 95% interval, where known." in foot


@pytest.mark.parametrize("chart", ["bars", "dots", "heat"])
@pytest.mark.parametrize("size", ["slide", "report", "square"])
def test_a_picture_that_has_dashes_says_what_they_are(chart, size):
    shown = views.show(f"theme=drivers&view={chart}")
    drawn = charts.picture(shown, shown.sections[0], views.loc(), "https://x.example/", size)
    foot = " ".join(text.content for text in drawn.drawing.texts)
    drawing = charts.chart_of(shown.selection)
    dashed = drawing.draws_dashes and drawing.has_dashes(drawn.section)
    assert ("—: no figure" in foot) == dashed
    # A bare place of bars and dots is another sector's.
    assert ("—: no figure in any sector." in foot) == (dashed and chart != "heat")


@pytest.mark.parametrize("size", ["slide", "report", "square"])
def test_a_comparison_names_its_reasons_for_care_where_its_picture_has_room(size):
    shown = views.show("concept=innovative_workplaces&view=compare")
    drawn = charts.picture(shown, shown.sections[0], views.loc(), "https://x.example/", size)
    foot = " ".join(text.content for text in drawn.drawing.texts)
    assert "More reasons for care: not every definition of innovation is known" in foot
    # In the square no interval is drawn: each of them is little wider than its dot.
    drawn_lines = "Line: approximate 95% interval, where known and wider" in foot
    assert drawn_lines == (size != "square")
    least = "Where known, the approximate 95% interval is too short to show beside the dot." in foot
    assert least == (size == "square")
    # Of Denmark an interval is known, of the others none is.
    assert "n is not published: the" not in foot


def test_intervals_that_all_dots_cover_are_said_to_be_narrower():
    query = "concept=driver_employees&view=dots&by=sector"
    section = views.show(query).sections[0]
    assert any(value.evidence.interval for value in section.values)
    assert "covered" not in dict(said(query.replace("dots", "bars")))
    # Of two figures one has an interval.
    assert (
        dict(said(query))["covered"]
        == "Where known, the approximate 95% interval is narrower than the dot"
    )
    danish = views.show(f"{query}&country=DK")
    assert all(value.evidence.interval for value in danish.sections[0].values)
    signs = Signs(intervals=True, reach=50.0)
    (entry,) = entries(views.loc(), danish.sections[0], danish.thresholds, signs)
    assert entry.words == "approximate 95% interval narrower than the dot"


def test_each_kind_of_line_says_for_itself_which_of_them_dots_cover():
    """The possible ranges of Sweden's drivers reach further than the intervals of the others, of which some are covered."""
    shown = views.show(f"{BARS}&country=SE")
    (section,) = shown.sections
    reaches: dict[bool, list[float]] = {True: [], False: []}
    for value in section.values:
        found, at = value.evidence.interval, value.observation.value
        reaches[found.kind == POSSIBLE].append(max(found.high - at, at - found.low))

    def told(reach: float) -> dict[str, str]:
        signs = Signs(intervals=True, reach=reach)
        found = entries(views.loc(), section, shown.thresholds, signs)
        return {each.sign: each.words for each in found if each.sign in ("interval", "range")}

    interval, possible = "approximate 95% interval", "possible range"
    suffix = ", where wider than the dot"
    points = sorted({*reaches[True], *reaches[False]})
    expected = [
        {
            sign: name + (suffix if min(held) <= reach else "")
            for sign, name, held in (
                ("interval", interval, reaches[False]),
                ("range", possible, reaches[True]),
            )
            if max(held) > reach
        }
        for reach in points
    ]
    assert [told(reach) for reach in points] == expected
    # Some are covered of one kind alone.
    assert any(len({suffix in words for words in each.values()}) == 2 for each in expected)


def test_an_interval_that_may_be_wider_is_not_said_to_be_narrower_than_the_dot():
    loc, values = views.loc(), views.show(f"{BARS}&country=DK&edition=all").sections[0].values
    known = [each for each in values if each.evidence.interval]
    least = [each for each in known if each.evidence.interval.kind == APPROXIMATE]
    sure = [each for each in known if each not in least]
    name = "approximate 95% interval"
    assert least
    assert sure
    told = "n is not published: the approximate 95% interval may be wider than the dot"
    assert narrower(loc, name, least) == told
    compared = views.show("concept=innovative_workplaces&view=compare").sections[0].values
    unknown = [each for each in compared if not each.evidence.interval]
    assert unknown
    some = "Where known, the approximate 95% interval is too short to show beside the dot"
    assert narrower(loc, name, [*least, *unknown]) == some
    assert narrower(loc, name, sure) == "approximate 95% interval narrower than the dot"
    said = "Where n is published, the approximate 95% interval is narrower than the dot"
    assert narrower(loc, name, known) == said
    drawn = {
        intervals(loc, [each.evidence.interval for each in some]) for some in (least, sure, known)
    }
    assert drawn == {name}


@pytest.mark.parametrize("size", ["report", "square"])
def test_a_picture_of_bars_names_hatches_and_outlines_as_it_draws_them(size):
    shown = views.show("theme=collaboration&view=bars")
    drawn = charts.picture(shown, shown.sections[0], views.loc(), "https://x.example/", size)
    texts = [text.content for text in drawn.drawing.texts]
    foot = " ".join(texts)
    assert "about 15%" in foot
    assert "≈" not in foot
    assert "Hatched or marked ?: in doubt (which year it is from)." in foot
    assert "Outlined: the source says about." in foot


@pytest.mark.parametrize("size", ["slide", "report", "square", "og"])
@pytest.mark.parametrize("chart", ["bars", "dots", "heat", "compare"])
def test_a_picture_says_what_outlines_are_beside_words_too(chart, size):
    shown = views.show(f"theme=drivers&view={chart}")
    drawn = charts.picture(shown, shown.sections[0], views.loc(), "https://x.example/", size)
    foot = " ".join(text.content for text in drawn.drawing.texts)
    told = (form(views.loc(), drawn.section.values) for form in (wording.words, wording.signed))
    assert re.search(r"(over|>) ?50%", foot)
    assert any(f"Outlined: the source says {each}." in foot for each in told)


@pytest.mark.parametrize(
    ("query", "size"),
    [("theme=drivers&view=table", "report"), ("theme=effects&view=heat", "slide")],
)
def test_a_picture_says_of_a_dashed_line_only_where_it_draws_one(query, size):
    shown = views.show(query)
    drawn = charts.picture(shown, shown.sections[0], views.loc(), "https://x.example/", size)
    foot = " ".join(text.content for text in drawn.drawing.texts)
    # Parts with room for one line each stand below each other.
    assert len({panel.part for panel in drawn.section.panels}) > 1
    dashed = any(rule.dash == "dash" and rule.x0 == rule.x1 for rule in drawn.drawing.rules)
    assert dashed == (size == "slide")
    assert ("Dashed line: " in foot) == dashed


@pytest.mark.parametrize(("theme", "beside"), [("innovation", True), ("collaboration", False)])
def test_marks_side_by_side_are_explained_where_a_chart_has_some(theme, beside):
    query = f"theme={theme}&view=change"
    assert near_together(views.show(query).sections[0], 6)
    assert ("aside" in dict(said(query))) == beside


@pytest.mark.parametrize("by", ARRANGEMENTS)
@pytest.mark.parametrize("theme", ["drivers", "collaboration", "innovation", "diffusion"])
def test_a_page_says_that_marks_stand_side_by_side_where_one_of_some_width_draws_them_so(theme, by):
    query = f"theme={theme}&view=change&by={by}"
    (section,) = views.show(query).sections
    values = {value.observation.position: value for value in section.values}
    drawn = False
    for wide in (328, 496, 816, 1024, 1232, 1552):
        spots: dict[tuple[int, float | None], set[float]] = {}
        for mark in first(query, wide).marks:
            spots.setdefault((mark.panel, year_of(values[mark.position])), set()).add(mark.x)
        drawn = drawn or any(len(xs) > 1 for xs in spots.values())
    assert ("aside" in dict(said(query))) == drawn


@pytest.mark.parametrize("size", ["slide", "report", "square", "og"])
def test_a_line_is_explained_alike_in_every_size(size):
    shown = views.show(BARS)
    drawn = charts.picture(shown, shown.sections[0], views.loc(), "https://x.example/", size)
    foot = " ".join(text.content for text in drawn.drawing.texts)
    assert "Line: approximate 95% interval" in foot


def test_the_key_of_dots_tells_a_figure_in_doubt_from_one_that_is_not_exact():
    shown = views.show("theme=drivers&view=dots")
    (section,), dots = shown.sections, charts.chart_of(shown.selection)
    entries = dots.key(views.loc(), section, shown.selection, shown.thresholds)
    classes = {each.sign: dots.sample_classes(section, each) for each in entries}
    assert classes["doubt"] == "sample doubt dot"
    assert classes["worded"] == "sample worded dot"


def test_what_no_phone_draws_has_no_entry_there():
    (entry,) = [
        each
        for each in keyed("concept=innovative_workplaces&view=compare")
        if each.sign == "interval"
    ]
    assert entry.least == BROAD
    (wide,) = [
        each
        for each in keyed("theme=conditions&country=SE&split=group&view=compare")
        if each.sign == "interval"
    ]
    assert wide.least == 0


def test_a_bar_beyond_100_percent_is_explained_only_where_there_is_one():
    words = "Rounded figures may add up to more than 100%"
    assert said("concept=novelty&view=scale") == [("over", words)]
    assert "over" not in dict(said("theme=drivers&view=scale"))


def dashes(drawing: Drawing, values: Iterable[Value], kind: str) -> set[str]:
    """Of the level lines on the marks of figures whose interval is of a kind."""
    held = {
        each.observation.position
        for each in values
        if (known := each.evidence.interval) and known.kind == kind
    }
    return {
        line.dash
        for mark in drawing.marks
        for line in drawing.lines
        for (left, y), (right, below) in [line.points]
        if mark.position in held and y == below == mark.y and left <= mark.x <= right
    }


@pytest.mark.parametrize("chart", ["bars", "dots", "dots&by=sector"])
def test_a_possible_range_is_dotted_and_an_interval_is_not(chart):
    shown = views.show(f"theme=drivers&country=SE&view={chart}")
    (section,) = shown.sections
    drawing = charts.drawing(shown, section, views.loc(), 1200)
    assert dashes(drawing, section.values, POSSIBLE) == {"dot"}
    assert dashes(drawing, section.values, WILSON) == {"solid"}
    keyed_signs = [sign for sign, _ in said(f"theme=drivers&country=SE&view={chart}")]
    assert keyed_signs[:2] == ["interval", "range"]
    without = f"theme=drivers&country=SE&sector=municipal&view={chart}"
    assert "range" not in dict(said(without))
