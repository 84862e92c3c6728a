"""Asking a server of statistics: bounded in time and size, patient where the server asks for it, every fault one sentence.

Nothing is written, no cookie is kept and nothing but the query is sent.
"""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request

from dashboard import __version__
from dashboard.intake import cubes
from dashboard.intake.cubes import Answer
from dashboard.intake.faults import Fault, Refused, quoted
from dashboard.intake.web import addresses, bodies
from dashboard.intake.web.bodies import Kind
from dashboard.intake.web.connections import MOST_MOVES, MOVES, Clock, Moved, moved, opener
from dashboard.intake.web.replies import Busy, Failed, broken, told

__all__ = ["Client", "Failed", "Limits"]

USER_AGENT = f"innovation-barometer-dashboard/{__version__} (import of official tables)"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a table may take; seconds, but for bytes and attempts."""

    silence: float = 60
    """Without a byte."""
    whole: float = 900
    """All of a table, waits included."""
    size: int = 50_000_000
    """Bytes of one answer, unpacked."""
    attempts: int = 6
    """Times that one question is asked where the server is busy."""
    patience: float = 120
    """The longest wait that a server may ask for."""


class Client:
    """One reading of one table: its time, its answers so far, and the pace that the server allows."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.answers: list[Answer] = []
        self._ends = time.monotonic() + self.limits.whole
        self._calls: list[float] = []
        self._pace = (0, 0.0)

    def keep_pace(self, calls: int, seconds: float) -> None:
        """Ask at most so often in any such time from now on; what was asked already counts. 0 calls are no bound."""
        self._pace = (calls, seconds)

    def check_time(self, address: str, calls: int) -> None:
        """Raises Refused where so many more calls take longer, at the pace that is kept, than is left."""
        most, seconds = self._pace
        self._on_time(address, (calls - 1) // most * seconds if most else 0)

    def json(self, address: str, query: object = None, *, kept: bool = True) -> Any:
        """The JSON that an address answers, to a query of its own if there is one; ``kept`` among the answers.

        Raises Refused with the one thing that is wrong: Failed where the server itself says so.
        """
        body = self._asked(address, query, "json", kept=kept)
        try:
            return cubes.document(body)
        except (ValueError, RecursionError) as error:
            found = f"half a document, or no JSON: {quoted(_reason(error))}"
            raise Refused([Fault(address, found, "the whole of a JSON document")]) from error

    def csv(self, address: str, query: object) -> str:
        """The CSV that an address answers to a query; raises as ``json`` does."""
        body = self._asked(address, query, "csv", kept=True)
        try:
            return body.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Refused([Fault(address, "another encoding", "CSV in UTF-8")]) from error

    def _asked(self, address: str, query: object, kind: Kind, *, kept: bool) -> bytes:
        address = addresses.checked(address)
        sent = "" if query is None else json.dumps(query, ensure_ascii=False)
        for attempt in range(self.limits.attempts):
            self._keep_pace(address)
            try:
                body = self._once(address, sent, kind)
            except Busy as busy:
                self._wait(address, busy, attempt)
            else:
                if kept:
                    named = f"{address} {sent}".rstrip()
                    sha256 = hashlib.sha256(body).hexdigest()
                    self.answers.append(Answer(named, sha256, len(body)))
                return body
            finally:
                self._calls.append(time.monotonic())
        found = f"still busy when asked {self.limits.attempts} times"
        raise Refused([Fault(address, found, "a server that has time; try again later")])

    def _once(self, address: str, sent: str, kind: Kind) -> bytes:
        request = Request(address, sent.encode() or None, self._headers(kind, sent))  # noqa: S310 - https, or this machine
        try:
            with Clock(self._ends) as clock, self._opened(request, clock) as answer:
                # Headers that are cut look as if they were all.
                self._on_time(address)
                if answer.status != HTTPStatus.OK:
                    raise Refused([Fault(address, f"{answer.status}", "the answer alone, 200")])
                return bodies.read(address, answer, kind, self.limits.size, self._ends)
        except Moved as error:
            expected = "an address that answers there, under https"
            raise Refused([Fault(address, str(error), expected)]) from error
        except (OSError, HTTPException) as error:
            self._on_time(address)
            raise Refused([broken(address, error, self.limits.silence)]) from error

    def _opened(self, request: Request, clock: Clock) -> HTTPResponse:
        """The answer without an error, wherever the server moves it."""
        address = request.full_url
        for _ in range(MOST_MOVES + 1):
            silence = min(self.limits.silence, max(self._ends - time.monotonic(), 0.001))
            try:
                answer: HTTPResponse = opener(request.full_url, clock).open(
                    request, timeout=silence
                )
            except HTTPError as error:
                with error:
                    if error.code not in MOVES:
                        raise told(address, error, self._ends) from error
                    request = moved(request, error)
            else:
                return answer
        raise Moved(f"moved on more than {MOST_MOVES} times")

    def _headers(self, kind: Kind, sent: str) -> dict[str, str]:
        accepted = {"json": "application/json", "csv": "text/csv"}[kind]
        return {
            "User-Agent": USER_AGENT,
            "Accept": f"{accepted}, */*;q=0.1",
            "Accept-Encoding": "gzip",
            **({"Content-Type": "application/json"} if sent else {}),
        }

    def _keep_pace(self, address: str) -> None:
        self._on_time(address)
        calls, seconds = self._pace
        if calls and len(self._calls) >= calls:
            self._sleep(address, self._calls[-calls] + seconds - time.monotonic())

    def _wait(self, address: str, busy: Busy, attempt: int) -> None:
        wait = 2.0**attempt if busy.wait is None else busy.wait
        if wait > self.limits.patience:
            found = f"{busy}; it asks to come back in {wait:.0f} s"
            expected = f"at most {self.limits.patience:.0f} s; try again later"
            raise Refused([Fault(address, found, expected)])
        self._sleep(address, wait)

    def _sleep(self, address: str, seconds: float) -> None:
        self._on_time(address, seconds)
        time.sleep(max(seconds, 0))

    def _on_time(self, address: str, wait: float = 0) -> None:
        if bodies.is_over(self._ends - wait):
            raise Refused([bodies.late(address)])


def _reason(error: Exception) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error)
