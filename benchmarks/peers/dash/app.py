"""The small job in plain Dash, as its tutorial builds an app."""

from dash import Dash, Input, Output, callback, dcc, html

from benchmarks.peers.figures import chart, chosen, read

COUNTRIES, SECTORS, BARS = read()

app = Dash(title="Innovation")
server = app.server
app.layout = html.Div(
    [
        html.H1("Innovation"),
        dcc.RadioItems(SECTORS, SECTORS[0], id="sector", inline=True),
        html.Div(
            [dcc.Graph(id=country) for country in COUNTRIES],
            style={"display": "grid", "gridTemplateColumns": "repeat(2, minmax(0, 1fr))"},
        ),
    ]
)


@callback([Output(country, "figure") for country in COUNTRIES], Input("sector", "value"))
def draw(sector):
    """A figure for each country."""
    return [chart(chosen(BARS, country, sector), country) for country in COUNTRIES]
