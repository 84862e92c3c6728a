"""Heat tables on slides, read back with python-pptx."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.table import _Row
from pptx.util import Pt

from dashboard.charts import editions_together
from dashboard.charts.labels import brief
from dashboard.charts.slots import LABEL_SIZE, LEADING
from dashboard.charts.text import width
from dashboard.dataset import PRIMARY
from dashboard.formats import (
    cell_keys,
    cell_pages,
    cell_rows,
)
from dashboard.text import Localizer
from tests.support.slides import (
    cells,
    lines,
    made,
    table_of,
    title,
)
from tests.support.views import index, loc, show


@pytest.mark.parametrize("theme", ["collaboration", "drivers"])
def test_a_dash_in_a_heat_table_stands_only_where_no_edition_has_a_figure_of_its_base(
    theme: str,
) -> None:
    (section,) = show(f"theme={theme}&view=heat").sections
    merged = editions_together.together(section)
    assert len({row.header for row in merged.rows}) == len(merged.rows) < len(section.rows)
    published = {
        (row.country, row.level, row.sector, row.indicator, row.base)
        for row in loc().dataset.observations
        if row.response in PRIMARY
        and loc().dataset.surveys[row.survey_id].kind == "national"
        and not row.dimension
    }
    dashes = list(cell_rows.blanks(merged))
    assert dashes
    for row, at, series in dashes:
        panel, indicator = merged.panels[at], row.header.indicator
        who = panel.header
        assert (who.country, who.level, series.sector, indicator, panel.base) not in published


def test_figures_of_several_editions_stand_in_one_row_each_with_its_period() -> None:
    slides = (cells(slide) for slide in made(show("theme=collaboration&view=heat")).slides)
    found = next(each for each in slides if "16%\n2021–23" in each)
    row = found[found.index("Private companies as partners") :]
    assert row[1:5] == ["16%\n2021–23", "21% ?\n2015–16", "31%\n2013–14", "34%\n2013–14"]


def places(heads: Sequence[_Row]) -> list[tuple[str, str]]:
    """Of each column with figures, whose they are and the name of the series."""
    named = ""
    found = []
    for owner, series in zip(heads[-2].cells, heads[-1].cells, strict=True):
        if owner.text_frame.text and not owner.is_spanned:
            named = " ".join(owner.text_frame.text.split("\n")[0].split())
        if series.text_frame.text:
            found.append((named, series.text_frame.text))
    return found


@pytest.mark.parametrize("view", ["heat", "table"])
@pytest.mark.parametrize("theme", ["collaboration", "drivers", "effects", "innovation"])
def test_most_cells_of_the_slides_of_a_table_hold_figures_and_each_column_has_one(
    theme: str, view: str
) -> None:
    """Rows with figures in the same columns stand on one slide. A country has a column for each base, and a row a figure in one."""
    figures = empty = 0
    for slide in made(show(f"theme={theme}&view={view}")).slides:
        rows = list(table_of(slide).rows)
        body = [row for row in rows if row.cells[0].text_frame.text]
        texts = ([cell.text_frame.text for cell in row.cells] for row in body)
        columns = list(zip(*texts, strict=True))[1:]
        held = [[("%" in text) for text in column] for column in columns]
        named = [bool(cell.text_frame.text) for cell in rows[len(rows) - len(body) - 1].cells][1:]
        held = [column for column, name in zip(held, named, strict=True) if name]
        assert all(map(any, held))
        of_place: dict[object, list[list[bool]]] = {}
        for column, place in zip(held, places(rows[: len(rows) - len(body)]), strict=True):
            of_place.setdefault(place, []).append(column)
        filled = [any(cells) for each in of_place.values() for cells in zip(*each, strict=True)]
        figures += sum(filled)
        empty += len(filled) - sum(filled)
    assert figures > 2 * empty


def test_what_parts_a_table_is_said_on_each_of_its_slides() -> None:
    """Under a line over the columns of each thing that percentages are of, with its ramp."""
    told = []
    for slide in made(show("theme=effects&view=heat")).slides:
        heads = [cell.text_frame.text for cell in table_of(slide).rows[0].cells]
        told.append([text for text in heads if text])
        ends = [line for line in lines(slide.shapes) if line in ("0%", "100%")]
        assert len(ends) == 2 * len(told[-1])
        dashed = [
            each
            for each in slide.shapes._spTree.iter(qn("a:prstDash"))
            if each.get("val") == "dash"
        ]
        assert len(dashed) == len(told[-1]) - 1 > 0
    assert told[0] == ["% of innovative workplaces", "% of innovations", "% of respondents"]


def test_the_row_of_the_title_comes_first() -> None:
    first, *_ = made(show("theme=effects&view=heat")).slides
    assert title(first).endswith("raised efficiency")
    names = [row.cells[0].text_frame.text for row in table_of(first).rows]
    assert next(filter(None, names)).startswith("Higher efficiency")
    kept = made(show("theme=effects&view=heat&sort=published")).slides[0]
    names = [row.cells[0].text_frame.text for row in table_of(kept).rows]
    assert not next(filter(None, names)).startswith("Higher efficiency")


@pytest.mark.parametrize("view", ["heat", "table"])
@pytest.mark.parametrize("theme", ["collaboration", "drivers", "effects"])
def test_each_cell_has_a_figure_or_a_dash_and_the_key_says_what_that_means(
    theme: str, view: str
) -> None:
    (section,) = (shown := show(f"theme={theme}&view={view}")).sections
    pages = cell_pages.pages(shown, section, loc(), lambda _: 320)
    for page in pages:
        told = [each.name for each in cell_keys.keys(page.section, loc())]
        assert ("– no figure" in told) == any(cell_rows.blanks(page.section))
    written = [cell for slide in made(shown).slides for cell in cells(slide)]
    assert "–" in written


def test_each_slide_is_told_by_its_own_figures_and_countries_beside_each_other_with_care() -> None:
    told = [
        " ".join(lines(each.shapes)) for each in made(show("theme=collaboration&view=heat")).slides
    ]
    assert any("each country has its own survey" in each for each in told)
    slides = made(show("theme=drivers&view=heat")).slides
    opened = [each.notes_slide.notes_text_frame.text.partition("\n")[0] for each in slides]
    assert len(set(opened)) == len(opened)


def test_a_heat_table_fills_its_slide_but_no_cell_is_a_slab_and_names_neighbours_once() -> None:
    for slide in made(show("theme=collaboration&view=heat")).slides:
        (shape,) = (shape for shape in slide.shapes if shape.has_table)
        _, *wide = (column.width / Pt(1) for column in shape.table.columns)
        whole = sum(column.width for column in shape.table.columns)
        assert abs(shape.width - whole) < Pt(1)
        assert round(max(wide)) == 240 or (max(wide) < 240 and round(whole / Pt(1)) == 888)
        heads = [cell.text_frame.text for cell in shape.table.rows[0].cells]
        names = [head.partition("\n")[0] for head in heads if head]
        assert len(names) == len(set(names)) > 0


def test_an_indicator_of_a_heat_table_stands_on_one_slide_of_a_country() -> None:
    """With all its figures that are shares of one thing."""
    (section,) = (shown := show("theme=collaboration&view=heat")).sections
    pages = cell_pages.pages(shown, section, loc(), lambda _: 320)
    found = [
        each
        for page in pages
        for each in {
            (value.observation.country, value.observation.base, row.header)
            for row in page.section.rows
            for value in row.values
        }
    ]
    assert len(found) == len(set(found)) > len(pages) > 1


def test_colours_of_a_heat_table_do_not_touch() -> None:
    for slide in made(show("theme=drivers&view=heat")).slides:
        (shape,) = (shape for shape in slide.shapes if shape.has_table)
        for properties in shape.table._tbl.iter(qn("a:tcPr")):
            if properties.find(qn("a:solidFill")) is not None:
                sides = [properties.find(qn(f"a:ln{side}")) for side in "LRTB"]
                assert all(int(side.get("w")) >= Pt(1) for side in sides)


def test_the_ramps_of_a_key_come_in_the_order_of_their_columns() -> None:
    (section,) = show("theme=drivers&view=heat").sections
    turned = replace(section, rows=section.rows[::-1])
    assert [each.colours for each in cell_keys.keys(turned, loc()) if each.colours] == [
        each.colours for each in cell_keys.keys(section, loc()) if each.colours
    ]


def test_headings_of_a_heat_table_begin_with_its_columns_under_a_line() -> None:
    """The names of series stand over the middle of their cells, as the figures do."""
    for slide in made(show("theme=drivers&view=heat")).slides:
        (shape,) = (shape for shape in slide.shapes if shape.has_table)
        rows = list(shape.table.rows)
        body = next(at for at, row in enumerate(rows) if row.cells[0].text_frame.text)
        for at, row in enumerate(rows):
            for cell in list(row.cells)[1:]:
                for paragraph in cell.text_frame.paragraphs:
                    heads = at < body - 1
                    wanted = PP_ALIGN.LEFT if heads else PP_ALIGN.CENTER
                    assert not paragraph.text or paragraph.alignment == wanted
                    assert (
                        not (paragraph.text and heads)
                        or cell._tc.tcPr.find(qn("a:lnT")) is not None
                    )


def test_a_heat_table_has_a_ramp_for_each_thing_that_percentages_are_of_and_a_key_of_its_signs() -> (
    None
):
    for slide in made(show("theme=drivers&view=heat")).slides:
        written = list(lines(slide.shapes))
        parts = [
            cell.text_frame.text
            for shape in slide.shapes
            if shape.has_table
            for cell in next(iter(shape.table.rows)).cells
            if cell.text_frame.text.startswith("% of ")
        ]
        ramps = sum(line == "100%" for line in written)
        assert 0 < ramps <= len(parts) or any(line.startswith("0–100% of ") for line in written)
        cells = [
            cell.text_frame.text
            for shape in slide.shapes
            if shape.has_table
            for cell in shape.table.iter_cells()
        ]
        drawn = {sign for sign in "?≈><" if any(sign in cell for cell in cells)}
        told = [line for line in written if line.startswith(("? ", "≈ ", "> ", "< "))]
        assert {sign for sign in "?≈><" if any(sign in line for line in told)} == drawn
        assert not any(part.endswith(("% of ", "% of")) for part in parts)


OFFICE_SIZE = 18.0
"""Points of a paragraph that says none."""


def type_of(paragraph) -> float:
    """Points of the largest type of a paragraph, of one without text those of its end."""
    sizes = [run.font.size.pt for run in paragraph.runs if run.text]
    end = paragraph._p.find(qn("a:endParaRPr"))
    told = end is not None and end.get("sz")
    return max(sizes, default=int(told) / 100 if told else OFFICE_SIZE)


@pytest.mark.parametrize("language", ["en", "fi"])
@pytest.mark.parametrize("query", ["theme=drivers&view=table", "theme=effects&view=heat"])
def test_no_cell_needs_more_height_than_its_row_has_and_no_row_reaches_the_foot(
    query: str, language: str
) -> None:
    """An empty cell with type larger than that of its row would make the row higher than planned."""
    words = Localizer(index().dataset, language)
    for slide in made(show(query), words).slides:
        (shape,) = (shape for shape in slide.shapes if shape.has_table)
        (foot,) = (each for each in slide.shapes if each.name == words.t("Notes and sources"))
        rows = list(shape.table.rows)
        for row in rows:
            for cell in row.cells:
                if cell.is_merge_origin:
                    continue
                needed = sum(type_of(each) * LEADING for each in cell.text_frame.paragraphs)
                assert needed + 2 <= row.height / Pt(1) + 0.1
        assert shape.top + sum(row.height for row in rows) < foot.top


@pytest.mark.parametrize("view", ["table", "heat"])
def test_few_answers_have_their_sign_in_the_cell_and_in_the_key(view: str) -> None:
    shown = show(f"theme=drivers&view={view}&country=SE")
    few = [each for section in shown.sections for each in section.values if each.evidence.few]
    assert few
    signed = Counter[str]()
    for slide in made(shown).slides:
        drawn = [cell for cell in cells(slide) if "†" in cell]
        signed.update(cell.partition("\n")[0] for cell in drawn)
        assert any(line.startswith("†") for line in lines(slide.shapes)) == bool(drawn)
    assert signed == Counter(
        f"{brief(loc(), each)} {loc().small_base(each.evidence.few)}" for each in few
    )


def test_a_table_of_figures_has_rules_and_no_colours_and_a_key_of_its_signs_alone() -> None:
    for slide in made(show("theme=collaboration&view=table")).slides:
        table = table_of(slide)
        assert not any(
            properties.find(qn("a:solidFill")) is not None for properties in cells_of(table)
        )
        assert not any(line.startswith("0–100%") for line in lines(slide.shapes))
        last = list(table.rows)[-1]
        assert all(cell._tc.tcPr.find(qn("a:lnB")) is not None for cell in last.cells)


def cells_of(table):
    return list(table._tbl.iter(qn("a:tcPr")))


def test_figures_of_a_table_end_in_line_whatever_sign_follows_them() -> None:
    ends: dict[tuple[int, int], set[int]] = {}
    for number, slide in enumerate(made(show("theme=drivers&view=table&country=SE")).slides):
        table = table_of(slide)
        for row in table.rows:
            for at, cell in enumerate(row.cells):
                (first, *more) = cell.text_frame.paragraphs
                if (
                    not re.search(r"\d%", first.text)
                    or more
                    or not all(run.font.bold for run in first.runs)
                ):
                    continue
                assert first.alignment == PP_ALIGN.RIGHT
                signs = first.text.rpartition("%")[2]
                wide = round(width(signs, LABEL_SIZE, bold=True) + cell.margin_right / Pt(1))
                ends.setdefault((number, at), set()).add(wide)
    assert ends
    assert all(len(found) == 1 for found in ends.values())


def test_a_dashed_line_stands_in_a_table_where_percentages_or_respondents_become_different() -> (
    None
):
    found = []
    queries = ("theme=drivers&country=DK~IS~NL", "theme=drivers", "theme=collaboration")
    shown = [show(f"{query}&view=table") for query in queries]
    for slide in (slide for view in shown for slide in made(view).slides):
        heads = [cell.text_frame.text for cell in table_of(slide).rows[0].cells]
        shares = [text for text in heads if text.startswith("% of")]
        dashed = [
            each
            for each in slide.shapes._spTree.iter(qn("a:prstDash"))
            if each.get("val") != "solid"
        ]
        levels = [text.split("\n")[0].rpartition(", ")[2] for text in heads if ", " in text]
        parted = sum(one != other for one, other in itertools.pairwise(levels))
        found.append((max(0, len(shares) - 1), 0 if shares else parted, len(dashed)))
    assert {(0, 0, 0), (0, 1, 1)} <= set(found)
    assert max(found)[0] > 0
    assert all(dashes == shares + levels for shares, levels, dashes in found)


@pytest.mark.parametrize("query", ["theme=drivers&view=table", "theme=effects&view=heat"])
def test_names_of_columns_and_periods_under_figures_have_fourteen_points(query: str) -> None:
    for slide in made(show(query)).slides:
        sizes = {
            run.font.size.pt
            for cell in table_of(slide).iter_cells()
            for paragraph in cell.text_frame.paragraphs
            for run in paragraph.runs
        }
        assert min(sizes) >= 14


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
@pytest.mark.parametrize(
    "query",
    ["theme=collaboration&view=heat", "theme=innovation&view=table", "theme=drivers&view=heat"],
)
def test_no_word_over_a_column_is_broken(query: str, language: str) -> None:
    words = 0
    for slide in made(show(query), Localizer(index().dataset, language)).slides:
        table = table_of(slide)
        wide = [column.width / Pt(1) for column in table.columns]
        for row in list(table.rows)[:2]:
            for at, cell in enumerate(row.cells):
                if cell.is_spanned:
                    continue
                room = sum(wide[at : at + (cell.span_width if cell.is_merge_origin else 1)]) - (
                    cell.margin_left + cell.margin_right
                ) / Pt(1)
                for run in (run for each in cell.text_frame.paragraphs for run in each.runs):
                    for word in run.text.split():
                        assert width(word, run.font.size.pt, bool(run.font.bold)) <= room + 0.1
                        words += 1
    assert words
