"""Prepare what the browser loads: ``python -m dashboard build``, which ``make build`` runs.

Dash hands out its scripts uncompressed, one read from disk a request, and four megabytes of plotly.js for any chart. Here every
file is compressed at best strength when the site is built, and some of them become leaner ones:

- plotly.js becomes its basic bundle, which draws bars, dots and lines: all that the page draws;
- React and Dash become one file, with the one function of the polyfill for browsers of before 2018 that they still take; Dash's
  components stay behind, six hundred kilobytes of which the page uses little: that is in assets/components.js;
- Bootstrap's style sheet becomes the same without the components that the page does not use;
- our own scripts become one file without comments, and so do the style sheets of the page, Bootstrap's among them.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

import brotli

ROOT = Path(__file__).resolve().parents[3]
ASSETS = ROOT / "assets"
STATIC_FOLDER = ROOT / ".cache" / "static"
NODE_MODULES = ROOT / "node_modules"

FROM_NPM: Mapping[str, str] = {
    "plotly.min.js": "plotly.js-basic-dist-min/plotly-basic.min.js",
    "regenerator.js": "regenerator-runtime/runtime.js",
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
}
"""Name in the static folder -> path in node_modules."""

DASH, SCRIPTS, STYLES = "dash-renderer.js", "page.js", "page.css"
"""The scripts of ``DASH_SCRIPTS``, under a name without which Dash sends no page; all scripts of ``assets/`` in the order of their
names; the style sheets of the page."""

STYLE_SHEETS = (
    "barometer.css",
    "card.css",
    "embed.css",
    "filters.css",
    "keys.css",
    "search.css",
    "table.css",
    "waiting.css",
    "print.css",
)
"""Style sheets in ``assets/`` that follow Bootstrap's on the page, in the order in which they are read."""

DASH_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("dash", "deps/react@18.3.1.min.js"),
    ("dash", "deps/react-dom@18.3.1.min.js"),
    ("dash", "deps/prop-types@15.8.1.min.js"),
    ("dash", "dash-renderer/build/dash_renderer.min.js"),
)
"""(package, path in it) of what runs the page, in the order in which they need each other; they follow ``regenerator.js``."""

UNNEEDED: tuple[tuple[str, str], ...] = (
    ("dash", "deps/polyfill@7.12.1.min.js"),
    ("dash", "dash_table/bundle.js"),
    ("dash", "dcc/dash_core_components.js"),
    ("dash", "dcc/dash_core_components-shared.js"),
    ("dash", "html/dash_html_components.min.js"),
    ("dash_bootstrap_components", "_components/dash_bootstrap_components.min.js"),
)
"""(package, path in it) of scripts that Dash names and the page does without: assets/components.js has the components that it uses."""

COMPILED = "//# allFunctionsCalledOnLoad\n"
"""First line of a script most of whose functions are called at once: Chromium then compiles all of them beside the page while the
script comes in, and not one by one while the page waits. To other browsers it is a comment."""

UNUSED = re.compile(
    r"\.(accordion|breadcrumb|bs-popover|bs-tooltip|card|carousel|dropdown|dropend|dropstart|dropup|form-floating|form-range|input-group"
    r"|invalid|is-invalid|is-valid|list-group|nav|navbar|offcanvas|page-item|page-link|pagination|placeholder|popover|progress"
    r"|spinner|tab-content|toast|tooltip|valid|was-validated)(?![a-z])"
)
"""Bootstrap's components that the page does not use; delete a name here to use one."""


class StaticError(RuntimeError):
    """The files for the browser are not prepared; the message says how to do it."""


def build(static_folder: Path = STATIC_FOLDER, node_modules: Path = NODE_MODULES) -> dict[str, int]:
    """Fill ``static_folder`` and return the size of each file sent with brotli, in bytes, by name."""
    static_folder.mkdir(parents=True, exist_ok=True)
    for name, source in FROM_NPM.items():
        # The map is not served: a browser whose tools are open would ask for it in vain.
        text = re.sub(
            r"\n?/[/*]# sourceMappingURL=\S+( \*/)?\s*$",
            "\n",
            read_prepared(node_modules / source).decode("utf-8"),
        )
        made = without_unused(text) if name.endswith(".css") else COMPILED + text
        (static_folder / name).write_text(made, encoding="utf-8")
    bodies = {name: (static_folder / name).read_bytes() for name in FROM_NPM}
    bodies |= joined(static_folder)
    sizes = {name: _store(body, static_folder) for name, body in bodies.items()}
    _drop_others(static_folder, {digest_of(body) for body in bodies.values()})
    return sizes


def joined(static_folder: Path = STATIC_FOLDER, assets: Path = ASSETS) -> dict[str, bytes]:
    """Name -> body of each file that is joined of several, of the files as they are now.

    Raises StaticError where what comes from npm is not in ``static_folder``.
    """
    scripts = sorted(assets.glob("*.js"))
    # Bootstrap's sheet keeps the comment that names its licence.
    bootstrap = read_prepared(static_folder / "bootstrap.min.css")
    styles = (without_comments(read_prepared(assets / name)) for name in STYLE_SHEETS)
    dash = (read_prepared(_folder_of(package) / path) for package, path in DASH_SCRIPTS)
    return {
        # The first of Dash's begins with the hint of all.
        DASH: b"\n".join((read_prepared(static_folder / "regenerator.js"), *dash)),
        SCRIPTS: COMPILED.encode()
        + b"\n".join(without_comments(path.read_bytes()) for path in scripts),
        STYLES: b"\n".join((bootstrap, *styles)),
    }


def without_comments(source: bytes) -> bytes:
    """A script or a style sheet of ours without what stands before and between its lines of code, a fifth of what would be sent."""
    code = re.sub(
        rb"^\s*(/\*((?!\*/).)*\*/|//[^\n]*)[ ]*$", b"", source, flags=re.MULTILINE | re.DOTALL
    )
    return re.sub(rb"^\s+", b"", code, flags=re.MULTILINE)


def without_unused(css: str) -> str:
    """A minified style sheet without the rules of UNUSED."""

    def without_unused_selectors(rule: re.Match[str]) -> str:
        # A comma inside brackets belongs to one selector; what :not() names is not what the rule is for.
        selectors = re.split(r",(?![^()]*\))", rule["selectors"])
        used = [
            selector
            for selector in selectors
            if not UNUSED.search(re.sub(r":not\([^()]*\)", "", selector))
        ]
        return f"{','.join(used)}{{{rule['body']}}}" if used else ""

    ruled = re.sub(r"(?P<selectors>[^{}]+)\{(?P<body>[^{}]*)\}", without_unused_selectors, css)
    return re.sub(r"@media[^{}]+\{\s*\}", "", ruled)


def _folder_of(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise StaticError(f"{package} is not installed; `make build` installs it")
    return Path(spec.origin).parent


def read_prepared(path: Path) -> bytes:
    """The bytes of a file that `make build` provides; raises StaticError where it is missing."""
    if not path.is_file():
        raise StaticError(f"{path} is missing; `make build` installs it")
    return path.read_bytes()


def _store(body: bytes, folder: Path) -> int:
    """Write the compressed forms of a body unless they are there; return the size with brotli, in bytes."""
    digest = digest_of(body)
    best: dict[str, Callable[[], bytes]] = {
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


def digest_of(body: bytes) -> str:
    """The name under which the compressed forms of a body are stored: twenty hexadecimal digits."""
    return hashlib.sha256(body).hexdigest()[:20]
