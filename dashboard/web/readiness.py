"""Whether the site can do all that it is for: a drawing is tried, beside the data and static files without which it does not start."""

from __future__ import annotations

import time
from threading import Lock

from flask import Response

from dashboard.charts.drawing import Drawing
from dashboard.render import Failed, Renderer, TooSlow
from dashboard.web import log
from dashboard.web.file_answers import plain

PATH = "/readyz"
_TRIED = Drawing(8, 8, 12)
_GOOD = 30.0
"""Seconds for which a drawing that came out speaks for the next."""


class Readiness:
    """The readiness of one worker."""

    def __init__(self, renderer: Renderer, release: str) -> None:
        self._renderer, self._release = renderer, release
        self._lock, self._until = Lock(), 0.0

    def answer(self) -> Response:
        """200 with the release of the data, or 503."""
        try:
            with self._lock:
                if time.monotonic() > self._until:
                    self._renderer.render(_TRIED)
                    self._until = time.monotonic() + _GOOD
        except (Failed, TooSlow, OSError) as error:
            log.event("unready", error=True, kind=type(error).__name__)
            answer = plain("not ready: no picture can be drawn", 503)
        else:
            answer = plain(f"ready {self._release}")
        answer.headers["Cache-Control"] = "no-store"
        return answer
