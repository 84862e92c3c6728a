"""The same compressing nginx before everyone."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Template

TEMPLATE = Path(__file__).with_name("nginx.conf.in")
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so")
"""Where Debian puts the module of the package libnginx-mod-http-brotli-filter."""
MIME_TYPES = Path("/etc/nginx/mime.types")
COMPRESSED = "text/css text/plain text/javascript text/csv application/javascript application/json image/svg+xml font/ttf"
"""Kinds of answers that are compressed beside text/html, which always is."""
SECONDS_TO_START = 10


class ProxyUnavailable(Exception):
    """nginx cannot be put before an app here; the message says why."""


def configuration(upstream_port: int, port: int, brotli: bool, place: str = "/") -> str:
    """The settings file: nginx on ``port`` before an app on ``upstream_port``, both of 127.0.0.1, for what is below ``place``."""
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        upstream_port=upstream_port,
        port=port,
        place=place,
        mime_types=MIME_TYPES,
        compressed=COMPRESSED,
        load_brotli=f"load_module {BROTLI};" if brotli else "",
        brotli=f"brotli on; brotli_comp_level 6; brotli_types {COMPRESSED};" if brotli else "",
    )


def described() -> str:
    """Version of nginx and how it compresses; ``ProxyUnavailable`` where there is none."""
    said = subprocess.run([_nginx(), "-v"], capture_output=True, text=True, check=False).stderr  # noqa: S603
    version = re.search(r"nginx/(\S+)", said)
    kinds = "brotli 6 and gzip 6" if BROTLI.is_file() else "gzip 6 (no brotli module)"
    return f"nginx {version[1] if version else 'of unknown version'}, {kinds}"


@contextmanager
def start_nginx(upstream_port: int, port: int, place: str = "/") -> Iterator[str]:
    """Address of an nginx on ``port`` before the app on ``upstream_port``, for as long as the block lasts; it passes on what
    is below ``place``.

    ``ProxyUnavailable`` where nginx is missing or does not come up.
    """
    with running(lambda _: configuration(upstream_port, port, BROTLI.is_file(), place), port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(configured: Callable[[Path], str], port: int) -> Iterator[None]:
    """An nginx on ``port`` of 127.0.0.1 for as long as the block lasts; ``configured`` writes its settings, given a folder for
    its files.

    ``ProxyUnavailable`` where nginx is missing or does not come up.
    """
    program = _nginx()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx that root starts works as another user.
        settings = folder / "nginx.conf"
        settings.write_text(configured(folder), encoding="utf-8")
        log = folder / "error.log"
        with (
            log.open("wb") as out,
            subprocess.Popen(  # noqa: S603
                [program, "-p", name, "-e", "stderr", "-c", str(settings)], stdout=out, stderr=out
            ) as process,
        ):
            try:
                _wait_for(port, process, log)
                yield
            finally:
                process.terminate()


def _nginx() -> str:
    """The program; Debian keeps it where only root looks."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not found:
        raise ProxyUnavailable("nginx is not installed (Debian: apt-get install nginx)")
    return found


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    raise ProxyUnavailable(f"nginx did not start: {said[-1] if said else 'it says nothing'}")
