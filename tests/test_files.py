"""Addresses that answer with a file: over HTTP as a reader asks, and with a drawing pen that counts."""

from __future__ import annotations

import csv
import io
import json
import struct
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from xml.etree import ElementTree as Xml

import openpyxl
import pptx
import pytest
from flask import Flask
from PIL import Image
from pyjstat import pyjstat

from dashboard import render
from dashboard.charts.drawing import Drawing
from dashboard.settings import Settings
from dashboard.text import texts
from dashboard.web import files
from dashboard.web.site import Site
from tests.support import views
from tests.support.server import Answer
from tests.support.server import Site as Web

SMALL = "theme=effects&country=DK"
NORTH = "theme=innovation&country=DK&edition=dk-2015"
"""A view whose places in the sources are named in Danish."""
DANISH = "Innovation skaber værdi"
PICTURES = ("/chart.png", "/chart.svg")
ALL = tuple(file.path for file in files.offered())
RELEASE = views.index().dataset.release
ENDINGS = {
    "/data.csv": (
        "text/csv",
        f'attachment; filename="innovation-barometer_effects_dk_{RELEASE}.csv"',
    ),
    "/data.xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        f'attachment; filename="innovation-barometer_effects_dk_{RELEASE}.xlsx"',
    ),
    "/data.json": ("application/json", "inline"),
    "/slides.pptx": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        f'attachment; filename="innovation-barometer_effects_dk_{RELEASE}.pptx"',
    ),
    "/view.zip": (
        "application/zip",
        f'attachment; filename="innovation-barometer_effects_dk_{RELEASE}.zip"',
    ),
}


class Pen:
    """Stands where the renderer stands: notes what it is asked for, and gives a tiny picture or fails."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.asked: list[tuple] = []
        self.fault = fault

    def render(self, drawing: Drawing, *how: object) -> bytes:
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


def foreign() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return out.getvalue()


def picture_of(answer: Answer) -> Image.Image:
    assert answer.status == 200, answer.text
    return Image.open(io.BytesIO(answer.body))


# --- Pictures ---


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
    assert named["Title"] == "Effects: Denmark"
    assert named["Barometer:Address"].endswith(f"/?{SMALL}")


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
    for name in ("picture", "notes"):
        real = getattr(render, name)
        monkeypatch.setattr(
            render, name, lambda *a, name=name, real=real, **k: made.append(name) or real(*a, **k)
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
    """Its figures stay, its labels and verdicts follow today's rules. One that follows the newest figures is kept for an hour, one that
    follows its reader's language by the reader alone."""

    def keeping(more: str) -> str:
        return web.ask(f"{path}?{SMALL}{more}", "HEAD").headers["Cache-Control"]

    for release in ("2026.1", RELEASE):
        assert keeping(f"&release={release}&lang=da") == "public, max-age=86400"
        assert keeping(f"&release={release}") == "private, max-age=3600"
    assert keeping("&lang=da").startswith("public, max-age=3600")
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
    wanted = {
        texts.picture_title(views.loc(), view, view.sections[0]): query for query, view in shown
    }
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
    ("fault", "status", "told"),
    [
        (
            render.Busy("queue"),
            503,
            "Too many pictures are being drawn just now; please try again in a moment.",
        ),
        (
            render.TooSlow("seconds"),
            503,
            "The picture was not ready in time; please try again in a moment.",
        ),
        (
            render.TooLarge("pixels"),
            400,
            "The picture would have more pixels than are drawn; ask for a smaller scale.",
        ),
    ],
    ids=["busy", "slow", "large"],
)
@pytest.mark.parametrize("path", [*PICTURES, "/view.zip"])
def test_a_picture_that_cannot_be_made_now_is_told(
    path: str, fault: Exception, status: int, told: str
) -> None:
    answer = desk(Pen(fault)).test_client().get(f"{path}?{SMALL}")
    assert (answer.status_code, answer.mimetype, answer.text) == (status, "text/plain", f"{told}\n")
    assert ("Retry-After" in answer.headers) == (status == 503)


# --- What the files hold ---


@pytest.mark.parametrize("path", ENDINGS)
def test_media_type_and_name(web: Web, path: str) -> None:
    answer = web.ask(f"{path}?{SMALL}")
    assert (answer.headers.get_content_type(), answer.headers["Content-Disposition"]) == ENDINGS[
        path
    ]


def texts_of_csv(body: bytes) -> str:
    assert body.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert lines
    assert None not in lines[0]
    return " ".join(text for line in lines for text in line.values())


def texts_of_workbook(body: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(body))
    assert book.sheetnames == ["figures", "notes", "sources", "definitions"]
    return " ".join(
        str(cell) for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line
    )


def texts_of_records(body: bytes) -> str:
    return " ".join(str(text) for record in json.loads(body)["records"] for text in record.values())


def texts_of_archive(body: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        assert Image.open(io.BytesIO(archive.read("01_innovation.png"))).size == (3200, 1800)
        return texts_of_csv(archive.read("figures.csv"))


@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("/data.csv?", texts_of_csv),
        ("/data.xlsx?", texts_of_workbook),
        ("/data.json?format=records&", texts_of_records),
        ("/view.zip?", texts_of_archive),
    ],
)
def test_letters_of_the_north_arrive(web: Web, path: str, read: Callable[[bytes], str]) -> None:
    answer = web.ask(path + NORTH)
    assert answer.status == 200
    assert DANISH in read(answer.body)


def test_json_stat_is_read_by_another_program_and_from_any_site(web: Web) -> None:
    answer = web.ask(f"/data.json?{SMALL}")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    cube = pyjstat.Dataset.read(answer.text)
    assert sorted(cube["value"].values()) == sorted(
        value.observation.value for value in views.only_section(SMALL).values
    )
    assert cube["href"].endswith(f"/?{SMALL}")


def test_slides_are_opened(web: Web) -> None:
    deck = pptx.Presentation(io.BytesIO(web.ask(f"/slides.pptx?{SMALL}").body))
    assert any(shape.has_chart for slide in deck.slides for shape in slide.shapes)


# --- The archive as a stream ---


def test_the_archive_comes_after_its_progress(web: Web) -> None:
    answer = web.ask(f"/bundle?{NORTH}")
    out = io.BytesIO(answer.body)
    told = [json.loads(out.readline())]
    while "size" not in told[-1]:
        told.append(json.loads(out.readline()))
    *steps, last = told
    assert [step["done"] for step in steps] == list(range(steps[0]["total"]))
    assert [step["name"] for step in steps] == [
        "README.txt",
        "01_innovation.png",
        "figures.csv",
        "figures.xlsx",
    ]
    archive = out.read()
    assert last == {
        "size": len(archive),
        "name": f"innovation-barometer_innovation_dk_{RELEASE}.zip",
    }
    assert archive == web.ask(f"/view.zip?{NORTH}").body


def test_closing_early_stops_the_work() -> None:
    pen = Pen()
    answer = desk(pen).test_client().get("/bundle?theme=drivers~effects~innovation", buffered=False)
    lines = answer.iter_encoded()
    assert [json.loads(next(lines))["name"] for _ in range(3)] == [
        "README.txt",
        "01_drivers.png",
        "02_effects.png",
    ]
    answer.close()
    assert len(pen.asked) == 1
    assert list(lines) == []
    assert len(pen.asked) == 1


def test_a_reader_who_goes_away_leaves_the_site_well(web: Web) -> None:
    with closing(HTTPConnection(web.place, timeout=30)) as line:
        line.request("GET", "/bundle?theme=drivers~strategy&country=DK")
        assert json.loads(line.getresponse().readline())["name"] == "README.txt"
    assert web.ask(f"/chart.svg?{SMALL}").status == 200


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (
            render.Busy("queue"),
            "Too many pictures are being drawn just now; please try again in a moment.",
        ),
        (
            render.TooSlow("seconds"),
            "The picture was not ready in time; please try again in a moment.",
        ),
        (render.Failed("engine"), "The picture could not be drawn."),
    ],
    ids=["busy", "slow", "failed"],
)
def test_a_stream_that_fails_ends_with_a_sentence(fault: Exception, told: str) -> None:
    answer = desk(Pen(fault)).test_client().get(f"/bundle?{SMALL}")
    assert json.loads(answer.data.splitlines()[-1]) == {"message": told}


# --- Pictures that come back ---


@pytest.mark.parametrize(
    ("asked", "search"),
    [("country=SE~DK&theme=drivers", "?theme=drivers&country=DK~SE"), (SMALL, f"?{SMALL}")],
)
def test_our_picture_gives_back_its_canonical_query(web: Web, asked: str, search: str) -> None:
    answer = web.ask("/picture", "POST", web.ask(f"/chart.png?{asked}&size=og").body)
    assert (answer.status, json.loads(answer.text)) == (200, {"search": search})


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda _: b"GIF89a",
        lambda _: foreign(),
        lambda ours: ours[:-20],
        lambda ours: ours[:5000] + b"x" + ours[5001:],
    ],
    ids=["nothing", "no png", "foreign", "cut off", "damaged"],
)
def test_what_is_no_picture_of_ours_is_told_in_a_sentence(
    web: Web, spoil: Callable[[bytes], bytes]
) -> None:
    answer = web.ask("/picture", "POST", spoil(web.ask(f"/chart.png?{SMALL}&size=og").body))
    assert answer.status == 400
    assert json.loads(answer.text)["message"].endswith(".")


@pytest.mark.parametrize("how", ["announced", "in pieces"])
def test_a_file_that_is_too_large_is_refused_as_such(web: Web, how: str) -> None:
    size = files.LARGEST_PICTURE + 1
    with closing(HTTPConnection(web.place, timeout=30)) as line:
        if how == "announced":
            line.putrequest("POST", "/picture")
            line.putheader("Content-Length", str(size))
            line.endheaders()
        else:
            line.request(
                "POST",
                "/picture",
                iter([struct.pack("x")] + [bytes(2**20)] * (size // 2**20)),
                encode_chunked=True,
            )
        answer = line.getresponse()
        told = json.loads(answer.read())["message"]
        assert (answer.status, "too large" in told) == (413, True), told


# --- Whatever is asked ---


@pytest.mark.parametrize(
    "path",
    [f"{path}?{SMALL}" for path in (*ALL, "/bundle", "/api", "/oembed")]
    + ["/chart.png", "/data.csv?x=1"],
)
def test_no_file_sets_a_cookie_and_each_is_closed_down(web: Web, path: str) -> None:
    answer = web.ask(path, "HEAD")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "Content-Security-Policy" in answer.headers
