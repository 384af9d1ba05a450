"""What is tried of a roadmap."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vested.plans.forms.naming import percent

Choices = Sequence[tuple[str, str]]


class TryRoadmap(forms.Form):
    """One initiative less, one more, one at another time, other money, other people."""

    drop = forms.ChoiceField(label=_("Which one is left out?"), required=False)
    force = forms.ChoiceField(label=_("Which one must start?"), required=False)
    move = forms.ChoiceField(label=_("Which one starts at another time?"), required=False)
    quarter = forms.TypedChoiceField(label=_("In which quarter?"), required=False, coerce=int, empty_value=None)
    money = percent(
        _("How much of the money for initiatives, in %?"),
        help_text=_("In every quarter; what is in delivery keeps its own. Empty: as it is."),
    )
    pool = forms.ChoiceField(label=_("Of which pool are there more or fewer people?"), required=False)
    people = percent(_("How much of it, in %?"))

    def __init__(
        self, *args: Any, starts: Choices, out: Choices, pools: Choices, quarters: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        said = {"drop": starts, "force": out, "move": [*starts, *out], "quarter": quarters, "pool": pools}
        for name, choices in said.items():
            self.fields[name].choices = [("", _("None")), *choices]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Let nobody name one that moves without its quarter, nor a pool without how much of it."""
        given = super().clean() or {}
        for name, other, words in (
            ("move", "quarter", _("Say in which quarter it starts")),
            ("pool", "people", _("Say how much of it there is, such as 80")),
        ):
            if given.get(name) and given.get(other) is None and other not in self.errors:
                self.add_error(other, words)
        return given

    def changes(self) -> dict[str, Any]:
        """What is tried, once the form is valid."""
        given = self.cleaned_data
        money, people = given["money"], given["people"]
        return {
            "drop": [given["drop"]] if given["drop"] else [],
            "force": [given["force"]] if given["force"] else [],
            "move": {given["move"]: given["quarter"]} if given["move"] else {},
            "money": 1.0 if money is None else float(money) / 100,
            "pools": {given["pool"]: float(people) / 100} if given["pool"] else {},
        }
