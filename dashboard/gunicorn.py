"""How gunicorn runs the site: its own settings file, used by the Procfile, ``make run`` and the browser tests alike."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard import allocator
from dashboard.settings import SettingsError, from_env, require_temporary_folder, warnings

if TYPE_CHECKING:
    from gunicorn.arbiter import Arbiter
    from gunicorn.workers.base import Worker

try:
    _settings = from_env(os.environ)
    require_temporary_folder(os.environ)
except SettingsError as error:
    # One sentence instead of a traceback: the address to listen on is needed before the site itself can say so.
    sys.exit(str(error))

bind = _settings.bind
workers = _settings.workers
# No header of a proxy moves the site to another path.
forwarder_headers = ""
# Callbacks hold the interpreter lock, so threads add little speed; they keep a slow client from blocking a worker. There
# are more of them than costly files may be made or waited for at a time (``dashboard.web.workshop``), so that these never
# keep a page from its figures. One starts when all others are at work.
worker_class = "dashboard.worker.Worker"
threads = 48
logger_class = "dashboard.worker.Log"
# ``on_starting`` builds the app, which workers take over: with ``preload_app`` faulty data would end in a traceback.
preload_app = False
# The largest request line gunicorn allows; the site itself refuses long queries with a sentence a reader understands.
limit_request_line = 8190
keepalive = 65
timeout = 60
# The longest archive takes half of it; whoever ends the site should wait a little longer.
graceful_timeout = 30
# With --reload, changed scripts and style sheets are joined anew.
reload_extra_files = [
    str(path)
    for kind in ("*.js", "*.css")
    for path in (Path(__file__).parents[1] / "assets").glob(kind)
]
# No administration socket in the home directory of whoever runs the site.
control_socket_disable = True
# Signs of life of the workers: in memory, so that a full disk stops none.
_MEMORY = "/dev/shm"  # noqa: S108
worker_tmp_dir = _MEMORY if os.access(_MEMORY, os.W_OK) else None
COUNTS = "PROMETHEUS_MULTIPROC_DIR"
"""Variable that names the folder in which workers count together."""


def on_starting(server: Arbiter) -> None:
    """Build the app that all workers share, or refuse to start with the sentences that `python -m dashboard check` prints.

    With --reload each worker builds its own, from the code as it then is: nothing of ours may be imported before.
    """
    # pandas loads pyarrow where it is installed, 35 MB a worker and a tenth of the start, and nothing here uses it.
    sys.modules.setdefault("pyarrow", None)  # type: ignore[arg-type]
    allocator.give_back()
    if _settings.metrics:
        # Workers count in files of their own, which whoever answers for them reads together.
        os.environ[COUNTS] = tempfile.mkdtemp(prefix="barometer-metrics-", dir=worker_tmp_dir)
    if not server.cfg.reload and (refusal := _refused(server)):
        print(refusal, file=sys.stderr)  # the one place a log is not yet set up
        sys.exit(1)
    for warning in warnings(os.environ):
        print(f"warning: {warning}", file=sys.stderr)


def child_exit(server: Arbiter, worker: Worker) -> None:
    """What a worker counted stays; what it was doing does not."""
    if COUNTS in os.environ:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Arbiter) -> None:
    """The counts end with the site."""
    if COUNTS in os.environ:
        shutil.rmtree(os.environ[COUNTS], ignore_errors=True)


def on_reload(server: Arbiter) -> None:
    """At a HUP, read the data anew; where they are faulty, say so and go on with those before."""
    before, server.app.callable = server.app.callable, None
    if not server.cfg.reload and (refusal := _refused(server)):
        print(refusal, file=sys.stderr)
        server.app.callable = before


def _refused(server: Arbiter) -> str:
    """Build the app before there are workers, so that they share its pages of memory; why it cannot be, blank where it is."""
    from dashboard.dataset import DataError

    # Little of what is made now is ever given up: to look for it takes a tenth of the time.
    gc.disable()
    try:
        server.app.wsgi()
    except (DataError, SettingsError) as error:
        return str(error)
    finally:
        gc.enable()
    gc.collect()
    # A worker that looks for garbage would write to every page that it shares.
    gc.freeze()
    return ""
