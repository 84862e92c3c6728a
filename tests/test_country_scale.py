"""Down the page of a country equal percentages are equally long and begin at one place."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from dashboard.charts import common_scale, drawing
from dashboard.charts.labels import NAME
from dashboard.content import country as at_glance
from dashboard.query.parts import parts_by_base
from tests.support import views


@pytest.mark.parametrize("width", [360.0, 960.0])
@pytest.mark.parametrize("code", ["DK", "SE"])
def test_the_charts_of_a_page_have_one_scale(code: str, width: float) -> None:
    release = views.store().newest
    view = release.view(at_glance.selection_of(release, code), at_glance.MOST)
    parts = [
        part
        for section in view.sections
        for part in parts_by_base(release.index, view.selection, section)
    ]
    assert all(len(part.panels) == 1 for part in parts)
    scale = common_scale(view, parts, views.loc(), width)
    drawn = [
        drawing(view, part, views.loc(), width, introduced=True, scale=scale) for part in parts
    ]
    marks = [mark for each in drawn for mark in each.marks]
    assert len({round(mark.shape.left, 3) for mark in marks}) == 1
    longest = max(marks, key=lambda mark: mark.percent)
    hundred = 100 * (longest.shape.right - longest.shape.left) / longest.percent
    assert hundred > width / 2
    # A bar ends within half a pixel of its percentage.
    for mark in marks:
        long = mark.shape.right - mark.shape.left
        assert long == pytest.approx(hundred * mark.percent / 100, abs=0.5)


def test_panels_of_several_bases_that_share_a_scale_stand_below_each_other() -> None:
    release, width = views.store().newest, 1200.0
    view = release.view(at_glance.selection_of(release, "SE"), at_glance.MOST)
    (section,) = (each for each in view.sections if each.theme == "collaboration")
    assert len({panel.part for panel in section.panels}) == len(section.panels) > 2
    scale = common_scale(view, [section], views.loc(), width)
    drawn = drawing(view, section, views.loc(), width, introduced=True, scale=scale)
    assert len({round(area.left, 3) for area in drawn.panels}) == 1
    assert len({round(mark.shape.left, 3) for mark in drawn.marks}) == 1
    for upper, lower in pairwise(drawn.panels):
        assert upper.bottom < lower.top


def test_names_run_to_the_figures_and_periods_have_one_place():
    release, width = views.store().newest, 816.0
    view = release.view(at_glance.selection_of(release, "DK"), at_glance.MOST)
    parts = [
        part
        for section in view.sections
        for part in parts_by_base(release.index, view.selection, section)
    ]
    scale = common_scale(view, parts, views.loc(), width)
    for part in parts:
        drawn = drawing(view, part, views.loc(), width, introduced=True, scale=scale)
        left = min(text.x for text in drawn.texts)
        for row in drawn.rows:
            within = [text for text in drawn.texts if row.top < text.y < row.bottom]
            names = [text for text in within if text.x == left and text.size == NAME]
            assert len(names) <= 2, [text.content for text in names]
        periods = [text for text in drawn.texts if re.search(r"\d{4}–\d\d$", text.content)]
        assert len({text.x for text in periods}) <= 1, part.theme


@pytest.mark.parametrize("code", ["DK", "SE"])
def test_n_has_a_column_on_a_telephone_for_which_all_figures_are_written_with_signs(
    code: str,
) -> None:
    release, width = views.store().newest, 328.0
    view = release.view(at_glance.selection_of(release, code), at_glance.MOST)
    parts = [
        part
        for section in view.sections
        for part in parts_by_base(release.index, view.selection, section)
    ]
    scale = common_scale(view, parts, views.loc(), width)
    assert scale is not None
    assert scale.brief
    told = [
        [
            text.content
            for text in drawing(view, part, views.loc(), width, introduced=True, scale=scale).texts
        ]
        for part in parts
    ]
    for part, texts in zip(parts, told, strict=True):
        known = {value.observation.n for value in part.values} - {None}
        assert {views.loc().number(n) for n in known} <= {each.split()[0] for each in texts}
        assert ("n" in texts) >= bool(known)
    assert not any(text.startswith("about") for texts in told for text in texts)
