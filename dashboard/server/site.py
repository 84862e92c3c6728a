"""What every route knows: the data, the words, the settings and the address of the site."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, request

from dashboard.query import Prepared, View, view
from dashboard.selection import Parsed, format, parse
from dashboard.settings import Settings
from dashboard.wording import Words, texts


@dataclass(frozen=True, slots=True)
class Site:
    """One running site."""

    settings: Settings
    prepared: Prepared
    words: Words

    @property
    def url(self) -> str:
        """Public address without a closing slash: the setting, else that of the request."""
        return self.settings.url or request.url_root.rstrip("/")

    @property
    def release(self) -> str:
        """Version of the data."""
        return self.prepared.dataset.release

    def query(self) -> str:
        """The query string of the request, as text."""
        return request.query_string.decode("utf-8", "replace")

    def parsed(self) -> Parsed:
        """The selection of the request and what of it was ignored."""
        return parse(self.query(), self.prepared.vocabulary)

    def view(self, parsed: Parsed) -> View:
        """The view of a parsed query."""
        return view(self.prepared, parsed.selection)

    def address(self, parsed: Parsed, path: str = "/") -> str:
        """Full canonical address of a selection under a path."""
        query = format(parsed.selection, self.prepared.vocabulary)
        return f"{self.url}{path}" + (f"?{query}" if query else "")

    def refusal(self, parsed: Parsed) -> Response:
        """Files refuse what the page drops: a sentence for each part of the query that cannot be used."""
        sentences = [texts.ignored(self.words, part) for part in parsed.ignored]
        return Response("\n".join(sentences) + "\n", status=400, mimetype="text/plain")
