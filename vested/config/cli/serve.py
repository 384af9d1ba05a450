"""``./run serve``: an installation's pages, behind a proxy that speaks HTTPS."""

import argparse
import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from vested.config.cli._django import Refused, refuse_what_passes_by_policies, start, waiting
from vested.config.cli._terminal import Failure, Live, files_at
from vested.config.installation import bind_from

THREADS = 4  # a worker answers as many at once; each keeps one connection to the database
PATIENCE = 30  # seconds a page may still take once it is told to stop; Granian alone would wait for ever


def run(options: argparse.Namespace) -> int:
    """Refuse what is unsafe, gather static files once, and serve until told to stop."""
    os.environ["VESTED_SERVE"] = "1"
    start()
    bind = os.environ.get("VESTED_BIND", "127.0.0.1:8000")
    try:
        host, port = bind_from(bind)
    except ValueError as error:
        raise Refused(f"VESTED_BIND is “{bind}” and must be an IP address and a port, as in 127.0.0.1:8000") from error
    if names := waiting():
        raise Failure("\n".join(("migrations wait; stop Vested, back up, then: ./run migrate", *names)))
    refuse_what_passes_by_policies()
    live = Live(quiet=options.quiet)
    static = settings.STATE / "static"
    with files_at(static):
        _gather(static, live)
    workers = len(os.sched_getaffinity(0))
    connection.close()
    live.say(f"Vested answers on {host}:{port} ({workers} × {THREADS} at once). Ctrl-C stops it.")
    Server(
        "vested.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        workers_kill_timeout=PATIENCE,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels(os.environ.get("VESTED_LOG", "info")),
        log_dictconfig=settings.LOGGING,
    ).serve()
    return 0


def _gather(static: Path, live: Live) -> None:
    """Copy static files to where they are served from, unless these very files were."""
    found = [
        (name, Path(storage.path(name)).stat()) for finder in finders.get_finders() for name, storage in finder.list([])
    ]
    state = sorted((name, about.st_size, about.st_mtime_ns) for name, about in found)
    want = hashlib.sha256(repr(state).encode()).hexdigest()
    stamp = static / ".gathered"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == want:
        return
    live.say("Gathering static files (once) …")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(want, encoding="ascii")
