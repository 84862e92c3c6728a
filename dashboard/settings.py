"""What can be set from outside, read once at start; ``docs/running.md`` has a row for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


class SettingsError(ValueError):
    """A setting has a value that is not allowed; the message names it, shows the value and says what is."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One run of the site."""

    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = 8050
    """Port to listen on, 0-65535; 0 lets the system choose."""
    data: Path = Path("data")
    """Folder of the data package."""
    url: str = ""
    """Public address of the site without a closing slash; blank: taken from each request."""
    n_very_small: int = 30
    """Answers below which a figure is marked as resting on very few."""
    n_small: int = 100
    """Answers below which a figure is marked as resting on few; never less than ``n_very_small``."""
    operator: str = ""
    """Who runs the site, as the accessibility statement names it; blank: not named."""
    contact: str = ""
    """Where readers report what they cannot use, or an error in a figure: a web address, or one of mail with ``mailto:``; blank:
    none given."""
    query_limit: int = 4000
    """Longest query string answered, in bytes; a longer one is refused with status 414."""


VARIABLES: Mapping[str, str] = {
    "host": "HOST",
    "port": "PORT",
    "data": "BAROMETER_DATA",
    "url": "BAROMETER_URL",
    "n_very_small": "BAROMETER_N_VERY_SMALL",
    "n_small": "BAROMETER_N_SMALL",
    "operator": "BAROMETER_OPERATOR",
    "contact": "BAROMETER_CONTACT",
    "query_limit": "BAROMETER_QUERY_LIMIT",
}
"""The environment variable of each field of Settings."""


def from_env(environ: Mapping[str, str]) -> Settings:
    """Read the settings from environment variables; a blank or missing one means the default.

    Raises SettingsError for a value that is not allowed.
    """
    readers: Mapping[str, Callable[[str, str], Any]] = {
        "host": _word,
        "port": lambda name, text: _whole(name, text, 0, 65535),
        "data": lambda _, text: Path(text),
        "url": _address,
        "n_very_small": lambda name, text: _whole(name, text, 0, 1_000_000),
        "n_small": lambda name, text: _whole(name, text, 0, 1_000_000),
        "operator": lambda _, text: text,
        "contact": _contact,
        "query_limit": lambda name, text: _whole(name, text, 100, 8000),
    }
    given = {field: environ.get(name, "").strip() for field, name in VARIABLES.items()}
    read = {field: readers[field](VARIABLES[field], text) for field, text in given.items() if text}
    settings = Settings(**read)
    if settings.n_small < settings.n_very_small:
        raise _fault(
            VARIABLES["n_small"],
            str(settings.n_small),
            f"a whole number from {VARIABLES['n_very_small']} ({settings.n_very_small}) up",
        )
    return settings


def _fault(name: str, text: str, allowed: str) -> SettingsError:
    return SettingsError(f"{name}={text!r} is not allowed; expected {allowed}")


def _word(name: str, text: str) -> str:
    if any(character.isspace() or character == "/" for character in text):
        raise _fault(name, text, "a host name or an IP address, such as 127.0.0.1 or 0.0.0.0")
    return text


def _whole(name: str, text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise _fault(name, text, f"a whole number from {least} to {most}")
    return int(text)


def _contact(name: str, text: str) -> str:
    known = text.startswith(("https://", "http://")) or (text.startswith("mailto:") and "@" in text)
    if not known or set(text) & set(" \"'<>"):
        raise _fault(name, text, "an address that begins with https://, http:// or mailto:")
    return text


def _address(name: str, text: str) -> str:
    allowed = "an address that begins with http:// or https:// and ends after the host and its port"
    try:
        parts = urlsplit(text)
    except ValueError:
        raise _fault(name, text, allowed) from None
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or parts.path not in {"", "/"}
        or parts.query
        or parts.fragment
        or set(text) & set(" \"'<>")
    ):
        raise _fault(name, text, allowed)
    return text.rstrip("/")
