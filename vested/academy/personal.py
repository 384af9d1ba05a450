"""What the academy keeps about people, field by field."""

from django.utils.translation import gettext_lazy as _

from vested.academy.models import (
    Budget,
    Completion,
    Compulsory,
    Course,
    Enrolment,
    Learner,
    Objection,
    Outcome,
    Provider,
    Session,
    Wish,
)
from vested.core.labels import DUTY, TASK, Label, label, of, plain

LEARNING = Label(
    name="learning",
    purpose=_("To offer training that fits, to hold it, and to show later who has taken what"),
    basis=TASK,
    audience=_("The person, and who may see the people of their unit"),
)
OBJECTIONS = Label(
    name="objections",
    purpose=_("To have a person look again at what was proposed"),
    basis=DUTY,
    audience=_("The person, and who may change enrolments in their unit"),
    days=1095,
    since="answered_at",
    after=_("after it was answered"),
)

label(
    Enrolment,
    _("Courses proposed to somebody, and what they answered"),
    of("person", LEARNING, "session status reason source proposed_at answer_by answered_at waiting_since"),
    of("answered_by", LEARNING),
    plain="version",
)
label(
    Objection,
    _("What somebody objected to, and the answer"),
    of("person", OBJECTIONS, "enrolment course words raised_at answer_by state answer answered_at"),
    of("answered_by", OBJECTIONS),
    plain="version",
)
label(Learner, _("Hours and languages for learning"), of("person", LEARNING, "hours languages"))
label(Completion, _("Courses somebody has taken"), of("person", LEARNING, "course completed_on session"))
label(Wish, _("Courses somebody asks for"), of("person", LEARNING, "course weight"))
plain(Provider, "find name")
plain(Course, "find code title provider mode language hours cost prerequisite url shared")
plain(Compulsory, "course role")
plain(Outcome, "course skill from_level to_level")
plain(Session, "code course period starts_on seats")
plain(Budget, "unit amount")
