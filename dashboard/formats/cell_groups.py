"""Which rows and panels of a table share a slide: rows with figures in the same columns, so that few cells are empty."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, groupby

from dashboard.charts.series import series_of
from dashboard.formats.slide_layout import cut, in_parts
from dashboard.query import Header, Row, Section

_LEAST_FILLED = 0.5
"""Of the cells of a table that hold figures at least, where it is of several."""
_ROWS, SLIDE = 6, 9
"""Rows that a slide has room for as a rule, and how many empty cells a slide counts as."""
_FEW, _LACKING = 3, 2
"""Rows that a slide has at least as a rule, and how many empty cells each counts as that it lacks."""
_COLUMNS = 7
"""Series that stand side by side at most."""
_LEAST_PIECE = 0.3
"""Of the columns of the widest piece of a row that another has at least."""
_Column = tuple[int, Header]
"""(panel, series)."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """The rows of one header, by index, and the columns in which they have figures: all, or where these are too many some."""

    rows: tuple[int, ...]
    columns: frozenset[_Column]
    others: frozenset[int] = frozenset()
    """Panels in which the rows have figures that stand elsewhere."""
    filled: int = 0
    """Cells with a figure."""

    @property
    def panels(self) -> frozenset[int]:
        """In which it has columns."""
        return frozenset(at for at, _ in self.columns)


@dataclass(frozen=True, slots=True)
class _Group:
    """Pieces that stand in one table."""

    pieces: tuple[_Piece, ...]

    @property
    def columns(self) -> frozenset[_Column]:
        """Of all pieces."""
        return frozenset(chain.from_iterable(each.columns for each in self.pieces))

    @property
    def panels(self) -> list[int]:
        """In the order of the section."""
        return sorted({at for at, _ in self.columns})

    @property
    def rows(self) -> list[int]:
        """Those with the same columns after each other."""
        return list(chain.from_iterable(each.rows for each in self.pieces))

    @property
    def cells(self) -> int:
        """Empty ones too."""
        return len(self.rows) * len(self.columns)

    @property
    def empty(self) -> int:
        """Cells without a figure."""
        return self.cells - sum(each.filled for each in self.pieces)

    @property
    def cost(self) -> int:
        """How good it is to have these rows on slides of their own, the less the better."""
        rows = len(self.rows)
        return self.empty + math.ceil(rows / _ROWS) * SLIDE + sparseness(rows)

    @property
    def share(self) -> float:
        """Of the cells that hold a figure."""
        return 1 - self.empty / self.cells

    def with_all(self, other: _Group) -> _Group:
        """The pieces of both."""
        return _Group((*self.pieces, *other.pieces))

    @property
    def is_whole(self) -> bool:
        """Whether each figure of its rows in its panels is one of its pieces, each once."""
        panels = set(self.panels)
        return len(set(self.rows)) == len(self.rows) and not any(
            each.others & panels for each in self.pieces
        )


def sparseness(rows: int) -> int:
    """How many empty cells it counts as that a slide has so few rows."""
    return max(0, _FEW - rows) * _LACKING


def groupings(section: Section, has_room: Callable[[Section], bool]) -> list[list[Section]]:
    """Ways to share out a section among tables: those that are cheapest one by one and, where there is room, one of all.

    Each table has the rows and panels that stand there, those with the same columns after each other; they come in the order of their
    first rows. ``has_room`` tells whether the headings of a table have room over its columns.
    """

    def fits(group: _Group) -> bool:
        few = len(group.columns) <= _COLUMNS
        return few and group.is_whole and has_room(_cut(section, group))

    pieces = list(_pieces(section, fits))
    groups = _alike(pieces)
    whole = _Group(tuple(chain.from_iterable(each.pieces for each in groups)))
    ways = [_merged(groups, fits)]
    if any(each.others for each in pieces):
        ways.append(_merged(_alike(list(_parted_alike(section, pieces))), fits))
    ways += [_shared(way, fits) for way in ways]
    ways += [[whole]] if fits(whole) else []
    return [
        [_cut(section, group) for group in sorted(way, key=lambda each: min(each.rows))]
        for way in ways
    ]


def _alike(pieces: Sequence[_Piece]) -> list[_Group]:
    """Pieces with the same columns together."""
    found: dict[tuple[frozenset[_Column], frozenset[int]], _Group] = {}
    for piece in pieces:
        key = piece.columns, piece.others
        found[key] = found.get(key, _Group(())).with_all(_Group((piece,)))
    return list(found.values())


def _parted_alike(section: Section, pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Pieces of which those that are whole are parted as other rows with figures in the same panels are."""
    parted: dict[tuple[int, ...], list[frozenset[int]]] = {}
    for piece in pieces:
        if piece.others:
            parted.setdefault(piece.rows, []).append(piece.panels)
    for piece in pieces:
        ways = ([piece.panels & each for each in way] for way in parted.values())
        held = (list(filter(None, way)) for way in ways if not piece.others)
        several = (way for way in held if len(way) > 1 and piece.panels == frozenset().union(*way))
        shares = next(several, None)
        yield from [_of_panels(section, piece, set(each)) for each in shares] if shares else [piece]


def _merged(groups: Sequence[_Group], fits: Callable[[_Group], bool]) -> list[_Group]:
    """Groups of which every two are joined that cost less together, those first that spare most; without a column in common only where
    more than the least share of cells then hold figures."""
    found = list(groups)
    fit: dict[_Group, bool] = {}
    while True:
        pairs = []
        for one, other in combinations(found, 2):
            first, second = sorted((one, other), key=lambda each: min(each.rows))
            both = first.with_all(second)
            spared = one.cost + other.cost - both.cost
            meet = not one.columns.isdisjoint(other.columns)
            filled = both.share >= _LEAST_FILLED if meet else both.share > _LEAST_FILLED
            if spared > 0 and filled:
                pairs.append((spared, one, other, both))
        for _, one, other, both in sorted(pairs, key=lambda each: -each[0]):
            if fit.setdefault(both, fits(both)):
                found = [each for each in found if each not in (one, other)] + [both]
                break
        else:
            return found


def _shared(groups: Sequence[_Group], fits: Callable[[_Group], bool]) -> list[_Group]:
    """Groups of which those that cost more than they spare are shared out among others, and pieces stand in the group where they cost
    least."""
    found = list(groups)
    while True:
        cost = sum(each.cost for each in found)
        tried = [*_without_one(found, fits), *_with_one_moved(found, fits)]
        best = min(tried, key=_cost_of, default=found)
        if _cost_of(best) >= cost:
            return found
        found = best


def _cost_of(groups: Sequence[_Group]) -> int:
    return sum(each.cost for each in groups)


def _without_one(
    groups: Sequence[_Group], fits: Callable[[_Group], bool]
) -> Iterator[list[_Group]]:
    """Groups without one of them, each of whose pieces stands in the other where it costs least."""
    for one in groups:
        left = [each for each in groups if each is not one]
        for piece in one.pieces:
            left = _placed(piece, left, fits)
            if not left:
                break
        else:
            yield left


def _with_one_moved(
    groups: Sequence[_Group], fits: Callable[[_Group], bool]
) -> Iterator[list[_Group]]:
    """Groups of which one piece stands in another group."""
    for one in groups:
        for piece in one.pieces if len(one.pieces) > 1 else ():
            rest = _Group(tuple(each for each in one.pieces if each is not piece))
            others = [each for each in groups if each is not one]
            placed = _placed(piece, others, fits)
            if placed:
                yield [rest, *placed]


def _placed(
    piece: _Piece, groups: Sequence[_Group], fits: Callable[[_Group], bool]
) -> list[_Group]:
    """Groups with a piece in the one where it costs least; none where no group has room for it."""
    own = _Group((piece,))
    wider = [(each, each.with_all(own)) for each in groups]
    for each, both in sorted(wider, key=lambda pair: pair[1].cost - pair[0].cost):
        if both.share >= _LEAST_FILLED and fits(both):
            return [both if other is each else other for other in groups]
    return []


def _cut(section: Section, group: _Group) -> Section:
    return cut(section, group.panels, [section.rows[at] for at in group.rows])


def _pieces(section: Section, fits: Callable[[_Group], bool]) -> Iterator[_Piece]:
    """The rows of each header, in as many pieces as they need to fit."""
    for _, run in groupby(enumerate(section.rows), key=lambda each: each[1].header):
        held = list(run)
        rows = tuple(at for at, _ in held)
        whole = _piece(section, rows, [row for _, row in held])
        yield from [whole] if fits(_Group((whole,))) else _in_pieces(section, whole, fits)


def _piece(section: Section, indices: tuple[int, ...], rows: Sequence[Row]) -> _Piece:
    found = [
        (at, series_of(section, value))
        for row in rows
        for at, cell in enumerate(row.cells)
        for value in cell.values
    ]
    by_row = (
        {
            (at, series_of(section, value))
            for at, cell in enumerate(row.cells)
            for value in cell.values
        }
        for row in rows
    )
    return _Piece(indices, frozenset(found), filled=sum(map(len, by_row)))


def _in_pieces(section: Section, whole: _Piece, fits: Callable[[_Group], bool]) -> Iterator[_Piece]:
    """Rows with figures in more columns than fit: neighbouring panels, those of one country together, in as few pieces as can be,
    those that share a base together where as few pieces have room for that, else the columns shared out evenly."""
    panels = sorted(whole.panels)
    bases = [list(run) for _, run in groupby(panels, key=lambda at: section.panels[at].part)]
    runs = [list(run) for _, run in groupby(panels, key=lambda at: section.panels[at].header)]
    for count in range(2, len(runs) + 1):
        by_base, evenly = (_shared_out(section, whole, way, count) for way in (bases, runs))
        for found in ([] if _is_lopsided(by_base) else by_base, evenly):
            if found and all(fits(_Group((each,))) for each in found):
                yield from found
                return
    yield from _shared_out(section, whole, runs, len(runs)) or [whole]


def _is_lopsided(pieces: Sequence[_Piece]) -> bool:
    """Whether one has so few columns that a slide of them is all but blank."""
    wide = [len(each.columns) for each in pieces]
    return bool(wide) and _LEAST_PIECE * max(wide) > min(wide)


def _shared_out(
    section: Section, whole: _Piece, runs: Sequence[Sequence[int]], count: int
) -> list[_Piece]:
    """Rows in so many pieces, each of whole ``runs`` of panels; none where there are fewer runs, or one piece is asked for."""
    if not 1 < count <= len(runs):
        return []
    wide = [float(sum(at in run for at, _ in whole.columns)) for run in runs]
    return [
        _of_panels(section, whole, set(chain.from_iterable(runs[part.start : part.stop])))
        for part in in_parts(wide, count, float("inf"))
    ]


def _of_panels(section: Section, whole: _Piece, panels: set[int]) -> _Piece:
    """What of rows stands in some panels."""
    rows = [section.rows[at] for at in whole.rows]
    kept = [
        replace(
            row,
            cells=tuple(
                cell if at in panels else replace(cell, values=())
                for at, cell in enumerate(row.cells)
            ),
        )
        for row in rows
    ]
    indices = tuple(at for at, row in zip(whole.rows, kept, strict=True) if row.values)
    piece = _piece(section, indices, [row for row in kept if row.values])
    return replace(piece, others=whole.panels - panels)
