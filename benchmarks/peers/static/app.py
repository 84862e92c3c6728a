"""The floor: one static page with the six charts inline, plotly.js basic, and a radio that redraws from data in the browser."""

import html
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.small_job import Bar, SmallJob

PLOTLY = Path(__file__).parents[3] / "node_modules/plotly.js-basic-dist-min/plotly-basic.min.js"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Innovation</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>
body {{ font-family: sans-serif }}
main {{ display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)) }}
main div {{ height: 420px }}
</style></head>
<body><h1>Innovation</h1>
<form>{radios}</form>
<main>{places}</main>
<script src="{plotly}"></script>
<script>
const figures = {figures};
const places = document.querySelectorAll("main div");
const draw = sector => figures[sector].forEach(([data, layout], at) =>
    Plotly.react(places[at], data, layout, {{responsive: true}}));
document.querySelector("form").addEventListener("change", event => draw(event.target.value));
draw({first});
</script></body></html>
"""
RADIO = '<label><input type="radio" name="sector" value="{sector}"{checked}> {sector}</label> '


def page(job: SmallJob) -> str:
    """The whole page."""
    figures = {
        sector: [
            figure(
                country, [bar for bar in job.bars if (bar.sector, bar.country) == (sector, country)]
            )
            for country in job.countries
        ]
        for sector in job.sectors
    }
    radios = "".join(
        RADIO.format(sector=html.escape(sector), checked=" checked" * (sector == job.sectors[0]))
        for sector in job.sectors
    )
    return PAGE.format(
        radios=radios,
        places="<div></div>" * len(job.countries),
        plotly=PLOTLY.name,
        figures=json.dumps(figures, ensure_ascii=False, separators=(",", ":")).replace(
            "<", "\\u003c"
        ),
        first=json.dumps(job.sectors[0]),
    )


def figure(title: str, bars: Iterable[Bar]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """(data, layout) of one chart for plotly.js."""
    held = list(bars)
    data = []
    for population in dict.fromkeys(bar.population for bar in held):
        of_it = [bar for bar in held if bar.population == population]
        values = [bar.value for bar in of_it]
        rows = [bar.indicator for bar in of_it]
        data.append(
            {"type": "bar", "orientation": "h", "name": population, "x": values, "y": rows}
            | {"text": values, "textposition": "auto"}
        )
    rows = list(dict.fromkeys(bar.indicator for bar in held))
    return data, {
        "title": {"text": title},
        "barmode": "group",
        "showlegend": bool(held),
        "xaxis": {"range": [0, 100], "title": {"text": "%"}},
        "yaxis": {"categoryorder": "array", "categoryarray": rows[::-1], "automargin": True},
    }


def write(job: SmallJob, folder: Path) -> None:
    """The page and its script; ``OSError`` where plotly.js is not installed."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(page(job), encoding="utf-8")
    shutil.copy(PLOTLY, folder)
