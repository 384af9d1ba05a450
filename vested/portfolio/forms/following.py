"""What is asked about gates, what was spent, claims, increments, contracts and the lines of the portfolio."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vested.portfolio.forms.fields import Asking, amount, choice, day, line, number, person, text, unit
from vested.portfolio.models import Increment, Initiative
from vested.portfolio.models.following import Standing
from vested.portfolio.queries.checks import Check

MET = (("yes", _("Yes, it is met")), ("no", _("No, it is not met")))
SAID = [(value, label) for value, label in Standing.choices if value != Standing.UNKNOWN]


class _AboutCheck(Asking):  # one of the checks that may be judged or waived
    code = choice(_("Which check?"), ())

    def __init__(self, *args: Any, checks: list[Check], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(check.code, check.asks) for check in checks]  # type: ignore[attr-defined]  # a ChoiceField


class Judge(_AboutCheck):
    """What somebody in the named role finds."""

    met = forms.ChoiceField(
        label=_("Is it met?"), choices=MET, widget=forms.RadioSelect, error_messages={"required": _("Choose one")}
    )
    words = text(_("Why?"), _("Say why: it stands beside your name"))

    def clean_met(self) -> bool:
        """Whether it is."""
        return bool(self.cleaned_data["met"] == "yes")


class Waive(_AboutCheck):
    """What may wait."""

    reason = text(_("Why may it wait?"), _("Say why it may wait"))
    until = day(_("Until which day?"), _("After it, the gate is open again by itself."))


class Decision(Asking):
    """A decision in words."""

    words = text(_("Why?"), _("Say why: the others have to be able to repeat it"))


class NoteSpending(Asking):
    """What was spent."""

    quarter = day(_("In which quarter?"), _("Any day of it."))
    amount = amount(_("How much?"), _("Say how much"))
    source = line(_("Where does that figure come from?"), _("Say where it comes from"))


class Claim(Asking):
    """How it stands, as its owner sees it."""

    cost = choice(_("Cost"), SAID)
    schedule = choice(_("Schedule"), SAID)
    economic = choice(_("Economic benefit"), SAID)
    other = choice(_("Other benefit"), SAID)
    words = text(_("What makes you say so?"), _("Say what makes you say so"))


class ShowIncrement(Asking):
    """What was shown."""

    shown = text(_("What was shown?"), _("Say what was shown: something that works"), rows=2)
    to_whom = line(_("To whom?"), _("Say to whom"))
    learnt = text(_("What was learnt?"), _("Say what was learnt"))
    decided = forms.ChoiceField(
        label=_("What was decided?"),
        choices=Increment.Decided.choices,
        widget=forms.RadioSelect,
        help_text=_("To stop ends the initiative, with what was learnt as its lesson."),
        error_messages={"required": _("Choose one")},
    )
    why = text(_("Why?"), _("Say why: the others have to be able to repeat it"), rows=2)


class CloseInitiative(Asking):
    """How it ended."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=Initiative.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one")},
    )
    why = text(_("Why?"), _("Say why: the others have to be able to repeat it"))
    lesson = text(_("What can others learn from it?"), _("Say what others can learn from it"))


class AddContract(Asking):
    """A contract."""

    people = ("owner",)

    title = line(_("What is it about?"), _("Say what it is about"))
    supplier = line(_("With whom?"), _("Say with whom"))
    unit = unit(_("Which unit keeps it?"))
    owner = person(_("Who answers for it?"), _("Name or code. Leave it empty for yourself."))
    decide_by = day(_("By which day is it decided what follows?"), _("Before notice has to be given."))
    ends_on = day(_("On which day does it end?"))


class DrawLines(Asking):
    """The lines of the portfolio."""

    large_from = amount(_("An initiative is large from a cost of"), _("Say from which cost"))
    watch = number(_("Drifting: off by more than this share"), _("Say which share"), _("0.1 is a tenth."))
    off = number(_("Off course: off by more than this share"), _("Say which share"))
    stale_days = forms.IntegerField(
        label=_("A claim or figure says nothing after so many days"), min_value=1, max_value=999
    )
    increment_days = forms.IntegerField(label=_("Something is shown every so many days"), min_value=1, max_value=999)
    explore_least = number(_("Least share of money to explore"), _("Say which share"), most=1)
    explore_most = number(_("Highest share of money to explore"), _("Say which share"), most=1)
    version = forms.IntegerField(widget=forms.HiddenInput)
