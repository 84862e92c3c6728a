"""The table of figures, which the page shows as HTML: in a picture a column of figures for each series."""

from __future__ import annotations

from dashboard.charts.heat import HeatTable
from dashboard.charts.taking import every_figure
from dashboard.comparability import SmallBaseThresholds
from dashboard.dataset import Dataset
from dashboard.dataset.observations import Mask
from dashboard.messages import gettext_noop
from dashboard.query import Section
from dashboard.selection import Selection
from dashboard.text import Localizer, wording
from dashboard.text.key import Entry


class Table(HeatTable):
    """The page shows the table of figures; its picture is one with a column for each series, without colours."""

    name = "table"
    label = gettext_noop("Table")
    is_table = True
    coloured = False
    aparts = (18, 12, 8)
    outlines = False

    def key(
        self,
        loc: Localizer,
        section: Section,
        selection: Selection,
        thresholds: SmallBaseThresholds,
    ) -> tuple[Entry, ...]:
        """As of every chart, without what no outline tells."""
        found = super().key(loc, section, selection, thresholds)
        return tuple(entry for entry in found if entry.sign != "worded")

    def note_in_picture(self, loc: Localizer, section: Section, *, signs: bool) -> str:
        """As of every chart, and what the signs of figures that are not exact say."""
        said = wording.source_says(loc, section.values, outlined=False) if signs else ""
        note = super().note_in_picture(loc, section, signs=signs)
        return " ".join(filter(None, (said, note)))

    def takes(self, dataset: Dataset) -> Mask:
        """Every figure."""
        return every_figure(dataset)
