"""Reads the questions of a codebook: ``[[question]]``, ``[[grade]]`` and ``[[several]]``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from dashboard.intake import conditions
from dashboard.intake.codebook import Question, Several
from dashboard.intake.conditions import Condition
from dashboard.intake.faults import nearest, quoted
from dashboard.intake.sections import Section

DONT_KNOW = "dont_know"
"""The response that may stand in the base or outside it."""
CHOSEN, NOT_CHOSEN = "yes", "no"
"""The responses of a box; only the first becomes a figure."""
_IN_BASE = {"in base": True, "left out": False}
_ANSWERED = {"any box": False, "everybody asked": True}


def concepts(question: Question | Several) -> tuple[str, ...]:
    """The concepts that a question has figures of."""
    if isinstance(question, Several):
        return tuple(question.boxes.values())
    return (question.concept,)


def variables(question: Question | Several) -> tuple[str, ...]:
    """The variables that hold the answers to a question."""
    if isinstance(question, Several):
        return (*question.boxes, *([question.none] if question.none else []))
    return (question.variable,)


def filters(asked: Iterable[Question | Several]) -> Mapping[str, frozenset[str]]:
    """Concept -> the concepts whose answers decide who is asked it; no key where everybody is."""
    held = tuple(asked)
    of_variable = {name: names for each in held for name, names in _answered(each)}
    found: dict[str, frozenset[str]] = {}
    for question in held:
        if question.asked_if is not None:
            own = concepts(question)
            named = conditions.variables(question.asked_if)
            before = {each for name in named for each in of_variable.get(name, ())} - set(own)
            found |= dict.fromkeys(own, frozenset(before))
    return found


def _answered(question: Question | Several) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(variable, concepts that it answers)."""
    if isinstance(question, Several):
        yield from ((variable, (concept,)) for variable, concept in question.boxes.items())
    else:
        yield question.variable, (question.concept,)


def _question(section: Section) -> Question:
    answers = section.codes("answers")
    sums = _sums(section, answers)
    responses = tuple(dict.fromkeys((*answers.values(), *sums)))
    missing = section.names("missing")
    for value in missing:
        if value in answers:
            section.fault("missing", quoted(value), "a value that is not among the answers")
    asked_if, condition = _asked_if(section)
    return Question(
        concept=section.text("concept"),
        variable=section.text("variable"),
        base=section.text("base"),
        answers=answers,
        missing=missing,
        dont_know_in_base=_dont_know(section, responses),
        asked_if=asked_if,
        condition=condition,
        sums=sums,
        shown=_shown(section, responses),
        label=section.text("label", required=False),
        note=section.text("note", required=False),
    )


def _dont_know(section: Section, responses: tuple[str, ...]) -> bool:
    if DONT_KNOW in responses:
        return _IN_BASE[section.choice("dont_know", tuple(_IN_BASE))]
    if "dont_know" in section:
        section.known("dont_know")
        section.fault("dont_know", "given", "it only where an answer is dont_know")
    return True


def _sums(section: Section, answers: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    responses = set(answers.values())
    sums: dict[str, tuple[str, ...]] = {}
    for name, parts in section.pairs("sum", required=False).items():
        listed = parts if isinstance(parts, list) else [parts]
        for part in listed:
            if part not in responses:
                expected = f"one of the answers{nearest(str(part), responses)}"
                section.fault(f"sum, {name}", quoted(part), expected)
        if name in responses:
            section.fault(f"sum, {name}", quoted(name), "a name that no answer has")
        sums[name] = tuple(str(part) for part in listed)
    return sums


def _shown(section: Section, responses: tuple[str, ...]) -> tuple[str, ...]:
    shown = section.names("shown") or responses
    for name in shown:
        if name not in responses:
            expected = f"one of the answers or sums{nearest(name, responses)}"
            section.fault("shown", quoted(name), expected)
    return shown


def _asked_if(section: Section) -> tuple[Condition | None, str]:
    text = section.text("asked_if", required=False)
    try:
        return (conditions.parse(text) if text else None), text
    except conditions.NotUnderstood as error:
        section.fault("asked_if", quoted(text), str(error))
        return None, text


def _several(section: Section) -> Several:
    asked_if, condition = _asked_if(section)
    boxes = section.codes("boxes")
    labels = section.codes("labels", required=False)
    for variable in labels:
        if variable not in boxes:
            section.fault("labels", quoted(variable), f"a box{nearest(variable, boxes)}")
    return Several(
        boxes=boxes,
        base=section.text("base"),
        chosen=section.names("chosen", required=True),
        not_chosen=section.names("not_chosen") or ("0",),
        none=section.text("none", required=False),
        everybody=_ANSWERED[section.choice("answered", tuple(_ANSWERED))],
        missing=section.names("missing"),
        asked_if=asked_if,
        condition=condition,
        labels=labels,
        note=section.text("note", required=False),
    )


READERS: Mapping[str, Callable[[Section], Question | Several]] = {
    "question": _question,
    "grade": _question,
    "several": _several,
}
"""Name of a list of tables -> what reads one of them."""
