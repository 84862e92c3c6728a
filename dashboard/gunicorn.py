"""How gunicorn runs the site: its own settings file, used by the Procfile, ``make run`` and the browser tests alike."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8050')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# Callbacks hold the interpreter lock, so threads add little speed; they keep a slow client from blocking a worker.
worker_class = "gthread"
threads = 4
# Each worker builds its own app: a renderer started before a fork would hang in the child.
preload_app = False
# The largest request line gunicorn allows; the site itself refuses long queries with a sentence a reader understands.
limit_request_line = 8190
keepalive = 65
timeout = 60
graceful_timeout = 10
# No administration socket in the home directory of whoever runs the site.
control_socket_disable = True
