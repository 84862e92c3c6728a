"""View -> CSV: the figures and blanks of a view, one a line."""

from __future__ import annotations

import csv
import io

from dashboard.formats.format import Format, Variant
from dashboard.formats.parameters import Extra
from dashboard.formats.records import COLUMNS, FORMULA, headings, view_records
from dashboard.messages import gettext_noop
from dashboard.query import View
from dashboard.text import Localizer

DECIMAL = Extra(
    "decimal",
    "Sign between whole numbers and tenths; with a comma, a semicolon stands between columns.",
    choices=("point", "comma"),
    default="point",
)


def view_csv(view: View, loc: Localizer, decimal: str = "point") -> str:
    """The figures and blanks of a view; percent 0-100, UTF-8 with a byte order mark for spreadsheets.

    ``decimal`` is point or comma. Spreadsheets set to a language with a decimal comma read a file with semicolons.
    """
    out = io.StringIO()
    comma = decimal == "comma"
    writer = csv.writer(out, delimiter=";" if comma else ",", lineterminator="\r\n")
    names = headings(loc)
    writer.writerow(names[name] for name in COLUMNS)
    for record in view_records(view, loc):
        writer.writerow(written(held, comma=comma) for held in record.columns.values())
    return "\ufeff" + out.getvalue()


def written(held: object, *, comma: bool) -> object:
    """A cell as it is written: a number with its decimal sign, a text that a spreadsheet would reckon with neutralised."""
    if comma and isinstance(held, float):
        return str(held).replace(".", ",")
    return _harmless(held)


def _harmless(cell: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


FORMAT = Format(
    name="csv",
    path="/data.csv",
    media_type="text/csv",
    summary="The figures and blanks of a view, one a line.",
    make=lambda order: view_csv(
        order.view, order.loc, order.extras.get(DECIMAL.name, DECIMAL.default)
    ).encode(),
    label=gettext_noop("CSV"),
    in_toolbar=4,
    theme_label=gettext_noop("Data (CSV)"),
    in_archive=gettext_noop("figures.csv: every figure and blank shown, one a line (UTF-8, comma)"),
    in_structured_data=True,
    with_decimal_comma=Variant(gettext_noop("CSV (semicolon, decimal comma)"), "decimal=comma"),
    extras=(DECIMAL,),
)
