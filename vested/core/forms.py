"""Core's forms: they ask and check, and never save."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from vested.core.actions.tokens import LONGEST
from vested.core.errors import Invalid
from vested.core.filters import UnitField
from vested.core.hats import may_wear
from vested.core.links import one_found
from vested.core.models import Counterparty, HatKind, Pairing, Person, Unit
from vested.core.permissions import GIVEN, Permission, Role
from vested.core.questions import day, pick
from vested.core.viewer import Viewer


class Versioned(forms.Form):
    """A change of something that others may change meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Refuse a form that does not say what it was filled from."""
        if "version" not in self.cleaned_data:
            raise forms.ValidationError(_("This form has lost where it came from. Open it again."))
        super().clean()
        return self.cleaned_data


class Erase(forms.Form):
    """Erase somebody: why, and whom, written once more."""

    because = forms.ChoiceField(
        label=_("Why?"),
        choices=[
            ("asked", _("The person asked for it")),
            ("left", _("The person left, and nothing has to be kept any more")),
            ("ordered", _("A court or an authority ordered it")),
            ("wrong", _("The data should never have been here")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why")},
    )
    code = forms.CharField(
        label=_("Write the person's code once more"),
        max_length=100,
        error_messages={"required": _("Write the code")},
    )

    def __init__(self, *given: Any, person: Person, **named: Any) -> None:
        """For the person to be erased."""
        super().__init__(*given, **named)
        self._person = person
        words = _("It is %(code)s. It cannot be undone, and nobody can bring it back.")
        self.fields["code"].help_text = words % {"code": person.code}

    def clean_code(self) -> str:
        """Refuse another code."""
        if self.cleaned_data["code"].strip() != self._person.code:
            raise forms.ValidationError(_("This is not the code of the person to be erased."))
        return self._person.code


class RenameUnit(Versioned):
    """Another name for a unit."""

    name = forms.CharField(
        label=_("What is it called?"), max_length=200, error_messages={"required": _("Give the unit a name")}
    )


class MoveUnit(Versioned):
    """Another place for a unit."""

    to = UnitField(
        queryset=None,
        label=_("Under which unit?"),
        empty_label=_("Choose a unit"),
        error_messages={"required": _("Choose the unit it goes under")},
    )

    def __init__(self, *args: Any, viewer: Viewer, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["to"], viewer, Permission.UNIT_CHANGE, without=unit)


class MovePerson(Versioned):
    """Another unit for a person, from some day."""

    to = UnitField(
        queryset=None,
        label=_("To which unit?"),
        empty_label=_("Choose a unit"),
        error_messages={"required": _("Choose the unit they go to")},
    )
    on = day(_("From which day?"), _("Today or earlier. Where they worked before is kept."))

    def __init__(self, *args: Any, viewer: Viewer, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        _offer(self.fields["to"], viewer, Permission.PERSON_CHANGE)

    def clean_on(self) -> date:
        """A day that has come."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            words = _("The day must be today, %(today)s, or earlier")
            raise forms.ValidationError(words % {"today": date_format(self.today)})
        return on


class GiveRole(forms.Form):
    """A role, and for which unit."""

    role = forms.ChoiceField(
        label=_("Which role?"),
        choices=lambda: [(role.value, role.label) for role in GIVEN],
        error_messages={"required": _("Choose a role")},
    )
    unit = UnitField(
        queryset=None,
        label=_("For which unit?"),
        required=False,
        empty_label=_("The whole sector"),
        help_text=_("The role also counts for all units below it."),
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["unit"], viewer, Permission.GRANT_CHANGE)

    def clean_role(self) -> Role:
        """The role itself."""
        return Role(self.cleaned_data["role"])


class NewToken(forms.Form):
    """A token for a program."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=100,
        help_text=_("The program and where it runs, so that you know later which one to revoke."),
        error_messages={"required": _("Say what it is for")},
    )
    days = forms.IntegerField(
        label=_("For how many days?"),
        min_value=1,
        max_value=LONGEST,
        initial=90,
        help_text=_("A year, 365 days, at most. Then it ends by itself."),
        error_messages={"required": _("Say for how many days"), "invalid": _("Write a number of days, such as 90")},
    )
    read_only = forms.BooleanField(
        label=_("It only reads"), required=False, initial=True, help_text=_("It can change nothing, whatever you may.")
    )


class NewCounterparty(forms.Form):
    """An organisation outside."""

    name = forms.CharField(
        label=_("What is it called?"), max_length=200, error_messages={"required": _("Give its name")}
    )
    code = forms.CharField(
        label=_("Your code for it"),
        max_length=100,
        help_text=_("As your own registers write it."),
        error_messages={"required": _("Give its code")},
    )


class GiveHat(forms.Form):
    """Who is what, to whom, from and until when."""

    person = forms.CharField(
        label=_("Who?"),
        max_length=200,
        help_text=_("Name or code."),
        error_messages={"required": _("Give the name or the code")},
    )
    kind = pick(_("Which hat?"), HatKind)
    counterparty: "forms.ModelChoiceField[Counterparty]" = forms.ModelChoiceField(
        label=_("Towards whom?"),
        queryset=None,
        empty_label=_("Choose a counterparty"),
        error_messages={"required": _("Choose a counterparty")},
    )
    since = day(_("From which day?"))
    until = day(_("Until which day?"), _("Empty: until somebody ends it."), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._viewer = viewer
        rows = Counterparty.objects.all().visible_to(viewer).filter(ended_on=None).order_by("find", "pk")
        self.fields["counterparty"].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_person(self) -> Person:
        """The person meant."""
        try:
            return one_found(may_wear(self._viewer), self.cleaned_data["person"])
        except Invalid as error:
            raise forms.ValidationError(str(error)) from error


class AskForOpening(forms.Form):
    """Why somebody has to look behind walls, and for how long."""

    why = forms.CharField(
        label=_("Why do you have to look?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why")},
    )
    hours = forms.IntegerField(
        label=_("For how many hours?"),
        min_value=1,
        error_messages={"required": _("Say for how many hours"), "invalid": _("Write a number of hours, such as 2")},
    )


class LimitOpenings(forms.Form):
    """For how long at most walls are opened."""

    hours = forms.IntegerField(
        label=_("For how many hours at most?"),
        min_value=1,
        help_text=_("What was asked for before stays as it is."),
        error_messages={"required": _("Say for how many hours"), "invalid": _("Write a number of hours, such as 2")},
    )


class AnswerOpening(forms.Form):
    """Whether somebody may look behind walls."""

    granted = pick(
        _("What is decided?"), (("yes", _("They may look, for the hours asked")), ("no", _("The walls stay closed")))
    )
    words = forms.CharField(
        label=_("Why?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why")},
    )

    def clean_granted(self) -> bool:
        """Whether they may."""
        return bool(self.cleaned_data["granted"] == "yes")


class HatRules(forms.Form):
    """How far apart each pair of hats is kept."""

    def __init__(self, *args: Any, rules: Mapping[tuple[str, str], str], **kwargs: Any) -> None:
        """With what counts now."""
        super().__init__(*args, **kwargs)
        self._pairs = tuple(rules)
        for (one, other), rule in rules.items():
            words = {"one": HatKind(one).label, "other": HatKind(other).label}
            label = _("%(one)s and %(other)s") % words
            self.fields[f"{one}_{other}"] = forms.ChoiceField(label=label, choices=Pairing.Rule, initial=rule)

    def wanted(self) -> dict[tuple[str, str], str]:
        """What was chosen for each pair."""
        return {(one, other): self.cleaned_data[f"{one}_{other}"] for one, other in self._pairs}


def _offer(field: forms.Field, viewer: Viewer, permission: Permission, *, without: Unit | None = None) -> None:
    """Let the field choose among units that have not ended and that the viewer may change."""
    units = Unit.objects.all().where(viewer, permission).filter(ended_on=None).order_by("path")
    if without:
        units = units.exclude(path__startswith=without.path)
    field.queryset = units  # type: ignore[attr-defined]  # a ModelChoiceField


class LinkTo(forms.Form):
    """What to link, by its name or code."""

    words = forms.CharField(max_length=200, error_messages={"required": _("Give the name or the code")})

    def __init__(self, *args: Any, ask: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = str(ask)
        self.fields["words"].help_text = _("The name or the code, as the lists show it.")
