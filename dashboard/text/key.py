"""The key of a chart: what those of its marks mean that nobody would guess, each in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from dashboard.comparability import SmallBaseThresholds
from dashboard.query import APPROXIMATE, POSSIBLE, EditionStep, Section, Value
from dashboard.query.evidence import Interval
from dashboard.text import missing, verdicts, wording
from dashboard.text.localizer import Localizer

Sign = Literal[
    "interval",
    "range",
    "covered",
    "doubt",
    "worded",
    "bound",
    "management",
    "few",
    "blank",
    "skipped",
    "clear",
    "broken",
    "aside",
    "over",
    "care",
    "wall",
]
"""What an entry explains: a thin line, a dotted one, that none is seen, a figure in doubt, one that is not exact, one that has bounds, a
diamond, the sign of few answers, a dash, a dashed line, a thick one, a thin one with two slashes, that marks stand side by side, that
rounded answers may add to more, an amber edge, a dashed line between columns."""
_Reach = tuple[Interval, float]
"""An interval, and percentage points that it reaches beyond its figure."""
_BESIDE = " / "
"""Between the names of two kinds of lines."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A sign of a chart and what it means; of few answers the sign stands in the words, of what is covered there is none."""

    sign: Sign
    words: str
    least: int = 0
    """Pixels of the narrowest chart that draws it: 0, or one of those in assets/keys.css."""
    slim: bool = False
    """Whether only a chart draws it that is narrower than the widest of those."""


@dataclass(frozen=True, slots=True)
class Signs:
    """Which signs a chart draws where there is cause."""

    intervals: bool = False
    reach: float = 0.0
    """Percentage points that an interval reaches beyond its figure before it is seen outside the mark."""
    narrow_reach: float = 0.0
    """The same where the panels are as narrow as can be, where that is more."""
    doubts: bool = True
    worded: wording.Form = "signs"
    """How about, over and under are written."""
    few: bool = False
    withheld: bool = False
    """Whether a letter stands where a figure is withheld."""
    diamonds: bool = False
    dashes: bool = False
    any_sector: bool = False
    """Whether a dash says that no sector has a figure, and nothing stands where another sector has one."""
    skipped: bool = False
    clear: bool = False
    """Whether a step is larger than chance alone would give."""
    broken: bool = False
    aside: bool = False
    """Whether marks that would cover each other stand side by side."""


def entries(
    loc: Localizer, section: Section, thresholds: SmallBaseThresholds, signs: Signs
) -> tuple[Entry, ...]:
    """An entry for each sign that occurs in the section."""
    values, found = section.values, list[Entry]()
    if signs.intervals:
        found += _lines(loc, values, signs)
    if signs.doubts and any(value.observation.status == "inferred" for value in values):
        found.append(Entry("doubt", doubts(loc, values)))
    if signs.doubts and any(value.observation.qualifier != "exact" for value in values):
        found.append(Entry("worded", wording.inexact(loc, values, signs.worded)))
    if signs.diamonds:
        found.append(Entry("management", loc.lower("level", "central")))
    if few := _few(loc, section, thresholds, signs):
        found.append(Entry("few", few))
    if signs.dashes:
        found.append(Entry("blank", no_figure(loc, any_sector=signs.any_sector)))
    return (*found, *_over_editions(loc, section.edition_steps, signs))


def _over_editions(loc: Localizer, steps: Sequence[EditionStep], signs: Signs) -> list[Entry]:
    """What dashed, thick and interrupted lines are, and why a mark stands beside its year."""
    found = list[Entry]()
    if signs.skipped:
        joined = (step for step in steps if not step.broken)
        found.append(Entry("skipped", passed(loc, joined)))
    if signs.clear:
        found.append(Entry("clear", larger_than_chance(loc)))
    if signs.broken:
        apart = loc.t("Not comparable")
        found.append(Entry("broken", apart[:1].lower() + apart[1:]))
    if signs.aside:
        found.append(Entry("aside", side_by_side(loc)))
    return found


def no_figure(loc: Localizer, *, any_sector: bool = False) -> str:
    """What a dash says; of ``any_sector`` where nothing stands in the place of a sector whose indicator has a figure of another."""
    return loc.t("no figure in any sector") if any_sector else loc.t("no figure")


def walls(loc: Localizer, section: Section) -> str:
    """What a dashed line between columns parts; blank where none stands."""
    parted = [
        (one.base, other.base) for one, other in pairwise(section.panels) if one.part != other.part
    ]
    if not parted:
        return ""
    if all(one != other for one, other in parted):
        return loc.t("shares of different things")
    return loc.t("shares of different things, or other respondents")


def _few(loc: Localizer, section: Section, thresholds: SmallBaseThresholds, signs: Signs) -> str:
    """What the signs of few answers say, and that of a figure withheld for want of answers; blank where there is none."""
    few = verdicts.few_legend(loc, section, thresholds.very_small, thresholds.small)
    said = [few.removesuffix(".")] if signs.few and few else []
    return "; ".join([*said, *([missing.withheld_sign(loc)] if signs.withheld else [])])


def passed(loc: Localizer, steps: Iterable[EditionStep]) -> str:
    """What a dashed line passes over, of which some of the steps has one or more."""
    if any(len(step.skipped) > 1 for step in steps):
        return loc.t("editions without a figure between")
    return loc.t("an edition without a figure between")


def larger_than_chance(loc: Localizer) -> str:
    """What a thick line of a change over editions says."""
    return loc.t("larger than chance, where tested")


def thick(loc: Localizer) -> str:
    """The same as a sentence."""
    return loc.t("A thick line is a change larger than chance alone would give.")


def _lines(loc: Localizer, values: tuple[Value, ...], signs: Signs) -> list[Entry]:
    """What the thin and the dotted lines are, and of marks that may cover them, which figures have one; none where no interval is
    known."""
    known = [(each.evidence.interval, each.observation.value) for each in values]
    reaches = [(each, max(each.high - at, at - each.low)) for each, at in known if each]
    if not reaches:
        return []
    if all(reach <= signs.reach for _, reach in reaches):
        said = narrower(loc, intervals(loc, (each for each, _ in reaches)), values)
        return [Entry("covered", said)]
    kinds: dict[Sign, list[_Reach]] = {"interval": [], "range": []}
    for each, reach in reaches:
        kinds["range" if each.kind == POSSIBLE else "interval"].append((each, reach))
    found, everywhere = list[Entry](), len(reaches) == len(values)
    for sign, held in kinds.items():
        if any(reach > signs.reach for _, reach in held):
            # That some figures have no line is said once.
            told = _line(loc, held, signs, everywhere=everywhere or bool(found))
            found.append(Entry(sign, told))
    return found


def _line(loc: Localizer, held: Sequence[_Reach], signs: Signs, *, everywhere: bool) -> str:
    """What the lines of one kind are, and of which figures: of all (``everywhere``), and of those whose marks do not cover them."""
    name = intervals(loc, (each for each, reach in held if reach > signs.reach))
    if any(reach <= max(signs.reach, signs.narrow_reach) for _, reach in held):
        return wider(loc, name, everywhere=everywhere)
    return name if everywhere else loc.t("{interval}, where known").format(interval=name)


def bounds(loc: Localizer) -> str:
    """What the sign before an n says that is not published."""
    return loc.t("n ≤: unpublished, at most this")


def intervals(loc: Localizer, known: Iterable[Interval]) -> str:
    """What thin lines are: "approximate 95% interval / possible range"; blank where there is none."""
    kinds = {each.kind for each in known}
    names = {verdicts.interval_name(loc, kind) for kind in kinds - {POSSIBLE}}
    if len(names) > 1:
        names = {loc.t("95% interval (some approximate)")}
    possible = [verdicts.interval_name(loc, POSSIBLE)] if POSSIBLE in kinds else []
    return _BESIDE.join([*names, *possible])


def side_by_side(loc: Localizer) -> str:
    """Why a mark of a change over editions does not stand at its year."""
    return loc.t("marks side by side: figures of the same year")


def wider(loc: Localizer, interval: str, *, everywhere: bool) -> str:
    """That dots cover the narrow ones among the intervals, of all figures or of those for which one is known."""
    seen = (
        loc.t("{interval}, where wider than the dot")
        if everywhere
        else loc.t("{interval}, where known and wider than the dot")
    )
    return seen.format(interval=interval)


def narrower(loc: Localizer, interval: str, values: Sequence[Value]) -> str:
    """That dots cover the intervals of all figures, of those for which one is known, or of those with a published n; where none of
    all has a published n that they may be wider than their dots, where none of those that are known has that they are not seen."""
    known = [each.evidence.interval for each in values if each.evidence.interval]
    sure = sum(each.kind != APPROXIMATE for each in known)
    if not sure and len(known) < len(values):
        covered = loc.t("Where known, the {interval} is too short to show beside the dot")
    elif not sure:
        covered = loc.t("n is not published: the {interval} may be wider than the dot")
    elif sure < len(known):
        covered = loc.t("Where n is published, the {interval} is narrower than the dot")
    elif sure < len(values):
        covered = loc.t("Where known, the {interval} is narrower than the dot")
    else:
        covered = loc.t("{interval} narrower than the dot")
    return covered.format(interval=interval)


def doubts(loc: Localizer, values: Sequence[Value]) -> str:
    """What is in doubt about figures, each once."""
    doubts = _doubts(loc, values)
    return loc.t("in doubt ({doubts})").format(doubts=doubts) if doubts else loc.t("in doubt")


def hatched(loc: Localizer, values: Sequence[Value]) -> str:
    """The same as a sentence on bars, of which those have hatches that have room for them."""
    return loc.t("Hatched or marked ?: in doubt ({doubts}).").format(doubts=_doubts(loc, values))


def _doubts(loc: Localizer, values: Sequence[Value]) -> str:
    rows = (value.observation for value in values if value.observation.status == "inferred")
    return loc.join(dict.fromkeys(loc.label("doubt", row.doubt) for row in rows if row.doubt))
