"""Answers are kept for the same objects alone, and for as many as said."""

from __future__ import annotations

from dashboard.text.memo import by_identity


def test_the_same_objects_are_asked_once_and_others_that_are_equal_anew() -> None:
    asked: list[tuple[list[int], str]] = []

    @by_identity(8)
    def told(numbers: list[int], name: str) -> str:
        """What is told."""
        asked.append((numbers, name))
        return f"{name} {sum(numbers)}"

    one, equal, name = [1, 2], [1, 2], "sum"
    assert told(one, name) == told(one, name) == "sum 3"
    assert len(asked) == 1
    assert told(equal, name) == "sum 3"
    assert len(asked) == 2
    assert (told.__name__, told.__doc__) == ("told", "What is told.")


def test_what_was_asked_longest_ago_is_forgotten_and_nothing_kept_is_mistaken_for_it() -> None:
    asked = 0

    @by_identity(2)
    def first(numbers: list[int]) -> int:
        nonlocal asked
        asked += 1
        return numbers[0]

    # Objects that nothing else holds may follow each other in one place of memory.
    assert [first([at]) for at in range(100)] == list(range(100))
    held = [[at] for at in range(3)]
    asked = 0
    assert [first(each) for each in (*held, held[2], held[1], held[0])] == [0, 1, 2, 2, 1, 0]
    assert asked == 4
