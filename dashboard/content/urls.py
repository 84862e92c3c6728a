"""Addresses that lead from one page of text to another, and from them to views of the charts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from dashboard.dataset import Dataset
from dashboard.selection import ColourScheme, Selection, Vocabulary, default, normal, search
from dashboard.selection.rules import themes_of


@dataclass(frozen=True, slots=True)
class PageUrls:
    """Addresses that only the server knows."""

    stylesheets: tuple[str, ...]
    favicon: str = "/assets/favicon.ico"
    base: str = ""
    """What stands before the path of every link to this site; blank where it is served from the root of its host."""
    site: str = ""
    """Public address of the site, which links between its languages need in full; blank where it is not known."""
    language: str = ""
    """The language that the page's address names; blank where it names none."""
    colour_scheme: ColourScheme = ""
    """Likewise the colour scheme."""
    operator: str = ""
    """Who runs the site; blank where that is not said."""
    contact: str = ""
    """Address for feedback; blank where none is given."""

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        """Language and colour scheme as a query says them, as far as the address names them."""
        named = (("lang", self.language), ("look", self.colour_scheme))
        return tuple((name, value) for name, value in named if value)

    def to(self, path: str, anchor: str = "", **changes: str) -> str:
        """Address of another page of text in the same language and colour scheme, or in those of ``changes``; further ones are added."""
        named = dict(self.named) | changes
        query = urlencode({name: value for name, value in named.items() if value})
        return f"{self.base}{path}{query and '?'}{query}{anchor and '#'}{anchor}"


class ViewUrls:
    """Addresses of views of the charts, in canonical form."""

    def __init__(self, dataset: Dataset, urls: PageUrls) -> None:
        self.vocabulary = Vocabulary.of(dataset)
        self._urls = urls
        self._usual = replace(
            default(self.vocabulary), language=urls.language, colour_scheme=urls.colour_scheme
        )

    def __call__(self, **changes: Any) -> str:
        """Address of the first visit's view with these fields of the Selection changed; indicators bring their themes."""
        selection: Selection = replace(self._usual, **changes)
        if selection.indicators:
            selection = replace(selection, themes=themes_of(selection.indicators, self.vocabulary))
        return f"{self._urls.base}/{search(normal(selection, self.vocabulary), self.vocabulary)}"
