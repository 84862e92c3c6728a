"""An import from beginning to end: codebook and file in, a checked data folder out."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dashboard.intake import (
    checks,
    descriptions,
    disclosure,
    figures,
    files,
    package,
    parsing,
    questions,
    readers,
    recode,
    relations,
    shares,
    sums,
    table_run,
    vocabulary,
)
from dashboard.intake.clusters import Cluster
from dashboard.intake.codebook import Codebook
from dashboard.intake.faults import Fault, Refused
from dashboard.intake.figures import Block, Figures
from dashboard.intake.files import Table, Workspace
from dashboard.intake.outcome import Imported, Progress
from dashboard.intake.package import Part
from dashboard.intake.recode import Recoded
from dashboard.intake.sums import BadDesign
from dashboard.intake.types import Share

_PART = 2**20
"""Bytes of a file that are read together."""
AT_ONCE = 4
"""Questions that are estimated between two reports of progress."""
_VERSIONS = ("duckdb", "narwhals", "numpy", "pandas", "pyreadstat", "scipy")
"""Packages that figures may depend on."""


def run(
    codebook_path: Path,
    into: Path | None = None,
    engine: str = "auto",
    *,
    cluster: Cluster | None = None,
    check_only: bool = False,
    progress: Progress = iter,
) -> Imported:
    """Import the survey of a codebook into a folder: by default one beside the codebook that is named for the survey.

    ``cluster`` is where the engine ``spark`` works; by default this machine.

    Raises Refused with every fault; the folder is then as it was.
    """
    held = descriptions.toml(codebook_path)
    if held.get("kind") == "table":
        return table_run.run(codebook_path, held, into, check_only=check_only, progress=progress)
    codebook = parsing.read(codebook_path)
    folder = into or codebook_path.parent / codebook.survey_id
    start = package.start(folder)
    known = vocabulary.of(start)
    before = package.figures_before(folder, codebook.survey_id)
    works = (cluster or Cluster()) if engine == files.SPARK else None
    with files.workspace(works) as space:
        told = (
            *vocabulary.faults(codebook, known),
            *package.faults(codebook, [codebook.survey_id], start),
        )
        table, sample = _sample(codebook, told, space, engine)
        unprinted = _unprinted(sample)
        found = _estimated(codebook, sample, unprinted, progress)
        organisations = recode.organisations(sample) if codebook.design.unit else None
    hidden = _withheld(codebook, found, before, organisations, unprinted)
    words = vocabulary.widened(known, codebook)
    printed = [share for share in found if share.split not in unprinted]
    made = figures.figures(codebook, words, printed, hidden)
    described = replace(codebook, survey=_survey(codebook, sample))
    provenance = _provenance(codebook, table, sample, made)
    package.write([Part(described, made, provenance)], folder, check_only=check_only)
    return Imported(
        folder,
        codebook.survey_id,
        table.engine,
        table.rows,
        sample.used,
        len(made.estimates),
        made.withheld,
        written=not check_only,
        notes=() if check_only else package.notes(folder),
    )


def _sample(
    codebook: Codebook, told: Iterable[Fault], space: Workspace, engine: str
) -> tuple[Table, Recoded]:
    """The file and its sample; raises Refused with the faults of both, behind those that are told already."""
    faults = [*told]
    try:
        table = files.read(
            space,
            codebook.file,
            recode.all_variables(codebook),
            recode.measured_variables(codebook),
            engine,
        )
    except Refused as refused:
        raise Refused([*faults, *refused.faults]) from refused
    occurring = recode.values(table, recode.coded_variables(codebook))
    faults += checks.faults(codebook, table, occurring)
    if faults:
        raise Refused(faults)
    sample = recode.recoded(codebook, table, occurring)
    if table.engine != "pandas":
        sample = replace(sample, frame=space.kept(sample.frame))
    return table, sample


def _estimated(
    codebook: Codebook,
    sample: Recoded,
    unprinted: tuple[tuple[str, ...], ...],
    progress: Progress,
) -> tuple[Share, ...]:
    parts = [sample.asked[at : at + AT_ONCE] for at in range(0, len(sample.asked), AT_ONCE)]
    try:
        return tuple(
            share
            for part in progress(parts)
            for share in shares.estimate(
                sample.frame,
                sample.design,
                part,
                (*sample.splits, *unprinted),
                interval=codebook.interval,
                confidence=codebook.confidence,
            )
        )
    except BadDesign as error:
        raise Refused(
            [Fault(codebook.file.path.name, str(error), "a design that gives a standard error")]
        ) from error


def _unprinted(sample: Recoded) -> tuple[tuple[str, ...], ...]:
    """The splits that are not printed and that tell how cells of those that are lie in each other."""
    columns = list(dict.fromkeys(name for split in sample.splits for name in split))
    linked = relations.linked(sample.splits, sums.together(sample.frame, columns))
    return (*linked, *relations.crossings([*sample.splits, *linked]))


def _withheld(
    codebook: Codebook,
    found: Sequence[Share],
    before: Iterable[Mapping[str, str]],
    organisations: Mapping[tuple[tuple[str, ...], tuple[int, ...]], int] | None,
    unprinted: Collection[tuple[str, ...]],
) -> Collection[Block]:
    """What must not be told; what the release before withheld stays withheld, since the two could be subtracted."""
    held = (figures.block_of(codebook, row) for row in before if row["status"] == "suppressed")
    try:
        return disclosure.withheld(
            found,
            codebook.rules,
            organisations=organisations,
            fixed=frozenset(block for block in held if block),
            filters=questions.filters(codebook.questions),
            unprinted=unprinted,
        )
    except disclosure.Unprotectable as error:
        split = figures.split_in_words(codebook, error.split)
        raise Refused(
            [
                Fault(
                    f"{codebook.name}, concept {error.column}, split {split}",
                    "cannot be protected without hiding the total",
                    "fewer codes, or to leave out the split or the question",
                )
            ]
        ) from error


def _survey(codebook: Codebook, sample: Recoded) -> Mapping[str, str]:
    """The row of surveys.csv, with what follows from the rest of the codebook and from the file."""
    sectors = dict.fromkeys((codebook.sector.whole, *codebook.sector.codes.values()))
    return {
        **codebook.survey,
        "respondents": codebook.survey["respondents"] or str(sample.used),
        "weighted": "yes" if codebook.design.weight else "no",
        "has_figures": "yes",
        "sectors": "~".join(sectors),
    }


def _provenance(
    codebook: Codebook, table: Table, sample: Recoded, made: Figures
) -> Mapping[str, Any]:
    path = codebook.file.path
    return {
        "survey_id": codebook.survey_id,
        "synthetic": codebook.synthetic,
        "file": {
            "name": path.name,
            "sha256": _sha256(path),
            "rows": table.rows,
            "used": sample.used,
        },
        "codebook": {"name": codebook.name, "sha256": _sha256(codebook.path)},
        "design": asdict(codebook.design),
        "engine": table.engine,
        "versions": {**{name: version(name) for name in _VERSIONS}, **table.versions},
        "rules": asdict(codebook.rules),
        "withheld": made.withheld,
        "strata": _strata(codebook),
    }


def _strata(codebook: Codebook) -> list[str]:
    """What of the splits the sample was stratified by: ``sector`` and dimensions."""
    stratified = codebook.design.stratum
    named = [(codebook.sector.variable, "sector")]
    named += [(split.variable, split.dimension) for split in codebook.splits if split.codes]
    return [name for variable, name in named if variable in stratified]


def _sha256(path: Path) -> str:
    """Of a file, or of the parts of a table, one behind the other."""
    digest = hashlib.sha256()
    for part in readers.parts(path):
        with part.open("rb") as file:
            while held := file.read(_PART):
                digest.update(held)
    return digest.hexdigest()
