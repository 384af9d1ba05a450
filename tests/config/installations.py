"""The settings of an installation that may start, and its commands as processes."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAFE = {
    "VESTED_SERVE": "1",
    "VESTED_SECRET_KEY": "made up for tests, of many different characters: 0123456789",
    "VESTED_HOSTS": "vested.example .office.example",
    "VESTED_DATABASE": "postgresql://vested@127.0.0.1:1/nowhere",
    "VESTED_BEHIND_PROXY": "1",
}


def environment(settings: dict[str, str]) -> dict[str, str]:
    """The environment of a process with these settings and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VESTED_", "DJANGO_"))}
    return {**kept, **settings, "PYTHONPATH": str(ROOT)}


def run(*arguments: str, settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run Python with arguments in an installation's environment."""
    command = [sys.executable, *arguments]
    return subprocess.run(
        command,
        env=environment(settings),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,  # one that serves though it must not would never end
    )
