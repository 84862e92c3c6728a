"""A section with fewer rows and panels, judged anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from dashboard.charts import denied, told
from dashboard.charts.series import series_of
from dashboard.comparability import SmallBaseThresholds
from dashboard.dataset import Dataset, Observation
from dashboard.query import Header, Panel, Row, Section
from dashboard.query.obstacles import judged, judged_beside
from dashboard.query.types import respondents_in


def without(
    dataset: Dataset,
    thresholds: SmallBaseThresholds,
    section: Section,
    *,
    rows: Collection[int] = (),
    panels: Collection[int] = (),
) -> Section:
    """The section without some rows and panels, by their indices, and without what then has no figure."""
    left = [at for at in range(len(section.panels)) if at not in panels]
    kept = [
        row
        for at, row in enumerate(section.rows)
        if at not in rows and any(row.cells[index].values for index in left)
    ]
    filled = [at for at in left if any(row.cells[at].values for row in kept)]
    gone = [at for at in range(len(section.panels)) if at not in filled]
    shown = tuple(_row(dataset, thresholds, section, row, filled) for row in kept)
    values = [value for row in shown for value in row.values]
    series = {series_of(section, value) for value in values}
    respondents = {value.respondents for value in values}
    drawn = set(map(told.position, values))
    return replace(
        section,
        panels=_judged(
            dataset,
            thresholds,
            section,
            [
                replace(panel, lines=denied.left(section, panel, kept, gone))
                for panel in told.panels(section, filled, shown)
            ],
            shown,
        ),
        rows=shown,
        series=tuple(header for header in section.series if header in series),
        facts={
            owner: facts
            for owner, facts in section.facts.items()
            if respondents_in(owner) in respondents
        },
        edition_steps=tuple(
            step
            for step in section.edition_steps
            if {told.position(step.earlier), told.position(step.later)} <= drawn
        ),
    )


def _judged(
    dataset: Dataset,
    thresholds: SmallBaseThresholds,
    section: Section,
    panels: Sequence[Panel],
    rows: Sequence[Row],
) -> tuple[Panel, ...]:
    """Panels, judged anew where some of their indicator are gone."""
    before, left = (Counter(each.header for each in held) for held in (section.panels, panels))
    figures: dict[Header, list[Observation]] = defaultdict(list)
    for row in rows:
        for panel, cell in zip(panels, row.cells, strict=True):
            figures[panel.header] += [value.observation for value in cell.values]
    return tuple(
        judged(dataset, thresholds, panel, figures[panel.header])
        if panel.obstacles and left[panel.header] < before[panel.header]
        else panel
        for panel in panels
    )


def _row(
    dataset: Dataset,
    thresholds: SmallBaseThresholds,
    section: Section,
    row: Row,
    panels: Sequence[int],
) -> Row:
    """A row in some of its panels, judged anew where figures are gone."""
    alone = row.only_in
    shown = replace(
        row,
        cells=tuple(row.cells[at] for at in panels),
        only_in=panels.index(alone) if alone in panels and len(panels) > 1 else None,
    )
    if not row.obstacles or len(shown.values) == len(row.values):
        return shown
    if section.sectors_apart:
        return judged_beside(dataset, thresholds, shown)
    return judged(dataset, thresholds, shown, [v.observation for v in shown.values])
