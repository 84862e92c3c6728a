"""View -> CSV: the figures and blanks of a view, one a line."""

from __future__ import annotations

import csv
import io

from dashboard.formats.format import Format
from dashboard.formats.records import COLUMNS, FORMULA, headings, view_records
from dashboard.messages import gettext_noop
from dashboard.query import View
from dashboard.text import Localizer


def view_csv(view: View, loc: Localizer) -> str:
    """The figures and blanks of a view; percent 0-100, UTF-8 with a byte order mark for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = headings(loc)
    writer.writerow(names[name] for name in COLUMNS)
    for record in view_records(view, loc):
        writer.writerow(_harmless(held) for held in record.columns.values())
    return "\ufeff" + out.getvalue()


def _harmless(cell: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


FORMAT = Format(
    name="csv",
    path="/data.csv",
    media_type="text/csv",
    summary="The figures and blanks of a view, one a line.",
    make=lambda order: view_csv(order.view, order.loc).encode(),
    label=gettext_noop("CSV"),
    in_toolbar=4,
    theme_label=gettext_noop("Data (CSV)"),
    in_archive=gettext_noop("figures.csv: every figure and blank shown, one a line (UTF-8, comma)"),
    in_structured_data=True,
)
