"""What of a section a picture draws where it has no room for all of it.

Figures that the title names stay longest. What compares least gives way first: lines of which no two figures may be compared,
then those with figures of one country alone, then those whose figures are of different sectors; of each those whose figures
differ least, or the smallest where nothing stands beside another. Lines are rows, all those of an indicator where each is of one
sector, or panels where each is an indicator or joins editions; of other panels first the one that has the fewest figures to
compare.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from dashboard.charts import answered, companions, denied, told
from dashboard.charts.fewest import Cut, Fits, most_left
from dashboard.charts.lessened import without
from dashboard.comparability import ALL, SmallBaseThresholds
from dashboard.dataset import Dataset
from dashboard.query import Measure, Section, Value
from dashboard.query.facts import level_of

_ALONE = 1
"""How long a line stays that has figures of one country alone; others as long as ``companions`` says, or 0."""


@dataclass(frozen=True, slots=True)
class Cutter:
    """Leaves out of sections what compares least."""

    dataset: Dataset
    thresholds: SmallBaseThresholds
    named: Collection[int]
    """Positions of figures that stay longest."""
    across_countries: bool
    """Whether figures of different countries are compared, not those of one."""
    keeps_wholes: bool = False
    """Whether lines with a figure of all sectors stay longer than others."""
    few_bases: bool = False
    """Whether of as many comparisons those stay that have the fewest bases; else those of most countries."""
    leading: Collection[str] = ()
    """Indicators that are shown where countries and comparisons stay."""
    comparable_first: bool = False
    """Whether a row whose figures may be compared stays longer than several of which one sees why they may not."""
    near: bool = False
    """Whether shares of nearly the same thing are compared."""
    _found: dict[tuple[int, ...], dict[int, int]] = field(default_factory=dict, compare=False)
    """Positions of figures of a line -> those that go with another, as far as that was asked."""

    def fitting(self, section: Section, fits: Fits, *, joins_editions: bool) -> Section:
        """The most of a section that fits, without what has no figure; a single row and panel where nothing does.

        With ``joins_editions`` rows are the lines of a panel, which keeps all of them unless it is alone.
        """
        section = self.without(section)
        if fits(section):
            return section
        shown = self._cut(section, fits, joins_editions=joins_editions)
        if joins_editions and (doubted := self._in_doubt_for_others(section, shown)):
            section = self.without(section, panels=doubted)
            return self.fitting(section, fits, joins_editions=True)
        return shown

    def _cut(self, section: Section, fits: Fits, *, joins_editions: bool) -> Section:
        of_indicators = all(isinstance(panel.header, Measure) for panel in section.panels)
        if joins_editions or of_indicators:
            lines = list(map(section.values_of, section.panels))
            order = self._lines_giving_way(lines)
            if joins_editions:
                order = self._least_course_first(section, order, lines)
            found = most_left(order, lambda gone: self.without(section, panels=gone), fits)
            shown = found.refilled(fits).section if found else None
            if not of_indicators:
                return self._over_editions(section, order, shown, fits)
            if shown:
                return shown
            section = self.without(section, panels=order[:-1])
        return self._fewer_rows(section, fits)

    def _in_doubt_for_others(self, section: Section, shown: Section) -> list[int]:
        """Indices of panels without a line free of doubt, of which one is shown where another gave way that has such figures too;
        none where the title names them or fewer than two others are left."""

        def in_doubt(at: int) -> bool:
            values = section.values_of(section.panels[at])
            lines = (line for row in section.rows for line in row.cells[at].lines)
            return all(map(told.doubted, lines)) and not self._names(values)

        found = list(filter(in_doubt, range(len(section.panels))))
        left = {panel.header for panel in shown.panels}
        measures = {value.measure for value in shown.values}
        gone = any(
            panel.header not in left
            and any(value.measure in measures for value in section.values_of(panel))
            for at, panel in enumerate(section.panels)
            if at not in found
        )
        held = any(section.panels[at].header in left for at in found)
        return found if held and gone and len(section.panels) - len(found) > 1 else []

    def _over_editions(
        self, section: Section, panels: Sequence[int], shown: Section | None, fits: Fits
    ) -> Section:
        """What is ``shown`` with fewer panels, or fewer rows of all, or the first indicator in fewer panels with the rows that fit
        there: that in which title, first indicator and most countries stay. ``panels``: indices, what gives way first."""
        first = section.rows[0].header
        order = self._least_course_first(
            section, self._rows_giving_way(section), [row.values for row in section.rows]
        )
        # The first indicator stays longest, then rows of most panels.
        order.sort(
            key=lambda at: (
                self._names(section.rows[at].values),
                section.rows[at].header == first,
                told.filled(section.rows[at]),
            )
        )
        held = [] if shown is None else [shown]
        fewer = most_left(order, partial(self._without_rows, section), fits)
        if fewer:
            held.append(fewer.refilled(fits).section)
        others = [at for at in order if section.rows[at].header != first]
        about = [row for row in section.rows if row.header == first]
        alone = [at for at in panels if any(row.cells[at].values for row in about)]
        without = [at for at in panels if at not in alone]

        def leading(away: Sequence[int], gone: Sequence[int] = others) -> Section:
            return self.without(section, rows=gone, panels=[*without, *away])

        led = most_left(alone, leading, fits)
        if led:
            rows = Cut(partial(leading, led.gone), others)
            held += [rows.section, rows.refilled(fits).section]

        def worth(each: Section) -> tuple[int, bool, int, bool, int, int, int]:
            leads = any(row.header == first for row in each.rows)
            return (
                self.names(each),
                leads,
                len(told.countries(each.values)),
                # One indicator in several countries, not another one in one of them.
                len(told.countries(each.values)) > len({v.measure for v in each.values}) == 1,
                told.unbroken(section, each.values),
                told.to_read(each),
                len(each.panels),
            )

        if held:
            return max(held, key=worth)
        return self._without_rows(self.without(section, panels=panels[:-1]), order[:-1])

    def _least_course_first(
        self, section: Section, order: Sequence[int], lines: Sequence[Sequence[Value]]
    ) -> list[int]:
        """Indices of lines: those of fewest steps to be read along before others, then those in doubt, then those that end early;
        what the title names last."""

        def key(at: int) -> tuple[bool, bool, bool, int, int]:
            values = lines[at]
            steps = told.unbroken(section, values)
            newest = max(value.survey.period_end or 0 for value in values)
            return self._names(values), steps > 0, not told.doubted(values), steps, newest

        return sorted(order, key=key)

    def once(self, section: Section) -> Section:
        """The section without lines that repeat a figure of another: one may belong to several sets of comparable figures."""
        of_panels = all(isinstance(panel.header, Measure) for panel in section.panels)
        lines = (
            list(map(section.values_of, section.panels))
            if of_panels
            else [row.values for row in section.rows]
        )
        seen: set[int] = set()
        again: list[int] = []
        for at in reversed(self._lines_giving_way(lines)):
            positions = set(map(told.position, lines[at]))
            if positions & seen:
                again.append(at)
            else:
                seen |= positions
        return self.without(section, **{"panels" if of_panels else "rows": again})

    def _fewer_rows(self, section: Section, fits: Fits) -> Section:
        """The rows, and where it takes that the panels, with which most figures stand beside one that they may be compared with."""
        panels = self._panels_giving_way(section)
        best: Cut | None = None
        for steps in denied.ways(section, panels):
            best = self._best_of(section, steps, fits, best)
        if best:
            return self._leading_alone(section, led := self._led(best, fits), fits) or led
        shown = self.without(section, panels=panels[:-1])
        return self._without_rows(shown, self._rows_giving_way(shown)[:-1])

    def _best_of(
        self, section: Section, steps: Sequence[Sequence[int]], fits: Fits, best: Cut | None
    ) -> Cut | None:
        """The ``best`` known, or what is better without the panels of a step, and rows but the title's that a dash would deny."""
        held = 0
        for panels in steps:
            shown = self.without(section, panels=panels)
            *more, bases, strangers, countries, figures = self._worth(shown)
            # Of what has fewer panels only bases and strangers can be fewer.
            most = (*more, max(bases, -1), 0 * strangers, countries, figures)
            if best and self._worth(best.section) >= most:
                break
            rows = denied.denying(section, panels, self.named)
            if len(rows) == len(section.rows):
                continue
            shown = self.without(section, rows=rows, panels=panels) if rows else shown
            order = self._rows_giving_way(shown)
            if shown.sectors_apart and not self.few_bases:
                order = told.keeping_countries(shown, order)
            cut = most_left(order, partial(self._without_rows, shown), fits, held)
            held = len(order) - len(cut.gone) if cut else held
            if cut and (best is None or self._worth(cut.section) > self._worth(best.section)):
                best = cut
        return best

    def _led(self, cut: Cut, fits: Fits) -> Section:
        """What is left by a cut, with the first indicator in place of others where the countries and what compares stay; beside
        comparisons nothing that has none and is in doubt."""
        whole = cut.left_by(())
        units = told.unit_values(whole)
        doubted = [at for at in cut.gone if self._is_doubted_alone(units[at])]
        kept = cut.refilled(fits, doubted if self.comparisons(whole) else ())
        shown = kept.section
        if self.leads(shown.values) or not self.leads(whole.values):
            return shown
        order = self._rows_giving_way(whole)
        first = next(at for at in reversed(order) if self.leads(units[at]))
        gone = [at for at in kept.gone if at != first]
        others = sorted(
            (at for at in order if at not in kept.gone),
            key=lambda at: bool(self._partners(units[at])),
        )
        found = most_left(others, lambda away: self._without_rows(whole, [*gone, *away]), fits)
        # One for one where a single row has room.
        led = found.section if found else self._without_rows(whole, [*gone, *others])
        if not found and (len(others) > 1 or not fits(led)):
            return shown
        stay = told.countries(led.values) == told.countries(shown.values)
        stay = stay and self.names(led) >= self.names(shown)
        if self.comparable_first and self._likeness(led) < self._likeness(shown):
            return shown
        return led if stay and (self.comparisons(led) or not self.comparisons(shown)) else shown

    def _likeness(self, section: Section) -> int:
        """How well the figures of its most comparable row compare; 0 where none does."""
        return max(
            (
                rank
                for values in told.unit_values(section)
                for rank in self._partners(values).values()
            ),
            default=0,
        )

    def _leading_alone(self, section: Section, shown: Section, fits: Fits) -> Section | None:
        """The first indicator of a theme, where that is not shown, nor several countries; None where it has no room."""
        if (
            self.leads(shown.values)
            or not self.leads(section.values)
            or len(told.countries(shown.values)) > 1
            or self.names(shown)
        ):
            return None
        units = enumerate(told.unit_values(section))
        alone = self._without_rows(section, [at for at, each in units if not self.leads(each)])
        return alone if fits(alone) else None

    def names(self, section: Section) -> int:
        """How many figures of a section the title names."""
        return sum(told.position(value) in self.named for value in section.values)

    def comparisons(self, section: Section) -> int:
        """How many units of a section have figures that may be compared."""
        return sum(bool(self._partners(values)) for values in told.unit_values(section))

    def _worth(self, section: Section) -> tuple[int, ...]:
        """How much there is to see: figures that the title names, countries that were asked for, a row whose figures may be
        compared, those that stand beside a partner on their row, or in their unit, and if some do few bases, countries, all figures."""
        values = section.values
        least = companions.ALIKE if self.comparable_first else 0
        ranks = [rank for row in section.rows for rank in self._partners(row.values).values()]
        beside = sum(rank >= least for rank in ranks)
        near, asked = beside, 0
        if section.sectors_apart:
            near = sum(len(self._partners(each)) for each in told.headed_values(section))
            asked = 0 if self.few_bases else len(told.countries(values))
        apart = self.few_bases and near
        bases = len({panel.part for panel in section.panels}) if apart else 0
        likeness = self._likeness(section) if self.comparable_first else 0
        # Those that stand in a row beside others, none of which they may be compared with.
        lonely = sum(len(row.values) > 1 and len(row.values) for row in section.rows) - beside
        strangers = lonely if self.comparable_first else 0
        seen = (len(told.countries(values)), len(values))
        return (self.names(section), asked, likeness, beside, near, -bases, -strangers, *seen)

    def _is_doubted_alone(self, values: Sequence[Value]) -> bool:
        """Whether one of figures that stand beside those of no other country is in doubt."""
        return self.across_countries and told.doubted(values) and not self._partners(values)

    def leads(self, values: Sequence[Value]) -> bool:
        """Whether one of figures is of the first indicator of a theme."""
        return any(value.measure.indicator in self.leading for value in values)

    def _rows_giving_way(self, section: Section) -> list[int]:
        return self._lines_giving_way(told.unit_values(section))

    def _lines_giving_way(self, lines: Sequence[Sequence[Value]]) -> list[int]:
        """Indices of lines of figures, what gives way first at the begin."""

        def key(at: int) -> tuple[bool, bool, bool, int, float, int]:
            values, partners = lines[at], self._partners(lines[at])
            held = [v for v in values if not partners or told.position(v) in partners]
            figures = [value.observation.value for value in held]
            telling = max(figures) - min(figures) if partners else max(figures, default=0.0)
            beside = len(told.countries(values) if self.across_countries else values) > 1
            alone = 0 if beside or self._is_doubted_alone(values) else _ALONE
            rank = max(partners.values(), default=alone)
            whole = self.keeps_wholes and any(row.observation.sector == ALL for row in values)
            return self._names(values), rank == companions.ALIKE, whole, rank, telling, -at

        return sorted(range(len(lines)), key=key)

    def _panels_giving_way(self, section: Section) -> list[int]:
        """Indices of the panels, at the begin the one without which the fewest figures lose their partner, and so on."""
        order: list[int] = []
        left = list(range(len(section.panels)))
        held_by = {at: section.values_of(section.panels[at]) for at in left}
        whose = {told.position(value): at for at, values in held_by.items() for value in values}
        countries = {at: told.countries(values) for at, values in held_by.items()}
        levels = {at: level_of(section.panels[at].header) for at in left}
        frequent = Counter(levels.values()).most_common(1)[0][0]
        while left:
            partners = {
                position
                for values in told.unit_values(section)
                for position in self._partners(
                    [value for value in values if whose[told.position(value)] in left]
                )
            }

            def key(
                at: int, partners: Collection[int] = partners
            ) -> tuple[bool, int, bool, bool, bool, int, int]:
                values = section.values_of(section.panels[at])
                held = sum(told.position(value) in partners for value in values)
                others = {country for each in left if each != at for country in countries[each]}
                lone = section.sectors_apart and not countries[at] <= others
                # Fewer kinds of respondents stand in fewer bands.
                usual = section.sectors_apart and levels[at] == frequent
                most = not answered.is_outnumbered(at, held_by, left)
                return self._names(values), held, lone, most, usual, len(values), -at

            order.append(min(left, key=key))
            left.remove(order[-1])
        return order

    def _partners(self, values: Sequence[Value]) -> dict[int, int]:
        places = tuple(map(told.position, values))
        if places not in self._found:
            among = partial(companions.of, across_countries=self.across_countries, near=self.near)
            self._found[places] = among(self.dataset, self.thresholds, values)
        return self._found[places]

    def _names(self, values: Sequence[Value]) -> bool:
        return any(told.position(value) in self.named for value in values)

    def _without_rows(self, section: Section, units: Collection[int]) -> Section:
        """The section without the rows of some units."""
        held = told.units(section)
        return self.without(section, rows=[at for each in units for at in held[each]])

    def wholes_and_partners(self, section: Section) -> Section:
        """The section without the rows whose figures are all of a sector that one of all sectors stands for, unless some stand beside a
        partner or the title names them."""
        parts = told.parts(section)
        gone = [
            at
            for at, row in enumerate(section.rows)
            if parts.issuperset(map(told.position, row.values))
            and not self._partners(row.values)
            and not self._names(row.values)
        ]
        return self.without(section, rows=gone)

    def without_figures(self, section: Section, gone: Collection[int]) -> Section:
        """The section without the figures at some positions."""
        rows = tuple(told.without(row, gone) for row in section.rows)
        return self.without(replace(section, rows=rows))

    def without(
        self, section: Section, *, rows: Collection[int] = (), panels: Collection[int] = ()
    ) -> Section:
        """The section without some rows and panels, by their indices, and without what then has no figure."""
        return without(self.dataset, self.thresholds, section, rows=rows, panels=panels)
