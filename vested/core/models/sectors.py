"""Sectors, and the tree of units in each."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from vested.core.finding import Findable, FindableQuerySet
from vested.core.permissions import Permission
from vested.core.scope import Scope, ScopedManager, ScopedQuerySet, SectorModel

if TYPE_CHECKING:
    from vested.core.viewer import Viewer


class Sector(models.Model):
    """A lead ministry with its agencies, a region, a municipality: the tenant."""

    scope = Scope.SYSTEM

    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    currency = models.CharField(max_length=3, default="EUR")
    opening_hours = models.PositiveSmallIntegerField(default=8)  # for as long at most a wall is opened to somebody

    def __str__(self) -> str:
        return self.name


class UnitQuerySet(FindableQuerySet["Unit"]):
    """Questions about units."""

    def below(self, unit: "Unit") -> Self:
        """The unit and all below it."""
        return self.filter(path__startswith=unit.path)

    def visible_to(self, viewer: "Viewer") -> Self:
        """Units are no secret within their sector; only who is in them is."""
        return self.filter(sector=viewer.sector)

    def where(self, viewer: "Viewer", permission: Permission) -> Self:
        """The units the viewer holds a permission for."""
        return self.filter(viewer.below(permission, "path"))


class Unit(Findable):
    """A ministry, agency, department or team."""

    class Kind(models.TextChoices):
        """What sort of unit it is."""

        MINISTRY = "ministry", _("Ministry")
        AGENCY = "agency", _("Agency")
        DEPARTMENT = "department", _("Department")
        TEAM = "team", _("Team")

    code = models.CharField(max_length=100)  # the office's own
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=400, editable=False, db_index=True)  # "/1/5/": the ids down to this one
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)  # counted up by locking.hold

    objects = ScopedManager.from_queryset(UnitQuerySet)()

    class Meta(SectorModel.Meta):
        """One code a sector."""

        constraints = (models.UniqueConstraint(fields=("sector", "code"), name="unit_code"),)
        indexes = (models.Index(fields=("sector", "path"), name="unit_path"),)
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class UnitMove(SectorModel):
    """That a unit had another parent until some day."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="moves")
    left = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="+")
    moved_on = models.DateField()

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """Newest first."""

        ordering = ("-moved_on", "-pk")

    def __str__(self) -> str:
        return f"{self.unit} left {self.left} on {self.moved_on}"
