"""Texts that are written in one place and shown in another."""

from __future__ import annotations


def gettext_noop(text: str) -> str:
    """The text itself: marks it for the catalogues, so that ``Localizer.t`` can translate it where it is shown."""
    return text
