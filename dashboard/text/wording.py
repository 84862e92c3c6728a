"""Figures that a source words about, over or under: their signs, and which of them stand in a chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal

from babel.lists import format_list

from dashboard.dataset.types import Qualifier
from dashboard.query import Value
from dashboard.text.localizer import Localizer

SIGNS: Mapping[Qualifier, str] = MappingProxyType({"about": "≈", "over": ">", "under": "<"})
"""What stands for the wording of a figure where a chart has no room for the words of all of them: in cells of a grid and of a heat
table. Everything else has the words, as ``Localizer.figure`` writes them; ``Chart.wording`` says which it is."""

Form = Literal["signs", "words", "either"]
"""How a chart writes them: with signs, with words, or with words where they have room."""


def qualifiers(values: Iterable[Value]) -> list[Qualifier]:
    """Those that occur, in the order of SIGNS."""
    found = {value.observation.qualifier for value in values}
    return [each for each in SIGNS if each in found]


def words(loc: Localizer, values: Iterable[Value], *, quoted: bool = False) -> str:
    """The words of the figures: "about or over", ``quoted`` “about” or “over”; blank where all are exact."""
    named = [loc.lower("qualifier", each) for each in qualifiers(values)]
    if quoted:
        named = [loc.t("“{answer}”").format(answer=each) for each in named]
    return format_list(named, style="or", locale=loc.locale)


def signed(loc: Localizer, values: Iterable[Value]) -> str:
    """The words of the figures behind their signs: "≈ about, > over"; blank where all are exact."""
    return ", ".join(_named(loc, each, "signs") for each in qualifiers(values))


def inexact(loc: Localizer, values: Iterable[Value], form: Form) -> str:
    """What a key says of them: "not exact (≈ about, > over)", of words "not exact (about, over)", of either "not exact (about or ≈,
    over or >)"."""
    named = [_named(loc, each, form) for each in qualifiers(values)]
    return loc.t("not exact ({wording})").format(wording=", ".join(named))


def _named(loc: Localizer, qualifier: Qualifier, form: Form) -> str:
    sign, word = SIGNS[qualifier], loc.lower("qualifier", qualifier)
    if form == "either":
        return format_list([word, sign], style="or", locale=loc.locale)
    return word if form == "words" else f"{sign} {word}"


def source_says(
    loc: Localizer, values: Iterable[Value], *, outlined: bool, with_signs: bool = False
) -> str:
    """What a foot says of them, of marks ``outlined``, ``with_signs`` beside these, or with a sign alone: "≈: the source says about.";
    blank where all are exact."""
    found = tuple(values)
    said = words(loc, found)
    if not said:
        return ""
    if outlined:
        said = signed(loc, found) if with_signs else said
        return loc.t("Outlined: the source says {words}.").format(words=said)
    signs = [SIGNS[each] for each in qualifiers(found)]
    listed = format_list(signs, style="or", locale=loc.locale)
    return loc.t("{signs}: the source says {words}.").format(signs=listed, words=said)
