"""What an official table becomes as rows of the data folder: figures as they are printed, and symbols as what they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.support.folders import records
from tests.support.official import (
    SURVEY,
    WHOLE,
    Document,
    imported,
    jsonstat,
    put,
    refused,
    shares,
    table,
)


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
    assert found["all", "", COMPANIES]["label_in_source_en"] == "Private companies as partners"
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
        put(*WHOLE, "PCT", value=35, symbol="~"),
        put("2026", "K", "T", "A", "PCT", value=30.5, symbol="~+p"),
    )
    assert (found["all", "", WORKPLACES]["qualifier"]) == "about"
    row = found["municipal", "", WORKPLACES]
    assert (row["qualifier"], row["note"]) == ("about", "Provisional.")


def test_a_share_becomes_a_percentage_where_the_codebook_says_so(tmp_path: Path) -> None:
    found = rows(tmp_path, {'n = "N"\n': 'n = "N"\nunit = "share"\n'}, shares)
    assert found["all", "", WORKPLACES]["value"] == "25.7"
    assert found["all", "", COMPANIES]["value"] == "37.8"


def test_zeros_that_a_file_drops_are_given_back(tmp_path: Path) -> None:
    found = rows(
        tmp_path,
        {'n = "N"\n': 'n = "N"\ndecimals = 1\n'},
        put(*WHOLE, "PCT", value=25),
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
