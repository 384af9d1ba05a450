"""An installation starts with safe settings only, and says what is wrong with others."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.config.installations import SAFE, run
from vested.config.database import database_from
from vested.config.installation import bind_from, unsafe

ACCOUNT = "me:p%40ss"
SERVE = ("-m", "vested.config.cli", "serve")


def test_safe_settings_are_accepted() -> None:
    assert list(unsafe(SAFE)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VESTED_SECRET_KEY", ""),
        ("VESTED_SECRET_KEY", "short"),
        ("VESTED_SECRET_KEY", "abc" * 30),
        ("VESTED_HOSTS", ""),
        ("VESTED_HOSTS", "*"),
        ("VESTED_HOSTS", "vested.example https://vested.example"),
        ("VESTED_DATABASE", ""),
        ("VESTED_DATABASE", "sqlite:///vested"),
        ("VESTED_BEHIND_PROXY", ""),
        ("VESTED_TIME_ZONE", "Europe/Atlantis"),
        ("VESTED_DEMO", "1"),
    ],
)
def test_each_unsafe_setting_is_refused_by_name(name: str, value: str) -> None:
    (reason,) = unsafe({**SAFE, name: value})
    assert reason.startswith(name)


def test_every_reason_is_said_at_once_without_a_traceback() -> None:
    done = run(*SERVE, settings={})
    assert done.returncode == 2
    lines = done.stderr.removeprefix("./run serve: ").splitlines()
    assert all(line.startswith("VESTED_") for line in lines)
    assert len(lines) == len(list(unsafe({}))) == 4


@pytest.mark.parametrize(
    ("name", "value"), [("VESTED_BIND", "localhost"), ("VESTED_LOG", "loud"), ("VESTED_DATABASE", "postgresql://h/")]
)
def test_what_only_serving_reads_is_refused_as_well(name: str, value: str) -> None:
    done = run(*SERVE, settings={**SAFE, name: value})
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert name in done.stderr


def test_a_database_that_does_not_answer_is_said_in_one_line() -> None:
    done = run(*SERVE, settings=SAFE)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "the database does not answer" in done.stderr


def test_django_finds_nothing_to_warn_of() -> None:
    done = run("-m", "django", "check", "--deploy", "--settings", "vested.config.settings", settings=SAFE)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "System check identified no issues (1 silenced).\n"


def test_an_installation_believes_its_proxy_and_its_own_hosts_alone() -> None:
    names = ("CSRF_TRUSTED_ORIGINS", "SECURE_PROXY_SSL_HEADER", "SESSION_COOKIE_SECURE", "SECURE_SSL_REDIRECT")
    code = f"import json, vested.config.settings as s; print(json.dumps([getattr(s, name, None) for name in {names}]))"
    done = run("-c", code, settings=SAFE)
    origins = ["https://vested.example", "https://*.office.example"]
    assert json.loads(done.stdout) == [origins, ["HTTP_X_FORWARDED_PROTO", "https"], True, True]


def test_a_desk_has_its_database_in_a_file(tmp_path: Path) -> None:
    found = database_from("", state=tmp_path)
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", tmp_path / "vested.sqlite3")


def test_an_address_is_taken_apart(tmp_path: Path) -> None:
    found = database_from(f"postgresql://{ACCOUNT}@db.example:5433/ves%20ted?sslmode=verify-full", state=tmp_path)
    parts = {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert parts == {"NAME": "ves ted", "USER": "me", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "5433"}
    assert found["OPTIONS"] == {"connect_timeout": 5, "sslmode": "verify-full"}


@pytest.mark.parametrize(
    "address",
    ["mysql://h/vested", f"postgresql://{ACCOUNT}@h", f"postgresql://{ACCOUNT}@h:port/vested", "postgresql://["],
)
def test_another_address_is_refused_without_repeating_it(address: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="VESTED_DATABASE must be") as refused:
        database_from(address, state=tmp_path)
    assert "p%40ss" not in str(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_where_to_answer_is_an_ip_address_and_a_port() -> None:
    assert bind_from("127.0.0.1:8000") == ("127.0.0.1", 8000)
    assert bind_from("[::1]:8000") == ("::1", 8000)
    for wrong in ("", "8000", "localhost:8000", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:http"):
        with pytest.raises(ValueError, match=r".*"):
            bind_from(wrong)
