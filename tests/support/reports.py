"""Views whose files are read back, and figures with texts that files must survive."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import openpyxl

from dashboard.dataset import Observations
from dashboard.formats.csv import view_csv
from dashboard.query import View, build_index, view
from dashboard.text import Localizer
from tests.support.views import index, loc, select

VIEWS = (
    "",
    "theme=drivers&country=DK~SE",
    "theme=innovation&view=scale",
    "country=DK&view=change",
    "by=sector",
    "by=indicator",
    "country=SE&split=group",
    "theme=collaboration&country=DK&edition=all",
    "theme=innovation&only=comparable&edition=all",
    "concept=innovative_workplaces&country=NO~DK&by=indicator",
    "theme=barriers&country=NL",
)
"""The last shows no figure; pyjstat cannot read a cube without any."""


def hostile(query: str, note: str) -> tuple[View, Localizer]:
    """A view all of whose figures carry ``note``, and the words that go with it."""
    dataset = index().dataset
    spoilt = replace(
        dataset,
        observations=Observations.of(
            replace(row, note=note, locator=note) for row in dataset.observations
        ),
    )
    return view(build_index(spoilt), select(query)), Localizer(spoilt)


ADDRESS = "https://barometer.example/?theme=drivers&country=DK~SE"


def figures(shown: View) -> list[float]:
    return sorted(value.observation.value for section in shown.sections for value in section.values)


def lines(shown: View) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(view_csv(shown, loc()).removeprefix("\ufeff"))))


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))
