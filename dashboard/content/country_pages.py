"""The pages on countries: the list of them, one at a glance, and which there are where somebody asks for another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from dashboard.comparability import ALL
from dashboard.content import country as at_glance
from dashboard.content.rendering import render
from dashboard.content.urls import PageUrls, ViewUrls
from dashboard.dataset import Observation
from dashboard.query import Measure
from dashboard.query.leading import KeyFigure
from dashboard.query.shared import Shared
from dashboard.releases import Release
from dashboard.text import Localizer, texts

UNFOLDED = 1
"""Themes whose charts stand open on a telephone and a tablet; of the others a reader first sees name and finding."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A key figure as it is read."""

    figure: str
    label: str
    who: str
    """Whose figure it is; blank for all workplaces."""
    details: tuple[str, ...]
    """Percent of what, how many answers, when."""
    beside: str
    """The same of other groups; blank where the figure is that of all."""
    address: str


def countries(loc: Localizer, links: PageUrls, release: Release) -> str:
    """The page that lists the countries, each with its surveys and its first key figure."""
    views, codes = ViewUrls(loc.dataset, links), at_glance.countries(loc.dataset)
    listed = [
        (
            code,
            lines,
            in_short(loc, lines),
            [tile(loc, views, key) for key in at_glance.figures_of(release, code, most=1)],
        )
        for code in codes
        for lines in (at_glance.survey_lines(loc.dataset, code),)
    ]
    return render("countries.html", loc, links, path=at_glance.path, countries=listed)


@dataclass(frozen=True, slots=True)
class Told:
    """What pages on a country in one language share, whatever address and colours they are asked for in."""

    charts: tuple[at_glance.ThemeChart, ...]
    shared: Shared


def country(loc: Localizer, links: PageUrls, release: Release, told: Told, code: str) -> str:
    """The page of one country."""
    dataset, views = loc.dataset, ViewUrls(loc.dataset, links)
    lines = at_glance.survey_lines(dataset, code)
    return render(
        "country.html",
        loc,
        links,
        path=at_glance.path,
        code=code,
        codes=at_glance.countries(dataset),
        summary=in_short(loc, lines),
        tiles=[tile(loc, views, key) for key in at_glance.figures_of(release, code)],
        charts=told.charts,
        most=at_glance.MOST,
        unfolded=UNFOLDED,
        reading=at_glance.all_once(each.reading for each in told.charts),
        view=partial(views, countries=(code,)),
        partners=at_glance.partners(views, told.shared, code),
        breaks=at_glance.breaks(dataset, code),
        definitions=at_glance.definitions(dataset, lines),
        surveys=lines,
        publications=at_glance.publications(dataset, code),
    )


def no_country(loc: Localizer, links: PageUrls, asked: str) -> str:
    """The page that says which countries there are to who asked for another."""
    return render(
        "no_country.html",
        loc,
        links,
        path=at_glance.path,
        asked=asked,
        codes=at_glance.countries(loc.dataset),
    )


def in_short(loc: Localizer, lines: list[at_glance.SurveyLine]) -> str:
    """The surveys of a country in one line: how many, who answered, when the newest asked."""
    filled = [line.survey for line in lines if line.figures]
    own = [survey for survey in filled if survey.kind == "national"] or filled
    levels = dict.fromkeys(survey.level for survey in own)
    newest = max(own, key=lambda survey: survey.period_end or 0, default=None)
    parts = (
        loc.plural("%(num)s survey", "%(num)s surveys", len(lines))
        % {"num": loc.number(len(lines))},
        loc.t("answered by {who}").format(who=loc.join(loc.lower("level", each) for each in levels))
        if levels
        else loc.t("not collected yet"),
        loc.t("newest figures: {period}").format(period=loc.period(newest)) if newest else "",
    )
    return texts.joined(*parts)


def tile(loc: Localizer, views: ViewUrls, key: KeyFigure) -> Tile:
    """A key figure in words."""
    row = key.row
    everybody = row.sector == ALL and row.level == "workplace"
    answer = "" if row.response == "yes" else loc.lower("response", row.response)
    details = (
        loc.share(row.base),
        loc.t("“{answer}”").format(answer=answer) if answer else "",
        _answers(loc, key),
        loc.period(loc.dataset.surveys[row.survey_id]),
        loc.status(row) if row.status == "inferred" else "",
    )
    return Tile(
        figure=loc.figure(row.value, row.qualifier),
        label=_label(loc, row),
        who="" if everybody else loc.unit_of(row),
        details=tuple(filter(None, details)),
        beside=", ".join(
            f"{loc.unit_of(other)} {loc.figure(other.value, other.qualifier)}"
            for other in key.beside
        ),
        address=views(countries=(row.country,), indicators=(row.indicator,)),
    )


def _label(loc: Localizer, row: Observation) -> str:
    """The indicator behind its theme: "Collaboration: private companies as partners"."""
    theme, label = loc.short("theme", row.theme), loc.measure(Measure.of(row))
    if theme.casefold() in label.casefold():
        return label
    # An abbreviation keeps its capitals.
    inside = label if label[:2].isupper() else label[:1].lower() + label[1:]
    return loc.t("{question}: {answer}").format(question=theme, answer=inside)


def _answers(loc: Localizer, key: KeyFigure) -> str:
    """How many answers stand behind a figure, or the most that can."""
    return loc.answers(key.row.n, key.most_answers)
