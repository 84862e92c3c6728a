"""Rows of one sector each of a picture, as few of an indicator as show every country that has a figure of it."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.charts import companions, told
from dashboard.charts.cut import Cutter
from dashboard.charts.made import Made
from dashboard.comparability import ALL
from dashboard.query import Section


def wider(cut: Cutter, whole: Section, made: Made, fitting: Callable[[Section], Made]) -> Made:
    """What is drawn of a whole section, or where something had to give way as much as is ``fitting`` with a low row of an indicator for
    each country in place of further sectors: where that has more countries or, of as many, more indicators. What the title names
    stays, and of as many countries as many comparisons."""
    shown = made[1]
    if shown == whole:
        return made
    low = _low(cut, whole)
    if low == whole:
        return made
    other = fitting(low)
    return other if _worth(cut, other[1]) > _worth(cut, shown) else made


def _worth(cut: Cutter, section: Section) -> tuple[int, int, int, int]:
    """How many figures the title names, how many countries there are, comparisons, and indicators."""
    indicators = {value.measure.indicator for value in section.values}
    countries = told.countries(section.values)
    return cut.names(section), len(countries), cut.comparisons(section), len(indicators)


def _low(cut: Cutter, section: Section) -> Section:
    """A section with the rows of each unit that bring a country not yet seen: those of the title first, then of all sectors, then those
    that may be compared, then those of most countries."""
    gone: list[int] = []
    for unit in told.units(section):
        seen = set[str]()

        def key(at: int) -> tuple[bool, bool, bool, int]:
            values = section.rows[at].values
            named = any(told.position(value) in cut.named for value in values)
            found = companions.of(
                cut.dataset, cut.thresholds, values, across_countries=cut.across_countries
            )
            whole = any(value.observation.sector == ALL for value in values)
            alike = companions.ALIKE in found.values()
            return not named, not whole, not alike, -len(told.countries(values))

        for at in sorted(unit, key=key):
            values = section.rows[at].values
            countries = told.countries(values)
            named = any(told.position(value) in cut.named for value in values)
            if countries <= seen and not named:
                gone.append(at)
            seen |= countries
    return cut.without(section, rows=gone)
