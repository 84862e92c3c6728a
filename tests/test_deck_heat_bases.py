"""Heat tables on slides: figures over or under something, and columns of one base."""

from __future__ import annotations

from pptx.enum.dml import MSO_FILL

from tests.support.slides import cells, lines, made
from tests.support.views import show
from tests.test_deck_heat import table_of


def test_a_cell_of_a_figure_over_or_under_something_has_the_colours_that_it_may_have() -> None:
    for slide in made(show("theme=effects&view=heat")).slides:
        worded = [
            cell for cell in table_of(slide).iter_cells() if cell.text_frame.text[:1] in [*"<>≈"]
        ]
        bounded = [cell for cell in worded if cell.text_frame.text[:1] in ("<", ">")]
        assert bounded
        assert all(cell.margin_left != cell.margin_right for cell in bounded)
        (group,) = (shape for shape in slide.shapes if shape.name.startswith("Over, under"))
        outlines = [
            shape
            for shape in group.shapes
            if shape.fill.type is None or shape.fill.type == MSO_FILL.BACKGROUND
        ]
        steps = [shape for shape in group.shapes if shape not in outlines]
        assert len(steps) > 2 * len(bounded)
        assert len(outlines) == len(worded) >= len(bounded)
        (told,) = (
            text for text in lines(slide.shapes) if text.endswith(": all colours it may have")
        )
        signs = {cell.text_frame.text[:1] for cell in bounded}
        assert signs == {each[:1] for each in told.partition(":")[0].split(", ")}
    plain = made(show("theme=effects&view=table")).slides
    assert not any(shape.name.startswith("Over,") for slide in plain for shape in slide.shapes)


def test_a_country_has_a_column_under_each_base_and_no_cell_says_it() -> None:
    first, *_ = made(show("theme=effects&view=heat")).slides
    (row,) = (
        row for row in table_of(first).rows if any("46%" in c.text_frame.text for c in row.cells)
    )
    assert [cell.text_frame.text for cell in row.cells if "46%" in cell.text_frame.text] == ["46%"]
    assert "Denmark" not in row.cells[0].text_frame.text
    heads = [cell.text_frame.text for row in list(table_of(first).rows)[:3] for cell in row.cells]
    assert sum(head.startswith("Denmark, workplaces") for head in heads) == 2


def test_a_figure_of_another_base_than_its_heading_says_so_in_its_cell() -> None:
    query = "theme=effects&view=heat&by=indicator&only=comparable"
    told = [text for slide in made(show(query)).slides for text in cells(slide)]
    assert any("\nof " in each for each in told)
