"""A small official table, made up, in every format that an import reads, and its codebook."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dashboard.intake import run
from dashboard.intake.faults import Refused
from dashboard.intake.outcome import Imported
from tests.support.folders import altered

SURVEY = "zz-2026-table"
CODEBOOK = """
kind = "table"

[survey]
survey_id = "zz-2026-table"
country = "ZZ"
title = "Innovation statistics of Synthetia"
producer = "Made-up Office"
population = "Public workplaces"
unit = "workplace"
level = "workplace"
kind = "national"
design = "sample"
weighted = "yes"
period_kind = "years"
reference_period = "2024-2025"
period_start = 2024
period_end = 2025
synthetic = true

[source]
source_id = "zz-2026-table"
title = "Innovation in the public sector"
publisher = "Made-up Office"
language = "sv"
url = "https://example.org/table"

[from]
file = "table.json"

[select]
Tid = "2026"

[columns.Sektor]
is = "sector"
codes = { T = "all", K = "municipal", S = "state" }
skip = ["X"]

[columns.Storlek]
is = "segment"
dimension = "size"
codes = { T = "", 1 = "0-10", 2 = "10-25" }

[columns.Fraga]
is = "concept"

[columns.Fraga.codes]
A = "innovative_workplaces:yes"
B = "collab_companies:yes"
C = "effect_quality:high"
D = "collab_citizens:yes"
E = "effect_efficiency:high"

[columns.Fraga.labels]
A = "Innovates"

[measure]
dimension = "Innehall"
value = "PCT"
n = "N"

[measure.base]
innovative_workplaces = "workplaces"
collab_companies = "innovations"
effect_quality = "innovations"
collab_citizens = "innovations"
effect_efficiency = "innovations"

[symbols]
":" = "suppressed"
"." = "not asked"
".." = "not published"
p = { is = "figure", note = "Provisional." }

[[code]]
list = "country"
code = "ZZ"
label = { en = "Synthetia", da = "Syntetien", nb = "Syntetia", sv = "Syntetien", fi = "Synteetia" }
"""
DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    "Tid": ("2024", "2026"),
    "Sektor": ("T", "K", "S", "X"),
    "Storlek": ("T", "1", "2"),
    "Fraga": ("A", "B", "C", "D", "E"),
}
MEASURES = ("PCT", "N")
SYMBOLS = {
    ("2026", "K", "T", "B"): ":",
    ("2026", "S", "T", "B"): ".",
    ("2026", "S", "T", "C"): "..",
    ("2026", "T", "1", "C"): ":",
    ("2026", "T", "2", "C"): "..",
}
PROVISIONAL = ("2026", "K", "T", "A")
WHOLE = ("2026", "T", "T", "A")
"""Of the first question the figure of everybody."""

Place = tuple[str, ...]
Document = dict[str, Any]
"""A dataset of JSON-stat 2.0."""


def cells() -> dict[Place, tuple[str, str]]:
    """Place in the table -> percentage and n as they are printed; symbols in the place of both."""
    found = {}
    for at, place in enumerate(product(*DIMENSIONS.values())):
        _, sector, size, question = place
        # The municipal figure lies below the total, that of the state above.
        whole = 20 + 12 * "ABCDE".index(question) + 3 * "T12".index(size) + 5 * "KTSX".index(sector)
        symbol = SYMBOLS.get(place)
        found[place] = (symbol, symbol) if symbol else (f"{whole}.{at % 9 + 1}", str(100 + at))
    return found


def jsonstat() -> Document:
    """The table as JSON-stat 2.0."""
    dimensions = {**DIMENSIONS, "Innehall": MEASURES}
    flat = [text for both in cells().values() for text in both]
    symbols = {*SYMBOLS.values()}
    status = {str(at): text for at, text in enumerate(flat) if text in symbols}
    status[str(2 * list(cells()).index(PROVISIONAL))] = "p"
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "Innovation",
        "id": list(dimensions),
        "size": [len(codes) for codes in dimensions.values()],
        "role": {"time": ["Tid"], "metric": ["Innehall"]},
        "dimension": {
            name: {
                "label": name,
                "category": {
                    "index": {code: at for at, code in enumerate(codes)},
                    "label": {code: f"{name} {code}" for code in codes},
                },
            }
            for name, codes in dimensions.items()
        },
        "value": [None if text in symbols else float(text) for text in flat],
        "status": status,
    }


def at(document: Document, *codes: str) -> int:
    """Place of a cell in ``value``."""
    place = 0
    for name, code in zip(document["id"], codes, strict=True):
        index = document["dimension"][name]["category"]["index"]
        place = place * len(index) + index[code]
    return place


def put(*codes: str, value: Any = None, symbol: str = "") -> Callable[[Document], None]:
    """Put a number or a symbol into a cell."""

    def change(document: Document) -> None:
        place = at(document, *codes)
        document["value"][place] = value
        document["status"].pop(str(place), None)
        if symbol:
            document["status"][str(place)] = symbol

    return change


def shares(document: Document) -> None:
    """Print shares in the place of percentages."""
    document["value"] = [
        None if value is None else round(value / 100, 4) if place % 2 == 0 else value
        for place, value in enumerate(document["value"])
    ]


def earlier(document: Mapping[str, Any]) -> dict[str, Any]:
    """A dataset of JSON-stat 2.0 as 1.x has it."""
    made = {name: document[name] for name in ("label", "value", "status") if name in document}
    made["dimension"] = {
        **document["dimension"],
        "id": document["id"],
        "size": document["size"],
        "role": document.get("role", {}),
    }
    return {"dataset": made}


def long() -> list[list[str]]:
    """One row a place, with its percentage, n and flag."""
    rows = [[*DIMENSIONS, *MEASURES, "flag"]]
    for place, (percent, n) in cells().items():
        rows.append([*place, percent, n, "p" if place == PROVISIONAL else ""])
    return rows


def wide() -> list[list[str]]:
    """One column a question, percentages alone."""
    rows = [["Tid", "Sektor", "Storlek", *DIMENSIONS["Fraga"]]]
    by_row: dict[Place, list[str]] = {}
    for place, (percent, _) in cells().items():
        by_row.setdefault(place[:3], []).append(percent)
    return rows + [[*place, *percents] for place, percents in by_row.items()]


def sdmx(version: int = 1, *, labels: bool = False) -> list[list[str]]:
    """SDMX-CSV of the percentages: symbols as codes of status."""
    head = ["DATAFLOW"] if version == 1 else ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    begin = ["ZZ:INNO(1.0)"] if version == 1 else ["dataflow", "ZZ:INNO(1.0)", "I"]
    codes = {".": "M", "..": "O"}
    names = [f"{name}: Label of {name}" for name in DIMENSIONS] if labels else list(DIMENSIONS)
    rows = [[*head, *names, "OBS_VALUE", "OBS_STATUS", "CONF_STATUS"]]
    for place, (percent, _) in cells().items():
        symbol = SYMBOLS.get(place, "")
        status = codes.get(symbol, "p" if place == PROVISIONAL else "A")
        told = [f"{code}: Label of {code}" for code in place] if labels else list(place)
        rows.append(
            [*begin, *told, "" if symbol else percent, status, "C" if symbol == ":" else "F"]
        )
    return rows


def text(rows: Sequence[Sequence[str]], separator: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
    return out.getvalue()


def workbook(path: Path, rows: Sequence[Sequence[str]], above: int = 0) -> None:
    """A workbook with numbers as numbers, below some lines of words."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Tabell 1"
    for _ in range(above):
        sheet.append(["Words above the table"])
    for row in rows:
        sheet.append([_number(cell) for cell in row])
    book.save(path)


def _number(cell: str) -> object:
    try:
        return float(cell)
    except ValueError:
        return cell or None


def codebook(folder: Path, changed: Mapping[str, str] | None = None) -> Path:
    """A codebook, some words of which are others."""
    path = folder / "table.toml"
    path.write_text(altered(CODEBOOK, changed or {}), encoding="utf-8")
    return path


def table(
    folder: Path, changed: Mapping[str, str] | None = None, document: object | None = None
) -> Path:
    """A folder with the table as JSON-stat and its codebook; the path of the codebook."""
    folder.mkdir(parents=True, exist_ok=True)
    held = json.dumps(jsonstat() if document is None else document)
    (folder / "table.json").write_text(held, encoding="utf-8")
    return codebook(folder, changed)


def imported(path: Path, into: Path | None = None) -> Imported:
    return run.run(path, into)


def refused(path: Path, into: Path | None = None) -> list[str]:
    """Why an import was refused."""
    with pytest.raises(Refused) as error:
        run.run(path, into)
    return str(error.value).splitlines()
