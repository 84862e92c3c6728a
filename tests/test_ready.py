"""Ready views are rows of the data: a package may have none, and one that does not open as meant is a fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.dataset import load
from dashboard.layout.choices import ready_views
from dashboard.layout.page import page
from dashboard.selection import default
from dashboard.text import Localizer
from tests.support import views
from tests.support.folders import cell, copied


def said(folder: Path) -> str:
    return CliRunner().invoke(main, ["check", str(folder)]).output


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("theme=drivers&contry=DK", "parameters and values of this data; contry cannot be used"),
        ("theme=drivers&country=XX", "parameters and values of this data; XX cannot be used"),
        ("country=DK&theme=drivers", "the address as the page writes it: theme=drivers&country=DK"),
        ("theme=drivers&country=none", "a view with at least one figure"),
    ],
)
def test_a_ready_view_that_does_not_open_as_meant_is_named(tmp_path, query, expected):
    folder = copied(tmp_path)
    cell("views.csv", 3, "query", query)(folder)
    assert said(folder) == f'views.csv, line 3, column query: "{query}" - expected {expected}\n'


def test_a_ready_view_needs_its_words_in_every_language(tmp_path):
    folder = copied(tmp_path)
    cell("views.csv", 3, "view_id", "unheard")(folder)
    assert "a row for unheard of view in da" in said(folder)
    assert "a code or id of view in the tables" in said(folder)


def test_a_package_may_have_no_ready_views(tmp_path):
    folder = copied(tmp_path)
    (folder / "views.csv").unlink()
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [each for each in descriptor["resources"] if each["name"] != "views"]
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    table = folder / "translations.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join(line for line in lines if ",view," not in line), encoding="utf-8")
    assert "no faults" in said(folder)
    dataset = load(folder)
    assert dataset.views == ()
    assert "ready-heading" not in str(page(dataset, Localizer(dataset), ()))


@pytest.mark.parametrize("language", ["en", "da", "nb", "sv", "fi"])
def test_ready_views_are_told_in_the_language_of_the_page(language):
    dataset = views.index().dataset
    loc, usual = Localizer(dataset, language), default(views.vocabulary())
    made = ready_views(views.vocabulary(), loc, usual)
    assert [search for search, _, _ in made] == [f"?{each}" for each in views.READY_VIEWS.values()]
    english = [(row["title_en"], row["text_en"]) for row in views.ready_views()]
    texts = [(title, text) for _, title, text in made]
    assert (texts == english) == (language == "en")
    assert not any(character.isdigit() for title, text in texts for character in title + text)
