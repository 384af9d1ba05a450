"""Who has looked at whose data."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from vested.core.models.people import Person
from vested.core.scope import Scope, ScopedManager, ScopedQuerySet, SectorModel

if TYPE_CHECKING:
    from vested.core.viewer import Viewer


class LookQuerySet(ScopedQuerySet["Look"]):
    """Questions about who looked."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """Who looked at one's own, whatever role anybody holds."""
        return self.filter(person=viewer.person) if viewer.person else self.none()


class Look(SectorModel):
    """That somebody was shown something about a person on a day: once a day and kind, and never changed.

    No more exact than the day, so that it does not follow the day of who looks.
    """

    scope = Scope.PERSONAL
    own = "person"

    class What(models.TextChoices):
        """What was looked at."""

        PAGE = "page", _("Your page")
        LIST = "list", _("A list you are in")
        LEVELS = "levels", _("Your skills")
        COURSES = "courses", _("Your courses and wishes")
        PLAN = "plan", _("What a plan says of you")
        FILE = "file", _("A file with your data")
        SHARED = "shared", _("What you shared outside")

    person = models.ForeignKey(Person, models.CASCADE, related_name="looks")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=20, choices=What)
    about = models.CharField(max_length=200, blank=True)  # which thing, of what was shared
    on = models.DateField()

    objects = ScopedManager.from_queryset(LookQuerySet)()

    class Meta(SectorModel.Meta):
        """Newest first."""

        constraints = (models.UniqueConstraint(fields=("person", "by", "what", "about", "on"), name="look_once_a_day"),)
        indexes = (
            models.Index(fields=("person", "-on"), name="look_person"),
            models.Index(fields=("sector", "on"), name="look_day"),
        )
        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        return f"{self.by or '…'}: {self.get_what_display()}, {self.on}"
