"""HTML pages taken apart, as a browser's parser would take them."""

from __future__ import annotations

from html.parser import HTMLParser

from flask.testing import FlaskClient

VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    }
)
"""Elements that nothing closes."""


class Outline(HTMLParser):
    """What stands in a page; fails where elements are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        """(name, attributes) of every element; an attribute without a value has an empty one."""
        self.title = ""
        self.texts: list[str] = []
        """Texts outside styles and scripts, as they come."""
        self.parts: dict[str, str] = {}
        """Id of an element -> all text within it."""
        self.open: list[tuple[str, dict[str, str]]] = []
        """(name, attributes) of the elements around the place that is read, the outermost first."""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self.tags.append((tag, held))
        if held.get("id"):
            self.parts.setdefault(held["id"], "")
        if tag not in VOID:
            self.open.append((tag, held))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        names = [name for name, _ in self.open]
        if names[-1:] == ["title"] and "svg" not in names:
            self.title += data
        if not {"style", "script"} & set(names):
            self.texts.append(data)
        for _, held in self.open:
            if held.get("id"):
                self.parts[held["id"]] += data

    def text(self, name: str) -> str:
        """All text within the element of this id, with single spaces."""
        return " ".join(self.parts[name].split())

    def all(self, tag: str) -> list[dict[str, str]]:
        """Attributes of every element of a kind."""
        return [held for name, held in self.tags if name == tag]

    def one(self, tag: str, **wanted: str) -> dict[str, str]:
        """Attributes of the only element of a kind that has these."""
        (found,) = (held for held in self.all(tag) if wanted.items() <= held.items())
        return found


def outline(web: FlaskClient, address: str) -> Outline:
    """What the first response holds in place of the app."""
    text = web.get(address).text
    return Outline(text[text.index('<div id="prerendered">') : text.rindex("<div hidden>")])
