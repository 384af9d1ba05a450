"""Serve one of the two sides as ``./run demo`` serves Vested: one process, four threads."""

import sys

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from vested.config.cli.demo import HERE, THREADS

SIDES = {"vested": "vested.config.wsgi:application", "plain": "bench.pages.plain:application"}

if __name__ == "__main__":
    side, port, workers = sys.argv[1:]
    Server(
        SIDES[side],
        address=HERE,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(workers),
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
