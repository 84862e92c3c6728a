"""Pictures over HTTP: their names, sizes and tags, kept and drawn."""

from __future__ import annotations

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from xml.etree import ElementTree as Xml

import pytest
from PIL import Image

from dashboard import charts, render
from tests.support import views
from tests.support.files import ALL, RELEASE, SMALL, Pen, desk
from tests.support.pictured import pictured
from tests.support.server import Answer
from tests.support.server import Site as Web

PICTURES = ("/chart.png", "/chart.svg")


def picture_of(answer: Answer) -> Image.Image:
    assert answer.status == 200, answer.text
    return Image.open(io.BytesIO(answer.body))


def test_a_picture_is_a_slide_with_a_name_that_says_what_it_is(web: Web) -> None:
    answer = web.ask(f"/chart.png?{SMALL}")
    assert picture_of(answer).size == (1600, 900)
    assert answer.headers["Content-Type"] == "image/png"
    assert (
        answer.headers["Content-Disposition"]
        == f'inline; filename="innovation-barometer_effects_dk_bars_{RELEASE}.png"'
    )
    assert answer.headers["Cache-Control"] == "private, max-age=3600"
    named = dict(picture_of(answer).text)
    finding = "68% of innovative workplaces in Denmark report higher quality (2018–19)"
    assert named["Title"].replace("\u00a0", " ") == finding
    assert named["Barometer:Address"].endswith(f"/?{SMALL}")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Public workplaces that innovate"),
        ("lang=da&size=report", ""),
        ("concept=innovative_workplaces&view=compare", "Public workplaces that innovate"),
        ("concept=evaluated&country=DK", "Denmark"),
        ("country=NL", "Netherlands"),
    ],
)
def test_a_picture_needs_no_theme_where_there_is_one(web: Web, query: str, title: str) -> None:
    answer = web.ask(f"/chart.svg?{query}")
    assert answer.status == 200
    assert title in answer.text.partition("</title>")[0]


def test_a_picture_is_light_and_names_no_colours(web: Web) -> None:
    dark = web.ask(f"/chart.svg?{SMALL}&look=dark")
    assert "look=" not in dark.text
    assert dark.body == web.ask(f"/chart.svg?{SMALL}").body


def test_a_picture_as_on_screen_is_as_wide_as_asked_for(web: Web) -> None:
    narrow = picture_of(web.ask(f"/chart.png?{SMALL}&size=screen&width=400"))
    usual = picture_of(web.ask(f"/chart.png?{SMALL}&size=screen"))
    assert (narrow.width, usual.width) == (480, 1040)
    assert web.ask(f"/chart.png?{SMALL}&size=screen&width=20").status == 400


def test_scale_and_ground_reach_the_picture(web: Web) -> None:
    made = picture_of(web.ask(f"/chart.png?{SMALL}&size=og&scale=2&ground=transparent"))
    assert made.size == (2400, 1260)
    assert made.convert("RGBA").getpixel((2, 2))[3] == 0
    assert picture_of(web.ask(f"/chart.png?{SMALL}&size=og&ground=white")).convert("RGBA").getpixel(
        (2, 2)
    ) == (255, 255, 255, 255)


@pytest.mark.parametrize(("size", "shape"), render.SIZES.items())
@pytest.mark.parametrize("kind", ["png", "svg"])
def test_each_size_is_asked_of_the_renderer(size: str, shape: tuple[int, int], kind: str) -> None:
    pen = Pen()
    extra = "&scale=3" if kind == "png" else ""
    assert (
        desk(pen)
        .test_client()
        .get(f"/chart.{kind}?{SMALL}&size={size}{extra}&ground=transparent")
        .status_code
        == 200
    )
    assert pen.asked == [(*shape, 3 if kind == "png" else 1, kind, "transparent")]


def test_another_process_draws_the_same_bytes_under_the_same_tag(web: Web, server: str) -> None:
    path = f"/chart.png?{SMALL}&size=og"
    with closing(render.Renderer(timeout=60)) as pen:
        here = desk(pen).test_client().get(path, base_url=server)
    there = web.ask(path)
    assert here.headers["ETag"] == there.headers["ETag"]
    assert here.data == there.body


def test_equal_views_have_one_picture_and_others_another(web: Web) -> None:
    tags = [
        web.ask(f"/chart.svg?{query}", "HEAD").headers["ETag"]
        for query in (
            "theme=effects&country=DK",
            "country=DK&theme=effects",
            "theme=effects&country=DK&size=slide&ground=white",
        )
    ]
    assert len(set(tags)) == 1
    other = [
        web.ask(f"/chart.svg?{query}", "HEAD").headers["ETag"]
        for query in (f"{SMALL}&size=og", f"{SMALL}&view=dots")
    ]
    assert len({*tags, *other}) == 3


@pytest.mark.parametrize("path", PICTURES)
def test_a_known_tag_is_answered_without_drawing(path: str) -> None:
    pen = Pen()
    client = desk(pen).test_client()
    first = client.get(f"{path}?{SMALL}")
    drawn = len(pen.asked)
    fresh = (
        desk(pen)
        .test_client()
        .get(f"{path}?{SMALL}", headers={"If-None-Match": first.headers["ETag"]})
    )
    assert (drawn, len(pen.asked)) == (1, 1)
    assert (fresh.status_code, fresh.data) == (304, b"")
    assert fresh.headers["ETag"] == first.headers["ETag"]
    assert fresh.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert client.get(f"{path}?{SMALL}", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", PICTURES)
def test_a_kept_picture_is_answered_without_being_laid_out(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    for room, name in ((charts, "picture"), (render, "notes")):
        real = getattr(room, name)
        monkeypatch.setattr(
            room, name, lambda *a, name=name, real=real, **k: made.append(name) or real(*a, **k)
        )
    client = desk(Pen()).test_client()
    first = client.get(f"{path}?country=SE~DK&theme=drivers")
    again = client.get(f"{path}?theme=drivers&country=DK~SE&size=slide")
    assert made == ["picture", "notes"]
    assert (first.data, first.headers["ETag"]) == (again.data, again.headers["ETag"])
    assert first.headers["Content-Disposition"] == again.headers["Content-Disposition"]
    assert client.get(f"{path}?theme=drivers&country=DK&size=og").data
    assert made == ["picture", "notes"] * 2


def test_the_archive_takes_the_picture_that_is_kept() -> None:
    pen = Pen()
    client = desk(pen).test_client()
    drawn = client.get(f"/chart.png?{SMALL}&scale=2").data
    with zipfile.ZipFile(io.BytesIO(client.get(f"/view.zip?{SMALL}").data)) as archive:
        assert archive.read("01_effects.png") == drawn
    assert len(pen.asked) == 1


@pytest.mark.parametrize(
    "path", ["/data.csv", "/data.xlsx", "/data.json", "/slides.pptx", "/view.zip"]
)
def test_an_unchanged_file_is_not_sent_twice(web: Web, path: str) -> None:
    first = web.ask(f"{path}?{SMALL}")
    again = web.ask(f"{path}?{SMALL}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("path", ALL)
def test_head_tells_what_get_sends(web: Web, path: str) -> None:
    head, whole = web.ask(f"{path}?{SMALL}", "HEAD"), web.ask(f"{path}?{SMALL}")
    assert (head.status, head.body) == (200, b"")
    for name in ("Content-Length", "Content-Type", "Content-Disposition", "ETag", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]
    assert int(head.headers["Content-Length"]) == len(whole.body)


@pytest.mark.parametrize("path", ALL)
def test_an_address_that_names_release_and_language_is_kept_for_a_day(web: Web, path: str) -> None:
    """Its figures stay, its labels and verdicts follow today's rules. One that follows the newest figures is kept for an hour. This site
    has no public address, so nothing but a reader's own browser keeps it; ``test_hosts`` has one with an address."""

    def keeping(more: str) -> str:
        return web.ask(f"{path}?{SMALL}{more}", "HEAD").headers["Cache-Control"]

    for release in ("2026.1", RELEASE):
        assert keeping(f"&release={release}&lang=da") == "private, max-age=86400"
        assert keeping(f"&release={release}") == "private, max-age=3600"
    assert keeping("&lang=da").startswith("private, max-age=3600")
    assert keeping("") == "private, max-age=3600"


def test_an_svg_by_itself_may_do_nothing_but_style_itself(web: Web) -> None:
    answer = web.ask(f"/chart.svg?{SMALL}")
    policy = {
        name: values
        for name, *values in (
            part.split() for part in answer.headers["Content-Security-Policy"].split(";")
        )
    }
    assert policy["default-src"] == ["'none'"]
    assert policy["style-src"] == ["'unsafe-inline'"]
    assert policy.get("script-src", ["'none'"]) == ["'none'"]
    assert policy.get("connect-src", ["'none'"]) == ["'none'"]
    assert answer.headers.get_content_type() == "image/svg+xml"


def test_sixteen_at_once_never_get_each_others_picture(web: Web) -> None:
    themes, countries = (
        ("drivers", "collaboration", "innovation", "effects"),
        ("DK", "SE", "NO", "FI", "IS", "DK~SE", "DK~NO"),
    )
    queries = [f"theme={theme}&country={country}" for theme in themes for country in countries]
    shown = [(query, view) for query in queries if (view := views.show(query)).sections]
    wanted = {pictured(query, "square")[1].title: query for query, _ in shown}
    chosen = list(wanted.items())[:16]
    assert len(chosen) == 16
    with ThreadPoolExecutor(16) as crowd:
        answers = list(crowd.map(lambda pair: web.ask(f"/chart.svg?{pair[1]}&size=square"), chosen))
    assert {answer.status for answer in answers} <= {200, 503}
    assert sum(answer.status == 200 for answer in answers) >= 8
    for (title, _), answer in zip(chosen, answers, strict=True):
        if answer.status == 200:
            drawn = Xml.fromstring(answer.body)  # noqa: S314 - our own server's
            assert drawn.findtext("{http://www.w3.org/2000/svg}title") == title
        else:
            assert int(answer.headers["Retry-After"]) > 0
            assert answer.text.endswith(".\n")


@pytest.mark.parametrize(
    ("fault", "status", "sentence"),
    [
        (
            render.Busy("queue"),
            503,
            "Too many files are being made just now; please try again in a moment.",
        ),
        (
            render.TooSlow("seconds"),
            503,
            "The file was not ready in time; please try again in a moment.",
        ),
        (
            render.TooLarge("pixels"),
            400,
            "The picture would have too many pixels; ask for a smaller scale.",
        ),
    ],
    ids=["busy", "slow", "large"],
)
@pytest.mark.parametrize("path", [*PICTURES, "/view.zip"])
def test_a_picture_that_cannot_be_made_now_is_told(
    path: str, fault: Exception, status: int, sentence: str
) -> None:
    answer = desk(Pen(fault)).test_client().get(f"{path}?{SMALL}")
    assert (answer.status_code, answer.mimetype, answer.text) == (
        status,
        "text/plain",
        f"{sentence}\n",
    )
    assert ("Retry-After" in answer.headers) == (status == 503)
