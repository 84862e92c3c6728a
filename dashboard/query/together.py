"""What the institutions published side by side, where a section does not draw it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.comparability import COMPILATION
from dashboard.dataset import Dataset, Observation
from dashboard.query.types import Measure, Panel, Row


def together(
    dataset: Dataset, rows: Sequence[Row], panels: Sequence[Panel]
) -> tuple[Observation, ...]:
    """Figures of a compilation on an indicator of some rows and panels, where none of them is drawn."""
    values = [value.observation for row in rows for value in row.values]
    headers = [*(row.header for row in rows), *(panel.header for panel in panels)]
    shown = {row.indicator for row in values} | {
        header.indicator for header in headers if isinstance(header, Measure)
    }
    figures = dataset.observations
    compiled = np.flatnonzero(
        figures.having("kind", COMPILATION) & figures.having("indicator", *shown)
    ).tolist()
    drawn = {row.position for row in values}
    return () if drawn.intersection(compiled) else tuple(figures[at] for at in compiled)
