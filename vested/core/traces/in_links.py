"""People at the end of a link, such as those who teach a course."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from vested.core.links import kinds_of
from vested.core.models import Link, Person
from vested.core.people_gone import Gone
from vested.core.viewer import Viewer


def told(person: Person) -> Iterator[dict[str, Any]]:
    """What somebody is linked to."""
    for kind, link in _of([person.pk]):
        other, pk = (kind.target, link.target_id) if kind.source is Person else (kind.source, link.source_id)
        thing = other._default_manager.filter(pk=pk).first()
        yield {"kind": kind.name, "with": str(thing or ""), "since": link.since}


def forget(going: Gone, by: Viewer) -> int:  # noqa: ARG001 - the shape of a trace
    """Take their links away."""
    links = [link.pk for _kind, link in _of(going.pks)]
    return Link.objects.filter(pk__in=links).delete()[0]


def _of(pks: Iterable[int]) -> Iterator[tuple[Any, Link]]:
    for kind in kinds_of(Person):
        ends = Q(source_id__in=list(pks)) if kind.source is Person else Q(target_id__in=list(pks))
        for link in Link.objects.filter(ends, kind=kind.name):
            yield kind, link
