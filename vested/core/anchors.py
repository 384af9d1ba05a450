"""Where each sector's history stood, day by day, kept in a file beside the database.

A chain of digests shows a line that was changed, left out or put in between. Lines cut off at the end leave a chain
that fits, and who knows this code can compute all links anew; but then the chain no longer passes where an anchor says
it stood. An anchor is a line of the file: the number and link of each sector's newest line, the seal of the anchor
before, and its own seal, made with the installation's secret.
"""

import fcntl
import hmac
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from vested.core.history import faults
from vested.core.models import Event, Sector
from vested.core.scope import System, acting
from vested.core.viewer import Viewer

AGE = timedelta(days=2)  # of the newest anchor, where a worker runs: it keeps one a day
_FIRST = ""  # the seal before the first

log = logging.getLogger("vested.jobs")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The newest line of each sector at a moment: by the sector's id, its number and its link."""

    at: datetime
    heads: Mapping[int, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Verified:
    """What is wrong with a sector's history; or, where ``sector`` is empty, with the anchors."""

    sector: str
    lines: int
    faults: tuple[str, ...]


def place() -> Path:
    """The file of the installation's anchors."""
    return Path(settings.STATE) / "history.anchors"


def keep(now: datetime) -> None:
    """Add an anchor to the file."""
    place().parent.mkdir(parents=True, exist_ok=True)
    with place().open("a+", encoding="ascii", errors="replace") as file:
        place().chmod(0o600)
        fcntl.flock(file, fcntl.LOCK_EX)  # one anchor after the other, whoever keeps them
        file.seek(0)
        lines = file.read().splitlines()
        words = {"at": now.isoformat(), "heads": _heads(), "before": _seal_of(lines[-1]) if lines else _FIRST}
        file.write(json.dumps({**words, "seal": _seal(words)}) + "\n")


def keep_daily(now: datetime) -> None:
    """Add today's anchor unless it is there; a worker that cannot says so, and works on."""
    try:
        newest = max((one.at for one in read(place())[0]), default=None)
        if newest is None or timezone.localdate(newest) < timezone.localdate(now):
            keep(now)
    except OSError:
        log.exception("no anchor of the history could be kept at %s", place())


def read(file: Path) -> tuple[list[Anchor], list[str]]:
    """The anchors of a file whose seals are right, and what is wrong with the others."""
    found, wrong, before = [], [], _FIRST
    lines = file.read_text(encoding="ascii", errors="replace").splitlines() if file.exists() else []
    for number, line in enumerate(lines, 1):
        try:
            words = json.loads(line)
            seal = words.pop("seal")
            anchor = Anchor(
                datetime.fromisoformat(words["at"]),
                {int(sector): (int(at), str(link)) for sector, (at, link) in words["heads"].items()},
            )
            sealed = hmac.compare_digest(seal, _seal(words))
        except (ValueError, KeyError, TypeError, AttributeError):
            sealed = False
        if not sealed:
            wrong.append(f"anchor {number} is not as it was written, or the installation's secret has changed")
            continue
        if words["before"] != before:
            wrong.append(f"anchor {number} does not follow the one before")
        found.append(anchor)
        before = seal
    return found, wrong


def verify(now: datetime, *, file: Path | None = None) -> Iterator[Verified]:
    """Look through the anchors, and at the history of every sector there is or was."""
    anchors, wrong = read(file or place())
    sectors = {sector.pk: sector for sector in Sector.objects.order_by("pk")}
    with acting(System("see since when there is history")):
        began = Event.objects.order_by("at").values_list("at", flat=True).first()
    newest = max((one.at for one in anchors), default=None)
    if began and now - began > AGE and (newest is None or now - newest > AGE):
        since = f"since {newest:%Y-%m-%d %H:%M}" if newest else "yet"
        wrong.append(f"no anchor was kept {since}: the worker has not run, or anchors were taken away")
    yield Verified("", len(anchors), tuple(wrong))
    for pk in sorted({*sectors, *(pk for anchor in anchors for pk in anchor.heads)}):
        if pk in sectors:
            yield _verified(sectors[pk], anchors)
        else:
            yield Verified(f"sector {pk}", 0, ("the sector is gone, with its history",))


def _verified(sector: Sector, anchors: list[Anchor]) -> Verified:
    heads = [(anchor.at, *anchor.heads[sector.pk]) for anchor in anchors if sector.pk in anchor.heads]
    with acting(Viewer(sector=sector, person=None)):
        found, lines = list(faults()), Event.objects.count()
        anchored = Event.objects.filter(number__in={number for _at, number, _link in heads})
        links = dict(anchored.values_list("number", "chain"))
    for at, number, link in heads:
        if links.get(number) != link:
            how = "is not the one that stood there" if number in links else "is gone; it stood there"
            found.append(f"line {number} {how} on {at:%Y-%m-%d %H:%M}")
    return Verified(sector.name, lines, tuple(found))


def _heads() -> dict[str, tuple[int, str]]:
    """The newest line of each sector that has one."""
    found = {}
    with acting(System("keep where each sector's history stands")):
        for sector in Sector.objects.order_by("pk"):
            if newest := Event.objects.filter(sector=sector).order_by("-number").first():
                found[str(sector.pk)] = (newest.number, newest.chain)
    return found


def _seal(words: Mapping[str, object]) -> str:
    said = json.dumps(words, sort_keys=True)
    return salted_hmac("vested.core.anchors", said, algorithm="sha256").hexdigest()


def _seal_of(line: str) -> str:
    """The seal a line of the file bears, whatever it is worth."""
    try:
        return str(json.loads(line)["seal"])
    except (ValueError, KeyError, TypeError):
        return line
