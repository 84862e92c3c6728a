"""What other programs read in a page's head, and what they get when they follow it."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import extruct
import pytest
from PIL import Image

from dashboard.layout import framed
from dashboard.query import View
from dashboard.text import findings, lead, pictures, texts
from dashboard.text.summary import brief
from tests.support import views
from tests.support.html import Outline
from tests.support.pictured import pictured
from tests.support.server import Answer, Site
from tests.support.views import FIRST_VISIT, HOME

SMALL = "theme=effects&country=DK"
EMPTY = "theme=effects&country=NL"
VIEWS = (
    FIRST_VISIT,
    HOME,
    "theme=drivers&country=DK~SE",
    "theme=drivers~collaboration&country=SE&view=dots",
    "country=DK&concept=effect_quality",
    "theme=collaboration&country=DK&view=change",
    "theme=effects&view=table",
    "theme=effects&country=DK&release=2026.1",
)
RELEASE = views.index().dataset.release
DRAWN = VIEWS[2:5]
"""Of these the preview picture is drawn."""
SCRIPT = "</script><script>alert(1)</script>"


@dataclass(frozen=True)
class Head:
    """The head of a page, read by two parsers."""

    page: Outline
    graph: dict[str, str]
    data: dict


def head(web: Site, query: str, path: str = "/") -> Head:
    answer = web.ask(f"{path}?{query}")
    assert answer.status == 200
    found = extruct.extract(
        answer.text,
        base_url=f"http://{web.netloc}/",
        syntaxes=["opengraph", "json-ld"],
        errors="strict",
    )
    (graph,), (data,) = found["opengraph"], found["json-ld"]
    properties = dict(graph["properties"])
    assert len(properties) == len(graph["properties"])
    return Head(Outline(answer.text), properties, data)


def follow(web: Site, address: str) -> Answer:
    """The answer to an absolute address, which must be of the site."""
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}" == f"http://{web.netloc}"
    return web.ask(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def view_of(query: str) -> View:
    """The view of an address that may name an earlier release."""
    return views.context(query).view


@pytest.mark.parametrize("query", VIEWS)
def test_a_view_introduces_itself(web: Site, server: str, query: str) -> None:
    found, shown = head(web, query), view_of(query)
    # The home is the site itself, whichever address asks for it.
    own = f"{server}/" + ("" if query == HOME else f"?{query}")
    loc = views.store().localizer(shown.selection, "en")
    heading = found.graph["og:title"]
    # What a theme finds is said in fewer words where a preview has no room for all.
    first = shown.sections[0]
    tried = (
        findings.title_of(loc, shown),
        *pictures.titles(loc, shown, first),
        pictures.subject(loc, shown, first),
    )
    assert heading == next(each for each in tried if len(each) <= 90)
    assert len(heading) <= 90
    assert texts.PRODUCT not in heading
    assert found.page.title == f"{heading} – {texts.PRODUCT}"
    description = found.page.one("meta", name="description")["content"]
    told = [f"{lead.unit(loc, shown, shown.sections[0])}.", *brief(loc, shown, shown.sections[0])]
    assert description in " ".join(told)
    assert description.endswith(".")
    assert 40 < len(description) <= 200
    assert "“Yes”" not in description
    assert "different things" not in description
    assert found.page.one("link", rel="canonical")["href"] == own
    assert found.graph["og:url"] == own
    assert found.graph["og:description"] == found.graph["og:image:alt"] == description
    assert found.graph["og:site_name"] == texts.PRODUCT
    assert found.graph["og:type"] == "website"
    assert found.page.one("meta", name="twitter:card")["content"] == "summary_large_image"
    for name, value in (
        ("title", heading),
        ("description", description),
        ("image", found.graph["og:image"]),
    ):
        assert found.page.one("meta", name=f"twitter:{name}")["content"] == value


@pytest.mark.parametrize(
    "query", ["country=SE~DK&theme=drivers", "theme=drivers&country=DK~SE&colour=red&view=bars"]
)
def test_equal_views_have_one_canonical_address(web: Site, server: str, query: str) -> None:
    assert head(web, query).graph["og:url"] == f"{server}/?theme=drivers&country=DK~SE"


def test_a_frame_names_the_page_as_its_address(web: Site, server: str) -> None:
    assert (
        head(web, SMALL, "/embed").page.one("link", rel="canonical")["href"] == f"{server}/?{SMALL}"
    )


@pytest.mark.parametrize("query", DRAWN)
def test_the_preview_picture_is_of_that_very_view(web: Site, query: str) -> None:
    found, shown = head(web, query), views.show(query)
    answer = follow(web, found.graph["og:image"])
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/png")
    made = Image.open(io.BytesIO(answer.body))
    assert (
        made.size
        == (1200, 630)
        == (int(found.graph["og:image:width"]), int(found.graph["og:image:height"]))
    )
    assert made.text["Title"] == pictured(query, "og")[1].title
    held = [record["value"] for record in json.loads(made.text["Barometer:Figures"])]
    assert held
    assert set(held) <= {value.observation.value for value in shown.sections[0].values}


@pytest.mark.parametrize("query", [query for query in VIEWS if query not in DRAWN])
def test_every_preview_picture_is_answered(web: Site, query: str) -> None:
    parts = urlsplit(head(web, query).graph["og:image"])
    assert web.ask(f"{parts.path}?{parts.query}", "HEAD").status == 200


def test_an_empty_view_has_a_description_and_no_picture(web: Site) -> None:
    found = head(web, EMPTY)
    assert found.page.one("meta", name="description")["content"] == "No figure fits this selection"
    assert not any("image" in name for name in found.graph)


@pytest.mark.parametrize("query", [*VIEWS, EMPTY])
def test_the_view_is_a_dataset_whose_files_are_there(web: Site, query: str) -> None:
    found = head(web, query)
    assert (found.data["@context"], found.data["@type"]) == ("https://schema.org", "Dataset")
    assert found.data["name"] == found.page.title
    assert found.data["description"] == found.page.one("meta", name="description")["content"]
    assert found.data["url"] == found.graph["og:url"]
    assert (
        found.data["version"]
        == view_of(query).release
        == ("2026.1" if "release=2026.1" in query else RELEASE)
    )
    assert found.data["license"].startswith("https://creativecommons.org/")
    kinds = {each["@type"] for each in found.data["distribution"]}
    assert kinds == ({"DataDownload"} if query != EMPTY else set())
    for each in found.data["distribution"]:
        answer = follow(web, each["contentUrl"])
        assert (answer.status, answer.headers.get_content_type()) == (200, each["encodingFormat"])


# --- oEmbed ---


def oembed(web: Site, url: str, more: str = "") -> Answer:
    return web.ask(f"/oembed?url={quote(url, safe='')}{more}")


@pytest.mark.parametrize("query", [*VIEWS, EMPTY])
def test_the_oembed_link_leads_to_a_frame_with_the_same_view(
    web: Site, server: str, query: str
) -> None:
    found = head(web, query)
    answer = follow(
        web, found.page.one("link", rel="alternate", type="application/json+oembed")["href"]
    )
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
    embedding = json.loads(answer.text)
    assert (embedding["version"], embedding["type"], embedding["title"]) == (
        "1.0",
        "rich",
        found.page.title,
    )
    assert embedding["provider_url"] == f"{server}/"
    assert isinstance(embedding["cache_age"], int)
    frame = Outline(embedding["html"]).one("iframe")
    assert frame["src"] == f"{server}/embed?{query}&lang=en"
    assert frame["title"] == found.page.title
    assert (int(frame["width"]), int(frame["height"])) == (embedding["width"], embedding["height"])
    assert [tag for tag, _ in Outline(embedding["html"]).tags] == ["iframe"]
    assert embedding.get("thumbnail_url") == found.graph.get("og:image")
    assert follow(web, frame["src"]).status == 200


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://elsewhere.example/?theme=effects",
        "//elsewhere.example/",
        "javascript:alert(1)",
        "http://[::1",
        "{server}/sources",
        "{server}/chart.png?theme=effects",
        "{server}.evil.example/",
        "{server}@evil.example/",
    ],
)
def test_other_addresses_are_not_embedded(web: Site, server: str, url: str) -> None:
    answer = oembed(web, url.format(server=server))
    assert (answer.status, answer.headers.get_content_type()) == (404, "text/plain")
    assert "“url”" in answer.text


def test_only_json_is_offered(web: Site, server: str) -> None:
    answer = oembed(web, f"{server}/", "&format=xml")
    assert (answer.status, answer.headers.get_content_type()) == (501, "text/plain")
    assert "“format=json”" in answer.text


@pytest.mark.parametrize(
    ("more", "width", "most"),
    [
        ("", 900, None),
        ("&maxwidth=600", 600, None),
        ("&maxwidth=500&maxheight=300", 500, 300),
        ("&maxwidth=5000&maxheight=9000", 900, None),
        ("&maxwidth=x&maxheight=-1", 900, None),
        ("&maxwidth=%C2%B2&maxheight=" + "9" * 50, 900, None),
    ],
)
def test_a_frame_is_as_tall_as_its_view_and_no_larger_than_asked(
    web: Site, server: str, more: str, width: int, most: int | None
) -> None:
    made = json.loads(oembed(web, f"{server}/?{SMALL}", more).text)
    frame = Outline(made["html"]).one("iframe")
    context = views.context(f"{SMALL}&lang=en", public_url=server)
    height = most or framed.height(context, width)
    assert (made["width"], made["height"], frame["width"], frame["height"]) == (
        width,
        height,
        str(width),
        str(height),
    )


def test_no_size_of_an_oembed_answer_exceeds_what_was_asked(web: Site, server: str) -> None:
    """The specification: "if a maxwidth or maxheight was given, the answer must respect it", the thumbnail included."""
    made = json.loads(oembed(web, f"{server}/?{SMALL}", "&maxwidth=200&maxheight=150").text)
    assert (made["width"] <= 200, made["height"] <= 150) == (True, True)
    assert (made.get("thumbnail_width", 0) <= 200, made.get("thumbnail_height", 0) <= 150) == (
        True,
        True,
    )


# --- What a stranger writes into an address ---


@pytest.mark.parametrize("path", ["/", "/embed"])
@pytest.mark.parametrize(
    "text", [SCRIPT, '"><img src=x onerror=alert(1)>', "{0.__class__}", "' onload='alert(1)"]
)
def test_script_in_a_query_is_nowhere_code(web: Site, path: str, text: str) -> None:
    usual = head(web, SMALL, path)
    for query in (
        f"{SMALL}&x={quote(text)}",
        f"{SMALL}&{quote(text)}=1",
        f"{SMALL}&view={quote(text)}",
        f"{SMALL}&country={quote(text)}",
    ):
        found = head(web, query, path)
        added = [each for each in found.page.tags if each not in usual.page.tags]
        # The page says what of the address was not used; nothing else is there, and that is text.
        assert {(tag, *attributes.values()) for tag, attributes in added} <= {
            ("div", "alert alert-warning"),
            ("p",),
            ("ul",),
            ("li",),
        }
        assert len(found.page.tags) - len(usual.page.tags) == 4
        assert (found.graph, found.data, found.page.title) == (
            usual.graph,
            usual.data,
            usual.page.title,
        )


@pytest.mark.parametrize("text", [SCRIPT, '"><script>alert(1)</script>'])
def test_script_in_the_address_of_an_oembed_request_is_nowhere_code(
    web: Site, server: str, text: str
) -> None:
    answer = oembed(web, f"{server}/?{SMALL}&x={text}#{text}")
    assert answer.status == 200
    assert "alert" not in answer.text
    assert "alert" not in oembed(web, text).text


@pytest.mark.parametrize("host", ['a"><script>alert(1)</script>', "a.example/<script>", "a'b"])
def test_script_in_the_host_is_nowhere_code(web: Site, host: str) -> None:
    answer = web.ask(f"/?{SMALL}", headers={"Host": host})
    assert answer.status in {200, 400}
    assert "<script>alert" not in answer.text
    assert [tag for tag, has in Outline(answer.text).tags if tag == "script" and not has] == []


# --- Frames ---


def ancestors(answer: Answer) -> list[str]:
    parts = (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))
    return dict((name, values) for name, *values in parts)["frame-ancestors"]  # noqa: C402 - a comprehension cannot take the rest


def test_the_frame_may_stand_on_any_site(web: Site) -> None:
    answer = web.ask(f"/embed?{SMALL}")
    assert (answer.status, ancestors(answer)) == (200, ["*"])
    assert "X-Frame-Options" not in answer.headers
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"/?{SMALL}",
        "/sources",
        "/method",
        "/api",
        "/oembed",
        "/healthz",
        f"/data.csv?{SMALL}",
        "/embed/",
        "/embed/x",
        "/nothing",
    ],
)
def test_nothing_else_may_be_framed(web: Site, path: str) -> None:
    answer = web.ask(path)
    assert ancestors(answer) == ["'none'"]
    assert answer.headers["X-Frame-Options"] == "DENY"
