"""View -> JSON: a JSON-stat 2.0 cube (https://json-stat.org/full/), and the lines of the CSV as records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.formats import remarks
from dashboard.formats.format import Format, Order
from dashboard.formats.parameters import Extra
from dashboard.formats.records import COLUMNS, Entry, Record, sources, view_records
from dashboard.messages import gettext_noop
from dashboard.query import Respondents, View
from dashboard.text import Localizer, licence, missing, pictures

ANY = "any"
"""Category of a blank that holds for every edition, answer, sector or respondent alike."""
DIMENSIONS = ("indicator", "answer", "respondent", "sector", "segment", "edition")
_TOTAL = "total"
_ROLES = {"metric": ["indicator"], "geo": ["respondent"], "time": ["edition"]}


@dataclass(frozen=True, slots=True)
class _Cell:
    """One figure or blank with its category in each dimension."""

    categories: tuple[str, ...]
    record: Record


def jsonstat(view: View, loc: Localizer, address: str) -> dict[str, Any]:
    """The view as a JSON-stat 2.0 dataset, ready for ``json.dumps``.

    A sparse cube of percent (0-100) with the dimensions ``DIMENSIONS``; ``status`` says of every blank why there is no
    figure and of every figure that is not printed exactly how it came about. Base, n, interval, source and note of each
    figure stand under ``extension.figures`` by the same index as ``value``.
    """
    t = loc.t
    cells = [
        _Cell(_categories(record, view.selection.split), record)
        for record in view_records(view, loc)
    ]
    names = _names(loc)
    dimensions = {
        name: _dimension(
            label, _ordered(loc, name, (cell.categories[at] for cell in cells)), names[name]
        )
        for at, (name, label) in enumerate(zip(DIMENSIONS, _labels(loc), strict=True))
    }
    positions = [dimension["category"]["index"] for dimension in dimensions.values()]
    indexed = {_index(cell.categories, positions): cell.record for cell in cells}
    drawn = {at: record.entry.value for at, record in sorted(indexed.items()) if record.entry.value}
    values = {str(at): indexed[at].columns["value"] for at in drawn}
    decimals = int(any(value.observation.value % 1 for value in drawn.values()))
    metric = dimensions["indicator"]["category"]
    metric["unit"] = {
        code: {"label": "%", "base": t("percent"), "decimals": decimals} for code in metric["index"]
    }
    return {
        "version": "2.0",
        "class": "dataset",
        "label": remarks.title(loc, view),
        "source": "; ".join(dict.fromkeys(source.publisher for source in sources(view, loc))),
        "updated": loc.dataset.released[:10],
        "href": address,
        "note": [
            f"{each.kind}: {each.text}" if not each.theme else f"{each.theme}. {each.text}"
            for each in _notes(loc, view, address)
        ],
        "id": list(dimensions),
        "size": [len(index) for index in positions],
        "role": _ROLES,
        "dimension": dimensions,
        "value": values,
        "status": {
            str(at): code
            for at, record in sorted(indexed.items())
            if (code := _status(record.entry))
        },
        "extension": {
            "release": view.release,
            "licence": licence.of_file(loc),
            "status": {"label": _meanings(loc)},
            "figures": {
                str(at): _beside(record)
                for at, record in sorted(indexed.items())
                if record.entry.value
            },
            "sources": {
                each.source_id: {"label": remarks.reference(loc, each), "href": each.url or None}
                for each in sources(view, loc)
            },
        },
    }


def records(view: View, loc: Localizer, address: str) -> dict[str, Any]:
    """The lines of the CSV as ``records`` (numbers as numbers, blank cells null), and what holds for all as ``meta``."""
    notes = _notes(loc, view, address)
    return {
        "meta": {
            "title": remarks.title(loc, view),
            "selection": pictures.selection_line(loc, view.selection),
            "address": address,
            "release": view.release,
            "updated": loc.dataset.released[:10],
            "licence": licence.of_file(loc),
            "unit": loc.t("percent, 0–100"),
            "columns": list(COLUMNS),
            "blanks": dict(missing.blank_legend(loc)),
            "notes": [
                {"theme": each.theme or None, "kind": each.kind, "text": each.text}
                for each in notes
            ],
            "sources": [
                {
                    "source_id": each.source_id,
                    "reference": remarks.reference(loc, each),
                    "url": each.url or None,
                }
                for each in sources(view, loc)
            ],
        },
        "records": [record.columns for record in view_records(view, loc)],
    }


def _notes(loc: Localizer, view: View, address: str) -> list[remarks.Remark]:
    return [each for each in remarks.remarks(loc, view, address) if each.text != address]


def _categories(record: Record, split: str) -> tuple[str, ...]:
    """Category of a figure or blank in each of ``DIMENSIONS``."""
    columns = record.columns
    respondents, population = record.entry.respondents, record.entry.population
    segment = (columns["segment"] or _TOTAL) if population or not split else ANY
    respondent = _respondent(respondents) if respondents else ANY
    answer, sector, edition = (columns[name] or ANY for name in ("response", "sector", "survey_id"))
    return (
        str(columns["concept"]),
        str(answer),
        respondent,
        str(sector),
        str(segment),
        str(edition),
    )


def _respondent(respondents: Respondents) -> str:
    return f"{respondents.country}-{respondents.level}" + (
        "-compiled" if respondents.compilation else ""
    )


def _labels(loc: Localizer) -> tuple[str, ...]:
    t = loc.t
    return (
        t("Indicator"),
        t("Answer"),
        t("Country and respondent"),
        t("Sector"),
        t("Segment"),
        t("Survey edition"),
    )


def _names(loc: Localizer) -> dict[str, Mapping[str, str]]:
    """Dimension -> category -> label, in reading order."""
    t, dataset = loc.t, loc.dataset
    all_respondents = [
        Respondents(country, level, compiled)
        for country in dataset.codes["country"]
        for compiled in (False, True)
        for level in dataset.levels
    ]
    segments = {
        f"{dimension}={code}": f"{loc.label('dimension', dimension)}: {found.label}"
        for dimension in dataset.codes["dimension"]
        for code, found in dataset.codes[f"segment:{dimension}"].items()
    }
    return {
        "indicator": {code: found.label for code, found in dataset.indicators.items()},
        "answer": {
            ANY: t("any answer"),
            **{code: found.label for code, found in dataset.codes["response"].items()},
        },
        "respondent": {
            ANY: t("every country shown"),
            **{
                _respondent(respondents): loc.respondents(respondents)
                for respondents in all_respondents
            },
        },
        "sector": {
            ANY: t("every sector shown"),
            **{code: found.label for code, found in dataset.codes["sector"].items()},
        },
        "segment": {ANY: t("every segment shown"), _TOTAL: t("undivided"), **segments},
        "edition": {
            ANY: t("any edition"),
            **{
                code: f"{found.title} ({loc.period(found)})"
                for code, found in dataset.surveys.items()
            },
        },
    }


def _ordered(loc: Localizer, name: str, used: Iterable[str]) -> list[str]:
    """The categories that occur, in reading order."""
    found = set(used)
    return [code for code in _names(loc)[name] if code in found]


def _dimension(label: str, codes: list[str], names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "label": label,
        "category": {
            "index": {code: at for at, code in enumerate(codes)},
            "label": {code: names[code] for code in codes},
        },
    }


def _index(categories: tuple[str, ...], positions: list[Mapping[str, int]]) -> int:
    """Index of a cell in the flattened cube, the last dimension running fastest."""
    at = 0
    for category, index in zip(categories, positions, strict=True):
        at = at * len(index) + index[category]
    return at


def _status(entry: Entry) -> str:
    """Code of a blank; of a figure its wording and how it was read, where either is out of the ordinary."""
    if entry.blank:
        return missing.BLANK_CODES[entry.blank.kind]
    if entry.value is None:
        return ""
    row = entry.value.observation
    parts = [
        row.qualifier if row.qualifier != "exact" else "",
        row.status if row.status != "printed" else "",
    ]
    return "+".join(part for part in parts if part)


def _meanings(loc: Localizer) -> dict[str, str]:
    codes = loc.dataset.codes
    worded = {
        code: found.description or found.label
        for name in ("qualifier", "status")
        for code, found in codes[name].items()
    }
    return {
        **dict(missing.blank_legend(loc)),
        **{code: text for code, text in worded.items() if code not in ("exact", "printed")},
    }


def _beside(record: Record) -> dict[str, object]:
    """What stands beside a figure."""
    left_out = {
        "theme",
        "concept",
        "indicator",
        "country",
        "level",
        "sector",
        "segment",
        "response",
        "value",
        "blank",
        "url",
        "source",
    }
    return {
        name: held
        for name, held in record.columns.items()
        if name not in left_out and held is not None
    }


def _text(order: Order) -> bytes:
    make = jsonstat if order.extras["format"] == "jsonstat" else records
    return json.dumps(make(order.view, order.loc, order.address), ensure_ascii=False).encode()


FORMAT = Format(
    name="json",
    path="/data.json",
    media_type="application/json",
    summary="The figures of a view as JSON-stat 2.0 or records.",
    make=_text,
    label=gettext_noop("JSON-stat"),
    in_toolbar=5,
    in_structured_data=True,
    for_programs=True,
    extras=(
        Extra(
            "format",
            "JSON-stat 2.0, or a list of records.",
            choices=("jsonstat", "records"),
            default="jsonstat",
        ),
    ),
)
