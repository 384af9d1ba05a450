"""The skills room in the navigation and the search, and its panel on a person's page."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vested.core.links import Kind
from vested.core.links import register as register_link
from vested.core.models import Person
from vested.core.navigation import Entry, Station, register
from vested.core.panels import Panel
from vested.core.panels import register as show
from vested.core.permissions import Permission
from vested.core.search import Hit, Source
from vested.core.search import register as let_find
from vested.core.timeline import register as tell
from vested.core.viewer import Viewer
from vested.direction.models import Duty, Objective, Opportunity
from vested.direction.queries import subjects
from vested.skills.models import Source as Initiative
from vested.skills.panels import person
from vested.skills.queries.frameworks import skills_named
from vested.skills.queries.roles import roles_named


def _sees_figures(viewer: Viewer) -> bool:
    return bool(viewer.paths(Permission.FIGURES_SEE))


def _everybody(_viewer: Viewer) -> bool:
    return True


register(
    Entry(Station.KNOW, _("Gaps"), "skills:gaps", _sees_figures, _("Where people are short of what their roles ask"))
)
register(Entry(Station.KNOW, _("Roles"), "skills:roles", _everybody, _("What each role asks for")))
register(Entry(Station.KNOW, _("Skills"), "skills:skills", _everybody, _("What people can be able to do")))
register(
    Entry(Station.KNOW, _("What initiatives need"), "skills:demands", _everybody, _("People, at which level, by when"))
)


def _skills(viewer: Viewer, words: str, limit: int) -> list[Hit]:
    return [
        Hit(row.name, reverse("skills:skill", args=[row.pk]), row.area) for row in skills_named(viewer, words, limit)
    ]


def _roles(viewer: Viewer, words: str, limit: int) -> list[Hit]:
    rows = roles_named(viewer, words, limit)
    return [Hit(row.name, reverse("skills:role", args=[row.pk]), str(row.family or "")) for row in rows]


def _initiatives(viewer: Viewer, words: str, limit: int) -> list[Hit]:
    rows = Initiative.objects.all().visible_to(viewer).finding(words).order_by("find", "pk")[:limit]
    return [Hit(row.title, reverse("skills:initiative", args=[row.pk]), row.code) for row in rows]


let_find(Source(_("Skills"), _skills, "skills:skills"))
let_find(Source(_("Roles"), _roles, "skills:roles"))
let_find(Source(_("Initiatives"), _initiatives, "skills:demands"))
show(Panel(Person, "skills/panels/person.html", person))
subjects.register(subjects.Subject(Initiative, "skills:initiative"))
tell("demand.declared", _("The people it needs are needed by %(until)s at the latest"))
tell("demand.undated", _("It does not start, so nobody is needed by a day"))

for name, target, there, back, page in (
    ("serves", Objective, _("Serves"), _("Initiatives that serve it"), "objective"),
    ("answers", Duty, _("Answers"), _("Initiatives that answer it"), "duty"),
    ("seizes", Opportunity, _("Grew from"), _("The initiative it became"), "opportunity"),
):
    register_link(
        Kind(
            name=name,
            source=Initiative,
            target=target,
            there=there,
            back=back,
            ask=_("Which initiative?"),
            verb=_("Name an initiative"),
            source_page="skills:initiative",
            target_page=f"direction:{page}",
            add_page={"serves": "skills:objective-served"}.get(name, f"skills:{page}-initiative"),
            permission=Permission.DIRECTION_CHANGE,
        )
    )
