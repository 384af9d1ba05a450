"""The academy's forms: they ask and check, and never save."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vested.core.forms import Versioned


class WithReason(Versioned):
    """Something done for a reason."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=2_000,
        help_text=_("A sentence. Who plans the training reads it, and your manager."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, in a sentence")},
    )


class Object(forms.Form):
    """What somebody objects to, and why."""

    words = forms.CharField(
        label=_("What do you object to, and why?"),
        max_length=5_000,
        help_text=_("Say what is wrong, what the plan does not know, or what would be right for you."),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say what you object to, and why")},
    )


class AnswerObjection(Versioned):
    """What somebody who can decide otherwise decides."""

    verdict = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[("upheld", _("The objection is right")), ("dismissed", _("The proposal stays as it is"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide")},
    )
    words = forms.CharField(
        label=_("Why?"),
        max_length=5_000,
        help_text=_("The person reads it. Say what you looked at, and what follows."),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say why, so that the person understands")},
    )
    withdraw = forms.BooleanField(
        label=_("Withdraw what was proposed"),
        required=False,
        help_text=_("Only if the objection is right. The seat is free again, and it is not proposed again."),
    )

    def __init__(self, *args: Any, enrolled: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not enrolled:
            del self.fields["withdraw"]


class OfferSeat(Versioned):
    """Until when somebody who is offered a seat answers."""

    answer_by = forms.DateField(
        label=_("Answer by which day?"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Say until when"), "invalid": _("Write a day, such as 2026-11-21")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_answer_by(self) -> date:
        """A day to come."""
        day: date = self.cleaned_data["answer_by"]
        if day <= self.today:
            raise forms.ValidationError(_("The day must be after today"))
        return day
