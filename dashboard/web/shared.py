"""What all workers and machines of a site keep together in Redis. It may be gone, slow or wrong: then a file is made anew."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING, cast

from dashboard.web import log
from dashboard.web.redis_client import client_of

if TYPE_CHECKING:
    from redis import Redis

LARGEST = 16 * 2**20
"""Bytes of a file that is put there."""
KEPT = 24 * 3600
"""Seconds after which it is forgotten there."""
REST = 5.0
"""Seconds for which Redis is left alone after it has not answered."""
_SUM = hashlib.sha256().digest_size


class Shared:
    """Files by name in a Redis at ``url``; a blank one has none, and keeps nothing."""

    def __init__(self, url: str = "") -> None:
        self._redis: Redis | None = client_of(url) if url else None
        self._resting = 0.0

    def find(self, key: str) -> bytes | None:
        """What is kept under ``key``, as it was put there; None where nothing is, or Redis does not answer."""
        if self._redis is None or time.monotonic() < self._resting:
            return None
        from redis import RedisError

        try:
            found = cast("bytes | None", self._redis.get(_name(key)))
        except (RedisError, OSError) as error:
            self._rest(error)
            return None
        if found is None or hashlib.sha256(found[_SUM:]).digest() != found[:_SUM]:
            return None
        return found[_SUM:]

    def keep(self, key: str, made: bytes) -> None:
        """Put a file there for the others, if that can be done now."""
        if self._redis is None or time.monotonic() < self._resting or len(made) > LARGEST:
            return
        from redis import RedisError

        try:
            self._redis.set(_name(key), hashlib.sha256(made).digest() + made, ex=KEPT)
        except (RedisError, OSError) as error:
            self._rest(error)

    def _rest(self, error: Exception) -> None:
        self._resting = time.monotonic() + REST
        log.event("redis", kind=type(error).__name__, seconds=REST)


def _name(key: str) -> str:
    return f"barometer:file:{key}"
