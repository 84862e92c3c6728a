"""What one request asks for, and what it is answered from: made once a request and handed to whatever answers it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from dashboard.query import View
from dashboard.releases import Release, ReleaseStore
from dashboard.selection import (
    ColourScheme,
    Ignored,
    Selection,
    Vocabulary,
    below_home,
    chart_of,
    display_query,
    format,
    is_home,
    page_search,
)
from dashboard.selection.rules import switched
from dashboard.text import Localizer
from dashboard.text.order import in_order

BELOW_HOME, FRAMED = 5, 3
"""Indicators with which a theme opens below the home, and in a frame on another page."""


@dataclass(frozen=True, slots=True)
class RequestContext:
    """The parsed address of a view with the language of its reader; two of the same request are equal.

    ``web.request`` makes them; everything else takes them. What follows from the fields is worked out when it is asked for.
    """

    selection: Selection
    ignored: tuple[Ignored, ...]
    """Parts of the address that were not used; a file takes some of them as parameters of its own."""
    language: str
    """Language of the answer: that of the address, else the reader's own."""
    public_url: str
    """Address of the site without a closing slash, such as ``https://barometer.example``."""
    releases: ReleaseStore = field(repr=False, compare=False)
    contact: str = field(default="", compare=False)
    """Where readers report an error: an address, maybe of mail; blank for none."""
    framed: bool = False
    """Whether the view stands on another page, alone."""
    figures: tuple[str, ...] = ()
    """The figure whose card is open above the view, and one that it is compared with: taken out of the selection, whose view
    and files are the same with and without."""

    def __post_init__(self) -> None:
        if self.selection.figures:
            object.__setattr__(self, "figures", () if self.framed else self.selection.figures)
            object.__setattr__(self, "selection", replace(self.selection, figures=()))

    def at(self, selection: Selection) -> RequestContext:
        """The same reader at another selection, in the language that it names, if any."""
        language = selection.language or self.language
        return replace(self, selection=selection, ignored=(), language=language, figures=())

    @property
    def vocabulary(self) -> Vocabulary:
        """What an address may name."""
        return self.releases.vocabulary

    @property
    def release(self) -> Release:
        """The data release that answers: the one the address names, else the newest."""
        return self.releases.of(self.selection)

    @property
    def loc(self) -> Localizer:
        """The texts and labels of that release in the language of the answer."""
        return self.release.localizer(self.language)

    @property
    def view(self) -> View:
        """The view of the selection, its rows in the order that is asked for; made when first asked for, and kept."""
        return self._of(self.selection)

    def _of(self, selection: Selection) -> View:
        release = self.release
        shown = release.view(selection, FRAMED) if self.framed else release.view(selection)
        return in_order(self.loc, shown)

    @property
    def bars(self) -> View | None:
        """What its page shows in place of comparisons where there are none: the same figures as bars; None where the view is shown
        or bars have nothing either."""
        selection = self.selection
        if not chart_of(selection).compares or self.view.sections:
            return None
        shown = self._of(switched(selection, "bars"))
        return shown if shown.sections else None

    @property
    def leading(self) -> View:
        """The view that leads its page."""
        return self.bars or self.view

    @property
    def views(self) -> tuple[View, ...]:
        """All that its page shows: the view, and at home the themes below it with their first indicators."""
        if self.framed or not is_home(self.selection, self.vocabulary):
            return (self.leading,)
        below = below_home(self.selection, self.vocabulary)
        return self.leading, in_order(self.loc, self.release.view(below, BELOW_HOME))

    def view_of(self, theme: str) -> View:
        """The one of its views that shows a theme; the first where none does."""
        showing = (view for view in self.views if theme in view.selection.themes)
        return next(showing, self.view)

    @property
    def colour_scheme(self) -> ColourScheme:
        """light or dark where the address asks for it; blank where the reader's system decides."""
        return self.selection.colour_scheme

    @property
    def query(self) -> str:
        """The canonical query, without ``?``: for files, frames and whatever must mean the same for ever."""
        return format(self.selection, self.vocabulary)

    @property
    def search(self) -> str:
        """The query of the page with its ``?``; blank for the home."""
        return page_search(self.selection, self.vocabulary)

    @property
    def display_query(self) -> str:
        """What the address says of language and colour scheme alone, with its ``?``; blank where it says nothing of them."""
        return display_query(self.selection, self.vocabulary)

    def url(self, path: str = "/") -> str:
        """Full address of the selection under a path, which names its view also where that is the home."""
        return f"{self.public_url}{path}?{self.query}"

    @property
    def page_url(self) -> str:
        """Full address of the page that shows the selection; of the home that of the site."""
        return f"{self.public_url}/{self.search}"

    def opened(self, *figures: str) -> str:
        """The query of the page with its ``?`` on which the card of a figure is open, maybe beside another."""
        return page_search(replace(self.selection, figures=figures), self.vocabulary)
