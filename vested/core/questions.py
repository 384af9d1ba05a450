"""Questions that forms of every room ask: a day, a text, a unit, somebody; and forms that know who is asked."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vested.core.errors import Invalid
from vested.core.filters import UnitField
from vested.core.links import one_found
from vested.core.models import Person, Unit, Wall
from vested.core.permissions import Permission
from vested.core.queries import nameable
from vested.core.viewer import Viewer

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
    label: "StrOrPromise",
    missing: "StrOrPromise" = "",
    help_text: "StrOrPromise" = "",
    *,
    least: float | None = None,
    most: float | None = None,
) -> forms.FloatField:
    """A number with decimals, as the reader's language writes it."""
    return forms.FloatField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        min_value=least,
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


def choice(label: "StrOrPromise", choices: Any, help_text: "StrOrPromise" = "") -> forms.ChoiceField:  # noqa: ANN401 - as Django takes them
    """One of a few, from a list."""
    return forms.ChoiceField(
        label=label, choices=choices, help_text=help_text, error_messages={"required": _("Choose one")}
    )


def pick(label: "StrOrPromise", choices: Any = (), help_text: "StrOrPromise" = "") -> forms.ChoiceField:  # noqa: ANN401 - as above
    """One of a few, all of them seen at once."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one")},
    )


def person(label: "StrOrPromise", help_text: "StrOrPromise" = "") -> forms.CharField:
    """Somebody, by name or code; ``help_text`` says what it means to leave it empty."""
    words = help_text or _("Name or code. Leave it empty for yourself.")
    return forms.CharField(label=label, required=False, max_length=200, help_text=words)


def unit(label: "StrOrPromise", permission: Permission, help_text: "StrOrPromise" = "") -> UnitField:
    """A unit for which who is asked holds the permission; the whole sector only where that is one of them."""
    field = UnitField(queryset=None, label=label, help_text=help_text, error_messages={"required": _("Choose a unit")})
    field.permission = permission
    return field


def behind_wall() -> "forms.ModelChoiceField[Wall]":
    """Behind which wall something stands, if behind one."""
    return forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=_("Does it stand behind a wall?"),
        empty_label=_("No: whoever may see such things sees it"),
        help_text=_("Behind one it exists only for who wears that hat. This cannot be changed later."),
    )


class Asking(forms.Form):
    """A form that knows who is asked, and on which day."""

    somebody: tuple[str, ...] = ()  # fields that name somebody

    def __init__(self, *args: Any, viewer: Viewer, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.today = viewer, today
        if "unit" in self.fields:
            self._offer_units(self.fields["unit"])
        if "wall" in self.fields:
            self._offer_walls(self.fields["wall"])

    def clean(self) -> dict[str, Any]:
        """Find the people named."""
        for name in self.somebody:
            if name in self.cleaned_data:
                self.cleaned_data[name] = self._found(name)
        return self.cleaned_data

    def _found(self, name: str) -> Person | None:
        words = self.cleaned_data[name]
        if not words.strip():
            return None
        try:
            return one_found(nameable(self.viewer, on=self.today), words, field=name)
        except Invalid as error:
            self.add_error(name, str(error))
            return None

    def _offer_units(self, field: Any) -> None:  # noqa: ANN401 - a UnitField
        units = Unit.objects.all().where(self.viewer, field.permission).filter(ended_on=None)
        whole = self.viewer.may(field.permission)
        field.queryset = units.order_by("path")
        field.required, field.empty_label = not whole, _("The whole sector") if whole else _("Choose a unit")

    def _offer_walls(self, field: Any) -> None:  # noqa: ANN401 - a ModelChoiceField
        # those whose hats are worn now; who wears none is not asked, and cannot name any
        worn = Wall.objects.filter(pk__in=self.viewer.worn).select_related("counterparty")
        field.queryset = worn.order_by("pk")
        if not self.viewer.worn:
            field.widget = forms.HiddenInput()
