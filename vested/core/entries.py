"""Core's own pages in the navigation, and what its search finds."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vested.core.looks import What, seen
from vested.core.models import Counterparty, Unit
from vested.core.navigation import Entry, Station, register
from vested.core.permissions import Permission
from vested.core.queries import people_named
from vested.core.search import Hit, Source
from vested.core.search import register as let_find
from vested.core.viewer import Viewer


def _sees_units(viewer: Viewer) -> bool:
    return bool(viewer.paths(Permission.FIGURES_SEE) or viewer.paths(Permission.PEOPLE_SEE))


def _sees_people(viewer: Viewer) -> bool:
    return bool(viewer.paths(Permission.PEOPLE_SEE))


def _brings_files(viewer: Viewer) -> bool:
    return viewer.may(Permission.IMPORT_RUN)


def _takes_files(viewer: Viewer) -> bool:
    return viewer.may(Permission.EXPORT_RUN)


def _everybody(_viewer: Viewer) -> bool:
    return True


def _sees_hats(viewer: Viewer) -> bool:
    return viewer.may(Permission.HAT_SEE)


def _is_somebody(viewer: Viewer) -> bool:
    return viewer.person is not None


register(Entry(Station.KNOW, _("Units"), "core:units", _sees_units, about=_("How the sector is built")))
register(Entry(Station.KNOW, _("People"), "core:people", _sees_people, about=_("Who works where")))
register(
    Entry(
        Station.KNOW,
        _("Bring your files"),
        "core:imports",
        _brings_files,
        about=_("Units, people and what else you keep."),
    )
)
register(
    Entry(Station.KNOW, _("Take your files"), "core:exports", _takes_files, about=_("What is here, as CSV files."))
)
register(
    Entry(Station.MINE, _("My page"), "core:me", _is_somebody, about=_("Where you work, and what is known of you"))
)
register(
    Entry(
        Station.MINE,
        _("My data"),
        "core:my-data",
        _is_somebody,
        about=_("Who has looked at it, and all of it in one file"),
    )
)
register(
    Entry(Station.MINE, _("Notifications"), "core:inbox", _is_somebody, about=_("What others did that concerns you"))
)

register(
    Entry(Station.MINE, _("My hats"), "core:my-hats", _is_somebody, about=_("What you are to organisations outside"))
)
register(
    Entry(Station.AIM, _("Counterparties"), "core:counterparties", _everybody, _("Organisations outside"), late=True)
)
register(Entry(Station.AIM, _("Hats"), "core:hats", _sees_hats, _("Who is what to whom"), late=True))


def _people(viewer: Viewer, words: str, limit: int) -> list[Hit]:
    rows = people_named(viewer, words, limit)
    seen((pk for pk, _name, _unit in rows), What.LIST)
    return [Hit(name, reverse("core:person", args=[pk]), unit) for pk, name, unit in rows]


def _units(viewer: Viewer, words: str, limit: int) -> list[Hit]:
    rows = Unit.objects.visible_to(viewer).finding(words).order_by("find", "pk")[:limit]
    return [Hit(row.name, reverse("core:unit", args=[row.pk]), row.get_kind_display()) for row in rows]


def _counterparties(viewer: Viewer, words: str, limit: int) -> list[Hit]:
    rows = Counterparty.objects.all().visible_to(viewer).finding(words).order_by("find", "pk")[:limit]
    return [Hit(row.name, reverse("core:counterparty", args=[row.pk]), row.code) for row in rows]


let_find(Source(_("Units"), _units, "core:units"))
let_find(Source(_("People"), _people, "core:people"))
let_find(Source(_("Counterparties"), _counterparties, "core:counterparties"))
