"""Lines of figures that may be compared, in words: what a line is about, who stands on it, what to take care of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence

from dashboard.dataset import Observation
from dashboard.query import (
    Comparison,
    Header,
    Population,
    Respondents,
    Row,
    Section,
    Stratum,
    Value,
    View,
)
from dashboard.selection import chart_of
from dashboard.text import letters, texts, verdicts, wording
from dashboard.text.localizer import Localizer

_SEVERAL = 2
"""Countries that can be compared."""
_TOLD = 3
"""Lines that a summary tells."""


def one_indicator(section: Section, panel: int) -> str:
    """The indicator that all lines of a panel share; blank where there are several, or answers of one."""
    measures = {
        row.header.measure
        for row in section.rows
        if isinstance(row.header, Comparison) and row.cells[panel].values
    }
    first = next(iter(measures), None)
    return first.indicator if first and len(measures) == 1 and not first.response else ""


def line_name(
    loc: Localizer, row: Row, *, named: bool, beside: Section | None = None, based: bool = True
) -> tuple[str, str]:
    """(name of a line, what it is about besides and when); ``named``: the indicator stands above the line already; ``based``: where
    the figures are shares of different things, those that are drawn say it.

    Country, respondents, sector and period that all lines of the section ``beside`` share stand above them, and are left out.
    """
    header = row.header
    if not isinstance(header, Comparison):
        raise TypeError(f"not a line of comparisons: {header}")
    among, periods = among_name(loc, header, row.values), periods_of(loc, row.values)
    several = len(bases(beside.values if beside else row.values)) > 1
    dated = len({loc.short_period(value.survey) for value in row.values}) > 1
    if beside:
        if isinstance(header.among, Stratum) and len(beside.all_respondents) == 1:
            among = loc.population(header.among.population)
        if not named and shared_among(beside):
            among = ""
        if among and header.among is not None and _holds_compilation(beside):
            among = loc.t("National surveys: {among}").format(
                among=f"{among[:1].lower()}{among[1:]}"
            )
        if len({loc.period(value.survey) for value in beside.values}) == 1:
            periods = ""
    if beside and based and len(bases(row.values)) > 1:
        # What most are shares of; the others say theirs at their dots.
        usual = _usual_base(row.values)
        periods = texts.joined(periods, _share(loc, usual) if usual else "")
    elif several:
        shares = _by_base(loc, row.values, dated=dated)
        periods = shares if dated else texts.joined(periods, shares)
    if named:
        return among, periods
    return loc.measure(header.measure), texts.joined(among, periods)


def line_about(loc: Localizer, row: Row, beside: Section, base: str, *, based: bool = True) -> str:
    """What a line is about besides its indicator and when, among others ``beside`` it under a heading that says ``base``, of what it
    is a share where that is something else; ``based`` as of ``line_name``."""
    header, shares = row.header, bases(row.values)
    if not isinstance(header, Comparison):
        raise TypeError(f"not a line of comparisons: {header}")
    among = "" if shared_among(beside) else among_name(loc, header, row.values)
    periods = periods_of(loc, row.values)
    if len({loc.period(value.survey) for value in beside.values}) == 1:
        periods = ""
    usual = _usual_base(row.values) if len(shares) > 1 else shares[0]
    share = _share(loc, usual) if usual not in ("", base) else ""
    if not based and len(shares) > 1:
        share = _by_base(loc, row.values, dated=False)
    return texts.joined(among, periods, share)


def _holds_compilation(section: Section) -> bool:
    """Whether a line of a section is one that institutions published together."""
    headers = (row.header for row in section.rows)
    return any(isinstance(each, Comparison) and each.among is None for each in headers)


def bases(values: Sequence[Value]) -> tuple[str, ...]:
    """What figures are shares of, each base once."""
    return tuple(dict.fromkeys(value.observation.base for value in values))


def _by_base(loc: Localizer, values: Sequence[Value], *, dated: bool) -> str:
    """Of what the figures of a line are shares, base by base: "Denmark: % of innovative workplaces · Iceland: % of innovations".

    ``dated``: each name has its period. Where all have one period, those with the base of most are not named.
    """
    unnamed = "" if dated else _usual_base(values)
    named, name = list[str](), dot_names(loc, values)
    for base in sorted(bases(values), key=lambda base: base != unnamed):
        held = [value for value in values if value.observation.base == base]
        who = dict.fromkeys(
            f"{name(value)}\u00a0{loc.short_period(value.survey)}" if dated else name(value)
            for value in held
        )
        names = "" if base == unnamed else ", ".join(who)
        share = _share(loc, base)
        named.append(f"{names}: {share}" if names else share)
    return "\u00a0· ".join(named)


def _share(loc: Localizer, base: str) -> str:
    """ "% of innovations", whose sign ends no line."""
    return loc.share(base).replace("% ", "%\u00a0", 1)


def _usual_base(values: Sequence[Value]) -> str:
    """What several figures are shares of, more than of anything else; blank where each is a share of its own thing."""
    usual, held_by = Counter(value.observation.base for value in values).most_common(1)[0]
    return usual if held_by > 1 else ""


def dot_share(loc: Localizer, values: Sequence[Value], value: Value) -> str:
    """What the figure of a dot is a share of, where its line has shares of different things and this is not what most are shares of:
    "of innovations"; blank elsewhere."""
    base = value.observation.base
    if len(bases(values)) < 2 or base == _usual_base(values):
        return ""
    return loc.t("of {base}").format(base=loc.label("base", base))


def shared_among(section: Section) -> Header | None:
    """The sector, or the country with who answered there, that all lines of a section are among; None where they differ."""
    found = {row.header.among for row in section.rows if isinstance(row.header, Comparison)}
    return next(iter(found)) if len(found) == 1 else None


def place(loc: Localizer, section: Section) -> str:
    """The country and the sector of all lines, "Sweden, municipal and regional"; blank where they share neither."""
    if not any(isinstance(row.header, Comparison) for row in section.rows):
        return ""
    countries = {each.country for each in section.all_respondents}
    country = loc.label("country", *countries) if len(countries) == 1 else ""
    among = shared_among(section)
    sector = among.population if isinstance(among, Stratum) else among
    if not isinstance(sector, Population):
        return country
    return f"{country}, {loc.lower_population(sector)}" if country else loc.population(sector)


def among_name(loc: Localizer, header: Comparison, values: Sequence[Value]) -> str:
    """What the figures of a line share: a sector, a country and who answered there, or a publication."""
    if header.among is None:
        name = loc.compilation(values[0].survey.survey_id)
        return letters.begun(name)
    if isinstance(header.among, Respondents | Stratum):
        return loc.header(header.among)
    return loc.population(header.among)


def periods_of(loc: Localizer, values: Sequence[Value]) -> str:
    """The period of a line; country by country where they differ."""
    periods = list(dict.fromkeys(loc.short_period(value.survey) for value in values))
    if len(periods) == 1:
        return periods[0]
    name = dot_names(loc, values)
    return ", ".join(
        dict.fromkeys(f"{name(value)}\u00a0{loc.short_period(value.survey)}" for value in values)
    )


def alike(values: Sequence[Value]) -> list[Value]:
    """The figures of a line that are about the same population: of one country all, whose groups are compared."""
    if len({each.respondents.country for each in values}) == 1:
        return list(values)
    usual = _usual(values)
    return [each for each in values if each.population == usual]


def _usual(values: Sequence[Value]) -> Population:
    """The population that most figures are about."""
    return Counter(each.population for each in values).most_common(1)[0][0]


def dot_name(loc: Localizer, values: Sequence[Value], value: Value) -> str:
    """Whose figure a dot is, as far as the line does not say it: the country, with who is counted where that differs, or the group."""
    return dot_names(loc, values)(value)


def dot_names(loc: Localizer, values: Sequence[Value]) -> Callable[[Value], str]:
    """What ``dot_name`` calls each dot of a line, which is gone through once."""
    if len(values) > 1 and len({each.respondents.country for each in values}) == 1:
        return lambda value: loc.population(value.population)
    usual = _usual(values)
    several_levels = len({each.respondents.level for each in values}) > 1

    def name(value: Value) -> str:
        parts = [loc.label("country", value.respondents.country)]
        if value.population != usual:
            parts.append(loc.unit_and_segment(value.observation))
        if several_levels:
            parts.append(loc.lower("level", value.respondents.level))
        return ", ".join(parts)

    return name


def cautions(loc: Localizer, kinds: Collection[str], values: Sequence[Value] = ()) -> list[str]:
    """Why some lines, with their ``values``, are to be read with more care: each reason in a few words, the weightiest first."""
    t = loc.t
    reasons = {
        "definition_unknown": t("not every definition of innovation is known"),
        "base_near": t("shares of not quite the same thing"),
        "unit": t("workplaces beside whole organisations"),
        "respondent": t("different people answered"),
        "sector": t("different sectors"),
        "break": t("a change of the survey"),
        "period_unknown": t("exact years that a source does not state"),
        "period": t("periods more than two years apart"),
        "wording": t("figures worded {words}").format(
            words=wording.words(loc, values, quoted=True)
        ),
        "inferred": t("figures in doubt"),
        "small_n": t("few answers"),
    }
    return [reasons[kind] for kind in reasons if kind in kinds]


def care(loc: Localizer, section: Section, *, brief: bool = False) -> str:
    """What to take care of in all lines, and in those with an amber edge; ``brief``: the reasons of these stand elsewhere."""
    own = surveys_differ(loc, section)
    parts = [
        own,
        on_one_line(loc, section) if own and not brief else "",
        verdicts.constructed(loc, section),
        "" if brief or not _says_bases(section) else bases_beside(loc, section),
        edge(loc, section, brief=brief),
    ]
    return " ".join(part for part in parts if part)


def of_all_lines(
    loc: Localizer, section: Section, *, explained: bool = False, place: verdicts.Place = "page"
) -> str:
    """What to take care of in all lines, for the page: that countries have surveys of their own, that groups differ by
    construction, shorter where it is ``explained`` which they are, and the first reasons further where every line has some."""
    parts = [
        surveys_differ(loc, section),
        on_one_line(loc, section),
        verdicts.constructed(loc, section, explained=explained),
        "" if has_edges(section) else first_reasons(loc, section, place),
    ]
    return " ".join(part for part in parts if part)


def care_of(loc: Localizer, view: View, section: Section) -> str:
    """All that must be taken care of in the lines of a comparison, for files; blank of other charts, whose summary says it."""
    return care(loc, section) if chart_of(view.selection).on_lines else ""


def in_picture(loc: Localizer, section: Section) -> str:
    """What to take care of in all lines and in those with an amber edge, for a picture: of many reasons the first ones, the
    others stand at its address."""
    if has_edges(section):
        return care(loc, section)
    own = surveys_differ(loc, section)
    parts = [
        own,
        on_one_line(loc, section) if own else "",
        verdicts.constructed(loc, section),
        first_reasons(loc, section, "picture"),
    ]
    return " ".join(part for part in parts if part)


def surveys_differ(loc: Localizer, section: Section) -> str:
    """What to take care of where a line joins countries; blank where none does."""
    joined = any(len({each.respondents.country for each in row.values}) > 1 for row in section.rows)
    return _own_surveys(loc) if joined else ""


def on_one_line(loc: Localizer, section: Section) -> str:
    """That lines tell which figures of countries may be compared, where some stand alone on theirs; blank elsewhere."""
    countries = {each.country for each in section.all_respondents}
    if not section.sectors_apart or len(countries) < _SEVERAL:
        return ""
    return loc.t("What may be compared between countries stands on one line.")


def beside_each_other(loc: Localizer, section: Section) -> str:
    """The same where figures of two countries on one indicator stand beside each other; blank where none do."""
    countries = dict[object, set[str]]()
    for value in section.values:
        countries.setdefault(value.measure, set()).add(value.respondents.country)
    return _own_surveys(loc) if any(len(found) > 1 for found in countries.values()) else ""


def _own_surveys(loc: Localizer) -> str:
    return loc.t("With care: each country has its own survey, sample and wording.")


def bases_beside(loc: Localizer, section: Section) -> str:
    """That lines which name two bases hold shares of not quite the same thing; blank where none does."""
    if all(len(bases(row.values)) < 2 for row in section.rows):
        return ""
    return loc.t("Where a line names two bases, its shares are not of quite the same thing.")


def _says_bases(section: Section) -> bool:
    """Whether a sentence says of all lines that they may hold shares of nearly the same thing, and not the amber edge of some."""
    near = any("base_near" in row.cautions for row in section.rows)
    return near and not has_edges(section)


def has_edges(section: Section) -> bool:
    """Whether amber edges tell lines with further reasons for care from others: some lines have none."""
    held = [bool(row.cautions) for row in section.rows]
    return any(held) and not all(held)


def edge(loc: Localizer, section: Section, *, brief: bool = False) -> str:
    """The further reasons for care, as an amber edge or as all lines have them; blank where no line has any.

    ``brief``: those of an edge stand elsewhere.
    """
    # Where every line has reasons, a sentence of its own says of two bases what they are.
    told = {"base_near"} if not brief and _says_bases(section) else set[str]()
    reasons = _reasons(loc, section, told)
    if not reasons:
        return ""
    if brief and not has_edges(section):
        return loc.t("The address below names more reasons for care.")
    if not has_edges(section):
        return loc.t("More reasons for care: {reasons}.").format(reasons=loc.join(reasons))
    if brief:
        return loc.t("Amber edge: more reasons for care.")
    return loc.t("Amber edge: {reasons}.").format(reasons=loc.join(reasons))


def first_reasons(loc: Localizer, section: Section, place: verdicts.Place) -> str:
    """The first of the further reasons for care of all lines, and how many more there are; blank where no line has any."""
    reasons = verdicts.some(loc, _reasons(loc, section), place)
    return loc.t("More reasons for care: {reasons}.").format(reasons=reasons) if reasons else ""


def _reasons(loc: Localizer, section: Section, told: Collection[str] = ()) -> list[str]:
    """The further reasons for care of all lines but those that are told already."""
    kinds = {kind for row in section.rows for kind in row.cautions}
    values = [value for row in section.rows if "wording" in row.cautions for value in row.values]
    return cautions(loc, kinds.difference(told), values)


def off_lines(loc: Localizer, section: Section) -> str:
    """How many figures stand on no line; blank for none."""
    count = section.off_lines
    return (
        loc.count_of(
            "{count} figure has no comparable counterpart and is left out.",
            "{count} figures have no comparable counterpart and are left out.",
            count,
        )
        if count
        else ""
    )


def lines_in_words(loc: Localizer, section: Section, most: int = _TOLD) -> str:
    """The first ``most`` lines in words, each with its figures from the greatest down."""
    sentences = []
    for row in section.rows[:most]:
        name, about = line_name(loc, row, named=False)
        figures = sorted(row.values, key=lambda value: -value.observation.value)
        dot = dot_names(loc, row.values)
        listed = loc.join(f"{dot(value)} {loc.value(value)}" for value in figures)
        sentences.append(
            loc.t("{indicator} ({about}): {figures}.").format(
                indicator=name, about=about, figures=listed
            )
        )
    return " ".join(sentences)


def points(loc: Localizer, row: Observation, baseline: Observation) -> str:
    """How far a figure lies from the baseline, in percentage points with a sign."""
    gap = row.value - baseline.value
    sign = "+" if gap > 0 else ""
    return f"{sign}{loc.number(round(gap, 1))}"
