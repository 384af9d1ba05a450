"""Who a row is for, declared once on its model and kept by its manager.

A query runs for somebody: a ``Viewer`` (then only the viewer's sector exists), or the ``System`` (a command or a job
that has to look over sectors and says why). Without either, a scoped model cannot be asked at all.

Within the sector some rows stand behind a **wall**: they exist for who wears the hat it belongs to, and for nobody
else, whatever role they hold. The office itself, a viewer without a person, has no walls.

For who belongs to an organisation **outside** nothing exists but what is shared with it, row by row, and their own.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from vested.core.errors import Invalid, NotAllowed, NoViewer

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


@dataclass(frozen=True, slots=True)
class Outside:
    """What of a thing is told where it is shared with somebody outside: what it is, and its fields in words."""

    what: str | Promise
    fields: Mapping[str, str | Promise]


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


@contextmanager
def beyond_walls(why: str) -> Iterator[None]:  # noqa: ARG001 - said where it is done, for who reads the code
    """Ask and act as before, within the same sector, and past its walls: for what has to be whole, and says why."""
    who = current()
    if who is not None and not isinstance(who, System):
        who = replace(who, beyond=True)
    with acting(who):  # type: ignore[arg-type]  # nobody stays nobody, and is refused when something is asked
        yield


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
            take_wall(row)
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
        if isinstance(who, System):
            return self
        rows = self.filter(sector=who.sector) if self.model.scope is Scope.SHARED else self  # type: ignore[attr-defined]  # E001
        return rows.filter(open_to(self.model, who.worn)) if who.opened else rows  # through those it is only looked


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
        rows = rows.filter(own)
        if who.is_partner:
            return rows.filter(shared_with(self.model, who))
        return rows.filter(open_to(self.model, who.walls))


def shared_with(model: type[models.Model], who: "Viewer") -> models.Q:
    """The rows of a model that exist for somebody outside: what is shared with them, and their own."""
    found = models.Q(pk__in=(who.shared or {}).get(model._meta.label_lower, ()))
    own: str = getattr(model, "own", "")
    return found | models.Q(**{own: who.person.pk}) if own and who.person else found


def open_to(model: type[models.Model], walls: frozenset[int] | None) -> models.Q:
    """The rows of a model behind no wall, or behind one of these (None: whatever wall); so with all they hang on."""
    found = models.Q()
    if walls is None:
        return found
    if issubclass(model, Walled):
        found &= models.Q(wall=None) | models.Q(wall__in=walls)
    for name in getattr(model, "walled_by", ()):
        above: Any = model._meta.get_field(name).related_model
        found &= ~models.Q(**{f"{name}__in": models.QuerySet(above).exclude(open_to(above, walls)).values("pk")})
    return found


def wall_of(row: models.Model) -> int | None:
    """The wall a row stands behind: its own, or that of what it hangs on."""
    if isinstance(row, Walled) and row.wall_id:
        return row.wall_id
    above = (getattr(row, name) for name in getattr(row, "walled_by", ()))
    return next((wall for one in above if one is not None and (wall := wall_of(one))), None)


def take_wall(row: models.Model) -> None:
    """Let a row stand behind the wall of what it hangs on; Invalid where that would be two."""
    if not isinstance(row, Walled):
        return
    above = (getattr(row, name) for name in row.walled_by)
    walls = {wall for one in above if one is not None and (wall := wall_of(one))} | {row.wall_id} - {None}
    if len(walls) > 1:
        raise Invalid(_("This would stand behind two walls. Keep to what one hat may see."), field="wall")
    row.wall_id = next(iter(walls), None)


def keep_inside(row: models.Model) -> None:
    """Refuse to write a row of a sector that is not the asker's, or behind a wall whose hat the asker does not wear."""
    who = _asking(type(row))
    if isinstance(who, System):
        return
    if row.sector_id != who.sector.pk:  # type: ignore[attr-defined]  # as above
        raise NotAllowed(f"this {row._meta.verbose_name} belongs to another sector")
    if who.walls is not None and (wall := wall_of(row)) and wall not in who.worn:
        raise NotAllowed(_("This stands behind a wall. Put on the hat it belongs to, or leave it to who wears it."))


class SectorModel(models.Model):
    """A model whose rows belong to one sector; each has a scoped manager as ``objects``."""

    scope = Scope.SECTOR
    walled_by: ClassVar[tuple[str, ...]] = ()  # keys to what a row hangs on: behind its wall, the row is too
    told_beyond: ClassVar[dict[str, str]] = {}  # keys to what may be behind a wall, and why that hides no row
    own: ClassVar[str] = ""  # the key to whose a row is: it exists for them, also if they belong outside
    outside: ClassVar[Outside | None] = None  # what of a row is told outside; None: it is never shared

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


class Walled(SectorModel):
    """A model whose rows may stand behind a wall; what a row hangs on takes it along behind its own."""

    unique_beyond: ClassVar[dict[str, str]] = {}  # constraints over walls, and why they tell nothing

    wall = models.ForeignKey("core.Wall", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(SectorModel.Meta):
        """As all of a sector."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, behind the wall it belongs to."""
        take_wall(self)
        super().save(*args, **kwargs)
