"""Reads what every codebook describes, of microdata or of a table: the survey, its source, and what the folder's words lack."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dashboard.intake.codebook import NewCode, NewConcept
from dashboard.intake.faults import Fault, Refused, quoted
from dashboard.intake.sections import Section

SURVEY = ("survey_id", "country", "title", "producer", "population", "unit", "level", "kind")
SURVEY_OPTIONAL = (
    "reference_period",
    "fieldwork",
    "invited",
    "respondents",
    "response_rate",
    "innovations_n",
    "period_start",
    "period_end",
    "definition",
    "short_title",
)
SOURCE = ("source_id", "title", "publisher", "language")
SOURCE_OPTIONAL = ("url", "document", "published")
_SURVEY_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def toml(path: Path) -> Mapping[str, Any]:
    """What a codebook says; raises Refused where it is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise Refused([Fault(path.name, str(error), "TOML")]) from error
    except UnicodeDecodeError as error:
        found = f"byte 0x{error.object[error.start]:02X} at position {error.start}"
        raise Refused([Fault(path.name, found, "text in UTF-8")]) from error
    except OSError as error:
        found = error.strerror or "unreadable"
        raise Refused([Fault(path.name, found, "a codebook that can be read")]) from error


def survey(section: Section) -> tuple[dict[str, str], bool]:
    """``[survey]``: columns of surveys.csv, and whether the answers are made up."""
    found = _columns(section, SURVEY, SURVEY_OPTIONAL)
    if found["survey_id"] and not _SURVEY_ID.fullmatch(found["survey_id"]):
        expected = "lower-case letters and digits, joined by hyphens"
        section.fault("survey_id", quoted(found["survey_id"]), expected)
    found["design"] = section.choice("design", ("sample", "census", "unknown"))
    kinds = ("years", "two_years_to", "survey_year", "stated", "unknown")
    found["period_kind"] = section.choice("period_kind", kinds)
    return found, section.flag("synthetic", default=False)


def source(section: Section) -> dict[str, str]:
    """``[source]``: columns of sources.csv."""
    return _columns(section, SOURCE, SOURCE_OPTIONAL)


def _columns(
    section: Section, required: tuple[str, ...], optional: tuple[str, ...]
) -> dict[str, str]:
    return {name: section.text(name) for name in required} | {
        name: section.text(name, required=False) for name in optional
    }


def code(section: Section) -> NewCode:
    """``[[code]]``."""
    return NewCode(
        section.text("list"),
        section.text("code"),
        section.words("label"),
        section.words("short", required=False),
        section.words("description", required=False),
    )


def concept(section: Section) -> NewConcept:
    """``[[concept]]``."""
    return NewConcept(
        section.text("concept"),
        section.text("theme"),
        section.words("label"),
        section.words("definition"),
        section.choice("scale", ("multiple", "single")),
        section.flag("by_definition", default=False),
    )
