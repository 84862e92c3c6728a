"""Texts that several files share: title, selection, notes, references and definitions of a view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.charts import registry
from dashboard.dataset import Source
from dashboard.formats import records
from dashboard.formats.records import headings
from dashboard.query import Section, View
from dashboard.text import (
    Localizer,
    citation,
    comparisons,
    differences,
    licence,
    missing,
    pictures,
    summary,
    texts,
    verdicts,
)


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of the notes: the theme it belongs to (blank: the whole view), what kind of note it is, and its text."""

    theme: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Definition:
    """One code of the figures with its meaning."""

    column: str
    """Heading of the column that holds the code."""
    code: str
    label: str
    description: str


def title(loc: Localizer, view: View) -> str:
    """Themes and countries of a view: "Drivers, Effects: Denmark and Sweden"."""
    themes = ", ".join(texts.theme_title(loc, section) for section in view.sections)
    countries = list(
        dict.fromkeys(
            respondents.country
            for section in view.sections
            for respondents in section.all_respondents
        )
    )
    if not themes:
        return loc.t(texts.PRODUCT)
    names = loc.join(loc.label("country", code) for code in countries)
    return loc.t("{theme}: {countries}").format(theme=themes, countries=names)


def reference(loc: Localizer, source: Source) -> str:
    """A publication as a list of references names it: publisher, year, title, address."""
    year = citation.year(source) or loc.t("n.d.")
    return f"{source.publisher.removesuffix('.')} ({year}). {source.title}. {source.url}".rstrip()


def remarks(loc: Localizer, view: View, address: str) -> Iterator[Remark]:
    """Everything that must be known to read the figures, the whole view first, then theme by theme."""
    t = loc.t
    yield Remark("", t("View"), title(loc, view))
    yield Remark("", t("Selection"), pictures.selection_line(loc, view.selection))
    yield Remark("", t("Address"), address)
    yield Remark("", t("Data release"), f"{view.release} ({loc.dataset.released[:10]})")
    yield Remark("", t("Licence"), licence.of_file(loc))
    yield Remark("", t("Unit"), _unit(loc))
    for code, meaning in missing.blank_legend(loc):
        yield Remark("", t("No figure: {code}").format(code=code), meaning)
    yield Remark("", t("Intervals"), differences.caveat(loc))
    for section in view.sections:
        for kind, text in _of_section(loc, view, section):
            yield Remark(texts.theme_title(loc, section), kind, text)


def _unit(loc: Localizer) -> str:
    text = loc.t(
        "Figures and intervals are percent, 0 to 100; what they are percent of stands in the column {column}."
    )
    return text.format(column=headings(loc)["base"])


def _of_section(loc: Localizer, view: View, section: Section) -> Iterator[tuple[str, str]]:
    t = loc.t
    remarks = [
        *((t("Summary"), sentence) for sentence in summary.summary(loc, view, section)),
        (t("Summary"), comparisons.care_of(loc, view, section)),
        (t("Bases"), texts.bases(loc, section)),
        (t("Bases"), texts.bases_differ(loc, section)),
        (t("Answers"), texts.numbers_of_answers(loc, section)),
        (t("Weights"), verdicts.weighting(loc, section)),
        (
            t("Answers"),
            registry.chart_of(view.selection).note_on_surveys(loc, section),
        ),
        (t("Missing"), missing.missing_countries(loc, section)),
        (t("Missing"), missing.drawn(loc, view.selection, (section.theme,))),
        (t("Missing"), missing.single_editions(loc, section)),
        (t("Missing"), left_out(loc, section)),
        *((t("Break"), texts.broken(loc, step)) for step in section.edition_steps if step.broken),
        *((t("Note"), note) for note in texts.notes(loc, section)),
    ]
    yield from dict.fromkeys((kind, text) for kind, text in remarks if text)


def left_out(loc: Localizer, section: Section) -> str:
    """How many indicators the view does not show of a theme; blank where it shows all."""
    count = section.indicators_total - section.indicators_shown
    if count <= 0:
        return ""
    return loc.count_of(
        "{count} indicator of this theme is not in this view.",
        "{count} indicators of this theme are not in this view.",
        count,
    )


def definitions(loc: Localizer, view: View) -> Iterator[Definition]:
    """Every indicator, survey edition and code that occurs among the figures of a view."""
    dataset = loc.dataset
    columns = {**headings(loc), "dimension": loc.t("dimension")}
    values = [value for section in view.sections for value in section.values]
    for indicator in dict.fromkeys(value.observation.indicator for value in values):
        found = dataset.indicators[indicator]
        yield Definition(columns["concept"], indicator, found.label, found.definition)
    for survey in records.surveys(view):
        who = [
            survey.producer,
            loc.t("reference period {period}").format(period=loc.period(survey)),
            survey.population,
        ]
        if survey.respondents is not None:
            who.append(loc.t("{count} answered").format(count=loc.number(survey.respondents)))
        if survey.response_rate is not None:
            who.append(loc.t("response rate {rate}").format(rate=loc.percent(survey.response_rate)))
        yield Definition(
            columns["survey_id"],
            survey.survey_id,
            survey.title,
            "; ".join(part for part in who if part),
        )
    for name, used in _codes(view):
        column, _, dimension = name.partition(":")
        for code, entry in dataset.codes[name].items():
            if code in used:
                # A part of a split has its code in the cells behind that of the split.
                written = f"{dimension}={code}" if dimension else code
                yield Definition(columns[column], written, entry.label, entry.description)
    for code, meaning in missing.blank_legend(loc):
        yield Definition(columns["blank"], code, meaning, "")


def _codes(view: View) -> Iterator[tuple[str, set[str]]]:
    """(list of codes, codes of it that occur)."""
    observations = [value.observation for section in view.sections for value in section.values]
    yield "theme", {section.theme for section in view.sections}
    for name in ("country", "level", "sector", "response", "base", "qualifier", "status", "doubt"):
        yield name, {getattr(row, name) for row in observations}
    for dimension in dict.fromkeys(row.dimension for row in observations if row.dimension):
        yield "dimension", {dimension}
        yield (
            f"segment:{dimension}",
            {row.segment for row in observations if row.dimension == dimension},
        )
