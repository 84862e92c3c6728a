"""How a Redis is asked: briefly, since whatever it does not tell in time can be made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from redis import Redis

PATIENCE = 0.5
"""Seconds that an answer is waited for."""


def options() -> dict[str, Any]:
    """What every client of ours is made with: it waits ``PATIENCE`` and does not ask again by itself.

    The library takes longer to import than an answer takes, so it is imported where a Redis is set.
    """
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    return {
        "socket_timeout": PATIENCE,
        "socket_connect_timeout": PATIENCE,
        "retry": Retry(NoBackoff(), 0),
        "protocol": 2,
    }


def client_of(url: str) -> Redis:
    """A client of the Redis at ``url``, which connects when it is first asked."""
    from redis import Redis

    return Redis.from_url(url, **options())
