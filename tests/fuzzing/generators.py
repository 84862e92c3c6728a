"""The generators: each makes as many attempts as are wanted, the same ones for the same seed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import hypothesis
import requests
import schemathesis
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode

from tests.fuzzing import bodies, words
from tests.fuzzing.messages import Attempt, message
from tests.support.server import UPDATE, Site

Strategy = st.SearchStrategy[Attempt]
JSON = (b"Content-Type", b"application/json")


@dataclass(frozen=True)
class Generator:
    """Makes attempts of one kind."""

    name: str
    told: str
    """What it makes, for who reads the table."""
    strategy: Callable[[Site], Strategy]

    def attempts(self, web: Site, number: int, seed: int) -> list[Attempt]:
        """At most ``number`` attempts at a running site."""
        made: list[Attempt] = []

        @hypothesis.seed(seed)
        @hypothesis.settings(
            max_examples=number,
            database=None,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @hypothesis.given(self.strategy(web))
        def keep(attempt: Attempt) -> None:
            made.append(attempt)

        keep()
        return made


def _got(target: bytes, headers: Any = ()) -> Attempt:
    return Attempt(message("GET", target, headers))


def addresses(_web: Site) -> Strategy:
    """Paths of ours with any query."""
    asked = st.sampled_from((*words.PAGES, *words.LIGHT)).map(str.encode)
    costly = st.sampled_from(sorted(words.COSTLY)).map(str.encode)
    place = st.one_of(*[asked] * 15, costly)
    return st.builds(lambda at, query: _got(at + b"?" + query), place, words.query())


def paths(_web: Site) -> Strategy:
    """Any path, by any method."""
    method = st.sampled_from(
        ("GET", "GET", "GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE", "zq9")
    )
    body = st.none() | st.binary(max_size=40)
    return st.builds(
        lambda how, at, held: Attempt(message(how, at, (), held)), method, words.path(), body
    )


def headers(_web: Site) -> Strategy:
    """Addresses of ours with any headers."""
    path = st.sampled_from((*words.PAGES, *words.LIGHT, "/zq9")).map(str.encode)
    return st.builds(_got, path, st.lists(_header(), min_size=1, max_size=4))


def _header() -> st.SearchStrategy[tuple[bytes, bytes]]:
    hosts = (
        "xn--",
        "a..b",
        "elsewhere.example",
        "[::1",
        "127.0.0.1:99999",
        "",
        "a b",
        "127.0.0.1@zq9",
    )
    languages = ("da", "da;q=0", "*", "xx-" * 300, "da;q=zq9", "en,da;q=0.1," * 200)
    values = {
        b"Host": (*hosts, "\u00f8.example", "x" * 300),
        b"Accept-Language": languages,
        b"Accept-Encoding": ("br", "gzip;q=0", "*;q=0", "zq9", "br;q=1e309", "identity;q=0"),
        b"Accept": ("application/json", "*/*;q=zq9"),
        b"If-None-Match": ("*", '"zq9"', 'W/"', '"' * 900),
        b"If-Modified-Since": ("Thu, 01 Jan 1970 00:00:00 GMT", "zq9"),
        b"Range": (
            "bytes=0-1",
            "bytes=-1",
            "bytes=9-1",
            "bytes=0-,0-,0-",
            "bytes=99999999999-",
            "zq9",
        ),
        b"If-Range": ('"zq9"', "zq9"),
        b"X-Forwarded-For": ("203.0.113.9", "zq9", ",,,", "1," * 900),
        b"X-Forwarded-Host": ("zq9.example",),
        b"X-Forwarded-Proto": ("https", "zq9"),
        b"X-Forwarded-Prefix": ("/zq9",),
        b"Forwarded": ("for=zq9;host=zq9.example;proto=https",),
        b"SCRIPT_NAME": ("/zq9",),
        b"X-Request-ID": ("zq9", "z" * 900),
        b"Cookie": ("zq9=1", "=" * 900),
        b"Authorization": ("Bearer zq9", "Basic !", "Digest"),
        b"Content-Type": ("application/json", "multipart/form-data", "text/html; charset=zq9"),
        b"Expect": ("100-continue", "zq9"),
        b"Upgrade": ("h2c", "websocket"),
        b"Referer": ("https://zq9.example/",),
        b"Origin": ("null", "https://zq9.example"),
        b"User-Agent": ("", "zq9"),
    }
    likely = st.sampled_from([(name, each) for name, listed in values.items() for each in listed])
    any_value = st.tuples(st.sampled_from(list(values)), words.hostile())
    return (likely | likely | any_value).map(
        lambda pair: (pair[0], _line(pair[1].encode("utf-8", "ignore")))
    )


def _line(value: bytes) -> bytes:
    """A value without what would end its line; who sends that is of ``lines``."""
    return value.replace(b"\r", b" ").replace(b"\n", b" ").replace(b"\0", b" ")


def lines(_web: Site) -> Strategy:
    """What is hardly HTTP: request lines, headers and bodies whose ends are not where they are said to be."""
    begin = st.sampled_from(
        (
            b"GET / HTTP/1.1",
            b"GET /?theme=drivers HTTP/1.0",
            b"GET /\xff\xfe HTTP/1.1",
            b"GET http://zq9.example/ HTTP/1.1",
            b"GET  / HTTP/1.1",
            b"GET / HTTP/9.9",
            b"GET /",
            b"zq9",
            b"PRI * HTTP/2.0",
            b"OPTIONS * HTTP/1.1",
            b"CONNECT zq9.example:80 HTTP/1.1",
            b"GET /" + b"x" * 9000 + b" HTTP/1.1",
            b"POST /picture HTTP/1.1",
            b"POST " + UPDATE.encode() + b" HTTP/1.1\r\nContent-Type: application/json",
        )
    )
    held = st.sampled_from(
        (
            b"Host: 127.0.0.1",
            b"Connection: close",
            b"Content-Length: -5",
            b"Content-Length: 5",
            b"Content-Length: 5\r\nContent-Length: 6",
            b"Content-Length: " + b"9" * 3000,
            b"Content-Length: zq9",
            b"Transfer-Encoding: chunked",
            b"Transfer-Encoding: chunked, identity",
            b"Transfer-Encoding: xchunked",
            b"Transfer-Encoding : chunked",
            b" folded: zq9",
            b"no colon",
            b": nameless",
            b"X-Many: 1\r\n" * 120 + b"X: 1",
            b"X-Long: " + b"z" * 9000,
            b"Expect: 100-continue",
            b"X-Null: a\0b",
        )
    ) | st.binary(max_size=30)
    end = st.sampled_from((b"\r\n\r\n", b"\r\n\r\n", b"\r\n\r\n", b"\n\n", b"\r\r", b""))
    body = st.sampled_from(
        (
            b"",
            b"{}",
            b"zz\r\n",
            b"5\r\nhello\r\n0\r\n\r\n",
            b"ffffffffffffffff\r\nx",
            b"0\r\nX-zq9\r\n\r\n",
            b"-1\r\n\r\n",
        )
    ) | st.binary(max_size=60)
    return st.builds(
        lambda first, rest, stop, said: Attempt(
            first + b"".join(b"\r\n" + each for each in rest) + stop + said, whole=False
        ),
        begin,
        st.lists(held, max_size=4),
        end,
        body,
    )


def _posted(path: str, body: bytes, *given: tuple[bytes, bytes]) -> Attempt:
    return Attempt(message("POST", path.encode(), given, body))


def changes(web: Site) -> Strategy:
    """Changes of the page whose form is spoilt."""
    kinds = (
        b"application/json",
        b"application/json",
        b"application/json; charset=utf-16",
        b"text/plain",
    )
    return st.builds(
        lambda body, kind: _posted(UPDATE, body, (b"Content-Type", kind)),
        bodies.misshapen(bodies.sound(web)),
        st.sampled_from(kinds),
    )


def values(web: Site) -> Strategy:
    """Changes of the page of the right form with any values."""
    known = bodies.sound(web)
    return bodies.wrong_values(known).map(lambda body: _posted(UPDATE, body, JSON))


def pictures(web: Site) -> Strategy:
    """Pictures that are sent back, most of them damaged."""
    drawn, written = (
        web.ask(f"/chart.{kind}?theme=effects&country=DK&size=og").body for kind in ("png", "svg")
    )
    return bodies.picture(drawn, written).map(lambda body: _posted("/picture", body))


def described(web: Site) -> Strategy:
    """What schemathesis makes of the site's own description: requests that fit it, and such that nearly do."""
    raw = json.loads(web.ask("/api").body)
    schema = schemathesis.openapi.from_dict(raw)
    schema.config.base_url = f"http://{web.netloc}"
    kinds = []
    for path in raw["paths"]:
        # Most archives are refused for their size; what is drawn is of one theme.
        few = {"theme": "effects"} if path in words.COSTLY else None
        statuses = frozenset(map(int, raw["paths"][path]["get"]["responses"]))
        made = [
            schema[path]["GET"].as_strategy(generation_mode=mode, query=few)
            for mode in GenerationMode
        ]
        attempts = st.one_of(*made).map(lambda case, known=statuses: _of_case(case, known))
        kinds += [attempts] * (1 if path in words.COSTLY else 8)
    return st.one_of(*kinds)


_NOT_SENT = frozenset(("content-length", "connection", "x-schemathesis-testcaseid"))
"""Headers of a client that are no part of a case: the line is closed after each."""


def _of_case(case: Case, statuses: frozenset[int]) -> Attempt:
    asked = case.as_transport_kwargs()
    form = {name: asked[name] for name in ("method", "url", "params", "headers", "cookies")}
    ready = requests.Request(**form).prepare()
    given = [
        (_line(str(name).encode("latin-1", "ignore")), _line(str(text).encode("latin-1", "ignore")))
        for name, text in ready.headers.items()
        if name.lower() not in _NOT_SENT
    ]
    # What Flask answers before anything of ours, and what protects the site, stand for all.
    known = statuses | {400, 404, 405, 414}
    whole = message(ready.method or "GET", ready.path_url.encode(), given)
    return Attempt(whole, documented=known if ready.method == "GET" else None)


GENERATORS = (
    Generator("addresses", "any query at a path of ours", addresses),
    Generator("paths", "any path by any method", paths),
    Generator("headers", "any headers", headers),
    Generator("lines", "what is hardly HTTP", lines),
    Generator("changes", "changes of the page of a spoilt form", changes),
    Generator("values", "changes of the page with any values", values),
    Generator("pictures", "pictures sent back", pictures),
    Generator("described", "what fits /api, and nearly (schemathesis)", described),
)
