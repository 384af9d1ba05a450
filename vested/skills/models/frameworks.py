"""Skills, and the published lists they come from."""

from django.db import models

from vested.core.finding import Findable, FindableQuerySet
from vested.core.scope import Scope, ScopedManager, SectorModel


class Framework(Findable):
    """A published list of skills, such as DigComp; a host may share one with all sectors."""

    scope = Scope.SHARED
    found_by = ("name",)

    name = models.CharField(max_length=200)
    shared = models.BooleanField(default=False)

    objects = ScopedManager.from_queryset(FindableQuerySet)()

    class Meta(SectorModel.Meta):
        """One name a sector."""

        constraints = (models.UniqueConstraint(fields=("sector", "name"), name="framework_name"),)
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Skill(Findable):
    """Something people can be able to do, at a level from 0 up."""

    scope = Scope.SHARED

    code = models.CharField(max_length=100)  # the office's own, or the framework's
    name = models.CharField(max_length=300)
    area = models.CharField(max_length=200, blank=True)
    framework = models.ForeignKey(Framework, models.PROTECT, null=True, blank=True, related_name="skills")
    uri = models.CharField(max_length=500, blank=True)
    shared = models.BooleanField(default=False)

    objects = ScopedManager.from_queryset(FindableQuerySet)()

    class Meta(SectorModel.Meta):
        """One code a sector; areas stay together."""

        constraints = (models.UniqueConstraint(fields=("sector", "code"), name="skill_code"),)
        ordering = ("area", "name", "code")

    def __str__(self) -> str:
        return self.name
