"""What the codebook of a table says and what its rows become: codes, symbols, numbers; every fault at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.folders import records
from tests.support.official import SURVEY, imported, jsonstat, refused, table

Document = dict[str, Any]


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


def rows(
    folder: Path,
    changed: Mapping[str, str] | None = None,
    *changes: Callable[[Document], None],
) -> dict[tuple[str, str, str], dict[str, str]]:
    """(sector, segment, concept) -> row of observations.csv."""
    document = jsonstat()
    for change in changes:
        change(document)
    done = imported(table(folder, changed, document), folder / "data")
    assert done.folder == folder / "data"
    held = records(folder / "data" / "observations.csv")
    return {(row["sector"], row["segment"], row["concept"]): row for row in held}


WORKPLACES, COMPANIES, QUALITY = "innovative_workplaces", "collab_companies", "effect_quality"
ALL_A = ("2026", "T", "T", "A")


def test_a_figure_is_read_as_the_table_prints_it(tmp_path: Path) -> None:
    found = rows(tmp_path)
    assert found["all", "", WORKPLACES] == {
        "survey_id": SURVEY,
        "sector": "all",
        "segment": "",
        "theme": "innovation",
        "concept": WORKPLACES,
        "response": "yes",
        "value": "25.7",
        "qualifier": "exact",
        "n": "160",
        "count": "",
        "base": "workplaces",
        "status": "printed",
        "doubt": "",
        "label_in_source_en": "Innovates",
        "source_id": SURVEY,
        "locator": "Tid 2026, Sektor T, Storlek T, Fraga A",
        "note": "",
    }
    assert found["all", "", COMPANIES]["label_in_source_en"] == "Private companies"
    assert found["municipal", "", WORKPLACES]["note"] == "Provisional."
    assert found["all", "size=10-25", COMPANIES]["base"] == "innovations"
    assert found["municipal", "size=0-10", WORKPLACES]["value"] == "23.9"


def test_symbols_keep_their_meaning(tmp_path: Path) -> None:
    found = rows(tmp_path)
    withheld, unasked = found["municipal", "", COMPANIES], found["state", "", COMPANIES]
    assert (withheld["status"], withheld["value"], withheld["n"]) == ("suppressed", "", "")
    assert (unasked["status"], unasked["value"], unasked["n"]) == ("not_asked", "", "")
    assert ("state", "", QUALITY) not in found
    assert found["all", "size=0-10", QUALITY]["status"] == "suppressed"
    assert ("all", "size=10-25", QUALITY) not in found


def test_a_question_without_any_figure_is_on_record_as_asked(tmp_path: Path) -> None:
    changes = [
        put("2026", sector, size, "C", measure, symbol="..")
        for sector in "TKS"
        for size in "T12"
        for measure in ("PCT", "N")
    ]
    found = rows(tmp_path, None, *changes)
    assert not [key for key in found if key[2] == QUALITY]
    assert records(tmp_path / "data" / "asked.csv") == [
        {
            "survey_id": SURVEY,
            "concept": QUALITY,
            "asked": "yes",
            "drawn": "no",
            "evidence": 'The table has ".." in the place of every figure.',
        }
    ]


def test_words_in_the_language_of_the_site_are_those_of_the_table(tmp_path: Path) -> None:
    found = rows(tmp_path, {'language = "sv"': 'language = "en"'})
    assert found["all", "", COMPANIES]["label_in_source_en"] == "Fraga B"
    assert found["all", "", WORKPLACES]["label_in_source_en"] == "Innovates"


def test_how_sure_a_figure_is_stands_in_its_note(tmp_path: Path) -> None:
    def measures(document: Document) -> None:
        index = {"PCT": 0, "N": 1, "SE": 2, "LOW": 3, "HIGH": 4}
        document["dimension"]["Innehall"]["category"] = {"index": index}
        document["size"][-1] = 5
        values, status = [], {}
        for place, value in enumerate(document["value"]):
            flag = document["status"].get(str(place))
            if flag:
                status[str(place // 2 * 5 + place % 2)] = flag
            values.append(value)
            if place % 2:
                share = values[-2]
                values += [1.5, None if share is None else share - 3, share and share + 3]
                status |= {
                    str(len(values) - 3 + at): ":" for at in range(3) if values[at - 3] is None
                }
        document |= {"value": values, "status": status}

    more = {'n = "N"\n': 'n = "N"\nse = "SE"\nlow = "LOW"\nhigh = "HIGH"\n'}
    found = rows(tmp_path, more, measures)
    assert found["all", "", WORKPLACES]["note"] == (
        "The table gives a standard error of 1.5 percentage points. The table gives an interval from 22.7 to 28.7 percent."
    )
    assert found["all", "", WORKPLACES]["status"] == "printed"
    assert records(tmp_path / "data" / "estimates.csv") == []


def test_n_beside_a_withheld_figure_is_told(tmp_path: Path) -> None:
    found = rows(tmp_path, None, put("2026", "K", "T", "B", "N", value=12))
    row = found["municipal", "", COMPANIES]
    assert (row["n"], row["note"]) == ("", "The table gives n = 12.")


def test_wordings_become_qualifiers(tmp_path: Path) -> None:
    found = rows(
        tmp_path,
        {'".." = "not published"': '".." = "not published"\n"~" = "about"'},
        put(*ALL_A, "PCT", value=35, symbol="~"),
        put("2026", "K", "T", "A", "PCT", value=30.5, symbol="~+p"),
    )
    assert (found["all", "", WORKPLACES]["qualifier"]) == "about"
    row = found["municipal", "", WORKPLACES]
    assert (row["qualifier"], row["note"]) == ("about", "Provisional.")


def shares(document: Document) -> None:
    document["value"] = [
        None if value is None else round(value / 100, 4) if place % 2 == 0 else value
        for place, value in enumerate(document["value"])
    ]


def test_a_share_becomes_a_percentage_where_the_codebook_says_so(tmp_path: Path) -> None:
    found = rows(tmp_path, {'n = "N"\n': 'n = "N"\nunit = "share"\n'}, shares)
    assert found["all", "", WORKPLACES]["value"] == "25.7"
    assert found["all", "", COMPANIES]["value"] == "37.8"


def test_zeros_that_a_file_drops_are_given_back(tmp_path: Path) -> None:
    found = rows(
        tmp_path,
        {'n = "N"\n': 'n = "N"\ndecimals = 1\n'},
        put(*ALL_A, "PCT", value=25),
    )
    assert found["all", "", WORKPLACES]["value"] == "25.0"


def test_what_is_the_same_for_all_needs_no_dimension(tmp_path: Path) -> None:
    document = {
        "version": "2.0",
        "class": "dataset",
        "id": ["Fraga"],
        "size": [2],
        "dimension": {"Fraga": {"category": {"index": ["A", "B"]}}},
        "value": [71, 33.5],
    }
    changed = {
        '[select]\nTid = "2026"\n': "",
        '[columns.Sektor]\nis = "sector"\ncodes = { T = "all", K = "municipal", S = "state" }\nskip = ["X"]\n': (
            '[always]\nsector = "state"\nsegment = "size=0-10"\nresponse = "yes"\n'
        ),
        '[columns.Storlek]\nis = "segment"\ndimension = "size"\ncodes = { T = "", 1 = "0-10", 2 = "10-25" }\n': "",
        ':yes"\nB = "collab_companies:yes"\nC = "effect_quality:high"\nD = "collab_citizens:yes"\nE = "effect_efficiency:high"\n': (
            '"\nB = "collab_companies"\n'
        ),
        'dimension = "Innehall"\nvalue = "PCT"\nn = "N"\n': "",
        'effect_quality = "innovations"\ncollab_citizens = "innovations"\neffect_efficiency = "innovations"\n': "",
    }
    imported(table(tmp_path, changed, document), tmp_path / "data")
    held = records(tmp_path / "data" / "observations.csv")
    assert [(row["sector"], row["segment"], row["value"]) for row in held] == [
        ("state", "size=0-10", "71"),
        ("state", "size=0-10", "33.5"),
    ]


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
            put(*ALL_A, "PCT", symbol="x"),
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
        [put(*ALL_A, "PCT", value=33, symbol=":")],
        {},
        [
            'table.json, Tid 2026, Sektor T, Storlek T, Fraga A: 33 - expected no figure, since ":" is suppressed'
        ],
    ),
    "a figure that is none": (
        [put(*ALL_A, "PCT", symbol="p")],
        {},
        [
            'table.json, Tid 2026, Sektor T, Storlek T, Fraga A: "p" - expected a figure, as this symbol says'
        ],
    ),
    "numbers that are no percentages and no counts": (
        [
            put(*ALL_A, "PCT", value=100.5),
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
            put(*ALL_A, "PCT", value=35),
            lambda document: document.update(value=[*map(_small, document["value"])]),
        ],
        {'n = "N"\n': 'unit = "share"\nskip = ["N"]\n'},
        [
            "table.json, Tid 2026, Sektor T, Storlek T, Fraga A: value 35 - expected a number from 0 to 1"
        ],
    ),
    "more decimals than are printed": (
        [put(*ALL_A, "PCT", value=35.25)],
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


def test_two_splits_at_once_are_a_fault_unless_they_may_be_left_out(tmp_path: Path) -> None:
    more = {
        '[columns.Sektor]\nis = "sector"\ncodes = { T = "all", K = "municipal", S = "state" }\nskip = ["X"]': (
            '[columns.Sektor]\nis = "segment"\ndimension = "field"\ncodes = { T = "", K = "education", S = "health" }\nskip = ["X"]'
        ),
        "[measure]\n": '[always]\nsector = "all"\n[measure]\n',
    }
    left_out = {'n = "N"\n': 'n = "N"\ncrossed = "left out"\n'}
    assert {key[:2] for key in rows(tmp_path / "left out", {**more, **left_out})} == {
        ("all", ""),
        ("all", "size=0-10"),
        ("all", "size=10-25"),
        ("all", "field=education"),
        ("all", "field=health"),
    }
    told = refused(table(tmp_path / "fault", more))
    assert told[0] == (
        'table.json, Tid 2026, Sektor K, Storlek 1, Fraga A: "field=education and size=0-10"'
        ' - expected one split at a time, or [measure] crossed = "left out"'
    )
    assert len(told) == 20
