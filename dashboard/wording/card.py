"""Everything there is to say about one figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.comparability import CARE, NO, YES, verdict
from dashboard.dataset import Dataset, Observation, Survey
from dashboard.query import Difference, Evidence, Group, Item, Place, Section, View
from dashboard.wording import citation, verdicts
from dashboard.wording.words import Words


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what is to be said of it; ``url`` where it leads on."""

    term: str
    text: str
    url: str = ""
    quoted: str = ""
    """What follows the text in the words of the data, which are there in English only."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Another figure of the row, and whether it may stand beside this one."""

    kind: str
    other: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Card:
    """One figure in full."""

    title: str
    subtitle: str
    figure: str
    share: str
    facts: tuple[Fact, ...]
    comparisons: tuple[Comparison, ...]
    caveat: str
    apa: str
    bibtex: str


def card(words: Words, view: View, known: Evidence, row: Observation, today: date, address: str, dress: str = "") -> Card:
    """The card of a figure; comparisons are those with the other figures of its row in the present view.

    ``address`` is that of the view, ``dress`` the search that keeps its language and look on the way to the page of sources.
    """
    place = Place(row.country, row.level, row.kind == "compilation")
    return Card(
        title=words.item(Item(row.concept, "" if row.response in ("yes", "high") else row.response)),
        subtitle=f"{words.place(place)} · {_whose(words, row)}",
        figure=words.figure(row.value, row.qualifier),
        share=words.t("of {base}").format(base=words.label("base", row.base)),
        facts=_facts(words, known, row, dress),
        comparisons=_comparisons(words, view, row),
        caveat=verdicts.caveat(words),
        apa=citation.apa(words, row, today, address),
        bibtex=citation.bibtex(words, row, today, address),
    )


def _whose(words: Words, row: Observation) -> str:
    sector = words.label("sector", row.sector)
    if not row.dimension:
        return sector
    return f"{sector} · {words.label('dimension', row.dimension)}: {words.group(Group(row.sector, row.dimension, row.segment))}"


def _facts(words: Words, known: Evidence, row: Observation, dress: str) -> tuple[Fact, ...]:
    t = words.t
    dataset = words.dataset
    survey, source = dataset.surveys[row.survey_id], dataset.sources[row.source_id]
    concept = dataset.concepts[row.concept]
    return (
        Fact(t("What was asked"), concept.definition),
        Fact(t("Answer counted"), words.label("response", row.response)),
        Fact(t("A percentage of"), described(words, "base", row.base)),
        *((Fact(t("As worded"), described(words, "qualifier", row.qualifier)),) if row.qualifier != "exact" else ()),
        Fact(t("Answers behind it (n)"), _answers(words, known, row)),
        Fact(t("95% interval"), verdicts.interval(words, known)),
        Fact(t("Reference period"), words.period(survey), quoted=_worded(words, survey)),
        Fact(t("Who answered"), f"{words.label('level', row.level)}.", quoted=survey.population),
        Fact(t("Response rate"), _response_rate(words, dataset, row)),
        Fact(t("Survey"), f"{survey.title} ({survey.producer})", f"/sources{dress}#{survey.survey_id}"),
        Fact(t("Source"), f"{source.publisher}: {source.title}" + (f" ({source.published})" if source.published else ""), source.url),
        Fact(t("Place in the source"), "", quoted=row.locator),
        Fact(t("Label in the source"), "", quoted=row.label_in_source),
        Fact(t("How value and label were joined"), described(words, "status", row.status)),
        *((Fact(t("Note"), "", quoted=row.note),) if row.note else ()),
    )


def described(words: Words, list_name: str, code: str) -> str:
    """Label of a code with its explanation."""
    found = words.dataset.codes[list_name][code]
    return f"{found.label}. {found.description}" if found.description else found.label


def _answers(words: Words, known: Evidence, row: Observation) -> str:
    t = words.t
    if row.n is None:
        return t("not published")
    told = {
        "": "{n}",
        "few": t("{n} (few: one answer weighs {weight} points)"),
        "very_few": t("{n} (very few: one answer weighs {weight} points)"),
    }
    return told[known.few].format(n=words.number(row.n), weight=words.number(round(100 / row.n, 1)))


def _worded(words: Words, survey: Survey) -> str:
    """The reference period in the words of the data, where these say more than years."""
    shown, worded = words.period(survey), survey.reference_period
    return f"({worded})" if worded and shown.replace("–", "-") != worded else ""


def _response_rate(words: Words, dataset: Dataset, row: Observation) -> str:
    t = words.t
    survey = dataset.surveys[row.survey_id]
    for asked, pattern in (
        (survey, t("{rate} in this sector")),
        (_census(dataset, row), t("{rate} in this sector (survey of managements)")),
    ):
        rate = dataset.response_rates.get((asked.survey_id, row.sector)) if asked else None
        if rate and rate.response_rate is not None:
            return pattern.format(rate=words.percent(rate.response_rate))
    if survey.response_rate is None:
        return t("not published")
    return t("{rate} of the whole survey").format(rate=words.percent(survey.response_rate))


def _census(dataset: Dataset, row: Observation) -> Survey | None:
    """The survey of managements that a workplace survey takes its organisations from: same country, same period."""
    survey = dataset.surveys[row.survey_id]
    if survey.level != "workplace" or not row.base.endswith("organisations"):
        return None
    return next(
        (
            other
            for other in dataset.surveys.values()
            if (other.country, other.reference_period, other.level) == (survey.country, survey.reference_period, "central")
        ),
        None,
    )


def _comparisons(words: Words, view: View, row: Observation) -> tuple[Comparison, ...]:
    section = next((section for section in view.sections if section.theme == row.theme), None)
    if section is None:
        return ()
    beside = [other for other in _beside(section, row) if other.position != row.position]
    made = [_comparison(words, section, view, row, other) for other in beside]
    return tuple(sorted(made, key=lambda each: (YES, CARE, NO).index(each.kind)))


def _beside(section: Section, row: Observation) -> list[Observation]:
    """Every drawn figure of the same indicator and answer."""
    mine = next((value.item for value in section.values if value.observation.position == row.position), None)
    return [value.observation for value in section.values if value.item == mine]


def _comparison(words: Words, section: Section, view: View, row: Observation, other: Observation) -> Comparison:
    judged = verdict(words.dataset, row, other, view.limits)
    tested = _difference(section, row, other)
    place = words.place(Place(other.country, other.level, other.kind == "compilation"))
    period = words.period(words.dataset.surveys[other.survey_id])
    name = f"{words.figure(other.value, other.qualifier)} – {place}, {verdicts.who(words, other)}, {period}"
    parts = [verdicts.judgement(words, tested)] if tested else []
    if tested and tested.published:
        parts.append(words.stated(tested.published))
    return Comparison(judged.kind, name, " ".join([*(_capital(part) for part in parts), verdicts.reasons(words, judged, row, other)]))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _difference(section: Section, row: Observation, other: Observation) -> Difference | None:
    pair = {row.position, other.position}
    return next((found for found in section.differences if {found.first.position, found.second.position} == pair), None)
