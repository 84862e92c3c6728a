"""Summaries of views, and the views they are tried on."""

from __future__ import annotations

from dashboard.query import Section, View
from dashboard.text.summary import summary
from tests.support import views

NOT_COMPARABLE = "Not all figures of an indicator may be compared: "
PICKED = (
    "",
    "theme=collaboration&country=DK~SE",
    "theme=collaboration&country=SE&by=indicator&more=collaboration",
    "theme=effects&country=SE&split=group",
    "theme=innovation~effects~strategy&country=NO&edition=all",
    "concept=novelty&view=scale",
    "theme=collaboration&country=DK&edition=dk-2015",
    "theme=collaboration~innovation&country=DK&sector=all&view=change",
    "theme=drivers~collaboration&only=comparable&view=dots",
    "theme=strategy&view=table&edition=all",
    "concept=innovative_workplaces&country=FI",
)


def sentences(shown: View, section: Section) -> tuple[str, ...]:
    return summary(views.loc(), shown, section)
