"""Ask for a course for oneself, and take that back."""

from django.db import transaction
from django.utils.translation import gettext as _

from vested.academy.models import Completion, Course, Wish
from vested.core.errors import Invalid, NotAllowed
from vested.core.history import record
from vested.core.models import Person
from vested.core.viewer import Viewer


@transaction.atomic
def ask_for(*, by: Viewer, course: Course) -> Wish:
    """Ask for a course; the next plan weighs it."""
    person = _own(by)
    if Completion.objects.filter(person=person, course=course).exists():
        raise Invalid(_("You have completed %(course)s already.") % {"course": course})
    wish, new = Wish.objects.get_or_create(sector=by.sector, person=person, course=course)
    if not new:
        raise Invalid(_("You ask for %(course)s already.") % {"course": course})
    record("wish.made", by=by, on=person, new={"course": str(course)})
    return wish


@transaction.atomic
def take_back(*, by: Viewer, wish: Wish) -> None:
    """Ask for a course no more."""
    person = _own(by)
    if wish.person_id != person.pk:
        raise NotAllowed(_("Everybody takes back their own wishes only."))
    wish.delete()
    record("wish.taken_back", by=by, on=person, old={"course": str(wish.course)})


def _own(by: Viewer) -> Person:
    if by.person is None:
        raise NotAllowed(_("Only people ask for courses."))
    return by.person
