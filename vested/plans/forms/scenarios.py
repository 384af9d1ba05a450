"""What a scenario asks for."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.academy.models import Course
from vested.core.amounts import money, number
from vested.core.forms import Versioned
from vested.core.models import Unit
from vested.core.viewer import Viewer
from vested.plans.asked import FACTORS, LEAST_SECONDS, MOST_SECONDS, Asked, factor_words
from vested.plans.forms.naming import Naming, codes_of, percent, percent_of, several
from vested.plans.forms.undertaking import OfRoadmap, initial_of_roadmap
from vested.plans.models import Scenario
from vested.plans.queries.scenarios import Choices, choices, names_of, newest_risk

FOLDED = {  # how the names of the questions begin that are folded together
    "budget": ("budget-",),
    "family": ("family-",),
    "initiative": ("initiative-",),
    "without": ("without_",),
    "force": ("force", "earliest", "latest"),
    "pool": ("pool-", "portfolio_money", "risk_cap"),
    "seconds": ("seconds",),
}


class Ask(Naming, OfRoadmap, Versioned):
    """What a scenario is called and asks for: a question for each budget, job family and initiative there is."""

    money = percent(
        gettext_lazy("How much of every budget, in %?"),
        gettext_lazy("Say how much of every budget, such as 100"),
        gettext_lazy("100 is what there is now; 80 is a fifth less."),
    )
    periods = forms.TypedChoiceField(label=gettext_lazy("How far?"), coerce=int)
    fairness = percent(
        gettext_lazy("Which share of its own gap must close in every unit and grade, in %?"),
        gettext_lazy("Say which share, such as 30"),
        gettext_lazy("As far as possible. 30 is usual; more is fairer, and closes less in all. 0: no promise."),
        most=100,
    )
    compulsory = forms.BooleanField(
        label=gettext_lazy("Compulsory courses come first"),
        required=False,
        help_text=gettext_lazy("As many as possible are given before anything else is."),
    )
    keep = forms.BooleanField(
        label=gettext_lazy("What people have accepted stays"),
        required=False,
        help_text=gettext_lazy(
            "Without this they may be planned for something else. What they declined is never proposed."
        ),
    )
    without_units = several(
        gettext_lazy("Which units are left out?"),
        gettext_lazy("One a line, by name or code. Everybody below is left out as well."),
    )
    without_courses = several(
        gettext_lazy("Which courses are left out?"),
        gettext_lazy("One a line, by name or code. Who has accepted one keeps it."),
    )
    seconds = forms.IntegerField(
        label=gettext_lazy("For how many seconds may it search?"),
        min_value=LEAST_SECONDS,
        max_value=MOST_SECONDS,
        help_text=gettext_lazy(
            "It ends sooner once it is near enough to the best possible. With a roadmap it may take that long twice: "
            "where initiatives would start before their skills are there, both halves are computed once more."
        ),
        error_messages={"required": gettext_lazy("Say for how many seconds, such as 60")},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, viewer: Viewer, scenario: Scenario | None, name: str = ""
    ) -> None:
        asked = scenario.settings if scenario else Asked()
        self.viewer, self.asked, self.choices = viewer, asked, choices()
        super().__init__(data, initial=_initial(viewer, self.choices, asked, scenario, name))
        self.fields["periods"].choices = _horizons(self.choices, asked.periods)  # type: ignore[attr-defined]  # a choice
        for key, _code, unit, _amount in self.choices.budgets:
            self.fields[f"budget-{key}"] = forms.DecimalField(
                label=unit or _("The whole sector"), required=False, min_value=0, max_digits=14, decimal_places=2
            )
        for key, family in self.choices.families:
            self.fields[f"family-{key}"] = _factor(family, asked.families.get(family, 1.0), leave_out=False)
        for key, code, title in self.choices.initiatives:
            self.fields[f"initiative-{key}"] = _factor(title, asked.initiatives.get(code, 1.0), leave_out=True)
        self.ask_for_pools()
        self.tell_of_risk(newest_risk(scenario) if scenario else None)

    @cached_property
    def budgets(self) -> list[tuple[str, str, forms.BoundField]]:
        """Each budget: whose, the amount now, and the question for another."""
        currency = self.viewer.sector.currency
        return [
            (unit or _("The whole sector"), money(amount, currency), self[f"budget-{key}"])
            for key, _code, unit, amount in self.choices.budgets
        ]

    @property
    def families(self) -> list[forms.BoundField]:
        """How much each job family counts."""
        return [self[f"family-{key}"] for key, _name in self.choices.families]

    @property
    def initiatives(self) -> list[forms.BoundField]:
        """How much each initiative counts."""
        return [self[f"initiative-{key}"] for key, _code, _title in self.choices.initiatives]

    @property
    def unfolded(self) -> dict[str, bool]:
        """Whether each part that is folded usually is shown: it says something, or something in it is wrong."""
        usual, asked = Asked(), self.asked
        other = asked.pools or asked.portfolio_money != usual.portfolio_money or asked.risk_cap is not None
        said = {
            "budget": bool(asked.budgets),
            "family": bool(asked.families),
            "initiative": bool(asked.initiatives),
            "without": bool(asked.without_units or asked.without_courses),
            "force": bool(asked.force or asked.earliest or asked.latest),
            "pool": bool(other),
            "seconds": asked.seconds != usual.seconds,
        }
        touched = [*self.errors, *(self.changed_data if self.is_bound else ())]
        return {
            part: open_already or any(name.startswith(FOLDED[part]) for name in touched)
            for part, open_already in said.items()
        }

    def clean_without_units(self) -> tuple[str, ...]:
        """The codes of the units left out."""
        rows = Unit.objects.all().visible_to(self.viewer).filter(ended_on=None)
        return codes_of(rows, self.cleaned_data["without_units"], self.asked.without_units)

    def clean_without_courses(self) -> tuple[str, ...]:
        """The codes of the courses left out."""
        rows = Course.objects.all().visible_to(self.viewer)
        return codes_of(rows, self.cleaned_data["without_courses"], self.asked.without_courses)

    def answers(self) -> Asked:
        """What the form asks for, once it is valid; what it does not ask stays as it was."""
        given = self.cleaned_data
        amounts = {code: given[f"budget-{key}"] for key, code, _unit, _amount in self.choices.budgets}
        families = {name: float(given[f"family-{key}"]) for key, name in self.choices.families}
        initiatives = {code: float(given[f"initiative-{key}"]) for key, code, _title in self.choices.initiatives}
        return replace(
            self.asked,
            money=float(given["money"]) / 100,
            budgets={code: float(amount) for code, amount in amounts.items() if amount is not None},
            periods=given["periods"],
            fairness=float(given["fairness"]) / 100,
            families={name: factor for name, factor in families.items() if factor != 1.0},
            initiatives={code: factor for code, factor in initiatives.items() if factor != 1.0},
            compulsory=given["compulsory"],
            keep=given["keep"],
            without_units=given["without_units"],
            without_courses=given["without_courses"],
            seconds=given["seconds"],
            **self.said_of_roadmap(),
        )


def _initial(viewer: Viewer, there: Choices, asked: Asked, scenario: Scenario | None, name: str) -> dict[str, Any]:
    names = names_of(viewer, asked)
    return {
        "version": scenario.version if scenario else 0,
        "name": scenario.name if scenario else name,
        "note": scenario.note if scenario else "",
        "money": percent_of(asked.money),
        "periods": asked.periods,
        "fairness": percent_of(asked.fairness),
        "compulsory": asked.compulsory,
        "keep": asked.keep,
        "without_units": "\n".join(f"{names.units.get(code, code)} ({code})" for code in asked.without_units),
        "without_courses": "\n".join(f"{names.courses.get(code, code)} ({code})" for code in asked.without_courses),
        "seconds": asked.seconds,
        **initial_of_roadmap(there, asked, names),
        **{f"budget-{key}": asked.budgets.get(code) for key, code, _unit, _amount in there.budgets},
        **{f"family-{key}": str(asked.families.get(family, 1.0)) for key, family in there.families},
        **{f"initiative-{key}": str(asked.initiatives.get(code, 1.0)) for key, code, _title in there.initiatives},
    }


def _factor(label: str, now: float, *, leave_out: bool) -> forms.ChoiceField:
    """How much something counts: the usual choices, and what it is now."""
    usual = [factor for factor in FACTORS if leave_out or 0 < factor < 4]
    factors = sorted({*usual, now})
    return forms.ChoiceField(label=label, choices=[(str(factor), factor_words(factor)) for factor in factors])


def _horizons(there: Choices, now: int) -> list[tuple[int, str]]:
    """How far one can plan: the periods there are, and what is chosen now."""
    days = dict(there.periods)
    last = max([*days, 1])
    found = [(0, _("As far as sessions are held: period %(period)s") % {"period": number(last)})]
    for period in sorted({*range(1, last + 1), now} - {0}):
        first = days.get(period)
        words = {"period": number(period), "month": date_format(first, "F Y") if first else ""}
        found.append(
            (
                period,
                _("Up to period %(period)s, which begins in %(month)s") % words
                if first
                else _("Up to period %(period)s") % words,
            )
        )
    return found
