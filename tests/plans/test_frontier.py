"""What a little more risk or exploring buys beside a plan's roadmap: computed, shown, taken away, tried."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from tests.core.offices import Office, signed_in
from tests.plans.portfolios import random_portfolio
from tests.plans.rooms import ask, fill, now_of, ready_plan, solve
from tests.plans.sectors import random_sector
from tests.plans.test_undertaking import portfolio, soon
from vested.core.errors import Invalid, NotAllowed
from vested.core.jobs import run
from vested.core.scope import acting
from vested.engines import roadmap
from vested.plans import solving
from vested.plans.actions import ask_for_frontier
from vested.plans.models import Plan, Scenario
from vested.plans.queries.frontier import At
from vested.plans.roadmap import Roadmap
from vested.plans.views.plan_frontier import _next
from vested.portfolio.models import Initiative

AT = datetime(2026, 1, 5, 10, tzinfo=UTC)


def within(road: Roadmap, along: str, limit: float) -> roadmap.Problem:
    limits = road.problem.limits
    limits = replace(limits, risk=limit) if along == "risk" else replace(limits, explore_least=limit)
    return replace(road.problem, limits=limits)


@pytest.mark.parametrize("seed", [1, 2])
def test_each_point_keeps_its_limit_none_falls_and_the_plan_is_one_of_them(seed: int) -> None:
    road = solving.solve(random_portfolio(seed), seconds=10).roadmap
    assert road is not None
    found = solving.frontiers(road, seconds=20, seed=1)
    for along, own in (("risk", road.plan.risk), ("explore", road.plan.explore)):
        points = found[along]
        assert len(points) > 1
        at = next(point for point in points if point.limit == own)
        assert road.plan.value - 1e-9 <= at.plan.value <= at.plan.bound <= road.plan.bound + 1e-6
        for point in points:
            roadmap.check(within(road, along, point.limit + (1e-9 if along == "risk" else -1e-9)), point.plan)
            assert point.plan.gap * point.plan.bound == pytest.approx(point.plan.bound - point.plan.value)
        for less, more in pairwise(points if along == "risk" else points[::-1]):
            assert less.limit != more.limit
            assert less.plan.value <= more.plan.value + 1e-6
            assert less.plan.bound <= more.plan.bound + 1e-6


def test_what_must_start_leaves_no_room_below_its_risk() -> None:
    road = solving.solve(random_portfolio(1), seconds=10).roadmap
    assert road is not None
    starts = road.problem.initiatives
    chosen = set(road.starts)
    must = replace(starts, mandatory=starts.mandatory | [p in chosen for p in range(len(starts.risk))])
    held = replace(road, problem=replace(road.problem, initiatives=must))
    assert solving.frontiers(held, seconds=20, seed=1)["risk"][0].limit == road.plan.risk


def test_ended_at_once_the_plan_itself_is_known() -> None:
    road = solving.solve(random_portfolio(1), seconds=10).roadmap
    assert road is not None
    found = solving.frontiers(road, seconds=20, seed=1, watch=lambda _moment: True)
    assert [(point.limit, point.plan.value) for point in found["risk"]] == [(road.plan.risk, road.plan.value)]
    assert road.plan.value in [point.plan.value for point in found["explore"]]


def risky(office: Office) -> Plan:
    """A solved plan whose initiatives risk something, half of them exploring."""
    portfolio(office, soon())
    with acting(office.viewer("cdo")):
        for number, row in enumerate(Initiative.objects.order_by("source__code")):
            kind = Initiative.Kind.EXPLORE if number % 2 else Initiative.Kind.EXPLOIT
            Initiative.objects.filter(pk=row.pk).update(risk=1.0 + number, kind=kind)
    return solve(office, ask(office), curve=True)


def test_somebody_asks_what_it_buys_and_makes_a_scenario_of_a_point(office: Office, other: Office) -> None:
    plan = risky(office)
    cdo, page = signed_in(office, "cdo"), f"/plans/{plan.pk}/roadmap/frontier/"
    assert page in cdo.get(f"/plans/{plan.pk}/roadmap/").content.decode()
    assert "Nobody has asked yet" in cdo.get(page).content.decode()
    assert cdo.get(f"/api/v1/plans/{plan.pk}/frontier").json() == {"risk": [], "explore": []}
    assert cdo.get(f"{page}solve/").status_code == 405
    assert cdo.post(f"{page}solve/").status_code == 302
    running = cdo.get(page).content.decode()
    assert "It waits for its turn" in running
    assert "See what it buys" not in running
    assert "you can ask for this here" not in running  # it is this that runs
    assert "still being computed" in cdo.post(f"{page}solve/", follow=True).content.decode()
    plan = now_of(office, plan)
    assert plan.extra is not None
    run(plan.extra.pk)

    plan = now_of(office, plan)
    text = cdo.get(page).content.decode()
    with acting(office.viewer("cdo")):
        points = plan.frontier["risk"]
    own = next(point for point in points if point["own"])
    less = next(n for n, point in enumerate(points) if len(point["starts"]) < len(own["starts"]))
    assert text.count('role="img"') == 2
    assert text.count("this plan</span>") == 2
    assert "out: " in text
    rows = b"".join(cdo.get(f"{page}?format=csv")).decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + len(points) + len(plan.frontier["explore"])
    told = cdo.get(f"/api/v1/plans/{plan.pk}/frontier").json()
    assert [point["limit"] for point in told["risk"]] == [point["limit"] for point in points]
    assert all(point["value"] <= point["ceiling"] and point["distance"] >= 0 for point in told["risk"])
    gone = told["risk"][less]["went"]
    assert gone
    assert told["risk"][less]["came"] == [] or set(told["risk"][less]["came"]).isdisjoint(gone)

    made = cdo.post(f"{page}keep/", {"along": "risk", "point": str(less)})
    assert made.status_code == 302
    with acting(office.viewer("cdo")):
        asked = Scenario.objects.order_by("-pk")[0].settings
    assert asked.initiatives == dict.fromkeys(gone, 0.0)
    assert asked.force == tuple(told["risk"][less]["came"])
    for wrong in ({"along": "money", "point": "0"}, {"along": "risk", "point": "99"}, {"along": "risk", "point": "-1"}):
        assert cdo.post(f"{page}keep/", wrong).status_code == 404

    assert signed_in(office, "clerk").get(page).status_code in {403, 404}
    leader = signed_in(office, "auditor")
    seen = leader.get(page)
    assert seen.status_code == 200
    assert "Make a scenario of it" not in seen.content.decode()
    assert leader.post(f"{page}solve/").status_code == 403
    assert leader.post(f"{page}keep/", {"along": "risk", "point": "0"}).status_code == 403
    stranger = signed_in(other, "cdo")
    assert [stranger.get(page).status_code, stranger.post(f"{page}solve/").status_code] == [404, 404]
    assert stranger.get(f"/api/v1/plans/{plan.pk}/frontier").status_code == 404


def test_programs_ask_too_and_what_has_no_risk_says_so(office: Office) -> None:
    portfolio(office, soon())
    plan, cdo = solve(office, ask(office), curve=True), signed_in(office, "cdo")
    answer = cdo.post(f"/api/v1/plans/{plan.pk}/frontier")
    assert answer.status_code == 202, answer.content
    run(answer.json()["id"])
    page = f"/plans/{plan.pk}/roadmap/frontier/"
    text = cdo.get(page).content.decode()
    assert "No initiative that starts says how risky it is" in text
    assert "No initiative here explores" in text
    assert [len(points) for points in cdo.get(f"/api/v1/plans/{plan.pk}/frontier").json().values()] == [1, 1]
    assert cdo.post(f"/plans/{plan.pk}/draws/").status_code == 302
    text = cdo.get(page).content.decode()  # something else is being computed beside the plan
    assert "As soon as that has ended, you can ask for this here." in text
    assert "Choose anew" not in text
    with acting(office.viewer("cdo")):
        Scenario.objects.filter(pk=plan.scenario_id).update(shared=False)
    assert signed_in(office, "auditor").get(page).status_code == 404


def test_a_plan_without_a_roadmap_has_none(office: Office) -> None:
    fill(office, random_sector(3, people=30))
    plan, cdo, clerk = ready_plan(office, curve=True), office.viewer("cdo"), office.viewer("clerk")
    with acting(cdo), pytest.raises(Invalid, match="no roadmap"):
        ask_for_frontier(by=cdo, plan=plan, at=AT)
    with acting(clerk), pytest.raises(NotAllowed):
        ask_for_frontier(by=clerk, plan=plan, at=AT)
    assert signed_in(office, "cdo").get(f"/plans/{plan.pk}/roadmap/frontier/").status_code == 404
    assert signed_in(office, "cdo").get(f"/api/v1/plans/{plan.pk}/frontier").status_code == 404


def at(limit: float, value: float, bound: float | None, *, own: bool = False) -> At:
    return At(limit=limit, own=own, value=value, bound=bound, starts=1, came=(), went=(), moved=0)


@pytest.mark.parametrize(
    ("along", "more", "said"),
    [
        ("risk", at(6, 12, 15), "Risking 6.0 instead of 5.0 would buy at least 2.0 and at most 5.0."),
        ("risk", at(6, 10, 10.5), "Nothing better was found for risking 6.0 instead of 5.0; it could buy 0.5 at most."),
        ("risk", at(6, 10, None), ""),
        ("explore", at(0.25, 8, 9), "instead of 20.0 % would cost at least 1.0 and at most 2.0."),
    ],
)
def test_the_next_step_is_told_as_an_interval(along: str, more: At, said: str) -> None:
    own = at(5 if along == "risk" else 0.2, 10, 10, own=True)
    assert said in _next(along, [own, more]).replace("\u202f", " ").replace("\u00a0", " ")
    assert _next(along, [own]) == ""
