"""What is set from outside: read once and documented, a bad value named, where the site listens, and what may not be meant as it stands."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from dashboard import settings
from dashboard.settings import from_env, warnings
from tests.support.server import ROOT, SERVE, run


@pytest.mark.parametrize(
    ("environ", "bind"),
    [
        ({}, "127.0.0.1:8050"),
        ({"PORT": "5000"}, "0.0.0.0:5000"),
        ({"PORT": "5000", "HOST": "127.0.0.1"}, "127.0.0.1:5000"),
        ({"HOST": "0.0.0.0"}, "0.0.0.0:8050"),  # noqa: S104 - read, not listened on
        ({"HOST": "::1"}, "[::1]:8050"),
        ({"HOST": "[::]", "PORT": "80"}, "[::]:80"),
        ({"HOST": "barometer.internal"}, "barometer.internal:8050"),
    ],
)
def test_a_port_alone_is_open_to_the_platform_that_sets_it(
    environ: dict[str, str], bind: str
) -> None:
    assert from_env(environ).bind == bind


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8050",
        "https://bårometer.example",
        "https://xn--brometer-9za.example",
        "http://[::1]:8050",
        "http://192.0.2.7",
        "https://agency.example/barometer",
    ],
)
def test_an_address_that_browsers_can_open_is_allowed(url: str) -> None:
    assert from_env({"BAROMETER_URL": url}).url == url


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({}, []),
        ({"BAROMETER_ULR": "x"}, ["BAROMETER_ULR is no setting; BAROMETER_URL is one"]),
        ({"BAROMETER_SERVICE_HOST": "10.0.0.1"}, ["BAROMETER_SERVICE_HOST is no setting"]),
        ({"HOST": "::1"}, []),
        ({"PORT": "80"}, ["BAROMETER_URL is blank"]),
        ({"PORT": "80", "BAROMETER_URL": "https://a.example"}, []),
    ],
)
def test_what_may_not_be_meant_is_said(environ: dict[str, str], said: list[str]) -> None:
    found = warnings(environ)
    assert len(found) == len(said)
    assert all(map(str.startswith, found, said))


def test_a_temporary_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    settings.require_temporary_folder({"TMPDIR": str(tmp_path)})
    with pytest.raises(settings.SettingsError, match=r"^TMPDIR='.*nowhere' is not allowed"):
        settings.require_temporary_folder({"TMPDIR": str(tmp_path / "nowhere")})


@pytest.mark.parametrize(
    "url",
    [
        "redis://127.0.0.1",
        "redis://cache.internal:6379/3",
        "rediss://user:secret@cache.internal:6380",
        "redis://[::1]:6379",
        "unix:///run/redis.sock",
    ],
)
def test_an_address_of_a_redis_is_allowed(url: str) -> None:
    assert from_env({"BAROMETER_REDIS_URL": url}).redis_url == url


def test_the_password_of_a_redis_is_not_repeated() -> None:
    with pytest.raises(settings.SettingsError) as caught:
        from_env({"BAROMETER_REDIS_URL": "redis://user:secret@host:port/0"})
    assert "secret" not in str(caught.value)
    assert "redis://***@host:port/0" in str(caught.value)


@pytest.mark.parametrize("name", ["BAROMETER_METRICS", "BAROMETER_LOG"])
def test_what_the_site_tells_of_itself_is_set_in_words_that_are_known(name: str) -> None:
    with pytest.raises(
        settings.SettingsError, match=rf"^{name}=.* is not allowed; expected "
    ) as told:
        from_env({name: "too short!"})
    assert name == "BAROMETER_LOG" or "too short" not in str(told.value)


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
    rows = re.findall(
        r"^\| `([A-Z_]+)` \| `?([^|`]*)`? \|",
        (ROOT / "docs/running.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    defaults = {
        settings.VARIABLES[field.name]: str(field.default) for field in fields(settings.Settings)
    }
    documented = dict(rows)
    for name, default in defaults.items():
        shown = {"": "blank", "False": "no"}.get(default, default)
        assert documented[name].strip() == shown
    assert documented.keys() == defaults.keys()
