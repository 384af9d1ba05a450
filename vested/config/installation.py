"""What an installation's settings must not be, in words its operator can act on."""

from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from zoneinfo import available_timezones

MINIMUM = 50  # characters of the secret


def unsafe(environment: Mapping[str, str]) -> Iterator[str]:
    """Why an installation may not start with these settings: nothing when it may."""
    secret, hosts = environment.get("VESTED_SECRET_KEY", ""), environment.get("VESTED_HOSTS", "").split()
    if len(secret) < MINIMUM or len(set(secret)) < MINIMUM // 5:
        yield (
            f"VESTED_SECRET_KEY must be a random secret of at least {MINIMUM} characters: it signs every session. "
            "One is made by: openssl rand -base64 48"
        )
    if not hosts:
        yield "VESTED_HOSTS must name the hosts people reach Vested by, separated by spaces"
    if any("*" in host or "/" in host for host in hosts):
        yield "VESTED_HOSTS must be names of hosts only, without *, https:// and paths: any other host is refused"
    if not environment.get("VESTED_DATABASE", "").startswith(("postgresql://", "postgres://")):
        yield "VESTED_DATABASE must be a postgresql:// address: an installation runs on PostgreSQL"
    if environment.get("VESTED_BEHIND_PROXY") != "1":
        yield (
            "VESTED_BEHIND_PROXY must be 1, to say that a proxy in front speaks HTTPS and itself sets "
            "X-Forwarded-Proto: Vested speaks HTTP and believes that header"
        )
    if (zone := environment.get("VESTED_TIME_ZONE", "UTC")) not in available_timezones():
        yield f"VESTED_TIME_ZONE is “{zone}” and must be a time zone, such as Europe/Copenhagen"
    if environment.get("VESTED_DEMO") == "1":
        yield "VESTED_DEMO must not be 1: it lets everybody in without a password"


def bind_from(address: str) -> tuple[str, int]:
    """The IP address and port of ``127.0.0.1:8000`` or ``[::1]:8000``; ValueError for anything else."""
    host, _, port = address.rpartition(":")
    host, number = str(ip_address(host.removeprefix("[").removesuffix("]"))), int(port)
    if not 0 < number < 65536:
        raise ValueError(address)
    return host, number
