"""Heat tables and panels: a ramp and a key for each base, and parts that are headed by one base."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings

from dashboard import charts
from dashboard.charts.grid_layout import NARROW
from dashboard.charts.palette import DARK, LIGHT
from dashboard.charts.roles import RAMPS, Heat
from dashboard.selection import normal
from tests.support import views
from tests.support.drawings import drawings
from tests.support.pictured import pictured
from tests.support.views import show


def test_a_fifth_base_of_a_heat_table_has_a_ramp_of_its_own():
    (drawn,) = drawings(show("theme=collaboration&view=heat"), 1232)
    section, drawing = drawn
    bases = {value.observation.base for value in section.values}
    assert len(bases) == 5
    of_ramp: dict[int, set[object]] = {}
    for mark in drawing.marks:
        base = views.published()[mark.position]["base"]
        of_ramp.setdefault(mark.colour.ramp, set()).add(base)
    assert sorted(map(len, of_ramp.values())) == [1] * 5
    for palette in (LIGHT, DARK):
        assert len({mark.colour.resolve(palette)[:7] for mark in drawing.marks}) > 5
        assert Heat(50, RAMPS).resolve(palette) == palette.ground, "no ramp is used again"


def test_a_base_has_the_same_ramp_in_every_theme_and_shape():
    of_base: dict[object, set[int]] = {}
    themes = ("collaboration", "drivers", "strategy", "conditions", "effects")
    for theme, width in product(themes, (352, 1232)):
        for section, drawing in drawings(show(f"theme={theme}&view=heat"), width):
            of_theme: dict[int, set[object]] = {}
            for mark in drawing.marks:
                base = views.published()[mark.position]["base"]
                of_base.setdefault(base, set()).add(mark.colour.ramp)
                of_theme.setdefault(mark.colour.ramp, set()).add(base)
            assert {len(bases) for bases in of_theme.values()} == {1}, section.theme
            keys = {box.fill.ramp for box in drawing.boxes if isinstance(box.fill, Heat)}
            assert keys == set(of_theme)
    assert len(of_base) > 5
    assert {len(ramps) for ramps in of_base.values()} == {1}


@pytest.mark.parametrize("query", ["theme=collaboration", "theme=drivers"])
@pytest.mark.parametrize("chart", ["bars", "dots", "heat"])
def test_no_panel_of_a_sector_mixes_shares_of_different_things(query: str, chart: str):
    (section,) = show(f"{query}&by=sector&view={chart}").sections
    for panel in section.panels:
        bases = {value.observation.base for value in section.values_of(panel)}
        assert bases == {panel.base}
    assert max(panel.lines for panel in section.panels) > 1


@pytest.mark.parametrize("width", [352, 1232])
def test_each_base_heads_its_columns_with_its_ramp_from_0_to_100_percent(width: int):
    (drawn,) = drawings(show("theme=collaboration&view=heat"), width)
    _, drawing = drawn
    loc = views.loc()
    steps = [box for box in drawing.boxes if isinstance(box.fill, Heat)]
    before = None
    for at, area in enumerate(drawing.panels):
        marks = [mark for mark in drawing.marks if mark.panel == at]
        (base,) = {views.published()[mark.position]["base"] for mark in marks}
        (ramp,) = {mark.colour.ramp for mark in marks}
        above = max((each.bottom for each in drawing.panels if each.bottom < area.top), default=0)
        if width < NARROW and base == before:
            # On a phone a heading holds for all columns below that share its base.
            continue
        before = base
        head = [box for box in steps if above < box.top < area.top and box.fill.ramp == ramp]
        assert {box.fill.percent for box in head} >= {0, 50, 100}
        words = " ".join(text.content for text in drawing.texts if above < text.y < area.top)
        assert all(word in words for word in f"% of {loc.label('base', base)}".split())
        assert {"0%", "100%"} <= set(words.split())


@pytest.mark.parametrize("theme", views.vocabulary().themes)
def test_a_column_of_a_heat_table_is_of_one_base(theme: str):
    (section,) = show(f"theme={theme}&view=heat").sections
    for panel in section.panels:
        assert {value.observation.base for value in section.values_of(panel)} == {panel.base}


def test_the_dashed_line_between_columns_is_explained_once_where_one_stands():
    for query, told in (
        ("theme=effects", "shares of different things"),
        ("theme=innovation&more=innovation", "shares of different things, or other respondents"),
        ("theme=barriers", ""),
    ):
        shown = show(f"{query}&view=heat")
        (section,) = shown.sections
        found = charts.chart("heat").key(views.loc(), section, shown.selection, shown.thresholds)
        assert [each.words for each in found if each.sign == "wall"] == [told] * bool(told)
        drawn, _ = pictured(f"{query}&view=heat", "slide")
        foot = " ".join(text.content for text in drawn.drawing.texts)
        # A foot with no room for all leaves the samples to the page.
        assert foot.count("Dashed line: ") == (query == "theme=effects")


def keyed(section, drawing) -> None:
    """Each ramp is of one base; each base drawn has the key of its ramp."""
    of_ramp: dict[int, set[str]] = {}
    for mark in drawing.marks:
        of_ramp.setdefault(mark.colour.ramp, set()).add(views.published()[mark.position]["base"])
    assert {len(bases) for bases in of_ramp.values()} <= {1}, of_ramp
    keys = {box.fill.ramp for box in drawing.boxes if isinstance(box.fill, Heat)}
    assert keys >= set(of_ramp)
    assert all(ramp < RAMPS for ramp in of_ramp)


@pytest.mark.parametrize("by", ["country", "sector", "indicator"])
@pytest.mark.parametrize("theme", views.vocabulary().themes)
def test_no_two_bases_share_a_ramp_and_each_base_has_a_key(theme: str, by: str):
    for section, drawing in drawings(show(f"theme={theme}&view=heat&by={by}"), 1232):
        keyed(section, drawing)


@pytest.mark.parametrize("theme", ["effects", "drivers", "innovation", "collaboration"])
@pytest.mark.parametrize("size", ["slide", "report", "og", "square"])
def test_no_two_bases_share_a_ramp_in_a_picture(theme: str, size: str):
    picture, _ = pictured(f"theme={theme}&view=heat", size)
    keyed(picture.section, picture.drawing)


@pytest.mark.parametrize("theme", views.vocabulary().themes)
def test_a_head_of_answers_names_every_base_of_the_stacks_below(theme: str):
    loc = views.loc()
    for section, drawing in drawings(show(f"theme={theme}&view=scale"), 1232):
        written = {text.content for text in drawing.texts}
        for part in {panel.part for panel in section.panels}:
            held = [v for p in section.panels if p.part == part for v in section.values_of(p)]
            bases = {loc.label("base", value.observation.base) for value in held}
            heads = (each.removeprefix("% of ").split(" / of ") for each in written)
            assert any(set(head) == bases for head in heads), bases


@pytest.mark.parametrize("chart", ["bars", "heat", "table"])
@pytest.mark.parametrize("theme", views.vocabulary().themes)
def test_a_part_of_panels_is_headed_by_one_base(theme: str, chart: str):
    loc = views.loc()
    labels = [loc.label("base", base) for base in loc.dataset.codes["base"]]
    for section, drawing in drawings(show(f"theme={theme}&view={chart}"), 1232):
        parts: dict[int, set[str]] = {}
        for panel in section.panels:
            parts.setdefault(panel.part, set()).add(panel.base)
        assert {len(bases) for bases in parts.values()} <= {1}
        written = {text.content for text in drawing.texts}
        assert not any(
            f"% of {one} / of {two}" in each for one in labels for two in labels for each in written
        )


def test_panels_of_one_part_stand_together_and_those_of_a_part_in_the_order_of_countries():
    (section,) = show("theme=effects&view=heat").sections
    parts = [panel.part for panel in section.panels]
    assert parts == sorted(parts)
    countries = list(views.loc().dataset.codes["country"])
    for part in set(parts):
        held = [countries.index(p.header.country) for p in section.panels if p.part == part]
        assert held == sorted(held)


@given(
    views.selections_of(
        lambda each: replace(
            each, chart="heat", comparable=False, expanded=views.vocabulary().themes
        )
    )
)
@settings(max_examples=40)
def test_no_two_bases_share_a_ramp_in_any_view(selection):
    for section, drawing in drawings(views.of(normal(selection, views.vocabulary())), 1232):
        keyed(section, drawing)


def test_one_ramp_stands_in_the_corner_over_the_names_of_the_rows():
    ((_, drawing),) = drawings(show("theme=collaboration&view=heat&country=DK"), 1232)
    (area,) = drawing.panels
    steps = [box for box in drawing.boxes if isinstance(box.fill, Heat)]
    assert {box.fill.percent for box in steps} >= {0, 50, 100}
    assert all(box.right < area.left and box.bottom < area.top for box in steps)


@pytest.mark.parametrize("size", ["slide", "report", "square"])
@pytest.mark.parametrize("query", ["theme=effects&view=heat", "theme=drivers&view=table"])
def test_a_picture_has_each_ramp_once(query: str, size: str):
    drawn, _ = pictured(query, size)
    ramps = {mark.colour.ramp for mark in drawn.drawing.marks if isinstance(mark.colour, Heat)}
    written = [text.content for text in drawn.drawing.texts]
    assert written.count("100%") == len(ramps)


@pytest.mark.parametrize("size", ["slide", "report", "square"])
def test_countries_of_one_base_stand_beside_each_other_in_a_picture(size: str):
    drawn, _ = pictured("theme=drivers&view=table", size)
    tops = {
        area.top
        for panel, area in zip(drawn.section.panels, drawn.drawing.panels, strict=True)
        if panel.part == drawn.section.panels[0].part
    }
    assert len(tops) == 1
