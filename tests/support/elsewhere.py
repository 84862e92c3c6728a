"""Another site, whose pages frame ours."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def page_elsewhere(body: str) -> Iterator[str]:
    """Address of a page with this body, on another origin."""
    document = f"<!doctype html><title>Elsewhere</title><link rel=icon href=data:,>{body}".encode()

    class Stranger(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(document)))
            self.end_headers()
            self.wfile.write(document)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Stranger) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        # Another name is another site, not only another origin.
        yield f"http://localhost:{running.server_address[1]}/"
        running.shutdown()
