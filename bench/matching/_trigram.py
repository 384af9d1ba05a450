"""PostgreSQL's pg_trgm over title and summary with a GIN index, on a cluster of its own that is thrown away."""

import importlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.matching._labels import Ask, Found
from vested.engines.matching import Document

LEAST = 0.3  # pg_trgm's own threshold of likeness


class Absent(Exception):
    """There is no PostgreSQL to be had, and why."""


def _programs() -> Path:
    """Find initdb and pg_ctl, installing PostgreSQL where that is possible."""
    for again in (False, True):
        found = [shutil.which("initdb"), *sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")))]
        if program := next(filter(None, found), None):
            return Path(program).resolve().parent
        if again or os.geteuid() != 0 or not shutil.which("apt-get"):
            break
        print("installing PostgreSQL ...", flush=True)
        for command in (["update"], ["install", "-y", "-qq", "postgresql"]):
            subprocess.run(["apt-get", "-qq", *command], check=False, stdout=subprocess.DEVNULL)
    raise Absent("no initdb was found, and PostgreSQL could not be installed by apt-get")


@contextmanager
def opened(folder: Path, documents: Sequence[Document]) -> Iterator[Ask]:
    """Start a cluster, index the documents, and give what answers a query; CPU time is that of the server."""
    try:
        psycopg = importlib.import_module("psycopg")
    except ImportError as error:
        raise Absent("the package psycopg is not installed") from error
    programs, home = _programs(), folder / "pg"
    home.mkdir()
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    if user:
        folder.chmod(0o755)
        shutil.chown(home, user)

    def run(*command: object) -> None:
        subprocess.run([*map(str, command)], check=True, user=user, cwd=home, stdout=subprocess.DEVNULL)

    data = home / "data"
    run(programs / "initdb", "-D", data, "-A", "trust", "-U", "bench", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
    settings = f"-c listen_addresses= -c unix_socket_directories={home} -c fsync=off -c jit=off -c shared_buffers=512MB"
    run(programs / "pg_ctl", "-D", data, "-l", home / "log", "-w", "-o", settings, "start")
    try:
        with psycopg.connect(host=str(home), user="bench", dbname="postgres", autocommit=True) as connection:
            connection.execute("CREATE EXTENSION pg_trgm")
            connection.execute("CREATE TABLE good (id text, body text)")
            with connection.cursor().copy("COPY good FROM STDIN") as copy:
                for document in documents:
                    copy.write_row((document.id, _body(document)))
            connection.execute("CREATE INDEX ON good USING gin (body gin_trgm_ops)")
            connection.execute("ANALYZE good")
            connection.execute(f"SET pg_trgm.similarity_threshold = {LEAST}")
            ((server,),) = connection.execute("SELECT pg_backend_pid()").fetchall()
            query = "SELECT id, similarity(body, %(q)s) AS s FROM good WHERE body %% %(q)s ORDER BY s DESC, id LIMIT 10"

            def ask(document: Document) -> Found:
                before = _spent(server) + time.process_time()
                found = connection.execute(query, {"q": _body(document)}).fetchall()
                return Found(found, _spent(server) + time.process_time() - before)

            yield ask
    finally:
        run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _body(document: Document) -> str:
    return " ".join(document.fields.values())


def _spent(server: int) -> float:
    """CPU seconds of a process so far, in hundredths."""
    fields = Path(f"/proc/{server}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
