"""Questions that several forms ask: a day, a text, a unit, somebody."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vested.core.errors import Invalid
from vested.core.filters import UnitField
from vested.core.links import one_found
from vested.core.models import Person, Unit, Wall
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.direction.queries.leaders import nameable

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def day(label: "StrOrPromise", help_text: "StrOrPromise" = "", *, required: bool = True) -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Say the day"), "invalid": _("Write a day, such as 2026-11-21")},
    )


def text(
    label: "StrOrPromise", missing: "StrOrPromise" = "", help_text: "StrOrPromise" = "", *, rows: int = 4
) -> forms.CharField:
    """Some lines; needed where ``missing`` says what to do without."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=4000,
        error_messages={"required": missing},
    )


def line(
    label: "StrOrPromise", missing: "StrOrPromise" = "", help_text: "StrOrPromise" = "", *, most: int = 200
) -> forms.CharField:
    """One line; needed where ``missing`` says what to do without."""
    return forms.CharField(
        label=label, help_text=help_text, required=bool(missing), max_length=most, error_messages={"required": missing}
    )


def number(
    label: "StrOrPromise", missing: "StrOrPromise" = "", help_text: "StrOrPromise" = "", *, least: float | None = None
) -> forms.FloatField:
    """A number with decimals, as the reader's language writes it."""
    return forms.FloatField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        min_value=least,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"required": missing, "invalid": _("Write a number, such as 12.5")},
    )


class Asking(forms.Form):
    """A form that knows who is asked, and on which day."""

    def __init__(self, *args: Any, viewer: Viewer, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.today = viewer, today
        if "unit" in self.fields:
            self._offer_units(self.fields["unit"])
        if "wall" in self.fields:
            self._offer_walls(self.fields["wall"])

    def _offer_units(self, field: Any) -> None:  # noqa: ANN401 - a ModelChoiceField
        """Let a unit be chosen of those the viewer may change; the whole sector only where that is one of them."""
        units = Unit.objects.all().where(self.viewer, Permission.DIRECTION_CHANGE).filter(ended_on=None)
        whole = self.viewer.may(Permission.DIRECTION_CHANGE)
        field.queryset = units.order_by("path")
        field.required, field.empty_label = not whole, _("The whole sector") if whole else _("Choose a unit")

    def _offer_walls(self, field: Any) -> None:  # noqa: ANN401 - as above
        """Let a wall be chosen of those whose hats are worn now; who wears none is not asked, and cannot name any."""
        worn = Wall.objects.filter(pk__in=self.viewer.worn).select_related("counterparty")
        field.queryset = worn.order_by("pk")
        if not self.viewer.worn:
            field.widget = forms.HiddenInput()

    def somebody(self, name: str) -> Person | None:
        """The one person that the words given find; None where none were."""
        words = self.cleaned_data[name]
        if not words.strip():
            return None
        try:
            return one_found(nameable(self.viewer, on=self.today), words, field=name)
        except Invalid as error:
            raise forms.ValidationError(str(error)) from error


def behind_wall() -> "forms.ModelChoiceField[Wall]":
    """Behind which wall something stands, if behind one."""
    return forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=_("Does it stand behind a wall?"),
        empty_label=_("No: whoever may see such things sees it"),
        help_text=_("Behind one it exists only for who wears that hat. This cannot be changed later."),
    )


def unit(label: "StrOrPromise", help_text: "StrOrPromise" = "") -> UnitField:
    """A unit, or the whole sector."""
    return UnitField(queryset=None, label=label, help_text=help_text, error_messages={"required": _("Choose a unit")})


def person(label: "StrOrPromise", help_text: "StrOrPromise" = "") -> forms.CharField:
    """Somebody, by name or code."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=200,
        help_text=help_text or _("Name or code. Leave it empty for yourself."),
    )
