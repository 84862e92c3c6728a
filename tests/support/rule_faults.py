"""One fault for every rule across rows, and what the check says of it."""

from __future__ import annotations

from tests.support.folders import (
    Break,
    cell,
    last,
    line_of,
    rows,
)

NOVELTY = line_of(survey_id="dk-2023", concept="novelty", response="inspired")
COLLAB_NO = line_of(
    survey_id="se-2021-workplace", sector="state", concept="collab_any", segment="", response="no"
)
NORDIC = line_of("surveys.csv", survey_id="nordic-2019-dk")
ROLES = line_of("breaks.csv", break_id="dk-collaboration-2020")
FAULTS: dict[str, tuple[Break, str]] = {
    "yes and no": (
        cell("observations.csv", COLLAB_NO, "value", "33"),
        f'observations.csv, line {COLLAB_NO + 1}, column value: "65" - expected the answers to one question to make 100 within 1; '
        "no 33 + yes 65 = 98",
    ),
    "one-answer question": (
        cell("observations.csv", NOVELTY, "value", "57.5"),
        f'observations.csv, line {NOVELTY}, column value: "57.5" - expected the answers to one question to make at most 101; '
        "copied 19 + dont_know 10 + first_of_its_kind 16 + inspired 57.5 = 102.5",
    ),
    "a period without its year": (
        cell("surveys.csv", line_of("surveys.csv", survey_id="nl-2025"), "period_end", ""),
        f'surveys.csv, line {line_of("surveys.csv", survey_id="nl-2025")}, column period_end: "" - expected a value, since '
        "period_kind is survey_year",
    ),
    "a compilation without a name": (
        cell("surveys.csv", NORDIC, "short_title", ""),
        f'surveys.csv, line {NORDIC}, column short_title: "" - expected the name of the compilation inside a sentence',
    ),
    "translation of nothing": (
        cell("translations.csv", 2, "code", "driver"),
        'translations.csv, line 2, column code: "driver" - expected a code or id of theme in the tables',
    ),
    "translation left blank": (
        cell("translations.csv", 2, "label", ""),
        'translations.csv, line 2, column label: "" - expected a text, since the English one is not blank',
    ),
    "translation left out": (
        rows("translations.csv", lambda table: [table[0], *table[2:]]),
        "translations.csv, column code: missing - expected a row for drivers of theme in da",
    ),
    "theme of another concept": (
        cell("observations.csv", 3, "theme", "effects"),
        'observations.csv, line 3, column theme: "effects" - expected innovation, the theme of type_product in concepts.csv',
    ),
    "sector outside the survey": (
        cell("surveys.csv", 2, "sectors", "all~municipal~regional"),
        f'observations.csv, line {line_of(survey_id="dk-2015", sector="state")}, column sector: "state" - expected a sector that '
        "surveys.csv names for dk-2015: all, municipal, regional",
    ),
    "figures of a survey without": (
        cell("surveys.csv", 12, "has_figures", "no"),
        f'observations.csv, line {line_of(survey_id="no-municipal-2018")}, column survey_id: "no-municipal-2018" - expected a survey '
        "with has_figures yes in surveys.csv",
    ),
    "figure of a question not asked": (
        rows(
            "asked.csv", lambda table: [*table, ["dk-2015", "type_product", "no", "no", "A guess."]]
        ),
        'observations.csv, line 3, column concept: "type_product" - expected no figure: '
        f"asked.csv, line {last('asked.csv') + 1}, says that dk-2015 did not ask this",
    ),
    "period backwards": (
        cell("surveys.csv", 2, "period_end", "2012"),
        'surveys.csv, line 2, column period_end: "2012" - expected a year from 2013, the period_start, on',
    ),
    "period without end": (
        cell("surveys.csv", 2, "period_end", ""),
        'surveys.csv, line 2, column period_end: "" - expected a year, since period_start has one',
    ),
    "break between countries": (
        cell("breaks.csv", 2, "to_survey", "is-2021"),
        'breaks.csv, line 2, column to_survey: "is-2021" - expected a survey of the country of dk-2017, DK',
    ),
    "break of a question that does not exist among several": (
        cell("breaks.csv", ROLES, "concepts", "role_companies~role_nobody~role_citizens"),
        f'breaks.csv, line {ROLES}, column concepts: "role_nobody" - expected concepts of concepts.csv, joined by ~',
    ),
    "break with a ~ too many": (
        cell("breaks.csv", ROLES, "concepts", "role_companies~"),
        f'breaks.csv, line {ROLES}, column concepts: "" - expected concepts of concepts.csv, joined by ~',
    ),
    "break of a question twice": (
        cell("breaks.csv", ROLES, "concepts", "role_companies~role_companies"),
        f'breaks.csv, line {ROLES}, column concepts: "role_companies~role_companies" - expected each concept once',
    ),
    "break within an edition": (
        cell("breaks.csv", 2, "to_survey", "dk-2017"),
        'breaks.csv, line 2, column to_survey: "dk-2017" - expected another survey than from_survey',
    ),
    "test of one sector": (
        cell("published_tests.csv", 2, "sector_b", "municipal"),
        'published_tests.csv, line 2, column sector_b: "municipal" - expected another sector than sector_a',
    ),
    "codes scattered": (
        rows("codes.csv", lambda table: [*table, ["theme", "other", "Other", "", ""]]),
        f'codes.csv, line {last("codes.csv") + 1}, column list: "theme" - expected the rows of one list to stand together',
    ),
    "dimension without values": (
        rows("codes.csv", lambda table: [row for row in table if row[0] != "segment:topic"]),
        f'codes.csv, line {line_of("codes.csv", list="dimension", code="topic")}, column code: "topic" - expected rows of a list '
        "segment:topic with its values",
    ),
}
