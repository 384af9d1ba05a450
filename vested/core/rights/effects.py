"""What erasing somebody would do: what goes, what stays without their name, and why."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from vested.core.labels import Label, held
from vested.core.models import Person


@dataclass(frozen=True, slots=True)
class Effects:
    """What goes, and how many rows; what stays nameless, how many and why; what is rewritten where it names them."""

    goes: list[tuple[str, int]]
    stays: list[tuple[str, int, Label]]
    rewritten: list[str]


def effects(person: Person) -> Effects:
    """What erasing a person would do, as the labels say."""
    goes: dict[str, int] = {}
    stays = []
    ways = [(one, way) for one in held() for way in one.ways]
    numbered = {f"n{number}": _count(one.rows(way, [person.pk])) for number, (one, way) in enumerate(ways)}
    counts: Any = Person.objects.filter(pk=person.pk).values(**numbered).get()  # in one question
    for (one, way), count in zip(ways, counts.values(), strict=True):
        if count and one.goes(way):
            goes[str(one.what)] = count
        elif count:
            stays.append((str(one.what), count, way.label))
    return Effects(list(goes.items()), stays, [str(one.what) for one in held() if one.traces])


def _count(rows: QuerySet[Any]) -> Coalesce:
    every = rows.order_by().annotate(every=Value(1)).values("every")
    return Coalesce(Subquery(every.annotate(n=Count("pk")).values("n")), 0)
