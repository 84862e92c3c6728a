"""Titles, notes, blanks and messages."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.comparability import COMPILATION
from dashboard.dataset import Observation, Source
from dashboard.messages import message
from dashboard.query import Group, Join, Key, Section, Value, View
from dashboard.selection import Ignored, Selection, filters
from dashboard.wording import choices
from dashboard.wording.words import Words

PRODUCT = message("Innovation barometers side by side")
_SHOWN = 60
"""Characters of what was typed that a message repeats."""
_MOST = 12
"""Possible values that a message on the page lists."""


def theme_title(words: Words, section: Section) -> str:
    """Heading of a section."""
    return words.label("theme", section.theme)


def picture_title(words: Words, view: View, section: Section) -> str:
    """Title of a picture: the theme and what is compared; of a compilation the figures themselves."""
    compiled = together(words, [value.observation for value in section.values])
    if compiled:
        return compiled
    countries = list(dict.fromkeys(place.country for place in section.places))
    names = words.some(words.label("country", code) for code in countries)
    return words.t("{theme}: {countries}").format(
        theme=theme_title(words, section), countries=names
    )


def picture_subtitle(words: Words, selection: Selection) -> str:
    """The selection in one line: what its filters say of themselves, in their order there."""
    told = sorted(
        (each.subtitle.place, text)
        for each in filters.filters()
        if each.subtitle and (text := choices.subtitle(words, each, selection))
    )
    return " · ".join([words.t("Public-sector Innovation Barometer"), *(text for _, text in told)])


def bases(words: Words, section: Section) -> str:
    """What the percentages are percentages of, country by country; blank where there is no figure."""
    if not section.values:
        return ""
    told: dict[str, list[str]] = {}
    for value in section.values:
        names = told.setdefault(words.label("base", value.observation.base), [])
        country = words.label("country", value.place.country)
        if country not in names:
            names.append(country)
    return words.t("Percentages of: {bases}.").format(
        bases="; ".join(f"{base} ({', '.join(names)})" for base, names in told.items())
    )


def bases_differ(words: Words, section: Section) -> str:
    """A warning where the section holds figures of different bases; blank otherwise."""
    if len({value.observation.base for value in section.values}) < 2:
        return ""
    return words.t(
        "Not every percentage here is a share of the same thing: read the line “% of” before you compare two figures."
    )


def numbers_of_answers(words: Words, section: Section) -> str:
    """How many answers stand behind the figures."""
    t = words.t
    known = sorted(
        value.observation.n for value in section.values if value.observation.n is not None
    )
    unknown = len(section.values) - len(known)
    if not section.values:
        return ""
    if not known:
        return t("n (answers behind a figure) is not published for any figure shown.")
    span = (
        words.number(known[0])
        if known[0] == known[-1]
        else f"{words.number(known[0])}–{words.number(known[-1])}"
    )
    text = t("n (answers behind a figure): {span}").format(span=span)
    if unknown:
        text += t("; not published for {count} of {all} figures").format(
            count=words.number(unknown), all=words.number(len(section.values))
        )
    return text + "."


def sources(section: Section, words: Words) -> tuple[Source, ...]:
    """Publications behind the drawn figures, in order of appearance."""
    ids = dict.fromkeys(value.observation.source_id for value in section.values)
    return tuple(words.dataset.sources[source] for source in ids)


def source_line(words: Words, section: Section) -> str:
    """Publishers and reference periods behind the drawn figures, in one line; blank where there is no figure."""
    t = words.t
    if not section.values:
        return ""
    editions: dict[str, dict[str, None]] = {}
    for value in section.values:
        publisher = words.dataset.sources[value.observation.source_id].publisher.replace(";", ",")
        country = words.label("country", value.place.country)
        editions.setdefault(country, {})[publisher] = None
    listed = "; ".join(f"{country}: {', '.join(names)}" for country, names in editions.items())
    return t("Sources: {listed}.").format(listed=listed)


def notes(words: Words, section: Section) -> tuple[str, ...]:
    """The distinct notes of the drawn figures, each headed by what it is about."""
    return tuple(f"{about}: {note}" for about, note in noted(words, section))


def noted(words: Words, section: Section) -> tuple[tuple[str, str], ...]:
    """(what it is about, note) of the distinct notes of the drawn figures; a note is there in English only."""
    told: dict[str, list[str]] = {}
    for value in section.values:
        if value.observation.note:
            about = f"{words.label('country', value.place.country)}, {words.item(value.item)}"
            members = told.setdefault(value.observation.note, [])
            if about not in members:
                members.append(about)
    return tuple(("; ".join(about), note) for note, about in told.items())


def together(words: Words, rows: Sequence[Observation]) -> str:
    """Figures that the institutions published side by side, workplaces first; blank where other figures are among them."""
    if (
        not rows
        or any(row.kind != COMPILATION for row in rows)
        or len({row.concept for row in rows}) > 1
    ):
        return ""
    workplaces = [row for row in rows if row.base == "workplaces"]
    others = [row for row in rows if row.base != "workplaces"]
    told = ", ".join(
        f"{words.label('country', row.country)} {words.percent(row.value)}" for row in workplaces
    )
    apart = ", ".join(
        words.t("{country}'s {who} {value}").format(
            country=words.label("country", row.country),
            who=words.respondents(row),
            value=words.percent(row.value),
        )
        for row in others
    )
    listed = words.t("; ").join(part for part in (told, apart) if part)
    concept = words.dataset.concepts[rows[0].concept].label
    survey = words.dataset.surveys[rows[0].survey_id]
    year = words.dataset.sources[survey.source_id].published[:4]
    told = (
        words.t("{indicator}, as the institutions published it together in {year}: {figures}")
        if year
        else words.t("{indicator}, as the institutions published it together: {figures}")
    )
    return told.format(indicator=concept, figures=listed, year=year)


def response_rates(words: Words, section: Section) -> str:
    """Of a change over editions: how many of those asked answered, edition by edition; blank where that is not known."""
    rates: dict[str, dict[str, None]] = {}
    surveys = {value.survey.survey_id: value.survey for value in section.values}.values()
    for survey in sorted(surveys, key=lambda each: each.period_end or 0):
        if survey.response_rate is not None:
            told = f"{words.percent(survey.response_rate)} ({words.period(survey)})"
            rates.setdefault(words.label("country", survey.country), {})[told] = None
    listed = "; ".join(f"{country} {', '.join(told)}" for country, told in rates.items())
    return words.t("Response rates: {listed}.").format(listed=listed) if listed else ""


def only_in(words: Words, key: Key) -> str:
    """Heading above rows that one panel alone has."""
    return words.t("Only in {place}").format(
        place=words.lower_group(key) if isinstance(key, Group) else words.key(key)
    )


def line(words: Words, values: Sequence[Value], at: int) -> str:
    """What one of several rows or panels of an indicator holds: one edition, one sector of several countries, or both.

    ``at`` is which of them it is. The first of several editions needs no word where it holds several countries.
    """
    periods = list(dict.fromkeys(words.period(value.survey) for value in values))
    countries = list(dict.fromkeys(words.label("country", value.place.country) for value in values))
    groups = list(dict.fromkeys(words.lower_group(value.group) for value in values))
    parts = [
        *(countries if len(countries) == 1 else []),
        *(groups if len(groups) == 1 else []),
        *(periods if len(periods) == 1 else []),
    ]
    return ", ".join(parts) or (words.t("earlier editions") if at else "")


def more_items(words: Words, count: int) -> str:
    """What a picture says of indicators it has no room for."""
    return words.counted(
        "{count} more indicator at the address below.",
        "{count} more indicators at the address below.",
        count,
    )


def details(words: Words, value: Value, intervals: bool) -> tuple[str, ...]:
    """What stands beside a value in small type: n with the sign of a small base, and what differs from the heading."""
    t = words.t
    parts = []
    known = value.evidence
    if value.observation.n is not None:
        sign = words.small_base(known.few)
        parts.append(f"{words.n(value.observation.n)} {sign}".rstrip())
    elif intervals and known.interval:
        parts.append(t("n ≤ {n}").format(n=words.number(known.interval.n)))
    if value.tell_answer:
        text = words.short("response", value.observation.response)
        parts.append(text[:1].lower() + text[1:])
    if value.tell_period:
        parts.append(words.short_period(value.survey))
    return tuple(parts)


def ignored(words: Words, part: Ignored) -> str:
    """Why the page did not use a part of the address, and what it did instead."""
    t = words.t
    after = {
        "too-long": t("so the opening view is shown."),
        "unknown-parameter": t("it was left out."),
        "unknown-value": t("it was left out."),
        "blank": t("its usual value holds."),
        "repeated": t("the first value holds."),
        "mixed": t("it was left out."),
    }
    return f"{_fault(words, part)}; {after[part.reason]} {_possible(words, part, _MOST)}".rstrip()


def refused(words: Words, part: Ignored) -> str:
    """Why a file refuses a part of a query, and what is allowed."""
    return f"{_fault(words, part)}. {_possible(words, part, None)}".rstrip()


def _fault(words: Words, part: Ignored) -> str:
    t = words.t
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


def _possible(words: Words, part: Ignored, most: int | None) -> str:
    """The values there are, all or the first of them; blank where none are listed."""
    if not part.allowed:
        return ""
    listed = ", ".join(part.allowed[:most]) + (", …" if most and len(part.allowed) > most else ".")
    return words.t("Possible are: {allowed}").format(allowed=listed)


def broken(words: Words, join: Join) -> str:
    """Why the line between two editions is interrupted."""
    t = words.t
    spans = t("Break between {earlier} and {later}: {reason}")
    reasons = [words.broken(found) for found in join.breaks]
    if not reasons:
        reasons.append(
            t("share of {earlier}, then of {later}.").format(
                earlier=words.label("base", join.earlier.observation.base),
                later=words.label("base", join.later.observation.base),
            )
        )
    return spans.format(
        earlier=words.period(join.earlier.survey),
        later=words.period(join.later.survey),
        reason=" ".join(reasons),
    )


def imprint(words: Words, view: View, address: str) -> str:
    """Last line of a picture: where it comes from."""
    return words.t("{product} · data release {release} · {address}").format(
        product=words.t(PRODUCT), release=view.release, address=address
    )
