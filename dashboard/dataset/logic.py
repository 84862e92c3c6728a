"""Rules of logic between figures: what no sound survey can publish, whatever its questions.

They find a figure under a wrong code: a whole that is smaller than its part, a total outside its parts, a note that
names something that does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

import numpy as np
import pandas as pd

from dashboard.dataset.faults import Fault
from dashboard.dataset.rows import Flags, Row, TableRows, together
from dashboard.dataset.tables import Rows
from dashboard.dataset.types import PRIMARY

_OBSERVATIONS = "observations.csv"
_GROUP = ("survey_id", "sector", "segment", "base", "response")
_TOTAL = "all"
_COMPOSITE = ("municipal_regional",)
"""Sectors that are two others taken together."""
_NAME = re.compile(r"(?<![\w@/.-])[a-z]+(?:_[a-z0-9]+)+(?![\w/-])")
_EDITION = re.compile(r"(?<![\w@/.-])[a-z]+(?:-[a-z]+)*-(?:19|20)[0-9]{2}(?:-[a-z]+)*(?![\w/-])")
_TEXTS = (
    (_OBSERVATIONS, "note"),
    ("asked.csv", "evidence"),
    ("breaks.csv", "description"),
    ("published_tests.csv", "statement"),
)
"""(file, column) of the texts that speak of other rows."""


def _wider_is_not_smaller(rows: Rows) -> Iterator[Fault]:
    """Of two figures of one survey, sector, group, base and answer the wider concept has the larger share."""
    figures = rows["observations"]
    containments = [
        (pair.values.get("wider"), pair.values.get("narrower"), pair.line)
        for pair in rows["containments"]
    ]
    for part_at, whole_at, line in _parts_above_wholes(figures, containments):
        part, whole = figures[part_at], figures[whole_at]
        if _least(part) > _most(whole):
            wider, narrower = whole.texts["concept"], part.texts["concept"]
            expected = (
                f"at most {whole.texts['value']}, the value of {wider} in line {whole.line}: "
                f"{narrower} is part of it (containments.csv, line {line}), so one of the two has a wrong concept"
            )
            yield Fault(_OBSERVATIONS, part.line, "value", part.texts["value"], expected)


def _parts_above_wholes(
    figures: TableRows, containments: list[tuple[str | None, str | None, int]]
) -> Iterator[tuple[int, int, int]]:
    """(row of the narrower concept, row of the wider, line of the containment) where the narrower is printed larger."""
    indicator = {text: code for code, text in enumerate(figures.cells("concept").texts)}
    held = pd.DataFrame(
        [
            (indicator[wider], indicator[narrower], line)
            for wider, narrower, line in containments
            if wider and narrower and {wider, narrower} <= indicator.keys()
        ],
        columns=["wider", "concept", "line"],
    )
    exact = figures.frame((*_GROUP, "concept"))[_exact(figures)]
    exact["value"] = figures.cells("value").numbers()[exact.index]
    exact["at"] = exact.index
    wholes = exact.drop_duplicates([*_GROUP, "concept"], keep="last")
    pairs = exact.merge(held, on="concept").merge(
        wholes,
        left_on=[*_GROUP, "wider"],
        right_on=[*_GROUP, "concept"],
        suffixes=("_part", "_whole"),
    )
    above = pairs[pairs["value_part"] > pairs["value_whole"]].sort_values(["line", "at_part"])
    yield from zip(
        above["at_part"].tolist(), above["at_whole"].tolist(), above["line"].tolist(), strict=True
    )


def _total_lies_within_its_sectors(rows: Rows) -> Iterator[Fault]:
    """The share of all sectors lies between the smallest and the largest, where every sector is published."""
    covered = {
        row.texts.get("survey_id"): row.texts.get("sectors", "").split("~")
        for row in rows["surveys"]
    }
    for rows_of_group in _suspected_totals(rows["observations"], covered):
        members = {row.texts.get("sector", ""): row for row in rows_of_group}
        survey_id = rows_of_group[0].texts.get("survey_id", "")
        parts = [
            sector for sector in covered.get(survey_id, ()) if sector not in (_TOTAL, *_COMPOSITE)
        ]
        if len(parts) < 2 or not all(sector in members for sector in parts):
            continue
        total, published = members[_TOTAL], [members[sector] for sector in parts]
        low, high = min(map(_least, published)), max(map(_most, published))
        if _most(total) < low or _least(total) > high:
            values = ", ".join(f"{sector} {members[sector].texts['value']}" for sector in parts)
            expected = f"a value within those of its sectors ({values})"
            yield Fault(_OBSERVATIONS, total.line, "value", total.texts["value"], expected)


def _suspected_totals(
    figures: TableRows, covered: Mapping[str | None, list[str]]
) -> Iterator[list[Row]]:
    """The exact figures of one question and group, sector by sector, where the total is above or below all its parts."""
    groups = figures.frame(("survey_id", "segment", "concept", "response", "base"))[_exact(figures)]
    names = list(groups.columns)
    is_part = np.zeros(len(figures), dtype=bool)
    for (survey, sector), positions in figures.kinds("survey_id", "sector"):
        is_part[positions] = sector in covered.get(survey, ()) and sector not in (
            _TOTAL,
            *_COMPOSITE,
        )
    value = pd.Series(figures.cells("value").numbers()[groups.index], index=groups.index)
    parts = groups.assign(value=value.where(is_part[groups.index])).groupby(names)["value"]
    outside = (value < parts.transform("min")) | (value > parts.transform("max"))
    group = groups.groupby(names, sort=False).ngroup()
    suspected = group[outside & figures.having("sector", _TOTAL)[groups.index]]
    for members in together(groups[group.isin(suspected)]):
        yield list(figures.at(members))


def _texts_name_what_exists(rows: Rows) -> Iterator[Fault]:
    """A note or evidence names no indicator, code or edition that does not exist."""
    names = {row.texts.get("concept", "") for row in rows["concepts"]} | {
        row.texts.get("code", "") for row in rows["codes"]
    }
    editions = {row.texts.get("survey_id", "") for row in rows["surveys"]} | {
        row.texts.get("source_id", "") for row in rows["sources"]
    }
    series = {edition.partition("-")[0] for edition in editions}
    if not all(rows[table] for table in ("concepts", "codes", "surveys", "sources")):
        return  # A table that cannot be read has a fault of its own.
    for file, column in _TEXTS:
        table = rows[file.removesuffix(".csv")]
        cells = table.cells(column)
        unknown = [_unknown(text or "", names, editions, series) for text in cells.texts]
        for at in np.flatnonzero(cells.where([bool(found) for found in unknown])).tolist():
            for found in unknown[cells.codes[at]]:
                yield Fault(
                    file,
                    table.lines[at],
                    column,
                    found,
                    "the id of a concept, code, survey or source that exists",
                )


def _unknown(text: str, names: set[str], editions: set[str], series: set[str]) -> list[str]:
    """What a text names that does not exist."""
    unknown = [found for found in _NAME.findall(text) if found not in names] if "_" in text else []
    if "-19" in text or "-20" in text:
        # "mid-2022" is a time: only what begins as an edition or source does is meant as one.
        unknown += [
            found
            for found in _EDITION.findall(text)
            if found not in editions and found.partition("-")[0] in series
        ]
    return unknown


def _counts_fit(rows: Rows) -> Iterator[Fault]:
    """A printed count stands where n is known, is at most n, and makes the percentage where that is exact."""
    figures = rows["observations"]
    for row in figures.flagged(~np.isnan(figures.cells("count").numbers())):
        count, n = row.values.get("count"), row.values.get("n")
        if count is None or "n" not in row.values:  # What is no number has a fault of its own.
            continue
        exact = row.values.get("value") is not None and row.values.get("qualifier") == "exact"
        if n is None or count > n:
            yield Fault(
                _OBSERVATIONS, row.line, "count", str(count), f"at most n, which is {n or 'blank'}"
            )
        elif exact and abs(Decimal(100 * count) / n - Decimal(row.texts["value"])) > 1:
            yield Fault(
                _OBSERVATIONS,
                row.line,
                "count",
                str(count),
                f"a count that makes {row.texts['value']} % of {n}",
            )


def _doubts_are_named(rows: Rows) -> Iterator[Fault]:
    """An inferred figure says what is in doubt, and no other does."""
    figures = rows["observations"]
    for (status, doubt), positions in figures.kinds("status", "doubt"):
        inferred = status == "inferred"
        if inferred and doubt == "":
            expected = "what is in doubt, since the status is inferred"
        elif doubt and status and not inferred:
            expected = "no doubt, since the status is not inferred"
        else:
            continue
        for row in figures.at(positions):
            yield Fault(_OBSERVATIONS, row.line, "doubt", str(doubt), expected)


def _exact(figures: TableRows) -> Flags:
    """Figures printed as numbers, of answers that can be compared across concepts."""
    printed = ~np.isnan(figures.cells("value").numbers())
    return printed & figures.having("qualifier", "exact") & figures.having("response", *PRIMARY)


def _half(row: Row) -> Decimal:
    return half_a_unit(Decimal(row.texts["value"]))


def half_a_unit(printed: Decimal) -> Decimal:
    """Half a unit of the last printed decimal: what rounding may have moved a finite number."""
    return Decimal(1).scaleb(int(printed.as_tuple().exponent)) / 2


def _least(row: Row) -> Decimal:
    return Decimal(row.texts["value"]) - _half(row)


def _most(row: Row) -> Decimal:
    return Decimal(row.texts["value"]) + _half(row)


RULES: tuple[Callable[[Rows], Iterator[Fault]], ...] = (
    _wider_is_not_smaller,
    _total_lies_within_its_sectors,
    _texts_name_what_exists,
    _counts_fit,
    _doubts_are_named,
)
