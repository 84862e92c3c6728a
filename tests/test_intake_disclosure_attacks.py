"""Withheld figures: nothing printed gives them away, neither to published attacks nor to one of our own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from dashboard.intake.disclosure import withheld
from dashboard.intake.disclosure.relations import crossings, linked
from dashboard.intake.types import Rules
from tests.support.disclosure import (
    NAMES,
    OFF,
    STRICT,
    TEN,
    WAYS,
    Cell,
    Split,
    cells_of,
    few,
    margins,
    one_way,
    ranges,
    recomputable,
    shares,
    tables,
)


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
