"""A real worker process does what waits, gives back what it cannot finish, and stops when it is told to."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.house.tree import ROOT

PATIENCE = 60.0  # seconds; far more than it takes


def test_a_worker_does_jobs_and_stops_on_sigterm(tmp_path: Path) -> None:
    environment = {**os.environ, "VESTED_STATE": str(tmp_path), "VESTED_DATABASE": "", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "error", "-m", "tests.core.worker_process"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as worker:
        try:
            until(worker, lambda: states(tmp_path)[1:] == [("running", 1)])
            assert states(tmp_path)[0] == ("done", 1)
            worker.send_signal(signal.SIGTERM)
            _, said = worker.communicate(timeout=PATIENCE)
        finally:
            worker.kill()
    assert (worker.returncode, "Traceback" in said) == (0, False), said
    assert states(tmp_path) == [("done", 1), ("waiting", 1)]
    assert ask(tmp_path, "SELECT count(*) FROM core_event WHERE kind = 'test.written'") == [(1,)]
    assert ask(tmp_path, "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'READY'") == [(1,)]


def until(worker: subprocess.Popen[str], reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not reached():
        if worker.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(worker.communicate()[1] if worker.poll() is not None else "it never got there")
        time.sleep(0.02)


def states(folder: Path) -> list[tuple[str, int]]:
    """State and attempt of each job; none while there is no table of them."""
    try:
        return list(ask(folder, "SELECT state, attempt FROM core_job ORDER BY id"))
    except sqlite3.OperationalError:
        return []


def ask(folder: Path, question: str) -> Any:
    connection = sqlite3.connect(f"file:{folder / 'vested.sqlite3'}?mode=ro", uri=True)
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()
