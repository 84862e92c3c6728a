"""Files for the browser: prepared once by ``python -m dashboard.static``, compressed once, cached long.

Dash hands out its scripts uncompressed, one read from disk a request, and four megabytes of plotly.js for any chart. Here every
file is compressed at best strength when the site is built, and some of them are answered with leaner ones:

- plotly.js by its basic bundle, which draws bars, dots and lines: all that the page draws;
- the polyfill for browsers of before 2018 by the one function that Dash's own scripts still take from it, and in the same file
  React and its type checks, which the page then need not ask for one by one;
- the script of Dash's old table, which the page does not use, by nothing;
- Bootstrap's style sheet by the same without the components that the page does not use.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import brotli
from flask import Flask, Response, request
from werkzeug.datastructures import Accept

ROOT = Path(__file__).resolve().parent.parent
STATIC_FOLDER = ROOT / ".cache" / "static"
NODE_MODULES = ROOT / "node_modules"

SUITES = "/_dash-component-suites/"
STATIC = "/static/"
PLOTLY = f"{SUITES}plotly/package_data/plotly.min.js"
"""Where Dash looks for plotly.js, once the first chart comes up."""

FROM_NPM: Mapping[str, str] = {
    "plotly.min.js": "plotly.js-basic-dist-min/plotly-basic.min.js",
    "basis.js": "regenerator-runtime/runtime.js",
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
}
"""Name in the static folder -> place in node_modules."""

BASIS = ("react@18.3.1.min.js", "react-dom@18.3.1.min.js", "prop-types@15.8.1.min.js")
"""Scripts in Dash's folder ``deps`` that go into ``basis.js``, in the order in which they need each other."""

NOTHING = "nothing.js"

REPLACED: Mapping[str, str] = {
    PLOTLY: "plotly.min.js",
    f"{SUITES}dash/deps/polyfill@7.12.1.min.js": "basis.js",
    **{f"{SUITES}dash/deps/{name}": NOTHING for name in BASIS},
    f"{SUITES}dash/dash_table/bundle.js": NOTHING,
}
"""Address of one of Dash's scripts, without fingerprint -> name in the static folder."""

UNUSED = re.compile(
    r"\.(accordion|breadcrumb|bs-popover|bs-tooltip|card|carousel|dropdown|dropend|dropstart|dropup|form-floating|form-range|input-group"
    r"|invalid|is-invalid|is-valid|list-group|nav|navbar|offcanvas|page-item|page-link|pagination|placeholder|popover|progress"
    r"|spinner|tab-content|toast|tooltip|valid|was-validated)(?![a-z])"
)
"""Bootstrap's components that the page does not use; delete a name here to use one."""

FROM_DASH: Mapping[str, tuple[str, ...]] = {
    "dash": (
        "dash-renderer/build/*.min.js",
        "dcc/dash_core_components*.js",
        "dcc/async-*.js",
        "html/*.min.js",
    ),
    "dash_bootstrap_components": ("_components/dash_bootstrap_components.min.js",),
}
"""Package -> scripts worth compressing ahead; any other is compressed when first asked for."""

TOO_LARGE_TO_BE_OURS = 1_000_000
"""Bytes; Dash's formula renderer (2 MB) takes seconds to compress and the page sets no formulas."""

YEAR = "public, max-age=31536000, immutable"
# A name without fingerprint may change with the next release: the browser may use its copy at once and asks in the background.
WEEK = "public, max-age=600, stale-while-revalidate=604800"
DYNAMIC = "no-cache"

COMPRESSIBLE = re.compile(
    r"(text/|application/(json|javascript|xml|manifest\+json)|image/(svg\+xml|x-icon|vnd\.microsoft\.icon))"
)
FINGERPRINT = re.compile(r"^(?P<stem>[^.]+)\.v[\w-]+m[0-9a-fA-F]+\.(?P<rest>.+)$")
SMALLEST = 500
"""Bytes below which compressing costs more than it saves."""


class StaticError(RuntimeError):
    """The files for the browser are not prepared; the message says how to do it."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it goes out."""

    body: bytes
    mimetype: str
    digest: str
    encoded: dict[str, bytes] = field(default_factory=dict)
    """Body by content coding (``br``, ``gzip``)."""


def mount(app: Flask, static_folder: Path = STATIC_FOLDER) -> None:
    """Serve Dash's scripts, ``/assets/`` and ``/static/`` compressed once, and compress every other answer on its way out.

    Call it before any other after_request function is registered, so that it comes last. Raises StaticError when
    ``static_folder`` lacks a file.
    """
    ours = {name: _read(static_folder, name) for name in (*FROM_NPM, NOTHING)}
    known: dict[str, File] = {path: ours[name] for path, name in REPLACED.items()}
    known |= {STATIC + name: file for name, file in ours.items()}

    @app.before_request
    def answer_known() -> Response | None:
        bare = _without_fingerprint(request.path)
        if request.method not in {"GET", "HEAD"} or bare not in known:
            return None
        return _dress(Response(), known[bare])

    @app.after_request
    def compress(response: Response) -> Response:
        bare = _without_fingerprint(request.path)
        if bare in known:
            return response
        if response.status_code != 200 or not bare.startswith((SUITES, "/assets/")):
            return _squeeze(response)
        # What Dash or Flask just read from disk. Scripts of installed packages cannot change while the site runs and are read
        # only once; assets may, and are small.
        response.direct_passthrough = False
        file = _file(response.get_data(), response.mimetype, static_folder)
        if bare.startswith(SUITES):
            known[bare] = file
        return _dress(response, file)


def stylesheets(static_folder: Path = STATIC_FOLDER) -> list[str]:
    """Addresses for ``Dash(external_stylesheets=...)``, each with a fingerprint of its content."""
    return [f"{STATIC}bootstrap.min.css?v={_read(static_folder, 'bootstrap.min.css').digest}"]


def head_links() -> str:
    """Tags for the page's head: plotly.js starts to load with the page, not when Dash meets the first chart.

    The low priority lets Dash's own scripts and the style sheet go first: filters and text stand before the charts do.
    """
    return f'<link rel="preload" as="script" href="{PLOTLY}" fetchpriority="low">'


def lean(scripts: str) -> str:
    """Dash's script tags without those that ``mount`` answers with nothing."""

    def kept(tag: re.Match[str]) -> str:
        return "" if REPLACED.get(_without_fingerprint(tag["src"])) == NOTHING else tag[0]

    return re.sub(r'<script src="(?P<src>[^"]*)"></script>\n?', kept, scripts)


def build(static_folder: Path = STATIC_FOLDER, node_modules: Path = NODE_MODULES) -> dict[str, int]:
    """Fill ``static_folder`` and return the size of each file sent with brotli, in bytes, by name."""
    static_folder.mkdir(parents=True, exist_ok=True)
    for name, place in FROM_NPM.items():
        # The map is not served: a browser whose tools are open would ask for it in vain.
        text = re.sub(
            r"\n?/[/*]# sourceMappingURL=\S+( \*/)?\s*$",
            "\n",
            _source(node_modules / place).decode("utf-8"),
        )
        (static_folder / name).write_text(
            without_unused(text) if name.endswith(".css") else text, encoding="utf-8"
        )
    with (static_folder / "basis.js").open("ab") as basis:
        for name in BASIS:
            basis.write(_source(_folder_of("dash") / "deps" / name) + b"\n")
    (static_folder / NOTHING).write_bytes(b"")
    bodies = {
        path.name: path.read_bytes()
        for path in (*(static_folder / name for name in FROM_NPM), *_scripts_of_dash())
    }
    sizes = {name: _store(body, static_folder) for name, body in bodies.items()}
    _drop_others(static_folder, {_digest(body) for body in bodies.values()})
    return sizes


def without_unused(css: str) -> str:
    """A minified style sheet without the rules of UNUSED."""

    def kept(rule: re.Match[str]) -> str:
        # A comma inside brackets belongs to one selector; what :not() names is not what the rule is for.
        selectors = re.split(r",(?![^()]*\))", rule["selectors"])
        used = [
            selector
            for selector in selectors
            if not UNUSED.search(re.sub(r":not\([^()]*\)", "", selector))
        ]
        return f"{','.join(used)}{{{rule['body']}}}" if used else ""

    ruled = re.sub(r"(?P<selectors>[^{}]+)\{(?P<body>[^{}]*)\}", kept, css)
    return re.sub(r"@media[^{}]+\{\s*\}", "", ruled)


def _folder_of(package: str) -> Path:
    return Path(find_spec(package).origin).parent


def _scripts_of_dash() -> Iterator[Path]:
    for package, patterns in FROM_DASH.items():
        for pattern in patterns:
            yield from sorted(
                path
                for path in _folder_of(package).glob(pattern)
                if path.stat().st_size < TOO_LARGE_TO_BE_OURS
            )


def _source(path: Path) -> bytes:
    if not path.is_file():
        raise StaticError(f"{path} is missing; `make build` installs it")
    return path.read_bytes()


def _read(static_folder: Path, name: str) -> File:
    body = _source(static_folder / name)
    return _file(body, "text/css" if name.endswith(".css") else "text/javascript", static_folder)


def _file(body: bytes, mimetype: str, static_folder: Path) -> File:
    """Join a body with its compressed forms: those on disk, made from these very bytes, or weaker ones made now."""
    digest = _digest(body)
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


def _store(body: bytes, folder: Path) -> int:
    """Write the compressed forms of a body unless they are there; return the size with brotli, in bytes."""
    digest = _digest(body)
    best = {
        "br": lambda: brotli.compress(body, quality=11),
        "gzip": lambda: gzip.compress(body, 9, mtime=0),
    }
    for coding, compress in best.items():
        path = folder / f"{digest}.{coding}"
        if not path.is_file():
            path.write_bytes(compress())
    return (folder / f"{digest}.br").stat().st_size


def _drop_others(folder: Path, digests: set[str]) -> None:
    for path in folder.glob("*"):
        if path.suffix in {".br", ".gzip"} and path.stem not in digests:
            path.unlink()


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:20]


@lru_cache(maxsize=64)
def _compressed(body: bytes, coding: str) -> bytes:
    """Compress while a reader waits: near best at a small part of the time."""
    return brotli.compress(body, quality=5) if coding == "br" else gzip.compress(body, 6, mtime=0)


def _without_fingerprint(path: str) -> str:
    folder, _, name = path.rpartition("/")
    # Names such as react@18.3.1.min.js hold dots of their own: Dash puts the fingerprint after the first one.
    match = FINGERPRINT.match(name)
    return f"{folder}/{match['stem']}.{match['rest']}" if match else path


def _caching(path: str, query: bytes, digest: str) -> str:
    """The Cache-Control of a file: a year where its address changes with its content, else short."""
    bare = _without_fingerprint(path)
    fingerprinted = bare != path and bare not in REPLACED
    versioned = path.startswith(STATIC) and query == f"v={digest}".encode()
    dated = path.startswith("/assets/") and query.startswith(b"m=")
    return YEAR if fingerprinted or versioned or dated else WEEK


def _coding(accepted: Accept, offered: Mapping[str, bytes]) -> str:
    """The coding to answer with: the one the browser likes best, brotli where it likes several alike; blank for none."""
    best = max(("br", "gzip"), key=lambda coding: accepted[coding])
    return best if accepted[best] > 0 and best in offered else ""


def _dress(response: Response, file: File) -> Response:
    """Make a response carry a file in the coding the browser likes best, or 304 where it has that already."""
    coding = _coding(request.accept_encodings, file.encoded)
    response.set_data(file.encoded.get(coding, file.body))
    response.mimetype = file.mimetype
    if coding:
        response.headers["Content-Encoding"] = coding
    if file.encoded:
        response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = _caching(request.path, request.query_string, file.digest)
    # Each coding is another run of bytes, hence another tag.
    response.set_etag(f"{file.digest}{coding and '-' + coding}")
    return response.make_conditional(request)


def _squeeze(response: Response) -> Response:
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
    coding = _coding(request.accept_encodings, {"br": b"", "gzip": b""})
    if len(body) < SMALLEST or not coding:
        return response
    response.set_data(_compressed(body, coding))
    response.headers["Content-Encoding"] = coding
    tag, _ = response.get_etag()
    if tag:
        # The tag was made for the uncompressed bytes; a weak one stands for either form.
        response.set_etag(tag, weak=True)
    return response


def main() -> int:
    """Prepare the files and print what each costs a first visit."""
    try:
        sizes = build()
    except StaticError as error:
        print(error, file=sys.stderr)
        return 1
    for name, size in sorted(sizes.items()):
        print(f"{size / 1000:8.1f} kB  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
