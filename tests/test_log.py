"""What an operator finds in the log: one line of JSON for what failed, was refused or was slow, and nobody's data."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from dashboard.web import log
from dashboard.web.hooks import Hooks
from tests.support import views


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__)
    Hooks(
        (log.begin,), (lambda response: log.end(response, lambda: views.context("country=DK")),)
    ).install(app)
    log.record_exceptions(app)

    @app.get("/fails")
    def fails() -> str:
        raise RuntimeError("of ours")

    @app.get("/<int:status>")
    def says(status: int) -> tuple[str, int]:
        return "", status

    return app


def test_a_failure_is_logged_with_its_trace_and_the_answer_bears_its_id(
    app: Flask, lines: list[dict]
) -> None:
    answer = app.test_client().get("/fails?mail=someone@example.org", headers={"User-Agent": "Me"})
    assert answer.status_code == 500
    exception, failed = lines
    assert (exception["event"], exception["kind"]) == ("exception", "RuntimeError")
    assert "of ours" in exception["trace"]
    assert (failed["event"], failed["status"], failed["path"]) == ("failed", 500, "/fails")
    assert failed["query"] == "country=DK"
    assert exception["request"] == failed["request"] == answer.headers["X-Request-ID"]
    assert "someone" not in json.dumps(lines)
    assert "127.0.0.1" not in json.dumps(lines)
    assert "Me" not in {failed.get("agent"), exception.get("agent")}


@pytest.mark.parametrize("status", sorted(log.REFUSED))
def test_a_refusal_is_logged(app: Flask, lines: list[dict], status: int) -> None:
    app.test_client().get(f"/{status}")
    (line,) = lines
    assert (line["event"], line["status"], line["level"]) == ("refused", status, "warning")


@pytest.mark.parametrize("status", [200, 304, 400, 404, 405])
def test_what_is_usual_leaves_no_line(app: Flask, lines: list[dict], status: int) -> None:
    answer = app.test_client().get(f"/{status}")
    assert lines == []
    assert "X-Request-ID" not in answer.headers


def test_a_slow_answer_is_logged(
    app: Flask, lines: list[dict], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "SLOW", 0.0)
    app.test_client().get("/200")
    (line,) = lines
    assert line["event"] == "slow"
    assert line["seconds"] >= 0


@pytest.mark.parametrize(
    ("given", "valid"), [("abc-123", True), ("x" * 65, False), ('"}\n{"', False), ("", False)]
)
def test_the_id_of_a_proxy_is_kept_where_it_is_one(
    app: Flask, lines: list[dict], given: str, valid: bool
) -> None:
    headers = {"X-Request-ID": given.replace("\n", "")}
    app.test_client().get("/503", headers=headers)
    assert (lines[0]["request"] == given) == valid
