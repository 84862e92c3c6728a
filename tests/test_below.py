"""The site below a path of its host, behind a real nginx."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import quote, urlsplit

import pytest

from benchmarks.proxy import ProxyUnavailable, start_nginx
from dashboard.settings import Settings
from dashboard.web import create_app
from dashboard.web.below import Below
from tests.support.html import Outline
from tests.support.server import Site, free_port, started

ROOT = "/barometer"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where readers find the site."""
    port = free_port()
    log = tmp_path_factory.mktemp("below") / "log"
    url = f"http://127.0.0.1:{port}{ROOT}"
    with ExitStack() as running:
        behind, _ = running.enter_context(started(log, BAROMETER_URL=url))
        try:
            running.enter_context(start_nginx(urlsplit(behind).port, port, f"{ROOT}/"))
        except ProxyUnavailable as error:
            pytest.skip(str(error))
        yield url


@pytest.fixture(scope="module")
def web(address: str) -> Site:
    return Site(address)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?theme=drivers",
        "/embed?theme=drivers",
        "/paper?theme=drivers",
        "/sources",
        "/country/dk",
        "/search?find=staff",
        "/nothing-here",
        "/fragment/table?theme=drivers",
    ],
)
def test_whatever_a_page_names_of_its_host_is_below_the_path(web: Site, path: str) -> None:
    page = web.ask(f"{ROOT}{path}").text
    named = [
        value
        for _, held in Outline(page).tags
        for value in held.values()
        if value and re.match(r"/(?!/)\w*", value)
    ]
    assert named or path.startswith(("/paper", "/fragment"))
    assert [each for each in named if not each.startswith(f"{ROOT}/")] == []
    assert f"{ROOT}{ROOT}" not in page


def test_what_a_page_loads_is_there(web: Site) -> None:
    for page in ("/", "/sources"):
        loaded = re.findall(
            r'(?:src|rel="(?:icon|stylesheet)" href)="([^"]+)"', web.ask(f"{ROOT}{page}").text
        )
        assert loaded
        assert {web.ask(each).status for each in loaded} == {200}


def test_addresses_for_elsewhere_name_the_path(web: Site, address: str) -> None:
    page = web.ask(f"{ROOT}/?theme=effects").text
    assert f'<link rel="canonical" href="{address}/?theme=effects">' in page
    [picture] = re.findall(r'property="og:image" content="([^"]+)"', page)
    assert picture.startswith(f"{address}/chart.png?")
    view = f"{address}/?theme=effects"
    embed = json.loads(web.ask(f"{ROOT}/oembed?url={quote(view, safe='')}").text)
    assert f'src="{address}/embed?' in embed["html"]
    assert f"<loc>{address}/sources?lang=en</loc>" in web.ask(f"{ROOT}/sitemap.xml").text
    assert f"Disallow: {ROOT}/view.zip" in web.ask(f"{ROOT}/robots.txt").text
    assert json.loads(web.ask(f"{ROOT}/api").text)["servers"] == [{"url": address}]
    assert f"{address}/" in web.ask(f"{ROOT}/chart.svg?theme=effects").text


def test_the_way_on_from_a_misspelt_address_stays_below_the_path(web: Site) -> None:
    moved = {
        path: web.ask(f"{ROOT}{path}").headers["Location"] for path in ("/Sources", "/country/DK")
    }
    assert moved == {"/Sources": f"{ROOT}/sources", "/country/DK": f"{ROOT}/country/dk"}


@pytest.mark.parametrize(
    ("asked", "seen"),
    [("/barometer/sources", "/sources"), ("/sources", "/sources"), ("/barometer/", "/")],
)
def test_a_proxy_may_take_the_path_off_or_pass_it_on(asked: str, seen: str) -> None:
    environ = {"PATH_INFO": asked, "QUERY_STRING": ""}
    [told] = (
        Below(lambda given, _: [given["SCRIPT_NAME"], given["PATH_INFO"]], ROOT)(environ, None),
    )
    assert told == [ROOT, seen]


def test_crawlers_find_the_rules_at_the_root_where_the_proxy_passes_that_on(dataset) -> None:
    client = create_app(Settings(url=f"https://agency.example{ROOT}"), dataset).test_client()
    rules = client.get("/robots.txt")
    assert rules.status_code == 200
    assert rules.data == client.get(f"{ROOT}/robots.txt").data
    named = re.findall(r"^(?:Allow|Disallow): (.*)$", rules.text, re.MULTILINE)
    assert named
    assert all(each.startswith(f"{ROOT}/") for each in named)


@pytest.mark.browser
def test_the_app_asks_for_nothing_outside_its_path(browser, address: str) -> None:
    context = browser.new_context(locale="en-GB")
    page, asked, complaints = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{address}?theme=drivers&country=DK~NO")
    page.wait_for_selector("body:not(.prerendered) .main-svg")
    outside = page.evaluate(
        """() => [...document.querySelectorAll("#react-entry-point *")].flatMap((each) => [...each.attributes].map(({ value }) => value))
            .filter((value) => /^[/][a-z?]/.test(value) && !value.startsWith("/barometer/"))"""
    )
    assert outside == []
    page.locator("#react-entry-point a[href^='/barometer/countries']").first.click()
    page.wait_for_url(f"{address}/countries*")
    page.go_back()
    page.wait_for_selector("body:not(.prerendered) .main-svg")
    page.locator("#react-entry-point .questions a").nth(2).click()
    page.wait_for_function("location.search.startsWith('?theme=collaboration')")
    page.wait_for_selector("#collaboration .main-svg")
    context.close()
    assert [url for url in asked if not url.startswith((f"{address}/", f"{address}?"))] == []
    assert complaints == []
