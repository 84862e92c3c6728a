"""The strip under a chart: what to take care of, what is left out, and the ways to it."""

from __future__ import annotations

from dataclasses import replace

from dashboard.layout.elements import html
from dashboard.layout.fragment import view_link
from dashboard.layout.notes import care, cautions
from dashboard.query import Section, View
from dashboard.selection import Selection, Vocabulary, one_theme, rules
from dashboard.text import Localizer, missing, verdicts


def strip(
    view: View,
    section: Section,
    vocabulary: Vocabulary,
    loc: Localizer,
    *,
    explained: bool = False,
    place: verdicts.Place = "page",
) -> html.P | None:
    """One paragraph, of which a frame elsewhere shows the first sentence; None where there is nothing to say.

    It stands out where it says what to take care of. ``explained``: the heading says what the groups are. A ``place`` without all
    of the page says where the rest stands.
    """
    sentences = cautions(view, section, loc, explained=explained, place=place)
    ways = _ways(view, section, vocabulary, loc)
    if not sentences and not ways:
        return None
    further: list[str | html.A] = [f" {sentence}" for sentence in sentences[1:]]
    for at, link in enumerate(ways):
        further += [" · " if at else " ", link]
    plain = [] if care(view, section, loc, explained=explained) else ["plain"]
    return html.P(
        [*sentences[:1], html.Span(further, className="further")],
        className=" ".join(["strip", *plain, *([] if sentences else ["further"])]),
    )


def _ways(view: View, section: Section, vocabulary: Vocabulary, loc: Localizer) -> list[html.A]:
    """Links to figures that cannot stand here: on no line, published by groups only, or published together."""
    t = loc.t
    own = replace(one_theme(view.selection, section.theme), expanded=())
    ways: list[tuple[str, Selection]] = []
    if view.elsewhere:
        lacking = {row.sector for row in view.elsewhere}
        shown = vocabulary.sectors if len(lacking) > 1 else (*view.selection.sectors, *lacking)
        ways.append(
            (
                missing.show(loc, view.elsewhere),
                rules.switched(replace(view.selection, sectors=shown), "bars"),
            )
        )
    if section.off_lines:
        apart = rules.switched(view.selection, "bars")
        ways.append((t("Show them apart"), apart))
    if section.together:
        published = loc.compilation(section.together[0].survey_id)
        named = t("Show {comparison}").format(comparison=published)
        ways.append((named, _together(own, section, vocabulary)))
    ways += [
        (name, replace(own, split=dimension))
        for dimension, name in missing.split_ways(section, loc)
    ]
    return [view_link(name, wanted, vocabulary) for name, wanted in ways]


def _together(own: Selection, section: Section, vocabulary: Vocabulary) -> Selection:
    """The view of the figures that the institutions published together."""
    rows = section.together
    return replace(
        own,
        countries=vocabulary.countries,
        sectors=vocabulary.sectors,
        levels=vocabulary.levels,
        indicators=(rows[0].indicator,),
        editions=tuple(dict.fromkeys(row.survey_id for row in rows)),
        chart="bars",
        by="indicator",
    )
