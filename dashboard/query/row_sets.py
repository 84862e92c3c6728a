"""Several rows for one indicator: what may not stand on one line is given lines of its own.

Where the newest figures come from several editions, each edition has a line, so that no whole stands over the parts of
another edition. Where only comparable figures are shown, each set of figures that may all be compared has one; a figure
that belongs to two sets stands on both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence

from dashboard.dataset import Dataset, Observation
from dashboard.query.arrange import compared_position, compares_countries
from dashboard.query.facts import BaseKind, base_kind
from dashboard.selection import Selection

Lines = Mapping[int, tuple[int, ...]]
"""Position of a figure -> the lines it stands on, counted from 0."""
May = Callable[[int, int], bool]


def editions_apart(
    dataset: Dataset, rows: Sequence[Observation], owner_of: Callable[[Observation], Hashable]
) -> Lines:
    """The newest edition on the first line, the one before on the second, for everything that ``owner_of`` keeps together."""
    order = {survey: rank for rank, survey in enumerate(dataset.surveys)}
    editions: dict[Hashable, set[str]] = defaultdict(set)
    for row in rows:
        editions[owner_of(row)].add(row.survey_id)

    def age(survey_id: str) -> tuple[int, int]:
        return dataset.surveys[survey_id].period_end or 0, order[survey_id]

    newest_first = {
        key: sorted(members, key=age, reverse=True) for key, members in editions.items()
    }
    return {row.position: (newest_first[owner_of(row)].index(row.survey_id),) for row in rows}


def bases_apart(
    dataset: Dataset, rows: Sequence[Observation], owner_of: Callable[[Observation], Hashable]
) -> Mapping[int, int]:
    """Position -> which of the bases of what ``owner_of`` keeps together; bases of one kind are one.

    The base of most figures comes first, of equally common ones that which the data name first.
    """
    order = {base_kind(base): at for at, base in reversed([*enumerate(dataset.codes["base"])])}
    kind_of = {row.position: base_kind(row.base) for row in rows}
    counts: dict[Hashable, Counter[BaseKind]] = defaultdict(Counter)
    for row in rows:
        counts[owner_of(row)][kind_of[row.position]] += 1
    ranked = {
        owner: sorted(found, key=lambda kind: (-found[kind], order[kind]))
        for owner, found in counts.items()
    }
    return {row.position: ranked[owner_of(row)].index(kind_of[row.position]) for row in rows}


def sets_apart(
    rows: Sequence[Observation], owner_of: Callable[[Observation], Hashable], may: May
) -> Lines:
    """One line for each largest set of figures that may all be compared, those of most figures first.

    The answers to one question of one survey and group are one mark and go together; the first of them decides.
    """
    marks: dict[Hashable, dict[tuple[str, ...], list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        marks[owner_of(row)][row.survey_id, row.sector, row.dimension, row.segment].append(
            row.position
        )
    lines: dict[int, list[int]] = defaultdict(list)
    for members in marks.values():
        found = comparable_sets([positions[0] for positions in members.values()], may)
        together = {positions[0]: positions for positions in members.values()}
        for line, heads in enumerate(found):
            for position in (each for head in heads for each in together[head]):
                lines[position].append(line)
    return {position: tuple(of_figure) for position, of_figure in lines.items()}


def comparisons(
    dataset: Dataset, selection: Selection, rows: Sequence[Observation], may: May
) -> Lines:
    """One line for each largest set of figures that may all be compared, of each country (or sector, or group) at most one.

    Figures without a partner stand on no line; with a baseline only lines on which it stands are kept.
    """
    at = {row.position: compared_position(row, selection, dataset) for row in rows}
    countries = compares_countries(selection)
    whose = {row.position: row.country if countries else at[row.position].series for row in rows}

    def of_different(first: int, second: int) -> bool:
        return whose[first] != whose[second] and may(first, second)

    lines = sets_apart(rows, lambda row: at[row.position].row, of_different)
    if not selection.baseline:
        return lines
    beside = {
        (at[row.position].row, line)
        for row in rows
        if row.country == selection.baseline
        for line in lines.get(row.position, ())
    }
    found = {
        position: tuple(line for line in of_figure if (at[position].row, line) in beside)
        for position, of_figure in lines.items()
    }
    return {position: of_figure for position, of_figure in found.items() if of_figure}


def comparable_sets(positions: Sequence[int], may: May) -> list[tuple[int, ...]]:
    """All sets of two or more figures of which every pair may be compared and that no further figure fits into.

    The largest first, of equally large ones the one that starts first. Bron and Kerbosch's algorithm with pivots
    (Communications of the ACM 16, 1973, 575-577).
    """
    beside = {
        position: {other for other in positions if other != position and may(position, other)}
        for position in positions
    }
    found: list[tuple[int, ...]] = []

    def extend(members: set[int], candidates: set[int], done: set[int]) -> None:
        if not candidates and not done:
            if len(members) > 1:
                found.append(tuple(sorted(members)))
            return
        pivot = max(candidates | done, key=lambda position: len(beside[position] & candidates))
        for position in sorted(candidates - beside[pivot]):
            extend(members | {position}, candidates & beside[position], done & beside[position])
            candidates = candidates - {position}
            done = done | {position}

    extend(set(), set(positions), set())
    return sorted(found, key=lambda each: (-len(each), each))
