"""What a scenario asks of the roadmap: what must start, what moves, and other money and people."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core.amounts import level
from vested.core.questions import number
from vested.core.viewer import Viewer
from vested.plans.asked import MOST_RISK, Asked
from vested.plans.forms.naming import codes_of, percent, percent_of, several
from vested.plans.queries.scenarios import Choices, Names
from vested.skills.models import Source


class OfRoadmap(forms.Form):
    """The questions about initiatives, with one for each pool there is."""

    force = several(
        gettext_lazy("Which initiatives must start?"),
        gettext_lazy("One a line, by name or code. Something else may have to go for it."),
    )
    earliest = several(
        gettext_lazy("Which may start no sooner than on a day?"),
        gettext_lazy("One a line, by name or code, and the day: P03 2027-04-01"),
    )
    latest = several(
        gettext_lazy("Which may start no later than on a day?"),
        gettext_lazy("One a line, by name or code, and the day: P03 2027-09-30"),
    )
    portfolio_money = percent(
        gettext_lazy("How much of the money for initiatives, in %?"),
        help_text=gettext_lazy("In every quarter; what is in delivery keeps its own. Empty: as it is."),
    )
    risk_cap = number(gettext_lazy("How much risk may there be in all?"), least=0, most=MOST_RISK)

    viewer: Viewer
    asked: Asked
    choices: Choices

    def ask_for_pools(self) -> None:
        """Add a question for each pool."""
        for key, _code, pool in self.choices.pools:
            words = _("How much of %(pool)s, in %%?") % {"pool": pool}
            self.fields[f"pool-{key}"] = percent(words)

    def tell_of_risk(self, last: float | None) -> None:
        """Say what the cap on risk counts, and what the ``last`` plan came to."""
        said = [_("What initiatives say of their risk, added up over all that start and those in delivery.")]
        if last is not None:
            said.append(_("In the newest plan that is %(risk)s.") % {"risk": level(round(last, 2))})
        self.fields["risk_cap"].help_text = " ".join([*said, _("Empty: no cap.")])

    @property
    def pools(self) -> list[forms.BoundField]:
        """How much of each pool there is."""
        return [self[f"pool-{key}"] for key, _code, _name in self.choices.pools]

    def clean_force(self) -> tuple[str, ...]:
        """The codes of the initiatives that must start."""
        return self._codes(self.cleaned_data["force"])

    def clean_earliest(self) -> dict[str, str]:
        """First days to start."""
        return self._days(self.cleaned_data["earliest"])

    def clean_latest(self) -> dict[str, str]:
        """Last days to start."""
        return self._days(self.cleaned_data["latest"])

    def said_of_roadmap(self) -> dict[str, Any]:
        """What the form asks of the roadmap, once it is valid."""
        given = self.cleaned_data
        pools = {code: given[f"pool-{key}"] for key, code, _name in self.choices.pools}
        whole = given["portfolio_money"]
        return {
            "force": given["force"],
            "earliest": given["earliest"],
            "latest": given["latest"],
            "portfolio_money": 1.0 if whole is None else float(whole) / 100,
            "pools": {code: float(part) / 100 for code, part in pools.items() if part not in {None, 100}},
            "risk_cap": given["risk_cap"],
        }

    def _days(self, given: str) -> dict[str, str]:
        """A day for each initiative named."""
        found: dict[str, str] = {}
        for line in filter(None, map(str.strip, given.splitlines())):
            name, _space, day = line.rpartition(" ")
            try:
                known = date.fromisoformat(day).isoformat()
            except ValueError as error:
                words = _("“%(line)s”: write the name or code and the day, such as P03 2027-04-01")
                raise forms.ValidationError(words % {"line": line}) from error
            found |= dict.fromkeys(self._codes(name), known)
        return found

    def _codes(self, given: str) -> tuple[str, ...]:
        """The codes of initiatives named, those that were said before among them."""
        before = {*self.asked.force, *self.asked.earliest, *self.asked.latest}
        return codes_of(Source.objects.all().visible_to(self.viewer), given, before)


def initial_of_roadmap(there: Choices, asked: Asked, names: Names) -> dict[str, Any]:
    """What the questions are answered with before anybody has."""

    def named(code: str) -> str:
        return f"{names.initiatives.get(code, code)} ({code})"

    return {
        "force": "\n".join(named(code) for code in asked.force),
        "earliest": "\n".join(f"{named(code)} {day}" for code, day in asked.earliest.items()),
        "latest": "\n".join(f"{named(code)} {day}" for code, day in asked.latest.items()),
        "portfolio_money": percent_of(asked.portfolio_money),
        "risk_cap": asked.risk_cap,
        **{f"pool-{key}": percent_of(asked.pools.get(code, 1.0)) for key, code, _name in there.pools},
    }
