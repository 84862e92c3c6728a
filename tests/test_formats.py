"""Files of a view: records, archives and what all formats share."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings

from dashboard.formats import registry
from dashboard.formats.csv import view_csv
from dashboard.formats.format import Order, Step
from dashboard.formats.json import DIMENSIONS, jsonstat, records
from dashboard.formats.records import COLUMNS
from dashboard.formats.xlsx import workbook
from dashboard.formats.zip import TooLarge, bundle
from dashboard.query import Section, View, view
from dashboard.selection import Selection
from dashboard.text import missing
from tests.support.reports import ADDRESS, VIEWS, figures, lines, opened
from tests.support.views import DATA, index, loc, selections, show


@pytest.mark.parametrize("query", VIEWS)
def test_records_are_the_lines_of_the_csv(query: str) -> None:
    shown = show(query)
    made = json.loads(json.dumps(records(shown, loc(), ADDRESS)))
    rows = [
        {name: "" if held is None else str(held) for name, held in record.items()}
        for record in made["records"]
    ]
    assert rows == lines(shown)
    assert made["meta"]["columns"] == list(COLUMNS)
    assert (made["meta"]["address"], made["meta"]["release"]) == (ADDRESS, shown.release)


def drawn(section: Section) -> bytes:
    return f"picture of {section.theme}".encode()


def order(shown: View, picture: Callable[[Section], bytes] = drawn) -> Order:
    return Order(shown, loc(), ADDRESS, picture, registry.every())


def test_the_archive_holds_pictures_figures_and_what_explains_them() -> None:
    shown = show("")
    *steps, last = bundle(order(shown))
    assert [(step.done, step.total) for step in steps] == [
        (at, last.total) for at in range(last.total)
    ]
    assert all(step.content is None for step in steps)
    with zipfile.ZipFile(io.BytesIO(last.content)) as parts:
        assert parts.testzip() is None
        assert parts.namelist() == [step.name for step in steps]
        assert {info.date_time[:3] for info in parts.infolist()} == {
            tuple(map(int, loc().dataset.released[:10].split("-")))
        }
        for at, section in enumerate(shown.sections, start=1):
            assert parts.read(f"{at:02}_{section.theme}.png") == drawn(section)
        assert parts.read("figures.csv").decode() == view_csv(shown, loc())
        assert parts.read("figures.xlsx") == workbook(shown, loc(), ADDRESS)
        readme = parts.read("README.txt").decode()
    assert ADDRESS in readme
    assert shown.release in readme
    assert "CC BY 4.0" in readme
    assert "Percentages of: innovations" in readme
    for section in shown.sections:
        for value in section.values:
            assert loc().dataset.sources[value.observation.source_id].title in readme
            assert value.observation.note in readme


def test_the_archive_stops_between_files() -> None:
    asked: list[str] = []

    def counted(section: Section) -> bytes:
        asked.append(section.theme)
        return b"picture"

    steps = bundle(order(show(""), counted))
    assert next(steps) == Step(0, 6, "README.txt")
    assert asked == []
    assert next(steps).name == "01_drivers.png"
    assert next(steps).name == "02_collaboration.png"
    steps.close()
    assert asked == ["drivers"]
    assert list(steps) == []


def test_the_archive_has_a_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.formats.zip.LARGEST", 10_000)
    with pytest.raises(TooLarge, match="10000"):
        list(bundle(order(show(""), lambda _: bytes(20_000))))


@pytest.mark.parametrize("query", VIEWS)
def test_the_same_view_gives_the_same_bytes(query: str) -> None:
    def made() -> tuple[bytes, str, str, bytes | None]:
        shown = show(query)
        (*_, last) = bundle(order(shown))
        cube, flat = jsonstat(shown, loc(), ADDRESS), records(shown, loc(), ADDRESS)
        return workbook(shown, loc(), ADDRESS), json.dumps(cube), json.dumps(flat), last.content

    assert made() == made()


def test_the_reader_is_told_every_code_and_dimension() -> None:
    text = (DATA.parent / "docs" / "files.md").read_text(encoding="utf-8")
    assert all(f"| {code} |" in text for code in missing.BLANK_CODES.values())
    assert all(f"| {name} |" in text for name in DIMENSIONS)
    assert {name.upper() for name in registry.FORMATS} <= set(re.findall(r"[A-Z]{3,}", text))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(selections)
def test_every_selection_can_be_taken_away(selection: Selection) -> None:
    shown = view(index(), selection)
    cube = jsonstat(shown, loc(), ADDRESS)
    assert sorted(cube["value"].values()) == figures(shown)
    assert len(records(shown, loc(), ADDRESS)["records"]) == len(lines(shown))
    assert opened(workbook(shown, loc(), ADDRESS))["figures"].max_row == max(
        1, len(lines(shown)) + 1
    )
    (*_, last) = bundle(order(shown))
    assert last.content
