"""What the site refuses, and the headers that tell a browser what a page of ours may do.

Flask-Talisman would do most of it, but it also redirects to https and arranges session cookies on its own, and it wants a decorator
on the one view with another policy, which here belongs to Dash; without it the headers are a dozen lines.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from flask import Flask, Response, current_app, make_response, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from dashboard.web import paths

HEADERS = {
    "Referrer-Policy": "strict-origin-when-cross-origin",
    # The page copies links; it needs no other of the browser's powers.
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-write=(self)",
    # No Cross-Origin-Opener-Policy: with one, a link from a sandboxed frame elsewhere opens an error and not the page.
}

PARTS = frozenset({"text/css", "text/javascript"})
"""What a browser loads as part of a page obeys the page's policy; a policy on each of its fifteen files would cost 10 kB a visit."""

UNUSED = frozenset(("/_reload-hash", "/_favicon.ico"))
"""Routes of Dash that no page of ours asks for."""
_SUITES = "/_dash-component-suites/"
"""Where Dash serves its scripts, and their source maps, of which it lacks some."""
CATCH_ALL = "/<path:path>"
"""The rule by which Dash answers every address with its page."""


class Shield:
    """What stands between a site and its readers: hooks before and after requests, and pages for what goes wrong."""

    def __init__(
        self,
        *,
        refusal: Callable[[int], str],
        script_hashes: Iterable[str] = (),
        pages: Collection[str] = ("/",),
        embeddable: Collection[str] = ("/embed",),
        query_limit: int = 4000,
        secure: bool = False,
    ) -> None:
        """``refusal`` makes the page for an HTTP status.

        ``script_hashes`` are those of ``Dash.csp_hashes()``, taken when every callback is registered; ``pages`` the paths that
        Dash may answer with its page, any other gets 404; ``embeddable`` the paths that other sites may frame; ``query_limit``
        counts the bytes of a query string; ``secure`` says that readers come over https, whatever the proxy tells of a request.
        """
        self._refusal = refusal
        self._known = {*pages, *embeddable}
        self._embeddable = frozenset(embeddable)
        self._query_limit = query_limit
        self._secure = secure
        hashes = tuple(script_hashes)
        self._closed = content_security_policy(hashes, framed=False)
        self._open_to_frames = content_security_policy(hashes, framed=True)

    def refuse(self) -> BaseResponse | None:
        """Before a request: 414 for a query that is too long; for a page that Dash alone would answer 308 to the path that
        is meant, or 404; else None."""
        if len(request.query_string) > self._query_limit:
            return make_response(self._refusal(414), 414)
        if request.path in UNUSED or _is_source_map(request.path):
            return make_response(self._refusal(404), 404)
        rule = request.url_rule
        caught = rule is not None and rule.rule == CATCH_ALL and request.path not in self._known
        if (rule is None or caught) and (meant := paths.moved(request.path, self._is_ours)):
            return redirect(paths.location(meant), 308)
        return make_response(self._refusal(404), 404) if caught else None

    def _is_ours(self, path: str) -> bool:
        """Whether something of ours answers at a path."""
        adapter = current_app.create_url_adapter(request)
        if path in self._known or adapter is None:
            return path in self._known
        try:
            rule, _ = adapter.match(path, method="GET", return_rule=True)
        except HTTPException:
            return False
        return rule.rule != CATCH_ALL

    def add_headers(self, response: Response) -> Response:
        """After a request: the security headers, but for those that the route has set itself."""
        framed = request.path in self._embeddable
        policy = self._open_to_frames if framed else self._closed
        # A route may have a stricter policy of its own.
        stated = {name.lower() for name, _ in response.headers}
        for name, value in _headers(response.mimetype, policy, framed=framed).items():
            if name.lower() not in stated:
                response.headers.add(name, value)
        if (self._secure or request.is_secure) and response.mimetype not in PARTS:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def handle_errors(self, app: Flask, missing: Iterable[type[Exception]] = ()) -> None:
        """Give every error its page; ``missing`` are errors that mean 404 (Dash's DependencyException: a script it does not have)."""
        app.register_error_handler(HTTPException, self._explain)
        for kind in missing:
            app.register_error_handler(kind, lambda _: make_response(self._refusal(404), 404))

    def _explain(self, error: HTTPException) -> BaseResponse | HTTPException:
        if error.code is None or error.code < 400:
            return error
        # The exception's own headers (Allow, Retry-After) stay; only its page is ours.
        response = error.get_response()
        response.set_data(self._refusal(error.code))
        response.mimetype = "text/html"
        return response


def _headers(mimetype: str | None, policy: str, *, framed: bool) -> dict[str, str]:
    """The security headers of one answer to the current request."""
    if mimetype in PARTS:
        return {"X-Content-Type-Options": "nosniff"}
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": policy, **HEADERS}
    # Pictures and views in frames are made to stand on other sites.
    shared = framed or (mimetype or "").startswith("image/")
    headers["Cross-Origin-Resource-Policy"] = "cross-origin" if shared else "same-origin"
    if not framed:
        headers["X-Frame-Options"] = "DENY"
    return headers


def _is_source_map(path: str) -> bool:
    return path.startswith(_SUITES) and path.endswith(".map")


def content_security_policy(script_hashes: Iterable[str], *, framed: bool) -> str:
    """The policy of one page; ``framed`` says whether other sites may show it in a frame."""
    directives = {
        "default-src": "'none'",
        "script-src": " ".join(("'self'", *script_hashes)),
        # React and Plotly set style attributes on what they draw, and Plotly adds a style sheet of its own while it runs:
        # neither can be known beforehand, so neither can be listed by hash.
        "style-src": "'self' 'unsafe-inline'",
        # data: and blob: carry a chart on its way to becoming a PNG; neither leaves the browser.
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "object-src": "'none'",
        "frame-ancestors": "*" if framed else "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())
