"""Whether the codebook of a table speaks in codes and concepts that a folder has or the codebook describes."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.intake import vocabulary
from dashboard.intake.faults import Fault
from dashboard.intake.tables.codebook import TableBook, Target
from dashboard.intake.vocabulary import Vocabulary


def faults(book: TableBook, folder: Vocabulary) -> Iterator[Fault]:
    """What a codebook names that neither the folder nor the codebook describes."""
    definitions = dict.fromkeys(survey["definition"] for survey in book.surveys)
    return vocabulary.unknown(book, folder, _named(book), _answers(book), definitions)


def _told(book: TableBook, target: Target) -> Iterator[tuple[str, str]]:
    """(place, code) of everything that is some target."""
    for column in book.columns:
        if column.target == target:
            for code in dict.fromkeys(column.codes.values()):
                yield f"[columns.{column.dimension}]", code
    if target in book.always:
        yield f"[always] {target}", book.always[target]


def _named(book: TableBook) -> Iterator[tuple[str, str, str]]:
    """(place, list, code) of every code that a codebook names."""
    for name in ("country", "level", "kind"):
        for code in dict.fromkeys(survey[name] for survey in book.surveys):
            yield f"[survey] {name}", name, code
    sectors = (sector for survey in book.surveys for sector in survey["sectors"].split("~"))
    yield from (("[survey] sectors", "sector", sector) for sector in dict.fromkeys(sectors))
    yield from ((place, "sector", sector) for place, sector in _told(book, "sector"))
    yield from _segments(book)
    yield from ((place, "response", response) for place, response in _told(book, "response"))
    for base in dict.fromkeys((book.measure.base, *book.measure.bases.values())):
        yield "[measure] base", "base", base
    for concept in book.concepts:
        yield f"[[concept]] {concept.concept}, theme", "theme", concept.theme


def _segments(book: TableBook) -> Iterator[tuple[str, str, str]]:
    told = [(place, *segment.partition("=")) for place, segment in _told(book, "segment")]
    for place, dimension in dict.fromkeys((place, dimension) for place, dimension, _, _ in told):
        yield place, "dimension", dimension
    for place, dimension, _, code in told:
        yield place, f"segment:{dimension}", code


def _answers(book: TableBook) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(concept, responses that its categories name)."""
    found: dict[str, list[str]] = {}
    for _, code in _told(book, "concept"):
        concept, _, response = code.partition(":")
        found.setdefault(concept, []).extend([response] if response else [])
    for concept, responses in found.items():
        yield concept, tuple(responses)
