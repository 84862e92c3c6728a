"""What the card of a figure lists: a term each, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.dataset import COMPUTED, Change, Dataset, Observation, Survey
from dashboard.query import Census, Evidence, SmallBase
from dashboard.query.evidence import census_of
from dashboard.text import provenance, verdicts
from dashboard.text.localizer import Localizer


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what is to be said of it; ``url`` where it leads on."""

    term: str
    text: str
    url: str = ""
    quoted: str = ""
    """What follows the text in the words of the data, which are there in English only."""


def corrections(loc: Localizer, corrected: Sequence[Change], display_query: str) -> list[Fact]:
    """What has been corrected about a figure of an earlier release."""
    corrections = []
    for change in corrected:
        stood = "; ".join(
            f"{before or '–'} → {after or '–'}"
            for before, after in zip(change.before, change.after, strict=True)
        )
        term = loc.t("Corrected in release {release}").format(release=change.release)
        corrections.append(
            Fact(
                term,
                loc.corrected(change),
                f"/changes{display_query}",
                f"({stood})" if stood else "",
            )
        )
    return corrections


def facts(
    loc: Localizer, known: Evidence, row: Observation, display_query: str
) -> tuple[Fact, ...]:
    t = loc.t
    dataset = loc.dataset
    survey, source = dataset.surveys[row.survey_id], dataset.sources[row.source_id]
    census = [Fact(t("Everybody was asked"), _everybody(loc, known.census))] if known.census else []
    return (
        Fact(t("What was asked"), _asked(loc, row)),
        Fact(t("Answer counted"), loc.label("response", row.response)),
        Fact(t("A percentage of"), described(loc, "base", row.base)),
        *(
            (Fact(t("As worded"), described(loc, "qualifier", row.qualifier)),)
            if row.qualifier != "exact"
            else ()
        ),
        Fact(t("Answers behind it (n)"), _answers(loc, known, row)),
        Fact(verdicts.interval_heading(loc, known), verdicts.interval(loc, known)),
        *_sure(loc, row),
        *census,
        Fact(t("Reference period"), loc.period(survey), quoted=_worded(loc, survey)),
        Fact(t("Who answered"), f"{loc.label('level', row.level)}.", quoted=survey.population),
        Fact(t("Response rate"), _response_rate(loc, dataset, row)),
        Fact(
            t("Survey"),
            f"{survey.title} ({survey.producer})",
            f"/sources{display_query}#{survey.survey_id}",
        ),
        Fact(
            t("Source"),
            source_of(loc, row),
            source.url,
        ),
        Fact(t("Place in the source"), "", quoted=row.locator),
        Fact(_label_in_source(loc, source.language), "", quoted=row.label_in_source),
        Fact(_came_about(loc, row), described(loc, "status", row.status)),
        *_imported(loc, row),
        *((Fact(t("What is in doubt"), described(loc, "doubt", row.doubt)),) if row.doubt else ()),
        *((Fact(t("Note"), "", quoted=row.note),) if row.note else ()),
    )


def _came_about(loc: Localizer, row: Observation) -> str:
    computed = row.status == COMPUTED
    return (
        loc.t("How the figure came about")
        if computed
        else loc.t("How the number was matched to its label")
    )


def _sure(loc: Localizer, row: Observation) -> list[Fact]:
    estimate = loc.dataset.estimates.get(row.position)
    return [Fact(loc.t("Standard error"), provenance.sureness(loc, estimate))] if estimate else []


def _imported(loc: Localizer, row: Observation) -> list[Fact]:
    """From which files a figure was computed, or which table it was read from, and what its survey withholds."""
    found = loc.dataset.imports.get(row.survey_id)
    if found is None or (row.status == COMPUTED) == (found.kind == provenance.TABLE):
        return []
    made_up = provenance.synthetic(loc, row)
    whence = loc.t("Computed from") if row.status == COMPUTED else loc.t("Read from")
    return [
        Fact(whence, provenance.files(loc, found), "", provenance.digests(found)),
        Fact(loc.t("Withheld"), provenance.withheld(loc, found)),
        *([Fact(loc.t("Synthetic"), made_up)] if made_up else []),
    ]


def source_of(loc: Localizer, row: Observation) -> str:
    """Publisher, title and date of a figure's source."""
    source = loc.dataset.sources[row.source_id]
    dated = f" ({source.published})" if source.published else ""
    return f"{source.publisher}: {source.title}{dated}"


def _label_in_source(loc: Localizer, language: str) -> str:
    return (
        loc.t("Label in the source")
        if language == "en"
        else loc.t("Label in the source (translated)")
    )


def _asked(loc: Localizer, row: Observation) -> str:
    """What was asked, by the survey's own definition where the figure depends on one."""
    indicator, survey = loc.dataset.indicators[row.indicator], loc.dataset.surveys[row.survey_id]
    if not indicator.by_definition:
        return indicator.definition
    found = loc.dataset.definitions.get(survey.definition)
    if not found:
        return " ".join(
            (indicator.definition, loc.t("How this survey defines an innovation is not known."))
        )
    return loc.t("{question} In this survey: {definition}").format(
        question=indicator.definition, definition=found.definition
    )


def _everybody(loc: Localizer, census: Census) -> str:
    """Counts, the range of the possible and the interval of a finite population."""
    t = loc.t
    fewest, most = (loc.number(asked) for asked in census.asked)
    asked = fewest if fewest == most else t("{low} to {high}").format(low=fewest, high=most)
    counts = t("{count} of {n} answers, of {answered} who answered; {asked} were asked.").format(
        count=loc.number(census.count),
        n=loc.number(census.n),
        answered=loc.number(census.answered),
        asked=asked,
    )
    possible = t(
        "Whatever those who did not answer would say, the share lies between {low} and {high}."
    ).format(
        low=loc.percent(round(census.possible[0])), high=loc.percent(round(census.possible[1]))
    )
    finite = t("95% interval if those who did not answer resemble those who did: {span}.").format(
        span=verdicts.span(loc, *census.finite)
    )
    return f"{counts} {possible} {finite}"


def described(loc: Localizer, list_name: str, code: str) -> str:
    """Label of a code with its explanation."""
    found = loc.dataset.codes[list_name][code]
    return f"{found.label}. {found.description}" if found.description else found.label


def _answers(loc: Localizer, known: Evidence, row: Observation) -> str:
    t = loc.t
    if row.n is None and known.most_answers is not None:
        return t("not published, at most {n}").format(n=loc.number(known.most_answers))
    if row.n is None:
        return t("not published")
    templates: dict[SmallBase, str] = {
        "": "{n}",
        "few": t("{n} (few: one answer weighs {weight} points)"),
        "very_few": t("{n} (very few: one answer weighs {weight} points)"),
    }
    return templates[known.few].format(
        n=loc.number(row.n), weight=loc.number(round(100 / row.n, 1))
    )


def _worded(loc: Localizer, survey: Survey) -> str:
    """The reference period in the words of the data, where these say more than years."""
    shown, worded = loc.period(survey), survey.reference_period
    return f"({worded})" if worded and shown.replace("–", "-") != worded else ""


def _response_rate(loc: Localizer, dataset: Dataset, row: Observation) -> str:
    t = loc.t
    survey = dataset.surveys[row.survey_id]
    for asked, pattern in (
        (survey, t("{rate} in this sector")),
        (census_of(dataset, row), t("{rate} in this sector (survey of managements)")),
    ):
        rate = dataset.response_rates.get((asked.survey_id, row.sector)) if asked else None
        if rate and rate.response_rate is not None:
            return pattern.format(rate=loc.percent(rate.response_rate))
    if survey.response_rate is None:
        return t("not published")
    return t("{rate} of the whole survey").format(rate=loc.percent(survey.response_rate))
