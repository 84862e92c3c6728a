"""What the translations must name: everything that readers meet, in every language, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from dashboard.dataset.faults import Fault
from dashboard.dataset.rows import Row
from dashboard.dataset.tables import Rows

_TRANSLATED = {
    "concept": "concepts",
    "definition": "definitions",
    "break": "breaks",
    "published_test": "published_tests",
    "change": "changes",
    "question": "questions",
    "survey": "surveys",
}
"""List in the translations -> table that it names the rows of; every other is a list of codes."""


def translations_are_whole(rows: Rows) -> Iterator[Fault]:
    """Each language names every code, indicator, break and published test, and nothing else."""
    wanted = _translatable(rows)
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows.get("translations", ()):
        name, code = row.values.get("list", ""), row.values.get("code", "")
        found[row.values.get("language", "")].add((name, code))
        if not rows.get(_TRANSLATED.get(name, "codes")):
            continue  # A table that cannot be read has a fault of its own.
        if (name, code) not in wanted:
            yield Fault(
                "translations.csv",
                row.line,
                "code",
                code,
                f"a code or id of {name or 'a list'} in the tables",
            )
            continue
        for column in wanted[name, code]:
            if not row.values.get(column):
                yield Fault(
                    "translations.csv",
                    row.line,
                    column,
                    "",
                    "a text, since the English one is not blank",
                )
    for language, named in found.items():
        for name, code in wanted.keys() - named if language else ():
            yield Fault(
                "translations.csv", None, "code", None, f"a row for {code} of {name} in {language}"
            )


def _translatable(rows: Rows) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """(list, code) -> columns that must be filled, for everything that readers meet by its label or statement."""
    keys = ("survey_id", "concept", "sector_a", "sector_b")
    codes = {
        (row.texts.get("list", ""), row.texts.get("code", "")): (
            "label",
            *(["description"] if row.texts.get("description_en") else []),
        )
        for row in rows["codes"]
    }
    return (
        codes
        | {
            ("concept", row.texts.get("concept", "")): ("label", "description")
            for row in rows["concepts"]
        }
        | {
            ("definition", row.texts.get("definition_id", "")): ("label", "description")
            for row in rows["definitions"]
        }
        | {
            ("change", row.texts.get("change_id", "")): ("description",)
            for row in rows.get("changes", ())
        }
        | {
            ("survey", row.texts.get("survey_id", "")): columns
            for row in rows["surveys"]
            if (columns := _translated_of_survey(row))
        }
        | {
            ("question", row.texts.get("question_id", "")): (
                "label",
                *(["short"] if row.texts.get("finding_en") else []),
                "description",
            )
            for row in rows.get("questions", ())
        }
        | {("break", row.texts.get("break_id", "")): ("description",) for row in rows["breaks"]}
        | {
            ("published_test", "~".join(row.texts.get(key, "") for key in keys)): ("description",)
            for row in rows["published_tests"]
        }
    )


def _translated_of_survey(row: Row) -> tuple[str, ...]:
    """Only a name and a period in words of its own need words in other languages."""
    named = ("label",) if row.texts.get("short_title") else ()
    return (*named, *(("description",) if row.texts.get("period_kind") == "stated" else ()))
