"""The import rule can fail: each contract is broken once, in a copy of the package, and says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = SETTINGS["tool"]["importlinter"]["contracts"]
PLANTED = {
    "One flow, one direction": ("query/view.py", "import dashboard.layout"),
    "Dash stays in layout, callbacks and web": ("query/view.py", "import dash"),
    "What draws stays in render": ("formats/csv.py", "import resvg_py"),
    "Flask stays in web": ("layout/page.py", "import flask"),
    "pandas stays in dataset and intake": ("formats/csv.py", "import pandas"),
    "Only the command line imports intake": ("web/app.py", "import dashboard.intake.types"),
    "What an import needs stays in intake": ("formats/csv.py", "import duckdb"),
    "An import flows one way": ("intake/types.py", "import dashboard.intake.codebook"),
    "Answers flow one way": ("intake/answers/labels.py", "import dashboard.intake.answers.files"),
    "What is withheld flows one way": (
        "intake/disclosure/relations.py",
        "import dashboard.intake.disclosure.audit",
    ),
    "A draft flows one way": ("intake/drafts/toml.py", "import dashboard.intake.drafts.draft"),
    "Estimates flow one way": (
        "intake/estimates/grouping.py",
        "import dashboard.intake.estimates.sums",
    ),
    "Official tables flow one way": (
        "intake/tables/codebook.py",
        "import dashboard.intake.tables.mapping",
    ),
    "A table of the web flows one way": (
        "intake/web/addresses.py",
        "import dashboard.intake.web.client",
    ),
}
"""Contract -> a module and an import that breaks it."""


def linted(folder: Path) -> subprocess.CompletedProcess[str]:
    """The answer of the linter on a copy of the package."""
    program = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A folder with the package and its settings."""
    shutil.copytree(
        ROOT / "dashboard", tmp_path / "dashboard", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_has_a_planted_import() -> None:
    assert {contract["name"] for contract in CONTRACTS} == set(PLANTED)


def test_the_package_as_it_is_keeps_all_contracts(copied: Path) -> None:
    done = linted(copied)
    assert done.returncode == 0, done.stdout
    assert f"{len(CONTRACTS)} kept, 0 broken" in done.stdout


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_import_breaks_its_contract(copied: Path, contract: str) -> None:
    folder, line = PLANTED[contract]
    module = copied / "dashboard" / folder
    module.write_text(f"{module.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    done = linted(copied)
    assert done.returncode == 1, done.stdout
    assert f"{contract} BROKEN" in done.stdout
