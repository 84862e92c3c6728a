"""``python -m dashboard import``: what it says, and that nothing else needs what it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from dashboard.__main__ import EXTRA, main
from tests.support.folders import copied, version
from tests.support.intake import SURVEY, survey, tables
from tests.support.server import ROOT


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["import", *map(str, arguments)])
    return done.exit_code, done.output


def test_the_command_says_what_it_has_done(tmp_path: Path) -> None:
    path = survey(tmp_path / "own")
    code, said = run(path, "--into", tmp_path / "data", "--engine", "duckdb")
    assert code == 0
    assert said.startswith(f"{SURVEY}: ")
    assert said.endswith(f"of 600 rows (duckdb); in {tmp_path / 'data'}\n")
    assert (tmp_path / "data" / "observations.csv").is_file()


def test_the_command_only_checks_where_that_is_asked(tmp_path: Path) -> None:
    path = survey(tmp_path / "own")
    before = tables(tmp_path)
    code, said = run(path, "--check-only")
    assert (code, said.endswith("rows (pandas); nothing written\n")) == (0, True)
    assert tables(tmp_path) == before


def test_the_command_says_why_it_refuses(tmp_path: Path) -> None:
    code, said = run(survey(tmp_path / "own", {"base = 10\n": ""}))
    assert code == 1
    assert (
        said
        == "barometer.toml, [disclosure] base: missing - expected a whole number from 1 to 10000\n"
    )


def test_a_release_that_is_kept_needs_a_new_version(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    version(folder, "2026.9")
    assert CliRunner().invoke(main, ["release", str(folder)]).exit_code == 0
    code, said = run(survey(tmp_path / "own"), "--into", folder)
    assert code == 0
    assert 'to do: datapackage.json, column version: "2026.9" - expected a new version' in said


def program(text: str) -> subprocess.CompletedProcess[str]:
    """A program in which what an import needs is not installed."""
    lost = "import sys; sys.modules.update(dict.fromkeys({names}))\n".format(
        names=sorted(EXTRA - {"narwhals"})
    )
    return subprocess.run(
        [sys.executable, "-c", lost + text], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_without_what_it_needs_the_command_says_how_to_get_it(tmp_path: Path) -> None:
    path = survey(tmp_path / "own")
    text = f"from dashboard.__main__ import main; main(['import', {str(path)!r}])"
    done = program(text)
    assert done.returncode == 1
    assert "`make intake` installs what an import needs" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_site_starts_without_what_an_import_needs() -> None:
    done = program(
        "from dashboard.settings import Settings\n"
        "from dashboard.web import create_app\n"
        "client = create_app(Settings(drawings=0)).test_client()\n"
        "print(client.get('/').status_code, client.get('/data.csv').status_code)\n"
        "print(any(name.startswith('dashboard.intake') for name in sys.modules))\n"
    )
    assert (done.stdout, done.returncode) == ("200 200\nFalse\n", 0), done.stderr
