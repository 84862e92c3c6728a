"""The proofing language of a deck: on every run of text, so that a spelling checker reads it in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator

from babel import Locale
from babel.core import get_global
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.presentation import Presentation

_USUAL = {"en": "en-GB"}
"""Language -> tag, where its most spoken form is not the one of these texts."""
_PROPERTIES = ("a:rPr", "a:endParaRPr", "a:defRPr")


def tag(locale: Locale) -> str:
    """Language and country as Office has them, such as da-DK; of a language without country that where most speak it."""
    if not locale.territory and locale.language in _USUAL:
        return _USUAL[locale.language]
    likely = get_global("likely_subtags").get(locale.language, locale.language).split("_")
    return f"{locale.language}-{locale.territory or likely[-1]}"


def mark(show: Presentation, language: str) -> None:
    """Say of every text of a presentation, in its charts, notes and layouts too, that it is in a language."""
    for root in _roots(show):
        for text in [*root.iter(qn("a:r")), *root.iter(qn("a:fld"))]:
            if text.find(qn("a:rPr")) is None:
                text.insert(0, text.makeelement(qn("a:rPr")))
        for name in _PROPERTIES:
            for properties in root.iter(qn(name)):
                properties.set("lang", language)


def _roots(show: Presentation) -> Iterator[BaseOxmlElement]:
    """Of every part that holds texts, or says how texts begin that somebody adds."""
    yield show.element
    yield show.notes_master._element
    for master in show.slide_masters:
        yield master._element
        yield from (layout._element for layout in master.slide_layouts)
    for slide in show.slides:
        yield slide._element
        yield slide.notes_slide._element
        for shape in slide.shapes:
            if shape.has_chart:
                yield shape.chart._chartSpace
