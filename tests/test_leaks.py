"""Nothing in English stands on a page for a reader of another language, unless it is marked as English or is a name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from plotly.utils import PlotlyJSONEncoder

from dashboard import cards, handlers
from dashboard.comparability import SmallBaseThresholds
from dashboard.dataset import Dataset, archives
from dashboard.releases import ReleaseStore
from dashboard.selection import ARRANGEMENTS, chart_names, parse
from dashboard.settings import Settings
from dashboard.web.app import create_app
from tests.support import pseudo, views
from tests.support.addresses import BAD, EMPTY
from tests.support.file_texts import (
    THEMES,
    code_texts,
)
from tests.support.reading import LANGUAGE, of_components, of_figures, of_page
from tests.support.views import READY_VIEWS

VIEW = f"theme=effects~drivers&country=DK~SE&lang={LANGUAGE}"


@pytest.fixture(scope="module")
def spoken() -> Iterator[Dataset]:
    with pseudo.spoken() as dataset:
        yield dataset


@pytest.fixture(scope="module")
def store(spoken: Dataset) -> ReleaseStore:
    return ReleaseStore.of_dataset(spoken, archives(views.DATA), SmallBaseThresholds())


@pytest.fixture(scope="module")
def client(spoken: Dataset) -> FlaskClient:
    return create_app(Settings(drawings=0), spoken).test_client()


def tree(node: object) -> object:
    """Components as the browser gets them."""
    return json.loads(json.dumps(node, cls=PlotlyJSONEncoder))


def test_the_frame_of_the_page(client: FlaskClient, reader: pseudo.Reader) -> None:
    layout = client.get(f"/_dash-layout?lang={LANGUAGE}").json
    texts = list(of_components(layout))
    assert len(texts) > 40
    reader.understands(texts)


@pytest.mark.parametrize("query", ["", *READY_VIEWS.values(), EMPTY[0], "theme=effects&view=table"])
@pytest.mark.parametrize("path", ["/", "/embed"])
def test_the_first_response_with_its_head_and_previews(
    client: FlaskClient, reader: pseudo.Reader, path: str, query: str
) -> None:
    answer = client.get(f"{path}?{query}&lang={LANGUAGE}")
    assert answer.status_code == 200
    assert f'<html lang="{LANGUAGE}"' in answer.text
    texts, lines = of_page(answer.text)
    reader.understands(texts)
    reader.understands_lines(lines)


@pytest.mark.parametrize("by", ARRANGEMENTS)
@pytest.mark.parametrize("chart", chart_names())
def test_every_theme_as_every_chart_in_every_arrangement(
    store: ReleaseStore, reader: pseudo.Reader, chart: str, by: str
) -> None:
    edition = "&edition=all" if chart == "change" else ""
    texts: list[str] = []
    lines: list[str] = []
    for theme in THEMES:
        state = handlers.update(
            views.context(
                f"theme={theme}&view={chart}&by={by}{edition}&more={theme}&lang={LANGUAGE}",
                releases=store,
            ),
            {},
            920,
        )
        texts += of_components(
            tree(
                [
                    *(state[part] for part in ("options", "status", "content")),
                    *(state["filters"].chips, state["filters"].display),
                    *state["filters"].states.values(),
                ]
            )
        )
        lines += of_figures(tree(state["content"]))
    assert len(texts) > 1000
    assert len(lines) > 200 or chart == "table"
    reader.understands(texts)
    reader.understands_lines(lines)


@pytest.mark.parametrize("split", views.vocabulary().dimensions)
def test_every_split(store: ReleaseStore, reader: pseudo.Reader, split: str) -> None:
    state = handlers.update(
        views.context(
            f"theme={'~'.join(THEMES)}&split={split}&edition=all&lang={LANGUAGE}",
            releases=store,
        ),
        {},
        920,
    )
    reader.understands(
        of_components(
            tree([state["content"], state["filters"].chips, *state["filters"].states.values()])
        )
    )
    reader.understands_lines(of_figures(tree(state["content"])))


@pytest.mark.parametrize(
    "query",
    [
        "theme=innovation~collaboration&only=comparable&edition=all&by=indicator",
        "concept=innovative_workplaces&edition=nordic-2019-dk~nordic-2019-no~nordic-2019-se~nordic-2019-fi~nordic-2019-is",
        "theme=innovation&country=SE&view=change",
    ],
)
def test_sets_compilations_and_changes(
    store: ReleaseStore, reader: pseudo.Reader, query: str
) -> None:
    state = handlers.update(views.context(f"{query}&lang={LANGUAGE}", releases=store), {}, 920)
    reader.understands(of_components(tree([state["content"], state["status"]])))
    reader.understands_lines(of_figures(tree(state["content"])))


@pytest.mark.parametrize(
    "address", [*BAD, *EMPTY, *(f"{VIEW}&release={release}" for release in archives(views.DATA))]
)
def test_messages_and_ways_out_of_an_empty_view(
    store: ReleaseStore, reader: pseudo.Reader, address: str
) -> None:
    state = handlers.update(views.context(address, LANGUAGE, store), {}, 920)
    known = (
        "theme",
        "country",
        "sector",
        "view",
        "edition",
        "latest",
        "dk",
        "hello",
        "world",
        "nonsense",
        "release",
        "more",
        "drivers",
    )
    said = list(of_components(tree(state["messages"])))
    assert said or address in EMPTY
    typed = re.compile(
        rf"“[^”]*”|x{{20,}}|(?<=: )(?:[\w.-]+, )+[\w.-]+[.,]|\b(?:{'|'.join(known)})\b"
    )
    reader.understands(typed.sub(" ", text) for text in said)
    reader.understands(of_components(tree([state["content"], state["status"]])))


def test_the_cards_of_figures(store: ReleaseStore, reader: pseudo.Reader) -> None:
    texts: list[str] = []
    for theme in THEMES:
        view = views.context(f"theme={theme}&edition=all&more={theme}", releases=store).view
        values = [value for section in view.sections for value in section.values]
        for value in values[:: max(1, len(values) // 12)]:
            address = f"?theme={theme}&edition=all&more={theme}&lang={LANGUAGE}"
            texts += of_components(
                tree(cards.card(views.context(address, releases=store), value.observation.position))
            )
    assert len(texts) > 500
    # A citation names a place as its source does; who asks for a reference wants the words of the source.
    reader.understands(code_texts(texts), english=True)


def facts_of(part: object) -> object:
    """The list of facts within a tree, as JSON; None where there is none."""
    if isinstance(part, list):
        return next((found for each in part if (found := facts_of(each))), None)
    if not isinstance(part, dict):
        return None
    props = part["props"]
    return part if props.get("className") == "facts" else facts_of(props.get("children"))


def test_the_cards_of_corrected_figures(store: ReleaseStore, reader: pseudo.Reader) -> None:
    themes = "~".join(THEMES)
    for release in archives(views.DATA):
        address = (
            f"theme={themes}&more={themes}&edition=all&view=table&release={release}&lang={LANGUAGE}"
        )
        selection = parse(address, store.vocabulary).selection
        values = [
            value
            for section in store.of(selection).view(selection).sections
            for value in section.values
        ]
        positions = [
            value.observation.position
            for value in values
            if store.corrected(selection, value.observation.position)
        ]
        assert positions
        for position in positions:
            opened = cards.card(views.context(address, releases=store), position)
            reader.understands(of_components(facts_of(tree(opened.body))))


def test_the_cards_tell_what_is_english_in_them(store: ReleaseStore, reader: pseudo.Reader) -> None:
    view = views.context("theme=effects&edition=all&more=effects", releases=store).view
    for value in view.sections[0].values[::5]:
        opened = cards.card(views.context(VIEW, releases=store), value.observation.position)
        reader.understands(of_components(facts_of(tree(opened.body))))


@pytest.mark.parametrize("theme", ["effects", "drivers"])
def test_the_dialog_with_code(store: ReleaseStore, reader: pseudo.Reader, theme: str) -> None:
    texts = list(
        of_components(tree(handlers.embedding(views.context(VIEW, releases=store), theme)))
    )
    assert len(list(code_texts(texts))) > 10
    reader.understands(code_texts(texts))


@pytest.mark.parametrize(
    "path",
    [
        "/countries",
        "/country/dk",
        "/country/nl",
        "/country/00",
        "/sources",
        "/method",
        "/changes",
        "/accessibility",
        "/nothing-here",
    ],
)
def test_the_pages_of_text(client: FlaskClient, reader: pseudo.Reader, path: str) -> None:
    texts, _ = of_page(client.get(f"{path}?lang={LANGUAGE}").text)
    assert len(texts) > 10
    reader.understands(texts)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", f"/?{'a' * 4500}", 414),
        ("POST", "/healthz", 405),
        ("GET", "/_dash-component-suites/nothing.js", 404),
    ],
)
def test_refusals(
    client: FlaskClient, reader: pseudo.Reader, method: str, path: str, status: int
) -> None:
    answer = client.open(path, method=method, headers={"Accept-Language": LANGUAGE})
    assert answer.status_code == status
    reader.understands(of_page(answer.text)[0])


def test_what_other_sites_are_told(client: FlaskClient, reader: pseudo.Reader) -> None:
    embedding = client.get("/oembed", query_string={"url": f"http://localhost/?{VIEW}"}).json
    reader.understands(
        [embedding["title"], embedding["provider_name"], *code_texts([embedding["html"]])]
    )
