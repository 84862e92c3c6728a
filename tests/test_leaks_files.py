"""Nothing in English stands in a file for a reader of another language, nor in what refuses one, unless it is marked as English."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as Xml

import pytest
from flask.testing import FlaskClient

from dashboard import render
from dashboard.selection import chart_names
from dashboard.settings import Settings
from dashboard.web.app import create_app
from tests.support import pseudo
from tests.support.file_texts import (
    of_archive,
    of_csv,
    of_json,
    of_png,
    of_records,
    of_slides,
    of_svg,
    of_workbook,
)
from tests.support.reading import LANGUAGE

VIEW = f"theme=effects~drivers&country=DK~SE&lang={LANGUAGE}"


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    with pseudo.spoken() as dataset:
        yield create_app(Settings(drawings=0), dataset).test_client()


@pytest.mark.parametrize(
    "error",
    [render.Busy("a"), render.TooSlow("a"), render.TooLarge("a"), render.Failed("a")],
    ids=lambda error: type(error).__name__,
)
def test_excuses(
    client: FlaskClient, reader: pseudo.Reader, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(render, "finish", fail)
    last = client.get(f"/bundle?{VIEW}&release=2026.1").data.splitlines()[-1]
    reader.understands([json.loads(last)["message"]])


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/data.csv?view=bars&view=dots",
            "/data.csv?hello=world",
            "/data.xlsx?theme=",
            "/data.json?format=xml",
        ),
        *(
            "/chart.png?country=DK",
            "/chart.png?theme=effects&size=huge",
            "/chart.png?theme=effects&scale=9",
            "/chart.png?theme=effects&scale=1&scale=2",
        ),
        *(
            "/chart.svg?theme=effects&country=SE&edition=dk-2015",
            "/slides.pptx?edition=latest~dk-2015",
            f"/data.csv?theme={'x' * 3900}",
        ),
        *("/oembed?format=xml", "/oembed?url=x"),
    ],
)
def test_refusals_of_files(client: FlaskClient, reader: pseudo.Reader, path: str) -> None:
    answer = client.get(path, headers={"Accept-Language": LANGUAGE})
    assert answer.status_code in (400, 404, 501)
    summary = re.sub(
        r"“[^”]*”|x{20,}|(?<=: )(?:[\w.-]+, )*[\w.-]+\.$", " ", answer.text, flags=re.MULTILINE
    )
    assert summary.strip(" .:;\n")
    reader.understands([summary])


def test_a_picture_that_is_not_ours(client: FlaskClient, reader: pseudo.Reader) -> None:
    for body in (b"", b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n" + b"\0" * 40):
        answer = client.post("/picture", data=body, headers={"Accept-Language": LANGUAGE})
        reader.understands([answer.json["message"]])


@pytest.mark.parametrize(
    ("path", "take"),
    [
        ("/data.csv?", of_csv),
        ("/data.xlsx?", of_workbook),
        ("/slides.pptx?", of_slides),
        ("/slides.pptx?view=scale&", of_slides),
        ("/slides.pptx?view=change&edition=all&", of_slides),
        ("/data.json?", of_json),
        ("/data.json?format=records&", of_records),
        ("/view.zip?", of_archive),
    ],
)
@pytest.mark.parametrize(
    "query", ["theme=effects~drivers~barriers", "theme=conditions~effects&split=group"]
)
def test_files(
    client: FlaskClient,
    reader: pseudo.Reader,
    path: str,
    take: Callable[[bytes], list[str]],
    query: str,
) -> None:
    answer = client.get(f"{path}{query}&lang={LANGUAGE}")
    assert answer.status_code == 200, answer.text
    texts = [text for text in take(answer.data) if text]
    assert texts
    reader.understands(texts, english=True)


@pytest.mark.parametrize(("kind", "take"), [("png", of_png), ("svg", of_svg)])
@pytest.mark.parametrize("size", ["slide", "square", "og"])
def test_pictures(
    client: FlaskClient,
    reader: pseudo.Reader,
    kind: str,
    take: Callable[[bytes], list[str]],
    size: str,
) -> None:
    answer = client.get(f"/chart.{kind}?theme=effects&size={size}&lang={LANGUAGE}")
    texts = take(answer.data)
    assert len(texts) >= 5
    reader.understands(texts, english=True)


@pytest.mark.parametrize("chart", chart_names()[:-1])
def test_what_stands_in_a_picture(client: FlaskClient, reader: pseudo.Reader, chart: str) -> None:
    theme = {"scale": "drivers", "change": "collaboration&edition=all"}.get(chart, "effects")
    answer = client.get(f"/chart.svg?view={chart}&theme={theme}&size=tall&lang={LANGUAGE}")
    drawn = Xml.fromstring(answer.data)  # noqa: S314
    lines = ["".join(each.itertext()) for each in drawn.iter() if each.tag.endswith("}text")]
    assert len(lines) >= 20
    reader.understands_lines(lines, english=True)
