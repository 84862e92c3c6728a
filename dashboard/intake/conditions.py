"""Who was asked a question, as a codebook words it: ``q1 == 1 and (q2 in [1, 2] or q3 != 0)``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r"\s*(==|!=|[()\[\],]|\"[^\"]*\"|'[^']*'|[^\s()\[\],=!\"']+)")
_WORDS = frozenset({"and", "or", "in"})
_MARKS = frozenset({"==", "!=", "(", ")", "[", "]", ","})


class NotUnderstood(ValueError):
    """A text that is no condition; says where reading it stopped."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One variable holds one of some values (or, negated, an answer that is none of them)."""

    variable: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """Several conditions of which all (``and``) or some (``or``) hold."""

    every: bool
    parts: tuple[Condition, ...]


Condition = Answered | Joined


def variables(condition: Condition) -> Iterator[str]:
    """The variables that a condition names, in its order."""
    if isinstance(condition, Answered):
        yield condition.variable
    else:
        for part in condition.parts:
            yield from variables(part)


def parse(text: str) -> Condition:
    """The condition that a text words; ``and`` binds before ``or``.

    Raises NotUnderstood where it is none.
    """
    tokens = _Tokens(text)
    condition = _any(tokens)
    tokens.end()
    return condition


class _Tokens:
    """The words of a text, taken one by one."""

    def __init__(self, text: str) -> None:
        self._tokens: list[str] = []
        text, at = text.strip(), 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None:
                raise NotUnderstood(
                    f"a name, a number, == or != where {text[at:].strip()[0]} stands"
                )
            self._tokens.append(found[1])
            at = found.end()

    def next_is(self, *words: str) -> bool:
        return bool(self._tokens) and self._tokens[0] in words

    def take(self, *words: str) -> str:
        """The next word, which must be one of some where they are given."""
        if not self._tokens or (words and self._tokens[0] not in words):
            found = f" where {self._tokens[0]} stands" if self._tokens else " at the end"
            raise NotUnderstood(f"{' or '.join(words) or 'a name or number'}{found}")
        return self._tokens.pop(0)

    def operand(self) -> str:
        if self._tokens and self._tokens[0] in _WORDS | _MARKS:
            raise NotUnderstood(f"a name or number where {self._tokens[0]} stands")
        return self.take().strip("\"'")

    def end(self) -> None:
        if self._tokens:
            raise NotUnderstood(f"and or or where {self._tokens[0]} stands")


def _any(tokens: _Tokens) -> Condition:
    return _joined(tokens, "or", _all)


def _all(tokens: _Tokens) -> Condition:
    return _joined(tokens, "and", _single)


def _joined(tokens: _Tokens, word: str, part: Callable[[_Tokens], Condition]) -> Condition:
    parts = [part(tokens)]
    while tokens.next_is(word):
        tokens.take(word)
        parts.append(part(tokens))
    return parts[0] if len(parts) == 1 else Joined(word == "and", tuple(parts))


def _single(tokens: _Tokens) -> Condition:
    if tokens.next_is("("):
        tokens.take("(")
        inside = _any(tokens)
        tokens.take(")")
        return inside
    variable = tokens.operand()
    sign = tokens.take("==", "!=", "in")
    values = _several(tokens) if sign == "in" else (tokens.operand(),)
    return Answered(variable, values, negated=sign == "!=")


def _several(tokens: _Tokens) -> tuple[str, ...]:
    closing = {"[": "]", "(": ")"}[tokens.take("[", "(")]
    values = [tokens.operand()]
    while tokens.next_is(","):
        tokens.take(",")
        values.append(tokens.operand())
    tokens.take(closing)
    return tuple(values)
