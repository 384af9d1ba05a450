"""What is asked about objectives, their measures, and what was observed."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from vested.core.forms import Versioned
from vested.core.permissions import Permission
from vested.core.questions import Asking, day, line, number, person, pick, text, unit
from vested.direction.models import Measure, Objective

REACHED = (("yes", _("It is reached")), ("no", _("It is left, not reached")))


class _Aim(Asking):
    somebody = ("owner",)

    title = line(_("What is to be reached?"), _("Say what is to be reached"), _("A state, not a task."))
    why = text(_("Why?"), _("Say why"), _("Whose need it serves, and what is worse without it."))
    about = forms.ChoiceField(label=_("Whom is it about?"), choices=Objective.About, widget=forms.RadioSelect)
    parent: "forms.ModelChoiceField[Objective]" = forms.ModelChoiceField(
        label=_("Which objective does it serve?"),
        queryset=None,
        required=False,
        empty_label=_("The vision itself"),
    )
    owner = person(_("Who owns it?"))
    ends_on = day(_("Until when?"))
    code = line(_("Your own code for it"), most=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ones = Objective.objects.all().visible_to(self.viewer).filter(closed_on=None)
        self.fields["parent"].queryset = open_ones.order_by("find", "pk")  # type: ignore[attr-defined]  # a ModelChoiceField


class OpenObjective(_Aim):
    """A new objective."""

    unit = unit(
        _("Of which unit?"), Permission.DIRECTION_CHANGE, _("All below it can have objectives that serve this one.")
    )
    starts_on = day(_("From which day?"))
    field_order = ("title", "why", "about", "unit", "parent", "owner", "starts_on", "ends_on", "code")


class ChangeObjective(Versioned, _Aim):
    """Other words for an objective, another owner or end."""


class CloseObjective(Versioned, Asking):
    """That an objective is reached or left."""

    reached = pick(_("Is it reached?"), REACHED)
    why = text(_("How do you know, or why is it left?"), _("Say how you know, or why it is left"))

    def clean_reached(self) -> bool:
        """Whether it is."""
        return bool(self.cleaned_data["reached"] == "yes")


class AddMeasure(Asking):
    """How one sees that an objective is near."""

    name = line(_("What is measured?"), _("Say what is measured"))
    counts = line(
        _("Counted in what?"), _("Say in what it is counted"), _("For example: %, days, complaints a month."), most=60
    )
    better = forms.ChoiceField(label=_("Which way is better?"), choices=Measure.Better, widget=forms.RadioSelect)
    baseline = number(_("Where do we start?"), _("Say the value at the start"))
    baseline_on = day(_("On which day was that?"))
    target = number(_("Where do we want to be?"), _("Say the target"))
    target_on = day(_("By which day?"))
    path = text(
        _("Points between"),
        help_text=_("One a line: a day and the value by then, such as 2027-06-30 45. Else straight."),
    )
    every_days = forms.IntegerField(
        label=_("How many days may pass between two observations?"),
        min_value=1,
        max_value=3660,
        initial=92,
        help_text=_("After that, the measure says that nobody has looked."),
        error_messages={"required": _("Say how many days"), "invalid": _("Write a number of days, such as 90")},
    )

    def clean_path(self) -> list[tuple[date, float]]:
        """The points, each a day and a value."""
        return [_point(words) for words in self.cleaned_data["path"].splitlines() if words.strip()]


def _point(words: str) -> tuple[date, float]:
    given, _space, value = words.strip().partition(" ")
    try:
        return date.fromisoformat(given), float(forms.FloatField(localize=True).clean(value) or 0)
    except (ValueError, forms.ValidationError) as error:
        said = _now("“%(words)s” is not a day and a value. Write one a line, such as 2027-06-30 45")
        raise forms.ValidationError(said % {"words": words.strip()[:60]}) from error


class Observe(Asking):
    """What was seen of a measure."""

    value = number(_("What was seen?"), _("Say the value"))
    on = day(_("On which day?"), _("Today or earlier."))
    source = line(
        _("Where does it come from?"),
        _("Say where it comes from"),
        _("A register, a survey, a count: so that others can look."),
    )
    error = number(
        _("Standard error"),
        help_text=_("If the source states one. Else the ups and downs decide how sure it is."),
        least=0,
    )
    doubt = text(_("What may be wrong with it?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = self.today
