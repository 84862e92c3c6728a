"""What the check prints: all faults in one pass, warnings, and no traceback."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dashboard.__main__ import main
from dashboard.dataset import DATA_FOLDER, check, load
from tests.support.folders import (
    cell,
    copied,
    line_of,
    rows,
    rows_of,
    write,
)


def test_lines_are_counted_over_quoted_line_breaks(folder: Path) -> None:
    cell("observations.csv", 3, "note", "first\nsecond\r\nthird")(folder)
    cell("observations.csv", 14, "value", "104")(folder)
    faults = check(folder).faults
    assert [(fault.line, fault.column) for fault in faults] == [(16, "value")]
    assert (
        "104"
        in (folder / "observations.csv").read_text(encoding="utf-8").split("\n")[faults[0].line - 1]
    )


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert check(folder).faults == ()
    assert load(folder).observations == load().observations


def test_at_most_200_faults_are_printed(folder: Path) -> None:
    path = folder / "observations.csv"
    table = rows_of(path)
    at = table[0].index("value")
    write(path, [table[0], *([*row[:at], "many", *row[at + 1 :]] for row in table[1:])])
    lines = CliRunner().invoke(main, ["check", str(folder)]).output.splitlines()
    assert len(lines) == 201
    assert lines[-1] == "and 397 more"


def test_a_faulty_value_cannot_act_on_the_terminal(folder: Path) -> None:
    cell("observations.csv", 14, "value", "\x1b[2J\n7")(folder)
    assert r'column value: "\x1b[2J\n7" - expected' in str(check(folder).faults[0])


WARNINGS = {
    "value that n does not allow": (
        "observations.csv",
        {
            "survey_id": "se-2021-workplace",
            "segment": "group=broad-innovators",
            "n": "76",
            "concept": "cond_funding",
        },
        "value",
        "23",
        'column value: "23" - expected a value that a whole number of 76 answers can give',
    ),
    "n above the innovations": (
        "observations.csv",
        {"survey_id": "dk-2023", "concept": "type_process"},
        "n",
        "1353",
        'column n: "1353" - expected at most 1352, the innovations_n of the survey in surveys.csv',
    ),
    "n above the respondents": (
        "observations.csv",
        {"survey_id": "dk-2017", "concept": "type_service"},
        "n",
        "2364",
        'column n: "2364" - expected at most 2363, the respondents of the survey in surveys.csv',
    ),
}


@pytest.mark.parametrize("kind", WARNINGS)
def test_unusual_is_a_warning_and_no_fault(folder: Path, kind: str) -> None:
    file, where, column, value, text = WARNINGS[kind]
    cell(file, line_of(file, **where), column, value)(folder)
    checked = check(folder)
    assert checked.faults == ()
    assert [str(warning) for warning in checked.warnings if text in str(warning)]
    result = CliRunner().invoke(main, ["check", str(folder)])
    assert result.exit_code == 0
    assert result.output.startswith("warning: ")
    assert "; no faults, 1 warning" in result.output


def test_announced_figures_that_are_missing_are_a_warning(folder: Path) -> None:
    rows("observations.csv", lambda table: [row for row in table if row[0] != "nl-2021"])(folder)
    assert [str(warning) for warning in check(folder).warnings] == [
        'surveys.csv, line 34, column has_figures: "yes" - expected figures of this survey in observations.csv'
    ]


def test_the_projects_data_pass_and_are_counted_in_one_line() -> None:
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 0
    assert (
        result.output
        == "597 figures, 34 surveys, 122 concepts, 92 sources; release 2026.2 of 2026-11-26; no faults, 0 warnings\n"
    )


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(tmp_path / "none")])
    assert result.exit_code == 1
    assert (
        result.output == f"{tmp_path / 'none'}: missing - expected a folder with the data package\n"
    )


@given(
    file=st.sampled_from(
        sorted(path.name for path in DATA_FOLDER.iterdir() if path.suffix in (".csv", ".json"))
    ),
    content=st.binary(),
)
@example(file="observations.csv", content=b"\0")
@example(file="codes.csv", content=b'"')
@example(
    file="datapackage.json",
    content=b'{"resources": [1, {"schema": {"fields": [null, {"constraints": 3}]}}]}',
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_content_of_a_file_ends_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, file: str, content: bytes
) -> None:
    copy = copied(tmp_path_factory.mktemp("any"))
    (copy / file).write_bytes(content)
    faults = check(copy).faults
    assert faults
    assert all("\n" not in str(fault) for fault in faults)
    shutil.rmtree(copy)
