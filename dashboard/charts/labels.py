"""What stands beside a mark: the figure as it is worded, and in small type n and what differs from the heading."""

from __future__ import annotations

from dashboard.charts.canvas import Canvas
from dashboard.charts.drawing import Run, Symbol
from dashboard.charts.roles import QUIET
from dashboard.query import Measure, Value
from dashboard.text import Localizer, texts, verdicts

LABEL, DETAIL = 12, 10.5
"""Type of a figure and of what stands behind it, at scale 1."""
DOT = 10
"""Pixels (at scale 1) of a dot."""


def mark_end(value: Value, intervals: bool) -> float:
    """Percent at which a mark ends: at its interval where that is drawn."""
    known = value.evidence.interval
    return known.high if intervals and known else value.observation.value


def detail(loc: Localizer, value: Value, intervals: bool) -> str:
    """What stands in small type at a value; blank where there is nothing."""
    return " · ".join(texts.details(loc, value, intervals))


def label_parts(loc: Localizer, value: Value, intervals: bool, under: bool) -> tuple[str, str]:
    """(value in its wording, small type behind it); with ``under`` the small type stands elsewhere."""
    doubt = " ?" if value.observation.status == "inferred" else ""
    return loc.value(value) + doubt, "" if under else detail(loc, value, intervals)


def label_width(
    canvas: Canvas, loc: Localizer, value: Value, intervals: bool, under: bool
) -> float:
    """Pixels that the label of a value takes, with a space before it."""
    main, small = label_parts(loc, value, intervals, under)
    return (
        canvas.text_width(f" {main} ", LABEL, bold=True)
        + canvas.text_width(f"   {small}", DETAIL)
        + canvas.px(DOT)
    )


def label(
    canvas: Canvas, loc: Localizer, value: Value, intervals: bool, under: bool
) -> tuple[Run, ...]:
    """The label of a value."""
    main, small = label_parts(loc, value, intervals, under)
    quiet = (Run("  "), Run(small, size=canvas.px(DETAIL), colour=QUIET)) if small else ()
    return (Run(main, bold=True), *quiet)


def spoken(loc: Localizer, value: Value) -> tuple[tuple[Run, ...], ...]:
    """One value in full, line by line: where, who, what, how many, of what."""
    t, row = loc.t, value.observation
    share = t("of {base}").format(base=loc.label("base", row.base))
    answers = loc.n(row.n) if row.n is not None else t("n not published")
    interval = t("95% interval")
    measure = Measure.of(row)
    answer = f" ({loc.lower('response', row.response)})" if row.response != "yes" else ""
    lines: list[tuple[Run, ...]] = [
        (Run(loc.measure(measure), bold=True),),
        (Run(loc.where(row)),),
        (Run(loc.value(value), bold=True), Run(f" {share}{answer}")),
        (Run(f"{loc.period(value.survey)} · {answers}"),),
        (Run(f"{interval}: {verdicts.interval(loc, value.evidence)}"),),
    ]
    if row.status == "inferred":
        lines.append((Run(loc.status(row)),))
    return tuple(lines)


def is_plain(value: Value) -> bool:
    """Whether a figure is neither in doubt nor worded about, over or under."""
    row = value.observation
    return row.qualifier == "exact" and row.status != "inferred"


def symbol_of(value: Value) -> Symbol:
    """A diamond where the management answered."""
    return "diamond" if value.respondents.level == "central" else "circle"
