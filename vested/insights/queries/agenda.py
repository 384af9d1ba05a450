"""What waits for somebody, whichever room it is in, what is due first first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.utils.timezone import localdate

from vested.academy.models import Enrolment, Objection
from vested.core.models import Import, Job, Notification
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.direction.models import Measure, Objective
from vested.direction.queries.escalations import step_of, until
from vested.direction.queries.measures import Verdict, counted, stands
from vested.direction.queries.waiting import waiting
from vested.plans.models import Plan
from vested.portfolio.queries.waiting import Mine
from vested.portfolio.queries.waiting import waiting as portfolio_waiting

SOON = timedelta(days=14)  # before a measure is due it is named
PAST = timedelta(days=30)  # after which what has failed is let rest
SHOWN = 120  # characters of an obstacle
MOST = 3  # failed jobs, and imports, named one by one
ANSWERED = "objection.answered"  # the kind of notification


class Matter(StrEnum):
    """What it is that waits."""

    DECIDE = "decide"  # on a plan somebody has proposed
    OBJECTIONS = "objections"  # of others, to be answered
    ANSWERS = "answers"  # of others, that are late
    OWN = "own"  # courses proposed to oneself
    ESCALATION = "escalation"  # whose decision is one's own turn
    OBSTACLE = "obstacle"  # one owns
    PROMISE = "promise"  # of one's own, late or soon due
    MEASURES = "measures"  # of one's own objectives, to be looked at again
    JUDGE = "judge"  # what a gate asks of one's role
    DIFFERENCES = "differences"  # between claimed and computed, which one may close
    REOPENED = "reopened"  # gates of one's own initiatives
    WAIVERS = "waivers"  # of one's own initiatives, that run out
    INCREMENTS = "increments"  # to be shown of one's own initiatives
    BENEFITS = "benefits"  # to be reviewed
    CONTRACTS = "contracts"  # to be decided
    SYSTEMS = "systems"  # to be ended
    FAILED = "failed"  # work one has started
    IMPORT = "import"  # that one has begun
    ANSWERED = "answered"  # objections of one's own
    UNREAD = "unread"  # other notifications


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """So many things of a kind wait: the first is ``due`` on a day, or has waited ``since`` one; ``late`` are past it.

    What is one thing has a name and a key.
    """

    matter: Matter
    count: int = 1
    late: int = 0
    due: date | None = None
    since: date | None = None
    name: str = ""
    pk: int | None = None


def waits_for(viewer: Viewer, *, objectives: Sequence[Objective], proposed: Plan | None, on: date) -> list[Waiting]:
    """All that waits for the viewer; of the open ``objectives`` their own, and the plan ``proposed``, if any is."""
    found = [
        *_to_decide(viewer, proposed),
        *_to_answer(viewer, on),
        *_answers(viewer, on),
        *_directed(viewer, on),
        *_measures(viewer, objectives, on),
        *_undertaken(viewer, on),
        *_failed(viewer, on),
        *_imports(viewer),
        *_told(viewer),
    ]
    return sorted(found, key=lambda one: (one.due is None, one.due or one.since or date.max))


def _to_decide(viewer: Viewer, proposed: Plan | None) -> Iterator[Waiting]:
    own = proposed and viewer.person and proposed.proposed_by_id == viewer.person.pk
    if proposed and not own and viewer.may(Permission.PLAN_ADOPT):
        yield Waiting(matter=Matter.DECIDE, since=_day(proposed.proposed_at), name=str(proposed), pk=proposed.pk)


def _to_answer(viewer: Viewer, on: date) -> Iterator[Waiting]:
    if not viewer.paths(Permission.ENROLMENT_CHANGE):
        return
    rows = Objection.objects.all().visible_to(viewer).filter(state=Objection.State.OPEN).exclude(person=viewer.person)
    found = rows.aggregate(n=Count("pk"), due=Min("answer_by"), late=Count("pk", filter=Q(answer_by__lt=on)))
    if found["n"]:
        yield Waiting(matter=Matter.OBJECTIONS, count=found["n"], late=found["late"], due=found["due"])


def _answers(viewer: Viewer, on: date) -> Iterator[Waiting]:
    """What is proposed to oneself, and what others should have answered."""
    own, late = Q(person=viewer.person), Q(answer_by__lt=on)
    rows = Enrolment.objects.all().visible_to(viewer).filter(own | late, status=Enrolment.Status.PROPOSED)
    found = rows.aggregate(
        own=Count("pk", filter=own),
        own_due=Min("answer_by", filter=own),
        own_late=Count("pk", filter=own & late),
        theirs=Count("pk", filter=~own),
        theirs_due=Min("answer_by", filter=~own),
    )
    if found["own"]:
        yield Waiting(matter=Matter.OWN, count=found["own"], late=found["own_late"], due=found["own_due"])
    if found["theirs"]:
        yield Waiting(matter=Matter.ANSWERS, count=found["theirs"], late=found["theirs"], due=found["theirs_due"])


def _directed(viewer: Viewer, on: date) -> Iterator[Waiting]:
    """Escalations to decide, obstacles to answer and promises to keep, one by one."""
    found = waiting(viewer, on)
    said: list[tuple[Matter, date, str, int]] = [
        *((Matter.ESCALATION, until(one, step_of(one, on)), one.asked, one.pk) for one in found.escalations),
        *((Matter.OBSTACLE, one.answer_by, one.words[:SHOWN], one.pk) for one in found.obstacles),
        *((Matter.PROMISE, one.due_on, one.words, one.pk) for one in found.commitments),
    ]
    for matter, day, name, pk in said:
        yield Waiting(matter=matter, due=day, late=int(day < on), name=name, pk=pk)


def _measures(viewer: Viewer, objectives: Sequence[Objective], on: date) -> Iterator[Waiting]:
    owned = [one for one in objectives if viewer.person and one.owner_id == viewer.person.pk]
    asked = [(look_again(measure), measure) for one in owned for measure in one.measures.all()]
    due = sorted(((day, measure) for day, measure in asked if day <= on + SOON), key=lambda found: found[0])
    if due:
        one = due[0][1] if len(due) == 1 else None
        yield Waiting(
            matter=Matter.MEASURES,
            count=len(due),
            late=sum(day < on for day, _measure in due),
            due=due[0][0],
            name=one.name if one else "",
            pk=one.pk if one else None,
        )


def _undertaken(viewer: Viewer, on: date) -> Iterator[Waiting]:
    """What of the portfolio waits: what waits since a day, then what waits until one."""
    found = portfolio_waiting(viewer, on)
    for matter in (Matter.JUDGE, Matter.DIFFERENCES, Matter.REOPENED):
        yield from _of(matter, getattr(found, matter.value))
    for matter in (Matter.WAIVERS, Matter.INCREMENTS, Matter.BENEFITS, Matter.CONTRACTS, Matter.SYSTEMS):
        yield from _of(matter, getattr(found, matter.value), until=on)


def _of(matter: Matter, rows: Sequence[Mine], *, until: date | None = None) -> Iterator[Waiting]:
    """So many rows wait: of one, its name and key."""
    if not rows:
        return
    first, name, pk = rows[0].on, rows[0].name if len(rows) == 1 else "", rows[0].pk if len(rows) == 1 else None
    if until is None:
        yield Waiting(matter=matter, count=len(rows), since=first, name=name, pk=pk)
    else:
        late = sum(row.on < until for row in rows)
        yield Waiting(matter=matter, count=len(rows), late=late, due=first, name=name, pk=pk)


def look_again(measure: Measure) -> date:
    """By which day a measure is to be observed again."""
    seen = counted(list(measure.observations.all()))
    return (seen[-1].on if seen else measure.baseline_on) + timedelta(days=measure.every_days)


def unseen(measure: Measure, on: date) -> bool:
    """Whether a measure should have been observed, and was not."""
    return stands(measure, on).verdict in {Verdict.STALE, Verdict.UNKNOWN} and look_again(measure) < on


def _failed(viewer: Viewer, on: date) -> Iterator[Waiting]:
    """Work that failed and was not started once more."""
    again = Job.objects.filter(by=OuterRef("by"), kind=OuterRef("kind"), title=OuterRef("title"), pk__gt=OuterRef("pk"))
    rows = Job.objects.all().started_by(viewer).filter(state=Job.State.FAILED).exclude(Exists(again))
    for job in rows.filter(ended_at__date__gte=on - PAST)[:MOST]:
        yield Waiting(matter=Matter.FAILED, since=_day(job.ended_at), name=job.title, pk=job.pk)


def _imports(viewer: Viewer) -> Iterator[Waiting]:
    """Files one has brought, and not yet brought in."""
    if not viewer.may(Permission.IMPORT_RUN):
        return
    states = (Import.State.UPLOADED, Import.State.MAPPED, Import.State.CHECKED, Import.State.READY)
    rows = Import.objects.all().visible_to(viewer).light().filter(person=viewer.person, state__in=states)
    for one in rows.exclude(job__state__in=(Job.State.WAITING, Job.State.RUNNING))[:MOST]:
        yield Waiting(matter=Matter.IMPORT, since=_day(one.at), name=one.name, pk=one.pk)


def _told(viewer: Viewer) -> Iterator[Waiting]:
    answered = Q(kind=ANSWERED)
    found = (
        Notification.objects.visible_to(viewer)
        .unread()
        .aggregate(
            answered=Count("pk", filter=answered),
            answered_at=Min("at", filter=answered),
            unread=Count("pk", filter=~answered),
            unread_at=Min("at", filter=~answered),
        )
    )
    for matter in (Matter.ANSWERED, Matter.UNREAD):
        if found[matter.value]:
            yield Waiting(matter=matter, count=found[matter.value], since=_day(found[f"{matter.value}_at"]))


def _day(moment: datetime | None) -> date | None:
    return localdate(moment) if moment else None
