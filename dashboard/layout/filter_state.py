"""What the row of filters shows of a view: the figures behind each choice, what its buttons say, chips, and where else to go.

It reaches the page as one text, which assets/filters.js writes into its places; the first response has it there already.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboard.layout import ids
from dashboard.layout.choices import question_about
from dashboard.layout.components import Children, aria, data
from dashboard.layout.controls import Input, inputs
from dashboard.layout.elements import html
from dashboard.layout.to_html import fragment
from dashboard.query import View
from dashboard.selection import (
    Selection,
    Vocabulary,
    display_query,
    filters,
    page_search,
    pairs,
)
from dashboard.selection import format as query_of
from dashboard.selection.parameter import Filter, Parameter
from dashboard.selection.rules import implied
from dashboard.text import Localizer, choices, filter_states


@dataclass(frozen=True, slots=True)
class FilterState:
    """What the row shows beside the values of its controls."""

    counts: Mapping[str, Mapping[str, int]]
    """Id of a component -> choice -> figures it has in the present view."""
    states: Mapping[str, str]
    """Id of a place in a button -> what it says of its filter."""
    chips: Children
    """Links that lift what is set, and one that lifts all of it."""
    display: Children
    """Links to the same view in other languages and colours."""
    here: str
    """Search of the view."""
    about: str | None
    """Search of the question that the view is about, where it is not that question's own."""

    def words(self, loc: Localizer) -> dict[str, dict[str, str | None]]:
        """``counts`` as the page writes them, those of charts with their unit, since no hint stands below; None for no figure."""

        charts = {each.id for each in inputs() if each.parameter is filters.CHART}

        def written(name: str, count: int) -> str:
            if name in charts:
                return loc.count_of("{count} figure", "{count} figures", count)
            return loc.number(count)

        return {
            name: {code: written(name, count) if count else None for code, count in counted.items()}
            for name, counted in self.counts.items()
        }

    def to_json(self, loc: Localizer) -> str:
        """What assets/filters.js reads."""
        told = {
            "counts": self.words(loc),
            "zero": loc.number(0),
            "only": loc.t("only"),
            "states": dict(self.states),
            "chips": fragment(self.chips),
            "display": fragment(self.display),
            "here": self.here,
            "about": self.about,
        }
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def filter_state(
    view: View, own: Vocabulary, vocabulary: Vocabulary, loc: Localizer, drawn: str = ""
) -> FilterState:
    """The state of the row for a view; ``own`` is the vocabulary of its release, ``vocabulary`` that of all, for addresses;
    ``drawn`` the chart that its page draws, where that is not the chosen one."""
    selection = view.selection
    return FilterState(
        counts={each.id: _counted(each, view, own) for each in inputs() if _is_counted(each, view)},
        states=_states(selection, own, vocabulary, loc)
        | _chart_states(replace(selection, chart=drawn or selection.chart), own, loc),
        chips=_chips(selection, own, vocabulary, loc),
        display=_switches(selection, vocabulary, loc),
        here=page_search(selection, vocabulary),
        about=question_about(selection, vocabulary, loc),
    )


def _is_counted(each: Input, view: View) -> bool:
    return each.parameter.name in view.counts


def _counted(each: Input, view: View, own: Vocabulary) -> dict[str, int]:
    counts = view.counts[each.parameter.name]
    codes = each.parameter.alone if each.mode else each.parameter.offered(own)
    return {code: counts.get(code, 0) for code in codes}


def _set(selection: Selection, vocabulary: Vocabulary, loc: Localizer) -> list[Parameter]:
    """What an address of the view names of what has a control, but for the type of chart; of a question nothing: it is one choice.

    Where it names nothing, the view is of the themes of a first visit.
    """
    if _is_question(selection, vocabulary, loc):
        return []
    named = {name for name, _ in pairs(selection, vocabulary)}
    found = [
        each
        for each in filters.on_page()
        if each.name in named and each.control and each.control.place != "chart"
    ]
    usual: list[Parameter] = [filters.THEME] if selection.themes != vocabulary.themes else []
    return found or usual


def _is_question(selection: Selection, vocabulary: Vocabulary, loc: Localizer) -> bool:
    bare = replace(selection, language="", colour_scheme="")
    return query_of(bare, vocabulary) in {each.query for each in loc.dataset.questions}


def _chart_states(selection: Selection, own: Vocabulary, loc: Localizer) -> dict[str, str]:
    """What the button of the charts says."""
    each = filters.CHART
    return {
        ids.state(each.name): filter_states.state(loc, each, selection, own),
        ids.short_state(each.name): filter_states.state(
            loc, each, selection, own, filter_states.little_room(each)
        ),
    }


def _states(
    selection: Selection, own: Vocabulary, vocabulary: Vocabulary, loc: Localizer
) -> dict[str, str]:
    """What each button says; that of the others how many of them are set."""
    states = {
        place(each.name): filter_states.state(loc, each, selection, own, room)
        for each in filters.on_page()
        if each.control and each.control.place == "row"
        for place, room in (
            (ids.state, filter_states.ROOM),
            (ids.short_state, filter_states.little_room(each)),
        )
    }
    others = [
        each
        for each in _set(selection, vocabulary, loc)
        if each.control and each.control.place == "more"
    ]
    active = f"({loc.number(len(others))})" if others else ""
    return states | {ids.state("more"): active, ids.short_state("more"): active}


def lifted(parameter: Parameter, selection: Selection, vocabulary: Vocabulary) -> Selection:
    """The selection with the usual value of a parameter."""
    # Of many countries a first visit has a few, all of them would be another choice.
    if isinstance(parameter, Filter) and parameter is not filters.COUNTRY:
        return parameter.relaxed(selection, vocabulary)
    following = implied(selection, vocabulary)
    return parameter.put(selection, following.get(parameter.field, parameter.usual(vocabulary)))


def _chips(
    selection: Selection, own: Vocabulary, vocabulary: Vocabulary, loc: Localizer
) -> Children:
    """A link for each thing that is set; nothing where nothing is."""
    made: Children = []
    home = display_query(selection, vocabulary)
    for each in _set(selection, vocabulary, loc):
        said = filter_states.said(loc, each, selection, own)
        without = lifted(each, selection, vocabulary)
        made.append(
            html.A(
                [said, html.Span(" ×", **aria(hidden="true"))],
                href=f"/{page_search(without, vocabulary)}" if without != selection else f"/{home}",
                className="chip",
                **data(view=""),
                **aria(label=loc.t("Remove {filter}").format(filter=said)),
            )
        )
    if not _is_question(selection, vocabulary, loc):
        made.append(html.A(loc.t("Reset"), href=f"/{home}", className="reset", **data(view="")))
    return made


def _switches(selection: Selection, vocabulary: Vocabulary, loc: Localizer) -> Children:
    """Links to the same view in every language and colour scheme; each loads the page anew, which brings all its texts."""

    def link(name: str, target: Selection, current: bool, **more: Any) -> html.Li:
        chosen = aria(current="true") if current else {}
        return html.Li(html.A(name, href=f"/{page_search(target, vocabulary)}", **more, **chosen))

    languages = [
        link(
            name, replace(selection, language=code), code == loc.language, lang=code, hrefLang=code
        )
        for code, name in choices.languages().items()
    ]
    colour_schemes = [
        link(name, replace(selection, colour_scheme=code), code == selection.colour_scheme)
        for code, name in choices.colour_schemes(loc).items()
    ]
    return [
        html.Nav(html.Ul(languages), **aria(label=loc.t("Language"))),
        html.Nav(html.Ul(colour_schemes), **aria(label=loc.t("Colours"))),
    ]
