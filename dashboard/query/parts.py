"""A section in parts, each of which holds shares of one thing only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from dashboard.dataset import Observation
from dashboard.query.filtering import comparable_mask, filter_mask
from dashboard.query.index import DatasetIndex
from dashboard.query.leading import leading_indicator
from dashboard.query.section import section
from dashboard.query.types import Measure, Row, Section
from dashboard.selection import Selection, home


def parts_by_base(index: DatasetIndex, selection: Selection, whole: Section) -> tuple[Section, ...]:
    """The figures of a section, arranged anew for each base: the part of the theme's leading indicator first, and the rows of
    what the site opens on.

    Further parts come by the number of their figures, equally large ones as the section has them.
    """
    parts: dict[str, list[Observation]] = defaultdict(list)
    for value in whole.values:
        parts[value.observation.base].append(value.observation)
    lead = leading_indicator(index, {value.measure.indicator for value in whole.values})

    vocabulary = index.vocabulary
    opening = home(vocabulary).indicators if vocabulary.home else ()

    def rank(rows: list[Observation]) -> tuple[int, int]:
        leads = [row.survey_id for row in rows if row.indicator == lead]
        newest = max((index.dataset.surveys[each].period_end or 0 for each in leads), default=0)
        return -newest, -len(rows)

    def follows(row: Row) -> bool:
        return not (isinstance(row.header, Measure) and row.header.indicator in opening)

    drawn = comparable_mask(index, selection, filter_mask(index, selection))
    made = (
        section(index, selection, drawn, whole.theme, rows)
        for rows in sorted(parts.values(), key=rank)
    )
    return tuple(replace(part, rows=tuple(sorted(part.rows, key=follows))) for part in made)
