"""What an opening opens in a session, and keeping what was looked at through it."""

from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from vested.core.models import Opening, OpeningLook, Person, Wall

LOOKING = "looking"  # in a session: the opening one looks through now


def opened(person: Person, pk: object, *, at: datetime) -> frozenset[int]:
    """The walls open to a person by an opening they say they look through; none once it is over."""
    found = Opening.objects.in_force(at).filter(person=person, pk=pk).first() if isinstance(pk, int) else None
    if found is None:
        return frozenset()
    return frozenset(Wall.objects.filter(counterparty=found.counterparty_id).values_list("pk", flat=True))


def keep_look(request: HttpRequest, answered: HttpResponseBase) -> None:
    """Keep that a page was looked at while walls were open: every one that answered, whatever it showed."""
    viewer, opening = getattr(request, "viewer", None), getattr(request, "looking", None)
    if viewer and opening and answered.status_code < HTTPStatus.BAD_REQUEST:
        path, at = request.get_full_path()[:300], timezone.now()
        OpeningLook.objects.create(sector=viewer.sector, opening_id=opening, person=viewer.person, path=path, at=at)
