"""Reads a codebook: TOML to ``Codebook``, or every fault that it has by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

from dashboard.intake import descriptions, questions, sampling, sections
from dashboard.intake.codebook import (
    Answers,
    Codebook,
    Interval,
    Sectors,
    Split,
)
from dashboard.intake.faults import Fault, Refused, quoted
from dashboard.intake.sections import Section
from dashboard.intake.types import Rules

INTERVALS: Mapping[str, Interval] = {"logit": "logit", "korn-graubard": "korn-graubard"}
KINDS = ("microdata", "table")
"""What a codebook may be of; ``tables.parsing`` reads those of tables."""
_TABLES = ("survey", "source", "file", "design", "disclosure", "sector")
_LISTS = ("split", "question", "several", "grade", "code", "concept")


def read(path: Path) -> Codebook:
    """The codebook of a file.

    Raises Refused with every fault of the file by itself.
    """
    held = descriptions.toml(path)
    faults: list[Fault] = []
    top = Section(held, path.name, "", faults)
    top.choice("kind", KINDS)
    parts = {name: sections.one(held, name, path.name, faults) for name in _TABLES}
    lists = {name: sections.several(held, name, path.name, faults) for name in _LISTS}
    for name in (*_TABLES, *_LISTS):
        top.known(name)
    top.rest()
    survey, synthetic = descriptions.survey(parts["survey"])
    source = descriptions.source(parts["source"])
    interval, confidence = _interval(parts["design"])
    rules, decimals = _disclosure(parts["disclosure"])
    codebook = Codebook(
        path=path,
        survey=survey | {"source_id": source["source_id"]},
        source=source,
        synthetic=synthetic,
        file=_file(parts["file"], path.parent),
        design=sampling.sample(parts["design"]),
        interval=interval,
        confidence=confidence,
        rules=rules,
        decimals=decimals,
        sector=_sector(parts["sector"]),
        splits=tuple(_split(each) for each in lists["split"]),
        questions=tuple(
            each
            for name in ("question", "several", "grade")
            for each in map(questions.READERS[name], lists[name])
        ),
        codes=tuple(descriptions.code(each) for each in lists["code"]),
        concepts=tuple(descriptions.concept(each) for each in lists["concept"]),
    )
    for part in (*parts.values(), *(each for listed in lists.values() for each in listed)):
        part.rest()
    faults += _together(codebook)
    if faults:
        raise Refused(faults)
    return codebook


def _file(section: Section, folder: Path) -> Answers:
    return Answers(
        folder / section.text("path"),
        encoding=section.text("encoding", required=False) or "utf-8",
        separator=section.text("separator", required=False, strip=False) or ",",
        decimal=section.choice("decimal", (".", ","), "."),
        sheet=section.text("sheet", required=False),
    )


def _interval(section: Section) -> tuple[Interval, float]:
    kind = INTERVALS[section.choice("interval", INTERVALS, "logit")]
    if section.whole("confidence", 1, 100, 95) != 95:
        section.fault("confidence", "another than 95", "95; other intervals cannot be shown yet")
    return kind, 0.95


def _disclosure(section: Section) -> tuple[Rules, int]:
    rules = Rules(
        base=section.whole("base", 1, 10_000),
        answer=section.whole("answer", 0, 10_000),
        organisations=section.whole("organisations", 0, 10_000),
        unanimous=section.flag("unanimous"),
    )
    return rules, section.whole("decimals", 0, 1, 0)


def _sector(section: Section) -> Sectors:
    only = section.text("only", required=False)
    if only:
        return Sectors("", {}, (), only)
    return Sectors(section.text("variable"), section.codes("codes"), section.names("skip"), "")


def _split(section: Section) -> Split:
    if "cut" in section and "codes" in section:
        section.fault("codes", "given", "either codes or cut")
    return Split(
        dimension=section.text("dimension"),
        variable=section.text("variable"),
        codes=section.codes("codes", required="cut" not in section),
        cut=_cut(section),
        skip=section.names("skip"),
        by_sector=section.flag("by_sector", default=False),
    )


def _cut(section: Section) -> Mapping[str, tuple[float, float]]:
    bounds: dict[str, tuple[float, float]] = {}
    for segment, pair in section.pairs("cut", required=False).items():
        low, high = _bounds(pair)
        if low > high:
            expected = "least and greatest number, [11, 50], or the least alone, [500]"
            section.fault(f"cut, {segment}", quoted(pair), expected)
        else:
            bounds[segment] = (low, high)
    rising = sorted(bounds.items(), key=lambda each: each[1])
    for (_, one), (name, other) in pairwise(rising):
        if other[0] <= one[1]:
            expected = f"a least number above {one[1]:g}, where the group before it ends"
            section.fault(f"cut, {name}", f"{other[0]:g}", expected)
    return bounds


def _bounds(pair: object) -> tuple[float, float]:
    """Least and greatest number; the wrong way round where the pair is none."""
    numbers = pair if isinstance(pair, list) else []
    if len(numbers) not in (1, 2) or any(
        isinstance(each, bool) or not isinstance(each, int | float) for each in numbers
    ):
        return 1, 0
    return float(numbers[0]), float(numbers[1]) if len(numbers) > 1 else float("inf")


def _together(codebook: Codebook) -> list[Fault]:
    """What no table says by itself."""
    found = [rule(codebook) for rule in _RULES]
    return [fault for faults in found for fault in faults]


def _concepts_once(codebook: Codebook) -> list[Fault]:
    named = Counter(name for each in codebook.questions for name in questions.concepts(each))
    return [
        Fault(f"{codebook.name}, concept {concept}", f"{number} times", "each concept once")
        for concept, number in named.items()
        if number > 1 and concept
    ]


def _something_asked(codebook: Codebook) -> list[Fault]:
    if codebook.questions:
        return []
    return [Fault(codebook.name, "no question", "[[question]], [[grade]] or [[several]]")]


def _dimensions_once(codebook: Codebook) -> list[Fault]:
    named = Counter(split.dimension for split in codebook.splits)
    return [
        Fault(f"{codebook.name}, [[split]] {dimension}", f"{number} times", "each dimension once")
        for dimension, number in named.items()
        if number > 1 and dimension
    ]


def _organisations_known(codebook: Codebook) -> list[Fault]:
    number = codebook.rules.organisations
    if not number or codebook.design.unit:
        return []
    place = f"{codebook.name}, [disclosure] organisations"
    return [Fault(place, str(number), "0, or [design] unit, the variable that names them")]


def _sectors_apart(codebook: Codebook) -> list[Fault]:
    if not codebook.sector.only:
        return []
    return [
        Fault(
            f"{codebook.name}, [[split]] {split.dimension}, by_sector",
            "true",
            "false, since [sector] only says that there is one",
        )
        for split in codebook.splits
        if split.by_sector
    ]


def _no_circle(codebook: Codebook) -> list[Fault]:
    try:
        TopologicalSorter(questions.filters(codebook.questions)).prepare()
    except CycleError as error:
        circle = ", ".join(dict.fromkeys(error.args[1]))
        expected = "questions that do not decide who is asked each other"
        return [Fault(f"{codebook.name}, asked_if", f"a circle of {circle}", expected)]
    return []


_RULES: tuple[Callable[[Codebook], list[Fault]], ...] = (
    _something_asked,
    _concepts_once,
    _dimensions_once,
    _organisations_known,
    _sectors_apart,
    _no_circle,
)
