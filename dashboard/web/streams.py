"""Files that tell, while they are made, how far they are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

from flask import Response, g, stream_with_context

from dashboard import render
from dashboard.context import RequestContext
from dashboard.formats.format import Format, Order, Step, Streamed, Work
from dashboard.formats.zip import TooLarge
from dashboard.text.file_names import view_name
from dashboard.web import log
from dashboard.web.file_answers import REFUSALS, asked, excuse, file_key, refused
from dashboard.web.reader import Unwanted
from dashboard.web.site import Site

Ordering = Callable[[RequestContext, dict[str, str], Work], Order]
"""(context, values of the file's own parameters, work) -> what the file is made from."""


def streaming(
    site: Site, kind: Format, streamed: Streamed, order: Ordering
) -> Callable[[], Response]:
    """A view function: a line of JSON for each part made, then one with the size, then the file."""

    def answer() -> Response:
        found = asked(site, kind.extras)
        if isinstance(found, Response):
            return found
        context, extras = found
        key = file_key(site, kind.name, context, extras)
        with ExitStack() as place:
            kept = site.files.find(key)
            if kept is not None:
                steps: Iterator[Step] = iter([Step(1, 1, "", kept)])
            else:
                try:
                    weight = kind.weight(context.view) if kind.weight else 0
                    work = place.enter_context(site.files.work(weight))
                except REFUSALS as error:
                    return refused(context, error)
                steps = _kept(site, key, streamed.steps(order(context, extras, work)))
            # What breaks off later is logged under this id; the status line cannot tell of it any more.
            known = {"X-Request-ID": g.request_id} if "request_id" in g else {}
            headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no", **known}
            lines = stream_with_context(_progress(kind, streamed, context, steps))
            response = Response(lines, headers=headers, mimetype="application/octet-stream")
            response.call_on_close(place.pop_all().close)
        return response

    return answer


def _kept(site: Site, key: str, steps: Iterator[Step]) -> Iterator[Step]:
    """The steps; the file that they end with is kept."""
    for step in steps:
        if step.content is not None:
            site.files.keep(key, step.content)
        yield step


def _progress(
    kind: Format, streamed: Streamed, context: RequestContext, steps: Iterator[Step]
) -> Iterator[bytes]:
    try:
        for step in steps:
            yield from _sent(step, f"{view_name(context.view)}.{kind.name}")
    except Unwanted:
        return
    except (render.TooLarge, TooLarge) as error:
        yield _line({"message": excuse(context, error)})
    except (render.Busy, render.TooSlow) as error:
        _log_broken("refused", streamed, context, error)
        yield _line({"message": excuse(context, error)})
    except render.Failed as error:
        _log_broken("failed", streamed, context, error)
        yield _line({"message": excuse(context, error)})
    except Exception as error:
        _log_broken("exception", streamed, context, error)
        raise


def _log_broken(event: str, streamed: Streamed, context: RequestContext, error: Exception) -> None:
    """Log that a stream broke off: its status has long been sent, so that nothing else tells an operator."""
    ours = event != "refused"
    log.event(
        event,
        error=ours,
        trace=ours,
        path=streamed.path,
        query=context.query,
        kind=type(error).__name__,
    )


def _sent(step: Step, name: str) -> Iterator[bytes]:
    if step.content is None:
        yield _line({"done": step.done, "total": step.total, "name": step.name})
    else:
        yield _line({"size": len(step.content), "name": name})
        yield step.content


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value).encode() + b"\n"
