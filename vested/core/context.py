"""What every page is given."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from vested.core.demo import address
from vested.core.models import Person
from vested.core.navigation import stations_for
from vested.core.notifications import waiting
from vested.core.permissions import Role
from vested.core.viewer import Viewer

SCHEMES = ("auto", "light", "dark")


def page(request: HttpRequest) -> dict[str, Any]:
    """The viewer, the stations that lead somewhere, one's own pages, and the colour scheme chosen."""
    viewer = getattr(request, "viewer", None)
    scheme = request.COOKIES.get("scheme", "auto")
    return {
        "viewer": viewer,
        "navigation": stations_for(viewer, request.path) if viewer else [],
        "scheme": scheme if scheme in SCHEMES else "auto",
        "hat": _hat(viewer) if viewer else "",
        "account": _account(viewer) if viewer else [],
        "waiting": waiting(viewer) if viewer else 0,
        "sectors": _sectors(request) if viewer else [],
        "hats": _seen_as(request) if viewer and settings.DEMO else [],
    }


def _hat(viewer: Viewer) -> str:
    """The roles held, and the hats worn."""
    return ", ".join([*sorted({held.role.label for held in viewer.held}), *map(str, viewer.wearing)])


def _sectors(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """The sectors one works in: id, name, is it the one looked at."""
    sector = request.viewer.sector  # type: ignore[attr-defined]  # the middleware sets it
    people: list[Person] = getattr(request, "people", [])
    return [(str(person.sector_id), person.sector.name, person.sector_id == sector.pk) for person in people]


def _account(viewer: Viewer) -> list[tuple[str, str]]:
    if viewer.is_partner:
        return [(_("My data"), reverse("core:my-data"))]
    return [
        (_("My page"), reverse("core:me")),
        (_("My data"), reverse("core:my-data")),
        (_("My hats"), reverse("core:my-hats")),
        (_("My jobs"), reverse("core:jobs")),
        (_("My tokens"), reverse("core:tokens")),
    ]


def _seen_as(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """The roles the demo can be seen as: value, words, is it the one."""
    mine = getattr(request.user, "email", "")
    return [(role.value, role.label, address(role) == mine) for role in Role]
