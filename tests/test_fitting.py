"""What fits on a sheet is found with few layouts, none of them made twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from unittest import mock

import pytest

from dashboard.charts import fit, picture
from dashboard.charts.canvas import Canvas, TooTall
from dashboard.charts.drawing import Drawing
from dashboard.charts.fewest import most_left
from dashboard.query import Section
from tests.support.drawings import ADDRESS
from tests.support.views import loc, show

LINES = 9


@pytest.mark.parametrize("expected", range(LINES + 1))
@pytest.mark.parametrize("room", range(LINES + 1))
def test_as_many_lines_stay_as_have_room_whatever_is_expected(room: int, expected: int) -> None:
    tried: list[int] = []

    def left_by(gone: Sequence[int]) -> Section:
        return mock.Mock(spec=Section, rows=LINES - len(gone))

    def fits(section: Section) -> bool:
        tried.append(section.rows)
        return section.rows <= room

    found = most_left(range(LINES), left_by, fits, expected)
    assert (LINES - len(found.gone) if found else 0) == room
    if 0 < room == expected < LINES:
        assert tried == [room, room + 1]


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("theme=drivers", 40),
        ("theme=collaboration", 60),
        ("theme=collaboration&view=change", 40),
        ("theme=effects&view=compare", 12),
    ],
)
def test_a_picture_is_laid_out_few_times_and_never_twice_alike(query: str, most: int) -> None:
    view = show(query)
    with mock.patch.object(fit, "_framed", wraps=fit._framed) as framed:
        made = picture(view, view.sections[0], loc(), ADDRESS)
    laid = [
        (_lines(call.args[1]), call.args[2:], *call.kwargs.items())
        for call in framed.call_args_list
    ]
    assert len(laid) == len(set(laid)) <= most
    assert made.drawing.height == fit.SHEETS["slide"].height


@pytest.mark.parametrize("size", ["slide", "og", "square", "report"])
@pytest.mark.parametrize(
    "query",
    [
        "theme=drivers",
        "theme=effects&view=heat",
        "theme=collaboration&view=change",
        "theme=effects&view=compare",
        "theme=diffusion&view=scale",
    ],
)
def test_a_layout_that_is_broken_off_had_no_room(query: str, size: str) -> None:
    """Nothing is laid out further than its sheet is high, and what is drawn in the end is what whole layouts lead to."""
    view = show(query)
    made = picture(view, view.sections[0], loc(), ADDRESS, size)

    def fits(self: fit._OnSheet, draw: Callable[..., Drawing], shown: Section) -> bool:
        return draw(shown, air=self._air[0]).height <= self._tallest

    with mock.patch.object(fit._OnSheet, "_fits", fits):
        assert picture(view, view.sections[0], loc(), ADDRESS, size) == made


def test_a_drawing_ends_at_the_first_level_rule_below_it() -> None:
    canvas = Canvas(100, most=50)
    canvas.rule(0, 50, 100, 50)
    with pytest.raises(TooTall):
        canvas.rule(0, 51, 100, 51)
    Canvas(100).rule(0, 51, 100, 51)


def _lines(section: Section) -> tuple[object, ...]:
    """What rows and panels of a section are about, and its figures."""
    about = [(each.header, each.line) for each in (*section.rows, *section.panels)]
    return (*about, *(value.observation.position for value in section.values))
