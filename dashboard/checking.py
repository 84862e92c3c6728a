"""What ``python -m dashboard check`` says of a data folder."""

from __future__ import annotations

from pathlib import Path

from dashboard import charts  # noqa: F401 -- registers the types of charts that an address may name
from dashboard.dataset import Checked, Fault, check, load, report, version_faults
from dashboard.query import build_index, questions


def checked(folder: Path) -> tuple[tuple[Fault, ...], str]:
    """The faults of a folder, and the text that names them; without faults warnings and what there is of everything."""
    found = check(folder)
    faults = found.faults or (*_unsound(folder), *version_faults(folder, found.release))
    if faults:
        return faults, report(faults)
    warnings = (f"warning: {warning}" for warning in found.warnings)
    return (), "\n".join([*warnings, _counts(found)])


def _unsound(folder: Path) -> tuple[Fault, ...]:
    """Questions that do not open as meant and findings that do not hold: known only once the tables are sound."""
    dataset = load(folder)
    return tuple(questions.faults(build_index(dataset))) if dataset.questions else ()


def _counts(found: Checked) -> str:
    tables = (
        ("observations", "figures"),
        ("surveys", "surveys"),
        ("concepts", "concepts"),
        ("sources", "sources"),
    )
    counted = ", ".join(f"{found.counts[table]} {noun}" for table, noun in tables)
    number = len(found.warnings)
    warnings = f"{number} warning{'' if number == 1 else 's'}"
    return f"{counted}; release {found.release} of {found.released}; no faults, {warnings}"
