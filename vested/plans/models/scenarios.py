"""What is asked for, and what people say about it."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from vested.core.finding import Findable, FindableQuerySet
from vested.core.models import Person
from vested.core.permissions import Permission
from vested.core.scope import ScopedManager, ScopedQuerySet, SectorModel
from vested.plans.asked import Asked, read

if TYPE_CHECKING:
    from vested.core.viewer import Viewer


class ScenarioQuerySet(FindableQuerySet["Scenario"]):
    """Questions about scenarios."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """For who may see plans: the shared ones and one's own."""
        if not viewer.may(Permission.PLAN_SEE):
            return self.none()
        own = Q(by=viewer.person) if viewer.person else Q(pk__in=())
        return self.filter(own | Q(shared=True))


class Scenario(Findable):
    """A question put to the planner: who learns what and when, with so much money and by these rules."""

    found_by = ("name",)

    name = models.CharField(max_length=200)
    note = models.TextField(blank=True)  # what it is for
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="scenarios")
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="copies")
    shared = models.BooleanField(default=True)  # with all who may see plans
    asked = models.JSONField(default=dict)  # plans.asked.Asked
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)  # counted up by locking.hold

    objects = ScopedManager.from_queryset(ScenarioQuerySet)()

    class Meta(SectorModel.Meta):
        """Newest first."""

        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.name

    @property
    def settings(self) -> Asked:
        """What it asks for."""
        return read(self.asked)

    def is_of(self, viewer: "Viewer") -> bool:
        """Whether the viewer made it."""
        return viewer.person is not None and self.by_id == viewer.person.pk


class CommentQuerySet(ScopedQuerySet["Comment"]):
    """Questions about comments."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those on scenarios that exist for the viewer."""
        return self.filter(scenario__in=Scenario.objects.all().visible_to(viewer).values("pk"))


class Comment(SectorModel):
    """What somebody says about a scenario."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="comments")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    words = models.TextField(max_length=5000)

    objects = ScopedManager.from_queryset(CommentQuerySet)()

    class Meta(SectorModel.Meta):
        """Oldest first, as one reads a talk."""

        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.words[:60]
