"""Every text that a reader gets in one language: of trees of components, of charts and of pages of HTML.

What is marked as of another language is left out, and must not be in the accented one of ``pseudo``.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

from plotly.utils import PlotlyJSONEncoder

from tests.support.fragments import parsed
from tests.support.html import Outline

LANGUAGE = "da"
"""The language that is read, whose place ``pseudo`` takes."""
_FOREIGN = re.compile("[ƀđƒħɱɋṽẋþƀ]", re.IGNORECASE)
"""Letters that no language of the site has but this one, and so mark a text that is translated."""
_UNSEEN = {
    "figure",
    *(
        "id",
        "className",
        "type",
        "namespace",
        "href",
        "rel",
        "role",
        "config",
        "value",
        "lang",
        "hrefLang",
        "htmlFor",
        "tag",
        "target",
        "data-source",
        "data-table-of",
        "data-opens",
        "data-key",
        "scope",
    ),
    *(
        "color",
        "size",
        "debounce",
        "storage_type",
        "labelledby",
        "describedby",
        "style",
        "data",
        "download",
    ),
    *(
        "aria-labelledby",
        "aria-describedby",
        "aria-controls",
        "aria-current",
        "aria-live",
        "aria-expanded",
        "aria-hidden",
    ),
    *(
        "data-address",
        "data-beside",
        "data-compare",
        "data-query",
        "action",
        "method",
        "data-bundle",
        "data-picture",
        "data-size",
        "data-embed",
        "data-values",
        "data-figure",
        "data-menu",
        "data-parameters",
        "data-choose",
        "data-only",
    ),
}
"""Properties of components that no reader sees."""
_DRAWN = {"text", "hovertext", "hovertemplate", "texttemplate", "name", "ticktext", "title"}
"""What of a figure is read."""


def of_components(node: object, language: str = LANGUAGE) -> Iterator[str]:
    """Every text of a tree of components, as JSON, that is said in the language; charts are left to ``of_figures``."""
    if isinstance(node, str):
        if language == LANGUAGE:
            yield node
        else:
            assert not _FOREIGN.search(node), f"marked as {language}: {node}"
    elif isinstance(node, list):
        for each in node:
            yield from of_components(each, language)
    elif isinstance(node, dict):
        props = node.get("props", node)
        for name, value in props.items():
            if name == "data-html":
                inside = json.loads(json.dumps(parsed(value), cls=PlotlyJSONEncoder))
                yield from of_components(inside, language)
            elif name not in _UNSEEN:
                yield from of_components(value, props.get("lang", language))


def of_figures(node: object) -> Iterator[str]:
    """Every text of the charts in a tree of components."""
    if isinstance(node, list):
        for each in node:
            yield from of_figures(each)
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from of_figure(value) if name == "figure" else of_figures(value)


def of_figure(node: object, seen: bool = False) -> Iterator[str]:
    """Every text of a chart, without Plotly's small HTML."""
    if isinstance(node, str) and seen:
        yield plain(node)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from of_figure(each, seen)
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from of_figure(value, name in _DRAWN)


def plain(text: str) -> str:
    """What a reader sees of a text with tags."""
    return html.unescape(re.sub(r"<[^>]*>", " ", text))


class _Page(Outline):
    """Collects what a page says in its own language."""

    _SAID = frozenset({"aria-label", "alt", "title", "placeholder"})
    _NAMED = (
        "description",
        "twitter:title",
        "twitter:description",
        "og:title",
        "og:description",
        "og:site_name",
        "og:image:alt",
    )

    def __init__(self, text: str) -> None:
        self.said: list[str] = []
        """Texts and attributes outside charts."""
        self.lines: list[str] = []
        """Of charts, whose texts are broken into lines."""
        self.data: list[dict] = []
        super().__init__(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        held = {name: value or "" for name, value in attrs}
        if held.get("lang", self._language()) == LANGUAGE:
            self.said += [value for name, value in held.items() if name in self._SAID]
            if held.get("name", held.get("property")) in self._NAMED:
                self.said.append(held["content"])

    def handle_data(self, data: str) -> None:
        super().handle_data(data)
        tag = self.open[-1][0] if self.open else ""
        if tag == "script" and data.lstrip().startswith('{"@context"'):
            self.data.append(json.loads(data))
        elif tag not in ("script", "style") and data.strip():
            if self._language() != LANGUAGE:
                assert not _FOREIGN.search(data), f"marked as {self._language()}: {data}"
            elif any(name == "svg" for name, _ in self.open):
                self.lines.append(data)
            else:
                self.said.append(data)

    def _language(self) -> str:
        """The language that holds at the place that is read."""
        named = (held["lang"] for _, held in reversed(self.open) if "lang" in held)
        return next(named, LANGUAGE)


def of_page(text: str) -> tuple[list[str], list[str]]:
    """(texts, lines in charts) of an HTML page that are said in the language: its head, what is seen and what is read aloud."""
    page = _Page(text)
    held = [
        each[name]
        for each in page.data
        for name in ("name", "description", "spatialCoverage", "variableMeasured")
    ]
    return [
        *page.said,
        *(text for each in held for text in ([each] if isinstance(each, str) else each)),
    ], page.lines
