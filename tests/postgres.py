"""A PostgreSQL cluster for one command: ``python -m tests.postgres COMMAND …``, gone when the command ends.

The command finds its address in ``VESTED_DATABASE``. Nobody else can reach it: it listens on a socket in a folder of
its own. There are the roles of an installation: ``vested_owner``, whom the address names, makes databases and owns the
tables, and ``vested`` reads and writes rows. Neither is a superuser, since a superuser would pass by every policy.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

DEBIAN = Path("/usr/lib/postgresql")  # keeps each version's programs in a folder of its own, outside PATH
SERVER = "postgres"  # PostgreSQL refuses to run as root; then it runs as its own user
# In the database that others are made from; as in deploy/database.sql.
GRANTED = """
GRANT CREATE ON SCHEMA public TO vested_owner;
ALTER DEFAULT PRIVILEGES FOR ROLE vested_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO vested;
ALTER DEFAULT PRIVILEGES FOR ROLE vested_owner GRANT USAGE, SELECT ON SEQUENCES TO vested;
"""


def program(name: str) -> str:
    """Where one of PostgreSQL's programs is, the newest version's first."""
    versions = sorted(DEBIAN.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    found = shutil.which(name, path=os.pathsep.join([*map(str, versions), os.environ.get("PATH", "")]))
    if not found:
        sys.exit(f"PostgreSQL's {name} was not found: install PostgreSQL's server (Debian: apt install postgresql)")
    return found


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster and yield its address; stop and remove it whatever happens."""
    user = SERVER if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="vested-postgres-"))
    data, log = folder / "data", folder / "log"
    if user:
        shutil.chown(folder, user, user)

    def do(name: str, *arguments: str | Path) -> None:
        done = subprocess.run(
            [program(name), *arguments],
            user=user, group=user, cwd=folder, stdin=subprocess.DEVNULL, check=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        if done.returncode:
            written = log.read_text(encoding="utf-8") if log.exists() else ""
            sys.exit(f"PostgreSQL's {name} failed:\n{done.stderr}{written}")

    try:
        do("initdb", "-D", data, "-U", SERVER, "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        quick = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"  # nothing here outlives the tests
        do("pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", f"-k {folder} -c listen_addresses= {quick}")
        do("createuser", "-h", folder, "-U", SERVER, "--createdb", "vested_owner")
        do("createuser", "-h", folder, "-U", SERVER, "vested")
        do("psql", "-h", folder, "-U", SERVER, "-c", GRANTED, "template1")
        do("createdb", "-h", folder, "-U", SERVER, "--owner=vested_owner", "vested")
        yield f"postgresql://vested_owner@/vested?host={quote(str(folder))}"
    finally:
        try:
            if (data / "postmaster.pid").exists():
                do("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run the command beside a cluster and return its exit code."""
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _frame: sys.exit(128 + number))
    with cluster() as address:
        running = subprocess.Popen(command, env={**os.environ, "VESTED_DATABASE": address})
        try:
            return running.wait()
        except KeyboardInterrupt:  # the terminal sends it to the command too, which ends in its own way
            return running.wait()
        finally:
            running.terminate()
            running.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
