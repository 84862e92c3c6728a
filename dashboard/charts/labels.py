"""What stands beside a mark: the figure as it is worded, what its colour means, and what of it differs from the heading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from dashboard.charts.drawing import Run, Symbol
from dashboard.charts.text import width, wrap
from dashboard.dataset import Observation
from dashboard.query import Header, Measure, Population, Section, Value
from dashboard.query.evidence import Evidence
from dashboard.text import Localizer, verdicts
from dashboard.text.wording import SIGNS

NAME, NOTE = 14, 12
"""Type of names and figures, and of everything else, at scale 1."""
DOT = 10
"""Pixels (at scale 1) of a dot."""
_SPOKEN = 256
"""Figures of which a worker keeps what is said of them, in the languages that are asked for."""
_SHAPES: tuple[Symbol, ...] = ("circle", "square", "triangle-up", "cross", "triangle-down")
"""Of sectors and of groups, in their order."""


@dataclass(frozen=True, slots=True)
class LabelStyle:
    """How the figures of a section are written."""

    brief: bool
    """With signs in place of about, over and under."""
    signed: bool
    """With the sign of a small base, because no column has n."""


def mark_end(value: Value, intervals: bool) -> float:
    """Percent at which a mark ends: at its interval where that is drawn."""
    known = value.evidence.interval
    return known.high if intervals and known else value.observation.value


def figure(loc: Localizer, value: Value) -> str:
    """A figure in its wording, with the mark of doubt."""
    return loc.value(value) + _doubt(value)


def brief(loc: Localizer, value: Value) -> str:
    """A figure with a sign in place of about, over or under, and with the mark of doubt."""
    row = value.observation
    sign = SIGNS.get(row.qualifier, "")
    return f"{sign} {loc.percent(row.value)}{_doubt(value)}".lstrip()


def written(loc: Localizer, value: Value, style: LabelStyle) -> str:
    """A figure as the style writes it."""
    return brief(loc, value) if style.brief else figure(loc, value)


def sign_of(loc: Localizer, value: Value, style: LabelStyle) -> str:
    """The sign of a small base where the style has one; blank for none."""
    return loc.small_base(value.evidence.few) if style.signed else ""


def answers(loc: Localizer, value: Value, *, intervals: bool, sign: bool) -> str:
    """The number of answers, the most that it can be where an interval is reckoned with it; blank where not known."""
    known = value.evidence
    if value.observation.n is not None:
        few = loc.small_base(known.few) if sign else ""
        return f"{loc.number(value.observation.n)} {few}".rstrip()
    return loc.at_most(known.most_answers) if intervals and known.most_answers else ""


def spoken(loc: Localizer, value: Value) -> tuple[tuple[Run, ...], ...]:
    """One value in full, line by line: where, who, what, how many, of what."""
    return _spoken(loc, value.observation, loc.period(value.survey), value.evidence)


@lru_cache(maxsize=_SPOKEN)
def _spoken(
    loc: Localizer, row: Observation, period: str, evidence: Evidence
) -> tuple[tuple[Run, ...], ...]:
    t = loc.t
    share = t("of {base}").format(base=loc.label("base", row.base))
    answers = loc.answers(row.n, evidence.most_answers)
    interval = verdicts.interval_heading(loc, evidence)
    measure = Measure.of(row)
    answer = f" ({loc.lower('response', row.response)})" if row.response != "yes" else ""
    lines: list[tuple[Run, ...]] = [
        (Run(loc.measure(measure), bold=True),),
        (Run(loc.where(row)),),
        (Run(loc.figure(row.value, row.qualifier), bold=True), Run(f" {share}{answer}")),
        (Run(f"{period} · {answers}"),),
        (Run(f"{interval}: {verdicts.interval(loc, evidence)}"),),
    ]
    if row.status == "inferred":
        lines.append((Run(loc.status(row)),))
    return tuple(lines)


def in_lines(runs: Iterable[Run], size: float, room: float) -> list[tuple[Run, ...]]:
    """Runs in as few lines as have room, broken between them and at their spaces; ``size`` and ``room`` in pixels."""
    lines: list[tuple[Run, ...]] = []
    for run in runs:
        for at, text in enumerate(wrap(run.text.strip("\u00a0"), size, room, run.bold)):
            part = replace(run, text=text)
            beside = (*lines[-1], Run("\u00a0"), part) if lines and not at else ()
            if beside and sum(width(each.text, size, each.bold) for each in beside) <= room:
                lines[-1] = beside
            else:
                lines.append((part,))
    return lines


def is_plain(value: Value) -> bool:
    """Whether a figure is neither in doubt nor worded about, over or under."""
    row = value.observation
    return row.qualifier == "exact" and row.status != "inferred"


def is_exact(value: Value) -> bool:
    """Whether the source says of a figure neither about, over nor under; a dot that is open says that it is not."""
    return value.observation.qualifier == "exact"


def symbol_of(value: Value) -> Symbol:
    """A diamond where the management answered."""
    return "diamond" if value.respondents.level == "central" else "circle"


def symbol_in(section: Section, header: Header, value: Value) -> Symbol:
    """The shape of a sector or group where the series are those; else a diamond where the management answered."""
    if not isinstance(header, Population):
        return symbol_of(value)
    if header.dimension:
        groups = [each.segment for each in section.series if isinstance(each, Population)]
        at = list(dict.fromkeys(groups)).index(header.segment)
    else:
        at = list(dict.fromkeys((*section.sectors, header.sector))).index(header.sector)
    return _SHAPES[at % len(_SHAPES)]


def _doubt(value: Value) -> str:
    return " ?" if value.observation.status == "inferred" else ""
