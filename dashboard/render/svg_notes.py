"""Title, description and metadata inside an SVG."""

from __future__ import annotations

from html import escape

from dashboard.charts.text import NOT_XML
from dashboard.render.notes import Notes

_NAMESPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:barometer="urn:innovation-barometer"'
)
_FIELDS = (
    ("dc:title", "title"),
    ("dc:creator", "author"),
    ("dc:source", "source"),
    ("dc:rights", "licence"),
    ("dc:identifier", "address"),
    ("barometer:selection", "selection"),
    ("barometer:release", "release"),
    ("barometer:figures", "figures"),
)


def write(svg: bytes, about: Notes) -> bytes:
    """The SVG with notes; a screen reader speaks title and description."""
    fields = "".join(f"<{tag}>{_text(getattr(about, name))}</{tag}>" for tag, name in _FIELDS)
    inside = (
        f'<title id="about-title">{_text(about.title)}</title><desc id="about-text">{_text(about.description)}</desc>'
        f'<metadata><rdf:RDF {_NAMESPACES}><rdf:Description rdf:about="">{fields}</rdf:Description></rdf:RDF></metadata>'
    )
    head, root, rest = svg.decode().partition("<svg ")
    opening, end, body = rest.partition(">")
    named = 'role="img" aria-labelledby="about-title" aria-describedby="about-text" '
    return "".join((head, root, named, opening, end, inside, body)).encode()


def _text(content: str) -> str:
    return escape(NOT_XML.sub("\ufffd", content), quote=False)
