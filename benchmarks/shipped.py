"""The nginx of ``deploy/`` on a port of this machine: its settings with places of this machine put in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.processes import HOST, ROOT
from benchmarks.proxy import MIME_TYPES

SETTINGS = ROOT / "deploy" / "nginx"
_COPY = "server 127.0.0.1:8050 max_fails=1 fail_timeout=2s;"
_NEWS = "# include /etc/nginx/barometer-news.conf;"
_AROUND = """
daemon off;
worker_processes 1;
pid nginx.pid;
error_log stderr warn;
events {{ worker_connections {connections}; }}
http {{
    include {mime_types};
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    {shipped}
}}
"""


def configured(
    port: int,
    copies: Sequence[int],
    folder: Path,
    *,
    news: bool = False,
    connections: int = 1024,
) -> str:
    """The whole settings of an nginx on ``port`` before ``copies`` of the site on theirs; its cache lies in ``folder``.

    ``news`` keeps pages for a minute. Raises ValueError where the shipped settings lack a place that is to be filled.
    """
    shipped = (SETTINGS / "barometer.conf").read_text(encoding="utf-8")
    lines = "\n    ".join(_COPY.replace("127.0.0.1:8050", f"{HOST}:{copy}") for copy in copies)
    places = {
        "listen 80;": f"listen {HOST}:{port};",
        _COPY: lines,
        "/var/cache/nginx/barometer": str(folder / "cache"),
        _NEWS: f"include {SETTINGS}/news-story.conf;" if news else "",
    }
    for there, here in places.items():
        if shipped.count(there) != 1:
            raise ValueError(f"deploy/nginx/barometer.conf has no single {there!r}")
        shipped = shipped.replace(there, here)
    return _AROUND.format(mime_types=MIME_TYPES, shipped=shipped, connections=connections)
