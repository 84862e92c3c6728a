"""An import of an official table from beginning to end: codebook and table in, a checked data folder out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dashboard.intake import package, vocabulary, web
from dashboard.intake.cubes import Answer, Read
from dashboard.intake.faults import Fault, Refused, quoted
from dashboard.intake.figures import Figures
from dashboard.intake.outcome import Imported, Progress
from dashboard.intake.package import Part
from dashboard.intake.tables import files, parsing, published, words
from dashboard.intake.tables.codebook import TableBook
from dashboard.intake.tables.published import Published

KIND = "table"
"""Kind of the codebook and of the provenance."""


def run(
    path: Path,
    held: Mapping[str, Any],
    into: Path | None = None,
    *,
    check_only: bool = False,
    progress: Progress = iter,
) -> Imported:
    """Import the surveys of a table into a folder: by default one beside the codebook that is named for the first survey.

    ``held`` is what the codebook says. Raises Refused with every fault; the folder is then as it was.
    """
    book = parsing.read(path, held)
    folder = into or path.parent / book.survey_id
    start = package.start(folder)
    known = vocabulary.of(start)
    for survey in book.survey_ids:
        package.figures_before(folder, survey, KIND)
    faults = [*words.faults(book, known), *package.faults(book, book.survey_ids, start)]
    read = _read(book, faults, progress)
    found = published.figures(book, read.cube, vocabulary.widened(known, book))
    faults = [*_sectors(book, found)]
    if faults:
        raise Refused(faults)
    package.write([*_parts(book, read, found)], folder, check_only=check_only)
    figures = found.figures.values()
    return Imported(
        folder,
        ", ".join(book.survey_ids),
        book.origin.format or book.origin.kind,
        found.cells,
        found.used,
        sum(bool(row.get("value")) for each in figures for row in each.observations),
        sum(each.withheld for each in figures),
        written=not check_only,
        notes=() if check_only else package.notes(folder),
        unit="cell",
    )


def _read(book: TableBook, faults: Sequence[Fault], progress: Progress) -> Read:
    """The table; raises Refused with its faults behind those that are told already."""
    if faults and book.origin.kind != "file":
        raise Refused(faults)  # No server is asked for what cannot be used.
    try:
        read = files.read(book) if book.origin.kind == "file" else _asked(book, progress)
    except Refused as refused:
        raise Refused([*faults, *refused.faults]) from refused
    if faults:
        raise Refused([*faults, *published.faults(book, read.cube)])
    return read


def _asked(book: TableBook, progress: Progress) -> Read:
    """The table that a server gives."""
    return web.read(book.origin, book.name, progress)


def _sectors(book: TableBook, found: Published) -> Iterator[Fault]:
    for survey in book.surveys:
        told = survey["sectors"].split("~") if survey["sectors"] else []
        for sector in _used(found.figures[survey["survey_id"]]):
            if told and sector not in told:
                place = f"{book.name}, [survey] sectors"
                yield Fault(place, f"no {quoted(sector)}", "every sector that the table has")


def _used(figures: Figures) -> list[str]:
    return list(dict.fromkeys(row["sector"] for row in figures.observations))


def _parts(book: TableBook, read: Read, found: Published) -> Iterator[Part]:
    for survey in book.surveys:
        figures = found.figures[survey["survey_id"]]
        row = {
            **survey,
            "has_figures": "yes",
            "sectors": survey["sectors"] or "~".join(_used(figures)),
        }
        yield Part(
            replace(book, survey=row),
            figures,
            _provenance(book, survey["survey_id"], read, found),
        )


def _provenance(book: TableBook, survey: str, read: Read, found: Published) -> Mapping[str, Any]:
    """Where the figures of one survey were read, without a time: the same table gives the same bytes."""
    return {
        "survey_id": survey,
        "kind": KIND,
        "synthetic": book.synthetic,
        "file": {
            "name": book.origin.name,
            "sha256": _digest(read.answers),
            "rows": found.cells,
            "used": found.used,
        },
        "codebook": {
            "name": book.name,
            "sha256": hashlib.sha256(book.path.read_bytes()).hexdigest(),
        },
        "engine": "",
        "versions": {},
        "rules": {},
        "withheld": found.figures[survey].withheld,
        "strata": [],
        "select": {name: [*codes] for name, codes in book.origin.select.items()},
        "symbols": {name: symbol.meaning for name, symbol in book.symbols.items()},
        "answers": [
            {"address": each.address, "sha256": each.sha256, "bytes": each.size}
            for each in read.answers
        ],
    }


def _digest(answers: Sequence[Answer]) -> str:
    """Of several answers, the digest of theirs one after the other."""
    if len(answers) == 1:
        return answers[0].sha256
    return hashlib.sha256("".join(each.sha256 for each in answers).encode()).hexdigest()
