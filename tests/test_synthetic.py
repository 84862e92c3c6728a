"""A survey that was made up, in a country that has others too: the name of the country does not tell it apart, so its period does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.dataset import Dataset, check, load
from dashboard.selection.model import LANGUAGES
from dashboard.settings import Settings
from dashboard.text import Localizer
from dashboard.web import create_app
from tests.support.computed import SURVEY, WORKPLACES, imported
from tests.support.folders import edit

MARKS = {
    "en": ("(synthetic)", "(in part synthetic)"),
    "da": ("(syntetisk)", "(delvist syntetisk)"),
    "nb": ("(syntetisk)", "(delvis syntetisk)"),
    "sv": ("(syntetisk)", "(delvis syntetisk)"),
    "fi": ("(synteettinen)", "(osittain synteettinen)"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data with the made-up survey as one of Denmark."""
    made = imported(tmp_path_factory.mktemp("dk"))
    edit(
        made / "surveys.csv",
        lambda rows: [
            row | {"country": "DK"} if row["survey_id"] == SURVEY else row for row in rows
        ],
    )
    assert check(made).faults == ()
    return made


@pytest.fixture(scope="module")
def dataset(folder: Path) -> Dataset:
    return load(folder)


@pytest.fixture(scope="module")
def client(folder: Path) -> FlaskClient:
    return create_app(Settings(data=folder, drawings=0)).test_client()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wording_of_its_period_is_marked(dataset: Dataset, language: str) -> None:
    loc = Localizer(dataset, language)
    survey, real = dataset.surveys[SURVEY], dataset.surveys["dk-2023"]
    whole, part = MARKS[language]
    assert loc.period(survey) == loc.years(survey) == f"2024–2025 {whole}"
    assert loc.short_period(survey) == loc.tick(survey) == f"2024–25 {whole}"
    assert loc.tick(survey, brief=True) == f"’24–25 {whole}"
    assert loc.span([survey]) == f"2024–2025 {whole}"
    assert loc.span([real, survey]) == f"2021–2025 {part}"
    assert loc.period(real) == loc.span([real]) == "2021–2023"
    assert whole not in loc.label("country", "DK")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "query",
    [
        "view=bars&edition=all&by=sector",
        "view=dots&edition=all&by=sector",
        "view=heat",
        "view=compare",
        "view=change",
    ],
)
def test_a_picture_of_it_is_marked(client: FlaskClient, query: str, language: str) -> None:
    svg = client.get(f"/chart.svg?concept={WORKPLACES}&country=DK~SE&{query}&lang={language}")
    drawn = " ".join(re.findall(r">([^<>]+)</t", svg.get_data(as_text=True)))
    whole, part = MARKS[language]
    assert re.search(rf"24–(20)?25\s+{re.escape(whole)}", drawn) or part in drawn
    assert f"Made-up Office {whole}" in drawn


def test_pages_and_files_are_marked(client: FlaskClient) -> None:
    query = f"concept={WORKPLACES}&country=DK&lang=en"
    for address, words in (
        (f"/?{query}&view=table", "2024–2025 (synthetic)"),
        ("/country/dk?lang=en", "2024–2025 (synthetic)"),
        (
            f"/?{query}&figure={SURVEY}:all:{WORKPLACES}",
            "(Denmark, workplaces, 2024–2025 (synthetic))",
        ),
        (f"/data.csv?{query}", "Made-up Office (synthetic)"),
        (f"/data.json?{query}", "Barometer of Synthetia (synthetic) (2024–2025 (synthetic))"),
    ):
        assert words in client.get(address).get_data(as_text=True), address


def test_what_is_real_is_not_marked(client: FlaskClient) -> None:
    page = client.get(f"/?concept={WORKPLACES}&country=SE~NO&lang=en").get_data(as_text=True)
    assert "synthetic" not in page
    assert "Denmark (synthetic)" not in client.get("/countries?lang=en").get_data(as_text=True)
