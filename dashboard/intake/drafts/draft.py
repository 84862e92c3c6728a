"""A codebook to be finished by hand, of what a file says of its variables: nothing is guessed, every mapping is a blank.

An import of what is not finished names every blank. The same file gives the same bytes.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from dashboard.dataset import DATA_FOLDER
from dashboard.intake import descriptions
from dashboard.intake.answers import readers, statistical
from dashboard.intake.answers.labels import Boxes, Description, Variable
from dashboard.intake.drafts import ddi, hints, toml
from dashboard.intake.drafts.hints import Hints
from dashboard.intake.faults import Fault, Refused, quoted
from dashboard.intake.vocabulary import Vocabulary

MOST_ANSWERS = 25
"""Labelled values of a variable that is drafted as a question; one with more is drafted as a split."""
_WIDE = 100
_SURVEY: Mapping[str, str] = {
    "survey_id": "lower-case letters and digits, joined by hyphens: se-2026-workplace",
    "title": "of the survey",
    "producer": "who carried it out",
    "population": "who was asked",
    "unit": "who answered",
}
"""Key -> what belongs there."""
_SOURCE: Mapping[str, str] = {
    "source_id": "lower-case letters and digits, joined by hyphens: se-2026",
    "title": "of the answers",
    "publisher": "whose answers these are",
    "language": "of the answers: sv",
}
_CHOICES: Mapping[str, str] = {
    "design": "one of sample, census, unknown",
    "period_kind": "one of years, two_years_to, survey_year, stated, unknown",
}
_HEAD = """\
# The codebook of {name}, drafted by `python -m dashboard draft` and to be finished by hand.
# docs/import.md says what each key means. Fill in every "", delete what is not wanted, uncomment what is;
# an import names what is left. Behind # stands what the file says, in its own words, and what is nearest to them.
"""
_DISCLOSURE = """
[disclosure]
# There is no default: say here what may not be told, as the section "What is withheld" of docs/import.md describes it.
# base =           # fewest answers behind a share
# answer =         # fewest respondents behind one answer
# organisations =  # fewest organisations behind a share; 0, or [design] unit
# unanimous =      # true or false
# decimals = 0
"""
_SECTOR = """
[sector]
# Sectors: {sectors}.
variable = ""  # or only = "…" alone, where all respondents are of one sector
# skip = []
# [sector.codes]
# 1 = ""  # value in the file = sector
"""
_QUESTIONS = (
    "concept: a row of concepts.csv, or a [[concept]] of this file.",
    "base: {bases}.",
    "Answers: {responses}, or a [[code]] of this file; of values that are answers to nothing make missing = [].",
    'An answer dont_know needs dont_know = "in base" or "left out" above [question.answers].',
    'Who was asked, no such file tells: write asked_if = "q1 == 1" where not everybody was.',
)


def draft(path: Path, encoding: str = "") -> str:
    """The draft of a codebook for a file of answers, or of what a DDI codebook says of one; ``encoding`` is blank for its own.

    Raises Refused for a file that cannot be read.
    """
    ending = path.suffix.lower()
    known = (*statistical.ENDINGS, *ddi.ENDINGS)
    if ending not in known:
        expected = f"a file that ends in {', '.join(known)}: others hold no labels"
        raise Refused([Fault(path.name, quoted(ending), expected)])
    try:
        readers.begins_as_named(path, ending)
        found = (
            ddi.description(path)
            if ending in ddi.ENDINGS
            else statistical.description(path, encoding)
        )
    except OSError as error:
        reason = "missing" if isinstance(error, FileNotFoundError) else str(error.strerror)
        raise Refused([Fault(path.name, reason, "a file that can be read")]) from error
    return text(found, hints.of(DATA_FOLDER))


def text(described: Description, near: Hints) -> str:
    """The codebook of a description."""
    known = near.known
    parts = [
        _HEAD.format(name=toml.said(described.name)),
        'kind = "microdata"\n',
        _table("survey", _survey(described, known)),
        _table("source", _source()),
        _table("file", _file(described)),
        _table("design", _design(described)),
        _DISCLOSURE,
        _SECTOR.format(sectors=", ".join(known.codes["sector"])),
        _told(known),
        *_questions(described, near),
        *_others(described),
    ]
    return "".join(parts)


def _told(known: Vocabulary) -> str:
    """What is to be known before the questions."""
    bases, responses = (", ".join(known.codes[name]) for name in ("base", "response"))
    lines = (each.format(bases=bases, responses=responses) for each in _QUESTIONS)
    return "\n".join(["", *(part for line in lines for part in _wrapped(line)), ""])


def _table(name: str, lines: Iterable[str]) -> str:
    return "\n".join(["", f"[{name}]", *lines, ""])


def _blank(key: str, *comments: str) -> str:
    told = "; ".join(filter(None, comments))
    return f'{toml.key(key)} = ""' + (f"  # {told}" if told else "")


def _said(words: str) -> str:
    return f"the file says {toml.said(words)}" if words else ""


def _survey(described: Description, known: Vocabulary) -> Iterator[str]:
    for key in (*descriptions.SURVEY, *_CHOICES):
        codes = known.codes.get(key, {}) if key in ("country", "level", "kind") else {}
        expected = _CHOICES.get(key) or _SURVEY.get(key) or f"one of {', '.join(codes)}"
        if key == "country":
            expected += ", or a [[code]]"
        yield _blank(key, expected, _said(described.said.get(key, "")))
    for key in descriptions.SURVEY_OPTIONAL:
        yield f"# {_blank(key, _said(described.said.get(key, '')))}"


def _source() -> Iterator[str]:
    for key in descriptions.SOURCE:
        yield _blank(key, _SOURCE[key])
    for key in descriptions.SOURCE_OPTIONAL:
        yield f"# {_blank(key)}"


def _file(described: Description) -> Iterator[str]:
    if described.answers and described.answers == described.name:
        yield f"path = {toml.text(described.answers)}"
    else:
        yield _blank("path", "of the file of answers", _said(described.answers))
    if described.encoding:
        yield f"encoding = {toml.text(described.encoding)}"


def _design(described: Description) -> Iterator[str]:
    if not described.weights:
        yield '# weight = ""  # a variable; the file names none'
    for name in described.weights:
        yield f"# weight = {toml.text(name)}  # the file says that it is one"
    yield '# stratum = [""]'
    for key in ("psu", "fpc", "unit"):
        yield f'# {key} = ""'


def _questions(described: Description, near: Hints) -> Iterator[str]:
    """Questions, sets of boxes and splits, each where its first variable stands in the file."""
    boxes = [each for each in described.boxes if each.dichotomous]
    members = {name for each in boxes for name in each.variables}
    variables = {each.name: each for each in described.variables}
    starting: dict[str, list[Boxes]] = {}
    for each in boxes:
        starting.setdefault(each.variables[0], []).append(each)
    for variable in described.variables:
        for each in starting.pop(variable.name, ()):
            yield _several(each, variables, near)
        if variable.name not in members and variable.answers:
            few = len(variable.answers) <= MOST_ANSWERS
            yield _question(variable, near) if few else _split(variable)
    for each in (each for listed in starting.values() for each in listed):
        yield _several(each, variables, near)
    for each in described.boxes:
        if not each.dichotomous:
            yield _of_categories(each)


def _question(variable: Variable, near: Hints) -> str:
    lines = [
        "",
        *_comment(variable),
        "[[question]]",
        _blank("concept", _nearest(near.concepts.nearest(variable.label))),
        f"variable = {toml.text(variable.name)}",
        _blank("base"),
        *_missing(variable),
        "[question.answers]",
    ]
    for value, label in variable.answers.items():
        lines.append(_blank(value, toml.said(label), _nearest(near.responses.same(label))))
    return "\n".join([*lines, ""])


def _several(boxes: Boxes, variables: Mapping[str, Variable], near: Hints) -> str:
    held = [variables.get(name, Variable(name)) for name in boxes.variables]
    missing = dict.fromkeys(value for each in held for value in each.missing)
    others = dict.fromkeys(
        value for each in held for value in each.answers if value not in (boxes.chosen, *missing)
    )
    lines = ["", f"# {toml.key(boxes.name)}: {toml.said(boxes.label)}", "[[several]]"]
    if boxes.chosen:
        lines.append(f"chosen = {toml.value(boxes.chosen)}")
        lines += [f"not_chosen = {toml.listed(others)}"] if others else []
    else:
        lines.append("# chosen =  # the value of a ticked box")
    lines += [_blank("base"), _blank("answered", 'one of "any box", "everybody asked"')]
    lines += [f"missing = {toml.listed(missing)}"] if missing else []
    lines += ['# none = ""  # the variable of the box "none of these"', "[several.boxes]"]
    for each in held:
        told = "the file has no such variable" if each.name not in variables else ""
        label = toml.said(each.label) if each.label else told
        lines.append(_blank(each.name, label, _nearest(near.concepts.nearest(each.label))))
    return "\n".join([*lines, ""])


def _split(variable: Variable) -> str:
    lines = [
        "",
        *_comment(variable),
        "# [[split]]",
        '# dimension = ""',
        f"# variable = {toml.text(variable.name)}",
        *(f"# {line}" for line in _missing(variable, "skip")),
        "# [split.codes]",
        '# … = ""  # value in the file = segment',
    ]
    told = [_value(variable, value) for value in variable.answers]
    lines += _wrapped(f"{len(told)} values: {', '.join(told)}")
    return "\n".join([*lines, ""])


def _of_categories(boxes: Boxes) -> str:
    names = ", ".join(map(toml.key, boxes.variables))
    said = (
        f"{toml.key(boxes.name)}: {toml.said(boxes.label)} is one question whose answers stand in {names};"
        " a codebook has no table for that, so each stands by itself."
    )
    return "\n".join(["", *_wrapped(said), ""])


def _others(described: Description) -> Iterator[str]:
    members = {name for each in described.boxes if each.dichotomous for name in each.variables}
    held = [each for each in described.variables if not each.answers and each.name not in members]
    if held:
        yield "\n# Variables whose values have no labels: for [design], [sector], a [[split]] with cut, or nothing.\n"
    for each in held:
        yield "\n".join([*_comment(each), ""])


def _comment(variable: Variable) -> list[str]:
    """What is known of a variable beside its answers."""
    plain = not variable.answers
    missing = [_value(variable, value) for value in variable.missing if plain]
    missing += variable.ranges
    parts = [
        toml.said(variable.label) if variable.label else "",
        ("a text" if variable.text else "a number") if plain else "",
        f"asked: {toml.said(variable.asked)}" if variable.asked else "",
        f"missing: {', '.join(missing)}" if missing else "",
        f"blank in the file: {toml.said(', '.join(variable.blanks))}" if variable.blanks else "",
    ]
    told = "; ".join(filter(None, parts))
    return _wrapped(": ".join(filter(None, (toml.key(variable.name), told))))


def _missing(variable: Variable, key: str = "missing") -> list[str]:
    if not variable.missing:
        return []
    labelled = [value for value in variable.missing if variable.labels.get(value)]
    told = ", ".join(_value(variable, value) for value in labelled)
    return [f"{key} = {toml.listed(variable.missing)}" + (f"  # {told}" if told else "")]


def _value(variable: Variable, value: str) -> str:
    """A value and its label: ``9 "No answer"``."""
    label = variable.labels.get(value)
    return f"{toml.key(value)} {toml.said(label)}" if label else toml.key(value)


def _nearest(codes: Iterable[str]) -> str:
    named = ", ".join(codes)
    return f"nearest: {named}" if named else ""


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(
        toml.seen(words),
        _WIDE,
        initial_indent="# ",
        subsequent_indent="#   ",
        break_long_words=False,
        break_on_hyphens=False,
    )
