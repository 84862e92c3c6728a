"""Withheld figures: what the rules withhold, and what follows from it."""

from __future__ import annotations

import pytest

from dashboard.intake.disclosure import Unprotectable, withheld
from dashboard.intake.disclosure.relations import crossings, linked
from dashboard.intake.types import Rules, Share
from tests.support.disclosure import OFF, TEN, Split, cells_of, one_way, shares


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
