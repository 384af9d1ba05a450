"""Tell people what was done that concerns them; they find it in their inbox, each in their own language."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import override

from vested.core.models import Hat, Notification, Person
from vested.core.permissions import Role
from vested.core.scope import SectorModel, wall_of
from vested.core.viewer import Viewer

Words = str | Promise


def notify(
    people: Iterable[Person],
    *,
    kind: str,
    title: Words,
    body: Words = "",
    values: Mapping[str, object] | None = None,
    url: str = "",
    at: datetime,
    about: SectorModel | None = None,
) -> None:
    """Tell each of the people once, within the transaction of the action that is told of.

    What they are told ``about`` may stand behind a wall: then only those who have its hat are told, and read it while
    they wear that.

    Lazy words are read in the reader's language, with ``values`` in them; plain ones are somebody's own, and stay as
    they are. ``url`` is a path of ours, without a host.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{kind} must be told in the transaction that does it")
    said: dict[str, object] = {name: _source(words) for name, words in (("title", title), ("body", body))}
    said["values"] = {name: _kept(value) for name, value in (values or {}).items()}
    wall, told = wall_of(about) if about else None, {person.pk: person for person in people}
    if wall:
        having = Hat.objects.filter(wall=wall, person__in=told).held_on(timezone.localdate(at))
        told = {person.pk: person for person in (hat.person for hat in having.select_related("person"))}
    rows = [
        Notification(sector_id=one.sector_id, person=one, kind=kind, said=said, url=url, at=at, wall_id=wall)
        for one in told.values()
    ]
    for row in rows:  # in the language of now: for who looks at the rows themselves
        row.title, row.body = (row.read_as("title") or str(title))[:200], row.read_as("body") or str(body)
    Notification.objects.bulk_create(rows, batch_size=500)


def waiting(viewer: Viewer) -> int:
    """How many notifications the viewer has not read."""
    return Notification.objects.visible_to(viewer).unread().count() if viewer.person else 0


def _source(words: Words) -> str:
    """Lazy words as they stand in the code, from which every language translates; none of plain ones."""
    with override(None):
        return str(words) if isinstance(words, Promise) else ""


def _kept(value: object) -> object:
    """A value as it is kept until it is read."""
    match value:
        case Promise():
            return {"words": _source(value)}
        case Role():
            with override(None):
                return {"words": value.label}
        case date():
            return {"day": value.isoformat()}
        case int():
            return value
        case _:
            return str(value)
