"""The command line: ``python -m dashboard COMMAND``."""

from __future__ import annotations

import compileall
import os
import sys
from pathlib import Path

import click

from dashboard import charts  # noqa: F401 -- registers the types of charts that an address may name
from dashboard.dataset import (
    DATA_FOLDER,
    Checked,
    DataError,
    Fault,
    archive_release,
    load,
    report,
    version_faults,
)
from dashboard.dataset import check as check_folder
from dashboard.query import build_index, questions
from dashboard.settings import SettingsError, from_env

GUNICORN = ("--config", "python:dashboard.gunicorn", "dashboard.web:create_app()")
"""What gunicorn is started with."""


@click.group()
def main() -> None:
    """Innovation barometers of the Nordic countries and the Netherlands, side by side."""


@main.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=DATA_FOLDER)
def check(folder: Path) -> None:
    """Validate a data folder (by default the project's own) and print every fault; exit 1 if there is one."""
    checked = check_folder(folder)
    faults = checked.faults or (*_unsound(folder), *version_faults(folder, checked.release))
    if faults:
        click.echo(report(faults))
        sys.exit(1)
    for warning in checked.warnings:
        click.echo(f"warning: {warning}")
    click.echo(_counts(checked))


@main.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=DATA_FOLDER)
def release(folder: Path) -> None:
    """Keep the present release of a data folder for addresses that name it; do this before the figures change."""
    try:
        click.echo(f"kept {archive_release(folder)}")
    except (DataError, FileExistsError) as error:
        click.echo(error)
        sys.exit(1)


@main.command()
def build() -> None:
    """Prepare what the browser loads, and print what each file costs a first visit; compile the program, so that it starts sooner."""
    # The other commands need nothing of the site.
    from dashboard.web.static import build as static

    try:
        sizes = static.build()
    except static.StaticError as error:
        click.echo(error, err=True)
        sys.exit(1)
    for name, size in sorted(sizes.items()):
        click.echo(f"{size / 1000:8.1f} kB  {name}")
    compileall.compile_dir(Path(__file__).parent, quiet=1)


@main.command()
def serve() -> None:
    """Serve the site with gunicorn, unless a setting is not allowed."""
    try:
        workers = from_env(os.environ).workers
    except SettingsError as error:
        click.echo(error, err=True)
        sys.exit(1)
    # gunicorn reads this one itself, before its configuration is asked, and takes no blank.
    os.environ["WEB_CONCURRENCY"] = str(workers)
    os.execv(sys.executable, (sys.executable, "-m", "gunicorn", *GUNICORN))  # noqa: S606 - no shell is meant


def _unsound(folder: Path) -> tuple[Fault, ...]:
    """Questions that do not open as meant and findings that do not hold: known only once the tables are sound."""
    dataset = load(folder)
    return tuple(questions.faults(build_index(dataset))) if dataset.questions else ()


def _counts(checked: Checked) -> str:
    tables = (
        ("observations", "figures"),
        ("surveys", "surveys"),
        ("concepts", "concepts"),
        ("sources", "sources"),
    )
    counted = ", ".join(f"{checked.counts[table]} {noun}" for table, noun in tables)
    number = len(checked.warnings)
    warnings = f"{number} warning{'' if number == 1 else 's'}"
    return f"{counted}; release {checked.release} of {checked.released}; no faults, {warnings}"


if __name__ == "__main__":
    main(prog_name="python -m dashboard")
