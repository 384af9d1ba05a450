"""Questions about the seats of a session, and who is in line for one."""

from vested.academy.models import Enrolment, Session


def free_seats(session: Session) -> int | None:
    """How many seats nobody holds (None: there is no limit)."""
    if session.seats is None:
        return None
    return max(0, session.seats - Enrolment.objects.filter(session=session).seated().count())


def place_in_line(enrolment: Enrolment) -> int:
    """How many wait for a seat up to this one: 1 is the first."""
    line = Enrolment.objects.filter(session=enrolment.session_id).in_line().values_list("pk", flat=True)
    return list(line).index(enrolment.pk) + 1
