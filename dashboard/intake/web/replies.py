"""Errors of servers and of the way to them, each as one line in which the server's own words stay."""

from __future__ import annotations

import json
import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse, RemoteDisconnected, responses
from socket import gaierror
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from dashboard.intake.faults import Fault, Refused, quoted

_BUSY = (429, 503)
"""Statuses after which a server may be asked again."""
_READ = 65536
"""Bytes that are read of an error."""
_PATIENCE = 5
"""Seconds that reading an error may take."""
_KEYS = ("error", "message", "detail", "title", "errorMessage")
"""Where PxWeb 1, StatBank and problem+json (RFC 9457) say what is wrong."""


class Failed(Refused):
    """The server has answered, with an error."""

    def __init__(self, fault: Fault, status: int) -> None:
        super().__init__([fault])
        self.status = status


class Busy(Exception):
    """The server has no time now; ``wait`` in seconds, None where it does not say how long."""

    def __init__(self, found: str, wait: float | None) -> None:
        super().__init__(found)
        self.wait = wait


def told(address: str, error: HTTPError, ends: float) -> Failed | Busy:
    """What an answer says that is an error."""
    said = _said(error, ends)
    found = f"{error.code} {responses.get(error.code, '')}".rstrip()
    found += f", {quoted(said)}" if said else ""
    if error.code in _BUSY:
        return Busy(found, _wait(error.headers))
    return Failed(Fault(address, found, "an answer without an error"), error.code)


def broken(address: str, error: OSError | HTTPException, silence: float) -> Fault:
    """What is wrong where there is no answer."""
    reason = error.reason if isinstance(error, URLError) else error
    host = urlsplit(address).hostname or address
    if isinstance(reason, TimeoutError):
        return Fault(address, f"nothing for {silence:g} s", "a server that answers")
    if isinstance(reason, ssl.SSLCertVerificationError):
        found = f"its certificate does not hold: {quoted(reason.verify_message)}"
        return Fault(host, found, "one that this machine trusts")
    if isinstance(reason, ssl.SSLError):
        return Fault(host, "no https", "a server that speaks https at this address")
    if isinstance(reason, gaierror):
        return Fault(host, "no such name", "a server that this machine can reach")
    if isinstance(reason, RemoteDisconnected | ConnectionResetError | BrokenPipeError):
        return Fault(address, "cut off", "the whole answer")
    if isinstance(reason, HTTPException):
        found = f"no HTTP: {quoted(str(reason) or type(reason).__name__)}"
        return Fault(address, found, "an answer of a web server")
    found = getattr(reason, "strerror", None) or str(reason)
    return Fault(host, f"out of reach: {quoted(found)}", "a server that this machine can reach")


def _said(error: HTTPError, ends: float) -> str:
    """The message of an error: on one line, blank where it has none or is a web page."""
    text = _body(error, ends).decode("utf-8", "replace").removeprefix("\ufeff")
    try:
        found = next(_messages(json.loads(text)), "")
    except (ValueError, RecursionError):
        found = "" if text.lstrip().startswith("<") else text
    return " ".join(found.split())


def _body(error: HTTPError, ends: float) -> bytes:
    """The first bytes of an error, as many as come in time."""
    body = b""
    ends = min(ends, time.monotonic() + _PATIENCE)
    answer = error.fp
    with suppress(OSError, HTTPException):
        while len(body) < _READ and time.monotonic() < ends and isinstance(answer, HTTPResponse):
            piece = answer.read1(_READ)
            if not piece:
                break
            body += piece
    if error.headers.get("Content-Encoding", "").lower() == "gzip":
        with suppress(zlib.error):
            return zlib.decompressobj(wbits=31).decompress(body, _READ)
    return body


def _messages(document: object) -> Iterator[str]:
    """What a JSON document says under the usual keys, whatever holds them."""
    if isinstance(document, str):
        yield document
    if isinstance(document, list):
        for each in document[:1]:
            yield from _messages(each)
    if isinstance(document, dict):
        for key in _KEYS:
            if document.get(key):
                yield from _messages(document[key])


def _wait(headers: Message) -> float | None:
    """Seconds of ``Retry-After``, a number or a date."""
    said = (headers.get("Retry-After") or "").strip()
    if said.isdecimal():
        return float(said)
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max((aware - datetime.now(UTC)).total_seconds(), 0.0)
