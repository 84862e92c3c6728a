"""What is set from outside: where the site listens, and what may not be meant as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import settings
from dashboard.settings import from_env, warnings


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
