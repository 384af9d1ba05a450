"""What is asked about escalations and decisions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vested.core.filters import UnitField
from vested.core.models import Unit
from vested.core.questions import Asking, behind_wall, day, line, person, pick, text
from vested.core.scope import SectorModel
from vested.direction.queries.subjects import find


class RaiseEscalation(Asking):
    """What asks for a decision."""

    somebody = ("owner",)

    title = line(_("What is it about?"), _("Say what it is about"))
    words = text(_("What has happened so far?"), _("Say what has happened so far"))
    asked = line(_("Which decision is asked for?"), _("Say which decision is asked for"), _("As a question."), most=300)
    options = text(_("Among what?"), _("Name two at least"), _("One a line, two at least."))
    where = UnitField(
        queryset=None, label=_("Which unit is it about?"), required=False, empty_label=_("The whole sector")
    )
    owner = person(_("Who is to decide first?"), _("Name or code. Empty: the director at once."))
    owner_by = day(_("The owner decides by"))
    director_by = day(_("After that, the director decides by"))
    top_by = day(_("After that, top management decides by"), _("It climbs by itself on these days."))
    wall = behind_wall()
    about_type = forms.CharField(widget=forms.HiddenInput, required=False)
    about_id = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.all().visible_to(self.viewer).filter(ended_on=None).order_by("path")
        self.fields["where"].queryset = units  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_options(self) -> list[str]:
        """The options, without empty lines."""
        options = [one.strip() for one in self.cleaned_data["options"].splitlines() if one.strip()]
        if len(options) < 2:
            raise forms.ValidationError(_("Name two at least, one a line: else there is nothing to decide"))
        return options

    def about(self) -> SectorModel | None:
        """What it was raised from, if that exists for who asks."""
        found = find(self.viewer, self.cleaned_data["about_type"], self.cleaned_data["about_id"])
        return found[0] if found else None


class Decide(Asking):
    """A decision."""

    choice = pick(_("What is decided?"))
    other = line(_("In other words"), most=300)
    why = text(_("Why?"), _("Say why: the others have to be able to repeat it"))

    def __init__(self, *args: Any, options: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options = options
        choices = [(str(at), words) for at, words in enumerate(options)]
        self.fields["choice"].choices = [*choices, ("other", _("Something else"))]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """What was chosen, in words."""
        chosen, other = self.cleaned_data.get("choice"), self.cleaned_data.get("other", "").strip()
        if chosen == "other" and not other:
            self.add_error("other", _("Say what is decided"))
        elif chosen:
            self.cleaned_data["chosen"] = other if chosen == "other" else self.options[int(chosen)]
        return self.cleaned_data
