"""Tables of counts, and an attacker who knows nothing of our sums: unknown to him are the cells of all columns crossed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linprog

from dashboard.intake.disclosure import Key
from dashboard.intake.types import Rules, Share

Split = tuple[str, ...]
Cell = tuple[int, ...]
Cells = Mapping[tuple[Split, Cell], tuple[int, ...]]
"""Split and cell -> how many gave each answer; all together are n."""
OFF = Rules(base=0, answer=0, organisations=0, unanimous=False)
TEN = Rules(base=10, answer=0, organisations=0, unanimous=False)
STRICT = Rules(base=10, answer=3, organisations=0, unanimous=True)


def shares(cells: Cells, column: str = "q") -> list[Share]:
    return [
        Share(column, str(at), split, cell, n, count, count / n, 0.1, 9, 0, 1, n)
        for (split, cell), counts in cells.items()
        if (n := sum(counts))
        for at, count in enumerate(counts)
    ]


def one_way(
    *counts: tuple[int, ...], split: str = "size"
) -> dict[tuple[Split, Cell], tuple[int, ...]]:
    """The cells of one split, and the whole."""
    return {
        ((), ()): tuple(map(sum, zip(*counts, strict=True))),
        **{((split,), (at,)): count for at, count in enumerate(counts, 1)},
    }


def cells_of(found: Collection[Key]) -> set[Cell]:
    return {cell for _, _, cell in found}


def margins(
    joint: np.ndarray[Any, Any], names: Sequence[str], splits: Sequence[Split]
) -> dict[tuple[Split, Cell], tuple[int, ...]]:
    """The cells of the splits; ``joint`` has a dimension for each of the names, and one for answers."""
    return {
        (split, cell): tuple(joint[at].reshape(-1, joint.shape[-1]).sum(0).tolist())
        for split in splits
        for cell in product(*(range(joint.shape[names.index(name)]) for name in split))
        for at in [place(names, split, cell)]
    }


def place(names: Sequence[str], split: Split, cell: Cell) -> tuple[Any, ...]:
    code = dict(zip(split, cell, strict=True))
    return tuple(code.get(name, slice(None)) for name in names)


def breaks(counts: Sequence[int], rules: Rules) -> bool:
    n = sum(counts)
    small = any(0 < count < rules.answer for each in counts for count in (each, n - each))
    return n > 0 and (n < rules.base or small or (rules.unanimous and n in counts))


def few(
    joint: np.ndarray[Any, Any], names: Sequence[str], splits: Sequence[Split], rules: Rules
) -> frozenset[Key]:
    """What the rules withhold, and no more."""
    return frozenset(
        ("q", *key)
        for key, counts in margins(joint, names, splits).items()
        if breaks(counts, rules)
    )


def recomputable(
    joint: np.ndarray[Any, Any],
    names: Sequence[str],
    splits: Sequence[Split],
    found: Collection[Key],
    rules: Rules,
) -> set[Key]:
    """Those that the rules withhold and that are a linear combination of what is printed."""
    inner = joint.shape[:-1]

    def row(split: Split, cell: Cell) -> np.ndarray[Any, Any]:
        indicator = np.zeros(inner)
        indicator[place(names, split, cell)] = 1
        # Nobody is in an inner cell of which n is 0: it is in no sum.
        return (indicator * (joint.sum(-1) > 0)).ravel()

    printed = [row(*key) for key in margins(joint, names, splits) if ("q", *key) not in found]
    rank = np.linalg.matrix_rank(np.array(printed)) if printed else 0
    return {
        key
        for key in few(joint, names, splits, rules)
        if np.linalg.matrix_rank(np.array([*printed, row(*key[1:])])) == rank
    }


def ranges(
    joint: np.ndarray[Any, Any],
    names: Sequence[str],
    splits: Sequence[Split],
    found: Collection[Key],
    rules: Rules,
) -> Iterator[tuple[float, float]]:
    """The least and greatest count of each answer in each cell that the rules withhold, given all that is printed, and every n."""
    cells = margins(joint, names, splits)
    rows = {}
    for split, cell in cells:
        indicator = np.zeros(joint.shape[:-1])
        indicator[place(names, split, cell)] = 1
        rows[split, cell] = indicator.ravel()
    printed = [key for key in cells if ("q", *key) not in found]
    hidden = [key for key in cells if ("q", *key) in found]
    for answer in range(joint.shape[-1]):
        said = [key for key in printed if cells[key][answer] in (0, sum(cells[key]))]
        for _, split, cell in few(joint, names, splits, rules):
            if any((rows[split, cell] <= rows[key]).all() for key in said):
                continue
            yield tuple(
                sign
                * linprog(
                    sign * rows[split, cell],
                    A_eq=[rows[key] for key in printed],
                    b_eq=[cells[key][answer] for key in printed],
                    A_ub=[rows[key] for key in hidden],
                    b_ub=[sum(cells[key]) for key in hidden],
                    method="highs",
                ).fun
                for sign in (1, -1)
            )


@st.composite
def tables(draw: st.DrawFn) -> np.ndarray[Any, Any]:
    """Respondents by sector, size, field and answer, unevenly spread."""
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    shape = (3, 4, 3, draw(st.integers(2, 3)))
    shares = random.dirichlet(np.full(np.prod(shape), draw(st.sampled_from([0.2, 1.0]))))
    return random.multinomial(draw(st.sampled_from([60, 300, 1500])), shares).reshape(shape)


NAMES = ("sector", "size", "field")
WAYS: tuple[tuple[Split, ...], ...] = (
    ((), ("sector",), ("size",), ("field",)),
    ((), ("sector",), ("size",), ("sector", "size"), ("sector", "field")),
    (("sector", "size"), ("sector", "field"), ("size", "field")),
)
