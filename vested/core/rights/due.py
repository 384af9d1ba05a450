"""What is past its time: people who left long ago, and rows that end by themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from vested.core.labels import LEAVING, Held, Label, Trace, Way, held
from vested.core.models import Grant, Membership, Person


@dataclass(frozen=True, slots=True)
class Due:
    """How many things of a kind are past their time, and what is kept of them."""

    what: str
    label: Label
    count: int
    nameless: bool  # else they are removed


def due(today: date) -> list[Due]:
    """What retention would take today, kind by kind."""
    found = [Due(str(one.what), way.label, rows.count(), nameless=False) for one, way, rows in rows_due(today)]
    for one, trace in traces():
        if trace.due:
            found.append(Due(str(one.what), trace.label, trace.due(before(trace.label, today)), nameless=True))
    return [one for one in found if one.count]


def leavers(today: date) -> QuerySet[Person]:
    """People who left, or were let go, so long ago that nothing may be kept: who hold no role, and work nowhere."""
    works = Membership.objects.filter(person=OuterRef("pk"), until=None)
    holds = Grant.objects.held_on(today).filter(person=OuterRef("pk"))
    gone = Person.objects.filter(~Exists(works), ~Exists(holds)).annotate(
        left=Coalesce(Max("memberships__until"), "let_go_on")
    )
    return gone.filter(left__lt=date.fromordinal(today.toordinal() - LEAVING)).order_by("pk")


def rows_due(today: date) -> Iterator[tuple[Held, Way, QuerySet[models.Model]]]:
    """Rows that end by themselves, and have ended long ago."""
    for one in held():
        fields = {field.name: field for field in one.model._meta.concrete_fields}
        for label in dict.fromkeys(way.label for way in one.ways):
            if field := fields.get(label.since):
                way = next(way for way in one.ways if way.label == label)
                last = before(label, today)
                end = last if isinstance(field, models.DateTimeField) else last.date()
                rows = one.model._default_manager.filter(**{f"{label.since}__lt": end}).order_by(F("pk"))
                yield one, way, rows


def traces() -> Iterator[tuple[Held, Trace]]:
    """All traces that end by themselves."""
    return ((one, trace) for one in held() for trace in one.traces if trace.expire)


def before(label: Label, today: date) -> datetime:
    """The moment before which what a label covers is past its time."""
    day = date.fromordinal(today.toordinal() - label.days)
    return timezone.make_aware(datetime.combine(day, time.min))
