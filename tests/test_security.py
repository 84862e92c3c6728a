"""What a page may load, who may frame it, and what is refused."""

from __future__ import annotations

import pytest
from flask import Flask, Response

from dashboard.web import security
from dashboard.web.hooks import Hooks


@pytest.fixture
def app() -> Flask:
    """A site that answers every path, as Dash does."""
    site = Flask("site", static_folder=None)
    shield = security.Shield(
        script_hashes=["'sha256-abc='"],
        pages=["/"],
        refusal=lambda status: f"<p>Refused: {status}.</p>",
    )
    Hooks((shield.refuse,), (shield.add_headers,)).install(site)
    shield.handle_errors(site, missing=[LookupError])

    @site.get("/", defaults={"path": ""})
    @site.get("/<path:path>")
    def index(path: str) -> str:
        return "page"

    @site.get("/script.js")
    def script() -> Response:
        return Response("1", mimetype="text/javascript")

    @site.get("/missing")
    def missing() -> str:
        raise LookupError

    @site.get("/broken")
    def broken() -> str:
        raise RuntimeError("secret")

    return site


def policy(response) -> dict[str, str]:
    return dict(
        part.split(" ", 1) for part in response.headers["Content-Security-Policy"].split("; ")
    )


def test_a_page_runs_only_scripts_of_ours(app: Flask) -> None:
    response = app.test_client().get("/")
    sent = policy(response)
    assert sent["default-src"] == "'none'"
    assert sent["script-src"] == "'self' 'sha256-abc='"
    assert not [name for name, value in sent.items() if "unsafe-eval" in value or "http" in value]
    assert [name for name, value in sent.items() if "unsafe-inline" in value] == ["style-src"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert security.HEADERS.items() <= dict(response.headers).items()
    assert "Set-Cookie" not in response.headers


def test_only_the_embedded_view_may_be_framed(app: Flask) -> None:
    client = app.test_client()
    page, embedded = client.get("/"), client.get("/embed")
    assert (policy(page)["frame-ancestors"], page.headers["X-Frame-Options"]) == ("'none'", "DENY")
    assert (policy(embedded)["frame-ancestors"], embedded.headers.get("X-Frame-Options")) == (
        "*",
        None,
    )


def test_parts_of_a_page_carry_no_policy_but_keep_their_type(app: Flask) -> None:
    headers = app.test_client().get("/script.js").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" not in headers


def test_strict_transport_is_asked_for_over_https_only(app: Flask) -> None:
    client = app.test_client()
    assert "Strict-Transport-Security" not in client.get("/").headers
    assert (
        "max-age"
        in client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"]
    )


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/?" + "a" * 4000, 200),
        ("/?" + "a" * 4001, 414),
        ("/?theme=%ff%fe", 200),
        ("/%ff%fe", 404),
        ("/nothing/here?q=<script>alert(1)</script>", 404),
        ("/missing", 404),
        ("/broken", 500),
    ],
)
def test_what_cannot_be_answered_is_refused_with_the_page_of_its_status(
    app: Flask, address: str, status: int
) -> None:
    response = app.test_client().get(address)
    assert response.status_code == status
    assert "Content-Security-Policy" in response.headers
    assert "alert" not in response.text
    assert "secret" not in response.text
    if status != 200:
        assert (response.mimetype, response.text) == ("text/html", f"<p>Refused: {status}.</p>")


def test_a_method_that_is_not_allowed_is_refused_with_the_allowed_ones(app: Flask) -> None:
    response = app.test_client().post("/script.js")
    assert (response.status_code, "GET" in response.headers["Allow"]) == (405, True)
    assert (response.mimetype, response.text) == ("text/html", "<p>Refused: 405.</p>")
