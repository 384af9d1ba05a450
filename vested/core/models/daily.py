"""What is done once a day for each sector, and on which day it was done last."""

from django.db import models

from vested.core.scope import ScopedManager, ScopedQuerySet, SectorModel


class Daily(SectorModel):
    """The fence around a piece of daily work: whoever holds the row does it, and only for a day not done yet."""

    name = models.CharField(max_length=60)
    done_on = models.DateField(null=True)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """One a sector and kind of work."""

        constraints = (models.UniqueConstraint(fields=("sector", "name"), name="daily_once"),)

    def __str__(self) -> str:
        return f"{self.name} done on {self.done_on}"
