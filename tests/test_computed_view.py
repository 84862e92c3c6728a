"""Computed and withheld figures as a reader meets them: in views, tests, words, files, the card and the pages."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pptx import Presentation

from dashboard import charts, statistics
from dashboard.charts.roles import QUIET
from dashboard.dataset import Dataset, Observation, load
from dashboard.query import DESIGN, DatasetIndex, Interval, View, build_index, view
from dashboard.query.gap import gap
from dashboard.query.independence import drawn_apart
from dashboard.selection import Vocabulary, parse
from dashboard.settings import Settings
from dashboard.text import Localizer, differences, missing, verdicts
from dashboard.web import create_app
from tests.support.computed import PROVENANCE, SURVEY, WORKPLACES, imported, write_provenance

DASH = 40
"""Pixels that a dash is shorter than, and a line between parts is not."""
BOTH = f"country=DK~ZZ&concept={WORKPLACES}~effect_quality"
LANGUAGES = {
    "en": "withheld: too few answers",
    "da": "tilbageholdt: for få svar",
    "nb": "holdt tilbake: for få svar",
    "sv": "undanhållet: för få svar",
    "fi": "salattu: liian vähän vastauksia",
}
NAMES = {
    "en": "Synthetia (synthetic)",
    "da": "Syntetien (syntetisk)",
    "nb": "Syntetia (syntetisk)",
    "sv": "Syntetien (syntetisk)",
    "fi": "Synteetia (synteettinen)",
}


@pytest.fixture(scope="module")
def zz(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return imported(tmp_path_factory.mktemp("zz"))


@pytest.fixture(scope="module")
def dataset(zz: Path) -> Dataset:
    return load(zz)


@pytest.fixture(scope="module")
def index(dataset: Dataset) -> DatasetIndex:
    return build_index(dataset)


@pytest.fixture(scope="module")
def client(zz: Path) -> FlaskClient:
    return create_app(Settings(data=zz, drawings=0)).test_client()


def shown(index: DatasetIndex, query: str) -> View:
    return view(index, parse(query, Vocabulary.of(index.dataset)).selection)


def figure(dataset: Dataset, sector: str, indicator: str, segment: str = "") -> Observation:
    (at,) = dataset.observations.find(
        survey_id=SURVEY, sector=sector, indicator=indicator, segment=segment
    )
    return dataset.observations[at]


def lines(client: FlaskClient, query: str) -> list[dict[str, str]]:
    text = client.get(f"/data.csv?{query}&lang=en").get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


# --- How sure ---


def test_a_computed_figure_has_the_interval_of_its_survey(
    dataset: Dataset, index: DatasetIndex
) -> None:
    row = figure(dataset, "all", WORKPLACES)
    known = index.evidence[row.position]
    assert known.interval == Interval(71.6, 76.2, 1336, DESIGN)
    assert known.census is None
    nobody = index.evidence[figure(dataset, "all", "collab_companies").position]
    assert nobody.interval == Interval(0, 0.3, 1460, DESIGN)


def test_a_difference_is_tested_with_the_effective_number_of_answers(
    dataset: Dataset, index: DatasetIndex
) -> None:
    municipal, state = (figure(dataset, each, WORKPLACES) for each in ("municipal", "state"))
    (found,) = index.differences.among((municipal.position, state.position))
    _, low, high = statistics.newcombe(78, 762, 61, 247)
    assert found.test is not None
    assert (found.test.low, found.test.high) == pytest.approx((float(low), float(high)))
    pairs = [(78 * 762 / 100, 762, 61 * 247 / 100, 247)]
    assert found.test.p == pytest.approx(statistics.p_values(pairs)[0])
    assert found.test.outcome == "clear"
    apart = gap(dataset, municipal, state)
    assert apart.interval == pytest.approx((float(low), float(high)))


def test_groups_that_are_no_strata_are_tested_approximately(zz: Path, dataset: Dataset) -> None:
    municipal, state = (figure(dataset, each, WORKPLACES) for each in ("municipal", "state"))
    small, larger = (figure(dataset, "all", WORKPLACES, each) for each in ("0-10", "10-25"))
    ours, theirs = dataset.observations[0], dataset.observations[1]
    assert drawn_apart(dataset, municipal, state)
    assert drawn_apart(dataset, small, larger)
    assert drawn_apart(dataset, ours, theirs)
    try:
        write_provenance(zz, PROVENANCE | {"strata": ["size"]})
        other = load(zz)
    finally:
        write_provenance(zz, PROVENANCE)
    assert not drawn_apart(other, municipal, state)
    assert drawn_apart(other, small, larger)
    index = build_index(other)
    (found,) = index.differences.among((municipal.position, state.position))
    said = differences.difference(Localizer(other), found)
    assert said.endswith("Approximate, since the two groups were not drawn separately.")


def test_the_words_name_what_was_computed(dataset: Dataset, index: DatasetIndex) -> None:
    loc = Localizer(dataset)
    section = next(each for each in shown(index, BOTH).sections if each.theme == "innovation")
    assert "Weighted, computed from the answers: Synthetia (synthetic) (2024–2025)." in (
        verdicts.weighting(loc, section)
    )
    told = "Where figures were computed from answers: 95% intervals by the design of the survey."
    assert told in verdicts.interval_legend(loc, section)
    assert "effective number of answers" in differences.caveat(loc)
    assert "effective number of answers" not in differences.caveat(Localizer(load()))


# --- Withheld ---


def test_a_withheld_figure_is_a_blank_of_its_own(index: DatasetIndex) -> None:
    held = shown(
        index, f"country=ZZ&concept={WORKPLACES}~effect_quality&by=sector&sector=all~state"
    )
    effects = next(each for each in held.sections if each.theme == "effects")
    blanks = [
        reason.kind
        for row in effects.rows
        for cell in row.cells
        for reason in (*([cell.blank] if cell.blank else []), *(why for _, why in cell.missing))
    ]
    assert [*blanks, *("suppressed" for _ in effects.withheld)] == ["suppressed"]


def test_a_slide_has_the_letter_of_a_withheld_figure_and_says_what_it_means(
    client: FlaskClient,
) -> None:
    deck = Presentation(
        io.BytesIO(client.get("/slides.pptx?country=ZZ&theme=effects&view=heat").data)
    )
    [slide] = deck.slides
    [table] = [shape.table for shape in slide.shapes if shape.has_table]
    assert ["S" in [cell.text for cell in row.cells] for row in table.rows][-2:] == [True, False]
    assert "S withheld: too few answers" in "".join(slide.element.itertext())


def test_every_withheld_figure_of_a_view_is_listed_once(client: FlaskClient) -> None:
    blank = [
        (line["concept"], line["sector"])
        for line in lines(client, f"{BOTH}~collab_companies&by=sector")
        if line["blank"] == "S"
    ]
    assert sorted(blank) == [
        ("collab_companies", "municipal"),
        ("effect_quality", "regional"),
        ("effect_quality", "state"),
        (WORKPLACES, "regional"),
    ]
    parts = lines(client, f"country=ZZ&concept={WORKPLACES}&split=size")
    assert [(line["segment"], line["blank"]) for line in parts if not line["value"]] == [
        ("size=25-50", "S")
    ]


@pytest.mark.parametrize("chart", ["bars", "dots", "heat", "table", "compare", "change", "scale"])
def test_no_chart_meets_a_withheld_figure(client: FlaskClient, chart: str) -> None:
    page = client.get(f"/?country=DK~ZZ&view={chart}&lang=en")
    assert (page.status_code, "NaN" in page.get_data(as_text=True)) == (200, False)
    for split in ("", "&split=size"):
        held = lines(client, f"country=ZZ&view={chart}{split}")
        assert all(line["value"] or line["blank"] for line in held if line["country"] == "ZZ")


@pytest.mark.parametrize(("language", "words"), LANGUAGES.items())
def test_the_reader_is_told_in_every_language(
    client: FlaskClient, language: str, words: str
) -> None:
    query = f"{BOTH}&by=sector&view=table&lang={language}"
    assert words in client.get(f"/?{query}").get_data(as_text=True)
    workbook = load_workbook(io.BytesIO(client.get(f"/data.xlsx?{query}").data))
    cells = [str(cell.value) for sheet in workbook for row in sheet for cell in row]
    assert words in cells
    assert "S" in cells
    cube = json.loads(client.get(f"/data.json?{query}").data)
    assert cube["extension"]["status"]["label"]["S"] == words
    assert "S" in cube["status"].values()
    assert "computed" in cube["status"].values()
    method = client.get(f"/method?lang={language}").get_data(as_text=True)
    assert words in method
    assert 'id="computed"' in method


def test_data_that_withhold_nothing_speak_of_no_withholding() -> None:
    ours = create_app(Settings(drawings=0)).test_client()
    for address in ("/method?lang=en", "/?lang=en", "/data.json?theme=effects&lang=en", "/sources?lang=en"):  # fmt: skip
        text = ours.get(address).get_data(as_text=True)
        assert "withheld" not in text
        assert "computed from" not in text
    assert "S" not in dict(missing.blank_legend(Localizer(load())))


def test_a_country_whose_theme_is_all_withheld_is_told_of(dataset: Dataset) -> None:
    cell = (SURVEY, "all", "", "", "driver_users")
    index = build_index(replace(dataset, withheld={cell: frozenset({"yes"})}))
    held = shown(index, "country=DK~SE~ZZ&theme=drivers&level=workplace")
    said = [missing.missing_countries(Localizer(index.dataset), each) for each in held.sections]
    assert said == ["Withheld, since too few answered: Synthetia (synthetic) (workplaces)."]


# --- Card, pages, pictures ---


def test_the_card_tells_how_a_figure_came_about(client: FlaskClient) -> None:
    name = f"{SURVEY}:all:{WORKPLACES}"
    page = client.get(f"/?{BOTH}&figure={name}&lang=en").get_data(as_text=True)
    for text in (
        "1.2 percentage points, 1,975 degrees of freedom; as sure as a simple random sample of 1,336 answers",
        "1,987 of 2,000 rows of answers.csv, by the codebook barometer.toml",
        f"(SHA-256 {'ab' * 6}…, {'cd' * 6}…; pandas; pandas 3.1.0, narwhals 2.29.0)",
        "6 figures of this survey; the rules: fewer than 10 answers behind a share; fewer than 3 respondents behind an answer; "
        "all or none gave the answer, or another figure could be worked out",
        "How the figure came about",
        "Made up to show the program; about no one.",
        "Computed in Innovation barometers side by side (data release 2026.2)",
    ):
        assert text in page
    assert "How the number was matched to its label" not in page


@pytest.mark.parametrize(("language", "name"), NAMES.items())
def test_what_is_made_up_is_marked_wherever_it_stands(
    client: FlaskClient, language: str, name: str
) -> None:
    query = f"{BOTH}&lang={language}"
    page = client.get(f"/country/zz?lang={language}").get_data(as_text=True)
    assert f"<h1>{name}</h1>" in page
    marked = name.partition(" ")[2]
    for address in (f"/?{query}", f"/data.csv?{query}", f"/data.json?{query}", f"/chart.svg?theme=innovation&{query}"):  # fmt: skip
        assert marked in client.get(address).get_data(as_text=True)
    assert f"Made-up Office {marked}" in client.get(f"/data.csv?{query}").get_data(as_text=True)


def test_published_countries_are_not_marked(dataset: Dataset) -> None:
    loc = Localizer(dataset)
    assert loc.label("country", "DK") == "Denmark"
    assert loc.label("country", "ZZ") == "Synthetia (synthetic)"
    assert loc.dataset.surveys[SURVEY].title == "Barometer of Synthetia (synthetic)"
    assert loc.dataset.sources["zz-2026"].publisher == "Made-up Office (synthetic)"
    assert "synthetic" not in loc.dataset.sources["dst-2019"].publisher


def test_the_page_of_an_imported_country_is_whole(client: FlaskClient) -> None:
    page = client.get("/country/zz?lang=en").get_data(as_text=True)
    assert "<strong>74%</strong>" in page
    assert "Barometer of Synthetia (synthetic)" in page
    assert "/country/zz" in client.get("/countries?lang=en").get_data(as_text=True)
    footer = "comes from the source named beside it or computed from answers to it"
    assert footer in page
    assert footer in client.get("/?lang=en").get_data(as_text=True)


# --- Charts ---


def drawn(client: FlaskClient, query: str) -> list[str]:
    """The texts of a picture."""
    svg = client.get(f"/chart.svg?{query}&lang=en").get_data(as_text=True)
    return re.findall(r">([^<>]+)<", svg)


@pytest.mark.parametrize(
    ("chart", "by", "letters"),
    [("bars", "sector", 1), ("bars", "country", 0), ("heat", "country", 1), ("dots", "country", 0)],
)
def test_a_letter_stands_where_a_figure_is_withheld(
    client: FlaskClient, chart: str, by: str, letters: int
) -> None:
    """Of the state higher efficiency is told and higher quality withheld; what stands in no cell is counted."""
    query = f"theme=effects&country=ZZ&by={by}&sector=all~municipal~state&view={chart}"
    texts = drawn(client, query)
    assert texts.count("S") == letters
    assert ("withheld: too few answers (S)." in " ".join(texts)) == bool(letters)
    page = client.get(f"/?{query}&lang=en").get_data(as_text=True)
    assert ("S withheld: too few answers" in page) == bool(letters)


@pytest.mark.parametrize("chart", ["bars", "dots", "heat", "compare"])
def test_every_picture_says_how_many_are_withheld(client: FlaskClient, chart: str) -> None:
    texts = drawn(client, f"country=DK~ZZ&concept={WORKPLACES}&view={chart}")
    assert "withheld: too few answers" in " ".join(texts)


def signs(index: DatasetIndex, query: str) -> set[tuple[bool, bool, bool, bool]]:
    """Of each section: whether its picture draws a dash and says what it is, whether it draws a letter and says what that is."""
    shown_, loc = shown(index, query), Localizer(index.dataset)
    found = set()
    for section in shown_.sections:
        drawn = charts.picture(shown_, section, loc, "https://x.example/", "slide").drawing
        texts = [text.content for text in drawn.texts]
        foot = " ".join(texts)
        flat = (rule for rule in drawn.rules if rule.colour == QUIET and rule.y0 == rule.y1)
        dash = any(rule.x1 - rule.x0 < DASH for rule in flat)
        dash_told = re.search("—: no figure[.;]", foot) is not None
        found.add((dash, dash_told, "S" in texts, "(S)" in foot))
    return found


@pytest.mark.parametrize("by", ["country", "sector", "indicator"])
@pytest.mark.parametrize("chart", ["bars", "dots", "heat", "scale"])
def test_the_key_tells_of_dashes_and_letters_where_they_are_drawn(
    index: DatasetIndex, chart: str, by: str
) -> None:
    """A row whose figures are all withheld has letters and no dash."""
    for what in ("theme=effects", f"concept={WORKPLACES}", "concept=effect_quality"):
        for where in ("", "&sector=all~municipal~state", "&sector=all~regional"):
            for dash, dash_told, letter, letter_told in signs(
                index, f"{what}&country=DK~ZZ&by={by}{where}&view={chart}"
            ):
                assert dash == dash_told
                assert letter == letter_told


def test_where_all_that_is_missing_is_withheld_no_dash_is_spoken_of(
    client: FlaskClient, index: DatasetIndex
) -> None:
    """Of Sweden all three figures are there, of the country that withholds one the others."""
    where = "sector=all~municipal~regional"
    query = f"concept={WORKPLACES}&country=SE~ZZ&{where}&by=indicator&view=heat"
    assert signs(index, query) == {(False, False, True, True)}
    page = client.get(f"/?{query}&lang=en").get_data(as_text=True)
    assert "S withheld: too few answers" in page
    assert 'class="sample blank' not in page
    page = client.get("/?theme=drivers&view=heat&lang=en").get_data(as_text=True)
    assert 'class="sample blank' in page


def test_pictures_of_what_is_published_say_nothing_of_it() -> None:
    ours = create_app(Settings(drawings=0)).test_client()
    for chart in ("bars", "heat"):
        assert "withheld" not in " ".join(drawn(ours, f"theme=effects&view={chart}"))
