"""Everything there is to say about one figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.comparability import CARE, NO, YES, VerdictKind, verdict
from dashboard.dataset import Change, Observation
from dashboard.dataset.figure_name import FigureName
from dashboard.query import Difference, Evidence, Measure, Section, View
from dashboard.text import citation, differences, letters, verdicts
from dashboard.text.card_facts import Fact, corrections, facts, source_of
from dashboard.text.localizer import Localizer
from dashboard.text.quotation import quotation


@dataclass(frozen=True, slots=True)
class Comparison:
    """Another figure of the row, and whether it may stand beside this one."""

    kind: VerdictKind
    other: str
    sentence: str
    name: str
    """Of the other figure, as addresses have it."""
    other_base: bool
    """Whether the two are shares of different things."""
    tested: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One figure in full."""

    name: str
    """Of the figure, as addresses have it."""
    title: str
    subtitle: str
    figure: str
    share: str
    quote: str
    """The figure in a sentence, with its source."""
    source: str
    source_url: str
    locator: str
    """Place in the source, in English."""
    facts: tuple[Fact, ...]
    comparisons: tuple[Comparison, ...]
    caveat: str
    """What must be said of a test; blank where none of the comparisons is tested."""
    apa: str
    bibtex: str


def card(
    loc: Localizer,
    view: View,
    known: Evidence,
    row: Observation,
    today: date,
    address: str,
    display_query: str = "",
    corrected: Sequence[Change] = (),
) -> Card:
    """The card of a figure; comparisons are those with the other figures of its row in the present view.

    ``address`` is that of the view, ``display_query`` the search that keeps its language and colour scheme on the way to
    the page of sources, ``corrected`` what has been corrected about the figure since the release it is shown from.
    """
    compared = _comparisons(loc, view, row)
    return Card(
        name=str(FigureName.of(row)),
        title=loc.measure(Measure.of(row)),
        subtitle=f"{loc.where(row)} · {loc.label('dimension', row.dimension)}"
        if row.dimension
        else loc.where(row),
        figure=loc.figure(row.value, row.qualifier),
        share=loc.t("of {base}").format(base=loc.label("base", row.base)),
        quote=quotation(loc, known, row),
        source=source_of(loc, row),
        source_url=loc.dataset.sources[row.source_id].url,
        locator=row.locator,
        facts=(
            *corrections(loc, corrected, display_query),
            *facts(loc, known, row, display_query),
        ),
        comparisons=compared,
        caveat=differences.caveat(loc) if any(each.tested for each in compared) else "",
        apa=citation.apa(loc, row, today, address),
        bibtex=citation.bibtex(loc, row, today, address),
    )


def _comparisons(loc: Localizer, view: View, row: Observation) -> tuple[Comparison, ...]:
    section = next((section for section in view.sections if section.theme == row.theme), None)
    if section is None:
        return ()
    beside = [other for other in _beside(section, row) if other.position != row.position]
    made = [_comparison(loc, section, view, row, other) for other in beside]
    return tuple(sorted(made, key=lambda each: (YES, CARE, NO).index(each.kind)))


def _beside(section: Section, row: Observation) -> list[Observation]:
    """Every drawn figure of the same indicator and answer."""
    mine = next(
        (value.measure for value in section.values if value.observation.position == row.position),
        None,
    )
    return [value.observation for value in section.values if value.measure == mine]


def _comparison(
    loc: Localizer, section: Section, view: View, row: Observation, other: Observation
) -> Comparison:
    judged = verdict(loc.dataset, row, other, view.thresholds)
    tested = _difference(section, row, other)
    period = loc.period(loc.dataset.surveys[other.survey_id])
    name = f"{loc.figure(other.value, other.qualifier)} – {loc.where(other)}, {period}"
    parts = [differences.judgement(loc, tested)] if tested else []
    if tested and tested.published:
        parts.append(loc.statement(tested.published))
    if tested and (apart := differences.approximate(loc, tested)):
        parts.append(apart)
    return Comparison(
        judged.kind,
        name,
        " ".join(
            [*(letters.begun(part) for part in parts), verdicts.reasons(loc, judged, row, other)]
        ),
        str(FigureName.of(other)),
        any(ground.kind in ("base", "base_near") for ground in judged.reasons),
        tested is not None and tested.test is not None,
    )


def _difference(section: Section, row: Observation, other: Observation) -> Difference | None:
    pair = {row.position, other.position}
    return next(
        (
            found
            for found in section.differences
            if {found.first.position, found.second.position} == pair
        ),
        None,
    )
