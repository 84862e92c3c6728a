"""What a picture says around its chart: title, what was chosen, what stands at the address only, where it comes from."""

from __future__ import annotations

from dataclasses import replace

from dashboard.dataset import Question
from dashboard.query import Section, View
from dashboard.query.questions import figures
from dashboard.selection import Selection, filters, one_theme
from dashboard.text import choices, findings, texts
from dashboard.text.localizer import Localizer


def title(loc: Localizer, view: View, section: Section) -> str:
    """Title of a picture, as the page has it: the finding where the section draws its figures, else the question that is
    answered; of any other view what it is about."""
    own, asked = _asked(loc, view, section)
    if asked is None:
        return subject(loc, view, section)
    return findings.finding(loc, own, asked) or asked.title


def named(loc: Localizer, view: View, section: Section) -> frozenset[int]:
    """Positions of the figures that the title of a section names."""
    own, asked = _asked(loc, view, section)
    rows = figures(asked, own) if asked else None
    return frozenset(row.position for row in rows or ())


def subject(loc: Localizer, view: View, section: Section) -> str:
    """What a picture is about: of a compilation the figures themselves, else theme or indicator, and countries."""
    compiled = texts.together(loc, [value.observation for value in section.values])
    return compiled or of_countries(loc, view, section)


def of_countries(loc: Localizer, view: View, section: Section) -> str:
    """The theme, or the one indicator that is chosen, and the countries."""
    about = findings.indicator_of(loc, view.selection) or texts.theme_title(loc, section)
    countries = list(dict.fromkeys(respondents.country for respondents in section.all_respondents))
    names = loc.join(loc.label("country", code) for code in countries)
    return loc.t("{theme}: {countries}").format(theme=about, countries=names)


def selection_line(loc: Localizer, selection: Selection) -> str:
    """The selection in one line: what its filters say of themselves, in their order there."""
    parts = sorted(
        (each.subtitle.order, text)
        for each in filters.filters()
        if each.subtitle and (text := choices.subtitle(loc, each, selection))
    )
    return " · ".join([loc.t("Public-sector Innovation Barometer"), *(text for _, text in parts)])


def left_out(loc: Localizer, *, indicators: int, rows: int, panels: tuple[str, ...]) -> str:
    """What stands at the address and not in the picture: how many indicators and rows, and which panels; blank for nothing."""
    counts = [
        *(
            [loc.count_of("{count} more indicator", "{count} more indicators", indicators)]
            if indicators
            else []
        ),
        *([loc.count_of("{count} more row", "{count} more rows", rows)] if rows else []),
    ]
    listed = loc.join([*counts, *panels])
    return loc.t("At the address below: {listed}.").format(listed=listed) if listed else ""


def publishers(loc: Localizer, section: Section) -> tuple[str, ...]:
    """Who published the drawn figures, each once, in order of appearance."""
    found = (source.publisher.split(";") for source in texts.sources(section, loc))
    return tuple(dict.fromkeys(name.strip() for names in found for name in names))


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
