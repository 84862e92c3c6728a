"""The figures of one theme -> a Section of lines: what stands on a line may be compared, and nothing else stands on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from dashboard.comparability import CARE, ground_abroad, verdict
from dashboard.dataset import Dataset, Observation
from dashboard.dataset.types import frozen
from dashboard.query.arrange import compared_position, compares_countries
from dashboard.query.facts import Owner, common_facts, value_of
from dashboard.query.index import DatasetIndex
from dashboard.query.row_sets import comparisons, comparisons_and_lone
from dashboard.query.types import (
    Base,
    Cell,
    ColourBy,
    Comparison,
    Facts,
    Header,
    Panel,
    Row,
    Section,
    Value,
    about,
)
from dashboard.selection import Selection, chart_of
from dashboard.selection.rules import in_order_of_colours

EXPECTED = ("country", "together", "by_construction")
"""Reasons for care that hold for every line of countries, or of broad innovators and others, and are said once."""
_PAIR = 2
"""Figures that a judgement is about."""
_Member = tuple[tuple[int, ...], Header, Value]
"""A figure of a line: its place among the series, what it is a share of, and itself."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line before it is a row: where it stands, and its figures."""

    panel: Header
    header: Header
    at: int
    """Which of the lines of its header."""
    values: tuple[Value, ...]

    @property
    def countries(self) -> int:
        """How many countries it has figures of."""
        return len({value.respondents.country for value in self.values})

    @property
    def is_lone(self) -> bool:
        """Whether it has one figure."""
        return len(self.values) == 1

    @property
    def spread(self) -> float:
        """Points between its least and its greatest figure."""
        figures = [value.observation.value for value in self.values]
        return max(figures) - min(figures)


def comparisons_section(
    index: DatasetIndex,
    selection: Selection,
    theme: str,
    rows: Sequence[Observation],
    off_lines: int,
) -> Section:
    """Arrange the figures of a theme that stand on lines, one panel for all that are shares of the same thing.

    ``off_lines`` counts the figures of the theme that fit the filters and stand on no line.
    """
    dataset, key = index.dataset, index.order
    facts = common_facts(dataset, selection, rows, key)
    lines = _lines(index, selection, rows, facts)
    most: Counter[Header] = Counter()
    for line in lines:
        most[line.panel] = max(most[line.panel], line.countries)
    answered = _answered(dataset, lines)
    # What most countries are compared by leads, then what workplaces say.
    bases = sorted(most, key=lambda base: (-most[base], answered[base], key(base)))
    ordered = [
        line for base in bases for line in _sorted(selection, [x for x in lines if x.panel == base])
    ]
    counts = Counter(line.header for line in lines)
    series = tuple(
        sorted({compared_position(row, selection, dataset).series for row in rows}, key=key)
    )
    return Section(
        theme=theme,
        panels=tuple(
            Panel(
                base,
                series,
                sum(len(line.values) for line in ordered if line.panel == base),
                part=at,
            )
            for at, base in enumerate(bases)
        ),
        rows=tuple(_row(index, line, bases, counts[line.header]) for line in ordered),
        indicators_total=len({about(line.header) for line in lines}),
        indicators_shown=len({about(line.header) for line in lines}),
        series=series,
        colour_by=_colour_by(selection),
        facts=frozen(facts),
        missing_countries=(),
        edition_steps=(),
        differences=index.differences.among({row.position: None for row in rows}),
        single=(),
        countries=in_order_of_colours(index.vocabulary),
        sectors=tuple(dataset.codes["sector"]),
        responses=tuple(dataset.codes["response"]),
        off_lines=off_lines,
    )


def _answered(dataset: Dataset, lines: Sequence[_Line]) -> Mapping[Header, int]:
    """Which of the kinds of respondents, in the order of the data, is the first that answered what shares of each thing are."""
    levels = list(dataset.codes["level"])
    found: dict[Header, int] = {}
    for line in lines:
        first = min(levels.index(value.respondents.level) for value in line.values)
        found[line.panel] = min(first, found.get(line.panel, first))
    return found


def _colour_by(selection: Selection) -> ColourBy:
    if selection.split:
        return "segment"
    return "country" if compares_countries(selection) else "sector"


def _lines(
    index: DatasetIndex,
    selection: Selection,
    rows: Sequence[Observation],
    facts: Mapping[Owner, Facts],
) -> list[_Line]:
    """Every line with its figures in the order of its series."""
    dataset, key = index.dataset, index.order
    members: dict[tuple[Header, int], list[_Member]] = defaultdict(list)
    set_out = comparisons if chart_of(selection).compares else comparisons_and_lone
    for position, of_figure in set_out(dataset, selection, rows, index.may_compare).items():
        row = dataset.observations[position]
        at = compared_position(row, selection, dataset)
        value = value_of(index, selection, row, facts)
        for line in of_figure:
            members[at.row, line].append((key(at.series), at.panel, value))
    return [
        _Line(
            _panel(selection, figures),
            header,
            at,
            tuple(value for _, _, value in sorted(figures, key=lambda figure: figure[0])),
        )
        for (header, at), figures in sorted(
            members.items(), key=lambda item: (key(item[0][0]), item[0][1])
        )
    ]


def _panel(selection: Selection, figures: Sequence[_Member]) -> Header:
    """What the figures of a line are shares of, by the name of all bases that count the same part; where other figures stand alone on
    theirs, by their own name if they have one, so that it heads nothing else."""
    bases = {value.observation.base for _, _, value in figures}
    if len(bases) == 1 and not chart_of(selection).compares:
        return Base(bases.pop())
    return Counter(panel for _, panel, _ in figures).most_common(1)[0][0]


def _sorted(selection: Selection, lines: list[_Line]) -> list[_Line]:
    """The lines in the order that is asked for, those of one measure together where its first one stands; equal ones as published.

    Lines of one figure stand behind those of several of their measure, and what has no others behind what has some.
    What institutions published together leads its measure, whatever countries are chosen. Of a split the lines of each measure are
    as published, so that they follow each other alike all down the chart.
    """
    if selection.sort not in ("difference", "value"):
        return lines
    size = _spread if selection.sort == "difference" else _most
    first: dict[object, int] = {}
    found = sorted(lines, key=lambda line: (line.is_lone, -size(line)))
    for at, line in enumerate(found):
        first.setdefault(about(line.header), at)
    if selection.split:
        return sorted(lines, key=lambda line: first[about(line.header)])
    return sorted(found, key=lambda line: (first[about(line.header)], not _is_together(line)))


def _is_together(line: _Line) -> bool:
    """Whether institutions published its figures together."""
    return isinstance(line.header, Comparison) and bool(line.header.source_id)


def _spread(line: _Line) -> float:
    return line.spread


def _most(line: _Line) -> float:
    return max(value.observation.value for value in line.values)


def _row(index: DatasetIndex, line: _Line, bases: Sequence[Header], lines: int) -> Row:
    cells = tuple(Cell(line.values if base == line.panel else (), None, ()) for base in bases)
    return Row(
        line.header,
        cells,
        None,
        cautions=_cautions(index, line.values),
        line=line.at,
        lines=lines,
    )


def _cautions(index: DatasetIndex, values: Sequence[Value]) -> tuple[str, ...]:
    """Kinds of reasons for care among the pairs of a line, apart from those that every line has."""
    kinds: dict[str, None] = {}
    figures = _telling(index, [value.observation for value in values])
    for first, second in combinations(figures, 2):
        found = verdict(index.dataset, first, second, index.thresholds)
        kinds |= dict.fromkeys(
            reason.kind
            for reason in found.reasons
            if reason.verdict == CARE and reason.kind not in EXPECTED
        )
    return tuple(kinds)


def _telling(index: DatasetIndex, figures: Sequence[Observation]) -> Sequence[Observation]:
    """Figures whose pairs have every kind of reason that pairs of all have, in the order in which these come up.

    Of figures of different countries that stand alike the first two tell what the others would.
    """
    if len({row.country for row in figures}) < len(figures):
        return figures
    alike: Counter[Hashable] = Counter()
    kept = []
    for row in figures:
        ground = ground_abroad(index.dataset, row, index.thresholds)
        alike[ground] += 1
        if alike[ground] <= _PAIR:
            kept.append(row)
    return kept
