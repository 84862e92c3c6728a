"""The first letter of texts that stand inside a sentence or begin a line."""

from __future__ import annotations


def begun(text: str) -> str:
    """A text as a line begins with it: its first letter a capital, the rest as it is."""
    return f"{text[:1].upper()}{text[1:]}"
