"""Several rows for one indicator: what may not stand on one line is given lines of its own.

In charts that part sectors each has a line, so that no country's whole stands beside another's part. In others, where the
newest figures come from several editions, each edition has one, so that no whole stands over the parts of another edition.
Where only comparable figures are shown, each set of figures that may all be compared has one; a figure
that belongs to two sets stands on both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import or_

from dashboard.comparability import ALL
from dashboard.dataset import Dataset, Observation
from dashboard.query.arrange import compared_position, compares_countries
from dashboard.selection import Selection

MOST_SETS = 12
"""Sets of comparable figures that are looked for in one row: as many as can be read; the published data have eight at most."""
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


def sectors_apart(
    dataset: Dataset, rows: Sequence[Observation], owner_of: Callable[[Observation], Hashable]
) -> Lines:
    """One line for each sector that ``owner_of`` keeps together, in the order of the data; that of all sectors last where one of its
    figures is of another period than a part of the same country: no whole stands over parts of another edition."""
    order = {sector: at for at, sector in enumerate(dataset.codes["sector"])}
    held: dict[Hashable, dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        held[owner_of(row)][row.sector].append(row)
    lines: dict[Hashable, list[str]] = {}
    for key, found in held.items():
        last = _is_of_another_period(dataset, found)
        lines[key] = sorted(found, key=lambda sector: (last and sector == ALL, order[sector]))
    return {row.position: (lines[owner_of(row)].index(row.sector),) for row in rows}


def _is_of_another_period(dataset: Dataset, found: Mapping[str, Sequence[Observation]]) -> bool:
    """Whether a figure of all sectors is of another period than one of a sector of the same respondents."""

    def end(row: Observation) -> int:
        return dataset.surveys[row.survey_id].period_end or 0

    parts = [row for sector, rows in found.items() if sector != ALL for row in rows]
    return any(
        (whole.country, whole.level, whole.kind) == (part.country, part.level, part.kind)
        and end(whole) != end(part)
        for whole in found.get(ALL, ())
        for part in parts
    )


def bases_apart(
    dataset: Dataset,
    rows: Sequence[Observation],
    owner_of: Callable[[Observation], Hashable],
    kind: Callable[[str], Hashable],
) -> Mapping[int, int]:
    """Position -> which of the bases of what ``owner_of`` keeps together; bases of one ``kind`` are one.

    The base of most figures comes first, of equally common ones that which the data name first.
    """
    order = {kind(base): at for at, base in reversed([*enumerate(dataset.codes["base"])])}
    kind_of = {row.position: kind(row.base) for row in rows}
    counts: dict[Hashable, Counter[Hashable]] = defaultdict(Counter)
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
    lines: dict[int, list[int]] = defaultdict(list)
    for together in _marks(rows, owner_of):
        for line, heads in enumerate(comparable_sets(list(together), may)):
            for position in (each for head in heads for each in together[head]):
                lines[position].append(line)
    return {position: tuple(of_figure) for position, of_figure in lines.items()}


def _marks(
    rows: Sequence[Observation], owner_of: Callable[[Observation], Hashable]
) -> list[dict[int, list[int]]]:
    """For each owner its marks: position of the first figure -> those of all."""
    marks: dict[Hashable, dict[tuple[str, ...], list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        marks[owner_of(row)][row.survey_id, row.sector, row.dimension, row.segment].append(
            row.position
        )
    return [
        {positions[0]: positions for positions in members.values()} for members in marks.values()
    ]


@dataclass(frozen=True, slots=True)
class _Compared:
    """What a selection sets side by side: where each figure stands, and whose it is."""

    row: Mapping[int, Hashable]
    """Position -> the row that it stands in."""
    whose: Mapping[int, Hashable]
    """Position -> its country (or sector, or group), of which a line has at most one figure."""
    may: May

    @classmethod
    def of(
        cls, dataset: Dataset, selection: Selection, rows: Sequence[Observation], may: May
    ) -> _Compared:
        """Of the figures that a selection keeps."""
        at = {row.position: compared_position(row, selection, dataset) for row in rows}
        countries = compares_countries(selection)
        return cls(
            {position: each.row for position, each in at.items()},
            {row.position: row.country if countries else at[row.position].series for row in rows},
            may,
        )

    def of_different(self, first: int, second: int) -> bool:
        """Whether two figures may stand on one line."""
        return self.whose[first] != self.whose[second] and self.may(first, second)


def comparisons(
    dataset: Dataset, selection: Selection, rows: Sequence[Observation], may: May
) -> Lines:
    """One line for each largest set of figures that may all be compared, of each country (or sector, or group) at most one.

    Figures without a partner stand on no line; with a baseline only lines on which it stands are kept.
    """
    compared = _Compared.of(dataset, selection, rows, may)
    lines = sets_apart(rows, lambda row: compared.row[row.position], compared.of_different)
    if not selection.baseline:
        return lines
    beside = {
        (compared.row[row.position], line)
        for row in rows
        if row.country == selection.baseline
        for line in lines.get(row.position, ())
    }
    found = {
        position: tuple(line for line in of_figure if (compared.row[position], line) in beside)
        for position, of_figure in lines.items()
    }
    return {position: of_figure for position, of_figure in found.items() if of_figure}


def comparisons_and_lone(
    dataset: Dataset, selection: Selection, rows: Sequence[Observation], may: May
) -> Lines:
    """The lines of comparisons of every figure, whatever the baseline, and behind them one for each that has no partner.

    Of these the newest comes first, of equally new ones what workplaces say.
    """
    compared = _Compared.of(dataset, selection, rows, may)
    lines = sets_apart(rows, lambda row: compared.row[row.position], compared.of_different)
    used: Counter[Hashable] = Counter()
    for position, of_figure in lines.items():
        row = compared.row[position]
        used[row] = max(used[row], max(of_figure) + 1)

    levels = list(dataset.codes["level"])

    def newest_first(row: Observation) -> tuple[int, int]:
        return -(dataset.surveys[row.survey_id].period_end or 0), levels.index(row.level)

    found = dict(lines)
    for each in sorted((row for row in rows if row.position not in lines), key=newest_first):
        row = compared.row[each.position]
        found[each.position] = (used[row],)
        used[row] += 1
    return found


def compared_at_all(
    dataset: Dataset, selection: Selection, rows: Sequence[Observation], may: May
) -> list[int]:
    """Positions of the figures that ``comparisons`` gives a line, without the lines.

    Every two that may be compared share a line, so pairs tell; there may be more sets than can be listed.
    """
    compared = _Compared.of(dataset, selection, rows, may)
    country = {row.position: row.country for row in rows}
    found: list[int] = []
    for together in _marks(rows, lambda row: compared.row[row.position]):
        heads = list(together)
        base = [head for head in heads if selection.baseline in ("", country[head])]
        on_lines = {
            head for head in heads if any(compared.of_different(head, other) for other in base)
        }
        # A figure of the baseline stands on every line that any other makes with it.
        on_lines |= {
            head for head in base if any(compared.of_different(head, other) for other in heads)
        }
        found += (position for head in on_lines for position in together[head])
    return found


def compared_beside(
    dataset: Dataset,
    selection: Selection,
    rows: Sequence[Observation],
    is_chosen: Callable[[int], bool],
    may: May,
) -> list[int]:
    """Positions of the figures that ``compared_at_all`` finds when their own country joins those that are chosen, whose figures
    ``is_chosen`` tells; for countries on lines without a baseline."""
    compared = _Compared.of(dataset, selection, rows, may)
    found: list[int] = []
    for together in _marks(rows, lambda row: compared.row[row.position]):
        chosen = [head for head in together if is_chosen(head)]
        found += (
            position
            for head, positions in together.items()
            if any(compared.of_different(head, other) for other in chosen)
            for position in positions
        )
    return found


def comparable_sets(positions: Sequence[int], may: May) -> list[tuple[int, ...]]:
    """All sets of two or more figures of which every pair may be compared and that no further figure fits into.

    The largest first, of equally large ones the one that starts first. Bron and Kerbosch's algorithm with pivots
    (Communications of the ACM 16, 1973, 575-577). The number of sets may double with every country: of more than MOST_SETS
    so many are found, and one for each position that none of them holds.
    """
    ordered = sorted(positions)
    beside = _beside(ordered, may)
    found: list[int] = []

    def extend(members: int, candidates: int, done: int) -> None:
        while len(found) < MOST_SETS:
            if not candidates and not done:
                if members.bit_count() > 1:
                    found.append(members)
                return
            pivot = max(
                _bits(candidates | done), key=lambda at: (beside[at] & candidates).bit_count()
            )
            branches = [*_bits(candidates & ~beside[pivot])]
            for at in branches[:-1]:
                extend(members | 1 << at, candidates & beside[at], done & beside[at])
                candidates &= ~(1 << at)
                done |= 1 << at
            if not branches:
                return
            # The last branch goes on here, so that a long line of figures that all fit is no deep recursion.
            last = branches[-1]
            members |= 1 << last
            candidates, done = candidates & beside[last], done & beside[last]

    extend(0, (1 << len(ordered)) - 1, 0)
    if len(found) >= MOST_SETS:
        _cover(found, beside)
    sets = (tuple(ordered[at] for at in _bits(each)) for each in found)
    return sorted(sets, key=lambda each: (-len(each), each))


def _beside(positions: Sequence[int], may: May) -> list[int]:
    """For each position the others that it may be compared with, the bit of each at its place."""
    beside = [0] * len(positions)
    for (one, first), (other, second) in combinations(enumerate(positions), 2):
        if may(first, second):
            beside[one] |= 1 << other
            beside[other] |= 1 << one
    return beside


def _bits(places: int) -> Iterator[int]:
    """Which bits are set, from the lowest."""
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest


def _cover(found: list[int], beside: Sequence[int]) -> None:
    """Add sets until each place that has a partner is in one; each holds others that are in none before those that are."""
    held = reduce(or_, found, 0)
    for at, partners in enumerate(beside):
        if held >> at & 1 or not partners:
            continue
        members, candidates = 1 << at, partners
        while candidates:
            following = next(_bits(candidates & ~held or candidates))
            members |= 1 << following
            candidates &= beside[following]
        held |= members
        found.append(members)
