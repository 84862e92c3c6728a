"""The slides of a view, read back with python-pptx: which there are, what is written on them, and that all of it fits."""

from __future__ import annotations

import io
import itertools
import re
import time
from collections import Counter
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from pptx import Presentation
from pptx.slide import Slide
from pptx.util import Pt

from dashboard.charts import registry
from dashboard.charts.labels import brief
from dashboard.charts.years import year_of
from dashboard.formats import slide_grid, slide_layout
from dashboard.formats.pptx import deck
from dashboard.formats.slide_layout import LINE_BREAK
from dashboard.query import Value, view
from dashboard.selection import ARRANGEMENTS, Selection
from dashboard.text import Localizer, differences, findings, missing, pictures, summary, texts
from tests.support.reports import VIEWS, hostile
from tests.support.slides import (
    ADDRESS,
    charts,
    figures,
    foot,
    lines,
    made,
    themes,
    tiles,
    title,
)
from tests.support.views import index, loc, selections, show, vocabulary


def test_a_theme_that_fits_has_one_slide_and_one_that_does_not_counts_its_slides() -> None:
    shown = show("theme=drivers~collaboration&country=SE&split=group")
    titles = [title(slide) for slide in made(shown).slides]
    told = [
        pictures.title(loc(), shown, section).replace("\u00a0", " ") for section in shown.sections
    ]
    assert titles == told
    slides = list(made(show("theme=drivers")).slides)
    for at, slide in enumerate(slides, start=1):
        counted = f" {at} of {len(slides)}"
        assert any(line.replace("\u00a0", " ").endswith(counted) for line in lines(slide.shapes))
        assert not re.search(r"\d of \d", title(slide))


def test_the_title_says_what_the_view_finds_and_the_line_under_it_what_percentages_are_of() -> None:
    shown = show("theme=collaboration&view=compare")
    first, *others = made(shown).slides
    assert title(first).startswith(findings.title_of(loc(), shown))
    # A finding stands only over the figures that it names.
    assert others
    for slide in others:
        assert title(slide) != findings.title_of(loc(), shown)
        assert re.search(r"^Collaboration: |of innovations in ", title(slide))
    for slide in (first, *others):
        assert any("% of innovations" in line for line in lines(slide.shapes))


@pytest.mark.parametrize(
    "query", ["theme=drivers", "theme=collaboration", "theme=conditions&country=SE&split=group"]
)
def test_a_slide_is_filled_before_another_begins(query: str) -> None:
    """What stands on two slides of the same countries has no room on one."""
    shown, room = show(query), 300.0
    (section,) = shown.sections
    pages = slide_grid.pages(shown, section, loc(), lambda _: room)
    parted = 0
    for one, other in itertools.pairwise(pages):
        if len(one.blocks) == len(other.blocks) == 1 and one.section.panels == other.section.panels:
            both = replace(one.section, rows=(*one.section.rows, *other.section.rows))
            (together,) = slide_grid.pages(shown, both, loc(), lambda _: 10 * room)
            assert together.height > room
            parted += 1
    assert parted
    assert all(page.height <= room for page in pages)


def test_slides_of_the_same_countries_are_filled_alike() -> None:
    shown = show("theme=drivers&country=DK&more=drivers")
    (section,) = shown.sections
    pages = slide_grid.pages(shown, section, loc(), lambda _: 330)
    assert len(pages) > 2
    assert min(page.height for page in pages) > 0.6 * max(page.height for page in pages)


@pytest.mark.parametrize("query", ["theme=drivers", "by=indicator", "theme=effects&by=sector"])
def test_no_row_and_no_panel_of_a_slide_is_without_a_figure(query: str) -> None:
    """But panels of which each row is of one sector: those of a band stand beside each other on each of its slides."""
    for section in show(query).sections:
        pages = slide_grid.pages(show(query), section, loc(), lambda _: 300)
        blocks = [block.section for page in pages for block in page.blocks]
        held = {panel.header for each in blocks for panel in each.panels if each.values_of(panel)}
        for block in blocks:
            assert all(row.values for row in block.rows)
            if section.sectors_apart:
                assert {panel.header for panel in block.panels} <= held
            else:
                assert all(block.values_of(panel) for panel in block.panels)


@pytest.mark.parametrize("query", ["theme=drivers", "by=sector", "theme=effects&view=dots"])
def test_no_place_of_a_slide_is_blank(query: str) -> None:
    """A row that has no mark in a panel has a dash there, also where another edition has a figure; of the rows by sector of an indicator
    the first, where those whom the panel is about have a figure of none on any slide."""
    for slide in made(show(query)).slides:
        written = list(lines(slide.shapes))
        assert ("–" in written) == any(line.startswith("– no figure") for line in written)
    for section in show(query).sections:
        pages = slide_grid.pages(show(query), section, loc(), lambda _: 300)
        told = {
            (row.header, panel.header)
            for row in section.rows
            for panel, cell in zip(section.panels, row.cells, strict=True)
            if cell.values
        }
        for block in (block for page in pages for block in page.blocks):
            for (header, lined), rows in itertools.groupby(
                block.lines, key=lambda line: (line.row.header, line.lined or line)
            ):
                places = zip(*(line.slots for line in rows), strict=True)
                for panel, place in zip(block.section.panels, places, strict=True):
                    slots = list(itertools.chain.from_iterable(place))
                    filled = any(slot.values or slot.text for slot in slots)
                    assert filled or (lined is True and (header, panel.header) in told)


@pytest.mark.parametrize(
    "query", ["", "by=sector", "by=indicator", "country=SE&split=group", "view=change"]
)
def test_every_slide_names_each_base_of_its_marks(query: str) -> None:
    names = {
        loc().label("base", code): loc().short("base", code)
        for code in index().dataset.codes["base"]
    }
    for slide in made(show(query)).slides:
        written = " ".join(lines(slide.shapes)).replace("\u00a0", " ").replace(LINE_BREAK, " ")
        for chart in charts(slide):
            sheet = openpyxl.load_workbook(
                io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)
            ).active
            (column,) = (
                column for column in sheet.iter_cols(values_only=True) if column[0] == "share of"
            )
            bases = {base for base in column[1:] if base}
            # The axis of a country without a figure on a slide has no marks.
            assert bases or not any(figures(chart))
            assert all(base in written or names[base] in written for base in bases)


def test_the_speaker_notes_say_how_a_slide_is_read_and_where_it_comes_from() -> None:
    shown = show("theme=drivers~collaboration&country=SE&split=group")
    for section, slide in zip(shown.sections, made(shown).slides, strict=True):
        spoken = slide.notes_slide.notes_text_frame.text
        assert texts.bases(loc(), section) in spoken
        assert texts.numbers_of_answers(loc(), section) in spoken
        assert texts.imprint(loc(), shown, ADDRESS) in spoken
        for note in texts.notes(loc(), section):
            assert note in spoken


@pytest.mark.parametrize("query", VIEWS[:-1])
def test_speaker_notes_hold_the_summary_the_caveat_and_every_note(query: str) -> None:
    shown = show(query)
    slides = made(shown)
    sections = {section.theme: section for section in shown.sections}
    everything: dict[str, str] = dict.fromkeys(sections, "")
    for theme, slide in zip(themes(shown, slides), slides.slides, strict=True):
        spoken = slide.notes_slide.notes_text_frame.text
        assert differences.caveat(loc()) in spoken
        assert ADDRESS in spoken
        # The figures that open the notes are those of the slide; the rest holds for its theme.
        opening, *rest = summary.summary(loc(), shown, sections[theme])
        alone = themes(shown, slides).count(theme) == 1
        for sentence in [opening, *rest] if alone else rest:
            assert sentence in spoken
        everything[theme] += spoken + "\n".join(lines(slide.shapes))
    for theme, section in sections.items():
        for value in section.values:
            assert value.observation.note in everything[theme]
            assert index().dataset.sources[value.observation.source_id].title in everything[theme]


def test_the_deck_names_itself() -> None:
    facts = made(show("theme=drivers&country=DK~SE")).core_properties
    told = "46% of innovations in Denmark were started or promoted by new technology (2015–16)"
    assert facts.title.replace("\u00a0", " ") == told
    assert facts.comments == ADDRESS
    assert facts.created.date().isoformat() == loc().dataset.released[:10]


def test_a_theme_without_a_second_edition_says_so_on_its_slide() -> None:
    shown = show("theme=drivers~barriers&view=change&edition=all")
    bare = [section for section in shown.sections if not section.panels]
    written = [line for slide in made(shown).slides for line in lines(slide.shapes)]
    assert bare
    assert all(missing.single_editions(loc(), section) in written for section in bare)


def test_rows_of_one_mark_are_equally_high_where_there_is_room() -> None:
    words = Localizer(index().dataset, "da")
    shown = show("theme=collaboration&by=sector")
    pages = slide_grid.pages(shown, shown.sections[0], words, lambda _: 380)
    uneven = 0
    for block in (block for page in pages for block in page.blocks):
        lines_of = [slide_layout.quiet_lines(line.quiet) for line in block.lines if line.quiet]
        most = max(len(cell.values) for line in block.lines for cell in line.row.cells)
        if most == 1:
            assert {line.height for line in block.lines} == {1}
            uneven += {len(each) for each in lines_of} == {1, 2}
    assert uneven


def test_rows_by_sector_of_an_indicator_stand_together_under_its_name_once() -> None:
    shown = show("theme=drivers&view=bars")
    pages = slide_grid.pages(shown, shown.sections[0], loc(), lambda _: 330)
    beside = [
        {panel.header.country for panel in block.section.panels}
        for page in pages
        for block in page.blocks
    ]
    assert {"DK", "NO", "IS"} in beside
    assert all(
        len({panel.part for panel in block.section.panels}) == 1
        for page in pages
        for block in page.blocks
    )
    together = 0
    for line, after in itertools.pairwise(line for page in pages for line in page.blocks[0].lines):
        assert line.lined
        assert bool(line.lead) == (not line.again)
        if after.again:
            assert after.row.header == line.row.header
            together += 1
    assert together > 5
    for slide in made(shown).slides:
        names = [
            line for line in lines(slide.shapes) if line == "Promoted by employee participation"
        ]
        assert len(names) <= 1


def test_a_selection_without_figures_has_a_slide_that_says_so() -> None:
    shown = show("theme=innovation~drivers&split=size")
    assert not shown.sections
    (slide,) = made(shown).slides
    written = list(lines(slide.shapes))
    assert missing.empty(loc(), shown.selection) in written
    assert texts.imprint(loc(), shown, ADDRESS.removeprefix("https://")) in written


def test_no_line_of_a_row_begins_or_ends_within_a_period() -> None:
    words = Localizer(index().dataset, "da")
    told = [
        line
        for slide in made(show("theme=collaboration&country=DK~NO~IS"), words).slides
        for text in lines(slide.shapes)
        for line in text.split("\v")
    ]
    assert any(line.endswith("2013–14") for line in told)
    assert not [line for line in told if line.endswith("–") and line != "–"]


def test_a_long_address_and_odd_characters_do_no_harm() -> None:
    shown, spoilt = hostile("theme=drivers&country=DK", '=1+1 \x01 <b>&amp; "æ"')
    long = ADDRESS + "&concept=" + "~".join(vocabulary().indicators * 2)
    slides = Presentation(io.BytesIO(deck(shown, spoilt, long))).slides
    assert all(long in slide.notes_slide.notes_text_frame.text for slide in slides)
    assert all(within(slide) for slide in slides)


def within(slide: Slide) -> bool:
    """Whether everything on a slide lies on it."""
    return all(
        shape.left >= 0
        and shape.top >= 0
        and shape.left + shape.width <= Pt(960)
        and shape.top + shape.height <= Pt(540)
        for shape in slide.shapes
    )


def apart(slide: Slide) -> bool:
    """Whether the charts end above the notes and leave their slots room enough to be read."""
    foot = next((shape for shape in slide.shapes if shape.name == "Notes and sources"), None)
    graphs = [shape for shape in slide.shapes if shape.has_chart or shape.has_table]
    return all(shape.top + shape.height <= foot.top for shape in graphs)


@pytest.mark.parametrize("query", VIEWS)
def test_the_same_view_gives_the_same_bytes(query: str) -> None:
    assert deck(show(query), loc(), ADDRESS) == deck(show(query), loc(), ADDRESS)


@pytest.mark.parametrize(
    ("chart", "by"),
    [*itertools.product(("bars", "dots", "scale", "change", "compare", "heat"), ARRANGEMENTS)],
)
def test_every_chart_type_and_arrangement_fits_its_slides(chart: str, by: str) -> None:
    every = "~".join(vocabulary().themes)
    for rest in ("&split=size", f"&more={every}"):
        for slide in made(show(f"theme={every}&view={chart}&by={by}{rest}")).slides:
            assert within(slide)
            assert apart(slide)


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(selections)
def test_every_selection_has_its_slides(selection: Selection) -> None:
    shown = view(index(), selection)
    slides = made(shown).slides
    assert len(slides) >= len(shown.sections)
    # A figure that belongs to two sets of comparable figures stands in two rows, as on the page.
    values: list[Value] = [
        value for section in shown.sections for row in section.rows for value in row.values
    ]
    if registry.chart(selection.chart).on_slides == "cells":
        drawn = Counter(text for slide in slides for text in tiles(slide))
        assert drawn == Counter(
            f"{brief(loc(), value)} {loc().small_base(value.evidence.few)}".rstrip()
            for value in values
        )
    else:
        # An edition without a known year has no place on an axis of years.
        undated = registry.chart(selection.chart).joins_editions
        assert Counter(
            number for slide in slides for chart in charts(slide) for number in figures(chart)
        ) == Counter(
            value.observation.value for value in values if not undated or year_of(value) is not None
        )
    assert all(within(slide) and apart(slide) for slide in slides)


def test_the_foot_names_an_institution_once() -> None:
    for slide in made(show("theme=collaboration&country=DK&view=change")).slides:
        listed = foot(slide)[1].partition("\v")[0]
        assert "Center for Offentlig Innovation (COI)" in listed
        assert ", COI" not in listed


def test_slides_do_not_ask_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = show("theme=drivers&country=DK~SE")
    today = deck(shown, loc(), "https://barometer.example/")
    early = time.gmtime(0)
    monkeypatch.setattr(time, "localtime", lambda *_: early)
    assert deck(shown, loc(), "https://barometer.example/") == today
