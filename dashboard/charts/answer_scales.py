"""The scales of a chart of stacked answers: which questions share their answers, and where a legend names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from dashboard.charts.drawing import Hatch
from dashboard.charts.roles import FAINT, GROUND, Role
from dashboard.charts.series import answer_roles, stacks
from dashboard.query import DONT_KNOW, Cell, Section, Value
from dashboard.text import Localizer, letters

FULL = 99
"""Percent; printed answers that add to this much leave no remainder but rounding."""
HATCH = Hatch("stripes", 6, 0.15, FAINT)
"""What is not printed, so that it is not taken for an answer that is nearly white."""

Entries = list[tuple[Role, str]]


def several(section: Section) -> bool:
    """Whether the questions of a section have answers of different scales."""
    return len(_scales(_answers(row.values) for row in section.rows)) > 1


def legends(
    loc: Localizer, section: Section, *, once: bool = False
) -> Mapping[tuple[int, int], Entries]:
    """(row, panel) -> the legend over its stacks, where the row above it in the panel has another scale or there is none; ``once``
    that of a scale stands where bars of it come first in a panel, with all its answers there."""
    scales = _scales(_answers(row.values) for row in section.rows)
    found: dict[tuple[int, int], Entries] = {}
    for run in _runs(section, scales, once=once):
        shown = [stack for _, cell in run for stack in stacks(section, cell).values()]
        values = [value for stack in shown for value in stack]
        rest = any(map(is_unprinted, shown))
        found[run[0][0]] = entries(loc, section, values, unprinted=rest)
    return found


def _runs(
    section: Section, scales: list[set[str]], *, once: bool
) -> list[list[tuple[tuple[int, int], Cell]]]:
    """((row, panel), cell) of stacks that share a legend: those of a scale below each other in a panel, or ``once`` all of a scale in
    one."""
    filled = [
        ((at, panel), row.cells[panel])
        for panel in range(len(section.panels))
        for at, row in enumerate(section.rows)
        if row.cells[panel].values
    ]
    if once:
        filled.sort(key=lambda pair: (pair[0][1], _scale(scales, pair[1])))

    def shared(pair: tuple[tuple[int, int], Cell]) -> tuple[int, int]:
        return pair[0][1], _scale(scales, pair[1])

    return [list(run) for _, run in groupby(filled, key=shared)]


def _scale(scales: list[set[str]], cell: Cell) -> int:
    """The index of the scale of the answers in a cell; -1 for none."""
    answers = _answers(cell.values)
    return next((at for at, each in enumerate(scales) if each & answers), -1)


def entries(
    loc: Localizer, section: Section, values: Iterable[Value], *, unprinted: bool
) -> Entries:
    """The answers of some figures with their colours, and the ground where one is not printed."""
    given = {value.observation.response for value in values}
    held: Entries = [
        (role, loc.label("response", answer))
        for answer, role in answer_roles(section).items()
        if answer in given
    ]
    if unprinted:
        rest = loc.t("not printed by the source")
        held.append((GROUND, letters.begun(rest)))
    return held


def is_unprinted(stack: Iterable[Value]) -> bool:
    """Whether the answers of a stack leave a remainder."""
    return sum(value.observation.value for value in stack) < FULL


def _answers(values: Iterable[Value]) -> set[str]:
    """Answers that belong to a scale."""
    return {value.observation.response for value in values} - {DONT_KNOW}


def _scales(questions: Iterable[set[str]]) -> list[set[str]]:
    """The answers of questions, joined where they have one in common."""
    found: list[set[str]] = []
    for answers in filter(None, questions):
        joined = [each for each in found if each & answers]
        found = [each for each in found if not each & answers]
        found.append(answers.union(*joined))
    return found
