"""Static files: compressed once, cached long, never stale, nothing of Dash's that the page does not need."""

from __future__ import annotations

import gzip
import importlib
import json
import os
import re
from pathlib import Path

import brotli
import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from dashboard.web.hooks import Hooks
from dashboard.web.static import build, serve

SCRIPT = "let figure = 1;\n" * 200


class Client(FlaskClient):
    """Closes each answer at once, as a server does when it is sent."""

    def open(self, *args, **kwargs):
        return super().open(*args, buffered=True, **kwargs)


@pytest.fixture
def node_modules(tmp_path: Path) -> Path:
    folder = tmp_path / "node_modules"
    for name, path_in_package in build.FROM_NPM.items():
        path = folder / path_in_package
        path.parent.mkdir(parents=True, exist_ok=True)
        mark = (
            "/*# sourceMappingURL=a.css.map */"
            if name.endswith(".css")
            else "//# sourceMappingURL=a.js.map"
        )
        path.write_text(f"/* {name} */\n{'a{b:c}' * 200}\n{mark}\n", encoding="utf-8")
    return folder


@pytest.fixture
def static_folder(tmp_path: Path, node_modules: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Compressing the real scripts would take a second a test.
    monkeypatch.setattr(build, "DASH_SCRIPTS", build.DASH_SCRIPTS[:1])
    folder = tmp_path / "static"
    build.build(folder, node_modules)
    return folder


@pytest.fixture
def app(static_folder: Path, tmp_path: Path) -> Flask:
    """A site that serves a script as Dash does, and assets as Flask does."""
    assets = tmp_path / "assets"
    assets.mkdir()
    (assets / "own.js").write_text(SCRIPT, encoding="utf-8")
    site = Flask("site", static_folder=str(assets), static_url_path="/assets")
    files = serve.StaticFiles(static_folder, assets)
    Hooks((files.answer_known,), (files.compress,)).install(site)
    site.test_client_class = Client
    site.reads = []

    @site.get("/_dash-component-suites/<package>/<path:name>")
    def suite(package: str, name: str) -> Response | tuple[str, int]:
        site.reads.append(name)
        return (
            Response(SCRIPT, mimetype="text/javascript") if name.startswith("known") else ("", 404)
        )

    @site.get("/page")
    def page() -> str:
        return SCRIPT

    @site.get("/small")
    def small() -> str:
        return "ok"

    return site


def decoded(response) -> str:
    decoders = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
    return decoders[response.headers.get("Content-Encoding")](response.data).decode("utf-8")


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0.2, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("identity", None),
        ("", None),
        ("deflate", None),
    ],
)
@pytest.mark.parametrize(
    "address", ["/_dash-component-suites/dash/known.v1m1.js", "/assets/own.js", "/page"]
)
def test_the_best_accepted_coding_is_sent(
    app: Flask, address: str, accepted: str, coding: str | None
) -> None:
    response = app.test_client().get(address, headers={"Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding") == coding
    assert "Accept-Encoding" in response.vary
    assert decoded(response) == SCRIPT


@pytest.mark.parametrize(
    "address",
    [
        "/_dash-component-suites/dash/known.v4_4_1m123.js",
        "/_dash-component-suites/dash/known@18.v4_4_1m123.3.1.min.js",
        "/_dash-component-suites/dash/known.js",
        "/assets/own.js?m=123.4",
        "/assets/own.js?v=0123456789abcdef0123",
        "/assets/own.js",
        "/static/page.css",
        "/static/page.css?v=other",
        serve.PLOTLY,
        serve.PLOTLY.replace("plotly.min", "plotly.v1m1.min"),
        "/page",
    ],
)
def test_an_address_without_a_digest_of_the_content_is_asked_again_each_time(
    app: Flask, address: str
) -> None:
    response = app.test_client().get(address)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == serve.DYNAMIC
    assert response.headers.get("ETag") or address == "/page"


@pytest.mark.parametrize("address", ["/static/page.css", "/assets/own.js", serve.PLOTLY])
def test_a_proxy_that_looks_for_the_very_file_is_told_that_it_is_elsewhere(
    app: Flask, address: str
) -> None:
    client, exact = app.test_client(), {serve.EXACT: "1"}
    digest = build.digest_of(client.get(address).data)
    assert client.get(f"{address}?v={digest}", headers=exact).status_code == 200
    assert client.get(address, headers=exact).status_code == 200
    other = client.get(f"{address}?v=other", headers=exact)
    assert (other.status_code, other.headers["Cache-Control"]) == (404, "no-store")
    assert client.get(f"{address}?v=other").status_code == 200


def test_the_address_of_an_asset_changes_with_its_content_and_not_with_its_time(
    app: Flask, tmp_path: Path
) -> None:
    client, assets = app.test_client(), tmp_path / "assets"
    before = serve.own("own.js", assets)
    assert client.get(before).headers["Cache-Control"] == serve.YEAR
    os.utime(assets / "own.js", (315532800, 315532800))
    assert serve.own("own.js", assets) == before
    (assets / "own.js").write_text(f"{SCRIPT}more();", encoding="utf-8")
    os.utime(assets / "own.js", (315532800, 315532800))
    assert serve.own("own.js", assets) != before
    assert client.get(before).headers["Cache-Control"] == serve.DYNAMIC
    assert client.get(serve.own("own.js", assets)).headers["Cache-Control"] == serve.YEAR


def test_every_script_style_and_icon_of_a_page_bears_a_digest_of_its_content(web) -> None:
    for page in ("/", "/embed?theme=drivers", "/sources", "/country/dk", "/nothing-here"):
        addresses = re.findall(
            r'<(?:script src|link rel="(?:stylesheet|icon)" href)="([^"]+)"', web.ask(page).text
        )
        assert addresses
        for address in addresses:
            answer = web.ask(address)
            assert address.endswith(f"?v={build.digest_of(answer.body)}")
            assert answer.headers["Cache-Control"] == serve.YEAR
            if not address.startswith("/assets/"):
                # A frame without an origin of its own, as other sites make them, loads it all the same.
                assert "Cross-Origin-Resource-Policy" not in answer.headers


def test_a_part_of_an_asset_is_not_another_asset(app: Flask) -> None:
    client = app.test_client()
    whole = client.get("/assets/own.js")
    part = client.get("/assets/own.js", headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.headers["ETag"]) == (200, whole.headers["ETag"])


def test_a_style_sheet_of_ours_is_cached_for_a_year(app: Flask, static_folder: Path) -> None:
    [address] = serve.stylesheets(static_folder)
    response = app.test_client().get(address)
    assert response.headers["Cache-Control"] == serve.YEAR
    assert response.mimetype == "text/css"
    assert "sourceMappingURL" not in response.text


def test_our_scripts_and_style_sheets_are_one_file_each(
    app: Flask, static_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "assets" / "second.js").write_text(
        "/* Says\n   why. */\n  second();", encoding="utf-8"
    )
    for name in build.STYLE_SHEETS:
        (tmp_path / "assets" / name).write_text(
            f"/* Says\n   why. */\n  .{name} {{ margin: 0; }}", encoding="utf-8"
        )
    made = build.joined(static_folder, tmp_path / "assets")
    bootstrap = (static_folder / "bootstrap.min.css").read_text(encoding="utf-8")
    assert made[build.SCRIPTS].decode() == f"{build.COMPILED}{SCRIPT}\nsecond();"
    own = "\n".join(f".{name} {{ margin: 0; }}" for name in build.STYLE_SHEETS)
    assert made[build.STYLES].decode() == f"{bootstrap}\n{own}"
    client = app.test_client()
    addresses = [*serve.scripts(static_folder), *serve.stylesheets(static_folder)]
    for address, name in zip(addresses, (build.SCRIPTS, build.DASH, build.STYLES), strict=True):
        assert client.get(address).data == build.joined(static_folder)[name]
        assert client.get(address).headers["Cache-Control"] == serve.YEAR


def test_an_unchanged_file_is_not_sent_again(app: Flask) -> None:
    client = app.test_client()
    for address in ("/_dash-component-suites/dash/known.js", "/assets/own.js", serve.PLOTLY):
        headers = {"Accept-Encoding": "br"}
        tag = client.get(address, headers=headers).headers["ETag"]
        again = client.get(address, headers={**headers, "If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        assert client.get(address, headers={"Accept-Encoding": "gzip"}).headers["ETag"] != tag


def test_a_script_of_dash_is_read_once_and_a_missing_one_never_kept(app: Flask) -> None:
    client = app.test_client()
    for fingerprint in ("v1m1", "v1m2", "v1m1"):
        assert client.get(f"/_dash-component-suites/dash/known.{fingerprint}.js").status_code == 200
        assert client.get(f"/_dash-component-suites/dash/other.{fingerprint}.js").status_code == 404
    assert [name.split(".")[0] for name in app.reads] == ["known", "other", "other", "other"]


def test_an_asset_is_never_stale(app: Flask, tmp_path: Path) -> None:
    client = app.test_client()
    assert client.get("/assets/own.js").text == SCRIPT
    (tmp_path / "assets" / "own.js").write_text("changed", encoding="utf-8")
    assert client.get("/assets/own.js").text == "changed"


def test_head_tells_the_size_and_sends_nothing(app: Flask) -> None:
    client = app.test_client()
    sent = client.get(serve.PLOTLY)
    asked = client.head(serve.PLOTLY)
    assert (asked.data, asked.headers["Content-Length"]) == (b"", str(len(sent.data)))


def test_a_short_answer_is_left_alone(app: Flask) -> None:
    assert (
        "Content-Encoding"
        not in app.test_client().get("/small", headers={"Accept-Encoding": "br"}).headers
    )


def test_dash_gets_the_lean_plotly(app: Flask) -> None:
    assert "plotly.min.js" in app.test_client().get(serve.PLOTLY).text
    assert app.reads == []


def test_plotly_is_cached_for_a_year_and_loads_with_the_page(
    app: Flask, static_folder: Path, web
) -> None:
    response = app.test_client().get(serve.plotly(static_folder))
    assert "plotly.min.js" in response.text
    assert response.headers["Cache-Control"] == serve.YEAR
    page = web.ask("/").text
    assert serve.head_links(serve.plotly()) in page
    assert f'data-plotly="{serve.plotly()}"' in page


def test_every_script_that_dash_names_is_in_the_one_file(web) -> None:
    sources = re.findall(r'<script src="([^"]*)"', web.ask("/").text)
    assert sources == serve.scripts()
    joined = build.joined()[build.DASH]
    for package, path in build.DASH_SCRIPTS:
        folder = Path(importlib.import_module(package).__file__).parent
        assert (folder / path).read_bytes() in joined


def test_what_is_joined_is_not_asked_for_by_itself() -> None:
    needed = '<script src="/_dash-component-suites/another/package.v4_4_1m1.js"></script>'
    scripts = "\n".join(
        [
            '<script src="/_dash-component-suites/dash/deps/react@18.v4_4_1m1.3.1.min.js"></script>',
            needed,
            '<script src="/_dash-component-suites/dash/dash_table/bundle.v7_4_1m1.js"></script>',
            "<script>inline</script>",
        ]
    )
    assert serve.drop_joined_scripts(scripts) == f"{needed}\n<script>inline</script>"


def test_the_page_brings_what_the_app_starts_from(web) -> None:
    page = web.ask("/?theme=drivers&lang=da").text
    for name, address in (
        ("dash-layout", "/_dash-layout?theme=drivers&lang=da"),
        ("dash-dependencies", "/_dash-dependencies"),
    ):
        [found] = re.findall(rf'<script type="application/json" id="{name}">([^<]*)</script>', page)
        assert json.loads(found) == json.loads(web.ask(address).text)


@pytest.mark.parametrize(
    ("css", "used"),
    [
        (".btn{a:b}.card{c:d}.row{e:f}", ".btn{a:b}.row{e:f}"),
        (".btn,.card-body>.btn,.row{a:b}", ".btn,.row{a:b}"),
        (".btn:not(.dropdown-toggle,.x){a:b}", ".btn:not(.dropdown-toggle,.x){a:b}"),
        ("@media print{.navbar{a:b}}.btn{c:d}", ".btn{c:d}"),
        ("@media print{.navbar{a:b}.btn{c:d}}", "@media print{.btn{c:d}}"),
        ("@keyframes x{0%{a:b}to{a:c}}", "@keyframes x{0%{a:b}to{a:c}}"),
        (".cards{a:b}", ".cards{a:b}"),
    ],
)
def test_the_style_sheet_keeps_what_the_page_may_use(css: str, used: str) -> None:
    assert build.without_unused(css) == used


def test_what_was_compressed_from_other_bytes_is_not_used(
    static_folder: Path, node_modules: Path
) -> None:
    before = {path.name for path in static_folder.glob("*.br")}
    (node_modules / build.FROM_NPM["bootstrap.min.css"]).write_text(
        "d{e:f}" * 200, encoding="utf-8"
    )
    build.build(static_folder, node_modules)
    after = {path.name for path in static_folder.glob("*.br")}
    joined = {build.DASH, build.SCRIPTS, build.STYLES}
    assert len(before) == len(after) == len(build.FROM_NPM) + len(joined)
    # The style sheet itself, and the one that it is joined into.
    assert len(before - after) == 2


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(build.StaticError, match="make build"):
        serve.StaticFiles(tmp_path)
    with pytest.raises(build.StaticError, match="make build"):
        build.build(tmp_path / "static", tmp_path / "node_modules")
