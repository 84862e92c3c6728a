"""What can be set from outside, read once at start; ``docs/running.md`` has a row for each."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
"""Names of the machine itself."""
_EVERYWHERE = "0.0.0.0"  # noqa: S104 - meant: a platform that sets PORT sends readers from outside
_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*\.?", re.IGNORECASE)
"""A host name as it travels."""
_PLACE = re.compile(r"(/[A-Za-z0-9._~-]*[A-Za-z0-9_~-])*/?")
"""A path below which the site may stand."""
_MAIL = re.compile(r"mailto:[^@]+@[^@]+")
_PASSWORD = re.compile(r"(?<=//).*@")
"""What stands before the host of an address."""
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{16,200}")
"""A token as HTTP carries it, too long to be guessed."""
LOGS = ("problems", "requests")
_PREFIX = "BAROMETER_"


class SettingsError(ValueError):
    """A setting has a value that is not allowed; the message names it, shows the value and says what is."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One run of the site."""

    host: str = "127.0.0.1"
    """Address to listen on; where only the port is set, every address of the machine."""
    port: int = 8050
    """Port to listen on, 0-65535; 0 lets the system choose."""
    data: Path = Path("data")
    """Folder of the data package."""
    url: str = ""
    """Public address of the site without a closing slash, maybe with a path; blank: taken from each request."""
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
    workers: int = 2
    """Worker processes."""
    drawings: int = 120
    """Small pictures, or what takes as long, that one client may have made within a minute; 0: as many as it likes."""
    proxies: int = 0
    """Proxies before the site, each of which adds to ``X-Forwarded-For`` who asked it."""
    redis_url: str = ""
    """Redis that workers and machines share; blank: each worker keeps and counts by itself."""
    log: str = "problems"
    """What the log has a line of: problems alone, or all requests."""
    metrics: str = ""
    """Token of who may read ``/metrics``; blank: nobody, and nothing is counted."""

    @property
    def root(self) -> str:
        """Path below which the site stands, such as ``/barometer``; blank where it has its host to itself."""
        return urlsplit(self.url).path

    @property
    def bind(self) -> str:
        """Address and port as gunicorn takes them."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


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
    "workers": "WEB_CONCURRENCY",
    "drawings": "BAROMETER_DRAWINGS",
    "proxies": "BAROMETER_PROXIES",
    "redis_url": "BAROMETER_REDIS_URL",
    "log": "BAROMETER_LOG",
    "metrics": "BAROMETER_METRICS",
}
"""The environment variable of each field of Settings."""


def from_env(environ: Mapping[str, str]) -> Settings:
    """Read the settings from environment variables; a blank or missing one means the default.

    Raises SettingsError for a value that is not allowed.
    """
    readers: Mapping[str, Callable[[str, str], Any]] = {
        "host": _host,
        "port": lambda name, text: _whole(name, text, 0, 65535),
        "data": lambda _, text: Path(text),
        "url": _address,
        "n_very_small": lambda name, text: _whole(name, text, 0, 1_000_000),
        "n_small": lambda name, text: _whole(name, text, 0, 1_000_000),
        "operator": lambda _, text: text,
        "contact": _contact,
        "query_limit": lambda name, text: _whole(name, text, 100, 8000),
        "workers": lambda name, text: _whole(name, text, 1, 256),
        "drawings": lambda name, text: _whole(name, text, 0, 100_000),
        "proxies": lambda name, text: _whole(name, text, 0, 10),
        "log": _log,
        "metrics": _token,
        "redis_url": _redis,
    }
    given = {field: environ.get(name, "").strip() for field, name in VARIABLES.items()}
    read = {field: readers[field](VARIABLES[field], text) for field, text in given.items() if text}
    if "port" in read and "host" not in read:
        read["host"] = _EVERYWHERE
    settings = Settings(**read)
    if settings.n_small < settings.n_very_small:
        raise _fault(
            VARIABLES["n_small"],
            str(settings.n_small),
            f"a whole number from {VARIABLES['n_very_small']} ({settings.n_very_small}) up",
        )
    return settings


def warnings(environ: Mapping[str, str]) -> tuple[str, ...]:
    """What is allowed and may not be meant, a sentence each; the variables must be such that ``from_env`` reads them."""
    settings = from_env(environ)
    found = [
        _unknown(name)
        for name in sorted(environ)
        if name.startswith(_PREFIX) and name not in VARIABLES.values()
    ]
    if settings.host not in LOOPBACK and not settings.url:
        found.append(
            f"{VARIABLES['url']} is blank: links name whatever host a request names, and nothing is kept by shared caches; "
            "set it to the address that readers see"
        )
    return tuple(found)


def _unknown(name: str) -> str:
    """That a variable is none of ours, and which it may stand for."""
    nearest = get_close_matches(name, VARIABLES.values(), 1)
    return f"{name} is no setting{f'; {nearest[0]} is one' if nearest else ''}"


def require_temporary_folder(environ: Mapping[str, str]) -> None:
    """Raise SettingsError where there is no folder for temporary files, which the server needs for each worker."""
    named = environ.get("TMPDIR", "")
    if named and not Path(named).is_dir():
        raise _fault("TMPDIR", named, "a folder that can be written to")
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        raise SettingsError(
            "no folder for temporary files can be written to; TMPDIR names one"
        ) from None


def _fault(name: str, text: str, allowed: str) -> SettingsError:
    return SettingsError(f"{name}={text!r} is not allowed; expected {allowed}")


def _host(name: str, text: str) -> str:
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    if not _is_host(bare):
        raise _fault(name, text, "a host name or an IP address, such as 127.0.0.1 or 0.0.0.0")
    return bare


def _is_host(text: str) -> bool:
    """Whether it is an IP address, or a name that can be looked up."""
    try:
        ip_address(text)
    except ValueError:
        return _is_name(text)
    return True


def _is_name(text: str) -> bool:
    """Whether it is a host name; one with other letters than English ones has a form that travels. No four numbers, which
    would be an address that is none."""
    try:
        name = text.encode("idna").decode("ascii")
        name.encode("ascii").decode("idna")
    except UnicodeError:
        return False
    return bool(_NAME.fullmatch(name)) and not name.replace(".", "").isdigit()


def _whole(name: str, text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and least <= int(text[:20]) <= most):
        raise _fault(name, text, f"a whole number from {least} to {most}")
    return int(text)


def _log(name: str, text: str) -> str:
    if text not in LOGS:
        raise _fault(name, text, " or ".join(LOGS))
    return text


def _token(name: str, text: str) -> str:
    if not _TOKEN.fullmatch(text):
        # It is a secret.
        raise _fault(name, "***", "16 to 200 letters, digits and the signs . _ ~ + / = -")
    return text


def _web(text: str) -> SplitResult | None:
    """The parts of a web address with a host that can be looked up and no one's password; None for any other text."""
    try:
        parts = urlsplit(text)
        sound = parts.port is None or parts.port > 0
    except ValueError:
        return None
    known = parts.scheme in {"http", "https"} and "@" not in parts.netloc
    plain = not set(text) & set(" \"'<>\\")
    return parts if sound and known and plain and _is_host(parts.hostname or "") else None


def _contact(name: str, text: str) -> str:
    mail = _MAIL.fullmatch(text) and not set(text) & set(" \"'<>")
    if not mail and _web(text) is None:
        raise _fault(name, text, "an address that begins with https://, http:// or mailto:")
    return text


def _address(name: str, text: str) -> str:
    parts = _web(text)
    if parts is None or not _PLACE.fullmatch(parts.path) or parts.query or parts.fragment:
        raise _fault(
            name,
            text,
            "an address that begins with http:// or https:// and ends after the host, its port and maybe a plain path",
        )
    return text.rstrip("/")


def _redis(name: str, text: str) -> str:
    if not _is_redis(text):
        # A password may stand in it.
        shown = _PASSWORD.sub("***@", text)
        allowed = "an address such as redis://host:6379/0, rediss://host or unix:///path"
        raise _fault(name, shown, allowed)
    return text


def _is_redis(text: str) -> bool:
    try:
        parts = urlsplit(text)
        sound = parts.port is None or parts.port > 0
    except ValueError:
        return False
    if set(text) & set(" \"'<>\\"):
        return False
    if parts.scheme == "unix":
        return parts.path.startswith("/") and not parts.netloc
    number = parts.path.removeprefix("/")
    known = parts.scheme in {"redis", "rediss"} and (number.isdecimal() or not number)
    return sound and known and _is_host(parts.hostname or "")
