"""On the card of a figure: a second figure to choose, and what can be said of the two."""

from __future__ import annotations

from dash import dcc

from dashboard.layout.components import Children, aria, data, unbroken
from dashboard.layout.elements import html
from dashboard.text import Localizer, verdicts
from dashboard.text.figure_choices import Choices
from dashboard.text.pair import Pair

COMPARISON = "/fragment/comparison"
"""Address of what can be said of two figures."""
FIGURES = "/fragment/figures"
"""Address of the figures that fit some words."""
_FIND, _CHOOSE = "compare-find", "compare-choose"


def compare(
    choices: Choices, pair: Children, first: str, second: str, query: str, loc: Localizer
) -> Children:
    """The chooser and the place of what it leads to; ``query`` is that of the view, which keeps its release and its address."""
    t = loc.t
    select = html.Select(figure_options(choices, second, loc), id=_CHOOSE)
    find = dcc.Input(id=_FIND, type="search")
    heading = html.H3(t("Compare with another figure"))
    chooser = html.Div(
        [
            *([] if pair else [heading]),
            html.Div([html.Label(t("Second figure"), htmlFor=_CHOOSE), select]),
            html.Div([html.Label(t("Search all figures, e.g. Denmark 2023"), htmlFor=_FIND), find]),
        ],
        className="compare-chooser",
        **data(
            compare=first,
            query=query,
            failed=t("The comparison could not be fetched."),
        ),
    )
    result = html.Div(pair, className="compare-result", **aria(live="polite"))
    # Without a script there is nothing to choose: the heading stands for what an address has chosen, if anything.
    return [*([heading] if pair else []), chooser, result]


def figure_options(choices: Choices, chosen: str, loc: Localizer) -> Children:
    """The figures of a list under their headings; before them what to do, or that there is none."""
    invites = (
        loc.t("Choose a figure")
        if choices.groups
        else loc.count_of("{count} figure", "{count} figures", 0)
    )
    more = loc.count_of(
        "{count} more figure; type another word.",
        "{count} more figures; type another word.",
        choices.more,
    )
    return [
        html.Option(invites, value=""),
        *(
            html.Optgroup(
                [
                    html.Option(each.label, value=each.name, selected=each.name == chosen)
                    for each in figures
                ],
                label=heading,
            )
            for heading, figures in choices.groups
        ),
        *([html.Option(more, value="", disabled=True)] if choices.more else []),
    ]


def paired(pair: Pair, address: str, loc: Localizer) -> Children:
    """What can be said of two figures; ``address`` is that of the two, for whoever wants to send it."""
    figures = [
        html.Li([html.Strong(unbroken(headline)), html.Br(), *unbroken(whose)])
        for headline, whose in pair.figures
    ]
    return [
        html.H4(verdicts.verdict_title(loc, pair.kind), className=f"verdict {pair.kind}"),
        html.Ul(figures),
        *([html.P(html.Strong(pair.difference))] if pair.difference else []),
        html.P(unbroken(pair.reasons)),
        *([html.P(pair.caveat, className="fine")] if pair.caveat else []),
        html.Button(
            loc.t("Copy link to this comparison"),
            type="button",
            className="btn btn-sm btn-outline-primary copy-link",
            **data(address=address, copied=loc.t("Link copied")),
        ),
    ]
