"""Who looks and acts: a person in a sector, with the roles held there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from vested.core.errors import NotAllowed
from vested.core.models import Grant, Hat, Person, Sector, Unit
from vested.core.partners import shared_on
from vested.core.permissions import ROLES, Permission, Role


@dataclass(frozen=True, slots=True)
class Held:
    """A role, and the ``path`` of the unit it is held for, with all below."""

    role: Role
    path: str


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person in a sector for this request or job. ``person`` is None for a job of the office's own.

    Of the ``hats`` the person has, those ``worn`` now open the walls they belong to; other walls may be ``opened`` for
    a while, to look and not to change. The office itself has no walls, and who asks ``beyond`` them said why.

    For somebody of an organisation outside exists what is ``shared`` with it, by kind of thing and key, and no more.
    """

    sector: Sector
    person: Person | None
    held: tuple[Held, ...] = field(default=())
    hats: tuple[Hat, ...] = field(default=())
    worn: frozenset[int] = field(default=frozenset())
    opened: frozenset[int] = field(default=frozenset())
    beyond: bool = False
    shared: Mapping[str, frozenset[int]] | None = field(default=None, hash=False)

    @property
    def is_partner(self) -> bool:
        """Whether only what is shared exists for the viewer."""
        return self.shared is not None and not self.beyond

    @property
    def walls(self) -> frozenset[int] | None:
        """The walls the viewer sees behind; None: whatever wall."""
        return None if self.person is None or self.beyond else self.worn | self.opened

    @property
    def wearing(self) -> tuple[Hat, ...]:
        """The hats worn now."""
        return tuple(hat for hat in self.hats if hat.wall_id in self.worn)

    def may(self, permission: Permission, *, on: Unit | None = None) -> bool:
        """Whether a role held brings the permission for the unit (None: for the whole sector)."""
        path = on.path if on else "/"
        if on is not None and on.sector_id != self.sector.pk:
            return False
        return any(permission in ROLES[held.role] and path.startswith(held.path) for held in self.held)

    def paths(self, permission: Permission) -> tuple[str, ...]:
        """The units (paths) the viewer holds the permission for; ``/`` is the whole sector."""
        return tuple(sorted({held.path for held in self.held if permission in ROLES[held.role]}))

    def below(self, permission: Permission, field_name: str) -> Q:
        """Rows whose unit path (``field_name``) the viewer holds the permission for."""
        inside = Q(pk__in=())
        for path in self.paths(permission):
            inside |= Q(**{f"{field_name}__startswith": path})
        return inside


def viewer_for(
    person: Person, *, on: date, wearing: Collection[int] = (), opened: frozenset[int] = frozenset()
) -> Viewer:
    """The person as a viewer, with the roles held on that day; ``wearing`` hats of these walls, as far as they are had.

    Towards one counterparty one hat is worn: the first of them. Who belongs to one has no hats and no other role.
    """
    if person.counterparty_id is not None:
        shared = shared_on(person, on=on)
        return Viewer(sector=person.sector, person=person, held=(Held(Role.PARTNER, "/"),), shared=shared)
    grants = Grant.objects.filter(person=person).held_on(on).select_related("unit")
    held = tuple(Held(Role(grant.role), grant.unit.path if grant.unit else "/") for grant in grants)
    found = Hat.objects.filter(person=person).held_on(on).select_related("wall__counterparty").order_by("pk")
    hats = tuple(found) if getattr(person, "hatted", True) else ()  # most have none, and then it is not asked
    worn: dict[int, int] = {}
    for hat in hats:
        if hat.wall_id in wearing:
            worn.setdefault(hat.wall.counterparty_id, hat.wall_id)
    return Viewer(
        sector=person.sector, person=person, held=held, hats=hats, worn=frozenset(worn.values()), opened=opened
    )


def viewer_of(request: HttpRequest) -> Viewer:
    """Who asks for a page; NotAllowed where the account belongs to nobody of a sector."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        raise NotAllowed(_("No sector knows your account as one of its people. Ask your digital office to add you."))
    return viewer
