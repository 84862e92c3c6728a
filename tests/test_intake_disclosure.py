"""Withheld figures: what the rules withhold, and that nothing printed gives it away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from dashboard.intake.disclosure import Key, Unprotectable, withheld
from dashboard.intake.disclosure.relations import crossings, linked
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


# The rules


def test_nothing_is_withheld_where_the_rules_ask_nothing() -> None:
    assert withheld(shares(one_way((1, 0), (2, 1), (30, 40))), OFF) == frozenset()


@pytest.mark.parametrize(
    ("rules", "counts"),
    [
        pytest.param(TEN, (5, 4), id="fewer than ten answers"),
        pytest.param(Rules(0, 3, 0, False), (20, 2), id="two gave an answer"),
        pytest.param(Rules(0, 3, 0, False), (2, 20), id="two gave the other"),
        pytest.param(Rules(0, 0, 0, True), (20, 0), id="everybody gave an answer"),
        pytest.param(Rules(0, 3, 0, False), (2, 0), id="two, and all of them"),
    ],
)
def test_a_rule_withholds_a_cell_and_one_beside_it(rules: Rules, counts: tuple[int, int]) -> None:
    cells = one_way(counts, (40, 30), (25, 26))
    # Of the others the one with fewest answers.
    assert cells_of(withheld(shares(cells), rules)) == {(1,), (3,)}


@pytest.mark.parametrize(
    ("rules", "counts"),
    [
        pytest.param(TEN, (6, 4), id="ten answers"),
        pytest.param(Rules(0, 3, 0, False), (19, 3), id="three gave an answer"),
        pytest.param(Rules(0, 3, 0, False), (20, 0), id="nobody did"),
        pytest.param(Rules(0, 0, 0, True), (20, 1), id="all but one"),
    ],
)
def test_what_keeps_the_rules_is_printed(rules: Rules, counts: tuple[int, int]) -> None:
    assert withheld(shares(one_way(counts, (40, 30), (25, 26))), rules) == frozenset()


@pytest.mark.parametrize("count", [0, 20])
def test_a_box_that_nobody_or_everybody_ticked_is_unanimous(count: int) -> None:
    """A question with one answer, as each box of several has: those who did not tick it are in n alone."""
    boxes = [
        (((), ()), 90, 45),
        ((("size",), (1,)), 20, count),
        ((("size",), (2,)), 70, 45 - count),
    ]
    asked = [
        Share("box", "ticked", split, cell, n, ticked, ticked / n, 0.1, 9, 0, 1, n)
        for (split, cell), n, ticked in boxes
    ]
    assert cells_of(withheld(asked, Rules(0, 0, 0, True))) == {(1,), (2,)}


def test_organisations_behind_a_cell_are_counted() -> None:
    rules = Rules(0, 0, 3, False)
    printed = shares(one_way((20, 20), (30, 30), (40, 40)))
    behind = {((), ()): 9, (("size",), (1,)): 2, (("size",), (2,)): 4, (("size",), (3,)): 3}
    assert cells_of(withheld(printed, rules, organisations=behind)) == {(1,), (2,)}
    with pytest.raises(ValueError, match="not how many are behind a cell"):
        withheld(printed, rules)


def test_a_question_that_too_few_answered_is_withheld_as_a_whole() -> None:
    assert cells_of(withheld(shares(one_way((3, 1), (2, 2))), TEN)) == {(), (1,), (2,)}


def test_answers_and_n_of_a_cell_fall_together_and_other_questions_do_not() -> None:
    few, many = one_way((3, 1), (20, 20), (30, 30)), one_way((30, 10), (20, 20), (30, 30))
    assert withheld([*shares(few, "a"), *shares(many, "b")], TEN) == {
        ("a", ("size",), (1,)),
        ("a", ("size",), (2,)),
    }


# What follows from what


def test_where_a_filter_is_withheld_so_is_who_was_asked_for_it() -> None:
    """n of a follow-up question is how many said yes to its filter."""
    filter_ = one_way((40, 1), (30, 20), (25, 26))
    follow_up = one_way((30, 10), (15, 15), (13, 12))
    printed = [*shares(follow_up, "b"), *shares(filter_, "a")]
    few = Rules(0, 3, 0, False)
    assert cells_of(withheld(shares(follow_up, "b"), few)) == set()
    found = withheld(printed, few, filters={"b": ["a"]})
    assert {key[1:] for key in found if key[0] == "a"} == {
        key[1:] for key in found if key[0] == "b"
    }
    assert cells_of(found) == {(1,), (2,)}


def test_who_has_no_code_in_a_split_is_taken_off_the_whole_too() -> None:
    """The whole less the cells is who has no code: 4 of them and a cell of 5 are still too few together."""
    cells = one_way((3, 2), (20, 20), (30, 31))
    cells[(), ()] = (55, 55)
    assert cells_of(withheld(shares(cells), TEN)) == {(1,), (2,)}


def test_a_whole_that_is_not_printed_is_implied_by_another_split() -> None:
    """Two splits without a total: the sizes add up to it, and so give the small sector away."""
    cells = {
        (("sector",), (1,)): (3, 1),
        (("sector",), (2,)): (30, 31),
        (("sector",), (3,)): (20, 22),
        (("size",), (1,)): (25, 24),
        (("size",), (2,)): (28, 30),
    }
    assert withheld(shares(cells), TEN) == {("q", ("sector",), (1,)), ("q", ("sector",), (3,))}


def test_a_split_stands_once() -> None:
    cells = {(("a", "b"), (1, 2)): (20, 20), (("b", "a"), (2, 1)): (20, 20)}
    with pytest.raises(ValueError, match="split b x a stands twice"):
        withheld(shares(cells), TEN)


def test_what_only_hiding_the_whole_would_protect_is_refused() -> None:
    """All who were asked are in one cell, which is as large as the whole."""
    filter_ = one_way((38, 0), (0, 5), (30, 40))
    follow_up = {((), ()): (20, 18), (("size",), (1,)): (20, 18)}
    printed = [*shares(filter_, "a"), *shares(follow_up, "b")]
    with pytest.raises(Unprotectable) as refusal:
        withheld(printed, Rules(10, 0, 0, True), filters={"b": ["a"]})
    assert (refusal.value.column, refusal.value.split) == ("b", ("size",))
    assert (
        str(refusal.value)
        == "column b, split size: cannot be protected without hiding the total - expected fewer codes"
    )


# Published attacks


def test_the_sum_of_two_blanks_keeps_the_rules_too() -> None:
    """sdcTools/UserSupport#307: 5 and 3 are below 11, and so is their sum, which the total gives away."""
    cells = one_way((15, 0), (5, 0), (3, 0), split="v1")
    assert cells_of(withheld(shares(cells), Rules(11, 0, 0, False))) == {(1,), (2,), (3,)}


def test_three_single_respondents_do_not_give_each_other_away() -> None:
    """sdcTools/UserSupport#135: of 2 x 5 cells five have 1 or 2 of an answer."""
    n = np.array([[1, 1, 7, 1, 0], [1, 0, 0, 2, 8]])
    joint = np.stack([n, np.full_like(n, 50)], axis=-1)
    splits = [(), ("a",), ("b",), ("a", "b")]
    rules = Rules(0, 3, 0, False)
    found = withheld(shares(margins(joint, ("a", "b"), splits)), rules)
    assert not recomputable(joint, ("a", "b"), splits, found, rules)
    assert all(high - low >= 1 for low, high in ranges(joint, ("a", "b"), splits, found, rules))


def test_splits_of_which_one_is_coarser_are_protected_together() -> None:
    """sdcTools/UserSupport#136: regions in counties and in groups; protected one after the other, they give region K away."""
    regions = {
        "A": (2, 1, 1),
        "B": (2, 1, 1),
        "I": (8, 1, 1),
        "J": (8, 1, 1),
        "K": (3, 2, 1),
        "L": (3, 2, 2),
        "M": (3, 2, 2),
        "N": (7, 2, 1),
    }
    cells: dict[tuple[Split, Cell], tuple[int, ...]] = {}
    crossed = ("region", "county", "group")
    for region, (count, county, group) in enumerate(regions.values()):
        codes = {"region": region, "county": county, "group": group}
        for split in ((), ("region",), ("county",), ("group",), crossed):
            key = split, tuple(codes[name] for name in split)
            before = cells.get(key, (0, 0))
            cells[key] = before[0] + count, before[1] + 50
    few_ticked = Rules(0, 4, 0, False)
    small = {("q", ("region",), (at,)) for at in (0, 1, 4, 5, 6)}
    apart = withheld(shares({key: n for key, n in cells.items() if key[0] != crossed}), few_ticked)
    assert apart == small
    # County 2 less N and less group 2, which is L and M, is K.
    found = withheld(shares(cells), few_ticked, unprinted=[crossed])
    assert found > small
    assert found & {("q", ("county",), (2,)), ("q", ("group",), (2,)), ("q", ("region",), (7,))}
    assert crossed not in {split for _, split, _ in found}


def test_two_releases_cannot_be_subtracted() -> None:
    """A late answer would change which cell is withheld beside the small one; the cell that each release prints gives it away."""
    before = withheld(shares(one_way((3, 2), (20, 20), (19, 20))), TEN)
    later = shares(one_way((3, 2), (20, 20), (21, 20)))
    assert cells_of(before) == {(1,), (3,)}
    assert cells_of(withheld(later, TEN)) == {(1,), (2,)}
    assert withheld(later, TEN, fixed=before) == before
    # What was withheld stays so, though the rules no longer ask for it, and one beside it.
    assert withheld(later, OFF, fixed=before) == before
    assert cells_of(withheld(later, OFF, fixed={("q", ("size",), (2,))})) == {(1,), (2,)}


# An attacker who knows nothing of our sums: unknown are the cells of all columns crossed


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


def test_the_sum_of_regions_of_a_county_keeps_the_rules_too() -> None:
    """Four and five in two regions of a county are nine, which the county less its third region tells."""
    sizes = {(1, 1): (2, 2), (2, 1): (3, 2), (3, 1): (20, 20), (4, 2): (30, 31), (5, 2): (40, 40)}
    cells: dict[tuple[Split, Cell], tuple[int, ...]] = {((), ()): (95, 95)}
    for (region, county), counts in sizes.items():
        cells[("region",), (region,)] = counts
        cells[("region", "county"), (region, county)] = counts
    cells |= {(("county",), (1,)): (25, 24), (("county",), (2,)): (70, 71)}
    [crossed] = linked([("region",), ("county",)], {("region", "county"): set(sizes)})
    found = withheld(shares(cells), TEN, unprinted=[crossed])
    assert found == {("q", ("region",), (at,)) for at in (1, 2, 3)}


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        pytest.param({(1, 1), (2, 1), (3, 2)}, (("a", "b"),), id="one in the other"),
        pytest.param({(1, 1), (1, 2), (2, 2), (3, 3)}, (("a", "b"),), id="in parts"),
        pytest.param({(1, 1), (1, 2), (2, 2), (3, 2)}, (), id="together"),
        pytest.param(set(), (), id="nobody"),
    ],
)
def test_columns_that_fall_apart_together_are_linked(
    codes: set[tuple[int, int]], expected: tuple[Split, ...]
) -> None:
    assert linked([("a",), ("b",)], {("a", "b"): codes}) == expected
    assert linked([("a", "b", "c")], {("a", "b"): codes}) == ()


@pytest.mark.parametrize(
    ("splits", "expected"),
    [
        ([(), ("a",), ("b",)], ()),
        ([("a",), ("a", "b"), ("a", "c")], ()),
        ([("a", "b"), ("b", "c"), ("c", "d")], ()),
        ([("a", "b"), ("b", "c"), ("a", "c")], ("a", "b", "c")),
        ([("a", "b", "c"), ("b", "c"), ("a", "c")], ()),
        ([("a", "b"), ("b", "c"), ("c", "d"), ("d", "a", "e"), ("e", "f")], ("a", "b", "c", "d")),
        ([], ()),
    ],
)
def test_splits_that_cross_in_a_ring_are_found(splits: list[Split], expected: Split) -> None:
    assert crossings(splits) == ((expected,) if expected else ())


@pytest.mark.parametrize("rules", [TEN, STRICT], ids=["ten", "strict"])
@pytest.mark.parametrize("splits", WAYS, ids=["one way", "two ways", "crossed"])
@given(joint=tables())
@settings(max_examples=12)
def test_nothing_withheld_is_a_combination_of_what_is_printed(
    splits: tuple[Split, ...], rules: Rules, joint: np.ndarray[Any, Any]
) -> None:
    rings = crossings(splits)
    printed = shares(margins(joint, NAMES, [*splits, *rings]))
    found = withheld(printed, rules, unprinted=rings)
    assert found >= few(joint, NAMES, splits, rules)
    assert not recomputable(joint, NAMES, splits, found, rules)


@pytest.mark.parametrize("rules", [TEN, STRICT], ids=["ten", "strict"])
@pytest.mark.parametrize("splits", WAYS[:2], ids=["one way", "two ways"])
@given(joint=tables())
@settings(max_examples=6)
def test_every_withheld_count_may_as_well_be_another(
    splits: tuple[Split, ...], rules: Rules, joint: np.ndarray[Any, Any]
) -> None:
    found = withheld(shares(margins(joint, NAMES, splits)), rules)
    for low, high in ranges(joint, NAMES, splits, found, rules):
        assert high - low > 1 - 1e-6


def test_the_rules_alone_give_most_of_it_away() -> None:
    """The attacker of these tests is one: without protection he gets what the rules withhold."""
    random = np.random.default_rng(5)
    lost = hidden = 0
    for _ in range(10):
        joint = random.multinomial(2000, random.dirichlet(np.full(72, 0.5))).reshape(3, 4, 3, 2)
        primary = few(joint, NAMES, WAYS[1], TEN)
        hidden += len(primary)
        lost += len(recomputable(joint, NAMES, WAYS[1], primary, TEN))
    assert lost > hidden / 2


@given(joint=tables())
@settings(max_examples=8)
def test_each_question_is_protected_by_itself_in_any_order(joint: np.ndarray[Any, Any]) -> None:
    cells = margins(joint, NAMES, WAYS[1])
    both = withheld([*shares(cells, "b"), *shares(cells, "a")], TEN)
    for column in "ab":
        assert {key for key in both if key[0] == column} == withheld(shares(cells, column), TEN)
