"""At which names the site answers, and who may keep what names the one that was asked for."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, request

from dashboard.settings import LOOPBACK

PROBES = frozenset(("/healthz", "/readyz", "/metrics"))
"""Paths that name no host and are asked for by address, name of a container or nothing at all."""


class Hosts:
    """The names of one site."""

    def __init__(self, url: str) -> None:
        """``url`` is the public address of the site; blank: it answers at every name that is one. Whoever runs it
        may look at it on the machine itself."""
        self._names = LOOPBACK | {_ascii(urlsplit(url).hostname or "")} if url else None

    def answers(self) -> bool:
        """Whether the site answers the present request at the host that it names."""
        if request.path in PROBES:
            return True
        if self._names is not None:
            return _name(request.headers.get("Host") or request.host) in self._names
        try:
            # It becomes part of addresses: not every text of the right signs is a name.
            return bool(request.host and request.url_root)
        except UnicodeError:
            return False

    def keep_private(self, response: Response) -> Response:
        """After a request: without a public address, no shared cache may keep what the asker's host is written in."""
        caching = response.headers.get("Cache-Control", "")
        if self._names is None and "public" in caching:
            response.headers["Cache-Control"] = caching.replace("public", "private")
        return response


def _name(host: str) -> str:
    """The name in ``Host``, which may have a port; blank where it is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").removesuffix(".")
    except ValueError:
        return ""


def _ascii(name: str) -> str:
    """A name as browsers send it."""
    return name.encode("idna").decode("ascii").removesuffix(".")
