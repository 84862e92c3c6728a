"""A type of chart is one class: a toy that is only registered works wherever charts are drawn or chosen."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import ClassVar

import pytest
from dash import dcc, html
from flask.testing import FlaskClient
from pptx import Presentation

from dashboard import charts, handlers
from dashboard.charts.chart import Chart
from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import Mark, Point, RowArea
from dashboard.charts.labels import spoken
from dashboard.charts.roles import INK
from dashboard.comparability import SmallBaseThresholds
from dashboard.dataset import Dataset
from dashboard.query import Section, Value
from dashboard.releases import ReleaseStore
from dashboard.selection import chart_names, chart_type, chart_types, parse, search
from dashboard.settings import Settings
from dashboard.text import Localizer
from dashboard.web import create_app
from tests.support import views
from tests.support.components import said
from tests.support.drawings import parts
from tests.support.slides import bars

QUERY = "theme=effects&country=DK&view=toy"
STEP = 30.0
DANISH = views.show("theme=effects&country=DK").sections[0].values
WANTED = {value.observation.position for value in DANISH if value.observation.response == "yes"}
"""Positions of the figures that the toy takes."""


class Toy(Chart):
    """One dot a figure, each on a line of its own."""

    name: ClassVar[str] = "toy"
    label: ClassVar[str] = "Toy chart"

    def takes(self, dataset: Dataset) -> Sequence[bool]:
        return [row.response == "yes" for row in dataset.observations]

    def draw(self, context: ChartContext, y: float) -> float:
        canvas, section = context.canvas, context.section
        for at, panel in enumerate(section.panels):
            top, rows = y, []
            canvas.text(0, y + STEP / 2, context.loc.header(panel.header), bold=True)
            y += STEP
            for index, row in enumerate(section.rows):
                above = y
                for value in row.cells[at].values:
                    canvas.mark(self._mark(context, value, (at, index), y + STEP / 2))
                    y += STEP
                rows.append(RowArea(above, y, (at,)))
            canvas.panel(0, top, canvas.width, y, 0, 100)
            canvas.band(top, y, rows)
            y += STEP
        return y

    def _mark(
        self, context: ChartContext, value: Value, position: tuple[int, int], y: float
    ) -> Mark:
        row = value.observation
        said = spoken(context.loc, value)
        return Mark(
            row.position, row.value, said, *position, "toys", INK, row.value, y, Point("circle", 8)
        )

    def note_on_marks(self, loc: Localizer, section: Section) -> str:
        return "Toys are dots."


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one place at which it is registered."""
    monkeypatch.setattr(chart_types, "REGISTERED", {**chart_types.REGISTERED})
    chart_types.register(Toy())


@pytest.fixture
def store(toy: None) -> ReleaseStore:
    return ReleaseStore.of_dataset(views.index().dataset, {}, SmallBaseThresholds())


@pytest.fixture
def web(toy: None) -> FlaskClient:
    return create_app(Settings(url="https://barometer.example")).test_client()


def test_an_address_may_name_it_and_only_what_is_registered(store: ReleaseStore) -> None:
    parsed = parse(QUERY, store.vocabulary)
    assert (parsed.selection.chart, parsed.ignored) == ("toy", ())
    assert search(parsed.selection, store.vocabulary) == f"?{QUERY}"
    assert chart_names() == ("compare", "bars", "dots", "scale", "change", "heat", "table", "toy")


def test_the_filter_offers_it_behind_the_others_with_its_figures(store: ReleaseStore) -> None:
    state = handlers.update(views.context(QUERY, releases=store), {}, 960)
    assert state["values"]["view"] == "toy"
    last = state["options"]["view"][-1]
    assert last == {"value": "toy", "label": "Toy chart"}
    assert state["filters"].counts["chart"]["toy"] == len(WANTED)


def test_the_page_draws_it_says_how_it_is_read_and_lists_it_for_the_keyboard(
    store: ReleaseStore,
) -> None:
    content = html.Div(handlers.update(views.context(QUERY, releases=store), {}, 960)["content"])
    (graph,) = (part for part in content._traverse() if isinstance(part, dcc.Graph))
    figure = graph.figure
    listed = [
        figure["data"][trace]["customdata"][point]
        for trace, point in figure["layout"]["meta"]["values"]
    ]
    assert set(listed) == WANTED
    assert len(listed) == len(WANTED) > 2
    assert "Toys are dots." in said(content)


def test_pictures_slides_and_paper_hold_it(web: FlaskClient) -> None:
    drawn = web.get(f"/chart.svg?{QUERY}&lang=en")
    assert (drawn.status_code, drawn.text.count("<circle")) == (200, len(WANTED))
    assert "Toys are dots." in drawn.text
    assert web.get(f"/chart.png?{QUERY}&lang=en").data.startswith(b"\x89PNG")
    slides = Presentation(io.BytesIO(web.get(f"/slides.pptx?{QUERY}").data)).slides
    values = [
        value
        for slide in slides
        for shape in slide.shapes
        if shape.has_chart
        for series in bars(shape.chart)
        for value in series.values
        if value is not None
    ]
    assert len(values) == len(WANTED)
    assert web.get(f"/paper?{QUERY}").text.count("<circle") == len(WANTED)
    assert "Toy chart" in web.get(f"/?{QUERY}&lang=en").text


def test_paper_is_cut_between_its_rows(store: ReleaseStore) -> None:
    shown = views.context(QUERY, releases=store).view
    drawing = charts.drawing(shown, shown.sections[0], views.loc(), 700)
    rows = sum(len(band.rows) for band in drawing.bands)
    assert len(parts(drawing)) == rows + len(drawing.bands)


def test_files_take_it_and_programs_are_told_of_it(web: FlaskClient) -> None:
    records = web.get(f"/data.csv?{QUERY}&lang=en").text.splitlines()
    assert len(records) > len(WANTED)
    described = json.dumps(web.get("/api").json["components"]["parameters"]["view"])
    assert '"toy"' in described


def test_one_that_is_not_registered_is_an_error_and_says_what_is() -> None:
    for ask in (chart_type, charts.chart):
        with pytest.raises(
            ValueError, match="toy; possible are: compare, bars, dots, scale, change, heat"
        ):
            ask("toy")
    (ignored,) = parse(QUERY, views.vocabulary()).ignored
    assert (ignored.value, ignored.reason) == ("toy", "unknown-value")
    assert ignored.allowed == chart_names()


@pytest.mark.usefixtures("toy")
def test_two_types_do_not_share_a_name() -> None:
    with pytest.raises(ValueError, match="two types of chart are called toy"):
        chart_types.register(Toy())


def test_every_type_has_a_name_for_readers_and_its_own_address() -> None:
    assert [chart.name for chart in charts.every()] == list(chart_names())
    assert len({chart.label for chart in charts.every()}) == len(charts.every())


def test_without_any_type_addresses_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart_types, "REGISTERED", {})
    with pytest.raises(LookupError, match=r"import dashboard\.charts"):
        chart_names()
