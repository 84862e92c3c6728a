"""Comparisons as they are drawn: every label can be read and stands at its own dot, and what joins dots may be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import charts
from dashboard.charts.canvas import INSET
from dashboard.charts.dot_labels import Room, Wanted, placed
from dashboard.charts.drawing import Drawing, Mark, Text
from dashboard.charts.roles import CARE, GRID, QUIET
from dashboard.charts.spots import spots
from dashboard.charts.text import width
from dashboard.query import Section
from dashboard.selection import LANGUAGES
from dashboard.text import Localizer, comparisons
from dashboard.text.comparisons import dot_name, dot_share
from tests.support.compared import INDEX, LOCS, QUERIES, WHO, compared, sections
from tests.support.drawings import drawings, text_edges
from tests.support.drawings import first as first_drawing
from tests.support.sheets import picture
from tests.support.views import show


@pytest.mark.parametrize(
    ("query", "times"), [("concept=collab_companies&view=compare", 0), (WHO, 1)]
)
def test_an_indicator_is_not_printed_again_below_a_title_that_names_it(query, times):
    shown = compared(query)
    (section,) = shown.sections
    label = INDEX.dataset.indicators[shown.selection.indicators[0]].label
    drawn = charts.drawing(shown, section, LOCS["en"], 1232)
    assert sum(run.text == label for text in drawn.texts for run in text.runs) == times


def _box(text: Text) -> tuple[float, float, float, float]:
    wide = sum(width(run.text, run.size or text.size, run.bold) for run in text.runs)
    left = text.x - {"left": 0.0, "center": wide / 2, "right": wide}[text.anchor]
    return left, text.y - text.size / 2, left + wide, text.y + text.size / 2


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("wide", [288, 336, 600, 720, 1232])
def test_every_text_can_be_read(query, wide):
    shown = compared(query)
    for language in LANGUAGES:
        for section in shown.sections:
            drawing = charts.drawing(shown, section, LOCS[language], wide)
            boxes = [_box(text) for text in drawing.texts]
            assert all(text.size >= 12 for text in drawing.texts)
            assert all(box[0] >= -0.5 and box[2] <= wide + 0.5 for box in boxes)
            for one, other in combinations(boxes, 2):
                across = min(one[2], other[2]) - max(one[0], other[0])
                down = min(one[3], other[3]) - max(one[1], other[1])
                assert across <= 0.5 or down <= 0.5, (language, section.theme)
            for mark in drawing.marks:
                for box in boxes:
                    assert not (box[0] < mark.x < box[2] and box[1] < mark.y < box[3])


def _names(drawing: Drawing, section: Section, loc: Localizer) -> Iterator[tuple[Text, Mark]]:
    """Each label with the mark it names."""
    marks = {mark.position: mark for mark in drawing.marks}
    for row in section.rows:
        for value in row.values:
            mark = marks[value.observation.position]
            name, figure = dot_name(loc, row.values, value), loc.value(value)
            yield (
                min(
                    (
                        text
                        for text in drawing.texts
                        if name in text.content
                        and any(run.bold and figure in run.text for run in text.runs)
                    ),
                    key=lambda text, y=mark.y: abs(text.y - y),
                ),
                mark,
            )


def _is_led(text: Text, mark: Mark, drawing: Drawing) -> bool:
    """Whether a leader joins a mark to its label."""
    left, top, right, bottom = _box(text)
    edge = mark.y + (6 if text.y > mark.y else -6)
    near = bottom if text.y < mark.y else top
    return any(
        rule.x0 == rule.x1 == mark.x
        and abs(rule.y0 - edge) < 1
        and left - 0.5 <= rule.x1 <= right + 0.5
        and abs(rule.y1 - near) <= 2
        for rule in drawing.rules
        if rule.colour == QUIET
    )


def _is_keyed(text: Text, mark: Mark, drawing: Drawing) -> bool:
    """Whether a label stands behind a key in the colour of its mark."""
    return any(
        box.fill == mark.colour and box.top < text.y < box.bottom and 0 < text.x - box.right < 6
        for box in drawing.boxes
    )


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("wide", [288, 336, 600, 720, 1232])
def test_a_label_stands_nearest_to_its_own_dot_or_has_a_leader(query, wide):
    shown = compared(query)
    for language in LANGUAGES:
        loc = LOCS[language]
        for section in shown.sections:
            drawing = charts.drawing(shown, section, loc, wide)
            boxes = [_box(text) for text in drawing.texts]
            for text, mark in _names(drawing, section, loc):
                if _is_led(text, mark, drawing) or _is_keyed(text, mark, drawing):
                    continue
                left, _, right, _ = _box(text)
                beside = text.y == mark.y
                x = min(max(mark.x, left), right) if beside else (left + right) / 2
                far = {
                    other.position: hypot(other.x - x, other.y - text.y)
                    for other in drawing.marks
                    if other.row == mark.row
                }
                assert min(far, key=far.__getitem__) == mark.position, (language, text.content)
            for rule in drawing.rules:
                if rule.colour == QUIET:
                    crossed = [box for box in boxes if box[0] < rule.x0 < box[2]]
                    top, bottom = sorted((rule.y0, rule.y1))
                    assert not any(box[1] < bottom and box[3] > top for box in crossed)


@given(
    st.lists(st.tuples(st.floats(0, 600), st.floats(40, 160)), min_size=2, max_size=5).map(sorted),
)
@settings(max_examples=200, deadline=None)
def test_labels_on_one_line_keep_clear_of_each_other(dots):
    wanted = [Wanted(x, x - 6, x + 6, wide) for x, wide in dots]
    places = placed(wanted, Room(-20, 640, 6, 19))
    ends = [place.ends(each.width) for place, each in zip(places, wanted, strict=True)]
    for one, other in combinations(range(len(places)), 2):
        if places[one].lane == places[other].lane:
            assert ends[one][1] <= ends[other][0] or ends[other][1] <= ends[one][0]
    for place, (start, end) in zip(places, ends, strict=True):
        if place.lane == 0:
            assert all(end < each.low or start > each.high for each in wanted)


def test_no_label_lies_on_the_amber_edge_of_a_row_on_a_phone():
    drawing = first_drawing("theme=collaboration&view=compare", 328)
    edge = max(box.right for box in drawing.boxes if box.fill == CARE)
    for content, left, _, middle in text_edges(drawing):
        if middle > drawing.panels[0].top:
            assert left + INSET >= edge + 8, content


def test_a_heap_of_dots_on_a_phone_stands_one_below_the_other_and_the_other_population_apart():
    (section,) = sections(WHO)
    drawing = charts.drawing(compared(WHO), section, LOCS["en"], 328)
    found = sorted(
        (mark for mark in drawing.marks if mark.row == 0), key=lambda mark: -mark.percent
    )
    assert [mark.percent for mark in found] == [95, 81, 80, 78, 77]
    downs = [mark.y for mark in found]
    assert downs == sorted(set(downs))
    beside = {text.y for text in drawing.texts if text.anchor == "right"}
    assert beside.issuperset(downs)
    # Nothing joins dots one below the other: it would look like a course over the years.
    at = {(mark.x, mark.y) for mark in found}
    assert not [line for line in drawing.lines if set(line.points) <= at]


def test_where_many_dots_stand_together_each_has_its_name_beside_it_on_a_wide_page():
    """Four of five countries within four points; the two of the line below them stand beside each other."""
    drawn = first_drawing(WHO, 1232)
    places = {text.y for text in drawn.texts if text.anchor == "right"}
    crowd, few = ({mark.y for mark in drawn.marks if mark.row == row} for row in (0, 2))
    assert len(crowd) == 5
    assert crowd <= places
    assert len(few) == 1


def test_two_dots_at_one_place_on_a_phone_have_their_labels_on_one_side():
    view = compared("theme=collaboration&view=compare")
    (section,) = view.sections
    drawing = charts.drawing(view, section, LOCS["en"], 328)
    pairs = [
        {mark.y for mark in drawing.marks if mark.row == row} for row in range(len(section.rows))
    ]
    heaps = [levels for levels in pairs if len(levels) == 2]
    assert heaps
    for levels in heaps:
        anchors = [
            text.anchor for text in drawing.texts if text.y in levels and "%" in text.content
        ]
        assert len(anchors) == 2
        assert len(set(anchors)) == 1


def test_dots_that_touch_on_a_phone_stay_on_their_line_with_a_ring_around_whole_ones():
    """47 and about 50 percent are 9 pixels apart."""
    drawing = first_drawing("theme=effects&view=compare", 328)
    pair = {mark.percent: mark for mark in drawing.marks if mark.percent in {47, 50}}
    assert pair[47].y == pair[50].y
    assert 6 < pair[50].x - pair[47].x < 13
    assert (pair[47].shape.ringed, pair[50].shape.ringed) == (True, False)
    (other,) = (mark for mark in drawing.marks if mark.percent == 46)
    assert not other.shape.ringed


def test_a_line_joins_only_figures_of_one_population():
    (section,) = sections(WHO)
    drawing = charts.drawing(compared(WHO), section, LOCS["en"], 1232)
    of_finland, of_all = (
        {mark.percent: mark.x for mark in drawing.marks if mark.row == row} for row in (0, 1)
    )
    ends = {(round(box.left), round(box.right)) for box in drawing.boxes}
    assert (round(of_all[73]), round(of_all[83])) in ends
    assert not any(right == round(of_finland[95]) for _, right in ends)


def test_the_key_explains_an_interval_where_a_dot_does_not_cover_it():
    (section,) = sections(WHO)
    spans = [each.evidence.interval for each in section.values if each.evidence.interval]
    # The longest is drawn on a wide page, not on a phone, where the key says why.
    assert 3 < max(each.high - each.low for each in spans) < 6
    for wide, drawn in ((328, False), (1200, True)):
        drawing = charts.drawing(compared(WHO), section, LOCS["en"], wide)
        assert any(line.points[0][1] == line.points[-1][1] for line in drawing.lines) == drawn
    shown = compared(WHO)
    entries = charts.chart("compare").key(LOCS["en"], section, shown.selection, shown.thresholds)
    assert [(each.sign, each.words) for each in entries] == [
        ("interval", "approximate 95% interval, where known and wider than the dot"),
        ("worded", "not exact (about)"),
    ]


@pytest.mark.parametrize(
    ("query", "some"),
    [("theme=collaboration&view=compare", True), ("theme=innovation&view=compare", False)],
)
def test_amber_edges_tell_lines_apart_and_where_all_have_reasons_the_strip_says_them_once(
    query, some
):
    (section,), shown = sections(query), compared(query)
    cautious = [bool(row.cautions) for row in section.rows]
    assert any(cautious)
    assert all(cautious) != some
    loc, compare = LOCS["en"], charts.chart("compare")
    page = charts.drawing(shown, section, loc, 1232)
    edges = [box for box in page.boxes if box.fill == CARE]
    assert len(edges) == (sum(cautious) if some else 0)
    entries = compare.key(loc, section, shown.selection, shown.thresholds)
    assert ("care" in [each.sign for each in entries]) == some
    assert ("More reasons for care: " in comparisons.of_all_lines(loc, section)) != some
    for size in ("slide", "report", "og", "square"):
        made = charts.picture(shown, section, loc, "https://barometer.example/", size)
        drawn = [bool(row.cautions) for row in made.section.rows]
        # One more stands beside the foot.
        edges = [box for box in made.drawing.boxes if box.fill == CARE]
        assert len(edges) - 1 == (0 if all(drawn) else sum(drawn)), size
        foot = " ".join(text.content for text in made.drawing.texts)
        assert ("ore reasons for care" in foot and "Amber" not in foot) == all(drawn), size


def test_an_interval_passes_behind_the_dot_of_another_and_both_stay_on_the_line():
    """Denmark's 83 % has one, and Sweden's dot lies at its lower end."""
    (section,) = sections(WHO)
    drawing = charts.drawing(compared(WHO), section, LOCS["en"], 1200)
    (line,) = (each for each in drawing.lines if each.points[0][1] == each.points[-1][1])
    (low, y), (high, _) = line.points
    dots = [mark for mark in drawing.marks if mark.row == 1]
    assert len(dots) == 3
    assert {mark.y for mark in dots} == {y}
    assert any(low < mark.x + 6 and mark.percent == 81 for mark in dots)
    assert any(low < mark.x - 6 < mark.x + 6 < high for mark in dots)


@pytest.mark.parametrize("overlap", [False, True])
@given(st.lists(st.floats(0, 100), min_size=1, max_size=6).map(sorted))
def test_only_dots_that_would_touch_leave_the_line_or_where_they_may_overlap_those_half_covered(
    overlap, percents
):
    least = 6 if overlap else 13
    (section,) = sections(WHO)
    known = section.values[0]
    values = [
        replace(known, observation=replace(known.observation, value=percent))
        for percent in percents
    ]
    found = spots(values, lambda percent: 9 * percent, 12, intervals=True, overlap=overlap)
    for one, other in pairwise(found):
        assert other.x - one.x > least or abs(other.down - one.down) >= 12
    for at, spot in enumerate(found):
        beside = found[max(0, at - 1) : at] + found[at + 1 : at + 2]
        touches = any(abs(spot.x - each.x) <= least for each in beside)
        assert (spot.down != 0) == touches


def test_an_indicator_stands_once_above_its_sectors():
    for wide in (328, 1200):
        drawing = first_drawing("theme=collaboration&view=compare", wide)
        written = [text.content for text in drawing.texts]
        assert written.count("Private companies as partners") == 1


def test_dots_that_cover_or_touch_each_other_stand_one_below_the_other_on_a_slide() -> None:
    ((_, drawing),) = drawings(show(WHO), None)
    for row in ({77, 78, 80, 81, 95}, {73, 81, 83}, {82, 84}):
        rows = {mark.row for mark in drawing.marks if mark.percent == min(row)}
        of_row = [mark for mark in drawing.marks if mark.row in rows]
        assert row == {round(mark.percent) for mark in of_row}
        assert len({round(mark.y) for mark in of_row}) == len(of_row)
        labels = [text for text in drawing.texts if any(text.y == mark.y for mark in of_row)]
        assert {text.anchor for text in labels if text.runs[-1].bold} == {"right"}


@pytest.mark.parametrize("size", ["slide", "report", "square"])
def test_two_dots_that_touch_stand_side_by_side_where_others_do(size: str) -> None:
    shown = show("theme=effects&view=compare")
    drawing = charts.picture(
        shown, shown.sections[0], LOCS["en"], "https://barometer.example/", size
    ).drawing
    for row in {mark.row for mark in drawing.marks}:
        assert len({round(mark.y) for mark in drawing.marks if mark.row == row}) == 1


def test_the_lines_of_percentages_of_a_picture_pass_through_no_text() -> None:
    for query in (WHO, "theme=effects&view=compare"):
        ((_, drawing),) = drawings(show(query), None)
        grid = [rule for rule in drawing.rules if rule.colour == GRID]
        assert grid
        for _, left, right, middle in text_edges(drawing):
            assert not any(left < rule.x0 < right and rule.y0 < middle < rule.y1 for rule in grid)


@pytest.mark.parametrize("wide", [336, 1232])
@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_of_a_line_that_are_shares_of_different_things_say_of_what(wide, language):
    shown, loc = compared("theme=effects&view=compare"), LOCS[language]
    (section,) = shown.sections
    drawing = charts.drawing(shown, section, loc, wide)
    told = 0
    for row in section.rows:
        for value in row.values:
            if share := dot_share(loc, row.values, value):
                told += 1
                assert any(
                    loc.value(value) in text.content and share in text.content
                    for text in drawing.texts
                )
    assert told == 4


def test_of_one_base_that_most_figures_of_a_line_have_the_others_say_theirs():
    shown = compared("concept=innovative_workplaces&view=compare")
    rows = shown.sections[0].rows
    told = [
        (value.respondents.country, share)
        for value in rows[0].values
        if (share := dot_share(LOCS["en"], rows[0].values, value))
    ]
    assert told == [("FI", "of organisations")]


def test_the_only_line_of_a_preview_has_the_name_of_its_indicator():
    *_, made = picture("theme=effects&view=compare", "og")
    assert len(made.section.rows) == 1
    written = [text.content for text in made.drawing.texts if text.y > made.drawing.bands[0].top]
    assert "Higher efficiency" in written
    assert "All sectors" not in written
