"""Views on other pages: the code that shows them, what stands in the frame, and how tall it is."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient

from dashboard import handlers
from dashboard.layout import framed
from dashboard.text.embedding import LISTENER
from dashboard.web import create_app
from tests.support import views
from tests.support.html import Outline

QUERY = "theme=effects&country=DK&lang=en"
FRAMES = ("Frame that stays as it is", "Frame that follows new figures")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


def codes(query: str, theme: str) -> dict[str, str]:
    """Heading -> code of the dialog."""
    _, body = handlers.embedding(views.context(query), theme)
    return {
        heading.children: code.children for heading, code, _ in zip(*[iter(body)] * 3, strict=True)
    }


@pytest.mark.parametrize(
    ("query", "theme"),
    [(QUERY, "effects"), ("view=compare&concept=innovative_workplaces", "innovation")],
)
def test_the_code_is_as_tall_as_its_view_and_follows_it(query: str, theme: str) -> None:
    for heading in FRAMES:
        code = codes(query, theme)[heading]
        frame = Outline(code).one("iframe")
        shown = views.context(html.unescape(frame["src"]).partition("?")[2])
        assert frame["width"] == "100%"
        assert frame["height"] == str(framed.height(shown, 700))
        assert "allow-popups-to-escape-sandbox" in frame["sandbox"].split()
        assert frame["allow"] == "clipboard-write"
        assert code.endswith(LISTENER)


def test_a_view_needs_more_height_in_less_width() -> None:
    heights = [framed.height(views.context(QUERY), width) for width in (250, 360, 700, 1200)]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) > 2


def test_links_of_a_frame_leave_it_and_those_of_the_page_do_not(client: FlaskClient) -> None:
    frame, page = (Outline(client.get(f"{path}?{QUERY}").text) for path in ("/embed", "/"))
    assert frame.all("base") == [{"target": "_blank"}]
    assert page.all("base") == []


def test_a_frame_without_scripts_says_where_its_view_stands(client: FlaskClient) -> None:
    text = client.get(f"/embed?{QUERY}", base_url="https://barometer.example").text
    address = f"https://barometer.example/?{QUERY}"
    assert address in Outline(text).texts
    assert f" · data release {views.context(QUERY).view.release} " in Outline(text).texts
    assert "<noscript><p" not in text
    assert 'rel="preload"' not in text
    assert re.search(r"<svg[^>]*>", text)
    assert address not in Outline(client.get(f"/?{QUERY}").text).texts


@pytest.mark.parametrize("chart", ["bars", "table"])
def test_a_theme_opens_in_a_frame_with_few_indicators_and_leads_to_all(
    client: FlaskClient, chart: str
) -> None:
    query = f"theme=drivers&view={chart}&lang=en"
    frame = client.get(f"/embed?{query}").text
    shown = views.context(query).at(views.select(query)).view.sections[0]
    total = shown.indicators_total
    assert f"Show all {total} indicators" in frame
    for width, most in ((360, 1600), (700, 1400), (1280, 950)):
        assert framed.height(views.context(query), width) < most
    every = client.get(f"/embed?{query}&more=drivers").text
    assert "Show all" not in every
    assert len(every) > len(frame)


def test_a_frame_names_no_part_of_the_page_that_it_leaves_out(client: FlaskClient) -> None:
    query = "concept=innovative_workplaces&view=compare&lang=en"
    frame, page = (
        " ".join(Outline(client.get(f"{path}?{query}").text).texts) for path in ("/embed", "/")
    )
    assert "more reasons under “How to read”" in page
    assert "more reasons under" not in frame
    assert "more reasons on the web page" in frame
