"""What has no figure, and why: blanks, countries without a figure on a theme, empty views and their ways out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dashboard.comparability import NO
from dashboard.dataset import Observation
from dashboard.query import MissingKind, MissingReason, Population, Relaxation, Section
from dashboard.selection import Selection, filters
from dashboard.text import letters
from dashboard.text.localizer import Localizer


def blank(loc: Localizer, reason: MissingReason) -> str:
    """The reason for a cell without a figure, in two or three words."""
    t = loc.t
    texts: dict[MissingKind, str] = {
        "not_asked": t("not asked"),
        "not_published": t("not published"),
        "not_collected": t("not collected"),
        "suppressed": t("withheld: too few answers"),
        "filtered": t("hidden by filters"),
        "unscaled": t("published without an answer scale"),
        "drawn": t("drawn without values"),
        "compiled": t("only in {compilation}"),
        "single_edition": t("one edition only"),
    }
    return texts[reason.kind].format(
        compilation=loc.compilation(reason.evidence) if reason.kind == "compiled" else ""
    )


BLANK_CODES: Mapping[MissingKind, str] = {
    "not_asked": "NQ",
    "not_published": "NP",
    "not_collected": "NC",
    "suppressed": "S",
    "drawn": "DV",
    "compiled": "CP",
    "filtered": "HF",
    "unscaled": "NS",
}
"""Short codes for blanks; each has its legend. None of them is what statistical software reads as a
missing value, or as true or false."""


def blank_legend(loc: Localizer) -> tuple[tuple[str, str], ...]:
    """(code, meaning) for each kind of blank; of withheld figures only where the data have any."""
    t = loc.t
    withheld = (BLANK_CODES["suppressed"], t("withheld: too few answers"))
    return (
        (BLANK_CODES["not_asked"], t("not asked of these respondents")),
        (BLANK_CODES["not_published"], t("asked, but not published for this group")),
        (BLANK_CODES["not_collected"], t("no figure collected here; it may exist in print")),
        *([withheld] if loc.dataset.withheld else []),
        (BLANK_CODES["drawn"], t("drawn in the publication without values")),
        (
            BLANK_CODES["compiled"],
            t("published only in {compilation}").format(compilation=compiled)
            if (compiled := loc.compilation())
            else t("published only in a compilation"),
        ),
        (BLANK_CODES["filtered"], t("hidden by your filters")),
        (BLANK_CODES["unscaled"], t("published without an answer scale")),
    )


def withheld_sign(loc: Localizer) -> str:
    """The letter of a withheld figure and its meaning."""
    meaning = loc.t("withheld: too few answers")
    return f"{BLANK_CODES['suppressed']} {meaning}"


def withheld(loc: Localizer, section: Section, *, letters: bool) -> str:
    """How many figures of a section are withheld, for a picture, which has no list of them; blank where none is. ``letters``:
    some of them have their letter."""
    count = section.withheld_count
    if not count:
        return ""
    kinds = f"{loc.number(count)} {blank(loc, MissingReason('suppressed'))}"
    sign = f" ({BLANK_CODES['suppressed']})" if letters else ""
    told = loc.t("No figure: {counts}").format(counts=kinds)
    return f"{told}{sign}."


def counted(loc: Localizer, section: Section) -> str:
    """How many places of the section have no figure, by reason, each once whatever answers are drawn; blank where none is empty."""
    counts = _counts(loc, section)
    return (
        loc.t("No figure in this chart: {counts}; the table lists them.").format(counts=counts)
        if counts
        else ""
    )


def only_country(loc: Localizer, section: Section) -> str:
    """That of several countries one alone has what the chart draws; blank where others have it, or filters hide them."""
    drawn = {each.country for each in section.all_respondents}
    kinds = {
        absent.blank.kind
        for absent in section.missing_countries
        if absent.respondents.country not in drawn
    }
    if len(drawn) != 1 or "filtered" in kinds:
        return ""
    country = loc.label("country", *drawn)
    if "single_edition" in kinds:
        return loc.t("Only {country} has two editions to compare.").format(country=country)
    if "unscaled" in kinds:
        return loc.t("Only {country} published an answer scale.").format(country=country)
    return ""


def single_country(loc: Localizer, section: Section) -> str:
    """Which countries have no two editions of one question, where several others have a line; blank for none."""
    drawn = {each.country for each in section.all_respondents}
    names = dict.fromkeys(
        loc.label("country", absent.respondents.country)
        for absent in section.missing_countries
        if absent.blank.kind == "single_edition" and absent.respondents.country not in drawn
    )
    if len(drawn) < 2 or not names:
        return ""
    return loc.t("No two editions of one question: {names}.").format(names=loc.join(names))


def tally(loc: Localizer, section: Section) -> str:
    """The same over the list of them."""
    return loc.t("No figure in this table: {counts}").format(counts=_counts(loc, section))


def meanings(loc: Localizer, section: Section) -> str:
    """What the reasons mean that ``counted`` names and few would guess; blank where it names none of them."""
    found = {reason.kind for reason in _reasons(section)}
    told = dict(blank_legend(loc))
    kinds: tuple[MissingKind, ...] = ("not_collected", "not_published")
    return " ".join(
        loc.t("{question}: {answer}").format(
            question=letters.begun(blank(loc, MissingReason(kind))),
            answer=f"{told[BLANK_CODES[kind]]}.",
        )
        for kind in kinds
        if kind in found
    )


def _reasons(section: Section) -> Iterator[MissingReason]:
    for row in section.rows:
        for panel, cell in zip(section.panels, row.cells, strict=True):
            if not section.is_further_answer(row.header, panel.header):
                yield from [cell.blank] if cell.blank else []
                yield from (why for _, why in cell.missing)


def _counts(loc: Localizer, section: Section) -> str:
    kinds = Counter(blank(loc, reason) for reason in _reasons(section))
    kinds.update(blank(loc, MissingReason("suppressed")) for _ in section.withheld)
    return ", ".join(f"{loc.number(count)} {reason}" for reason, count in kinds.most_common())


def missing_countries(loc: Localizer, section: Section) -> str:
    """Everything chosen that has no figure in the section, by reason; blank where nothing is missing."""
    t = loc.t
    reasons: dict[tuple[MissingKind, str], list[str]] = {}
    for absent in section.missing_countries:
        who = f"{loc.label('country', absent.respondents.country)} ({loc.lower('level', absent.respondents.level)})"
        split = absent.blank.evidence if absent.blank.kind == "split" else ""
        reasons.setdefault((absent.blank.kind, split), []).append(who)
    sentences: dict[MissingKind, str] = {
        "not_collected": t("No figure on this theme was found for {names}."),
        "suppressed": t("Withheld, since too few answered: {names}."),
        "filtered": t("Hidden by your filters: {names}."),
        "unscaled": t("Published without an answer scale: {names}."),
        "single_edition": t("With figures of one edition only: {names}."),
        "split": t("Published only by groups ({split}): {names}."),
    }
    return " ".join(
        sentences[kind].format(
            names=loc.join(names), split=loc.lower("dimension", split) if split else ""
        )
        for (kind, split), names in reasons.items()
    )


def elsewhere(loc: Localizer, rows: Sequence[Observation]) -> str:
    """Chosen countries of which only sectors that are not chosen have a figure, each with it; blank for none."""
    names = loc.join(
        f"{loc.label('country', row.country)}, {loc.lower('sector', row.sector)}\u00a0{loc.figure(row.value, row.qualifier)}"
        for row in rows
    )
    return loc.t("Hidden by your filters: {names}.").format(names=names) if names else ""


def show(loc: Localizer, rows: Sequence[Observation]) -> str:
    """What a link says that brings back the sector of figures, or where they have several every one."""
    sector, *more = dict.fromkeys(loc.lower("sector", row.sector) for row in rows)
    return loc.t("Show all sectors") if more else loc.t("Show {split}").format(split=sector)


def split_ways(section: Section, loc: Localizer) -> list[tuple[str, str]]:
    """(dimension, link text) for each split that shows what the section has no undivided figures of."""
    found = dict.fromkeys(
        absent.blank.evidence
        for absent in section.missing_countries
        if absent.blank.kind == "split"
    )
    return [(dimension, _show_split(loc, dimension)) for dimension in found]


def drawn(loc: Localizer, selection: Selection, themes: Iterable[str]) -> str:
    """Countries whose publication draws one of these themes by sector without printing the values; blank where none does."""
    if selection.split:
        return ""
    found: dict[str, dict[str, None]] = {}
    for record in loc.dataset.asked.values():
        country, theme = (
            loc.dataset.surveys[record.survey_id].country,
            loc.dataset.indicators[record.indicator].theme,
        )
        if record.drawn and country in selection.countries and theme in themes:
            chosen = not selection.indicators or record.indicator in selection.indicators
            found.setdefault(loc.label("country", country), {}).update(
                {loc.lower("theme", theme): None} if chosen else {}
            )
    entries = [f"{country} ({loc.join(names)})" for country, names in found.items() if names]
    return (
        loc.t("Drawn by sector in the publication, without values: {listed}.").format(
            listed=loc.join(entries)
        )
        if entries
        else ""
    )


def nothing_chosen(selection: Selection) -> Mapping[str, str]:
    """Filter of which a view chooses nothing, so that it has no figure -> what to do."""
    return {
        each.name: each.way_out.nothing
        for each in filters.filters()
        if each.way_out and each.way_out.nothing and not each.of(selection)
    }


def empty(loc: Localizer, selection: Selection) -> str:
    """The title of a view without figures: what must be chosen, else that nothing fits."""
    todo = next(iter(nothing_chosen(selection).values()), "")
    return loc.t(todo) if todo else loc.t("No figure fits this selection")


def relaxations(loc: Localizer, found: Relaxation) -> tuple[str, str]:
    """(sentence, button text) for a filter that empties the view."""
    t = loc.t
    if found.selection.split and found.parameters in (("split",), ("theme",)):
        return _published_otherwise(loc, found)
    named = {each.name: each.way_out for each in filters.filters() if each.way_out}
    relaxed = [named[parameter] for parameter in found.parameters]
    sentence = " ".join(t(way.sentence) for way in relaxed)
    button = t(relaxed[0].button) if len(relaxed) == 1 else t("Lift these filters")
    figures = loc.count_of("{count} figure", "{count} figures", found.figures)
    return sentence, f"{button} ({figures})"


def _published_otherwise(loc: Localizer, found: Relaxation) -> tuple[str, str]:
    """(sentence, button text) where figures exist by groups only, or by these groups on other themes only."""
    t = loc.t
    groups = loc.dataset.codes[f"segment:{found.selection.split}"]
    dimension, figures = found.selection.split, found.figures
    if found.parameters == ("theme",):
        themes = loc.join(loc.short("theme", theme) for theme in found.selection.themes)
        split = loc.label("dimension", dimension)
        sentence = t("{split} is published for other themes: {themes}.").format(
            split=split, themes=themes
        )
        return sentence, loc.count_of(
            "Show it ({count} figure)", "Show them ({count} figures)", figures
        )
    if len(groups) == 2:
        listed = loc.join(
            loc.lower_population(Population("all", dimension, code)) for code in groups
        )
        sentence = t("What is chosen here is published only for {groups}.").format(groups=listed)
    else:
        sentence = t("What is chosen here is published only by {split}.").format(
            split=loc.lower("dimension", dimension)
        )
    counted = loc.count_of("{count} figure", "{count} figures", figures)
    return sentence, f"{_show_split(loc, dimension)} ({counted})"


def _show_split(loc: Localizer, dimension: str) -> str:
    return loc.t("Show {split}").format(split=loc.lower("dimension", dimension))


def single_editions(loc: Localizer, section: Section) -> str:
    """Indicators that a change over editions leaves out; blank where there are none."""
    if not section.single:
        return ""
    names = loc.join(loc.measure(measure) for measure in section.single)
    text = loc.t(
        "No two editions have a share of the same thing, so there is no change to draw: {names}."
    ).format(names=names)
    return text if section.panels else " ".join([text, *_parted(loc, section)])


def _parted(loc: Localizer, section: Section) -> list[str]:
    """Why the editions of the countries without a change may not be joined, as far as that is recorded."""
    countries = {
        absent.respondents.country
        for absent in section.missing_countries
        if absent.blank.kind == "single_edition"
    }
    surveys = loc.dataset.surveys
    found = (
        each
        for each in loc.dataset.breaks
        if each.verdict == NO and not each.indicators and not each.sector
    )
    of_country = ((surveys[each.to_survey].country, each.description) for each in found)
    sentences = (
        f"{loc.label('country', country)}: {text}"
        for country, text in of_country
        if country in countries
    )
    return list(dict.fromkeys(sentences))
