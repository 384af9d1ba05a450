"""What is asked about promises and obstacles."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vested.core.filters import UnitField
from vested.core.models import Unit
from vested.core.permissions import Permission
from vested.core.questions import Asking, behind_wall, day, line, person, pick, text, unit
from vested.direction.models import Objective, Obstacle

NAMED = (
    ("yes", _("Yes: whoever answers can ask me, and I am told the answer")),
    ("no", _("No: nobody is stored, not even in the history")),
)
BECAME = (("removed", _("It is removed")), ("explained", _("It stays, and this explains why")))


class MakeCommitment(Asking):
    """A promise."""

    somebody = ("person",)

    words = line(
        _("What do you promise?"), _("Say what you promise"), _("One sentence. It cannot be changed later."), most=300
    )
    to_whom = line(_("To whom?"), _("Say to whom"))
    due_on = day(_("By which day?"), _("After today."))
    proof_is = line(_("What will show that it is kept?"), _("Say what will show it"), most=300)
    unit = unit(_("For which unit?"), Permission.DIRECTION_CHANGE)
    person = person(_("Whose promise is it?"))
    objective: "forms.ModelChoiceField[Objective]" = forms.ModelChoiceField(
        label=_("Which objective does it serve?"), queryset=None, required=False, empty_label=_("None")
    )
    public = forms.BooleanField(
        label=_("Everybody may read it"),
        required=False,
        help_text=_("Also outside, without signing in: the words, your name, the day, and what became of it."),
    )
    wall = behind_wall()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Objective.objects.all().visible_to(self.viewer).filter(closed_on=None)
        self.fields["objective"].queryset = rows.order_by("find", "pk")  # type: ignore[attr-defined]  # a ModelChoiceField


class ProveCommitment(Asking):
    """That a promise is kept."""

    proof = text(_("What shows it?"), _("Say what shows it"), _("A link, a figure, a letter: so that others can look."))
    on = day(_("On which day was it kept?"), _("Today or earlier."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = self.today


class Why(Asking):
    """A reason."""

    why = text(_("Why?"), _("Say why"))


class Reply(Asking):
    """Words about something."""

    words = text(_("What do you want to say?"), _("Say something"))


class RaiseObstacle(Asking):
    """Something that stands in the way."""

    kind = pick(_("What is it?"), Obstacle.Kind)
    words = text(
        _("What stands in the way?"),
        _("Say what stands in the way"),
        _("Everybody in the sector reads it once it is answered. Leave out names."),
    )
    wish = text(_("What would help?"))
    where = UnitField(
        queryset=None, label=_("Which unit is it about?"), required=False, empty_label=_("The whole sector")
    )
    named = pick(_("With your name?"), NAMED)
    wall = behind_wall()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.all().visible_to(self.viewer).filter(ended_on=None).order_by("path")
        self.fields["where"].queryset = units  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_named(self) -> bool:
        """Whether with a name."""
        return bool(self.cleaned_data["named"] == "yes")


class OwnObstacle(Asking):
    """Who owns an obstacle, and by when it is answered."""

    somebody = ("owner",)

    owner = person(_("Who owns it?"))
    answer_by = day(_("By when is it answered?"))


class AnswerObstacle(Asking):
    """What became of an obstacle."""

    outcome = pick(_("What became of it?"), BECAME)
    answer = text(_("Your answer"), _("Write the answer"), _("Everybody in the sector reads it."))


def in_days(today: date, days: int) -> date:
    """The day so many days on."""
    return date.fromordinal(today.toordinal() + days)
