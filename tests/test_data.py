"""The published data as they were delivered: every cell, every note, every place in a source."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from dashboard.dataset import DATA_FOLDER, Dataset
from tests.support.inputs import KEYS, Cells, key, read
from tests.support.notes import for_readers
from tests.support.typography import WORDS, typographic

SHARED = Path(__file__).parents[2] / "shared"
INPUT, ADDITIONS = SHARED / "data", SHARED / "data-2"
LEGISLATION = "legislation lies behind the innovation: it counts what initiated it, where technology counts what initiated or promoted it"
MOST_FREQUENT = (
    "The heading says most frequent in the state, and the average of 28 leaves only 27 for the municipalities; "
    + LEGISLATION
)
ARITHMETIC = (
    "Assigned by arithmetic: 77 % cannot be a share of 76 agencies. "
    "n is not printed (the neighbouring slides have 206 and 1,290, 76 and 88)"
)
ACTIVITIES = (
    "act_ideas_with_users",
    "act_needs_analysis",
    "act_leadership_competence",
    "act_create_design",
    "act_infrastructure",
    "act_rnd",
    "act_procurement",
)
EACH = {"reference_period": "the two years before each country’s survey"}
STARTED = (
    ("own_manager", "own manager", "The workplace's own manager"),
    ("employees", "employees", "Employees"),
    ("political_leadership", "political leadership", "The nearest political leadership"),
    (
        "political_or_legislation",
        "politicians or legislation",
        "New legislation or the nearest political leadership",
    ),
    ("technology", "new technology", "New technology wholly or partly"),
    ("finances", "economic pressure", "Economic pressure"),
    ("companies", "companies", "Private companies"),
    ("foundations", "foundations", "Foundations"),
    ("knowledge", "knowledge institutions", "Education or research institutions"),
    ("other", "others", "Someone or something else"),
)
SHOWN = "{} public workplaces as shown in the Nordic comparison"
AUTUMN = {"reference_period": "two years before the survey (autumn 2018)"}
OUTSIDE = {"concept": "collab_public_outside"}
CORRECTED: dict[str, dict[tuple[str, ...], Cells]] = {
    "observations.csv": {
        ("dk-2015", "all", "", "driver_legislation", "yes"): {
            "note": f"Printed in the running text as the average; {LEGISLATION}"
        },
        ("dk-2015", "municipal", "", "driver_legislation", "yes"): {"note": MOST_FREQUENT},
        ("dk-2015", "regional", "", "driver_legislation", "yes"): {"note": MOST_FREQUENT},
        ("dk-2015", "state", "", "driver_legislation", "yes"): {"note": MOST_FREQUENT},
        ("dk-2017", "municipal", "", "collab_public", "yes"): OUTSIDE,
        ("no-municipal-2018", "municipal", "", "collab_public", "yes"): OUTSIDE,
        ("fi-municipal-2022", "municipal", "", "collab_public", "yes"): OUTSIDE
        | {
            "note": "Preliminary results (195 answers in all); base is organisations in general, NOT the latest innovation as in "
            "DK/NO/IS; partners outside the own organisation, and central government is left out"
        },
        ("fi-municipal-2022", "municipal", "", "promoted_internal_collaboration", "yes"): {
            "note": "Preliminary; promoting factor; source prints 'individuals', possibly a slip for 'units' (the 2019 page names "
            "cooperation between units); not the same question as collaboration between units"
        },
        ("fi-municipal-2022", "municipal", "", "promoted_employee_competence", "yes"): {
            "note": "Preliminary; promoting factor, as new technology is"
        },
        ("no-municipal-2018", "municipal_regional", "", "promoted_internal_collaboration", "yes"): {
            "note": "Six-point scale from hindering to promoting; printed together with the involvement of employees, 85 each"
        },
        ("no-municipal-2018", "municipal", "", "promoted_citizens", "yes"): {
            "note": "Danish publisher, Norwegian data from KS 2018 restricted to municipalities (county units left out); not significance "
            "tested or adjusted for country differences; one part of any interplay with citizens (66); Denmark also 60"
        },
        ("no-municipal-2020", "municipal_regional", "", "innovative_workplaces", "yes"): {
            "value": "74",
            "qualifier": "exact",
            "label_in_source_en": "Municipal units that are innovative in one form or another",
            "source_id": "no-nfr-2020",
            "locator": "section on the high level of innovation in the municipalities, third sentence",
            "note": 'Printed by the Research Council of Norway for the survey that KS words as "three of four" (about the same level '
            "as 2018, 74); KS prints no number",
        },
        ("nordic-2019-dk", "all", "", "innovative_workplaces", "yes"): {
            "note": "The page does not say which Danish edition the 80 % stands for; the Danish survey of 2015-2016 has the same figure"
        },
        ("nordic-2019-no", "all", "", "innovative_workplaces", "yes"): {
            "note": "The page does not say which national surveys stand behind the figure, or how they were combined; the survey of "
            "2016-2017 has 74 % for municipal and county workplaces alone"
        },
        ("nordic-2019-se", "all", "", "innovative_workplaces", "yes"): {
            "note": "The same figure as that of the Swedish survey of workplaces of 2018; the survey of 2019-2020 counts product and "
            "process innovations only, so its 54 to 65 % are no fall from this figure"
        },
        ("se-2018-workplace", "all", "", "innovative_workplaces", "yes"): {
            "qualifier": "about",
            "n": "",
        },
        **{
            ("se-2021-workplace", sector, f"group={group}", activity, "yes"): {"note": ARITHMETIC}
            for sector in ("municipal_regional", "state")
            for group in ("broad-innovators", "others")
            for activity in ACTIVITIES
        },
    },
    "surveys.csv": {
        ("no-state-2018-central",): AUTUMN,
        ("no-state-2018-workplace",): AUTUMN,
        **{
            (f"nordic-2019-{country}",): EACH | {"population": f"{who} ({whose})"}
            for country, who, whose in (
                ("dk", SHOWN.format("Danish"), "presumably the survey of 2017"),
                (
                    "no",
                    SHOWN.format("Norwegian")
                    + "; the page does not name the national surveys behind it",
                    "presumably those of 2017 and 2018",
                ),
                ("se", SHOWN.format("Swedish"), "presumably the survey of workplaces of 2018"),
                (
                    "fi",
                    "Finnish municipalities only",
                    "presumably the survey of municipalities of 2018",
                ),
                ("is", SHOWN.format("Icelandic"), "presumably the survey published in 2019"),
            )
        },
    },
    "concepts.csv": {
        ("collab_volunteers",): {
            "definition_en": "A voluntary organisation (Sweden: the non-profit sector) as partner."
        },
        ("innovative_workplaces",): {
            "definition_en": "Introduced at least one innovation in the reference period. What counts as one is defined by each survey."
        },
        ("driver_legislation",): {
            "definition_en": "New legislation or regulation drives innovation; Denmark: wholly or partly started the innovation, "
            "which is not the same measure as started or promoted."
        },
        ("driver_employees",): {
            "definition_en": "Employees started and/or promoted the innovation.",
        },
        ("driver_technology",): {
            "definition_en": "New technology (Sweden: and knowledge) drives innovation; Denmark: started or promoted the latest "
            "innovation."
        },
        ("driver_political",): {
            "definition_en": "Nearest political leadership started or promoted the innovation (definition differs between editions, "
            "see notes).",
        },
        **{
            (f"initiated_{code}",): {
                "label_en": f"Started by {who}",
                "definition_en": f"{by} started the innovation.",
            }
            for code, who, by in STARTED
        },
        ("role_limited_finances",): {
            "definition_en": "Limited finances started, promoted or hindered the innovation."
        },
        **{
            (f"role_{code}",): {
                "definition_en": "Started, promoted or collaborated: wider than collaboration."
            }
            for code in ("companies", "citizens", "citizens_or_volunteers", "volunteers")
        },
        ("role_knowledge",): {
            "definition_en": "Started or collaborated: wider than collaboration."
        },
        ("role_foundations",): {
            "definition_en": "Started, promoted, collaborated or (third edition on) co-financed."
        },
        ("role_foreign",): {"definition_en": "Started, promoted, collaborated or co-financed."},
        ("cond_time",): {"label_en": "Time for innovation"},
    },
    "sources.csv": {
        ("dk2-norske",): {"publisher": "Center for Offentlig Innovation (COI)"},
        ("sefi-difi-2019",): {"publisher": "Direktoratet for forvaltning og IKT (Difi)"},
        **{
            (f"sefi-is-{page}",): {"publisher": "Ríkiskaup"}
            for page in ("samanburdur", "vogin", "2021")
        },
    },
}
"""Every cell that rightly differs from the input of November 2026: file -> key -> column -> what is right."""
NAMED_ANEW = {
    "novelty_reuse": "Inspired or copied, taken together",
    "novelty_break": "Breaks with own earlier practice",
    "innovation_radical": "Brought radical change",
    "driver_users": "Driven by users’ needs",
    "driver_employees": "Started or promoted by employees",
    "driver_technology": "Driven by technology and knowledge",
    "driver_legislation": "Driven by new laws or rules",
    "driver_savings": "Driven by savings and efficiency",
    "driver_societal_challenges": "Driven by societal challenges",
    "driver_political": "Started or promoted by politicians",
    "driver_political_or_legislation": "Politicians or laws in any positive role",
    "promoted_employees": "Promoted by employee participation",
    "collab_any": "Partner outside the workplace",
    "collab_multiple": "More than one partner",
    "collab_external": "Partner outside the organisation",
    "collab_public": "Public partner, any organisation",
    "collab_public_within": "Public partner in own organisation",
    "collab_public_outside": "Public partner in another organisation",
    "collab_agencies": "Government agencies as partners",
    "collab_companies": "Private companies as partners",
    "collab_citizens": "Citizens as partners",
    "collab_knowledge": "Knowledge institutions as partners",
    "collab_universities": "Universities and colleges as partners",
    "collab_research_institutes": "Research institutes as partners",
    "collab_volunteers": "Voluntary organisations as partners",
    "collab_foundations": "Foundations as partners",
    "role_companies": "Companies in any positive role",
    "role_citizens": "Citizens in any positive role",
    "role_citizens_or_volunteers": "Citizens or volunteers in any role",
    "role_knowledge": "Knowledge institutions in any positive role",
    "role_volunteers": "Voluntary organisations in any positive role",
    "role_foundations": "Foundations in any positive role",
    "role_foreign": "Foreign actors in any positive role",
    "effect_citizen_involvement": "Citizens’ influence and insight",
    "innovation_established": "Innovation is an established activity",
    "innovation_supported": "Organisation supported innovation",
    "broad_innovators": "Broad innovator, four or more activities",
    "implemented_spread": "Implemented and spread results",
    "followed_up_evaluated": "Followed up and evaluated results",
    "evaluated": "Evaluated in any way",
    "evaluation_own_assessment": "Evaluated by own professional assessment",
    "strategy_or_works_with_innovation": "Strategy, plan or work with innovation",
    "hindered_limited_finances": "Hindered by limited finances",
    "hindered_employees": "Hindered by employee participation",
    "hindered_internal_collaboration": "Hindered by internal collaboration",
}
"""Indicators whose names in the input could not be told from others; what they mean is as it was."""
POLITICAL = (
    "dk-2015,all,,drivers,initiated_political_leadership,yes,20,about,,innovations,printed,Wholly or partly started by the nearest "
    'political leadership,coi-2015-infographic,"page ""politikere""","Source gives words only (""one in five innovations"")"'
)
RATES = (
    "is-2019,all,,751,272,36",
    "is-2019,state,,,,60",
    "is-2019,municipal,,,,27",
    "se-2021-workplace,municipal,,,1222,",
    "se-2021-workplace,regional,,,274,",
)
REPLACED = ("no-municipal-2020", "municipal_regional", "", "innovative_workplaces", "yes")
"""Of the second delivery the one figure that takes the place of a figure of the first."""
TWICE, KEPT = "no-coi-norsketal", "dk2-norske"
"""Two entries in sources.csv for one page, and the one that remains."""
LINES = re.compile(r", lines? \d+(-\d+)?((, | and )\d+(-\d+)?)*$")
"""Line numbers at the end of a place in a source: of a private copy, so they are left out."""


def of_text(columns: list[str], *lines: str) -> list[Cells]:
    return [dict(zip(columns, cells, strict=True)) for cells in csv.reader(lines)]


def right(file: str) -> list[Cells]:
    """The input with every correction, and the rows added behind it."""
    given = read(INPUT / file)
    columns, corrected = list(given[0]), CORRECTED.get(file, {})
    assert corrected.keys() <= {key(file, row) for row in given}
    rows = [row | corrected.get(key(file, row), {}) for row in given]
    if file == "observations.csv":
        rows = [row | {"locator": LINES.sub("", row["locator"])} for row in rows]
        rows = [row | {"source_id": KEPT} if row["source_id"] == TWICE else row for row in rows]
        rows += [row for row in read(ADDITIONS / file) if key(file, row) != REPLACED]
        rows += of_text(columns, POLITICAL)
    if file == "sources.csv":
        rows = [row for row in rows if row["source_id"] != TWICE] + read(ADDITIONS / file)
    if file == "response_rates.csv":
        rows += of_text(columns, *RATES)
    return rows


def set_in(file: str, column: str, cell: str) -> str:
    """A cell of the input as it is set here: words with the signs of print, all else as it came."""
    stated = column == "reference_period" and not cell[:4].isdigit()
    return typographic(cell) if stated or column in WORDS.get(file, ()) else cell


@pytest.mark.skipif(
    not INPUT.is_dir(), reason="the input that the data was made from is not beside this checkout"
)
@pytest.mark.parametrize("file", KEYS)
def test_every_cell_equals_the_input(file: str) -> None:
    ours = read(DATA_FOLDER / file)
    expected = [
        {name: set_in(file, name, cell) for name, cell in row.items()} for row in right(file)
    ]
    if file == "observations.csv":
        # What is not written for readers is written anew; the meaning is for people to judge.
        expected = [
            row if for_readers(row["note"]) else row | {"note": here["note"]}
            for row, here in zip(expected, ours, strict=True)
        ]
    if file == "concepts.csv":
        expected = [
            row | {"label_en": NAMED_ANEW.get(row["concept"], row["label_en"])} for row in expected
        ]
    assert [{column: row[column] for column in expected[0]} for row in ours] == expected


@pytest.mark.skipif(
    not INPUT.is_dir(), reason="the input that the data was made from is not beside this checkout"
)
def test_of_a_figure_replaced_the_second_delivery_gives_all_but_the_note() -> None:
    [given] = [
        row
        for row in read(ADDITIONS / "observations.csv")
        if key("observations.csv", row) == REPLACED
    ]
    [ours] = [
        row
        for row in read(DATA_FOLDER / "observations.csv")
        if key("observations.csv", row) == REPLACED
    ]
    assert {column for column in given if given[column] != ours[column]} == {"note"}


def test_every_note_is_written_for_readers(dataset: Dataset) -> None:
    assert {row.note for row in dataset.observations if not for_readers(row.note)} == set()
    populations = {survey.population for survey in dataset.surveys.values()}
    assert {text for text in populations if not for_readers(text)} == set()


def test_no_place_in_a_source_names_a_line_of_a_private_copy() -> None:
    for file in ("observations.csv", "published_tests.csv"):
        assert [
            row["locator"]
            for row in read(DATA_FOLDER / file)
            if re.search(r"\blines?\b", row["locator"])
        ] == []
