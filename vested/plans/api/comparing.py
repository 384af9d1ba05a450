"""How the plans of two scenarios differ, for programs."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key
from vested.core.errors import Invalid
from vested.core.looks import What, shown
from vested.core.viewer import viewer_of
from vested.plans.api.scenarios import scenario_at
from vested.plans.asked import different
from vested.plans.models import Plan, Scenario
from vested.plans.queries.compared import Moved
from vested.plans.queries.comparing import beside, moved_counts, named
from vested.plans.views.comparing import proof

router = Router()
MOST_NAMED = 200


class OtherScenario(Schema):
    """What to compare with."""

    other: int = Field(ge=1, le=2**63 - 1, description="The other scenario.")


class MovedOut(Schema):
    """Something with a figure in both plans; figures about too few people are null."""

    code: str
    name: str
    one: float | None
    other: float | None
    hidden: bool


class PersonMoved(Schema):
    """A person you may see, and how many weighted levels more are closed."""

    person: int
    by: float


class ComparedOut(Schema):
    """What moves from one plan to the other."""

    one: int
    other: int
    proof: str = Field(description="Whether the difference is larger than what is not proven, in words.")
    same: int | None = Field(description="Places that are in both; this and the next are null where hidden from you.")
    gone: int | None
    new: int | None
    moved: int | None = Field(description="People who get other courses.")
    lose: int | None
    gain: int | None
    units: list[MovedOut] = Field(description="Shares of their gaps that close.")
    families: list[MovedOut] = Field(description="Shares of their gaps that close.")
    skills: list[MovedOut] = Field(description="Weighted levels that close.")
    initiatives: list[MovedOut] = Field(description="People who will have the level in time.")
    settings: dict[str, list[Any]] = Field(description="What is asked otherwise: the one's and the other's.")
    losers: list[PersonMoved]
    gainers: list[PersonMoved]


@router.get("/scenarios/{pk}/compared", response=ComparedOut)
def scenario_compared(request: HttpRequest, pk: Key, pair: Query[OtherScenario]) -> dict[str, object]:
    """Compare the newest solved plans of two scenarios: what moves, who gains, who loses."""
    viewer = viewer_of(request)
    one, two = (_solved(scenario_at(request, key)) for key in (pk, pair.other))
    found = beside(viewer, one, two)
    moved = found.compared.people
    losers, gainers = (named(viewer, rows, most=MOST_NAMED) for rows in (moved.losers, moved.gainers))
    shown((who for who, _by in (*losers, *gainers)), What.PLAN)
    return {
        "one": one.pk,
        "other": two.pk,
        "proof": proof(found),
        **moved_counts(viewer, moved),
        "units": _shown(found.compared.units),
        "families": _shown(found.compared.families),
        "skills": _shown(found.compared.skills),
        "initiatives": _shown(found.needs),
        "settings": {name: list(both) for name, both in different(one.settings, two.settings).items()},
        "losers": [{"person": who.pk, "by": by} for who, by in losers],
        "gainers": [{"person": who.pk, "by": by} for who, by in gainers],
    }


def _solved(scenario: Scenario) -> Plan:
    """The newest solved plan."""
    rows = Plan.objects.filter(scenario=scenario).light().select_related("scenario").exclude(solved_at=None)
    found = rows.order_by("-number").first()
    if found is None:
        raise Invalid(_("“%(scenario)s” has no solved plan yet.") % {"scenario": scenario})
    return found


def _shown(rows: tuple[Moved, ...]) -> list[dict[str, object]]:
    return [
        {
            "code": row.code,
            "name": row.name,
            "one": None if row.hidden else row.one,
            "other": None if row.hidden else row.other,
            "hidden": row.hidden,
        }
        for row in rows
    ]
