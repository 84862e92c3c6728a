"""The dialog that shows one figure in full."""

from __future__ import annotations

from itertools import groupby

import dash_bootstrap_components as dbc
from dash import html

from dashboard.layout import ids
from dashboard.layout.components import Children, aria, data
from dashboard.text import Localizer, verdicts
from dashboard.text.card import Card
from dashboard.text.card_facts import Fact


def dialog(loc: Localizer) -> dbc.Modal:
    """The empty dialog; a callback fills it."""
    return dbc.Modal(
        [
            dbc.ModalHeader(
                [
                    dbc.ModalTitle(id=ids.CARD_TITLE, tag="h2"),
                    html.Button(
                        type="button",
                        className="btn-close card-close",
                        **aria(label=loc.t("Close")),
                    ),
                ],
                close_button=False,
            ),
            dbc.ModalBody(id=ids.CARD_BODY),
        ],
        id=ids.CARD,
        size="lg",
        scrollable=True,
        is_open=False,
        labelledby=ids.CARD_TITLE,
    )


def body(card: Card, loc: Localizer) -> Children:
    """What stands in the dialog."""
    t = loc.t
    return [
        html.P([html.Strong(card.figure), " ", html.Span(card.share)], className="card-figure"),
        html.P(card.subtitle, className="card-whose"),
        html.Dl([part for fact in card.facts for part in _fact(fact)], className="facts"),
        *_comparisons(card, loc),
        html.H3(t("Cite this figure")),
        html.P(card.apa, className="citation"),
        _copy(loc, card.apa, t("Copy APA")),
        html.Pre(card.bibtex, className="citation", tabIndex=0),
        _copy(loc, card.bibtex, t("Copy BibTeX")),
    ]


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


def _comparisons(card: Card, loc: Localizer) -> Children:
    if not card.comparisons:
        return []
    parts: Children = [html.H3(loc.t("Comparable with what?"))]
    for kind, members in groupby(card.comparisons, key=lambda each: each.kind):
        listed = [html.Li([html.Strong(each.other), html.Br(), each.sentence]) for each in members]
        parts += [
            html.H4(verdicts.verdict_title(loc, kind), className=f"verdict {kind}"),
            html.Ul(listed),
        ]
    return [*parts, html.P(card.caveat, className="fine")]


def _copy(loc: Localizer, text: str, label: str) -> html.Button:
    return html.Button(
        label,
        type="button",
        className="btn btn-sm btn-outline-primary copy-text",
        **data(text=text, copied=loc.t("Copied")),
    )
