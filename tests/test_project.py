"""The project's own promises: settings, documentation, locks, versions and the import rule."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import plotly.offline
import pytest
from flask import Flask, Response
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dashboard import settings
from dashboard.web import security
from dashboard.web.hooks import Hooks
from tests.support.server import ROOT, SERVE, run

LOCKS = (
    "requirements.txt",
    "requirements-intake.txt",
    "requirements-spark.txt",
    "requirements-dev.txt",
    "requirements-node.txt",
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def locked(name: str) -> dict[str, list[Requirement]]:
    """Package -> its pinned requirements (several where Python versions differ)."""
    pins: dict[str, list[Requirement]] = {}
    for line in re.findall(r"^[a-z0-9].*==.*$", read(name), re.MULTILINE):
        requirement = Requirement(line.rstrip("\\ "))
        pins.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return pins


@pytest.mark.parametrize(
    ("lock", "declared"),
    [
        ("requirements.txt", PROJECT["project"]["dependencies"]),
        (
            "requirements-intake.txt",
            PROJECT["project"]["dependencies"]
            + PROJECT["project"]["optional-dependencies"]["intake"],
        ),
        (
            "requirements-spark.txt",
            PROJECT["project"]["dependencies"]
            + PROJECT["project"]["optional-dependencies"]["intake"]
            + PROJECT["project"]["optional-dependencies"]["spark"],
        ),
        (
            "requirements-dev.txt",
            PROJECT["project"]["dependencies"]
            + PROJECT["project"]["optional-dependencies"]["spark"]
            + PROJECT["dependency-groups"]["dev"],
        ),
        ("requirements-node.txt", PROJECT["dependency-groups"]["node"]),
    ],
)
def test_each_dependency_is_locked_within_its_bounds(lock: str, declared: list[str]) -> None:
    pins = locked(lock)
    for requirement in map(Requirement, declared):
        for pin in pins[canonicalize_name(requirement.name)]:
            [version] = [part.version for part in pin.specifier]
            assert requirement.specifier.contains(version), (
                f"{requirement} but {lock} has {version}; `make lock` renews it"
            )
        assert any(part.operator in {"<", "=="} for part in requirement.specifier), (
            f"{requirement} has no upper bound"
        )


def test_what_runs_is_what_is_tested() -> None:
    tested = locked("requirements-dev.txt")
    for name, pins in locked("requirements.txt").items():
        assert {str(pin.specifier) for pin in pins} <= {
            str(pin.specifier) for pin in tested[name]
        }, name
    assert not {"pytest", "ruff", "playwright"} & locked("requirements.txt").keys()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_python_lock_pins_hashes_and_names_no_host(lock: str) -> None:
    text = read(lock)
    assert "://" not in text
    assert not re.search(r"^--?(index|extra|find|trusted)", text, re.MULTILINE)
    pins = re.findall(r"^[a-z0-9][^\n]*(?:\n {4}[^\n]*)*", text, re.MULTILINE)
    assert pins
    assert all("--hash=sha256:" in pin for pin in pins)


def test_the_npm_lock_pins_hashes_and_names_no_registry() -> None:
    packages = {
        name: entry
        for name, entry in json.loads(read("package-lock.json"))["packages"].items()
        if name
    }
    assert packages
    assert all(
        entry["integrity"].startswith("sha512-") and "resolved" not in entry
        for entry in packages.values()
    )


def test_plotly_is_one_version_in_python_and_in_the_browser() -> None:
    wanted = json.loads(read("package.json"))["dependencies"]
    assert wanted["plotly.js-basic-dist-min"] == plotly.offline.get_plotlyjs_version()
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values()), (
        "pin exact versions"
    )


def test_python_bounds_agree() -> None:
    assert PROJECT["project"]["requires-python"] == ">=3.11"
    assert "--python-version 3.11" in read("Makefile")
    assert default_environment()["python_version"] >= "3.11"


def test_ci_only_calls_make_test() -> None:
    commands = [line for line in read(".ci/run").splitlines() if line and not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "make test"]
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def test_production_and_make_run_start_the_same_server() -> None:
    command = read("Procfile").removeprefix("web: ").strip()
    assert command in read("Makefile")


def test_make_help_lists_the_commands() -> None:
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert {line.split()[1] for line in shown.splitlines()} == {
        "help",
        "run",
        "dev",
        "build",
        "test",
        "test-fast",
        "pictures",
        "lint",
        "check",
        "intake",
        "demo",
        "lock",
        "bench",
        "bench-quick",
        "bench-intake",
        "fuzz",
        "soak",
        "soak-quick",
        "sbom",
        "spark",
        "translations",
    }


def test_the_icon_is_small() -> None:
    assert (ROOT / "assets/favicon.ico").stat().st_size < 2000


# Settings


def test_without_variables_the_defaults_hold() -> None:
    assert settings.from_env({}) == settings.Settings()
    assert settings.from_env(dict.fromkeys(settings.VARIABLES.values(), " ")) == settings.Settings()


def test_each_field_has_a_variable() -> None:
    assert list(settings.VARIABLES) == [field.name for field in fields(settings.Settings)]


def test_settings_are_read_and_frozen() -> None:
    read_back = settings.from_env(
        {
            "HOST": "0.0.0.0",  # noqa: S104 - read, not listened on
            "PORT": "80",
            "BAROMETER_DATA": "/srv/data",
            "BAROMETER_URL": "https://barometer.example/",
            "BAROMETER_N_VERY_SMALL": "20",
            "BAROMETER_N_SMALL": "50",
            "BAROMETER_OPERATOR": "Agency of Examples",
            "BAROMETER_CONTACT": "mailto:access@agency.example",
            "BAROMETER_QUERY_LIMIT": "2000",
            "WEB_CONCURRENCY": "3",
            "BAROMETER_DRAWINGS": "60",
            "BAROMETER_PROXIES": "1",
            "BAROMETER_REDIS_URL": "redis://10.0.0.5:6379/2",
            "BAROMETER_LOG": "requests",
            "BAROMETER_METRICS": "0123456789abcdef",
        }
    )
    everywhere = "0.0.0.0"  # noqa: S104 - compared, not listened on
    site = "https://barometer.example"
    named = ("Agency of Examples", "mailto:access@agency.example")
    assert read_back == settings.Settings(
        everywhere,
        80,
        Path("/srv/data"),
        site,
        20,
        50,
        *named,
        2000,
        3,
        60,
        1,
        "redis://10.0.0.5:6379/2",
        "requests",
        "0123456789abcdef",
    )
    with pytest.raises(FrozenInstanceError):
        read_back.port = 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("HOST", "two words"),
        ("HOST", "http://a"),
        ("HOST", "127.0.0.1:90"),
        ("HOST", "127.0.0.256"),
        ("HOST", ":::1"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("PORT", "8o50"),
        ("PORT", "²"),
        ("BAROMETER_URL", "barometer.example"),
        ("BAROMETER_URL", "javascript:alert(1)"),
        ("BAROMETER_URL", "https://"),
        ("BAROMETER_URL", "https://a.example/nordic?x"),
        ("BAROMETER_URL", "https://a.example/nordic/../x"),
        ("BAROMETER_URL", "https://a.example//x"),
        ("BAROMETER_URL", "https://a.example/?b"),
        ("BAROMETER_URL", "https://[a"),
        ("BAROMETER_URL", 'https://a.example/"><b>'),
        ("BAROMETER_URL", "https://a.example:abc"),
        ("BAROMETER_URL", "https://a.example:99999"),
        ("BAROMETER_URL", "https://user:secret@a.example"),
        ("BAROMETER_URL", "https://a\\b"),
        ("BAROMETER_URL", "https://a..b"),
        ("BAROMETER_URL", "https://xn--"),
        ("BAROMETER_N_VERY_SMALL", "few"),
        ("BAROMETER_N_VERY_SMALL", "101"),
        ("BAROMETER_N_SMALL", "29"),
        ("BAROMETER_CONTACT", "access@agency.example"),
        ("BAROMETER_CONTACT", "javascript:alert(1)"),
        ("BAROMETER_CONTACT", "https://"),
        ("BAROMETER_CONTACT", "mailto:@"),
        ("BAROMETER_QUERY_LIMIT", "9000"),
        ("BAROMETER_DRAWINGS", "-1"),
        ("BAROMETER_DRAWINGS", "many"),
        ("BAROMETER_DRAWINGS", "100001"),
        ("BAROMETER_PROXIES", "11"),
        ("BAROMETER_PROXIES", "10.0.0.1"),
        ("BAROMETER_REDIS_URL", "10.0.0.5"),
        ("BAROMETER_REDIS_URL", "http://10.0.0.5"),
        ("BAROMETER_REDIS_URL", "redis://"),
        ("BAROMETER_REDIS_URL", "redis://a b"),
        ("BAROMETER_REDIS_URL", "redis://a:99999"),
        ("BAROMETER_REDIS_URL", "redis://a/first"),
        ("BAROMETER_REDIS_URL", "unix://host/path"),
        ("WEB_CONCURRENCY", "0"),
        ("WEB_CONCURRENCY", "abc"),
        ("WEB_CONCURRENCY", "1.5"),
    ],
)
def test_a_bad_setting_is_named_with_its_value_and_what_is_allowed(name: str, text: str) -> None:
    with pytest.raises(settings.SettingsError) as caught:
        settings.from_env({name: text})
    message = str(caught.value)
    assert (
        "BAROMETER_N_" in message
        if "BAROMETER_N_" in name
        else message.startswith(f"{name}={text!r}")
    )
    assert "expected" in message


def test_the_server_does_not_start_on_a_bad_setting() -> None:
    started = run(*SERVE, PORT="8o50")
    assert started.returncode != 0
    assert (
        started.stderr.strip()
        == "PORT='8o50' is not allowed; expected a whole number from 0 to 65535"
    )


def test_each_setting_is_documented() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| `?([^|`]*)`? \|", read("docs/running.md"), re.MULTILINE)
    defaults = {
        settings.VARIABLES[field.name]: str(field.default) for field in fields(settings.Settings)
    }
    documented = dict(rows)
    for name, default in defaults.items():
        shown = {"": "blank", "False": "no"}.get(default, default)
        assert documented[name].strip() == shown
    assert documented.keys() == defaults.keys()


@pytest.mark.parametrize(("listed", "kept"), [("there.js", True), ("there.js\nlost.js", False)])
def test_make_notices_a_lost_file_of_the_browsers(tmp_path: Path, listed: str, kept: bool) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    folder = tmp_path / ".cache/static"
    folder.mkdir(parents=True)
    (folder / "there.js").touch()
    stamp = folder / "static.stamp"
    stamp.write_text(f"{listed}\n", encoding="utf-8")
    subprocess.run(["make", "help"], cwd=tmp_path, capture_output=True, check=True)
    assert stamp.exists() == kept


# Security


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


# The import rule


def test_no_module_imports_against_the_flow() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    checked = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
