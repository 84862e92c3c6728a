"""The dialog that shows one figure in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from dashboard.comparability import NO
from dashboard.layout import ids
from dashboard.layout.components import Children, aria, data, unbroken
from dashboard.layout.elements import html
from dashboard.layout.fragment import fragment
from dashboard.text import Localizer, verdicts
from dashboard.text.card import Card
from dashboard.text.card_facts import Fact


@dataclass(frozen=True, slots=True)
class Ways:
    """What leads on from a card."""

    address: str
    """The card's own, without the host."""
    beside: Mapping[str, str]
    """Name of another figure -> address of the two side by side."""
    report: str
    """Where an error is reported; blank where nowhere."""
    compare: Children
    """The second figure to choose, and what can be said of the two."""


def dialog(loc: Localizer, opened: tuple[str, Children] | None = None) -> dbc.Modal:
    """The dialog: empty until a callback fills it, but where an address opens a card, which is given as (title, body)."""
    title, shown = opened or (None, None)
    return dbc.Modal(
        [
            dbc.ModalHeader(
                [
                    dbc.ModalTitle(title, id=ids.CARD_TITLE, tag="h2"),
                    html.Button(
                        type="button",
                        className="btn-close card-close",
                        **aria(label=loc.t("Close")),
                    ),
                ],
                close_button=False,
            ),
            dbc.ModalBody(shown and fragment(shown), id=ids.CARD_BODY),
        ],
        id=ids.CARD,
        size="lg",
        scrollable=True,
        is_open=opened is not None,
        labelledby=ids.CARD_TITLE,
    )


def section(title: str, shown: Children) -> html.Section:
    """The card of an address on the page itself, where no script opens a dialog."""
    heading = html.H2(title, id="card-heading")
    return html.Section(
        [heading, *shown], className="card-on-page", **aria(labelledby="card-heading")
    )


def body(card: Card, ways: Ways, loc: Localizer) -> Children:
    """What stands in the dialog: what is quoted, its source and address, a comparison; folded, everything else."""
    t = loc.t
    return [
        html.P(unbroken(card.subtitle), className="card-whose"),
        html.Blockquote(html.P(_quote(card)), className="quote"),
        html.Div(
            [
                _copy(loc, card.quote, t("Copy sentence"), "btn-primary"),
                html.Button(
                    t("Copy link to this figure"),
                    type="button",
                    className="btn btn-sm btn-outline-primary copy-link",
                    **data(address=ways.address, copied=t("Link copied")),
                ),
            ],
            className="card-buttons",
        ),
        html.P(_in_print(card, ways, loc), className="card-source"),
        *ways.compare,
        _fold(
            "about",
            t("About this figure"),
            [html.Dl([part for fact in card.facts for part in _fact(fact)], className="facts")],
        ),
        *_comparisons(card, ways, loc),
        _fold(
            "cite",
            t("Cite this figure"),
            [
                html.P(card.apa, className="citation"),
                _copy(loc, card.apa, t("Copy APA")),
                html.Pre(card.bibtex, className="citation", tabIndex=0),
                _copy(loc, card.bibtex, t("Copy BibTeX")),
            ],
        ),
    ]


def _quote(card: Card) -> list[Component | str]:
    """The sentence, its number in bold."""
    before, figure, after = card.quote.partition(card.figure)
    return [*unbroken(before), html.Strong(figure), *unbroken(after)]


def _in_print(card: Card, ways: Ways, loc: Localizer) -> list[Component | str]:
    """Source and place in it, and where to say that something is wrong."""
    t = loc.t
    source = (
        html.A(card.source, href=card.source_url, rel="noopener noreferrer")
        if card.source_url
        else html.Span(card.source)
    )
    place: list[Component | str] = (
        [", ", html.Span(card.locator, lang="en")] if card.locator else []
    )
    report = [html.Br(), html.A(t("Report an error"), href=ways.report)] if ways.report else []
    return [html.Span([t("Source"), ": "]), source, *place, *report]


def _fold(name: str, heading: str, parts: Children, *, unfolded: bool = False) -> html.Details:
    summary = html.Summary(html.H3(heading))
    return html.Details([summary, *parts], className=f"card-fold {name}", open=unfolded)


def embedding(codes: list[tuple[str, str]], loc: Localizer) -> Children:
    """What stands in the dialog that gives code: (heading, code) pairs, each with its copy button."""
    parts: Children = []
    for heading, code in codes:
        parts += [
            html.H3(heading),
            html.Pre(code, className="citation", tabIndex=0),
            _copy(loc, code, loc.t("Copy")),
        ]
    return parts


def _fact(fact: Fact) -> Children:
    text = html.A(fact.text, href=fact.url, rel="noopener noreferrer") if fact.url else fact.text
    quoted = [html.Span(fact.quoted, lang="en")] if fact.quoted else []
    return [html.Dt(fact.term), html.Dd([text, " ", *quoted] if text else quoted)]


def _comparisons(card: Card, ways: Ways, loc: Localizer) -> Children:
    if not card.comparisons:
        return []
    parts: Children = []
    for kind, members in groupby(card.comparisons, key=lambda each: each.kind):
        listed = [
            html.Li(
                [
                    html.A(
                        unbroken(each.other), href=ways.beside[each.name], **data(beside=each.name)
                    ),
                    html.Br(),
                    *unbroken(each.sentence),
                ]
            )
            for each in members
        ]
        parts += [
            html.H4(verdicts.verdict_title(loc, kind), className=f"verdict {kind}"),
            html.Ul(listed),
        ]
    may = sum(each.kind != NO for each in card.comparisons)
    asked, total = loc.t("Comparable with what?"), loc.number(len(card.comparisons))
    count = loc.t("{count} of {total}").format(count=loc.number(may), total=total)
    heading = f"{asked} ({count})"
    unfolded = may > 0 and any(each.other_base for each in card.comparisons)
    fine = [html.P(card.caveat, className="fine")] if card.caveat else []
    return [_fold("beside", heading, [*parts, *fine], unfolded=unfolded)]


def _copy(loc: Localizer, text: str, label: str, style: str = "btn-outline-primary") -> html.Button:
    return html.Button(
        label,
        type="button",
        className=f"btn btn-sm {style} copy-text",
        **data(text=text, copied=loc.t("Copied")),
    )
