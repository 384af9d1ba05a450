"""The record of every change, in words."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from vested.core.permissions import Permission
from vested.core.scope import ScopedManager, ScopedQuerySet, SectorModel, Walled

if TYPE_CHECKING:
    from vested.core.models.sectors import Unit
    from vested.core.viewer import Viewer

IMPORTED = ("import.done", "import.undone")  # say in ``within`` what they changed in which unit, by its code


class EventQuerySet(ScopedQuerySet["Event"]):
    """Questions about what happened."""

    def about(self, thing: models.Model) -> Self:
        """What happened to one thing: its timeline."""
        return self.filter(subject_type=thing._meta.label_lower, subject_id=thing.pk)

    def about_unit(self, unit: "Unit") -> Self:
        """What happened to a unit, and the imports that changed something in it or below."""
        brought = Q(subject_type="core.import", kind__in=IMPORTED, new__within__has_key=unit.code)
        return self.filter(Q(subject_type=unit._meta.label_lower, subject_id=unit.pk) | brought)

    def visible_to(self, viewer: "Viewer") -> Self:
        """All of it where a role lets one; otherwise what oneself did."""
        if viewer.may(Permission.HISTORY_SEE):
            return self
        return self.filter(by_id=viewer.person.pk) if viewer.person else self.filter(Q(pk__in=()))


class Event(Walled):
    """One line of history: never changed, save that erasing a person's data takes words and the salt.

    ``chain`` is the digest of the line before and of this line's ``digest``; that one is of the salt and the words. So
    a line that is changed, left out or put in between shows, and an erased one cannot be guessed from its digest. Of
    an erased line ``left`` is the digest of a new salt and the words that are left, and a later line vouches for it.
    A line about what stands behind a wall stands there too.
    """

    unique_beyond: ClassVar[dict[str, str]] = {"event_number": "nobody chooses the number of a line"}

    number = models.PositiveBigIntegerField()  # 1, 2, … in each sector
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    by_id = models.BigIntegerField(null=True)  # people and things may be gone: no foreign keys
    by_name = models.CharField(max_length=200, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject_name = models.CharField(max_length=300, blank=True)
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)
    left = models.CharField(max_length=64, blank=True)

    objects = ScopedManager.from_queryset(EventQuerySet)()

    class Meta(SectorModel.Meta):
        """Newest first; numbers have no gaps."""

        constraints = (models.UniqueConstraint(fields=("sector", "number"), name="event_number"),)
        indexes = (models.Index(fields=("sector", "subject_type", "subject_id"), name="event_subject"),)
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.subject_name}"
