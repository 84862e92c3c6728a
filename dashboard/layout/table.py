"""The table of a theme."""

from __future__ import annotations

import json

from dash import html

from dashboard.layout.components import aria, data
from dashboard.query import Section
from dashboard.tables import Line, section_table
from dashboard.text import Localizer

CLASSES = {"figure": "number", "n": "number wraps"}
"""Field of a line -> class of its column in the style sheet; the others have none."""


def table_frame(section: Section, loc: Localizer) -> html.Div:
    """The figures and blanks of a section as a table.

    One component whose rows assets/table.js builds from its data: as a component each, thousands of cells would
    keep a browser busy for many seconds.
    """
    table = section_table(section, loc)
    cells = {
        "caption": table.caption,
        "columns": [
            {"heading": column.heading, "class": CLASSES.get(column.field, "")}
            for column in table.columns
        ],
        "rows": [[_cell(line, column.field) for column in table.columns] for line in table.lines],
    }
    return html.Div(
        className="table-frame",
        tabIndex=0,
        role="region",
        **aria(label=table.caption),
        **data(table=json.dumps(cells, ensure_ascii=False)),
    )


def _cell(line: Line, field: str) -> str | dict[str, object]:
    """What stands in a cell: a text; a figure with its position, None for a blank; a source with its address and locator."""
    text: str = getattr(line, field)
    if field == "figure":
        return {"text": text, "figure": line.position}
    if field == "source":
        return {"text": text, "href": line.source_url, "locator": line.locator}
    return text
