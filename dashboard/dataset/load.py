"""Makes a frozen Dataset of a data folder, or says what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pandas as pd

from dashboard.dataset import changes, computed, rules
from dashboard.dataset.columns import column_of
from dashboard.dataset.descriptor import ARCHIVED, Descriptor, read_descriptor
from dashboard.dataset.faults import DataError, Fault
from dashboard.dataset.observations import CODES, COUNTS, FIELDS, Observations, coded, column
from dashboard.dataset.provenance import import_faults, read_imports
from dashboard.dataset.rows import Column, Row, TableRows
from dashboard.dataset.tables import Rows, read_tables
from dashboard.dataset.types import (
    Asked,
    Break,
    Change,
    Code,
    Dataset,
    Definition,
    Indicator,
    Observation,
    PublishedTest,
    Question,
    ResponseRate,
    Source,
    Survey,
    Synonym,
    Translation,
    frozen,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

K = TypeVar("K")
V = TypeVar("V")
R = TypeVar("R", bound="DataclassInstance")

DATA_FOLDER = Path(__file__).parents[2] / "data"
"""The project's own data."""


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

    Raises DataError with every fault of the folder.
    """
    checked, descriptor, rows = _read(folder)
    if checked.faults or descriptor is None:
        raise DataError(checked.faults)
    return replace(_dataset(descriptor, rows), imports=read_imports(folder)[0])


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
    indicators = {
        row.values["concept"]: _earlier_indicator(row) for row in rows["concepts"]
    } | dict(present.indicators)
    later = changes.since(descriptor.release, present.changes)
    figures, beside = _figures(rows)
    observations = _since_described(_observations(figures, surveys), later, present)
    return replace(
        present,
        release=descriptor.release,
        released=descriptor.released,
        observations=observations,
        **beside,
        imports=read_imports(folder)[0],
        surveys=frozen(surveys),
        indicators=_with_those_gone(present.indicators, indicators),
        sources=frozen(
            dict(present.sources)
            | {row.values["source_id"]: _record(Source, row) for row in rows["sources"]}
        ),
        codes=_each_with_those_gone(present.codes, _codes(rows["codes"])),
        translations=_each_with_those_gone(
            present.translations, _translations(rows.get("translations", ()))
        ),
    )


def _with_those_gone(present: Mapping[K, V], earlier: Mapping[K, V]) -> Mapping[K, V]:
    """Everything of the present in its order, then what only the earlier release has."""
    return frozen(
        dict(present) | {key: found for key, found in earlier.items() if key not in present}
    )


def _each_with_those_gone(
    present: Mapping[str, Mapping[K, V]], earlier: Mapping[str, Mapping[K, V]]
) -> Mapping[str, Mapping[K, V]]:
    return frozen(
        {
            name: _with_those_gone(present.get(name, {}), earlier.get(name, {}))
            for name in {**present, **earlier}
        }
    )


def _earlier_surveys(rows: Iterable[Row], present: Dataset) -> Mapping[str, Survey]:
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
        period_kind=row.values.get("period_kind", _period_kind(row)),
    )


def _period_kind(row: Row) -> str:
    """The kind of a reference period whose release does not record it."""
    if row.values["period_start"]:
        return "years"
    if row.values["reference_period"]:
        return "stated"
    return "survey_year" if row.values["period_end"] else "unknown"


def _earlier_indicator(row: Row) -> Indicator:
    return _record(Indicator, row, by_definition=row.values.get("by_definition", False))


def _since_described(
    figures: Observations, later: Sequence[Change], present: Dataset
) -> Observations:
    """The figures with what has been recorded of each since, under whatever name, where it is still the same."""
    now = present.observations.table
    names = changes.present_names(changes.names(figures), later)
    at = pd.Index(changes.names(present.observations)).get_indexer(pd.Index(names))
    same = (at >= 0) & (now["value"].to_numpy()[at] == figures.table["value"].to_numpy())
    columns = {
        name: column(
            name,
            figures.table[name]
            .astype(object)
            .mask(same, now[name].astype(object).to_numpy()[at])
            .tolist(),
        )
        for name in ("doubt", "count")
    }
    return Observations(figures.table.assign(**columns))


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
    ordered = (
        *sorted(found, key=lambda fault: (files.index(fault.file), fault.line or 0)),
        *import_faults(folder, rows["surveys"].texts("survey_id")),
    )
    warnings = () if ordered else tuple(rules.warnings(rows))
    counts = {name: len(of_table) for name, of_table in rows.items()}
    return (
        Checked(ordered, warnings, counts, descriptor.release, descriptor.released),
        descriptor,
        rows,
    )


def _dataset(descriptor: Descriptor, rows: Rows) -> Dataset:
    surveys = {row.values["survey_id"]: _survey(row) for row in rows["surveys"]}
    figures, beside = _figures(rows)
    return Dataset(
        release=descriptor.release,
        released=descriptor.released,
        observations=_observations(figures, surveys),
        **beside,
        surveys=frozen(surveys),
        indicators=frozen(
            {row.values["concept"]: _record(Indicator, row) for row in rows["concepts"]}
        ),
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
            _record(Break, row, indicators=_several(row, "concepts")) for row in rows["breaks"]
        ),
        published_tests=tuple(_record(PublishedTest, row) for row in rows["published_tests"]),
        definitions=frozen(
            {row.values["definition_id"]: _record(Definition, row) for row in rows["definitions"]}
        ),
        changes=tuple(_change(row) for row in rows.get("changes", ())),
        questions=tuple(_record(Question, row, line=row.line) for row in rows.get("questions", ())),
        synonyms=tuple(_record(Synonym, row) for row in rows.get("synonyms", ())),
        containments=tuple(
            (row.values["wider"], row.values["narrower"]) for row in rows["containments"]
        ),
        translations=_translations(rows.get("translations", ())),
    )


def _record(record: type[R], row: Row, /, **changed: Any) -> R:
    """A ``record`` from the columns of its fields, and from ``changed``."""
    values = {
        name: changed[name] if name in changed else row.values[column_of(record, name)]
        for name in record.__dataclass_fields__
    }
    return record(**values)


def _several(row: Row, column: str) -> tuple[str, ...]:
    text = row.values[column]
    return tuple(text.split("~")) if text else ()


def _survey(row: Row, **changed: Any) -> Survey:
    return _record(Survey, row, sectors=_several(row, "sectors"), **changed)


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


def _figures(rows: Rows) -> tuple[TableRows, dict[str, Any]]:
    """The rows that have a figure, and what a Dataset holds beside them: estimates, what is withheld, what was not asked."""
    every, held = rows["observations"], rows.get("estimates", TableRows((), {}))
    figures = every
    for status in computed.WITHOUT_FIGURE:
        figures = figures.without(figures.having("status", status))
    return figures, {
        "estimates": computed.estimates(figures, held),
        "withheld": computed.without_figure(every, computed.SUPPRESSED),
        "not_asked": computed.without_figure(every, computed.NOT_ASKED),
    }


def _observations(rows: TableRows, surveys: Mapping[str, Survey]) -> Observations:
    """The figures of the rows; ``count`` and ``doubt`` are blank where an earlier release has no such columns."""
    survey, segment = rows.cells("survey_id"), rows.cells("segment")
    parts = [str(text or "").partition("=") for text in segment.values]
    made = {
        "dimension": coded(segment.codes, [dimension for dimension, _, _ in parts]),
        "segment": coded(segment.codes, [value for _, _, value in parts]),
        "label_in_source": _texts(rows.cells("label_in_source_en")),
    }
    for name in ("country", "level", "kind"):
        of_survey = [getattr(surveys[str(key)], name) for key in survey.values]
        made[name] = coded(survey.codes, of_survey)
    return Observations(
        pd.DataFrame(
            {
                name: made[name]
                if name in made
                else _typed(name, rows.cells(column_of(Observation, name)))
                for name in FIELDS
            }
        )
    )


def _typed(name: str, cells: Column) -> pd.Series:
    """A column of the figures whose cells stand in the file as they are."""
    if name in CODES:
        return coded(cells.codes, [str(value or "") for value in cells.values])
    if name == "value":
        return pd.Series(cells.numbers())
    if name in COUNTS:
        return (
            pd.Series(pd.array(list(cells.values), dtype="Int64"))
            .take(cells.codes)
            .reset_index(drop=True)
        )
    return _texts(cells)


def _texts(cells: Column) -> pd.Series:
    """Free texts; rows with the same text share it."""
    texts = np.array([str(value or "") for value in cells.values], dtype=object)
    return pd.Series(texts[cells.codes], dtype="str")


def _codes(rows: Iterable[Row]) -> Mapping[str, Mapping[str, Code]]:
    lists: dict[str, dict[str, Code]] = {}
    for row in rows:
        of_list = lists.setdefault(row.values["list"], {})
        of_list[row.values["code"]] = _record(
            Code,
            row,
            short=row.values["short_en"] or row.values["label_en"],
            order=len(of_list),
        )
    lists.setdefault("dimension", {})  # Data that is split in no way needs no list of ways.
    return frozen({name: frozen(codes) for name, codes in lists.items()})


def _translations(rows: Iterable[Row]) -> Mapping[str, Mapping[tuple[str, str], Translation]]:
    languages: dict[str, dict[tuple[str, str], Translation]] = {}
    for row in rows:
        found = _record(Translation, row)
        languages.setdefault(found.language, {})[found.list, found.code] = found
    return frozen({language: frozen(texts) for language, texts in languages.items()})
