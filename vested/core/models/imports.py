"""A sector's own files on their way in."""

import json
import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from vested.core.models.jobs import Job
from vested.core.models.people import Person
from vested.core.permissions import Permission
from vested.core.scope import ScopedManager, ScopedQuerySet, SectorModel

if TYPE_CHECKING:
    from vested.core.viewer import Viewer

UNDO_FOR = timedelta(days=1)
KEEP_FOR = timedelta(days=30)


class ImportQuerySet(ScopedQuerySet["Import"]):
    """Questions about imports."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """All of them for who may bring files in, none for others."""
        return self if viewer.may(Permission.IMPORT_RUN) else self.none()

    def light(self) -> Self:
        """Without the parts that can be large."""
        return self.defer("mapping", "report", "preview", "before")


class Import(SectorModel):
    """Files somebody brings: looked at, checked, shown as what they would change, then done at once or dropped.

    ``report`` is what checking found, ``preview`` what would change and ``digest`` stands for all of that; ``before``
    holds, packed, each row it touched as it was and as it was left, until nobody may undo it any more.
    """

    class State(models.TextChoices):
        """How far an import is."""

        UPLOADED = "uploaded", _("Files are there")
        MAPPED = "mapped", _("Columns are chosen")
        CHECKED = "checked", _("Needs mending")
        READY = "ready", _("Ready to bring in")
        DONE = "done", _("Brought in")
        UNDONE = "undone", _("Undone")
        FAILED = "failed", _("Broke off; nothing was changed")

    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="imports")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")  # the latest that worked on it
    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=State, default=State.UPLOADED)
    folder = models.CharField(max_length=100)  # where its files are kept; they go when it is done or dropped
    files = models.JSONField(default=list)  # their names
    mapping = models.JSONField(default=list)  # of each file or sheet its table, and the column of each heading
    report = models.JSONField(default=dict)
    preview = models.JSONField(default=dict)
    counts = models.JSONField(default=list)  # table by table: its name, rows added, changed and removed
    digest = models.CharField(max_length=64, blank=True)
    before = models.BinaryField(null=True)
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ImportQuerySet)()

    class Meta(SectorModel.Meta):
        """Newest first."""

        indexes = (models.Index(fields=("sector", "-at"), name="import_newest"),)
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.name

    @property
    def open(self) -> bool:
        """Whether its files are still there, to be checked or brought in."""
        return self.state not in {self.State.DONE, self.State.UNDONE}

    @property
    def busy(self) -> bool:
        """Whether a job is at it."""
        return self.job is not None and not self.job.ended

    @property
    def undo_until(self) -> datetime | None:
        """Until when it can be undone, None where it cannot."""
        return self.done_at + UNDO_FOR if self.done_at and self.state == self.State.DONE else None

    def keep_before(self, rows: Mapping[str, Any]) -> None:
        """Pack the rows it touched."""
        self.before = zlib.compress(json.dumps(rows, separators=(",", ":")).encode(), level=1)

    def rows_before(self) -> dict[str, Any]:
        """Unpack the rows it touched."""
        rows: dict[str, Any] = json.loads(zlib.decompress(bytes(self.before))) if self.before else {}
        return rows
