"""Questions about one session: who holds its seats, who waits, and where oneself stands."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from vested.academy.models import Enrolment, Session
from vested.academy.models.enrolments import COMING, SEATED
from vested.academy.queries.enrolments import enrolments_listed
from vested.core.models import Person
from vested.core.viewer import Viewer

Status = Enrolment.Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """A session's seats in all (None: no limit), and how many people are how far."""

    seats: int | None
    proposed: int
    accepted: int
    attended: int
    absent: int
    waiting: int

    @property
    def taken(self) -> int:
        """Seats that somebody holds."""
        return self.proposed + self.accepted + self.attended

    @property
    def free(self) -> int | None:
        """Seats that nobody holds (None: no limit)."""
        return None if self.seats is None else max(0, self.seats - self.taken)


def seats_of(session: Session) -> Seats:
    """How the seats of a session stand; counts of all people, whoever asks."""
    states = (Status.PROPOSED, Status.ACCEPTED, Status.ATTENDED, Status.ABSENT, Status.WAITING)
    counts = {state.value: Count("pk", filter=Q(status=state)) for state in states}
    return Seats(seats=session.seats, **Enrolment.objects.filter(session=session).aggregate(**counts))


def roster(viewer: Viewer, session: Session) -> QuerySet[Enrolment]:
    """Who takes part in a session, or was to, of those the viewer may see."""
    rows = enrolments_listed(viewer).filter(session=session, status__in={*SEATED, *COMING})
    return rows.order_by("person__find", "pk")


def line(viewer: Viewer, session: Session) -> list[tuple[int, Enrolment]]:
    """Who waits for a seat, in order, each with the place in line; of those the viewer may see."""
    keys = Enrolment.objects.filter(session=session).in_line().values_list("pk", flat=True)
    places = {pk: place for place, pk in enumerate(keys, 1)}
    rows = enrolments_listed(viewer).filter(session=session, status=Status.WAITING)
    return sorted(((places[one.pk], one) for one in rows), key=lambda found: found[0])


def own_in(session: Session, person: Person | None) -> Enrolment | None:
    """One's own enrolment in a session."""
    return Enrolment.objects.filter(session=session, person=person).first() if person else None
