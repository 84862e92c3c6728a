"""Cards of figures, and the terms that stand in them."""

from __future__ import annotations

from datetime import date

from dashboard import cards
from dashboard.dataset import Observation
from dashboard.query import View
from dashboard.text.card import Card, card
from tests.support import views

DAY = date(2026, 11, 21)
ADDRESS = "https://example.org/?theme=collaboration&country=DK~SE"
COLLABORATION = "theme=collaboration&country=DK~SE"
TERMS = [
    "What was asked", "Answer counted", "A percentage of", "Answers behind it (n)", "95% interval", "Reference period",
    "Who answered", "Response rate", "Survey", "Source", "Place in the source", "Label in the source (translated)",
    "How the number was matched to its label",
]  # fmt: skip
COUNTED = [*TERMS[:4], "Approximate 95% interval", "Everybody was asked", *TERMS[5:]]
"""The terms of a figure of a survey that asked everybody."""
ORDER = ["yes", "care", "no"]


def made(shown: View, row: Observation) -> Card:
    return card(views.loc(), shown, views.index().evidence[row.position], row, DAY, ADDRESS)


def facts(found: Card) -> dict[str, str]:
    return {fact.term: f"{fact.text} {fact.quoted}".strip() for fact in found.facts}


AGENCIES = ("se-2021-workplace", "state", "collab_any")


def opened(position: object, query: str = COLLABORATION) -> tuple[str, list] | None:
    """(title, body) of a card in a view."""
    found = cards.card(views.context(query, public_url="https://example.org"), position)
    return found and found[:2]
