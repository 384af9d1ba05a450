"""Whom to turn to outside: people who need not be the sector's own, so nothing leads to them but their words."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from vested.core.models import Person
from vested.core.people_gone import Gone, gone
from vested.core.viewer import Viewer
from vested.ecosystem.models import Contact


def told(person: Person) -> Iterator[dict[str, Any]]:
    """The agreements somebody is the contact of, by their name or address."""
    for one in _naming(gone([person])):
        yield {"agreement": str(one.agreement), "name": one.name, "email": one.email}


def forget(going: Gone, by: Viewer) -> int:  # noqa: ARG001 - the shape of a trace
    """Delete contacts that are people who go."""
    found = [one.pk for one in _naming(going)]
    Contact.objects.filter(pk__in=found).delete()
    return len(found)


def due(before: datetime) -> int:
    """How many contacts are of agreements that ended long ago."""
    return _past(before).count()


def expire(before: datetime, by: Viewer) -> int:  # noqa: ARG001 - the shape of a trace
    """Delete them."""
    return _past(before).delete()[0]


def _naming(going: Gone) -> list[Contact]:
    rows = Contact.objects.select_related("agreement").order_by("pk")
    return [one for one in rows if going.named_in(one.name) or going.named_in(one.email)]


def _past(before: datetime) -> QuerySet[Contact]:
    day = before.date()
    return Contact.objects.filter(Q(agreement__ends_on__lt=day) | Q(agreement__ended_on__lt=day))
