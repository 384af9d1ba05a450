"""The academy in the navigation and the search, and its panels on the pages of other rooms."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vested.academy import panels
from vested.academy.models import Course
from vested.academy.queries.catalogue import courses_named
from vested.core.links import Kind
from vested.core.links import register as register_link
from vested.core.models import Person, Unit
from vested.core.navigation import Entry, Station, register
from vested.core.panels import Panel
from vested.core.panels import register as show
from vested.core.permissions import Permission
from vested.core.search import Hit, Source
from vested.core.search import register as let_find
from vested.core.viewer import Viewer
from vested.skills.models import Role, Skill


def _everybody(_viewer: Viewer) -> bool:
    return True


register(Entry(Station.DO, _("Courses"), "academy:courses", _everybody, _("What can be learnt")))
register(Entry(Station.DO, _("Sessions"), "academy:sessions", _everybody, _("When courses are held")))


def _courses(viewer: Viewer, words: str, limit: int) -> list[Hit]:
    rows = courses_named(viewer, words, limit)
    return [Hit(row.title, reverse("academy:course", args=[row.pk]), str(row.provider or "")) for row in rows]


let_find(Source(_("Courses"), _courses, "academy:courses"))

register_link(
    Kind(
        name="teaches",
        source=Person,
        target=Course,
        there=_("Teaches"),
        back=_("Who teaches it"),
        ask=_("Who teaches it?"),
        verb=_("Name who teaches it"),
        source_page="core:person",
        target_page="academy:course",
        add_page="academy:course-teaches",
        permission=Permission.PERSON_CHANGE,
    )
)

show(Panel(None, "academy/panels/own.html", panels.own))
show(Panel(None, "academy/panels/home.html", panels.home))
show(Panel(Person, "academy/panels/person.html", panels.person))
show(Panel(Unit, "academy/panels/unit.html", panels.unit))
show(Panel(Skill, "academy/panels/skill.html", panels.skill))
show(Panel(Role, "academy/panels/role.html", panels.role))
