"""Links between any two things, in the ways that rooms declare."""

from typing import ClassVar

from django.db import models

from vested.core.scope import ScopedManager, ScopedQuerySet, SectorModel, Walled


class Link(Walled):
    """That one thing has to do with another; the kind says how, and of which models both are (``core.links``).

    No foreign keys: a kind is declared by a higher room than those of its things. One whose thing is gone is not shown.
    """

    unique_beyond: ClassVar[dict[str, str]] = {"link_once": "it is of two things, and both exist for who links them"}

    kind = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    target_id = models.BigIntegerField()
    since = models.DateField()

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """Two things are linked once in each way; both ends find it."""

        constraints = (models.UniqueConstraint(fields=("sector", "kind", "source_id", "target_id"), name="link_once"),)
        indexes = (models.Index(fields=("sector", "kind", "target_id"), name="link_target"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.source_id} to {self.target_id}"
