"""Everything there is to say about one figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.comparability import CARE, NO, YES, verdict
from dashboard.dataset import Change, Dataset, Observation, Survey
from dashboard.query import Census, Difference, Evidence, Item, Section, View
from dashboard.query.evidence import census_of
from dashboard.wording import citation, differences, verdicts
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


def card(
    words: Words,
    view: View,
    known: Evidence,
    row: Observation,
    today: date,
    address: str,
    dress: str = "",
    corrected: Sequence[Change] = (),
) -> Card:
    """The card of a figure; comparisons are those with the other figures of its row in the present view.

    ``address`` is that of the view, ``dress`` the search that keeps its language and look on the way to the page of sources,
    ``corrected`` what has been corrected about the figure since the release it is shown from.
    """
    return Card(
        title=words.item(
            Item(row.concept, "" if row.response in ("yes", "high") else row.response)
        ),
        subtitle=f"{words.where(row)} · {words.label('dimension', row.dimension)}"
        if row.dimension
        else words.where(row),
        figure=words.figure(row.value, row.qualifier),
        share=words.t("of {base}").format(base=words.label("base", row.base)),
        facts=(*_corrections(words, corrected, dress), *_facts(words, known, row, dress)),
        comparisons=_comparisons(words, view, row),
        caveat=differences.caveat(words),
        apa=citation.apa(words, row, today, address),
        bibtex=citation.bibtex(words, row, today, address),
    )


def _corrections(words: Words, corrected: Sequence[Change], dress: str) -> list[Fact]:
    """What has been corrected about a figure of an earlier release."""
    told = []
    for change in corrected:
        stood = "; ".join(
            f"{before or '–'} → {after or '–'}"
            for before, after in zip(change.before, change.after, strict=True)
        )
        term = words.t("Corrected in release {release}").format(release=change.release)
        told.append(
            Fact(term, words.corrected(change), f"/changes{dress}", f"({stood})" if stood else "")
        )
    return told


def _facts(words: Words, known: Evidence, row: Observation, dress: str) -> tuple[Fact, ...]:
    t = words.t
    dataset = words.dataset
    survey, source = dataset.surveys[row.survey_id], dataset.sources[row.source_id]
    census = (
        [Fact(t("Everybody was asked"), _everybody(words, known.census))] if known.census else []
    )
    return (
        Fact(t("What was asked"), _asked(words, row)),
        Fact(t("Answer counted"), words.label("response", row.response)),
        Fact(t("A percentage of"), described(words, "base", row.base)),
        *(
            (Fact(t("As worded"), described(words, "qualifier", row.qualifier)),)
            if row.qualifier != "exact"
            else ()
        ),
        Fact(t("Answers behind it (n)"), _answers(words, known, row)),
        Fact(t("95% interval"), verdicts.interval(words, known)),
        *census,
        Fact(t("Reference period"), words.period(survey), quoted=_worded(words, survey)),
        Fact(t("Who answered"), f"{words.label('level', row.level)}.", quoted=survey.population),
        Fact(t("Response rate"), _response_rate(words, dataset, row)),
        Fact(
            t("Survey"),
            f"{survey.title} ({survey.producer})",
            f"/sources{dress}#{survey.survey_id}",
        ),
        Fact(
            t("Source"),
            f"{source.publisher}: {source.title}"
            + (f" ({source.published})" if source.published else ""),
            source.url,
        ),
        Fact(t("Place in the source"), "", quoted=row.locator),
        Fact(_label_in_source(words, source.language), "", quoted=row.label_in_source),
        Fact(t("How value and label were joined"), described(words, "status", row.status)),
        *(
            (Fact(t("What is in doubt"), described(words, "doubt", row.doubt)),)
            if row.doubt
            else ()
        ),
        *((Fact(t("Note"), "", quoted=row.note),) if row.note else ()),
    )


def _label_in_source(words: Words, language: str) -> str:
    return (
        words.t("Label in the source")
        if language == "en"
        else words.t("Label in the source (translated)")
    )


def _asked(words: Words, row: Observation) -> str:
    """What was asked, by the survey's own definition where the figure depends on one."""
    concept, survey = words.dataset.concepts[row.concept], words.dataset.surveys[row.survey_id]
    if not concept.by_definition:
        return concept.definition
    found = words.dataset.definitions.get(survey.definition)
    if not found:
        return " ".join(
            (concept.definition, words.t("How this survey defines an innovation is not known."))
        )
    return words.t("{question} In this survey: {definition}").format(
        question=concept.definition, definition=found.definition
    )


def _everybody(words: Words, census: Census) -> str:
    """Counts, the range of the possible and the interval of a finite population."""
    t = words.t
    fewest, most = (words.number(asked) for asked in census.asked)
    asked = fewest if fewest == most else t("{low} to {high}").format(low=fewest, high=most)
    counts = t("{count} of {n} answers, of {answered} who answered; {asked} were asked.").format(
        count=words.number(census.count),
        n=words.number(census.n),
        answered=words.number(census.answered),
        asked=asked,
    )
    possible = t(
        "Whatever those who did not answer would say, the share lies between {low} and {high}."
    ).format(
        low=words.percent(round(census.possible[0])), high=words.percent(round(census.possible[1]))
    )
    finite = t("95% interval if those who did not answer resemble those who did: {span}.").format(
        span=verdicts.span(words, *census.finite)
    )
    return f"{counts} {possible} {finite}"


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
        (census_of(dataset, row), t("{rate} in this sector (survey of managements)")),
    ):
        rate = dataset.response_rates.get((asked.survey_id, row.sector)) if asked else None
        if rate and rate.response_rate is not None:
            return pattern.format(rate=words.percent(rate.response_rate))
    if survey.response_rate is None:
        return t("not published")
    return t("{rate} of the whole survey").format(rate=words.percent(survey.response_rate))


def _comparisons(words: Words, view: View, row: Observation) -> tuple[Comparison, ...]:
    section = next((section for section in view.sections if section.theme == row.theme), None)
    if section is None:
        return ()
    beside = [other for other in _beside(section, row) if other.position != row.position]
    made = [_comparison(words, section, view, row, other) for other in beside]
    return tuple(sorted(made, key=lambda each: (YES, CARE, NO).index(each.kind)))


def _beside(section: Section, row: Observation) -> list[Observation]:
    """Every drawn figure of the same indicator and answer."""
    mine = next(
        (value.item for value in section.values if value.observation.position == row.position), None
    )
    return [value.observation for value in section.values if value.item == mine]


def _comparison(
    words: Words, section: Section, view: View, row: Observation, other: Observation
) -> Comparison:
    judged = verdict(words.dataset, row, other, view.limits)
    tested = _difference(section, row, other)
    period = words.period(words.dataset.surveys[other.survey_id])
    name = f"{words.figure(other.value, other.qualifier)} – {words.where(other)}, {period}"
    parts = [differences.judgement(words, tested)] if tested else []
    if tested and tested.published:
        parts.append(words.stated(tested.published))
    return Comparison(
        judged.kind,
        name,
        " ".join(
            [*(_capital(part) for part in parts), verdicts.reasons(words, judged, row, other)]
        ),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _difference(section: Section, row: Observation, other: Observation) -> Difference | None:
    pair = {row.position, other.position}
    return next(
        (
            found
            for found in section.differences
            if {found.first.position, found.second.position} == pair
        ),
        None,
    )
