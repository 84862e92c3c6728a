"""A copy of the data with a survey whose figures are computed from answers, as an import writes it: country ZZ, made up."""

from __future__ import annotations

import json
from pathlib import Path

from dashboard.dataset.computed_package import CODES, TRANSLATIONS, described
from tests.support.folders import copied, rows_of, write

SURVEY = "zz-2026-workplace"
WORKPLACES = "innovative_workplaces"
PROVENANCE = {
    "survey_id": SURVEY,
    "synthetic": True,
    "file": {"name": "answers.csv", "sha256": "ab" * 32, "rows": 2000, "used": 1987},
    "codebook": {"name": "barometer.toml", "sha256": "cd" * 32},
    "engine": "pandas",
    "versions": {"pandas": "3.1.0", "narwhals": "2.29.0"},
    "rules": {"base": 10, "answer": 3, "organisations": 0, "unanimous": True},
    "withheld": 6,
    "strata": ["sector", "size"],
}
_NAMES = {"da": "Syntetien", "nb": "Syntetia", "sv": "Syntetien", "fi": "Synteetia"}
# sector, segment, theme, concept, response, base, value, n, se, low, high, df, n_effective
_FIGURES = [
    ("all", "", "innovation", WORKPLACES, "yes", "workplaces", 74, 1987, 1.2, 71.6, 76.2, 1975, 1336),
    ("municipal", "", "innovation", WORKPLACES, "yes", "workplaces", 78, 1210, 1.5, 74.9, 80.8, 1205, 762),
    ("state", "", "innovation", WORKPLACES, "yes", "workplaces", 61, 402, 3.1, 54.8, 66.9, 399, 247),
    ("all", "", "effects", "effect_quality", "high", "innovations", 42, 1460, 1.6, 38.9, 45.2, 1448, 951),
    ("municipal", "", "effects", "effect_quality", "high", "innovations", 44, 940, 2.0, 40.1, 47.9, 935, 616),
    ("all", "", "effects", "effect_efficiency", "high", "innovations", 22, 1450, 1.3, 19.5, 24.6, 1438, 1015),
    ("state", "", "effects", "effect_efficiency", "high", "innovations", 20, 390, 2.3, 15.8, 24.9, 387, 302),
    ("all", "", "collaboration", "collab_companies", "yes", "innovations", 0, 1460, 0, 0, 0.3, 1448, 1460),
    ("all", "size=0-10", "innovation", WORKPLACES, "yes", "workplaces", 63, 700, 2.4, 58.2, 67.6, 697, 405),
    ("all", "size=10-25", "innovation", WORKPLACES, "yes", "workplaces", 80, 650, 2.0, 75.8, 83.6, 647, 400),
]  # fmt: skip
_WITHHELD = [
    ("regional", "", "innovation", WORKPLACES, "yes", "workplaces"),
    ("state", "", "effects", "effect_quality", "high", "innovations"),
    ("state", "", "effects", "effect_quality", "some", "innovations"),
    ("regional", "", "effects", "effect_quality", "high", "innovations"),
    ("municipal", "", "collaboration", "collab_companies", "yes", "innovations"),
    ("all", "size=25-50", "innovation", WORKPLACES, "yes", "workplaces"),
]


def imported(parent: Path) -> Path:
    """A copy of the data that holds the survey."""
    folder = copied(parent)
    descriptor = folder / "datapackage.json"
    document = described(json.loads(descriptor.read_text(encoding="utf-8")))
    descriptor.write_text(json.dumps(document, ensure_ascii=False, indent=2), encoding="utf-8")
    _codes(folder / "codes.csv")
    _append(
        folder / "translations.csv",
        [
            row
            for language, codes in TRANSLATIONS.items()
            for row in (
                [language, "country", "ZZ", _NAMES[language], "", ""],
                *([language, "status", code, *words] for code, words in codes.items()),
            )
        ],
    )
    _append(
        folder / "sources.csv",
        [["zz-2026", "Answers to the barometer of Synthetia", "Made-up Office", "", "answers.csv", "en", "2026-11-27"]],
    )  # fmt: skip
    _append(
        folder / "surveys.csv",
        [
            [SURVEY, "ZZ", "Barometer of Synthetia", "Made-up Office", "2024-2025", "2026", "Public workplaces", "workplace",
             "workplace", "national", "2000", "1987", "99", "1460", "yes", "yes", "zz-2026", "2024", "2025",
             "all~municipal~regional~state", "four-kinds", "sample", "", "years"]
        ],
    )  # fmt: skip
    _append(folder / "observations.csv", [*map(_computed, _FIGURES), *map(_suppressed, _WITHHELD)])
    estimates = [[SURVEY, *each[:2], *each[3:5], *map(str, each[8:])] for each in _FIGURES]
    head = ["survey_id", "sector", "segment", "concept", "response"]
    beside = ["se", "low", "high", "df", "n_effective"]
    write(folder / "estimates.csv", [[*head, *beside], *estimates])
    (folder / "imports").mkdir()
    write_provenance(folder, PROVENANCE)
    return folder


def write_provenance(folder: Path, document: object) -> None:
    """Say how the survey of a folder was computed."""
    text = json.dumps(document, indent=2)
    (folder / "imports" / f"{SURVEY}.json").write_text(text, encoding="utf-8")


def _codes(path: Path) -> None:
    rows = rows_of(path)
    for new in (["country", "ZZ", "Synthetia", "", ""], *(["status", code, *words] for code, words in CODES.items())):  # fmt: skip
        last = max(at for at, row in enumerate(rows) if row[0] == new[0])
        rows.insert(last + 1, new)
    write(path, rows)


def _append(path: Path, rows: list[list[str]]) -> None:
    write(path, [*rows_of(path), *rows])


def _computed(figure: tuple[str | float, ...]) -> list[str]:
    sector, segment, theme, concept, response, base, value, n = map(str, figure[:8])
    return [SURVEY, sector, segment, theme, concept, response, value, "exact", n, "", base, "computed", "",
            "Question q1", "zz-2026", "variable q1", ""]  # fmt: skip


def _suppressed(cell: tuple[str, ...]) -> list[str]:
    sector, segment, theme, concept, response, base = cell
    return [SURVEY, sector, segment, theme, concept, response, "", "exact", "", "", base, "suppressed", "",
            "Question q1", "zz-2026", "variable q1", ""]  # fmt: skip
