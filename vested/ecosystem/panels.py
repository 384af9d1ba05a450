"""What the ecosystem shows on pages of core: what is agreed with a counterparty and who of it signs in; and to them."""

from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from vested.core.looks import shown
from vested.core.models import Counterparty
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.ecosystem.models import Agreement
from vested.ecosystem.queries import agreements_with
from vested.ecosystem.queries.sharing import partners_of, shares_of
from vested.ecosystem.views.agreements import how

MOST = 8


def counterparty(viewer: Viewer, thing: Counterparty) -> dict[str, Any] | None:
    """What is agreed with a counterparty."""
    rows = agreements_with(viewer, thing, localdate())[:MOST]
    may = bool(viewer.paths(Permission.AGREEMENT_CHANGE))
    return {"rows": [(one, *how(one)) for one in rows], "counterparty": thing, "may": may}


def people(viewer: Viewer, thing: Counterparty) -> dict[str, Any] | None:
    """Who of a counterparty signs in, for who lets them in."""
    if not viewer.may(Permission.PARTNER_CHANGE):
        return None
    columns = [(words, "", "", False) for words in (_("Person"), _("Address"), _("Do"))]
    return {"rows": shown(list(partners_of(viewer, thing))), "columns": columns, "counterparty": thing}


def shared(viewer: Viewer, _thing: None) -> dict[str, Any] | None:
    """For somebody outside: the agreements that run, with what each shares."""
    rows = list(Agreement.objects.all().visible_to(viewer).prefetch_related("documents").order_by("ends_on", "pk"))
    told = shares_of(viewer, rows)
    return {"rows": [(one, list(one.documents.all()), told[one.pk]) for one in rows]}
