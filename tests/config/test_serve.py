"""An installation, started as its operator does: on PostgreSQL, by its commands."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from tests.config.installations import ROOT, SAFE, environment, run

CLI = ("-m", "vested.config.cli")
ADDRESS = os.environ.get("VESTED_DATABASE", "")
HTTPS = {"Host": "vested.example", "X-Forwarded-Proto": "https"}

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not ADDRESS, reason="an installation runs on PostgreSQL: the second run of the tests has one"),
]


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, str]:
    """Settings with the tests' own database, which has had every migration, and the role that serves."""
    address = ADDRESS.replace("/vested?", f"/{connection.settings_dict['NAME']}?").replace("vested_owner@", "vested@")
    assert address != ADDRESS
    return {**SAFE, "VESTED_DATABASE": address, "VESTED_STATE": str(tmp_path)}


@pytest.fixture
def port(installed: dict[str, str]) -> Iterator[int]:
    """Serve, and give the port when it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    installed["VESTED_BIND"] = f"127.0.0.1:{number}"
    with subprocess.Popen([sys.executable, *CLI, "serve"], env=environment(installed), cwd=ROOT) as serving:
        while not listening(number):
            with suppress(subprocess.TimeoutExpired):
                pytest.fail(f"it ended with {serving.wait(0.05)}")
        yield number
        serving.send_signal(signal.SIGTERM)
        assert serving.wait() == 0


def listening(port: int) -> bool:
    with socket.socket() as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0


def ask(port: int, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
    asked = http.client.HTTPConnection("127.0.0.1", port)
    asked.request("GET", path, headers=headers)
    answer = asked.getresponse()
    said = answer.read()
    asked.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, said


def test_it_answers_over_https_only_and_ships_its_static_files(port: int, installed: dict[str, str]) -> None:
    assert ask(port, "/health/", {"Host": "vested.example"})[::2] == (200, b"ok")
    plain, moved, _ = ask(port, "/sign-in/", {"Host": "vested.example"})
    assert (plain, moved["location"]) == (301, "https://vested.example/sign-in/")
    status, headers, page = ask(port, "/sign-in/", HTTPS)
    assert status == 200
    assert "max-age=31536000" in headers["strict-transport-security"]
    assert "Secure" in headers["set-cookie"]
    sheets = re.findall(r'href="(/static/[^"]+\.css)"', page.decode())
    assert sheets
    for sheet in sheets:
        status, headers, _ = ask(port, sheet, {**HTTPS, "Accept-Encoding": "gzip"})
        assert (status, headers["content-encoding"]) == (200, "gzip")
        assert "immutable" in headers["cache-control"]
    assert ask(port, "/sign-in/", {**HTTPS, "Host": "elsewhere.example"})[0] == 400
    assert (Path(installed["VESTED_STATE"]) / "static" / ".gathered").exists()


def test_it_does_not_start_before_the_database_is_up_to_date(installed: dict[str, str]) -> None:
    new = {**installed, "VESTED_DATABASE": ADDRESS}
    assert "core.0001_core" in run(*CLI, "migrate", "--list", settings=new).stdout
    done = run(*CLI, "serve", settings=new)
    assert done.returncode == 1
    assert "./run migrate" in done.stderr
    assert "core.0001_core" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("role", "why"),
    [
        ("postgres", "a superuser passes by"),
        ("passing", "a role with BYPASSRLS passes by"),
        ("vested_owner", "the owner of the tables can take away"),
        ("heir", "the owner of the tables can take away"),
    ],
)
@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_role_that_passes_by_policies_is_refused(
    installed: dict[str, str], command: str, role: str, why: str
) -> None:
    settings = {**connection.get_connection_params(), "user": "postgres"}
    with psycopg.connect(**{name: settings[name] for name in ("dbname", "user", "host")}, autocommit=True) as above:
        for name, how in (("passing", "LOGIN BYPASSRLS IN ROLE vested"), ("heir", "LOGIN IN ROLE vested_owner")):
            if role == name:
                above.execute(f"DROP ROLE IF EXISTS {name}; CREATE ROLE {name} {how}")
    address = installed["VESTED_DATABASE"].replace("//vested@", f"//{role}@")
    done = run(*CLI, command, settings={**installed, "VESTED_DATABASE": address})
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert f"“{role}”: {why} every policy" in done.stderr


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_table_without_its_policy_stops_the_start(installed: dict[str, str], command: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_person NO FORCE ROW LEVEL SECURITY")
    try:
        done = run(*CLI, command, settings=installed)
    finally:
        call_command("migrate", verbosity=0)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "core_person; run: ./run migrate" in done.stderr
