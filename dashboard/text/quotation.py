"""One figure as a sentence to quote: what, how much of what, where, when, on how many answers, how sure, from which source."""

from __future__ import annotations

from dashboard.comparability import ALL, COMPILATION, GRADED, unit
from dashboard.dataset import PRIMARY, Observation
from dashboard.query import POSSIBLE, Evidence, known_count
from dashboard.text import citation, verdicts
from dashboard.text.localizer import Localizer

_PREDICATES = frozenset(("innovative_workplaces",))
"""Indicators whose name, in every language, says what those counted did, so that it ends a sentence."""


def quotation(loc: Localizer, known: Evidence, row: Observation) -> str:
    """The sentence, and behind it the source, both with a full stop.

    "Denmark, workplaces: “Private companies as partners” was reported for 16% of innovations (2021–2023; n 1,352; 95% interval
    14% to 18%). Source: CO-PI 2024." Who is counted stands behind the country where the share does not say it. Where the name of
    the indicator can end a sentence it does: "Norway: 77% of workplaces introduced at least one innovation (…)". That a figure is
    one of a compilation belongs to its source.
    """
    place = _place(loc, row, who=not _share_says_who(row))
    whole = row.indicator in _PREDICATES and row.response == "yes"
    said = _statement(loc, row, place) if whole else _reported(loc, row, place)
    beside = "; ".join(
        part for part in (_period(loc, row), _answers(loc, known, row), _span(loc, known)) if part
    )
    origin = published(loc, row).removesuffix(".")
    if row.kind == COMPILATION:
        origin = f"{origin} ({loc.compilation(row.survey_id)})"
    source = loc.t("Source: {source}.").format(source=origin)
    return f"{said} ({beside}). {source}"


def _statement(loc: Localizer, row: Observation, place: str) -> str:
    """ "Norway: 77% of workplaces introduced at least one innovation"."""
    label = loc.dataset.indicators[row.indicator].label
    share = f"{loc.figure(row.value, row.qualifier)} {_of(loc, row)}"
    said = f"{share} {label[:1].lower()}{label[1:]}"
    return loc.t("{question}: {answer}").format(question=place, answer=said)


def _reported(loc: Localizer, row: Observation, place: str) -> str:
    """ "Denmark, workplaces: “Higher quality, to some degree” was reported for 34% of innovations"."""
    share = f"{loc.figure(row.value, row.qualifier)} {_of(loc, row)}"
    return loc.t("{place}: “{what}” was reported for {share}").format(
        place=place, what=_item(loc, row), share=share
    )


def _share_says_who(row: Observation) -> bool:
    """Whether "of workplaces" or "of innovative workplaces" names who was counted already: all sectors of that unit."""
    return row.sector == ALL and row.base.endswith(f"{unit(row)}s")


def headline(loc: Localizer, row: Observation) -> str:
    """What, which answer, and how much of what: "Higher quality, to some degree: 34% of innovative workplaces"."""
    return f"{_item(loc, row)}: {loc.figure(row.value, row.qualifier)} {_of(loc, row)}"


def _item(loc: Localizer, row: Observation) -> str:
    """The name of an indicator, and which answer where that is not the plain one."""
    plain = row.response in PRIMARY and row.response not in GRADED
    answer = [] if plain else [loc.lower("response", row.response)]
    return ", ".join([loc.dataset.indicators[row.indicator].label, *answer])


def _of(loc: Localizer, row: Observation) -> str:
    return loc.t("of {base}").format(base=loc.label("base", row.base))


def where(loc: Localizer, row: Observation) -> str:
    """Country, who, group and reference period, without brackets of their own: "Sweden, agencies, 2019–2020"."""
    compilation = [loc.compilation(row.survey_id)] if row.kind == COMPILATION else []
    return ", ".join([_place(loc, row), _period(loc, row), *compilation])


def _place(loc: Localizer, row: Observation, *, who: bool = True) -> str:
    """Country, who and group, wherever the figure was published."""
    counted = [loc.unit_of(row)] if who else []
    group = [loc.segment(row)] if row.dimension else []
    return ", ".join([loc.label("country", row.country), *counted, *group])


def _period(loc: Localizer, row: Observation) -> str:
    return loc.period(loc.dataset.surveys[row.survey_id])


def published(loc: Localizer, row: Observation) -> str:
    """Publishers and year of the source, "Vinnova, SCB, Ramboll 2022"; of one without a date its title."""
    source = loc.dataset.sources[row.source_id]
    names, year = ", ".join(citation.authors(source)), citation.year(source)
    title = loc.t("“{answer}”").format(answer=source.title)
    return f"{names} {year}" if year else f"{names}, {title}"


def _answers(loc: Localizer, known: Evidence, row: Observation) -> str:
    """How many of how many where that is known, else n."""
    count = known_count(row, known)
    if row.n is None or count is None:
        return loc.answers(row.n, known.most_answers)
    return loc.t("{count} of {n} answers").format(count=loc.number(count), n=loc.number(row.n))


def _span(loc: Localizer, known: Evidence) -> str:
    """The 95 % interval, or what is possible where everybody was asked; blank where there is none."""
    if not known.interval:
        return ""
    if known.interval.kind == POSSIBLE:
        return verdicts.interval_short(loc, known)
    name = verdicts.interval_name(loc, known.interval.kind)
    return loc.t("{interval} {span}").format(
        interval=name, span=verdicts.interval_short(loc, known)
    )
