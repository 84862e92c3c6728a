"""Which figures are withheld so that none tells of too few, neither by itself nor by sums and differences of the others.

What the rules withhold is the least of it. Where one subtraction gives the sum of withheld blocks, that sum keeps the rules as well,
or one block more is withheld: the one with fewest answers. What is then printed is attacked (`audit`), and one more falls until no
withheld count can be told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import TypeAlias

import numpy as np

from dashboard.intake.disclosure.audit import told
from dashboard.intake.disclosure.relations import Block, Cell, Relation, Split, Table, table
from dashboard.intake.types import Rules, Share

Key: TypeAlias = tuple[str, Split, Cell]
Organisations: TypeAlias = Mapping[tuple[Split, Cell], int]


class Unprotectable(ValueError):
    """Withheld figures of a split that the total gives away, whatever else is withheld."""

    def __init__(self, column: str, split: Split) -> None:
        self.column, self.split = column, split
        super().__init__(
            f"column {column}, split {' x '.join(split)}: cannot be protected without hiding the total - expected fewer codes"
        )


def withheld(
    shares: Sequence[Share],
    rules: Rules,
    *,
    organisations: Organisations | None = None,
    fixed: Collection[Key] = frozenset(),
    filters: Mapping[str, Collection[str]] | None = None,
    unprinted: Collection[Split] = (),
) -> frozenset[Key]:
    """Give the blocks (column, split, cell) of which all answers and n are withheld.

    ``shares`` are all that would be printed, with every split of a question. ``organisations`` tells how many are behind a cell, which
    `Rules.organisations` needs. ``fixed`` blocks stay withheld, as an earlier release withheld them, and are protected like those that
    the rules withhold. ``filters`` gives a question those that decide who is asked it: its n tells how they were answered, so where
    one of them is withheld it is too. The shares of ``unprinted`` splits are not printed and only tell how cells of others lie in each
    other: where one split is coarser than another of other columns, as counties are than regions, that is the two crossed; where splits
    cross in a ring it is `relations.crossings`.

    Raises `Unprotectable` where only hiding the whole sample would help, and ValueError where the rules need ``organisations`` and
    there are none.
    """
    if rules.organisations and organisations is None:
        raise ValueError("the fewest organisations are given, but not how many are behind a cell")
    by_column: dict[str, list[Share]] = {}
    for share in shares:
        by_column.setdefault(share.column, []).append(share)
    before = {column: set((filters or {}).get(column, ())) for column in by_column}
    found: set[Key] = set()
    for column in TopologicalSorter(before).static_order():
        kept = {(split, cell) for name, split, cell in fixed if name == column}
        kept |= {(split, cell) for name, split, cell in found if name in before.get(column, ())}
        if column in by_column:
            guard = _Guard(column, table(by_column[column], unprinted), rules, organisations or {})
            found |= {(column, *key) for key in guard.protect(kept)}
    return frozenset(found)


class _Guard:
    """The blocks of one question, and the rules."""

    def __init__(
        self, column: str, blocks: Table, rules: Rules, organisations: Organisations
    ) -> None:
        self._column = column
        self._table = blocks
        self._rules = rules
        self._organisations = organisations

    def protect(self, fixed: Collection[tuple[Split, Cell]]) -> Iterator[tuple[Split, Cell]]:
        """The blocks that are withheld, of which some are given."""
        figures = {
            at: block for at, block in enumerate(self._table.blocks) if block.kind == "figure"
        }
        targets = {
            at
            for at, block in figures.items()
            if self._breaks([block]) or (block.split, block.cell) in fixed
        }
        hidden = set(targets)
        while (more := self._one_more(hidden, targets)) is not None:
            hidden.add(more)
        return ((figures[at].split, figures[at].cell) for at in sorted(hidden))

    def _one_more(self, hidden: set[int], targets: set[int]) -> int | None:
        """The block to withhold next, None where all is safe."""
        known = self._table.known(hidden)
        for relation in self._table.relations:
            candidates = self._free(relation.members, known)
            if candidates and self._gives_away(relation, hidden, known):
                return candidates[0]
        weak = told(self._table, hidden, targets)
        return self._near(weak[0], known) if weak else None

    def _gives_away(self, relation: Relation, hidden: set[int], known: set[int]) -> bool:
        """Whether one subtraction gives a sum of hidden blocks that breaks the rules, or one of them alone."""
        unknown = [at for at in relation.members if at not in known]
        if not hidden.intersection(unknown):
            return False
        if relation.parent in unknown:
            return len(unknown) == 1
        return len(unknown) == 1 or self._breaks([self._table.blocks[at] for at in unknown])

    def _breaks(self, blocks: Sequence[Block]) -> bool:
        """Whether the sum of some blocks is too few to be printed."""
        n = sum(block.n for block in blocks)
        counts = np.sum([block.counts for block in blocks], axis=0)
        others, fewest = n - counts, self._rules.answer
        few = ((counts > 0) & (counts < fewest)) | ((others > 0) & (others < fewest))
        if n < self._rules.base or few.any():
            return True
        if self._rules.unanimous and ((counts == n).any() or not counts.any()):
            return True
        # Blocks may share organisations: at least as many are behind all as behind one.
        behind = [self._organisations.get((block.split, block.cell), 0) for block in blocks]
        return max(behind) < self._rules.organisations

    def _free(self, among: Collection[int], known: set[int]) -> list[int]:
        """The figures that can still be withheld, those with fewest answers first; never the whole sample."""
        blocks = self._table.blocks
        free = [at for at in among if at in known and blocks[at].kind == "figure"]
        return sorted((at for at in free if blocks[at].split), key=lambda at: (blocks[at].n, at))

    def _near(self, weak: int, known: set[int]) -> int:
        """The figure to withhold for a count that is told: of those next to it in sums, then of those next to these."""
        reached, before = {weak}, set[int]()
        while reached != before:
            before = set(reached)
            for relation in self._table.relations:
                if before.intersection(relation.members):
                    reached.update(relation.members)
            free = self._free(reached, known)
            if free:
                return free[0]
        raise Unprotectable(self._column, self._table.blocks[weak].split)
