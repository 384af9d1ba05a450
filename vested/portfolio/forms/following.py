"""What is asked about gates, what was spent, claims, increments, contracts and the lines of the portfolio."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vested.core.errors import Invalid
from vested.core.links import one_found
from vested.core.permissions import Permission
from vested.core.questions import Asking, amount, choice, day, line, number, person, pick, text, unit
from vested.portfolio.models import Block, Increment, Initiative
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

    met = pick(_("Is it met?"), MET)
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
    decided = pick(
        _("What was decided?"),
        Increment.Decided.choices,
        _("To stop ends the initiative, with what was learnt as its lesson."),
    )
    why = text(_("Why?"), _("Say why: the others have to be able to repeat it"), rows=2)


class CloseInitiative(Asking):
    """How it ended."""

    outcome = pick(_("How did it end?"), Initiative.Outcome.choices)
    why = text(_("Why?"), _("Say why: the others have to be able to repeat it"))
    lesson = text(_("What can others learn from it?"), _("Say what others can learn from it"))


class AddContract(Asking):
    """A contract."""

    somebody = ("owner",)

    title = line(_("What is it about?"), _("Say what it is about"))
    supplier = line(_("With whom?"), _("Say with whom"))
    system = line(_("For which system?"), help_text=_("Name or code. Leave it empty if it is for none."))
    unit = unit(_("Which unit keeps it?"), Permission.PORTFOLIO_CHANGE)
    owner = person(_("Who answers for it?"))
    decide_by = day(_("By which day is it decided what follows?"), _("Before notice has to be given."))
    ends_on = day(_("On which day does it end?"))

    def clean_system(self) -> Block | None:
        """The system meant, if one is."""
        words = self.cleaned_data["system"]
        if not words.strip():
            return None
        try:
            return one_found(Block.objects.all().visible_to(self.viewer), words)
        except Invalid as error:
            raise forms.ValidationError(str(error)) from error


class DrawLines(Asking):
    """The lines of the portfolio."""

    large_from = amount(_("An initiative is large from a cost of"), _("Say from which cost"))
    watch = number(_("Drifting: off by more than this share"), _("Say which share"), _("0.1 is a tenth."), least=0)
    off = number(_("Off course: off by more than this share"), _("Say which share"), least=0)
    stale_days = forms.IntegerField(
        label=_("A claim or figure says nothing after so many days"), min_value=1, max_value=999
    )
    increment_days = forms.IntegerField(label=_("Something is shown every so many days"), min_value=1, max_value=999)
    explore_least = number(_("Least share of money to explore"), _("Say which share"), least=0, most=1)
    explore_most = number(_("Highest share of money to explore"), _("Say which share"), least=0, most=1)
    version = forms.IntegerField(widget=forms.HiddenInput)
