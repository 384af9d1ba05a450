"""How programs of a person sign in."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from vested.core.models.people import Person
from vested.core.scope import Scope, ScopedManager, ScopedQuerySet, SectorModel

if TYPE_CHECKING:
    from datetime import datetime

    from vested.core.viewer import Viewer


class TokenQuerySet(ScopedQuerySet["Token"]):
    """Questions about tokens."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """One's own, whatever role anybody holds."""
        return self.filter(person=viewer.person) if viewer.person else self.none()

    def in_force(self, at: "datetime") -> Self:
        """Those that let their person in at that moment."""
        return self.filter(revoked_at=None, expires_at__gt=at, person__user__is_active=True)


class Token(SectorModel):
    """What a program of a person signs in with, until some day: it may do what the person may, or only read.

    Only the ``digest`` of its secret is kept. The secret is random and long, so no slow digest is needed.
    """

    scope = Scope.PERSONAL

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)  # the person's own, to tell them apart
    digest = models.CharField(max_length=64, unique=True)
    read_only = models.BooleanField()
    worn = models.CharField(max_length=500, blank=True, default="")  # the walls of the hats it was made with
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)  # no more exact, so that it does not follow anybody's day
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(TokenQuerySet)()

    class Meta(SectorModel.Meta):
        """Newest first; it ends after it begins."""

        constraints = (models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="token_ends_after"),)
        indexes = (models.Index(fields=("person", "-created_at"), name="token_person"),)
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.name

    def is_in_force(self, at: "datetime") -> bool:
        """Whether it lets its person in at that moment, as far as it is for the token to say."""
        return self.revoked_at is None and self.expires_at > at
