"""``./run demo``: a generated sector in the browser, on this computer only."""

import argparse
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from vested.config.cli._terminal import Failure, Live, count, files_at

HERE = "127.0.0.1"
THREADS = 4
PATIENCE = 3  # seconds a page may still take once it is told to stop; Granian alone would wait for ever
STATE = Path(__file__).resolve().parents[3] / ".state" / "demo"


def run(options: argparse.Namespace) -> int:
    """Make the sector unless it is there, then serve it with a worker until told to stop."""
    _refuse_a_taken_port(options.port)
    os.environ["VESTED_DEMO"] = "1"
    os.environ.setdefault("VESTED_STATE", str(STATE))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vested.config.settings")
    live = Live(quiet=False)
    with _beside("-c", "from vested.engines import training; training.warm_up()"):
        _prepare(options, live)
        with _beside("-m", "vested.config.cli", "worker"):
            live.say(
                f"Vested is at http://localhost:{options.port}/demo/ as its Chief Digital Officer. Ctrl-C stops it."
            )
            Server(
                "vested.config.wsgi:application",
                address=HERE,
                port=options.port,
                interface=Interfaces.WSGI,
                blocking_threads=THREADS,
                workers_kill_timeout=PATIENCE,
                websockets=False,
                log_level=LogLevels.warning,
            ).serve()
    return 0


def _refuse_a_taken_port(port: int) -> None:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HERE, port))
        except OSError as error:
            raise Failure(f"port {port} is taken; choose another, as in ./run demo {port + 10}") from error


@contextmanager
def _beside(*command: str) -> Iterator[None]:
    """Run something in a process of its own meanwhile, with what time is left."""
    # In a session of its own, so that Ctrl-C reaches it once, by way of us.
    process = subprocess.Popen(["nice", sys.executable, *command], stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _prepare(options: argparse.Namespace, live: Live) -> None:
    """Bring the database up to date and fill it where it is empty."""
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - they are read when Django is set up
    from django.core.management import call_command  # noqa: PLC0415 - as above
    from django.db import DatabaseError, connection  # noqa: PLC0415 - as above
    from django.utils import timezone  # noqa: PLC0415 - as above

    from vested.config.demo import make_demo  # noqa: PLC0415 - as above
    from vested.core.models import Sector  # noqa: PLC0415 - as above

    with files_at(settings.STATE):
        settings.STATE.mkdir(parents=True, exist_ok=True)
        if options.fresh:
            for file in (*settings.STATE.glob("vested.sqlite3*"), *settings.STATE.glob("history.anchors")):
                file.unlink()
    try:
        call_command("migrate", verbosity=0)
    except DatabaseError as error:
        raise Failure("the demo's sector is of another version; make it anew: ./run demo --fresh") from error
    if not Sector.objects.exists():
        live.show(f"Making a sector of {count(options.people, 'person', 'people')} (once)")
        make_demo(people=options.people, seed=options.seed, at=timezone.now())
        live.clear()
    connection.close()
