"""A start that fails says why."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard import gunicorn
from dashboard.web import create_app
from tests.support.server import ROOT, SERVE, run


def test_broken_data_stop_the_start_with_the_words_of_the_check(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "data", tmp_path / "data")
    (folder / "concepts.csv").unlink()
    lines = (folder / "observations.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "observations.csv").write_text("".join([*lines, lines[-1]]), encoding="utf-8")
    checked = run(sys.executable, "-m", "dashboard", "check", str(folder))
    started = run(*SERVE, BAROMETER_DATA=str(folder), PORT="0", WEB_CONCURRENCY="1")
    assert checked.returncode == 1
    assert "concepts.csv" in checked.stdout
    assert started.returncode != 0
    assert checked.stdout.strip() in started.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "eighty"), ("PORT", "65536"), ("HOST", "a b"), ("BAROMETER_QUERY_LIMIT", "-1")],
)
def test_a_setting_that_is_not_allowed_stops_the_start_with_one_sentence(
    name: str, value: str
) -> None:
    started = run(*SERVE, **{"PORT": "0", name: value})
    assert started.returncode != 0
    [sentence] = started.stderr.strip().splitlines()
    assert sentence.startswith(f"{name}={value!r} is not allowed; expected ")


def test_a_missing_data_folder_stops_the_start(tmp_path: Path) -> None:
    started = run(*SERVE, BAROMETER_DATA=str(tmp_path / "nowhere"), PORT="0", WEB_CONCURRENCY="1")
    assert started.returncode != 0
    assert str(tmp_path / "nowhere") in started.stderr


def test_data_that_turn_faulty_are_named_and_leave_the_site_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BAROMETER_DATA", str(tmp_path / "nowhere"))
    app = SimpleNamespace(callable="as it was", wsgi=create_app)
    gunicorn.on_reload(SimpleNamespace(cfg=SimpleNamespace(reload=False), app=app))
    assert app.callable == "as it was"
    assert str(tmp_path / "nowhere") in capsys.readouterr().err


@pytest.mark.parametrize("workers", ["abc", "1.5", "0"])
def test_a_number_of_workers_that_is_none_stops_the_start_with_one_sentence(workers: str) -> None:
    started = run(sys.executable, "-m", "dashboard", "serve", PORT="0", WEB_CONCURRENCY=workers)
    assert started.returncode != 0
    assert started.stderr.splitlines() == [
        f"WEB_CONCURRENCY={workers!r} is not allowed; expected a whole number from 1 to 256"
    ]


def test_the_command_that_serves_reads_neither_data_nor_program_before_the_server_does() -> None:
    listed = "import sys, dashboard.__main__; print(*sorted(sys.modules))"
    modules = run(sys.executable, "-c", listed).stdout.split()
    ours = {name for name in modules if name.partition(".")[0] == "dashboard"}
    assert ours == {"dashboard", "dashboard.__main__", "dashboard.settings"}
    assert {"click", "sys"} <= {*modules}
    assert not {"pandas", "numpy", "dash", "flask"} & {*modules}
