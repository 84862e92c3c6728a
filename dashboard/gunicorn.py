"""How gunicorn runs the site: its own settings file, used by the Procfile, ``make run`` and the browser tests alike."""

import os
import sys
from pathlib import Path

from dashboard.settings import SettingsError, from_env, require_temporary_folder, warnings

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
# are more of them than pictures may be drawn or wait at a time, so that pictures never keep a page from its figures.
worker_class = "gthread"
threads = 12
# Each worker builds its own app, with locks and helper processes that are its own.
preload_app = False
# The largest request line gunicorn allows; the site itself refuses long queries with a sentence a reader understands.
limit_request_line = 8190
keepalive = 65
timeout = 60
graceful_timeout = 10
# With --reload, changed scripts and style sheets are joined anew.
reload_extra_files = [
    str(path)
    for kind in ("*.js", "*.css")
    for path in (Path(__file__).parents[1] / "assets").glob(kind)
]
# No administration socket in the home directory of whoever runs the site.
control_socket_disable = True


def on_starting(_server: object) -> None:
    """Refuse to start on bad settings or data, with the sentences that `python -m dashboard check` prints."""
    from dashboard.dataset import DataError, archives, load, load_release
    from dashboard.settings import SettingsError, from_env

    try:
        folder = from_env(os.environ).data
        present = load(folder)
        for archive in archives(folder).values():
            load_release(archive, present)
    except (DataError, SettingsError) as error:
        print(error, file=sys.stderr)  # the one place a log is not yet set up
        sys.exit(1)
    for warning in warnings(os.environ):
        print(f"warning: {warning}", file=sys.stderr)
