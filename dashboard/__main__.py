"""The command line: ``python -m dashboard COMMAND``."""

from __future__ import annotations

import compileall
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from dashboard.settings import SettingsError, from_env

# Each command imports what it alone needs: ``serve`` becomes gunicorn, which reads the data itself.

DATA = Path(__file__).parents[1] / "data"
"""The project's own data folder."""
EXTRA = frozenset({"duckdb", "narwhals", "openpyxl", "pyreadstat", "scipy"})
"""What an import needs beside what the site needs."""
GUNICORN = ("--config", "python:dashboard.gunicorn", "dashboard.web:create_app()")
"""What gunicorn is started with."""


@click.group()
def main() -> None:
    """Innovation barometers of the Nordic countries and the Netherlands, side by side."""


@main.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=DATA)
def check(folder: Path) -> None:
    """Validate a data folder (by default the project's own) and print every fault; exit 1 if there is one."""
    from dashboard import checking

    faults, said = checking.checked(folder)
    click.echo(said)
    sys.exit(1 if faults else 0)


@main.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=DATA)
def release(folder: Path) -> None:
    """Keep the present release of a data folder for addresses that name it; do this before the figures change."""
    from dashboard.dataset import DataError, archive_release

    try:
        click.echo(f"kept {archive_release(folder)}")
    except (DataError, FileExistsError) as error:
        click.echo(error)
        sys.exit(1)


@main.command("import")
@click.argument("codebook", type=click.Path(path_type=Path))
@click.option(
    "--into", type=click.Path(path_type=Path), help="Data folder, a new one or one that is there."
)
@click.option("--engine", type=click.Choice(["auto", "pandas", "duckdb", "spark"]), default="auto")
@click.option(
    "--master", metavar="URL", default="", help="Of the cluster that Spark works on; this machine."
)
@click.option("--remote", metavar="URL", default="", help="Of a Spark Connect server.")
@click.option("--check-only", is_flag=True, help="Do all but write the folder.")
def import_(
    codebook: Path, into: Path | None, engine: str, master: str, remote: str, check_only: bool
) -> None:
    """Make figures of the answers to a survey, as CODEBOOK (TOML) says, and put them into a data folder; see docs/import.md."""
    if (master or remote) and engine != "spark":
        raise click.UsageError("--master and --remote are for --engine spark")
    with _installed():
        from dashboard.intake import faults, run
        from dashboard.intake.answers import clusters

    try:
        done = run.run(
            codebook,
            into,
            engine,
            cluster=clusters.Cluster(master, remote),
            check_only=check_only,
            progress=_shown("estimating"),
        )
    except faults.Refused as error:
        click.echo(error)
        sys.exit(1)
    click.echo(done)


@main.command("draft")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), help="A new file; by default it is printed."
)
@click.option("--encoding", default="", help="Of FILE, where it does not name its own.")
def draft_(file: Path, out: Path | None, encoding: str) -> None:
    """Draft the codebook of FILE (SPSS, Stata, SAS or a DDI codebook) from its labels, to be finished by hand; see docs/import.md."""
    with _installed():
        from dashboard.intake import faults
        from dashboard.intake.drafts import draft
    try:
        text = draft.draft(file, encoding).encode()
    except faults.Refused as error:
        click.echo(error, err=True)
        sys.exit(1)
    if out is None:
        sys.stdout.buffer.write(text)
        return
    try:
        with out.open("xb") as made:
            made.write(text)
    except OSError as error:
        click.echo(f"{out}: {error.strerror} - expected a new file", err=True)
        sys.exit(1)


@main.command("convert")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("into", type=click.Path(path_type=Path))
@click.option("--encoding", default="", help="Of FILE, where it does not name its own.")
def convert_(file: Path, into: Path, encoding: str) -> None:
    """Write the answers of FILE (SPSS, Stata or SAS) as Parquet, INTO a new file, however large they are; see docs/import.md."""
    with _installed():
        from dashboard.intake import faults
        from dashboard.intake.answers import convert
    try:
        done = convert.convert(file, into, encoding, _shown("converting"))
    except faults.Refused as error:
        click.echo(error, err=True)
        sys.exit(1)
    click.echo(done)


@contextmanager
def _installed() -> Iterator[None]:
    """Says how to get what an import needs where it is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in EXTRA:
            raise
        click.echo(f"{package} is missing: `make intake` installs what an import needs", err=True)
        sys.exit(1)


def _shown(label: str) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Shows on a terminal how many parts of some work are done."""

    def shown(parts: Iterable[Any]) -> Iterator[Any]:
        hidden = not sys.stderr.isatty()
        with click.progressbar(parts, label=label, file=sys.stderr, hidden=hidden) as bar:
            yield from bar

    return shown


@main.command()
def build() -> None:
    """Prepare what the browser loads, and print what each file costs a first visit; compile the program, so that it starts sooner."""
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


if __name__ == "__main__":
    main(prog_name="python -m dashboard")
