"""Work that goes on after the page has answered."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _

from vested.core.models.people import Person
from vested.core.permissions import Permission
from vested.core.scope import Scope, ScopedManager, ScopedQuerySet, SectorModel

if TYPE_CHECKING:
    from vested.core.viewer import Viewer


def written(walls: Iterable[int]) -> str:
    """Walls as a job and a token keep them: “<3><7>”."""
    return "".join(f"<{wall}>" for wall in sorted(walls))


def read(words: str) -> frozenset[int]:
    """The walls that were written so."""
    return frozenset(int(one) for one in re.findall(r"<(\d+)>", words))


class JobQuerySet(ScopedQuerySet["Job"]):
    """Questions about jobs."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """All of the sector's where a role lets one see history; otherwise one's own."""
        if viewer.may(Permission.HISTORY_SEE):
            return self.open_to(viewer)
        return self.started_by(viewer)

    def started_by(self, viewer: "Viewer") -> Self:
        """The viewer's own."""
        return self.open_to(viewer).filter(by=viewer.person) if viewer.person else self.filter(Q(pk__in=()))

    def open_to(self, viewer: "Viewer") -> Self:
        """Those that see behind no wall the viewer does not see behind: what came of them may say what is there."""
        if viewer.walls is None:
            return self
        left: Any = F("worn")
        for wall in sorted(viewer.walls):
            left = Replace(left, Value(written((wall,))))
        return self.alias(closed=left).filter(closed="")


class Job(SectorModel):
    """A piece of work that a worker does: how far it is, and what came of it.

    ``attempt`` is the fencing token. Each start raises it, and whoever does the work may write only while the row still
    says running with that number; so somebody thought dead who wakes up again changes nothing.
    """

    scope = Scope.PERSONAL
    own = "by"

    class State(models.TextChoices):
        """How far a job has come."""

        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Stopped")

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="jobs")
    held = models.JSONField(null=True, blank=True)  # roles of a job of the office's own; a person's are looked up
    worn = models.CharField(max_length=500, blank=True, default="")  # walls it sees behind, as ``written`` does
    language = models.CharField(max_length=10)
    args = models.JSONField(default=dict)

    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    attempt = models.PositiveIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    best_asked = models.BooleanField(default=False)  # end early with the best there is; only some kinds can
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)  # 0 while unknown
    doing = models.CharField(max_length=200, blank=True)
    seconds_left = models.FloatField(null=True, blank=True)
    trace = models.JSONField(default=list)  # [seconds since it began, figure] pairs: how near a search has come

    result = models.JSONField(null=True, blank=True)
    error = models.TextField(blank=True)  # a sentence for the person

    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)  # the attempt that counts
    ended_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField()  # the last sign of life

    objects = ScopedManager.from_queryset(JobQuerySet)()

    class Meta(SectorModel.Meta):
        """Newest first."""

        indexes = (
            models.Index(fields=("sector", "by", "-created_at"), name="job_of_person"),
            models.Index(fields=("state", "beat_at"), name="job_state"),
        )
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.title

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in {self.State.WAITING, self.State.RUNNING}

    @property
    def again(self) -> bool:
        """Whether it can be started once more."""
        return self.state in {self.State.FAILED, self.State.CANCELLED}

    def is_of(self, viewer: "Viewer") -> bool:
        """Whether the viewer started it."""
        return viewer.person is not None and self.by_id == viewer.person.pk
