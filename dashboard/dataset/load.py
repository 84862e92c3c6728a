"""Makes a frozen Dataset of a data folder, or says what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.dataset import changes, rules
from dashboard.dataset.descriptor import ARCHIVED, Descriptor, Table, read_descriptor
from dashboard.dataset.faults import DataError, Fault
from dashboard.dataset.tables import Row, Rows, read_tables
from dashboard.dataset.types import (
    Asked,
    Break,
    Change,
    Code,
    Concept,
    Dataset,
    Definition,
    Observation,
    PublishedTest,
    ReadyView,
    ResponseRate,
    Source,
    Survey,
    Translation,
    frozen,
)

DATA_FOLDER = Path(__file__).parents[2] / "data"
"""The project's own data."""

_DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "bool"}
_POSITION_KEYS = ["survey_id", "sector", "dimension", "segment", "concept"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of a data folder found."""

    faults: tuple[Fault, ...]
    """In the order of the files in the descriptor, then of the lines."""
    warnings: tuple[Fault, ...]
    """Unusual, but no reason to refuse the folder; looked for only where there is no fault."""
    counts: Mapping[str, int]
    """Table name -> number of rows."""
    release: str
    released: str


def check(folder: Path) -> Checked:
    """All faults of ``folder`` in one pass; never raises for anything that a folder can hold."""
    return _read(folder)[0]


def load(folder: Path = DATA_FOLDER) -> Dataset:
    """The validated Dataset of ``folder``, each file read once.

    ``frames`` holds one typed frame per table, with the columns of the file; ``frames["observations"]`` has the fields
    of Observation instead, one row per record. Texts are ``str``, counts and years ``Int64``, percentages ``float64``.

    Raises DataError with every fault of the folder.
    """
    checked, descriptor, rows = _read(folder)
    if checked.faults or descriptor is None:
        raise DataError(checked.faults)
    return _dataset(descriptor, rows)


def load_earlier(folder: Path, present: Dataset) -> Dataset:
    """The figures of an earlier release, in the words and under the rules of the present one.

    Figures and publications are those of the release. All else comes from ``present``: labels, questions, surveys,
    definitions, breaks, and what has been recorded since of a figure that is still the same. Of surveys, questions and
    codes that ``present`` no longer has, the release's own are kept, with their translations.

    Raises DataError with every fault of cells, keys and references; rules across rows were checked when it was kept.
    """
    descriptor, faults = read_descriptor(folder, ARCHIVED)
    if descriptor is None:
        raise DataError(faults)
    rows, found = read_tables(folder, descriptor)
    if found:
        raise DataError(tuple(found))
    surveys = _earlier_surveys(rows["surveys"], present)
    concepts = {row.values["concept"]: _earlier_concept(row) for row in rows["concepts"]} | dict(
        present.concepts
    )
    later = changes.since(descriptor.release, present.changes)
    known = {changes.name(figure): figure for figure in present.observations}
    observations = tuple(
        _since_described(_earlier_observation(position, row, surveys), later, known)
        for position, row in enumerate(rows["observations"])
    )
    frame = _observation_frame(observations)
    return replace(
        present,
        release=descriptor.release,
        released=descriptor.released,
        observations=observations,
        surveys=frozen(surveys),
        concepts=_with_those_gone(present.concepts, concepts),
        sources=frozen(
            dict(present.sources)
            | {row.values["source_id"]: _record(Source, row) for row in rows["sources"]}
        ),
        codes=_each_with_those_gone(present.codes, _codes(rows["codes"])),
        frames=frozen(dict(present.frames) | {"observations": frame}),
        positions=_positions(frame),
        translations=_each_with_those_gone(
            present.translations, _translations(rows.get("translations", ()))
        ),
    )


def _with_those_gone(present: Mapping, earlier: Mapping) -> Mapping:
    """Everything of the present in its order, then what only the earlier release has."""
    return frozen(
        dict(present) | {key: found for key, found in earlier.items() if key not in present}
    )


def _each_with_those_gone(
    present: Mapping[str, Mapping], earlier: Mapping[str, Mapping]
) -> Mapping[str, Mapping]:
    return frozen(
        {
            name: _with_those_gone(present.get(name, {}), earlier.get(name, {}))
            for name in {**present, **earlier}
        }
    )


def _earlier_surveys(rows: tuple[Row, ...], present: Dataset) -> Mapping[str, Survey]:
    """Surveys as the present describes them, but with figures only where the release had some."""
    earlier = {row.values["survey_id"]: _earlier_survey(row, present) for row in rows}
    having = {key for key, survey in earlier.items() if survey.has_figures}
    return {
        key: replace(survey, has_figures=key in having)
        for key, survey in (earlier | dict(present.surveys)).items()
    }


def _earlier_survey(row: Row, present: Dataset) -> Survey:
    definition = row.values.get("definition", "")
    return _survey(
        row,
        definition=definition if definition in present.definitions else "",
        design=row.values.get("design", "unknown"),
        short_title=row.values.get("short_title", ""),
        period_kind=row.values.get("period_kind", _told_by(row)),
    )


def _told_by(row: Row) -> str:
    """How a period is told of which a release does not say it."""
    if row.values["period_start"]:
        return "years"
    if row.values["reference_period"]:
        return "stated"
    return "survey_year" if row.values["period_end"] else "unknown"


def _earlier_concept(row: Row) -> Concept:
    return _concept(row, by_definition=row.values.get("by_definition", False))


def _earlier_observation(position: int, row: Row, surveys: Mapping[str, Survey]) -> Observation:
    added = {"count": row.values.get("count"), "doubt": row.values.get("doubt", "")}
    return _observation(position, row, surveys[row.values["survey_id"]], **added)


def _since_described(
    figure: Observation, later: Sequence[Change], known: Mapping[str, Observation]
) -> Observation:
    """The figure with what has been recorded of it since, under whatever name, where it is still the same."""
    now = known.get(changes.present_name(changes.name(figure), later))
    return (
        replace(figure, doubt=now.doubt, count=now.count)
        if now and now.value == figure.value
        else figure
    )


def _positions(frame: pd.DataFrame) -> Mapping[tuple[str, str, str, str, str], tuple[int, ...]]:
    found = frame.groupby(_POSITION_KEYS, sort=False).indices
    return frozen({key: tuple(map(int, positions)) for key, positions in found.items()})


def _read(folder: Path) -> tuple[Checked, Descriptor | None, Rows]:
    if not folder.is_dir():
        fault = Fault(str(folder), None, "", None, "a folder with the data package")
        return Checked((fault,), (), {}, "", ""), None, {}
    descriptor, faults = read_descriptor(folder)
    if descriptor is None:
        return Checked(faults, (), {}, "", ""), None, {}
    rows, found = read_tables(folder, descriptor)
    found += rules.faults(rows)
    found += changes.faults(rows, descriptor)
    files = [table.file for table in descriptor.tables.values()]
    ordered = tuple(sorted(found, key=lambda fault: (files.index(fault.file), fault.line or 0)))
    warnings = () if ordered else tuple(rules.warnings(rows))
    counts = {name: len(of_table) for name, of_table in rows.items()}
    return (
        Checked(ordered, warnings, counts, descriptor.release, descriptor.released),
        descriptor,
        rows,
    )


def _dataset(descriptor: Descriptor, rows: Rows) -> Dataset:
    surveys = {row.values["survey_id"]: _survey(row) for row in rows["surveys"]}
    observations = tuple(
        _observation(position, row, surveys[row.values["survey_id"]])
        for position, row in enumerate(rows["observations"])
    )
    frames = {name: _frame(rows[name], table) for name, table in descriptor.tables.items()}
    frames["observations"] = _observation_frame(observations)
    return Dataset(
        release=descriptor.release,
        released=descriptor.released,
        observations=observations,
        surveys=frozen(surveys),
        concepts=frozen({row.values["concept"]: _concept(row) for row in rows["concepts"]}),
        sources=frozen({row.values["source_id"]: _record(Source, row) for row in rows["sources"]}),
        response_rates=frozen(
            {
                (row.values["survey_id"], row.values["sector"]): _record(ResponseRate, row)
                for row in rows["response_rates"]
            }
        ),
        codes=_codes(rows["codes"]),
        asked=frozen(
            {
                (row.values["survey_id"], row.values["concept"]): _record(Asked, row)
                for row in rows["asked"]
            }
        ),
        breaks=tuple(
            _record(Break, row, concepts=_several(row, "concepts")) for row in rows["breaks"]
        ),
        frames=frozen(frames),
        positions=_positions(frames["observations"]),
        published_tests=tuple(_record(PublishedTest, row) for row in rows["published_tests"]),
        definitions=frozen(
            {row.values["definition_id"]: _definition(row) for row in rows["definitions"]}
        ),
        changes=tuple(_change(row) for row in rows.get("changes", ())),
        views=tuple(_ready_view(row) for row in rows.get("views", ())),
        translations=_translations(rows.get("translations", ())),
    )


def _record(record: type, row: Row, /, **changed: Any) -> Any:
    """A ``record`` from the columns that bear its fields' names, and from ``changed``."""
    names = (field.name for field in fields(record))
    return record(
        **{name: changed[name] if name in changed else row.values[name] for name in names}
    )


def _several(row: Row, column: str) -> tuple[str, ...]:
    text = row.values[column]
    return tuple(text.split("~")) if text else ()


def _survey(row: Row, **changed: Any) -> Survey:
    return _record(Survey, row, sectors=_several(row, "sectors"), **changed)


def _definition(row: Row) -> Definition:
    return _record(
        Definition, row, label=row.values["label_en"], definition=row.values["definition_en"]
    )


def _change(row: Row) -> Change:
    found = changes.record(row)
    if not (found.before or found.after):
        return found
    # Where one of the two is said, a blank other one means that the cells are blank.
    return replace(
        found,
        before=found.before or ("",) * len(found.after),
        after=found.after or ("",) * len(found.before),
    )


def _ready_view(row: Row) -> ReadyView:
    texts = {name: row.values[f"{name}_en"] for name in ("title", "text")}
    return _record(ReadyView, row, line=row.line, **texts)


def _concept(row: Row, **changed: Any) -> Concept:
    return _record(
        Concept,
        row,
        label=row.values["label_en"],
        definition=row.values["definition_en"],
        **changed,
    )


def _observation(position: int, row: Row, survey: Survey, **changed: Any) -> Observation:
    dimension, _, segment = row.values["segment"].partition("=")
    return _record(
        Observation,
        row,
        position=position,
        dimension=dimension,
        segment=segment,
        label_in_source=row.values["label_in_source_en"],
        country=survey.country,
        level=survey.level,
        kind=survey.kind,
        **changed,
    )


def _codes(rows: tuple[Row, ...]) -> Mapping[str, Mapping[str, Code]]:
    lists: dict[str, dict[str, Code]] = {}
    for row in rows:
        of_list = lists.setdefault(row.values["list"], {})
        label = row.values["label_en"]
        of_list[row.values["code"]] = _record(
            Code,
            row,
            label=label,
            short=row.values["short_en"] or label,
            description=row.values["description_en"],
            order=len(of_list),
        )
    lists.setdefault("dimension", {})  # Data that is split in no way needs no list of ways.
    return frozen({name: frozen(codes) for name, codes in lists.items()})


def _translations(rows: tuple[Row, ...]) -> Mapping[str, Mapping[tuple[str, str], Translation]]:
    languages: dict[str, dict[tuple[str, str], Translation]] = {}
    for row in rows:
        found = _record(Translation, row)
        languages.setdefault(found.language, {})[found.list, found.code] = found
    return frozen({language: frozen(texts) for language, texts in languages.items()})


def _frame(rows: tuple[Row, ...], table: Table) -> pd.DataFrame:
    columns = {
        field.name: pd.Series([row.values[field.name] for row in rows], dtype=_DTYPES[field.type])
        for field in table.fields
    }
    return pd.DataFrame(columns)


def _observation_frame(observations: tuple[Observation, ...]) -> pd.DataFrame:
    dtypes = {"position": "int64", "value": "float64", "n": "Int64", "count": "Int64"}
    columns = {
        field.name: pd.Series(
            [getattr(figure, field.name) for figure in observations],
            dtype=dtypes.get(field.name, "str"),
        )
        for field in fields(Observation)
    }
    return pd.DataFrame(columns)
