"""What happened, and what one was told of it, for programs."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from vested.core.actions import read_notifications
from vested.core.api.lists import Key, Listed, ListOf, Paging
from vested.core.filters import EventFilter, NotificationFilter
from vested.core.models import Event, Notification
from vested.core.viewer import viewer_of

router = Router()


class EventOut(Schema):
    """One line of history."""

    number: int = Field(description="1, 2, … in the sector, without gaps.")
    at: datetime
    kind: str
    by: int | None = Field(alias="by_id", description="The person who did it.")
    by_name: str
    subject_type: str
    subject: int = Field(alias="subject_id")
    subject_name: str
    old: dict[str, Any]
    new: dict[str, Any]
    digest: str = Field(description="Of the line's words, salted.")
    chain: str = Field(description="sha256 of the chain of the line before, and of this line's digest.")


class NotificationOut(Schema):
    """Something you were told."""

    id: int
    kind: str
    title: str
    body: str
    url: str = Field(description="Where it leads, without a host.")
    at: datetime
    read_at: datetime | None

    @staticmethod
    def resolve_title(row: Notification) -> str:
        """What it is, in the language asked for."""
        return str(row)

    @staticmethod
    def resolve_body(row: Notification) -> str:
        """More of it, in the language asked for."""
        return row.words


class ReadOut(Schema):
    """How many were unread."""

    read: int


EVENTS = ListOf(filters=EventFilter, sorts={"number": "number"}, usual="-number")
NOTIFICATIONS = ListOf(filters=NotificationFilter, sorts={"at": "at"}, usual="-at")


@router.get("/events", response=Listed[EventOut], openapi_extra=EVENTS.described())
def events(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the history: the whole sector's where your role lets you, otherwise what you did."""
    return EVENTS.page(request, Event.objects.all().visible_to(viewer_of(request)), paging)


@router.get("/notifications", response=Listed[NotificationOut], openapi_extra=NOTIFICATIONS.described())
def notifications(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List what you were told."""
    return NOTIFICATIONS.page(request, Notification.objects.visible_to(viewer_of(request)), paging)


@router.post("/notifications/read", response=ReadOut)
def notifications_read(request: HttpRequest) -> dict[str, int]:
    """Mark all you were told as read."""
    return {"read": read_notifications(by=viewer_of(request), at=timezone.now())}


@router.post("/notifications/{pk}/read", response=ReadOut)
def notification_read(request: HttpRequest, pk: Key) -> dict[str, int]:
    """Mark one of those as read."""
    viewer = viewer_of(request)
    found = get_object_or_404(Notification.objects.visible_to(viewer), pk=pk)
    return {"read": read_notifications(by=viewer, at=timezone.now(), only=found)}
