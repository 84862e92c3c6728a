"""Addresses that an import may ask: https, and plain http of a server on this machine."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import quote, urlsplit, urlunsplit

from dashboard.intake.faults import Fault, Refused, quoted

EXPECTED = "an address that begins with https:// (http:// only for this machine, localhost)"
_IN_PATH = "/%~!$&'()*+,;=:@"
"""Signs that stand in a path as they are."""
_IN_QUERY = _IN_PATH + "?[]"


def checked(address: str) -> str:
    """An address as it is sent: letters and signs that it may not hold are written in its own way.

    Raises Refused for one that is no address, has another scheme, or holds a name and a password.
    """
    try:
        parts = urlsplit(address.strip())
        host = _host(parts.hostname or "")
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError as error:
        raise Refused([Fault("the address", quoted(address), EXPECTED)]) from error
    if not host or not is_safe(parts.scheme, host):
        raise Refused([Fault("the address", quoted(address), EXPECTED)])
    if "@" in parts.netloc:
        found = "a name or a password within"
        raise Refused([Fault("the address", found, "an address that everybody may ask")])
    path, query = quote(parts.path, safe=_IN_PATH), quote(parts.query, safe=_IN_QUERY)
    return urlunsplit((parts.scheme, host + port, path, query, ""))


def is_safe(scheme: str, host: str) -> bool:
    """Whether a server may be asked in this way."""
    return scheme == "https" or (scheme == "http" and is_this_machine(host))


def is_this_machine(host: str) -> bool:
    """Whether a name is that of this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _host(name: str) -> str:
    """Raises ValueError (UnicodeError) for a name that cannot be one."""
    if ":" in name:
        return f"[{name}]"
    return name.encode("idna").decode("ascii").lower() if name else ""
