"""A country that comes to the published data, by the recipe of docs/changing.md: no code, no colour by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from dashboard.__main__ import main
from dashboard.charts.palette import DARK, LIGHT
from dashboard.dataset import archives, load
from dashboard.settings import Settings
from dashboard.web import create_app
from tests.support import views
from tests.support.archives import NEW, OLD
from tests.support.folders import copied, rows_of, version, write

QUERY = "country=EE&theme=innovation&lang=fi"
ROWS = {
    "codes.csv": ["country,EE,Estonia,,"],
    "sources.csv": [
        "ee-2024,Innovation barometer,Made-up Institute,https://example.org/ee,ee.pdf,en,2024-05-01"
    ],
    "surveys.csv": [
        "ee-2023,EE,Estonian barometer,Made-up Institute,2022-2023,2024,State workplaces,workplace,workplace,national,"
        "1000,400,40,,no,yes,ee-2024,2022,2023,all~state,,census,,years"
    ],
    "observations.csv": [
        f"ee-2023,{sector},,innovation,innovative_workplaces,yes,{value},exact,{n},,workplaces,printed,,"
        "Introduced an innovation,ee-2024,page 3,"
        for sector, value, n in (("all", 71, 400), ("state", 68, 150))
    ],
    "translations.csv": [
        f"{language},country,EE,{name},,"
        for language, name in (
            ("da", "Estland"),
            ("nb", "Estland"),
            ("sv", "Estland"),
            ("fi", "Viro"),
        )
    ],
}


def check(folder: Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["check", str(folder)])
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published data, kept, with Estonia added and a version of its own."""
    made = copied(tmp_path_factory.mktemp("estonia"))
    assert CliRunner().invoke(main, ["release", str(made)]).exit_code == 0
    for table, lines in ROWS.items():
        added = [line.split(",") for line in lines]
        rows = rows_of(made / table)
        beside = max(
            (at for at, row in enumerate(rows) if row[:1] == ["country"]), default=len(rows) - 1
        )
        rows[beside + 1 : beside + 1] = added
        write(made / table, rows)
    code, said = check(made)
    assert (code, said.count("\n"), f'version: "{OLD}"' in said) == (1, 1, True)
    version(made, NEW)
    return made


@pytest.fixture(scope="module")
def client(folder: Path) -> FlaskClient:
    return create_app(Settings(data=folder, drawings=0)).test_client()


def test_the_check_names_no_fault(folder: Path) -> None:
    code, said = check(folder)
    assert (code, said.startswith(f"{len(views.published()) + 2} figures")) == (0, True)
    assert list(archives(folder)) == [OLD]


def test_the_figures_stand_on_the_page_and_in_the_files(client: FlaskClient) -> None:
    page = client.get(f"/?{QUERY}").text
    assert "Viro" in page
    told = client.get(f"/data.csv?{QUERY}").text
    for sector, value in (("all", 71), ("state", 68)):
        assert f",EE,workplace,{sector},,ee-2023,2022-2023,yes,{value},exact," in told
    assert "Estonian barometer" in client.get("/sources?lang=en").text
    assert client.get(f"/chart.svg?{QUERY}").status_code == 200


def test_it_has_a_page_of_its_own(client: FlaskClient) -> None:
    assert "/country/ee?lang=fi" in client.get("/countries?lang=fi").text
    page = client.get("/country/ee?lang=fi").text
    assert "<h1>Viro</h1>" in page
    assert "<strong>71\xa0%</strong>" in page
    assert "Estonian barometer" in page
    assert "/country/ee?lang=fi" in client.get("/sitemap.xml").text


def test_the_release_before_does_not_know_it(client: FlaskClient) -> None:
    assert client.get(f"/data.csv?{QUERY}&release={NEW}").status_code == 200
    before = client.get(f"/data.csv?theme=innovation&lang=en&release={OLD}")
    assert (before.status_code, "Estonia" in before.text) == (200, False)


@pytest.mark.parametrize("dark", [False, True])
def test_its_colour_is_in_the_picture_and_no_other_countrys(
    client: FlaskClient, folder: Path, dark: bool
) -> None:
    colours = DARK if dark else LIGHT
    countries = load(folder).codes["country"]
    own = colours.country("EE", countries)
    assert own not in {colours.country(code, countries) for code in countries if code != "EE"}
    ground = "dark" if dark else "white"
    svg = client.get(
        f"/chart.svg?theme=innovation&country=EE~SE&by=sector&lang=en&ground={ground}"
    ).text
    assert own in svg
    assert colours.countries["SE"] in svg
