"""Every chart shows exactly the view's values in its panels and rows, nothing of it is cut off, and each mark knows what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import FrozenInstanceError, replace
from itertools import pairwise

import pytest

from dashboard import charts
from dashboard.charts import heat_narrow
from dashboard.charts.band_rows import runs
from dashboard.charts.bands import bands_of
from dashboard.charts.drawing import Bar, Drawing, Mark, Tile
from dashboard.charts.grid_layout import NARROW
from dashboard.charts.roles import Heat
from dashboard.charts.series import series_of
from dashboard.query import Section
from dashboard.selection import ARRANGEMENTS, LANGUAGES
from dashboard.text import unlike
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
    panels_of,
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


def has_area_a_sector(section: Section, chart: str, wide: int) -> bool:
    """Whether a narrow heat table has an area for each sector of the respondents of a panel."""
    return chart == "heat" and wide < NARROW and heat_narrow.takes(section)


def panels_of_areas(section: Section, drawing: Drawing) -> list[int]:
    """Of each area of such a table the panel whose figures it holds: each holds all figures of one sector there, in one column."""
    columns = [(at, each) for at, panel in enumerate(section.panels) for each in panel.series]
    of_sector = {
        frozenset(
            value.observation.position
            for row in section.rows
            for value in row.cells[at].values
            if series_of(section, value) == header
        ): at
        for at, header in columns
    }
    found = [
        frozenset(mark.position for mark in drawing.marks if mark.panel == area)
        for area in range(len(drawing.panels))
    ]
    assert set(found) == set(of_sector)
    assert len(found) == len(columns)
    return [of_sector[each] for each in found]


@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("by", ARRANGEMENTS)
def test_a_mark_stands_in_its_panel_and_row_and_says_its_figure(by, chart):
    for section, drawing in drawings(variant("", chart=chart, by=by), 640):
        # A change over editions has a panel an indicator where one would hold too many lines.
        whole = len(drawing.panels) == len(section.panels)
        by_sector = has_area_a_sector(section, chart, 640)
        assert (
            whole or by_sector or (chart == "change" and len(drawing.panels) > len(section.panels))
        )
        panel_of = panels_of_areas(section, drawing) if by_sector else ()
        for mark in drawing.marks:
            row = section.rows[mark.row]
            at = panel_of[mark.panel] if by_sector else mark.panel
            values = row.cells[at].values if whole or by_sector else row.values
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
        areas = {at for row in drawing.rows for at in row.panels}
        assert areas == set(range(len(drawing.panels)))
        if has_area_a_sector(section, chart, wide):
            assert set(panels_of_areas(section, drawing)) == set(range(len(section.panels)))
        elif chart in {"bars", "dots"}:
            assert set(panels_of(section, drawing)) == set(range(len(section.panels)))
        else:
            assert len(drawing.panels) == len(section.panels)


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


@pytest.mark.parametrize("query", ["theme=drivers", "theme=innovation", "theme=collaboration"])
def test_each_of_several_bands_says_in_its_headings_whose_figures_it_has(query):
    (section, drawing) = next(drawings(show(f"{query}&view=bars"), 1232))
    assert len(drawing.bands) > 1
    named = names_of_areas(section, drawing)
    for band in drawing.bands:
        first_row = min(row.top for row in band.rows)
        head = {text.content for text in drawing.texts if band.top < text.y < first_row}
        marks = [mark for mark in drawing.marks if band.top < mark.y < band.bottom]
        tops = {drawing.panels[mark.panel].top for mark in marks}
        head |= {
            text.content for text in drawing.texts if any(0 < top - text.y < 110 for top in tops)
        }
        assert {named[mark.panel] for mark in marks} <= head


def names_of_areas(section: Section, drawing: Drawing) -> list[str]:
    """What stands over each area: whose figures it holds, and over a second one of a panel that they alone are there."""
    found = list[str]()
    for area, panel in enumerate(panels_of(section, drawing)):
        name = views.loc().header(section.panels[panel].header)
        again = panel in panels_of(section, drawing)[:area]
        found.append(f"More from {name}" if again else name)
    return found


def in_bands(drawing: Drawing) -> list[list[Mark]]:
    """The marks of each band."""
    return [
        [mark for mark in drawing.marks if band.top < mark.y < band.bottom]
        for band in drawing.bands
    ]


def test_rows_of_one_indicator_have_its_name_once():
    (section, drawing) = next(drawings(show("theme=collaboration&view=bars"), 1232))
    several = [views.loc().header(row.header) for row in section.rows if row.lines > 1]
    assert len(several) > len(set(several)) > 3
    # A long name is broken.
    written = " ".join(unlike.parted(text.content)[0] for text in drawing.texts)
    begun = {name: written.count(name) for name in several}
    held = {
        name: sum(
            any(row.cells[at].values for row in rows for at in run)
            for rows in [[row for row in section.rows if views.loc().header(row.header) == name]]
            for run in runs(section)
        )
        for name in set(several)
    }
    assert begun == held


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


def test_each_country_stands_below_a_heading_of_its_own_base():
    (section, drawing) = next(drawings(show("theme=effects&view=bars"), 1232))
    loc, bases = views.loc(), dict[int, set[str]]()
    of_areas = panels_of(section, drawing)
    assert len(of_areas) > len(section.panels) == len(set(of_areas))
    for at, area in zip(of_areas, drawing.panels, strict=True):
        panel = section.panels[at]
        figures = section.values_of(panel)
        bases.setdefault(panel.part, set()).update(each.observation.base for each in figures)
        said = {
            text.content
            for text in drawing.texts
            if 0 < area.top - text.y < 100 and text.x < area.left
        }
        assert loc.share(panel.base) in said
    assert len(bases) > 1
    assert {len(found) for found in bases.values()} == {1}, "no axis has shares of two things"


def test_a_line_of_several_periods_names_the_country_of_each():
    (_, drawing) = next(drawings(show("theme=collaboration&view=bars"), 1232))
    written = {text.content for text in drawing.texts}
    assert {"Municipal · Denmark:\u00a02015–16", "Norway:\u00a02016–17"} <= written
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
