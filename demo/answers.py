"""Makes up the answers of 2,000 workplaces to a barometer: ``python -m demo.answers answers.csv``. The same bytes every time.

The sample is stratified by sector and size, so that a workplace stands for as many others as its weight says. Large ones innovate more
often, organisations differ, one answer of twenty-five is missing, and who introduced no innovation skips what is asked about one.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from math import exp
from pathlib import Path

SEED = 2026
MISSING = "9"
_NO_ANSWER = 0.04


@dataclass(frozen=True, slots=True)
class Stratum:
    """Workplaces of one sector and class of size."""

    sector: int
    """1 municipal, 2 regional, 3 state."""
    size: int
    """1 fewer than 25 employees, 2 fewer than 100, 3 more."""
    population: int
    sample: int


STRATA = (
    Stratum(1, 1, 6200, 700),
    Stratum(1, 2, 4900, 500),
    Stratum(1, 3, 800, 200),
    Stratum(2, 1, 300, 60),
    Stratum(2, 2, 520, 80),
    Stratum(2, 3, 260, 60),
    Stratum(3, 1, 480, 120),
    Stratum(3, 2, 700, 160),
    Stratum(3, 3, 420, 120),
)
_ORGANISATIONS = {1: 98, 2: 5, 3: 40}
_EMPLOYEES = {1: (2, 24), 2: (25, 99), 3: (100, 900)}
_FIELDS = {1: (0.55, 0.3, 0.15), 2: (0.02, 0.9, 0.08), 3: (0.2, 0.05, 0.75)}
"""Sector -> shares of education, health and everything else."""
_KINDS = {"kind_product": 0.24, "kind_service": 0.31, "kind_process": 0.74, "kind_message": 0.36}
_PARTNERS = {"with_companies": 0.19, "with_citizens": 0.28, "with_science": 0.12}
_STARTED = {"by_manager": 0.42, "by_employees": 0.47, "by_politicians": 0.15}
_EFFECTS = {"quality": 0.9, "efficiency": 0.2, "satisfaction": 0.1}
"""Variable -> how far its grades lie to the upper end."""
COLUMNS = (
    "sector", "class", "employees", "field", "organisation", "population", "weight",
    "innovated", *_KINDS, "novelty", *_PARTNERS, "with_nobody", *_STARTED, *_EFFECTS,
)  # fmt: skip


def workplaces() -> Iterator[dict[str, object]]:
    """The answers, one workplace after the other."""
    # Made up on purpose, and the same whenever it is run: nothing here has to be hard to guess.
    draw = random.Random(SEED)  # noqa: S311
    bent = {
        (sector, number): draw.gauss(0, 0.5)
        for sector, count in _ORGANISATIONS.items()
        for number in range(count)
    }
    for stratum in STRATA:
        for _ in range(stratum.sample):
            number = draw.randrange(_ORGANISATIONS[stratum.sector])
            yield _workplace(draw, stratum, number, bent[stratum.sector, number])


def _workplace(
    draw: random.Random, stratum: Stratum, number: int, bent: float
) -> dict[str, object]:
    (field,) = draw.choices((1, 2, 3), _FIELDS[stratum.sector])
    inclined = 0.4 + 0.45 * (stratum.size - 1) + bent + (0.2 if field == 2 else 0)
    innovated = _said(draw, 1 if _happens(draw, inclined) else 2)
    made = {
        "sector": stratum.sector,
        "class": stratum.size,
        "employees": draw.randint(*_EMPLOYEES[stratum.size]),
        "field": field,
        "organisation": f"{stratum.sector}-{number:03}",
        "population": stratum.population,
        "weight": f"{stratum.population / stratum.sample:.6f}",
        "innovated": innovated,
    }
    return made | (_innovation(draw, bent) if innovated == "1" else {})


def _innovation(draw: random.Random, bent: float) -> dict[str, object]:
    """What is asked about the latest innovation."""
    partners = {name: _ticked(draw, share, bent) for name, share in _PARTNERS.items()}
    grades = {name: str(_grade(draw, far + bent)) for name, far in _EFFECTS.items()}
    return {
        **{name: _ticked(draw, share, 0) for name, share in _KINDS.items()},
        "novelty": _said(draw, draw.choices((1, 2, 3, 8), (0.18, 0.52, 0.22, 0.08))[0]),
        **partners,
        "with_nobody": "0" if "1" in partners.values() else "1",
        **{name: _ticked(draw, share, 0) for name, share in _STARTED.items()},
        **{name: _said(draw, grade) for name, grade in grades.items()},
    }


def _happens(draw: random.Random, inclined: float) -> bool:
    return draw.random() < 1 / (1 + exp(-inclined))


def _ticked(draw: random.Random, share: float, bent: float) -> str:
    return "1" if draw.random() < min(0.95, max(0.02, share + bent / 10)) else "0"


def _grade(draw: random.Random, far: float) -> int:
    """4 to a high degree, 3 to some, 2 to a small one, 1 not at all."""
    return min(4, max(1, round(draw.gauss(2.4 + far, 1))))


def _said(draw: random.Random, answer: object) -> str:
    return MISSING if draw.random() < _NO_ANSWER else str(answer)


def main(path: Path) -> None:
    """Write the answers as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(workplaces())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
