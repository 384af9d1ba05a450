"""Questions that several forms ask: a day, a text, an amount, somebody; and forms that know who is asked."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vested.core.errors import Invalid
from vested.core.filters import UnitField
from vested.core.links import one_found
from vested.core.models import Person, Unit
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
    widget = forms.Textarea(attrs={"rows": rows})
    words = {"required": missing}
    return forms.CharField(
        label=label, help_text=help_text, required=bool(missing), widget=widget, max_length=4000, error_messages=words
    )


def line(
    label: "StrOrPromise", missing: "StrOrPromise" = "", help_text: "StrOrPromise" = "", *, most: int = 200
) -> forms.CharField:
    """A line; needed where ``missing`` says what to do without."""
    words = {"required": missing}
    return forms.CharField(
        label=label, help_text=help_text, required=bool(missing), max_length=most, error_messages=words
    )


def number(
    label: "StrOrPromise", missing: "StrOrPromise" = "", help_text: "StrOrPromise" = "", *, most: float | None = None
) -> forms.FloatField:
    """A number from 0 up, as the reader's language writes it."""
    return forms.FloatField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        min_value=0,
        max_value=most,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"required": missing, "invalid": _("Write a number, such as 12.5")},
    )


def amount(label: "StrOrPromise", missing: "StrOrPromise" = "", help_text: "StrOrPromise" = "") -> forms.DecimalField:
    """An amount of the sector's money."""
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        min_value=Decimal(0),
        max_digits=16,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"required": missing, "invalid": _("Write an amount, such as 1200.50")},
    )


def person(label: "StrOrPromise", help_text: "StrOrPromise" = "") -> forms.CharField:
    """Somebody, by name or code."""
    return forms.CharField(
        label=label, required=False, max_length=200, help_text=help_text or _("Name or code; empty for nobody.")
    )


def unit(label: "StrOrPromise") -> UnitField:
    """A unit, or the whole sector."""
    return UnitField(queryset=None, label=label, error_messages={"required": _("Choose a unit")})


def choice(label: "StrOrPromise", choices: Any, help_text: "StrOrPromise" = "") -> forms.ChoiceField:  # noqa: ANN401 - as Django takes them
    """One of a few."""
    return forms.ChoiceField(
        label=label, choices=choices, help_text=help_text, error_messages={"required": _("Choose one")}
    )


class Asking(forms.Form):
    """A form that knows who is asked, and on which day."""

    people: tuple[str, ...] = ()  # fields that name somebody

    def __init__(self, *args: Any, viewer: Viewer, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.today = viewer, today
        if "unit" in self.fields:
            self._offer_units(self.fields["unit"])

    def clean(self) -> dict[str, Any]:
        """Find the people named."""
        for name in self.people:
            if name in self.cleaned_data:
                self.cleaned_data[name] = self._somebody(name)
        return self.cleaned_data

    def _somebody(self, name: str) -> Person | None:
        words = self.cleaned_data[name]
        if not words.strip():
            return None
        try:
            return one_found(nameable(self.viewer, on=self.today), words, field=name)
        except Invalid as error:
            self.add_error(name, str(error))
            return None

    def _offer_units(self, field: Any) -> None:  # noqa: ANN401 - a ModelChoiceField
        """Let a unit be chosen of those the viewer may change; the whole sector only where that is one of them."""
        units = Unit.objects.all().where(self.viewer, Permission.PORTFOLIO_CHANGE).filter(ended_on=None)
        whole = self.viewer.may(Permission.PORTFOLIO_CHANGE)
        field.queryset = units.order_by("path")
        field.required, field.empty_label = not whole, _("The whole sector") if whole else _("Choose a unit")
