"""Rules of logic between figures: what no sound survey can publish, whatever its questions.

They find a figure under a wrong code: a whole that is smaller than its part, a total outside its parts, a note that
names something that does not exist.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from dashboard.dataset.faults import Fault
from dashboard.dataset.tables import Row, Rows
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
    figures = {(*_texts(row, _GROUP), row.texts.get("concept", "")): row for row in _exact(rows)}
    for pair in rows["containments"]:
        wider, narrower = pair.values.get("wider"), pair.values.get("narrower")
        for key, part in figures.items():
            whole = figures.get((*key[:-1], wider)) if key[-1] == narrower else None
            if whole and _least(part) > _most(whole):
                expected = (
                    f"at most {whole.texts['value']}, the value of {wider} in line {whole.line}: "
                    f"{narrower} is part of it (containments.csv, line {pair.line}), so one of the two has a wrong concept"
                )
                yield Fault(_OBSERVATIONS, part.line, "value", part.texts["value"], expected)


def _total_lies_within_its_sectors(rows: Rows) -> Iterator[Fault]:
    """The share of all sectors lies between the smallest and the largest, where every sector is published."""
    covered = {
        row.texts.get("survey_id"): row.texts.get("sectors", "").split("~")
        for row in rows["surveys"]
    }
    groups: dict[tuple[str, ...], dict[str, Row]] = defaultdict(dict)
    for row in _exact(rows):
        groups[_texts(row, ("survey_id", "segment", "concept", "response", "base"))][
            row.texts.get("sector", "")
        ] = row
    for key, members in groups.items():
        parts = [
            sector for sector in covered.get(key[0], ()) if sector not in (_TOTAL, *_COMPOSITE)
        ]
        if (
            _TOTAL not in members
            or len(parts) < 2
            or not all(sector in members for sector in parts)
        ):
            continue
        total, published = members[_TOTAL], [members[sector] for sector in parts]
        low, high = min(map(_least, published)), max(map(_most, published))
        if _most(total) < low or _least(total) > high:
            values = ", ".join(f"{sector} {members[sector].texts['value']}" for sector in parts)
            expected = f"a value within those of its sectors ({values})"
            yield Fault(_OBSERVATIONS, total.line, "value", total.texts["value"], expected)


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
        for row in rows[file.removesuffix(".csv")]:
            text = row.texts.get(column, "")
            unknown = [found for found in _NAME.findall(text) if found not in names]
            # "mid-2022" is a time: only what begins as an edition or source does is meant as one.
            unknown += [
                found
                for found in _EDITION.findall(text)
                if found not in editions and found.partition("-")[0] in series
            ]
            for found in unknown:
                yield Fault(
                    file,
                    row.line,
                    column,
                    found,
                    "the id of a concept, code, survey or source that exists",
                )


def _counts_fit(rows: Rows) -> Iterator[Fault]:
    """A printed count stands where n is known, is at most n, and makes the percentage where that is exact."""
    for row in rows["observations"]:
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
    for row in rows["observations"]:
        inferred, doubt = row.values.get("status") == "inferred", row.values.get("doubt")
        if inferred and doubt == "":
            yield Fault(
                _OBSERVATIONS,
                row.line,
                "doubt",
                "",
                "what is in doubt, since the status is inferred",
            )
        elif doubt and row.values.get("status") and not inferred:
            yield Fault(
                _OBSERVATIONS,
                row.line,
                "doubt",
                doubt,
                "no doubt, since the status is not inferred",
            )


def _exact(rows: Rows) -> list[Row]:
    """Figures printed as numbers, of answers that can be compared across concepts."""
    return [
        row
        for row in rows["observations"]
        if row.values.get("value") is not None
        and row.values.get("qualifier") == "exact"
        and row.values.get("response") in PRIMARY
    ]


def _texts(row: Row, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row.texts.get(column, "") for column in columns)


def _half(row: Row) -> Decimal:
    """Half a unit of the last printed decimal: what rounding may have moved a value."""
    return Decimal(1).scaleb(Decimal(row.texts["value"]).as_tuple().exponent) / 2


def _least(row: Row) -> Decimal:
    return Decimal(row.texts["value"]) - _half(row)


def _most(row: Row) -> Decimal:
    return Decimal(row.texts["value"]) + _half(row)


RULES: tuple[Callable[[Mapping[str, tuple[Row, ...]]], Iterator[Fault]], ...] = (
    _wider_is_not_smaller,
    _total_lies_within_its_sectors,
    _texts_name_what_exists,
    _counts_fit,
    _doubts_are_named,
)
