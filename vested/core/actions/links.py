"""Link two things, and take a link away."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.finding import Findable
from vested.core.history import record
from vested.core.links import Kind, kind_of
from vested.core.models import Link
from vested.core.permissions import require
from vested.core.scope import SectorModel, wall_of
from vested.core.viewer import Viewer


@transaction.atomic
def link(*, by: Viewer, kind: Kind, source: Findable, target: SectorModel, on: date) -> Link:
    """Say that a source has to do with a target."""
    require(by, kind.permission)
    if not isinstance(source, kind.source) or not isinstance(target, kind.target):
        raise TypeError(f"{kind.name} links {kind.source.__name__} to {kind.target.__name__}")
    walls = {wall for one in (source, target) if (wall := wall_of(one))}
    if len(walls) > 1:
        raise Invalid(_("The two stand behind different walls, and no hat sees both."), field="words")
    defaults = {"since": on, "wall_id": next(iter(walls), None)}
    made, new = Link.objects.get_or_create(
        sector=by.sector, kind=kind.name, source_id=source.pk, target_id=target.pk, defaults=defaults
    )
    if not new:
        raise Invalid(_("That is said already."), field="words")
    record("link.made", by=by, on=target, new={"kind": kind.name, "source": str(source)})
    return made


@transaction.atomic
def unlink(*, by: Viewer, link: Link) -> None:
    """Take a link away."""
    kind = kind_of(link.kind)
    require(by, kind.permission)
    target = kind.target._default_manager.filter(pk=link.target_id).first()
    source = kind.source._default_manager.filter(pk=link.source_id).first()
    link.delete()
    record("link.taken", by=by, on=target or by.sector, old={"kind": kind.name, "source": str(source or "")})
