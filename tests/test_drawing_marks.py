"""Marks of bars and dots: how they look, and where their figures, names and n stand."""

from __future__ import annotations

import pytest

from dashboard.charts.colour import contrast
from dashboard.charts.drawing import Bar, Drawing, Point
from dashboard.charts.palette import DARK, LIGHT
from dashboard.charts.roles import FAINT, GROUND, Tint
from dashboard.query import POSSIBLE, Population
from dashboard.selection import ARRANGEMENTS, LANGUAGES
from tests.support import views
from tests.support.drawings import drawings, first, labels, said, text_edges, variant
from tests.support.views import READY_VIEWS, show


def label_of(drawing: Drawing, mark) -> str:
    """What stands beside a mark."""
    area = drawing.panels[mark.panel]
    (found,) = (
        text
        for text, left, _, y in labels(drawing)
        if y == mark.y and area.left <= left <= area.right
    )
    return found


def test_the_light_edge_of_an_interval_lies_under_every_interval():
    """Lines of one style are printed together."""
    colours = [
        line.colour
        for line in first("concept=evaluation_own_assessment~evaluated&country=DK").lines
    ]
    assert GROUND in colours
    assert colours == sorted(colours, key=lambda colour: colour != GROUND)


def test_inferred_bars_are_hatched_and_worded_ones_outlined():
    kinds = set()
    for _, drawing in drawings(
        show("theme=drivers~collaboration~effects&more=drivers~collaboration~effects"), 920
    ):
        for mark in drawing.marks:
            row, bar, label = (
                views.published()[mark.position],
                mark.shape,
                label_of(drawing, mark),
            )
            inferred, worded = row["status"] == "inferred", row["qualifier"] != "exact"
            kinds |= {(inferred, worded)}
            assert bool(bar.hatch) == inferred
            assert bool(bar.edge_width) == worded
            assert bar.fill == (Tint(mark.colour) if worded else mark.colour)
            said = any(word in label for word in ("about", "over", "under", "≈", ">", "<"))
            assert said == worded
    assert kinds == {(False, False), (True, False), (False, True)}


def test_dots_are_open_where_a_figure_is_not_exact_alone_and_managements_diamonds():
    seen, doubted = set(), set()
    for _, drawing in drawings(show("view=dots&by=sector"), 920):
        for mark in drawing.marks:
            row, point = views.published()[mark.position], mark.shape
            assert isinstance(point, Point)
            seen.add((point.symbol, point.hollow))
            assert point.hollow == (row["qualifier"] != "exact")
            assert ("?" in label_of(drawing, mark)) == (row["status"] == "inferred")
            doubted |= {(row["status"], point.hollow)}
            level = views.surveys()[row["survey_id"]]["level"]
            assert (point.symbol == "diamond") == level.startswith("central")
    assert seen > {("circle", False), ("circle", True)}
    assert ("inferred", False) in doubted


def test_dots_have_a_shape_of_their_sector_or_group():
    for query, column, kinds in (
        ("view=dots&by=indicator", "sector", 5),
        ("theme=conditions&split=group&view=dots", "segment", 2),
    ):
        shapes = {
            (mark.shape.symbol, views.published()[mark.position][column])
            for _, drawing in drawings(show(query), 920)
            for mark in drawing.marks
        }
        assert len(shapes) == len({shape for shape, _ in shapes}) == kinds
        assert len({code for _, code in shapes}) == kinds


def test_n_stands_in_a_column_of_its_own_where_it_is_published():
    for _, drawing in drawings(show("theme=drivers&country=DK~SE"), 1232):
        for mark in drawing.marks:
            n, area = views.published()[mark.position]["n"], drawing.panels[mark.panel]
            found = [
                text.content
                for text in drawing.texts
                if text.anchor == "right"
                and text.y == mark.y
                and area.hundred < text.x <= area.right
            ]
            assert [each.split(" ")[0] for each in found if "≤" not in each] == (
                [f"{int(n):,}"] if n else []
            )


def test_a_narrow_panel_has_no_column_of_n():
    """Where words and n do not fit beside a plot of seven tenths, n stands in the label under the pointer, card and table."""
    for wide in (1000, 1200):
        _, drawing = next(drawings(show("theme=drivers"), wide))
        assert any(views.published()[mark.position]["n"] for mark in drawing.marks)
        figures = [text for text in drawing.texts if text.anchor == "right"]
        assert all("%" in text.content for text in figures) == (wide < 1200)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", ["drivers", "collaboration"])
def test_three_countries_beside_each_other_have_a_column_of_n(theme, language):
    """On a usual screen, names of rows with less room where need be."""
    shown = variant(f"theme={theme}", chart="bars")
    (section, drawing), *_ = drawings(shown, 1200, language)
    written = {(text.y, text.content.split(" ")[0]) for text in drawing.texts}
    known = {value.observation.position: value.observation.n for value in section.values}
    loc = views.store().newest.localizer(language)
    stated = [mark for mark in drawing.marks if known[mark.position]]
    assert stated
    assert all(
        (mark.y, loc.number(known[mark.position]).split(" ")[0]) in written for mark in stated
    )


def test_a_figure_of_bars_stands_before_its_axis_and_nowhere_along_it():
    """An interval may follow a mark: a figure behind it would stand at another percentage than its own."""
    for _, drawing in drawings(variant("theme=drivers", chart="bars"), 1232):
        for mark in drawing.marks:
            area = drawing.panels[mark.panel]
            (figure,) = (
                text
                for text in drawing.texts
                if text.y == mark.y and area.left < text.x < area.right and "%" in text.content
            )
            assert (figure.anchor, figure.x < area.zero) == ("right", True)
            assert f"{mark.percent:g}%" in figure.content


@pytest.mark.parametrize("wide", [336, 1232])
@pytest.mark.parametrize("by", [each for each in ARRANGEMENTS if each != "country"])
def test_a_figure_of_dots_stands_right_behind_its_dot_or_the_interval_of_that(by, wide):
    for query in ("theme=drivers", "theme=collaboration", "theme=effects"):
        for _, drawing in drawings(variant(query, by=by, chart="dots"), wide):
            levels = [line for line in drawing.lines if line.points[0][1] == line.points[-1][1]]
            for mark in drawing.marks:
                area = drawing.panels[mark.panel]
                level = [
                    (text, left)
                    for text, left, _, y in labels(drawing)
                    if y == mark.y and area.left <= left <= area.right
                ]
                ((content, left),) = level
                ends = [
                    line.points[-1][0]
                    for line in levels
                    if line.points[0][1] == mark.y and line.points[0][0] <= mark.x
                    if mark.x <= line.points[-1][0] <= area.right
                ]
                end = max([mark.x + mark.shape.size / 2, *ends])
                assert f"{mark.percent:g}%" in content
                assert 0 < left - end < 8, (query, content)


@pytest.mark.parametrize("by", ARRANGEMENTS)
def test_each_bar_has_the_name_of_its_series_or_the_heading_of_its_panel_has_it(by):
    """A bar of respondents without a name is of those of the bar above it, and bars of several in one cell are all named."""
    for query in ("theme=drivers~innovation", "theme=collaboration", READY_VIEWS["broad"]):
        for section, drawing in drawings(variant(query, by=by, chart="bars"), 1232):
            if section.sectors_apart:
                continue
            known = set(map(views.loc().header, section.series))
            for at in range(len(section.panels)):
                area = drawing.panels[at]
                marks = sorted(
                    (mark for mark in drawing.marks if mark.panel == at), key=lambda mark: mark.y
                )
                above = area.top
                held = ""
                for mark in marks:
                    named = [
                        name
                        for text in drawing.texts
                        if area.left <= text.x <= area.right and above < text.y <= mark.y + 0.1
                        for run in text.runs
                        if (name := run.text.split(" · ")[0]) in known
                    ]
                    lone = len({each.series for each in marks}) == 1
                    if lone or isinstance(section.series[0], Population):
                        assert named == ([] if lone else [mark.series])
                        headed = [
                            text.content
                            for text in drawing.texts
                            if area.left <= text.x <= area.right and text.y < area.top
                        ]
                        assert not lone or any(
                            mark.series.lower() in each.lower() for each in headed
                        )
                        above = mark.y + 0.1
                        continue
                    beside = {each.series for each in marks if each.row == mark.row}
                    assert named in ([mark.series], []), (named, mark.series)
                    assert named or (mark.series == held and len(beside) == 1)
                    above, held = mark.y + 0.1, mark.series


@pytest.mark.parametrize("chart", ["bars", "dots"])
@pytest.mark.parametrize("wide", [358, 1232])
def test_a_name_stands_over_its_mark_only_where_it_has_no_room_left_of_the_end(wide, chart):
    """In a bar or left of a dot a name ends before the interval begins."""
    levels = 0
    for query in ("theme=drivers", "theme=collaboration", "theme=effects"):
        for section, drawing in drawings(variant(query, chart=chart, by="indicator"), wide):
            intervals = {
                value.observation.position: value.evidence.interval for value in section.values
            }
            for mark in drawing.marks:
                area, known = drawing.panels[mark.panel], intervals[mark.position]
                share = (known.low if known else mark.percent) / 100
                begin = area.zero + (area.hundred - area.zero) * share
                near = [
                    (left, right, middle)
                    for text, left, right, middle in text_edges(drawing)
                    if text == mark.series
                    and area.left <= left <= area.right
                    and mark.y - 20 < middle < mark.y + 1
                ]
                for left, right, middle in near:
                    levels += middle == mark.y
                    if middle == mark.y and left < begin:
                        assert area.zero <= left < right <= begin
                    hatched = isinstance(mark.shape, Bar) and mark.shape.hatch
                    if middle != mark.y and not hatched:
                        assert right - left > begin - area.zero - 20
    assert levels > 10


@pytest.mark.parametrize("query", ["concept=driver_legislation&country=DK~SE", "theme=drivers"])
def test_an_interval_is_seen_on_its_bar_and_beside_it_on_both_grounds(query):
    for section, drawing in drawings(show(query), 920):
        known = [value for value in section.values if value.evidence.interval]
        possible = [each for each in known if each.evidence.interval.kind == POSSIBLE]
        # On the bar and beside it, and a cap at each end; a possible range has no caps.
        assert len(drawing.lines) == 4 * len(known) - 2 * len(possible)
        for line in drawing.lines:
            (x0, y0), (x1, y1) = line.points
            x, y = (x0 + x1) / 2, (y0 + y1) / 2
            level = (each for each in drawing.marks if abs(each.y - y) < 1)
            mark = max((each for each in level if each.shape.left <= x), key=lambda each: each.x)
            on_bar = x < mark.shape.right
            for palette in (LIGHT, DARK):
                under = palette.colour(mark.shape.fill) if on_bar else palette.ground
                assert contrast(palette.colour(line.colour), under) >= 3


def test_what_a_scale_does_not_print_stays_a_visible_remainder_and_no_answer():
    shown = show("theme=drivers&country=SE&level=central&view=scale")
    drawing = first("theme=drivers&country=SE&level=central&view=scale", 920)
    asked = {row["response"] for row in map(views.published().__getitem__, drawing.positions)}
    assert asked == {"high", "some"}
    named = {
        views.loc().label("response", value.observation.response)
        for value in shown.sections[0].values
    }
    rest = [mark for mark in drawing.marks if mark.position is None]
    assert rest
    totals: dict[tuple[int, float], float] = {}
    for mark in drawing.marks:
        totals[mark.panel, mark.y] = totals.get((mark.panel, mark.y), 0) + mark.percent
    assert all(abs(total - 100) < 2 for total in totals.values())
    inside = {(text.x, text.y) for text in drawing.texts if text.anchor == "center"}
    for mark in rest:
        assert mark.series == said(mark.spoken) == "not printed"
        assert mark.series not in named
        assert (mark.x, mark.y) not in inside
        assert (mark.shape.fill, mark.shape.edge) == (GROUND, FAINT)


def test_the_same_sector_has_the_same_colour_in_every_chart():
    colours: dict[str, set[object]] = {}
    for _, drawing in drawings(show("view=bars&by=indicator"), 920):
        for mark in drawing.marks:
            colours.setdefault(mark.series, set()).add(mark.colour)
    assert len(colours) > 3
    assert all(len(each) == 1 for each in colours.values())
    assert len(set.union(*colours.values())) == len(colours)


def test_the_last_percentage_keeps_off_the_n_beside_it() -> None:
    drawing = first("theme=drivers&country=DK~SE&sector=municipal", 1232)
    texts = list(text_edges(drawing))
    over_n = [(left, y) for text, left, _, y in texts if text == "n"]
    assert over_n
    for left, y in over_n:
        hundreds = [right for text, _, right, at in texts if (text, at) == ("100%", y)]
        # Texts reach less far than they may, by what fonts differ.
        assert left - max(right for right in hundreds if right < left + 12) >= 8
