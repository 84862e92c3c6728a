"""One structured line for what an operator must know: failures, refusals and slow answers.

Each line is a JSON object with the id of its request, which the answer bears too (``X-Request-ID``). It names the path
and, for a view, its canonical query, which holds nothing but choices: no address of a reader, no header, no other
parameter.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import uuid
from collections.abc import Callable

from flask import Flask, Response, g, got_request_exception, request

from dashboard.context import RequestContext

LOGGER = logging.getLogger("dashboard")
SLOW = 2.0
"""Seconds from which an answer counts as slow."""
REFUSED = frozenset((408, 413, 414, 429, 503))
"""Statuses with which the site protects itself; what is merely misspelt (400, 404) is no event."""
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class JsonLines(logging.Formatter):
    """A record as one line of JSON: time, level, event, and the fields it was logged with."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; an exception becomes its type and its traceback in one field."""
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def event(
    name: str,
    *,
    level: int = logging.WARNING,
    error: bool = False,
    trace: bool = False,
    **fields: object,
) -> None:
    """Log an event of the present request, or of none; ``trace`` adds the exception that is being handled."""
    known = {"request": g.request_id} if "request_id" in g else {}
    LOGGER.log(
        logging.ERROR if error else level,
        name,
        exc_info=trace,
        extra={"fields": {**known, **fields}},
    )


def _name(status: int, seconds: float) -> str:
    """What an answer is to an operator; blank for one that is as it should be."""
    if status in REFUSED:
        return "refused"
    if status >= 500:
        return "failed"
    return "slow" if seconds >= SLOW else ""


def begin(*, trusted: bool = True) -> None:
    """Before a request: its id, which a proxy may have given where there is a ``trusted`` one, and when it began."""
    given = request.headers.get("X-Request-ID", "") if trusted else ""
    g.request_id = given if _ID.fullmatch(given) else uuid.uuid4().hex[:16]
    g.began = time.perf_counter()


def end(
    response: Response,
    context: Callable[[], RequestContext],
    *,
    every: bool = False,
    count: Callable[[int, float], None] | None = None,
) -> Response:
    """After a request: what went wrong, or ``every`` one, is logged with the canonical query of its view, and the answer gets its
    id; ``count`` is told status and seconds of all."""
    seconds = time.perf_counter() - g.began if "began" in g else 0.0
    status = response.status_code
    if count:
        count(status, seconds)
    problem = _name(status, seconds)
    name = problem or (every and "request")
    if name:
        event(
            name,
            level=logging.WARNING if problem else logging.INFO,
            error=name == "failed",
            method=request.method,
            path=request.path,
            query=context().query,
            status=status,
            seconds=round(seconds, 3),
        )
    if "request_id" in g and name:
        response.headers["X-Request-ID"] = g.request_id
    return response


def record_exceptions(app: Flask) -> None:
    """Log every exception that no route has answered, with its traceback."""
    if not LOGGER.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        LOGGER.addHandler(handler)
        LOGGER.propagate = False
        LOGGER.setLevel(logging.INFO)
    got_request_exception.connect(_record, app)


def _record(_sender: Flask, exception: BaseException, **_: object) -> None:
    event("exception", error=True, trace=True, path=request.path, kind=type(exception).__name__)
