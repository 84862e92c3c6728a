"""What the figures of one row say under its name because they differ from the headings of their panels or series."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.charts.headings import one_period, own_period
from dashboard.charts.names import series_period
from dashboard.charts.series import series_of
from dashboard.query import Header, Respondents, Section, Value
from dashboard.query.since import changed_since
from dashboard.text import Localizer, breaks, texts


@dataclass(frozen=True, slots=True)
class Differing:
    """What differs of a figure of a panel and series; blank where nothing does."""

    panel: Header
    series: Header
    note: str


def differing(
    loc: Localizer,
    section: Section,
    band: Sequence[int],
    row: int,
    value: Value,
    named: Iterable[Value] | None = None,
    *,
    dated: bool = True,
    based: bool = True,
) -> str:
    """What of a figure differs from the headings of its panel, series and row; blank for nothing.

    ``band`` are the indices of the panels side by side: a row of respondents says the period that its figures there share,
    and so does a row that is one of several of an indicator, unless each is of a sector. The name of a series says the period
    that its figures among those ``named`` share, without them those of the panel. Not ``dated`` says no period, not ``based``
    no base.
    """
    line = section.rows[row]
    panel = next(at for at in band if any(each is value for each in line.cells[at].values))
    share = loc.share(value.observation.base, short=True)
    if named is None:
        named = section.values_of(section.panels[panel])
    beside = [each for at in band for each in line.cells[at].values]
    of_respondents = section.facts_of(line.header)
    several = line.lines > 1 and not section.sectors_apart
    told = one_period(loc, beside) if of_respondents or several else ""
    parts = (
        share if based and value.observation.base != section.panels[panel].base else "",
        *texts.differing_answer(loc, value),
        "" if told or not dated else _period(loc, section, named, value, own=bool(of_respondents)),
    )
    return ", ".join(part for part in parts if part)


def noted(
    loc: Localizer, section: Section, bands: Iterable[range]
) -> dict[tuple[int, int, int], str]:
    """(panel, row, position) -> what of the figure differs from the headings there, panels side by side in ``bands``; where each row is
    of one sector also what changed between earlier editions in its panel and its own."""
    changed = changed_since(loc.dataset, section) if section.sectors_apart else {}
    found = dict[tuple[int, int, int], str]()
    for row, line in enumerate(section.rows):
        for band in bands:
            for panel in band:
                for value in line.cells[panel].values:
                    at = value.observation.position
                    told = differing(loc, section, band, row, value)
                    since = breaks.since(loc, changed.get(at, ()))
                    found[panel, row, at] = ", ".join(filter(None, (told, since)))
    return found


def _period(
    loc: Localizer, section: Section, named: Iterable[Value], value: Value, *, own: bool
) -> str:
    """The period of a figure, where its panel or series says another or none."""
    series = series_of(section, value)
    if not own and isinstance(series, Respondents):
        own = not series.survey_id and not series_period(section, named, loc, series)
    elif not own:
        return own_period(loc, named, value)
    return loc.short_period(value.survey) if own else ""


def said(loc: Localizer, row: Sequence[Differing]) -> str:
    """All notes of a row, each once with whose figures it holds for, as far as it does not hold for all; blank for none.

    No line ends between whose they are and the first word of a note.
    """
    notes = dict.fromkeys(each.note for each in row if each.note)
    return " · ".join(_one(loc, row, note) for note in notes)


def _one(loc: Localizer, row: Sequence[Differing], note: str) -> str:
    held = [each for each in row if each.note == note]
    if len(held) == len(row):
        return note
    series = list(dict.fromkeys(each.series for each in held))
    whose = [each.series for each in row]
    one_panel = len({each.panel for each in row}) == 1
    # What is said of a group alone holds in several panels, else a reader takes it for one of any country.
    told = all(
        each in held and whose.count(each.series) > 1 for each in row if each.series in series
    )
    if one_panel or told:
        who = [loc.inline_name(each) for each in series]
    else:
        who = [_of_panel(loc, panel, held, row) for panel in dict.fromkeys(x.panel for x in held)]
    return f"{'; '.join(dict.fromkeys(who))}:\u00a0{note}"


def _of_panel(
    loc: Localizer, panel: Header, held: Sequence[Differing], row: Sequence[Differing]
) -> str:
    """Those of a panel among whom a note is ``held`` for: its name, with the series where there are others."""
    name = _name(loc, panel, row)
    if all(each in held for each in row if each.panel == panel):
        return name
    series = dict.fromkeys(loc.inline_name(each.series) for each in held if each.panel == panel)
    return f"{name}, {loc.join(series)}"


def _name(loc: Localizer, panel: Header, row: Sequence[Differing]) -> str:
    """The name of a panel; of a country without who answered, where no other panel of the row is of the country."""
    if isinstance(panel, Respondents) and not panel.survey_id and not panel.compilation:
        panels = {each.panel for each in row}
        held = [each for each in panels if isinstance(each, Respondents)]
        if sum(each.country == panel.country for each in held) == 1:
            return loc.label("country", panel.country)
    return loc.inline_name(panel)
