"""The small job in Panel, as its documentation builds an app."""

import panel as pn

from benchmarks.peers.figures import chart, chosen, read

pn.extension("plotly")
countries, sectors, bars = pn.state.as_cached("job", read)

sector = pn.widgets.RadioBoxGroup(name="Sector", options=sectors, inline=True)


def draw(sector, country):
    """The figure of one country."""
    return chart(chosen(bars, country, sector), country)


charts = [
    pn.pane.Plotly(pn.bind(draw, sector, country), sizing_mode="stretch_width")
    for country in countries
]
pn.Column(
    "# Innovation", sector, pn.GridBox(*charts, ncols=2, sizing_mode="stretch_width")
).servable(title="Innovation")
