"""Titles, notes, blanks and messages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from dashboard.comparability import COMPILATION
from dashboard.dataset import PRIMARY, Observation, Source, Survey
from dashboard.messages import gettext_noop
from dashboard.query import (
    Comparison,
    EditionStep,
    Header,
    Population,
    Respondents,
    Section,
    Value,
    View,
)
from dashboard.selection import Ignored
from dashboard.text import letters
from dashboard.text.localizer import Localizer

PRODUCT = gettext_noop("Innovation barometers side by side")
_SHOWN = 60
"""Characters of what was typed that a message repeats."""
_MOST = 10
"""Possible values that a message lists, and messages that one answer gives."""
_ABBREVIATED = re.compile(r"\((\w+)\)$")
_WITHIN_YEARS = re.compile(r"(?<=\d)–(?=\d)")
_WORD_JOINER = "\u2060"


def unbroken(text: str) -> str:
    """A text for a browser, which then ends no line within a period: "2013–2023"."""
    return _WITHIN_YEARS.sub(f"–{_WORD_JOINER}", text)


def joined(*parts: str) -> str:
    """Those that are not blank in one line."""
    return " · ".join(part for part in parts if part)


def theme_title(loc: Localizer, section: Section) -> str:
    """Heading of a section."""
    return loc.label("theme", section.theme)


def bases(loc: Localizer, section: Section) -> str:
    """What the percentages are percentages of, country by country; blank where there is no figure."""
    if not section.values:
        return ""
    countries: dict[str, list[str]] = {}
    for value in section.values:
        names = countries.setdefault(loc.label("base", value.observation.base), [])
        country = loc.label("country", value.respondents.country)
        if country not in names:
            names.append(country)
    return loc.t("Percentages of: {bases}.").format(
        bases="; ".join(f"{base} ({', '.join(names)})" for base, names in countries.items())
    )


def bases_differ(loc: Localizer, section: Section, *, across_lines: bool = False) -> str:
    """A warning where the section holds figures of different bases; blank otherwise, and of lines of what may be compared, unless it is
    said ``across_lines`` too."""
    compared = not across_lines and any(isinstance(row.header, Comparison) for row in section.rows)
    if compared or len({value.observation.base for value in section.values}) < 2:
        return ""
    return loc.t("Not all are shares of the same thing: read “% of” before you compare.")


def figures_shown(loc: Localizer, values: Sequence[Value]) -> str:
    """How many figures there are, and whether each answer to a question is one, as a table has them and most charts do not:
    "66 figures (each answer counted)"."""
    counted = loc.count_of("{count} figure", "{count} figures", len(values))
    each = any(value.observation.response not in PRIMARY for value in values)
    return loc.t("{figures} (each answer counted)").format(figures=counted) if each else counted


def numbers_of_answers(loc: Localizer, section: Section) -> str:
    """How many answers stand behind the figures."""
    t = loc.t
    known = sorted(
        value.observation.n for value in section.values if value.observation.n is not None
    )
    unknown = len(section.values) - len(known)
    if not section.values:
        return ""
    if not known:
        return t("n (answers behind a figure) is not published for any figure shown.")
    span = (
        loc.number(known[0])
        if known[0] == known[-1]
        else f"{loc.number(known[0])}–{loc.number(known[-1])}"
    )
    text = t("n (answers behind a figure): {span}").format(span=span)
    if unknown:
        text += t("; not published for {count} of {figures}").format(
            count=loc.number(unknown), figures=figures_shown(loc, section.values)
        )
    return text + "."


def sources(section: Section, loc: Localizer) -> tuple[Source, ...]:
    """Publications behind the drawn figures, in order of appearance."""
    ids = dict.fromkeys(value.observation.source_id for value in section.values)
    return tuple(loc.dataset.sources[source] for source in ids)


def publishers(loc: Localizer, found: Iterable[Source]) -> tuple[str, ...]:
    """Who published some sources, each once, in order of appearance; an institution by its full name where any source of the data
    has that and another its abbreviation alone: "Center for Offentlig Innovation (COI)"."""
    known = _names(loc.dataset.sources.values())
    full = {short[1]: name for name in known if (short := _ABBREVIATED.search(name))}
    return tuple(dict.fromkeys(full.get(name, name) for name in _names(found)))


def _names(sources: Iterable[Source]) -> list[str]:
    return [name.strip() for source in sources for name in source.publisher.split(";")]


def source_line(loc: Localizer, section: Section) -> str:
    """Publishers behind the drawn figures, country by country, and who made and who published what institutions compared together,
    in one line; blank where there is no figure."""
    t = loc.t
    if not section.values:
        return ""
    editions: dict[str, dict[str, None]] = {}
    for value in section.values:
        heading = _made_by(loc, value.survey) or loc.label("country", value.respondents.country)
        editions.setdefault(heading, {})[value.observation.source_id] = None
    listed = "; ".join(
        f"{heading}: {', '.join(publishers(loc, (loc.dataset.sources[each] for each in ids)))}"
        for heading, ids in editions.items()
    )
    return t("Sources: {listed}.").format(listed=listed)


def _made_by(loc: Localizer, survey: Survey) -> str:
    """What a compilation is called and who made it: "the Nordic comparison of 2019 (COI, KS, Difi)"; blank for a survey."""
    if survey.kind != COMPILATION:
        return ""
    name = loc.compilation(survey.survey_id)
    return loc.t("{who} ({group})").format(who=name, group=survey.producer)


def notes(loc: Localizer, section: Section) -> tuple[str, ...]:
    """The distinct notes of the drawn figures, each headed by what it is about."""
    return tuple(f"{about}: {note}" for about, note in noted(loc, section))


def noted(loc: Localizer, section: Section) -> tuple[tuple[str, str], ...]:
    """(what it is about, note) of the distinct notes of the drawn figures; a note is there in English only."""
    subjects: dict[str, list[str]] = {}
    for value in section.values:
        if value.observation.note:
            about = (
                f"{loc.label('country', value.respondents.country)}, {loc.measure(value.measure)}"
            )
            members = subjects.setdefault(value.observation.note, [])
            if about not in members:
                members.append(about)
    return tuple(("; ".join(about), note) for note, about in subjects.items())


def compiled(loc: Localizer, view: View) -> str:
    """What the chosen countries have in a compilation that a view does not draw: "The Nordic comparison of 2019: Norway 77%."; blank
    for nothing."""
    countries, sectors = view.selection.countries, view.selection.sectors
    rows = [
        row
        for section in view.sections
        for row in section.together
        if row.country in countries and row.sector in sectors
    ]
    if not rows:
        return ""
    name = loc.compilation(rows[0].survey_id)
    listed = loc.join(
        f"{loc.label('country', row.country)}\u00a0{loc.figure(row.value, row.qualifier)}"
        if row.base == "workplaces"
        else f"{loc.label('country', row.country)}, {loc.unit_of(row)}\u00a0{loc.figure(row.value, row.qualifier)}"
        for row in rows
    )
    about = letters.begun(name)
    found = loc.t("{question}: {answer}").format(question=about, answer=listed)
    return f"{found}."


def together(loc: Localizer, rows: Sequence[Observation]) -> str:
    """Figures that the institutions published side by side, workplaces first; blank where other figures are among them."""
    if (
        not rows
        or any(row.kind != COMPILATION for row in rows)
        or len({row.indicator for row in rows}) > 1
    ):
        return ""
    workplaces = [row for row in rows if row.base == "workplaces"]
    others = [row for row in rows if row.base != "workplaces"]
    of_workplaces = ", ".join(
        f"{loc.label('country', row.country)} {loc.percent(row.value)}" for row in workplaces
    )
    apart = ", ".join(
        loc.t("{country}’s {who} {value}").format(
            country=loc.label("country", row.country),
            who=loc.unit_of(row),
            value=loc.percent(row.value),
        )
        for row in others
    )
    listed = loc.t("; ").join(part for part in (of_workplaces, apart) if part)
    indicator = loc.dataset.indicators[rows[0].indicator].label
    survey = loc.dataset.surveys[rows[0].survey_id]
    year = loc.dataset.sources[survey.source_id].published[:4]
    sentence = (
        loc.t("{indicator}, as the institutions published it together in {year}: {figures}")
        if year
        else loc.t("{indicator}, as the institutions published it together: {figures}")
    )
    return sentence.format(indicator=indicator, figures=listed, year=year)


def response_rates(loc: Localizer, section: Section) -> str:
    """Of a change over editions: how many of those asked answered, edition by edition; blank where that is not known."""
    rates: dict[str, dict[str, None]] = {}
    surveys = {value.survey.survey_id: value.survey for value in section.values}.values()
    for survey in sorted(surveys, key=lambda each: each.period_end or 0):
        if survey.response_rate is not None:
            rate = f"{loc.percent(survey.response_rate)} ({loc.period(survey)})"
            rates.setdefault(loc.label("country", survey.country), {})[rate] = None
    listed = "; ".join(f"{country} {', '.join(rate)}" for country, rate in rates.items())
    return loc.t("Response rates: {listed}.").format(listed=listed) if listed else ""


def only_in(loc: Localizer, header: Header) -> str:
    """Heading above rows that one panel alone has."""
    return loc.t("Only in {place}").format(
        place=loc.lower_population(header) if isinstance(header, Population) else loc.header(header)
    )


def more_from(loc: Localizer, name: str) -> str:
    """Heading of rows that none of the panels beside one, of shares of the same thing, has; others elsewhere may have them too."""
    return loc.t("More from {place}").format(place=name)


def line(
    loc: Localizer, values: Sequence[Value], at: int, told: Collection[type[Header]] = ()
) -> str:
    """What one of several rows or panels of an indicator holds: one edition, one sector of several countries, or both.

    ``at`` is which of them it is. The first of several editions needs no word where it holds several countries; the others
    name the periods of each. What panels or series are ``told`` apart by is not said again.
    """
    of_country: dict[str, dict[str, None]] = {}
    for value in sorted(values, key=lambda value: value.survey.period_end or 0, reverse=True):
        country = loc.label("country", value.respondents.country)
        of_country.setdefault(country, {})[loc.short_period(value.survey)] = None
    countries = list(
        dict.fromkeys(loc.label("country", value.respondents.country) for value in values)
    )
    periods = list(dict.fromkeys(period for found in of_country.values() for period in found))
    groups = list(dict.fromkeys(loc.lower_population(value.population) for value in values))
    parts = [
        *(countries if len(countries) == 1 and Respondents not in told else []),
        *(groups if len(groups) == 1 and Population not in told else []),
        *(periods if len(periods) == 1 else []),
    ]
    if parts or not at:
        return ", ".join(parts)
    return " · ".join(f"{country}: {', '.join(of_country[country])}" for country in countries)


def differing_answer(loc: Localizer, value: Value) -> tuple[str, ...]:
    """The answer that a value counts, where it differs from the heading."""
    if not value.answer_differs:
        return ()
    text = loc.short("response", value.observation.response)
    return (text[:1].lower() + text[1:],)


def ignored(loc: Localizer, part: Ignored) -> str:
    """Why the page did not use a part of the address, and what it did instead."""
    t = loc.t
    after = {
        "too-long": t("so the opening view is shown."),
        "unknown-parameter": t("it was left out."),
        "unknown-value": t("it was left out."),
        "blank": t("its usual value holds."),
        "repeated": t("the first value holds."),
        "mixed": t("it was left out."),
    }
    return f"{_fault(loc, part)}; {after[part.reason]} {_possible(loc, part, _MOST)}".rstrip()


def refused(loc: Localizer, part: Ignored) -> str:
    """Why a file refuses a part of a query, and what is allowed: all names of parameters, of values the first few and how many more
    there are."""
    most = len(part.allowed) if part.reason == "unknown-parameter" else _MOST
    return f"{_fault(loc, part)}. {_possible(loc, part, most)}".rstrip()


def refusal(loc: Localizer, parts: Sequence[Ignored]) -> str:
    """Why a file refuses a query, a line each of the first few parts, and how many more there are; at most 20 kB."""
    lines = [refused(loc, part) for part in parts[:_MOST]]
    return "\n".join([*lines, *_and_more(loc, len(parts) - _MOST)])


def _fault(loc: Localizer, part: Ignored) -> str:
    t = loc.t
    value = part.value if len(part.value) <= _SHOWN else part.value[:_SHOWN] + "…"
    name = part.parameter if len(part.parameter) <= _SHOWN else part.parameter[:_SHOWN] + "…"
    sentences = {
        "too-long": t("The address is too long to be read (more than 4,000 characters)"),
        "unknown-parameter": t("“{name}” is not a parameter"),
        "unknown-value": t("“{value}” is not a value of “{name}”"),
        "blank": t("“{name}” has no value"),
        "repeated": t("“{name}” is given more than once, again as “{value}”"),
        "mixed": t("“{value}” cannot be combined with other values of “{name}”"),
    }
    return sentences[part.reason].format(name=name, value=value)


def _possible(loc: Localizer, part: Ignored, most: int) -> str:
    """The first of the values there are, and how many more; blank where none are listed."""
    if not part.allowed:
        return ""
    listed = ", ".join(part.allowed[:most]) + ("." if len(part.allowed) <= most else ",")
    possible = loc.t("Possible are: {allowed}").format(allowed=listed)
    return " ".join([possible, *_and_more(loc, len(part.allowed) - most)])


def _and_more(loc: Localizer, count: int) -> tuple[str, ...]:
    """That something is one of more than are named; nothing where all are."""
    return (loc.t("and {count} more.").format(count=loc.number(count)),) if count > 0 else ()


def broken(loc: Localizer, step: EditionStep) -> str:
    """Why the line between two editions is interrupted."""
    return loc.t("Break between {earlier} and {later}: {reason}").format(
        earlier=loc.period(step.earlier.survey),
        later=loc.period(step.later.survey),
        reason=" ".join(reasons_of_break(loc, step)),
    )


def reasons_of_break(loc: Localizer, step: EditionStep) -> tuple[str, ...]:
    """Each reason why the line between two editions is interrupted."""
    reasons = tuple(loc.broken(found) for found in step.breaks)
    return reasons or (
        loc.t("share of {earlier}, then of {later}.").format(
            earlier=loc.label("base", step.earlier.observation.base),
            later=loc.label("base", step.later.observation.base),
        ),
    )


def imprint(loc: Localizer, view: View, address: str) -> str:
    """Last line of a picture: where it comes from."""
    return loc.t("{product} · data release {release} · {address}").format(
        product=loc.t(PRODUCT), release=view.release, address=address
    )
