"""Pictures on their sheets: the views that are tried on each, and what stands below their charts."""

from __future__ import annotations

from functools import cache

from dashboard import charts
from dashboard.charts.drawing import Drawing
from dashboard.query import Section, View
from tests.support import views
from tests.support.drawings import ADDRESS

LEAST = {
    "slide": 20,
    "report": 21,
    "og": 22,
    "square": 18,
    "wide": 22,
    "tall": 18,
    "print": 18,
}
"""Size -> pixels of the smallest type on it."""
VIEWS = (
    "theme=drivers",
    "theme=drivers&country=DK~SE",
    "theme=effects",
    "theme=collaboration&view=dots&by=indicator",
    "theme=collaboration&by=sector",
    "theme=effects&country=SE&split=group&view=dots",
    "theme=conditions&country=SE&split=group",
    "theme=diffusion&view=scale",
    "theme=strategy&view=heat",
    "theme=collaboration&view=heat&by=indicator",
    "theme=effects&view=table",
    "concept=innovative_workplaces&country=DK~NO~SE~FI",
    "theme=drivers&edition=all&by=indicator",
    "theme=innovation&only=comparable",
)
CHANGES = (
    "theme=collaboration&view=change",
    "theme=drivers&view=change",
    "theme=effects&view=change",
    "theme=innovation&view=change",
)


@cache
def asked() -> tuple[str, ...]:
    """The addresses of all questions and findings of the data."""
    return tuple(question.query for question in views.index().dataset.questions)


@cache
def questions() -> tuple[str, ...]:
    """Those but for changes over editions."""
    return tuple(query for query in asked() if "view=change" not in query)


@cache
def picture(query: str, size: str, language: str = "en") -> tuple[View, Section, charts.Picture]:
    shown = views.show(query)
    loc = views.store().newest.localizer(language)
    section = shown.sections[0]
    return shown, section, charts.picture(shown, section, loc, f"{ADDRESS[:31]}?{query}", size)


def chart_ends(drawing: Drawing) -> float:
    return max(band.bottom for band in drawing.bands)


def foot(drawing: Drawing) -> str:
    """What stands below the chart."""
    return " ".join(text.content for text in drawing.texts if text.y > chart_ends(drawing))


def on_sheet(drawing: Drawing, size: str) -> bool:
    sheet = charts.SHEETS[size]
    tallest = sheet.tallest or sheet.height
    return drawing.width == sheet.width and sheet.height <= drawing.height <= tallest
