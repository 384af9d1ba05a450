"""What waits for somebody of an office, and what a page says to them."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from tests.core.offices import Office, signed_in
from vested.core.scope import System, acting
from vested.direction.queries.objectives import objectives_listed
from vested.insights.queries.agenda import Matter, Waiting, waits_for
from vested.plans.models import Plan

TODAY = date(2026, 3, 10)


def waiting(office: Office, who: str, *, on: date = TODAY) -> list[Waiting]:
    viewer = office.viewer(who)
    with acting(viewer):
        proposed = Plan.objects.filter(state=Plan.State.PROPOSED).select_related("scenario").first()
        objectives = list(objectives_listed(viewer).filter(closed_on=None))
        return waits_for(viewer, objectives=objectives, proposed=proposed, on=on)


def matters(office: Office, who: str, *, on: date = TODAY) -> set[Matter]:
    """Of which kinds something waits, save what was only told."""
    return {one.matter for one in waiting(office, who, on=on)} - {Matter.UNREAD}


def the(office: Office, who: str, matter: Matter, *, on: date = TODAY) -> Waiting:
    """The one thing of a kind that waits."""
    [found] = [one for one in waiting(office, who, on=on) if one.matter is matter]
    return found


def page(office: Office, who: str, address: str = "/") -> str:
    answer = signed_in(office, who).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def made(model: Any, office: Office, **given: Any) -> Any:
    """A row, past all rules."""
    with acting(System("a test")):
        return model.objects.create(sector=office.sector, **given)


def changed(row: Any, **given: Any) -> None:
    """A row as it would be after an action, past all rules."""
    with acting(System("a test")):
        QuerySet(type(row)).filter(pk=row.pk).update(**given)
