"""What a scenario is called, how it is copied, what is said of it, and how its other forms read what is written."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from vested.core.errors import Invalid
from vested.core.finding import FindableQuerySet
from vested.core.links import one_found
from vested.plans.asked import MOST_MONEY

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")


def several(label: "StrOrPromise", help_text: "StrOrPromise") -> forms.CharField:
    """Names or codes, one a line, or none."""
    return forms.CharField(label=label, help_text=help_text, required=False, widget=forms.Textarea(attrs={"rows": 2}))


def percent(
    label: "StrOrPromise", missing: "StrOrPromise" = "", help_text: "StrOrPromise" = "", *, most: int = MOST_MONEY
) -> forms.DecimalField:
    """So many per cent; needed where ``missing`` says what to do without."""
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        min_value=0,
        max_value=most,
        decimal_places=2,
        error_messages={"required": missing},
    )


class Naming(forms.Form):
    """What a scenario is called, and what it is for."""

    name = forms.CharField(
        label=gettext_lazy("What is it called?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Give it a name")},
    )
    note = forms.CharField(
        label=gettext_lazy("What is it for?"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Copy(forms.Form):
    """What a copy is called, and how other its money is."""

    name = forms.CharField(
        label=gettext_lazy("What is the copy called?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Without a name it is called as this one, with what is different."),
    )
    change = forms.IntegerField(
        label=gettext_lazy("By how many per cent do all budgets change?"),
        required=False,
        min_value=-100,
        max_value=MOST_MONEY,
        help_text=gettext_lazy("−20 takes a fifth away. Empty: the same money."),
        error_messages={"invalid": gettext_lazy("Write a whole number, such as −20")},
    )
    solve = forms.BooleanField(label=gettext_lazy("Solve it at once"), required=False, initial=True)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        if data is not None and "−" in data.get("change", ""):
            data = {**{name: data[name] for name in data}, "change": data["change"].replace("−", "-")}
        super().__init__(data)


class Say(forms.Form):
    """What somebody says about a scenario."""

    words = forms.CharField(
        label=gettext_lazy("What do you want to say?"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody who may see the scenario reads it. It cannot be erased."),
        error_messages={"required": gettext_lazy("Write what you want to say")},
    )


def codes_of(rows: FindableQuerySet[Any], given: str, now: Iterable[str]) -> tuple[str, ...]:
    """The codes of what is named, one a line; one that is asked for already may be gone from the sector."""
    found: list[str] = []
    for line in (line.strip() for line in given.splitlines()):
        code = match[1] if (match := IN_BRACKETS.search(line)) else line
        if not line:
            continue
        if code in now or rows.filter(code=code).exists():
            found.append(code)
            continue
        try:
            found.append(one_found(rows, line, field="").code)
        except Invalid as error:
            raise forms.ValidationError(f"“{line}”: {error}") from error
    return tuple(dict.fromkeys(found))


def percent_of(share: float) -> Decimal:
    """A share as somebody writes it in per cent."""
    return Decimal(f"{100 * share:.2f}".rstrip("0").rstrip("."))
