"""What is asked about hopes and steering sessions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vested.core.errors import Invalid
from vested.core.links import one_found
from vested.core.models import Person
from vested.core.permissions import Permission
from vested.core.queries import nameable
from vested.core.questions import Asking, behind_wall, day, line, pick, text, unit
from vested.direction.models import Hope


class SayHope(Asking):
    """What digital can do for somebody."""

    words = text(
        _("What can digital do for you?"), _("Say what you hope for"), _("What costs you time that helps nobody?")
    )
    unit = unit(_("For which unit?"), Permission.DIRECTION_CHANGE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].required = True


class AnswerHope(Asking):
    """What becomes of a hope."""

    outcome = pick(_("What becomes of it?"), Hope.Outcome)
    group = line(
        _("As a need: whose?"), help_text=_("The group of users that has it. The vision rests on it from now on.")
    )
    words = text(_("As a need: what do they need?"), help_text=_("Everybody in the sector reads it."))
    answer = text(_("Your answer"), _("Write the answer"))

    def clean(self) -> dict[str, Any]:
        """What becomes of it; of a need, also whose it is and what they need."""
        missing = {"group": _("Name the group whose need it is"), "words": _("Say what they need")}
        if self.cleaned_data.get("outcome") == Hope.Outcome.NEED:
            for name in (one for one in missing if not self.cleaned_data.get(one)):
                self.add_error(name, missing[name])
        return self.cleaned_data


class CallSession(Asking):
    """A session of a forum."""

    forum = line(_("Which forum?"), _("Name the forum"), _("For example: the steering group for digital change."))
    on = day(_("On which day?"))
    unit = unit(_("Of which unit?"), Permission.DIRECTION_CHANGE, _("Its pack shows the unit and all below."))
    wall = behind_wall()


class NoteAttendance(Asking):
    """Who was there."""

    people = text(_("Who was there?"), _("Name them"), _("One a line, by name or code."))

    def clean_people(self) -> list[Person]:
        """The people meant."""
        rows = nameable(self.viewer, on=self.today)
        try:
            return [one_found(rows, words) for words in self.cleaned_data["people"].splitlines() if words.strip()]
        except Invalid as error:
            raise forms.ValidationError(str(error)) from error


class DecideInSession(Asking):
    """A decision for the minutes."""

    what = line(_("What was to be decided?"), _("Say what was to be decided"), _("As a question."), most=300)
    chosen = text(_("What was decided?"), _("Say what is decided"))
    why = text(_("Why?"), _("Say why: the others have to be able to repeat it"))
