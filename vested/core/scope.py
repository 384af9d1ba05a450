"""Who a row is for, declared once on its model and kept by its manager.

A query runs for somebody: a ``Viewer`` (then only the viewer's sector exists), or the ``System`` (a command or a job
that has to look over sectors and says why). Without either, a scoped model cannot be asked at all.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models

from vested.core.errors import NotAllowed, NoViewer

if TYPE_CHECKING:
    from vested.core.viewer import Viewer


M = TypeVar("M", bound=models.Model)


class Scope(StrEnum):
    """For whom the rows of a model exist."""

    SECTOR = "sector"  # those of one sector; what each may see of it, ``visible_to`` says
    SHARED = "shared"  # those of one sector, and what a host shares with all
    PERSONAL = "personal"  # one person of a sector, and whom that person's role lets
    PUBLIC = "public"  # everybody, signed in or not
    SYSTEM = "system"  # nobody: Vested's own book-keeping


SCOPED = frozenset({Scope.SECTOR, Scope.SHARED, Scope.PERSONAL})
SETTING, EVERYWHERE = "vested.sector", "all"  # where PostgreSQL is told who asks, and that System does


@dataclass(frozen=True, slots=True)
class System:
    """Work over all sectors, and ``why``."""

    why: str


_acting: ContextVar["Viewer | System | None"] = ContextVar("acting", default=None)


def current() -> "Viewer | System | None":
    """Who asks."""
    return _acting.get()


@contextmanager
def acting(who: "Viewer | System") -> Iterator[None]:
    """Ask and act as ``who``."""
    token = _acting.set(who)
    try:
        yield
    finally:
        _acting.reset(token)


def _asking(model: type[models.Model]) -> "Viewer | System":
    who = current()
    if who is None:
        raise NoViewer(f"{model.__name__} was asked without a viewer: wrap the work in acting(viewer)")
    return who


class ScopedQuerySet(models.QuerySet[M]):
    """Rows of the asker's sector; rooms narrow ``visible_to``, and have to where rows are personal."""

    def visible_to(self, viewer: "Viewer") -> Self:  # noqa: ARG002 - rooms need it
        """What exists for the viewer: by default all of the sector's, and nothing of what is personal."""
        return self.none() if self.model.scope is Scope.PERSONAL else self  # type: ignore[attr-defined]  # E001

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """Create many, all of the asker's sector."""
        rows = list(objs)
        for row in rows:
            keep_inside(row)
        return super().bulk_create(rows, *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """Change many, of the asker's sector: what another shares is there to be read."""
        return super(ScopedQuerySet, self._own()).update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete many, of the asker's sector."""
        return super(ScopedQuerySet, self._own()).delete()

    delete.queryset_only = True  # type: ignore[attr-defined]  # as Django's own: a manager must not delete everything
    update.alters_data = delete.alters_data = True  # type: ignore[attr-defined]  # as above: no template may call it

    def _own(self) -> Self:
        who = _asking(self.model)
        shared = self.model.scope is Scope.SHARED  # type: ignore[attr-defined]  # E001
        return self if isinstance(who, System) or not shared else self.filter(sector=who.sector)


class ScopedManager(models.Manager[M]):
    """Asks only for somebody, and only in that somebody's sector."""

    def get_queryset(self) -> models.QuerySet[M]:
        """Rows of the asker's sector, and shared ones."""
        rows = super().get_queryset()
        who = _asking(self.model)
        if isinstance(who, System):
            return rows
        own = models.Q(sector=who.sector)
        if self.model.scope is Scope.SHARED:  # type: ignore[attr-defined]  # the system check sees that it is there
            own |= models.Q(shared=True)
        return rows.filter(own)


def keep_inside(row: models.Model) -> None:
    """Refuse to write a row of a sector that is not the asker's."""
    who = _asking(type(row))
    if not isinstance(who, System) and row.sector_id != who.sector.pk:  # type: ignore[attr-defined]  # as above
        raise NotAllowed(f"this {row._meta.verbose_name} belongs to another sector")


class SectorModel(models.Model):
    """A model whose rows belong to one sector; each has a scoped manager as ``objects``."""

    scope = Scope.SECTOR

    sector = models.ForeignKey("core.Sector", models.CASCADE, related_name="+")

    class Meta:
        """Related objects are found by the same manager."""

        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, within the asker's sector."""
        keep_inside(self)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, within the asker's sector."""
        keep_inside(self)
        return super().delete(*args, **kwargs)
