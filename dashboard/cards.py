"""What is answered about one figure, or two: the card, the comparison, the figures to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from dashboard.context import RequestContext
from dashboard.dataset import Observation
from dashboard.dataset.figure_name import FigureName
from dashboard.layout import card as layout_card
from dashboard.layout import compare_card, messages
from dashboard.layout.components import Children
from dashboard.selection.address import SEPARATOR
from dashboard.text import card as card_text
from dashboard.text import figure_choices, quotation
from dashboard.text.pair import pair


class Opened(NamedTuple):
    """The card of a figure, ready to be shown."""

    title: str
    body: Children
    search: str
    """Of the page's address while it is open."""


def card(context: RequestContext, asked: object) -> Opened | None:
    """The card of a figure; None where there is no such figure.

    ``asked`` is its position, or its name as an address has it, with ``~`` and another name behind it to compare with.
    """
    named, second = _asked(context, asked)
    if named is None:
        return None
    index, loc = context.release.index, context.loc
    name = str(FigureName.of(named))
    # A citation stays true only if it names the release it was made from.
    pinned = context.at(replace(context.selection, release=index.dataset.release))
    made = card_text.card(
        loc,
        context.view_of(named.theme),
        index.evidence[named.position],
        named,
        datetime.now(UTC).date(),
        f"{context.public_url}/{pinned.opened(name)}",
        context.display_query,
        context.releases.corrected(context.selection, named.position),
    )
    address = context.opened(name)
    other = str(FigureName.of(second)) if second else ""
    ways = layout_card.Ways(
        f"/{address}",
        {each.name: f"/{context.opened(name, each.name)}" for each in made.comparisons},
        report(context.contact, loc.t("Error in a figure"), f"{context.public_url}/{address}"),
        compare_card.compare(
            figure_choices.alike(loc, named),
            comparison(context, name, other) or [],
            name,
            other,
            context.query,
            loc,
        ),
    )
    body = layout_card.body(made, ways, loc)
    return Opened(made.title, body, context.opened(name, other) if other else address)


def _asked(context: RequestContext, asked: object) -> tuple[Observation | None, Observation | None]:
    """The figure whose card is asked for, and the one beside it."""
    observations = context.release.index.dataset.observations
    if isinstance(asked, str):
        found = [context.release.figure(name) for name in asked.split(SEPARATOR)[:2]]
        return found[0], found[1] if len(found) > 1 else None
    if isinstance(asked, int) and not isinstance(asked, bool) and 0 <= asked < len(observations):
        return observations[asked], None
    return None, None


def of_address(context: RequestContext) -> Opened | None:
    """The card that the address opens; None where it names no figure of its release."""
    return card(context, SEPARATOR.join(context.figures)) if context.figures else None


def quoted(context: RequestContext) -> tuple[str, str] | None:
    """(heading, sentence) of the figure that the address opens; None where it names none of its release."""
    found = context.release.figure(context.figures[0]) if context.figures else None
    if found is None:
        return None
    loc, known = context.loc, context.release.index.evidence[found.position]
    heading = f"{quotation.headline(loc, found)} ({quotation.where(loc, found)})"
    return heading, quotation.quotation(loc, known, found)


def gone(context: RequestContext) -> Children:
    """What the page says of figures that the address names and its release has not."""
    said: Children = []
    for name in context.figures:
        if context.release.figure(name):
            continue
        holding = context.releases.holding(name)
        release = holding.index.dataset.release if holding else ""
        there = context.at(replace(context.selection, release=release))
        shown = context.release.index.dataset.release
        said += messages.gone(name, shown, release, f"/{there.opened(name)}", context.loc)
    return said


def comparison(context: RequestContext, first: str, second: str) -> Children | None:
    """What can be said of two figures; None where the release has not both, or they are one."""
    one, other = context.release.figure(first), context.release.figure(second)
    if one is None or other is None or one.position == other.position:
        return None
    made = pair(context.loc, context.release.index, one, other)
    names = (str(FigureName.of(row)) for row in (one, other))
    return compare_card.paired(made, f"/{context.opened(*names)}", context.loc)


def figures(context: RequestContext, first: str, text: str) -> Children | None:
    """The figures to choose from beside another: those that fit a text, else those of its indicator; None for no such figure."""
    row = context.release.figure(first)
    if row is None:
        return None
    found = (
        figure_choices.fitting(context.loc, row, text)
        if text.strip()
        else figure_choices.alike(context.loc, row)
    )
    return compare_card.figure_options(found, "", context.loc)


def report(contact: str, subject: str, address: str) -> str:
    """Where an error in a figure is reported, the figure's address with it; blank where no contact is known."""
    if not contact:
        return ""
    parts = urlsplit(contact)
    said: Mapping[str, str] = (
        {"subject": subject, "body": address} if parts.scheme == "mailto" else {"about": address}
    )
    query = "&".join([*filter(None, [parts.query]), urlencode(said, quote_via=quote)])
    return urlunsplit(parts._replace(query=query))
