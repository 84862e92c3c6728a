"""The addresses of files, and the routes of files with another renderer."""

from __future__ import annotations

from flask import Flask

from dashboard.charts.drawing import Drawing
from dashboard.settings import Settings
from dashboard.web import files
from dashboard.web.site import Site
from tests.support import views
from tests.support.pictured import foreign

SMALL = "theme=effects&country=DK"
ALL = tuple(file.path for file in files.offered())
RELEASE = views.index().dataset.release


class Pen:
    """Stands where the renderer stands: notes what it is asked for, and gives a tiny picture or fails."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.asked: list[tuple] = []
        self.fault = fault

    def render(self, drawing: Drawing, *asked: object) -> bytes:
        *how, _go_on = asked
        self.asked.append((drawing.width, drawing.height, *how))
        if self.fault:
            raise self.fault
        if how[1] == "svg":
            return b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>'
        return foreign()


def desk(pen: object) -> Flask:
    """The file routes alone, in this process, with another pen."""
    store = views.store()
    flask = Flask("desk")
    flask.register_blueprint(files.blueprint(Site(Settings(), store, renderer=pen)))
    return flask
