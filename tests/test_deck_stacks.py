"""Slides of an answer scale: questions at even distances, keys where answers differ, headings that are true of what stands below."""

from __future__ import annotations

import pytest

from dashboard.charts import answer_scales
from dashboard.formats import pptx_keys, slide_grid, slide_sectors
from dashboard.formats.answer_keys import KeySlot
from dashboard.formats.slide_layout import SlidePage
from dashboard.text import Localizer
from tests.support.slides import lines, made
from tests.support.views import index, loc, show

QUERY = "theme=innovation&view=scale"


def pages(words: Localizer, room: float = 340.0) -> tuple[SlidePage, ...]:
    shown = show(QUERY)
    return slide_grid.pages(shown, shown.sections[0], words, lambda _: room)


@pytest.mark.parametrize("language", ["en", "da", "nb", "sv", "fi"])
def test_questions_of_different_scales_are_equally_high_where_there_is_room(language: str) -> None:
    first, *_ = pages(Localizer(index().dataset, language))
    assert answer_scales.several(first.section)
    (block,) = first.blocks
    assert len(block.lines) > 2
    assert len({line.height for line in block.lines}) == 1


def test_each_question_has_its_key_where_a_slide_has_several_scales_and_none_elsewhere() -> None:
    alike = 0
    for page in pages(loc()):
        several = answer_scales.several(page.section)
        keyed = [
            any(isinstance(slot, KeySlot) for slots in line.slots for slot in slots)
            for block in page.blocks
            for line in block.lines
        ]
        assert set(keyed) == {several}
        alike += not several
        named = [
            each.name for each in pptx_keys.entries(show(QUERY), page, page.whole.series, loc())
        ]
        assert ("Yes" in named) == (not several)
    assert alike


def test_the_heading_of_a_slide_names_both_things_that_its_stacks_are_shares_of() -> None:
    *_, last = made(show(QUERY)).slides
    written = list(lines(last.shapes))
    assert "2019–2020 · % of workplaces / of organisations" in written
    assert any(line.endswith("· % of organisations") for line in written)


def test_no_slide_of_bars_has_one_row_alone() -> None:
    shown = show("theme=collaboration&view=bars")
    pages = slide_grid.pages(shown, shown.sections[0], loc(), lambda _: 320)
    assert len(pages) > 2
    assert all(sum(len(block.lines) for block in page.blocks) > 1 for page in pages)
    assert all(page.height > 0.5 * 320 for page in pages)


def test_names_of_one_line_and_of_two_take_alike_where_there_is_room() -> None:
    shown, coarse = show("theme=collaboration&view=bars"), 0
    for page in slide_grid.pages(shown, shown.sections[0], loc(), lambda _: 320):
        leads = {line.lead for block in page.blocks for line in block.lines if line.lead}
        if page.blocks[0].step == slide_sectors.COARSE:
            assert leads == {1}
            coarse += len(page.blocks[0].lines) > 1
        assert page.height <= 320
    assert coarse
