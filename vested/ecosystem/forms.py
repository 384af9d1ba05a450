"""What is asked about agreements: forms check, and never save."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from vested.core.errors import Invalid
from vested.core.forms import Versioned
from vested.core.links import one_found, told_outside
from vested.core.models import Counterparty, Person, User
from vested.core.permissions import Permission
from vested.core.queries import nameable
from vested.core.questions import Asking, behind_wall, day, line, person, pick, text, unit


class MakeAgreement(Asking):
    """What is agreed with a counterparty."""

    somebody = ("owner",)

    title = line(_("What is it about?"), _("Say what it is about"))
    counterparty: "forms.ModelChoiceField[Counterparty]" = forms.ModelChoiceField(
        label=_("With whom?"),
        queryset=None,
        empty_label=_("Choose a counterparty"),
        error_messages={"required": _("Choose a counterparty")},
    )
    roles = text(
        _("Who is what to whom in it?"), _("Say who is what to whom"), _("Such as: they deliver, we buy and inspect.")
    )
    words = text(_("What is agreed?"), _("Say what is agreed"))
    unit = unit(_("Of which unit?"), Permission.AGREEMENT_CHANGE)
    owner = person(_("Who owns it?"))
    starts_on = day(_("From which day?"))
    ends_on = day(_("Until which day?"), _("Its owner is reminded ninety days before."))
    code = line(_("Your own code for it"), "", _("Where the signed paper is kept."), most=100)
    wall = behind_wall()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Counterparty.objects.all().visible_to(self.viewer).filter(ended_on=None)
        self.fields["counterparty"].queryset = rows.order_by("find", "pk")  # type: ignore[attr-defined]  # a ModelChoiceField


class RenewAgreement(Asking):
    """Until when it lasts from now on."""

    ends_on = day(_("Until which day?"))


class EndAgreement(Asking):
    """Why it ends before its time."""

    why = text(_("Why?"), _("Say why"))


class ShareThing(Asking):
    """Which thing to share."""

    kind = pick(_("What is it?"))
    words = line(_("Which one?"), _("Give the name or the code"), _("The name or the code, as the lists show it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(name, model.outside.what) for name, (model, _page) in told_outside().items() if model.outside]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """The thing meant, of those the viewer may see, in place of the words."""
        kind, words = self.cleaned_data.get("kind"), self.cleaned_data.get("words")
        if not kind or not words:
            return self.cleaned_data
        model: Any = told_outside()[kind][0]
        try:
            return {"thing": one_found(model.objects.all().visible_to(self.viewer), words)}
        except Invalid as error:
            raise forms.ValidationError({"words": str(error)}) from error


class LetIn(forms.Form):
    """Somebody of an organisation outside who is to sign in."""

    name = line(_("Who?"), _("Give their name"))
    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("They sign in with it. Vested sends nothing there."),
        error_messages={"required": _("Give their address"), "invalid": _("Write an address, such as a@b.example")},
    )


class ChoosePassword(forms.Form):
    """A first password, or a new one, with the code one was given."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={"required": _("Give your address"), "invalid": _("Write an address, such as a@b.example")},
    )
    code = forms.CharField(
        label=_("The code you were given"),
        max_length=100,
        help_text=_("It works once, and for three days."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
        error_messages={"required": _("Give the code")},
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        max_length=200,
        help_text=_("Twelve characters or more, and not one that others use."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password")},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is too easily guessed."""
        if "password" in self.cleaned_data:
            try:
                validate_password(self.cleaned_data["password"], User(email=self.cleaned_data.get("email", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return self.cleaned_data


class ChangeAgreement(Versioned, Asking):
    """What of an agreement may change: its words, and who owns it."""

    title = line(_("What is it about?"), _("Say what it is about"))
    roles = text(_("Who is what to whom in it?"), _("Say who is what to whom"))
    words = text(_("What is agreed?"), _("Say what is agreed"))
    owner = person(_("Who owns it?"), _("Name or code."))
    code = line(_("Your own code for it"), most=100)

    def clean_owner(self) -> Person | None:
        """The person meant; the one there is now may stay, also where the viewer does not see them."""
        words, now = self.cleaned_data["owner"].strip(), self.initial.get("owner_now")
        if not words or (now and words == now.code):
            return now if words else None
        try:
            return one_found(nameable(self.viewer, on=self.today), words)
        except Invalid as error:
            raise forms.ValidationError(str(error)) from error


class AddParty(Asking):
    """Another counterparty an agreement is with."""

    counterparty: "forms.ModelChoiceField[Counterparty]" = forms.ModelChoiceField(
        label=_("With whom too?"),
        queryset=None,
        empty_label=_("Choose a counterparty"),
        error_messages={"required": _("Choose a counterparty")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Counterparty.objects.all().visible_to(self.viewer).filter(ended_on=None).order_by("find", "pk")
        self.fields["counterparty"].queryset = rows  # type: ignore[attr-defined]  # a choice


class AddContact(forms.Form):
    """Somebody outside to turn to."""

    name = line(_("Who?"), _("Give their name"))
    email = forms.EmailField(
        label=_("Their e-mail address"),
        required=False,
        error_messages={"invalid": _("Write an address, such as a@b.example")},
    )


class AddDocument(forms.Form):
    """A file that belongs to an agreement."""

    file = forms.FileField(
        label=_("Which file?"),
        help_text=_("PDF, text or table document, or a picture; 20 MB at most."),
        error_messages={"required": _("Choose a file"), "empty": _("The file is empty")},
    )
