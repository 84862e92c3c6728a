"""What a picture says around its chart: title, what was chosen, what stands at the address only, where it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dashboard.comparability import NO, verdict
from dashboard.dataset import Question
from dashboard.query import (
    WILSON,
    Comparison,
    Header,
    Population,
    Respondents,
    Section,
    Value,
    View,
)
from dashboard.query.questions import figures
from dashboard.selection import Selection, chart_type, filters, one_theme
from dashboard.text import choices, courses, findings, texts, wording
from dashboard.text.key import Entry, Sign, narrower
from dashboard.text.localizer import Localizer

_NAMED = 3
"""Countries whose figures a title names, at most."""


def title(loc: Localizer, view: View, section: Section) -> str:
    """Title of a picture: the finding, as the page has it, where the section draws its figures, else the course or the figures
    of its one indicator, else what it is about."""
    own, asked = _asked(loc, view, section)
    finding = findings.finding(loc, own, asked) if asked else ""
    about = (
        course(loc, own, section)
        or _one_indicator(loc, view, section)
        or _about_one(loc, view, section)
    )
    return finding or about or subject(loc, view, section)


def foremost(loc: Localizer, view: View, section: Section, *, dated: bool = True) -> str:
    """Where a picture has no finding, the figures of the first of several indicators that may be compared with its first one,
    ``dated`` with their periods where these differ: "Positive role of employees: Denmark 93%".

    Blank where there is one indicator alone, where the reader chose some, and where it has several figures of a country, shares of
    different things or one in doubt.
    """
    drawn = chart_type(view.selection.chart)
    measures = dict.fromkeys(value.measure for value in section.values)
    if drawn.joins_editions or drawn.compares or drawn.stacks_answers or len(measures) < 2:
        return ""
    values = [value for value in section.values if value.measure == next(iter(measures))]
    if title(loc, view, section) != of_countries(loc, view, section):
        return ""
    return _of_indicator(loc, view, section, values, dated=dated)


def _of_indicator(
    loc: Localizer, view: View, section: Section, values: Sequence[Value], *, dated: bool
) -> str:
    """One indicator and of its figures the first, with those that may be compared with it; blank where it says nothing plain."""
    rows = [value.observation for value in values]
    chosen = findings.chosen(loc, view.selection, section.theme)
    if chosen or not _one_of_each_country(values) or texts.together(loc, rows):
        return ""
    named = _comparable(loc, view, values)
    several = dated and len({loc.short_period(value.survey) for value in named}) > 1
    listed = loc.join(
        f"{loc.label('country', value.respondents.country)}\u00a0{_figure(loc, value, dated=several)}"
        for value in named
    )
    return loc.t("{question}: {answer}").format(
        question=loc.measure(values[0].measure), answer=listed
    )


def _comparable(loc: Localizer, view: View, values: Sequence[Value]) -> list[Value]:
    """The first figure and all that may be compared with it and with one another."""
    kept: list[Value] = []
    for value in values:
        judged = (
            verdict(loc.dataset, each.observation, value.observation, view.thresholds)
            for each in kept
        )
        if all(each.kind != NO for each in judged):
            kept.append(value)
    return kept


def _figure(loc: Localizer, value: Value, *, dated: bool) -> str:
    return courses.dated_figure(loc, value.observation, value.survey) if dated else loc.value(value)


def _one_of_each_country(values: Sequence[Value]) -> bool:
    """Whether figures are one of each of a few countries, shares of one thing, none of them in doubt."""
    countries = {value.respondents.country for value in values}
    bases = {value.observation.base for value in values}
    doubted = any(value.observation.status == "inferred" for value in values)
    return len(bases) == 1 and 1 < len(countries) == len(values) <= _NAMED and not doubted


def course(loc: Localizer, view: View, section: Section) -> str:
    """The course that a change over editions draws, of several indicators of one country that of the first; blank for none."""
    return courses.of_figures(loc, _course(view, section))


def _course(view: View, section: Section) -> tuple[Value, ...]:
    if not chart_type(view.selection.chart).joins_editions or not section.values:
        return ()
    alone = len({value.respondents.country for value in section.values}) == 1
    return courses.course(section, section.values[0].measure if alone else None)


def named(loc: Localizer, view: View, section: Section) -> frozenset[int]:
    """Positions of the figures that the title of a section names."""
    own, asked = _asked(loc, view, section)
    if asked is None and (led := _course(own, section)):
        return frozenset(value.observation.position for value in led)
    rows = figures(asked, own) if asked else None
    return frozenset(row.position for row in rows or ())


def leading(section: Section) -> frozenset[int]:
    """Positions of the figures of the longest course of the first indicator of a section."""
    led = courses.course(section, section.values[0].measure) if section.values else ()
    return frozenset(value.observation.position for value in led)


def _one_indicator(loc: Localizer, view: View, section: Section) -> str:
    """The figures of the one indicator of a theme that a picture draws, as far as they may be compared; blank where it draws several."""
    if len({value.measure for value in section.values}) != 1:
        return ""
    return _of_indicator(loc, view, section, section.values, dated=False)


def _about_one(loc: Localizer, view: View, section: Section) -> str:
    """The one indicator of a theme that a picture draws of one country, or over editions, and its countries; blank where it draws
    more, or the reader chose it."""
    measures = {value.measure for value in section.values}
    countries = list(dict.fromkeys(value.respondents.country for value in section.values))
    alone = len(countries) == 1 or chart_type(view.selection.chart).joins_editions
    if len(measures) != 1 or not alone or findings.chosen(loc, view.selection, section.theme):
        return ""
    about, names = loc.measure(*measures), [loc.label("country", each) for each in countries]
    return loc.t("{theme}: {countries}").format(theme=about, countries=loc.join(names))


def subject(loc: Localizer, view: View, section: Section) -> str:
    """What a picture is about: of a compilation the figures themselves, else theme or indicator, and countries."""
    compiled = texts.together(loc, [value.observation for value in section.values])
    return compiled or of_countries(loc, view, section)


def of_countries(loc: Localizer, view: View, section: Section) -> str:
    """The theme, or what is chosen of it, and the countries."""
    about = findings.subject(loc, view.selection, section.theme)
    countries = list(dict.fromkeys(respondents.country for respondents in section.all_respondents))
    names = loc.join(loc.label("country", code) for code in countries)
    if findings.chosen(loc, view.selection, section.theme):
        return f"{about} ({names})"
    return loc.t("{theme}: {countries}").format(theme=about, countries=names)


def selection_line(loc: Localizer, selection: Selection) -> str:
    """The selection in one line: what its filters say of themselves, in their order there."""
    parts = sorted(
        (each.subtitle.order, text)
        for each in filters.filters()
        if each.subtitle and (text := choices.subtitle(loc, each, selection))
    )
    return " · ".join([loc.t("Public-sector Innovation Barometer"), *(text for _, text in parts)])


def counts(loc: Localizer, indicators: int, figures: int, others: Sequence[Header]) -> list[str]:
    """How many indicators, figures of indicators that are drawn, and other things a picture leaves out: each kind by its name."""
    once = {each.country if isinstance(each, Respondents) else each: each for each in others}
    found = Counter(map(_kind, once.values()))
    found |= Counter(indicator=indicators, figure=figures)
    count_of = loc.count_of
    said = {
        "indicator": count_of(
            "{count} more indicator", "{count} more indicators", found["indicator"]
        ),
        "comparison": count_of(
            "{count} more comparison", "{count} more comparisons", found["comparison"]
        ),
        "country": count_of("{count} more country", "{count} more countries", found["country"]),
        "sector": count_of("{count} more sector", "{count} more sectors", found["sector"]),
        "group": count_of("{count} more group", "{count} more groups", found["group"]),
        "figure": count_of("{count} more figure", "{count} more figures", found["figure"]),
    }
    return [text for kind, text in said.items() if found[kind]]


def _kind(header: Header) -> str:
    """What something that is no indicator is called."""
    if isinstance(header, Comparison):
        return "comparison"
    if isinstance(header, Respondents):
        return "country"
    return "sector" if isinstance(header, Population) and not header.dimension else "group"


def left_out(loc: Localizer, parts: Sequence[str]) -> str:
    """That the parts stand at the address and not in the picture; blank where there are none."""
    listed = loc.join(parts)
    return loc.t("At the address below: {listed}.").format(listed=listed) if listed else ""


def marks(loc: Localizer, section: Section, entries: Sequence[Entry]) -> str:
    """The key of a chart as sentences, as far as signs can be named; blank where there are none."""
    # Those that are probably wider are called so.
    known = (value.evidence.interval for value in section.values)
    assumed = any(each.kind == WILSON for each in known if each)
    names: dict[Sign, str] = {
        "interval": (loc.t("Line (approximate)") if assumed else loc.t("Line")) + ": ",
        "covered": "",
        "doubt": "?: ",
        "few": "",
        "over": "",
    }
    said = {each.sign: f"{names[each.sign]}{each.words}." for each in entries if each.sign in names}
    if any(each.sign == "worded" for each in entries):
        # What is in doubt may have an outline too.
        outlined = "doubt" not in said
        said["worded"] = wording.source_says(loc, section.values, outlined=outlined)
    return " ".join(said.values())


def covered(loc: Localizer, section: Section, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The key of a picture whose marks cover every interval."""
    words = narrower(loc, loc.t("95% interval"), section.values)
    return tuple(Entry("covered", words) if each.sign == "interval" else each for each in entries)


def publishers(loc: Localizer, section: Section) -> tuple[str, ...]:
    """Who published the drawn figures, each once, in order of appearance."""
    return texts.publishers(loc, texts.sources(section, loc))


def sources(loc: Localizer, names: tuple[str, ...], most: int) -> str:
    """Publishers in one sentence, the first ``most`` by name; blank where there are none."""
    if not names or not most:
        return ""
    listed = ", ".join(names[:most])
    if most < len(names):
        listed = loc.t("{title}, and {count} more").format(
            title=listed, count=loc.number(len(names) - most)
        )
    return loc.t("Sources: {listed}.").format(listed=listed)


def _asked(loc: Localizer, view: View, section: Section) -> tuple[View, Question | None]:
    """The view of one section alone, and the question that it answers."""
    own = replace(view, selection=one_theme(view.selection, section.theme), sections=(section,))
    return own, findings.question_of(loc, own)
