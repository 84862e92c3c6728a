"""The project's own promises: documentation, locks, versions and the import rule."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import plotly.offline
import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.server import ROOT

LOCKS = (
    "requirements.txt",
    "requirements-intake.txt",
    "requirements-spark.txt",
    "requirements-dev.txt",
    "requirements-node.txt",
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def locked(name: str) -> dict[str, list[Requirement]]:
    """Package -> its pinned requirements (several where Python versions differ)."""
    pins: dict[str, list[Requirement]] = {}
    for line in re.findall(r"^[a-z0-9].*==.*$", read(name), re.MULTILINE):
        requirement = Requirement(line.rstrip("\\ "))
        pins.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return pins


@pytest.mark.parametrize(
    ("lock", "declared"),
    [
        ("requirements.txt", PROJECT["project"]["dependencies"]),
        (
            "requirements-intake.txt",
            PROJECT["project"]["dependencies"]
            + PROJECT["project"]["optional-dependencies"]["intake"],
        ),
        (
            "requirements-spark.txt",
            PROJECT["project"]["dependencies"]
            + PROJECT["project"]["optional-dependencies"]["intake"]
            + PROJECT["project"]["optional-dependencies"]["spark"],
        ),
        (
            "requirements-dev.txt",
            PROJECT["project"]["dependencies"]
            + PROJECT["project"]["optional-dependencies"]["spark"]
            + PROJECT["dependency-groups"]["dev"],
        ),
        ("requirements-node.txt", PROJECT["dependency-groups"]["node"]),
    ],
)
def test_each_dependency_is_locked_within_its_bounds(lock: str, declared: list[str]) -> None:
    pins = locked(lock)
    for requirement in map(Requirement, declared):
        for pin in pins[canonicalize_name(requirement.name)]:
            [version] = [part.version for part in pin.specifier]
            assert requirement.specifier.contains(version), (
                f"{requirement} but {lock} has {version}; `make lock` renews it"
            )
        assert any(part.operator in {"<", "=="} for part in requirement.specifier), (
            f"{requirement} has no upper bound"
        )


def test_what_runs_is_what_is_tested() -> None:
    tested = locked("requirements-dev.txt")
    for name, pins in locked("requirements.txt").items():
        assert {str(pin.specifier) for pin in pins} <= {
            str(pin.specifier) for pin in tested[name]
        }, name
    assert not {"pytest", "ruff", "playwright"} & locked("requirements.txt").keys()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_python_lock_pins_hashes_and_names_no_host(lock: str) -> None:
    text = read(lock)
    assert "://" not in text
    assert not re.search(r"^--?(index|extra|find|trusted)", text, re.MULTILINE)
    pins = re.findall(r"^[a-z0-9][^\n]*(?:\n {4}[^\n]*)*", text, re.MULTILINE)
    assert pins
    assert all("--hash=sha256:" in pin for pin in pins)


def test_the_npm_lock_pins_hashes_and_names_no_registry() -> None:
    packages = {
        name: entry
        for name, entry in json.loads(read("package-lock.json"))["packages"].items()
        if name
    }
    assert packages
    assert all(
        entry["integrity"].startswith("sha512-") and "resolved" not in entry
        for entry in packages.values()
    )


def test_plotly_is_one_version_in_python_and_in_the_browser() -> None:
    wanted = json.loads(read("package.json"))["dependencies"]
    assert wanted["plotly.js-basic-dist-min"] == plotly.offline.get_plotlyjs_version()
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values()), (
        "pin exact versions"
    )


def test_python_bounds_agree() -> None:
    assert PROJECT["project"]["requires-python"] == ">=3.11"
    assert "--python-version 3.11" in read("Makefile")
    assert default_environment()["python_version"] >= "3.11"


def test_ci_only_calls_make_test() -> None:
    commands = [line for line in read(".ci/run").splitlines() if line and not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "make test"]
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def test_production_and_make_run_start_the_same_server() -> None:
    command = read("Procfile").removeprefix("web: ").strip()
    assert command in read("Makefile")


def test_make_help_lists_the_commands() -> None:
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert {line.split()[1] for line in shown.splitlines()} == {
        "help",
        "run",
        "dev",
        "build",
        "test",
        "test-fast",
        "pictures",
        "lint",
        "check",
        "intake",
        "demo",
        "lock",
        "bench",
        "bench-quick",
        "bench-intake",
        "fuzz",
        "soak",
        "soak-quick",
        "sbom",
        "spark",
        "translations",
    }


def test_the_icon_is_small() -> None:
    assert (ROOT / "assets/favicon.ico").stat().st_size < 2000


@pytest.mark.parametrize(("listed", "kept"), [("there.js", True), ("there.js\nlost.js", False)])
def test_make_notices_a_lost_file_of_the_browsers(tmp_path: Path, listed: str, kept: bool) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    folder = tmp_path / ".cache/static"
    folder.mkdir(parents=True)
    (folder / "there.js").touch()
    stamp = folder / "static.stamp"
    stamp.write_text(f"{listed}\n", encoding="utf-8")
    subprocess.run(["make", "help"], cwd=tmp_path, capture_output=True, check=True)
    assert stamp.exists() == kept


def test_no_module_imports_against_the_flow() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    checked = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
