"""What is asked about agreements: forms check, and never save."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vested.core.errors import Invalid
from vested.core.filters import UnitField
from vested.core.links import one_found
from vested.core.models import Counterparty, Person, Unit, Wall
from vested.core.permissions import Permission
from vested.core.viewer import Viewer

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _day(label: "StrOrPromise", help_text: "StrOrPromise" = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Say the day"), "invalid": _("Write a day, such as 2026-11-21")},
    )


def _text(label: "StrOrPromise", missing: "StrOrPromise", help_text: "StrOrPromise" = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(
        label=label, help_text=help_text, max_length=4000, widget=widget, error_messages={"required": missing}
    )


class MakeAgreement(forms.Form):
    """What is agreed with a counterparty."""

    title = forms.CharField(
        label=_("What is it about?"), max_length=200, error_messages={"required": _("Say what it is about")}
    )
    counterparty: "forms.ModelChoiceField[Counterparty]" = forms.ModelChoiceField(
        label=_("With whom?"),
        queryset=None,
        empty_label=_("Choose a counterparty"),
        error_messages={"required": _("Choose a counterparty")},
    )
    roles = _text(
        _("Who is what to whom in it?"), _("Say who is what to whom"), _("Such as: they deliver, we buy and inspect.")
    )
    words = _text(_("What is agreed?"), _("Say what is agreed"))
    unit = UnitField(queryset=None, label=_("Of which unit?"), error_messages={"required": _("Choose a unit")})
    owner = forms.CharField(
        label=_("Who owns it?"), required=False, max_length=200, help_text=_("Name or code. Empty: yourself.")
    )
    starts_on = _day(_("From which day?"))
    ends_on = _day(_("Until which day?"), _("Its owner is reminded ninety days before."))
    code = forms.CharField(
        label=_("Your own code for it"), required=False, max_length=100, help_text=_("Where the signed paper is kept.")
    )
    wall: "forms.ModelChoiceField[Wall]" = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=_("Does it stand behind a wall?"),
        empty_label=_("No: whoever may see such things sees it"),
        help_text=_("Behind one it exists only for who wears that hat. This cannot be changed later."),
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._viewer, fields = viewer, self.fields
        counterparties = Counterparty.objects.all().visible_to(viewer).filter(ended_on=None)
        fields["counterparty"].queryset = counterparties.order_by("find", "pk")  # type: ignore[attr-defined]  # a choice
        units = Unit.objects.all().where(viewer, Permission.AGREEMENT_CHANGE).filter(ended_on=None)
        whole = viewer.may(Permission.AGREEMENT_CHANGE)
        fields["unit"].queryset = units.order_by("path")  # type: ignore[attr-defined]  # as above
        fields["unit"].empty_label = _("The whole sector") if whole else _("Choose a unit")  # type: ignore[attr-defined]  # as above
        fields["unit"].required = not whole
        walls = Wall.objects.filter(pk__in=viewer.worn).select_related("counterparty")
        fields["wall"].queryset = walls.order_by("pk")  # type: ignore[attr-defined]  # as above
        if not viewer.worn:
            fields["wall"].widget = forms.HiddenInput()

    def clean_owner(self) -> Person | None:
        """The person meant, of those the viewer may see."""
        words = self.cleaned_data["owner"]
        if not words.strip():
            return None
        try:
            return one_found(Person.objects.visible_to(self._viewer), words)
        except Invalid as error:
            raise forms.ValidationError(str(error)) from error


class RenewAgreement(forms.Form):
    """Until when it lasts from now on."""

    ends_on = _day(_("Until which day?"))


class EndAgreement(forms.Form):
    """Why it ends before its time."""

    why = _text(_("Why?"), _("Say why"))
