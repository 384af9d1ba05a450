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
from vested.core.timeline import register as tell
from vested.core.viewer import Viewer
from vested.direction.queries import subjects
from vested.skills.models import Role, Skill


def _everybody(_viewer: Viewer) -> bool:
    return True


def _is_somebody(viewer: Viewer) -> bool:
    return viewer.person is not None


def _has_team(viewer: Viewer) -> bool:
    """Who sees the people of a unit; who sees all of them has the whole list."""
    return bool(set(viewer.paths(Permission.PEOPLE_SEE)) - {"/"})


def _plans_training(viewer: Viewer) -> bool:
    return bool(viewer.paths(Permission.ENROLMENT_CHANGE))


register(Entry(Station.DO, _("Courses"), "academy:courses", _everybody, _("What can be learnt")))
register(Entry(Station.DO, _("Sessions"), "academy:sessions", _everybody, _("When courses are held")))
register(Entry(Station.DO, _("My team"), "academy:team", _has_team, _("What your people answered, late answers first")))
register(Entry(Station.DO, _("Enrolments"), "academy:enrolments", _plans_training, _("Who is in which session")))
register(Entry(Station.DO, _("Objections"), "academy:objections", _plans_training, _("What people object to, by when")))
register(
    Entry(Station.MINE, _("My courses"), "academy:mine", _is_somebody, _("What is proposed to you, and what you said"))
)


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

for kind, words in (
    (
        "enrolments.proposed",
        _("The plan “%(source)s” proposed %(created)s; %(kept)s stayed, %(withdrawn)s were taken back"),
    ),
    ("enrolment.offered", _("A seat was offered to number %(place)s in line, to be answered by %(until)s")),
    ("enrolment.accepted", _("Accepted")),
    ("enrolment.accepted_for", _("Accepted on the person's behalf")),
    ("enrolment.declined", _("Declined")),
    ("enrolment.declined_for", _("Declined on the person's behalf")),
    ("enrolment.withdrawn", _("Withdrawn")),
    ("enrolment.withdrawn_for", _("Withdrawn on the person's behalf")),
    ("enrolment.upheld", _("Withdrawn, since an objection was right")),
    ("enrolment.waits", _("Put on the waiting list")),
    ("enrolment.waits_for", _("Put on the waiting list on the person's behalf")),
    ("enrolment.left", _("Left the waiting list")),
    ("enrolment.left_for", _("Taken off the waiting list on the person's behalf")),
    ("attendance.recorded", _("Attendance recorded: %(attended)s attended, %(absent)s absent")),
    ("objection.raised", _("Objected; to be answered by %(until)s")),
    ("objection.raised_for", _("An objection was written down for the person; to be answered by %(until)s")),
    ("objection.upheld", _("Upheld")),
    ("objection.dismissed", _("Dismissed")),
    ("objection.withdrawn", _("Taken back")),
    ("wish.made", _("Asked for %(course)s")),
    ("wish.taken_back", _("Asked for %(old_course)s no more")),
):
    tell(kind, words)

show(Panel(Person, "academy/panels/person.html", panels.person))
subjects.register(subjects.Subject(Course, "academy:course"))
show(Panel(Unit, "academy/panels/unit.html", panels.unit))
show(Panel(Skill, "academy/panels/skill.html", panels.skill))
show(Panel(Role, "academy/panels/role.html", panels.role))
