"""Ways to tamper with a sector's history, drawn at random, and whether it shows.

By who only has the database, by who also knows how links are computed, and by who reaches the anchors.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from tests.core.offices import Office, make_office
from vested.core import anchors
from vested.core.history import _digest, _link, record
from vested.core.models import Event, Sector
from vested.core.scope import System, acting

DAYS, EACH = 6, 3  # days with an anchor, and lines each day
LINES = DAYS * EACH

Tamper = Callable[[Random, Office, Office], None]


def lived(now: datetime) -> tuple[Office, Office]:
    """Two offices with a history each, and an anchor a day, the newest at ``now``."""
    offices = make_office("ours"), make_office("theirs")
    for day in range(DAYS):
        for office in offices:
            viewer = office.viewer("cdo")
            with acting(viewer), transaction.atomic():
                for line in range(EACH):
                    record("unit.renamed", by=viewer, on=office.north, old={"name": line}, new={"name": [day, line]})
        anchors.keep(now - timedelta(days=DAYS - 1 - day))
    return offices


def shows(now: datetime) -> bool:
    """Whether anything is found wrong."""
    return any(one.faults for one in anchors.verify(now))


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens to the rows and the file meanwhile never was."""
    file = anchors.place()
    before = file.read_bytes()
    with acting(System("tamper")), transaction.atomic():
        yield
        transaction.set_rollback(True)
    file.write_bytes(before)


def lines(office: Office) -> list[Event]:
    return list(Event.objects.filter(sector=office.sector).order_by("number"))


def _edit(random: Random, ours: Office, _theirs: Office) -> None:
    line = random.choice(lines(ours))
    name = random.choice(WORDS)
    before = getattr(line, name)
    match before:
        case datetime():
            after: object = before + timedelta(microseconds=random.choice([1, 10**6, 10**12]))
        case int() | None:
            after = random.randrange(10**6, 10**9)
        case str():
            after = (
                before + random.choice("abcdef0 ")
                if len(before) < 20
                else before[:-1] + ("0" if before[-1] != "0" else "1")
            )
        case _:
            after = random.choice([{}, {"name": str(random.random())}, {**before, "more": 1}])
            after = after if after != before else {"name": "x"}
    Event.objects.filter(pk=line.pk).update(**{name: after})


WORDS = (
    "at", "kind", "by_id", "by_name", "subject_type", "subject_id", "subject_name", "old", "new", "salt", "digest",
    "chain", "number",
)  # fmt: skip


def _take_out(random: Random, ours: Office, _theirs: Office) -> None:
    some = random.sample(lines(ours), random.randint(1, 5))
    Event.objects.filter(pk__in=[line.pk for line in some]).delete()


def _cut(random: Random, ours: Office, _theirs: Office) -> None:
    Event.objects.filter(sector=ours.sector, number__gt=random.randrange(LINES)).delete()


def _put_in(random: Random, ours: Office, _theirs: Office) -> None:
    at = random.randint(1, LINES)
    some = lines(ours)
    _renumber(some[at:], by=1)
    forged = some[at - 1]
    forged.pk, forged.number, forged.kind = None, at + 1, "unit.closed"
    forged.digest = _digest(forged)
    forged.chain = _link(some[at - 2].chain if at > 1 else "0" * 64, forged)
    forged.save(force_insert=True)


def _swap(random: Random, ours: Office, _theirs: Office) -> None:
    one, two = random.sample(lines(ours), 2)
    for line, number in ((one, 10**6), (two, one.number), (one, two.number)):
        Event.objects.filter(pk=line.pk).update(number=number)


def _shuffle(random: Random, ours: Office, _theirs: Office) -> None:
    """New numbers for a stretch, digests and links computed anew."""
    some = lines(ours)
    start = random.randrange(LINES - 2)
    stretch = some[start : start + random.randint(2, 8)]
    mixed = stretch[1:] + stretch[:1]
    _relink(some[:start] + mixed + some[start + len(stretch) :])


def _rewrite(random: Random, ours: Office, _theirs: Office) -> None:
    """A line's words, and every digest and link that follows from them."""
    some = lines(ours)
    line = random.choice(some)
    name = random.choice(["kind", "by_name", "subject_name"])
    setattr(line, name, f"{getattr(line, name)[:15]}{random.choice('xyz')}")
    _relink(some)


def _leave_out(random: Random, ours: Office, _theirs: Office) -> None:
    """A line, and every number, digest and link after it."""
    some = lines(ours)
    gone = some.pop(random.randrange(LINES))
    gone.delete()
    _relink(some)


def _hand_over(random: Random, ours: Office, theirs: Office) -> None:
    """Lines to another sector, or the history of one for that of the other."""
    mine, other = lines(ours), lines(theirs)
    if random.random() < 0.5:
        line = random.choice(mine)
        Event.objects.filter(pk=line.pk).update(sector=theirs.sector, number=10**6)
        return
    ids = [line.pk for line in mine]
    _renumber(mine, by=10**6)
    Event.objects.filter(pk__in=[line.pk for line in other]).update(sector=ours.sector)
    Event.objects.filter(pk__in=ids).update(sector=theirs.sector)
    for pk, number in zip(ids, range(1, LINES + 1), strict=True):
        Event.objects.filter(pk=pk).update(number=number)


def _wipe(random: Random, ours: Office, _theirs: Office) -> None:
    """All of it, and maybe the sector too."""
    Event.objects.filter(sector=ours.sector).delete()
    if random.random() < 0.5:
        rows = Sector.objects.filter(pk=ours.sector.pk)
        rows._raw_delete(rows.db)  # as SQL would: without what hangs on it


def _edit_anchors(random: Random, _ours: Office, _theirs: Office) -> None:
    text = anchors.place().read_text(encoding="ascii")
    at = random.choice([place for place, letter in enumerate(text) if letter.isalnum()])
    new = random.choice([letter for letter in "0123456789abcdef" if letter != text[at].lower()])
    anchors.place().write_text(text[:at] + new + text[at + 1 :], encoding="ascii")


def _take_anchors(random: Random, _ours: Office, _theirs: Office) -> None:
    """Some out of the middle, or two in another order."""
    kept = anchors.place().read_text(encoding="ascii").splitlines()
    if random.random() < 0.5:
        del kept[random.randrange(DAYS - 1)]
    else:
        one, two = random.sample(range(DAYS), 2)
        kept[one], kept[two] = kept[two], kept[one]
    anchors.place().write_text("".join(f"{line}\n" for line in kept), encoding="ascii")


def _cut_both(random: Random, ours: Office, _theirs: Office) -> None:
    """The last days of the history, and the anchors of those days with it."""
    days = random.randint(3, DAYS)
    kept = anchors.place().read_text(encoding="ascii").splitlines()[: DAYS - days]
    anchors.place().write_text("".join(f"{line}\n" for line in kept), encoding="ascii")
    Event.objects.filter(sector=ours.sector, number__gt=LINES - days * EACH).delete()


def _renumber(some: list[Event], *, by: int) -> None:
    for line in reversed(some):
        Event.objects.filter(pk=line.pk).update(number=line.number + by)


def _relink(some: list[Event]) -> None:
    """Number, digest and link lines anew, in this order, as who knows the code would."""
    before = "0" * 64
    _renumber(some, by=10**6)
    for number, line in enumerate(some, 1):
        line.number = number
        line.digest = _digest(line)
        line.chain = before = _link(before, line)
        line.save(force_update=True)


WAYS: tuple[Tamper, ...] = (
    _edit, _edit, _take_out, _cut, _put_in, _swap, _shuffle, _rewrite, _leave_out, _hand_over, _wipe, _edit_anchors,
    _take_anchors, _cut_both,
)  # fmt: skip


def missed(times: int, *, seed: int, now: datetime, offices: tuple[Office, Office]) -> list[str]:
    """Tamper that often, each time with what is whole; the ways that did not show."""
    random, found = Random(seed), []  # noqa: S311 - the same tamperings for the same seed
    for time in range(times):
        way = WAYS[time % len(WAYS)]
        with undone():
            ours, theirs = offices if random.random() < 0.5 else offices[::-1]
            way(random, ours, theirs)
            if not shows(now):
                found.append(f"{way.__name__.strip('_')} at {time}")
    return found
