"""Propose sessions to people, and offer a seat to who waits for one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.academy.models import Enrolment, Session
from vested.academy.queries.seats import free_seats, place_in_line
from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.imports.kept import BATCH, write
from vested.core.locking import hold
from vested.core.models import Person, Sector
from vested.core.notifications import notify
from vested.core.permissions import Permission, require
from vested.core.queries import works_in
from vested.core.viewer import Viewer

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Proposed:
    """How many proposals were made, how many stay as they were, and how many were taken back."""

    created: int
    kept: int
    withdrawn: int


@transaction.atomic
def propose_enrolments(*, by: Viewer, rows: Sequence[Pair], source: str, answer_by: date, at: datetime) -> Proposed:
    """Propose to people (by key) sessions (by key), as the plan ``source`` says; what was answered stays answered.

    Proposals of an earlier plan that nobody answered and that are not among the rows are taken back; seats that a
    person offered are not. Everybody concerned is told once.
    """
    require(by, Permission.ENROLMENT_OFFER)
    Sector.objects.select_for_update().get(pk=by.sector.pk)  # one plan after the other
    wanted = dict.fromkeys(rows)
    _known(wanted)
    there = Enrolment.objects.values_list("person", "session", "pk", "status", "answered_at", "source")
    open_now: dict[Pair, tuple[int, bool]] = {}  # what waits for an answer: its key, and whether a plan proposed it
    again: dict[Pair, int] = {}  # what may be proposed once more
    answered: set[Pair] = set()
    for person, session, pk, status, said, plan in there:
        pair = (person, session)
        if status == Enrolment.Status.PROPOSED:
            open_now[pair] = (pk, bool(plan))
        elif status == Enrolment.Status.WAITING or (status == Enrolment.Status.WITHDRAWN and said is None):
            again[pair] = pk
        else:
            answered.add(pair)
    new = [pair for pair in wanted if pair not in answered and pair not in open_now]
    stale = [pair for pair, (_pk, planned) in open_now.items() if planned and pair not in wanted]
    proposed = {"status": Enrolment.Status.PROPOSED, "source": source[:200], "proposed_at": at, "answer_by": answer_by}
    fresh = [pair for pair in new if pair not in again]
    if fresh:
        columns: dict[str, Sequence[object]] = dict(
            zip(("person_id", "session_id"), zip(*fresh, strict=True), strict=True)
        )
        columns |= {name: [value] * len(fresh) for name, value in _stored(proposed).items()}
        write(Enrolment, columns, by=by, unique=2)
    _set([again[pair] for pair in new if pair in again], reason="", waiting_since=None, **proposed)
    _set([pk for pair, (pk, planned) in open_now.items() if planned and pair in wanted], source=source[:200])
    _set([open_now[pair][0] for pair in stale], status=Enrolment.Status.WITHDRAWN)
    _tell(new, stale, answer_by=answer_by, at=at)
    done = Proposed(created=len(new), kept=len(wanted) - len(new), withdrawn=len(stale))
    counts = {"created": done.created, "kept": done.kept, "withdrawn": done.withdrawn}
    record("enrolments.proposed", by=by, on=by.sector, new={"source": source, "until": answer_by, **counts})
    return done


@transaction.atomic
def offer_seat(*, by: Viewer, enrolment: Enrolment, answer_by: date, at: datetime, version: int) -> Enrolment:
    """Offer a free seat to somebody on the waiting list, who then answers as to any proposal."""
    require(by, Permission.ENROLMENT_OFFER, on=works_in(enrolment.person))
    session = Session.objects.select_for_update().select_related("course").get(pk=enrolment.session_id)
    enrolment = hold(enrolment, version=version)
    if enrolment.status != Enrolment.Status.WAITING:
        raise Invalid(_("%(person)s does not wait for a seat any more.") % {"person": enrolment.person})
    if free_seats(session) == 0:
        raise Invalid(_("No seat is free in %(session)s. Wait until somebody declines.") % {"session": session})
    place = place_in_line(enrolment)
    enrolment.status = Enrolment.Status.PROPOSED
    enrolment.source, enrolment.reason = "", ""
    enrolment.proposed_at, enrolment.answer_by = at, answer_by
    enrolment.save()
    notify(
        [enrolment.person],
        kind="enrolment.offered",
        title=gettext_lazy("A seat is free for you in %(course)s"),
        body=gettext_lazy("Please answer by %(day)s."),
        values={"course": session.course, "day": answer_by},
        url=reverse("academy:enrolment", args=[enrolment.pk]),
        at=at,
    )
    record("enrolment.offered", by=by, on=enrolment, new={"place": place, "until": answer_by})
    return enrolment


def _known(pairs: Iterable[Pair]) -> None:
    """Refuse people and sessions that the sector does not have."""
    people = set(Person.objects.values_list("pk", flat=True))
    sessions = set(Session.objects.values_list("pk", flat=True))
    unknown = sum(person not in people or session not in sessions for person, session in pairs)
    if unknown:
        raise Invalid(_("%(count)s of the proposals speak of nobody or nothing in the sector.") % {"count": unknown})


def _stored(values: Mapping[str, object]) -> dict[str, object]:
    """Values as the database keeps them."""
    fields = {field.name: field for field in Enrolment._meta.concrete_fields}
    return {name: fields[name].get_db_prep_save(value, connection) for name, value in values.items()}


def _set(keys: Sequence[int], **values: object) -> None:
    """Change many rows, each counted up."""
    for start in range(0, len(keys), BATCH):
        Enrolment.objects.filter(pk__in=keys[start : start + BATCH]).update(version=F("version") + 1, **values)


def _tell(new: Iterable[Pair], stale: Iterable[Pair], *, answer_by: date, at: datetime) -> None:
    """Tell everybody once: what is proposed to them, or else what no longer is."""
    proposed = Counter(person for person, _session in new)
    taken = Counter(person for person, _session in stale)
    people = Person.objects.in_bulk() if proposed or taken else {}
    by_count: dict[tuple[int, int], list[Person]] = {}
    for pk in proposed.keys() | taken.keys():
        by_count.setdefault((proposed[pk], taken[pk]), []).append(people[pk])
    asked = gettext_lazy("Courses proposed to you: %(count)s. Answer by %(day)s")
    withdrawn = gettext_lazy("Proposals to you that were taken back: %(withdrawn)s")
    for (more, less), told in sorted(by_count.items(), key=lambda one: one[0]):
        title, body = (asked, withdrawn if less else "") if more else (withdrawn, "")
        values = {"count": more, "withdrawn": less, "day": answer_by}
        url = reverse("academy:mine")
        notify(told, kind="enrolments.proposed", title=title, body=body, values=values, url=url, at=at)
