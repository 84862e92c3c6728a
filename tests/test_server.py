"""The site over HTTP: health, headers, cookies and what previews read in the head of a page."""

from __future__ import annotations

import html
import json
import re
from urllib.parse import quote

import pytest

from dashboard.text.lead import names_bases, unit
from dashboard.text.summary import brief
from dashboard.text.texts import PRODUCT
from tests.support import views
from tests.support.answers import title
from tests.support.callbacks import change
from tests.support.html import Outline
from tests.support.server import Answer, Site
from tests.support.views import FIRST_VISIT, READY_VIEWS

ROUTES = (
    "/",
    "/?theme=effects",
    "/healthz",
    "/nothing-here",
    "/_dash-layout",
    "/_dash-dependencies",
    "/static/bootstrap.min.css",
)


def directives(answer: Answer) -> dict[str, list[str]]:
    parts = (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


def description(answer: Answer) -> str:
    return html.unescape(
        re.search(r'<meta name="description" content="(.*?)">', answer.text, re.DOTALL)[1]
    )


def test_health_tells_the_data_release(web: Site, dataset) -> None:
    answer = web.ask("/healthz")
    assert (answer.status, answer.headers.get_content_type()) == (200, "text/plain")
    assert answer.text == f"ok {dataset.release}\n"


@pytest.mark.parametrize("path", ["/", "/nothing-here", "/healthz", f"/?theme={'x' * 5000}"])
def test_each_answer_closes_the_browser_down(web: Site, path: str) -> None:
    answer = web.ask(path)
    policy = directives(answer)
    assert policy["default-src"] == ["'none'"]
    assert {"'unsafe-eval'", "'unsafe-inline'"}.isdisjoint(policy["script-src"])
    assert all(
        source == "'self'" or source.startswith("'sha256-") for source in policy["script-src"]
    )
    assert policy["frame-ancestors"] == ["'none'"]
    assert not any(
        source.startswith(("http", "*")) for sources in policy.values() for source in sources
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "Permissions-Policy" in answer.headers


@pytest.mark.parametrize("path", ROUTES)
def test_no_route_sets_a_cookie(web: Site, path: str) -> None:
    assert "Set-Cookie" not in web.ask(path).headers


def test_a_change_of_the_view_sets_no_cookie(web: Site) -> None:
    answer = web.update(change(web, "country", country=["DK"]))
    assert answer.status == 200
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("query", ["", "?theme=effects&country=SE", "?theme=none"])
def test_the_page_names_its_language_and_no_other_host(web: Site, query: str) -> None:
    text = web.ask(f"/{query}").text
    assert '<html lang="en">' in text
    own = f"http://{web.netloc}"
    described = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    outside = text.replace(described[0], "")
    tags = Outline(outside).tags
    loaded = [
        address
        for tag, held in tags
        if tag != "a"
        for name in ("src", "href", "action")
        if (address := held.get(name))
    ]
    assert [each for each in loaded if not re.match(rf"/(?!/)|{re.escape(own)}/", each)] == []
    left = [held for tag, held in tags if tag == "a" and not re.match(r"/(?!/)|#", held["href"])]
    assert {held.get("rel") for held in left} <= {"noopener noreferrer"}
    # In JSON-LD two names of things look like addresses; nothing fetches them.
    data = json.loads(described[1])
    assert (data.pop("@context"), data.pop("license")) == (
        "https://schema.org",
        "https://creativecommons.org/licenses/by/4.0/",
    )
    assert set(re.findall(r'https?://[^"\s<>/]+', json.dumps(data))) == {own}


def test_the_head_names_the_canonical_address_and_where_previews_are(web: Site) -> None:
    own = f"http://{web.netloc}"
    text = web.ask("/?country=SE~DK&theme=effects&nonsense=1").text
    canonical = f"{own}/?theme=effects&country=DK~SE"
    tags = {
        html.unescape(key): html.unescape(value)
        for key, value in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', text)
    }
    assert html.unescape(re.search(r'<link rel="canonical" href="([^"]*)">', text)[1]) == canonical
    assert tags["og:url"] == canonical
    assert (
        tags["og:image"]
        == tags["twitter:image"]
        == f"{own}/chart.png?theme=effects&country=DK~SE&lang=en&size=og"
    )
    assert tags["og:title"] == tags["twitter:title"]
    embed = html.unescape(re.search(r'type="application/json\+oembed" href="([^"]*)"', text)[1])
    assert embed == f"{own}/oembed?format=json&url={quote(canonical, safe='')}"


def test_title_and_description_follow_the_query(web: Site) -> None:
    home, first, other, empty = (
        web.ask("/"),
        web.ask(f"/?{FIRST_VISIT}"),
        web.ask("/?theme=effects&country=NO"),
        web.ask("/?theme=effects&country=SE"),
    )
    themes = "Drivers · Collaboration · Effects"
    assert title(first).replace("\u00a0", " ") == f"{themes} – {PRODUCT}"
    assert title(home).startswith("Public workplaces that innovate: Denmark\u00a080%, ")
    assert title(home).endswith(f" – {PRODUCT}")
    raised = "Over 70% of innovations in Norway (municipal and regional) raised quality"
    assert title(other).replace("\u00a0", " ") == f"{raised} – {PRODUCT}"
    assert "Norway" in description(other)
    assert "Denmark" not in description(other)
    assert title(empty) == f"Effects – {PRODUCT}"
    assert description(empty) == "No figure fits this selection"
    assert "Denmark" in description(first)


@pytest.mark.parametrize("query", [FIRST_VISIT, *READY_VIEWS.values(), "theme=effects&country=NO"])
def test_the_description_is_the_beginning_of_unit_and_summary(web: Site, query: str) -> None:
    shown = views.show(query)
    section = shown.sections[0]
    share = [f"{unit(views.loc(), shown, section)}."] if names_bases(section) else []
    whole = " ".join([*share, *brief(views.loc(), shown, section)])
    shortened = description(web.ask(f"/?{query}"))
    assert len(shortened) <= 202
    assert whole.startswith(shortened.removesuffix(" …"))
    assert shortened == whole or shortened.endswith((".", " …"))


@pytest.mark.parametrize(
    "query",
    [
        "theme=none",
        "country=none",
        "theme=none&country=none&sector=none&level=none",
        "view=change&edition=all",
    ],
)
def test_an_empty_choice_still_has_a_title(web: Site, query: str) -> None:
    answer = web.ask(f"/?{query}")
    assert answer.status == 200
    assert PRODUCT in title(answer)
    assert "None" not in title(answer) + description(answer)
