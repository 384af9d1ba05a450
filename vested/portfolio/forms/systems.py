"""What is asked about systems and building blocks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vested.core.models import Counterparty, Unit
from vested.core.permissions import Permission
from vested.core.questions import Asking, behind_wall, day, line, person, text, unit
from vested.portfolio.forms.undertaking import NOBODY, meant
from vested.portfolio.models import Initiative


class SaySystem(Asking):
    """What is said of a system, or of a building block that is to become one."""

    somebody = ("owner",)

    name = line(_("What is it called?"), _("Say what it is called"))
    purpose = text(_("What is it for?"), _("Say what it is for"), rows=3)
    owner = person(_("Who answers for it?"), NOBODY)
    supplier: "forms.ModelChoiceField[Counterparty]" = forms.ModelChoiceField(
        label=_("Who supplies it?"), queryset=None, required=False, empty_label=_("Nobody outside")
    )
    exists = forms.BooleanField(label=_("It is in use already"), required=False)
    since = day(_("From which day is it in use?"), _("Leave it empty where nobody knows."), required=False)
    ends_on = day(_("On which day is it to be ended?"), _("It stands among the days to come."), required=False)
    supplied_by = line(_("Which initiative builds it?"), help_text=_("Title or code."))
    replaced_by = line(_("Which initiative replaces it?"), help_text=_("Title or code."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counterparties = Counterparty.objects.all().visible_to(self.viewer).filter(ended_on=None)
        self.fields["supplier"].queryset = counterparties.order_by("find", "pk")  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_supplied_by(self) -> Initiative | None:
        """The initiative that builds it, if one does."""
        return self._initiative("supplied_by")

    def clean_replaced_by(self) -> Initiative | None:
        """The initiative that replaces it, if one does."""
        return self._initiative("replaced_by")

    def _initiative(self, name: str) -> Initiative | None:
        words = self.cleaned_data[name]
        return meant(self.viewer, words) if words.strip() else None


class NameSystem(SaySystem):
    """A new one."""

    code = line(_("Code"), _("Give it a code"), _("The office's own short name for it."), most=100)
    unit = unit(_("Which unit is it of?"), Permission.PORTFOLIO_CHANGE)
    wall = behind_wall()
    field_order = ("code", "name", "purpose", "unit", "owner", "supplier", "exists", "since", "ends_on")


class ChangeSystem(SaySystem):
    """One there is; it stays of its unit, or becomes of another where who is asked may change both."""

    unit = unit(_("Which unit is it of?"), Permission.PORTFOLIO_CHANGE)
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("name", "purpose", "unit", "owner", "supplier", "exists", "since", "ends_on")

    def __init__(self, *args: Any, now: Unit | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        if now is None:
            field.required, field.empty_label = False, _("The whole sector")
            field.queryset = field.queryset if self.viewer.may(Permission.PORTFOLIO_CHANGE) else Unit.objects.none()
        elif self.viewer.may(Permission.PORTFOLIO_CHANGE, on=now):
            field.queryset = field.queryset | Unit.objects.filter(pk=now.pk)  # also one that has ended
        else:
            field.queryset = Unit.objects.filter(pk=now.pk)


class EndSystem(Asking):
    """That it is in use no more."""

    why = text(_("Why?"), _("Say why: the others have to be able to repeat it"))
