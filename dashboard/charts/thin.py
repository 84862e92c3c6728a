"""Columns of a table that few rows of a picture fill, which give way before rows do."""

from __future__ import annotations

from collections.abc import Callable, Set

from dashboard.charts import companions, told
from dashboard.charts.cut import Cutter
from dashboard.charts.made import Made
from dashboard.charts.series import series_of
from dashboard.query import Population, Respondents, Section

_SHARE, _LEAST = 3, 2
"""A column is thin that one row fills, or at most one of so many; how many rows a picture has from which one is."""
_TIMES = 3
"""How often columns give way: rows that then have room may leave others thin."""


def fuller(cut: Cutter, whole: Section, made: Made, fitting: Callable[[Section], Made]) -> Made:
    """What is drawn of a whole section, without columns of sectors that are thin in it, and then without respondents of one figure, where
    something had to give way: as much as then is ``fitting``. What the title names stays, and as many comparisons."""
    return _without_lone(cut, *_without_thin(cut, whole, made, fitting), fitting)


def _without_thin(
    cut: Cutter, whole: Section, made: Made, fitting: Callable[[Section], Made]
) -> tuple[Section, Made]:
    """A whole section without columns that are thin in what is drawn of it, and what then is; as many countries stay."""
    for _ in range(_TIMES):
        shown = made[1]
        gone = frozenset[int]() if shown == whole else _thin(cut, shown)
        if not gone:
            break
        fewer = _without_columns(cut, whole, gone)
        other = fitting(fewer)
        if any(
            left < held
            for left, held in zip(_worth(cut, other[1]), _worth(cut, shown), strict=True)
        ):
            break
        whole, made = fewer, other
    return whole, made


def _worth(cut: Cutter, section: Section) -> tuple[int, int, int]:
    """How many figures the title names, how many countries there are, and comparisons."""
    return cut.names(section), len(told.countries(section.values)), cut.comparisons(section)


def _thin(cut: Cutter, section: Section) -> frozenset[int]:
    """Positions of the figures in thin columns, of panels with a fuller one; none in a column with a figure that may be compared or
    that the title names."""
    kept = _kept(cut, section)
    gone: set[int] = set()
    for columns in _columns(section):
        rows = len(set().union(*columns.values()))
        thin = [
            set().union(*held.values())
            for held in columns.values()
            if len(held) == 1 or len(held) * _SHARE <= rows
        ]
        if rows > _LEAST and len(thin) < len(columns):
            gone.update(*(positions for positions in thin if positions.isdisjoint(kept)))
    return frozenset(gone)


def _kept(cut: Cutter, section: Section) -> set[int]:
    """Positions of the figures that the title names or that may be compared with another on their row."""
    kept = set(cut.named)
    for row in section.rows:
        found = companions.of(
            cut.dataset, cut.thresholds, row.values, across_countries=cut.across_countries
        )
        kept |= {position for position, rank in found.items() if rank == companions.ALIKE}
    return kept


def _without_columns(cut: Cutter, section: Section, thin: Set[int]) -> Section:
    """A section without the columns in which some figures stand, nor the rows that have a figure in no other of these panels."""
    gone: set[int] = set()
    lone: set[int] = set()
    for columns in _columns(section):
        away = [
            held for held in columns.values() if not thin.isdisjoint(set().union(*held.values()))
        ]
        stay = {row for held in columns.values() if held not in away for row in held}
        gone.update(*(positions for held in away for positions in held.values()))
        lone |= set().union(*away) - stay
    spared = {
        at
        for at in lone
        if not set(map(told.position, section.rows[at].values)).isdisjoint(cut.named)
    }
    gone -= {told.position(value) for at in spared for value in section.rows[at].values}
    return cut.without_figures(cut.without(section, rows=lone - spared), gone - set(cut.named))


def _columns(section: Section) -> list[dict[Population, dict[int, set[int]]]]:
    """Of each panel of respondents: sector -> index of a row -> positions of its figures."""
    found: list[dict[Population, dict[int, set[int]]]] = []
    for at, panel in enumerate(section.panels):
        if not isinstance(panel.header, Respondents):
            continue
        columns: dict[Population, dict[int, set[int]]] = {}
        for index, row in enumerate(section.rows):
            for value in row.cells[at].values:
                header = series_of(section, value)
                if isinstance(header, Population) and not header.dimension:
                    held = columns.setdefault(header, {}).setdefault(index, set())
                    held.add(told.position(value))
        found.append(columns)
    return found


def _without_lone(
    cut: Cutter, whole: Section, made: Made, fitting: Callable[[Section], Made]
) -> Made:
    """What is drawn, without the respondents of one figure each where a smaller share of its cells then has none, and no fewer rows have
    several figures."""
    shown = made[1]
    gone = frozenset[int]() if shown == whole else _lone(cut, shown)
    if not gone:
        return made
    panels = [
        at
        for at, panel in enumerate(whole.panels)
        if not gone.isdisjoint(map(told.position, whole.values_of(panel)))
    ]
    other = fitting(cut.without(whole, panels=panels))
    stays = all(
        left >= held for left, held in zip(_told(cut, other[1]), _told(cut, shown), strict=True)
    )
    return other if stays and _bare(other[1]) < _bare(shown) else made


def _lone(cut: Cutter, section: Section) -> frozenset[int]:
    """Positions of the figures that stand alone in the columns of some respondents, where those of two others are left; none that may be
    compared or that the title names."""
    kept = _kept(cut, section)
    held = [set(map(told.position, section.values_of(panel))) for panel in section.panels]
    lone = [each for each in held if len(each) == 1 and each.isdisjoint(kept)]
    few = len(section.rows) <= _LEAST or len(held) - len(lone) < _LEAST
    return frozenset() if few else frozenset().union(*lone)


def _told(cut: Cutter, section: Section) -> tuple[int, int, int]:
    """How many figures the title names, how many comparisons there are, and rows of several figures."""
    several = sum(len(row.values) > 1 for row in section.rows)
    return cut.names(section), cut.comparisons(section), several


def _bare(section: Section) -> float:
    """The share of the cells of a table that hold no figure."""
    columns = [held for panel in _columns(section) for held in panel.values()]
    cells = len(columns) * len(section.rows)
    return 1 - sum(map(len, columns)) / cells if cells else 0.0
