"""Write history, and see that nobody has changed it."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from vested.core.models import Event, Sector
from vested.core.scope import beyond_walls, wall_of

if TYPE_CHECKING:
    from vested.core.viewer import Viewer

_BEGINNING = "0" * 64
ERASED = "history.erased"
_WORDS: dict[str, Any] = {"by_id": None, "by_name": "", "subject_name": "", "old": {}, "new": {}}  # as erased


def record(
    kind: str,
    *,
    by: "Viewer",
    on: models.Model,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
) -> Event:
    """Add a line to the sector's history: the last thing an action does, within its transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{kind} must be recorded in the transaction that does it")
    Sector.objects.select_for_update().get(pk=by.sector.pk)  # one line after the other
    with beyond_walls("the next line follows the last one, whoever may read it"):
        return _written(kind, by=by, on=on, old=old, new=new)


def _written(
    kind: str, *, by: "Viewer", on: models.Model, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> Event:
    last = Event.objects.filter(sector=by.sector).order_by("-number").first()
    event = Event(
        sector=by.sector,
        number=last.number + 1 if last else 1,
        at=timezone.now(),
        kind=kind,
        by_id=by.person.pk if by.person else None,
        by_name=str(by.person) if by.person else "",
        subject_type=on._meta.label_lower,
        subject_id=on.pk,
        subject_name=str(on)[:300],
        wall_id=wall_of(on),
        old=_plain(old),
        new=_plain(new),
        salt=secrets.token_hex(16),
    )
    event.digest = _digest(event)
    event.chain = _link(last.chain if last else _BEGINNING, event)
    event.save(force_insert=True)
    return event


def faults() -> Iterator[str]:
    """What is wrong with the history of the asker's sector: nothing, unless somebody changed it by another way."""
    with beyond_walls("a chain is whole or it is not"):
        return iter(list(_faults()))


def _faults() -> Iterator[str]:
    before, number, vouched = _BEGINNING, 0, _vouched()
    for event in Event.objects.order_by("number").iterator():
        number += 1
        if event.number != number:
            yield f"line {number} is missing; line {event.number} follows"
            number = event.number
        if event.left:
            if event.left != _digest(event) or event.left != vouched.get(str(event.number)):
                yield f"line {event.number} says something else than was left when words were erased"
        elif event.digest != _digest(event):
            yield f"line {event.number} says something else than was recorded"
        if event.chain != _link(before, event):
            yield f"line {event.number} does not follow from the line before"
        before = event.chain


def erase(lines: Iterable[tuple[Event, Mapping[str, Any]]], *, by: "Viewer") -> int:
    """Take words out of lines that speak of people whose data are erased: all of them, save those given with a line.

    The chain stays whole, and nobody can guess the words from a digest. What is left of each line is vouched for by a
    line of its own, so that nobody changes it as if it had been erased. Gives how many lines.
    """
    erased = [_erased(event, left) for event, left in lines]
    if erased:
        fields = (*_WORDS, "salt", "left")
        Event.objects.bulk_create(
            erased, batch_size=500, update_conflicts=True, unique_fields=("id",), update_fields=fields
        )
        record(ERASED, by=by, on=by.sector, new={"lines": {str(event.number): event.left for event in erased}})
    return len(erased)


def _erased(event: Event, left: Mapping[str, Any]) -> Event:
    for name, value in {**_WORDS, **left}.items():
        setattr(event, name, value)
    event.salt = secrets.token_hex(16)
    event.left = _digest(event)
    return event


def _vouched() -> dict[str, str]:
    """What is left of erased lines, by their numbers: as the last line says that speaks of each."""
    said = Event.objects.filter(kind=ERASED).order_by("number").values_list("new", flat=True)
    return {number: left for new in said for number, left in new.get("lines", {}).items()}


def _plain(values: Mapping[str, Any] | None) -> object:
    """Values as the database will give them back."""
    return json.loads(json.dumps(dict(values or {}), cls=DjangoJSONEncoder))


def _digest(event: Event) -> str:
    words = (
        event.salt, event.number, event.at.isoformat(), event.kind, event.by_id, event.by_name, event.subject_type,
        event.subject_id, event.subject_name, event.old, event.new, *([event.wall_id] if event.wall_id else []),
    )  # fmt: skip
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()


def _link(before: str, event: Event) -> str:
    return hashlib.sha256(f"{before}{event.digest}".encode()).hexdigest()
