"""Which figures a correction is about: their names in changes.csv, followed from one release to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from dashboard.dataset.descriptor import Descriptor
from dashboard.dataset.faults import Fault
from dashboard.dataset.observations import Observations
from dashboard.dataset.rows import Row, TableRows
from dashboard.dataset.tables import Rows
from dashboard.dataset.types import Change, Observation

FILE = "observations.csv"
_CHANGES = "changes.csv"
KEY = ("survey_id", "sector", "segment", "concept", "response")
"""Columns whose cells, joined by ``~``, name a figure."""


def name(figure: Observation) -> str:
    """A figure as changes.csv names it."""
    segment = f"{figure.dimension}={figure.segment}" if figure.dimension else ""
    return "~".join((figure.survey_id, figure.sector, segment, figure.indicator, figure.response))


def names(figures: Observations) -> list[str]:
    """What changes.csv calls each of the figures."""
    columns = ("survey_id", "sector", "dimension", "segment", "indicator", "response")
    survey, sector, dimension, segment, indicator, response = (
        figures.table[column].tolist() for column in columns
    )
    split = [f"{of}={part}" if of else "" for of, part in zip(dimension, segment, strict=True)]
    parts = zip(survey, sector, split, indicator, response, strict=True)
    return list(map("~".join, parts))


def present_names(known_as: Iterable[str], changes: Sequence[Change]) -> list[str]:
    """What figures are called after changes, of which the oldest come first."""
    touched = {each for change in changes if change.file == FILE for each in change.rows}
    return [present_name(each, changes) if each in touched else each for each in known_as]


def number(release: str) -> tuple[int, ...]:
    """A release as numbers, so that 2026.10 comes after 2026.9."""
    return tuple(map(int, release.split(".")))


def since(release: str, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that came after a release, the oldest first."""
    later = (change for change in changes if number(change.release) > number(release))
    return tuple(sorted(later, key=lambda change: number(change.release)))


def of_figure(known_as: str, changes: Iterable[Change]) -> Iterator[Change]:
    """The changes that touch a figure, by its name before the first of them; the oldest come first."""
    for _, touching in _releases(known_as, changes):
        yield from touching


def present_name(known_as: str, changes: Iterable[Change]) -> str:
    """What a figure is called after changes, of which the oldest come first."""
    for after, _ in _releases(known_as, changes):
        known_as = after
    return known_as


def _releases(known_as: str, changes: Iterable[Change]) -> Iterator[tuple[str, list[Change]]]:
    """(name after it, changes that touch the figure) of each release: all of one release name it as it was called before."""
    for _, together in groupby(changes, key=lambda change: change.release):
        touching = [
            change for change in together if change.file == FILE and known_as in change.rows
        ]
        for change in touching:
            known_as = _renamed(known_as, change)
        yield known_as, touching


def _renamed(known_as: str, change: Change) -> str:
    parts = known_as.split("~")
    for column, cell in zip(change.columns, change.after, strict=False):
        if column in KEY and len(parts) == len(KEY):
            parts[KEY.index(column)] = cell
    return "~".join(parts)


def record(row: Row) -> Change:
    """A change as its row tells it; a faulty cell counts as blank."""
    texts: dict[str, Any] = {
        column: row.values.get(column, "") for column in ("change_id", "release", "file", "reason")
    }
    cells: dict[str, Any] = {
        column: _parts(row, column) for column in ("columns", "before", "after")
    }
    return Change(rows=_parts(row, "rows", " "), **texts, **cells)


def faults(rows: Rows, descriptor: Descriptor) -> Iterator[Fault]:
    """A change belongs to a release there is, and names what is there or was until then."""
    recorded = [(row, record(row)) for row in rows.get("changes", ())]
    files = {
        table.file: {field.name for field in table.fields} for table in descriptor.tables.values()
    }
    for row, change in recorded:
        if change.release and number(change.release) > number(descriptor.release):
            expected = f"{descriptor.release}, the release of datapackage.json, or an earlier one"
            yield Fault(_CHANGES, row.line, "release", change.release, expected)
        if change.file and change.file not in files:
            yield Fault(
                _CHANGES,
                row.line,
                "file",
                change.file,
                "the file of a table, such as observations.csv",
            )
        for column in change.columns if change.file in files else ():
            if column not in files[change.file]:
                yield Fault(
                    _CHANGES, row.line, "columns", column, f"columns of {change.file}, joined by ~"
                )
        yield from _cell_faults(row, change)
    if rows["observations"]:
        yield from _figure_faults(
            [(row, change) for row, change in recorded if change.file == FILE and change.release],
            rows["observations"],
        )


def _cell_faults(row: Row, change: Change) -> Iterator[Fault]:
    """As many cells before and after as there are columns; several rows that change in one column may have one each."""
    allowed = (
        {len(change.columns), len(change.rows)}
        if len(change.columns) == 1
        else {len(change.columns)}
    )
    for column, cells in (("before", change.before), ("after", change.after)):
        if cells and len(cells) not in allowed:
            expected = f"one cell for each of the columns ({len(change.columns)}), joined by ~"
            yield Fault(_CHANGES, row.line, column, "~".join(cells), expected)
    if (
        change.before
        and change.after
        and len(change.before) != len(change.after)
        and len(change.after) in allowed
    ):
        yield Fault(
            _CHANGES,
            row.line,
            "after",
            "~".join(change.after),
            f"as many cells as before ({len(change.before)})",
        )


def _figure_faults(recorded: list[tuple[Row, Change]], figures: TableRows) -> Iterator[Fault]:
    """A change of figures names those there are, by what they were called before; one without columns names what came or went."""
    every = [change for _, change in recorded]
    moved = {each for change in every if not change.columns for each in change.rows}
    named: list[tuple[Row, str, str]] = []
    for row, change in recorded:
        together = [each for each in every if each.release == change.release]
        later = (*together, *since(change.release, every))
        named += ((row, known_as, present_name(known_as, later)) for known_as in change.rows)
    known = moved | _names_held(figures, {name for _, _, name in named})
    for row, known_as, name in named:
        if name not in known:
            expected = f"figures by their key ({', '.join(KEY)} joined by ~), with a blank between two of them"
            yield Fault(_CHANGES, row.line, "rows", known_as, expected)


def _names_held(figures: TableRows, names: set[str]) -> set[str]:
    """Those of some names that figures have; only the surveys that are named are gone through."""
    surveys = {name.partition("~")[0] for name in names}
    column = figures.cells(KEY[0])
    of_these = figures.flagged(column.where([(text or "") in surveys for text in column.texts]))
    return names.intersection(
        "~".join(row.texts.get(column, "") for column in KEY) for row in of_these
    )


def _parts(row: Row, column: str, separator: str = "~") -> tuple[str, ...]:
    text = row.values.get(column)
    return tuple(text.split(separator)) if text else ()
