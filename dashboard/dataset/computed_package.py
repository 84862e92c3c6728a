"""What a data package must describe and name before it can hold computed figures, or rows that say why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from types import MappingProxyType
from typing import Any

from dashboard.dataset.computed import COMPUTED, KEY, NOT_ASKED, SUPPRESSED

CODES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        COMPUTED: (
            "Computed from the answers",
            "Computed",
            "The share was computed from the answers to the survey, with its weights and its design, and rounded.",
        ),
        SUPPRESSED: (
            "Withheld",
            "",
            "The share is withheld, since too few answers stand behind it or another one could be worked out from it.",
        ),
        NOT_ASKED: (
            "Not asked",
            "",
            "The table says of this group that the question does not apply to it.",
        ),
    }
)
"""Codes of the list ``status`` -> label, short label and description: rows of ``codes.csv``."""

TRANSLATIONS: Mapping[str, Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        "da": {
            COMPUTED: (
                "Beregnet af svarene",
                "Beregnet",
                "Andelen er beregnet af svarene på undersøgelsen, med dens vægte og design, og afrundet.",
            ),
            SUPPRESSED: (
                "Tilbageholdt",
                "",
                "Andelen er tilbageholdt, fordi for få svar ligger bag den, eller fordi en anden kunne regnes ud af den.",
            ),
            NOT_ASKED: (
                "Ikke spurgt",
                "",
                "Tabellen siger om denne gruppe, at spørgsmålet ikke vedrører den.",
            ),
        },
        "nb": {
            COMPUTED: (
                "Beregnet av svarene",
                "Beregnet",
                "Andelen er beregnet av svarene på undersøkelsen, med dens vekter og design, og avrundet.",
            ),
            SUPPRESSED: (
                "Holdt tilbake",
                "",
                "Andelen er holdt tilbake fordi for få svar ligger bak den, eller fordi en annen kunne regnes ut av den.",
            ),
            NOT_ASKED: (
                "Ikke spurt",
                "",
                "Tabellen sier om denne gruppen at spørsmålet ikke gjelder den.",
            ),
        },
        "sv": {
            COMPUTED: (
                "Beräknad ur svaren",
                "Beräknad",
                "Andelen är beräknad ur svaren på undersökningen, med dess vikter och design, och avrundad.",
            ),
            SUPPRESSED: (
                "Undanhållen",
                "",
                "Andelen är undanhållen eftersom för få svar ligger bakom den, eller eftersom en annan kunde räknas ut ur den.",
            ),
            NOT_ASKED: (
                "Inte tillfrågad",
                "",
                "Tabellen säger om denna grupp att frågan inte gäller den.",
            ),
        },
        "fi": {
            COMPUTED: (
                "Laskettu vastauksista",
                "Laskettu",
                "Osuus on laskettu kyselyn vastauksista sen painoilla ja asetelmalla ja pyöristetty.",
            ),
            SUPPRESSED: (
                "Salattu",
                "",
                "Osuus on salattu, koska vastauksia on liian vähän tai koska jokin toinen osuus voitaisiin laskea siitä.",
            ),
            NOT_ASKED: (
                "Ei kysytty",
                "",
                "Taulukon mukaan kysymys ei koske tätä ryhmää.",
            ),
        },
    }
)
"""Language -> code -> the same in that language: rows of ``translations.csv``."""


def described(document: Mapping[str, Any]) -> dict[str, Any]:
    """The descriptor of a package that may hold computed figures: ``document`` with the table of estimates, and blank values."""
    made = deepcopy(dict(document))
    figures = next(each for each in made["resources"] if each["name"] == "observations")
    fields = {field["name"]: field for field in figures["schema"]["fields"]}
    fields["value"] |= {
        "description": f"The percentage as printed, or as computed; blank where the status is {SUPPRESSED} or {NOT_ASKED}."
    }
    fields["value"]["constraints"].pop("required", None)
    if all(each["name"] != "estimates" for each in made["resources"]):
        made["resources"].insert(made["resources"].index(figures) + 1, _estimates())
    return made


def _estimates() -> dict[str, Any]:
    bounds = {"minimum": 0, "maximum": 100}
    return {
        "name": "estimates",
        "path": "estimates.csv",
        "title": "Estimates",
        "description": "How sure a computed figure is: one row for each row of observations.csv whose status is computed.",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [
                *_key_fields(),
                _number("se", "Standard error by the design of the survey.", "percentage points"),
                _number("low", "Lower bound of the 95 % interval.", "percent", bounds),
                _number("high", "Upper bound of the 95 % interval.", "percent", bounds),
                {
                    "name": "df",
                    "type": "integer",
                    "description": "Degrees of freedom of the standard error.",
                    "constraints": {"required": True, "minimum": 0},
                },
                _number(
                    "n_effective",
                    "Answers of a simple random sample that would be as sure.",
                    "answers",
                ),
            ],
            "primaryKey": list(KEY),
            "foreignKeys": [
                _reference("survey_id", "surveys"),
                _reference("concept", "concepts"),
            ],
        },
    }


def _key_fields() -> list[dict[str, Any]]:
    lists = {"sector": "sector", "response": "response"}
    made = []
    for name in KEY:
        field: dict[str, Any] = {
            "name": name,
            "type": "string",
            "description": "As in observations.csv.",
        }
        if name != "segment":
            field["constraints"] = {"required": True}
        if name in lists:
            field["barometer:codeList"] = lists[name]
        made.append(field)
    return made


def _number(
    name: str, description: str, unit: str, bounds: Mapping[str, int] | None = None
) -> dict[str, Any]:
    constraints = {"required": True, **(bounds or {"minimum": 0})}
    field = {"name": name, "type": "number", "description": description, "unit": unit}
    return {**field, "constraints": constraints}


def _reference(column: str, table: str) -> dict[str, Any]:
    return {"fields": column, "reference": {"resource": table, "fields": column}}
