"""Tables and CSV of views, and the views they are tried on."""

from __future__ import annotations

import csv
import io
from collections import Counter

from dashboard.formats.csv import view_csv
from dashboard.query import Section, View
from tests.support import views

CODES = {
    "not_asked": "NQ",
    "not_published": "NP",
    "not_collected": "NC",
    "drawn": "DV",
    "compiled": "CP",
    "filtered": "HF",
    "unscaled": "NS",
}
KINDS = {
    "not_asked": "theme=activities&country=SE~IS&sector=state",
    "not_published": "theme=drivers&country=DK~SE",
    "not_collected": "theme=drivers&country=DK~SE",
    "compiled": "concept=innovative_workplaces&country=NO~DK&by=indicator",
    "filtered": "concept=driver_legislation~promoted_technology&country=DK&inferred=hide",
}
PICKED = (
    "",
    "theme=collaboration&country=DK~SE",
    "theme=drivers&country=DK~SE&by=sector&more=drivers",
    "theme=effects~activities&split=group&by=indicator",
    "theme=collaboration&country=DK&view=change",
    "theme=innovation~effects&edition=all&view=table&more=innovation",
    "concept=novelty&view=scale&edition=all",
    "theme=strategy&edition=no-municipal-2018-central~nl-2021~dk-2015-central",
)


def blanks(section: Section) -> Counter[str]:
    """Kinds of the blanks of a section, series by series."""
    cells = [cell for row in section.rows for cell in row.cells]
    return Counter(
        [blank.kind for cell in cells for _, blank in cell.missing]
        + [cell.blank.kind for cell in cells if cell.blank]
    )


def records(shown: View) -> list[dict[str, str]]:
    """The CSV of a view as a program reads it."""
    text = view_csv(shown, views.loc())
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
