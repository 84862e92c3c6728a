"""The table of a theme, and the button that asks for it under a chart."""

from __future__ import annotations

import json

from dash import html

from dashboard.layout import ids
from dashboard.query import Section
from dashboard.tables import Line, section_table
from dashboard.text import Localizer


def table_toggle(section: Section, loc: Localizer) -> html.Div:
    """The table under a chart is made when it is asked for: it holds ten times as many elements as the chart."""
    button = html.Button(
        loc.t("Table of these figures"),
        id=ids.table_toggle(section.theme),
        type="button",
        className="toggle",
        **{"aria-expanded": "false"},
    )
    return html.Div([button, html.Div(id=ids.table(section.theme))])


def table_frame(section: Section, loc: Localizer) -> html.Div:
    """The figures and blanks of a section as a table.

    One component whose rows assets/barometer.js builds from its data: as a component each, thousands of cells would
    keep a browser busy for many seconds.
    """
    made = section_table(section, loc)
    rows = [_cells(line) for line in made.lines]
    return html.Div(
        className="table-frame",
        tabIndex=0,
        role="region",
        **{
            "aria-label": made.caption,
            "data-table": json.dumps(
                {"caption": made.caption, "columns": made.columns, "rows": rows}, ensure_ascii=False
            ),
        },
    )


def _cells(line: Line) -> list:
    """A row as the script takes it: the figure's position (null for a blank), then the cells; the last is
    (source, address, place)."""
    return [
        line.position,
        line.indicator,
        line.place,
        line.group,
        line.answer,
        line.figure,
        line.interval,
        line.base,
        line.n,
        line.period,
        line.status,
        [line.source, line.source_url, line.locator],
    ]
