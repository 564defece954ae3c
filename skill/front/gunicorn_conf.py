"""How gunicorn serves the skill: `gunicorn -c python:skill.front.gunicorn_conf 'skill.web:create_app()'`.

One process, since the memory of replays and of refused addresses is a process's own and SQLite likes one
writer; threads enough for a household, as a turn takes milliseconds and a thread never waits for a client
(skill/front/buffering_worker.py).
"""

from typing import Any

from skill.watch.lines import to_stdout

bind = "127.0.0.1:8080"
workers = 1
threads = 16
worker_class = "skill.front.buffering_worker.PatientWorker"
worker_connections = 1000
backlog = 512

# A request is asked in 10 s (skill/front/buffering_worker.py); this is how long the process may be deaf before it is
# started anew.
timeout = 30
# Alexa gives up on an answer after 8 s, so a turn in flight is done by then or for nobody.
graceful_timeout = 8
# Longer than the proxy keeps an idle connection (server/Caddyfile), so that it is the asking side that hangs up.
keepalive = 15

# The address of a finished count holds the whole of it (skill/audio/address.py).
limit_request_line = 8190
limit_request_fields = 64
limit_request_field_size = 4096

http_protocols = "h1"
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """Each worker writes a line a turn to standard output."""
    to_stdout()


accesslog = None
errorlog = "-"
loglevel = "warning"
