"""What a picture says around its chart: title, what was chosen, what stands at the address only, where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.dataset import Question
from dashboard.query import Section, View
from dashboard.query.questions import figures
from dashboard.selection import Selection, chart_of, filters
from dashboard.text import choices, courses, findings, key, letters, statements, texts, wording
from dashboard.text.key import Entry, Sign, intervals, narrower
from dashboard.text.localizer import Localizer
from dashboard.text.statements import Statement

_NO_BREAK = "\u00a0"


def title(loc: Localizer, view: View, section: Section) -> str:
    """Title of a picture: the finding, as the page has it, where the section draws its figures, else what the section finds, else
    what it is about."""
    return titles(loc, view, section)[0]


def titles(
    loc: Localizer, view: View, section: Section, whole: Statement | None = None
) -> tuple[str, ...]:
    """The title, and where it is what the section finds the same in fewer words; at least one. ``whole`` as of ``stated``."""
    own, asked = _asked(loc, view, section)
    finding = findings.finding(loc, own, asked) if asked else ""
    if finding:
        return (finding,)
    return stated(loc, view, section, whole).forms or (subject(loc, view, section),)


def stated(
    loc: Localizer, view: View, section: Section, whole: Statement | None = None
) -> Statement:
    """What the theme of a section finds in the view, as the page has it, where the section draws the figures of that; else what the
    section finds by itself. ``whole``: what the theme finds, where that is known."""
    drawn = {value.observation.position for value in section.values}
    found = whole or of_theme(loc, view, section)
    if found.forms and found.positions <= drawn:
        return found
    return statements.of_section(loc, view, section)


def of_theme(loc: Localizer, view: View, section: Section) -> Statement:
    """What the theme of a section finds in the view; of several sections the first one that finds anything."""
    of_each = (
        statements.of_section(loc, view, each)
        for each in view.sections
        if each.theme == section.theme
    )
    return next((each for each in of_each if each.forms), None) or statements.of_section(
        loc, view, section
    )


def is_stated(loc: Localizer, view: View, section: Section, whole: Statement | None = None) -> bool:
    """Whether the title is what the section finds, and no finding of a question or name."""
    return titles(loc, view, section, whole) == stated(loc, view, section, whole).forms


def says_one(
    loc: Localizer, view: View, section: Section, title: str, whole: Statement | None = None
) -> bool:
    """Whether a title of a section of several indicators is what it finds of one of them."""
    several = len({value.measure for value in section.values}) > 1
    plain = title.replace(_NO_BREAK, " ")
    forms = stated(loc, view, section, whole).forms if several else ()
    return plain in (each.replace(_NO_BREAK, " ") for each in forms)


def beside(loc: Localizer, view: View, section: Section) -> str:
    """What the title leaves out of the row whose figures it names, and how few answers these rest on, where the section draws
    them; blank for nothing."""
    own, asked = _asked(loc, view, section)
    return texts.joined(findings.beside(loc, own), findings.answers(loc, own)) if asked else ""


def course(loc: Localizer, view: View, section: Section) -> str:
    """The course that a change over editions draws, of several indicators of one country that of the first; blank for none."""
    joins = chart_of(view.selection).joins_editions
    return statements.of_section(loc, view, section).text if joins else ""


def named(loc: Localizer, view: View, section: Section) -> frozenset[int]:
    """Positions of the figures that the title of a section names, of a course with those between."""
    own, asked = _asked(loc, view, section)
    rows = figures(asked, own) if asked else None
    if rows:
        return frozenset(row.position for row in rows)
    return stated(loc, view, section).positions


def leading(section: Section) -> frozenset[int]:
    """Positions of the figures of the longest course of the first indicator of a section."""
    led = courses.course(section, section.values[0].measure) if section.values else ()
    return frozenset(value.observation.position for value in led)


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


class Share(NamedTuple):
    """How many of something a picture draws, and how many there are."""

    shown: int
    total: int


class Drawn(NamedTuple):
    """How much of a section a picture draws; figures are those of the indicators that it draws."""

    indicators: Share
    figures: Share
    countries: Share


def left_out(loc: Localizer, drawn: Drawn, *, addressed: bool = False) -> str:
    """How much of what stands at its address a picture draws, in one form whatever room there is; blank for all of it. ``addressed``: the
    picture says elsewhere that more stands there."""
    of_all = drawn.indicators.shown < drawn.indicators.total
    figures = (
        loc.t("with {count} of {total} figures") if of_all else loc.t("{count} of {total} figures")
    )
    indicators, figures, countries = (
        text.format(count=loc.number(share.shown), total=loc.number(share.total))
        if share.shown < share.total
        else ""
        for share, text in (
            (drawn.indicators, loc.t("{count} of {total} indicators")),
            (drawn.figures, figures),
            (drawn.countries, loc.t("{count} of {total} countries")),
        )
    )
    listed = ", ".join(filter(None, (" ".join(filter(None, (indicators, figures))), countries)))
    shown, more = loc.t("Shown: {listed}."), loc.t("Shown: {listed}; more at the address below.")
    told = shown if addressed else more
    return told.format(listed=listed) if listed else ""


def marks(
    loc: Localizer,
    section: Section,
    entries: Sequence[Entry],
    *,
    only_inexact: bool = False,
    hatches: bool = False,
    in_words: bool = False,
    in_signs: bool = False,
) -> str:
    """The key of a chart as sentences, as far as signs can be named; blank where there are none.

    ``only_inexact``: an outline says that a figure is not exact, and nothing else; ``hatches``: what is in doubt is hatched;
    ``in_words``: what is not exact says so itself; ``in_signs``: by signs.
    """
    names: dict[Sign, str] = {
        "interval": loc.t("Line") + ": ",
        "range": loc.t("Dotted line") + ": ",
        "covered": "",
        "doubt": "?: ",
        "bound": "",
        "few": "",
        "over": "",
        "wall": loc.t("Dashed line") + ": ",
    }
    said = {
        each.sign: f"{names[each.sign]}{each.words if names[each.sign] else letters.begun(each.words)}."
        for each in entries
        if each.sign in names
    }
    if hatches and "doubt" in said:
        said["doubt"] = key.hatched(loc, section.values)
    if not in_words and any(each.sign == "worded" for each in entries):
        # Elsewhere what is in doubt may have an outline too.
        outlined = only_inexact or "doubt" not in said
        said["worded"] = wording.source_says(
            loc, section.values, outlined=outlined, with_signs=in_signs
        )
        said |= {"bound": said.pop("bound")} if "bound" in said else {}
    return " ".join(said.values())


def covered(loc: Localizer, section: Section, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The key of a picture whose marks cover every interval."""
    known = (value.evidence.interval for value in section.values)
    words = narrower(loc, intervals(loc, filter(None, known)), section.values)
    lines = [each for each in entries if each.sign in ("interval", "range")]
    return tuple(
        Entry("covered", words) if each in lines else each
        for each in entries
        if each not in lines[1:]
    )


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
    own = findings.alone(view, section)
    return own, findings.question_of(loc, own)
