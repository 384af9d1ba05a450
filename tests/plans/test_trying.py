"""What if: a roadmap tried otherwise from the one there is, and kept as a scenario."""

from datetime import UTC, datetime

import numpy as np
import pytest

from tests.core.offices import Office, signed_in
from tests.plans.portfolios import random_portfolio
from tests.plans.rooms import ask, fill, ready_plan, solve
from tests.plans.sectors import random_sector
from tests.plans.test_undertaking import portfolio, soon
from vested.core.errors import Invalid, NotAllowed
from vested.core.jobs import run
from vested.core.models import Job
from vested.core.scope import acting
from vested.engines import roadmap
from vested.plans import solving
from vested.plans.actions import try_roadmap
from vested.plans.models import Plan, Scenario
from vested.plans.queries.roadmaps import beside
from vested.plans.queries.solved import solved
from vested.plans.solving import Trial, changed, tried
from vested.plans.views.trying import _proof
from vested.portfolio.queries.quarters import later

AT = datetime(2026, 1, 5, 10, tzinfo=UTC)


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_tried_keeps_the_rules_and_is_as_good_as_from_nothing(seed: int) -> None:
    road = solving.solve(random_portfolio(seed), seconds=10).roadmap
    assert road is not None
    codes = [road.sector.initiatives[n].initiative_id for n in road.index.initiatives]
    first = codes[next(iter(road.starts))]
    trial = Trial(drop=(first,), money=0.8, pools={"DEV": 0.5})
    found = tried(road, trial, seconds=10, seed=1)
    problem = changed(road, trial)
    roadmap.check(problem, found)
    assert codes.index(first) not in found.initiative.tolist()
    assert found.value <= road.free.value + 1e-9
    fresh = roadmap.plan(problem, gap=0.0, workers=1)
    assert found.value >= 0.995 * fresh.value - 1e-9
    told = beside(road, found)
    assert first.replace("N", "Initiative ") in {row["title"] for row in told["rows"] if row["now"] is None}
    assert tried(road, Trial(), seconds=10, seed=1).value >= road.plan.value - 1e-9


def test_what_is_in_delivery_keeps_its_own(office: Office) -> None:
    portfolio(office, soon())
    plan = solve(office, ask(office))
    with acting(office.viewer("cdo")):
        road = solved(plan).outcome.roadmap
    assert road is not None
    problem = changed(road, Trial(drop=("D1",), money=0.0, pools={"DEV": 0.0}))
    assert problem.limits.budget.tolist() == [100.0, 100.0, 0.0, 0.0, 0.0, 0.0]
    assert problem.limits.capacity.tolist() == [[2.0, 2.0, 0.0, 0.0, 0.0, 0.0]]
    assert np.array_equal(problem.initiatives.mandatory, road.problem.initiatives.mandatory)


def test_somebody_tries_it_and_makes_a_scenario_of_it(office: Office, other: Office) -> None:
    portfolio(office, soon())
    plan = solve(office, ask(office))
    cdo, page = signed_in(office, "cdo"), f"/plans/{plan.pk}/roadmap/try/"
    form = cdo.get(page).context["form"]
    drop = form.fields["drop"].choices[1][0]
    assert "D1" not in dict(form.fields["drop"].choices)
    assert "Say what is otherwise" in cdo.post(page, {"money": ""}).content.decode()
    wrong = cdo.post(page, {"move": drop, "pool": "DEV"}).content.decode()
    assert "Say in which quarter it starts" in wrong
    assert "Say how much of it there is" in wrong
    answer = cdo.post(page, {"drop": drop, "pool": "DEV", "people": "50"})
    assert answer.status_code == 302, answer.content
    came = answer["Location"]
    assert cdo.get(came).status_code == 200  # it waits for its turn
    with acting(office.viewer("cdo")):
        job = Job.objects.get(kind="plans.try")
    run(job.pk)
    text = cdo.get(came).content.decode()
    assert "does not start" in text
    assert "less" in text
    assert "is lost by it." in text
    assert signed_in(office, "manager").get(came).status_code in {403, 404}
    assert signed_in(other, "cdo").get(came).status_code == 404
    assert cdo.get(f"/plans/{plan.pk}/roadmap/tried/{job.pk + 1}/").status_code == 404
    assert cdo.get(f"{came}keep/").status_code == 405
    made = cdo.post(f"{came}keep/")
    assert made.status_code == 302
    with acting(office.viewer("cdo")):
        asked = Scenario.objects.order_by("-pk")[0].settings
    assert (asked.initiatives, asked.pools, asked.portfolio_money) == ({drop: 0.0}, {"DEV": 0.5}, 1.0)


def test_one_starts_at_another_time_and_one_that_is_out_is_asked_for(office: Office) -> None:
    portfolio(office, soon())
    plan, cdo = solve(office, ask(office)), signed_in(office, "cdo")
    with acting(office.viewer("cdo")):
        road = solved(plan).outcome.roadmap
    assert road is not None
    code, page = "A1", f"/plans/{plan.pk}/roadmap/try/"
    assert cdo.get(f"{page}?force=A1").context["form"]["force"].value() == "A1"
    at = [road.sector.initiatives[n].initiative_id for n in road.index.initiatives].index(code)
    quarter = 3 if road.starts.get(at) == 4 else 4
    problem = changed(road, Trial(move={code: quarter, "D1": 3}))
    assert (problem.initiatives.earliest[at], problem.initiatives.latest[at]) == (quarter, quarter)
    assert problem.initiatives.mandatory[at]
    came = cdo.post(page, {"move": code, "quarter": str(quarter)})["Location"]
    with acting(office.viewer("cdo")):
        job = Job.objects.get(kind="plans.try")
    run(job.pk)
    text = cdo.get(came).content.decode()
    assert "ours work A1" in text
    cdo.post(f"{came}keep/")
    day = later(soon(), quarter).isoformat()
    with acting(office.viewer("cdo")):
        asked = Scenario.objects.order_by("-pk")[0].settings
    assert (asked.force, asked.earliest, asked.latest) == ((code,), {code: day}, {code: day})


@pytest.mark.parametrize(
    ("came", "said"),
    [
        ({"bound": None, "was": 5.0, "value": 4.0}, "is not proven"),
        ({"bound": 4.5, "was": 5.0, "value": 4.0}, "At least 0.5 and at most 1"),
        ({"bound": 7.0, "was": 5.0, "value": 6.0}, "At least 1.0 and at most 2"),
    ],
)
def test_what_it_costs_is_an_interval(came: dict[str, float | None], said: str) -> None:
    assert said in _proof(came)


def test_what_cannot_be_tried_is_said(office: Office) -> None:
    fill(office, random_sector(3, people=30))
    plan, cdo, clerk = ready_plan(office), office.viewer("cdo"), office.viewer("clerk")
    with acting(cdo), pytest.raises(Invalid, match="no roadmap"):
        try_roadmap(by=cdo, plan=plan, drop=["A"], force=[], money=1.0, pools={}, at=AT)
    with acting(clerk), pytest.raises(NotAllowed):
        try_roadmap(by=clerk, plan=plan, drop=["A"], force=[], money=1.0, pools={}, at=AT)
    with acting(cdo):
        Plan.objects.filter(pk=plan.pk).update(figures={**plan.figures, "undertaken": 3})
        plan = Plan.objects.get(pk=plan.pk)
        with pytest.raises(Invalid, match="cannot start and be left out"):
            try_roadmap(by=cdo, plan=plan, drop=["A"], force=["A"], money=1.0, pools={}, at=AT)
    assert signed_in(office, "cdo").get(f"/plans/{plan.pk}/roadmap/try/").status_code == 404
