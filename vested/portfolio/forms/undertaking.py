"""What is asked about an initiative, the ways to do it, and what it brings."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.formats import sanitize_separators
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vested.core.errors import Invalid
from vested.core.filters import UnitField
from vested.core.links import one_found
from vested.core.models import Unit
from vested.core.permissions import Permission
from vested.core.questions import Asking, amount, choice, day, line, number, person, text, unit
from vested.core.viewer import Viewer
from vested.direction.models import Objective
from vested.portfolio.models import Block, Initiative, Mode, Pool
from vested.skills.models import Skill

NOBODY = _("Name or code; empty for nobody.")
MOST_NAMED = 12  # pools and blocks a hint tells


class _Said(Asking):  # what is said of an initiative, when it is opened and later
    somebody = ("owner",)

    why = text(_("What is it for?"), _("Say what it is for"))
    changes = text(_("Which process, and which part of the organisation, does it change?"))
    owner = person(_("Who owns it?"), NOBODY)
    kind = choice(_("Does it try something new?"), Initiative.Kind.choices, _("Explore: new. Exploit: better."))
    mandatory = forms.BooleanField(label=_("It must be done"), required=False)
    risk = number(_("How much risk is in it?"), _("Say 0 if there is none"), _("From 0 to 10."), least=0, most=10)
    earliest = day(_("First day it may start"), required=False)
    latest = day(_("Last day it may start"), required=False)
    group = line(_("Which others does it exclude?"), help_text=_("Of those with the same word here, one starts."))


class OpenInitiative(_Said):
    """A new initiative."""

    code = line(_("Code"), _("Give it a code"), _("The office's own short name for it."), most=100)
    title = line(_("What is it called?"), _("Say what it is called"))
    objective: "forms.ModelChoiceField[Objective]" = forms.ModelChoiceField(
        label=_("Which objective does it serve?"),
        queryset=None,
        empty_label=_("Choose an objective"),
        error_messages={"required": _("Choose the objective it serves")},
    )
    unit = unit(_("Which unit undertakes it?"), Permission.PORTFOLIO_CHANGE)
    field_order = ("code", "title", "why", "objective", "unit", "owner", "kind", "changes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Objective.objects.all().visible_to(self.viewer).filter(closed_on=None)
        self.fields["objective"].queryset = rows.order_by("find", "pk")  # type: ignore[attr-defined]  # a ModelChoiceField


class ChangeInitiative(_Said):
    """What is said of it now."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class SayMode(Asking):
    """A way to do it."""

    somebody = ("scaling_owner",)

    kind = choice(_("Which way?"), Mode.Kind.choices)
    quarters = forms.IntegerField(
        label=_("How many quarters does it take?"),
        min_value=1,
        max_value=40,
        error_messages={"required": _("Say how many quarters")},
    )
    benefit = number(_("What does it bring a year, once it is live?"), _("Say 0 if nothing is counted"), least=0)
    costs = text(_("What does it cost in each quarter?"), help_text=_("One amount a line, the first quarter first."))
    crews = text(
        _("Whom does it take?"), help_text=_("One pool a line, then people for each quarter: DEV 2 2 1"), rows=3
    )
    blocks = text(_("Which building blocks does it use?"), help_text=_("One code or name a line."), rows=2)
    scaling_owner = person(_("Pilot: who scales it?"), NOBODY)
    scaling_path = text(_("Pilot: from which money is it scaled?"), rows=2)
    pilot_ends_on = day(_("Pilot: on which day does it end?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (("crews", Pool), ("blocks", Block)):
            rows = model.objects.all().visible_to(self.viewer)[:MOST_NAMED]
            if known := ", ".join(f"{row.code} ({row.name})" for row in rows):
                words = {"hint": self.fields[name].help_text, "known": known}
                self.fields[name].help_text = gettext("%(hint)s There are: %(known)s.") % words

    def clean_costs(self) -> list[Decimal]:
        """An amount a quarter."""
        return [_figure(words) for words in self.cleaned_data["costs"].split()]

    def clean_crews(self) -> dict[Pool, list[float]]:
        """People of each pool."""
        found: dict[Pool, list[float]] = {}
        for row in self.cleaned_data["crews"].splitlines():
            code, *counts = row.split() or [""]
            if code:
                pool = Pool.objects.all().visible_to(self.viewer).filter(code=code).first()
                if pool is None:
                    raise forms.ValidationError(gettext("There is no pool %(code)s.") % {"code": code})
                found[pool] = [float(_figure(words)) for words in counts]
        return found

    def clean_blocks(self) -> list[Block]:
        """The blocks meant."""
        rows = Block.objects.all().visible_to(self.viewer)
        try:
            return [one_found(rows, words) for words in self.cleaned_data["blocks"].splitlines() if words.strip()]
        except Invalid as error:
            raise forms.ValidationError(str(error)) from error


class ChooseMode(Asking):
    """The way chosen, and the start."""

    mode: "forms.ModelChoiceField[Mode]" = forms.ModelChoiceField(
        label=_("Which way?"), queryset=None, empty_label=None, error_messages={"required": _("Choose one")}
    )
    starts_on = day(_("On which day does it start?"))

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mode"].queryset = initiative.modes.all()  # type: ignore[attr-defined]  # a ModelChoiceField


class WaitFor(Asking):
    """What has to be finished first."""

    needs = line(_("Which initiative has to be finished first?"), _("Name it"), _("Title or code."))

    def clean_needs(self) -> Initiative:
        """The initiative meant."""
        return meant(self.viewer, self.cleaned_data["needs"])


class SayNeed(Asking):
    """People it needs."""

    skill = line(_("Which skill?"), _("Name the skill"), _("Name or code."), most=300)
    level = number(_("At which level?"), _("Say the level"))
    people = forms.IntegerField(
        label=_("How many people?"),
        help_text=_("In all: those who have the level now count as well."),
        min_value=1,
        max_value=100_000,
        error_messages={"required": _("Say how many people"), "min_value": _("Say 1 at least")},
    )
    unit = UnitField(
        queryset=None,
        label=_("Where do they work?"),
        help_text=_("In this unit, or below it."),
        required=False,
        empty_label=_("The whole sector"),
    )
    by_period = forms.IntegerField(
        label=_("By the end of which period?"),
        help_text=_("1 is the one it starts in; without a way to do it, the first of the plan."),
        min_value=1,
        max_value=400,
        error_messages={"required": _("Say which period"), "min_value": _("Say 1 at least")},
    )
    weight = number(
        _("How much does each of them count?"),
        _("Say 1 if nothing else is agreed"),
        _("1: as much as one level of what roles ask for."),
        least=0,
        most=1000,
    )

    def clean_skill(self) -> Skill:
        """The skill meant."""
        try:
            return one_found(Skill.objects.all().visible_to(self.viewer), self.cleaned_data["skill"])
        except Invalid as error:
            raise forms.ValidationError(str(error)) from error

    def _offer_units(self, field: Any) -> None:  # noqa: ANN401 - a UnitField
        # any of them: who has an initiative in hand may hold no permission for a unit
        field.queryset = Unit.objects.all().visible_to(self.viewer).filter(ended_on=None).order_by("path")


class AddBenefit(Asking):
    """Something it brings."""

    somebody = ("owner",)

    words = line(_("What will be better?"), _("Say what will be better"), most=300)
    economic = forms.BooleanField(label=_("It is money saved or earned"), required=False)
    amount = number(_("How much a year?"), _("Say how much"), least=0)
    counts = line(_("Counted in"), help_text=_("For example: days, cases, complaints."), most=60)
    owner = person(_("Who answers for it?"), NOBODY)
    review_on = day(_("On which day does somebody look?"), required=False)


class ReviewBenefit(Asking):
    """What was found."""

    found = number(_("How much was found, a year?"), _("Say how much was found"), least=0)
    words = text(_("How do you know?"), _("Say how you know"))
    again_on = day(_("When does somebody look again?"), required=False)


class HandOver(Asking):
    """What those need who run it."""

    somebody = ("operator",)

    operator = person(_("Who owns it in operation?"), NOBODY)
    support = text(_("Who helps its users, and how?"), rows=2)
    running_cost = amount(_("What does it cost to run for a year?"))
    continuity = text(_("What happens when it fails?"), rows=2)
    skills = text(_("Which skills does running it take, and who has them?"), rows=2)


def meant(viewer: Viewer, words: str) -> Initiative:
    """The one initiative that a title or a code finds."""
    rows = Initiative.objects.all().visible_to(viewer).select_related("source", "unit")
    found = list(rows.filter(source__code=words.strip())[:1]) or list(rows.finding(words)[:2])
    if len(found) != 1:
        raise forms.ValidationError(_("Not one is found by these words. Give the code."))
    return found[0]


def _figure(words: str) -> Decimal:
    try:
        value = Decimal(sanitize_separators(words))
    except InvalidOperation as error:
        raise forms.ValidationError(gettext("“%(words)s” is no number.") % {"words": words}) from error
    if not 0 <= value < 10**12:
        raise forms.ValidationError(gettext("“%(words)s” is no amount.") % {"words": words})
    return value
