"""Serve what ``dashboard.web.static.build`` prepared: compressed once, cached long; any other answer is compressed on its way out."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from mimetypes import MimeTypes
from pathlib import Path

import brotli
from flask import Response, request
from werkzeug.datastructures import Accept
from werkzeug.security import safe_join

from dashboard.render import Kept
from dashboard.web.static.build import (
    ASSETS,
    DASH,
    DASH_SCRIPTS,
    FROM_NPM,
    SCRIPTS,
    STATIC_FOLDER,
    STYLES,
    UNNEEDED,
    digest_of,
    joined,
    read_prepared,
)

SUITES = "/_dash-component-suites/"
STATIC = "/static/"
OWN = "/assets/"
"""Where our own files are that are no part of the joined ones: style sheets of pages of text, the icon."""
ICON = "favicon.ico"
PLOTLY = f"{SUITES}plotly/package_data/plotly.min.js"
"""Where Dash looks for plotly.js, which pages of an earlier release still ask for."""

JOINED = frozenset(f"{SUITES}{package}/{path}" for package, path in (*DASH_SCRIPTS, *UNNEEDED))
"""Addresses of Dash's scripts, without fingerprint, that the page gets in one file or does without."""

YEAR = "public, max-age=31536000, immutable"
"""Of an address that bears a digest of the very content."""
DYNAMIC = "no-cache"
"""Of any other: it is asked again each time, and not sent again where it is the same. So a page of another release, or of another
machine that has it already, never leaves the wrong script behind."""
EXACT = "X-Exact"
"""Header with which a proxy asks for the very file whose digest an address bears, or 404: of two releases another copy may have it."""

COMPRESSIBLE = re.compile(
    r"(text/|application/(json|javascript|xml|manifest\+json)|image/(svg\+xml|x-icon|vnd\.microsoft\.icon))"
)
FINGERPRINT = re.compile(r"^(?P<stem>[^.]+)\.v[\w-]+m[0-9a-fA-F]+\.(?P<rest>.+)$")
_TYPES = MimeTypes()
"""Those that Python knows, whatever the host says."""
# Python before 3.12 has the older name, of which web/security.py does not know that it is a part of a page.
_TYPES.add_type("text/javascript", ".js")
SMALLEST = 500
"""Bytes below which compressing costs more than it saves."""
COMPRESSED = 1 * 2**20
"""Bytes of answers that a worker keeps in their compressed form: about thirty pages."""
_KEPT = Kept(COMPRESSED)


@dataclass(frozen=True, slots=True)
class File:
    """A file as it goes out."""

    body: bytes
    mimetype: str
    digest: str
    encoded: dict[str, bytes] = field(default_factory=dict)
    """Body by content coding (``br``, ``gzip``)."""


class StaticFiles:
    """Dash's scripts, ``/assets/`` and ``/static/``, each compressed once: two functions to hook before and after requests."""

    def __init__(self, static_folder: Path = STATIC_FOLDER, assets: Path = ASSETS) -> None:
        """Raises StaticError when ``static_folder`` lacks a file; ``assets`` are read when they are asked for."""
        self._folder = static_folder
        self._assets = assets
        ours = {name: _read(static_folder, name) for name in FROM_NPM}
        self._known: dict[str, File] = {PLOTLY: ours["plotly.min.js"]}
        self._known |= {STATIC + name: file for name, file in ours.items()}
        self._known |= {STATIC + name: file for name, file in _joined(static_folder).items()}

    def answer_known(self) -> Response | None:
        """Before a request: the file itself where it is known already, else None."""
        if request.method not in {"GET", "HEAD"}:
            return None
        bare = _without_fingerprint(request.path)
        file = self._asset(bare) if bare.startswith(OWN) else self._known.get(bare)
        if file and _another_is_meant(file.digest):
            headers = {"Cache-Control": "no-store"}
            return Response(status=404, mimetype="text/plain", headers=headers)
        return _file_response(Response(), file) if file else None

    def _asset(self, path: str) -> File | None:
        """One of our own files as it is now; None where there is none."""
        found = safe_join(str(self._assets), path.removeprefix(OWN))
        if found is None:
            return None
        try:
            body = Path(found).read_bytes()
        except (OSError, ValueError):
            # A folder, or what cannot be the name of a file: too long, with a sign that ends it.
            return None
        return _file(body, _mimetype(found), self._folder)

    def compress(self, response: Response) -> Response:
        """After a request: the answer compressed. What changes an answer's headers by its content comes before this."""
        bare = _without_fingerprint(request.path)
        if bare in self._known:
            return response
        if response.status_code != 200 or not bare.startswith(SUITES):
            return compress_response(response)
        # What Dash just read from disk: scripts of installed packages cannot change while the site runs.
        response.direct_passthrough = False
        self._known[bare] = _file(response.get_data(), response.mimetype or "", self._folder)
        return _file_response(response, self._known[bare])


def stylesheets(static_folder: Path = STATIC_FOLDER) -> list[str]:
    """Addresses for ``Dash(external_stylesheets=...)``, each with a fingerprint of its content."""
    return [_address(STYLES, static_folder)]


def scripts(static_folder: Path = STATIC_FOLDER) -> list[str]:
    """Addresses for ``Dash(external_scripts=...)``, each with a fingerprint of its content: ours comes first, and asks for the
    first view while the other is on its way."""
    return [_address(name, static_folder) for name in (SCRIPTS, DASH)]


def _address(name: str, static_folder: Path) -> str:
    return f"{STATIC}{name}?v={_joined(static_folder)[name].digest}"


def own(name: str, assets: Path = ASSETS) -> str:
    """Address of one of our own files, with a fingerprint of its content."""
    return f"{OWN}{name}?v={digest_of(read_prepared(assets / name))}"


def plotly(static_folder: Path = STATIC_FOLDER) -> str:
    """Where assets/drawing.js finds plotly.js, with a fingerprint of its content."""
    name = "plotly.min.js"
    return f"{STATIC}{name}?v={_read(static_folder, name).digest}"


def head_links(plotly: str) -> str:
    """Tags for the page's head: plotly.js starts to load with the page, not when Dash meets the first chart.

    The low priority lets Dash's own scripts and the style sheet go first: filters and text stand before the charts do.
    """
    return f'<link rel="preload" as="script" href="{plotly}" fetchpriority="low">'


def drop_joined_scripts(scripts: str) -> str:
    """Dash's script tags without those of ``JOINED``."""

    def unless_joined(tag: re.Match[str]) -> str:
        _, _, script = _without_fingerprint(tag["src"]).partition(SUITES)
        return "" if SUITES + script in JOINED else tag[0]

    return re.sub(r'<script src="(?P<src>[^"]*)"></script>\n?', unless_joined, scripts)


def _read(static_folder: Path, name: str) -> File:
    return _file(read_prepared(static_folder / name), _mimetype(name), static_folder)


def _joined(static_folder: Path) -> dict[str, File]:
    return {
        name: _file(body, _mimetype(name), static_folder)
        for name, body in joined(static_folder).items()
    }


def _mimetype(name: str) -> str:
    return _TYPES.guess_type(name)[0] or "application/octet-stream"


def _file(body: bytes, mimetype: str, static_folder: Path) -> File:
    """Join a body with its compressed forms: those on disk, made from these very bytes, or weaker ones made now."""
    digest = digest_of(body)
    if not COMPRESSIBLE.match(mimetype) or len(body) < SMALLEST:
        return File(body, mimetype, digest)
    stored = {coding: static_folder / f"{digest}.{coding}" for coding in ("br", "gzip")}
    if all(path.is_file() for path in stored.values()):
        return File(
            body, mimetype, digest, {coding: path.read_bytes() for coding, path in stored.items()}
        )
    return File(
        body, mimetype, digest, {"br": _compressed(body, "br"), "gzip": _compressed(body, "gzip")}
    )


def _compressed(body: bytes, coding: str) -> bytes:
    """A body in a coding; what many ask for is kept."""
    key = hashlib.blake2b(body, digest_size=16).digest(), coding
    return _KEPT.get(key, lambda: encoded(body, coding))


def _without_fingerprint(path: str) -> str:
    folder, _, name = path.rpartition("/")
    # Names such as react@18.3.1.min.js hold dots of their own: Dash puts the fingerprint after the first one.
    match = FINGERPRINT.match(name)
    return f"{folder}/{match['stem']}.{match['rest']}" if match else path


def _caching(digest: str) -> str:
    """The Cache-Control of a file: a year where the address that is asked for changes with its content."""
    return YEAR if request.query_string == f"v={digest}".encode() else DYNAMIC


def _another_is_meant(digest: str) -> bool:
    """Whether a proxy looks for the copy of the site that has the very file of an address, and it is not this one."""
    return EXACT in request.headers and request.args.get("v", digest) != digest


def _coding(accepted: Accept, offered: Mapping[str, bytes]) -> str:
    """The coding to answer with: the one the browser likes best, brotli where it likes several alike; blank for none."""
    best = max(("br", "gzip"), key=lambda coding: accepted[coding])
    return best if accepted[best] > 0 and best in offered else ""


def accepted_coding() -> str:
    """The coding in which the present reader is best answered; blank for none."""
    return _coding(request.accept_encodings, {"br": b"", "gzip": b""})


def encoded(body: bytes, coding: str) -> bytes:
    """A body in a coding, compressed while a reader waits: near best at a small part of the time; as it is where that is blank."""
    if not coding:
        return body
    if coding == "gzip":
        return gzip.compress(body, 6, mtime=0)
    # A window that holds the body costs a fifth less time than the usual one of 4 MB, for the same bytes.
    window = min(max((len(body) - 1).bit_length(), 16), 22)
    compressed: bytes = brotli.compress(body, quality=5, lgwin=window)
    return compressed


def _file_response(response: Response, file: File) -> Response:
    """Make a response carry a file in the coding the browser likes best, or 304 where it has that already."""
    coding = _coding(request.accept_encodings, file.encoded)
    response.set_data(file.encoded.get(coding, file.body))
    response.mimetype = file.mimetype
    if coding:
        response.headers["Content-Encoding"] = coding
    if file.encoded:
        response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = _caching(file.digest)
    # Each coding is another run of bytes, hence another tag.
    response.set_etag(f"{file.digest}{coding and '-' + coding}")
    response.make_conditional(request)
    return response


def compress_response(response: Response) -> Response:
    """Compress an answer made for this request: the page, its layout, the charts of a callback, a data file."""
    ready = (
        response.status_code != 200
        or response.is_streamed
        or response.direct_passthrough
        or "Content-Encoding" in response.headers
    )
    if ready or request.method == "HEAD" or not COMPRESSIBLE.match(response.mimetype or ""):
        return response
    response.headers.setdefault("Cache-Control", DYNAMIC)
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    coding = accepted_coding()
    if len(body) < SMALLEST or not coding:
        return response
    response.set_data(_compressed(body, coding))
    response.headers["Content-Encoding"] = coding
    tag, _ = response.get_etag()
    if tag:
        # The tag was made for the uncompressed bytes; a weak one stands for either form.
        response.set_etag(tag, weak=True)
    return response
