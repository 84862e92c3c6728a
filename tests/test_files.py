"""Files over HTTP: what they hold, archives as a stream, pictures that come back."""

from __future__ import annotations

import csv
import io
import json
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection

import openpyxl
import pptx
import pytest
from PIL import Image
from pyjstat import pyjstat

from dashboard import render
from dashboard.web import files
from tests.support import views
from tests.support.files import ALL, RELEASE, SMALL, Pen, desk
from tests.support.pictured import foreign
from tests.support.server import Site as Web

NORTH = "theme=innovation&country=DK&edition=dk-2015"
"""A view whose places in the sources are named in Danish."""
DANISH = "Innovation skaber værdi"
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
    fresh = f"{NORTH}&view=dots"
    answer = web.ask(f"/bundle?{fresh}")
    out = io.BytesIO(answer.body)
    progress = [json.loads(out.readline())]
    while "size" not in progress[-1]:
        progress.append(json.loads(out.readline()))
    *steps, last = progress
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
    assert archive == web.ask(f"/view.zip?{fresh}").body
    again = web.ask(f"/bundle?{fresh}").body
    assert again == json.dumps(last).encode() + b"\n" + archive


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
    with closing(HTTPConnection(web.netloc, timeout=30)) as line:
        line.request("GET", "/bundle?theme=drivers~strategy&country=DK")
        assert json.loads(line.getresponse().readline())["name"] == "README.txt"
    assert web.ask(f"/chart.svg?{SMALL}").status == 200


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (
            render.Busy("queue"),
            "Too many files are being made just now; please try again in a moment.",
        ),
        (
            render.TooSlow("seconds"),
            "The file was not ready in time; please try again in a moment.",
        ),
        (render.Failed("engine"), "The picture could not be drawn."),
    ],
    ids=["busy", "slow", "failed"],
)
def test_a_stream_that_fails_ends_with_a_sentence(fault: Exception, sentence: str) -> None:
    answer = desk(Pen(fault)).test_client().get(f"/bundle?{SMALL}")
    assert json.loads(answer.data.splitlines()[-1]) == {"message": sentence}


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
    with closing(HTTPConnection(web.netloc, timeout=30)) as line:
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
        message = json.loads(answer.read())["message"]
        assert (answer.status, "too large" in message) == (413, True), message


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
