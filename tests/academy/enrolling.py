"""Proposals to the people of a small office, and what they did with them."""

from datetime import UTC, date, datetime

from tests.core.offices import Office
from vested.academy.actions import propose_enrolments
from vested.academy.models import Enrolment, Session
from vested.core.models import Grant, Notification, Person
from vested.core.permissions import Role
from vested.core.scope import System, acting
from vested.core.viewer import Viewer

NOON, LATER = datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 3, 9, 12, tzinfo=UTC)
DUE = date(2026, 3, 20)


def propose(office: Office, session: Session, *who: str, source: str = "Plan A", by: str = "cdo") -> list[Enrolment]:
    """Propose a session to people, and take earlier unanswered proposals back."""
    viewer = office.viewer(by)
    people = [office.people[name] for name in who]
    with acting(viewer):
        pairs = [(person.pk, session.pk) for person in people]
        propose_enrolments(by=viewer, rows=pairs, source=source, answer_by=DUE, at=NOON)
        return [enrolment(person, session) for person in people]


def enrolment(person: Person, session: Session) -> Enrolment:
    """Somebody's enrolment as it is now."""
    with acting(System("a test")):
        return Enrolment.objects.select_related("person", "session__course", "answered_by").get(
            person=person, session=session
        )


def enrolled(office: Office, session: Session, who: str, status: str) -> Enrolment:
    """Put somebody's enrolment into a state, past all rules."""
    person = office.people[who]
    with acting(System("a test")):
        Enrolment.objects.update_or_create(
            person=person,
            session=session,
            defaults={"sector": office.sector, "status": status, "waiting_since": NOON},
        )
    return enrolment(person, session)


def officer(office: Office, who: str, role: Role = Role.HR_OFFICER, *, north: bool = True) -> Viewer:
    """Make somebody HR officer of the northern agency."""
    with acting(System("a test")):
        unit = office.north if north else None
        Grant.objects.create(
            sector=office.sector, person=office.people[who], role=role, unit=unit, since=date(2026, 1, 5)
        )
    return office.viewer(who)


def told(office: Office, who: str) -> list[str]:
    """What somebody was told, the latest first."""
    with acting(System("a test")):
        return list(Notification.objects.filter(person=office.people[who]).values_list("title", flat=True))
