"""Answers kept for the very same objects: what is asked again of a section at hand is not worked out again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class _Identity:
    """An object as a key: equal to itself alone, and found without a look at what it holds."""

    __slots__ = ("held",)

    def __init__(self, held: object) -> None:
        self.held = held

    def __hash__(self) -> int:
        return id(self.held)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and self.held is other.held


def by_identity(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep the ``most`` answers asked for last of a function of frozen objects, all given by place."""

    def keeping(function: Callable[P, R]) -> Callable[P, R]:
        @lru_cache(maxsize=most)
        def answer(*keys: _Identity) -> R:
            return function(*(key.held for key in keys))  # type: ignore[call-arg, arg-type]

        @wraps(function)
        def kept(*args: P.args, **kwargs: P.kwargs) -> R:
            return answer(*map(_Identity, args))

        return kept

    return keeping
