"""Every chart shows exactly the view's values, nothing of it is cut off, and each mark knows what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import FrozenInstanceError, replace
from itertools import pairwise

import pytest

from dashboard import charts
from dashboard.charts.bands import bands_of
from dashboard.charts.colour import contrast
from dashboard.charts.drawing import Bar, Drawing, Point, Tile
from dashboard.charts.palette import DARK, LIGHT
from dashboard.charts.roles import FAINT, GROUND, Heat, Tint
from dashboard.query import Population, Section
from dashboard.selection import ARRANGEMENTS, LANGUAGES
from tests.support import views
from tests.support.drawings import (
    DRAWN,
    LOOSE,
    QUERIES,
    WIDTHS,
    bars,
    drawings,
    drawn_values,
    first,
    in_full,
    labels,
    said,
    text_edges,
    variant,
)
from tests.support.views import READY_VIEWS, show


@pytest.mark.parametrize("wide", WIDTHS)
@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("by", ARRANGEMENTS)
def test_a_drawing_shows_the_values_of_the_view_on_one_scale_within_its_edges(by, chart, wide):
    """All that holds of each drawing is asked of it at once: there are thousands."""
    outside = {}
    for query in QUERIES:
        for section, drawing in drawings(variant(query, chart=chart, by=by), wide):
            where = (query, section.theme)
            assert drawn_values(drawing) == values_of(section, chart), where
            # A narrow change gives each row of panels the height that its labels need; a heat table has no scale.
            if chart not in {"change", "heat"} or (chart == "change" and wide == WIDTHS[-1]):
                assert len({round(area.hundred - area.zero, 1) for area in drawing.panels}) <= 1
            for mark in drawing.marks:
                assert_on_scale(mark, drawing.panels[mark.panel], upright=chart == "change")
            assert_marks_within(drawing)
            assert drawing.width == wide
            outside |= {
                (*where, text): (round(left, 1), round(right, 1))
                for text, left, right in beyond(drawing)
            }
    assert outside == {}


def values_of(section: Section, chart: str) -> dict[int, float]:
    """Position -> percent of each figure that a chart has to show."""
    return {
        value.observation.position: value.observation.value
        for value in section.values
        # A figure without any year has no place on the axis of years.
        if chart != "change" or value.survey.period_end is not None
    }


def beyond(drawing: Drawing) -> Iterator[tuple[str, float, float]]:
    """(text, left, right) of what is written beyond an edge."""
    for text, left, right, middle in text_edges(drawing):
        if left < -LOOSE or right > drawing.width + LOOSE or not 0 <= middle <= drawing.height:
            yield text, left, right
    for text, left, right, _ in labels(drawing):
        if right > drawing.width + LOOSE:
            yield text, left, right


def assert_marks_within(drawing: Drawing) -> None:
    for mark in drawing.marks:
        assert -LOOSE <= mark.x <= drawing.width + LOOSE
        half = mark.shape.thickness / 2 if isinstance(mark.shape, Bar) else 0
        assert 0 <= mark.y - half <= mark.y + half <= drawing.height
    for left, right, _ in bars(drawing):
        assert -LOOSE <= left <= right <= drawing.width + LOOSE


def assert_on_scale(mark, area, upright: bool) -> None:
    """The place or length of a mark says its percentage; a tile stands in a column."""
    pixels = area.hundred - area.zero
    if isinstance(mark.shape, Tile):
        assert mark.colour == Heat(mark.percent, mark.colour.ramp)
    elif isinstance(mark.shape, Bar):
        share = (mark.shape.right - mark.shape.left) / pixels
        assert share * 100 == pytest.approx(mark.percent, abs=0.1)
    else:
        share = ((mark.y if upright else mark.x) - area.zero) / pixels
        assert share * 100 == pytest.approx(mark.percent, abs=0.1)


@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("by", ARRANGEMENTS)
def test_a_mark_stands_in_its_panel_and_row_and_says_its_figure(by, chart):
    for section, drawing in drawings(variant("", chart=chart, by=by), 640):
        # A change over editions has a panel an indicator where one would hold too many lines.
        whole = len(drawing.panels) == len(section.panels)
        assert whole or (chart == "change" and len(drawing.panels) > len(section.panels))
        for mark in drawing.marks:
            row = section.rows[mark.row]
            values = row.cells[mark.panel].values if whole else row.values
            area = drawing.panels[mark.panel]
            assert area.left - LOOSE <= mark.x <= area.right + LOOSE
            assert area.top - LOOSE <= mark.y <= area.bottom + LOOSE
            if mark.position is not None:
                (value,) = (each for each in values if each.observation.position == mark.position)
                assert said(mark.spoken) == in_full(views.loc(), value)


@pytest.mark.parametrize("chart", [chart for chart in DRAWN if chart != "change"])
@pytest.mark.parametrize("wide", [328, 920])
def test_rows_lie_under_each_other_and_hold_their_marks(chart, wide):
    for section, drawing in drawings(variant("", chart=chart), wide):
        for band in drawing.bands:
            tops = [row.top for row in band.rows]
            assert tops == sorted(tops)
            assert all(band.top <= row.top < row.bottom <= band.bottom for row in band.rows)
        for mark in drawing.marks:
            assert any(
                row.top <= mark.y <= row.bottom and mark.panel in row.panels for row in drawing.rows
            )
        assert {at for row in drawing.rows for at in row.panels} == set(range(len(section.panels)))


def test_a_drawing_is_frozen():
    drawing = first("theme=drivers&country=DK")
    with pytest.raises(FrozenInstanceError):
        drawing.width = 1
    with pytest.raises(FrozenInstanceError):
        drawing.marks[0].x = 1
    assert hash(drawing) == hash(first("theme=drivers&country=DK"))


def test_an_unknown_type_of_chart_is_an_error_and_never_bars() -> None:
    shown = views.show("theme=drivers&country=DK")
    odd = replace(shown, selection=replace(shown.selection, chart="pie"))
    with pytest.raises(ValueError, match="pie; possible are: compare, bars, dots, scale"):
        charts.drawing(odd, odd.sections[0], views.loc(), 920)


@pytest.mark.parametrize("wide", [328, 920])
@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_text_in_another_language_leaves_the_drawing(language, chart, wide):
    for query in ("theme=drivers~collaboration~effects~conditions~strategy", *READY_VIEWS.values()):
        for _, drawing in drawings(variant(query, chart=chart), wide, language):
            assert not [
                edge
                for edge in (*text_edges(drawing), *labels(drawing))
                if edge[1] < -LOOSE or edge[2] > wide + LOOSE or not 0 <= edge[3] <= drawing.height
            ], query


def label_of(drawing: Drawing, mark) -> str:
    """What stands beside a mark."""
    area = drawing.panels[mark.panel]
    (found,) = (
        text
        for text, left, _, y in labels(drawing)
        if y == mark.y and area.left <= left <= area.right
    )
    return found


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


def test_worded_and_inferred_dots_are_open_and_managements_diamonds():
    seen = set()
    for _, drawing in drawings(show("view=dots&by=sector"), 920):
        for mark in drawing.marks:
            row, point = views.published()[mark.position], mark.shape
            assert isinstance(point, Point)
            seen.add((point.symbol, point.hollow))
            assert point.hollow == (row["status"] == "inferred" or row["qualifier"] != "exact")
            level = views.surveys()[row["survey_id"]]["level"]
            assert (point.symbol == "diamond") == level.startswith("central")
    assert seen > {("circle", False), ("circle", True)}


def test_dots_have_a_shape_of_their_sector_or_group():
    for query, column, kinds in (
        ("view=dots", "sector", 5),
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
    _, drawing = next(drawings(show("theme=drivers"), 1232))
    assert any(views.published()[mark.position]["n"] for mark in drawing.marks)
    figures = [text for text in drawing.texts if text.anchor == "right"]
    assert all("%" in text.content for text in figures)


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
@pytest.mark.parametrize("by", ARRANGEMENTS)
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
        for section, drawing in drawings(variant(query, chart=chart), wide):
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


@pytest.mark.parametrize("query", ["theme=drivers", "theme=innovation", "theme=collaboration"])
def test_each_of_several_blocks_says_beside_its_headings_whose_figures_it_has(query):
    (section, drawing) = next(drawings(show(f"{query}&view=bars"), 1232))
    assert len(drawing.bands) > 1
    first_row = {band.top: min(row.top for row in band.rows) for band in drawing.bands}
    for band in drawing.bands:
        head = " ".join(
            text.content
            for text in drawing.texts
            if band.top < text.y < first_row[band.top] and text.x < drawing.panels[0].left
        )
        marks = [mark for mark in drawing.marks if band.top < mark.y < band.bottom]
        owners = {section.panels[mark.panel].header for mark in marks}
        assert all(views.loc().label("country", each.country) in head for each in owners)
        assert all(views.loc().lower("level", each.level) in head for each in owners)


def test_the_line_of_an_edition_leaves_the_sector_to_its_marks():
    (section, drawing) = next(drawings(show("theme=collaboration&view=bars"), 358))
    sectors = [views.loc().lower_population(each) for each in section.series]
    written = [text.content for text in drawing.texts]
    assert {"2013–14", "2015–16"} <= set(written)
    assert not [each for each in written if each.startswith(tuple(f"{one}, " for one in sectors))]


def test_rows_of_one_indicator_have_its_name_once():
    (section, drawing) = next(drawings(show("theme=collaboration&view=bars"), 1232))
    several = [views.loc().header(row.header) for row in section.rows if row.lines > 1]
    assert len(several) > len(set(several)) > 3
    written = [text.content for text in drawing.texts]
    assert all(
        written.count(name) == len(drawing.bands) or written.count(name) == 1
        for name in set(several)
    )


@pytest.mark.parametrize("query", ["concept=driver_legislation&country=DK~SE", "theme=drivers"])
def test_an_interval_is_seen_on_its_bar_and_beside_it_on_both_grounds(query):
    for section, drawing in drawings(show(query), 920):
        known = [value for value in section.values if value.evidence.interval]
        # On the bar and beside it, and a cap at each end.
        assert len(drawing.lines) == 4 * len(known)
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
    for _, drawing in drawings(show("view=bars"), 920):
        for mark in drawing.marks:
            colours.setdefault(mark.series, set()).add(mark.colour)
    assert len(colours) > 3
    assert all(len(each) == 1 for each in colours.values())
    assert len(set.union(*colours.values())) == len(colours)


def test_each_base_of_a_heat_table_has_a_ramp_and_a_key():
    (_,), (drawing,) = zip(
        *drawings(show("theme=innovation&country=DK~SE&view=heat"), 1232), strict=True
    )
    ramps: dict[int, set[str]] = {}
    for mark in drawing.marks:
        base = views.published()[mark.position]["base"]
        ramps.setdefault(mark.colour.ramp, set()).add(base)
    assert sorted(map(len, ramps.values())) == [1] * len(ramps)
    assert sorted(each for bases in ramps.values() for each in bases) == [
        "innovations",
        "organisations",
        "workplaces",
    ]
    keys = {box.fill for box in drawing.boxes if isinstance(box.fill, Heat)}
    assert keys == {Heat(percent, ramp) for ramp in ramps for percent in range(0, 101, 10)}
    written = [text.content for text in drawing.texts]
    for bases in ramps.values():
        assert all(f"% of {views.loc().label('base', base)}" in written for base in bases)


@pytest.mark.parametrize(
    ("alike", "most", "bands"),
    [
        ([1] * 5, 4, [3, 2]),
        ([3, 3, 1, 2], 4, [3, 3, 3]),
        ([4, 1, 1], 4, [4, 2]),
        ([5, 1], 4, [4, 2]),
        ([2], 4, [2]),
    ],
)
def test_panels_of_one_name_stay_together(alike, most, bands):
    found = bands_of(alike, most)
    assert [len(band) for band in found] == bands
    assert [at for band in found for at in band] == list(range(sum(alike)))


def test_each_country_below_a_heading_of_several_bases_says_its_own():
    (section, drawing) = next(drawings(show("theme=effects&view=bars"), 1232))
    loc, owned = views.loc(), set[tuple[str, str]]()
    for panel, area in zip(section.panels, drawing.panels, strict=True):
        said = {text.content for text in drawing.texts if area.left <= text.x < area.right}
        facts = section.facts_of(panel.header)
        if panel.part == 0:
            assert facts
            assert loc.share(facts.base) in said
            owned.add((panel.header.country, facts.base))
    assert len({base for _, base in owned}) > 1


def test_a_line_of_several_periods_names_the_country_of_each():
    (_, drawing) = next(drawings(show("theme=collaboration&view=bars"), 1232))
    written = {text.content for text in drawing.texts}
    assert "Denmark:\u00a02013–14 · Norway:\u00a02016–17" in written
    assert "2016–17, 2013–14" not in written


@pytest.mark.parametrize(("wide", "beside"), [(328, 1), (600, 2), (816, 2), (1232, 3)])
@pytest.mark.parametrize("chart", ["bars", "dots"])
def test_each_indicator_is_a_block_of_its_bases_with_the_rows_that_have_figures(
    chart, wide, beside
):
    (section, drawing) = next(
        drawings(show(f"theme=drivers&view={chart}&by=indicator&interval=hide"), wide)
    )
    loc, written = views.loc(), [text.content for text in drawing.texts]
    assert len(section.panels) > len({panel.header for panel in section.panels}) > 10
    if wide == 1232:
        assert all(written.count(loc.header(panel.header)) == 1 for panel in section.panels)
    assert len({area.left for area in drawing.panels}) == beside
    for area in drawing.panels:
        assert area.hundred - area.zero >= 0.7 * (area.right - area.left) - LOOSE
    named = [
        row.header for row in section.rows for cell in row.cells if cell.values and not row.line
    ]
    assert sum(written.count(loc.header(each)) for each in set(named)) == len(named)
    for band in drawing.bands:
        assert all(above.bottom <= row.top for above, row in pairwise(band.rows))


def test_the_last_percentage_keeps_off_the_n_beside_it() -> None:
    drawing = first("theme=drivers&country=DK~SE&sector=municipal", 1232)
    texts = list(text_edges(drawing))
    over_n = [(left, y) for text, left, _, y in texts if text == "n"]
    assert over_n
    for left, y in over_n:
        hundreds = [right for text, _, right, at in texts if (text, at) == ("100%", y)]
        # Texts reach less far than they may, by what fonts differ.
        assert left - max(right for right in hundreds if right < left + 12) >= 8
