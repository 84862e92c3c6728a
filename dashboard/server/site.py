"""What every route knows: the data in its releases, the words, the settings and the address of the site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from urllib.parse import unquote_plus

from flask import Response, request

from dashboard.query import Prepared, View
from dashboard.releases import Shelf
from dashboard.render import Pictures, Renderer
from dashboard.selection import Parsed, Selection, dress, format, parse
from dashboard.server.dress import named, preferred
from dashboard.settings import Settings
from dashboard.wording import Words, texts

PICTURES_WAITING = 6
"""Pictures that may wait in one worker; whoever comes after them is asked to try again."""


@dataclass(frozen=True)
class Site:
    """One running site."""

    settings: Settings
    shelf: Shelf
    renderer: Renderer = field(default_factory=lambda: Renderer(waiting=PICTURES_WAITING))
    pictures: Pictures = field(default_factory=Pictures)
    _read: Callable[[str], Parsed] = field(init=False, repr=False)
    """Reads a query; those asked for last are kept, since one answer asks often."""

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "_read", lru_cache(maxsize=64)(partial(parse, vocabulary=self.shelf.vocabulary))
        )

    @property
    def prepared(self) -> Prepared:
        """The newest release."""
        return self.shelf.newest.prepared

    @property
    def asked(self) -> Selection:
        """Language and look that the address of the present request names: in its query, or for Dash's own in its prefix."""
        return self._read(named()).selection if named() else self.parsed().selection

    @property
    def language(self) -> str:
        """The language of the answer: that of the address, else the reader's."""
        return self.asked.language or preferred(request.accept_languages)

    @property
    def words(self) -> Words:
        """The words of the newest release in the language of the answer."""
        return self.shelf.newest.words(self.language)

    @property
    def release(self) -> str:
        """Version of the newest data."""
        return self.prepared.dataset.release

    @property
    def url(self) -> str:
        """Public address without a closing slash: the setting, else that of the request."""
        return self.settings.url or request.url_root.rstrip("/")

    def parsed(self, without: tuple[str, ...] = ()) -> Parsed:
        """The selection of the request and what of its query was ignored; parameters ``without`` are another's business."""
        query = request.query_string.decode("utf-8", "replace")
        if without:
            query = "&".join(
                part
                for part in query.split("&")
                if unquote_plus(part.partition("=")[0]) not in without
            )
        return self._read(query)

    def release_of(self, parsed: Parsed) -> str:
        """The release a selection is answered from."""
        return parsed.selection.release or self.release

    def words_of(self, parsed: Parsed) -> Words:
        """The words of the release a selection is answered from, in the language of the answer."""
        return self.shelf.words(parsed.selection, self.language)

    def dress(self) -> str:
        """The search that keeps the language and look of the present address."""
        return dress(self.asked, self.shelf.vocabulary)

    def view(self, parsed: Parsed) -> View:
        """The view of a parsed query."""
        return self.shelf.view(parsed.selection)

    def address(self, parsed: Parsed, path: str = "/") -> str:
        """Full canonical address of a selection under a path."""
        query = format(parsed.selection, self.shelf.vocabulary)
        return f"{self.url}{path}" + (f"?{query}" if query else "")

    def refusal(self, parsed: Parsed, more: tuple[str, ...] = ()) -> Response:
        """Files refuse what the page drops: a sentence for each part of the query that cannot be used.

        ``more`` are parameters that this file takes beside those of the page.
        """
        parts = [
            replace(part, allowed=(*part.allowed, *more))
            if part.reason == "unknown-parameter"
            else part
            for part in parsed.ignored
        ]
        sentences = [texts.refused(self.words, part) for part in parts]
        return Response("\n".join(sentences) + "\n", status=400, mimetype="text/plain")
