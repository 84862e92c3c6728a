"""What must hold of every answer, whatever was asked."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote_plus

from tests.fuzzing.messages import Attempt, Reply
from tests.fuzzing.words import COSTLY, MARK
from tests.support.server import ROOT

SECRET = "a-word-that-no-answer-holds"  # noqa: S105 - set so that it can be looked for
"""Given to the site as the token of its counts."""
LONGEST_REFUSAL = 20_000
"""Bytes."""
LONGEST_WAIT, LONGEST_MAKING = 20.0, 60.0
"""Seconds, of a busy machine: for an answer, and for a costly file, which the proxy waits for as long."""
_TRACES = (
    "Traceback (most",
    'File "/',
    "File &quot;/",
    "site-packages",
    "werkzeug.",
    "/etc/passwd:",
    "root:x:",
)


def findings(attempt: Attempt, reply: Reply) -> list[str]:
    """What is wrong with an answer; nothing, as a rule."""
    if reply.status <= 0:
        silent = reply.status < 0 or attempt.whole
        return ["no answer" if reply.status == 0 else "an answer that is none"] if silent else []
    return [
        said
        for said in (*_status(attempt, reply), *_given_away(reply), *_bounds(attempt, reply))
        if said
    ]


def _status(attempt: Attempt, reply: Reply) -> list[str]:
    found = []
    if reply.status >= 500 and not _meant(attempt, reply):
        found.append(f"status {reply.status}")
    if attempt.documented is not None and reply.status not in attempt.documented:
        found.append(f"status {reply.status}, which /api does not name")
    return found


def _meant(attempt: Attempt, reply: Reply) -> bool:
    """Whether a status of the server's is what is documented: too much at once, or another form than there is."""
    busy = reply.status == 503 and bool(reply.header("retry-after"))
    # RFC 9112: so is a coding answered that the server does not know.
    form = attempt.path == "/oembed" or b"transfer-encoding" in attempt.message.lower()
    return busy or (reply.status == 501 and form)


def _given_away(reply: Reply) -> list[str]:
    text = reply.body.decode("utf-8", "replace")
    found = [f"it says {word!r}" for word in (SECRET, str(ROOT), *_TRACES) if word in text]
    shown = reply.header("content-type").partition(";")[0] in {"text/html", "image/svg+xml"}
    if shown and MARK in text:
        found += [f"markup of the asker's: {each}" for each in _markup(text)]
    if any(MARK in name.lower() for name, _ in reply.headers) or MARK in reply.header("set-cookie"):
        found.append("a header of the asker's")
    target = unquote_plus(reply.header("location"))
    if target and not re.match(r"/(?![/\\])", target) and not target.startswith("http://127.0.0.1"):
        found.append(f"leads elsewhere: {target[:60]!r}")
    if reply.header("server") != "gunicorn" or _of_server(reply):
        return found
    return found if reply.header("x-content-type-options") == "nosniff" else [*found, "no nosniff"]


def _of_server(reply: Reply) -> bool:
    """Whether gunicorn has refused what is no HTTP before the site saw it."""
    return reply.status >= 400 and b"<h1><p>" in reply.body


class _Markup(HTMLParser):
    """Looks for what was asked for in places where it is no text: names, events, addresses, scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self._script = tag == "script" and held.get("type") != "application/json"
        names = (tag, *(name for name in held))
        wrong = any(MARK in name for name in names) or any(
            MARK in value and (name.startswith("on") or _LEADS_AWAY.match(value))
            for name, value in held.items()
        )
        if wrong:
            self.found.append(str(self.get_starttag_text())[:200])

    def handle_endtag(self, tag: str) -> None:
        self._script = False

    def handle_data(self, data: str) -> None:
        if self._script and MARK in data:
            self.found.append(data[:200])


_LEADS_AWAY = re.compile(
    rf"\s*(?:javascript:|data:|vbscript:|(?:https?:)?[/\\]{{2}}{MARK})", re.IGNORECASE
)


def _markup(text: str) -> list[str]:
    reader = _Markup()
    reader.feed(text)
    reader.close()
    return reader.found


def _bounds(attempt: Attempt, reply: Reply) -> list[str]:
    found = []
    if reply.status >= 400 and len(reply.body) > LONGEST_REFUSAL:
        found.append(f"a refusal of {len(reply.body)} bytes")
    if reply.seconds > (LONGEST_MAKING if attempt.path in COSTLY else LONGEST_WAIT):
        found.append(f"{reply.seconds:.1f} seconds")
    return found
