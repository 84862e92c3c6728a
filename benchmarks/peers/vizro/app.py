"""The small job in Vizro, as its documentation builds a dashboard."""

import vizro.models as vm
from vizro import Vizro
from vizro.models.types import capture

from benchmarks.peers.figures import chart, read

COUNTRIES, SECTORS, BARS = read()


@capture("graph")
def bars(data_frame, country):
    """The figure of one country."""
    return chart(data_frame[data_frame["country"] == country], country)


page = vm.Page(
    title="Innovation",
    layout=vm.Grid(grid=[[0, 1], [2, 3], [4, 5]], row_min_height="420px"),
    components=[vm.Graph(id=country, figure=bars(BARS, country=country)) for country in COUNTRIES],
    controls=[
        vm.Filter(
            column="sector",
            selector=vm.RadioItems(title="Sector", options=SECTORS, value=SECTORS[0]),
        )
    ],
)
app = Vizro().build(vm.Dashboard(title="Innovation", pages=[page]))
server = app.dash.server
