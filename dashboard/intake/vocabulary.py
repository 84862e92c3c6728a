"""The codes and concepts of a data folder, and whether a codebook speaks in them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.intake.codebook import Codebook, Described, NewCode, NewConcept, Several
from dashboard.intake.faults import Fault, nearest, quoted
from dashboard.intake.questions import CHOSEN

EVERYBODY = "all"
"""The sector of figures that are of every sector."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a folder calls things."""

    codes: Mapping[str, Mapping[str, str]]
    """List -> code -> its label in English."""
    concepts: Mapping[str, Mapping[str, str]]
    """Concept -> its row of concepts.csv."""
    definitions: frozenset[str]

    def has(self, code: NewCode) -> bool:
        """Whether a code stands in its list already."""
        return code.code in self.codes.get(code.list, {})


def of(folder: Path) -> Vocabulary:
    """The vocabulary of a sound data folder."""
    codes: dict[str, dict[str, str]] = {}
    for row in _rows(folder / "codes.csv"):
        codes.setdefault(row["list"], {})[row["code"]] = row["label_en"]
    return Vocabulary(
        codes,
        {row["concept"]: row for row in _rows(folder / "concepts.csv")},
        frozenset(row["definition_id"] for row in _rows(folder / "definitions.csv")),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def widened(vocabulary: Vocabulary, codebook: Described) -> Vocabulary:
    """The vocabulary with what a codebook adds; where both name a thing the folder's word stands."""
    codes = {name: dict(listed) for name, listed in vocabulary.codes.items()}
    for code in codebook.codes:
        codes.setdefault(code.list, {}).setdefault(code.code, code.label["en"])
    concepts = {each.concept: concept_row(each) for each in codebook.concepts}
    return Vocabulary(codes, {**concepts, **vocabulary.concepts}, vocabulary.definitions)


def concept_row(concept: NewConcept) -> dict[str, str]:
    """The row of concepts.csv that a codebook adds."""
    return {
        "concept": concept.concept,
        "theme": concept.theme,
        "label_en": concept.label["en"],
        "definition_en": concept.definition["en"],
        "scale": concept.scale,
        "by_definition": "yes" if concept.by_definition else "no",
    }


def faults(codebook: Codebook, folder: Vocabulary) -> Iterator[Fault]:
    """What a codebook names that neither the folder nor the codebook describes."""
    definition = codebook.survey["definition"]
    yield from unknown(codebook, folder, _named(codebook), _answers(codebook), [definition])


def unknown(
    codebook: Described,
    folder: Vocabulary,
    named: Iterable[tuple[str, str, str]],
    answers: Iterable[tuple[str, tuple[str, ...]]],
    definitions: Iterable[str],
) -> Iterator[Fault]:
    """What is not described of (place, list, code), of (concept, its responses) and of definitions; blank codes are none."""
    known = widened(folder, codebook)
    yield from _same_words(codebook, folder)
    for place, name, code in named:
        listed = known.codes.get(name, {})
        if code and code not in listed:
            expected = f"a code of the list {name} in codes.csv or [[code]]{nearest(code, listed)}"
            yield Fault(f"{codebook.name}, {place}", quoted(code), expected)
    for concept, responses in answers:
        if concept not in known.concepts:
            expected = f"a row of concepts.csv or [[concept]]{nearest(concept, known.concepts)}"
            yield Fault(f"{codebook.name}, concept", quoted(concept), expected)
        for response in responses:
            listed = known.codes.get("response", {})
            if response not in listed:
                expected = f"a code of the list response in codes.csv or [[code]]{nearest(response, listed)}"
                yield Fault(f"{codebook.name}, concept {concept}", quoted(response), expected)
    for definition in filter(None, definitions):
        if definition not in folder.definitions:
            expected = f"a row of definitions.csv{nearest(definition, folder.definitions)}"
            yield Fault(f"{codebook.name}, [survey] definition", quoted(definition), expected)


def _same_words(codebook: Described, folder: Vocabulary) -> Iterator[Fault]:
    """A code or concept that the folder has is not described otherwise."""
    for code in codebook.codes:
        there = folder.codes.get(code.list, {}).get(code.code)
        if there is not None and there != code.label["en"]:
            expected = f"{quoted(there)}, as codes.csv has it, or another code"
            place = f"{codebook.name}, [[code]] {code.list} {code.code}"
            yield Fault(place, quoted(code.label["en"]), expected)
    for concept in codebook.concepts:
        row = folder.concepts.get(concept.concept)
        if row is not None and row["label_en"] != concept.label["en"]:
            expected = f"{quoted(row['label_en'])}, as concepts.csv has it, or another concept"
            place = f"{codebook.name}, [[concept]] {concept.concept}"
            yield Fault(place, quoted(concept.label["en"]), expected)


def _named(codebook: Codebook) -> Iterator[tuple[str, str, str]]:
    """(place, list, code) of every code that a codebook names."""
    for name in ("country", "level", "kind"):
        yield f"[survey] {name}", name, codebook.survey[name]
    if codebook.sector.only:
        yield "[sector] only", "sector", codebook.sector.only
    else:
        yield "[sector]", "sector", EVERYBODY
    for sector in dict.fromkeys(codebook.sector.codes.values()):
        yield "[sector] codes", "sector", sector
    for split in codebook.splits:
        yield "[[split]] dimension", "dimension", split.dimension
        for segment in split.segments:
            yield f"[[split]] {split.dimension}", f"segment:{split.dimension}", segment
    for base in dict.fromkeys(question.base for question in codebook.questions):
        yield "base", "base", base
    for concept in codebook.concepts:
        yield f"[[concept]] {concept.concept}, theme", "theme", concept.theme


def _answers(codebook: Codebook) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(concept, responses that become figures) of every question."""
    for question in codebook.questions:
        if isinstance(question, Several):
            yield from ((concept, (CHOSEN,)) for concept in question.boxes.values())
        else:
            yield question.concept, question.shown
