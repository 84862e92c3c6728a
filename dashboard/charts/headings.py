"""Parts that charts share: the legend, the heading of a panel, the name of a row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from dashboard.charts.canvas import Canvas
from dashboard.charts.context import ChartContext
from dashboard.charts.labels import NOTE
from dashboard.charts.roles import FAINT, GROUND, Outline, Role
from dashboard.charts.text import wrap
from dashboard.dataset import Survey
from dashboard.query import (
    Comparison,
    Facts,
    Header,
    Measure,
    Panel,
    Population,
    Respondents,
    Row,
    Section,
    Value,
)
from dashboard.query.facts import owner_of
from dashboard.query.types import Stratum, respondents_in
from dashboard.text import Localizer, comparisons, letters, texts, unlike


def facts_line(loc: Localizer, facts: Facts, period: str = "", *, based: bool = True) -> str:
    """Reference period, base and answer of respondents: "2019–2020 · % of workplaces"; not ``based`` where a heading says the base."""
    parts = [period or loc.period(facts.surveys[0])]
    if based:
        parts.append(loc.share(facts.base))
    return " · ".join([*parts, *answering(loc, facts)])


def says_base(panel: Panel) -> bool:
    """Whether the heading of a panel says what the percentages of all its figures are shares of."""
    return isinstance(panel.header, Measure | Population)


def _share(context: ChartContext, panels: Sequence[Panel]) -> str:
    """What the figures of panels that share a base are shares of, that first: "% of workplaces / of organisations"."""
    section, loc, base = context.section, context.loc, panels[0].base
    held = (value for panel in panels for value in section.values_of(panel))
    found = dict.fromkeys(value.observation.base for value in held)
    bases = sorted(found or (base,), key=lambda each: each != base)
    return loc.t("% of {base}").format(
        base=loc.t(" / of ").join(loc.label("base", each) for each in bases)
    )


def answering(loc: Localizer, facts: Facts) -> list[str]:
    """The answer of graded questions, where most figures of respondents count it."""
    if facts.answer != "high":
        return []
    return [loc.t("“{answer}”").format(answer=loc.lower("response", "high"))]


def legend(
    canvas: Canvas,
    y: float,
    entries: Sequence[tuple[Role, str]],
    left: float = 0.0,
    room: float = 0.0,
) -> float:
    """Coloured squares with their names from ``y`` on, side by side, a name wider than the canvas wrapped; returns the y below.
    That of the ground is striped.

    They stand between ``left`` and ``room`` pixels right of it, without such on the whole canvas.
    """
    side, space, gap, step = (canvas.px(each) for each in (11, 6, 18, 20))
    x, below, room = 0.0, y, room or canvas.width
    for colour, name in dict.fromkeys(entries):
        lines = wrap(name, canvas.px(12), room - side - space)
        wide = side + space + max(canvas.text_width(line, 12) for line in lines)
        if x and x + wide > room:
            x, y = 0.0, below
        top = y + (step - side) / 2
        canvas.box(left + x, top, left + x + side, top + side, colour, Outline(colour))
        if colour == GROUND:
            _stripes(canvas, left + x, top, side)
        for at, line in enumerate(lines):
            canvas.text(left + x + side + space, y + step * (at + 0.5), line, 12)
        below = max(below, y + step * len(lines))
        x += wide + gap
    return below + canvas.px(8)


def _stripes(canvas: Canvas, left: float, top: float, side: float) -> None:
    """Those of a hatched bar on a square."""
    right, bottom = left + side, top + side
    canvas.rule(left, bottom, right, top, FAINT)
    canvas.rule(left, top + side / 2, left + side / 2, top, FAINT)
    canvas.rule(left + side / 2, bottom, right, top + side / 2, FAINT)


def panel_name(context: ChartContext, panel: Panel) -> str:
    """What leads the heading of a panel; blank where what stands above a picture or chart of one country says it."""
    section = context.section
    alone = (context.in_picture or context.introduced) and len(section.panels) == 1
    if alone and section.facts_of(panel.header):
        return ""
    return _signed(context.loc.header(panel.header), section, panel)


def row_label(
    loc: Localizer, section: Section, row: Row, signed: Collection[Header] | None = None
) -> str:
    """What a row is about, with the sign of figures that must not be compared where it is among those ``signed``, without them among
    those of the section."""
    return _signed(loc.header(row.header), section, row, signed)


def _signed(
    name: str, section: Section, line: Row | Panel, signed: Collection[Header] | None = None
) -> str:
    if not line.obstacles:
        return name
    return unlike.with_sign(name, line, unlike.signed(section) if signed is None else signed)


def part_share(context: ChartContext, panels: Sequence[Panel]) -> str:
    """What the percentages of panels that stand together are shares of."""
    facts, loc = context.section.facts_of(panels[0].header), context.loc
    graded = facts is not None and facts.answer == "high"
    return _share(context, panels) + (loc.t(", graded answers") if graded else "")


def band_facts(context: ChartContext, panels: Sequence[Panel]) -> tuple[str, str]:
    """Of panels of respondents whose marks stand below each other: whose they are, and when and by whom they were answered."""
    loc, section = context.loc, context.section
    held = [respondents_in(owner) for owner in _owners(panels)]
    countries = dict.fromkeys(loc.label("country", each.country) for each in held)
    levels = dict.fromkeys(loc.lower("level", each.level) for each in held)
    period = loc.span(value.survey for panel in panels for value in section.values_of(panel))
    answered = loc.t("answered by {who}").format(who=loc.join(levels))
    return loc.join(countries), texts.joined(period, answered)


def _owners(panels: Iterable[Panel]) -> list[Respondents | Stratum]:
    headers = (panel.header for panel in panels)
    return [each for each in headers if isinstance(each, Respondents | Stratum)]


def panel_facts(canvas: Canvas, lines: Iterable[str], x: float, y: float, room: float) -> float:
    """The lines under the name of a panel, in ``room`` pixels from (x, y); returns the y below."""
    for line in lines:
        y = canvas.block(x, y, line, room, NOTE)
    return y


def panel_lines(context: ChartContext, panel: Panel, of_all: str = "") -> list[str]:
    """Under the name of a panel what is said ``of_all`` its figures, the base, and for a country the reference period and the answer
    asked for."""
    section, loc = context.section, context.loc
    facts, lines = section.facts_of(panel.header), list[str]()
    named = bool(panel_name(context, panel))
    # The line under the title of a picture says what all percentages are of.
    said = context.in_picture and len({value.observation.base for value in section.values}) == 1
    if says_base(panel):
        values = section.values_of(panel)
        if isinstance(panel.header, Measure) and panel.lines > 1 and context.selection.comparable:
            lines.append(texts.line(loc, values, panel.line))
        if not said:
            share = _share(context, (panel,))
            lines.append(texts.joined(letters.begun(of_all), share))
            of_all = ""
    if facts:
        drawn = {value.survey.survey_id: value.survey for value in section.values_of(panel)}
        told = context.in_picture and not named and one_period(loc, section.values)
        if not (told or (isinstance(panel.header, Respondents) and panel.header.survey_id)):
            lines.append(texts.joined(loc.span(drawn.values()), of_all))
            of_all = ""
        # Over panels that share a base of one name this is said once, above their names.
        alone = len({each.part for each in section.panels}) == 1
        if alone and not said:
            lines.append(_share(context, (panel,)))
        if facts.answer == "high":
            lines.append(loc.answering())
    return [letters.begun(of_all), *lines] if of_all else lines


def is_headed(context: ChartContext, panel: Panel, of_all: str = "") -> bool:
    """Whether the heading of a panel says anything that what stands above a picture does not."""
    return bool(panel_name(context, panel) or panel_lines(context, panel, of_all))


def row_name(
    loc: Localizer,
    section: Section,
    row: Row,
    values: Sequence[Value] | None = None,
    notes: str = "",
    signed: Collection[Header] | None = None,
    *,
    sector: bool = False,
) -> tuple[str, str]:
    """(label, quiet line under it) of a row; ``signed`` as of ``row_label``.

    ``values`` are those of its panels that stand beside each other, whose headings say the base; without them all of the row are.
    ``notes`` of figures stand at the end of the line; with such, a row of several periods does not list them. Of rows that are of
    one sector each they are all of it, or with ``sector`` stand behind that.
    """
    if isinstance(row.header, Comparison):
        name, line = comparisons.line_name(loc, row, named=False)
        return name, texts.joined(line, notes)
    facts, label = section.facts_of(row.header), row_label(loc, section, row, signed)
    if not facts:
        told = {type(section.panels[0].header)}
        if values is not None:
            # Beside the marks, over their columns or in the heading of the panel.
            told |= {type(header) for header in section.series}
        held = row.values if values is None else values
        at = 0 if notes else row.line
        if values is not None and section.sectors_apart:
            of = loc.header(held[0].population) if sector else ""
            return label, texts.joined(of, notes)
        line = texts.line(loc, held, at, told) if row.lines > 1 else ""
        return label, texts.joined(line, _apart(loc, section, row, told), notes)
    if values is None:
        # The rows of one country: each edition with its period, where the row has one alone.
        period = short_period(loc, row.values) if row.lines > 1 else ""
        period = period or loc.short_period(facts.surveys[0])
        return label, texts.joined(facts_line(loc, facts, period), notes)
    period = short_period(loc, values)
    if row.lines > 1:
        period = period or loc.span(value.survey for value in values)
    parts = (period, *answering(loc, facts), notes)
    return label, texts.joined(*parts)


def _apart(loc: Localizer, section: Section, row: Row, told: Collection[type[Header]]) -> str:
    """Who answered a row that is otherwise headed as another of its name; blank where its line tells it apart already."""
    if row.lines < 2:
        return ""
    line = texts.line(loc, row.values, row.line, told)
    alike = [
        each
        for each in section.rows
        if each.header == row.header and texts.line(loc, each.values, each.line, told) == line
    ]
    answered = [dict.fromkeys(v.respondents.level for v in each.values) for each in alike]
    own = dict.fromkeys(value.respondents.level for value in row.values)
    if answered.count(own) == len(alike):
        return ""
    return loc.join(loc.lower("level", level) for level in own)


def one_period(loc: Localizer, values: Iterable[Value]) -> str:
    """The reference period of figures; blank where they have several."""
    survey = _one_survey(loc, values)
    return loc.period(survey) if survey else ""


def short_period(loc: Localizer, values: Iterable[Value]) -> str:
    """As ``one_period``, as it stands beside figures: 2018–19."""
    survey = _one_survey(loc, values)
    return loc.short_period(survey) if survey else ""


def own_period(loc: Localizer, values: Iterable[Value], value: Value) -> str:
    """The period of a figure where the heading, over those of ``values`` that are its owner's, cannot say it; else blank."""
    owner = owner_of(value.respondents, value.population)
    headed = (each for each in values if owner_of(each.respondents, each.population) == owner)
    return "" if _one_survey(loc, headed) else loc.short_period(value.survey)


def _one_survey(loc: Localizer, values: Iterable[Value]) -> Survey | None:
    """A survey of the one reference period of figures; None where they have several."""
    surveys = {value.survey.survey_id: value.survey for value in values}
    periods = {loc.period(survey): survey for survey in surveys.values()}
    return next(iter(periods.values())) if len(periods) == 1 else None
