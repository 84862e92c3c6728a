"""The components of the page: each that the server sends has its counterpart in assets/components.js, which leaves nothing of it out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from plotly.utils import PlotlyJSONEncoder

from dashboard.web.static import build
from tests.support.browsing import SMALL, open_view
from tests.support.page_changes import update
from tests.support.views import READY_VIEWS

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.support.server import Site

SOURCE = (Path(build.ASSETS) / "components.js").read_text(encoding="utf-8")
MOST_OF_DASH = 100_000
"""Bytes with brotli of React and Dash without its bundles of components, which are 140 kB more."""
VIEWS = (
    "",
    "theme=effects&view=table",
    "country=none",
    "release=2026.1",
    "country=XX",
    "figure=dk-2023:all:innovative_workplaces",
    *READY_VIEWS.values(),
)
TOLD = {
    "Alert": {"children", "color"},
    "Checklist": {"id", "options", "value"},
    "Graph": {"id", "figure", "config", "className"},
    "Input": {"id", "type", "placeholder", "debounce", "className"},
    "Link": {"children", "href", "className"},
    "Location": {"id", "refresh"},
    "Modal": {"children", "id", "size", "scrollable", "is_open", "labelledby"},
    "ModalBody": {"children", "id"},
    "ModalHeader": {"children", "close_button"},
    "ModalTitle": {"children", "id", "tag"},
    "RadioItems": {"id", "options"},
    "Store": {"id", "data"},
}
"""What assets/components.js makes something of, by component; of elements it makes everything an attribute."""


def sent(node: object) -> Iterator[dict]:
    """The components of a tree as the browser gets it."""
    if isinstance(node, dict):
        if "namespace" in node:
            yield node
        for part in node.values():
            yield from sent(part)
    elif isinstance(node, list):
        for part in node:
            yield from sent(part)


def of_view(web: Site, query: str) -> Iterator[dict]:
    yield from sent(json.loads(web.ask(f"/_dash-layout?{query}").text))
    shown = update(f"?{query}")
    changing = {name: shown[name] for name in ("messages", "status", "content")}
    yield from sent(json.loads(json.dumps(changing, cls=PlotlyJSONEncoder)))


def offered(namespace: str) -> set[str]:
    """The components of a package that the page brings."""
    [listed] = re.findall(rf"window\.{namespace} = \{{(.*?)\}};", SOURCE, flags=re.DOTALL)
    return set(re.findall(r"\b([A-Z]\w+):", listed))


@pytest.mark.parametrize("query", VIEWS)
def test_every_component_that_is_sent_has_its_counterpart(web: Site, query: str) -> None:
    made = [each for each in of_view(web, query) if each["namespace"] != "dash_html_components"]
    assert made
    for each in made:
        assert each["type"] in offered(each["namespace"])
        assert set(each["props"]) <= TOLD[each["type"]]


def test_no_bundle_of_components_is_loaded() -> None:
    sizes = build.build()
    assert sizes[build.DASH] <= MOST_OF_DASH


@pytest.mark.browser
def test_what_is_typed_into_a_search_is_told_when_it_rests(page: Page) -> None:
    open_view(page, SMALL)
    page.locator("#more-filter > summary").click()
    field, choices = page.locator("#concept-search"), page.locator("#concept .form-check")
    all_of_them = choices.count()
    field.fill("efficiency")
    expect(choices).not_to_have_count(all_of_them)
    field.fill("")
    field.press("Enter")
    expect(choices).to_have_count(all_of_them)


@pytest.mark.browser
def test_the_dialog_keeps_the_focus_and_gives_it_back(page: Page) -> None:
    open_view(page, SMALL)
    values = page.locator("#effects .values")
    for closing in ("Escape", "button", "ground"):
        values.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        for _ in range(30):
            page.keyboard.press("Tab")
            assert page.evaluate("!document.activeElement.closest('#react-entry-point')")
        if closing == "Escape":
            page.keyboard.press("Escape")
        elif closing == "button":
            dialog.locator(".card-close").click()
        else:
            page.mouse.click(5, 400)
        expect(dialog).to_have_count(0)
        expect(values).to_be_focused()
        assert page.evaluate("getComputedStyle(document.body).overflow") != "hidden"
