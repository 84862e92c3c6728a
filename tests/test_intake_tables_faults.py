"""A table that does not fit its codebook is refused with every fault at once, each with its place and what was expected there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.support.official import SURVEY, WHOLE, Document, jsonstat, put, refused, shares, table

NAMES = "a dimension of table.json, one of Tid, Sektor, Storlek, Fraga, Innehall"
CODEBOOKS: Mapping[str, tuple[Mapping[str, str], list[str]]] = {
    "no such dimension": (
        {"[columns.Sektor]": "[columns.Sector]", 'dimension = "Innehall"': 'dimension = "innehall"'},
        [
            f'table.toml, [columns.Sector]: "Sector" - expected {NAMES} (nearest: "Sektor")',
            f'table.toml, [measure] dimension: "innehall" - expected {NAMES} (nearest: "Innehall")',
            "table.json, dimension Sektor: not in the codebook - expected [columns.Sektor], or one of its categories in [select]",
            "table.json, dimension Innehall: not in the codebook - expected [columns.Innehall], or one of its categories in [select]",
        ],
    ),
    "codes that are not there, and categories that nothing names": (
        {'K = "municipal", S': 'k = "municipal", S', 'skip = ["X"]': "", 'n = "N"': ""},
        [
            'table.toml, [columns.Sektor] codes: "k" - expected a category of Sektor (nearest: "K")',
            'table.json, dimension Sektor: "K" (Sektor K) not in the codebook'
            ' - expected it among what [columns.Sektor] names, or in its skip',
            'table.json, dimension Sektor: "X" (Sektor X) not in the codebook'
            ' - expected it among what [columns.Sektor] names, or in its skip',
            'table.json, dimension Innehall: "N" (Innehall N) not in the codebook - expected it among what [measure] names, or in its skip',
        ],
    ),
    "several categories selected, and one that is not there": (
        {'Tid = "2026"': 'Tid = ["2024", "2025"]'},
        [
            "table.toml, [select] Tid: 2 categories - expected one, or [columns.Tid] for them",
            'table.toml, [select] Tid: "2025" - expected a category of Tid (nearest: "2026")',
        ],
    ),
    "words that are not there": (
        {
            'S = "state"': 'S = "stat"',
            'dimension = "size"': 'dimension = "sizes"',
            "collab_companies:yes": "collab_compani:yess",
            "collab_companies =": "collab_compani =",
        },
        [
            'table.toml, [columns.Sektor]: "stat" - expected a code of the list sector in codes.csv or [[code]] (nearest: "state")',
            'table.toml, [columns.Storlek]: "sizes" - expected a code of the list dimension in codes.csv or [[code]] (nearest: "size")',
            'table.toml, [columns.Storlek]: "0-10" - expected a code of the list segment:sizes in codes.csv or [[code]]',
            'table.toml, [columns.Storlek]: "10-25" - expected a code of the list segment:sizes in codes.csv or [[code]]',
            'table.toml, concept: "collab_compani" - expected a row of concepts.csv or [[concept]] (nearest: "collab_companies")',
            'table.toml, concept collab_compani: "yess" - expected a code of the list response in codes.csv or [[code]] (nearest: "yes")',
        ],
    ),
    "nothing to name a row by": (
        {'is = "sector"': 'is = "response"', "[symbols]": "[symbols]\n"},
        [
            "table.toml, [columns] response: told 2 times - expected one dimension of the table, or [always]",
            'table.toml, [columns]: no sector - expected a dimension that is = "sector", or [always] sector',
        ],
    ),
    "keys and choices": (
        {
            'is = "sector"': 'is = "sektor"',
            'n = "N"': 'n = "N"\ncross = "left out"',
            '":" = "suppressed"': '":" = "surpressed"',
            'file = "table.json"': 'file = "table.json"\nsheet = "one"\npxweb = "https://x"',
        },
        [
            "table.toml, [from] file: file, pxweb - expected one of file, pxweb, statbank, jsonstat",
            "table.toml, [from] sheet: given - expected it only with xlsx",
            'table.toml, [columns.Sektor] is: "sektor" - expected one of survey, sector, segment, concept, response (nearest: "sector")',
            'table.toml, [symbols] ":": "surpressed" - expected one of suppressed, not published, not asked, figure, about, over, under'
            ' (nearest: "suppressed"), or { is = …, note = … }',
            "table.toml, [measure] cross: not known - expected one of value, n, count, se, low, high, status, dimension, base, unit,"
            ' decimals, skip, note, crossed (nearest: "crossed")',
        ],
    ),
    "no format": (
        {'file = "table.json"': 'file = "table.dat"'},
        [
            'table.toml, [from] format: missing - expected one of jsonstat, csv, xlsx, sdmx-csv, since ".dat" does not say it'
        ],
    ),
    "bases": (
        {'effect_quality = "innovations"': 'effect_qualiti = "innovations"'},
        [
            'table.toml, [measure] base: no "effect_quality" - expected a base of every concept, or one text for all',
            'table.toml, [measure] base: "effect_qualiti" - expected a concept of the table (nearest: "effect_quality")',
        ],
    ),
    "segments": (
        {'dimension = "size"\n': ""},
        [
            'table.toml, [columns.Storlek]: "0-10" - expected a segment with its dimension, such as size=0-10, or a key dimension',
            'table.toml, [columns.Storlek]: "10-25" - expected a segment with its dimension, such as size=0-10, or a key dimension',
        ],
    ),
    "measures": (
        {'value = "PCT"\n': "", 'n = "N"': 'n = "N"\nse = "N"'},
        [
            'table.toml, [measure] se: "N" - expected another than of n',
            "table.toml, [measure] value: missing - expected the category of Innehall that is the percentage",
        ],
    ),
    "skip and labels": (
        {'skip = ["X"]': 'skip = ["X", "S"]', ".labels]\nA =": ".labels]\na ="},
        [
            'table.toml, [columns.Sektor] skip: "S" - expected a category that is not among the codes',
            'table.toml, [columns.Fraga] labels: "a" - expected a category among the codes (nearest: "A")',
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changed", "expected"), CODEBOOKS.values(), ids=CODEBOOKS)
def test_every_fault_of_a_codebook_is_told_at_once(
    tmp_path: Path, changed: Mapping[str, str], expected: list[str]
) -> None:
    assert refused(table(tmp_path, changed)) == expected


CELLS: Mapping[str, tuple[list[Callable[[Document], None]], Mapping[str, str], list[str]]] = {
    "symbols that nothing explains": (
        [
            put(*WHOLE, "PCT", symbol="x"),
            put("2026", "T", "T", "B", "PCT", symbol="x"),
            put("2026", "S", "T", "A", "PCT", value=41, symbol="r"),
            put("2026", "S", "T", "A", "N", symbol="z"),
            put("2026", "T", "1", "B", "PCT"),
        ],
        {},
        [
            'table.json, cells: neither figure nor symbol in 1 cell - expected a symbol of [symbols], which has ":", ".", "..", "p"',
            'table.json, cells: "r" in 1 cell - expected a symbol of [symbols], which has ":", ".", "..", "p"',
            'table.json, cells: "x" in 2 cells - expected a symbol of [symbols], which has ":", ".", "..", "p"',
        ],
    ),
    "a figure that is withheld": (
        [put(*WHOLE, "PCT", value=33, symbol=":")],
        {},
        [
            'table.json, Tid 2026, Sektor T, Storlek T, Fraga A: 33 - expected no figure, since ":" is suppressed'
        ],
    ),
    "a figure that is none": (
        [put(*WHOLE, "PCT", symbol="p")],
        {},
        [
            'table.json, Tid 2026, Sektor T, Storlek T, Fraga A: "p" - expected a figure, as this symbol says'
        ],
    ),
    "numbers that are no percentages and no counts": (
        [
            put(*WHOLE, "PCT", value=100.5),
            put("2026", "S", "T", "A", "PCT", value=-1),
            put("2026", "T", "T", "B", "N", value=12.5),
            put("2026", "T", "T", "C", "N", value=0),
        ],
        {},
        [
            "table.json, Tid 2026, Sektor T, Storlek T, Fraga A: value 100.5 - expected a number from 0 to 100",
            "table.json, Tid 2026, Sektor S, Storlek T, Fraga A: value -1 - expected a number from 0 to 100",
            "table.json, Tid 2026, Sektor T, Storlek T, Fraga B: n 12.5 - expected a whole number from 1",
            "table.json, Tid 2026, Sektor T, Storlek T, Fraga C: n 0 - expected a whole number from 1",
        ],
    ),
    "shares that nothing calls so": (
        [shares],
        {},
        [
            'table.toml, [measure] unit: no figure above 0.846 - expected unit = "percent", or unit = "share" where 1 is everybody'
        ],
    ),
    "percentages that are called shares": (
        [
            put(*WHOLE, "PCT", value=35),
            lambda document: document.update(value=[*map(_small, document["value"])]),
        ],
        {'n = "N"\n': 'unit = "share"\nskip = ["N"]\n'},
        [
            "table.json, Tid 2026, Sektor T, Storlek T, Fraga A: value 35 - expected a number from 0 to 1"
        ],
    ),
    "more decimals than are printed": (
        [put(*WHOLE, "PCT", value=35.25)],
        {'n = "N"\n': 'n = "N"\ndecimals = 1\n'},
        [
            "table.json, Tid 2026, Sektor T, Storlek T, Fraga A: value 35.25 - expected at most 1 decimal, as [measure] decimals says"
        ],
    ),
    "two places that are one row": (
        [],
        {
            'S = "state" }': 'S = "municipal" }',
            'codes = { T = "", 1 = "0-10", 2 = "10-25" }': 'codes = { T = "" }\nskip = [1, 2]',
        },
        [
            f"table.json, Tid 2026, Sektor S, Storlek T, Fraga {question}: zz-2026-table, municipal, {row} for the second time"
            f" - expected another row than Tid 2026, Sektor K, Storlek T, Fraga {question}"
            for question, row in (
                ("A", "innovative_workplaces, yes"),
                ("B", "collab_companies, yes"),
                ("C", "effect_quality, high"),
                ("D", "collab_citizens, yes"),
                ("E", "effect_efficiency, high"),
            )
        ],
    ),
    "no figure at all": (
        [lambda document: document.update(value=[None] * 240, status=":")],
        {},
        ["table.json: no figure of zz-2026-table - expected at least one"],
    ),
    "sectors that the survey does not cover": (
        [],
        {'weighted = "yes"': 'weighted = "yes"\nsectors = ["all", "municipal"]'},
        ['table.toml, [survey] sectors: no "state" - expected every sector that the table has'],
    ),
}  # fmt: skip


def _small(value: float | None) -> float | None:
    return value if value is None or value == 35 else value / 1000


@pytest.mark.parametrize(("changes", "changed", "expected"), CELLS.values(), ids=CELLS)
def test_every_fault_of_the_cells_is_told_at_once(
    tmp_path: Path,
    changes: list[Callable[[Document], None]],
    changed: Mapping[str, str],
    expected: list[str],
) -> None:
    document = jsonstat()
    for change in changes:
        change(document)
    assert refused(table(tmp_path, changed, document)) == expected
    assert not (tmp_path / SURVEY).exists()
