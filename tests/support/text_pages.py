"""The pages on sources, method and changes in English, and what pages of countries share."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from dashboard.comparability import SmallBaseThresholds
from dashboard.content import pages
from dashboard.dataset import Observation
from dashboard.query import DatasetIndex
from dashboard.query.view import view
from dashboard.selection import parse
from tests.support.html import Outline
from tests.support.views import loc, store, surveys

LINKS = pages.PageUrls(stylesheets=("/static/bootstrap.min.css?v=1", "/assets/barometer.css"))
LIMITS = SmallBaseThresholds()
COUNTRIES = tuple(dict.fromkeys(survey["country"] for survey in surveys().values()))
"""Of the data, each of which has a page."""


def addresses(page: Outline) -> list[str]:
    """What the links of a page lead to."""
    return [attrs["href"] for attrs in page.all("a")]


def figures_of(address: str, index: DatasetIndex) -> list[Observation]:
    """Every figure of the view at an address, all of them shown."""
    parsed = parse(urlsplit(address).query, index.vocabulary)
    found = view(index, replace(parsed.selection, expanded=parsed.selection.themes))
    return [value.observation for section in found.sections for value in section.values]


def documents() -> dict[str, Outline]:
    """Name of a page -> the page, taken apart."""
    return {
        "sources": Outline(pages.sources(loc(), LINKS)),
        "method": Outline(pages.method(loc(), LINKS, LIMITS)),
        "changes": Outline(pages.changes(loc(), LINKS, store().history("en"))),
    }
