"""The small job that every peer does: six charts, one a country, and one change of the sector.

    .venv/bin/python -m benchmarks.small_job FILE

writes it as JSON. The figures are those that our own page draws at ``ADDRESSES``, so that all draw the same.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from dashboard import charts  # noqa: F401 -- registers the types of charts that an address may name
from dashboard.dataset import Dataset, load
from dashboard.query import Value, build_index, view
from dashboard.selection import parse
from dashboard.text import Localizer

COUNTRIES = ("DK", "NO", "SE", "FI", "IS", "NL")
ADDRESSES: Mapping[str, str] = {
    "All sectors": "theme=drivers&view=bars",
    "Municipal": "theme=drivers&view=bars&sector=municipal",
}
"""Choice of the sector -> our address that shows it; the first is what a visit opens with, the second what is clicked."""


@dataclass(frozen=True)
class Bar:
    """One bar of one chart under one choice of the sector."""

    sector: str
    """Choice under which it is drawn, a key of ``ADDRESSES``."""
    country: str
    """Name of the country, the title of the chart."""
    indicator: str
    """Its row; rows stand in the order of their first bar."""
    population: str
    """Whom it is about, its colour: a sector, with who answered where a country has two kinds of respondents."""
    value: float
    """Percent, 0-100."""
    position: int
    """Of the figure in the data."""


@dataclass(frozen=True)
class SmallJob:
    """What a peer reads: titles of the charts in their order, choices of the sector in theirs, and every bar."""

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    bars: tuple[Bar, ...]

    def counts(self, sector: str) -> list[int]:
        """How many bars each chart has under a choice, chart by chart: what tells that it is painted."""
        return [
            sum(bar.sector == sector and bar.country == country for bar in self.bars)
            for country in self.countries
        ]


def small_job(dataset: Dataset) -> SmallJob:
    """The small job from the published figures, its words in English."""
    loc = Localizer(dataset)
    index = build_index(dataset)
    bars = []
    for sector, address in ADDRESSES.items():
        shown = view(index, parse(address, index.vocabulary).selection)
        values = [
            value
            for section in shown.sections
            for row in section.rows
            for cell in row.cells
            for value in cell.values
        ]
        bars += [_bar(loc, sector, value, values) for value in values]
    names = tuple(loc.label("country", country) for country in COUNTRIES)
    return SmallJob(names, tuple(ADDRESSES), tuple(bars))


def _bar(loc: Localizer, sector: str, value: Value, among: list[Value]) -> Bar:
    figure = value.observation
    levels = {
        each.observation.level for each in among if each.observation.country == figure.country
    }
    population = loc.population(value.population)
    if len(levels) > 1:
        population = f"{population}, {loc.lower('level', figure.level)}"
    return Bar(
        sector=sector,
        country=loc.label("country", figure.country),
        indicator=loc.measure(value.measure),
        population=population,
        value=figure.value,
        position=figure.position,
    )


def write(path: Path) -> SmallJob:
    """Write the small job of the published data where the peers read it."""
    job = small_job(load())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(job), ensure_ascii=False, indent=1), encoding="utf-8")
    return job


if __name__ == "__main__":
    write(Path(sys.argv[1]))
