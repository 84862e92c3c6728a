"""The key under a chart: a sample of each mark that nobody would guess, and what it means."""

from __future__ import annotations

from dash import html

from dashboard import charts
from dashboard.layout.components import aria
from dashboard.query import Section, View
from dashboard.text import Localizer


def key(view: View, section: Section, loc: Localizer) -> html.P | None:
    """One line of samples, drawn by assets/keys.css, each before its words; None where no mark needs it."""
    chart = charts.chart(view.selection.chart)
    if chart.is_table:
        return None
    entries = [
        html.Span(
            [
                html.Span(className=f"sample {entry.sign} {chart.sample}", **aria(hidden="true")),
                entry.words,
            ]
        )
        for entry in chart.key(loc, section, view.selection, view.thresholds)
    ]
    return html.P(entries, className="key") if entries else None
