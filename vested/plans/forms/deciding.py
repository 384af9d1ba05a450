"""Forms of those who propose a plan and of those who decide on it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from vested.core.forms import Versioned


class ProposePlan(Versioned):
    """Why a plan is the one to follow."""

    because = forms.CharField(
        label=_("Why this plan?"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Who decides reads it, and so does everybody who may see plans."),
        error_messages={"required": _("Say why this plan, in a sentence or two")},
    )


class SendBack(Versioned):
    """Why a plan is not the one to follow."""

    because = forms.CharField(
        label=_("What has to change?"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Who proposed it is told. They can change the scenario and propose another plan."),
        error_messages={"required": _("Say what has to change")},
    )


class AdoptPlan(Versioned):
    """Until when people answer, and what is to be remembered of the decision."""

    answer_by = forms.DateField(
        label=_("Until which day do people answer?"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Each is told what is proposed to them, and accepts, declines or objects."),
        error_messages={"required": _("Say until when"), "invalid": _("Write a day, such as 2026-11-21")},
    )
    because = forms.CharField(
        label=_("What did you weigh?"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("It is kept with the decision. A person decides here, not the machine."),
        error_messages={"required": _("Say what you weighed, in a sentence or two")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_answer_by(self) -> date:
        """A day that leaves time to answer."""
        day: date = self.cleaned_data["answer_by"]
        if day < self.today:
            words = _("The day must be today, %(today)s, or later")
            raise forms.ValidationError(words % {"today": date_format(self.today)})
        return day
