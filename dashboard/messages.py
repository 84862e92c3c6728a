"""Texts that are written in one place and shown in another."""

from __future__ import annotations


def message(text: str) -> str:
    """The text itself: marks it for the catalogues, so that ``Words.t`` can translate it where it is shown."""
    return text
