"""The demo, started and stopped as people do."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.config.installations import ROOT, environment

CLI = (sys.executable, "-m", "vested.config.cli", "demo", "--people", "500")


def test_it_stops_though_what_it_started_hangs(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    with subprocess.Popen([*CLI, str(port)], cwd=ROOT, env=environment({"VESTED_STATE": str(tmp_path)})) as demo:
        while not _listening(port):
            with suppress(subprocess.TimeoutExpired):
                pytest.fail(f"it ended with {demo.wait(0.05)}")
        children = subprocess.run(["pgrep", "-P", str(demo.pid)], capture_output=True, text=True, check=True)
        for child in map(int, children.stdout.split()):
            os.kill(child, signal.SIGSTOP)
        demo.send_signal(signal.SIGINT)
        try:
            assert demo.wait(60) == 0
        finally:
            demo.kill()


def _listening(port: int) -> bool:
    with socket.socket() as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0
