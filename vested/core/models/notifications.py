"""What somebody is told."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format, localize
from django.utils.translation import gettext

from vested.core.models.people import Person
from vested.core.scope import Scope, ScopedManager, ScopedQuerySet, SectorModel, Walled

if TYPE_CHECKING:
    from vested.core.viewer import Viewer


class NotificationQuerySet(ScopedQuerySet["Notification"]):
    """Questions about what people are told."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """One's own, whatever role anybody holds."""
        return self.filter(person=viewer.person) if viewer.person else self.none()

    def unread(self) -> Self:
        """Those that wait."""
        return self.filter(read_at=None)


class Notification(Walled):
    """That a person was told something, and when it was read; of what is behind a wall, in the hat it belongs to."""

    scope = Scope.PERSONAL

    person = models.ForeignKey(Person, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=60)  # as of the event it tells of
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    said = models.JSONField(default=dict, blank=True)  # title and body before they are translated, and their values
    url = models.CharField(max_length=500, blank=True)  # a path of ours
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(NotificationQuerySet)()

    class Meta(SectorModel.Meta):
        """Newest first; how many wait is asked on every page."""

        indexes = (
            models.Index(fields=("person", "-at"), name="notification_person"),
            models.Index(fields=("person",), condition=Q(read_at=None), name="notification_unread"),
        )
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.read_as("title") or self.title

    @property
    def words(self) -> str:
        """The body, in the language of now."""
        return self.read_as("body") or self.body

    def read_as(self, name: str) -> str:
        """The title or body in the language of now; nothing where it is somebody's own words."""
        source, values = self.said.get(name, ""), self.said.get("values", {})
        read = gettext(source) if source else ""
        return read % {name: _read(value) for name, value in values.items()} if values else read


def _read(value: object) -> object:
    match value:
        case {"words": str(source)}:
            return gettext(source)
        case {"day": str(day)}:
            return date_format(date.fromisoformat(day))
        case int():
            return localize(value)
        case _:
            return value
