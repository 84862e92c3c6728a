"""What Prometheus may read of all workers of a machine: how many requests each kind of address had, how they ended, how long they took."""

from __future__ import annotations

import hmac
import os

from flask import Response, request
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector

from dashboard.web.static import serve

PATH = "/metrics"
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Variable that names the folder in which the workers count together; each counts for itself where it is not set."""
_SECONDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
_ROUTES_OF_FILES = (serve.STATIC, serve.SUITES, serve.OWN)


class Metrics:
    """The counts of one application, for who knows its token."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()
        self._registry = CollectorRegistry()
        self._requests = Histogram(
            "barometer_request_seconds",
            "Seconds until an answer began, by route and status.",
            ("route", "status"),
            buckets=_SECONDS,
            registry=self._registry,
        )

    def count(self, status: int, seconds: float) -> None:
        """The present request is answered."""
        self._requests.labels(_route(), str(status)).observe(seconds)

    def answer(self) -> Response:
        """All counts as Prometheus reads them; 401 for who does not bear the token."""
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), self._token):
            return Response(
                "The token of BAROMETER_METRICS is needed.\n",
                401,
                {"WWW-Authenticate": "Bearer"},
                mimetype="text/plain",
            )
        registry = self._registry
        if os.environ.get(FOLDER):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return Response(
            generate_latest(registry),
            headers={"Cache-Control": "no-store"},
            content_type=CONTENT_TYPE_LATEST,
        )


def _route() -> str:
    """The kind of the address that is asked for: few, whatever readers write."""
    if request.path.startswith(_ROUTES_OF_FILES):
        return "static"
    return request.url_rule.rule if request.url_rule else "none"
