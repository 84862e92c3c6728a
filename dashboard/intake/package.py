"""A survey is put into a data folder, a new one or one that is there: written beside it, checked, then moved to its place.

Every row of another survey stays as it is written. Nothing is half done: until the folder is checked the old one stands.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.dataset import DATA_FOLDER, check, version_faults
from dashboard.dataset.computed import COMPUTED, KEY, SUPPRESSED, Estimate
from dashboard.dataset.computed_package import CODES, TRANSLATIONS, described
from dashboard.dataset.provenance import FOLDER as IMPORTS
from dashboard.dataset.provenance import read_imports
from dashboard.intake import lines, vocabulary
from dashboard.intake.codebook import Described, NewCode
from dashboard.intake.faults import Fault, Refused, quoted
from dashboard.intake.figures import Figures, Row
from dashboard.intake.lines import Cells, Lines
from dashboard.intake.vocabulary import Vocabulary, concept_row

DESCRIPTOR = "datapackage.json"
_EMPTIED = ("observations", "surveys", "response_rates", "asked", "breaks", "published_tests")
"""Tables of which a new folder has the header only."""
_WITH_SOURCES = ("observations", "surveys", "definitions", "breaks", "published_tests")
"""Tables whose rows name a source."""
_LEFT_OUT = ("changes", "questions")
"""Tables that a new folder has not."""
_OF_COMPUTED = (COMPUTED, SUPPRESSED)
"""Statuses that a folder of computed figures describes, whether it has a withheld one or not."""
_ABOUT_FIGURES = ("break", "published_test", "change", "question", "survey")
"""Lists of words that speak of what a new folder has not."""
_OF_COUNTRIES = ("country", "in_country")
"""Lists with a row for each country, of which a new folder has one."""


@dataclass(frozen=True, slots=True)
class Part:
    """One survey that is put into a folder."""

    codebook: Described
    figures: Figures
    provenance: Mapping[str, Any]


def start(into: Path) -> Path:
    """The folder whose codes and concepts count: ``into``, or the project's own where that does not exist yet.

    Raises Refused where ``into`` is something else than a data folder without faults.
    """
    if not into.exists() or (into.is_dir() and not any(into.iterdir())):
        return DATA_FOLDER
    if not (into / DESCRIPTOR).is_file():
        expected = f"a data folder, which has a {DESCRIPTOR}, or one that does not exist yet"
        raise Refused([Fault(str(into), "another folder or file", expected)])
    _without_faults(into, str(into))
    return into


def _without_faults(folder: Path, name: str) -> None:
    found = check(folder).faults
    if found:
        raise Refused([Fault(name, str(fault), "a folder without faults") for fault in found])


def figures_before(into: Path, survey_id: str, kind: str = "microdata") -> tuple[Cells, ...]:
    """The rows of a survey that a folder has already.

    Raises Refused where they did not come from an import of the same ``kind``, microdata or table: this one would lose them.
    """
    path = into / "observations.csv"
    if not path.is_file():
        return ()
    held = [each.cells for each in lines.read(path).records if each.cells["survey_id"] == survey_id]
    imports, _ = read_imports(into)
    if held and not (survey_id in imports and imports[survey_id].kind == kind):
        found = "computed" if any(cells["status"] == COMPUTED for cells in held) else "published"
        of = "computed" if kind == "microdata" else "read from a table"
        expected = f"the survey_id of figures that were {of}, or a new one"
        raise Refused([Fault(str(into), f"{found} figures of {quoted(survey_id)}", expected)])
    return tuple(held)


def faults(codebook: Described, surveys: Sequence[str], folder: Path) -> Iterator[Fault]:
    """A source that rows of other surveys than those of the import name would be described anew."""
    source = codebook.source["source_id"]
    if _same(codebook.source, lines.read(folder / "sources.csv")):
        return
    for name in _WITH_SOURCES:
        for record in lines.read(folder / f"{name}.csv").records:
            if record.cells["source_id"] == source and record.cells.get("survey_id") not in surveys:
                place = f"{codebook.name}, [source] source_id"
                yield Fault(place, quoted(source), "a source of no other survey")
                return


def write(parts: Sequence[Part], into: Path, *, check_only: bool = False) -> None:
    """Put surveys into a folder; with ``check_only`` do all of it but the last step.

    Raises Refused with every fault that the folder would have; it is then as it was.
    """
    with _beside(into) as made:
        _begin(made, into, frozenset(part.codebook.survey["country"] for part in parts))
        for part in parts:
            for name, change in _changes(part, vocabulary.of(made)).items():
                path = made / f"{name}.csv"
                if path.exists():
                    lines.write(path, change(lines.read(path)))
            _write_json(made / IMPORTS / f"{part.codebook.survey_id}.json", part.provenance)
        _without_faults(made, "the folder to be written")
        if not check_only:
            _move(made, into)


def notes(folder: Path) -> tuple[str, ...]:
    """What the folder needs before it may be published: a version of its own, where an earlier release has its present one."""
    release = check(folder).release
    return tuple(f"to do: {fault}" for fault in version_faults(folder, release))


@contextmanager
def _beside(into: Path) -> Iterator[Path]:
    """A folder of the same place to write in; it goes in the end."""
    parent = into.absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent, prefix=f".{into.name}-") as folder:
        yield Path(folder) / "new"


def _move(made: Path, into: Path) -> None:
    """Put a folder in the place of another, which comes back if that fails or is broken off."""
    if not into.exists():
        made.rename(into)
        return
    old = made.with_name("old")
    try:
        into.rename(old)
        made.rename(into)
    except BaseException:
        if old.exists() and not into.exists():
            old.rename(into)
        raise


def _begin(made: Path, into: Path, countries: frozenset[str]) -> None:
    """A copy of the folder, or of what a new one begins with, that may hold computed figures."""
    if (into / DESCRIPTOR).is_file():
        shutil.copytree(into, made)
        descriptor = json.loads((made / DESCRIPTOR).read_text(encoding="utf-8"))
    else:
        descriptor = _new(made, countries)
    wanted = described(descriptor)
    if wanted != descriptor or not (into / DESCRIPTOR).is_file():
        _write_json(made / DESCRIPTOR, wanted)
    estimates = made / "estimates.csv"
    if not estimates.exists():
        lines.write(estimates, lines.new((*KEY, *Estimate.__dataclass_fields__)))


def _new(made: Path, countries: frozenset[str]) -> dict[str, Any]:
    """The words of the project's own folder, without its figures, other countries and what speaks of them; its descriptor."""
    made.mkdir()
    descriptor: dict[str, Any] = json.loads((DATA_FOLDER / DESCRIPTOR).read_text(encoding="utf-8"))
    descriptor["resources"] = [
        each for each in descriptor["resources"] if each["name"] not in _LEFT_OUT
    ]
    needed = {each.cells["source_id"] for each in _own("definitions").records}

    def spoken_of(cells: Cells) -> bool:
        if cells["list"] in _OF_COUNTRIES:
            return cells["code"] in countries
        return cells["list"] not in _ABOUT_FIGURES

    kept: dict[str, Callable[[Cells], bool]] = {
        **dict.fromkeys(_EMPTIED, lambda _: False),
        **dict.fromkeys(("codes", "translations", "synonyms"), spoken_of),
        "sources": lambda cells: cells["source_id"] in needed,
    }
    for each in descriptor["resources"]:
        table = _own(each["name"])
        chosen = kept.get(each["name"])
        lines.write(made / each["path"], table.only(chosen) if chosen else table)
    return descriptor


def _own(name: str) -> Lines:
    return lines.read(DATA_FOLDER / f"{name}.csv")


def _write_json(path: Path, document: Mapping[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def _changes(part: Part, known: Vocabulary) -> Mapping[str, Callable[[Lines], Lines]]:
    """Table -> what an import does to it; ``known`` is the vocabulary of the folder alone."""
    codebook, figures = part.codebook, part.figures
    survey = codebook.survey_id
    of_survey: Callable[[Cells], bool] = lambda cells: cells["survey_id"] == survey  # noqa: E731
    concepts = [
        concept_row(each) for each in codebook.concepts if each.concept not in known.concepts
    ]
    codes = _new_codes(part, known)
    return {
        "codes": lambda table: _with_codes(table, codes),
        "concepts": lambda table: table.replaced(lambda _: False, concepts),
        "translations": lambda table: _translated(table, codebook, known, codes),
        "sources": lambda table: _with_source(table, codebook.source),
        "surveys": lambda table: table.replaced(of_survey, [codebook.survey]),
        "observations": lambda table: table.replaced(of_survey, figures.observations),
        "estimates": lambda table: table.replaced(of_survey, figures.estimates),
        "asked": lambda table: _with_asked(table, survey, part),
    }


def _with_source(table: Lines, source: Row) -> Lines:
    """The row of a source, which stays as it is written where it says the same."""
    if _same(source, table):
        return table
    return table.replaced(lambda cells: cells["source_id"] == source["source_id"], [source])


def _same(source: Row, table: Lines) -> bool:
    """Whether a source is described like this already."""
    return any(
        all(source.get(name, "") == cell for name, cell in record.cells.items())
        for record in table.records
    )


def _with_asked(table: Lines, survey: str, part: Part) -> Lines:
    """What a table says of questions without a figure; rows beside computed figures were written by hand and stay."""
    if part.provenance.get("kind") != "table":
        return table
    return table.replaced(lambda cells: cells["survey_id"] == survey, part.figures.asked)


def _new_codes(part: Part, known: Vocabulary) -> list[NewCode]:
    """Codes that the folder lacks: statuses of the figures and what the codebook describes."""
    used = {row["status"] for row in part.figures.observations}
    used |= {*_OF_COMPUTED} if part.figures.estimates else set()
    statuses = [
        NewCode("status", code, *(_languages(code, at, words[at]) for at in range(3)))
        for code, words in CODES.items()
        if code in used
    ]
    return [each for each in (*statuses, *part.codebook.codes) if not known.has(each)]


def _languages(code: str, at: int, english: str) -> dict[str, str]:
    return {"en": english} | {name: words[code][at] for name, words in TRANSLATIONS.items()}


def _with_codes(table: Lines, new: list[NewCode]) -> Lines:
    for code in new:
        row = {
            "list": code.list,
            "code": code.code,
            "label_en": code.label["en"],
            "short_en": code.short["en"],
            "description_en": code.description["en"],
        }
        table = table.beside({"list": code.list}, [row])
    return table


def _translated(
    table: Lines, codebook: Described, known: Vocabulary, codes: Sequence[NewCode]
) -> Lines:
    """What is new, in each language of the folder: in English where the codebook has no word."""
    survey = codebook.survey_id
    languages = dict.fromkeys(record.cells["language"] for record in table.records)
    rows = [row for language in languages for row in _words(codebook, known, codes, language)]
    own = table.only(lambda cells: (cells["list"], cells["code"]) != ("survey", survey))
    for row in rows:
        own = own.beside({name: row[name] for name in ("language", "list")}, [row])
    return own


def _words(
    codebook: Described, known: Vocabulary, codes: Sequence[NewCode], language: str
) -> Iterator[Row]:
    for code in codes:
        words = (code.label, code.short, code.description)
        yield _word(language, code.list, code.code, *(_in(language, each) for each in words))
    for concept in codebook.concepts:
        if concept.concept not in known.concepts:
            label, definition = _in(language, concept.label), _in(language, concept.definition)
            yield _word(language, "concept", concept.concept, label, "", definition)
    survey = codebook.survey
    stated = survey["reference_period"] if survey["period_kind"] == "stated" else ""
    if survey["short_title"] or stated:
        yield _word(language, "survey", codebook.survey_id, survey["short_title"], "", stated)


def _in(language: str, words: Mapping[str, str]) -> str:
    return words.get(language, words["en"])


def _word(
    language: str, name: str, code: str, label: str, short: str, description: str
) -> dict[str, str]:
    return {
        "language": language,
        "list": name,
        "code": code,
        "label": label,
        "short": short,
        "description": description,
    }
