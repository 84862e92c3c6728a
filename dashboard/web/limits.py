"""How much one client may have drawn within a minute; what is kept already costs nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from ipaddress import ip_address, ip_network
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask import Flask, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard.render import GivenUp
from dashboard.web import log, redis_client

if TYPE_CHECKING:
    from flask_limiter import Limiter

_MINUTE = 60
_REMEMBERED = 1000
"""Clients that a worker knows to have had enough; of more it forgets all, and counts again."""


class Limited(GivenUp):
    """The client has had drawn as much as it may for now; ``retry_after`` seconds from now it may ask again."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Nothing more is drawn for {retry_after} seconds")
        self.retry_after = retry_after


class Limits:
    """Counts what is drawn for each client: in each worker by itself, or in Redis for all of them together.

    Where Redis does not answer, each worker counts by itself until it does.
    """

    def __init__(self, a_minute: int, redis_url: str = "", proxies: int = 0) -> None:
        """``a_minute`` counts small pictures, 0 for no limit; ``proxies`` says how many stand before the site, each of which adds
        the address that it was asked from to ``X-Forwarded-For``: nothing else in there is believed."""
        self._a_minute, self._redis_url, self._proxies = a_minute, redis_url, proxies
        self._lock = Lock()
        self._told = False
        self._spent: dict[str, float] = {}

    def install(self, flask: Flask) -> None:
        """Have an application know its clients."""
        if self._proxies:
            flask.wsgi_app = ProxyFix(  # type: ignore[method-assign]
                flask.wsgi_app, x_for=self._proxies, x_proto=0, x_host=0, x_prefix=0
            )

    def require(self) -> None:
        """Raise Limited where the client of the present request is known to have had as much as it may."""
        left = self._spent.get(client(), 0) - time.monotonic() if self._spent else 0
        if left > 0:
            raise Limited(max(round(left), 1))

    def spend(self, weight: int) -> None:
        """Count what is to be drawn for the present request, small pictures; raises Limited where it is too much for one client."""
        if not self._a_minute:
            return
        self._warn()
        from flask_limiter import RateLimitExceeded
        from limits.errors import StorageError

        with self._lock:
            limiter, counted = self._counter
        # What weighs more than a minute's worth can still be had, once a minute.
        g.drawing = min(weight, self._a_minute)
        # The first of several that find Redis gone at once tells the others; what cannot be counted even then is let pass.
        for _ in range(2):
            try:
                counted()
            except RateLimitExceeded:
                raise self._limited(self._seconds(limiter)) from None
            except StorageError:
                continue
            return

    def _limited(self, seconds: int) -> Limited:
        if len(self._spent) >= _REMEMBERED:
            self._spent.clear()
        self._spent[client()] = time.monotonic() + seconds
        return Limited(seconds)

    @cached_property
    def _counter(self) -> tuple[Limiter, Callable[[], None]]:
        """The limiter, and what counts ``g.drawing``.

        Made when something is drawn for the first time: to import it takes as long as two answers, and it starts a thread. It
        belongs to an application of its own, which answers nobody: in ours it would look at every request.
        """
        from flask_limiter import Limiter

        options: dict[str, Any] = {}
        if self._redis_url:
            options = {**redis_client.options(), "wrap_exceptions": True}
        limiter = Limiter(
            client,
            storage_uri=self._redis_url.replace("unix://", "redis+unix://") or "memory://",
            storage_options=options,
            in_memory_fallback_enabled=bool(self._redis_url),
            key_prefix="barometer",
            request_identifier=lambda: "drawing",
        )
        limiter.init_app(Flask(__name__))
        every = f"{self._a_minute}/minute"
        limit = limiter.shared_limit(every, scope="drawing", cost=lambda: g.drawing)
        return limiter, limit(_counted)

    def _seconds(self, limiter: Limiter) -> int:
        """Seconds until the client may ask again."""
        from limits.errors import StorageError

        current = limiter.current_limit
        try:
            left = current.reset_at - time.time() if current else _MINUTE
        except StorageError:
            return _MINUTE
        return min(max(round(left), 1), _MINUTE)

    def _warn(self) -> None:
        """Say once that all readers behind a proxy count as one client."""
        if not self._proxies and "X-Forwarded-For" in request.headers and not self._told:
            self._told = True
            log.event("proxy", setting="BAROMETER_PROXIES", value=0)


def _counted() -> None:
    """Stands for what is limited."""


def client() -> str:
    """Who sends the present request: an address, of IPv6 the network of which one household has all addresses."""
    text = request.remote_addr or ""
    # Some proxies add the port.
    bare = text.partition("]")[0].removeprefix("[") if "]" in text else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return "unknown"
    if address.version == 4:
        return str(address)
    return str(address.ipv4_mapped or ip_network((int(address), 64), strict=False))
