"""What a reader can add up and subtract in the printed shares of one question.

A share that is printed with its n is a count. A block is all counts of one cell of one split; they are printed or withheld together.
The block of a parent is the sum of the blocks of its children in every split that refines it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dashboard.intake.types import Share

Split: TypeAlias = tuple[str, ...]
Cell: TypeAlias = tuple[int, ...]
Counts: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One cell of one split."""

    kind: Literal["figure", "unprinted", "rest", "implied"]
    """A figure of the files; a cell that is not printed; who is in a parent and in none of its children; a parent that is not printed
    and of which only what its children add up to is known."""
    split: Split
    cell: Cell
    n: int
    counts: Counts
    """Of each response, unweighted."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A parent and all its children in one split, as places in `Table.blocks`."""

    parent: int
    children: tuple[int, ...]

    @property
    def members(self) -> tuple[int, ...]:
        """Parent and children."""
        return (self.parent, *self.children)


@dataclass(frozen=True, slots=True)
class Table:
    """The blocks of one question and how they add up."""

    blocks: tuple[Block, ...]
    relations: tuple[Relation, ...]

    def known(self, hidden: Iterable[int]) -> set[int]:
        """Give the blocks that a reader has or gets at once: figures that are not hidden, and what is not printed but follows."""
        hidden = set(hidden)
        found = {
            at
            for at, block in enumerate(self.blocks)
            if block.kind == "figure" and at not in hidden
        }
        while True:
            more = {
                unknown[0]
                for relation in self.relations
                if len(unknown := [at for at in relation.members if at not in found]) == 1
                and self.blocks[unknown[0]].kind in ("implied", "unprinted")
            }
            if not more:
                return found
            found |= more


def table(shares: Sequence[Share], unprinted: Collection[Split] = ()) -> Table:
    """Give the table of one question from all its shares, of which those of some splits are not printed.

    Raises ValueError where two splits have the same columns.
    """
    blocks = _cells(shares, unprinted)
    by_split: dict[frozenset[str], dict[Cell, int]] = {}
    names: dict[frozenset[str], Split] = {}
    for at, block in enumerate(blocks):
        columns = frozenset(block.split)
        if names.setdefault(columns, block.split) != block.split:
            raise ValueError(f"split {' x '.join(block.split)} stands twice, in another order")
        by_split.setdefault(columns, {})[block.cell] = at
    for columns in sorted(_implied(by_split), key=lambda each: (-len(each), sorted(each))):
        names[columns] = tuple(sorted(columns))
        by_split[columns] = {}
        for block in _sums(columns, names, by_split, blocks):
            by_split[columns][block.cell] = len(blocks)
            blocks.append(block)
    relations = _related(names, by_split, blocks)
    return Table(tuple(blocks), tuple(_merged(relations, blocks)))


def crossings(splits: Iterable[Split]) -> tuple[Split, ...]:
    """Give the split by all columns that cross each other in a ring, as a x b, b x c and a x c do; none where none do.

    Who is in a cell of one such split is told by the others through the cells of all these columns crossed, printed or not.

    Source: Graham (1979) and Yu and Ozsoyoglu (1979), whose reduction leaves nothing of splits without a ring.
    """
    left = {frozenset(split) for split in splits}
    while True:
        shared = {name for a, b in combinations(left, 2) for name in a & b}
        cut = {split & shared for split in left}
        cut = {split for split in cut if not any(split < other for other in cut)}
        if cut == left:
            return (tuple(sorted(frozenset().union(*left))),) if len(left) > 1 else ()
        left = cut


def linked(
    splits: Iterable[Split], together: Mapping[tuple[str, str], Collection[tuple[int, int]]]
) -> tuple[Split, ...]:
    """Give the pairs of columns of which some codes of one hold the same respondents as some of the other, as counties and regions do.

    ``together`` has for each pair of columns the pairs of their codes that occur. Pairs that a split has both columns of are left out:
    their cells are printed.
    """
    printed = [set(split) for split in splits]
    return tuple(
        pair
        for pair, codes in together.items()
        if not any(split >= set(pair) for split in printed) and _falls_apart(codes)
    )


def _falls_apart(codes: Collection[tuple[int, int]]) -> bool:
    """Whether the codes of two columns fall into parts of which no respondent has one of each."""
    left = set(codes)
    reached = {left.pop()} if left else set()
    more = reached
    while more:
        more = {(a, b) for a, b in left if any(a == seen or b == other for seen, other in more)}
        left -= more
    return bool(left)


def _cells(shares: Sequence[Share], unprinted: Collection[Split]) -> list[Block]:
    found: dict[tuple[Split, Cell], list[Share]] = {}
    for share in shares:
        found.setdefault((share.split, share.cell), []).append(share)
    return [
        Block(
            "unprinted" if split in unprinted else "figure",
            split,
            cell,
            of[0].n,
            np.array([share.n_answer for share in of]),
        )
        for (split, cell), of in found.items()
    ]


def _implied(splits: Iterable[frozenset[str]]) -> set[frozenset[str]]:
    """Splits that nobody prints and that two printed ones have in common; the whole is always one."""
    printed = set(splits)
    known: set[frozenset[str]] = printed | {frozenset()}
    while more := {a & b for a, b in combinations(known, 2)} - known:
        known |= more
    return known - printed


def _place(names: Split, block: Block) -> Cell:
    """The cell of a coarser split in which a block lies."""
    return tuple(block.cell[block.split.index(name)] for name in names)


def _direct(columns: frozenset[str], splits: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The splits that refine one, without those that refine one of these."""
    finer = [each for each in splits if columns < each]
    return [each for each in finer if not any(other < each for other in finer)]


def _sums(
    columns: frozenset[str],
    names: dict[frozenset[str], Split],
    by_split: dict[frozenset[str], dict[Cell, int]],
    blocks: Sequence[Block],
) -> list[Block]:
    """The blocks of an implied split, added up in the finer split that leaves out fewest."""
    best: dict[Cell, tuple[int, Counts]] = {}
    for finer in _direct(columns, by_split):
        sums: dict[Cell, tuple[int, Counts]] = {}
        for at in by_split[finer].values():
            cell = _place(names[columns], blocks[at])
            n, counts = sums.get(cell, (0, np.zeros_like(blocks[at].counts)))
            sums[cell] = n + blocks[at].n, counts + blocks[at].counts
        best |= {cell: got for cell, got in sums.items() if got[0] > best.get(cell, (0,))[0]}
    return [Block("implied", names[columns], cell, *best[cell]) for cell in sorted(best)]


def _related(
    names: dict[frozenset[str], Split],
    by_split: dict[frozenset[str], dict[Cell, int]],
    blocks: list[Block],
) -> list[Relation]:
    """All relations; blocks get the rests."""
    relations = []
    for columns, cells in by_split.items():
        for finer in _direct(columns, by_split):
            children: dict[int, list[int]] = {}
            for at in by_split[finer].values():
                children.setdefault(cells[_place(names[columns], blocks[at])], []).append(at)
            for parent, of in children.items():
                rest = _rest(blocks[parent], [blocks[at] for at in of], names[finer])
                if rest is not None:
                    of.append(len(blocks))
                    blocks.append(rest)
                relations.append(Relation(parent, tuple(of)))
    return relations


def _rest(parent: Block, children: Sequence[Block], split: Split) -> Block | None:
    """Who has no code in a finer split, and so is in no child; of an implied parent, of which it is not known, implied as well."""
    n = parent.n - sum(child.n for child in children)
    counts = parent.counts - np.sum([child.counts for child in children], axis=0)
    if not n and not counts.any():
        return None
    return Block("implied" if parent.kind == "implied" else "rest", split, (), n, counts)


def _merged(relations: Sequence[Relation], blocks: Sequence[Block]) -> Iterator[Relation]:
    """The relations with each cell that is not printed and that is all of its parent replaced by this."""
    same = {
        relation.children[0]: relation.parent
        for relation in relations
        if len(relation.children) == 1 and blocks[relation.children[0]].kind == "unprinted"
    }
    for relation in relations:
        parent, *children = (same.get(at, at) for at in relation.members)
        if children != [parent]:
            yield Relation(parent, tuple(children))
