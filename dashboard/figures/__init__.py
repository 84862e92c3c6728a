"""View -> Plotly figure, as plain dicts."""

from dashboard.figures.section import SLIDE, Picture, as_on_screen, chart, picture, slide

CONFIG = {
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "responsive": False,
    "scrollZoom": False,
    "doubleClick": False,
    "displayModeBar": "hover",
    "modeBarButtonsToRemove": [
        "zoom2d",
        "pan2d",
        "select2d",
        "lasso2d",
        "zoomIn2d",
        "zoomOut2d",
        "autoScale2d",
        "resetScale2d",
        "hoverClosestCartesian",
        "hoverCompareCartesian",
        "toggleSpikelines",
    ],
    "toImageButtonOptions": {"format": "png", "width": SLIDE[0], "height": SLIDE[1], "scale": 2},
}
"""One configuration for every graph: nothing is sent anywhere, and only the camera remains of the mode bar."""

__all__ = ["CONFIG", "SLIDE", "Picture", "as_on_screen", "chart", "picture", "slide"]
