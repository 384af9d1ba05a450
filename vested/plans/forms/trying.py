"""What is tried of a roadmap."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.formats import localize_input
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vested.core.amounts import level
from vested.core.questions import number
from vested.plans.asked import MOST_RISK
from vested.plans.forms.naming import percent, percent_of

Choices = Sequence[tuple[str, str]]


class TryRoadmap(forms.Form):
    """One initiative less, one more, one at another time, other money, other people, another cap on risk."""

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
    risk_cap = number(_("How much risk may there be in all?"), least=0, most=MOST_RISK)

    def __init__(
        self, *args: Any, starts: Choices, out: Choices, pools: Choices, quarters: Choices, risk: float, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        words = gettext("What starts in the plan adds up to %(risk)s, with what is in delivery. Empty: as it is.")
        self.fields["risk_cap"].help_text = words % {"risk": level(round(risk, 2))}
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
            "risk_cap": given["risk_cap"],
        }


def typed(changes: Mapping[str, Any]) -> dict[str, str]:
    """What somebody typed to try this, by question; what was not answered is not there."""
    moved, pool = next(iter(changes["move"].items()), ("", "")), next(iter(changes["pools"].items()), ("", None))
    cap = changes.get("risk_cap")  # what was tried before there was a cap does not say it
    words = {
        "drop": next(iter(changes["drop"]), ""),
        "force": next(iter(changes["force"]), ""),
        "move": moved[0],
        "quarter": str(moved[1]),
        "money": "" if changes["money"] == 1.0 else str(percent_of(changes["money"])),
        "pool": pool[0],
        "people": "" if pool[1] is None else str(percent_of(pool[1])),
        "risk_cap": "" if cap is None else localize_input(cap),
    }
    return {name: word for name, word in words.items() if word}
