"""A survey is put into a data folder, a new one or one that is there: written beside it, checked, then moved to its place.

Every row of another survey stays as it is written. Nothing is half done: until the folder is checked the old one stands.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dashboard.dataset import DATA_FOLDER, check, version_faults
from dashboard.dataset.computed import COMPUTED, KEY, SUPPRESSED, Estimate
from dashboard.dataset.computed_package import CODES, TRANSLATIONS, described
from dashboard.dataset.provenance import FOLDER as IMPORTS
from dashboard.intake import lines
from dashboard.intake.codebook import Codebook, NewCode
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
_ABOUT_FIGURES = ("break", "published_test", "change", "question", "survey")
"""Lists of words that speak of what a new folder has not."""


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


def figures_before(into: Path, survey_id: str) -> tuple[Cells, ...]:
    """The rows of a survey that a folder has already.

    Raises Refused where they were published and not computed: an import would lose them.
    """
    path = into / "observations.csv"
    if not path.is_file():
        return ()
    held = [each.cells for each in lines.read(path).records if each.cells["survey_id"] == survey_id]
    if any(cells["status"] not in (COMPUTED, SUPPRESSED) for cells in held):
        expected = "the survey_id of figures that were computed, or a new one"
        raise Refused([Fault(str(into), f"published figures of {quoted(survey_id)}", expected)])
    return tuple(held)


def faults(codebook: Codebook, folder: Path) -> Iterator[Fault]:
    """A source that rows of other surveys name would be described anew."""
    source = codebook.source["source_id"]
    for name in _WITH_SOURCES:
        for record in lines.read(folder / f"{name}.csv").records:
            if (
                record.cells["source_id"] == source
                and record.cells.get("survey_id") != codebook.survey_id
            ):
                place = f"{codebook.name}, [source] source_id"
                yield Fault(place, quoted(source), "a source of no other survey")
                return


def write(
    codebook: Codebook,
    vocabulary: Vocabulary,
    figures: Figures,
    provenance: Mapping[str, Any],
    into: Path,
    *,
    check_only: bool = False,
) -> None:
    """Put a survey into a folder; with ``check_only`` do all of it but the last step.

    ``vocabulary`` is that of the folder alone. Raises Refused with every fault that the folder would have; it is then as it was.
    """
    with _beside(into) as made:
        _begin(made, into, codebook.survey["country"])
        for name, change in _changes(codebook, vocabulary, figures).items():
            path = made / f"{name}.csv"
            if path.exists():
                lines.write(path, change(lines.read(path)))
        _write_json(made / IMPORTS / f"{codebook.survey_id}.json", provenance)
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


def _begin(made: Path, into: Path, country: str) -> None:
    """A copy of the folder, or of what a new one begins with, that may hold computed figures."""
    if (into / DESCRIPTOR).is_file():
        shutil.copytree(into, made)
        descriptor = json.loads((made / DESCRIPTOR).read_text(encoding="utf-8"))
    else:
        descriptor = _new(made, country)
    wanted = described(descriptor)
    if wanted != descriptor or not (into / DESCRIPTOR).is_file():
        _write_json(made / DESCRIPTOR, wanted)
    estimates = made / "estimates.csv"
    if not estimates.exists():
        lines.write(estimates, lines.new((*KEY, *Estimate.__dataclass_fields__)))


def _new(made: Path, country: str) -> dict[str, Any]:
    """The words of the project's own folder, without its figures, other countries and what speaks of them; its descriptor."""
    made.mkdir()
    descriptor: dict[str, Any] = json.loads((DATA_FOLDER / DESCRIPTOR).read_text(encoding="utf-8"))
    descriptor["resources"] = [
        each for each in descriptor["resources"] if each["name"] not in _LEFT_OUT
    ]
    needed = {each.cells["source_id"] for each in _own("definitions").records}

    def spoken_of(cells: Cells) -> bool:
        if cells["list"] == "country":
            return cells["code"] == country
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


def _changes(
    codebook: Codebook, vocabulary: Vocabulary, figures: Figures
) -> Mapping[str, Callable[[Lines], Lines]]:
    """Table -> what an import does to it."""
    survey = codebook.survey_id
    source = codebook.source["source_id"]
    of_survey: Callable[[Cells], bool] = lambda cells: cells["survey_id"] == survey  # noqa: E731
    concepts = [
        concept_row(each) for each in codebook.concepts if each.concept not in vocabulary.concepts
    ]
    return {
        "codes": lambda table: _with_codes(table, _new_codes(codebook, vocabulary)),
        "concepts": lambda table: table.replaced(lambda _: False, concepts),
        "translations": lambda table: _translated(table, codebook, vocabulary),
        "sources": lambda table: table.replaced(
            lambda cells: cells["source_id"] == source, [codebook.source]
        ),
        "surveys": lambda table: table.replaced(of_survey, [codebook.survey]),
        "observations": lambda table: table.replaced(of_survey, figures.observations),
        "estimates": lambda table: table.replaced(of_survey, figures.estimates),
    }


def _new_codes(codebook: Codebook, vocabulary: Vocabulary) -> list[NewCode]:
    """Codes that the folder lacks: those of computed figures and those of the codebook."""
    statuses = [
        NewCode("status", code, *(_languages(code, at, words[at]) for at in range(3)))
        for code, words in CODES.items()
    ]
    return [each for each in (*statuses, *codebook.codes) if not vocabulary.has(each)]


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


def _translated(table: Lines, codebook: Codebook, vocabulary: Vocabulary) -> Lines:
    """What is new, in each language of the folder: in English where the codebook has no word."""
    survey = codebook.survey_id
    languages = dict.fromkeys(record.cells["language"] for record in table.records)
    rows = [row for language in languages for row in _words(codebook, vocabulary, language)]
    own = table.only(lambda cells: (cells["list"], cells["code"]) != ("survey", survey))
    for row in rows:
        own = own.beside({name: row[name] for name in ("language", "list")}, [row])
    return own


def _words(codebook: Codebook, vocabulary: Vocabulary, language: str) -> Iterator[Row]:
    for code in _new_codes(codebook, vocabulary):
        words = (code.label, code.short, code.description)
        yield _word(language, code.list, code.code, *(_in(language, each) for each in words))
    for concept in codebook.concepts:
        if concept.concept not in vocabulary.concepts:
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
