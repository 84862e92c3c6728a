"""An attack on what is printed: between which counts a withheld one must lie, by linear programming over all sums at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from dashboard.intake.disclosure.relations import Table

ROOM = 1
"""A withheld count is safe where it may as well be this much greater or smaller than it is."""
_NEARLY = 1e-6


def told(table: Table, hidden: Collection[int], targets: Collection[int]) -> list[int]:
    """Give the targets of which what is printed tells some count too closely.

    ``hidden`` and ``targets``, which are among them, are places in ``table.blocks``. The reader knows n of every block, all counts of
    the blocks that are not hidden, and that blocks add up. What one printed block says of all in it (nobody, or everybody) is not
    held against the blocks within. Bounds are those of real numbers.
    """
    if not targets:
        return []
    attack = _Attack(table, hidden)
    responses = range(len(table.blocks[0].counts))
    said = _said(table, hidden)
    found = {
        at
        for response in responses
        for at in attack.close(response, [at for at in sorted(targets) if not said[at, response]])
    }
    return sorted(found)


def _said(table: Table, hidden: Collection[int]) -> NDArray[np.bool_]:
    """Blocks by responses: whether a printed block of which one is part says of everybody in it that they gave the answer, or did not."""
    alike = np.array([(block.counts == 0) | (block.counts == block.n) for block in table.blocks])
    printed = table.known(hidden)
    said = np.array([alike[at] & (at in printed) for at in range(len(table.blocks))])
    changed = True
    while changed:
        before = said.copy()
        for relation in table.relations:
            said[[*relation.children]] |= said[relation.parent]
        changed = bool((said != before).any())
    return said


class _Attack:
    """The sums that hidden blocks must have, as equations of their counts."""

    def __init__(self, table: Table, hidden: Collection[int]) -> None:
        blocks = table.blocks
        self._truth = np.array([block.counts for block in blocks], dtype=float)
        self._open = [
            at for at, block in enumerate(blocks) if block.kind != "figure" or at in set(hidden)
        ]
        self._column = {at: column for column, at in enumerate(self._open)}
        self._bounds = [
            (None, None) if blocks[at].kind == "implied" else (0, blocks[at].n) for at in self._open
        ]
        equations = np.zeros((len(table.relations), len(blocks)))
        for row, relation in enumerate(table.relations):
            equations[row, relation.parent] = -1
            equations[row, [*relation.children]] = 1
        used = equations[:, self._open].any(axis=1)
        closed = [at for at in range(len(blocks)) if at not in self._column]
        self._equations = csr_array(equations[used][:, self._open])
        self._right = -equations[used][:, closed] @ self._truth[closed]

    def close(self, response: int, targets: Collection[int]) -> Iterator[int]:
        """Those of the targets whose count of one response can be nothing but what it is, as a whole number."""
        left = set(targets)
        # Every solution tells of all counts in it, so few programs settle most of them.
        for sign in (1, -1):
            left -= self._moved(response, dict.fromkeys(left, sign), left)
        for at in targets:
            for sign in (1, -1):
                if at in left:
                    left -= self._moved(response, {at: sign}, left)
            if at in left:
                yield at

    def _moved(self, response: int, weights: dict[int, int], among: Collection[int]) -> set[int]:
        """Those whose count differs from the true one by `ROOM` in the solution with the least weighted sum."""
        if not weights:
            return set()
        cost = np.zeros(len(self._open))
        for at, weight in weights.items():
            cost[self._column[at]] = weight
        rows = self._equations.shape[0]
        solution = linprog(
            cost,
            A_eq=self._equations if rows else None,
            b_eq=self._right[:, response] if rows else None,
            bounds=self._bounds,
            method="highs",
        )
        if not solution.success:
            raise RuntimeError(f"the audit of withheld figures failed: {solution.message}")
        return {
            at
            for at in among
            if abs(solution.x[self._column[at]] - self._truth[at, response]) >= ROOM - _NEARLY
        }
