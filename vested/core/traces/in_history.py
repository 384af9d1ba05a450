"""People in the lines of history: who did something, to whom it was done, who is named."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from vested.core.history import ERASED, erase
from vested.core.labels import subjects
from vested.core.models import Event, Person
from vested.core.people_gone import Gone, gone
from vested.core.scope import Scope
from vested.core.traces.in_texts import naming
from vested.core.viewer import Viewer

BATCH = 500


def told(person: Person) -> Iterator[dict[str, Any]]:
    """The lines that say what somebody did, what was done to them or theirs, or that name them."""
    names = "number", "at", "kind", "by_name", "subject_type", "subject_name", "old", "new"
    for event in _lines({person.pk}, gone([person])).order_by("number").values(*names).iterator(chunk_size=BATCH):
        yield dict(event)


def forget(going: Gone, by: Viewer) -> int:
    """Take people out of all lines: the words about them go, of what they did only that it was they."""
    about = _about(going.pks)
    lines = _lines(going.pks, going)
    return erase(((event, _left(event, going, about)) for event in lines.iterator(chunk_size=BATCH)), by=by)


def due(before: datetime) -> int:
    """How many lines are past their time."""
    return _old(before).count()


def expire(before: datetime, by: Viewer) -> int:
    """Take the words out of lines that are past their time."""
    return erase(((event, _nameless(event)) for event in _old(before).iterator(chunk_size=BATCH)), by=by)


def _old(before: datetime) -> QuerySet[Event]:
    """Lines with words, save those that vouch for what is left of others."""
    lines = Event.objects.filter(at__lt=before).exclude(kind=ERASED)
    return lines.exclude(by_id=None, by_name="", old={}, new={})


def _left(event: Event, going: Gone, about: Mapping[str, set[int]]) -> dict[str, Any]:
    kept = {} if event.by_id in going.pks else {"by_id": event.by_id, "by_name": event.by_name}
    if event.subject_id in about.get(event.subject_type, ()):
        return kept
    words = {"subject_name": event.subject_name, "old": event.old, "new": event.new}
    return going.without({**kept, **words})  # type: ignore[no-any-return]  # a dict gives a dict


def _nameless(event: Event) -> dict[str, Any]:
    try:
        scope = getattr(apps.get_model(event.subject_type), "scope", Scope.PERSONAL)
    except LookupError:
        scope = Scope.PERSONAL  # a kind of thing there is no longer
    return {} if scope is Scope.PERSONAL else {"subject_name": event.subject_name}


def _lines(pks: Iterable[int], words: Gone) -> QuerySet[Event]:
    lines = Q(by_id__in=list(pks))
    for kind, ids in _about(pks).items():
        lines |= Q(subject_type=kind, subject_id__in=ids)
    return Event.objects.filter(lines | Q(pk__in=naming(Event, words)))


def _about(pks: Iterable[int]) -> dict[str, set[int]]:
    """The keys of people's own rows, by the kinds of things history speaks of."""
    kinds = set(Event.objects.order_by().values_list("subject_type", flat=True).distinct())
    return {kind: ids for kind, ids in subjects(pks, kinds).items() if ids}
