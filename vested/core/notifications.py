"""Tell people what was done that concerns them; they find it in their inbox."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from vested.core.models import Notification, Person
from vested.core.viewer import Viewer


def notify(people: Iterable[Person], *, kind: str, title: str, body: str = "", url: str = "", at: datetime) -> None:
    """Tell each of the people once, within the transaction of the action that is told of.

    ``url`` is a path of ours, without a host.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{kind} must be told in the transaction that does it")
    told = {person.pk: person for person in people}.values()
    Notification.objects.bulk_create(
        [
            Notification(
                sector_id=person.sector_id, person=person, kind=kind, title=title[:200], body=body, url=url, at=at
            )
            for person in told
        ],
        batch_size=500,
    )


def waiting(viewer: Viewer) -> int:
    """How many notifications the viewer has not read."""
    return Notification.objects.visible_to(viewer).unread().count() if viewer.person else 0
