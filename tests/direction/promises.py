"""Promises, obstacles and escalations of a small office."""

from datetime import UTC, date, datetime, time, timedelta

from tests.core.offices import DAY, Office
from vested.core.models import Grant
from vested.core.permissions import Role
from vested.core.scope import System, acting
from vested.direction.actions import make_commitment, raise_escalation, raise_obstacle
from vested.direction.models import Commitment, Escalation, Obstacle

DUE = date(2026, 3, 1)


def at(day: date) -> datetime:
    """Nine in the morning of a day."""
    return datetime.combine(day, time(9), tzinfo=UTC)


def top_leader(office: Office) -> None:
    """The neighbour becomes the sector's top leader."""
    with acting(System("a test")):
        Grant.objects.create(
            sector=office.sector, person=office.people["neighbour"], role=Role.TOP_LEADER, unit=None, since=DAY
        )


def promise(office: Office, who: str = "manager", **given: object) -> Commitment:
    """A promise of the north, due on the first of March."""
    viewer = office.viewer(who)
    words: dict[str, object] = {
        "words": "ours promise", "to_whom": "ours skippers", "person": None, "unit": office.north, "objective": None,
        "due_on": DUE, "proof_is": "ours list", "public": False, "at": at(DAY),
    }  # fmt: skip
    with acting(viewer):
        return make_commitment(by=viewer, **{**words, **given})  # type: ignore[arg-type]  # as given


def obstacle(office: Office, who: str = "clerk", *, named: bool = True, **given: object) -> Obstacle:
    """A rule that stands in the way in the north."""
    viewer = office.viewer(who)
    words: dict[str, object] = {
        "kind": "rule", "words": "ours rule", "wish": "ours wish", "unit": office.north, "at": at(DAY),
    }  # fmt: skip
    with acting(viewer):
        return raise_obstacle(by=viewer, named=named, **{**words, **given})  # type: ignore[arg-type]  # as given


def escalation(office: Office, who: str = "clerk", **given: object) -> Escalation:
    """A decision asked of the clerk by a week, of the manager by two, of the top by three."""
    viewer = office.viewer(who)
    days = {name: DAY + timedelta(days=7 * n) for n, name in enumerate(("owner_by", "director_by", "top_by"), 1)}
    words: dict[str, object] = {
        "title": "ours conflict", "words": "ours story", "asked": "ours question?", "options": ["ours yes", "ours no"],
        "unit": office.north, "owner": office.people["clerk"], "about": None, "at": at(DAY), **days,
    }  # fmt: skip
    with acting(viewer):
        return raise_escalation(by=viewer, **{**words, **given})  # type: ignore[arg-type]  # as given
