"""A file format is one object: a toy that is only registered is found wherever formats are offered."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, replace
from urllib.parse import urlsplit

import pytest
from dash import html
from flask import Flask
from flask.testing import FlaskClient

from dashboard.formats import registry
from dashboard.formats.format import Format, Order, Step, Streamed
from dashboard.formats.parameters import Extra
from dashboard.formats.records import view_records
from dashboard.formats.zip import bundle
from dashboard.layout.buttons import view_buttons
from dashboard.layout.content import content
from dashboard.settings import Settings
from dashboard.web import files, json_ld, robots
from dashboard.web.site import Site
from tests.support import views
from tests.support.components import components, said

QUERY = "theme=effects&country=DK"
ADDRESS = "https://barometer.example/"


def counted(order: Order) -> bytes:
    lines = len(list(view_records(order.view, order.loc)))
    return f"{order.extras['colour']} {lines}\n".encode()


def steps(order: Order) -> Iterator[Step]:
    yield Step(0, 1, "lines")
    yield Step(1, 1, "", counted(order))


TOY = Format(
    name="toy",
    path="/data.toy",
    media_type="text/x-toy",
    summary="How many lines a view has.",
    make=counted,
    label="Toy",
    in_toolbar=9,
    theme_label="Toy of a theme",
    in_archive="figures.toy: how many lines there are",
    in_structured_data=True,
    extras=(Extra("colour", "Colour of the toy.", choices=("red", "blue"), default="red"),),
    statuses=((410, "The toy is broken."),),
)
SLOW = replace(TOY, streamed=Streamed("/toy-steps", steps))


def register(monkeypatch: pytest.MonkeyPatch, toy: Format) -> None:
    monkeypatch.setattr(registry, "FORMATS", registry.registered(*registry.every(), toy))


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch, TOY)


def site() -> Site:
    return Site(Settings(url=ADDRESS.rstrip("/")), views.store(), renderer=None)


def client() -> FlaskClient:
    flask = Flask("desk")
    flask.register_blueprint(files.blueprint(site()))
    flask.add_url_rule(robots.PATH, "robots", lambda: robots.answer("https://toy.example"))
    return flask.test_client()


def lines() -> int:
    return len(list(view_records(views.show(QUERY), views.loc())))


def links_to_files(query: str = QUERY) -> dict[str, html.A]:
    """Text -> link of everything on the page that takes a file; what takes the whole view comes last."""
    drawn = (views.show(query),)
    made = content(drawn, (), views.vocabulary(), views.loc(), lambda view, section: None)
    paths = {each.path for each in registry.every()}
    found = (each for each in components(made) if type(each).__name__ == "A")
    return {said(each): each for each in found if urlsplit(each.href).path in paths}


def tools() -> html.Div:
    """What takes the whole view."""
    return view_buttons(views.show(QUERY), views.vocabulary(), views.loc())


def order() -> Order:
    drawn = b"picture"
    return Order(views.show(QUERY), views.loc(), ADDRESS, lambda _: drawn, registry.every())


@pytest.mark.usefixtures("toy")
def test_it_has_an_address_that_reads_its_parameter_and_refuses_what_it_does_not_take() -> None:
    web = client()
    plain, blue = web.get(f"/data.toy?{QUERY}"), web.get(f"/data.toy?{QUERY}&colour=blue")
    assert (plain.text, blue.text) == (f"red {lines()}\n", f"blue {lines()}\n")
    assert plain.mimetype == "text/x-toy"
    assert plain.headers["Content-Disposition"].endswith(f'_{views.index().dataset.release}.toy"')
    assert web.get(f"/data.toy?{QUERY}&colour=green").status_code == 400
    assert web.get("/data.toy?theme=astrology").status_code == 400


@pytest.mark.usefixtures("toy")
def test_programs_crawlers_and_search_engines_are_told_of_it() -> None:
    web = client()
    described = web.get("/api").json["paths"]["/data.toy"]["get"]
    assert described["summary"] == TOY.summary
    assert described["responses"]["200"]["content"] == {"text/x-toy": {}}
    assert described["responses"]["410"]["description"] == "The toy is broken."
    assert "colour" in {each.get("name") for each in described["parameters"]}
    assert "Disallow: /data.\n" in web.get("/robots.txt").text
    context = views.context(QUERY, public_url=ADDRESS.rstrip("/"))
    data = json_ld.json_ld(context, "", "")["distribution"]
    assert {
        "@type": "DataDownload",
        "encodingFormat": "text/x-toy",
        "contentUrl": f"{ADDRESS}data.toy?{QUERY}",
    } in data


@pytest.mark.usefixtures("toy")
def test_it_has_its_buttons_behind_the_others() -> None:
    found = links_to_files()
    assert found["Toy"].href == found["Toy of a theme"].href == f"/data.toy?{QUERY}"
    whole = [said(each) for each in components(tools()) if type(each).__name__ == "A"]
    assert whole == ["Everything (ZIP)", "Slides (PPTX)", "Excel", "CSV", "JSON-stat", "Toy"]


@pytest.mark.usefixtures("toy")
def test_the_archive_holds_it_with_the_defaults_of_its_parameters() -> None:
    *_, last = bundle(order())
    with zipfile.ZipFile(io.BytesIO(last.content)) as parts:
        assert parts.read("figures.toy").decode() == f"red {lines()}\n"
        assert f"{TOY.in_archive}\n" in parts.read("README.txt").decode()


def test_one_that_takes_long_tells_its_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch, SLOW)
    web = client()
    first, size, whole = web.get(f"/toy-steps?{QUERY}").data.split(b"\n", 2)
    assert json.loads(first) == {"done": 0, "total": 1, "name": "lines"}
    assert json.loads(size)["size"] == len(whole)
    assert whole.decode() == f"red {lines()}\n"
    assert web.get(f"/toy-steps?{QUERY}&colour=blue").data.endswith(f"blue {lines()}\n".encode())
    for wrong in ("theme=astrology", "colour=green"):
        assert web.get(f"/toy-steps?{wrong}").status_code == 400
    assert "Disallow: /toy-steps\n" in web.get("/robots.txt").text
    link = links_to_files()["Toy"]
    assert getattr(link, "data-bundle") == f"/toy-steps?{QUERY}"
    assert link.href == f"/data.toy?{QUERY}"


def test_one_that_is_not_registered_is_an_error() -> None:
    with pytest.raises(KeyError):
        registry.FORMATS["toy"]
    assert client().get(f"/data.toy?{QUERY}").status_code == 404
    assert "Toy" not in links_to_files()


@pytest.mark.parametrize("other", [replace(TOY, path="/other"), replace(TOY, name="other")])
def test_two_formats_do_not_share_a_name_or_an_address(other: Format) -> None:
    with pytest.raises(ValueError, match="two file formats"):
        registry.registered(TOY, other)


def test_formats_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        TOY.label = "Other"
    with pytest.raises(TypeError):
        registry.FORMATS["toy"] = TOY
