"""What a scenario asks for, as programs say it."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from ninja import Field, Schema

from vested.core.errors import Invalid
from vested.core.viewer import Viewer
from vested.plans.asked import LEAST_SECONDS, MOST_MONEY, MOST_PERIODS, MOST_RISK, MOST_SECONDS, Asked
from vested.plans.queries.scenarios import unknown

MOST_FACTOR = 100.0
MOST_AMOUNT = 1e12


class AskedIn(Schema):
    """What a scenario asks for; what is not given stays as it is, or as usual."""

    money: float = Field(1.0, ge=0, le=MOST_MONEY / 100, description="Times every budget.")
    budgets: dict[str, float] = Field({}, description="Other amounts by the unit's code; “” is the whole sector.")
    periods: int = Field(0, ge=0, le=MOST_PERIODS, description="How far; 0: as far as sessions are held.")
    fairness: float = Field(0.3, ge=0, le=1, description="The share of every group's gap that should close.")
    families: dict[str, float] = Field({}, description="How much job families count, by name; 1 where not named.")
    initiatives: dict[str, float] = Field({}, description="How much initiatives count, by code; 0 leaves one out.")
    compulsory: bool = Field(default=True, description="Compulsory courses come first.")
    keep: bool = Field(default=True, description="What people have accepted stays.")
    without_units: list[str] = Field([], description="Codes of units left out, with all below.")
    without_courses: list[str] = Field([], description="Codes of courses left out.")
    seconds: int = Field(60, ge=LEAST_SECONDS, le=MOST_SECONDS, description="To search, at most.")
    seed: int = Field(0, ge=0, le=2**31 - 1)
    force: list[str] = Field([], description="Codes of initiatives that must start.")
    earliest: dict[str, date] = Field({}, description="First days to start, by the initiative's code.")
    latest: dict[str, date] = Field({}, description="Last days to start, by the initiative's code.")
    portfolio_money: float = Field(1.0, ge=0, le=MOST_MONEY / 100, description="Times the money for initiatives.")
    pools: dict[str, float] = Field({}, description="Times the people of a pool, by its code; 1 where not named.")
    risk_cap: float | None = Field(
        None, ge=0, le=MOST_RISK, description="What the risks of all that starts may add up to; null: no cap."
    )


def asked_of(viewer: Viewer, now: Asked, given: AskedIn | None) -> Asked:
    """The settings with what is given; Invalid where they speak of what the sector does not have."""
    changed = given.model_dump(exclude_unset=True) if given else {}
    for name in ("without_units", "without_courses", "force"):
        if name in changed:
            changed[name] = tuple(changed[name])
    for name in ("earliest", "latest"):
        if name in changed:
            changed[name] = {code: day.isoformat() for code, day in changed[name].items()}
    asked = replace(now, **changed)
    factors = ("families", "initiatives", "pools")
    for setting, most in (("budgets", MOST_AMOUNT), *((name, MOST_FACTOR) for name in factors)):
        for code, value in getattr(asked, setting).items():
            if not 0 <= value <= most:
                words = {"setting": setting, "code": code, "most": f"{most:g}"}
                raise Invalid(_("%(setting)s: %(code)s must be from 0 to %(most)s.") % words, field="asked")
    if faults := unknown(viewer, asked):
        said = ", ".join(f"{setting}: {code}" for setting, code in faults[:5])
        raise Invalid(_("The sector does not have: %(said)s") % {"said": said}, field="asked")
    return asked
