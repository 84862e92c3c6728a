"""The small job as a table and as figures, the way the tutorials of Plotly's tools make them; for the peers' own processes."""

import json
import os
from pathlib import Path

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go

HEIGHT = 420
"""Pixels of a chart; two stand side by side."""


def read() -> tuple[list[str], list[str], pd.DataFrame]:
    """(titles of the charts, choices of the sector, a row a bar) of the file that ``SMALL_JOB`` names."""
    job = json.loads(Path(os.environ["SMALL_JOB"]).read_text(encoding="utf-8"))
    return job["countries"], job["sectors"], pd.DataFrame(job["bars"])


def chosen(bars: pd.DataFrame, country: str, sector: str) -> pd.DataFrame:
    """The bars of one chart under a choice of the sector."""
    return bars[(bars["country"] == country) & (bars["sector"] == sector)]


def chart(bars: pd.DataFrame, country: str) -> go.Figure:
    """A horizontal bar a row and population, 0-100 %."""
    figure = px.bar(
        bars,
        x="value",
        y="indicator",
        color="population",
        orientation="h",
        barmode="group",
        text="value",
        range_x=[0, 100],
        title=country,
        height=HEIGHT,
        labels={"value": "%", "indicator": "", "population": ""},
    )
    rows = list(bars["indicator"].drop_duplicates())
    return figure.update_yaxes(categoryorder="array", categoryarray=rows[::-1])
