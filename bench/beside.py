"""What every benchmark needs: where it runs, said beside its figures, and a process of its own for each side."""

import importlib.metadata
import os
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def load_now() -> float:
    """Tell how many processes wait for a core on average, over the last minute."""
    return os.getloadavg()[0]


def print_setting(*packages: str, more: str = "") -> None:
    """Print the versions of Python and of ``packages``, and the machine with its load; ``more`` ends the last line."""
    versions = [f"{name} {importlib.metadata.version(name)}" for name in packages]
    print(" · ".join([f"Python {platform.python_version()}", *versions]))
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {load_now():.2f}{more}", flush=True)


def run_alone(module: str, *arguments: object, seconds: float | None = None, **environment: str) -> None:
    """Run a module in a fresh process, at most so many ``seconds`` by the clock; raise where it fails."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=seconds, env=os.environ | environment)
